/* The Cells place: the map, moving, the whole chain of a dose, labels, lots. */
#include "app-fixture.h"
#include "desk-book.h"
#include "desk-cells-dialog.h"
#include "desk-cells-forms.h"
#include "desk-cells-lot-dialogs.h"
#include "desk-cells-map.h"
#include "desk-cells-panel.h"
#include "desk-cells-scanned.h"
#include "desk-cells-words.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-label-dialog.h"

#include <string.h>

static DeskDb *
reader (AppFixture *fixture)
{
  return desk_session_reader (fixture->session);
}

static DeskPage *
cells (AppFixture *fixture)
{
  return desk_window_get_page (fixture->window, "cells");
}

static DeskCellsDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      if (DESK_IS_CELLS_DIALOG (window))
        return DESK_CELLS_DIALOG (window);
    }
  return NULL;
}

static DeskUnit *
load (AppFixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  DeskUnit *unit = desk_unit_load (reader (fixture), id, &error);

  g_assert_no_error (error);
  return unit;
}

static gint64
somebody_else (AppFixture *fixture, const char *role)
{
  g_autoptr (GPtrArray) staff = desk_staff_list (reader (fixture), TRUE, NULL);

  for (guint i = 0; i < staff->len; i++)
    {
      const DeskStaff *person = staff->pdata[i];
      if (person->id != desk_session_get_actor (fixture->session) && (!role || strcmp (person->role, role) == 0))
        return person->id;
    }
  g_assert_not_reached ();
}

static DeskCellsDialog *
begin (AppFixture *fixture, const char *step)
{
  gtk_widget_activate_action (GTK_WIDGET (cells (fixture)), "cells.step", "s", step);
  app_settle (50);
  return find_dialog ();
}

/* Prints the label to a file; the dialog of the scan back opens by itself. */
static DeskCellsDialog *
print_label (AppFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "label.pdf", NULL);
  DeskLabelDialog *labels = NULL;

  begin (fixture, "print-label");
  GListModel *windows = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      if (DESK_IS_LABEL_DIALOG (window))
        labels = DESK_LABEL_DIALOG (window);
    }
  g_assert_nonnull (labels);
  desk_label_dialog_save (labels, path);
  for (int i = 0; i < 200 && !find_dialog (); i++)
    app_settle (20);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_nonnull (find_dialog ());
  return find_dialog ();
}

static gboolean
nothing (DeskDb *db, gpointer data, GError **error)
{
  return TRUE;
}

/* Waits for the store: jobs are done in order, so when this one is back, those before it are. */
static void
wait_for_store (AppFixture *fixture)
{
  g_assert_true (desk_session_run (fixture->session, nothing, NULL, NULL));
  app_settle (20);
}

/* Presses the button; TRUE when the store accepted and the dialog has closed. */
static gboolean
submit (AppFixture *fixture, DeskCellsDialog *dialog)
{
  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.submit", NULL);
  wait_for_store (fixture);
  return find_dialog () == NULL;
}

/* What is shown on the page is what is held under the scanner. */
static void
scan_dose (AppFixture *fixture, DeskCellsDialog *dialog)
{
  g_autoptr (DeskUnit) unit = load (fixture, desk_cells_panel_get_unit (DESK_CELLS_PANEL (app_find (GTK_WIDGET (cells (fixture)), DESK_TYPE_CELLS_PANEL, 0))));

  desk_cells_dialog_set_text (dialog, "scanned", unit->number);
}

static gboolean
do_step (AppFixture *fixture, const char *step)
{
  DeskCellsDialog *dialog = begin (fixture, step);

  if (!dialog)
    return FALSE;
  desk_cells_dialog_set_choice (dialog, "witness", somebody_else (fixture, NULL));
  if (strcmp (step, "verify-label") != 0 && desk_cells_dialog_get_row (dialog, "scanned"))
    scan_dose (fixture, dialog);
  return submit (fixture, dialog);
}

static void
cancel (void)
{
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));
  app_settle (20);
}

/* A dose in a place whose headline is that, and whose patient has an infusion to come when it is to be reserved. */
static gint64
find_unit (AppFixture *fixture, const char *headline, gint64 *visit_id)
{
  g_autoptr (GArray) ids = desk_unit_ids (reader (fixture), "frozen", NULL);
  DeskDay today = desk_page_get_today (cells (fixture));

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (DeskUnit) unit = load (fixture, g_array_index (ids, gint64, i));

      if (strcmp (desk_unit_headline (unit, today), headline) != 0)
        continue;
      if (!visit_id)
        return unit->id;
      g_autoptr (GPtrArray) visits = desk_visit_of_patient (reader (fixture), unit->patient_id, NULL);
      for (guint v = 0; v < visits->len; v++)
        {
          const DeskVisit *visit = visits->pdata[v];
          gboolean coming = strcmp (visit->status, "booked") == 0 || strcmp (visit->status, "confirmed") == 0;

          *visit_id = visit->id;
          if (coming && strcmp (visit->type, "infusion") == 0 && visit->starts_at > g_get_real_time () / G_USEC_PER_SEC)
            return unit->id;
        }
    }
  g_assert_not_reached ();
}

static void
assert_life (AppFixture *fixture, gint64 id, const char *life)
{
  g_autoptr (DeskUnit) unit = load (fixture, id);

  g_assert_cmpstr (unit->life, ==, life);
}

/* Another dose than the one meant does not come through; and too long in the hand is said before, and held after. */
static void
put_back (AppFixture *fixture, gint64 id)
{
  gint64 other = find_unit (fixture, "available", NULL);
  g_autoptr (DeskUnit) wrong = load (fixture, other), unit = load (fixture, id);
  DeskCellsDialog *dialog = begin (fixture, "put-back");
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (dialog));

  desk_cells_dialog_set_choice (dialog, "witness", somebody_else (fixture, NULL));
  g_assert_false (gtk_widget_get_sensitive (button)); /* nothing was scanned */
  desk_cells_dialog_set_text (dialog, "scanned", wrong->number);
  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_true (gtk_widget_has_css_class (desk_cells_dialog_get_row (dialog, "scanned"), "error"));
  g_assert_false (submit (fixture, dialog));
  assert_life (fixture, id, "picked");
  desk_cells_dialog_set_text (dialog, "scanned", unit->number);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_assert_false (gtk_widget_has_css_class (desk_cells_dialog_get_row (dialog, "scanned"), "error"));
  /* A unit's number is no place. */
  desk_cells_dialog_set_text (dialog, "scanned-place", unit->number);
  g_assert_false (gtk_widget_get_sensitive (button));
  desk_cells_dialog_set_text (dialog, "scanned-place", "");

  desk_cells_dialog_set_text (dialog, "seconds", "forty");
  g_assert_false (submit (fixture, dialog));
  desk_cells_dialog_set_text (dialog, "seconds", "45");
  g_assert_null (desk_cells_scanned_warning (dialog));
  g_assert_true (submit (fixture, dialog));
  g_autoptr (DeskUnit) after = load (fixture, id);
  g_assert_cmpstr (after->life, ==, "frozen");
  g_assert_cmpint (after->seconds_out, ==, unit->seconds_out + 45);
  g_assert_cmpint (after->holds, ==, 0);
  g_autoptr (GPtrArray) events = desk_unit_history (reader (fixture), id, NULL);
  gboolean read = FALSE;
  for (guint i = 0; i < events->len; i++)
    read |= strcmp (((DeskUnitEvent *) events->pdata[i])->scanned, unit->number) == 0;
  g_assert_true (read);
}

/* From the tank into the hand by the page alone. */
static void
test_chain (AppFixture *fixture, gconstpointer data)
{
  gint64 visit_id, id = find_unit (fixture, "available", &visit_id);
  DeskCellsDialog *dialog;

  desk_window_show (fixture->window, DESK_KIND_UNIT, id);
  app_settle (50);
  g_assert_null (begin (fixture, "pick")); /* not reserved: not offered */
  dialog = begin (fixture, "reserve");
  desk_cells_dialog_set_choice (dialog, "visit", visit_id);
  g_assert_true (submit (fixture, dialog));

  dialog = begin (fixture, "pick");
  g_assert_false (submit (fixture, dialog)); /* nobody signed */
  cancel ();
  g_assert_true (do_step (fixture, "pick"));
  assert_life (fixture, id, "picked");
  put_back (fixture, id);
  g_assert_true (do_step (fixture, "pick"));
  /* From here on at the bedside, and nowhere else: test-bedside.c. */
  g_assert_null (begin (fixture, "thaw"));
  g_assert_null (begin (fixture, "infuse"));
  g_assert_null (begin (fixture, "discard")); /* it is promised */
}

static void
test_undo (AppFixture *fixture, gconstpointer data)
{
  gint64 visit_id, id = find_unit (fixture, "available", &visit_id);

  desk_window_show (fixture->window, DESK_KIND_UNIT, id);
  g_assert_true (do_step (fixture, "reserve"));
  g_autoptr (DeskUnit) reserved = load (fixture, id);
  g_assert_cmpint (reserved->reserved_visit, !=, 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  wait_for_store (fixture);
  g_autoptr (DeskUnit) free_again = load (fixture, id);
  g_assert_cmpint (free_again->reserved_visit, ==, 0);
}

static void
test_discard (AppFixture *fixture, gconstpointer data)
{
  gint64 id = find_unit (fixture, "available", NULL);
  DeskCellsDialog *dialog;

  desk_window_show (fixture->window, DESK_KIND_UNIT, id);
  g_assert_false (do_step (fixture, "discard")); /* not why, nor how */
  assert_life (fixture, id, "frozen");
  dialog = find_dialog ();
  desk_cells_dialog_set_choice (dialog, "code", 6); /* damaged */
  desk_cells_dialog_set_choice (dialog, "method", 1);
  desk_cells_dialog_set_choice (dialog, "told", 1);
  g_assert_false (submit (fixture, dialog)); /* it was released, and quality has not agreed */
  desk_cells_dialog_set_choice (dialog, "code", 4);
  desk_cells_dialog_set_choice (dialog, "approver", somebody_else (fixture, "quality"));
  g_assert_false (submit (fixture, dialog)); /* the patient died, says no paper */
  desk_cells_dialog_set_choice (dialog, "code", 6);
  desk_cells_dialog_set_text (dialog, "reason", "bag <torn> & \"leaking\"");
  g_assert_true (submit (fixture, dialog));
  assert_life (fixture, id, "discarded");
  g_autoptr (DeskUnit) unit = load (fixture, id);
  g_assert_cmpint (unit->container_id, ==, 0);
}

/* Over the budget of its life out of the cold: said before, held in the same breath. */
static void
test_warm (AppFixture *fixture, gconstpointer data)
{
  gint64 visit_id, id = find_unit (fixture, "available", &visit_id);
  DeskCellsDialog *dialog;

  desk_window_show (fixture->window, DESK_KIND_UNIT, id);
  dialog = begin (fixture, "reserve");
  desk_cells_dialog_set_choice (dialog, "visit", visit_id);
  g_assert_true (submit (fixture, dialog));
  g_assert_true (do_step (fixture, "pick"));
  dialog = begin (fixture, "put-back");
  scan_dose (fixture, dialog);
  desk_cells_dialog_set_choice (dialog, "witness", somebody_else (fixture, NULL));
  desk_cells_dialog_set_text (dialog, "seconds", "１２１"); /* as the input method writes it */
  g_autofree char *words = desk_cells_scanned_warning (dialog);
  g_assert_nonnull (words);
  g_assert_true (submit (fixture, dialog));
  g_autoptr (DeskUnit) after = load (fixture, id);
  g_assert_cmpint (after->holds, ==, 1);
}

/* A printed label counts only when it was read back, and only its own. */
static void
test_label (AppFixture *fixture, gconstpointer data)
{
  gint64 id = find_unit (fixture, "available", NULL);
  DeskCellsDialog *dialog;
  g_autoptr (DeskUnit) unit = load (fixture, id);

  desk_window_show (fixture->window, DESK_KIND_UNIT, id);
  dialog = print_label (fixture);
  desk_cells_dialog_set_choice (dialog, "witness", somebody_else (fixture, NULL));
  desk_cells_dialog_set_text (dialog, "scanned", "L00-0000-00");
  g_assert_false (submit (fixture, dialog));
  g_assert_cmpstr (desk_cells_dialog_get_text (dialog, "scanned"), ==, "L00-0000-00");
  desk_cells_dialog_set_text (dialog, "scanned", unit->number);
  g_assert_true (submit (fixture, dialog));
  g_autoptr (DeskUnit) after = load (fixture, id);
  g_assert_cmpstr (after->label, ==, "verified");
}

static DeskCellsMap *
map_of (AppFixture *fixture)
{
  return DESK_CELLS_MAP (app_find (GTK_WIDGET (cells (fixture)), DESK_TYPE_CELLS_MAP, 0));
}

/* Ctrl+X, Ctrl+V into the next free place of the same box, and Undo; the cursor stays where it was put. */
static void
test_move (AppFixture *fixture, gconstpointer data)
{
  gint64 id = find_unit (fixture, "available", NULL);
  g_autoptr (DeskUnit) before = load (fixture, id);
  DeskCellsMap *map = map_of (fixture);
  int row, col, cursor_row, cursor_col;

  desk_window_show (fixture->window, DESK_KIND_UNIT, id);
  desk_cells_map_get_cursor (map, &row, &col);
  g_assert_cmpint (row, ==, before->row);
  g_assert_cmpint (col, ==, before->col);
  gtk_widget_activate_action (GTK_WIDGET (cells (fixture)), "cells.cut", NULL);
  gtk_widget_activate_action (GTK_WIDGET (cells (fixture)), "cells.paste", NULL); /* taken, by itself */
  g_assert_null (find_dialog ());

  g_assert_true (desk_container_next_free (reader (fixture), before->container_id, &row, &col, NULL));
  desk_cells_map_set_cursor (map, row, col);
  gtk_widget_activate_action (GTK_WIDGET (cells (fixture)), "cells.paste", NULL);
  app_settle (50);
  desk_cells_dialog_set_choice (find_dialog (), "witness", somebody_else (fixture, NULL));
  scan_dose (fixture, find_dialog ());
  g_assert_true (submit (fixture, find_dialog ()));
  g_autoptr (DeskUnit) after = load (fixture, id);
  g_assert_cmpint (after->row, ==, row);
  g_assert_cmpint (after->col, ==, col);
  /* The page looks again when it is idle. */
  while (!desk_cells_map_get_unit (map, row, col))
    app_settle (20);
  g_assert_cmpint (desk_cells_map_get_unit (map, row, col)->id, ==, id);
  desk_cells_map_get_cursor (map, &cursor_row, &cursor_col);
  g_assert_cmpint (cursor_row, ==, row);
  g_assert_cmpint (cursor_col, ==, col);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  wait_for_store (fixture);
  g_autoptr (DeskUnit) back = load (fixture, id);
  g_assert_cmpint (back->row, ==, before->row);
  g_assert_cmpint (back->col, ==, before->col);
}

/* The sentence never names a dose without its patient's name and chart. */
static void
test_sentence (AppFixture *fixture, gconstpointer data)
{
  gint64 id = find_unit (fixture, "available", NULL);
  g_autoptr (DeskUnit) unit = load (fixture, id);

  desk_window_show (fixture->window, DESK_KIND_UNIT, id);
  const char *sentence = desk_cells_map_get_sentence (map_of (fixture));
  g_assert_nonnull (strstr (sentence, unit->number));
  g_assert_nonnull (strstr (sentence, unit->patient_name));
  g_assert_nonnull (strstr (sentence, unit->patient_chart));
}

static void
test_lot (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) lots = desk_lot_list (reader (fixture), 0, NULL);
  const DeskLot *lot = NULL;
  DeskCellsDialog *dialog;

  for (guint i = 0; i < lots->len && !lot; i++)
    if (strcmp (((DeskLot *) lots->pdata[i])->status, "culturing") == 0)
      lot = lots->pdata[i];
  g_assert_nonnull (lot);
  desk_window_show (fixture->window, DESK_KIND_LOT, lot->id);

  g_assert_true (desk_cells_lot_dialog (cells (fixture), lot, "result"));
  dialog = find_dialog ();
  desk_cells_dialog_set_text (dialog, "value", "good");
  g_assert_false (submit (fixture, dialog)); /* no number */
  desk_cells_dialog_set_text (dialog, "value", "91");
  g_assert_true (submit (fixture, dialog));

  desk_cells_lot_form (cells (fixture), lot, "harvested");
  g_assert_true (submit (fixture, find_dialog ()));
  desk_cells_lot_form (cells (fixture), lot, "fill");
  dialog = find_dialog ();
  desk_cells_dialog_set_text (dialog, "count", "2");
  desk_cells_dialog_set_text (dialog, "cells", "many");
  desk_cells_dialog_set_choice (dialog, "witness", somebody_else (fixture, NULL));
  g_assert_false (submit (fixture, dialog));
  desk_cells_dialog_set_text (dialog, "cells", "1e9");
  g_assert_true (submit (fixture, dialog));
  g_autoptr (GPtrArray) units = desk_unit_of_lot (reader (fixture), lot->id, NULL);
  g_assert_cmpint (units->len, ==, 2);
  g_assert_cmpint (((DeskUnit *) units->pdata[0])->cells, ==, 1000000000);

  gint64 id = ((DeskUnit *) units->pdata[0])->id;
  g_autofree char *number = g_strdup (((DeskUnit *) units->pdata[0])->number);
  desk_window_show (fixture->window, DESK_KIND_UNIT, id);
  g_assert_null (begin (fixture, "freeze")); /* no label yet */
  dialog = print_label (fixture);
  desk_cells_dialog_set_text (dialog, "scanned", number);
  desk_cells_dialog_set_choice (dialog, "witness", somebody_else (fixture, NULL));
  g_assert_true (submit (fixture, dialog));
  g_assert_true (do_step (fixture, "freeze")); /* into the next free place, as proposed */
  assert_life (fixture, id, "frozen");
}

static void
test_tank (AppFixture *fixture, gconstpointer data)
{
  DeskCellsDialog *dialog;
  g_autoptr (GPtrArray) before = desk_container_children (reader (fixture), 0, NULL);

  gtk_widget_activate_action (GTK_WIDGET (cells (fixture)), "cells.new-tank", NULL);
  dialog = find_dialog ();
  desk_cells_dialog_set_text (dialog, "name", "Tank <Z>");
  desk_cells_dialog_set_text (dialog, "racks", "2");
  desk_cells_dialog_set_text (dialog, "boxes", "3");
  g_assert_true (submit (fixture, dialog));
  g_autoptr (GPtrArray) after = desk_container_children (reader (fixture), 0, NULL);
  g_assert_cmpint (after->len, ==, before->len + 1);
  for (guint i = 0; i < after->len; i++)
    {
      const DeskContainer *container = after->pdata[i];
      if (strcmp (container->name, "Tank <Z>") == 0)
        g_assert_cmpint (container->capacity, ==, 2 * 3 * 81);
    }
}

static void
test_words (void)
{
  static const struct
  {
    const char *name, *initials;
  } rows[]
      = { { "SMITH John", "SJ" }, { "SURYANTO", "S" }, { "", "" }, { "O'NEIL-Ávila", "OÁ" }, { " van  DYK", "VD" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *initials = desk_cells_initials (rows[i].name);
      g_assert_cmpstr (initials, ==, rows[i].initials);
    }
  g_assert_cmpstr (desk_cells_tail ("L26-0003-02"), ==, "02");
  g_assert_cmpstr (desk_cells_tail ("L26-0001-01-L"), ==, "01");
  g_assert_cmpstr (desk_cells_tail (NULL), ==, "");
}

int
main (int argc, char *argv[])
{
  app_init (&argc, &argv);
  g_test_add_func ("/cells/words", test_words);
#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  ADD ("/cells/chain", test_chain);
  ADD ("/cells/undo", test_undo);
  ADD ("/cells/discard", test_discard);
  ADD ("/cells/warm", test_warm);
  ADD ("/cells/label", test_label);
  ADD ("/cells/move", test_move);
  ADD ("/cells/sentence", test_sentence);
  ADD ("/cells/lot", test_lot);
  ADD ("/cells/tank", test_tank);
  return g_test_run ();
}
