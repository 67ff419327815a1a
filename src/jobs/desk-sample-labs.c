/* Laboratory results of the sample: monthly blood counts, markers that fall or rise, viral tests before the draw. One patient's
 * hepatitis B test is reactive. */
#include "desk-labs.h"
#include "desk-patients.h"
#include "desk-sample-parts.h"

#define PATIENTS 40
#define REACTIVE 6 /* by place */
#define VISITS 5

static const struct
{
  const char *test;
  double low, high;
  int digits;
  const char *range; /* of the laboratory; NULL where it printed none */
} bloods[] = {
  { "wbc", 3.1, 9.4, 1, "3.3-8.6" }, { "rbc", 360, 510, 0, NULL },       { "hgb", 10.8, 15.9, 1, NULL },     { "plt", 13, 33, 1, "15.8-34.8" },
  { "lym_p", 18, 42, 1, NULL },      { "ast", 14, 44, 0, "13-30" },      { "alt", 9, 40, 0, NULL },          { "ggt", 12, 80, 0, NULL },
  { "alb", 3.6, 4.8, 1, "4.1-5.1" }, { "cre", 0.5, 1.1, 2, NULL },       { "crp", 0.02, 0.9, 2, "0.14以下" },
};

static const struct
{
  const char *test;
  double first, change; /* of each month, as a factor */
  const char *range, *below; /* what the laboratory writes when there is too little */
} markers[] = {
  { "cea", 14, 0.62, "5.0以下", "0.5" }, { "ca199", 88, 0.8, "37.0以下", "2.0" }, { "ca125", 21, 1.22, "35.0以下", "3.0" },
  { "psa", 0.09, 0.55, "4.000以下", "0.010" },
};

static DeskLabReport *
new_report (DeskSample *sample, const DeskPatient *patient, DeskDay day, const char *laboratory)
{
  DeskLabReport *report = desk_lab_report_new ();

  report->patient_id = patient->id;
  report->collected_on = desk_day_format (day);
  report->laboratory = g_strdup (laboratory);
  report->came_by = g_strdup ("hand");
  report->entered_at = desk_sample_at (sample, day, 17 * 60); /* the same clinic whenever it is made */
  return report;
}

static void
add (DeskLabReport *report, const char *test, const char *comparator, const char *value, const char *range)
{
  const DeskLabTest *known = desk_lab_find (test);
  DeskLabValue *v = desk_lab_report_add (report);

  v->test = g_strdup (test);
  v->loinc = g_strdup (known->loinc);
  v->name = g_strdup (known->name_ja);
  v->comparator = g_strdup (comparator);
  v->value = g_strdup (value);
  v->unit = g_strdup (known->qualitative ? "" : known->unit);
  v->range_text = g_strdup (range);
}

static void
add_bloods (DeskSample *sample, DeskLabReport *report)
{
  for (guint i = 0; i < G_N_ELEMENTS (bloods); i++)
    {
      double part = desk_random_between (&sample->random, 0, 1000) / 1000.0;
      g_autofree char *value = g_strdup_printf ("%.*f", bloods[i].digits, bloods[i].low + (bloods[i].high - bloods[i].low) * part);

      add (report, bloods[i].test, "", value, bloods[i].range);
    }
}

static void
add_markers (DeskSample *sample, DeskLabReport *report, const DeskPatient *patient, guint index, int month)
{
  for (guint i = index % 2; i < G_N_ELEMENTS (markers); i += 2)
    {
      double value = markers[i].first;

      if (g_str_equal (markers[i].test, "psa") != g_str_equal (patient->sex, "M") && g_str_equal (markers[i].test, "psa"))
        continue;
      for (int m = 0; m < month; m++)
        value *= markers[i].change * (0.94 + desk_random_between (&sample->random, 0, 12) / 100.0);
      gboolean little = value < g_ascii_strtod (markers[i].below, NULL);
      g_autofree char *text = g_strdup_printf (g_str_equal (markers[i].test, "psa") ? "%.3f" : "%.1f", value);
      add (report, markers[i].test, little ? "<" : "", little ? markers[i].below : text, markers[i].range);
    }
}

static void
add_viral (DeskLabReport *report, gboolean reactive)
{
  static const char *const tests[] = { "hiv", "hbsag", "antihbc", "hcvab", "htlv", "rpr", "tpha" };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    add (report, tests[i], "", reactive && i == 1 ? "陽性(+)" : "陰性(-)", "(-)");
}

/* Results of the first patients; the file must be filled. */
gboolean
desk_sample_labs (DeskSample *sample, DeskDb *db, GError **error)
{
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lab_report_free);

  for (guint i = 0; i < MIN (PATIENTS, sample->patients); i++)
    {
      g_autoptr (DeskPatient) patient = desk_patient_load (db, i + 1, error);

      if (!patient)
        return FALSE;
      for (int month = 0; month < VISITS; month++)
        {
          DeskLabReport *report = new_report (sample, patient, sample->today - 6 - (VISITS - 1 - month) * 30 - (int) (i % 9), i % 5 ? "Minato Clinical Laboratory" : "City Hospital");

          add_bloods (sample, report);
          if (g_str_equal (patient->purpose, "treatment"))
            add_markers (sample, report, patient, i, month);
          if (month == VISITS - 1 - (int) (i % 3))
            add_viral (report, i == REACTIVE);
          g_ptr_array_add (reports, report);
        }
    }
  return desk_lab_save (db, reports, error);
}
