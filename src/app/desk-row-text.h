/* The words of a row in two lines, drawn by the widget itself: a title, something beside it, a line below. Labels
 * would shape their words several times, and those of rows out of view too, in many scripts, to be measured. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  DESK_ROW_TEXT_BESIDE_END = 1 << 0, /* what is beside the title stands at the end of the line */
  DESK_ROW_TEXT_BESIDE_DIM = 1 << 1,
  DESK_ROW_TEXT_BELOW_DIM = 1 << 2,
} DeskRowTextFlags;

#define DESK_TYPE_ROW_TEXT (desk_row_text_get_type ())
G_DECLARE_DERIVABLE_TYPE (DeskRowText, desk_row_text, DESK, ROW_TEXT, GtkWidget)

struct _DeskRowTextClass
{
  GtkWidgetClass parent_class;
};

GtkWidget *desk_row_text_new (DeskRowTextFlags flags);
void desk_row_text_set_flags (DeskRowText *self, DeskRowTextFlags flags);
void desk_row_text_set (DeskRowText *self, const char *title, const char *beside, const char *below);

G_END_DECLS
