#include "desk-letter-post.h"

#include "desk-address.h"
#include "desk-documents.h"
#include "desk-letter-gather.h"
#include "desk-letter-terms.h"
#include "desk-patients.h"

#define DIGEST_SHOWN 16

static void
put_text (DeskFields *fields, const char *name, char *text)
{
  desk_fields_set (fields, name, text);
  g_free (text);
}

/* The patient's address as it stands on an envelope. */
gboolean
desk_letter_set_post (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (DeskPatient) patient = wanted->patient_id ? desk_patient_load (db, wanted->patient_id, error) : NULL;

  if (!patient)
    return wanted->patient_id == 0;
  gboolean japanese = desk_address_in_japan (patient->address);
  g_autofree char *native = desk_patient_native_name (patient), *latin = desk_patient_name (patient);
  g_autofree char *name = desk_address_name (japanese ? native : latin, DESK_ADDRESSEE_PERSON, japanese);
  desk_letter_put_flag (fields, "post.japan", japanese);
  desk_fields_set_forms (fields, "post.name", japanese ? desk_letter_name_forms (patient->nationality) : NULL, name);
  put_text (fields, "post.postcode", japanese ? desk_address_postcode (patient->address) : NULL);
  put_text (fields, "post.address", desk_address_lines (patient->address));
  return TRUE;
}

/* ── translations ── */

static void
put_kind (DeskFields *fields, const char *kind)
{
  static const DeskLetterWord kinds[] = {
    { "medical_report", { "medical report", "診療情報" } }, { "pathology", { "pathology report", "病理報告書" } },
    { "imaging", { "imaging report", "画像診断報告書" } },  { "bloodwork", { "blood test report", "血液検査報告書" } },
    { "viral", { "report of virus tests", "感染症検査報告書" } }, { "passport", { "passport", "旅券" } },
    { "referral", { "letter of referral", "紹介状" } },     { "consent", { "consent", "同意書" } },
    { "translation", { "document", "書類" } },              { "other", { "document", "書類" } },
  };

  desk_letter_put_word (fields, "translation.kind", kinds, G_N_ELEMENTS (kinds), kind);
}

/* The translation the statement is of: the newest that has an original. */
static const DeskDocument *
newest_translation (const GPtrArray *papers)
{
  const DeskDocument *newest = NULL;

  for (guint i = 0; i < papers->len; i++)
    {
      const DeskDocument *paper = papers->pdata[i];

      if (g_strcmp0 (paper->part, "translation") == 0 && paper->part_of && (!newest || paper->received_at >= newest->received_at))
        newest = paper;
    }
  return newest;
}

static const DeskDocument *
paper_of (const GPtrArray *papers, gint64 id)
{
  for (guint i = 0; i < papers->len; i++)
    if (((const DeskDocument *) papers->pdata[i])->id == id)
      return papers->pdata[i];
  return NULL;
}

/* What is certified hangs on the original: its digest stands in the statement, so that nobody can put another beside it
 * (facts: money and names, 7.1). */
gboolean
desk_letter_set_translation (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (GPtrArray) papers = wanted->patient_id ? desk_document_list (db, wanted->patient_id, error) : NULL;
  const DeskDocument *translation = papers ? newest_translation (papers) : NULL;
  const DeskDocument *original = translation ? paper_of (papers, translation->part_of) : NULL;

  if (!papers || !original)
    return papers || wanted->patient_id == 0;
  put_kind (fields, original->kind);
  desk_fields_set (fields, "translation.title", original->title);
  desk_letter_put_partial (fields, "translation.examined", original->examined_on);
  desk_letter_put_language (fields, "translation.from", original->language);
  desk_letter_put_language (fields, "translation.to", translation->language);
  desk_fields_set (fields, "translation.translator", translation->translator);
  if (original->pages > 0)
    desk_letter_put_number (fields, "translation.pages", original->pages);
  put_text (fields, "translation.digest", *original->digest ? g_strndup (original->digest, DIGEST_SHOWN) : NULL);
  return TRUE;
}
