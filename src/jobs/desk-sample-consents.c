/* Consents of the sample clinic: signed on screen and on paper, given out, withdrawn, and one in a version that is no
 * longer in use. */
#include <string.h>

#include "desk-book.h"
#include "desk-cells.h"
#include "desk-consent-job.h"
#include "desk-letter-templates.h"
#include "desk-patients.h"
#include "desk-sample-parts.h"

#define MOST_LOOKED_AT 200 /* patients */

/* Somebody's handwriting in thousandths of the box; who writes moves it a little. */
static char *
scribble (guint who)
{
  static const struct { short x, y; } hand[]
      = { { 120, 640 }, { 150, 420 }, { 190, 300 }, { 210, 460 }, { 205, 640 }, { 240, 520 }, { 280, 470 }, { 300, 560 }, { 330, 640 },
          { 370, 500 }, { 400, 560 }, { 430, 620 }, { 470, 470 }, { 500, 300 }, { 490, 560 }, { 540, 640 }, { 600, 520 }, { 680, 600 }, { 780, 560 } };
  GString *ink = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (hand); i++)
    g_string_append_printf (ink, "%s%d,%d", i == 0 ? "" : i == 10 ? ";" : " ", hand[i].x + (int) (who * 7 % 60),
                            hand[i].y + (int) ((i * 13 + who * 29) % 50));
  return g_string_free (ink, FALSE);
}

static void
add_signer (GPtrArray *signers, const char *role, const char *name, gint64 staff_id, gboolean strokes, guint who)
{
  DeskConsentSigner *signer = desk_consent_signer_new (role, name);

  signer->staff_id = staff_id;
  if (strokes)
    {
      g_free (signer->ink);
      signer->ink = scribble (who);
    }
  g_ptr_array_add (signers, signer);
}

typedef struct
{
  DeskSample *sample;
  DeskDb *db;
  DeskDay day;
} Making;

/* The patient, the physician and, where the text is not in a language of the patient, an interpreter. */
static GPtrArray *
signers_of (Making *making, const DeskPatient *patient, const char *language, gboolean strokes)
{
  GPtrArray *signers = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_consent_signer_free);
  g_autofree char *name = desk_patient_name (patient);

  add_signer (signers, "patient", name, 0, strokes, (guint) patient->id);
  add_signer (signers, "physician", "KUROSAWA Makoto", making->sample->staff[DESK_SAMPLE_PHYSICIAN], strokes, 3);
  if (desk_consent_interpreter_needed (language, patient->languages))
    add_signer (signers, "interpreter", "HASHIMOTO Rin", 0, strokes, 5);
  return signers;
}

static gboolean
make (Making *making, gint64 patient_id, const char *name, const char *how, gint64 *consent_id, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (making->db, patient_id, error);
  g_autofree char *language = patient ? desk_consent_language_for (making->db, name, patient->languages, error) : NULL;
  g_autoptr (GPtrArray) items = language ? desk_consent_boxes (making->db, name, error) : NULL;
  g_autofree char *until = desk_day_format (desk_day_add_months (making->day, 24) + 60), *day = desk_day_format (making->day);
  gboolean strokes = g_str_equal (how, "screen"), stored = desk_consent_purpose (name) == DESK_CONSENT_STORAGE;

  if (!items)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    ((DeskConsentItem *) items->pdata[i])->agreed = ((DeskConsentItem *) items->pdata[i])->needed || i % 2 == 0;
  g_autoptr (GPtrArray) signers = signers_of (making, patient, language, strokes);
  DeskConsentPaper paper = { .name = name, .language = language, .patient_id = patient_id, .until_on = stored ? until : NULL,
                             .today = making->day, .by = making->sample->staff[DESK_SAMPLE_RECEPTION], .signers = signers, .items = items };
  const DeskConsentSigned written = { .how = "paper", .signed_on = day, .signers = signers, .items = items,
                                      .until_on = stored ? until : NULL, .by = paper.by };
  if (strokes)
    return desk_consent_sign_on_screen (making->db, making->sample->contents, &paper, error);
  paper.signers = paper.items = NULL;
  if (!desk_consent_give_out (making->db, &paper, error))
    return FALSE;
  *consent_id = paper.consent_id;
  return !*how || desk_consent_sign (making->db, paper.consent_id, &written, error);
}

/* The clinic's own text of storing takes the place of the one inside the program: who signed that signs again. */
static gboolean
newer_text (DeskDb *db, GError **error)
{
  g_autoptr (DeskLetterSource) source = desk_letter_template_load (db, "consent-storage", error);
  gint64 seq = source ? source->seq : 0;

  if (!source)
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (source->xml, "version=\"1.0\" languages", 2);
  g_autofree char *xml = parts[0] && parts[1] ? g_strconcat (parts[0], "version=\"1.1\" languages", parts[1], NULL) : NULL;
  return !xml || desk_letter_template_save (db, "consent-storage", xml, &seq, "Wording of section 2", error);
}

/* The next grown-up after a patient with no cells here, so that nobody's infusion of today is stopped; 0 for nobody.
 * coming: somebody who has a visit booked. */
static gboolean
someone (Making *making, gboolean coming, gint64 after, gint64 *id, GError **error)
{
  *id = 0;
  for (gint64 i = after + 1; *id == 0 && i <= MIN (making->sample->patients, MOST_LOOKED_AT); i++)
    {
      g_autoptr (DeskPatient) patient = desk_patient_load (making->db, i, error);
      g_autoptr (GPtrArray) cells = patient ? desk_unit_of_patient (making->db, i, error) : NULL;
      g_autoptr (GPtrArray) visits = cells ? desk_visit_of_patient (making->db, i, error) : NULL;
      gboolean booked = FALSE;

      if (!visits)
        return FALSE;
      for (guint v = 0; v < visits->len; v++)
        {
          const DeskVisit *visit = visits->pdata[v];
          booked |= g_str_equal (visit->status, "booked") && desk_instant_day (visit->starts_at, making->sample->zone) > making->sample->today;
        }
      if (cells->len == 0 && desk_partial_date_age (patient->birth, making->day) >= DESK_CONSENT_ADULT && (booked || !coming))
        *id = i;
    }
  return TRUE;
}

gboolean
desk_sample_consents (DeskSample *sample, DeskDb *db, GError **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC, id = 0, open = 0, withdrawn = 0, coming = 0;
  Making making = { sample, db, MIN (sample->today, desk_instant_day (now, sample->zone)) };

  if (sample->patients < 60)
    return TRUE;
  if (!make (&making, 1, "consent", "screen", &open, error)
      || !make (&making, 1, "consent-storage", "screen", &open, error) || !make (&making, 2, "consent", "paper", &open, error)
      || !someone (&making, TRUE, 2, &coming, error) || !someone (&making, FALSE, MAX (coming, 2), &id, error))
    return FALSE;
  if (id && !make (&making, id, "consent", "", &open, error))
    return FALSE;
  if (coming
      && (!make (&making, coming, "consent", "paper", &withdrawn, error)
          || !desk_consent_withdraw (db, withdrawn, 2, "told", "Wants to be treated at home", sample->staff[DESK_SAMPLE_RECEPTION], error)))
    return FALSE;
  return newer_text (db, error);
}
