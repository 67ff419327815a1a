/* Two texts compared: beside each other, or one after the other. Each line that differs has a sign, the words that
 * differ are marked. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DESK_TYPE_TEMPLATE_DIFF (desk_template_diff_get_type ())
G_DECLARE_FINAL_TYPE (DeskTemplateDiff, desk_template_diff, DESK, TEMPLATE_DIFF, AdwBin)

void desk_template_diff_set (DeskTemplateDiff *self, const char *before, const char *after);
void desk_template_diff_set_side_by_side (DeskTemplateDiff *self, gboolean side_by_side);
char *desk_template_diff_describe (DeskTemplateDiff *self);
char *desk_template_diff_get_text (DeskTemplateDiff *self);
void desk_template_diff_next (DeskTemplateDiff *self);

G_END_DECLS
