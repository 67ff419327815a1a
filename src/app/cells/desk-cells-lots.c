#include "desk-cells-lots.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-lot.h"
#include "desk-cells.h"
#include "desk-list-model.h"
#include "desk-one-stop.h"
#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-words.h"

#define MAX_PATIENTS 200

/* A row of the list, read only for what is in view. */
typedef struct
{
  DeskLot *lot;
  char *patient; /* name and chart */
  char *results;
} Row;

struct _DeskCellsLots
{
  DeskCellsWay parent_instance;

  GtkWidget *head;
  GtkDropDown *which;
  GtkStack *stack;
  GtkColumnView *list;
  DeskCellsLot *lot;

  DeskPage *page; /* not owned: the list is inside it */
  DeskListModel *model;
  GtkSingleSelection *selection;
  char *search;
};

G_DEFINE_FINAL_TYPE (DeskCellsLots, desk_cells_lots, DESK_TYPE_CELLS_WAY)

/* ── rows ────────────────────────────────────────────────────────────────────────────────────── */

static void
row_free (gpointer data)
{
  Row *row = data;

  if (!row)
    return;
  desk_lot_free (row->lot);
  g_free (row->patient);
  g_free (row->results);
  g_free (row);
}

/* How many of the tests that a release needs are final, what failed, and what nobody has read a second time. */
static char *
results_words (DeskDb *db, gint64 lot_id)
{
  g_autoptr (GPtrArray) results = desk_lot_results (db, lot_id, NULL);
  g_autoptr (GPtrArray) tests = results ? desk_lot_tests (db, NULL) : NULL;
  guint needed = 0, counts[DESK_TEST_FAILED + 1] = { 0 };

  for (guint i = 0; tests && i < tests->len; i++)
    {
      const DeskLotTest *test = tests->pdata[i];
      DeskTestState state = desk_lot_test_state (test, results, 0);

      needed += test->required;
      if (test->required || state == DESK_TEST_FAILED)
        counts[state]++;
    }
  if (counts[DESK_TEST_FAILED])
    return g_strdup_printf (ngettext ("✕ %u outside its limit", "✕ %u outside their limits", counts[DESK_TEST_FAILED]),
                            counts[DESK_TEST_FAILED]);
  if (counts[DESK_TEST_PASSED] == needed)
    return g_strdup (_("✓ all final"));
  if (counts[DESK_TEST_PASSED] + counts[DESK_TEST_UNCHECKED] == needed)
    return g_strdup_printf (_("all final, %u to check"), counts[DESK_TEST_UNCHECKED]);
  return g_strdup_printf (_("%u of %u final"), counts[DESK_TEST_PASSED] + counts[DESK_TEST_UNCHECKED], needed);
}

static Row *
read_row (DeskDb *db, gint64 id)
{
  g_autoptr (GError) error = NULL;
  DeskLot *lot = desk_lot_load (db, id, &error);
  g_autoptr (DeskPatient) patient = lot ? desk_patient_load (db, lot->patient_id, NULL) : NULL;
  g_autofree char *name = patient ? desk_patient_name (patient) : NULL;

  if (!lot)
    return NULL;
  Row *row = g_new0 (Row, 1);
  row->lot = lot;
  row->patient = patient ? g_strdup_printf ("%s · %s", name, patient->chart) : g_strdup ("");
  row->results = results_words (db, id);
  return row;
}

static GPtrArray *
read_rows (const gint64 *ids, guint n_ids, gpointer user_data)
{
  DeskCellsLots *self = user_data;
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  for (guint i = 0; i < n_ids; i++)
    g_ptr_array_add (rows, read_row (desk_page_get_reader (self->page), ids[i]));
  return rows;
}

/* ── columns ─────────────────────────────────────────────────────────────────────────────────── */

enum
{
  NUMBER,
  PATIENT,
  STARTED,
  EXPECTED,
  STATUS,
  RESULTS,
  N_COLUMNS
};

static char *
cell_words (const Row *row, int column)
{
  switch (column)
    {
    case NUMBER:
      return g_strdup (row->lot->number);
    case PATIENT:
      return g_strdup (row->patient);
    case STARTED:
      return desk_words_iso_day (row->lot->started_on);
    case EXPECTED:
      return desk_words_iso_day (row->lot->expected_on);
    case STATUS:
      return g_strdup (desk_words ("lot-status", row->lot->status));
    default:
      return g_strdup (row->results);
    }
}

static void
show_cell (GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  const Row *row = desk_list_item_get_row (gtk_list_item_get_item (item));
  int column = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (label), "column"));
  g_autofree char *text = row ? cell_words (row, column) : g_strdup ("");

  gtk_inscription_set_text (GTK_INSCRIPTION (label), text);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (label), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (label), 1);
  g_object_set_data (G_OBJECT (label), "column", column);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  g_signal_connect_swapped (gtk_list_item_get_item (item), "changed", G_CALLBACK (show_cell), item);
  show_cell (item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_cell, item);
}

static void
add_columns (DeskCellsLots *self)
{
  const struct
  {
    const char *title;
    int width;
  } columns[N_COLUMNS] = {
    [NUMBER] = { _("Lot"), 100 },     [PATIENT] = { _("Patient"), 0 },    [STARTED] = { _("Started"), 150 },
    [EXPECTED] = { _("Expected"), 150 }, [STATUS] = { _("Status"), 100 }, [RESULTS] = { _("Results"), 140 },
  };

  for (int i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GINT_TO_POINTER (i));
      g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), GINT_TO_POINTER (i));
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (columns[i].title, factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      if (columns[i].width)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      else
        gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_append_column (self->list, column);
    }
}

/* ── which lots ──────────────────────────────────────────────────────────────────────────────── */

static void
add_lots (GArray *ids, GPtrArray *lots, const char *number)
{
  g_autofree char *prefix = number ? g_utf8_strup (number, -1) : NULL;

  for (guint i = 0; lots && i < lots->len; i++)
    {
      const DeskLot *lot = lots->pdata[i];

      if (!prefix || g_str_has_prefix (lot->number, prefix))
        g_array_append_val (ids, lot->id);
    }
}

/* The lots of the chosen kind; while somebody searches all of that number, or of the patients found by it. */
static GArray *
find_lots (DeskCellsLots *self, GError **error)
{
  DeskDb *db = desk_page_get_reader (self->page);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!self->search || *self->search == '\0')
    return desk_lot_ids (db, (DeskLotsWhich) gtk_drop_down_get_selected (self->which), error);
  g_autoptr (GPtrArray) all = desk_lot_list (db, 0, error);
  if (!all)
    return NULL;
  add_lots (ids, all, self->search);
  if (ids->len > 0)
    return g_steal_pointer (&ids);

  g_autoptr (GArray) patients = desk_patient_search (db, self->search, MAX_PATIENTS, error);
  for (guint i = 0; patients && i < patients->len; i++)
    {
      g_autoptr (GPtrArray) lots = desk_lot_list (db, g_array_index (patients, gint64, i), error);

      if (!lots)
        return NULL;
      add_lots (ids, lots, NULL);
    }
  return patients ? g_steal_pointer (&ids) : NULL;
}

static void
show_list (DeskCellsLots *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->stack);
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0;
  gboolean narrowed = (self->search && *self->search) || gtk_drop_down_get_selected (self->which) != DESK_LOTS_ALL;

  if (g_strcmp0 (shown, "lot") != 0)
    gtk_stack_set_visible_child_name (self->stack, !empty ? "list" : narrowed ? "nothing" : "empty");
}

/* From the lot back to the list; FALSE when the list is shown already. */
static gboolean
desk_cells_lots_back (DeskCellsWay *way)
{
  DeskCellsLots *self = DESK_CELLS_LOTS (way);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "lot") != 0)
    return FALSE;
  gtk_stack_set_visible_child_name (self->stack, "list");
  show_list (self);
  return TRUE;
}

static void
desk_cells_lots_refresh (DeskCellsWay *way)
{
  DeskCellsLots *self = DESK_CELLS_LOTS (way);
  g_autoptr (GError) error = NULL;
  GArray *ids = find_lots (self, &error);

  if (!ids)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  desk_list_model_set_ids (self->model, ids);
  show_list (self);
  desk_cells_lot_refresh (self->lot);
}

/* Keeps what is searched; the next refresh lists the lots of that number, patient or chart, or all. */
static void
desk_cells_lots_search (DeskCellsWay *way, const char *text)
{
  DeskCellsLots *self = DESK_CELLS_LOTS (way);

  g_free (self->search);
  self->search = g_strstrip (g_strdup (text));
  desk_cells_lots_back (way);
}

static gboolean
desk_cells_lots_show (DeskCellsWay *way, DeskKind kind, gint64 id)
{
  DeskCellsLots *self = DESK_CELLS_LOTS (way);
  guint position;

  if (kind != DESK_KIND_LOT)
    return FALSE;
  desk_cells_lot_show (self->lot, id);
  gtk_stack_set_visible_child_name (self->stack, "lot");
  if (desk_list_model_find (self->model, id, &position))
    gtk_single_selection_set_selected (self->selection, position);
  return TRUE;
}

static void
desk_cells_lots_enter (DeskCellsWay *way)
{
  gtk_widget_child_focus (gtk_stack_get_visible_child (DESK_CELLS_LOTS (way)->stack), GTK_DIR_TAB_FORWARD);
}

static void
desk_cells_lots_load (DeskCellsWay *way)
{
  DeskCellsLots *self = DESK_CELLS_LOTS (way);

  self->page = desk_cells_way_get_page (way);
  desk_cells_lot_set_page (self->lot, self->page);
}

static void
on_which (DeskCellsLots *self)
{
  if (self->page)
    desk_cells_lots_refresh (DESK_CELLS_WAY (self));
}

/* Which lots are listed is asked above the list, and not above one of them. */
static void
on_shown (DeskCellsLots *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  gtk_widget_set_visible (self->head, g_strcmp0 (shown, "lot") != 0 && g_strcmp0 (shown, "empty") != 0);
}

static void
on_activate (DeskCellsLots *self, guint position)
{
  desk_cells_lots_show (DESK_CELLS_WAY (self), DESK_KIND_LOT, desk_list_model_get_id (self->model, position));
  desk_cells_lots_enter (DESK_CELLS_WAY (self));
}

static void
on_back (DeskCellsLots *self)
{
  desk_cells_lots_back (DESK_CELLS_WAY (self));
  desk_cells_lots_enter (DESK_CELLS_WAY (self));
}

static void
on_unit (DeskCellsLots *self, gint64 unit_id)
{
  desk_cells_way_choose (DESK_CELLS_WAY (self), unit_id, TRUE);
}

static void
desk_cells_lots_dispose (GObject *object)
{
  DeskCellsLots *self = DESK_CELLS_LOTS (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_pointer (&self->search, g_free);
  G_OBJECT_CLASS (desk_cells_lots_parent_class)->dispose (object);
}

/* From the table of commands: of the lot that is shown. */
static void
action_on_lot (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsLots *self = DESK_CELLS_LOTS (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "lot") == 0)
    gtk_widget_activate_action (GTK_WIDGET (self->lot), strcmp (name, "lots.labels") == 0 ? "lot.labels" : "lot.export", NULL);
  else
    desk_toast (widget, _("Choose a lot first."));
}

static void
desk_cells_lots_class_init (DeskCellsLotsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DeskCellsWayClass *way_class = DESK_CELLS_WAY_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_cells_lots_dispose;
  way_class->load = desk_cells_lots_load;
  way_class->refresh = desk_cells_lots_refresh;
  way_class->enter = desk_cells_lots_enter;
  way_class->back = desk_cells_lots_back;
  way_class->search = desk_cells_lots_search;
  way_class->show = desk_cells_lots_show;
  g_type_ensure (DESK_TYPE_CELLS_LOT);
  g_type_ensure (DESK_TYPE_ONE_STOP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-cells-lots.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLots, head);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLots, which);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLots, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLots, list);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLots, lot);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_unit);
  gtk_widget_class_install_action (widget_class, "lots.export", NULL, action_on_lot);
  gtk_widget_class_install_action (widget_class, "lots.labels", NULL, action_on_lot);
  gtk_widget_class_bind_template_callback (widget_class, on_which);
  gtk_widget_class_bind_template_callback (widget_class, on_shown);
}

static void
desk_cells_lots_init (DeskCellsLots *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->model = desk_list_model_new (read_rows, self);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_column_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  add_columns (self);
}
