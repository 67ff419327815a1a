/* The clinic's letters: chosen, written, looked at, saved as versions. What is typed is kept as a draft all the while. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_TEMPLATE_EDITOR (desk_template_editor_get_type ())
G_DECLARE_FINAL_TYPE (DeskTemplateEditor, desk_template_editor, DESK, TEMPLATE_EDITOR, AdwWindow)

DeskTemplateEditor *desk_template_editor_show (DeskPage *page);
void desk_template_editor_open (DeskTemplateEditor *self, const char *name);

G_END_DECLS
