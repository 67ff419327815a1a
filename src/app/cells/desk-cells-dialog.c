#include "desk-cells-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-boxes.h"
#include "desk-cells-words.h"
#include "desk-clinics.h"
#include "desk-words.h"

struct _DeskCellsDialog
{
  AdwWindow parent_instance;

  GtkLabel *number;
  GtkLabel *patient;
  GtkLabel *note, *warning;
  AdwPreferencesGroup *group;
  GtkLabel *problem;
  GtkButton *submit;

  DeskPage *page;   /* not owned: the dialog belongs to its window */
  GHashTable *rows; /* key → row */
  DeskCellsDone done;
};

enum
{
  SUBMIT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskCellsDialog, desk_cells_dialog, ADW_TYPE_WINDOW)

/* The page the dialog works for, lent. */
DeskPage *
desk_cells_dialog_get_page (DeskCellsDialog *self)
{
  return self->page;
}

static void
set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text && *text);
}

/* Whose cells: the number of the unit or lot, and name, chart and birth date of the patient. */
void
desk_cells_dialog_set_identity (DeskCellsDialog *self, const char *number, const char *patient)
{
  set_label (self->number, number);
  set_label (self->patient, patient);
}

/* What is to be known before the step, in a sentence. */
void
desk_cells_dialog_set_note (DeskCellsDialog *self, const char *note)
{
  set_label (self->note, note);
}

/* What speaks against the step as it is filled in now, without forbidding it; NULL for nothing. */
void
desk_cells_dialog_set_warning (DeskCellsDialog *self, const char *warning)
{
  set_label (self->warning, warning);
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────── */

static void
add_row (DeskCellsDialog *self, const char *key, const char *title, GtkWidget *row)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (self->group, row);
  g_hash_table_insert (self->rows, g_strdup (key), row);
}

/* Something of the caller's own above the rows. */
void
desk_cells_dialog_add_widget (DeskCellsDialog *self, GtkWidget *widget)
{
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->note))), widget,
                              GTK_WIDGET (self->note));
}

/* A line to type or scan; text may be NULL. */
void
desk_cells_dialog_add_text (DeskCellsDialog *self, const char *key, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  add_row (self, key, title, row);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (row), text ? text : "");
}

/* Yes or no. */
void
desk_cells_dialog_add_switch (DeskCellsDialog *self, const char *key, const char *title, gboolean on)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_switch_new ();

  add_row (self, key, title, row);
  gtk_switch_set_active (GTK_SWITCH (button), on);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data (G_OBJECT (row), "switch", button);
}

/* A list to choose from: words (NULL-terminated) and the id behind each. */
void
desk_cells_dialog_add_choice (DeskCellsDialog *self, const char *key, const char *title, const char *const *words,
                              const gint64 *ids, gint64 chosen)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);
  guint n = g_strv_length ((char **) words);

  add_row (self, key, title, row);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  /* Boxes and visits are long: what is chosen gets the whole width. */
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "ids", g_memdup2 (ids, n * sizeof (gint64)), g_free);
  desk_cells_dialog_set_choice (self, key, chosen);
}

/* What was typed, lent; "" for a key that was not asked. */
const char *
desk_cells_dialog_get_text (DeskCellsDialog *self, const char *key)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, key);

  return row ? gtk_editable_get_text (GTK_EDITABLE (row)) : "";
}

/* Whether a switch is on; FALSE for one that was not asked. */
gboolean
desk_cells_dialog_get_switch (DeskCellsDialog *self, const char *key)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, key);

  return row && gtk_switch_get_active (g_object_get_data (G_OBJECT (row), "switch"));
}

/* Writes into the row of that key. */
void
desk_cells_dialog_set_text (DeskCellsDialog *self, const char *key, const char *text)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, key);

  if (row)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* The id that was chosen; 0 for none and for a key that was not asked. */
gint64
desk_cells_dialog_get_choice (DeskCellsDialog *self, const char *key)
{
  AdwComboRow *row = g_hash_table_lookup (self->rows, key);
  guint chosen = row ? adw_combo_row_get_selected (row) : GTK_INVALID_LIST_POSITION;

  return chosen == GTK_INVALID_LIST_POSITION ? 0 : ((gint64 *) g_object_get_data (G_OBJECT (row), "ids"))[chosen];
}

/* Chooses the word behind which that id stands. */
void
desk_cells_dialog_set_choice (DeskCellsDialog *self, const char *key, gint64 id)
{
  AdwComboRow *row = g_hash_table_lookup (self->rows, key);
  const gint64 *ids = row ? g_object_get_data (G_OBJECT (row), "ids") : NULL;
  guint n = row ? g_list_model_get_n_items (adw_combo_row_get_model (row)) : 0;

  for (guint i = 0; i < n; i++)
    if (ids[i] == id)
      adw_combo_row_set_selected (row, i);
}

/* Calls func whenever another of that list is chosen. */
void
desk_cells_dialog_on_choice (DeskCellsDialog *self, const char *key, void (*func) (DeskCellsDialog *self))
{
  g_signal_connect_swapped (g_hash_table_lookup (self->rows, key), "notify::selected", G_CALLBACK (func), self);
}

/* Whether the row of that key is asked as the others are now. */
void
desk_cells_dialog_set_asked (DeskCellsDialog *self, const char *key, gboolean asked)
{
  gtk_widget_set_visible (g_hash_table_lookup (self->rows, key), asked);
}

/* The row of that key, lent; NULL for one that was not asked. */
GtkWidget *
desk_cells_dialog_get_row (DeskCellsDialog *self, const char *key)
{
  return g_hash_table_lookup (self->rows, key);
}

/* Asks for a person at work other than the one who does the step; roles comma separated, NULL for all. The first line, with
 * id 0, says nobody. */
void
desk_cells_dialog_add_person (DeskCellsDialog *self, const char *key, const char *title, const char *nobody, const char *roles)
{
  g_auto (GStrv) wanted = roles ? g_strsplit (roles, ",", -1) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) staff = desk_staff_list (desk_page_get_reader (self->page), TRUE, &error);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));
  gint64 actor = desk_session_get_actor (desk_page_get_session (self->page));

  g_strv_builder_add (words, nobody);
  g_array_set_size (ids, 1);
  if (!staff)
    g_warning ("cannot read the staff: %s", error->message);
  for (guint i = 0; staff && i < staff->len; i++)
    {
      const DeskStaff *person = staff->pdata[i];

      if (person->id == actor || (wanted && !g_strv_contains ((const char *const *) wanted, person->role)))
        continue;
      g_autofree char *line = g_strdup_printf ("%s · %s", desk_words_pick (person->name, person->name_ja),
                                               desk_words ("role", person->role));
      g_strv_builder_add (words, line);
      g_array_append_val (ids, person->id);
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (self, key, title, (const char *const *) lines, (gint64 *) ids->data, 0);
}

/* Asks for the second person: everybody at work but the one who does the step. */
void
desk_cells_dialog_add_second_person (DeskCellsDialog *self, gboolean needed)
{
  desk_cells_dialog_add_person (self, "witness", _("Second person"), needed ? _("Choose…") : _("Nobody"), NULL);
}

/* Asks for one of a table of codes that desk_words () knows; 0 for none chosen yet, else its number from 1. */
void
desk_cells_dialog_add_code (DeskCellsDialog *self, const char *key, const char *title, const char *domain, const char *const *codes)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  g_strv_builder_add (words, _("Choose…"));
  g_array_set_size (ids, 1);
  for (gint64 i = 0; codes[i]; i++)
    {
      gint64 id = i + 1;

      g_strv_builder_add (words, desk_words (domain, codes[i]));
      g_array_append_val (ids, id);
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (self, key, title, (const char *const *) lines, (gint64 *) ids->data, 0);
}

/* ── a place ─────────────────────────────────────────────────────────────────────────────────── */

static void
propose_place (DeskCellsDialog *self)
{
  DeskDb *reader = desk_page_get_reader (self->page);
  gint64 id = desk_cells_dialog_get_choice (self, "box");
  g_autoptr (DeskContainer) box = desk_container_load (reader, id, NULL);
  int row, col;

  if (box && desk_container_next_free (reader, id, &row, &col, NULL))
    {
      g_autofree char *name = desk_place_name_in (box, row, col);
      desk_cells_dialog_set_text (self, "place", name);
    }
  else
    desk_cells_dialog_set_text (self, "place", "");
}

/* Asks for box and place, with the next free place of the box proposed; container_id is the box to begin with. */
void
desk_cells_dialog_add_place (DeskCellsDialog *self, gint64 container_id)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_auto (GStrv) words = desk_cells_boxes (desk_page_get_reader (self->page), container_id, ids);

  desk_cells_dialog_add_choice (self, "box", _("Box"), (const char *const *) words, (gint64 *) ids->data, container_id);
  desk_cells_dialog_add_text (self, "place", _("Place, such as B4"), NULL);
  propose_place (self);
  desk_cells_dialog_on_choice (self, "box", propose_place);
}

/* Reads the place; refuses what is none. */
gboolean
desk_cells_dialog_get_place (DeskCellsDialog *self, gint64 *container_id, int *row, int *col)
{
  *container_id = desk_cells_dialog_get_choice (self, "box");
  if (*container_id == 0)
    return desk_cells_dialog_refuse (self, "box", _("Please choose a box."));
  g_autoptr (DeskContainer) box = desk_container_load (desk_page_get_reader (self->page), *container_id, NULL);
  if (box && desk_place_parse_in (box, desk_cells_dialog_get_text (self, "place"), row, col))
    return TRUE;
  g_autofree char *last = box ? desk_place_name_in (box, box->rows, box->cols) : g_strdup ("I9");
  g_autofree char *words = g_strdup_printf (_("There is no such place in this box. Its last place is %s."), last);
  return desk_cells_dialog_refuse (self, "place", words);
}

/* ── running ─────────────────────────────────────────────────────────────────────────────────── */

/* Says at the row of that key what is wrong, and goes there. FALSE, for the caller to return. */
gboolean
desk_cells_dialog_refuse (DeskCellsDialog *self, const char *key, const char *words)
{
  GtkWidget *row = key ? g_hash_table_lookup (self->rows, key) : NULL;

  set_label (self->problem, words);
  if (row)
    {
      gtk_widget_add_css_class (row, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
    }
  return FALSE;
}

/* Says at the row of that key what is wrong, and leaves the focus where somebody is typing. */
void
desk_cells_dialog_mark (DeskCellsDialog *self, const char *key, const char *words)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, key);

  set_label (self->problem, words);
  gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

/* Whether the button can be pressed, as far as what was scanned goes. */
void
desk_cells_dialog_set_ready (DeskCellsDialog *self, gboolean ready)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit), ready);
}

/* Takes back what was said to be wrong. */
void
desk_cells_dialog_forget (DeskCellsDialog *self)
{
  GHashTableIter iter;
  gpointer row;

  set_label (self->problem, NULL);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      gtk_widget_remove_css_class (row, "error");
      gtk_accessible_reset_state (row, GTK_ACCESSIBLE_STATE_INVALID);
    }
}

static void
on_ran (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskCellsDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gpointer data = desk_session_run_finish (DESK_SESSION (source), result, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self->submit), TRUE);
  if (!data)
    {
      g_autofree char *first = desk_cells_conflict (error, desk_page_get_zone (self->page));
      g_autofree char *words = desk_words_error (error);

      set_label (self->problem, first ? first : words);
      return;
    }
  self->done (self, data);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Has the store do it; on success calls done and closes, on refusal says why and keeps what was typed. */
void
desk_cells_dialog_run (DeskCellsDialog *self, DeskWork work, gpointer data, GDestroyNotify data_free,
                       DeskCellsDone done)
{
  self->done = done;
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit), FALSE);
  desk_session_run_async (desk_page_get_session (self->page), work, data, data_free, NULL, on_ran, g_object_ref (self));
}

static void
on_submit (DeskCellsDialog *self)
{
  desk_cells_dialog_forget (self);
  g_signal_emit (self, signals[SUBMIT], 0);
}

static void
action_submit (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsDialog *self = DESK_CELLS_DIALOG (widget);

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->submit)))
    on_submit (self);
}

/* Shows the filled dialog; where it asks nothing that takes the focus, the focus is on the button. */
void
desk_cells_dialog_open (DeskCellsDialog *self)
{
  GtkWidget *asked = gtk_widget_get_parent (GTK_WIDGET (self->note)),
            *buttons = gtk_widget_get_parent (GTK_WIDGET (self->submit));

  gtk_window_present (GTK_WINDOW (self));
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  if (!focus || !gtk_widget_is_ancestor (focus, asked) || gtk_widget_is_ancestor (focus, buttons))
    gtk_widget_grab_focus (GTK_WIDGET (self->submit));
}

static void
desk_cells_dialog_finalize (GObject *object)
{
  DeskCellsDialog *self = DESK_CELLS_DIALOG (object);

  g_hash_table_unref (self->rows);
  G_OBJECT_CLASS (desk_cells_dialog_parent_class)->finalize (object);
}

static void
desk_cells_dialog_class_init (DeskCellsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_cells_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-cells-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCellsDialog, number);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsDialog, patient);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsDialog, note);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsDialog, warning);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsDialog, group);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsDialog, submit);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_install_action (widget_class, "dialog.submit", NULL, action_submit);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "dialog.submit", NULL);

  /* submit (): the button was pressed; collect, check, and run. */
  signals[SUBMIT]
      = g_signal_new ("submit", DESK_TYPE_CELLS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_cells_dialog_init (DeskCellsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* A dialog over the window of the page, to be filled and presented. */
DeskCellsDialog *
desk_cells_dialog_new (DeskPage *page, const char *title, const char *submit)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  DeskCellsDialog *self = g_object_new (DESK_TYPE_CELLS_DIALOG, "transient-for", root, "title", title, NULL);

  self->page = page;
  gtk_button_set_label (self->submit, submit);
  return self;
}

/* The button says in red what it does: there is no way back. */
void
desk_cells_dialog_set_grave (DeskCellsDialog *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->submit), "suggested-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->submit), "destructive-action");
}
