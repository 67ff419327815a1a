/* What the gates say, in words and signs. */
#pragma once

#include <gtk/gtk.h>

#include "desk-gate.h"

G_BEGIN_DECLS

const char *desk_gate_words_title (DeskGate gate);
char *desk_gate_words_summary (DeskGate gate, const DeskGateSummary *summary);
const char *desk_gate_words_rule (const char *code);
char *desk_gate_words_rules (const char *codes);
char *desk_gate_words_check (const DeskCase *case_, const DeskGateCheck *check);
char *desk_gate_words_override (const DeskGateOverride *override);
const char *desk_gate_words_light (DeskLight light);
GtkWidget *desk_gate_mark_new (DeskLight light, gboolean overridden);

G_END_DECLS
