/* Reports that somebody translated, so that a statement can be printed of them. */
#include "desk-documents.h"
#include "desk-sample-parts.h"

#define TRANSLATED 3

static gboolean
translate (DeskSample *sample, DeskDb *db, DeskDocument *original, GError **error)
{
  DeskDocument translation = {
    .patient_id = original->patient_id, .kind = original->kind, .state = DESK_LEND ("received"),
    .title = DESK_LEND ("Translation"), .examined_on = original->examined_on, .language = DESK_LEND ("en"),
    .received_at = desk_sample_at (sample, sample->today - 2, 15 * 60), .media_type = DESK_LEND (""), .digest = DESK_LEND (""),
    .note = DESK_LEND (""), .part_of = original->id, .part = DESK_LEND ("translation"), .reason = DESK_LEND (""),
    .source = DESK_LEND (""), .due_on = DESK_LEND (""), .translator = DESK_LEND ("ISHIDA Mari"), .pages = 4, .link = DESK_LEND (""),
  };

  original->pages = 3;
  return desk_document_save (db, original, error) && desk_document_save (db, &translation, error);
}

/* The first reports in another language than English. */
gboolean
desk_sample_translations (DeskSample *sample, DeskDb *db, GError **error)
{
  g_autoptr (GArray) ids = desk_document_filter (db, "accepted", "medical_report", NULL, error);
  guint done = 0;

  for (guint i = 0; ids && i < ids->len && done < TRANSLATED; i++)
    {
      g_autoptr (DeskDocument) original = desk_document_load (db, g_array_index (ids, gint64, ids->len - 1 - i), error);

      if (!original)
        return FALSE;
      if (original->part_of || g_str_equal (original->language, "en") || !*original->digest)
        continue;
      if (!translate (sample, db, original, error))
        return FALSE;
      done++;
    }
  return ids != NULL;
}
