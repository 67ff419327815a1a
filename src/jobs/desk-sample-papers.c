/* Papers of the sample: what patients have sent, with real one-page PDFs for the first of them. */
#include "desk-inbox.h"
#include "desk-patients.h"
#include "desk-sample-parts.h"
#include "desk-sample-pdf.h"

typedef struct
{
  const char *kind;
  int oldest, newest; /* days before today that it was examined; both 0 for papers without such a date */
  gboolean only_ill;
} Paper;

static const Paper papers[] = {
  { "medical_report", 80, 5, TRUE }, { "pathology", 900, 40, TRUE }, { "imaging", 85, 4, TRUE },
  { "bloodwork", 70, 2, FALSE },     { "viral", 75, 3, FALSE },      { "passport", 0, 0, FALSE },
};

static const char *
state_of (DeskSample *sample, const Paper *paper, const char *language)
{
  DeskRandom *random = &sample->random;

  if (g_str_equal (paper->kind, "passport"))
    return "accepted";
  if (!g_str_equal (language, "en") && !g_str_equal (language, "ja"))
    return desk_random_one_in (random, 2) ? "needs_translation" : "in_translation";
  return desk_random_one_in (random, 3) ? "under_review" : desk_random_one_in (random, 6) ? "received" : "accepted";
}

/* Draws the paper, stores it and fills what the row says of it. */
static gboolean
add_content (DeskSample *sample, DeskRandom *random, const DeskPatient *patient, DeskDocument *document, GError **error)
{
  g_autoptr (GBytes) pdf = desk_sample_pdf (random, patient, document->kind, document->examined_on);
  DeskContent content;

  if (!desk_contents_put_bytes (sample->contents, pdf, &content, NULL, error))
    return FALSE;
  document->digest = g_strdup (content.digest);
  document->bytes = content.bytes;
  document->media_type = DESK_LEND (content.media_type);
  return TRUE;
}

static gboolean
add_paper (DeskSample *sample, const DeskPatient *patient, const Paper *paper, GError **error)
{
  DeskRandom *random = &sample->random;
  gboolean dated = paper->oldest > 0;
  /* Of every ten papers one is older than any clinic accepts. */
  int ago = dated ? desk_random_between (random, paper->newest, paper->oldest) + (desk_random_one_in (random, 10) ? 120 : 0) : 0;
  g_autofree char *examined = dated ? desk_day_format (sample->today - ago) : g_strdup ("");
  static const char *const languages[] = { "en", "en", "ja", NULL };
  const char *language = languages[desk_random_below (random, G_N_ELEMENTS (languages))];
  g_autofree char *own = g_strndup (patient->languages, 2);
  DeskDocument document = { .patient_id = patient->id, .kind = DESK_LEND (paper->kind), .title = DESK_LEND (""), .note = DESK_LEND (""),
                            .language = DESK_LEND (language ? language : own), .examined_on = examined };

  document.state = DESK_LEND (state_of (sample, paper, document.language));
  document.title = DESK_LEND (desk_sample_pdf_title (paper->kind));
  document.received_at = desk_sample_at (sample, sample->today - MIN (ago, desk_random_between (random, 0, 30)), 9 * 60);
  if (!add_content (sample, random, patient, &document, error))
    return FALSE;
  desk_bulk_document (sample->bulk, &document);
  g_free (document.digest);
  return TRUE;
}

static void
request_paper (DeskSample *sample, const DeskPatient *patient, const Paper *paper)
{
  DeskDocument document = { .patient_id = patient->id, .kind = DESK_LEND (paper->kind), .state = DESK_LEND ("requested"),
                            .title = DESK_LEND (desk_sample_pdf_title (paper->kind)), .examined_on = DESK_LEND (""),
                            .language = DESK_LEND (""), .media_type = DESK_LEND (""), .digest = DESK_LEND (""),
                            .note = DESK_LEND (""), .received_at = desk_sample_at (sample, sample->today - 12, 10 * 60) };
  /* Some have not come by the day they were asked for. */
  g_autofree char *due = desk_day_format (sample->today + (patient->id % 41 == 7 ? -3 : 4 + (int) (patient->id % 30)));

  document.due_on = due;
  desk_bulk_document (sample->bulk, &document);
}

/* What the index-th patient sent last, so that of those with a draw ahead most are ready: new, in English, accepted.
 * Its chance is of its own. */
gboolean
desk_sample_newer_papers (DeskSample *sample, const DeskPatient *patient, guint index, GError **error)
{
  static const guint ready[] = { 19, 35, 40, 56 };
  gboolean is_ready = FALSE, ill = g_str_equal (patient->purpose, "treatment");
  DeskRandom random;

  for (guint i = 0; i < G_N_ELEMENTS (ready); i++)
    is_ready |= ready[i] == index;
  if (!is_ready)
    return TRUE;
  desk_random_init (&random, 9000 + index);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autofree char *examined = papers[i].oldest ? desk_day_format (sample->today - 4 - (int) i) : g_strdup ("");
      g_autofree char *digest = NULL;
      DeskDocument document = { .patient_id = patient->id, .kind = DESK_LEND (papers[i].kind), .state = DESK_LEND ("accepted"),
                                .title = DESK_LEND (desk_sample_pdf_title (papers[i].kind)), .examined_on = examined,
                                .language = DESK_LEND ("en"), .note = DESK_LEND (""), .media_type = DESK_LEND (""),
                                .received_at = desk_sample_at (sample, sample->today - 2, 9 * 60) };

      if (papers[i].only_ill && !ill)
        continue;
      /* The passport lies on the desk: a second scan would be the same as the first. */
      if (papers[i].oldest && !add_content (sample, &random, patient, &document, error))
        return FALSE;
      digest = document.digest;
      document.digest = digest ? digest : DESK_LEND ("");
      desk_bulk_document (sample->bulk, &document);
    }
  return TRUE;
}

/* Consent signed on paper, and the physician's decision; every few patients lack one of them. */
static void
add_decision (DeskSample *sample, const DeskPatient *patient, guint index)
{
  g_autofree char *signed_on = desk_day_format (sample->today - 20 - (int) (index % 60));
  DeskDocument consent = { .patient_id = patient->id, .kind = DESK_LEND ("consent"), .state = DESK_LEND ("accepted"),
                           .title = DESK_LEND ("Consent 1.0"), .examined_on = signed_on, .language = DESK_LEND ("en"),
                           .media_type = DESK_LEND (""), .digest = DESK_LEND (""), .note = DESK_LEND (""),
                           .received_at = desk_sample_at (sample, sample->today - 20 - (int) (index % 60), 11 * 60) };

  if (index % 5 != 3 || desk_sample_is_treated (index))
    desk_bulk_document (sample->bulk, &consent);
  if (index % 7 != 4)
    desk_bulk_acceptance (sample->bulk, patient->id, sample->staff[DESK_SAMPLE_PHYSICIAN + index % 2],
                          desk_sample_at (sample, sample->today - 18 - (int) (index % 60), 12 * 60));
}

/* The papers of the index-th patient: some are missing or only asked for, some too old, some in a language that
 * the clinic does not read. */
gboolean
desk_sample_papers (DeskSample *sample, const DeskPatient *patient, guint index, GError **error)
{
  gboolean ill = g_str_equal (patient->purpose, "treatment");

  add_decision (sample, patient, index);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      if ((papers[i].only_ill && !ill) || desk_random_one_in (&sample->random, 8))
        continue;
      if (index >= DESK_SAMPLE_PAPERS || desk_random_one_in (&sample->random, 10))
        {
          if (desk_random_one_in (&sample->random, 3))
            request_paper (sample, patient, &papers[i]);
        }
      else if (!add_paper (sample, patient, &papers[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_waiting (DeskSample *sample, DeskDb *db, gint64 patient_id, const char *kind, const char *name, int ago, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (db, patient_id, error);
  g_autoptr (DeskInboxItem) item = g_new0 (DeskInboxItem, 1);
  DeskInboxAdded added;
  DeskContent content;

  if (!patient)
    return FALSE;

  g_autofree char *examined = desk_day_format (sample->today - 5);
  g_autoptr (GBytes) pdf = desk_sample_pdf (&sample->random, patient, kind, examined);
  if (!desk_contents_put_bytes (sample->contents, pdf, &content, NULL, error))
    return FALSE;
  item->name = *name ? g_strdup (name) : g_strdup_printf ("%s_%s_%s.pdf", patient->family, patient->given, kind);
  item->digest = g_strdup (content.digest);
  item->media_type = g_strdup (content.media_type);
  item->bytes = content.bytes;
  item->received_at = desk_sample_at (sample, sample->today - ago, 9 * 60);
  return desk_inbox_add (db, item, NULL, 0, &added, error);
}

/* What came in yesterday and waits to be filed: a name of a file says whose it is, or nothing. */
gboolean
desk_sample_inbox (DeskSample *sample, DeskDb *db, GError **error)
{
  gint64 last = MIN (sample->patients, 3);

  return add_waiting (sample, db, 1, "bloodwork", "", 1, error) && add_waiting (sample, db, 1, "imaging", "scan0001.pdf", 1, error)
         && add_waiting (sample, db, last, "medical_report", "", 2, error);
}
