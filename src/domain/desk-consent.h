/* Consent of a person to a text in a version: who may sign what, when it counts, who must sign again, and which visits
 * need which. Pure rules; the register is store/desk-consents.h. */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_CONSENT_TREATMENT,
  DESK_CONSENT_STORAGE,
  DESK_CONSENT_OTHER,
  DESK_CONSENT_NONE, /* the letter asks for no consent */
} DeskConsentPurpose;

/* One who signs. Owned texts, none NULL. */
typedef struct
{
  char *role;      /* patient, representative, physician, interpreter, witness */
  char *name;
  char *relation;  /* of a representative */
  char *ink;       /* strokes, see desk_consent_ink_valid (); empty on paper, or when typed */
  gint64 staff_id; /* of the clinic's people, or 0 */
  gboolean typed;  /* the full name typed, before a witness */
} DeskConsentSigner;

/* A box of the text. */
typedef struct
{
  char *code;
  gboolean agreed;
  gboolean needed; /* without it the text is not agreed to; others are free */
} DeskConsentItem;

/* A row of the register. Owned texts, none NULL. */
typedef struct
{
  gint64 id, patient_id, issued_id, document_id, storage_id, version_row;
  char *number;    /* of the paper */
  char *name;      /* of the letter */
  char *version, *language, *plan;
  char *status;    /* open, signed, refused, withdrawn, cancelled */
  char *how;       /* screen, paper, or empty */
  char *signed_on; /* ISO; empty while open */
  char *explained_by; /* the physician's name, or empty */
  char *interpreter;
  char *withdrawn_how, *withdrawn_why, *refused_why;
  char *storage_until; /* ISO, or empty */
  char *current;   /* the version of this text that is in use */
  char *patient_name; /* filled by lists over patients, else empty */
  DeskConsentPurpose purpose;
  gint64 at, signed_at, withdrawn_at, refused_at;
  GPtrArray *signers; /* of DeskConsentSigner, or NULL where not read */
  GPtrArray *items;   /* of DeskConsentItem, or NULL */
} DeskConsent;

/* What is about to be signed. */
typedef struct
{
  DeskConsentPurpose purpose;
  const char *language;  /* that the text stands in */
  const char *languages; /* that the patient speaks, "ko,en"; may be empty */
  const char *birth;     /* ISO or partial; may be empty */
  const char *how;       /* screen or paper */
  const char *signed_on; /* ISO */
  const char *until_on;  /* of a consent to storing: ISO */
  DeskDay issued_on, today;
  DeskDay lost_on;       /* the patient withdrew or refused on that day, or DESK_DAY_NONE */
  gboolean older_paper;  /* the paper that came back was given out before: signed on that day is not signed after */
  const GPtrArray *signers, *items;
  gboolean (*is_physician) (gint64 staff_id, gpointer user_data); /* whether staff may explain */
  gpointer user_data;
} DeskConsentSigning;

/* How a patient stands towards one purpose, from all papers of it. */
typedef enum
{
  DESK_CONSENT_STANDS_NOT,   /* nothing known */
  DESK_CONSENT_STANDS_OPEN,  /* given out, not signed yet */
  DESK_CONSENT_STANDS_REFUSED,
  DESK_CONSENT_STANDS_WITHDRAWN,
  DESK_CONSENT_STANDS_OUTDATED, /* signed, but the text changed so much that it no longer counts */
  DESK_CONSENT_STANDS_OLDER, /* signed in an older version that still counts */
  DESK_CONSENT_STANDS,       /* signed in the version in use */
  DESK_CONSENT_N_STANDS
} DeskConsentStand;

#define DESK_CONSENT_ADULT 18 /* years; Civil Code article 4, from April 2022 */
#define DESK_CONSENT_INK 60000 /* characters of a signature */

DeskConsentPurpose desk_consent_purpose (const char *name);
const char *desk_consent_purpose_code (DeskConsentPurpose purpose);
DeskConsentPurpose desk_consent_purpose_parse (const char *code);
const char *desk_consent_stand_code (DeskConsentStand stand);
const char *const *desk_consent_roles (void);

int desk_consent_version_compare (const char *a, const char *b);
gboolean desk_consent_version_counts (const char *version, const char *in_use);
gboolean desk_consent_must_sign_again (const DeskConsent *consent);

void desk_consent_check (const DeskConsentSigning *signing, DeskProblems *problems);
gboolean desk_consent_interpreter_needed (const char *language, const char *languages);
gboolean desk_consent_ink_valid (const char *ink);

DeskConsentStand desk_consent_stand (const GPtrArray *consents, DeskConsentPurpose purpose, const DeskConsent **which);
gboolean desk_consent_stands (DeskConsentStand stand);
guint desk_consent_needs (const char *visit_type, gboolean frozen);

DeskConsent *desk_consent_new (void);
void desk_consent_free (DeskConsent *consent);
DeskConsentSigner *desk_consent_signer_new (const char *role, const char *name);
void desk_consent_signer_free (DeskConsentSigner *signer);
DeskConsentItem *desk_consent_item_new (const char *code, gboolean agreed, gboolean needed);
void desk_consent_item_free (DeskConsentItem *item);
const DeskConsentSigner *desk_consent_find_signer (const GPtrArray *signers, const char *role);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskConsent, desk_consent_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskConsentSigner, desk_consent_signer_free)

G_END_DECLS
