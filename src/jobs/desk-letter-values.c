#include "desk-letter-values.h"

#include <string.h>

#include "desk-book.h"
#include "desk-clinics.h"
#include "desk-letter-dates.h"
#include "desk-fees.h"
#include "desk-letter-put.h"
#include "desk-letter-terms.h"
#include "desk-patients.h"

#define LONGEST_STAY 90 /* days an outpatient may stay at once: facts on the visa, multiple entry */

/* The clinic, of which a letter always is. */
gboolean
desk_letter_set_clinic (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (DeskClinic) clinic = desk_clinic_load (db, error);

  if (!clinic)
    return FALSE;
  desk_letter_put_both (fields, "clinic.name", clinic->name, clinic->name_ja);
  desk_letter_put_both (fields, "clinic.address", clinic->address, clinic->address_ja);
  desk_letter_put_both (fields, "clinic.director", clinic->director, clinic->director_ja);
  if (*clinic->name_ja && *clinic->address_ja)
    {
      g_autofree char *taxi = g_strdup_printf ("%s\n%s", clinic->name_ja, clinic->address_ja);

      desk_fields_set_forms (fields, "clinic.taxi", "ja", taxi);
    }
  desk_letter_put_both (fields, "clinic.contact", clinic->contact, clinic->contact_ja);
  desk_letter_put_both (fields, "clinic.bank", *clinic->bank ? clinic->bank : clinic->bank_ja, clinic->bank_ja);
  desk_letter_put_both (fields, "clinic.department", clinic->department, clinic->department_ja);
  desk_fields_set (fields, "clinic.phone", clinic->phone);
  desk_fields_set (fields, "clinic.fax", clinic->fax);
  desk_fields_set (fields, "clinic.email", clinic->email);
  desk_fields_set (fields, "clinic.approval", clinic->approval);
  desk_fields_set (fields, "clinic.plan", clinic->plan_number);
  desk_fields_set (fields, "clinic.facility", clinic->facility);
  desk_letter_put_flag (fields, "clinic.sample", clinic->is_sample);
  g_autoptr (DeskTaxSettings) tax = desk_tax_settings_load (db, error);
  if (!tax)
    return FALSE;
  desk_fields_set (fields, "clinic.tax_number", tax->tax_number);
  desk_letter_put_flag (fields, "clinic.stamp_box", tax->stamp_box);
  return TRUE;
}

/* The day on the paper. */
gboolean
desk_letter_set_today (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  desk_letter_put_day (fields, "today", today, FALSE);
  return TRUE;
}

static void
set_patient (DeskFields *fields, const DeskPatient *patient)
{
  static const struct
  {
    const char *name;
    gsize offset;
  } plain[] = {
    { "patient.family", G_STRUCT_OFFSET (DeskPatient, family) },
    { "patient.given", G_STRUCT_OFFSET (DeskPatient, given) },
    { "patient.kana", G_STRUCT_OFFSET (DeskPatient, kana) },
    { "patient.chart", G_STRUCT_OFFSET (DeskPatient, chart) },
    { "patient.code", G_STRUCT_OFFSET (DeskPatient, chart) },
    { "patient.passport", G_STRUCT_OFFSET (DeskPatient, passport) },
    { "patient.address", G_STRUCT_OFFSET (DeskPatient, address) },
    { "patient.phone", G_STRUCT_OFFSET (DeskPatient, phone) },
    { "patient.email", G_STRUCT_OFFSET (DeskPatient, email) },
    { "patient.diagnosis", G_STRUCT_OFFSET (DeskPatient, diagnosis) },
    { "patient.stage", G_STRUCT_OFFSET (DeskPatient, stage) },
    { "patient.referrer", G_STRUCT_OFFSET (DeskPatient, referrer) },
    { "patient.occupation", G_STRUCT_OFFSET (DeskPatient, occupation) },
    { "patient.former", G_STRUCT_OFFSET (DeskPatient, former) },
  };
  g_autofree char *name = desk_patient_name (patient);
  g_autofree char *native = desk_patient_native_name (patient);
  g_autofree char *icd = patient->icd10 && *patient->icd10 ? g_strdup_printf ("(ICD-10: %s)", patient->icd10) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    desk_fields_set (fields, plain[i].name, G_STRUCT_MEMBER (char *, patient, plain[i].offset));
  desk_fields_set (fields, "patient.name", name);
  desk_fields_set_forms (fields, "patient.native", desk_letter_name_forms (patient->nationality), native);
  desk_fields_set (fields, "patient.icd", icd);
  desk_letter_put_country (fields, "patient.nationality", patient->nationality);
  desk_letter_put_partial (fields, "patient.birth", patient->birth);
  desk_letter_put_partial (fields, "patient.passport_until", patient->passport_until);
  desk_letter_put_partial (fields, "patient.diagnosed", patient->diagnosed_on);
  desk_letter_put_flag (fields, "patient.female", g_strcmp0 (patient->sex, "F") == 0);
  desk_letter_put_flag (fields, "patient.male", g_strcmp0 (patient->sex, "M") == 0);
  desk_letter_put_flag (fields, "patient.unspecified", g_strcmp0 (patient->sex, "X") == 0);
  desk_letter_put_flag (fields, "patient.prevention", g_strcmp0 (patient->purpose, "prevention") == 0);
  desk_letter_put_flag (fields, "patient.treatment", g_strcmp0 (patient->purpose, "prevention") != 0);
  desk_letter_put_flag (fields, "patient.interpreter", patient->interpreter);
}

/* The patient, where the letter is of one. */
gboolean
desk_letter_set_patient (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (DeskPatient) patient = wanted->patient_id ? desk_patient_load (db, wanted->patient_id, error) : NULL;

  if (patient)
    set_patient (fields, patient);
  return patient || !wanted->patient_id;
}

/* ── the visits ahead ── */

typedef struct
{
  GTimeZone *zone;
  const DeskClinic *clinic;
  GPtrArray *types, *resources;
  DeskDay today;
  gboolean again; /* what took place since counts as it was planned */
  guint visits, infusions;
  DeskDay first, last;
} Plan;

static const DeskVisitType *
type_of (const Plan *plan, const DeskVisit *visit)
{
  for (guint i = 0; i < plan->types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (plan->types, i);

      if (g_strcmp0 (type->code, visit->type) == 0)
        return type;
    }
  return NULL;
}

/* The room or chair; the physician is not a place. */
static const DeskResource *
place_of (const Plan *plan, const DeskVisit *visit)
{
  for (guint i = 0; visit->resources && i < visit->resources->len; i++)
    for (guint j = 0; j < plan->resources->len; j++)
      {
        const DeskResource *resource = g_ptr_array_index (plan->resources, j);

        if (resource->id == g_array_index (visit->resources, gint64, i) && g_strcmp0 (resource->kind, "staff") != 0)
          return resource;
      }
  return NULL;
}

/* A call has two times: "Wednesday, 2 December 2026, 20:00 (New York)". */
static void
set_theirs (DeskFields *item, const DeskVisit *visit)
{
  const char *const *languages = desk_letter_date_languages ();
  g_autoptr (GTimeZone) zone = visit->their_zone && *visit->their_zone ? g_time_zone_new_identifier (visit->their_zone) : NULL;

  for (guint i = 0; zone && languages[i]; i++)
    {
      g_autofree char *day = desk_letter_date (desk_instant_day (visit->starts_at, zone), languages[i], TRUE);
      const char *slash = strrchr (visit->their_zone, '/');
      g_autofree char *city = g_strdelimit (g_strdup (slash ? slash + 1 : visit->their_zone), "_", ' ');
      int minute = desk_instant_minute (visit->starts_at, zone);
      g_autofree char *words = g_strdup_printf ("%s, %02d:%02d (%s)", day, minute / 60, minute % 60, city);

      desk_fields_set_in (item, "theirs", languages[i], words);
      if (i == 0)
        desk_fields_set (item, "theirs", words);
    }
}

static void
add_visit (DeskFields *fields, Plan *plan, const DeskVisit *visit)
{
  const DeskVisitType *type = type_of (plan, visit);
  const DeskResource *place = place_of (plan, visit);
  DeskFields *item = desk_fields_add (fields, "visits");
  int from = desk_instant_minute (visit->starts_at, plan->zone), until = desk_instant_minute (visit->ends_at, plan->zone);
  g_autofree char *time = g_strdup_printf ("%02d:%02d–%02d:%02d", from / 60, from % 60, until / 60, until % 60);
  DeskDay day = desk_instant_day (visit->starts_at, plan->zone);

  desk_letter_put_day (item, "date", day, TRUE);
  desk_fields_set (item, "time", time);
  desk_letter_put_visit_type (item, "what", visit->type, type ? type->name : visit->type, type ? type->name_ja : NULL);
  desk_letter_put_both (item, "place", place ? place->name : plan->clinic->name, place ? place->name_ja : plan->clinic->name_ja);
  desk_letter_put_flag (item, "remote", type && type->remote);
  set_theirs (item, visit);
  if (type && type->remote)
    return;
  if (plan->visits++ == 0)
    plan->first = day;
  plan->last = day;
  plan->infusions += g_strcmp0 (visit->type, "infusion") == 0;
}

/* Booked, and still to come on that day or later; asked again later, also what took place or was missed since. */
static gboolean
is_ahead (const DeskVisit *visit, const Plan *plan)
{
  gboolean missed = g_str_equal (visit->status, "no_show") || g_str_equal (visit->status, "left_unseen");

  if (desk_instant_day (visit->starts_at, plan->zone) < plan->today)
    return FALSE;
  return plan->again ? desk_visit_takes_slots (visit->status) || missed
                     : desk_visit_takes_slots (visit->status) && !desk_visit_is_final (visit->status);
}

static void
set_plan (DeskFields *fields, const Plan *plan)
{
  if (plan->visits == 0)
    return;
  desk_letter_put_day (fields, "plan.first", plan->first, FALSE);
  desk_letter_put_day (fields, "plan.last", plan->last, FALSE);
  desk_letter_put_number (fields, "plan.visits", plan->visits);
  desk_letter_put_number (fields, "plan.infusions", plan->infusions);
  /* Both the day of entry and the day of departure count as days of the stay. */
  desk_letter_put_flag (fields, "plan.several", plan->last - plan->first + 1 > LONGEST_STAY);
  desk_letter_put_flag (fields, "plan.single", plan->last - plan->first + 1 <= LONGEST_STAY);
}

static int
by_start (gconstpointer a, gconstpointer b)
{
  const DeskVisit *one = *(DeskVisit *const *) a, *two = *(DeskVisit *const *) b;

  return one->starts_at < two->starts_at ? -1 : one->starts_at > two->starts_at;
}

/* The visits booked from that day on. */
gboolean
desk_letter_set_visits (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  if (!wanted->patient_id)
    return TRUE;

  g_autoptr (DeskClinic) clinic = desk_clinic_load (db, error);
  g_autoptr (GTimeZone) zone = clinic ? desk_clinic_zone (db, error) : NULL;
  g_autoptr (GPtrArray) types = zone ? desk_visit_type_list (db, error) : NULL;
  g_autoptr (GPtrArray) resources = types ? desk_resource_list (db, error) : NULL;
  g_autoptr (GPtrArray) visits = resources ? desk_visit_of_patient (db, wanted->patient_id, error) : NULL;
  Plan plan = { .zone = zone, .clinic = clinic, .types = types, .resources = resources, .today = today, .again = wanted->again };

  if (!visits)
    return FALSE;
  g_ptr_array_sort (visits, by_start);
  for (guint i = 0; i < visits->len; i++)
    if (is_ahead (g_ptr_array_index (visits, i), &plan))
      add_visit (fields, &plan, g_ptr_array_index (visits, i));
  set_plan (fields, &plan);
  return TRUE;
}
