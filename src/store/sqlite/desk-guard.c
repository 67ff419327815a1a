#include "desk-guard.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* SQLite's own bytes: the shared range of the file (os.h) and the "dead man's switch" of the log's index (os_unix.c). */
#define SHARED_FIRST (0x40000000 + 2)
#define SHARED_SIZE 510
#define INDEX_SWITCH 128

struct _DeskGuard
{
  dev_t device;
  ino_t inode;
  int file, index; /* descriptors; -1 for none */
  int holders;     /* connections of this process */
};

static GMutex mutex;
static GList *guards; /* of DeskGuard, one per file */

static DeskGuard *
find (const char *path)
{
  struct stat info;

  if (stat (path, &info) < 0)
    return NULL;
  for (GList *l = guards; l; l = l->next)
    {
      DeskGuard *guard = l->data;

      if (guard->device == info.st_dev && guard->inode == info.st_ino)
        return guard;
    }
  return NULL;
}

static void
lock (int fd, short type, off_t start, off_t length)
{
  struct flock range = { .l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length };

  if (fd >= 0 && fcntl (fd, F_OFD_SETLK, &range) < 0)
    g_debug ("no lock on %d", fd);
}

static void
lock_both (DeskGuard *guard, short type)
{
  lock (guard->file, type, SHARED_FIRST, SHARED_SIZE);
  lock (guard->index, type, INDEX_SWITCH, 1);
}

/* Whether this process has the file open: then nobody here may open and close it by other means. */
gboolean
desk_guard_holds (const char *path)
{
  g_mutex_lock (&mutex);
  gboolean holds = find (path) != NULL;
  g_mutex_unlock (&mutex);
  return holds;
}

/* After SQLite has opened the file and its log. */
DeskGuard *
desk_guard_take (const char *path)
{
  g_mutex_lock (&mutex);
  DeskGuard *guard = find (path);
  if (!guard)
    {
      g_autofree char *index = g_strconcat (path, "-shm", NULL);
      struct stat info = { 0 };

      guard = g_new0 (DeskGuard, 1);
      guard->file = open (path, O_RDONLY | O_CLOEXEC);
      guard->index = open (index, O_RDONLY | O_CLOEXEC);
      if (guard->file >= 0 && fstat (guard->file, &info) == 0)
        {
          guard->device = info.st_dev;
          guard->inode = info.st_ino;
        }
      lock_both (guard, F_RDLCK);
      guards = g_list_prepend (guards, guard);
    }
  guard->holders++;
  g_mutex_unlock (&mutex);
  return guard;
}

/* Before SQLite closes the connection: the last one must be able to tidy up the log. Gives the guard to the last
 * holder, to be freed after the closing, and NULL to the others, who must not look at it again: two connections
 * may close at once in two threads. */
DeskGuard *
desk_guard_drop (DeskGuard *guard)
{
  g_mutex_lock (&mutex);
  gboolean last = --guard->holders == 0;
  if (last)
    {
      lock_both (guard, F_UNLCK);
      guards = g_list_remove (guards, guard);
    }
  g_mutex_unlock (&mutex);
  return last ? guard : NULL;
}

/* After SQLite has closed the connection: closing our descriptors takes no lock from anybody any more. */
void
desk_guard_free (DeskGuard *guard)
{
  if (guard->file >= 0)
    close (guard->file);
  if (guard->index >= 0)
    close (guard->index);
  g_free (guard);
}
