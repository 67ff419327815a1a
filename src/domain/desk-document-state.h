/* How a paper goes on: one table of legal steps. */
#pragma once

#include "desk-document.h"

G_BEGIN_DECLS

const char *const *desk_document_kinds (guint *n_kinds);
const char *const *desk_document_states (guint *n_states);
const char *const *desk_document_steps (const char *state);

/* NULL when the step may be taken, else step-not-legal or reason-needed. */
const char *desk_document_step_problem (const char *from, const char *to, const char *reason);

const char *desk_document_state_on_filing (const char *kind, const char *language);
const char *desk_document_state_after_translation (const char *state);
const char *desk_document_state_shown (const DeskDocument *document, int max_age_months, DeskDay today);
gboolean desk_document_is_overdue (const DeskDocument *document, DeskDay today);

G_END_DECLS
