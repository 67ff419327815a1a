#include "desk-closed-page.h"

#include <glib/gi18n.h>

#include "desk-book-words.h"
#include "desk-clinics.h"
#include "desk-setup-row.h"
#include "desk-setup.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskClosedPage
{
  DeskSetupPage parent_instance;

  AdwPreferencesGroup *days, *adding;
  AdwEntryRow *first, *last, *reason;
};

G_DEFINE_FINAL_TYPE (DeskClosedPage, desk_closed_page, DESK_TYPE_SETUP_PAGE)

typedef struct
{
  DeskDay first, last; /* or the day to open again */
  DeskDay today;
  char *reason;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->reason);
  g_free (change);
}

static DeskDay
today_of (DeskClosedPage *self)
{
  g_autoptr (GTimeZone) zone = desk_clinic_zone (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return desk_instant_day (g_get_real_time () / G_USEC_PER_SEC, zone ? zone : utc);
}

static gboolean
remove_work (DeskDb *db, gpointer data, GError **error)
{
  const Change *change = data;

  return desk_closed_day_remove (db, change->first, change->today, error);
}

static void
action_remove (GtkWidget *widget, const char *name, GVariant *target)
{
  Change *change = g_new0 (Change, 1);

  change->first = g_variant_get_int32 (target);
  change->today = today_of (DESK_CLOSED_PAGE (widget));
  desk_setup_page_run (DESK_SETUP_PAGE (widget), remove_work, change, change_free, NULL);
}

static GtkWidget *
row_new (DeskClosedPage *self, const DeskClosedDay *closed)
{
  g_autofree char *title = desk_words_day (closed->day);
  g_autofree char *label = g_strdup_printf (_("Open on %s again"), title);
  GtkWidget *row = desk_setup_row_new (title, closed->reason, "day", closed->day);

  if (desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)))
    return row;
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "closed.remove");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", closed->day);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
desk_closed_page_refresh (DeskSetupPage *page)
{
  DeskClosedPage *self = DESK_CLOSED_PAGE (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) days = desk_closed_day_list (desk_setup_page_get_reader (page), today_of (self), &error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  gtk_widget_set_visible (GTK_WIDGET (self->adding), !desk_setup_page_get_read_only (page));
  if (!days)
    {
      desk_setup_page_say_error (page, self->days, error);
      return;
    }
  for (guint i = 0; i < days->len; i++)
    g_ptr_array_add (rows, row_new (self, g_ptr_array_index (days, i)));
  adw_preferences_group_set_description (
      self->days, days->len == 0
                      ? _("None. Public holidays of Japan and the closed weekdays are known without an entry here.")
                      : _("Besides public holidays of Japan and the closed weekdays."));
  desk_setup_page_set_rows (page, self->days, rows);
}

static gboolean
add_work (DeskDb *db, gpointer data, GError **error)
{
  const Change *change = data;

  return desk_closed_days_add (db, change->first, change->last, change->reason, error);
}

static void
on_added (DeskSetupPage *page, gpointer data, const GError *error)
{
  DeskClosedPage *self = DESK_CLOSED_PAGE (page);

  if (error)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->first), "");
  gtk_editable_set_text (GTK_EDITABLE (self->last), "");
  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->first));
}

/* Reads a day from today on; says at the row what is wrong. */
static gboolean
read_day (AdwEntryRow *row, DeskDay from, DeskDay *day)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  const char *wrong = NULL;

  if (!desk_book_parse_day (text, from, day))
    wrong = _("Please write the day as 2026-12-29 or 12/29.");
  else if (*day < from)
    wrong = _("This day is over, or before the first.");
  desk_setup_row_say (ADW_PREFERENCES_ROW (row), wrong, FALSE);
  if (wrong)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  return !wrong;
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskClosedPage *self = DESK_CLOSED_PAGE (widget);
  g_autofree char *reason = desk_setup_row_dup_text (self->reason);
  DeskDay today = today_of (self), first, last;

  if (desk_setup_page_is_busy (DESK_SETUP_PAGE (self)) || desk_setup_page_get_read_only (DESK_SETUP_PAGE (self))
      || !read_day (self->first, today, &first))
    return;
  last = first;
  desk_setup_row_say (ADW_PREFERENCES_ROW (self->last), NULL, FALSE);
  if (*gtk_editable_get_text (GTK_EDITABLE (self->last)) && !read_day (self->last, first, &last))
    return;
  desk_setup_row_say (ADW_PREFERENCES_ROW (self->reason), *reason ? NULL : _("Please fill this in."), FALSE);
  if (!*reason)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->reason));
      return;
    }

  Change *change = g_new0 (Change, 1);
  *change = (Change){ first, last, today, g_steal_pointer (&reason) };
  desk_setup_page_run (DESK_SETUP_PAGE (self), add_work, change, change_free, on_added);
}

static void
on_enter (DeskClosedPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "closed.add", NULL);
}

static void
desk_closed_page_class_init (DeskClosedPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_closed_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-closed-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskClosedPage, days);
  gtk_widget_class_bind_template_child (widget_class, DeskClosedPage, adding);
  gtk_widget_class_bind_template_child (widget_class, DeskClosedPage, first);
  gtk_widget_class_bind_template_child (widget_class, DeskClosedPage, last);
  gtk_widget_class_bind_template_child (widget_class, DeskClosedPage, reason);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_install_action (widget_class, "closed.add", NULL, action_add);
  gtk_widget_class_install_action (widget_class, "closed.remove", "i", action_remove);
}

static void
desk_closed_page_init (DeskClosedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
