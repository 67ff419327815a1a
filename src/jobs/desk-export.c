#include "desk-export.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk-export-write.h"
#include "desk-xml-check.h"

static gboolean
fail_errno (GError **error, const char *path, int number)
{
  static const struct
  {
    int number;
    DeskError code;
  } known[] = {
    { ENOENT, DESK_ERROR_NOT_FOUND }, { ENOTDIR, DESK_ERROR_NOT_FOUND }, { EEXIST, DESK_ERROR_EXISTS },
    { ENOSPC, DESK_ERROR_FULL },      { EDQUOT, DESK_ERROR_FULL },       { EFBIG, DESK_ERROR_FULL },
    { EROFS, DESK_ERROR_READ_ONLY },  { EACCES, DESK_ERROR_READ_ONLY },  { EPERM, DESK_ERROR_READ_ONLY },
  };
  DeskError code = DESK_ERROR_IO;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].number == number)
      code = known[i].code;
  g_set_error (error, DESK_ERROR, code, "%s: %s", path, g_strerror (number));
  return FALSE;
}

/* How far the reading back has come. */
typedef struct
{
  const DeskExportOrder *order;
  gint64 size;
  int shown; /* per cent */
} Reading;

static gboolean
on_read (gint64 bytes, gpointer user_data)
{
  Reading *reading = user_data;
  const DeskExportOrder *order = reading->order;
  int percent = (int) (100 * bytes / MAX (reading->size, 1));

  if (order->progress && percent > reading->shown)
    order->progress (0.5 + 0.005 * MIN (percent, 100), order->user_data);
  reading->shown = MAX (reading->shown, percent);
  return !g_cancellable_is_cancelled (order->cancellable);
}

static gboolean
read_back (int fd, const DeskExportOrder *order, GError **error)
{
  Reading reading = { order, lseek (fd, 0, SEEK_END), 0 };

  if (lseek (fd, 0, SEEK_SET) < 0)
    return fail_errno (error, "export", errno);
  if (desk_xml_check_fd (fd, 0, on_read, &reading, error))
    return TRUE;
  if (g_cancellable_is_cancelled (order->cancellable))
    {
      g_clear_error (error);
      g_cancellable_set_error_if_cancelled (order->cancellable, error);
    }
  return FALSE;
}

/* Writes, makes durable, reads back. */
static gboolean
fill (DeskDb *db, const DeskExportOrder *order, int fd, GError **error)
{
  g_autoptr (DeskXmlWriter) writer = desk_xml_writer_new (fd);

  if (!desk_export_write (db, order, writer, error) && !desk_xml_writer_failed (writer))
    return FALSE;
  if (!desk_xml_writer_finish (writer, error))
    return FALSE;
  if (fsync (fd) < 0)
    return fail_errno (error, "export", errno);
  return read_back (fd, order, error);
}

static gboolean
copy (int from, int to, GError **error)
{
  char chunk[16384];
  ssize_t n;

  if (lseek (from, 0, SEEK_SET) < 0)
    return fail_errno (error, "standard output", errno);
  while ((n = read (from, chunk, sizeof chunk)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_errno (error, "standard output", errno);
      for (ssize_t done = 0, m; done < n; done += m)
        {
          m = write (to, chunk + done, n - done);
          if (m < 0 && errno != EINTR)
            return fail_errno (error, "standard output", errno);
          m = MAX (m, 0);
        }
    }
  return TRUE;
}

/* Standard output gets the document only once it is whole and valid: whoever reads the pipe cannot take a
 * first half for an export. Until then it lies in a file that has no name. */
static gboolean
export_to_output (DeskDb *db, const DeskExportOrder *order, GError **error)
{
  g_autofree char *name = g_build_filename (g_get_tmp_dir (), "uketsuke-XXXXXX", NULL);
  int fd = mkostemp (name, O_CLOEXEC);

  if (fd < 0)
    return fail_errno (error, name, errno);
  unlink (name);
  gboolean ok = fill (db, order, fd, error) && copy (fd, STDOUT_FILENO, error);
  close (fd);
  return ok;
}

/* The file that is meant, behind symbolic links; NULL for what must not be replaced (a device, a folder, or
 * any file when not overwriting). */
static char *
find_target (const char *path, gboolean overwrite, GError **error)
{
  struct stat info;

  if (lstat (path, &info) < 0)
    {
      if (errno == ENOENT)
        return g_strdup (path);
      fail_errno (error, path, errno);
      return NULL;
    }
  if (!overwrite)
    {
      fail_errno (error, path, EEXIST);
      return NULL;
    }
  g_autofree char *buffer = g_malloc (PATH_MAX);
  if (!realpath (path, buffer) || stat (buffer, &info) < 0)
    {
      fail_errno (error, path, errno);
      return NULL;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%s: not a file that can be replaced", path);
      return NULL;
    }
  return g_steal_pointer (&buffer);
}

/* Gives the finished file its name; without overwrite the system itself refuses to replace another, even
 * one that appeared a moment ago. */
static gboolean
give_name (const char *temporary, const char *target, gboolean overwrite, GError **error)
{
  if (overwrite)
    return rename (temporary, target) == 0 || fail_errno (error, target, errno);
  if (renameat2 (AT_FDCWD, temporary, AT_FDCWD, target, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return fail_errno (error, target, errno);
  /* Some file systems cannot say "no replace"; there a second name does, where they have it. */
  if (link (temporary, target) < 0)
    return fail_errno (error, target, errno);
  unlink (temporary);
  return TRUE;
}

static gboolean
sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return fail_errno (error, folder, errno);
  int number = fsync (fd) < 0 && errno != EINVAL ? errno : 0;
  close (fd);
  return number == 0 || fail_errno (error, folder, number);
}

static gboolean
export_to_file (DeskDb *db, const DeskExportOrder *order, const char *target, gboolean overwrite, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *temporary = g_strconcat (folder, "/.uketsuke-XXXXXX", NULL);
  int fd = mkostemp (temporary, O_CLOEXEC); /* O_EXCL, mode 0600 */

  if (fd < 0)
    return fail_errno (error, folder, errno);
  gboolean ok = fill (db, order, fd, error);
  close (fd);
  if (!ok || !give_name (temporary, target, overwrite, error))
    {
      unlink (temporary);
      return FALSE;
    }
  return sync_folder (folder, error);
}

gboolean
desk_export (DeskDb *db, DeskExport what, gint64 patient_id, DeskDay day, const char *path, gboolean overwrite,
             DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error)
{
  DeskExportOrder order = {
    .what = what,
    .patient_id = patient_id,
    .day = day,
    .generated_at = g_get_real_time () / G_USEC_PER_SEC,
    .progress = progress,
    .user_data = user_data,
    .cancellable = cancellable,
  };

  if (strcmp (path, "-") == 0)
    return export_to_output (db, &order, error);
  g_autofree char *target = find_target (path, overwrite, error);
  return target && export_to_file (db, &order, target, overwrite, error);
}

gboolean
desk_export_check (const char *path, GError **error)
{
  return desk_xml_check (path, 0, error);
}
