#include "desk-publish.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk-error.h"

/* Sets the error of a system call on path by its errno; returns FALSE. */
gboolean
desk_publish_errno (GError **error, const char *path, int number)
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

static gboolean
copy (int from, int to, GError **error)
{
  char chunk[16384];
  ssize_t n;

  if (lseek (from, 0, SEEK_SET) < 0)
    return desk_publish_errno (error, "standard output", errno);
  while ((n = read (from, chunk, sizeof chunk)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return desk_publish_errno (error, "standard output", errno);
      for (ssize_t done = 0, m; done < n; done += m)
        {
          m = write (to, chunk + done, n - done);
          if (m < 0 && errno != EINTR)
            return desk_publish_errno (error, "standard output", errno);
          m = MAX (m, 0);
        }
    }
  return TRUE;
}

static gboolean
fill_durably (DeskPublishFunc fill, gpointer user_data, int fd, GError **error)
{
  return fill (fd, user_data, error) && (fsync (fd) == 0 || desk_publish_errno (error, "the new file", errno));
}

/* Standard output gets the document only once it is whole and valid: whoever reads the pipe cannot take a
 * first half for the whole. Until then it lies in a file that has no name. */
static gboolean
publish_to_output (DeskPublishFunc fill, gpointer user_data, GError **error)
{
  g_autofree char *name = g_build_filename (g_get_tmp_dir (), "uketsuke-XXXXXX", NULL);
  int fd = mkostemp (name, O_CLOEXEC);

  if (fd < 0)
    return desk_publish_errno (error, name, errno);
  unlink (name);
  gboolean ok = fill_durably (fill, user_data, fd, error) && copy (fd, STDOUT_FILENO, error);
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
      desk_publish_errno (error, path, errno);
      return NULL;
    }
  if (!overwrite)
    {
      desk_publish_errno (error, path, EEXIST);
      return NULL;
    }
  g_autofree char *buffer = g_malloc (PATH_MAX);
  if (!realpath (path, buffer) || stat (buffer, &info) < 0)
    {
      desk_publish_errno (error, path, errno);
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
    return rename (temporary, target) == 0 || desk_publish_errno (error, target, errno);
  if (renameat2 (AT_FDCWD, temporary, AT_FDCWD, target, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return desk_publish_errno (error, target, errno);
  /* Some file systems cannot say "no replace"; there a second name does, where they have it. */
  if (link (temporary, target) < 0)
    return desk_publish_errno (error, target, errno);
  unlink (temporary);
  return TRUE;
}

static gboolean
sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return desk_publish_errno (error, folder, errno);
  int number = fsync (fd) < 0 && errno != EINVAL ? errno : 0;
  close (fd);
  return number == 0 || desk_publish_errno (error, folder, number);
}

static gboolean
publish_to_file (const char *target, gboolean overwrite, DeskPublishFunc fill, gpointer user_data, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *temporary = g_strconcat (folder, "/.uketsuke-XXXXXX", NULL);
  int fd = mkostemp (temporary, O_CLOEXEC); /* O_EXCL, mode 0600 */

  if (fd < 0)
    return desk_publish_errno (error, folder, errno);
  gboolean ok = fill_durably (fill, user_data, fd, error);
  close (fd);
  if (!ok || !give_name (temporary, target, overwrite, error))
    {
      unlink (temporary);
      return FALSE;
    }
  return sync_folder (folder, error);
}

gboolean
desk_publish (const char *path, gboolean overwrite, DeskPublishFunc fill, gpointer user_data, GError **error)
{
  if (strcmp (path, "-") == 0)
    return publish_to_output (fill, user_data, error);
  g_autofree char *target = find_target (path, overwrite, error);
  return target && publish_to_file (target, overwrite, fill, user_data, error);
}

/* Whether desk_publish () could begin, with the error it would give: before something is done that stays. */
gboolean
desk_publish_possible (const char *path, gboolean overwrite, GError **error)
{
  if (strcmp (path, "-") == 0)
    return TRUE;
  g_autofree char *target = find_target (path, overwrite, error);
  g_autofree char *folder = target ? g_path_get_dirname (target) : NULL;
  return folder && (access (folder, W_OK | X_OK) == 0 || desk_publish_errno (error, folder, errno));
}
