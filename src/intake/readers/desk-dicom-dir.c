#include "desk-dicom-dir.h"

#include <string.h>

#define MAX_LEVELS 16     /* patient, study, series, image: four are usual */
#define MAX_COMPONENTS 16 /* of a file's name; the standard allows eight */

/* A record and those above it. */
typedef struct Chain
{
  const DeskDicomRecord *record;
  const struct Chain *above;
} Chain;

typedef struct
{
  DeskDicomDir *dir;
  GHashTable *by_offset; /* guint64 → DeskDicomRecord */
  GHashTable *seen;      /* DeskDicomRecord */
} Walk;

static void
free_entry (gpointer data)
{
  DeskDicomEntry *entry = data;

  g_free (entry->key);
  g_free (entry->shown);
  desk_dicom_clear (&entry->dicom);
  g_free (entry);
}

void
desk_dicom_dir_free (DeskDicomDir *dir)
{
  if (!dir)
    return;
  g_ptr_array_unref (dir->entries);
  g_ptr_array_unref (dir->problems);
  g_free (dir);
}

static void
add_problem (DeskDicomDir *dir, const char *code)
{
  for (guint i = 0; i < dir->problems->len; i++)
    if (strcmp (g_ptr_array_index (dir->problems, i), code) == 0)
      return;
  g_ptr_array_add (dir->problems, (char *) code);
}

/* A name as every mount shows it alike: small letters, no ";1", no dot at its end. */
static char *
fold_component (const char *name)
{
  char *folded = g_ascii_strdown (name, -1);
  char *version = strrchr (folded, ';');

  if (version && version[1] && version[1 + strspn (version + 1, "0123456789")] == '\0')
    *version = '\0';
  for (gsize n = strlen (folded); n > 1 && folded[n - 1] == '.'; n--)
    folded[n - 1] = '\0';
  return folded;
}

/* The key of a path with / between its components; the caller frees it. */
char *
desk_dicom_dir_key (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = 0; parts[i]; i++)
    {
      char *folded = fold_component (parts[i]);

      g_free (parts[i]);
      parts[i] = folded;
    }
  return g_strjoinv ("/", parts);
}

/* The key of a file ID with \ between its components; NULL for one that leads out of the disc or is none. */
char *
desk_dicom_dir_file_key (const char *file_id)
{
  g_auto (GStrv) parts = g_strsplit (file_id, "\\", -1);
  guint n = g_strv_length (parts);

  if (n == 0 || n > MAX_COMPONENTS)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      g_strstrip (parts[i]);
      gsize dots = strspn (parts[i], ".");
      if (!*parts[i] || !parts[i][dots] || strchr (parts[i], '/') || strlen (parts[i]) > 255)
        return NULL;
    }
  g_autofree char *path = g_strjoinv ("/", parts);
  return desk_dicom_dir_key (path);
}

/* What the record says, and what it leaves to those above it. */
static void
merge (DeskDicom *into, const Chain *chain)
{
  for (; chain; chain = chain->above)
    for (guint i = 0; i < DESK_DICOM_N_FIELDS; i++)
      if (!into->values[i] && chain->record->dicom.values[i])
        into->values[i] = g_strdup (chain->record->dicom.values[i]);
}

static void
add_entry (Walk *walk, const Chain *chain)
{
  const char *file_id = chain->record->dicom.values[DESK_DICOM_FILE_ID];

  if (!file_id)
    return;
  char *key = desk_dicom_dir_file_key (file_id);
  if (!key)
    {
      add_problem (walk->dir, "bad-file-name");
      return;
    }
  DeskDicomEntry *entry = g_new0 (DeskDicomEntry, 1);
  entry->key = key;
  entry->shown = g_strdup (file_id);
  merge (&entry->dicom, chain);
  g_ptr_array_add (walk->dir->entries, entry);
}

static void
walk_level (Walk *walk, guint64 offset, const Chain *above, guint level)
{
  if (level > MAX_LEVELS)
    {
      add_problem (walk->dir, "dicomdir-loop");
      return;
    }
  while (offset != 0)
    {
      DeskDicomRecord *record = g_hash_table_lookup (walk->by_offset, &offset);

      if (!record || !g_hash_table_add (walk->seen, record))
        {
          add_problem (walk->dir, record ? "dicomdir-loop" : "dicomdir-range");
          return;
        }
      Chain chain = { record, above };
      if (record->in_use != 0)
        {
          add_entry (walk, &chain);
          walk_level (walk, record->lower, &chain, level + 1);
        }
      offset = record->next;
    }
}

static void
walk_records (DeskDicomDir *dir, const GPtrArray *records, guint32 first)
{
  g_autoptr (GHashTable) by_offset = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  Walk walk = { dir, by_offset, seen };

  for (guint i = 0; i < records->len; i++)
    {
      DeskDicomRecord *record = g_ptr_array_index (records, i);
      g_hash_table_insert (by_offset, &record->offset, record);
    }
  walk_level (&walk, first, NULL, 1);
  if (records->len > 0 && (first == 0 || (dir->entries->len == 0 && g_hash_table_size (seen) < records->len)))
    add_problem (dir, "dicomdir-no-offsets");
}

/* What a DICOMDIR lists, to be freed with desk_dicom_dir_free (); never NULL: one that cannot be read has the problem
 * "dicomdir-damaged" and lists what could be reached. */
DeskDicomDir *
desk_dicom_dir_read (const DeskDicomSource *source)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  DeskDicomDir *dir = g_new0 (DeskDicomDir, 1);
  guint32 first = 0;
  g_autoptr (DeskDicom) dicom = desk_dicom_read_records (source, records, &first);

  dir->entries = g_ptr_array_new_with_free_func (free_entry);
  dir->problems = g_ptr_array_new ();
  for (guint i = 0; dicom && dicom->problems && i < dicom->problems->len; i++)
    {
      const char *code = g_ptr_array_index (dicom->problems, i);

      if (strcmp (code, "odd-length") != 0 && strcmp (code, "no-preamble") != 0)
        add_problem (dir, "dicomdir-damaged");
    }
  if (!dicom || records->len == 0)
    add_problem (dir, "dicomdir-damaged");
  walk_records (dir, records, first);
  dir->whole = dir->problems->len == 0;
  return dir;
}
