#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "desk-bedside-private.h"
#include "desk-clinics.h"
#include "desk-vault-key.h"
#include "desk-words.h"

void
desk_bedside_fields_clear (DeskBedsideWindow *self)
{
  g_hash_table_remove_all (self->rows);
  self->groups = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  adw_bin_set_child (self->work, GTK_WIDGET (self->groups));
}

static GtkWidget *
check_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "check");
}

static void
wipe (gpointer text)
{
  desk_vault_wipe (text);
  g_free (text);
}

/* What is typed, chosen and ticked now, by the interned key of its row; what was scanned, heard and seen only with seen_too.
 * Free with g_hash_table_unref. */
GHashTable *
desk_bedside_fields_keep (DeskBedsideWindow *self, gboolean seen_too)
{
  GHashTable *kept = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, wipe);
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      char *text = NULL;

      if (ADW_IS_ENTRY_ROW (row) && (seen_too || (strcmp (key, "wristband") != 0 && strcmp (key, "label") != 0)))
        text = g_strdup (gtk_editable_get_text (row));
      else if (ADW_IS_COMBO_ROW (row))
        text = g_strdup_printf ("%" G_GINT64_FORMAT, desk_bedside_fields_chosen (self, key));
      else if (ADW_IS_ACTION_ROW (row) && check_of (row) && seen_too)
        text = g_strdup (desk_bedside_fields_ticked (self, key) ? "x" : "");
      if (text)
        g_hash_table_insert (kept, (gpointer) g_intern_string (key), text);
    }
  return kept;
}

/* Puts back what was kept where there is still a row for it. */
void
desk_bedside_fields_give_back (DeskBedsideWindow *self, GHashTable *kept)
{
  GHashTableIter iter;
  gpointer key, text;

  g_hash_table_iter_init (&iter, kept);
  while (g_hash_table_iter_next (&iter, &key, &text))
    {
      GtkWidget *row = desk_bedside_fields_row (self, key);

      if (ADW_IS_ENTRY_ROW (row))
        gtk_editable_set_text (GTK_EDITABLE (row), text);
      else if (ADW_IS_COMBO_ROW (row))
        desk_bedside_fields_choose (self, key, g_ascii_strtoll (text, NULL, 10));
      else if (row && check_of (row))
        gtk_check_button_set_active (GTK_CHECK_BUTTON (check_of (row)), *(char *) text != '\0');
    }
}

/* The interned key of the row with the focus, or NULL. */
const char *
desk_bedside_fields_focused (DeskBedsideWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (focus && g_hash_table_iter_next (&iter, &key, &row))
    if (focus == row || gtk_widget_is_ancestor (focus, row))
      return ADW_IS_PREFERENCES_ROW (row) ? g_intern_string (key) : NULL;
  return NULL;
}

/* Whether there is something that closing would lose: typed otherwise than it was put there, or ticked. */
gboolean
desk_bedside_fields_any (DeskBedsideWindow *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if ((ADW_IS_ENTRY_ROW (row) && g_strcmp0 (gtk_editable_get_text (row), g_object_get_data (row, "given")) != 0)
        || (ADW_IS_ACTION_ROW (row) && check_of (row) && gtk_check_button_get_active (GTK_CHECK_BUTTON (check_of (row)))))
      return TRUE;
  return FALSE;
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
  g_object_set_data_full (G_OBJECT (row), "given", g_strdup (text ? text : ""), g_free);
  g_signal_connect (row, "entry-activated", G_CALLBACK (on_entered), NULL);
}

/* A PIN: never shown. */
void
desk_bedside_fields_secret (DeskBedsideWindow *self, AdwPreferencesGroup *group, const char *key, const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  add_row (self, group, key, title, row);
  g_object_set_data (G_OBJECT (row), "given", (gpointer) "");
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
  gtk_widget_set_can_focus (check, FALSE); /* its row has the focus: one tick, one stop of the Tab key */
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
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (desk_bedside_fields_row (self, key)), TRUE); /* a whole name and role */
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
