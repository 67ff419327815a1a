/* The mark: a small file per clinic in the user's state, which no copying of the clinic file takes along. */
#include "desk-series-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk-error.h"

static void
mark_free (gpointer data)
{
  DeskSeriesMark *mark = data;

  g_free (mark->name);
  g_free (mark->generation);
  g_free (mark);
}

GPtrArray *
desk_series_marks_new (void)
{
  return g_ptr_array_new_with_free_func (mark_free);
}

static DeskSeriesMark *
find (const GPtrArray *marks, const char *name, const char *generation)
{
  for (guint i = 0; i < marks->len; i++)
    {
      DeskSeriesMark *mark = marks->pdata[i];

      if (g_str_equal (mark->name, name) && g_str_equal (mark->generation, generation))
        return mark;
    }
  return NULL;
}

/* The highest number known of that series and generation, 0 for none. */
gint64
desk_series_marks_get (const GPtrArray *marks, const char *name, const char *generation)
{
  const DeskSeriesMark *mark = find (marks, name, generation);

  return mark ? mark->last : 0;
}

/* n is given: the last, and the first if none was given yet. */
void
desk_series_marks_set (GPtrArray *marks, const char *name, const char *generation, gint64 n)
{
  DeskSeriesMark *mark = find (marks, name, generation);

  if (!mark)
    {
      mark = g_new0 (DeskSeriesMark, 1);
      mark->name = g_strdup (name);
      mark->generation = g_strdup (generation);
      mark->first = n;
      g_ptr_array_add (marks, mark);
    }
  mark->last = n;
}

/* Asked of the environment each time, for GLib asks once in a process. */
static char *
folder (void)
{
  const char *told = g_getenv ("XDG_STATE_HOME");

  return g_build_filename (told && g_path_is_absolute (told) ? told : g_get_user_state_dir (), "uketsuke", "series", NULL);
}

/* The clinic's uuid may have been typed by anybody: its digest names the file. */
static char *
path_of (const char *uuid, const char *suffix)
{
  g_autofree char *dir = folder ();
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uuid, -1);
  g_autofree char *name = g_strdup_printf ("%.32s%s", digest, suffix);

  return g_build_filename (dir, name, NULL);
}

/* Lines "name generation last", with - for no generation; lines that are none of these are passed over, for the mark can
 * only raise a number. */
static void
read_lines (const char *text, GPtrArray *marks)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line; line++)
    {
      g_auto (GStrv) words = g_strsplit (*line, " ", 4);
      gint64 n;

      if (g_strv_length (words) == 3 && g_ascii_string_to_signed (words[2], 10, 1, G_MAXINT64 - 1, &n, NULL))
        desk_series_marks_set (marks, words[0], g_str_equal (words[1], "-") ? "" : words[1], n);
    }
}

/* What is known here of the clinic's numbers; nothing when there is no mark yet. */
GPtrArray *
desk_series_marks_read (const char *uuid, GError **error)
{
  g_autoptr (GPtrArray) marks = desk_series_marks_new ();
  g_autofree char *path = path_of (uuid, "");
  g_autofree char *text = NULL;
  g_autoptr (GError) why = NULL;

  if (g_file_get_contents (path, &text, NULL, &why))
    read_lines (text, marks);
  else if (!g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_IO, "%s: %s", path, why->message);
      return NULL;
    }
  return g_steal_pointer (&marks);
}

static gboolean
write_whole (int fd, const char *text, gsize length)
{
  while (length > 0)
    {
      ssize_t n = write (fd, text, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      text += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
  return fsync (fd) == 0;
}

/* The new content under its name, on the disk when this returns. */
static gboolean
replace (const char *uuid, const char *text, GError **error)
{
  g_autofree char *path = path_of (uuid, ""), *fresh = path_of (uuid, ".new"), *dir = folder ();
  int fd = open (fresh, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean ok;

  if (fd < 0)
    return desk_error_set_errno (error, fresh, errno);
  ok = write_whole (fd, text, strlen (text));
  close (fd);
  if (!ok || g_rename (fresh, path) < 0)
    return desk_error_set_errno (error, path, errno);
  fd = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  ok = fd >= 0 && fsync (fd) == 0;
  if (fd >= 0)
    close (fd);
  return ok || desk_error_set_errno (error, dir, errno);
}

static gboolean
raise_locked (const char *uuid, const GPtrArray *given, GError **error)
{
  g_autoptr (GPtrArray) marks = desk_series_marks_read (uuid, error);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; marks && i < given->len; i++)
    {
      const DeskSeriesMark *mark = given->pdata[i];

      /* Only a copy of the file, open at the same time, can have been faster. */
      if (desk_series_marks_get (marks, mark->name, mark->generation) >= mark->first)
        {
          g_set_error_literal (error, DESK_ERROR, DESK_ERROR_BUSY, "a copy of this file is giving numbers just now");
          return FALSE;
        }
      desk_series_marks_set (marks, mark->name, mark->generation, mark->last);
    }
  for (guint i = 0; marks && i < marks->len; i++)
    {
      const DeskSeriesMark *mark = marks->pdata[i];

      g_string_append_printf (text, "%s %s %" G_GINT64_FORMAT "\n", mark->name, *mark->generation ? mark->generation : "-", mark->last);
    }
  return marks && replace (uuid, text->str, error);
}

/* Writes down, for good, that these numbers are given. */
gboolean
desk_series_marks_raise (const char *uuid, const GPtrArray *given, GError **error)
{
  g_autofree char *dir = folder (), *lock = path_of (uuid, ".lock");

  if (g_mkdir_with_parents (dir, 0700) < 0)
    return desk_error_set_errno (error, dir, errno);
  int fd = open (lock, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return desk_error_set_errno (error, lock, errno);
  while (flock (fd, LOCK_EX) < 0)
    if (errno != EINTR)
      {
        close (fd);
        return desk_error_set_errno (error, lock, errno);
      }
  gboolean ok = raise_locked (uuid, given, error);
  close (fd);
  return ok;
}

/* Which computer this is: a digest, for the number itself is to be kept private (machine-id (5)). */
char *
desk_series_computer (void)
{
  g_autofree char *id = NULL;

  if (!g_file_get_contents ("/etc/machine-id", &id, NULL, NULL))
    id = g_strdup (g_get_host_name ());
  g_autofree char *words = g_strconcat ("uketsuke ", g_strstrip (id), NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, words, -1);
  return g_strndup (digest, 32);
}

/* Which file it is on this computer: device, inode, and when that was born, for inodes are used again; NULL when it is
 * not there. The device may be numbered otherwise after a restart: it stands first and is not compared. */
char *
desk_series_file (const char *path)
{
  struct statx info;

  if (statx (AT_FDCWD, path, 0, STATX_INO | STATX_BTIME, &info) < 0)
    return NULL;
  return g_strdup_printf ("%u:%u %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT ".%09u", info.stx_dev_major, info.stx_dev_minor,
                          (guint64) info.stx_ino, info.stx_mask & STATX_BTIME ? (gint64) info.stx_btime.tv_sec : 0,
                          info.stx_mask & STATX_BTIME ? info.stx_btime.tv_nsec : 0);
}
