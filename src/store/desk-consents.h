/* The register of consents: what was given out, signed, refused, withdrawn. A consent hangs on an issued paper (its
 * number is the code on it); what was signed is never changed. */
#pragma once

#include "desk-consent.h"
#include "desk-db.h"

G_BEGIN_DECLS

/* What is written when somebody signs. Lent. */
typedef struct
{
  const char *how;          /* screen or paper */
  const char *signed_on;    /* ISO: the day written beside the signature */
  const GPtrArray *signers; /* of DeskConsentSigner */
  const GPtrArray *items;   /* of DeskConsentItem; may be NULL */
  const char *until_on;     /* of a consent to storing */
  gint64 document_id;       /* the scan, or 0 */
  gint64 by;                /* who took it down */
} DeskConsentSigned;

/* What hangs on a consent that is withdrawn: nothing of it ends by itself. */
typedef struct
{
  guint visits;    /* visits to come */
  gint64 next_at;  /* the first of them, or 0 */
  guint reserved;  /* doses promised */
  guint stored;    /* frozen doses kept */
  char *until_on;  /* storing is agreed until; owned, may be empty */
} DeskConsentConsequences;

GPtrArray *desk_consent_list (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskConsent *desk_consent_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_consent_of_number (DeskDb *db, const char *number, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_consent_of_issued (DeskDb *db, gint64 issued_id, gint64 *id, gint64 *hangs, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_consent_again_list (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_consent_open_in (DeskDb *db, DeskTxn *txn, DeskConsent *consent, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_consent_sign_in (DeskDb *db, DeskTxn *txn, gint64 id, const DeskConsentSigned *written, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_consent_close_in (DeskDb *db, DeskTxn *txn, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_consent_sign (DeskDb *db, gint64 id, const DeskConsentSigned *written, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_consent_refuse (DeskDb *db, gint64 id, gint64 version, const char *why, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_consent_cancel (DeskDb *db, gint64 id, gint64 version, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_consent_withdraw (DeskDb *db, gint64 id, gint64 version, const char *how, const char *why, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_consent_attach (DeskDb *db, gint64 id, gint64 document_id, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_consent_consequences (DeskDb *db, gint64 patient_id, gint64 now, DeskConsentConsequences *out, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_consent_consequences_clear (DeskConsentConsequences *consequences);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DeskConsentConsequences, desk_consent_consequences_clear)

G_END_DECLS
