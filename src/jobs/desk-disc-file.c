#include "desk-disc-file.h"

#include <unistd.h>

#include "desk-dicom-picture.h"

struct _DeskDiscStored
{
  GArray *files;     /* DeskStudyFile; their texts are in texts */
  GPtrArray *texts;
};

void
desk_disc_stored_free (DeskDiscStored *stored)
{
  if (!stored)
    return;
  g_array_unref (stored->files);
  g_ptr_array_unref (stored->texts);
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
  return TRUE;
}

/* Puts the files of the study that are there among the contents, in the order of the disc, without preambles. Blocks; any
 * thread. The errors are those of desk_contents_put_fd (); contents without a paper are cleared away by their owner. */
DeskDiscStored *
desk_disc_store (DeskContents *contents, const DeskDisc *disc, const DeskDiscStudy *study, DeskProgressFunc progress,
                 gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (DeskDiscStored) stored = g_new0 (DeskDiscStored, 1);

  stored->files = g_array_new (FALSE, FALSE, sizeof (DeskStudyFile));
  stored->texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < study->series->len; i++)
    {
      const DeskDiscSeries *series = g_ptr_array_index (study->series, i);

      for (guint j = 0; j < series->files->len; j++)
        {
          const DeskDiscFile *file = g_ptr_array_index (series->files, j);

          if (file->path && !store_file (stored, contents, disc, file, cancellable, error))
            return NULL;
          if (progress)
            progress (MIN (1.0, (double) stored->files->len / MAX (study->files, 1)), user_data);
        }
    }
  return g_steal_pointer (&stored);
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
