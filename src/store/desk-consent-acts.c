/* Consents: what people do. The rules are checked here once more, and the schema keeps what was written. */
#include <string.h>

#include "desk-clinics.h"
#include "desk-consents.h"

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Writes a consent to the paper issued in the same transaction: purpose by its name. Fills in the id. */
gboolean
desk_consent_open_in (DeskDb *db, DeskTxn *txn, DeskConsent *consent, gint64 by, GError **error)
{
  consent->purpose = desk_consent_purpose (consent->name);
  if (consent->purpose == DESK_CONSENT_NONE)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "the letter %s asks for no consent", consent->name);
      return FALSE;
    }
  if (!desk_db_value (db, &consent->id, error,
                      "INSERT INTO consent (patient_id, issued_id, name, purpose, version, language, plan, at, by_id)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULLIF ($9, 0)) RETURNING id",
                      "iitttttii", consent->patient_id, consent->issued_id, consent->name,
                      desk_consent_purpose_code (consent->purpose), consent->version, consent->language, consent->plan, now (), by)
      || !desk_txn_log (txn, "consent.open", DESK_KIND_CONSENT, consent->id, consent->name, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, consent->patient_id);
  return TRUE;
}

typedef struct
{
  DeskDb *db;
  GError *error;
} Asking;

static gboolean
is_physician (gint64 staff_id, gpointer data)
{
  Asking *asking = data;
  gint64 is = 0;

  return !asking->error
         && desk_db_value (asking->db, &is, &asking->error,
                           "SELECT EXISTS (SELECT 1 FROM staff WHERE id = $1 AND role = 'physician' AND active = 1)", "i", staff_id)
         && is;
}

/* What else the rules look at: the patient, the paper's day, what was withdrawn before. */
static gboolean
read_signing (DeskDb *db, const DeskConsent *consent, DeskConsentSigning *signing, GTimeZone *zone, char **languages, char **birth,
              GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT p.languages, p.birth, i.issued_on,"
      " COALESCE ((SELECT max (COALESCE (l.withdrawn_at, l.refused_at)) FROM consent l WHERE l.patient_id = p.id"
      "            AND l.purpose = $2 AND l.status IN ('withdrawn', 'refused')), 0), i.at"
      " FROM patient p JOIN issued i ON i.id = $3 WHERE p.id = $1",
      "iti", consent->patient_id, desk_consent_purpose_code (consent->purpose), consent->issued_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step != DESK_STEP_ROW)
    return FALSE;
  *languages = desk_stmt_dup_text (stmt, 0);
  *birth = desk_stmt_dup_text (stmt, 1);
  signing->languages = *languages;
  signing->birth = *birth;
  if (!desk_day_parse (desk_stmt_text (stmt, 2), &signing->issued_on))
    signing->issued_on = DESK_DAY_NONE;
  signing->older_paper = g_str_equal (signing->how, "paper") && desk_stmt_int64 (stmt, 4) < desk_stmt_int64 (stmt, 3);
  signing->lost_on = desk_stmt_int64 (stmt, 3) ? desk_instant_day (desk_stmt_int64 (stmt, 3), zone) : DESK_DAY_NONE;
  return TRUE;
}

static gboolean
refuse_invalid (DeskDb *db, const DeskConsent *consent, const DeskConsentSigned *written, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);
  g_autofree char *languages = NULL, *birth = NULL;
  Asking asking = { db, NULL };
  DeskConsentSigning signing = { .purpose = consent->purpose, .language = consent->language, .how = written->how,
                                 .signed_on = written->signed_on, .until_on = written->until_on, .signers = written->signers,
                                 .items = written->items, .is_physician = is_physician, .user_data = &asking };

  if (!zone || !read_signing (db, consent, &signing, zone, &languages, &birth, error))
    return FALSE;
  signing.today = desk_instant_day (now (), zone);
  desk_consent_check (&signing, problems);
  if (asking.error)
    {
      g_propagate_error (error, asking.error);
      return FALSE;
    }
  for (guint i = 0; i < problems->len; i++)
    if (!desk_problems_get (problems, i)->warning)
      {
        g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, desk_problems_get (problems, i)->code);
        return FALSE;
      }
  return TRUE;
}

static gboolean
write_signers (DeskDb *db, gint64 id, const DeskConsentSigned *written, GError **error)
{
  for (guint i = 0; i < written->signers->len; i++)
    {
      const DeskConsentSigner *signer = written->signers->pdata[i];

      if (!desk_db_run (db, error,
                        "INSERT INTO consent_signer (consent_id, seq, role, name, relation, staff_id, ink, typed, at)"
                        " VALUES ($1, $2, $3, $4, $5, NULLIF ($6, 0), $7, $8, $9)",
                        "idtttitdi", id, (int) i + 1, signer->role, signer->name,
                        g_str_equal (signer->role, "representative") ? signer->relation : "", signer->staff_id, signer->ink,
                        !!signer->typed, now ()))
        return FALSE;
    }
  for (guint i = 0; written->items && i < written->items->len; i++)
    {
      const DeskConsentItem *item = written->items->pdata[i];

      if (!desk_db_run (db, error, "INSERT INTO consent_item (consent_id, code, agreed) VALUES ($1, $2, $3)", "itd", id, item->code,
                        !!item->agreed))
        return FALSE;
    }
  return TRUE;
}

/* Until when cells are kept, where the text is about that. */
static gboolean
write_storage (DeskDb *db, DeskTxn *txn, const DeskConsent *consent, const DeskConsentSigned *written, gint64 *storage_id, GError **error)
{
  *storage_id = 0;
  if (consent->purpose != DESK_CONSENT_STORAGE)
    return TRUE;
  if (!desk_db_value (db, storage_id, error,
                      "INSERT INTO storage_consent (patient_id, from_on, until_on, document_id, note, at, by_id)"
                      " VALUES ($1, $2, $3, NULLIF ($4, 0), $5, $6, $7) RETURNING id",
                      "ittitii", consent->patient_id, written->signed_on, written->until_on, written->document_id, consent->number,
                      now (), written->by))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_UNIT, 0);
  return TRUE;
}

static gboolean
finish (DeskDb *db, DeskTxn *txn, const DeskConsent *consent, const char *action, const char *detail, GError **error)
{
  if (!desk_txn_log (txn, action, DESK_KIND_CONSENT, consent->id, detail, error))
    return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, consent->patient_id);
  return TRUE;
}

/* Signs an open consent, within the caller's transaction. DESK_ERROR_REFUSED with a code of desk_consent_check (),
 * consent-step when it is open no more. */
gboolean
desk_consent_sign_in (DeskDb *db, DeskTxn *txn, gint64 id, const DeskConsentSigned *written, GError **error)
{
  g_autoptr (DeskConsent) consent = desk_consent_load (db, id, error);
  const DeskConsentSigner *physician = desk_consent_find_signer (written->signers, "physician");
  const DeskConsentSigner *interpreter = desk_consent_find_signer (written->signers, "interpreter");
  gint64 storage_id;

  if (!consent || !refuse_invalid (db, consent, written, error))
    return FALSE;
  if (!g_str_equal (consent->status, "open"))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "consent-step");
      return FALSE;
    }
  return write_signers (db, id, written, error) && write_storage (db, txn, consent, written, &storage_id, error)
         && desk_db_run (db, error,
                         "UPDATE consent SET status = 'signed', how = $2, signed_at = $3, signed_on = $4, explained_by = NULLIF ($5, 0),"
                         " interpreter = $6, document_id = NULLIF ($7, 0), storage_id = NULLIF ($8, 0), version_row = version_row + 1"
                         " WHERE id = $1",
                         "itititii", id, written->how, now (), written->signed_on, physician ? physician->staff_id : (gint64) 0,
                         interpreter ? interpreter->name : "", written->document_id, storage_id)
         && finish (db, txn, consent, "consent.sign", written->how, error);
}

/* An open consent whose paper another takes the place of, within the caller's transaction. */
gboolean
desk_consent_close_in (DeskDb *db, DeskTxn *txn, gint64 id, GError **error)
{
  return desk_db_run (db, error, "UPDATE consent SET status = 'cancelled', version_row = version_row + 1 WHERE id = $1", "i", id)
         && desk_txn_log (txn, "consent.cancel", DESK_KIND_CONSENT, id, NULL, error);
}

/* Signs an open consent: a paper that came back. As desk_consent_sign_in (). */
gboolean
desk_consent_sign (DeskDb *db, gint64 id, const DeskConsentSigned *written, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_consent_sign_in (db, txn, id, written, error) && desk_txn_commit (txn, error);
}

/* The row as it was shown, or DESK_ERROR_CONFLICT. */
static DeskConsent *
load_same (DeskDb *db, gint64 id, gint64 version, GError **error)
{
  g_autoptr (DeskConsent) consent = desk_consent_load (db, id, error);

  if (consent && consent->version_row != version)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the consent was changed meanwhile");
      return NULL;
    }
  return g_steal_pointer (&consent);
}

/* The person does not agree. why may be empty. */
gboolean
desk_consent_refuse (DeskDb *db, gint64 id, gint64 version, const char *why, gint64 by, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskConsent) consent = txn ? load_same (db, id, version, error) : NULL;

  return consent
         && desk_db_run (db, error,
                         "UPDATE consent SET status = 'refused', refused_at = $2, refused_why = $3, version_row = version_row + 1"
                         " WHERE id = $1", "iit", id, now (), why)
         && finish (db, txn, consent, "consent.refuse", why, error) && desk_txn_commit (txn, error);
}

/* The paper is not needed after all: given out by mistake, or lost. */
gboolean
desk_consent_cancel (DeskDb *db, gint64 id, gint64 version, gint64 by, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskConsent) consent = txn ? load_same (db, id, version, error) : NULL;

  return consent
         && desk_db_run (db, error, "UPDATE consent SET status = 'cancelled', version_row = version_row + 1 WHERE id = $1", "i", id)
         && finish (db, txn, consent, "consent.cancel", NULL, error) && desk_txn_commit (txn, error);
}

/* The person withdraws what was signed; how: paper, told or mail; why may be empty. Visits, promised doses and what is
 * stored stay as they are: Today asks. A consent to storing ends with it. */
gboolean
desk_consent_withdraw (DeskDb *db, gint64 id, gint64 version, const char *how, const char *why, gint64 by, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskConsent) consent = txn ? load_same (db, id, version, error) : NULL;

  if (!consent
      || !desk_db_run (db, error,
                       "UPDATE consent SET status = 'withdrawn', withdrawn_at = $2, withdrawn_how = $3, withdrawn_why = $4,"
                       " withdrawn_by = NULLIF ($5, 0), version_row = version_row + 1 WHERE id = $1",
                       "iitti", id, now (), how, why, by))
    return FALSE;
  if (consent->purpose == DESK_CONSENT_STORAGE
      && !desk_db_run (db, error,
                       "UPDATE storage_consent SET withdrawn_at = $2, withdrawn_by = $3 WHERE patient_id = $1 AND withdrawn_at IS NULL",
                       "iii", consent->patient_id, now (), by))
    return FALSE;
  if (consent->purpose == DESK_CONSENT_STORAGE)
    desk_txn_changed (txn, DESK_KIND_UNIT, 0);
  return finish (db, txn, consent, "consent.withdraw", how, error) && desk_txn_commit (txn, error);
}

/* The scan of a signed paper, or the signed paper that could not be kept while the contents were closed. */
gboolean
desk_consent_attach (DeskDb *db, gint64 id, gint64 document_id, gint64 by, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskConsent) consent = txn ? desk_consent_load (db, id, error) : NULL;

  return consent
         && desk_db_run (db, error, "UPDATE consent SET document_id = $2, version_row = version_row + 1 WHERE id = $1", "ii", id,
                         document_id)
         && finish (db, txn, consent, "consent.attach", NULL, error) && desk_txn_commit (txn, error);
}
