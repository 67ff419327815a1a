#include "desk-consent.h"

#include <string.h>

#include "desk-text.h"

static const char *const roles[] = { "patient", "representative", "physician", "interpreter", "witness", NULL };
static const char *const purposes[] = { "treatment", "storage", "other", "none" };
static const char *const stands[DESK_CONSENT_N_STANDS] = { "none", "open", "refused", "withdrawn", "outdated", "older", "signed" };

/* ── texts and versions ── */

/* What a letter of that name asks consent to. The clinic's own texts begin with the name of the one they are made of:
 * "consent-storage-family" is about storing, "consent-dc" about a treatment. */
DeskConsentPurpose
desk_consent_purpose (const char *name)
{
  if (!g_str_has_prefix (name, "consent") || (name[7] != '\0' && name[7] != '-'))
    return DESK_CONSENT_NONE;
  if (g_str_has_prefix (name, "consent-withdrawal"))
    return DESK_CONSENT_NONE;
  if (g_str_has_prefix (name, "consent-storage"))
    return DESK_CONSENT_STORAGE;
  return g_str_has_prefix (name, "consent-other") ? DESK_CONSENT_OTHER : DESK_CONSENT_TREATMENT;
}

/* treatment, storage, other; none. Static. */
const char *
desk_consent_purpose_code (DeskConsentPurpose purpose)
{
  return purposes[purpose];
}

DeskConsentPurpose
desk_consent_purpose_parse (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    if (g_str_equal (purposes[i], code))
      return (DeskConsentPurpose) i;
  return DESK_CONSENT_NONE;
}

/* none, open, refused, withdrawn, outdated, older, signed. Static. */
const char *
desk_consent_stand_code (DeskConsentStand stand)
{
  return stands[stand];
}

/* Those who may sign, in the order of the paper, NULL at the end. */
const char *const *
desk_consent_roles (void)
{
  return roles;
}

/* Versions of texts, "1.0", part by part as numbers: below, equal to or above 0. */
int
desk_consent_version_compare (const char *a, const char *b)
{
  while (*a || *b)
    {
      char *end_a, *end_b;
      guint64 one = g_ascii_strtoull (a, &end_a, 10), two = g_ascii_strtoull (b, &end_b, 10);

      if (one != two)
        return one < two ? -1 : 1;
      a = end_a == a ? a + strlen (a) : end_a + (*end_a == '.');
      b = end_b == b ? b + strlen (b) : end_b + (*end_b == '.');
    }
  return 0;
}

/* Whether a signature under a version still counts: while the first number is the same. Changes of words raise the second;
 * what a patient must decide anew (other risks, another plan) raises the first. */
gboolean
desk_consent_version_counts (const char *version, const char *in_use)
{
  return g_ascii_strtoull (version, NULL, 10) >= g_ascii_strtoull (in_use, NULL, 10);
}

/* Whether a newer version of what was signed is in use. */
gboolean
desk_consent_must_sign_again (const DeskConsent *consent)
{
  return g_str_equal (consent->status, "signed") && desk_consent_version_compare (consent->version, consent->current) < 0;
}

/* ── how a patient stands ── */

static gint64
lost_at (const DeskConsent *consent)
{
  if (g_str_equal (consent->status, "withdrawn"))
    return consent->withdrawn_at;
  return g_str_equal (consent->status, "refused") ? consent->refused_at : 0;
}

static DeskConsentStand
stand_of (const DeskConsent *consent)
{
  if (g_str_equal (consent->status, "withdrawn"))
    return DESK_CONSENT_STANDS_WITHDRAWN;
  if (g_str_equal (consent->status, "refused"))
    return DESK_CONSENT_STANDS_REFUSED;
  if (!g_str_equal (consent->status, "signed"))
    return DESK_CONSENT_STANDS_OPEN;
  if (!desk_consent_version_counts (consent->version, consent->current))
    return DESK_CONSENT_STANDS_OUTDATED;
  return desk_consent_must_sign_again (consent) ? DESK_CONSENT_STANDS_OLDER : DESK_CONSENT_STANDS;
}

static gint64
decided_at (const DeskConsent *consent)
{
  return g_str_equal (consent->status, "signed") ? consent->signed_at : lost_at (consent);
}

/* How somebody stands towards a purpose, from DeskConsent of any purpose: the last decision counts, and of what was
 * signed since the last withdrawal the best. which may be NULL; it is lent. */
DeskConsentStand
desk_consent_stand (const GPtrArray *consents, DeskConsentPurpose purpose, const DeskConsent **which)
{
  const DeskConsent *lost = NULL, *best = NULL, *open = NULL;

  for (guint i = 0; i < consents->len; i++)
    {
      const DeskConsent *one = consents->pdata[i];

      if (one->purpose == purpose && lost_at (one) && (!lost || lost_at (one) > lost_at (lost)
                                                       || (lost_at (one) == lost_at (lost) && one->id > lost->id)))
        lost = one;
      if (one->purpose == purpose && g_str_equal (one->status, "open") && (!open || one->id > open->id))
        open = one;
    }
  for (guint i = 0; i < consents->len; i++)
    {
      const DeskConsent *one = consents->pdata[i];

      if (one->purpose != purpose || !g_str_equal (one->status, "signed"))
        continue;
      if (lost && (decided_at (one) < lost_at (lost) || (decided_at (one) == lost_at (lost) && one->id < lost->id)))
        continue;
      if (!best || stand_of (one) > stand_of (best) || (stand_of (one) == stand_of (best) && one->id > best->id))
        best = one;
    }
  const DeskConsent *found = best ? best : lost ? lost : open;
  if (which)
    *which = found;
  return found ? stand_of (found) : DESK_CONSENT_STANDS_NOT;
}

/* Whether what a stand allows may be done. */
gboolean
desk_consent_stands (DeskConsentStand stand)
{
  return stand >= DESK_CONSENT_STANDS_OLDER;
}

/* Which purposes a visit of that type needs: a bit 1 << purpose each. frozen: the dose is, or doses will be, frozen. */
guint
desk_consent_needs (const char *visit_type, gboolean frozen)
{
  static const char *const treated[] = { "blood_draw", "apheresis", "infusion" };

  if (!desk_text_one_of (visit_type, treated, G_N_ELEMENTS (treated)))
    return 0;
  return 1u << DESK_CONSENT_TREATMENT | (frozen ? 1u << DESK_CONSENT_STORAGE : 0);
}

/* ── structs ── */

DeskConsentSigner *
desk_consent_signer_new (const char *role, const char *name)
{
  DeskConsentSigner *signer = g_new0 (DeskConsentSigner, 1);

  signer->role = g_strdup (role);
  signer->name = g_strdup (name);
  signer->relation = g_strdup ("");
  signer->ink = g_strdup ("");
  return signer;
}

void
desk_consent_signer_free (DeskConsentSigner *signer)
{
  if (!signer)
    return;
  g_free (signer->role);
  g_free (signer->name);
  g_free (signer->relation);
  g_free (signer->ink);
  g_free (signer);
}

DeskConsentItem *
desk_consent_item_new (const char *code, gboolean agreed, gboolean needed)
{
  DeskConsentItem *item = g_new0 (DeskConsentItem, 1);

  *item = (DeskConsentItem) { g_strdup (code), agreed, needed };
  return item;
}

void
desk_consent_item_free (DeskConsentItem *item)
{
  if (item)
    g_free (item->code);
  g_free (item);
}

/* Lends who signed in that role, or NULL. */
const DeskConsentSigner *
desk_consent_find_signer (const GPtrArray *signers, const char *role)
{
  for (guint i = 0; signers && i < signers->len; i++)
    if (g_str_equal (((const DeskConsentSigner *) signers->pdata[i])->role, role))
      return signers->pdata[i];
  return NULL;
}

#define TEXT(member) G_STRUCT_OFFSET (DeskConsent, member)

static const gsize texts[]
    = { TEXT (number), TEXT (name), TEXT (version), TEXT (language), TEXT (plan), TEXT (status), TEXT (how), TEXT (signed_on),
        TEXT (explained_by), TEXT (interpreter), TEXT (withdrawn_how), TEXT (withdrawn_why), TEXT (refused_why),
        TEXT (storage_until), TEXT (current), TEXT (patient_name) };

/* All texts are empty. */
DeskConsent *
desk_consent_new (void)
{
  DeskConsent *consent = g_new0 (DeskConsent, 1);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    G_STRUCT_MEMBER (char *, consent, texts[i]) = g_strdup ("");
  return consent;
}

void
desk_consent_free (DeskConsent *consent)
{
  if (!consent)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, consent, texts[i]));
  g_clear_pointer (&consent->signers, g_ptr_array_unref);
  g_clear_pointer (&consent->items, g_ptr_array_unref);
  g_free (consent);
}
