#include "desk-exemption-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-clinics.h"
#include "desk-country.h"
#include "desk-exemption-preview.h"
#include "desk-setup-row.h"
#include "desk-toast.h"
#include "desk-trips.h"
#include "desk-words.h"

struct _DeskExemptionPage
{
  DeskSetupPage parent_instance;

  AdwPreferencesGroup *source, *doubtful, *conditions, *others;
  GPtrArray *table; /* in use, of DeskExemption */
  char *name;       /* of the file it came from; NULL for the one built in */
};

G_DEFINE_FINAL_TYPE (DeskExemptionPage, desk_exemption_page, DESK_TYPE_SETUP_PAGE)

static DeskDay
today_of (DeskExemptionPage *self)
{
  g_autoptr (GTimeZone) zone = desk_clinic_zone (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return desk_instant_day (g_get_real_time () / G_USEC_PER_SEC, zone ? zone : utc);
}

/* ── what is shown ── */

static GtkWidget *
source_row (DeskExemptionPage *self)
{
  g_autofree char *title = self->name ? g_strdup_printf (_("The clinic’s own: %s"), self->name) : g_strdup (_("The table that comes with Uketsuke"));
  g_autofree char *as_of = desk_exemption_preview_as_of (self->table);
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%u nationality", "%u nationalities", self->table->len), self->table->len);
  const char *facts[] = { as_of, count };
  g_autofree char *subtitle = desk_words_facts (facts, G_N_ELEMENTS (facts));

  return desk_setup_row_new (title, subtitle, "source", 0);
}

static void
add_button (GtkWidget *row, const char *label, const char *action, gboolean sensitive)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (!sensitive)
    gtk_widget_set_sensitive (button, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
line_row (DeskExemptionPage *self, guint i)
{
  const DeskExemption *line = self->table->pdata[i];
  g_autofree char *title = g_strdup_printf ("%s  ·  %s", desk_country_name (line->nationality, desk_words_language ()), line->nationality);
  g_autofree char *subtitle = desk_exemption_preview_line (line);
  GtkWidget *row = desk_setup_row_new (title, subtitle, "line", i + 1);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static AdwPreferencesGroup *
group_of (DeskExemptionPage *self, const DeskExemption *line)
{
  if (!g_str_equal (line->confidence, "high"))
    return self->doubtful;
  return *line->requires ? self->conditions : self->others;
}

static void
show_lines (DeskExemptionPage *self, AdwPreferencesGroup *group)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < self->table->len; i++)
    if (group_of (self, self->table->pdata[i]) == group)
      g_ptr_array_add (rows, line_row (self, i));
  gtk_widget_set_visible (GTK_WIDGET (group), rows->len > 0);
  desk_setup_page_set_rows (DESK_SETUP_PAGE (self), group, rows);
}

static void
show_source (DeskExemptionPage *self)
{
  gboolean writable = !desk_setup_page_get_read_only (DESK_SETUP_PAGE (self));
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GtkWidget *first = source_row (self), *second;

  add_button (first, _("_Replace…"), "exemption.replace", writable);
  g_ptr_array_add (rows, first);
  second = desk_setup_row_new (_("Save a copy to change"), _("A table for a spreadsheet (CSV); replace the table by it when it is done."), "copy", 0);
  add_button (second, _("Save _Copy…"), "exemption.copy", TRUE);
  g_ptr_array_add (rows, second);
  if (self->name)
    {
      GtkWidget *back = desk_setup_row_new (_("Back to the table that comes with Uketsuke"), NULL, "back", 0);

      add_button (back, _("_Go Back"), "exemption.back", writable);
      g_ptr_array_add (rows, back);
    }
  desk_setup_page_set_rows (DESK_SETUP_PAGE (self), self->source, rows);
}

static void
desk_exemption_page_refresh (DeskSetupPage *page)
{
  DeskExemptionPage *self = DESK_EXEMPTION_PAGE (page);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  /* Many rows: made when somebody looks at them. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  GPtrArray *table = desk_exemption_load (desk_setup_page_get_reader (page), &name, &error);
  if (!table)
    {
      desk_setup_page_say_error (page, self->source, error);
      return;
    }
  g_clear_pointer (&self->table, g_ptr_array_unref);
  self->table = table;
  g_free (self->name);
  self->name = g_steal_pointer (&name);
  show_source (self);
  show_lines (self, self->doubtful);
  show_lines (self, self->conditions);
  show_lines (self, self->others);
}

/* ── another in its place ── */

/* What stands in the place of the table, and what stood there. */
typedef struct
{
  GPtrArray *table; /* NULL: the one built in */
  char *name;
  DeskExemptionPage *page; /* of an undo, owned */
} Change;

static Change *
change_new (GPtrArray *table, const char *name, DeskExemptionPage *page)
{
  Change *change = g_new (Change, 1);

  *change = (Change){ table ? g_ptr_array_ref (table) : NULL, g_strdup (name), page ? g_object_ref (page) : NULL };
  return change;
}

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->table, g_ptr_array_unref);
  g_clear_object (&change->page);
  g_free (change->name);
  g_free (change);
}

static gboolean
change_work (DeskDb *db, gpointer data, GError **error)
{
  const Change *change = data;

  return desk_exemption_replace (db, change->table, change->name, error);
}

static void
on_undo (gpointer data)
{
  const Change *back = data;

  desk_setup_page_run (DESK_SETUP_PAGE (back->page), change_work, change_new (back->table, back->name, NULL), change_free, NULL);
}

/* Keeps what stood there before for the Undo; NULL goes back to the table built in. */
static void
replace (DeskExemptionPage *self, GPtrArray *table, const char *name)
{
  Change *back = change_new (self->name ? self->table : NULL, self->name, self);

  if (desk_setup_page_is_busy (DESK_SETUP_PAGE (self)))
    {
      change_free (back);
      return;
    }
  desk_setup_page_run (DESK_SETUP_PAGE (self), change_work, change_new (table, name, NULL), change_free, NULL);
  desk_toast_undo (GTK_WIDGET (self), _("Table of visa exemptions replaced"), G_CALLBACK (on_undo), back, change_free);
}

static void
on_accepted (gpointer user_data, DeskExemptionFile *file)
{
  replace (user_data, file->table, file->file->name);
}

typedef struct
{
  char *path;
  DeskDay today;
} Order;

static void
order_free (gpointer data)
{
  g_free (((Order *) data)->path);
  g_free (data);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;
  DeskExemptionFile *file = desk_exemption_file_read (order->path, order->today, cancellable, &error);

  if (file)
    g_task_return_pointer (task, file, (GDestroyNotify) desk_exemption_file_free);
  else
    g_task_return_error (task, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DeskExemptionPage *self = DESK_EXEMPTION_PAGE (source);
  g_autoptr (GError) error = NULL;
  DeskExemptionFile *file = g_task_propagate_pointer (G_TASK (result), &error);

  if (!file)
    desk_toast_error (GTK_WIDGET (self), error);
  else if (!gtk_widget_get_root (GTK_WIDGET (self)) || !self->table)
    desk_exemption_file_free (file);
  else
    desk_exemption_preview_show (GTK_WIDGET (self), self->table, file, on_accepted, self);
}

/* Reads a table through the helper and shows what would become different; nothing is written before somebody says so. */
void
desk_exemption_page_read (DeskExemptionPage *self, const char *path)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_read, NULL);
  Order *order = g_new (Order, 1);

  *order = (Order){ g_strdup (path), today_of (self) };
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, read_thread);
}

static void
on_chosen (GtkNativeDialog *chooser, int response, DeskExemptionPage *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (path)
    desk_exemption_page_read (self, path);
  g_object_unref (chooser);
}

static void
on_copy_chosen (GtkNativeDialog *chooser, int response, DeskExemptionPage *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *text = file ? desk_exemption_write (self->table) : NULL;
  g_autoptr (GError) error = NULL;

  if (file && !g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error))
    desk_toast_error (GTK_WIDGET (self), error);
  else if (file)
    desk_toast (GTK_WIDGET (self), _("Table saved"));
  g_object_unref (chooser);
}

static void
choose (DeskExemptionPage *self, const char *title, const char *accept, gboolean saving, GCallback chosen)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      title, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      saving ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN, accept, _("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Tables as text (CSV)"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  if (saving)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), "visa-exemption.csv");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", chosen, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
action_replace (GtkWidget *widget, const char *name, GVariant *target)
{
  choose (DESK_EXEMPTION_PAGE (widget), _("Replace the Table of Visa Exemptions"), _("_Open"), FALSE, G_CALLBACK (on_chosen));
}

static void
action_copy (GtkWidget *widget, const char *name, GVariant *target)
{
  if (DESK_EXEMPTION_PAGE (widget)->table)
    choose (DESK_EXEMPTION_PAGE (widget), _("Save the Table of Visa Exemptions"), _("_Save"), TRUE, G_CALLBACK (on_copy_chosen));
}

static void
action_back (GtkWidget *widget, const char *name, GVariant *target)
{
  if (DESK_EXEMPTION_PAGE (widget)->name && !desk_setup_page_get_read_only (DESK_SETUP_PAGE (widget)))
    replace (DESK_EXEMPTION_PAGE (widget), NULL, NULL);
}

static void
desk_exemption_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (desk_exemption_page_parent_class)->map (widget);
  if (!DESK_EXEMPTION_PAGE (widget)->table)
    desk_setup_page_refresh (DESK_SETUP_PAGE (widget));
}

static void
desk_exemption_page_finalize (GObject *object)
{
  DeskExemptionPage *self = DESK_EXEMPTION_PAGE (object);

  g_clear_pointer (&self->table, g_ptr_array_unref);
  g_free (self->name);
  G_OBJECT_CLASS (desk_exemption_page_parent_class)->finalize (object);
}

static void
desk_exemption_page_class_init (DeskExemptionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_exemption_page_finalize;
  widget_class->map = desk_exemption_page_map;
  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_exemption_page_refresh;
  gtk_widget_class_install_action (widget_class, "exemption.replace", NULL, action_replace);
  gtk_widget_class_install_action (widget_class, "exemption.copy", NULL, action_copy);
  gtk_widget_class_install_action (widget_class, "exemption.back", NULL, action_back);
}

static void
desk_exemption_page_init (DeskExemptionPage *self)
{
  struct
  {
    AdwPreferencesGroup **group;
    const char *title, *description;
  } groups[] = {
    { &self->source, _("Visa Exemption Table"), _("Who needs no visa for a short stay, and for how many days. The landing permission stamped in the passport is what counts in the end.") },
    { &self->doubtful, _("Not Certain"), _("Please ask the Japanese mission before relying on these.") },
    { &self->conditions, _("On a Condition"), NULL },
    { &self->others, _("Without a Condition"), NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      *groups[i].group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (*groups[i].group, groups[i].title);
      adw_preferences_group_set_description (*groups[i].group, groups[i].description);
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), *groups[i].group);
    }
}
