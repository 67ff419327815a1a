#include "desk-dicom-scan.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk-dicom-dir.h"
#include "desk-lines.h"

#define DIRECTORY_CLASS "1.2.840.10008.1.3.10"
#define MAX_FILES 50000
#define MAX_DEPTH 16
#define FLUSH 32768
#define TICK 25 /* files between two words about how far it is */

typedef struct
{
  char *path; /* raw bytes, from the folder */
  char *key;
  gboolean listed;
} Found;

typedef struct
{
  int folder;
  GPtrArray *found;       /* Found */
  GHashTable *by_key;     /* key → Found */
  GPtrArray *directories; /* keys of the folders whose DICOMDIR was read whole: what it does not list is told */
  GString *out;
  DeskDicomWrite write;
  gpointer user_data;
} Scan;

static void
free_found (gpointer data)
{
  Found *found = data;

  g_free (found->path);
  g_free (found->key);
  g_free (found);
}

static void
flush (Scan *scan, gsize least)
{
  if (scan->out->len < least)
    return;
  scan->write (scan->out->str, scan->out->len, scan->user_data);
  g_string_truncate (scan->out, 0);
}

static void
add_number (Scan *scan, const char *key, guint64 number)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, number);
  desk_lines_add (scan->out, key, text);
}

static void
add_path (Scan *scan, const char *key, const char *path)
{
  g_autofree char *escaped = g_uri_escape_bytes ((const guint8 *) path, strlen (path), "/");

  desk_lines_add (scan->out, key, escaped);
}

static void
add_problem (Scan *scan, const char *path, const char *code)
{
  add_path (scan, "other", path);
  desk_lines_add (scan->out, "problem", code);
}

static void
add_dicom (Scan *scan, const DeskDicom *dicom)
{
  for (guint i = 0; i < DESK_DICOM_N_FIELDS; i++)
    desk_lines_add (scan->out, desk_dicom_field_name ((DeskDicomField) i), dicom->values[i]);
  if (dicom->pixels)
    desk_lines_add (scan->out, "pixels", "1");
  for (guint i = 0; dicom->problems && i < dicom->problems->len; i++)
    desk_lines_add (scan->out, "problem", g_ptr_array_index (dicom->problems, i));
}

static void walk_folder (Scan *scan, int fd, const char *prefix, guint depth);

static void
walk_entry (Scan *scan, int fd, const char *name, const char *path, guint depth)
{
  struct stat info;

  if (fstatat (fd, name, &info, AT_SYMLINK_NOFOLLOW) < 0)
    add_problem (scan, path, "unreadable");
  else if (S_ISLNK (info.st_mode))
    add_problem (scan, path, "link");
  else if (S_ISDIR (info.st_mode) && depth >= MAX_DEPTH)
    add_problem (scan, path, "too-deep");
  else if (S_ISDIR (info.st_mode))
    {
      int inner = openat (fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

      if (inner >= 0)
        walk_folder (scan, inner, path, depth + 1);
      else
        add_problem (scan, path, "unreadable");
    }
  else if (!S_ISREG (info.st_mode))
    add_problem (scan, path, "not-a-file");
  else
    {
      Found *found = g_new0 (Found, 1);

      found->path = g_strdup (path);
      found->key = desk_dicom_dir_key (path);
      g_ptr_array_add (scan->found, found);
    }
}

/* Takes fd. */
static void
walk_folder (Scan *scan, int fd, const char *prefix, guint depth)
{
  DIR *dir = fdopendir (fd);
  struct dirent *entry;

  if (!dir)
    {
      close (fd);
      return;
    }
  while ((entry = readdir (dir)))
    {
      if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0)
        continue;
      g_autofree char *path = *prefix ? g_strconcat (prefix, "/", entry->d_name, NULL) : g_strdup (entry->d_name);
      if (scan->found->len >= MAX_FILES)
        {
          add_problem (scan, path, "too-many-files");
          break;
        }
      walk_entry (scan, fd, entry->d_name, path, depth);
      flush (scan, FLUSH);
    }
  closedir (dir);
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *const *first = a, *const *second = b;

  return strcmp ((*first)->path, (*second)->path);
}

/* An ordinary file of the folder, opened; -1 when it is none any more. */
static int
open_found (Scan *scan, const Found *found, DeskDicomSource *source)
{
  struct stat info;
  int fd = openat (scan->folder, found->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

  if (fd >= 0 && fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    {
      *source = (DeskDicomSource){ .fd = fd, .length = (guint64) info.st_size };
      return fd;
    }
  if (fd >= 0)
    close (fd);
  return -1;
}

static gboolean
is_directory_file (const Found *found)
{
  const char *base = strrchr (found->key, '/');

  return strcmp (base ? base + 1 : found->key, "dicomdir") == 0;
}

/* Marks what a DICOMDIR lists, and tells what of that is not there. */
static void
read_directory (Scan *scan, const Found *directory)
{
  DeskDicomSource source;
  int fd = open_found (scan, directory, &source);

  if (fd < 0)
    return;
  g_autoptr (DeskDicomDir) dir = desk_dicom_dir_read (&source);
  g_autofree char *folder = g_strndup (directory->key, strlen (directory->key) - strlen ("dicomdir"));
  close (fd);
  add_path (scan, "dicomdir", directory->path);
  for (guint i = 0; i < dir->problems->len; i++)
    desk_lines_add (scan->out, "problem", g_ptr_array_index (dir->problems, i));
  for (guint i = 0; i < dir->entries->len; i++)
    {
      const DeskDicomEntry *entry = g_ptr_array_index (dir->entries, i);
      g_autofree char *key = g_strconcat (folder, entry->key, NULL);
      Found *found = g_hash_table_lookup (scan->by_key, key);

      if (found)
        {
          found->listed = TRUE;
          continue;
        }
      add_path (scan, "missing", entry->shown);
      add_dicom (scan, &entry->dicom);
      desk_lines_add (scan->out, "problem", "missing");
      flush (scan, FLUSH);
    }
  if (dir->whole)
    g_ptr_array_add (scan->directories, g_steal_pointer (&folder));
}

/* Whether a directory that was read whole should list it and does not. */
static gboolean
is_unlisted (const Scan *scan, const Found *found)
{
  for (guint i = 0; !found->listed && i < scan->directories->len; i++)
    if (g_str_has_prefix (found->key, g_ptr_array_index (scan->directories, i)))
      return TRUE;
  return FALSE;
}

static void
read_found (Scan *scan, const Found *found)
{
  DeskDicomSource source;
  int fd = open_found (scan, found, &source);

  if (fd < 0)
    {
      add_problem (scan, found->path, "unreadable");
      return;
    }
  g_autoptr (DeskDicom) dicom = desk_dicom_read (&source);
  close (fd);
  if (!dicom)
    {
      if (found->listed)
        add_problem (scan, found->path, "not-dicom");
      return;
    }
  if (g_strcmp0 (dicom->values[DESK_DICOM_MEDIA_CLASS], DIRECTORY_CLASS) == 0)
    return;
  add_path (scan, "path", found->path);
  add_number (scan, "bytes", source.length);
  add_dicom (scan, dicom);
  if (is_unlisted (scan, found))
    desk_lines_add (scan->out, "problem", "unlisted");
}

/* Looks at every file of the folder, which stays the caller's, without following a link. */
void
desk_dicom_scan (int folder, DeskDicomWrite write, gpointer user_data)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_found);
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) directories = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) out = g_string_new (NULL);
  Scan scan = { folder, all, by_key, directories, out, write, user_data };
  int again = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (again >= 0)
    walk_folder (&scan, again, "", 0);
  g_ptr_array_sort (all, compare_found);
  add_number (&scan, "files", all->len);
  for (guint i = 0; i < all->len; i++)
    g_hash_table_insert (by_key, ((Found *) g_ptr_array_index (all, i))->key, g_ptr_array_index (all, i));
  for (guint i = 0; i < all->len; i++)
    if (is_directory_file (g_ptr_array_index (all, i)))
      read_directory (&scan, g_ptr_array_index (all, i));
  for (guint i = 0; i < all->len; i++)
    {
      if (!is_directory_file (g_ptr_array_index (all, i)))
        read_found (&scan, g_ptr_array_index (all, i));
      if ((i + 1) % TICK == 0)
        add_number (&scan, "done", i + 1);
      flush (&scan, (i + 1) % TICK == 0 ? 1 : FLUSH);
    }
  add_number (&scan, "end", all->len);
  flush (&scan, 1);
}
