/* The mark: a small file per clinic in the user's state, which no copying of the clinic file takes along, and the same
 * beside the clinic file for whoever else on this computer opens it. The higher of both counts.
 *
 * The first must be written, or the commit fails: a folder copied back whole brings the second back too. The second only
 * helps where the file alone was put back and another user goes on, so a folder that takes no file but those of SQLite
 * is no reason to keep a desk from giving a receipt: it is said in the journal. */
#include "desk-series-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
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

/* Another place knows of n: the higher stays. */
static void
learn (GPtrArray *marks, const char *name, const char *generation, gint64 n)
{
  if (desk_series_marks_get (marks, name, generation) < n)
    desk_series_marks_set (marks, name, generation, n);
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

/* FILE.numbers-1a2b3c4d: another clinic that comes to lie under the name has its own. */
static char *
path_beside (const char *uuid, const char *file)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uuid, -1);
  char *real = realpath (file, NULL);
  char *path = g_strdup_printf ("%s.numbers-%.8s", real ? real : file, digest);

  free (real);
  return path;
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
        learn (marks, words[0], g_str_equal (words[1], "-") ? "" : words[1], n);
    }
}

/* A mark that is not there yet tells nothing. */
static gboolean
read_into (const char *path, GPtrArray *marks, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) why = NULL;

  if (g_file_get_contents (path, &text, NULL, &why))
    read_lines (text, marks);
  else if (!g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_IO, "%s: %s", path, why->message);
      return FALSE;
    }
  return TRUE;
}

/* What is known on this computer of the numbers of the clinic in the file; nothing when there is no mark yet. A mark
 * that is there and cannot be read is an error in either place: what it knows is given. */
GPtrArray *
desk_series_marks_read (const char *uuid, const char *file, GError **error)
{
  g_autoptr (GPtrArray) marks = desk_series_marks_new ();
  g_autofree char *path = path_of (uuid, ""), *beside = path_beside (uuid, file);

  return read_into (path, marks, error) && read_into (beside, marks, error) ? g_steal_pointer (&marks) : NULL;
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
replace (const char *path, const char *text, mode_t mode, gid_t group, GError **error)
{
  g_autofree char *fresh = g_strconcat (path, ".new", NULL), *dir = g_path_get_dirname (path);
  g_unlink (fresh);
  int fd = open (fresh, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean ok;

  if (fd < 0)
    return desk_error_set_errno (error, fresh, errno);
  if (mode != 0600 && (fchown (fd, (uid_t) -1, group) < 0 || fchmod (fd, mode) < 0))
    g_debug ("%s: %s", fresh, g_strerror (errno));
  ok = write_whole (fd, text, strlen (text));
  close (fd);
  if (!ok || g_rename (fresh, path) < 0)
    {
      int number = errno;

      g_unlink (fresh);
      return desk_error_set_errno (error, path, number);
    }
  fd = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  ok = fd >= 0 && fsync (fd) == 0;
  if (fd >= 0)
    close (fd);
  return ok || desk_error_set_errno (error, dir, errno);
}

static char *
format (const GPtrArray *marks)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < marks->len; i++)
    {
      const DeskSeriesMark *mark = marks->pdata[i];

      g_string_append_printf (text, "%s %s %" G_GINT64_FORMAT "\n", mark->name, *mark->generation ? mark->generation : "-", mark->last);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
raise_locked (const char *path, const GPtrArray *given, GError **error)
{
  g_autoptr (GPtrArray) marks = desk_series_marks_new ();
  g_autofree char *text = NULL;

  if (!read_into (path, marks, error))
    return FALSE;
  for (guint i = 0; i < given->len; i++)
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
  text = format (marks);
  return replace (path, text, 0600, 0, error);
}

static gboolean
raise_state (const char *uuid, const GPtrArray *given, GError **error)
{
  g_autofree char *dir = folder (), *lock = path_of (uuid, ".lock"), *path = path_of (uuid, "");

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
  gboolean ok = raise_locked (path, given, error);
  close (fd);
  return ok;
}

/* Who may read and write the clinic file may do so here. The transaction on the file is the lock. */
static gboolean
raise_beside (const char *uuid, const char *file, const GPtrArray *given, GError **error)
{
  g_autoptr (GPtrArray) marks = desk_series_marks_new ();
  g_autofree char *path = path_beside (uuid, file), *text = NULL;
  struct stat info;

  if (!read_into (path, marks, error))
    return FALSE;
  if (stat (file, &info) < 0)
    return desk_error_set_errno (error, file, errno);
  for (guint i = 0; i < given->len; i++)
    {
      const DeskSeriesMark *mark = given->pdata[i];

      learn (marks, mark->name, mark->generation, mark->last);
    }
  text = format (marks);
  return replace (path, text, info.st_mode & 0666, info.st_gid, error);
}

/* Writes down, for good, that these numbers are given; inside the transaction on the file that gives them. */
gboolean
desk_series_marks_raise (const char *uuid, const char *file, const GPtrArray *given, GError **error)
{
  g_autoptr (GError) beside = NULL;

  if (!raise_state (uuid, given, error))
    return FALSE;
  if (!raise_beside (uuid, file, given, &beside))
    g_message ("%s: the numbers given are known to this user only: %s", file, beside->message);
  return TRUE;
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
