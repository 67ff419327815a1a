#include "desk-today.h"

static const char *codes[] = { "papers", "dose-expires", "harvest", "still-here", "stay-ends", "departure",
                               "requested", "inbox", "legal-clock", "lookback", "tank", "count", "result-late", "consent-ends", "held-ends",
                               "runs-into", "freed", "calls", "wall", "letters", "print", "invoice-overdue", "quote-ends",
                               "consent-missing", "consent-again", "consent-lost", "deposit-unused" };

G_STATIC_ASSERT (G_N_ELEMENTS (codes) == DESK_N_ATTENTION);

void
desk_attention_free (DeskAttention *attention)
{
  if (!attention)
    return;
  g_free (attention->patient_name);
  g_free (attention->detail);
  g_free (attention);
}

/* The kind's code, static: for style classes, tests and reports. */
const char *
desk_attention_code (DeskAttentionKind kind)
{
  return codes[kind];
}
