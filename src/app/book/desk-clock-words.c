#include "desk-clock-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-clock.h"
#include "desk-clocks.h"
#include "desk-toast.h"
#include "desk-words.h"

/* "New York" of America/New_York: the name of the place, as the zones are called. The caller frees it. */
char *
desk_clock_city (const char *zone)
{
  const char *slash = strrchr (zone, '/');
  char *city = g_strdup (slash ? slash + 1 : zone);

  g_strdelimit (city, "_", ' ');
  return city;
}

static GTimeZone *
their_zone (const DeskVisit *visit)
{
  return visit->their_zone && *visit->their_zone ? g_time_zone_new_identifier (visit->their_zone) : NULL;
}

/* "Wed 2 Dec 20:00 (New York)"; NULL for a visit in the clinic, or of somebody whose zone is not known. */
char *
desk_clock_theirs (const DeskVisit *visit)
{
  g_autoptr (GTimeZone) zone = their_zone (visit);
  g_autofree char *when = zone ? desk_words_when (visit->starts_at, zone) : NULL;
  g_autofree char *city = zone ? desk_clock_city (visit->their_zone) : NULL;

  return zone ? g_strdup_printf ("%s (%s)", when, city) : NULL;
}

/* "Wed 20:00 New York": for a box. */
char *
desk_clock_theirs_short (const DeskVisit *visit)
{
  static const char *const days[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };
  g_autoptr (GTimeZone) zone = their_zone (visit);

  if (!zone)
    return NULL;
  g_autofree char *time = desk_words_time (visit->starts_at, zone), *city = desk_clock_city (visit->their_zone);
  return g_strdup_printf ("%s %s %s", _(days[desk_day_weekday (desk_instant_day (visit->starts_at, zone)) - 1]), time, city);
}

typedef struct
{
  DeskPage *page;
  gint64 id, version;
} Mend;

static void
mend_free (gpointer data)
{
  g_object_unref (((Mend *) data)->page);
  g_free (data);
}

static gboolean
mend_work (DeskDb *db, gpointer data, GError **error)
{
  Mend *mend = data;
  g_autoptr (DeskVisit) mended = NULL;

  return desk_clock_mend (db, mend->id, mend->version, &mended, error);
}

static void
on_mended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Mend *mend = g_task_get_task_data (G_TASK (result));

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast_error (GTK_WIDGET (mend->page), error);
  else
    desk_toast (GTK_WIDGET (mend->page), _("The visit is at the time that was agreed. Tell the patient."));
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, Mend *mend)
{
  if (g_str_equal (response, "mend"))
    desk_session_run_async (desk_page_get_session (mend->page), mend_work, mend, mend_free, NULL, on_mended, NULL);
  else
    mend_free (mend);
}

static void
ask (DeskPage *page, const DeskClockStale *stale)
{
  GTimeZone *zone = desk_page_get_zone (page);
  g_autofree char *city = desk_clock_city (stale->wall_zone), *is = desk_words_when (stale->starts_at, zone), *should = desk_words_when (stale->should_be, zone);
  g_autofree char *wall = g_strdelimit (g_strdup (stale->wall), "T", ' ');
  g_autofree char *body = g_strdup_printf (stale->gap ? _("With %s was agreed: %s on the clocks of %s. The rules of that zone have changed since: its clocks skip that time. "
                                                          "In the book it stands at %s; the time after the gap is %s.")
                                                      : _("With %s was agreed: %s on the clocks of %s. The rules of that zone have changed since. "
                                                          "In the book it stands at %s; what was agreed is %s."),
                                           stale->patient_name, wall, city, is, should);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), _("Not the Time That Was Agreed"), body);
  g_autofree char *label = g_strdup_printf (_("Move to %s"), should);
  Mend *mend = g_new (Mend, 1);

  *mend = (Mend) { g_object_ref (page), stale->visit_id, stale->version };
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("Cancel"), "mend", label, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "mend", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "mend");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_answer), mend);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
desk_clock_ask_mend (DeskPage *page, gint64 visit_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = desk_clock_stale_list (desk_page_get_reader (page), g_get_real_time () / G_USEC_PER_SEC, &error);

  for (guint i = 0; list && i < list->len; i++)
    if (((DeskClockStale *) list->pdata[i])->visit_id == visit_id && !desk_page_get_read_only (page))
      ask (page, list->pdata[i]);
  if (!list)
    desk_toast_error (GTK_WIDGET (page), error);
}
