/* Passport lines as a scanner may mangle them. */
#include <string.h>

#include "desk-mrz-patient.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autofree char *text = g_strndup ((const char *) data, length);
  g_autoptr (DeskMrz) mrz = desk_mrz_parse (text, 20607);
  g_auto (GStrv) halves = g_strsplit (text, "\n", 2);

  if (halves[0] && halves[1])
    desk_mrz_name_matches (halves[0], halves[1]);
  if (!mrz)
    return 0;

  const char *texts[] = { mrz->document, mrz->issuer, mrz->family, mrz->given, mrz->number, mrz->nationality, mrz->sex,
                          mrz->optional };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (strspn (texts[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ") == strlen (texts[i]));
      g_assert_true (strlen (texts[i]) <= 41);
    }
  g_assert_true (*mrz->birth == '\0' || desk_partial_date_valid (mrz->birth));
  g_assert_true (*mrz->expiry == '\0' || desk_partial_date_valid (mrz->expiry));
  g_assert_true (strlen (mrz->sex) == 1 && strchr ("FMX", *mrz->sex));

  g_autoptr (DeskPatient) patient = desk_patient_new ();
  g_autoptr (DeskPatient) filled = desk_mrz_fill_patient (mrz, patient);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  desk_patient_tidy (filled);
  desk_patient_check (filled, 20607, problems);
  for (guint i = 0; i < mrz->problems->len; i++)
    desk_mrz_patient_field (mrz, desk_problems_get (mrz->problems, i)->field);
  return 0;
}
