/* The Tanks and Stocktake ways on a clinic file: actions and dialogs, and what the store has afterwards. */
#include "app-fixture.h"
#include "desk-cells-counts.h"
#include "desk-cells-dialog.h"
#include "desk-cells-tanks.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-counts.h"
#include "desk-scan.h"
#include "desk-tank-evacuation.h"
#include "desk-tanks.h"

#include <string.h>

static DeskDb *
reader (AppFixture *fixture)
{
  return desk_session_reader (fixture->session);
}

static GtkWidget *
way (AppFixture *fixture, const char *name, GType type)
{
  DeskPage *page = desk_window_get_page (fixture->window, "cells");
  GtkWidget *view;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", "cells");
  gtk_widget_activate_action (GTK_WIDGET (page), "cells.way", "s", name);
  app_settle (50);
  view = app_find (GTK_WIDGET (page), type, 0);
  g_assert_nonnull (view);
  return view;
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

static gboolean
nothing (DeskDb *db, gpointer data, GError **error)
{
  return TRUE;
}

static void
wait_for_store (AppFixture *fixture)
{
  g_assert_true (desk_session_run (fixture->session, nothing, NULL, NULL));
  app_settle (50);
}

/* Presses the button of the dialog that is open; TRUE when it has gone. */
static gboolean
submit (AppFixture *fixture, DeskCellsDialog *dialog)
{
  g_object_ref (dialog);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.submit", NULL);
  wait_for_store (fixture);
  gboolean gone = find_dialog () != dialog;
  g_object_unref (dialog);
  return gone;
}

static gint64
somebody_else (AppFixture *fixture)
{
  g_autoptr (GPtrArray) staff = desk_staff_list (reader (fixture), TRUE, NULL);

  for (guint i = 0; i < staff->len; i++)
    if (((DeskStaff *) staff->pdata[i])->id != desk_session_get_actor (fixture->session))
      return ((DeskStaff *) staff->pdata[i])->id;
  g_assert_not_reached ();
}

static gint64
value (AppFixture *fixture, const char *sql)
{
  gint64 out = -1;
  g_autoptr (GError) error = NULL;

  if (!desk_db_value (reader (fixture), &out, &error, sql, ""))
    g_error ("%s", error->message);
  return out;
}

static gint64
tank_named (AppFixture *fixture, const char *name)
{
  g_autoptr (GPtrArray) tanks = desk_tank_list (reader (fixture), g_get_real_time () / G_USEC_PER_SEC, NULL);

  for (guint i = 0; i < tanks->len; i++)
    if (strstr (((DeskTank *) tanks->pdata[i])->name, name))
      return ((DeskTank *) tanks->pdata[i])->id;
  g_assert_not_reached ();
}

/* A check by keyboard: without its sign, as the display shows it; nothing read is refused; the next tank follows. */
static void
test_checks (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *tanks = way (fixture, "tanks", DESK_TYPE_CELLS_TANKS);
  gint64 tank = tank_named (fixture, "Tank A"), before = value (fixture, "SELECT count (*) FROM tank_check");

  gtk_widget_activate_action (tanks, "tanks.check-of", "x", tank);
  DeskCellsDialog *dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_false (submit (fixture, dialog));
  desk_cells_dialog_set_text (dialog, "level", "x");
  g_assert_false (submit (fixture, dialog));
  desk_cells_dialog_set_text (dialog, "level", "１８０");
  desk_cells_dialog_set_text (dialog, "temperature", "188.5");
  desk_cells_dialog_set_text (dialog, "level_after", "300");
  g_assert_true (submit (fixture, dialog));
  g_assert_null (find_dialog ());
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM tank_check"), ==, before + 1);
  g_assert_cmpint (value (fixture, "SELECT temperature FROM tank_check ORDER BY id DESC LIMIT 1"), ==, -1885);
  g_assert_cmpint (value (fixture, "SELECT filled FROM tank_check ORDER BY id DESC LIMIT 1"), ==, 1);

  gtk_widget_activate_action (tanks, "tanks.correct-of", "x", tank);
  dialog = find_dialog ();
  g_assert_cmpstr (desk_cells_dialog_get_text (dialog, "level"), ==, "180");
  desk_cells_dialog_set_text (dialog, "level", "190");
  g_assert_false (submit (fixture, dialog)); /* why? */
  desk_cells_dialog_set_text (dialog, "note", "misread");
  g_assert_true (submit (fixture, dialog));
  g_assert_cmpint (value (fixture, "SELECT supersedes IS NOT NULL FROM tank_check ORDER BY id DESC LIMIT 1"), ==, 1);

  gtk_widget_activate_action (tanks, "tanks.rules-of", "x", tank);
  dialog = find_dialog ();
  desk_cells_dialog_set_text (dialog, "level_full", "10");
  g_assert_false (submit (fixture, dialog));
  desk_cells_dialog_set_text (dialog, "level_full", "310");
  g_assert_true (submit (fixture, dialog));
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM tank_rule WHERE level_full = 310"), ==, 1);
}

/* A tank goes down; its first unit is moved by scanning it, with a second person, and leaves the list. */
static void
test_down (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *tanks = way (fixture, "tanks", DESK_TYPE_CELLS_TANKS);
  gint64 tank = tank_named (fixture, "Tank A");
  g_autofree char *inside = g_strdup_printf ("SELECT count (*) FROM container_above a JOIN placement p ON p.container_id = a.container_id"
                                             " AND p.until IS NULL WHERE a.above_id = %" G_GINT64_FORMAT, tank);
  gint64 before = value (fixture, inside);

  gtk_widget_activate_action (tanks, "tanks.down-of", "x", tank);
  DeskCellsDialog *dialog = find_dialog ();
  g_assert_false (submit (fixture, dialog));
  desk_cells_dialog_set_text (dialog, "why", "vacuum lost");
  g_assert_true (submit (fixture, dialog));
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM tank_down WHERE closed_at IS NULL"), ==, 1);
  gtk_widget_activate_action (tanks, "tanks.list-of", "x", tank);
  app_settle (100);

  GtkWidget *list = app_find (tanks, DESK_TYPE_TANK_EVACUATION, 0);
  g_assert_true (gtk_widget_get_mapped (list));
  GtkWidget *scan = app_find (list, GTK_TYPE_ENTRY, 0), *second = app_find (list, GTK_TYPE_DROP_DOWN, 0);
  g_autoptr (DeskUnit) unit
      = desk_unit_load (reader (fixture), value (fixture, "SELECT p.unit_id FROM placement p JOIN container c ON c.id = p.container_id"
                                                          " WHERE c.name LIKE 'Box A1-1%' AND p.until IS NULL ORDER BY p.row, p.col LIMIT 1"), NULL);
  gtk_editable_set_text (GTK_EDITABLE (scan), unit->number);
  g_signal_emit_by_name (scan, "activate");
  wait_for_store (fixture);
  g_assert_cmpint (value (fixture, inside), ==, before); /* nobody saw it */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (second), 1);
  g_signal_emit_by_name (scan, "activate");
  wait_for_store (fixture);
  g_assert_cmpint (value (fixture, inside), ==, before - 1);
  g_assert_cmpint (value (fixture, "SELECT witness_id IS NOT NULL FROM placement ORDER BY id DESC LIMIT 1"), ==, 1);

  gtk_widget_activate_action (tanks, "tanks.up-of", "x", tank);
  dialog = find_dialog ();
  desk_cells_dialog_set_text (dialog, "why", "a valve was open");
  g_assert_true (submit (fixture, dialog));
  app_settle (100);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM tank_down WHERE closed_at IS NULL"), ==, 0);
}

/* A box is counted by scanning; one unit of it is left out, and so missing; it is found after all, and the count closed. */
static void
test_count (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *counts = way (fixture, "counts", DESK_TYPE_CELLS_COUNTS);
  gint64 box = value (fixture, "SELECT c.id FROM container c WHERE c.layout <> 'none' AND (SELECT count (*) FROM placement p WHERE p.container_id = c.id"
                               " AND p.until IS NULL) BETWEEN 3 AND 80 ORDER BY c.id LIMIT 1");

  gtk_widget_activate_action (counts, "counts.new", NULL);
  DeskCellsDialog *dialog = find_dialog ();
  g_assert_false (submit (fixture, dialog));
  desk_cells_dialog_set_choice (dialog, "container", box);
  g_assert_true (submit (fixture, dialog));
  app_settle (100);
  gint64 count = value (fixture, "SELECT max (id) FROM stock_count");
  GtkWidget *scan = app_find (counts, GTK_TYPE_ENTRY, 0);
  g_assert_true (gtk_widget_get_mapped (scan));

  g_autoptr (GPtrArray) units = desk_unit_in_container (reader (fixture), box, NULL);
  for (guint i = 1; i < units->len; i++)
    {
      g_assert_true (desk_scan_give (scan, ((DeskUnit *) units->pdata[i])->number));
      wait_for_store (fixture);
    }
  g_assert_true (desk_scan_give (scan, ((DeskUnit *) units->pdata[1])->number)); /* again: says nothing new */
  wait_for_store (fixture);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM stock_scan WHERE count_id = (SELECT max (id) FROM stock_count)"), ==, units->len - 1);

  g_autofree char *next = desk_code_command_code (DESK_COMMAND_NEXT);
  g_assert_true (desk_scan_give (scan, next));
  wait_for_store (fixture);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM stock_box WHERE count_id = (SELECT max (id) FROM stock_count)"), ==, 1);
  g_assert_true (gtk_widget_activate_action (counts, "counts.end", NULL));
  g_assert_nonnull (find_dialog ());
  g_assert_true (submit (fixture, find_dialog ()));
  app_settle (100);

  g_autoptr (GPtrArray) differences = desk_count_differences (reader (fixture), count, NULL);
  g_assert_cmpuint (differences->len, ==, 1);
  const DeskCountDifference *missing = differences->pdata[0];
  g_assert_cmpint (missing->kind, ==, DESK_DIFFERENCE_MISSING);
  GtkWidget *button = app_find (counts, g_type_from_name ("DeskCountCompare"), 0);
  g_assert_nonnull (button);
  for (int i = 0; i < 100 && !gtk_widget_get_mapped (button); i++)
    app_settle (50);
  g_assert_true (gtk_widget_get_mapped (button));
  g_assert_true (gtk_widget_activate_action (button, "counts.resolve-of", "x", missing->id));
  app_settle (50);
  dialog = find_dialog ();
  g_assert_false (submit (fixture, dialog));
  desk_cells_dialog_set_choice (dialog, "resolution", DESK_RESOLVE_FOUND + 1);
  desk_cells_dialog_set_text (dialog, "cause", "frosted over");
  desk_cells_dialog_set_choice (dialog, "witness", somebody_else (fixture));
  g_assert_false (submit (fixture, dialog)); /* it was not scanned */
  desk_cells_dialog_set_text (dialog, "scanned", missing->number);
  g_assert_true (submit (fixture, dialog));
  for (int i = 0; i < 100 && !find_dialog (); i++)
    {
      app_settle (50);
      gtk_widget_activate_action (counts, "counts.close", NULL);
    }
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  desk_cells_dialog_set_choice (dialog, "witness", somebody_else (fixture));
  g_assert_true (submit (fixture, dialog));
  g_autoptr (DeskCount) closed = desk_count_load (reader (fixture), count, NULL);
  g_assert_cmpint (closed->state, ==, DESK_COUNT_CLOSED);
  g_assert_cmpint (value (fixture, "SELECT count (*) FROM hold WHERE kind = 'count' AND closed_at IS NULL"), ==, 0);
}

int
main (int argc, char **argv)
{
  app_init (&argc, &argv);
  g_test_add ("/tanks/checks", AppFixture, NULL, app_fixture_set_up, test_checks, app_fixture_tear_down);
  g_test_add ("/tanks/down", AppFixture, NULL, app_fixture_set_up, test_down, app_fixture_tear_down);
  g_test_add ("/tanks/count", AppFixture, NULL, app_fixture_set_up, test_count, app_fixture_tear_down);
  return g_test_run ();
}
