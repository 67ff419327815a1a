#include "fault-vfs.h"

#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define SECTOR 512

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real; /* behind this one, in the same memory */
  GPtrArray *unsynced; /* of Change, since the last sync of this file */
} File;

/* What a change overwrote, so that it can be taken back when the power fails. */
typedef struct
{
  gint64 offset, size_before;
  GBytes *before, *after; /* after NULL: a truncation to offset */
} Change;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_vfs;
static FaultKind fault;
static guint count, fault_at;
static guint32 fault_seed;
static GPtrArray *open_files; /* of File */

static void
change_free (gpointer data)
{
  Change *change = data;

  g_bytes_unref (change->before);
  g_clear_pointer (&change->after, g_bytes_unref);
  g_free (change);
}

static sqlite3_file *
real_of (sqlite3_file *file)
{
  return ((File *) file)->real;
}

static GBytes *
read_range (sqlite3_file *real, gint64 offset, gint64 length)
{
  guchar *bytes = g_malloc0 (length);

  real->pMethods->xRead (real, bytes, (int) length, offset);
  return g_bytes_new_take (bytes, length);
}

static void
remember (File *file, gint64 offset, const void *bytes, int length)
{
  Change *change = g_new0 (Change, 1);
  sqlite3_int64 size = 0;

  file->real->pMethods->xFileSize (file->real, &size);
  change->offset = offset;
  change->size_before = size;
  change->before = read_range (file->real, offset, bytes ? length : MAX (size - offset, 0));
  change->after = bytes ? g_bytes_new (bytes, length) : NULL;
  g_ptr_array_add (file->unsynced, change);
}

static void
take_back (File *file, const Change *change)
{
  gsize length;
  const void *bytes = g_bytes_get_data (change->before, &length);

  if (length > 0)
    file->real->pMethods->xWrite (file->real, bytes, (int) length, change->offset);
  file->real->pMethods->xTruncate (file->real, change->size_before);
}

/* Some sectors of a change reached the disk before the power went. */
static void
redo_in_part (File *file, const Change *change, GRand *random)
{
  gsize length;

  if (!change->after)
    {
      if (g_rand_boolean (random))
        file->real->pMethods->xTruncate (file->real, change->offset);
      return;
    }
  const guchar *bytes = g_bytes_get_data (change->after, &length);
  for (gsize from = 0; from < length; from += SECTOR)
    if (g_rand_int_range (random, 0, 4) > 0)
      file->real->pMethods->xWrite (file->real, bytes + from, (int) MIN (SECTOR, length - from), change->offset + from);
}

static void
lose_unsynced (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (fault_seed);

  for (guint i = 0; i < open_files->len; i++)
    {
      File *file = g_ptr_array_index (open_files, i);

      for (guint c = file->unsynced->len; c > 0; c--)
        take_back (file, g_ptr_array_index (file->unsynced, c - 1));
      /* Every third time nothing of it was on the disk at all. */
      for (guint c = 0; fault_seed % 3 && c < file->unsynced->len; c++)
        redo_in_part (file, g_ptr_array_index (file->unsynced, c), random);
    }
}

/* Counts a change; SQLITE_OK lets it happen. */
static int
meet (sqlite3_file *file, const void *bytes, int length, gint64 offset)
{
  if (++count != fault_at)
    return SQLITE_OK;
  switch (fault)
    {
    case FAULT_NONE:
      return SQLITE_OK;
    case FAULT_FULL:
      return bytes ? SQLITE_FULL : SQLITE_OK;
    case FAULT_IO:
      return bytes ? SQLITE_IOERR_WRITE : SQLITE_IOERR_FSYNC;
    case FAULT_TEAR:
      if (bytes)
        real_of (file)->pMethods->xWrite (real_of (file), bytes, length / 2, offset);
      break;
    case FAULT_POWER:
      lose_unsynced ();
      break;
    case FAULT_KILL:
      break;
    }
  kill (getpid (), SIGKILL);
  return SQLITE_IOERR;
}

static int
file_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  int rc = meet (file, bytes, length, offset);

  if (rc != SQLITE_OK)
    return rc;
  if (fault == FAULT_POWER)
    remember ((File *) file, offset, bytes, length);
  return real_of (file)->pMethods->xWrite (real_of (file), bytes, length, offset);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int rc = meet (file, NULL, 0, size);

  if (rc != SQLITE_OK)
    return rc;
  if (fault == FAULT_POWER)
    remember ((File *) file, size, NULL, 0);
  return real_of (file)->pMethods->xTruncate (real_of (file), size);
}

/* The real disk is not made to wait: what is lost is decided here. */
static int
file_sync (sqlite3_file *file, int flags)
{
  int rc = meet (file, NULL, 0, 0);

  if (rc == SQLITE_OK)
    g_ptr_array_set_size (((File *) file)->unsynced, 0);
  return rc;
}

static int
file_close (sqlite3_file *file)
{
  sqlite3_file *real = real_of (file);
  int rc = real->pMethods ? real->pMethods->xClose (real) : SQLITE_OK;

  g_ptr_array_remove (open_files, file);
  g_ptr_array_unref (((File *) file)->unsynced);
  return rc;
}

static int
file_read (sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
  return real_of (file)->pMethods->xRead (real_of (file), bytes, length, offset);
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return real_of (file)->pMethods->xFileSize (real_of (file), size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  return real_of (file)->pMethods->xLock (real_of (file), level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return real_of (file)->pMethods->xUnlock (real_of (file), level);
}

static int
file_check_lock (sqlite3_file *file, int *out)
{
  return real_of (file)->pMethods->xCheckReservedLock (real_of (file), out);
}

static int
file_control (sqlite3_file *file, int op, void *arg)
{
  return real_of (file)->pMethods->xFileControl (real_of (file), op, arg);
}

static int
file_sector_size (sqlite3_file *file)
{
  return real_of (file)->pMethods->xSectorSize (real_of (file));
}

static int
file_characteristics (sqlite3_file *file)
{
  return real_of (file)->pMethods->xDeviceCharacteristics (real_of (file));
}

static int
file_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
  return real_of (file)->pMethods->xShmMap (real_of (file), page, size, extend, out);
}

static int
file_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return real_of (file)->pMethods->xShmLock (real_of (file), offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  real_of (file)->pMethods->xShmBarrier (real_of (file));
}

static int
file_shm_unmap (sqlite3_file *file, int remove)
{
  return real_of (file)->pMethods->xShmUnmap (real_of (file), remove);
}

static const sqlite3_io_methods methods = {
  2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock, file_check_lock,
  file_control, file_sector_size, file_characteristics, file_shm_map, file_shm_lock, file_shm_barrier, file_shm_unmap,
  NULL, NULL,
};

static int
vfs_open (sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags)
{
  File *self = (File *) file;

  memset (self, 0, sizeof *self);
  self->real = (sqlite3_file *) (self + 1);
  int rc = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  if (rc != SQLITE_OK)
    return rc;
  self->unsynced = g_ptr_array_new_with_free_func (change_free);
  g_ptr_array_add (open_files, self);
  self->base.pMethods = &methods;
  return SQLITE_OK;
}

/* Deleting is a change too: the log goes when the last connection closes. */
static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync_dir)
{
  if (++count == fault_at && fault == FAULT_IO)
    return SQLITE_IOERR_DELETE;
  if (count == fault_at && fault == FAULT_POWER)
    lose_unsynced ();
  if (count == fault_at && (fault == FAULT_KILL || fault == FAULT_TEAR || fault == FAULT_POWER))
    kill (getpid (), SIGKILL);
  return real_vfs->xDelete (real_vfs, name, sync_dir);
}

/* The clock of triggers is the one of the test: where it stands still, theirs does. Milliseconds of the Julian day. */
static int
vfs_now (sqlite3_vfs *vfs, sqlite3_int64 *now)
{
  *now = g_get_real_time () / 1000 + G_GINT64_CONSTANT (210866760000000);
  return SQLITE_OK;
}

/* Puts itself before every file SQLite opens from now on. */
void
fault_install (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  fault_vfs = *real_vfs;
  fault_vfs.zName = "fault";
  fault_vfs.pNext = NULL;
  fault_vfs.szOsFile = (int) sizeof (File) + real_vfs->szOsFile;
  fault_vfs.xOpen = vfs_open;
  fault_vfs.xDelete = vfs_delete;
  fault_vfs.xCurrentTimeInt64 = vfs_now;
  open_files = g_ptr_array_new ();
  g_assert_cmpint (sqlite3_vfs_register (&fault_vfs, 1), ==, SQLITE_OK);
}

/* The at-th change from now on (counted from 1; 0 for none) goes wrong, once. */
void
fault_arm (FaultKind kind, guint at, guint32 seed)
{
  fault = kind;
  fault_at = at;
  fault_seed = seed;
  count = 0;
}

/* The changes since then. */
guint
fault_count (void)
{
  return count;
}
