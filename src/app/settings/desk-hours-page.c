#include "desk-hours-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-book-words.h"
#include "desk-clinics.h"
#include "desk-holiday.h"
#include "desk-openings.h"
#include "desk-setup-row.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskHoursPage
{
  DeskSetupPage parent_instance;

  AdwPreferencesGroup *week, *days, *adding;
  AdwEntryRow *day, *reason;

  AdwEntryRow *weekdays[8]; /* by ISO weekday */
  DeskOpening shown[8];     /* what the store says; closes 0 for the clinic's hours */
};

G_DEFINE_FINAL_TYPE (DeskHoursPage, desk_hours_page, DESK_TYPE_SETUP_PAGE)

typedef struct
{
  DeskDay day, today;
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
today_of (DeskHoursPage *self)
{
  g_autoptr (GTimeZone) zone = desk_clinic_zone (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return desk_instant_day (g_get_real_time () / G_USEC_PER_SEC, zone ? zone : utc);
}

static char *
span_words (const DeskOpening *opening)
{
  g_autofree char *from = desk_book_time_words (opening->opens), *until = desk_book_time_words (opening->closes);

  return g_strdup_printf ("%s–%s", from, until);
}

/* closes 0: the clinic's hours again. */
static gboolean
opening_work (DeskDb *db, gpointer data, GError **error)
{
  const DeskOpening *opening = data;

  return opening->closes ? desk_opening_save (db, opening, error) : desk_opening_remove (db, opening->weekday, error);
}

static gboolean
read_span (const char *text, DeskOpening *opening)
{
  static const char *const dashes[] = { "-", "–", "—", "~", "〜", "～" };

  for (guint i = 0; i < G_N_ELEMENTS (dashes); i++)
    {
      g_auto (GStrv) parts = g_strsplit (text, dashes[i], 2);

      if (parts[0] && parts[1])
        return desk_book_parse_time (parts[0], &opening->opens) && desk_book_parse_time (parts[1], &opening->closes);
    }
  return FALSE;
}

static void
on_week_applied (AdwEntryRow *row, DeskHoursPage *self)
{
  int weekday = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "weekday"));
  g_autofree char *text = desk_setup_row_dup_text (row);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskOpening opening = { weekday, 0, 0 };

  if (*text && !read_span (text, &opening))
    {
      desk_setup_row_say (ADW_PREFERENCES_ROW (row), _("Please write the hours as 9:00–13:00."), FALSE);
      return;
    }
  if (*text)
    desk_opening_check (&opening, problems);
  desk_setup_row_show_problem (ADW_PREFERENCES_ROW (row), problems, "closes");
  if (problems->len > 0 || memcmp (&opening, &self->shown[weekday], sizeof opening) == 0)
    return;

  g_autofree char *span = opening.closes ? span_words (&opening) : g_strdup (_("the clinic’s hours"));
  g_autofree char *words = g_strdup_printf ("%s: %s", desk_words_weekday (weekday), span);
  DeskOpening *old = g_memdup2 (&self->shown[weekday], sizeof *old);
  desk_setup_page_change (DESK_SETUP_PAGE (self), words, opening_work, g_memdup2 (&opening, sizeof opening), opening_work, old, g_free);
}

/* What was typed and not saved stays. */
static void
show_weekday (DeskHoursPage *self, int weekday, const DeskOpening *opening, const DeskClinic *clinic)
{
  AdwEntryRow *row = self->weekdays[weekday];
  DeskOpening usual = { weekday, clinic->opens, clinic->closes };
  g_autofree char *before = self->shown[weekday].closes ? span_words (&self->shown[weekday]) : g_strdup ("");
  g_autofree char *now = opening->closes ? span_words (opening) : g_strdup ("");
  g_autofree char *hours = span_words (&usual);
  gboolean closed = strchr (clinic->closed_weekdays, '0' + weekday) != NULL;
  g_autofree char *title = opening->closes ? g_strdup (desk_words_weekday (weekday))
                           : closed        ? g_strdup_printf (_("%s (closed)"), desk_words_weekday (weekday))
                                           : g_strdup_printf (_("%s (as the clinic, %s)"), desk_words_weekday (weekday), hours);

  g_object_set_data (G_OBJECT (row), "own-title", NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (row)), before) == 0 || strcmp (before, now) != 0)
    gtk_editable_set_text (GTK_EDITABLE (row), now);
  gtk_editable_set_editable (GTK_EDITABLE (row), !desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)));
  self->shown[weekday] = *opening;
}

static gboolean
remove_work (DeskDb *db, gpointer data, GError **error)
{
  const Change *change = data;

  return desk_open_day_remove (db, change->day, change->today, error);
}

static gboolean
add_work (DeskDb *db, gpointer data, GError **error)
{
  const Change *change = data;

  return desk_open_day_add (db, change->day, change->reason, error);
}

static void
action_remove (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskHoursPage *self = DESK_HOURS_PAGE (widget);
  const char *reason;
  Change *change = g_new0 (Change, 1), *back = g_new0 (Change, 1);

  g_variant_get (target, "(i&s)", &change->day, &reason);
  change->today = today_of (self);
  back->day = change->day;
  back->reason = g_strdup (reason);
  g_autofree char *day = desk_words_day (change->day);
  g_autofree char *words = g_strdup_printf (_("Not open on %s any more"), day);
  desk_setup_page_change (DESK_SETUP_PAGE (self), words, remove_work, change, add_work, back, change_free);
}

static GtkWidget *
row_new (DeskHoursPage *self, const DeskClosedDay *open)
{
  g_autofree char *title = desk_words_day (open->day);
  g_autofree char *label = g_strdup_printf (_("Do not open on %s"), title);
  const char *holiday = desk_holiday_name (open->day, strcmp (desk_words_language (), "ja") == 0);
  g_autofree char *subtitle = g_strconcat (open->reason, holiday && *open->reason ? " · " : "", holiday ? holiday : "", NULL);
  GtkWidget *row = desk_setup_row_new (title, subtitle, "open", open->day);

  if (desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)))
    return row;
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "open-day.remove");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(is)", open->day, open->reason);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_week (DeskHoursPage *self, const DeskClinic *clinic, const GArray *openings)
{
  for (int weekday = 1; weekday <= 7; weekday++)
    {
      DeskOpening opening = { weekday, 0, 0 };

      for (guint i = 0; i < openings->len; i++)
        if (g_array_index (openings, DeskOpening, i).weekday == weekday)
          opening = g_array_index (openings, DeskOpening, i);
      show_weekday (self, weekday, &opening, clinic);
    }
}

static void
desk_hours_page_refresh (DeskSetupPage *page)
{
  DeskHoursPage *self = DESK_HOURS_PAGE (page);
  DeskDb *db = desk_setup_page_get_reader (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskClinic) clinic = desk_clinic_load (db, &error);
  g_autoptr (GArray) openings = clinic ? desk_opening_list (db, &error) : NULL;
  g_autoptr (GPtrArray) days = openings ? desk_open_day_list (db, today_of (self), &error) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  gtk_widget_set_visible (GTK_WIDGET (self->adding), !desk_setup_page_get_read_only (page));
  if (!days)
    {
      desk_setup_page_say_error (page, self->week, error);
      return;
    }
  show_week (self, clinic, openings);
  for (guint i = 0; i < days->len; i++)
    g_ptr_array_add (rows, row_new (self, g_ptr_array_index (days, i)));
  adw_preferences_group_set_description (self->days, days->len == 0 ? _("None. On public holidays and closed weekdays nobody is expected.")
                                                                    : _("Although a holiday or the weekday says otherwise."));
  desk_setup_page_set_rows (page, self->days, rows);
}

static void
on_added (DeskSetupPage *page, gpointer data, const GError *error)
{
  DeskHoursPage *self = DESK_HOURS_PAGE (page);

  if (error)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->day), "");
  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->day));
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskHoursPage *self = DESK_HOURS_PAGE (widget);
  DeskDay today = today_of (self), day;
  gboolean read = desk_book_parse_day (gtk_editable_get_text (GTK_EDITABLE (self->day)), today, &day);

  if (desk_setup_page_is_busy (DESK_SETUP_PAGE (self)) || desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)))
    return;
  desk_setup_row_say (ADW_PREFERENCES_ROW (self->day),
                      !read         ? _("Please write the day as 2026-12-29 or 12/29.")
                      : day < today ? _("This day is over, or before the first.")
                                    : NULL,
                      FALSE);
  if (!read || day < today)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->day));
      return;
    }

  Change *change = g_new0 (Change, 1);
  *change = (Change){ day, today, desk_setup_row_dup_text (self->reason) };
  desk_setup_page_run (DESK_SETUP_PAGE (self), add_work, change, change_free, on_added);
}

static void
on_enter (DeskHoursPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "open-day.add", NULL);
}

static void
desk_hours_page_class_init (DeskHoursPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_hours_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-hours-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskHoursPage, week);
  gtk_widget_class_bind_template_child (widget_class, DeskHoursPage, days);
  gtk_widget_class_bind_template_child (widget_class, DeskHoursPage, adding);
  gtk_widget_class_bind_template_child (widget_class, DeskHoursPage, day);
  gtk_widget_class_bind_template_child (widget_class, DeskHoursPage, reason);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_install_action (widget_class, "open-day.add", NULL, action_add);
  gtk_widget_class_install_action (widget_class, "open-day.remove", "(is)", action_remove);
}

static void
desk_hours_page_init (DeskHoursPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int weekday = 1; weekday <= 7; weekday++)
    {
      AdwEntryRow *row = ADW_ENTRY_ROW (adw_entry_row_new ());

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), desk_words_weekday (weekday));
      adw_entry_row_set_show_apply_button (row, TRUE);
      g_object_set_data (G_OBJECT (row), "weekday", GINT_TO_POINTER (weekday));
      g_signal_connect (row, "apply", G_CALLBACK (on_week_applied), self);
      adw_preferences_group_add (self->week, GTK_WIDGET (row));
      self->weekdays[weekday] = row;
      self->shown[weekday].weekday = weekday;
    }
}
