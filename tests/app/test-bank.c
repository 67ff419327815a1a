/* The bank in the window: containers made, changed, moved and retired, places blocked, many units put away at once. */
#include "app-fixture.h"
#include "desk-cells-bank.h"
#include "desk-cells-dialog.h"
#include "desk-cells-map.h"
#include "desk-cells-moves.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-shipments.h"

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

static GtkWidget *
bank (AppFixture *fixture)
{
  return app_find (GTK_WIDGET (cells (fixture)), DESK_TYPE_CELLS_BANK, 0);
}

static DeskCellsMap *
map_of (AppFixture *fixture)
{
  return DESK_CELLS_MAP (app_find (GTK_WIDGET (cells (fixture)), DESK_TYPE_CELLS_MAP, 0));
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
  app_settle (40);
}

static gboolean
submit (AppFixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (find_dialog ()), "dialog.submit", NULL);
  wait_for_store (fixture);
  return find_dialog () == NULL;
}

static void
cancel (void)
{
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));
  app_settle (20);
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

/* The first container of a kind with at least so many units in it, and places left or none needed. */
static gint64
find_container (AppFixture *fixture, gint64 parent_id, const char *kind, int used)
{
  g_autoptr (GPtrArray) children = desk_container_children (reader (fixture), parent_id, NULL);

  for (guint i = 0; i < children->len; i++)
    {
      const DeskContainer *child = children->pdata[i];
      gint64 inside;

      if (strcmp (child->kind, kind) == 0 && (used == 0 ? child->used == 0 : child->used >= used))
        return child->id;
      if ((inside = find_container (fixture, child->id, kind, used)) != 0)
        return inside;
    }
  return 0;
}

static void
show (AppFixture *fixture, gint64 container_id)
{
  desk_window_show (fixture->window, DESK_KIND_CONTAINER, container_id);
  app_settle (50);
}

static DeskCellsDialog *
begin (AppFixture *fixture, const char *action)
{
  gtk_widget_activate_action (bank (fixture), action, NULL);
  app_settle (50);
  return find_dialog ();
}

static DeskContainer *
load (AppFixture *fixture, gint64 id)
{
  DeskContainer *container = desk_container_load (reader (fixture), id, NULL);

  g_assert_nonnull (container);
  return container;
}

/* A round tank, changed, and retired: every field comes back as it was said. */
static void
test_container (AppFixture *fixture, gconstpointer data)
{
  gint64 room = find_container (fixture, 0, "room", 1);

  show (fixture, room);
  DeskCellsDialog *dialog = begin (fixture, "bank.add");
  desk_cells_dialog_set_text (dialog, "name", "Tank <R>");
  desk_cells_dialog_set_choice (dialog, "kind", 2);   /* tank */
  desk_cells_dialog_set_choice (dialog, "layout", 3); /* round */
  g_assert_true (gtk_widget_get_visible (desk_cells_dialog_get_row (dialog, "levels")));
  g_assert_false (gtk_widget_get_visible (desk_cells_dialog_get_row (dialog, "row_scheme")));
  g_assert_false (submit (fixture)); /* no sectors */
  desk_cells_dialog_set_text (dialog, "rows", "６");
  desk_cells_dialog_set_text (dialog, "cols", "3");
  desk_cells_dialog_set_text (dialog, "levels", "4");
  desk_cells_dialog_set_text (dialog, "barcode", "TANK-R");
  g_assert_true (submit (fixture));
  gint64 id = desk_container_find (reader (fixture), "TANK-R", NULL);
  g_autoptr (DeskContainer) tank = load (fixture, id);
  g_assert_cmpstr (tank->layout, ==, "sector");
  g_assert_cmpint (tank->rows, ==, 6);
  g_assert_cmpint (tank->cols, ==, 12);
  g_assert_cmpint (tank->levels, ==, 4);

  show (fixture, id);
  DeskCellsMap *map = map_of (fixture);
  desk_cells_map_set_cursor (map, 2, 9);
  g_test_message ("%s", desk_cells_map_get_sentence (map));
  g_assert_nonnull (strstr (desk_cells_map_get_sentence (map), "S2-R3-L1"));

  dialog = begin (fixture, "bank.edit");
  g_assert_cmpstr (desk_cells_dialog_get_text (dialog, "cols"), ==, "3");
  desk_cells_dialog_set_choice (dialog, "in_service", 0);
  desk_cells_dialog_set_choice (dialog, "cold_class", 4);
  g_assert_true (submit (fixture));
  g_autoptr (DeskContainer) changed = load (fixture, id);
  g_assert_false (changed->usable);
  g_assert_cmpstr (changed->cold_class, ==, "vapour");
  g_assert_cmpint (changed->cols, ==, 12);

  dialog = begin (fixture, "bank.retire");
  g_assert_false (submit (fixture)); /* no reason */
  desk_cells_dialog_set_text (dialog, "reason", "sold");
  g_assert_true (submit (fixture));
  g_autoptr (DeskContainer) retired = load (fixture, id);
  g_assert_true (retired->retired);
}

static void
test_retire_full (AppFixture *fixture, gconstpointer data)
{
  gint64 box = find_container (fixture, 0, "box", 5);

  show (fixture, box);
  DeskCellsDialog *dialog = begin (fixture, "bank.retire");
  desk_cells_dialog_set_text (dialog, "reason", "why not");
  g_assert_false (submit (fixture));
  cancel ();
  g_autoptr (DeskContainer) still = load (fixture, box);
  g_assert_false (still->retired);
}

static void
test_block (AppFixture *fixture, gconstpointer data)
{
  gint64 box = find_container (fixture, 0, "box", 5);
  DeskCellsMap *map;
  int row, col, other_row, other_col;

  show (fixture, box);
  map = map_of (fixture);
  g_assert_true (desk_container_next_free (reader (fixture), box, &row, &col, NULL));
  desk_cells_map_set_cursor (map, row, col);
  DeskCellsDialog *dialog = begin (fixture, "bank.block");
  g_assert_false (submit (fixture)); /* no reason */
  desk_cells_dialog_set_text (dialog, "reason", "iced up");
  g_assert_true (submit (fixture));
  while (!desk_cells_map_get_block (map, row, col))
    app_settle (20);
  desk_cells_map_set_cursor (map, row, col);
  g_assert_nonnull (strstr (desk_cells_map_get_sentence (map), "iced up"));
  g_assert_true (desk_container_next_free (reader (fixture), box, &other_row, &other_col, NULL));
  g_assert_true (other_row != row || other_col != col);
  begin (fixture, "bank.block"); /* the same key frees it */
  g_assert_true (submit (fixture));
  g_assert_true (desk_container_next_free (reader (fixture), box, &other_row, &other_col, NULL));
  g_assert_true (other_row == row && other_col == col);
}

/* A box with doses goes to another rack by hand: by two people only, its doses keep their places, and back by undo. */
static void
test_move (AppFixture *fixture, gconstpointer data)
{
  gint64 box = find_container (fixture, 0, "box", 5), rack = find_container (fixture, 0, "rack", 0);
  g_autoptr (DeskContainer) before = load (fixture, box);
  g_autoptr (GPtrArray) units = desk_unit_in_container (reader (fixture), box, NULL);

  show (fixture, before->parent_id);
  DeskCellsMap *map = map_of (fixture);
  for (int col = 1; desk_cells_map_get_container (map, 1, col); col++)
    if (desk_cells_map_get_container (map, 1, col)->id == box)
      desk_cells_map_set_cursor (map, 1, col);
  gtk_widget_activate_action (GTK_WIDGET (cells (fixture)), "cells.cut", NULL);
  show (fixture, rack);
  gtk_widget_activate_action (GTK_WIDGET (cells (fixture)), "cells.paste", NULL);
  app_settle (50);
  DeskCellsDialog *dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_cmpint (desk_cells_dialog_get_choice (dialog, "to"), !=, before->parent_id);
  desk_cells_dialog_set_choice (dialog, "to", rack);
  g_assert_false (submit (fixture)); /* alone */
  desk_cells_dialog_set_choice (dialog, "witness", somebody_else (fixture));
  desk_cells_dialog_set_text (dialog, "seconds", "forty");
  g_assert_false (submit (fixture));
  desk_cells_dialog_set_text (dialog, "seconds", "40");
  g_assert_true (submit (fixture));
  g_autoptr (DeskContainer) after = load (fixture, box);
  g_autoptr (GPtrArray) same = desk_unit_in_container (reader (fixture), box, NULL);
  g_assert_cmpint (after->parent_id, ==, rack);
  g_assert_cmpuint (same->len, ==, units->len);
  g_assert_cmpint (((DeskUnit *) same->pdata[0])->col, ==, ((DeskUnit *) units->pdata[0])->col);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  wait_for_store (fixture);
  g_autoptr (DeskContainer) back = load (fixture, box);
  g_assert_cmpint (back->parent_id, ==, before->parent_id);
  g_assert_cmpint (back->row, ==, before->row);
}

static void
read_number (AppFixture *fixture, DeskCellsDialog *dialog, const char *number)
{
  desk_cells_dialog_set_text (dialog, "unit", number);
  g_signal_emit_by_name (desk_cells_dialog_get_row (dialog, "unit"), "entry-activated");
  app_settle (20);
}

/* Two doses scanned into an empty box: the first place each, together, and back together. */
static void
test_put_away (AppFixture *fixture, gconstpointer data)
{
  gint64 from = find_container (fixture, 0, "box", 5), to = find_container (fixture, 0, "box", 0);
  g_autoptr (GPtrArray) units = desk_unit_in_container (reader (fixture), from, NULL);
  const DeskUnit *first = units->pdata[0], *second = units->pdata[1];

  show (fixture, to);
  DeskCellsDialog *dialog = begin (fixture, "bank.put-away");
  read_number (fixture, dialog, "nonsense");
  g_assert_cmpstr (desk_cells_dialog_get_text (dialog, "unit"), ==, "nonsense");
  read_number (fixture, dialog, first->number);
  g_assert_cmpstr (desk_cells_dialog_get_text (dialog, "unit"), ==, "");
  read_number (fixture, dialog, first->number); /* twice is once */
  g_assert_cmpstr (desk_cells_dialog_get_text (dialog, "unit"), ==, first->number);
  read_number (fixture, dialog, second->number);
  desk_cells_dialog_set_choice (dialog, "witness", somebody_else (fixture));
  g_assert_true (submit (fixture));
  g_autoptr (GPtrArray) there = desk_unit_in_container (reader (fixture), to, NULL);
  g_assert_cmpuint (there->len, ==, 2);
  g_assert_cmpint (((DeskUnit *) there->pdata[0])->id, ==, first->id);
  g_assert_cmpint (((DeskUnit *) there->pdata[1])->id, ==, second->id);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  wait_for_store (fixture);
  g_autoptr (GPtrArray) left = desk_unit_in_container (reader (fixture), to, NULL);
  g_autoptr (GPtrArray) back = desk_unit_in_container (reader (fixture), from, NULL);
  g_assert_cmpuint (left->len, ==, 0);
  g_assert_cmpuint (back->len, ==, units->len);
}

/* A command as Ctrl+K runs it. */
static DeskCellsDialog *
run (AppFixture *fixture, const char *action)
{
  DeskCellsDialog *dialog = NULL;

  /* The page may still read what the command works on; a slow machine takes its time. */
  for (guint i = 0; i < 200 && !dialog; i++)
    {
      desk_window_run (fixture->window, "cells", action, NULL);
      app_settle (50);
      dialog = find_dialog ();
    }
  g_assert_nonnull (dialog);
  return dialog;
}

/* Two doses are packed by two people, and two people look at them when they come: an opened seal holds them. */
static void
test_shipment (AppFixture *fixture, gconstpointer data)
{
  gint64 from = find_container (fixture, 0, "box", 5);
  g_autoptr (GPtrArray) units = desk_unit_in_container (reader (fixture), from, NULL);
  const DeskUnit *first = units->pdata[0], *second = units->pdata[1];
  g_autoptr (GError) error = NULL;

  desk_window_run (fixture->window, "cells", "cells.way", "shipments");
  app_settle (50);
  DeskCellsDialog *dialog = run (fixture, "shipments.new");
  read_number (fixture, dialog, first->number);
  read_number (fixture, dialog, second->number);
  desk_cells_dialog_set_choice (dialog, "witness", somebody_else (fixture));
  g_assert_false (submit (fixture)); /* nobody was named who sends them */
  desk_cells_dialog_set_text (dialog, "party", "Cell factory");
  desk_cells_dialog_set_text (dialog, "high", "-210");
  g_assert_false (submit (fixture)); /* below the coldest */
  desk_cells_dialog_set_text (dialog, "high", "-150");
  g_assert_true (submit (fixture));

  g_autoptr (GPtrArray) way = desk_shipment_under_way (reader (fixture), &error);
  g_assert_cmpuint (way->len, ==, 1);
  g_assert_cmpint (((DeskShipment *) way->pdata[0])->n_units, ==, 2);

  dialog = run (fixture, "shipments.receive");
  desk_cells_dialog_set_choice (dialog, "witness", somebody_else (fixture));
  g_assert_false (submit (fixture)); /* the seal was not looked at */
  desk_cells_dialog_set_choice (dialog, "seal", 2);
  desk_cells_dialog_set_choice (dialog, "order", 1);
  g_assert_false (submit (fixture)); /* nor the logger */
  desk_cells_dialog_set_text (dialog, "low", "-195.5");
  desk_cells_dialog_set_text (dialog, "high", "-181");
  g_assert_true (submit (fixture));
  g_autoptr (DeskUnit) came = desk_unit_load (reader (fixture), first->id, &error);
  g_assert_cmpstr (came->life, ==, "at_clinic");
  g_assert_cmpint (came->holds, >, 0);
  g_autoptr (GPtrArray) nothing = desk_shipment_under_way (reader (fixture), &error);
  g_assert_cmpuint (nothing->len, ==, 0);
}

/* A tank shows its racks, a rack its boxes; Enter goes down. */
static void
test_tiles (AppFixture *fixture, gconstpointer data)
{
  gint64 tank = find_container (fixture, 0, "tank", 5);

  show (fixture, tank);
  DeskCellsMap *map = map_of (fixture);
  const DeskContainer *rack = desk_cells_map_get_container (map, 1, 1);
  g_assert_nonnull (rack);
  g_assert_cmpstr (rack->kind, ==, "rack");
  gint64 id = rack->id;
  g_assert_false (desk_cells_map_is_free (map, 1, 1));
  g_assert_nonnull (strstr (desk_cells_map_get_sentence (map), rack->name));
  g_signal_emit_by_name (map, "opened");
  app_settle (50);
  const DeskContainer *box = desk_cells_map_get_container (map, 1, 1);
  g_assert_nonnull (box);
  g_assert_cmpint (box->parent_id, ==, id);
}

int
main (int argc, char *argv[])
{
  app_init (&argc, &argv);
#define ADD(path, test) g_test_add ("/bank/" path, AppFixture, NULL, app_fixture_set_up, test, app_fixture_tear_down)
  ADD ("shipment", test_shipment);
  ADD ("container", test_container);
  ADD ("retire-full", test_retire_full);
  ADD ("block", test_block);
  ADD ("move", test_move);
  ADD ("put-away", test_put_away);
  ADD ("tiles", test_tiles);
  return g_test_run ();
}
