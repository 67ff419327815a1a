/* What needs attention today: six indexed questions, none of which looks at more than it returns. */
#include "desk-attention.h"

#include "desk-book-private.h"
#include "desk-clinics.h"
#include "desk-documents.h"
#include "desk-trips.h"

#define DRAW_DAYS 7
#define EXPIRY_DAYS 30
#define HARVEST_DAYS 3
#define STAY_DAYS 7

static const char draws_sql[]
    = "SELECT v.patient_id, v.starts_at, p.purpose, p.family, p.given"
      " FROM visit v JOIN patient p ON p.id = v.patient_id"
      " WHERE v.starts_at >= $1 AND v.starts_at < $2 AND v.type IN ('blood_draw', 'apheresis')"
      "   AND v.status IN ('proposed', 'held', 'booked', 'confirmed', 'arrived', 'checked_in')"
      " ORDER BY v.starts_at, v.id";

static const char doses_sql[]
    = "SELECT u.id, u.patient_id, u.use_until, u.number, p.family, p.given"
      " FROM unit u JOIN patient p ON p.id = u.patient_id"
      " WHERE u.life IN ('filled', 'frozen', 'fresh_ready', 'in_transit', 'at_clinic', 'missing') AND u.use_until <= $1"
      "   AND u.kind IN ('dose_fresh', 'dose_frozen') AND u.quality NOT IN ('rejected', 'recalled')"
      " ORDER BY u.use_until, u.number";

static const char lots_sql[]
    = "SELECT l.id, l.patient_id, l.expected_on, l.number, p.family, p.given"
      " FROM lot l JOIN patient p ON p.id = l.patient_id"
      " WHERE l.status = 'culturing' AND l.expected_on > '' AND l.expected_on <= $1 ORDER BY l.expected_on, l.number";

static const char still_here_sql[]
    = "SELECT v.id, v.patient_id, v.starts_at, v.type, p.family, p.given"
      " FROM visit v JOIN patient p ON p.id = v.patient_id"
      " WHERE v.status IN ('arrived', 'checked_in', 'in_room') AND v.starts_at < $1 ORDER BY v.starts_at, v.id";

static const char in_japan_sql[]
    = "SELECT t.id, t.patient_id, p.family, p.given FROM trip t JOIN patient p ON p.id = t.patient_id"
      " WHERE t.entered_on > '' AND t.entered_on <> '' AND t.departed_on = '' AND t.cancelled_at IS NULL"
      " ORDER BY t.entered_on, t.id";

static const char not_entered_sql[]
    = "SELECT t.patient_id, t.planned_departure, p.family, p.given FROM trip t JOIN patient p ON p.id = t.patient_id"
      " WHERE t.planned_departure <> '' AND t.planned_departure > '' AND t.planned_departure < $1 AND t.entered_on = '' AND t.cancelled_at IS NULL"
      " ORDER BY t.planned_departure, t.id";

/* Takes the name; copies the detail. */
static void
add (GPtrArray *list, DeskAttentionKind kind, gint64 id, gint64 patient_id, char *name, DeskDay day,
     const char *detail, DeskDay today)
{
  static const char *objects[DESK_N_ATTENTION] = { "patient", "unit", "lot", "visit", "patient", "patient" };
  DeskAttention *attention = g_new0 (DeskAttention, 1);

  *attention = (DeskAttention) { .kind = kind, .object = objects[kind], .id = id, .patient_id = patient_id,
                                 .patient_name = name, .day = day, .detail = g_strdup (detail),
                                 .overdue = day <= today };
  g_ptr_array_add (list, attention);
}

/* The kinds of paper, comma separated, that are missing or not good enough on the day of the draw; NULL
 * in kinds when all are there. */
gboolean
desk_papers_short (DeskDb *db, gint64 patient_id, const char *purpose, DeskDay today, DeskDay draw_day, char **kinds,
                   GError **error)
{
  g_autoptr (GPtrArray) documents = desk_document_list (db, patient_id, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (!documents)
    return FALSE;

  g_autoptr (GArray) needs = desk_document_needs (documents, purpose, today, draw_day);
  for (guint i = 0; i < needs->len; i++)
    {
      const DeskPaperNeed *need = &g_array_index (needs, DeskPaperNeed, i);

      if (need->state != DESK_PAPER_GOOD)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", need->rule->kind);
    }
  *kinds = text->len > 0 ? g_strdup (text->str) : NULL;
  return TRUE;
}

static gboolean
add_papers (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, draws_sql, "ii", desk_instant_at (today, 0, zone),
                                             desk_instant_at (today + DRAW_DAYS + 1, 0, zone));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 patient_id = desk_stmt_int64 (stmt, 0);
      DeskDay day = desk_instant_day (desk_stmt_int64 (stmt, 1), zone);
      g_autofree char *kinds = NULL;

      if (!desk_papers_short (db, patient_id, desk_stmt_text (stmt, 2), today, day, &kinds, error))
        return FALSE;
      if (kinds)
        add (list, DESK_ATTENTION_PAPERS, patient_id, patient_id, desk_row_name (stmt, 3), day, kinds, today);
    }
  return step == DESK_STEP_DONE;
}

/* Rows of id, patient, ISO day, number, family, given, up to and with the last day. */
static gboolean
add_until (DeskDb *db, GPtrArray *list, const char *sql, DeskAttentionKind kind, DeskDay last, DeskDay today,
           GError **error)
{
  g_autofree char *until = desk_day_format (last);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, sql, "t", until);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskDay day = today;

      if (!desk_day_parse (desk_stmt_text (stmt, 2), &day))
        g_warning ("%s: “%s” is no day", desk_attention_code (kind), desk_stmt_text (stmt, 2));
      add (list, kind, desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1), desk_row_name (stmt, 4), day,
           desk_stmt_text (stmt, 3), today);
    }
  return step == DESK_STEP_DONE;
}

static gboolean
add_still_here (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, still_here_sql, "i", desk_instant_at (today, 0, zone));
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    add (list, DESK_ATTENTION_STILL_HERE, desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 1), desk_row_name (stmt, 4),
         desk_instant_day (desk_stmt_int64 (stmt, 2), zone), desk_stmt_text (stmt, 3), today);
  return step == DESK_STEP_DONE;
}

/* Takes the name. The stay ends on the planned day, or on the last one permitted where that is earlier. */
static void
add_stay (GPtrArray *list, const DeskTrip *trip, char *name, DeskDay today)
{
  DeskStay stay;

  desk_stay_count (trip, today, &stay);
  DeskDay end = stay.departure;
  if (end == DESK_DAY_NONE || (stay.last != DESK_DAY_NONE && stay.last < end))
    end = stay.last;
  if (end == DESK_DAY_NONE || end > today + STAY_DAYS)
    g_free (name);
  else
    add (list, end < today ? DESK_ATTENTION_DEPARTURE : DESK_ATTENTION_STAY_ENDS, trip->patient_id, trip->patient_id,
         name, end, NULL, today);
}

static gboolean
add_in_japan (DeskDb *db, GPtrArray *list, DeskDay today, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, in_japan_sql, "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      g_autoptr (DeskTrip) trip = desk_trip_load (db, desk_stmt_int64 (stmt, 0), error);

      if (!trip)
        return FALSE;
      add_stay (list, trip, desk_row_name (stmt, 2), today);
    }
  return step == DESK_STEP_DONE;
}

/* Planned and over, and nobody wrote down that they came. */
static gboolean
add_not_entered (DeskDb *db, GPtrArray *list, DeskDay today, GError **error)
{
  g_autofree char *now = desk_day_format (today);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, not_entered_sql, "t", now);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    add (list, DESK_ATTENTION_DEPARTURE, desk_stmt_int64 (stmt, 0), desk_stmt_int64 (stmt, 0), desk_row_name (stmt, 2),
         desk_trip_day (desk_stmt_text (stmt, 1)), NULL, today);
  return step == DESK_STEP_DONE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const DeskAttention *one = *(const DeskAttention **) a, *two = *(const DeskAttention **) b;

  if (one->day != two->day)
    return one->day < two->day ? -1 : 1;
  if (one->kind != two->kind)
    return one->kind < two->kind ? -1 : 1;
  return one->id < two->id ? -1 : one->id > two->id;
}

/* What somebody should look at today, of DeskAttention, the most urgent first; free with g_ptr_array_unref (). */
GPtrArray *
desk_today_attention (DeskDb *db, DeskDay today, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_attention_free);
  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);

  if (!zone || !add_papers (db, list, today, zone, error)
      || !add_until (db, list, doses_sql, DESK_ATTENTION_DOSE_EXPIRES, today + EXPIRY_DAYS, today, error)
      || !add_until (db, list, lots_sql, DESK_ATTENTION_HARVEST, today + HARVEST_DAYS, today, error)
      || !add_still_here (db, list, today, zone, error) || !add_in_japan (db, list, today, error)
      || !add_not_entered (db, list, today, error))
    return NULL;
  g_ptr_array_sort (list, compare);
  return g_steal_pointer (&list);
}
