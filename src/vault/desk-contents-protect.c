/* Contents that an older version left in clear are encrypted one by one. Whatever happens between two steps, each
 * content is there at least once, and starting again goes on where it stopped. */
#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk-contents-private.h"

static GPtrArray *
list_clear (const char *folder)
{
  GPtrArray *digests = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (desk_contents_is_digest (name))
      g_ptr_array_add (digests, g_strdup (name));
  return digests;
}

/* How many contents still lie in clear. */
guint
desk_contents_count_clear (DeskContents *self)
{
  g_autoptr (GPtrArray) digests = list_clear (desk_contents_folder (self));

  return digests->len;
}

/* The encrypted one stands on the disk, by its checked digest, before the clear one goes. One that is not what its
 * name says is damaged: what is left of it is kept encrypted under its own digest, and the log says so. */
static gboolean
protect_one (DeskContents *self, const char *digest, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_build_filename (desk_contents_folder (self), digest, NULL);
  DeskContent content;
  struct stat info;
  int fd;

  if (!desk_contents_in_clear (desk_contents_folder (self), digest, &fd))
    return errno == ENOENT || desk_error_set_errno (error, path, errno);
  gboolean empty = fstat (fd, &info) == 0 && info.st_size == 0;
  gboolean ok
      = empty || desk_contents_put_fd (self, fd, path, DESK_CONTENTS_ANY, &content, NULL, NULL, cancellable, error);
  close (fd);
  if (!ok)
    return FALSE;
  if (g_unlink (path) < 0 && errno != ENOENT)
    return desk_error_set_errno (error, path, errno);
  if (empty)
    g_message ("%s was empty", digest);
  else if (!g_str_equal (content.digest, digest))
    g_message ("%s was damaged; what was left of it is kept as %s", digest, content.digest);
  return TRUE;
}

/* Encrypts what lies in clear and removes the clear files. May be cancelled and started again; contents can be read
 * and put meanwhile. Errors as of desk_contents_put_fd (). */
gboolean
desk_contents_protect (DeskContents *self, DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GPtrArray) digests = list_clear (desk_contents_folder (self));

  for (guint i = 0; i < digests->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !protect_one (self, g_ptr_array_index (digests, i), cancellable, error))
        return FALSE;
      if (progress)
        progress ((i + 1.0) / digests->len, user_data);
    }
  return digests->len == 0 || desk_contents_sync_folder (desk_contents_folder (self), error);
}
