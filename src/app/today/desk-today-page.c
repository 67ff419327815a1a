#include "desk-today-page.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "desk-attention.h"
#include "desk-day-close-window.h"
#include "desk-bedside-window.h"
#include "desk-clock-words.h"
#include "desk-letter-differences.h"
#include "desk-lists-window.h"
#include "desk-book.h"
#include "desk-clinics.h"
#include "desk-day-note-entry.h"
#include "desk-gate-words.h"
#include "desk-holiday.h"
#include "desk-money.h"
#include "desk-openings.h"
#include "desk-list-fill.h"
#include "desk-toast.h"
#include "desk-today-lane.h"
#include "desk-visit-acts.h"
#include "desk-window.h"
#include "desk-words.h"

struct _DeskTodayPage
{
  DeskPage parent_instance;

  DeskDay day; /* shown */
  guint clock;
  guint again; /* idle source: several kinds of change are read once */
  GPtrArray *pressing; /* of DeskAttention: the rows of the list point into it */

  GtkLabel *date;
  GtkLabel *remark;
  DeskDayNoteEntry *note;
  DeskTodayLane *arriving;
  DeskTodayLane *inside;
  DeskTodayLane *done;
  GtkListBox *attention;
  GtkLabel *attention_empty;
  GtkLabel *attention_count;
};

G_DEFINE_FINAL_TYPE (DeskTodayPage, desk_today_page, DESK_TYPE_PAGE)

/* In which lane a status stands; NULL shows nowhere. */
static GPtrArray *
lane_of (const char *status, GPtrArray *arriving, GPtrArray *inside, GPtrArray *done)
{
  static const char *const here[] = { "arrived", "checked_in", "in_room", NULL };

  if (g_strv_contains (here, status))
    return inside;
  if (desk_visit_is_final (status))
    return done;
  return g_str_equal (status, "proposed") ? NULL : arriving;
}

static void
show_visits (DeskTodayPage *self, const GPtrArray *visits)
{
  DeskPage *page = DESK_PAGE (self);
  g_autoptr (GPtrArray) arriving = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
  g_autoptr (GPtrArray) inside = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
  g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
  DeskTodayLane *lanes[] = { self->arriving, self->inside, self->done };
  gint64 focused = 0;

  for (guint i = 0; i < G_N_ELEMENTS (lanes) && !focused; i++)
    focused = gtk_widget_get_root (GTK_WIDGET (self)) ? desk_today_lane_get_focused (lanes[i]) : 0;
  for (guint i = 0; i < visits->len; i++)
    {
      DeskVisit *visit = g_ptr_array_index (visits, i);
      GPtrArray *lane = lane_of (visit->status, arriving, inside, done);

      if (lane)
        g_ptr_array_add (lane, desk_visit_copy (visit));
    }
  /* From the top of the page down, what fits the screen. */
  guint room = DESK_LIST_FILL_SCREEN;
  desk_today_lane_fill (self->inside, page, inside, room);
  room -= MIN (room, inside->len);
  desk_today_lane_fill (self->arriving, page, arriving, room);
  room -= MIN (room, arriving->len);
  desk_today_lane_fill (self->done, page, done, room);

  /* The focus follows the person to the next lane. */
  for (guint i = 0; focused && i < G_N_ELEMENTS (lanes); i++)
    if (desk_today_lane_focus (lanes[i], focused))
      break;
}

static const struct
{
  const char *object;
  DeskKind kind;
} objects[] = { { "patient", DESK_KIND_PATIENT }, { "unit", DESK_KIND_UNIT }, { "lot", DESK_KIND_LOT }, { "visit", DESK_KIND_VISIT },
                { "inbox", DESK_KIND_INBOX }, { "lookback", DESK_KIND_LOOKBACK },
                { "tank", DESK_KIND_TANK }, { "count", DESK_KIND_COUNT }, { "issued", DESK_KIND_LETTER } };

static void
on_attention_activated (GtkListBox *list, GtkListBoxRow *row, DeskTodayPage *self)
{
  const DeskAttention *attention = g_object_get_data (G_OBJECT (row), "attention");

  if (attention->kind == DESK_ATTENTION_FREED || attention->kind == DESK_ATTENTION_CALLS)
    {
      desk_lists_window_show (DESK_PAGE (self), attention->kind == DESK_ATTENTION_FREED ? "freed" : "calls");
      return;
    }
  if (attention->kind == DESK_ATTENTION_LETTERS)
    {
      desk_letter_differences_show (DESK_PAGE (self), attention->patient_id);
      return;
    }
  if (attention->kind == DESK_ATTENTION_WALL)
    desk_clock_ask_mend (DESK_PAGE (self), attention->id);
  for (guint i = 0; i < G_N_ELEMENTS (objects) && attention->kind != DESK_ATTENTION_WALL; i++)
    if (g_str_equal (objects[i].object, attention->object))
      desk_window_show (desk_window_of (GTK_WIDGET (self)), objects[i].kind, attention->id);
  if (attention->kind == DESK_ATTENTION_STAY_ENDS || attention->kind == DESK_ATTENTION_DEPARTURE)
    desk_window_run (desk_window_of (GTK_WIDGET (self)), "patients", "trips.show", NULL);
  if (attention->kind == DESK_ATTENTION_PAPERS || attention->kind == DESK_ATTENTION_REQUESTED)
    desk_window_run (desk_window_of (GTK_WIDGET (self)), "patients", "gates.show", NULL);
  if (attention->kind >= DESK_ATTENTION_CONSENT_MISSING && attention->kind <= DESK_ATTENTION_CONSENT_LOST)
    desk_window_run (desk_window_of (GTK_WIDGET (self)), "patients", "consents.show", NULL);
  if (attention->kind == DESK_ATTENTION_INVOICE || attention->kind == DESK_ATTENTION_QUOTE || attention->kind == DESK_ATTENTION_DEPOSIT)
    desk_window_run (desk_window_of (GTK_WIDGET (self)), "patients", "money.show", NULL);
}

/* "Level low: fill now, Falling fast". */
static char *
tank_words (const char *codes)
{
  g_auto (GStrv) signs = g_strsplit (codes, ",", -1);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; signs[i]; i++)
    g_string_append_printf (words, "%s%s", i ? " · " : "", desk_words ("tank", signs[i]));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* "Closed: staff outing", "Lunch", "outside the stay": what a visit runs into since it was booked. */
static char *
runs_into_words (const char *detail)
{
  g_auto (GStrv) parts = g_strsplit (detail, " ", 3);
  const char *more = g_strv_length (parts) > 1 ? strchr (detail, ' ') + 1 : "";

  if (g_str_equal (parts[0], "closed"))
    return *more ? g_strdup_printf (_("Closed: %s"), more) : g_strdup (_("The clinic is closed that day"));
  if (g_str_equal (parts[0], "block"))
    return parts[2] && *parts[2] ? g_strdup_printf ("%s: %s", desk_words ("block", parts[1]), parts[2]) : g_strdup (desk_words ("block", parts[1]));
  return g_strdup (g_str_equal (parts[1], "passport") ? _("The passport ends before that day") : _("Outside the stay in Japan"));
}

/* "10:00–11:00 Infusion · 3 people fit". */
static char *
freed_words (const char *detail, DeskPage *page)
{
  g_auto (GStrv) parts = g_strsplit (detail, " ", 4);
  guint n = atoi (parts[2]);
  g_autofree char *from = desk_words_time (g_ascii_strtoll (parts[0], NULL, 10), desk_page_get_zone (page));
  g_autofree char *until = desk_words_time (g_ascii_strtoll (parts[1], NULL, 10), desk_page_get_zone (page));
  g_autofree char *fit = n ? g_strdup_printf (g_dngettext (NULL, "%u person fits", "%u people fit", n), n) : g_strdup (_("nobody who waits fits"));

  return g_strdup_printf ("%s–%s %s · %s", from, until, desk_page_visit_type (page, parts[3]), fit);
}

/* "N26-000004-X 770000" → "N26-000004-X: ¥770,000 open". */
static char *
amount_words (gboolean left, const char *detail)
{
  g_auto (GStrv) parts = g_strsplit (detail, " ", 2);
  g_autofree char *amount = desk_money_format (g_ascii_strtoll (parts[1], NULL, 10), "JPY");

  return g_strdup_printf (left ? _("%s: ¥%s left") : _("%s: ¥%s open"), parts[0], amount);
}

static char *
attention_detail (const DeskAttention *attention, DeskPage *page)
{
  guint waiting = attention->kind == DESK_ATTENTION_INBOX ? atoi (attention->detail) : 0;

  if (attention->kind == DESK_ATTENTION_INBOX)
    return g_strdup_printf (g_dngettext (NULL, "%u paper waits to be filed", "%u papers wait to be filed", waiting), waiting);
  if (attention->kind == DESK_ATTENTION_FREED)
    return freed_words (attention->detail, page);
  if (attention->kind == DESK_ATTENTION_CALLS)
    {
      waiting = atoi (attention->detail);
      return g_strdup_printf (g_dngettext (NULL, "%u call", "%u calls", waiting), waiting);
    }
  if (attention->kind == DESK_ATTENTION_LETTERS)
    {
      waiting = atoi (attention->detail);
      return g_strdup_printf (g_dngettext (NULL, "%u letter to look at", "%u letters to look at", waiting), waiting);
    }
  if (attention->kind == DESK_ATTENTION_CLOCK)
    return g_strdup (desk_words ("legal-clock", attention->detail));
  if (attention->kind == DESK_ATTENTION_PAPERS)
    return desk_gate_words_rules (attention->detail);
  if (attention->kind == DESK_ATTENTION_TANK)
    return tank_words (attention->detail);
  if (attention->kind == DESK_ATTENTION_RUNS_INTO)
    return runs_into_words (attention->detail);
  if (attention->kind == DESK_ATTENTION_CONSENT_AGAIN)
    return g_strdup_printf (_("version %s"), attention->detail);
  if (attention->kind == DESK_ATTENTION_INVOICE)
    return amount_words (FALSE, attention->detail);
  if (attention->kind == DESK_ATTENTION_DEPOSIT)
    return amount_words (TRUE, attention->detail);
  if (attention->kind == DESK_ATTENTION_HELD_ENDS)
    return g_strdup_printf (_("%s: book it or let it go"), desk_page_visit_type (page, attention->detail));
  if (attention->kind != DESK_ATTENTION_REQUESTED)
    return g_strdup (attention->detail ? attention->detail : "");

  g_auto (GStrv) kinds = g_strsplit (attention->detail ? attention->detail : "", ",", -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  for (guint i = 0; kinds[i]; i++)
    g_ptr_array_add (words, (gpointer) desk_words ("document-kind", kinds[i]));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

/* Draws stand under the milestone they have come to: 7, 5 and 2 days before. */
static char *
attention_title (const DeskAttention *attention)
{
  const char *words = desk_words ("attention", desk_attention_code (attention->kind));

  if (attention->kind != DESK_ATTENTION_PAPERS)
    return g_strdup (words);
  return g_strdup_printf (g_dngettext (NULL, "%s, within %d day", "%s, within %d days", attention->milestone), words,
                          attention->milestone);
}

static void
on_answered (GtkButton *button, DeskTodayPage *self)
{
  const DeskAttention *attention
      = g_object_get_data (G_OBJECT (gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW)), "attention");
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) visit = desk_visit_load (desk_page_get_reader (DESK_PAGE (self)), attention->id, &error);

  if (visit)
    desk_visit_act_status (GTK_WIDGET (self), desk_page_get_session (DESK_PAGE (self)), visit, g_object_get_data (G_OBJECT (button), "status"));
  else
    desk_toast_error (GTK_WIDGET (self), error);
}

static void
add_answer (DeskTodayPage *self, GtkWidget *row, const char *label, const char *status)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "status", (gpointer) status);
  g_signal_connect (button, "clicked", G_CALLBACK (on_answered), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
make_attention (gconstpointer thing, gpointer user_data)
{
  const DeskAttention *attention = thing;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *detail = attention_detail (attention, DESK_PAGE (user_data));
  g_autofree char *title = attention_title (attention);
  g_autofree char *day = desk_words_day_short (attention->day);
  const char *facts[] = { attention->patient_name, day, detail };
  g_autofree char *subtitle = desk_words_facts (facts, G_N_ELEMENTS (facts));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), attention->overdue ? "dialog-warning-symbolic" : "alarm-symbolic");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "attention", (gpointer) attention);
  if (attention->kind == DESK_ATTENTION_HELD_ENDS && !desk_page_get_read_only (DESK_PAGE (user_data)))
    {
      add_answer (user_data, row, _("Book"), "booked");
      add_answer (user_data, row, _("Let Go"), "cancelled_clinic");
    }
  return row;
}

static void
show_attention (DeskTodayPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = desk_today_attention (desk_page_get_reader (DESK_PAGE (self)), self->day, &error);

  if (!list)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }

  guint n = list->len;
  g_autofree char *count = g_strdup_printf ("%u", n);
  /* The day itself comes first: these rows follow the first frame. */
  desk_list_fill (self->attention, list, 0, make_attention, self);
  g_clear_pointer (&self->pressing, g_ptr_array_unref);
  self->pressing = g_steal_pointer (&list);
  gtk_label_set_label (self->attention_count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->attention), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->attention_empty), n == 0);
}

static void
show_date (DeskTodayPage *self)
{
  DeskPage *page = DESK_PAGE (self);
  g_autofree char *words = desk_words_day (self->day);
  const char *holiday = desk_holiday_name (self->day, g_str_equal (desk_words_language (), "ja"));
  g_autoptr (DeskHours) hours = desk_hours_load (desk_page_get_reader (page), self->day, self->day, NULL);
  DeskHoursOfDay of_day = hours ? desk_hours_of_day (hours, self->day) : (DeskHoursOfDay){ DESK_CLOSED_NOT, NULL, 0, 0 };
  g_autofree char *remark = NULL;

  if (of_day.closed == DESK_CLOSED_DAY)
    remark = g_strdup_printf (_("Closed: %s"), of_day.reason);
  else if (holiday)
    remark = g_strdup (holiday);
  else if (of_day.closed)
    remark = g_strdup (_("The clinic is closed today"));
  gtk_label_set_label (self->date, words);
  gtk_label_set_label (self->remark, remark ? remark : "");
}

static void
refresh (DeskTodayPage *self)
{
  DeskPage *page = DESK_PAGE (self);
  g_autoptr (GError) error = NULL;

  self->day = desk_page_get_today (page);
  gint64 from = desk_instant_at (self->day, 0, desk_page_get_zone (page));
  gint64 until = desk_instant_at (self->day + 1, 0, desk_page_get_zone (page));
  g_autoptr (GPtrArray) visits = desk_visit_between (desk_page_get_reader (page), from, until, &error);

  if (!visits)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  show_date (self);
  if (!desk_day_note_entry_show (self->note, page, self->day, &error))
    desk_toast_error (GTK_WIDGET (self), error);
  show_visits (self, visits);
  show_attention (self);
}

static void
on_stepped (DeskTodayLane *lane, gint64 visit_id, DeskTodayPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) visit = desk_visit_load (desk_page_get_reader (DESK_PAGE (self)), visit_id, &error);
  const char *next = visit ? desk_visit_next_status (visit->status, desk_page_is_coming (DESK_PAGE (self), visit->starts_at)) : NULL;

  if (desk_page_get_read_only (DESK_PAGE (self)))
    return;
  if (next)
    desk_visit_act_status (GTK_WIDGET (self), desk_page_get_session (DESK_PAGE (self)), visit, next);
  else if (error)
    desk_toast_error (GTK_WIDGET (self), error);
}

static void
on_opened (DeskTodayLane *lane, gint64 visit_id, DeskTodayPage *self)
{
  desk_window_show (desk_window_of (GTK_WIDGET (self)), DESK_KIND_VISIT, visit_id);
}

/* The visit whose row has the focus, when its patient is here for a dose; else who sits in a chair. */
static void
action_close_money (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_day_close_window_show (DESK_PAGE (widget));
}

static void
action_bedside (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskTodayPage *self = DESK_TODAY_PAGE (widget);
  gint64 id = desk_today_lane_get_focused (self->inside);
  g_autoptr (DeskVisit) visit = id ? desk_visit_load (desk_page_get_reader (DESK_PAGE (self)), id, NULL) : NULL;

  if (visit && desk_bedside_window_serves (visit))
    desk_bedside_window_show (desk_window_of (widget), id);
  else
    desk_bedside_window_choose (desk_window_of (widget));
}

static void
action_note (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_day_note_entry_focus (DESK_TODAY_PAGE (widget)->note);
}

/* Waiting minutes grow, and midnight comes. */
static gboolean
on_minute (gpointer user_data)
{
  refresh (user_data);
  return G_SOURCE_CONTINUE;
}

/* Changes of several kinds at once are read once. */
static gboolean
on_again (gpointer user_data)
{
  DeskTodayPage *self = user_data;

  self->again = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
desk_today_page_load (DeskPage *page)
{
  DeskTodayPage *self = DESK_TODAY_PAGE (page);

  desk_today_lane_set_words (self->arriving, _("Arriving"), _("Nobody else is expected today."));
  desk_today_lane_set_words (self->inside, _("In the clinic"), _("Nobody is in the clinic. Press Space on a visit when the person arrives."));
  desk_today_lane_set_words (self->done, _("Done"), _("Nobody has finished yet."));
  refresh (self);
  self->clock = g_timeout_add_seconds (60, on_minute, self);
}

static void
desk_today_page_changed (DeskPage *page, DeskKind kind, gint64 id)
{
  DeskTodayPage *self = DESK_TODAY_PAGE (page);

  if (!self->again)
    self->again = g_idle_add (on_again, self);
}

static void
desk_today_page_enter (DeskPage *page)
{
  DeskTodayPage *self = DESK_TODAY_PAGE (page);

  if (!desk_today_lane_focus (self->inside, 0) && !desk_today_lane_focus (self->arriving, 0))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
desk_today_page_dispose (GObject *object)
{
  DeskTodayPage *self = DESK_TODAY_PAGE (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_handle_id (&self->again, g_source_remove);
  g_clear_pointer (&self->pressing, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_today_page_parent_class)->dispose (object);
}

static void
desk_today_page_class_init (DeskTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DeskPageClass *page_class = DESK_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_today_page_dispose;
  page_class->load = desk_today_page_load;
  page_class->changed = desk_today_page_changed;
  page_class->enter = desk_today_page_enter;

  g_type_ensure (DESK_TYPE_TODAY_LANE);
  g_type_ensure (DESK_TYPE_DAY_NOTE_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskTodayPage, date);
  gtk_widget_class_bind_template_child (widget_class, DeskTodayPage, remark);
  gtk_widget_class_bind_template_child (widget_class, DeskTodayPage, note);
  gtk_widget_class_bind_template_child (widget_class, DeskTodayPage, arriving);
  gtk_widget_class_bind_template_child (widget_class, DeskTodayPage, inside);
  gtk_widget_class_bind_template_child (widget_class, DeskTodayPage, done);
  gtk_widget_class_bind_template_child (widget_class, DeskTodayPage, attention);
  gtk_widget_class_bind_template_child (widget_class, DeskTodayPage, attention_empty);
  gtk_widget_class_bind_template_child (widget_class, DeskTodayPage, attention_count);
  gtk_widget_class_install_action (widget_class, "today.note", NULL, action_note);
  gtk_widget_class_install_action (widget_class, "today.bedside", NULL, action_bedside);
  gtk_widget_class_install_action (widget_class, "today.close-money", NULL, action_close_money);
  gtk_widget_class_bind_template_callback (widget_class, on_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_stepped);
  gtk_widget_class_bind_template_callback (widget_class, on_attention_activated);
}

static void
desk_today_page_init (DeskTodayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
