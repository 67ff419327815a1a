/* Every place by ear and by keyboard: what can take the focus has a name, and Tab goes round without a trap. */
#include "app-fixture.h"
#include "desk-cells.h"
#include "desk-patients.h"

static const char *const places[] = { "today", "book", "patients", "cells", "papers" };

static gboolean
has_text (const char *text)
{
  return text && *text;
}

static gboolean
has_label_inside (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && has_text (gtk_label_get_text (GTK_LABEL (widget))))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (has_label_inside (child))
      return TRUE;
  return FALSE;
}

static gboolean
has_name (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static gboolean
holds (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (holds (child, type))
      return TRUE;
  return FALSE;
}

/* What speaks for itself by the text it shows; what is not on the screen may get its text when it is. */
static gboolean
is_told_by_its_text (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return holds (widget, GTK_TYPE_LABEL) || !holds (widget, GTK_TYPE_IMAGE);
  return has_label_inside (widget)
         && (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_LIST_BOX_ROW (widget) || GTK_IS_LABEL (widget));
}

/* What somebody can come to with the keyboard, and would be told of by its role alone. Rows and cells of lists are
 * told by what is in them; parts of a named whole (the text inside an entry) by the whole. */
static gboolean
needs_name (GtkWidget *widget)
{
  GType types[] = { GTK_TYPE_BUTTON, GTK_TYPE_MENU_BUTTON, GTK_TYPE_ENTRY, GTK_TYPE_SEARCH_ENTRY, GTK_TYPE_DROP_DOWN, GTK_TYPE_LIST_VIEW,
                    GTK_TYPE_COLUMN_VIEW, GTK_TYPE_LIST_BOX, GTK_TYPE_LIST_BOX_ROW, GTK_TYPE_SWITCH, GTK_TYPE_SPIN_BUTTON, GTK_TYPE_TEXT_VIEW };
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (!gtk_widget_get_visible (widget) || (parent && (GTK_IS_MENU_BUTTON (parent) || GTK_IS_DROP_DOWN (parent) || GTK_IS_SPIN_BUTTON (parent))))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_type_is_a (G_OBJECT_TYPE (widget), types[i]))
      return TRUE;
  /* Our own drawn widgets. */
  return gtk_widget_get_focusable (widget) && g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Desk");
}

static void
list_nameless (GtkWidget *widget, const char *place, GString *nameless)
{
  /* What GTK makes itself: menus, and the list and the header of a table. */
  if (GTK_IS_POPOVER_MENU (widget))
    return;
  GtkWidget *parent = gtk_widget_get_parent (widget);
  if (parent && (GTK_IS_DROP_DOWN (parent) || GTK_IS_COLUMN_VIEW (parent)))
    return;
  if (needs_name (widget) && !has_name (widget) && !is_told_by_its_text (widget))
    {
      g_string_append_printf (nameless, "\n%s: %s", place, G_OBJECT_TYPE_NAME (widget));
      for (; parent; parent = gtk_widget_get_parent (parent))
        if (g_str_has_prefix (G_OBJECT_TYPE_NAME (parent), "Desk"))
          {
            g_string_append_printf (nameless, " in %s", G_OBJECT_TYPE_NAME (parent));
            break;
          }
      g_string_append_printf (nameless, " “%s”", gtk_widget_get_tooltip_text (widget) ? gtk_widget_get_tooltip_text (widget) : "");
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    list_nameless (child, place, nameless);
}

static void
test_names (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) nameless = g_string_new (NULL);
  g_autoptr (GArray) patients = desk_patient_ids (desk_session_reader (fixture->session), DESK_PATIENT_SORT_SEEN, NULL);
  g_autoptr (GArray) doses = desk_unit_ids (desk_session_reader (fixture->session), "frozen", NULL);

  g_assert_true (patients && patients->len > 0 && doses && doses->len > 0);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      desk_window_go (fixture->window, places[i]);
      if (g_str_equal (places[i], "cells"))
        desk_window_show (fixture->window, DESK_KIND_UNIT, g_array_index (doses, gint64, 0));
      if (g_str_equal (places[i], "patients"))
        desk_window_show (fixture->window, DESK_KIND_PATIENT, g_array_index (patients, gint64, 0));
      app_settle (150);
      list_nameless (GTK_WIDGET (desk_window_get_page (fixture->window, places[i])), places[i], nameless);
    }
  list_nameless (app_find (GTK_WIDGET (fixture->window), ADW_TYPE_HEADER_BAR, 0), "header", nameless);
  g_assert_cmpstr (nameless->str, ==, "");
}

#define MOST_STEPS 400

/* Tab from where the place begins: at least as many stops as a page of work has, and the first one again. */
static void
walk (AppFixture *fixture, const char *place, GtkDirectionType direction, guint at_least)
{
  g_autoptr (GHashTable) stops = g_hash_table_new (NULL, NULL);
  gboolean back = FALSE;

  desk_window_go (fixture->window, place);
  app_settle (150);
  GtkWidget *first = gtk_root_get_focus (GTK_ROOT (fixture->window));
  GtkWidget *before = first;
  g_assert_nonnull (first);
  for (guint i = 0; i < MOST_STEPS && !back; i++)
    {
      /* As the Tab key does: on, or round from the end to the beginning. */
      g_signal_emit_by_name (fixture->window, "move-focus", direction);
      GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
      g_assert_nonnull (focus);
      g_hash_table_add (stops, focus);
      /* A page that is just being laid out lets the focus stay: then again. */
      if (focus == before)
        app_settle (50);
      else
        back = focus == first;
      before = focus;
    }
  g_test_message ("%s: %u stops", place, g_hash_table_size (stops));
  if (!back)
    g_error ("%s: Tab does not come back to %s in %u stops", place, G_OBJECT_TYPE_NAME (first), g_hash_table_size (stops));
  g_assert_cmpuint (g_hash_table_size (stops), >=, at_least);
}

static void
test_walk (AppFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      walk (fixture, places[i], GTK_DIR_TAB_FORWARD, 8);
      walk (fixture, places[i], GTK_DIR_TAB_BACKWARD, 8);
    }
}

int
main (int argc, char *argv[])
{
  app_init (&argc, &argv);
  g_test_add ("/names/every-place", AppFixture, NULL, app_fixture_set_up, test_names, app_fixture_tear_down);
  g_test_add ("/names/tab", AppFixture, NULL, app_fixture_set_up, test_walk, app_fixture_tear_down);
  return g_test_run ();
}
