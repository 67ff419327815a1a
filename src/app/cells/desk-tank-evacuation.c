#include "desk-tank-evacuation.h"

#include <glib/gi18n.h>

#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-evacuation.h"
#include "desk-one-stop.h"
#include "desk-scan.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskTankEvacuation
{
  GtkBox parent_instance;

  DeskPage *page; /* not owned: the view is inside it */
  gint64 tank_id;
  GPtrArray *list; /* of DeskEvacuee */
  GArray *people;  /* of gint64, behind the second person's list */

  GtkLabel *title, *left;
  GtkDropDown *second;
  GtkEntry *scan;
  GtkButton *up;
  GtkColumnView *view;
  GtkStringList *rows; /* one string for each row; what it shows is in the list */
};

G_DEFINE_FINAL_TYPE (DeskTankEvacuation, desk_tank_evacuation, GTK_TYPE_BOX)

typedef struct
{
  DeskUnitAct act;
  char *scanned, *words;
} Move;

static void
move_free (gpointer data)
{
  Move *move = data;

  g_free (move->scanned);
  g_free (move->words);
  g_free (move);
}

static gboolean
work_move (DeskDb *db, gpointer data, GError **error)
{
  return desk_unit_act (db, &((Move *) data)->act, error);
}

static void
on_moved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskTankEvacuation) self = user_data;
  g_autoptr (GError) error = NULL;
  const Move *move = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!move)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  desk_toast (GTK_WIDGET (self), move->words);
  gtk_editable_set_text (GTK_EDITABLE (self->scan), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->scan));
}

/* Moves the unit to the place the list has for it, if a second person is there. */
static void
move_unit (DeskTankEvacuation *self, const DeskEvacuee *evacuee, const char *scanned)
{
  guint chosen = gtk_drop_down_get_selected (self->second);
  gint64 witness = chosen < self->people->len ? g_array_index (self->people, gint64, chosen) : 0;

  if (witness == 0)
    {
      desk_toast (GTK_WIDGET (self), _("Please choose the second person first."));
      gtk_widget_grab_focus (GTK_WIDGET (self->second));
      return;
    }
  if (evacuee->to_container == 0)
    {
      desk_toast (GTK_WIDGET (self), _("There is no free place for this unit. Make room elsewhere first."));
      return;
    }
  Move *move = g_new0 (Move, 1);
  move->scanned = g_strdup (scanned);
  move->words = g_strdup_printf ("%s → %s %s", evacuee->number, evacuee->to_place, evacuee->to_position);
  move->act = (DeskUnitAct){ .unit_id = evacuee->unit_id, .step = DESK_STEP_MOVE, .witness = witness, .scanned = move->scanned,
                             .performer = desk_session_get_actor (desk_page_get_session (self->page)),
                             .container_id = evacuee->to_container, .row = evacuee->to_row, .col = evacuee->to_col };
  desk_session_run_async (desk_page_get_session (self->page), work_move, move, move_free, NULL, on_moved, g_object_ref (self));
}

/* What is scanned is a unit of the list, standing in its new place. */
static gboolean
on_scan (GtkWidget *widget, const DeskScan *scan, gpointer user_data)
{
  DeskTankEvacuation *self = DESK_TANK_EVACUATION (widget);

  if (scan->found.problem)
    {
      desk_scan_refuse (widget, desk_scan_words (scan->found.problem));
      return TRUE;
    }
  if (scan->found.kind == DESK_CODE_CONTAINER || scan->found.kind == DESK_CODE_PLACE)
    {
      desk_scan_refuse (widget, _("Scan the unit, when it stands in its new place."));
      return TRUE;
    }
  if (scan->found.kind != DESK_CODE_UNIT)
    return FALSE;
  for (guint i = 0; self->list && i < self->list->len; i++)
    {
      const DeskEvacuee *evacuee = self->list->pdata[i];

      if (evacuee->unit_id == scan->found.id)
        {
          move_unit (self, evacuee, scan->code->read);
          return TRUE;
        }
    }
  desk_scan_refuse (widget, _("This unit does not stand in this tank."));
  return TRUE;
}

/* Typed by hand: as if it had been scanned. It stays to be put right until the unit is moved. */
static void
on_typed (DeskTankEvacuation *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->scan)));

  if (*text == '\0')
    return;
  gtk_editable_select_region (GTK_EDITABLE (self->scan), 0, -1);
  desk_scan_give (GTK_WIDGET (self), text);
}

static void
on_activate (DeskTankEvacuation *self, guint position)
{
  const DeskEvacuee *evacuee = self->list->pdata[position];

  gtk_editable_set_text (GTK_EDITABLE (self->scan), evacuee->number);
  gtk_widget_grab_focus (GTK_WIDGET (self->scan));
}

/* ── columns ── */

enum
{
  FROM,
  NUMBER,
  PATIENT,
  TO,
  N_COLUMNS
};

static char *
cell_words (const DeskEvacuee *evacuee, int column)
{
  switch (column)
    {
    case FROM:
      return g_strdup_printf ("%s · %s", evacuee->place, evacuee->position);
    case NUMBER:
      return g_strdup (evacuee->number);
    case PATIENT:
      return g_strdup (evacuee->patient);
    default:
      return evacuee->to_container ? g_strdup_printf ("%s · %s", evacuee->to_place, evacuee->to_position) : g_strdup (_("⚠ no free place"));
    }
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
on_bind (DeskTankEvacuation *self, GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  guint position = gtk_list_item_get_position (item);
  g_autofree char *text = self->list && position < self->list->len
                              ? cell_words (self->list->pdata[position], GPOINTER_TO_INT (g_object_get_data (G_OBJECT (label), "column")))
                              : g_strdup ("");

  gtk_inscription_set_text (GTK_INSCRIPTION (label), text);
}

static void
add_columns (DeskTankEvacuation *self)
{
  const char *titles[N_COLUMNS] = { [FROM] = _("Take From"), [NUMBER] = _("Unit Number"), [PATIENT] = _("Patient"), [TO] = _("Put Into") };
  static const int widths[N_COLUMNS] = { [FROM] = 260, [NUMBER] = 170, [PATIENT] = 0, [TO] = 480 };

  for (int i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GINT_TO_POINTER (i));
      g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (titles[i], factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      if (widths[i])
        gtk_column_view_column_set_fixed_width (column, widths[i]);
      else
        gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_append_column (self->view, column);
    }
}

/* ── showing ── */

static void
show_people (DeskTankEvacuation *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) staff = desk_staff_list (desk_page_get_reader (self->page), TRUE, &error);
  gint64 actor = desk_session_get_actor (desk_page_get_session (self->page)), nobody = 0;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("Second person…"));
  g_array_set_size (self->people, 0);
  g_array_append_val (self->people, nobody);
  for (guint i = 0; staff && i < staff->len; i++)
    {
      const DeskStaff *person = staff->pdata[i];

      if (person->id == actor)
        continue;
      gtk_string_list_append (names, desk_words_pick (person->name, person->name_ja));
      g_array_append_val (self->people, person->id);
    }
  gtk_drop_down_set_model (self->second, G_LIST_MODEL (names));
}

static void
show_rows (DeskTankEvacuation *self)
{
  guint had = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->list->len; i++)
    g_strv_builder_add (builder, ((DeskEvacuee *) self->list->pdata[i])->number);
  g_auto (GStrv) numbers = g_strv_builder_end (builder);
  gtk_string_list_splice (self->rows, 0, had, (const char *const *) numbers);
}

/* Shows the list of a tank that is down, read anew; FALSE when it is not down. */
gboolean
desk_tank_evacuation_show (DeskTankEvacuation *self, gint64 tank_id)
{
  g_autoptr (GError) error = NULL;
  DeskDb *db = desk_page_get_reader (self->page);
  g_autoptr (DeskTank) tank = desk_tank_load (db, tank_id, g_get_real_time () / G_USEC_PER_SEC, &error);
  GPtrArray *list = tank && tank->down ? desk_tank_evacuation (db, tank_id, &error) : NULL;

  if (!list)
    {
      if (error)
        g_warning ("cannot read the list of a tank: %s", error->message);
      return FALSE;
    }
  if (self->tank_id != tank_id)
    show_people (self);
  self->tank_id = tank_id;
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = list;
  show_rows (self);
  g_autofree char *title = g_strdup_printf (_("%s is down: %s"), tank->name, tank->down->reason);
  g_autofree char *left = list->len ? g_strdup_printf (ngettext ("%u unit left", "%u units left", list->len), list->len)
                                    : g_strdup (_("✓ It is empty"));
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->left, left);
  gtk_button_set_label (self->up, list->len ? _("_Good Again…") : _("_It Is Empty…"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->up), "x", tank_id);
  return TRUE;
}

gint64
desk_tank_evacuation_get_tank (DeskTankEvacuation *self)
{
  return self->tank_id;
}

/* Puts the focus where one scans, or on the second person who is still to be chosen. */
void
desk_tank_evacuation_enter (DeskTankEvacuation *self)
{
  gtk_widget_grab_focus (gtk_drop_down_get_selected (self->second) == 0 ? GTK_WIDGET (self->second) : GTK_WIDGET (self->scan));
}

static void
desk_tank_evacuation_finalize (GObject *object)
{
  DeskTankEvacuation *self = DESK_TANK_EVACUATION (object);

  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_array_unref (self->people);
  G_OBJECT_CLASS (desk_tank_evacuation_parent_class)->finalize (object);
}

static void
desk_tank_evacuation_class_init (DeskTankEvacuationClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_tank_evacuation_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-tank-evacuation.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskTankEvacuation, title);
  gtk_widget_class_bind_template_child (widget_class, DeskTankEvacuation, left);
  gtk_widget_class_bind_template_child (widget_class, DeskTankEvacuation, second);
  gtk_widget_class_bind_template_child (widget_class, DeskTankEvacuation, scan);
  gtk_widget_class_bind_template_child (widget_class, DeskTankEvacuation, up);
  gtk_widget_class_bind_template_child (widget_class, DeskTankEvacuation, view);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
desk_tank_evacuation_init (DeskTankEvacuation *self)
{
  g_type_ensure (DESK_TYPE_ONE_STOP);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->people = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rows = gtk_string_list_new (NULL);
  add_columns (self);
  g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (G_LIST_MODEL (self->rows));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  desk_scan_want (GTK_WIDGET (self), on_scan, NULL);
}

GtkWidget *
desk_tank_evacuation_new (DeskPage *page)
{
  DeskTankEvacuation *self = g_object_new (DESK_TYPE_TANK_EVACUATION, NULL);

  self->page = page;
  return GTK_WIDGET (self);
}
