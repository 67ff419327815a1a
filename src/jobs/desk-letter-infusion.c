#include "desk-letter-infusion.h"

#include "desk-bedside.h"
#include "desk-clinics.h"
#include "desk-infusions.h"
#include "desk-lab.h"
#include "desk-labs.h"
#include "desk-letter-gather.h"
#include "desk-letter-terms.h"
#include "desk-lots.h"
#include "desk-patients.h"

#define LABS_SHOWN 20 /* newest values, one a test: what fits on a letter that somebody reads */

static void
put_text (DeskFields *fields, const char *name, char *text)
{
  desk_fields_set (fields, name, text);
  g_free (text);
}

/* A time on the clinic's clocks: "14:05". */
static void
put_time (DeskFields *fields, const char *name, gint64 instant, GTimeZone *zone)
{
  int minute = instant ? desk_instant_minute (instant, zone) : 0;

  put_text (fields, name, instant ? g_strdup_printf ("%02d:%02d", minute / 60, minute % 60) : NULL);
}

static void
put_cells (DeskFields *fields, const char *name, gint64 cells)
{
  put_text (fields, name, cells > 0 ? desk_letter_cells (cells) : NULL);
}

static void
put_ml (DeskFields *fields, const char *name, int ml)
{
  put_text (fields, name, ml > 0 ? g_strdup_printf ("%d mL", ml) : NULL);
}

static void
put_percent (DeskFields *fields, const char *name, int percent)
{
  put_text (fields, name, percent > 0 ? g_strdup_printf ("%d %%", percent) : NULL);
}

static void
put_tenths (DeskFields *fields, const char *name, int tenths, const char *unit)
{
  put_text (fields, name, tenths > 0 ? g_strdup_printf ("%d.%d%s", tenths / 10, tenths % 10, unit) : NULL);
}

static void
put_rest (DeskFields *fields, const char *code)
{
  static const DeskLetterWord rests[] = {
    { "autoclave", { "autoclaved", "高圧蒸気滅菌", "高压灭菌", "高壓滅菌", "고압증기멸균", "تعقيم بالبخار", "автоклавирован", "hấp tiệt trùng" } },
    { "incineration", { "incinerated", "焼却", "焚烧", "焚化", "소각", "حرق", "сожжён", "đốt" } },
    { "chemical", { "destroyed chemically", "薬剤処理", "化学灭活", "化學滅活", "화학 처리", "إتلاف كيميائي", "уничтожен химически", "xử lý hóa chất" } },
    { "contractor", { "given to the waste contractor", "廃棄物業者へ引渡し", "交由废物处理公司", "交由廢棄物業者", "폐기물 업체 인계", "سُلّم إلى شركة النفايات", "передан на утилизацию", "giao cho đơn vị xử lý chất thải" } },
  };

  if (*code)
    desk_letter_put_word (fields, "rest", rests, G_N_ELEMENTS (rests), code);
}

/* One dose with its way to the patient. */
static void
add_dose (DeskFields *fields, const DeskInfusion *infusion, GTimeZone *zone)
{
  DeskFields *item = desk_fields_add (fields, "doses");
  gint64 seconds = infusion->ended_at - infusion->started_at;

  desk_fields_set (item, "number", infusion->number);
  desk_letter_put_flag (item, "frozen", g_str_equal (infusion->kind, "dose_frozen"));
  desk_fields_set (item, "lot", infusion->lot);
  desk_fields_set (item, "coi", infusion->coi);
  put_ml (item, "volume", infusion->volume_ml);
  put_cells (item, "cells", infusion->cells);
  put_percent (item, "viability", infusion->viability);
  put_time (item, "thaw_from", infusion->thaw_started, zone);
  put_time (item, "thaw_until", infusion->thaw_ended, zone);
  put_time (item, "use_until", infusion->use_until, zone);
  desk_fields_set (item, "bath", infusion->bath);
  put_tenths (item, "bath_temperature", infusion->bath_temperature, " °C");
  desk_letter_put_flag (item, "bag_whole", infusion->bag_whole == 1);
  put_time (item, "checked_at", infusion->checked_at, zone);
  desk_fields_set (item, "scanned_unit", infusion->scanned_unit);
  desk_fields_set (item, "scanned_patient", infusion->scanned_patient);
  desk_fields_set (item, "checked_by", infusion->checked_by);
  desk_fields_set (item, "check_witness", infusion->check_witness);
  put_time (item, "started", infusion->started_at, zone);
  put_time (item, "ended", infusion->ended_at, zone);
  put_text (item, "minutes", infusion->ended_at ? g_strdup_printf ("%d", (int) ((seconds + 30) / 60)) : NULL);
  desk_fields_set (item, "started_by", infusion->started_by);
  desk_fields_set (item, "witness", infusion->start_witness);
  put_ml (item, "given", infusion->given_ml);
  put_cells (item, "delivered", infusion->delivered);
  if (*infusion->reaction)
    desk_letter_put_reaction (item, "reaction", infusion->reaction);
  put_text (item, "grade", infusion->grade ? g_strdup_printf ("%d", infusion->grade) : NULL);
  desk_fields_set (item, "reason", infusion->reason);
  put_rest (item, infusion->rest);
  desk_letter_put_moment (item, "released_at", infusion->released_at, zone);
  desk_fields_set (item, "released_by", infusion->released_by);
  desk_fields_set (item, "release_witness", infusion->release_witness);
}

static gboolean
add_vitals (DeskFields *fields, DeskDb *db, gint64 visit_id, GTimeZone *zone, GError **error)
{
  static const DeskLetterWord phases[] = {
    { "before", { "Before", "投与前", "输注前", "輸注前", "투여 전", "قبل", "до", "Trước" } },
    { "during", { "During", "投与中", "输注中", "輸注中", "투여 중", "أثناء", "во время", "Trong" } },
    { "after", { "After", "投与後", "输注后", "輸注後", "투여 후", "بعد", "после", "Sau" } },
  };
  g_autoptr (GPtrArray) list = desk_vitals_list (db, visit_id, error);

  for (guint i = 0; list && i < list->len; i++)
    {
      const DeskVitals *vitals = list->pdata[i];
      DeskFields *item = desk_fields_add (fields, "vitals");

      desk_letter_put_word (item, "phase", phases, G_N_ELEMENTS (phases), vitals->phase);
      put_time (item, "time", vitals->at, zone);
      put_text (item, "pressure", vitals->systolic ? g_strdup_printf ("%d / %d", vitals->systolic, vitals->diastolic) : NULL);
      put_text (item, "pulse", vitals->pulse ? g_strdup_printf ("%d", vitals->pulse) : NULL);
      put_tenths (item, "temperature", vitals->temperature, "");
      put_text (item, "saturation", vitals->saturation ? g_strdup_printf ("%d", vitals->saturation) : NULL);
    }
  if (list)
    desk_letter_put_flag (fields, "infusion.vitals", list->len > 0);
  return list != NULL;
}

/* The results that count for a lot, and those of this dose. */
static gboolean
add_tests (DeskFields *fields, DeskDb *db, const DeskInfusion *infusion, GError **error)
{
  g_autoptr (GPtrArray) results = desk_lot_results (db, infusion->lot_id, error);

  for (guint i = 0; results && i < results->len; i++)
    {
      const DeskResult *result = results->pdata[i];

      if (result->unit_id && result->unit_id != infusion->unit_id)
        continue;
      DeskFields *item = desk_fields_add (fields, "tests");
      desk_fields_set (item, "lot", result->unit_id ? infusion->number : infusion->lot);
      desk_letter_put_lot_test (item, "test", result->test);
      put_text (item, "value", *result->unit ? g_strdup_printf ("%s %s", result->value, result->unit) : g_strdup (result->value));
      desk_fields_set (item, "limit", result->limit_text);
      desk_letter_put_flag (item, "passed", result->passed);
      desk_letter_put_flag (item, "final", g_str_equal (result->stage, "final"));
      desk_letter_put_partial (item, "date", result->reported_on);
      desk_letter_put_flag (fields, "infusion.tests", TRUE);
    }
  return results != NULL;
}

static void
put_order (DeskFields *fields, const DeskInfusion *infusion, GTimeZone *zone)
{
  g_autofree char *least = desk_letter_cells (infusion->cells_min), *most = desk_letter_cells (infusion->cells_max);

  desk_letter_put_day (fields, "infusion.date", desk_instant_day (infusion->started_at, zone), FALSE);
  if (!infusion->order_at)
    return;
  desk_fields_set (fields, "infusion.physician", infusion->physician);
  desk_letter_put_moment (fields, "infusion.ordered_at", infusion->order_at, zone);
  put_text (fields, "infusion.ordered", g_strdup_printf ("%s – %s", least, most));
  put_tenths (fields, "infusion.weight", infusion->weight_g / 100, " kg");
  desk_fields_set (fields, "infusion.note", infusion->order_note);
}

/* The visit the letter is about, else the last one at which something was given; 0 for none, or with error set. */
static gint64
visit_of (DeskDb *db, const DeskLetterWanted *wanted, GError **error)
{
  return desk_letter_subject_is (wanted, "visit") ? wanted->subject_id : desk_infusion_last_visit (db, wanted->patient_id, error);
}

/* What was given at one visit. */
gboolean
desk_letter_set_infusion (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (GError) inner = NULL;
  gint64 visit_id = wanted->patient_id ? visit_of (db, wanted, &inner) : 0;

  if (visit_id == 0 && inner)
    g_propagate_error (error, g_steal_pointer (&inner));
  else if (visit_id == 0)
    return TRUE;
  g_autoptr (GTimeZone) zone = visit_id ? desk_clinic_zone (db, error) : NULL;
  g_autoptr (GPtrArray) given = zone ? desk_infusion_list (db, wanted->patient_id, visit_id, error) : NULL;
  if (!given || !add_vitals (fields, db, visit_id, zone, error))
    return FALSE;
  for (guint i = 0; i < given->len; i++)
    {
      const DeskInfusion *infusion = given->pdata[i], *before = i ? given->pdata[i - 1] : NULL;

      if (i == 0)
        put_order (fields, infusion, zone);
      add_dose (fields, infusion, zone);
      if ((!before || before->lot_id != infusion->lot_id) && !add_tests (fields, db, infusion, error))
        return FALSE;
    }
  return TRUE;
}

/* ── the summary ── */

static void
add_given (DeskFields *fields, const DeskInfusion *infusion, guint number, GTimeZone *zone)
{
  DeskFields *item = desk_fields_add (fields, "given");

  desk_letter_put_number (item, "count", number);
  desk_letter_put_day (item, "date", desk_instant_day (infusion->started_at, zone), FALSE);
  desk_fields_set (item, "number", infusion->number);
  desk_fields_set (item, "lot", infusion->lot);
  put_ml (item, "volume", infusion->given_ml);
  put_cells (item, "delivered", infusion->delivered);
  put_percent (item, "viability", infusion->viability);
  if (*infusion->reaction)
    desk_letter_put_reaction (item, "reaction", infusion->reaction);
  put_text (item, "grade", infusion->grade ? g_strdup_printf ("%d", infusion->grade) : NULL);
  desk_fields_set (item, "reason", infusion->reason);
}

static gboolean
is_shown (const GPtrArray *points, guint index)
{
  const DeskLabPoint *point = points->pdata[index];

  if (!*point->value->test || !*point->value->value)
    return FALSE;
  for (guint i = index + 1; i < points->len; i++)
    if (g_str_equal (((const DeskLabPoint *) points->pdata[i])->value->test, point->value->test))
      return FALSE; /* there is a newer one */
  return TRUE;
}

/* What a laboratory wrote as 陰性(-) is told in the reader's language. */
static void
put_outcome (DeskFields *item, const char *outcome)
{
  static const DeskLetterWord outcomes[] = {
    { "nonreactive", { "negative", "陰性", "阴性", "陰性", "음성", "سلبي", "отрицательный", "âm tính" } },
    { "reactive", { "positive", "陽性", "阳性", "陽性", "양성", "إيجابي", "положительный", "dương tính" } },
    { "indeterminate", { "indeterminate", "判定保留", "不确定", "不確定", "판정 보류", "غير محدد", "неопределённый", "không xác định" } },
  };

  desk_letter_put_word (item, "value", outcomes, G_N_ELEMENTS (outcomes), outcome);
}

static void
add_lab (DeskFields *fields, const DeskLabPoint *point)
{
  const DeskLabTest *test = desk_lab_find (point->value->test);
  DeskFields *item = desk_fields_add (fields, "labs");
  const char *computed = desk_lab_flag (point->value->comparator, point->value->value, point->value->range_text);
  const char *flag = *point->value->flag ? point->value->flag : computed;

  desk_letter_put_both (item, "test", test ? test->name : point->value->name, test ? test->name_ja : NULL);
  if (*point->value->outcome)
    put_outcome (item, point->value->outcome);
  else
    put_text (item, "value", g_strdup_printf ("%s%s%s%s", point->value->comparator, point->value->value, *point->value->unit ? " " : "", point->value->unit));
  desk_fields_set (item, "range", point->value->range_text);
  desk_fields_set (item, "flag", g_str_equal (flag, "N") ? NULL : flag);
  desk_letter_put_partial (item, "date", point->collected_on);
  desk_fields_set (item, "laboratory", point->laboratory);
}

/* The newest value of each test. */
static gboolean
add_labs (DeskFields *fields, DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) points = desk_lab_points (db, patient_id, NULL, error);
  guint shown = 0;

  for (guint i = 0; points && i < points->len && shown < LABS_SHOWN; i++)
    if (is_shown (points, i))
      {
        add_lab (fields, points->pdata[i]);
        shown++;
      }
  if (points)
    desk_letter_put_flag (fields, "summary.labs", shown > 0);
  return points != NULL;
}

static void
put_sum (DeskFields *fields, const GPtrArray *given, GTimeZone *zone)
{
  gint64 cells = 0;
  guint reactions = 0;

  for (guint i = 0; i < given->len; i++)
    {
      const DeskInfusion *infusion = given->pdata[i];

      cells += infusion->delivered;
      reactions += *infusion->reaction != '\0';
    }
  desk_letter_put_flag (fields, "summary.given", given->len > 0);
  if (given->len == 0)
    return;
  desk_letter_put_number (fields, "summary.count", given->len);
  put_cells (fields, "summary.cells", cells);
  desk_letter_put_day (fields, "summary.first", desk_instant_day (((const DeskInfusion *) given->pdata[0])->started_at, zone), FALSE);
  desk_letter_put_day (fields, "summary.last", desk_instant_day (((const DeskInfusion *) given->pdata[given->len - 1])->started_at, zone), FALSE);
  desk_letter_put_flag (fields, "summary.reactions", reactions > 0);
}

/* All that a patient was given, and what the laboratory said last. */
gboolean
desk_letter_set_given (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  if (!wanted->patient_id)
    return TRUE;
  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);
  g_autoptr (GPtrArray) given = zone ? desk_infusion_list (db, wanted->patient_id, 0, error) : NULL;
  g_autoptr (DeskPatient) patient = given ? desk_patient_load (db, wanted->patient_id, error) : NULL;

  if (!patient)
    return FALSE;
  put_sum (fields, given, zone);
  desk_fields_set (fields, "summary.medication", patient->medication);
  desk_fields_set (fields, "summary.allergies", patient->allergies);
  for (guint i = 0; i < given->len; i++)
    add_given (fields, given->pdata[i], i + 1, zone);
  return add_labs (fields, db, wanted->patient_id, error);
}

/* ── what speaks against them ── */

/* A record of an infusion that has not ended would be wrong tomorrow. */
gboolean
desk_letter_check_infusion (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error)
{
  g_autoptr (GError) inner = NULL;
  gint64 visit_id = visit_of (db, wanted, &inner);

  if (inner)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  g_autoptr (GPtrArray) given = desk_infusion_list (db, wanted->patient_id, visit_id ? visit_id : -1, error);
  if (given && given->len == 0)
    desk_problems_add (problems, "infusion", "nothing-given", NULL);
  for (guint i = 0; given && i < given->len; i++)
    {
      const DeskInfusion *infusion = given->pdata[i];

      if (!infusion->ended_at)
        desk_problems_add (problems, "infusion", "not-ended", infusion->number);
    }
  return given != NULL;
}

/* A summary without a diagnosis tells a colleague nothing; one while something runs says so. */
gboolean
desk_letter_check_summary (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error)
{
  g_autoptr (GPtrArray) given = desk_infusion_list (db, wanted->patient_id, 0, error);

  for (guint i = 0; given && i < given->len; i++)
    {
      const DeskInfusion *infusion = given->pdata[i];

      if (!infusion->ended_at)
        desk_problems_warn (problems, "infusion", "not-ended", infusion->number);
    }
  if (given && given->len == 0)
    desk_problems_warn (problems, "infusion", "nothing-given", NULL);
  return given != NULL;
}
