#include "desk-consent-job.h"

#include <string.h>

#include "desk-clinics.h"
#include "desk-documents.h"
#include "desk-issued.h"
#include "desk-letter-consent.h"
#include "desk-letter-issue.h"
#include "desk-letter-page.h"
#include "desk-letter-templates.h"

/* ── the texts ── */

/* The letters that ask for a consent: names, freed with g_ptr_array_unref (). */
GPtrArray *
desk_consent_texts (DeskDb *db, GError **error)
{
  g_autoptr (GPtrArray) names = desk_letter_template_names (db, error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names && i < names->len && names->pdata[i]; i++)
    if (desk_consent_purpose (names->pdata[i]) != DESK_CONSENT_NONE)
      g_ptr_array_add (texts, g_strdup (names->pdata[i]));
  return names ? g_steal_pointer (&texts) : NULL;
}

/* Whether a text is not agreed to without this box: boxes whose code begins with "may-" are free. */
gboolean
desk_consent_item_needed (const char *code)
{
  return !g_str_has_prefix (code, "may-");
}

/* The boxes of a text: DeskConsentItem, none agreed, freed with g_ptr_array_unref (). */
GPtrArray *
desk_consent_boxes (DeskDb *db, const char *name, GError **error)
{
  g_autoptr (DeskLetterSource) source = desk_letter_template_load (db, name, error);

  if (!source)
    return NULL;
  g_autoptr (GPtrArray) codes = desk_letter_template_codes (source->template_);
  GPtrArray *boxes = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_consent_item_free);
  for (guint i = 0; i < codes->len; i++)
    g_ptr_array_add (boxes, desk_consent_item_new (codes->pdata[i], FALSE, desk_consent_item_needed (codes->pdata[i])));
  return boxes;
}

static char *
words_of (const DeskBlock *block, const char *code)
{
  if (block->code && g_str_equal (block->code, code) && block->texts->len)
    {
      const DeskText *text = block->texts->pdata[0];
      GString *words = g_string_new (NULL);

      for (guint i = 0; i < text->runs->len; i++)
        g_string_append (words, ((const DeskRun *) text->runs->pdata[i])->text);
      return g_string_free (words, FALSE);
    }
  for (guint i = 0; i < block->children->len; i++)
    {
      char *words = words_of (block->children->pdata[i], code);

      if (words)
        return words;
    }
  return NULL;
}

/* What stands beside a box, in the letter's language; the caller frees it. */
char *
desk_consent_box_words (const DeskLetter *letter, const char *code)
{
  for (guint i = 0; i < letter->blocks->len; i++)
    {
      char *words = words_of (letter->blocks->pdata[i], code);

      if (words)
        return words;
    }
  return g_strdup (code);
}

/* The first language the patient speaks that the text stands in; English where there is none, else its first. */
char *
desk_consent_language_for (DeskDb *db, const char *name, const char *languages, GError **error)
{
  g_auto (GStrv) written = desk_letter_template_languages (db, name, error);
  g_auto (GStrv) spoken = g_strsplit (languages, ",", -1);

  if (!written || !written[0])
    return NULL;
  for (guint i = 0; spoken[i]; i++)
    for (guint n = 0; written[n]; n++)
      if (g_ascii_strcasecmp (g_strstrip (spoken[i]), written[n]) == 0)
        return g_strdup (written[n]);
  return g_strdup (g_strv_contains ((const char *const *) written, "en") ? "en" : written[0]);
}

/* ── giving out and signing ── */

static DeskFields *
given (const DeskConsentPaper *paper)
{
  DeskFields *fields = desk_fields_new ();
  g_autofree char *day = desk_day_format (paper->today);

  desk_letter_put_signed (fields, paper->signers, paper->items, day, paper->until_on);
  return fields;
}

/* The text as it would be given out or signed; without number. Free with desk_letter_free (). */
DeskLetter *
desk_consent_preview (DeskDb *db, const DeskConsentPaper *paper, GError **error)
{
  g_autoptr (DeskFields) fields = given (paper);
  const DeskLetterWanted wanted = { .name = paper->name, .language = paper->language, .patient_id = paper->patient_id, .given = fields };

  return desk_letter_compose (db, &wanted, paper->today, error);
}

/* The paper and its consent, within a transaction. */
static gboolean
open_paper (DeskDb *db, DeskTxn *txn, DeskConsentPaper *paper, gint64 replaces, GError **error)
{
  g_autoptr (DeskFields) fields = given (paper);
  g_autoptr (DeskClinic) clinic = desk_clinic_load (db, error);
  const DeskLetterWanted wanted = { .name = paper->name, .language = paper->language, .patient_id = paper->patient_id,
                                    .replaces = replaces, .given = fields };

  if (!clinic || !desk_letter_issue_in (txn, &wanted, paper->today, &paper->issued_id, error))
    return FALSE;
  g_autoptr (DeskIssued) issued = desk_issued_load (db, paper->issued_id, error);
  if (!issued)
    return FALSE;
  DeskConsent consent = { .patient_id = paper->patient_id, .issued_id = paper->issued_id, .name = issued->name,
                          .version = issued->version, .language = issued->language, .plan = clinic->plan_number };
  if (!desk_consent_open_in (db, txn, &consent, paper->by, error))
    return FALSE;
  paper->consent_id = consent.id;
  return TRUE;
}

/* Issues the paper, under a number whose code brings it back, and opens its consent: to be printed, signed and scanned. */
gboolean
desk_consent_give_out (DeskDb *db, DeskConsentPaper *paper, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && open_paper (db, txn, paper, 0, error) && desk_txn_commit (txn, error);
}

/* Issues the paper with the strokes and boxes on it, and signs its consent: all or nothing, and nobody may call it signed
 * before. A paper that was given out for it is replaced. Afterwards the signed paper is kept among the patient's; where the
 * contents are closed that is left for later (document_id 0). DESK_ERROR_REFUSED with a code of desk_consent_check (). */
gboolean
desk_consent_sign_on_screen (DeskDb *db, DeskContents *contents, DeskConsentPaper *paper, GError **error)
{
  g_autofree char *day = desk_day_format (paper->today);
  const DeskConsentSigned written = { .how = "screen", .signed_on = day, .signers = paper->signers, .items = paper->items,
                                      .until_on = paper->until_on, .by = paper->by };
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskConsent) open = txn && paper->open_id ? desk_consent_load (db, paper->open_id, error) : NULL;

  if (!txn || (paper->open_id && (!open || !desk_consent_close_in (db, txn, open->id, error)))
      || !open_paper (db, txn, paper, open ? open->issued_id : 0, error)
      || !desk_consent_sign_in (db, txn, paper->consent_id, &written, error) || !desk_txn_commit (txn, error))
    return FALSE;
  g_clear_pointer (&txn, desk_txn_end);

  g_autoptr (GError) later = NULL;
  if (!desk_consent_keep_signed (db, contents, paper->consent_id, paper->today, paper->by, &paper->document_id, &later))
    {
      g_message ("the signed consent %" G_GINT64_FORMAT " is in the register, but not among the papers yet: %s", paper->consent_id,
                 later->message);
      paper->document_id = 0;
    }
  return TRUE;
}

/* Draws what was signed on the screen from what was frozen, and keeps it among the patient's papers.
 * DESK_ERROR_REFUSED "contents-closed" while the contents are. */
gboolean
desk_consent_keep_signed (DeskDb *db, DeskContents *contents, gint64 consent_id, DeskDay today, gint64 by, gint64 *document_id, GError **error)
{
  g_autoptr (DeskConsent) consent = desk_consent_load (db, consent_id, error);
  g_autoptr (DeskLetterLayout) layout = consent ? desk_issued_layout (db, consent->issued_id, 0, today, error) : NULL;
  g_autofree char *digest = NULL;
  g_autoptr (GBytes) pdf = layout ? desk_letter_pdf_bytes (layout, &digest, error) : NULL;
  DeskContent content;

  if (!pdf || !desk_contents_put_bytes (contents, pdf, &content, NULL, error))
    return FALSE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskDocument) document = g_new0 (DeskDocument, 1);
  document->patient_id = consent->patient_id;
  document->kind = g_strdup ("consent");
  document->state = g_strdup ("accepted");
  document->title = g_strdup_printf ("%s %s", consent->name, consent->number);
  document->examined_on = g_strdup (consent->signed_on);
  document->language = g_strndup (consent->language, 2);
  document->received_at = g_get_real_time () / G_USEC_PER_SEC;
  document->media_type = g_strdup (content.media_type);
  document->digest = g_strdup (content.digest);
  document->bytes = content.bytes;
  document->pages = desk_letter_layout_n_pages (layout);
  if (!txn || !desk_document_save (db, document, error) || !desk_consent_attach (db, consent_id, document->id, by, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  *document_id = document->id;
  return TRUE;
}
