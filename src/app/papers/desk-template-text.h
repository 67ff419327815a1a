/* The text of a letter to be edited: XML with its colours, numbers of lines, and marks where something is wrong. */
#pragma once

#include <gtksourceview/gtksource.h>

#include "desk-letter.h"

G_BEGIN_DECLS

#define DESK_TYPE_TEMPLATE_TEXT (desk_template_text_get_type ())
G_DECLARE_FINAL_TYPE (DeskTemplateText, desk_template_text, DESK, TEMPLATE_TEXT, GtkSourceView)

GtkSourceBuffer *desk_template_source_buffer (gboolean editable);
char *desk_template_text_get (DeskTemplateText *self);
void desk_template_text_set (DeskTemplateText *self, const char *xml);
void desk_template_text_replace (DeskTemplateText *self, const char *xml);
void desk_template_text_insert (DeskTemplateText *self, const char *text);
void desk_template_text_insert_block (DeskTemplateText *self, const char *xml);
void desk_template_text_mark (DeskTemplateText *self, const DeskLetterProblems *problems);
void desk_template_text_go_to (DeskTemplateText *self, int line);
int desk_template_text_get_line (DeskTemplateText *self);

G_END_DECLS
