#include "desk-count-compare.h"

#include <glib/gi18n.h>

#include "desk-count-dialogs.h"
#include "desk-words.h"

struct _DeskCountCompare
{
  GtkBox parent_instance;

  DeskPage *page; /* not owned */
  DeskCountState state;
  GPtrArray *differences; /* of DeskCountDifference */

  GtkLabel *title, *people, *summary;
  GtkListBox *list;
  GtkButton *close;
};

G_DEFINE_FINAL_TYPE (DeskCountCompare, desk_count_compare, GTK_TYPE_BOX)

/* A shape for each kind, beside its word. */
static const char *const icons[DESK_N_DIFFERENCES] = {
  [DESK_DIFFERENCE_MISSING] = "dialog-question-symbolic",  [DESK_DIFFERENCE_FOREIGN] = "go-jump-symbolic",
  [DESK_DIFFERENCE_ELSEWHERE] = "view-refresh-symbolic", [DESK_DIFFERENCE_DOUBLED] = "edit-copy-symbolic",
  [DESK_DIFFERENCE_UNKNOWN] = "dialog-warning-symbolic",
};

static char *
resolved_words (DeskCountCompare *self, const DeskCountDifference *d)
{
  g_autofree char *when = desk_words_when (d->resolved_at, desk_page_get_zone (self->page));
  g_autofree char *people = g_strdup_printf (_("%s with %s"), d->resolved_by, d->witness);
  const char *facts[] = { desk_words ("resolution", desk_resolution_code (d->resolution)), d->cause, people, when };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

static GtkWidget *
row_new (DeskCountCompare *self, const DeskCountDifference *d)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_strdup_printf ("%s: %s", desk_words ("difference", desk_difference_code (d->kind)), d->number ? d->number : d->code);
  g_autofree char *where = desk_count_difference_words (d);
  g_autofree char *resolved = d->resolved ? resolved_words (self, d) : NULL;
  g_autofree char *subtitle = resolved ? g_strdup_printf ("%s\n✓ %s", where, resolved) : g_strdup (where);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), d->resolved ? "emblem-ok-symbolic" : icons[d->kind]);
  if (!d->resolved && !desk_page_get_read_only (self->page))
    {
      GtkWidget *button = gtk_button_new_with_label (_("Resolve…"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "counts.resolve-of");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", d->id);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
    }
  return row;
}

static void
show_heads (DeskCountCompare *self, const DeskCount *count)
{
  GTimeZone *zone = desk_page_get_zone (self->page);
  g_autofree char *title = g_strdup_printf ("%s · %s", count->number, count->place);
  g_autofree char *counted_at = count->counted_at ? desk_words_when (count->counted_at, zone) : NULL;
  g_autofree char *closed_at = count->closed_at ? desk_words_when (count->closed_at, zone) : NULL;
  g_autofree char *counted = counted_at ? g_strdup_printf (_("counted by %s, %s"), count->counted_by, counted_at) : NULL;
  g_autofree char *closed = !closed_at ? NULL
                            : count->closed_with
                                ? g_strdup_printf (_("closed by %s with %s, %s"), count->closed_by, count->closed_with, closed_at)
                                : g_strdup_printf (_("abandoned by %s, %s: %s"), count->closed_by, closed_at, count->note);
  g_autofree char *boxes = g_strdup_printf (ngettext ("%u box", "%u boxes", count->boxes_done), count->boxes_done);
  g_autofree char *scans = g_strdup_printf (ngettext ("%u code read", "%u codes read", count->scans), count->scans);
  const char *facts[] = { boxes, scans, counted, closed };
  g_autofree char *people = desk_words_facts (facts, G_N_ELEMENTS (facts));
  g_autofree char *summary
      = count->state == DESK_COUNT_ABANDONED ? g_strdup (_("Nothing was compared"))
        : count->differences == 0            ? g_strdup (_("✓ Everything is where it should be."))
        : count->unresolved
            ? g_strdup_printf (ngettext ("%u of %u difference open", "%u of %u differences open", count->differences), count->unresolved, count->differences)
            : g_strdup_printf (ngettext ("✓ %u difference, resolved", "✓ %u differences, all resolved", count->differences), count->differences);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->people, people);
  gtk_label_set_text (self->summary, summary);
}

/* Shows a count whose scanning has ended, read anew. */
void
desk_count_compare_show (DeskCountCompare *self, const DeskCount *count)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *differences = desk_count_differences (desk_page_get_reader (self->page), count->id, &error);
  GtkWidget *row;

  if (!differences)
    {
      g_warning ("cannot read the differences of a count: %s", error->message);
      return;
    }
  self->state = count->state;
  g_clear_pointer (&self->differences, g_ptr_array_unref);
  self->differences = differences;
  show_heads (self, count);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < differences->len; i++)
    gtk_list_box_append (self->list, row_new (self, differences->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->list), differences->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->close), count->state == DESK_COUNT_COMPARING);
}

/* Puts the focus on the first difference that is open. */
void
desk_count_compare_enter (DeskCountCompare *self)
{
  for (guint i = 0; self->differences && i < self->differences->len; i++)
    if (!((DeskCountDifference *) self->differences->pdata[i])->resolved)
      {
        gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)));
        return;
      }
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
desk_count_compare_finalize (GObject *object)
{
  g_clear_pointer (&DESK_COUNT_COMPARE (object)->differences, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_count_compare_parent_class)->finalize (object);
}

static void
action_resolve (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCountCompare *self = DESK_COUNT_COMPARE (widget);

  for (guint i = 0; self->differences && i < self->differences->len; i++)
    if (((DeskCountDifference *) self->differences->pdata[i])->id == g_variant_get_int64 (target))
      desk_count_resolve_dialog (self->page, self->differences->pdata[i]);
}

static void
desk_count_compare_class_init (DeskCountCompareClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_count_compare_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-count-compare.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCountCompare, title);
  gtk_widget_class_bind_template_child (widget_class, DeskCountCompare, people);
  gtk_widget_class_bind_template_child (widget_class, DeskCountCompare, summary);
  gtk_widget_class_bind_template_child (widget_class, DeskCountCompare, list);
  gtk_widget_class_bind_template_child (widget_class, DeskCountCompare, close);
  gtk_widget_class_install_action (widget_class, "counts.resolve-of", "x", action_resolve);
}

static void
desk_count_compare_init (DeskCountCompare *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
desk_count_compare_new (DeskPage *page)
{
  DeskCountCompare *self = g_object_new (DESK_TYPE_COUNT_COMPARE, NULL);

  self->page = page;
  return GTK_WIDGET (self);
}
