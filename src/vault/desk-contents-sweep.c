/* Contents that no record names are counted or removed, and copies that were never finished. Who puts a content that
 * is there already makes it young again first, so that it is not removed before its record is saved. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk-contents-private.h"

/* Held (as an open file, the caller's) while a content is made young again, or alone while one is looked at and
 * removed: in every program that has the clinic open. */
int
desk_contents_guard (const char *folder, gboolean removing, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    {
      desk_error_set_errno (error, folder, errno);
      return -1;
    }
  while (flock (fd, removing ? LOCK_EX : LOCK_SH) < 0)
    if (errno != EINTR)
      {
        desk_error_set_errno (error, folder, errno);
        close (fd);
        return -1;
      }
  return fd;
}

/* Under which names the contents may lie that are needed: encrypted, or in clear. */
static GHashTable *
needed_names (DeskVaultKey *key, const GPtrArray *needed)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < needed->len; i++)
    {
      g_autofree char *name = desk_vault_key_name (key, needed->pdata[i]);

      g_hash_table_add (names, g_strconcat (name, DESK_CONTENTS_SUFFIX, NULL));
      g_hash_table_add (names, g_strdup (needed->pdata[i]));
    }
  return names;
}

/* Only what looks like a content, so that nothing else that lies there is ever taken away. */
static gboolean
is_content (const char *name)
{
  gsize length = strlen (name), suffix = strlen (DESK_CONTENTS_SUFFIX);

  return desk_contents_is_digest (name)
         || (length > suffix && g_str_has_suffix (name, DESK_CONTENTS_SUFFIX)
             && strspn (name, "0123456789abcdef") == length - suffix);
}

static gboolean
sweep_one (const char *folder, const char *name, gint64 before, gboolean remove, guint *n, gint64 *bytes, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat info;
  int guard = remove ? desk_contents_guard (folder, TRUE, error) : -1;
  int failed = 0;

  if (remove && guard < 0)
    return FALSE;
  if (lstat (path, &info) == 0 && S_ISREG (info.st_mode) && info.st_mtime < before)
    {
      failed = remove && g_unlink (path) < 0 && errno != ENOENT ? errno : 0;
      *n += 1;
      *bytes += info.st_size;
    }
  if (guard >= 0)
    close (guard);
  return !failed || desk_error_set_errno (error, path, failed);
}

/* Counts the contents, in files and bytes, that are not among the needed (digests) and were not touched since before (a
 * second); with remove they are removed. Call it with remove only while nobody can save a record: inside a
 * transaction, needed read in it. Errors: REFUSED "contents-closed", IO. */
gboolean
desk_contents_sweep (DeskContents *self, const GPtrArray *needed, gint64 before, gboolean remove, guint *n, gint64 *bytes,
                     GError **error)
{
  g_autoptr (DeskVaultKey) key = desk_contents_dup_key (self);
  const char *folder = desk_contents_folder (self), *name;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  *n = 0;
  *bytes = 0;
  if (!key)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "contents-closed");
      return FALSE;
    }
  g_autoptr (GHashTable) names = needed_names (key, needed);
  while (dir && (name = g_dir_read_name (dir)))
    if (is_content (name) && !g_hash_table_contains (names, name)
        && !sweep_one (folder, name, before, remove, n, bytes, error))
      return FALSE;
  return TRUE;
}

/* Copies that were begun before that second and never finished, because the power went. */
void
desk_contents_remove_leftovers (DeskContents *self, gint64 before)
{
  const char *folder = desk_contents_folder (self), *name;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat info;

      if (g_str_has_prefix (name, DESK_CONTENTS_NEW) && lstat (path, &info) == 0 && S_ISREG (info.st_mode)
          && info.st_mtime < before && g_unlink (path) < 0)
        g_message ("%s stays: %s", name, g_strerror (errno));
    }
}
