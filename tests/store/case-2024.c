#include "case-2024.h"

#include "bedside-fixture.h"
#include "desk-book.h"
#include "desk-cells.h"

static gint64 now;
static int place; /* the next free one in the box */

/* In place of GLib's: the program lives in 2024. */
gint64
g_get_real_time (void)
{
  return now * G_USEC_PER_SEC;
}

gint64
case_2024_at (const char *day, int hour)
{
  DeskDay parsed = 0;

  g_assert_true (desk_day_parse (day, &parsed));
  return (gint64) parsed * 86400 + (hour - 9) * 3600;
}

void
case_2024_set_clock (const char *day, int hour)
{
  now = case_2024_at (day, hour);
}

static void
exec (DeskDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (!desk_db_exec (db, sql, &error))
    g_error ("%s\n%s", error->message, sql);
}

static void
must (gboolean done, GError *error)
{
  if (!done)
    g_error ("%s", error ? error->message : "not done");
}

static gint64
visit (DeskDb *db, gint64 patient, const char *day)
{
  g_autoptr (GError) error = NULL;
  gint64 at = case_2024_at (day, 10), id;

  must (desk_db_value (db, &id, &error,
                       "INSERT INTO visit (patient_id, type, status, starts_at, ends_at, busy_from, busy_until, created_at)"
                       " VALUES ($1, 'infusion', 'booked', $2, $3, $2, $3, $4) RETURNING id",
                       "iiii", patient, at, at + 3600, now),
        error);
  return id;
}

static void
used (DeskDb *db, gint64 device, gint64 lot, const char *from, const char *until)
{
  g_autoptr (GError) error = NULL;

  must (desk_db_run (db, &error, "INSERT INTO device_use (device_id, lot_id, started_at, ended_at, by_id) VALUES ($1, $2, $3, $4, 1)", "iiii",
                     device, lot, case_2024_at (from, 11), case_2024_at (until, 12)),
        error);
}

static void
step (DeskDb *db, gint64 unit, DeskUnitStep what, gint64 performer, gint64 visit_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskUnit) loaded = desk_unit_load (db, unit, &error);
  DeskUnitAct act = { .unit_id = unit, .step = what, .performer = performer, .witness = CASE_SECOND, .reason = "as planned",
                      .visit_id = visit_id };

  must (loaded != NULL, error);
  act.scanned = loaded->number;
  g_assert_true (bedside_before (db, unit, desk_unit_step_info (what)->to_state, 0, performer, CASE_SECOND));
  if (!desk_unit_act (db, &act, &error))
    g_error ("step %d of %s: %s", what, loaded->number, error->message);
}

static void
labelled (DeskDb *db, gint64 unit)
{
  step (db, unit, DESK_STEP_PRINT_LABEL, CASE_CULTURE, 0);
  step (db, unit, DESK_STEP_VERIFY_LABEL, CASE_CULTURE, 0);
}

static gint64
fill (DeskDb *db, gint64 lot, const char *kind)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  must (desk_units_fill (db, lot, kind, 1, 50, 1000000000, "2026-09-30", CASE_CULTURE, CASE_SECOND, units, &error), error);
  labelled (db, g_array_index (units, gint64, 0));
  return g_array_index (units, gint64, 0);
}

static gint64
freeze (DeskDb *db, gint64 unit)
{
  g_autoptr (GError) error = NULL;

  must (desk_unit_freeze (db, unit, 3, 1 + place / 9, 1 + place % 9, CASE_CULTURE, CASE_SECOND, &error), error);
  place++;
  return unit;
}

static void
tested (DeskDb *db, gint64 lot)
{
  static const char *const tests[][2] = { { "viability", "92" }, { "count", "1e9" }, { "purity", "90" }, { "endotoxin", "0.1 EU/kg" },
                                          { "mycoplasma", "negative" }, { "sterility", "negative" } };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      DeskResult result = { .lot_id = lot, .test = (char *) tests[i][0], .value = (char *) tests[i][1], .passed = TRUE,
                            .stage = (char *) "final", .reported_on = (char *) "2024-09-29", .entered_by = CASE_CULTURE };

      must (desk_result_add (db, &result, &error), error);
      must (desk_result_check (db, result.id, CASE_SECOND, &error), error);
    }
}

/* Collected and grown until 30 May, in the incubator and with the albumin of that number. */
static gint64
first_culture (DeskDb *db, gint64 patient, int shared)
{
  DeskLotStart start = { .patient_id = patient, .method = "blood_draw", .collected_at = now, .volume_ml = 50, .operator_id = CASE_NURSE,
                         .started_on = "2024-05-09", .expected_on = "2024-05-30" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLot) lot = NULL;

  must (desk_lot_start (db, &start, &lot, &error), error);
  must (desk_db_run (db, &error, "INSERT INTO lot_reagent (lot_id, reagent_id, at, by_id) VALUES ($1, $2, $3, 1)", "iii", lot->id,
                     (gint64) (shared ? 1 : 2), now),
        error);
  used (db, shared ? 1 : 2, lot->id, "2024-05-09", "2024-05-30");
  used (db, shared ? 3 : 4, lot->id, shared ? "2024-05-30" : "2024-05-27", shared ? "2024-05-30" : "2024-05-27");
  return lot->id;
}

/* Thawed in the CPF's bath, and grown on for four days. */
static gint64
second_culture (DeskDb *db, gint64 patient, gint64 first, gint64 intermediate)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("L24-9%03" G_GINT64_FORMAT, patient);
  gint64 lot;

  must (desk_db_value (db, &lot, &error,
                       "INSERT INTO lot (patient_id, collection_id, number, facility, plan_number, started_on)"
                       " SELECT patient_id, collection_id, $2, facility, plan_number, '2024-09-26' FROM lot WHERE id = $1 RETURNING id",
                       "it", first, number),
        error);
  must (desk_db_run (db, &error, "UPDATE placement SET until = $2, ended_by = 1 WHERE unit_id = $1 AND until IS NULL", "ii", intermediate, now)
            && desk_db_run (db, &error, "INSERT INTO lot_input (lot_id, unit_id, at, by_id) VALUES ($1, $2, $3, 1)", "iii", lot, intermediate, now)
            && desk_db_run (db, &error,
                            "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
                            " SELECT id, 'life', life_seq + 1, life_seq, life, 'consumed', $2, 1, 2 FROM unit WHERE id = $1",
                            "ii", intermediate, now),
        error);
  used (db, 5, lot, "2024-09-26", "2024-09-26");
  return lot;
}

/* In the chair, with the physician's order. */
static void
arrive (DeskDb *db, gint64 visit_id)
{
  static const char *const ways[] = { "arrived", "checked_in", "in_room" };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DeskVisit) loaded = desk_visit_load (db, visit_id, &error);

      must (loaded != NULL, error);
      must (desk_visit_set_status (db, loaded, ways[i], &error), error);
    }
  g_autofree char *sql = g_strdup_printf ("INSERT INTO signature (staff_id, purpose, at) VALUES (5, 'order', %" G_GINT64_FORMAT ");"
                                          "INSERT INTO infusion_order (visit_id, physician_id, cells_min, cells_max, at)"
                                          " VALUES (%" G_GINT64_FORMAT ", 5, 0, 1000000000000, %" G_GINT64_FORMAT ")",
                                          now, visit_id, now);
  exec (db, sql);
}

static void
give (DeskDb *db, gint64 unit, gint64 visit_id)
{
  arrive (db, visit_id);
  step (db, unit, DESK_STEP_TO_BEDSIDE, CASE_NURSE, 0);
  step (db, unit, DESK_STEP_INFUSE, CASE_NURSE, visit_id);
  step (db, unit, DESK_STEP_INFUSED, CASE_NURSE, 0);
}

static void
clinic (DeskDb *db)
{
  exec (db,
        "INSERT INTO clinic (id, uuid, name, name_ja, facility, plan_number) VALUES (1, 'u', 'Clinic', 'クリニック', 'FC3140025', 'PC3150325');"
        "INSERT INTO staff (id, name, name_ja, role) VALUES (1, 'ITO MAI', '伊藤舞', 'culture'), (2, 'SATO KEN', '佐藤健', 'culture'),"
        " (3, 'MORI YUI', '森結衣', 'quality'), (4, 'ABE RIN', '阿部凛', 'nurse'), (5, 'OKADA JUN', '岡田潤', 'physician');"
        "INSERT INTO staff_secret (staff_id, hash, set_at) SELECT id, '*', 0 FROM staff;"
        "INSERT INTO resource (id, kind, name) VALUES (1, 'chair', 'Chair 1'), (2, 'chair', 'Chair 2');"
        "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols) VALUES (1, NULL, 'site', 'Tokyo', 'none', 0, 0),"
        " (2, 1, 'tank', 'Tank 1', 'none', 0, 0), (3, 2, 'box', 'Box 1', 'grid', 9, 9);"
        "INSERT INTO device (id, kind, name) VALUES (1, 'incubator', 'Incubator 1'), (2, 'incubator', 'Incubator 2'),"
        " (3, 'freezer_program', 'Freezer 1'), (4, 'freezer_program', 'Freezer 2'), (5, 'bath', 'Bath CPF'), (6, 'bench', 'Bench 1');"
        "INSERT INTO reagent_lot (id, name, maker, lot_number, added_at) VALUES (1, 'Albumin 25 %', 'Blood Centre', 'A-123', 0),"
        " (2, 'Albumin 25 %', 'Blood Centre', 'A-200', 0);"
        "INSERT INTO patient (id, chart, family, given, phone, email, languages, created_at, updated_at) VALUES"
        " (1, '000001', 'NGUYEN', 'THI LAN', '+84 91 234 5678', 'lan@example.com', 'vi', 0, 0),"
        " (2, '000002', 'KIM', 'MINJUN', '', 'minjun@example.com', 'ko', 0, 0),"
        " (3, '000003', 'WANG', 'LI', '+86 10 1234 5678', '', 'zh', 0, 0);"
        "INSERT INTO companion (id, patient_id, family, given, relation, phone, may_be_told) VALUES"
        " (1, 2, 'KIM', 'SEOYEON', 'spouse', '+82 10 9999 0000', 1), (2, 1, 'TRAN', 'VAN', 'friend', '+84 90 000 0000', 0)");
}

void
case_2024_set_up (DeskDb *db, Case2024 *made)
{
  gint64 thawed[2];

  *made = (Case2024){ .patient = { 1, 2, 3 } };
  desk_db_set_actor (db, CASE_QUALITY, "test");
  case_2024_set_clock ("2024-05-09", 10);
  place = 0;
  clinic (db);
  for (int i = 0; i < 3; i++)
    made->first[i] = first_culture (db, made->patient[i], i < 2);
  case_2024_set_clock ("2024-05-30", 15);
  for (int i = 0; i < 2; i++)
    {
      thawed[i] = freeze (db, fill (db, made->first[i], "intermediate"));
      made->intermediate[i] = freeze (db, fill (db, made->first[i], "intermediate"));
    }
  made->lone = freeze (db, fill (db, made->first[2], "dose_frozen"));
  case_2024_set_clock ("2024-09-26", 11);
  for (int i = 0; i < 2; i++)
    made->second[i] = second_culture (db, made->patient[i], made->first[i], thawed[i]);
  case_2024_set_clock ("2024-09-30", 8);
  tested (db, made->first[2]);
  step (db, made->lone, DESK_STEP_RELEASE, CASE_QUALITY, 0);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      tested (db, made->second[i]);
      made->given[i] = visit (db, made->patient[i], "2024-09-30");
      made->next[i] = visit (db, made->patient[i], "2024-10-10");
      for (int d = 0; d < 3; d++)
        {
          made->dose[i][d] = fill (db, made->second[i], d ? "dose_frozen" : "dose_fresh");
          if (d)
            freeze (db, made->dose[i][d]);
          else
            must (desk_unit_ready (db, made->dose[i][d], CASE_CULTURE, &error), error);
          step (db, made->dose[i][d], DESK_STEP_RELEASE, CASE_QUALITY, 0);
        }
      made->sample[i] = freeze (db, fill (db, made->second[i], "retained"));
      step (db, made->dose[i][0], DESK_STEP_RESERVE, CASE_NURSE, made->given[i]);
      step (db, made->dose[i][1], DESK_STEP_RESERVE, CASE_NURSE, made->next[i]);
    }
  case_2024_set_clock ("2024-09-30", 10);
  for (int i = 0; i < 2; i++)
    give (db, made->dose[i][0], made->given[i]);
  case_2024_set_clock ("2024-10-03", 9);
}

gboolean
case_2024_positive (DeskDb *db, const Case2024 *made, GError **error)
{
  gint64 rapid;

  if (!desk_db_value (db, &rapid, error, "SELECT id FROM result WHERE lot_id = $1 AND test = 'sterility'", "i", made->second[0]))
    return FALSE;
  DeskResult result = { .lot_id = made->second[0], .test = (char *) "sterility", .value = (char *) "positive", .passed = FALSE,
                        .stage = (char *) "final", .reported_on = (char *) "2024-10-03", .entered_by = CASE_QUALITY,
                        .supersedes = rapid, .why = (char *) "growth on day 7" };
  return desk_result_add (db, &result, error);
}
