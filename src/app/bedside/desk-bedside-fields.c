#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "desk-bedside-private.h"
#include "desk-clinics.h"
#include "desk-words.h"

void
desk_bedside_fields_clear (DeskBedsideWindow *self)
{
  g_hash_table_remove_all (self->rows);
  self->groups = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  adw_bin_set_child (self->work, GTK_WIDGET (self->groups));
}

/* A group of rows; title may be NULL. */
AdwPreferencesGroup *
desk_bedside_fields_group (DeskBedsideWindow *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (self->groups, group);
  return ADW_PREFERENCES_GROUP (group);
}

static void
add_row (DeskBedsideWindow *self, AdwPreferencesGroup *group, const char *key, const char *title, GtkWidget *row)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  g_hash_table_insert (self->rows, g_strdup (key), row);
}

static void
on_entered (GtkWidget *row)
{
  gtk_widget_activate_action (row, "bedside.go", NULL);
}

/* A line to type; Enter goes on. */
void
desk_bedside_fields_text (DeskBedsideWindow *self, AdwPreferencesGroup *group, const char *key, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  add_row (self, group, key, title, row);
  gtk_editable_set_text (GTK_EDITABLE (row), text ? text : "");
  g_signal_connect (row, "entry-activated", G_CALLBACK (on_entered), NULL);
}

/* A PIN: never shown. */
void
desk_bedside_fields_secret (DeskBedsideWindow *self, AdwPreferencesGroup *group, const char *key, const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  add_row (self, group, key, title, row);
  g_signal_connect (row, "entry-activated", G_CALLBACK (on_entered), NULL);
}

/* Something that is seen or heard, ticked by whoever saw or heard it. */
void
desk_bedside_fields_tick (DeskBedsideWindow *self, AdwPreferencesGroup *group, const char *key, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();

  add_row (self, group, key, title, row);
  if (subtitle)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data (G_OBJECT (row), "check", check);
}

/* One of a list; ids are copied. */
void
desk_bedside_fields_choice (DeskBedsideWindow *self, AdwPreferencesGroup *group, const char *key, const char *title,
                            const char *const *words, const gint64 *ids, guint n)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  add_row (self, group, key, title, row);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_object_set_data_full (G_OBJECT (row), "ids", g_memdup2 (ids, n * sizeof (gint64)), g_free);
}

/* Everybody at work but the one who does it; with a role, everybody of that. */
void
desk_bedside_fields_people (DeskBedsideWindow *self, AdwPreferencesGroup *group, const char *key, const char *title, const char *role,
                            gint64 chosen)
{
  g_autoptr (GPtrArray) staff = desk_staff_list (desk_session_reader (self->session), TRUE, NULL);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));
  gint64 performer = desk_bedside_window_performer (self);

  g_strv_builder_add (words, _("Choose…"));
  g_array_set_size (ids, 1);
  for (guint i = 0; staff && i < staff->len; i++)
    {
      const DeskStaff *person = staff->pdata[i];

      if (role ? strcmp (person->role, role) != 0 : person->id == performer)
        continue;
      g_autofree char *line = role ? g_strdup (desk_words_pick (person->name, person->name_ja))
                                   : g_strdup_printf ("%s · %s", desk_words_pick (person->name, person->name_ja),
                                                      desk_words ("role", person->role));
      g_strv_builder_add (words, line);
      g_array_append_val (ids, person->id);
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_bedside_fields_choice (self, group, key, title, (const char *const *) lines, (gint64 *) ids->data, ids->len);
  desk_bedside_fields_choose (self, key, chosen ? chosen : role ? 0 : self->witness);
}

/* The row of that key, or NULL. */
GtkWidget *
desk_bedside_fields_row (DeskBedsideWindow *self, const char *key)
{
  return g_hash_table_lookup (self->rows, key);
}

/* What was typed, lent; "" for what is not asked. */
const char *
desk_bedside_fields_get (DeskBedsideWindow *self, const char *key)
{
  GtkWidget *row = desk_bedside_fields_row (self, key);

  return row ? gtk_editable_get_text (GTK_EDITABLE (row)) : "";
}

void
desk_bedside_fields_set (DeskBedsideWindow *self, const char *key, const char *text)
{
  GtkWidget *row = desk_bedside_fields_row (self, key);

  if (row)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* 0 for none. */
gint64
desk_bedside_fields_chosen (DeskBedsideWindow *self, const char *key)
{
  GtkWidget *row = desk_bedside_fields_row (self, key);
  guint chosen = row ? adw_combo_row_get_selected (ADW_COMBO_ROW (row)) : GTK_INVALID_LIST_POSITION;

  return chosen == GTK_INVALID_LIST_POSITION ? 0 : ((gint64 *) g_object_get_data (G_OBJECT (row), "ids"))[chosen];
}

void
desk_bedside_fields_choose (DeskBedsideWindow *self, const char *key, gint64 id)
{
  GtkWidget *row = desk_bedside_fields_row (self, key);
  const gint64 *ids = row ? g_object_get_data (G_OBJECT (row), "ids") : NULL;
  guint n = row ? g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (row))) : 0;

  for (guint i = 0; i < n; i++)
    if (ids[i] == id)
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
}

gboolean
desk_bedside_fields_ticked (DeskBedsideWindow *self, const char *key)
{
  GtkWidget *row = desk_bedside_fields_row (self, key);

  return row && gtk_check_button_get_active (g_object_get_data (G_OBJECT (row), "check"));
}

/* Reads a number as people type it, "37", "37.2" or "37,2", times scale; nothing typed is 0. */
gboolean
desk_bedside_fields_number (DeskBedsideWindow *self, const char *key, int scale, int *value)
{
  g_autofree char *text = g_utf8_normalize (desk_bedside_fields_get (self, key), -1, G_NORMALIZE_NFKC);
  char *end;

  *value = 0;
  g_strstrip (g_strdelimit (text, ",", '.'));
  if (!*text)
    return TRUE;
  double number = g_ascii_strtod (text, &end);
  if (*end != '\0' || !(number >= 0) || number > 1e6)
    return FALSE;
  *value = (int) floor (number * scale + 0.5);
  return TRUE;
}
