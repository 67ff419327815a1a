/* The small dialog of one step: whose cells they are, the few things the step needs, and one button. It stays,
 * with what was typed, until the store has accepted. */
#pragma once

#include <adwaita.h>

#include "desk-cells.h"
#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_CELLS_DIALOG (desk_cells_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DeskCellsDialog, desk_cells_dialog, DESK, CELLS_DIALOG, AdwWindow)

/* Called once, in the main thread, when the store has accepted; the dialog closes after it. */
typedef void (*DeskCellsDone) (DeskCellsDialog *self, gpointer data);

DeskCellsDialog *desk_cells_dialog_new (DeskPage *page, const char *title, const char *submit);
void desk_cells_dialog_set_grave (DeskCellsDialog *self);
void desk_cells_dialog_open (DeskCellsDialog *self);
DeskPage *desk_cells_dialog_get_page (DeskCellsDialog *self);
void desk_cells_dialog_set_identity (DeskCellsDialog *self, const char *number, const char *patient);
void desk_cells_dialog_set_note (DeskCellsDialog *self, const char *note);
void desk_cells_dialog_set_warning (DeskCellsDialog *self, const char *warning);

void desk_cells_dialog_add_widget (DeskCellsDialog *self, GtkWidget *widget);
void desk_cells_dialog_add_text (DeskCellsDialog *self, const char *key, const char *title, const char *text);
void desk_cells_dialog_add_choice (DeskCellsDialog *self, const char *key, const char *title, const char *const *words, const gint64 *ids, gint64 chosen);
void desk_cells_dialog_add_switch (DeskCellsDialog *self, const char *key, const char *title, gboolean on);
void desk_cells_dialog_add_person (DeskCellsDialog *self, const char *key, const char *title, const char *nobody, const char *roles);
void desk_cells_dialog_add_code (DeskCellsDialog *self, const char *key, const char *title, const char *domain, const char *const *codes);
void desk_cells_dialog_add_second_person (DeskCellsDialog *self, gboolean needed);
void desk_cells_dialog_add_place (DeskCellsDialog *self, gint64 container_id);

const char *desk_cells_dialog_get_text (DeskCellsDialog *self, const char *key);
void desk_cells_dialog_set_text (DeskCellsDialog *self, const char *key, const char *text);
gboolean desk_cells_dialog_get_switch (DeskCellsDialog *self, const char *key);
gint64 desk_cells_dialog_get_choice (DeskCellsDialog *self, const char *key);
void desk_cells_dialog_set_choice (DeskCellsDialog *self, const char *key, gint64 id);
void desk_cells_dialog_set_asked (DeskCellsDialog *self, const char *key, gboolean asked);
GtkWidget *desk_cells_dialog_get_row (DeskCellsDialog *self, const char *key);
void desk_cells_dialog_on_choice (DeskCellsDialog *self, const char *key, void (*func) (DeskCellsDialog *self));
gboolean desk_cells_dialog_get_place (DeskCellsDialog *self, gint64 *container_id, int *row, int *col);
void desk_cells_dialog_mark (DeskCellsDialog *self, const char *key, const char *words);
void desk_cells_dialog_forget (DeskCellsDialog *self);
void desk_cells_dialog_set_ready (DeskCellsDialog *self, gboolean ready);
gboolean desk_cells_dialog_refuse (DeskCellsDialog *self, const char *key, const char *words);

void desk_cells_dialog_run (DeskCellsDialog *self, DeskWork work, gpointer data, GDestroyNotify data_free, DeskCellsDone done);

G_END_DECLS
