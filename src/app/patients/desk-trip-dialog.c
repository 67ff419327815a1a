#include "desk-trip-dialog.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "desk-record-dialog.h"
#include "desk-stay-words.h"
#include "desk-toast.h"
#include "desk-trips.h"
#include "desk-words.h"

static const char *const routes[] = { "unknown", "exempt", "short_visa", "medical_visa", "coe", "resident", NULL };
static const char *const entries[] = { "", "single", "multiple", NULL };
static const char *const lists[] = { "", "A", "B", NULL };

#define DATE_HINT N_("2026-03-31")
#define VISAS "short_visa medical_visa coe"
#define VISITORS "unknown exempt " VISAS

static const DeskFormField all_fields[] = {
  { N_("Plan"), "route", N_("How the patient enters Japan"), DESK_FORM_CHOICE, NULL, "route", routes },
  { NULL, "hospitalised", N_("Stays in hospital"), DESK_FORM_SWITCH, NULL, NULL, NULL },
  { NULL, "planned_entry", N_("Planned entry"), DESK_FORM_TEXT, DATE_HINT, NULL, NULL },
  { NULL, "planned_departure", N_("Planned departure"), DESK_FORM_TEXT, DATE_HINT, NULL, NULL },
  { N_("Exemption"), "exempt_days", N_("Days without a visa"), DESK_FORM_TEXT, N_("As the table says"), NULL, NULL },
  { NULL, "condition_met", N_("The condition of the passport was checked"), DESK_FORM_SWITCH, NULL, NULL, NULL },
  { N_("Visa"), "mission", N_("Embassy or consulate"), DESK_FORM_TEXT, N_("Where the visa is asked for: Hanoi"), NULL, NULL },
  { NULL, "visa_entries", N_("Entries"), DESK_FORM_CHOICE, NULL, "visa-entries", entries },
  { NULL, "visa_number", N_("Visa number"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "visa_days", N_("Days of stay the visa grants"), DESK_FORM_TEXT, N_("15, 30, 90; six months: 180"), NULL, NULL },
  { NULL, "visa_issued_on", N_("Visa issued on"), DESK_FORM_TEXT, DATE_HINT, NULL, NULL },
  { NULL, "visa_until", N_("Enter by (validity of the visa)"), DESK_FORM_TEXT, DATE_HINT, NULL, NULL },
  { NULL, "coe_number", N_("Number of the Certificate of Eligibility"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { N_("Guarantor"), "guarantor", N_("Guarantor (registered institution)"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "guarantor_list", N_("Public list"), DESK_FORM_CHOICE, NULL, "guarantor-list", lists },
  { NULL, "guarantor_number", N_("Registration number"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "guarantor_checked_on", N_("Looked up in the list on"), DESK_FORM_TEXT, DATE_HINT, NULL, NULL },
  { NULL, "guarantor_address", N_("Address of the guarantor"), DESK_FORM_WIDE, NULL, NULL, NULL },
  { NULL, "guarantor_contact", N_("Person in charge, telephone, fax, e-mail"), DESK_FORM_WIDE, NULL, NULL, NULL },
  { N_("In Japan"), "entered_on", N_("Entered on"), DESK_FORM_TEXT, DATE_HINT, NULL, NULL },
  { NULL, "permitted_days", N_("Days stamped at landing"), DESK_FORM_TEXT, N_("15, 30 or 90, as the stamp says"), NULL, NULL },
  { NULL, "permitted_until", N_("Last day stamped"), DESK_FORM_TEXT, DATE_HINT, NULL, NULL },
  { NULL, "departed_on", N_("Departed on"), DESK_FORM_TEXT, DATE_HINT, NULL, NULL },
  { NULL, "departure_reported_on", N_("Departure report made on"), DESK_FORM_TEXT, N_("By the guarantor (出国報告)"), NULL, NULL },
  { NULL, "note", N_("Note"), DESK_FORM_WIDE, NULL, NULL, NULL },
};

static const DeskFormField entry_fields[] = {
  { N_("Entry into Japan"), "entered_on", N_("Entered on"), DESK_FORM_TEXT, DATE_HINT, NULL, NULL },
  { NULL, "permitted_days", N_("Days stamped at landing"), DESK_FORM_TEXT, N_("15, 30 or 90, as the stamp says"), NULL, NULL },
  { NULL, "permitted_until", N_("Last day stamped"), DESK_FORM_TEXT, DATE_HINT, NULL, NULL },
};

static const DeskFormField departure_fields[] = {
  { N_("Departure from Japan"), "departed_on", N_("Departed on"), DESK_FORM_TEXT, DATE_HINT, NULL, NULL },
  { NULL, "departure_reported_on", N_("Departure report made on"), DESK_FORM_TEXT, N_("By the guarantor (出国報告)"), NULL, NULL },
};

static const struct
{
  const char *title;
  const DeskFormField *fields;
  guint n_fields;
} parts[] = {
  [DESK_TRIP_ALL] = { N_("Stay in Japan"), all_fields, G_N_ELEMENTS (all_fields) },
  [DESK_TRIP_ENTRY] = { N_("Record Entry"), entry_fields, G_N_ELEMENTS (entry_fields) },
  [DESK_TRIP_DEPARTURE] = { N_("Record Departure"), departure_fields, G_N_ELEMENTS (departure_fields) },
};

/* On which roads a field means something; one that is not here always does. */
static const struct
{
  const char *name, *routes;
} shown_for[] = {
  { "hospitalised", VISITORS },  { "exempt_days", "exempt" },  { "condition_met", "exempt" },
  { "mission", VISAS },          { "visa_entries", VISAS },    { "visa_number", VISAS },
  { "visa_days", VISAS },        { "visa_issued_on", VISAS },  { "visa_until", VISAS },
  { "coe_number", "medical_visa coe" }, { "guarantor", "medical_visa coe" }, { "guarantor_list", "medical_visa coe" },
  { "guarantor_number", "medical_visa coe" }, { "guarantor_checked_on", "medical_visa coe" },
  { "guarantor_address", "medical_visa coe" }, { "guarantor_contact", "medical_visa coe" },
  { "permitted_days", VISITORS }, { "permitted_until", VISITORS }, { "departure_reported_on", "medical_visa" },
};

/* What the dialog keeps. */
typedef struct
{
  DeskTripPart part;
  DeskTrip *trip; /* as filled */
  DeskStayFile *file;
  GtkLabel *exemption, *days, *rules;
  GPtrArray *people; /* of GtkCheckButton, in the order of file->companions; NULL for one not offered */
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  desk_trip_free (kept->trip);
  desk_stay_file_free (kept->file);
  g_clear_pointer (&kept->people, g_ptr_array_unref);
  g_free (kept);
}

static Kept *
kept_of (DeskRecordDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "kept");
}

static struct
{
  const char *name;
  gsize offset;
} numbers[] = {
  { "exempt_days", G_STRUCT_OFFSET (DeskTrip, exempt_days) },   { "permitted_days", G_STRUCT_OFFSET (DeskTrip, permitted_days) },
  { "visa_days", G_STRUCT_OFFSET (DeskTrip, visa_days) },       { "condition_met", G_STRUCT_OFFSET (DeskTrip, condition_met) },
  { "hospitalised", G_STRUCT_OFFSET (DeskTrip, hospitalised) },
};

static int *
number_of (DeskTrip *trip, guint i)
{
  return (int *) ((char *) trip + numbers[i].offset);
}

/* A number typed; what is none is told as one that cannot be. */
static int
read_number (const char *text)
{
  guint64 value;

  if (*text == '\0')
    return 0;
  return g_ascii_string_to_unsigned (text, 10, 0, 9999, &value, NULL) ? (int) value : -1;
}

static void
collect_people (const Kept *kept, DeskTrip *trip)
{
  g_clear_pointer (&trip->companions, g_array_unref);
  trip->companions = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < kept->people->len; i++)
    {
      GtkCheckButton *check = kept->people->pdata[i];
      gint64 id = ((DeskCompanion *) kept->file->companions->pdata[i])->id;

      if (check && gtk_check_button_get_active (check))
        g_array_append_val (trip->companions, id);
    }
}

static DeskTrip *
collect (DeskRecordDialog *dialog)
{
  const Kept *kept = kept_of (dialog);
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  DeskTrip *trip = desk_trip_copy (kept->trip);
  guint n;
  const DeskRecordField *fields = desk_trip_fields (&n);

  for (guint i = 0; i < n; i++)
    if (desk_record_form_has (form, fields[i].name))
      {
        g_autofree char *text = desk_record_form_dup (form, fields[i].name);

        desk_record_set (trip, &fields[i], text);
      }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (desk_record_form_has (form, numbers[i].name))
      {
        g_autofree char *text = desk_record_form_dup (form, numbers[i].name);

        *number_of (trip, i) = read_number (text);
      }
  if (kept->people)
    collect_people (kept, trip);
  desk_trip_tidy (trip);
  return trip;
}

static void
fill (DeskRecordDialog *dialog, DeskTrip *trip)
{
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  guint n;
  const DeskRecordField *fields = desk_trip_fields (&n);

  for (guint i = 0; i < n; i++)
    if (desk_record_form_has (form, fields[i].name))
      desk_record_form_set (form, fields[i].name, desk_record_get (trip, &fields[i]));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (desk_record_form_has (form, numbers[i].name))
      {
        g_autofree char *text = g_strdup_printf ("%d", *number_of (trip, i));

        desk_record_form_set (form, numbers[i].name, *number_of (trip, i) ? text : "");
      }
}

static void
show_fields (DeskRecordForm *form, const char *route)
{
  for (guint i = 0; i < G_N_ELEMENTS (shown_for); i++)
    {
      g_auto (GStrv) routes_of = g_strsplit (shown_for[i].routes, " ", -1);

      desk_record_form_show (form, shown_for[i].name, g_strv_contains ((const char *const *) routes_of, route));
    }
}

/* Problems that have a field here stand at it; the others below the form. Returns the first field that stops saving. */
static const char *
show_problems (DeskRecordDialog *dialog, const DeskTrip *trip)
{
  Kept *kept = kept_of (dialog);
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  g_autoptr (DeskProblems) record = desk_problems_new ();
  g_autoptr (DeskProblems) rules = desk_problems_new ();
  g_autoptr (GString) below = g_string_new (NULL);
  const char *first = NULL;

  desk_trip_check (trip, desk_page_get_today (desk_record_dialog_get_page (dialog)), record);
  kept->file->look.trip = trip;
  if (!desk_problems_block (record))
    desk_stay_check (&kept->file->look, rules);
  kept->file->look.trip = NULL;
  for (guint i = 0; i < parts[kept->part].n_fields; i++)
    {
      const char *name = parts[kept->part].fields[i].name;
      const DeskProblem *problem = desk_problems_find (record, name);

      if (problem && !first)
        first = name;
      if (!problem)
        problem = desk_problems_find (rules, name);
      g_autofree char *words = problem ? desk_stay_problem_words (problem) : NULL;
      desk_record_form_say (form, name, words, problem && problem->warning);
    }
  for (guint i = 0; i < rules->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (rules, i);
      g_autofree char *words = desk_stay_problem_words (problem);

      if (!desk_record_form_shows (form, problem->field))
        g_string_append_printf (below, "%s%s %s", below->len ? "\n" : "", problem->warning ? "⚠" : "✖", words);
    }
  gtk_label_set_label (kept->rules, below->str);
  gtk_widget_set_visible (GTK_WIDGET (kept->rules), below->len > 0);
  return first;
}

static void
show_days (DeskRecordDialog *dialog, const DeskTrip *trip)
{
  Kept *kept = kept_of (dialog);
  DeskStay stay;

  desk_stay_count (trip, desk_page_get_today (desk_record_dialog_get_page (dialog)), &stay);
  g_autofree char *words = desk_stay_days_words (&stay);
  gtk_label_set_label (kept->days, words);
}

/* Choosing the exemption writes down what the table says now. */
static void
set_exempt_days (DeskRecordDialog *dialog)
{
  Kept *kept = kept_of (dialog);
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  const DeskExemption *line;

  if (!desk_record_form_has (form, "route"))
    return;
  g_autofree char *route = desk_record_form_dup (form, "route");
  g_autofree char *days = desk_record_form_dup (form, "exempt_days");
  show_fields (form, route);
  if (!g_str_equal (route, "exempt") || *days
      || desk_exemption_find (kept->file->exemptions, kept->file->patient->nationality, &line) != DESK_EXEMPT_YES)
    return;
  g_autofree char *text = g_strdup_printf ("%d", line->days);
  desk_record_form_set (form, "exempt_days", text);
}

static void
on_edited (DeskRecordDialog *dialog)
{
  set_exempt_days (dialog);

  g_autoptr (DeskTrip) trip = collect (dialog);
  show_problems (dialog, trip);
  show_days (dialog, trip);
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_trip_save (db, data, error);
}

static void
on_saved (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskRecordDialog) dialog = user_data;
  g_autoptr (GError) error = NULL;

  desk_record_dialog_set_busy (dialog, FALSE);
  if (desk_session_run_finish (DESK_SESSION (session), result, &error))
    {
      desk_record_dialog_close (dialog);
      return;
    }
  g_autofree char *words = desk_words_error (error);
  desk_record_dialog_say (dialog, words);
}

static void
on_save (DeskRecordDialog *dialog)
{
  g_autoptr (DeskTrip) trip = collect (dialog);
  const char *first = show_problems (dialog, trip);

  if (first)
    {
      desk_record_form_focus (desk_record_dialog_get_form (dialog), first);
      return;
    }
  desk_record_dialog_set_busy (dialog, TRUE);
  desk_session_run_async (desk_page_get_session (desk_record_dialog_get_page (dialog)), save_work, g_steal_pointer (&trip),
                          (GDestroyNotify) desk_trip_free, NULL, on_saved, g_object_ref (dialog));
}

static GtkLabel *
add_label (DeskRecordDialog *dialog, const char *css, gboolean above)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  if (css)
    gtk_widget_add_css_class (label, css);
  desk_record_dialog_add (dialog, label, above);
  return GTK_LABEL (label);
}

/* Who comes along on this stay. Those removed are offered only where they already are. */
static void
add_people (DeskRecordDialog *dialog, Kept *kept)
{
  GtkWidget *heading = gtk_label_new (_("Companions on this stay"));
  guint offered = 0;

  kept->people = g_ptr_array_new ();
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "title-4");
  desk_record_dialog_add (dialog, heading, FALSE);
  for (guint i = 0; i < kept->file->companions->len; i++)
    {
      const DeskCompanion *companion = kept->file->companions->pdata[i];
      gboolean on_it = desk_trip_has_companion (kept->trip, companion->id);
      g_autofree char *name = desk_companion_name (companion);
      const char *facts[] = { name, desk_words ("relation", companion->relation), companion->passport };
      g_autofree char *title = desk_words_facts (facts, G_N_ELEMENTS (facts));
      GtkWidget *check = NULL;

      if (on_it || !companion->removed_at)
        {
          check = gtk_check_button_new_with_label (title);
          gtk_check_button_set_active (GTK_CHECK_BUTTON (check), on_it || kept->trip->id == 0);
          g_signal_connect_object (check, "toggled", G_CALLBACK (desk_record_dialog_touch), dialog, G_CONNECT_SWAPPED);
          desk_record_dialog_add (dialog, check, FALSE);
          offered++;
        }
      g_ptr_array_add (kept->people, check);
    }
  gtk_widget_set_visible (heading, offered > 0);
}

/* Today is the likely answer; it can be typed over. */
static void
suggest_today (DeskRecordDialog *dialog, const char *name)
{
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  g_autofree char *there = desk_record_form_dup (form, name);
  g_autofree char *today = desk_day_format (desk_page_get_today (desk_record_dialog_get_page (dialog)));

  if (*there == '\0')
    desk_record_form_set (form, name, today);
}

/* Opens the dialog for a stay (id 0: a new one of that patient), or for a part of it; copies it. Lends the window,
 * NULL when it could not be read. */
GtkWindow *
desk_trip_dialog_show (DeskPage *page, const DeskTrip *trip, DeskTripPart part)
{
  g_autoptr (GError) error = NULL;
  DeskStayFile *file = desk_stay_load (desk_page_get_reader (page), trip->patient_id, desk_page_get_today (page), &error);

  if (!file)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return NULL;
    }
  const char *title = part == DESK_TRIP_ALL && !trip->id ? _("New Stay in Japan") : _(parts[part].title);
  DeskRecordDialog *dialog = desk_record_dialog_new (page, title, parts[part].fields, parts[part].n_fields);
  Kept *kept = g_new0 (Kept, 1);

  *kept = (Kept) { .part = part, .trip = desk_trip_copy (trip), .file = file };
  g_object_set_data_full (G_OBJECT (dialog), "kept", kept, kept_free);
  if (part == DESK_TRIP_ALL)
    kept->exemption = add_label (dialog, "dim-label", TRUE);
  kept->days = add_label (dialog, "title-3", TRUE);
  if (part == DESK_TRIP_ALL)
    {
      g_autofree char *words = desk_stay_exemption_words (file->exemptions, file->patient->nationality);

      gtk_label_set_label (kept->exemption, words);
      add_people (dialog, kept);
    }
  kept->rules = add_label (dialog, NULL, FALSE);
  fill (dialog, kept->trip);
  if (part != DESK_TRIP_ALL)
    suggest_today (dialog, part == DESK_TRIP_ENTRY ? "entered_on" : "departed_on");
  show_fields (desk_record_dialog_get_form (dialog), trip->route);
  g_signal_connect (dialog, "edited", G_CALLBACK (on_edited), NULL);
  g_signal_connect (dialog, "save", G_CALLBACK (on_save), NULL);
  /* An empty form is not scolded. */
  if (trip->id)
    on_edited (dialog);
  else
    show_days (dialog, trip);
  gtk_window_present (GTK_WINDOW (dialog));
  desk_record_form_focus (desk_record_dialog_get_form (dialog), NULL);
  return GTK_WINDOW (dialog);
}
