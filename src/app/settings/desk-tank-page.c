#include "desk-tank-page.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "desk-cells.h"
#include "desk-setup-row.h"
#include "desk-setup.h"
#include "desk-toast.h"
#include "desk-words.h"

/* What can be added: the first row stands for racks with their boxes. */
static const char *const kinds[] = { "racks", "box", "site", "room", "tank", "freezer", "rack", "shipper" };

typedef struct
{
  DeskContainer *container;
  int depth;
} Place;

struct _DeskTankPage
{
  DeskSetupPage parent_instance;

  GArray *places; /* of Place, as listed; without what is inside racks */

  AdwPreferencesGroup *list, *adding;
  AdwComboRow *inside, *kind;
  AdwEntryRow *name;
  GtkWidget *racks_row, *boxes_row, *grid_row;
  GtkSpinButton *racks, *boxes, *rows, *cols;
  GtkLabel *preview;
  GtkWidget *add;
};

G_DEFINE_FINAL_TYPE (DeskTankPage, desk_tank_page, DESK_TYPE_SETUP_PAGE)

static void
place_clear (gpointer data)
{
  desk_container_free (((Place *) data)->container);
}

static const char *
chosen_kind (DeskTankPage *self)
{
  guint selected = adw_combo_row_get_selected (self->kind);

  return kinds[selected < G_N_ELEMENTS (kinds) ? selected : 0];
}

/* The container chosen to hold the new ones; NULL for none. */
static const DeskContainer *
chosen_parent (DeskTankPage *self)
{
  guint selected = adw_combo_row_get_selected (self->inside);

  return selected > 0 && selected <= self->places->len ? g_array_index (self->places, Place, selected - 1).container
                                                       : NULL;
}

static gboolean
is_plan (const char *kind)
{
  return g_str_equal (kind, "racks") || g_str_equal (kind, "box");
}

/* One more than the highest number that children of that kind have in their name. */
static int
next_number (DeskTankPage *self, gint64 parent_id, const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) children
      = desk_container_children (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), parent_id, &error);
  int highest = 0;

  /* A name that is taken is refused by the store: counting from 1 does no harm. */
  if (!children)
    g_warning ("cannot read what is in a container: %s", error->message);

  for (guint i = 0; children && i < children->len; i++)
    {
      const DeskContainer *child = g_ptr_array_index (children, i);
      const char *space = strrchr (child->name, ' ');

      if (g_str_equal (child->kind, kind) && space)
        highest = MAX (highest, atoi (space + 1));
    }
  return highest + 1;
}

static void
read_plan (DeskTankPage *self, const DeskContainer *parent, DeskRackPlan *plan)
{
  gboolean racks = g_str_equal (chosen_kind (self), "racks");

  *plan = (DeskRackPlan){ .parent_id = parent->id, .rack = desk_words ("container", "rack"),
                          .box = desk_words ("container", "box"), .first_box = 1,
                          .boxes = gtk_spin_button_get_value_as_int (self->boxes),
                          .rows = gtk_spin_button_get_value_as_int (self->rows),
                          .cols = gtk_spin_button_get_value_as_int (self->cols) };
  if (racks)
    {
      plan->first_rack = next_number (self, parent->id, "rack");
      plan->racks = gtk_spin_button_get_value_as_int (self->racks);
    }
  else
    plan->first_box = next_number (self, parent->id, "box");
}

static char *
range (const char *name, int first, int n)
{
  return n == 1 ? g_strdup_printf ("%s %d", name, first) : g_strdup_printf ("%s %d…%d", name, first, first + n - 1);
}

static char *
plan_words (const DeskRackPlan *plan)
{
  g_autofree char *racks = range (plan->rack, plan->first_rack, plan->racks);
  g_autofree char *boxes = range (plan->box, plan->first_box, plan->boxes);
  int places = MAX (plan->racks, 1) * plan->boxes * plan->rows * plan->cols;

  if (plan->racks == 0)
    /* Translators: "Box 1…5 of 9 × 9: 405 places" */
    return g_strdup_printf (_("%s of %d × %d: %d places"), boxes, plan->rows, plan->cols, places);
  /* Translators: "Rack 1…4, each with Box 1…5 of 9 × 9: 1620 places" */
  return g_strdup_printf (_("%s, each with %s of %d × %d: %d places"), racks, boxes, plan->rows, plan->cols, places);
}

static void
show_form (DeskTankPage *self)
{
  const char *kind = chosen_kind (self);
  const DeskContainer *parent = self->places ? chosen_parent (self) : NULL;
  gboolean plan = is_plan (kind);

  gtk_widget_set_visible (GTK_WIDGET (self->name), !plan);
  gtk_widget_set_visible (self->racks_row, g_str_equal (kind, "racks"));
  gtk_widget_set_visible (self->boxes_row, plan);
  gtk_widget_set_visible (self->grid_row, plan);
  gtk_widget_set_visible (GTK_WIDGET (self->preview), plan);
  gtk_widget_set_sensitive (self->add, !plan || parent);
  if (plan && !parent)
    gtk_label_set_label (self->preview, _("Choose the tank or freezer it goes into. Add one first if there is none."));
  if (plan && parent)
    {
      DeskRackPlan rack_plan;

      read_plan (self, parent, &rack_plan);
      g_autofree char *words = plan_words (&rack_plan);
      gtk_label_set_label (self->preview, words);
    }
}

/* All containers but the boxes, each below the one that holds it. */
static gboolean
load (DeskTankPage *self, gint64 parent_id, int depth, GError **error)
{
  g_autoptr (GPtrArray) children
      = desk_container_children (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), parent_id, error);

  if (!children)
    return FALSE;
  while (children->len > 0)
    {
      Place place = { g_ptr_array_steal_index (children, 0), depth };
      gboolean inner = !g_str_equal (place.container->kind, "rack");
      gint64 id = place.container->id;

      if (g_str_equal (place.container->kind, "box"))
        {
          desk_container_free (place.container);
          continue;
        }
      g_array_append_val (self->places, place);
      if (inner && !load (self, id, depth + 1, error))
        return FALSE;
    }
  return TRUE;
}

static GtkWidget *
row_new (const Place *place)
{
  const DeskContainer *container = place->container;
  const char *kind = desk_words ("container", container->kind);
  g_autofree char *subtitle
      = container->capacity
            ? g_strdup_printf (_("%s · %d of %d places used"), kind, container->used, container->capacity)
            : g_strdup_printf (_("%s · no places yet"), kind);
  GtkWidget *row = desk_setup_row_new (container->name, subtitle, "container", container->id);
  GtkWidget *indent = place->depth > 0 ? gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0) : NULL;

  if (indent)
    {
      gtk_widget_set_size_request (indent, 24 * place->depth - 12, -1);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), indent);
    }
  return row;
}

/* The names that can be chosen to hold new ones: the outermost place first, then all that are listed. */
static void
fill_inside (DeskTankPage *self, gint64 chosen)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, _("Nothing: it stands by itself"));
  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);
      g_autofree char *indent = g_strnfill (place->depth * 2, ' ');
      g_autofree char *name = g_strconcat (indent, place->container->name, NULL);

      gtk_string_list_append (names, name);
      if (place->container->id == chosen)
        selected = i + 1;
    }
  adw_combo_row_set_model (self->inside, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->inside, selected);
}

static void
desk_tank_page_refresh (DeskSetupPage *page)
{
  DeskTankPage *self = DESK_TANK_PAGE (page);
  const DeskContainer *parent = self->places ? chosen_parent (self) : NULL;
  gint64 chosen = parent ? parent->id : 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  gtk_widget_set_visible (GTK_WIDGET (self->adding), !desk_setup_page_get_read_only (page));
  g_clear_pointer (&self->places, g_array_unref);
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, place_clear);
  if (!load (self, 0, 0, &error))
    desk_setup_page_say_error (page, self->list, error);
  else
    adw_preferences_group_set_description (
        self->list,
        self->places->len == 0 ? _("Nothing yet. Add the tank first, then its racks and boxes; frozen doses are kept in boxes.")
                               : NULL);
  for (guint i = 0; i < self->places->len; i++)
    g_ptr_array_add (rows, row_new (&g_array_index (self->places, Place, i)));
  desk_setup_page_set_rows (page, self->list, rows);
  fill_inside (self, chosen);
  show_form (self);
}

typedef struct
{
  DeskContainer *container; /* one of them */
  DeskRackPlan plan;        /* or racks and boxes */
} Addition;

static void
addition_free (gpointer data)
{
  Addition *addition = data;

  desk_container_free (addition->container);
  g_free (addition);
}

static gboolean
add_work (DeskDb *db, gpointer data, GError **error)
{
  Addition *addition = data;

  return addition->container ? desk_container_add (db, addition->container, error)
                             : desk_container_add_racks (db, &addition->plan, error);
}

/* After a tank its racks and boxes are the next thing to add. */
static void
on_added (DeskSetupPage *page, gpointer data, const GError *error)
{
  DeskTankPage *self = DESK_TANK_PAGE (page);
  const Addition *addition = data;

  if (error)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  desk_setup_page_refresh (page);
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  if (addition->container && !g_str_equal (addition->container->kind, "rack"))
    {
      fill_inside (self, addition->container->id);
      if (g_str_equal (addition->container->kind, "tank") || g_str_equal (addition->container->kind, "freezer"))
        adw_combo_row_set_selected (self->kind, 0);
    }
  show_form (self);
}

static void
action_add (GtkWidget *widget, const char *action, GVariant *target)
{
  DeskTankPage *self = DESK_TANK_PAGE (widget);
  const DeskContainer *parent = chosen_parent (self);
  const char *kind = chosen_kind (self);
  g_autofree char *name = desk_setup_row_dup_text (self->name);

  if (desk_setup_page_is_busy (DESK_SETUP_PAGE (self)) || desk_setup_page_get_read_only (DESK_SETUP_PAGE (self))
      || (is_plan (kind) && !parent))
    return;
  gboolean nameless = !*name && !is_plan (kind);
  desk_setup_row_say (ADW_PREFERENCES_ROW (self->name), nameless ? _("Please fill this in.") : NULL, FALSE);
  if (nameless)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->name));
      return;
    }

  Addition *addition = g_new0 (Addition, 1);
  if (is_plan (kind))
    read_plan (self, parent, &addition->plan);
  else
    {
      addition->container = g_new0 (DeskContainer, 1);
      addition->container->parent_id = parent ? parent->id : 0;
      addition->container->kind = g_strdup (kind);
      addition->container->name = g_steal_pointer (&name);
      addition->container->row = next_number (self, addition->container->parent_id, kind);
      addition->container->in_service = TRUE;
    }
  desk_setup_page_run (DESK_SETUP_PAGE (self), add_work, addition, addition_free, on_added);
}

static void
on_enter (DeskTankPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "tank.add", NULL);
}

static void
desk_tank_page_finalize (GObject *object)
{
  g_clear_pointer (&DESK_TANK_PAGE (object)->places, g_array_unref);
  G_OBJECT_CLASS (desk_tank_page_parent_class)->finalize (object);
}

static void
desk_tank_page_class_init (DeskTankPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_tank_page_finalize;
  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_tank_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-tank-page.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, DeskTankPage, child)
  BIND (list);
  BIND (adding);
  BIND (inside);
  BIND (kind);
  BIND (name);
  BIND (racks_row);
  BIND (boxes_row);
  BIND (grid_row);
  BIND (racks);
  BIND (boxes);
  BIND (rows);
  BIND (cols);
  BIND (preview);
  BIND (add);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, show_form);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_install_action (widget_class, "tank.add", NULL, action_add);
}

static void
desk_tank_page_init (DeskTankPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_string_list_append (names, _("Racks with boxes"));
  gtk_string_list_append (names, _("Boxes"));
  for (guint i = 2; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (names, desk_words ("container", kinds[i]));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->kind, 4); /* a tank comes first */
}
