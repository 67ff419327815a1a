#include "desk-setup-row.h"

#include "desk-text.h"
#include "desk-words.h"

static const char *const roles[] = { "reception", "nurse", "culture", "physician", "quality", "manager" };

/* A row of a list, its texts as they are; kind and id make the name by which desk_setup_page_set_rows () knows it. */
GtkWidget *
desk_setup_row_new (const char *title, const char *subtitle, const char *kind, gint64 id)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_strdup_printf ("%s-%" G_GINT64_FORMAT, kind, id);

  /* First, and on its own: properties given to g_object_new () reach the labels in reverse order. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_name (row, name);
  return row;
}

/* Says something behind the row's title, or takes it back with NULL. Entry rows have no subtitle in libadwaita 1.2. */
void
desk_setup_row_say (AdwPreferencesRow *row, const char *words, gboolean warning)
{
  const char *title = g_object_get_data (G_OBJECT (row), "own-title");

  if (!title)
    {
      g_object_set_data_full (G_OBJECT (row), "own-title", g_strdup (adw_preferences_row_get_title (row)), g_free);
      title = g_object_get_data (G_OBJECT (row), "own-title");
    }
  g_autofree char *said = words ? g_strdup_printf ("%s · %s", title, words) : g_strdup (title);
  adw_preferences_row_set_title (row, said);
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (row), "warning");
  if (words)
    gtk_widget_add_css_class (GTK_WIDGET (row), warning ? "warning" : "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               words && !warning ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* Shows what is wrong with a field at its row, or that nothing is. */
void
desk_setup_row_show_problem (AdwPreferencesRow *row, const DeskProblems *problems, const char *field)
{
  const DeskProblem *problem = desk_problems_find (problems, field);
  g_autofree char *words = problem ? desk_words_problem (problem) : NULL;

  desk_setup_row_say (row, words, problem && problem->warning);
}

/* What was typed, tidied; the caller frees it. */
char *
desk_setup_row_dup_text (AdwEntryRow *row)
{
  return desk_text_tidy (gtk_editable_get_text (GTK_EDITABLE (row)), FALSE);
}

/* Offers the roles a person can have. */
void
desk_setup_row_fill_roles (AdwComboRow *row)
{
  g_autoptr (GListModel) names = desk_words_list ("role", roles, G_N_ELEMENTS (roles));

  adw_combo_row_set_model (row, names);
}

/* The code of the role chosen in a row filled by desk_setup_row_fill_roles (). */
const char *
desk_setup_row_get_role (AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  return roles[selected < G_N_ELEMENTS (roles) ? selected : 0];
}
