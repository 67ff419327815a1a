/* A section of cards with a title, an "add" button and a text for when there are none. The cards are made anew after
 * each change; the focus goes back to the button of the same name. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DESK_TYPE_CARD_LIST (desk_card_list_get_type ())
G_DECLARE_FINAL_TYPE (DeskCardList, desk_card_list, DESK, CARD_LIST, AdwBin)

DeskCardList *desk_card_list_new (const char *title, const char *add, const char *action, const char *empty);
void desk_card_list_begin (DeskCardList *self);
GtkBox *desk_card_list_add (DeskCardList *self, const char *title, const char *large, const char *facts);
void desk_card_list_line (GtkBox *card, const char *text, const char *css);
void desk_card_list_link (GtkBox *card, const char *text, const char *css, const char *action, gint64 id);
void desk_card_list_button (GtkBox *card, const char *label, const char *action, gint64 id);
void desk_card_list_end (DeskCardList *self);

G_END_DECLS
