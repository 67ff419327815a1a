#include "desk-mrz-patient.h"

/* The names of the zone's fields in the patient's record. */
static const struct
{
  const char *mrz, *patient;
} fields[] = {
  { "family", "family" }, { "given", "given" },             { "number", "passport" }, { "nationality", "nationality" },
  { "birth", "birth" },   { "expiry", "passport_until" },   { "sex", "sex" },
};

static void
replace (char **place, const char *value)
{
  if (*value == '\0')
    return;
  g_free (*place);
  *place = g_strdup (value);
}

/* The zone drops accents and hyphens: a name that is the same but for those stands as it is. */
static void
replace_name (char **place, const char *value)
{
  if (**place == '\0' || !desk_mrz_name_matches (*place, value))
    replace (place, value);
}

/* A copy of the tidied patient with what the zone says. What it leaves open stays: an empty field, a sex that is not
 * stated; visas and cards do not touch the passport's number and expiry. Free with desk_patient_free (). */
DeskPatient *
desk_mrz_fill_patient (const DeskMrz *mrz, const DeskPatient *patient)
{
  DeskPatient *filled = desk_patient_copy (patient);

  replace_name (&filled->family, mrz->family);
  replace_name (&filled->given, mrz->given);
  replace (&filled->nationality, mrz->nationality);
  replace (&filled->birth, mrz->birth);
  if (!g_str_equal (mrz->sex, "X"))
    replace (&filled->sex, mrz->sex);
  if (*mrz->document == 'P')
    {
      replace (&filled->passport, mrz->number);
      replace (&filled->passport_until, mrz->expiry);
    }
  return filled;
}

static const DeskPatientField *
patient_field (const char *name)
{
  guint n;
  const DeskPatientField *all = desk_patient_fields (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (all[i].name, name))
      return &all[i];
  return NULL;
}

/* The same of a companion, whose fields have the same names: a copy with what the zone says. Free with
 * desk_companion_free (). */
DeskCompanion *
desk_mrz_fill_companion (const DeskMrz *mrz, const DeskCompanion *companion)
{
  DeskCompanion *filled = desk_companion_copy (companion);
  g_autoptr (DeskPatient) person = desk_patient_new ();
  guint n;
  const DeskRecordField *ours = desk_companion_fields (&n);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    desk_patient_set (person, patient_field (fields[i].patient),
                      desk_record_get (companion, desk_record_find (ours, n, fields[i].patient)));
  g_autoptr (DeskPatient) read = desk_mrz_fill_patient (mrz, person);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    desk_record_set (filled, desk_record_find (ours, n, fields[i].patient),
                     desk_patient_get (read, patient_field (fields[i].patient)));
  return filled;
}

/* The patient's (or companion's) field that a problem of the zone is shown at; NULL when it is of the whole document. A name that may
 * be cut is cut at its end. */
const char *
desk_mrz_patient_field (const DeskMrz *mrz, const char *field)
{
  gboolean passport = *mrz->document == 'P';

  if (g_str_equal (field, "name"))
    return *mrz->given ? "given" : "family";
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].mrz, field))
      return passport || (!g_str_equal (field, "number") && !g_str_equal (field, "expiry")) ? fields[i].patient : NULL;
  return NULL;
}
