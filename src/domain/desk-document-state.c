#include "desk-document-state.h"

#include "desk-text.h"

static const char *const kinds[] = { "medical_report", "pathology", "imaging", "bloodwork",   "viral",
                                     "passport",       "referral",  "consent", "translation", "other" };

/* What may follow each state. A paper that was asked for comes in by filing; one that was replaced stays replaced,
 * and only undoing the filing brings it back. */
static const struct
{
  const char *state;
  const char *const next[8];
} steps[] = {
  { "requested", { "received", "needs_translation", "unreadable" } },
  { "received", { "under_review", "accepted", "needs_translation", "in_translation", "unreadable", "rejected", "too_old" } },
  { "unreadable", { "received", "rejected" } },
  { "needs_translation", { "in_translation", "received", "under_review", "unreadable", "rejected", "too_old" } },
  { "in_translation", { "needs_translation", "received", "under_review", "unreadable", "rejected", "too_old" } },
  { "under_review", { "accepted", "rejected", "received", "needs_translation", "unreadable", "too_old" } },
  { "accepted", { "under_review", "needs_translation", "rejected", "too_old" } },
  { "rejected", { "under_review" } },
  { "superseded", { NULL } },
  { "too_old", { "under_review" } },
};

static const char *const state_codes[]
    = { "requested",    "received", "unreadable", "needs_translation", "in_translation",
        "under_review", "accepted", "rejected",   "superseded",        "too_old" };

/* Every state a paper can be in that was there may be replaced by a newer paper; not chosen by hand, but by filing. */
static const char *const replaceable[] = { "received",     "unreadable", "needs_translation", "in_translation",
                                           "under_review", "accepted",   "rejected",          "too_old" };

/* The clinic reads these; product.md [fresh]. */
static const char *const readable[] = { "en", "ja" };

/* Lends the kinds in the order in which they are offered. */
const char *const *
desk_document_kinds (guint *n_kinds)
{
  *n_kinds = G_N_ELEMENTS (kinds);
  return kinds;
}

/* Lends the states in the order of a paper's way. */
const char *const *
desk_document_states (guint *n_states)
{
  *n_states = G_N_ELEMENTS (state_codes);
  return state_codes;
}

/* Lends what may be chosen next, NULL after the last; empty for a state that is the end, or unknown. */
const char *const *
desk_document_steps (const char *state)
{
  static const char *const none[] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].state, state))
      return steps[i].next;
  return none;
}

static gboolean
is_legal (const char *from, const char *to)
{
  if (g_str_equal (to, "superseded"))
    return desk_text_one_of (from, replaceable, G_N_ELEMENTS (replaceable));
  return g_strv_contains (desk_document_steps (from), to);
}

/* Staying where it is is no step and always legal, but for a rejection without its reason. */
const char *
desk_document_step_problem (const char *from, const char *to, const char *reason)
{
  if (!g_str_equal (from, to) && !is_legal (from, to))
    return "step-not-legal";
  if (g_str_equal (to, "rejected") && (!reason || !*reason))
    return "reason-needed";
  return NULL;
}

/* The state in which a paper begins when it is filed. A passport is read whatever its language, and so is a
 * translation. */
const char *
desk_document_state_on_filing (const char *kind, const char *language)
{
  gboolean any = g_str_equal (kind, "passport") || g_str_equal (kind, "translation") || g_str_equal (kind, "imaging");

  if (any || !language || !*language || desk_text_one_of (language, readable, G_N_ELEMENTS (readable)))
    return "received";
  return "needs_translation";
}

/* What an original becomes when its translation is filed; the same state when it did not wait for one. */
const char *
desk_document_state_after_translation (const char *state)
{
  if (g_str_equal (state, "needs_translation") || g_str_equal (state, "in_translation"))
    return "received";
  return state;
}

/* The state to show: a paper that has grown too old since somebody looked says so by itself. max_age_months is
 * counted from the examination; 0 for no limit. */
const char *
desk_document_state_shown (const DeskDocument *document, int max_age_months, DeskDay today)
{
  static const char *const ages[] = { "received", "needs_translation", "in_translation", "under_review", "accepted" };
  DeskDay examined;

  if (max_age_months > 0 && desk_text_one_of (document->state, ages, G_N_ELEMENTS (ages))
      && desk_day_parse (document->examined_on, &examined) && today > desk_day_add_months (examined, max_age_months))
    return "too_old";
  return document->state;
}

/* Whether a paper that was asked for has not come by the day on which it was expected. */
gboolean
desk_document_is_overdue (const DeskDocument *document, DeskDay today)
{
  DeskDay due;

  return g_str_equal (document->state, "requested") && document->due_on && desk_day_parse (document->due_on, &due)
         && due < today;
}
