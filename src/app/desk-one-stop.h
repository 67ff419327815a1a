/* Around a list: one stop for Tab, whatever its length. In GTK 4.8 Tab goes from row to row, and who is in a list
 * of 100,000 patients would never come out; the arrow keys are for the rows. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DESK_TYPE_ONE_STOP (desk_one_stop_get_type ())
G_DECLARE_FINAL_TYPE (DeskOneStop, desk_one_stop, DESK, ONE_STOP, AdwBin)

void desk_one_stop_enter_from (GtkWidget *entry, GtkWidget *list);

G_END_DECLS
