#include "desk-exemption-preview.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "desk-country.h"
#include "desk-setup-row.h"
#include "desk-words.h"

#define MOST_PROBLEMS 100 /* shown; whoever mends these opens it again */

struct _DeskExemptionPreview
{
  AdwWindow parent_instance;

  GPtrArray *before;
  DeskExemptionFile *file;
  DeskExemptionAccepted accepted;
  gpointer user_data; /* an object, kept */
  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (DeskExemptionPreview, desk_exemption_preview, ADW_TYPE_WINDOW)

/* "up to 15 days; the passport must be an ePassport; …" and the note; the caller frees it. */
char *
desk_exemption_preview_line (const DeskExemption *line)
{
  g_auto (GStrv) codes = g_strsplit (line->requires, "+", -1);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, g_dngettext (NULL, "%d day", "%d days", line->days), line->days);
  for (guint i = 0; codes[i]; i++)
    g_string_append_printf (text, _("; %s"), desk_words ("exempt-condition", codes[i]));
  if (line->extension)
    g_string_append_printf (text, _("; an extension up to %d months can be asked for"), line->extension);
  if (*line->note)
    g_string_append_printf (text, "\n%s", line->note);
  return g_string_free (text, FALSE);
}

/* "As of 1 September 2025"; the caller frees it. */
char *
desk_exemption_preview_as_of (const GPtrArray *table)
{
  const char *oldest, *newest;

  desk_exemption_as_of (table, &oldest, &newest);
  g_autofree char *first = desk_words_iso_day (oldest ? oldest : ""), *last = desk_words_iso_day (newest ? newest : "");
  return g_strcmp0 (oldest, newest) == 0 ? g_strdup_printf (_("As of %s"), last)
                                         : g_strdup_printf (_("As of %s to %s"), first, last);
}

static void
add_row (DeskExemptionPreview *self, const char *title, const char *subtitle)
{
  GtkWidget *row = desk_setup_row_new (title, subtitle, "row", 0);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (self->group, row);
}

/* "Line 5, column days": what its detail begins with. */
static void
add_problem (DeskExemptionPreview *self, const DeskProblem *problem)
{
  char *text = NULL;
  guint line = problem->detail ? (guint) strtoul (problem->detail, &text, 10) : 0;
  g_autofree char *title = g_strdup_printf (_("✖ Line %u, column “%s”"), line, problem->field);
  DeskProblem told = *problem;

  told.detail = text && text[0] == ':' && text[1] && text[2] ? text + 2 : NULL;
  g_autofree char *words = desk_words_problem (&told);
  add_row (self, title, words);
}

static void
show_problems (DeskExemptionPreview *self)
{
  const GPtrArray *troubles = self->file->file->troubles;
  guint n = 0;

  for (guint i = 0; i < troubles->len && n < MOST_PROBLEMS; i++, n++)
    {
      const DeskImportTrouble *trouble = troubles->pdata[i];
      g_autofree char *title = g_strdup_printf (_("✖ Line %u"), trouble->line);

      add_row (self, title, desk_words ("import-trouble", trouble->code));
    }
  for (guint i = 0; i < self->file->problems->len && n < MOST_PROBLEMS; i++, n++)
    add_problem (self, desk_problems_get (self->file->problems, i));
  adw_preferences_group_set_description (self->group, _("Nothing was replaced. Please mend the file and open it again."));
}

static void
add_change (DeskExemptionPreview *self, const DeskExemptionChange *change)
{
  const DeskExemption *line = change->after ? change->after : change->before;
  const char *name = desk_country_name (line->nationality, desk_words_language ());
  g_autofree char *title = !change->before  ? g_strdup_printf (_("+ %s: new"), name)
                           : !change->after ? g_strdup_printf (_("− %s: needs a visa from now on"), name)
                                            : g_strdup_printf (_("≠ %s: different"), name);
  g_autofree char *before = change->before ? desk_exemption_preview_line (change->before) : NULL;
  g_autofree char *after = change->after ? desk_exemption_preview_line (change->after) : NULL;
  g_autofree char *subtitle = before && after ? g_strdup_printf (_("%s\nuntil now: %s"), after, before) : g_strdup (after ? after : before);

  add_row (self, title, subtitle);
}

static void
show_changes (DeskExemptionPreview *self)
{
  g_autoptr (GArray) changes = desk_exemption_compare (self->before, self->file->table);
  guint n = self->file->table->len, counts[3] = { 0 };
  g_autofree char *as_of = desk_exemption_preview_as_of (self->file->table);
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%u nationality", "%u nationalities", n), n);

  for (guint i = 0; i < changes->len; i++)
    {
      const DeskExemptionChange *change = &g_array_index (changes, DeskExemptionChange, i);

      counts[!change->before ? 0 : !change->after ? 1 : 2]++;
      add_change (self, change);
    }
  g_autofree char *summary = changes->len ? g_strdup_printf (_("New: %u · Gone: %u · Different: %u"), counts[0], counts[1], counts[2])
                                          : g_strdup (_("The same nationalities, days and conditions as now; only notes or dates differ."));
  g_autofree char *text = g_strdup_printf ("%s  ·  %s\n%s", as_of, count, summary);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  adw_preferences_group_set_description (self->group, escaped);
}

static void
action_accept (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskExemptionPreview *self = DESK_EXEMPTION_PREVIEW (widget);

  self->accepted (self->user_data, self->file);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
desk_exemption_preview_dispose (GObject *object)
{
  DeskExemptionPreview *self = DESK_EXEMPTION_PREVIEW (object);

  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_clear_pointer (&self->file, desk_exemption_file_free);
  g_clear_object ((GObject **) &self->user_data);
  G_OBJECT_CLASS (desk_exemption_preview_parent_class)->dispose (object);
}

static void
desk_exemption_preview_class_init (DeskExemptionPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_exemption_preview_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-exemption-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskExemptionPreview, group);
  gtk_widget_class_install_action (widget_class, "exemption.accept", NULL, action_accept);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "exemption.accept", NULL);
}

static void
desk_exemption_preview_init (DeskExemptionPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows it over the window that holds the widget, and takes the file; accepted is called at most once, with user_data,
 * an object that is kept until then. Lent; the window closes itself. */
DeskExemptionPreview *
desk_exemption_preview_show (GtkWidget *over, GPtrArray *before, DeskExemptionFile *file, DeskExemptionAccepted accepted,
                             gpointer user_data)
{
  DeskExemptionPreview *self = g_object_new (DESK_TYPE_EXEMPTION_PREVIEW, "transient-for", gtk_widget_get_root (over), NULL);
  g_autofree char *title = g_markup_escape_text (file->file->name, -1);

  self->before = g_ptr_array_ref (before);
  self->file = file;
  self->accepted = accepted;
  self->user_data = g_object_ref (user_data);
  adw_preferences_group_set_title (self->group, title);
  if (file->table)
    show_changes (self);
  else
    show_problems (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "exemption.accept", file->table != NULL);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
