#include "desk-disc-file.h"

#include <unistd.h>

#include "desk-dicom-picture.h"
#include "desk-vaults.h"

struct _DeskDiscStored
{
  GArray *files;     /* DeskStudyFile; their texts are in texts */
  GPtrArray *texts;
  GArray *contents;  /* DeskContent, of each file */
};

/* Nothing stored yet. */
DeskDiscStored *
desk_disc_stored_new (void)
{
  DeskDiscStored *stored = g_new0 (DeskDiscStored, 1);

  stored->files = g_array_new (FALSE, FALSE, sizeof (DeskStudyFile));
  stored->texts = g_ptr_array_new_with_free_func (g_free);
  stored->contents = g_array_new (FALSE, FALSE, sizeof (DeskContent));
  return stored;
}

void
desk_disc_stored_free (DeskDiscStored *stored)
{
  if (!stored)
    return;
  g_array_unref (stored->files);
  g_ptr_array_unref (stored->texts);
  g_array_unref (stored->contents);
  g_free (stored);
}

static char *
keep (DeskDiscStored *stored, char *text)
{
  g_ptr_array_add (stored->texts, text);
  return text;
}

static gboolean
store_file (DeskDiscStored *stored, DeskContents *contents, const DeskDisc *disc, const DeskDiscFile *file, GCancellable *cancellable,
            GError **error)
{
  DeskContent content;
  int fd = desk_disc_open (disc->folder, file, error);

  if (fd < 0)
    return FALSE;
  /* A file without preamble has no mark of its kind: the scan knows it. */
  gboolean ok = desk_contents_put_fd (contents, fd, file->name, DESK_CONTENTS_ANY, &content, NULL, NULL, cancellable, error);
  close (fd);
  if (!ok)
    return FALSE;
  DeskStudyFile one = { keep (stored, g_strdup (file->name)), keep (stored, g_strdup (content.digest)), content.bytes };
  g_array_append_val (stored->files, one);
  g_array_append_val (stored->contents, content);
  return TRUE;
}

/* Puts the files of the study that are there among the contents, in the order of the disc, without preambles. Blocks; any
 * thread. The errors are those of desk_contents_put_fd (); what was put before one is in stored all the same, for
 * desk_disc_take_back (). */
gboolean
desk_disc_store (DeskDiscStored *stored, DeskContents *contents, const DeskDisc *disc, const DeskDiscStudy *study,
                 DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < study->series->len; i++)
    {
      const DeskDiscSeries *series = g_ptr_array_index (study->series, i);

      for (guint j = 0; j < series->files->len; j++)
        {
          const DeskDiscFile *file = g_ptr_array_index (series->files, j);

          if (file->path && !store_file (stored, contents, disc, file, cancellable, error))
            return FALSE;
          if (progress)
            progress (MIN (1.0, (double) stored->files->len / MAX (study->files, 1)), user_data);
        }
    }
  return TRUE;
}

static void
add_all (GHashTable *set, GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    g_hash_table_add (set, g_ptr_array_index (texts, i));
}

/* Removes from the contents what was put there for papers that were not made, or are no more: only what this put wrote
 * itself, nobody put again since, and no record names. stored: DeskDiscStored. */
gboolean
desk_disc_take_back (DeskDb *db, DeskContents *contents, const GPtrArray *stored, GError **error)
{
  /* Never committed: it only keeps every desk from filing meanwhile. */
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (GPtrArray) digests = txn ? desk_vault_digests (db, error) : NULL;
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);

  if (!digests)
    return FALSE;
  add_all (named, digests);
  for (guint i = 0; i < stored->len; i++)
    {
      const DeskDiscStored *one = g_ptr_array_index (stored, i);

      for (guint j = 0; j < one->contents->len; j++)
        {
          const DeskContent *content = &g_array_index (one->contents, DeskContent, j);

          if (!g_hash_table_contains (named, content->digest))
            desk_contents_take_back (contents, content);
        }
    }
  return TRUE;
}

static char *
join_modalities (const DeskDiscStudy *study)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < study->modalities->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", (char *) g_ptr_array_index (study->modalities, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
first_body_part (const DeskDiscStudy *study)
{
  for (guint i = 0; i < study->series->len; i++)
    {
      const DeskDiscSeries *series = g_ptr_array_index (study->series, i);

      if (*series->body_part)
        return series->body_part;
    }
  return "";
}

/* The paper of a study whose files are stored; the errors are those of desk_study_file (). */
gboolean
desk_disc_file (DeskDb *db, const DeskDiscPatient *patient, const DeskDiscStudy *study, const DeskDiscStored *stored,
                gint64 patient_id, const char *reason, gboolean again, gint64 *document_id, GError **error)
{
  g_autofree char *modalities = join_modalities (study);
  DeskStudy row = { .patient_id = patient_id, .uid = study->uid, .studied_on = study->date, .modalities = modalities,
                    .body_part = first_body_part (study), .description = study->description, .hospital = study->hospital,
                    .disc_name = patient->name, .disc_id = patient->id, .disc_birth = patient->birth, .disc_sex = patient->sex,
                    .series = study->series->len, .images = study->images, .reason = reason, .again = again };

  return desk_study_file (db, &row, (const DeskStudyFile *) (gpointer) stored->files->data, stored->files->len, document_id, error);
}

/* The picture in the middle of a series. The errors are those of desk_dicom_picture (), and DESK_ERROR_NOT_FOUND when it
 * has none. */
DeskPreview *
desk_disc_preview (const DeskDisc *disc, const DeskDiscSeries *series, int max_width, int max_height, GCancellable *cancellable,
                   GError **error)
{
  guint wanted = series->images / 2;

  for (guint i = 0; i < series->files->len; i++)
    {
      const DeskDiscFile *file = g_ptr_array_index (series->files, i);

      if (!file->path || !file->pixels || wanted-- > 0)
        continue;
      int fd = desk_disc_open (disc->folder, file, error);
      return fd < 0 ? NULL : desk_dicom_picture (fd, file->syntax, max_width, max_height, cancellable, error);
    }
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "the series has no picture");
  return NULL;
}
