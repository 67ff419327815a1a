#include "desk-letter-day.h"

#include <string.h>

#include "desk-bank-sheet.h"
#include "desk-book.h"
#include "desk-clinics.h"
#include "desk-day-notes.h"
#include "desk-gates.h"
#include "desk-letter-gather.h"
#include "desk-letter-terms.h"
#include "desk-patients.h"
#include "desk-picks.h"

#define HEAD_DIGITS 16 /* of the audit trail's digest: enough to tell one trail from another by eye */

typedef struct
{
  DeskDb *db;
  GTimeZone *zone;
  GPtrArray *types, *resources;
  DeskDay day, today;
} Day;

static void
day_clear (Day *day)
{
  g_clear_pointer (&day->zone, g_time_zone_unref);
  g_clear_pointer (&day->types, g_ptr_array_unref);
  g_clear_pointer (&day->resources, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Day, day_clear)

static DeskDay
day_of (const DeskLetterWanted *wanted, DeskDay today)
{
  return desk_letter_subject_is (wanted, "day") ? (DeskDay) wanted->subject_id : today;
}

static gboolean
day_begin (Day *day, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  day->db = db;
  day->today = today;
  day->day = day_of (wanted, today);
  day->zone = desk_clinic_zone (db, error);
  day->types = day->zone ? desk_visit_type_list (db, error) : NULL;
  day->resources = day->types ? desk_resource_list (db, error) : NULL;
  return day->resources != NULL;
}

static void
put_text (DeskFields *fields, const char *name, char *text)
{
  desk_fields_set (fields, name, text);
  g_free (text);
}

static void
put_time (DeskFields *fields, const char *name, gint64 instant, GTimeZone *zone)
{
  int minute = desk_instant_minute (instant, zone);

  put_text (fields, name, g_strdup_printf ("%02d:%02d", minute / 60, minute % 60));
}

/* ── what stands against a visit ── */

/* The rules of the gates as a day sheet calls them: what has to be seen to. */
static const DeskLetterWord rules[] = {
  { "identity", { "name", "氏名" } },
  { "birth", { "date of birth", "生年月日" } },
  { "passport", { "passport number", "旅券番号" } },
  { "passport_copy", { "copy of the passport", "旅券の写し" } },
  { "accepted", { "acceptance by a physician", "医師の受入判断" } },
  { "medical_report", { "medical report", "診療情報" } },
  { "pathology", { "pathology report", "病理報告" } },
  { "imaging", { "imaging", "画像" } },
  { "bloodwork", { "blood test", "血液検査" } },
  { "viral", { "virus tests", "感染症検査" } },
  { "reactive", { "decision on reactive result", "陽性結果の判断" } },
  { "consent", { "consent", "同意書" } },
  { "stay", { "permission to stay", "在留期間" } },
  { "harvest", { "harvest", "回収" } },
  { "results", { "results of the lot", "ロットの試験結果" } },
  { "limits", { "limits of the lot", "ロットの規格" } },
  { "hold", { "hold", "保留" } },
  { "label", { "label", "ラベル" } },
  { "dose", { "reserved dose", "投与ドーズの予約" } },
  { "released", { "release of the dose", "ドーズの出荷判定" } },
  { "expiry", { "dose past its date", "ドーズの期限" } },
};

/* "consent, reserved dose": the rules, given by their codes. */
static char *
rule_words (const char *codes, int language)
{
  g_auto (GStrv) parts = g_strsplit (codes, ",", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++)
    {
      const char *code = strrchr (parts[i], '.') ? strrchr (parts[i], '.') + 1 : parts[i], *words = code;

      for (guint j = 0; j < G_N_ELEMENTS (rules); j++)
        if (g_str_equal (rules[j].code, code))
          words = rules[j].in[language];
      g_string_append_printf (out, "%s%s", i == 0 ? "" : language ? "、" : ", ", words);
    }
  return g_string_free (out, FALSE);
}

static gboolean
put_gate (DeskFields *item, const Day *day, const DeskVisit *visit, GError **error)
{
  g_autofree char *codes = NULL;
  DeskGate gate;

  desk_letter_put_flag (item, "open", TRUE);
  if (!desk_gate_of_visit (visit->type, &gate) || desk_visit_is_final (visit->status))
    return TRUE;
  desk_letter_put_flag (item, "open", FALSE);
  if (!desk_gates_short (day->db, visit->patient_id, gate, visit->id, day->day, day->today, &codes, error))
    return FALSE;
  if (!codes || !*codes)
    {
      desk_letter_put_flag (item, "ready", TRUE);
      return TRUE;
    }
  g_autofree char *english = rule_words (codes, 0), *japanese = rule_words (codes, 1);
  desk_letter_put_both (item, "gate", english, japanese);
  return TRUE;
}

/* ── one line ── */

/* Chairs and rooms, or people, in one text. */
static void
put_resources (DeskFields *item, const char *name, const Day *day, const DeskVisit *visit, gboolean staff)
{
  g_autoptr (GString) english = g_string_new (NULL), japanese = g_string_new (NULL);

  for (guint i = 0; visit->resources && i < visit->resources->len; i++)
    for (guint j = 0; j < day->resources->len; j++)
      {
        const DeskResource *resource = day->resources->pdata[j];
        const char *own = resource->name_ja && *resource->name_ja ? resource->name_ja : resource->name;

        if (resource->id != g_array_index (visit->resources, gint64, i) || g_str_equal (resource->kind, "staff") != staff)
          continue;
        g_string_append_printf (english, "%s%s", english->len ? ", " : "", resource->name);
        g_string_append_printf (japanese, "%s%s", japanese->len ? "、" : "", own);
      }
  desk_letter_put_both (item, name, english->str, japanese->str);
}

static void
put_status (DeskFields *item, const char *status)
{
  static const DeskLetterWord words[] = {
    { "held", { "held", "仮予約" } },          { "booked", { "booked", "予約" } },     { "confirmed", { "confirmed", "確認済" } },
    { "arrived", { "arrived", "来院" } },      { "checked_in", { "checked in", "受付済" } }, { "in_room", { "in the room", "入室" } },
    { "done", { "done", "終了" } },            { "no_show", { "did not come", "不来院" } }, { "cancelled", { "cancelled", "取消" } },
  };

  desk_letter_put_word (item, "status", words, G_N_ELEMENTS (words), status);
}

/* "N. T.": for a sheet that others may see. */
static char *
initials_of (const DeskPatient *patient)
{
  const char *const names[] = { patient->family, patient->given };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i] && *names[i])
      {
        if (out->len)
          g_string_append_c (out, ' ');
        g_string_append_unichar (out, g_unichar_toupper (g_utf8_get_char (names[i])));
        g_string_append_c (out, '.');
      }
  return g_string_free (out, FALSE);
}

static void
put_person (DeskFields *item, const DeskPatient *patient)
{
  g_autofree char *name = desk_patient_name (patient), *native = desk_patient_native_name (patient);

  desk_fields_set (item, "name", name);
  if (!g_str_equal (name, native))
    desk_fields_set_forms (item, "native", desk_letter_name_forms (patient->nationality), native);
  put_text (item, "initials", initials_of (patient));
  desk_fields_set (item, "chart", patient->chart);
  desk_letter_put_partial (item, "birth", patient->birth);
  desk_fields_set (item, "languages", patient->languages);
  desk_letter_put_flag (item, "interpreter", patient->interpreter);
}

static const DeskVisitType *
type_of (const Day *day, const DeskVisit *visit)
{
  for (guint i = 0; i < day->types->len; i++)
    if (g_strcmp0 (((const DeskVisitType *) day->types->pdata[i])->code, visit->type) == 0)
      return day->types->pdata[i];
  return NULL;
}

static char *
doses_of (const GPtrArray *picks, gint64 visit_id)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < picks->len; i++)
    {
      const DeskPick *pick = picks->pdata[i];

      if (pick->visit_id == visit_id)
        g_string_append_printf (out, "%s%s", out->len ? ", " : "", pick->number);
    }
  return g_string_free (out, FALSE);
}

static gboolean
add_row (DeskFields *fields, const Day *day, const DeskVisit *visit, const GPtrArray *picks, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (day->db, visit->patient_id, error);
  const DeskVisitType *type = type_of (day, visit);

  if (!patient)
    return FALSE;
  DeskFields *item = desk_fields_add (fields, "rows");
  put_time (item, "time", visit->starts_at, day->zone);
  put_time (item, "until", visit->ends_at, day->zone);
  put_person (item, patient);
  desk_letter_put_visit_type (item, "what", visit->type, type ? type->name : visit->type, type ? type->name_ja : NULL);
  desk_letter_put_flag (item, "remote", type && type->remote);
  put_resources (item, "place", day, visit, FALSE);
  put_resources (item, "staff", day, visit, TRUE);
  put_status (item, visit->status);
  put_text (item, "doses", doses_of (picks, visit->id));
  desk_fields_set (item, "note", visit->note);
  return put_gate (item, day, visit, error);
}

/* ── the day ── */

static gboolean
put_head (DeskFields *fields, const Day *day, GError **error)
{
  g_autofree char *digest = NULL;
  gint64 seq = 0;

  if (!desk_audit_head (day->db, &seq, &digest, error))
    return FALSE;
  put_text (fields, "day.audit", g_strdup_printf ("%" G_GINT64_FORMAT " · %.*s", seq, HEAD_DIGITS, digest));
  return TRUE;
}

static void
add_pick (DeskFields *fields, const Day *day, const DeskPick *pick, guint number)
{
  DeskFields *item = desk_fields_add (fields, "picks");

  desk_letter_put_number (item, "count", number);
  if (pick->container_id)
    desk_fields_set (item, "where", pick->where);
  desk_fields_set (item, "place", pick->place);
  desk_fields_set (item, "code", pick->place_code);
  desk_fields_set (item, "number", pick->number);
  desk_letter_put_flag (item, "frozen", g_str_equal (pick->kind, "dose_frozen"));
  desk_fields_set (item, "patient", pick->patient);
  desk_fields_set (item, "chart", pick->chart);
  desk_letter_put_partial (item, "birth", pick->birth);
  put_time (item, "time", pick->starts_at, day->zone);
  desk_letter_put_flag (item, "held", pick->holds > 0);
  desk_letter_put_flag (item, "unreleased", !g_str_equal (pick->quality, "released") && !g_str_equal (pick->quality, "conditional"));
}

/* Still in the bank, or wherever a dose waits before somebody takes it out. */
static gboolean
to_fetch (const DeskPick *pick)
{
  static const char *const waiting[] = { "filled", "frozen", "fresh_ready", "at_clinic", "missing", NULL };

  return g_strv_contains (waiting, pick->life);
}

/* The boxes to open, each once, with their codes. */
static void
add_boxes (DeskFields *fields, const GPtrArray *picks)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < picks->len; i++)
    {
      const DeskPick *pick = picks->pdata[i];

      if (!*pick->place_code || !to_fetch (pick) || !g_hash_table_add (seen, pick->place_code))
        continue;
      DeskFields *item = desk_fields_add (fields, "boxes");
      desk_fields_set (item, "where", pick->where);
      desk_fields_set (item, "code", pick->place_code);
    }
  desk_letter_put_flag (fields, "day.boxes", g_hash_table_size (seen) > 0);
}

static GPtrArray *
picks_of (const Day *day, GError **error)
{
  return desk_pick_list (day->db, desk_instant_at (day->day, 0, day->zone), desk_instant_at (day->day + 1, 0, day->zone), 0, error);
}

/* The visits of a day by time, with what is cancelled left out, and the doses to fetch for them in the order of the bank. */
gboolean
desk_letter_set_date (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_auto (Day) day = { 0 };
  guint n = 0, n_picks = 0;

  if (!day_begin (&day, db, wanted, today, error) || !put_head (fields, &day, error))
    return FALSE;
  g_autoptr (GPtrArray) picks = picks_of (&day, error);
  g_autoptr (GPtrArray) visits
      = picks ? desk_visit_between (db, desk_instant_at (day.day, 0, day.zone), desk_instant_at (day.day + 1, 0, day.zone), error) : NULL;
  g_autoptr (DeskDayNote) note = visits ? desk_day_note_load (db, day.day, error) : NULL;
  if (!note)
    return FALSE;
  desk_letter_put_day (fields, "day.date", day.day, FALSE);
  desk_fields_set (fields, "day.note", note->text);
  for (guint i = 0; i < visits->len; i++)
    {
      const DeskVisit *visit = visits->pdata[i];

      if (g_str_equal (visit->status, "cancelled"))
        continue;
      if (!add_row (fields, &day, visit, picks, error))
        return FALSE;
      n++;
    }
  for (guint i = 0; i < picks->len; i++)
    if (to_fetch (picks->pdata[i]))
      add_pick (fields, &day, picks->pdata[i], ++n_picks);
  add_boxes (fields, picks);
  desk_letter_put_number (fields, "day.count", n);
  desk_letter_put_number (fields, "day.doses", n_picks);
  desk_letter_put_flag (fields, "day.visits", n > 0);
  desk_letter_put_flag (fields, "day.picks", n_picks > 0);
  return TRUE;
}

/* What must not be fetched as it stands is said before one goes to the tank. */
gboolean
desk_letter_check_picks (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error)
{
  g_auto (Day) day = { 0 };
  g_autoptr (GPtrArray) picks = day_begin (&day, db, wanted, today, error) ? picks_of (&day, error) : NULL;
  guint n = 0;

  for (guint i = 0; picks && i < picks->len; i++)
    {
      const DeskPick *pick = picks->pdata[i];

      if (!to_fetch (pick))
        continue;
      n++;
      if (pick->holds > 0)
        desk_problems_warn (problems, "dose", "hold", pick->number);
      else if (!g_str_equal (pick->quality, "released") && !g_str_equal (pick->quality, "conditional"))
        desk_problems_warn (problems, "dose", "not-released", pick->number);
      if (pick->container_id == 0 && !g_str_equal (pick->kind, "dose_fresh"))
        desk_problems_warn (problems, "dose", "no-place", pick->number);
    }
  if (picks && n == 0)
    desk_problems_add (problems, "day", "nothing-to-fetch", NULL);
  return picks != NULL;
}

/* A sheet of a day on which nobody comes is no sheet. */
gboolean
desk_letter_check_day (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error)
{
  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);
  DeskDay day = day_of (wanted, today);
  g_autoptr (GPtrArray) visits
      = zone ? desk_visit_between (db, desk_instant_at (day, 0, zone), desk_instant_at (day + 1, 0, zone), error) : NULL;

  if (visits && visits->len == 0)
    desk_problems_add (problems, "day", "nobody-comes", NULL);
  return visits != NULL;
}
