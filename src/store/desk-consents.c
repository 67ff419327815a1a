/* Consents: reading the register, and who must sign again. */
#include "desk-consents.h"

#include <string.h>

#include "desk-book-private.h"

/* The texts first, in the order of text_member (). The version in use: of the clinic's own text, or of the paper
 * given out last, whichever is higher. A text of the clinic that was put away (its newest version is empty) counts no more,
 * nor does what was given out of it: until the built-in one is given out, nobody has signed an older one. */
#define OWN "SELECT l.version FROM letter_version l WHERE l.name = c.name ORDER BY l.seq DESC LIMIT 1"
#define GIVEN_OUT \
  "SELECT CASE WHEN EXISTS (SELECT 1 FROM letter_version o WHERE o.name = n.name AND o.digest = t.text_digest) THEN '' ELSE n.version END" \
  " FROM consent n JOIN issued t ON t.id = n.issued_id WHERE n.name = c.name ORDER BY n.id DESC LIMIT 1"
#define READ \
  "SELECT COALESCE (i.number, ''), c.name, c.version, c.language, c.plan, c.status, c.how, c.signed_on, COALESCE (s.name, '')," \
  " c.interpreter, c.withdrawn_how, c.withdrawn_why, c.refused_why, COALESCE (t.until_on, '')," \
  " c.purpose, c.id, c.patient_id, c.issued_id, COALESCE (c.document_id, 0), COALESCE (c.storage_id, 0), c.version_row, c.at," \
  " COALESCE (c.signed_at, 0), COALESCE (c.withdrawn_at, 0), COALESCE (c.refused_at, 0)," \
  " (" GIVEN_OUT "), COALESCE ((" OWN "), '')," \
  " p.family, p.given" \
  " FROM consent c JOIN patient p ON p.id = c.patient_id JOIN issued i ON i.id = c.issued_id" \
  " LEFT JOIN staff s ON s.id = c.explained_by LEFT JOIN storage_consent t ON t.id = c.storage_id "

#define N_TEXTS 14

static char **
text_member (DeskConsent *consent, guint i)
{
  char **const members[N_TEXTS]
      = { &consent->number,   &consent->name,      &consent->version,      &consent->language,    &consent->plan,
          &consent->status,   &consent->how,       &consent->signed_on,    &consent->explained_by, &consent->interpreter,
          &consent->withdrawn_how, &consent->withdrawn_why, &consent->refused_why, &consent->storage_until };

  return members[i];
}

static void
set (char **member, char *value)
{
  g_free (*member);
  *member = value;
}

static DeskConsent *
read_consent (DeskStmt *stmt)
{
  DeskConsent *consent = desk_consent_new ();

  for (guint i = 0; i < N_TEXTS; i++)
    set (text_member (consent, i), desk_stmt_dup_text (stmt, i));
  consent->purpose = desk_consent_purpose_parse (desk_stmt_text (stmt, N_TEXTS));
  consent->id = desk_stmt_int64 (stmt, 15);
  consent->patient_id = desk_stmt_int64 (stmt, 16);
  consent->issued_id = desk_stmt_int64 (stmt, 17);
  consent->document_id = desk_stmt_int64 (stmt, 18);
  consent->storage_id = desk_stmt_int64 (stmt, 19);
  consent->version_row = desk_stmt_int64 (stmt, 20);
  consent->at = desk_stmt_int64 (stmt, 21);
  consent->signed_at = desk_stmt_int64 (stmt, 22);
  consent->withdrawn_at = desk_stmt_int64 (stmt, 23);
  consent->refused_at = desk_stmt_int64 (stmt, 24);
  gboolean own = desk_consent_version_compare (desk_stmt_text (stmt, 26), desk_stmt_text (stmt, 25)) > 0;
  set (&consent->current, desk_stmt_dup_text (stmt, own ? 26 : 25));
  set (&consent->patient_name, desk_row_name (stmt, 27));
  return consent;
}

static GPtrArray *
read_all (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) consents = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_consent_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (consents, read_consent (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&consents) : NULL;
}

/* A patient's consents, the newest first, without signers and boxes: DeskConsent, freed with g_ptr_array_unref (). */
GPtrArray *
desk_consent_list (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE c.patient_id = $1 ORDER BY c.id DESC", "i", patient_id);

  return read_all (stmt, error);
}

static gboolean
read_signers (DeskDb *db, DeskConsent *consent, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT role, name, relation, ink, COALESCE (staff_id, 0), typed FROM consent_signer"
                                             " WHERE consent_id = $1 ORDER BY seq", "i", consent->id);
  DeskStep step = DESK_STEP_ERROR;

  consent->signers = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_consent_signer_free);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskConsentSigner *signer = desk_consent_signer_new (desk_stmt_text (stmt, 0), desk_stmt_text (stmt, 1));

      set (&signer->relation, desk_stmt_dup_text (stmt, 2));
      set (&signer->ink, desk_stmt_dup_text (stmt, 3));
      signer->staff_id = desk_stmt_int64 (stmt, 4);
      signer->typed = desk_stmt_int (stmt, 5);
      g_ptr_array_add (consent->signers, signer);
    }
  return step == DESK_STEP_DONE;
}

static gboolean
read_items (DeskDb *db, DeskConsent *consent, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT code, agreed FROM consent_item WHERE consent_id = $1 ORDER BY code", "i",
                                             consent->id);
  DeskStep step = DESK_STEP_ERROR;

  consent->items = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_consent_item_free);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (consent->items, desk_consent_item_new (desk_stmt_text (stmt, 0), desk_stmt_int (stmt, 1), FALSE));
  return step == DESK_STEP_DONE;
}

/* One consent with who signed and what was agreed to; DESK_ERROR_NOT_FOUND when there is none. */
DeskConsent *
desk_consent_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, READ "WHERE c.id = $1", "i", id);
  g_autoptr (GPtrArray) found = read_all (stmt, error);

  if (!found)
    return NULL;
  if (found->len == 0)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such consent");
      return NULL;
    }
  g_autoptr (DeskConsent) consent = g_ptr_array_steal_index (found, 0);
  return read_signers (db, consent, error) && read_items (db, consent, error) ? g_steal_pointer (&consent) : NULL;
}

/* The consent that hangs on the paper of that number; 0 for none. */
gboolean
desk_consent_of_number (DeskDb *db, const char *number, gint64 *id, GError **error)
{
  return desk_db_value (db, id, error,
                        "SELECT COALESCE ((SELECT c.id FROM issued i JOIN consent c ON c.issued_id = i.id WHERE i.number = $1), 0)", "t",
                        number);
}

/* The consent that hangs on an issued letter, 0 for none; hangs: whether it is open or signed. */
gboolean
desk_consent_of_issued (DeskDb *db, gint64 issued_id, gint64 *id, gint64 *hangs, GError **error)
{
  return desk_db_value (db, id, error, "SELECT COALESCE ((SELECT id FROM consent WHERE issued_id = $1), 0)", "i", issued_id)
         && desk_db_value (db, hangs, error,
                           "SELECT EXISTS (SELECT 1 FROM consent WHERE issued_id = $1 AND status IN ('open', 'signed'))", "i", issued_id);
}

/* Those who signed an older version of a text than is in use and none newer since, by text and name, without signers:
 * DeskConsent, freed with g_ptr_array_unref (). */
GPtrArray *
desk_consent_again_list (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      READ "WHERE c.status = 'signed'"
           " AND c.version <> COALESCE (NULLIF ((" OWN "), ''), (" GIVEN_OUT "))"
           " AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.patient_id = c.patient_id AND n.purpose = c.purpose AND n.name = c.name"
           "                 AND n.status = 'signed' AND n.id > c.id)"
           " ORDER BY c.name, p.family, p.given, c.id", "");
  g_autoptr (GPtrArray) consents = read_all (stmt, error);

  for (guint i = consents ? consents->len : 0; i > 0; i--)
    if (!desk_consent_must_sign_again (consents->pdata[i - 1]))
      g_ptr_array_remove_index (consents, i - 1);
  return g_steal_pointer (&consents);
}

/* What hangs on it; today's visits still to come count. */
gboolean
desk_consent_consequences (DeskDb *db, gint64 patient_id, gint64 now, DeskConsentConsequences *out, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error,
      "SELECT (SELECT count (*) FROM visit WHERE patient_id = $1 AND starts_at >= $2"
      "          AND status IN ('proposed', 'held', 'booked', 'confirmed', 'arrived', 'checked_in', 'in_room')),"
      " (SELECT min (starts_at) FROM visit WHERE patient_id = $1 AND starts_at >= $2"
      "          AND status IN ('proposed', 'held', 'booked', 'confirmed', 'arrived', 'checked_in', 'in_room')),"
      " (SELECT count (*) FROM reservation WHERE patient_id = $1 AND closed_at IS NULL),"
      " (SELECT count (*) FROM unit WHERE patient_id = $1 AND kind = 'dose_frozen' AND life IN ('frozen', 'picked')),"
      " COALESCE ((SELECT until_on FROM storage_consent WHERE patient_id = $1 AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 1), '')",
      "ii", patient_id, now);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step != DESK_STEP_ROW)
    return FALSE;
  *out = (DeskConsentConsequences) { (guint) desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1), (guint) desk_stmt_int64 (stmt, 2),
                                     (guint) desk_stmt_int64 (stmt, 3), desk_stmt_dup_text (stmt, 4) };
  return TRUE;
}

void
desk_consent_consequences_clear (DeskConsentConsequences *consequences)
{
  g_clear_pointer (&consequences->until_on, g_free);
}
