#include "desk-sign.h"

#include "desk-secret.h"
#include "desk-signatures.h"

/* A clock that was wrong shall not lock anybody out for longer than the longest wait. */
#define LONGEST desk_secret_wait (G_MAXINT)

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
refuse (GError **error, const char *code)
{
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, code);
  return FALSE;
}

/* Whether it is the person's secret: REFUSED with "no-secret", "wrong-secret", or "secret-locked" when after too many wrong
 * tries it was not even looked at. A wrong try is counted. Not inside a transaction, or its count would go with that. */
gboolean
desk_sign_check (DeskDb *db, gint64 staff_id, const char *secret, GError **error)
{
  g_auto (DeskSecret) known = { 0 };

  if (!desk_secret_load (db, staff_id, &known, error))
    return FALSE;
  if (known.locked_until > now () && known.locked_until <= now () + LONGEST)
    return refuse (error, "secret-locked");
  if (desk_secret_verify (known.hash, secret))
    return TRUE;
  if (!known.hash)
    return refuse (error, "no-secret");
  gint64 wait = desk_secret_wait (known.failures + 1);
  return desk_secret_failed (db, staff_id, wait ? now () + wait : 0, error) && refuse (error, "wrong-secret");
}

/* Checks the secret, then writes the signature and does the act at the same instant, all or nothing. */
gboolean
desk_sign (DeskDb *db, const DeskSign *sign, DeskSignedAct act, gpointer data, GError **error)
{
  if (!desk_sign_check (db, sign->staff_id, sign->secret, error))
    return FALSE;

  gint64 at = now ();
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  return txn && desk_secret_right (db, sign->staff_id, error)
         && desk_sign_write (db, sign->staff_id, sign->purpose, sign->unit_id, at, error) && act (db, at, data, error)
         && desk_txn_commit (txn, error);
}

/* Who may set a secret: its owner with the old one, a manager with the manager's own; while no manager has one, anybody
 * may set one that is not there yet, or a new clinic could never begin. */
static gboolean
may_set (DeskDb *db, gint64 staff_id, gint64 allowed_by, const char *old, GError **error)
{
  g_auto (DeskSecret) known = { 0 };
  gboolean manager = FALSE, managed = FALSE;

  if (!desk_secret_load (db, staff_id, &known, error) || !desk_secret_manager (db, allowed_by, &manager, error)
      || !desk_secret_any (db, "manager", &managed, error))
    return FALSE;
  if (!known.hash && !managed)
    return TRUE;
  if (allowed_by != staff_id && !manager)
    return refuse (error, "manager-needed");
  if (allowed_by == staff_id && !known.hash)
    return refuse (error, "manager-needed");
  return desk_sign_check (db, allowed_by, old, error);
}

/* Sets a person's secret. allowed_by is the person or a manager, and old that one's own secret (see may_set ()). A weak
 * secret is REFUSED with the code of desk_secret_problem (). */
gboolean
desk_sign_set_secret (DeskDb *db, gint64 staff_id, const char *secret, gint64 allowed_by, const char *old, GError **error)
{
  const char *problem = desk_secret_problem (secret);

  if (problem)
    return refuse (error, problem);
  if (!may_set (db, staff_id, allowed_by, old, error))
    return FALSE;
  g_autofree char *hash = desk_secret_hash (secret, error);
  return hash && desk_secret_set (db, staff_id, hash, error);
}
