/* A page of a paper: turned for looking at, fitted to the room there is or at its own size. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DESK_TYPE_PAPER_CANVAS (desk_paper_canvas_get_type ())
G_DECLARE_FINAL_TYPE (DeskPaperCanvas, desk_paper_canvas, DESK, PAPER_CANVAS, GtkWidget)

void desk_paper_canvas_set (DeskPaperCanvas *self, GdkTexture *texture);
void desk_paper_canvas_set_turns (DeskPaperCanvas *self, guint turns);
void desk_paper_canvas_set_full_size (DeskPaperCanvas *self, gboolean full_size);

G_END_DECLS
