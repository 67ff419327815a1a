#include "desk-label-load.h"

#include <string.h>

#include "desk-address.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-codes.h"
#include "desk-containers.h"
#include "desk-error.h"
#include "desk-lab.h"
#include "desk-labs.h"
#include "desk-patients.h"

#define VISITS_SHOWN 4 /* what a card has room for */

static void
put (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value ? value : "");
}

/* The clinic in both languages, and under which number it processes cells. */
static gboolean
add_clinic (DeskDb *db, DeskLabelData *data, GError **error)
{
  g_autoptr (DeskClinic) clinic = desk_clinic_load (db, error);

  if (!clinic)
    return FALSE;
  g_free (data->clinic);
  data->clinic = g_strdup_printf ("%s  %s", clinic->name, g_str_equal (clinic->name, clinic->name_ja) ? "" : clinic->name_ja);
  g_strchomp (data->clinic);
  put (&data->phone, clinic->phone);
  put (&data->facility, clinic->facility);
  put (&data->plan, clinic->plan_number);
  return TRUE;
}

/* The agents by the names that stand on laboratory reports: "HBs antigen, HIV Ag/Ab". */
static gboolean
add_biohazard (DeskDb *db, DeskLabelData *data, gint64 patient_id, GError **error)
{
  g_autofree char *agents = NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  if (!desk_biohazard_agents (db, patient_id, &agents, error))
    return FALSE;
  g_auto (GStrv) ids = g_strsplit (agents, ",", -1);
  for (guint i = 0; ids[i]; i++)
    {
      const DeskLabTest *test = desk_lab_find (ids[i]);

      g_string_append_printf (names, "%s%s", names->len ? ", " : "", test ? test->name : ids[i]);
    }
  g_free (data->biohazard);
  data->biohazard = g_string_free (g_steal_pointer (&names), FALSE);
  return TRUE;
}

/* Evaluated for infections: a final result of each of HIV, HBV, HCV and syphilis is in the chart. */
static gboolean
add_tested (DeskDb *db, DeskLabelData *data, gint64 patient_id, GError **error)
{
  gint64 n;

  if (!desk_db_value (db, &n, error,
                      "SELECT (SELECT EXISTS (SELECT 1 FROM lab_value WHERE patient_id = $1 AND test = 'hiv' AND outcome <> '' AND status IN ('F', 'C')))"
                      " + (SELECT EXISTS (SELECT 1 FROM lab_value WHERE patient_id = $1 AND test = 'hbsag' AND outcome <> '' AND status IN ('F', 'C')))"
                      " + (SELECT EXISTS (SELECT 1 FROM lab_value WHERE patient_id = $1 AND test = 'hcvab' AND outcome <> '' AND status IN ('F', 'C')))"
                      " + (SELECT EXISTS (SELECT 1 FROM lab_value WHERE patient_id = $1 AND test IN ('rpr', 'tpha') AND outcome <> '' AND status IN ('F', 'C')))",
                      "i", patient_id))
    return FALSE;
  data->tested = n == 4;
  return TRUE;
}

static gboolean
add_patient (DeskDb *db, DeskLabelData *data, gint64 id, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (db, id, error);

  if (!patient)
    return FALSE;
  g_autofree char *name = desk_patient_name (patient), *native_name = desk_patient_native_name (patient);
  put (&data->patient, name);
  put (&data->patient_native, g_str_equal (name, native_name) ? "" : native_name);
  put (&data->birth, patient->birth);
  put (&data->chart, patient->chart);
  return add_biohazard (db, data, id, error) && add_tested (db, data, id, error);
}

/* "20 mL  1.2 × 10⁹". */
static char *
content_of (const DeskUnit *unit, const char *words)
{
  static const char *const kinds[][2]
      = { { "source", "Source 原料" }, { "intermediate", "Intermediate 中間品" }, { "dose_fresh", "Fresh dose 投与用（非凍結）" },
          { "dose_frozen", "Frozen dose 投与用（凍結）" }, { "retained", "Retained sample 保管検体" }, { "qc", "QC sample 試験検体" } };
  const char *kind = *words ? words : unit->kind;
  double cells = (double) unit->cells;
  int power = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!*words && g_str_equal (kinds[i][0], unit->kind))
      kind = kinds[i][1];
  for (; cells >= 10; cells /= 10)
    power++;
  static const char *const raised[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  return g_strdup_printf ("%s  %d mL  %.1f × 10%s%s", kind, unit->volume_ml, cells, power > 9 ? raised[power / 10] : "", raised[power % 10]);
}

static gboolean
add_unit_rest (DeskDb *db, DeskLabelData *data, const DeskUnit *unit, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT COALESCE (i.division, u.division), COALESCE (i.din, ''), COALESCE (i.product, ''), COALESCE (o.number, ''), u.use_until_at,"
                       " COALESCE ((SELECT pending FROM release_condition r WHERE r.unit_id = u.id ORDER BY r.at DESC LIMIT 1), ''),"
                       " COALESCE (p.words, '')"
                       " FROM unit u JOIN lot l ON l.id = u.lot_id JOIN collection c ON c.id = l.collection_id LEFT JOIN coi o ON o.id = c.coi_id"
                       " LEFT JOIN isbt_unit i ON i.unit_id = u.id"
                       " LEFT JOIN isbt_product p ON p.kind = u.kind AND substr (p.code, 1, 6) = substr (i.product, 1, 6) WHERE u.id = $1",
                       "i", unit->id);
  g_autoptr (DeskClinic) clinic = stmt ? desk_clinic_load (db, error) : NULL;

  if (!clinic || desk_stmt_step (stmt, error) != DESK_STEP_ROW)
    return FALSE;
  put (&data->division, desk_stmt_text (stmt, 0));
  put (&data->product, desk_stmt_text (stmt, 2));
  if (*desk_stmt_text (stmt, 1))
    {
      g_free (data->number);
      g_autofree char *din = desk_isbt_din_words (desk_stmt_text (stmt, 1));
      data->number = g_strdup_printf ("%s  %s %s", din, data->product, data->division);
      g_strchomp (data->number);
    }
  put (&data->coi, desk_stmt_text (stmt, 3));
  if (desk_stmt_int64 (stmt, 4))
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (clinic->zone);
      g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (desk_stmt_int64 (stmt, 4));
      g_autoptr (GDateTime) here = g_date_time_to_timezone (at, zone ? zone : g_time_zone_new_utc ());

      g_free (data->expiry);
      data->expiry = g_date_time_format (here, "%Y-%m-%d %H:%M %Z");
    }
  put (&data->conditions, desk_stmt_text (stmt, 5));
  g_free (data->content);
  data->content = content_of (unit, desk_stmt_text (stmt, 6));
  return TRUE;
}

static gboolean
load_unit (DeskDb *db, DeskLabelData *data, gint64 id, GError **error)
{
  g_autoptr (DeskUnit) unit = desk_unit_load (db, id, error);
  g_autofree char *code = unit ? desk_code_of (db, DESK_CODE_UNIT, id, error) : NULL;

  if (!code || !add_patient (db, data, unit->patient_id, error))
    return FALSE;
  put (&data->code, code);
  put (&data->number, unit->number);
  put (&data->unit_kind, unit->kind);
  put (&data->lot, unit->lot_number);
  put (&data->expiry, unit->use_until);
  put (&data->quality, unit->quality);
  if (g_str_equal (unit->kind, "dose_frozen") || g_str_equal (unit->kind, "intermediate"))
    put (&data->storage, "Store at −150 °C or below  −150 °C 以下で保存");
  return add_unit_rest (db, data, unit, error);
}

static gboolean
load_tube (DeskDb *db, DeskLabelData *data, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT c.number, c.patient_id, c.collected_at, COALESCE (o.number, ''), c.volume_ml, COALESCE (i.din, '')"
                       " FROM collection c LEFT JOIN coi o ON o.id = c.coi_id LEFT JOIN isbt_collection i ON i.collection_id = c.id WHERE c.id = $1",
                       "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "there is no such collection");
  if (step != DESK_STEP_ROW)
    return FALSE;
  const char *din = desk_stmt_text (stmt, 5);
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (desk_stmt_int64 (stmt, 2));
  g_free (data->code);
  data->code = *din ? g_strdup_printf ("=%s00", din) : desk_stmt_dup_text (stmt, 0);
  g_free (data->number);
  data->number = *din ? desk_isbt_din_words (din) : desk_stmt_dup_text (stmt, 0);
  g_free (data->made_on);
  data->made_on = g_date_time_format (at, "%Y-%m-%d");
  put (&data->coi, desk_stmt_text (stmt, 3));
  g_free (data->content);
  data->content = g_strdup_printf ("Blood 採血  %d mL", desk_stmt_int (stmt, 4));
  return add_patient (db, data, desk_stmt_int64 (stmt, 1), error);
}

static gboolean
load_container (DeskDb *db, DeskLabelData *data, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) path = desk_container_path (db, id, error);
  g_autofree char *code = path ? desk_code_of (db, DESK_CODE_CONTAINER, id, error) : NULL;
  g_autoptr (GString) where = g_string_new (NULL);

  if (!code)
    return FALSE;
  for (guint i = 0; i + 1 < path->len; i++)
    g_string_append_printf (where, "%s%s", i ? " › " : "", ((const DeskContainer *) path->pdata[i])->name);
  put (&data->code, code);
  put (&data->number, code);
  put (&data->where, where->str);
  put (&data->title, path->len ? ((const DeskContainer *) path->pdata[path->len - 1])->name : "");
  return TRUE;
}

static gboolean
load_device (DeskDb *db, DeskLabelData *data, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "SELECT name, COALESCE (barcode, ''), due_on FROM device WHERE id = $1", "i", id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "there is no such device");
  if (step != DESK_STEP_ROW)
    return FALSE;
  put (&data->title, desk_stmt_text (stmt, 0));
  put (&data->code, desk_stmt_text (stmt, 1));
  put (&data->number, desk_stmt_text (stmt, 1));
  g_free (data->where);
  data->where = *desk_stmt_text (stmt, 2) ? g_strdup_printf ("Calibration due 校正期限 %s", desk_stmt_text (stmt, 2)) : g_strdup ("");
  return TRUE;
}

static gboolean
load_person (DeskDb *db, DeskLabelData *data, gint64 id, GError **error)
{
  if (!add_patient (db, data, id, error))
    return FALSE;
  put (&data->code, data->chart);
  put (&data->number, data->chart);
  return TRUE;
}

/* "2026-11-30 Mon 月  10:00  Infusion 点滴": in both languages, like the clinic's other labels. */
static void
add_visit (GString *visits, DeskStmt *stmt, GTimeZone *zone)
{
  static const char *const weekdays[] = { "Mon 月", "Tue 火", "Wed 水", "Thu 木", "Fri 金", "Sat 土", "Sun 日" };
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (desk_stmt_int64 (stmt, 0));
  g_autoptr (GDateTime) here = g_date_time_to_timezone (at, zone);
  g_autofree char *day = g_date_time_format (here, "%Y-%m-%d"), *time = g_date_time_format (here, "%H:%M");
  const char *name = desk_stmt_text (stmt, 1), *name_ja = desk_stmt_text (stmt, 2);

  g_string_append_printf (visits, "%s%s %s  %s  %s %s", visits->len ? "\n" : "", day, weekdays[g_date_time_get_day_of_week (here) - 1], time,
                          name, g_str_equal (name, name_ja) ? "" : name_ja);
}

/* The next visits that are agreed: one that is only held may still be given away. */
static gboolean
load_appointment (DeskDb *db, DeskLabelData *data, gint64 id, GError **error)
{
  g_autoptr (DeskClinic) clinic = load_person (db, data, id, error) ? desk_clinic_load (db, error) : NULL;
  g_autoptr (DeskStmt) stmt
      = clinic ? desk_db_query (db, error,
                                "SELECT v.starts_at, t.name, t.name_ja FROM visit v JOIN visit_type t ON t.code = v.type"
                                " WHERE v.patient_id = $1 AND v.starts_at >= $2 AND v.status IN ('booked', 'confirmed')"
                                " ORDER BY v.starts_at, v.id LIMIT $3",
                                "iid", id, g_get_real_time () / G_USEC_PER_SEC, VISITS_SHOWN)
               : NULL;
  g_autoptr (GTimeZone) known = clinic ? g_time_zone_new_identifier (clinic->zone) : NULL;
  g_autoptr (GTimeZone) zone = known ? g_steal_pointer (&known) : g_time_zone_new_utc ();
  g_autoptr (GString) visits = g_string_new (NULL);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    add_visit (visits, stmt, zone);
  put (&data->visits, visits->str);
  return step == DESK_STEP_DONE;
}

/* In Japan postcode, place and the name with 様; elsewhere the name first. */
static gboolean
load_address (DeskDb *db, DeskLabelData *data, gint64 id, GError **error)
{
  g_autoptr (DeskPatient) patient = load_person (db, data, id, error) ? desk_patient_load (db, id, error) : NULL;

  if (!patient || !*patient->address)
    return patient != NULL;
  gboolean japanese = desk_address_in_japan (patient->address);
  g_autofree char *native = desk_patient_native_name (patient), *latin = desk_patient_name (patient);
  g_autofree char *name = desk_address_name (japanese ? native : latin, DESK_ADDRESSEE_PERSON, japanese);
  g_autofree char *place = desk_address_lines (patient->address), *postcode = desk_address_postcode (patient->address);
  g_free (data->address);
  data->address = !japanese  ? g_strdup_printf ("%s\n%s", name, place)
                  : postcode ? g_strdup_printf ("〒%s\n%s\n%s", postcode, place, name)
                             : g_strdup_printf ("%s\n%s", place, name);
  put (&data->title, name);
  return TRUE;
}

/* What stands on the label of that kind of the unit, collection, patient, container or device. Whether all is there that
 * must be is desk_label_data_check ()'s to say. */
DeskLabelData *
desk_label_load (DeskDb *db, DeskLabelKind kind, gint64 id, GError **error)
{
  static gboolean (*const loaders[DESK_N_LABELS]) (DeskDb *, DeskLabelData *, gint64, GError **)
      = { load_unit, load_unit, load_tube, load_person, load_person, load_container, load_device, load_appointment, load_address };
  g_autoptr (DeskLabelData) data = desk_label_data_new (kind);

  data->id = id;
  if (!add_clinic (db, data, error) || !loaders[kind](db, data, id, error))
    return NULL;
  return g_steal_pointer (&data);
}
