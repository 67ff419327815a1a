#include "desk-patient-trips.h"

#include <glib/gi18n.h>

#include "desk-book.h"
#include "desk-card-list.h"
#include "desk-ripple-dialog.h"
#include "desk-stay-words.h"
#include "desk-toast.h"
#include "desk-trip-dialog.h"
#include "desk-trips.h"
#include "desk-window.h"
#include "desk-words.h"

struct _DeskPatientTrips
{
  DeskPatientSection parent_instance;

  DeskCardList *list;
};

G_DEFINE_FINAL_TYPE (DeskPatientTrips, desk_patient_trips, DESK_TYPE_PATIENT_SECTION)

/* ── what is shown ── */

static void
show_problems (GtkBox *card, DeskStayFile *file, const DeskTrip *trip)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  file->look.trip = trip;
  desk_stay_check (&file->look, problems);
  for (guint i = 0; i < problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (problems, i);
      g_autofree char *words = desk_stay_problem_words (problem);
      g_autofree char *line = g_strdup_printf ("%s %s", problem->warning ? "⚠" : "✖", words);

      desk_card_list_line (card, line, problem->warning ? "warning" : "error");
    }
}

/* Why a visit does not fit the stays, with the day that is the limit; NULL when it fits or nobody has to be there. */
static char *
misfit_words (const DeskStayFile *file, const DeskVisit *visit, GTimeZone *zone)
{
  DeskDay day = desk_instant_day (visit->starts_at, zone), limit;

  if (day < file->look.today || desk_visit_is_final (visit->status) || g_str_equal (visit->type, "remote"))
    return NULL;
  DeskStayFit fit = desk_stay_fit (file->trips, file->patient->passport_until, day, file->look.today, &limit);
  if (fit == DESK_STAY_FITS)
    return NULL;
  g_autofree char *iso = desk_day_format (limit), *words = desk_words_iso_day (iso ? iso : "");
  return g_strconcat (desk_words ("stay-fit", desk_stay_fit_code (fit)), _(": "), words, NULL);
}

/* Every visit to come on a day the patient may not be here, each with the way to it. */
static void
show_misfits (DeskPatientTrips *self, const DeskStayFile *file, const GPtrArray *visits)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (self));
  GTimeZone *zone = desk_page_get_zone (page);
  GtkBox *card = NULL;

  for (guint i = 0; i < visits->len; i++)
    {
      const DeskVisit *visit = visits->pdata[i];
      g_autofree char *why = misfit_words (file, visit, zone);

      if (!why)
        continue;
      if (!card)
        card = desk_card_list_add (self->list, _("Visits that do not fit"), NULL, NULL);
      g_autofree char *when = desk_words_when (visit->starts_at, zone);
      g_autofree char *line = g_strdup_printf ("✖ %s  ·  %s  ·  %s", when, desk_page_visit_type (page, visit->type), why);
      desk_card_list_link (card, line, "error", "trips.visit", visit->id);
    }
}

static char *
companion_names (const DeskStayFile *file, const DeskTrip *trip)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < file->companions->len; i++)
    if (desk_trip_has_companion (trip, ((DeskCompanion *) file->companions->pdata[i])->id))
      {
        g_autofree char *name = desk_companion_name (file->companions->pdata[i]);

        g_string_append_printf (names, "%s%s", names->len ? _(", ") : _("With "), name);
      }
  return g_string_free (names, FALSE);
}

/* The four kinds of days, apart. */
static char *
papers_words (const DeskTrip *trip)
{
  g_autofree char *until = desk_words_iso_day (trip->permitted_until);
  g_autofree char *enter_by = desk_words_iso_day (trip->visa_until);
  g_autofree char *exempt = trip->exempt_days && g_str_equal (trip->route, "exempt")
                                ? g_strdup_printf (_("exempt for %d days"), trip->exempt_days) : NULL;
  g_autofree char *stamped
      = trip->permitted_days ? g_strdup_printf (_("%d days stamped at landing"), trip->permitted_days) : NULL;
  g_autofree char *stamp = *until ? g_strdup_printf (_("stamped until %s"), until) : NULL;
  g_autofree char *visa = *enter_by ? g_strdup_printf (_("visa: enter by %s"), enter_by) : NULL;
  g_autofree char *grants = trip->visa_days ? g_strdup_printf (_("visa grants %d days"), trip->visa_days) : NULL;
  g_autofree char *coe = *trip->coe_number ? g_strdup_printf ("COE %s", trip->coe_number) : NULL;
  const char *facts[] = { exempt, stamped, stamp, visa, grants, *trip->visa_entries ? desk_words ("visa-entries", trip->visa_entries) : NULL,
                          coe, trip->guarantor };

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    facts[i] = facts[i] ? facts[i] : "";
  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

static void
show_trip (DeskPatientTrips *self, DeskStayFile *file, const DeskTrip *trip)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (self));
  DeskStay stay;

  desk_stay_count (trip, desk_page_get_today (page), &stay);
  g_autofree char *large = desk_stay_days_words (&stay);
  g_autofree char *dates = desk_stay_dates_words (trip);
  g_autofree char *papers = papers_words (trip);
  g_autofree char *people = companion_names (file, trip);
  GtkBox *card = desk_card_list_add (self->list, desk_words ("route", trip->route), large, dates);
  desk_card_list_line (card, papers, "dim-label");
  desk_card_list_line (card, people, NULL);
  desk_card_list_line (card, trip->note, NULL);
  show_problems (card, file, trip);
  if (desk_page_get_read_only (page))
    return;
  if (!stay.entered)
    {
      desk_card_list_button (card, _("Record Entry"), "trips.enter", trip->id);
      if (*trip->planned_entry)
        desk_card_list_button (card, _("Missed Flight…"), "trips.missed", trip->id);
    }
  else if (!stay.departed)
    desk_card_list_button (card, _("Record Departure"), "trips.depart", trip->id);
  desk_card_list_button (card, _("Edit"), "trips.edit", trip->id);
  desk_card_list_button (card, _("Remove"), "trips.remove", trip->id);
}

static void
show_passport (DeskPatientTrips *self, const DeskStayFile *file)
{
  const DeskPatient *patient = file->patient;
  g_autofree char *until = desk_words_iso_day (patient->passport_until);
  g_autofree char *exemption = desk_stay_exemption_words (file->exemptions, patient->nationality);
  g_autofree char *validity = *until ? g_strdup_printf (_("valid until %s"), until) : g_strdup ("");
  const char *facts[] = { *patient->passport ? patient->passport : _("number not known"), validity };
  g_autofree char *passport = desk_words_facts (facts, G_N_ELEMENTS (facts));
  GtkBox *card = desk_card_list_add (self->list, _("Passport"), NULL, passport);
  DeskDay day = desk_trip_day (patient->passport_until);

  if (day != DESK_DAY_NONE && day < file->look.today)
    desk_card_list_line (card, _("✖ The passport has expired."), "error");
  desk_card_list_line (card, exemption, "dim-label");
}

static gboolean
desk_patient_trips_fill (DeskPatientSection *section, const DeskPatient *patient, GError **error)
{
  DeskPatientTrips *self = DESK_PATIENT_TRIPS (section);
  DeskPage *page = desk_patient_section_get_page (section);
  DeskDb *db = desk_page_get_reader (page);
  g_autoptr (DeskStayFile) file = desk_stay_load (db, patient->id, desk_page_get_today (page), error);
  g_autoptr (GPtrArray) visits = file ? desk_visit_of_patient (db, patient->id, error) : NULL;

  if (!visits)
    return FALSE;
  const DeskTrip *current = desk_stay_current (file->trips, file->look.today);
  desk_card_list_begin (self->list);
  if (current)
    show_trip (self, file, current);
  show_misfits (self, file, visits);
  for (guint i = 0; i < file->trips->len; i++)
    if (file->trips->pdata[i] != current)
      show_trip (self, file, file->trips->pdata[i]);
  show_passport (self, file);
  desk_card_list_end (self->list);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trips.add", !desk_page_get_read_only (page));
  return TRUE;
}

/* ── what can be done ── */

static void
action_show (GtkWidget *widget, const char *name, GVariant *target)
{
  /* Coming here brought the section into view. */
  gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientSection *section = DESK_PATIENT_SECTION (widget);
  g_autoptr (DeskTrip) trip = desk_trip_new (desk_patient_section_get_patient (section));

  desk_trip_dialog_show (desk_patient_section_get_page (section), trip, DESK_TRIP_ALL);
}

static DeskTrip *
load (GtkWidget *widget, GVariant *target)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (widget));
  g_autoptr (GError) error = NULL;
  DeskTrip *trip = desk_trip_load (desk_page_get_reader (page), g_variant_get_int64 (target), &error);

  if (!trip)
    desk_toast_error (widget, error);
  return trip;
}

static void
action_part (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (DeskTrip) trip = load (widget, target);
  DeskTripPart part = g_str_equal (name, "trips.enter")    ? DESK_TRIP_ENTRY
                      : g_str_equal (name, "trips.depart") ? DESK_TRIP_DEPARTURE
                                                           : DESK_TRIP_ALL;

  if (trip)
    desk_trip_dialog_show (desk_patient_section_get_page (DESK_PATIENT_SECTION (widget)), trip, part);
}

static void
action_missed (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (widget));
  g_autoptr (DeskTrip) trip = load (widget, target);

  if (trip)
    desk_ripple_dialog_show (page, DESK_RIPPLE_MISSED_FLIGHT, trip->id,
                             MAX (desk_trip_day (trip->planned_entry), desk_page_get_today (page)) + 1);
}

static void
action_visit (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_window_show (desk_window_of (widget), DESK_KIND_VISIT, g_variant_get_int64 (target));
}

typedef struct
{
  gint64 id, version;
  gboolean cancelled;
  GtkWidget *widget; /* owned */
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->widget);
  g_free (removal);
}

static gboolean
remove_work (DeskDb *db, gpointer data, GError **error)
{
  Removal *removal = data;

  return desk_trip_cancel (db, removal->id, &removal->version, removal->cancelled, error);
}

static void set_cancelled (GtkWidget *widget, gint64 id, gint64 version, gboolean cancelled);

static void
on_undo (gpointer data)
{
  const Removal *removal = data;

  set_cancelled (removal->widget, removal->id, removal->version, FALSE);
}

static void
on_removed (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  const Removal *removal = desk_session_run_finish (DESK_SESSION (session), result, &error);

  if (!removal)
    desk_toast_error (widget, error);
  else if (removal->cancelled)
    {
      Removal *undo = g_new (Removal, 1);

      *undo = *removal;
      undo->widget = g_object_ref (widget);
      desk_toast_undo (widget, _("Stay removed"), G_CALLBACK (on_undo), undo, removal_free);
    }
}

static void
set_cancelled (GtkWidget *widget, gint64 id, gint64 version, gboolean cancelled)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (widget));
  Removal *removal = g_new (Removal, 1);

  *removal = (Removal) { id, version, cancelled, g_object_ref (widget) };
  desk_session_run_async (desk_page_get_session (page), remove_work, removal, removal_free, NULL, on_removed,
                          g_object_ref (widget));
}

static void
action_remove (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (DeskTrip) trip = load (widget, target);

  if (trip)
    set_cancelled (widget, trip->id, trip->version, TRUE);
}

static void
desk_patient_trips_class_init (DeskPatientTripsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DESK_PATIENT_SECTION_CLASS (klass)->fill = desk_patient_trips_fill;
  gtk_widget_class_install_action (widget_class, "trips.show", NULL, action_show);
  gtk_widget_class_install_action (widget_class, "trips.add", NULL, action_add);
  gtk_widget_class_install_action (widget_class, "trips.edit", "x", action_part);
  gtk_widget_class_install_action (widget_class, "trips.enter", "x", action_part);
  gtk_widget_class_install_action (widget_class, "trips.depart", "x", action_part);
  gtk_widget_class_install_action (widget_class, "trips.missed", "x", action_missed);
  gtk_widget_class_install_action (widget_class, "trips.visit", "x", action_visit);
  gtk_widget_class_install_action (widget_class, "trips.remove", "x", action_remove);
}

static void
desk_patient_trips_init (DeskPatientTrips *self)
{
  self->list = desk_card_list_new (_("Stays in Japan"), _("_Add Stay…"), "trips.add",
                                   _("No stay is planned yet. A stay says how the patient enters Japan, from when to when, and who comes along; the visa papers are printed from it, and visits outside it are warned of."));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}
