/* All versions of a letter: who saved them, when and why; any two compared; an older one taken back. */
#pragma once

#include "desk-template-editor.h"

G_BEGIN_DECLS

#define DESK_TYPE_TEMPLATE_HISTORY (desk_template_history_get_type ())
G_DECLARE_FINAL_TYPE (DeskTemplateHistory, desk_template_history, DESK, TEMPLATE_HISTORY, AdwWindow)

DeskTemplateHistory *desk_template_history_show (DeskTemplateEditor *editor);
void desk_template_history_compare (DeskTemplateHistory *self, guint after, guint before);

G_END_DECLS
