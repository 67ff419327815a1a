/* A box to sign in, with pen, finger or mouse. What was written is strokes in thousandths of the box, so that it looks
 * the same on paper. Signal "changed" after each stroke and after clearing. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DESK_TYPE_SIGN_PAD (desk_sign_pad_get_type ())
G_DECLARE_FINAL_TYPE (DeskSignPad, desk_sign_pad, DESK, SIGN_PAD, GtkWidget)

GtkWidget *desk_sign_pad_new (const char *whose);
char *desk_sign_pad_dup_ink (DeskSignPad *self);
gboolean desk_sign_pad_is_empty (DeskSignPad *self);
void desk_sign_pad_clear (DeskSignPad *self);
void desk_sign_pad_down (DeskSignPad *self, double x, double y);
void desk_sign_pad_move (DeskSignPad *self, double x, double y);
void desk_sign_pad_up (DeskSignPad *self);

G_END_DECLS
