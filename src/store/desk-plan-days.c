/* The planner's problem: what the clinic leaves of each day. Closed days as the book has them, and how many draws and
 * infusions still fit between what is booked: laid one after the other as early as they go, so that as many as are
 * promised can really be booked. */
#include "desk-plan-private.h"

#include <string.h>

#include "desk-blocks.h"
#include "desk-book.h"
#include "desk-clinics.h"
#include "desk-openings.h"

#define SLOT_MINUTES 5
#define DAY_SLOTS 288
#define MANY 999 /* per day: no clinic has that */

static const char types_sql[]
    = "SELECT code, minutes, before, after, needs, per_day, at_once FROM visit_type WHERE code = $1 OR code = 'infusion'";

static const char resources_sql[]
    = "SELECT r.id, r.kind FROM resource r LEFT JOIN staff s ON s.id = r.staff_id"
      " WHERE r.active = 1 AND coalesce (s.active, 1) = 1 ORDER BY r.kind, r.position, r.id";

static const char taken_sql[]
    = "SELECT v.busy_from, v.busy_until, r.resource_id FROM visit v JOIN visit_resource r ON r.visit_id = v.id"
      " WHERE v.starts_at > $1 AND v.starts_at < $2"
      "   AND v.status IN ('held', 'booked', 'confirmed', 'arrived', 'checked_in', 'in_room', 'done')";

static const char booked_sql[]
    = "SELECT type, starts_at, ends_at FROM visit WHERE starts_at >= $1 AND starts_at < $2 AND (type = $3 OR type = 'infusion')"
      "   AND status IN ('held', 'booked', 'confirmed', 'arrived', 'checked_in', 'in_room', 'done')";

/* A kind of visit, in slots. */
typedef struct
{
  char *code;
  int length, before, after;
  char **needs;
  int per_day, at_once; /* 0 for no limit */
} Kind;

typedef struct
{
  gint64 id;
  char *kind;
} Column;

typedef struct
{
  DeskPlanReading *reading;
  DeskPlanProblem *problem;
  guint n_days;
  GTimeZone *zone;
  DeskHours *hours;
  Kind draw, infusion;
  GArray *columns;         /* of Column */
  gint64 *starts;          /* instants of midnight, one more than days */
  guint8 **busy;           /* of each day: (columns + 1) × DAY_SLOTS, or NULL while nothing is booked; the last is the whole clinic */
  int *booked[2];          /* draws, infusions of each day; NULL where no type has a limit */
  guint8 **there[2];       /* of each day: how many there are in each slot, or NULL while there is none; NULL likewise */
} Book;

static void
kind_clear (Kind *kind)
{
  g_free (kind->code);
  g_strfreev (kind->needs);
}

static void
column_clear (gpointer column)
{
  g_free (((Column *) column)->kind);
}

static void
book_clear (Book *book)
{
  g_clear_pointer (&book->zone, g_time_zone_unref);
  kind_clear (&book->draw);
  kind_clear (&book->infusion);
  g_clear_pointer (&book->columns, g_array_unref);
  g_clear_pointer (&book->hours, desk_hours_free);
  g_free (book->starts);
  for (guint i = 0; book->busy && i < book->n_days; i++)
    g_free (book->busy[i]);
  g_free (book->busy);
  g_free (book->booked[0]);
  g_free (book->booked[1]);
  for (guint k = 0; k < G_N_ELEMENTS (book->there); k++)
    {
      for (guint i = 0; book->there[k] && i < book->n_days; i++)
        g_free (book->there[k][i]);
      g_free (book->there[k]);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Book, book_clear)

static DeskPlanDay *
day_at (const Book *book, guint i)
{
  return &g_array_index (book->problem->days, DeskPlanDay, i);
}

/* ── open or closed ──────────────────────────────────────────────────────────────────────────── */

static gboolean
read_hours (Book *book, GError **error)
{
  book->hours = desk_hours_load (book->reading->db, book->problem->first, book->problem->last, error);
  for (guint i = 0; book->hours && i < book->n_days; i++)
    day_at (book, i)->closed = !desk_hours_open_on (book->hours, book->problem->first + (DeskDay) i);
  return book->hours != NULL;
}

/* ── what there is, and what is taken ────────────────────────────────────────────────────────── */

static gboolean
read_kinds (Book *book, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (book->reading->db, error, types_sql, "t", book->reading->file->draw_type);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      Kind *kind = strcmp (desk_stmt_text (stmt, 0), "infusion") == 0 ? &book->infusion : &book->draw;

      kind_clear (kind);
      *kind = (Kind){ desk_stmt_dup_text (stmt, 0), desk_stmt_int (stmt, 1) / SLOT_MINUTES,
                      desk_stmt_int (stmt, 2) / SLOT_MINUTES, desk_stmt_int (stmt, 3) / SLOT_MINUTES,
                      g_strsplit (desk_stmt_text (stmt, 4), ",", -1), desk_stmt_int (stmt, 5), desk_stmt_int (stmt, 6) };
    }
  if (step == DESK_STEP_DONE && (!book->draw.code || !book->infusion.code))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no visit type for draws or infusions");
      return FALSE;
    }
  return step == DESK_STEP_DONE;
}

static gboolean
needed (const Book *book, const char *kind)
{
  return g_strv_contains ((const char *const *) book->draw.needs, kind)
         || g_strv_contains ((const char *const *) book->infusion.needs, kind);
}

static gboolean
read_columns (Book *book, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (book->reading->db, error, resources_sql, "");
  DeskStep step = DESK_STEP_ERROR;

  book->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (book->columns, column_clear);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      Column column = { desk_stmt_int64 (stmt, 0), NULL };

      if (!needed (book, desk_stmt_text (stmt, 1)))
        continue;
      column.kind = desk_stmt_dup_text (stmt, 1);
      g_array_append_val (book->columns, column);
    }
  return step == DESK_STEP_DONE;
}

/* The day an instant is on, or -1: days of 23 and 25 hours are near where days of 24 would be. */
static int
day_of (const Book *book, gint64 instant)
{
  gint64 i = (instant - book->starts[0]) / 86400;

  i = CLAMP (i, 0, (gint64) book->n_days - 1);
  while (i > 0 && book->starts[i] > instant)
    i--;
  while (i < book->n_days - 1 && book->starts[i + 1] <= instant)
    i++;
  return instant >= book->starts[i] && instant < book->starts[i + 1] ? (int) i : -1;
}

static void
take (Book *book, guint day, guint column, int from, int until)
{
  if (!book->busy[day])
    book->busy[day] = g_malloc0 ((gsize) (book->columns->len + 1) * DAY_SLOTS);
  from = CLAMP (from, 0, DAY_SLOTS);
  until = CLAMP (until, from, DAY_SLOTS);
  memset (book->busy[day] + (gsize) column * DAY_SLOTS + from, 1, (gsize) (until - from));
}

static int
column_of (const Book *book, gint64 resource_id)
{
  for (guint i = 0; i < book->columns->len; i++)
    if (g_array_index (book->columns, Column, i).id == resource_id)
      return (int) i;
  return -1;
}

static gboolean
read_taken (Book *book, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (book->reading->db, error, taken_sql, "ii", book->starts[0] - 86400,
                                             book->starts[book->n_days]);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 from = desk_stmt_int64 (stmt, 0), until = desk_stmt_int64 (stmt, 1);
      int column = column_of (book, desk_stmt_int64 (stmt, 2)), day = day_of (book, MAX (from, book->starts[0]));
      int slots = (int) ((until - from + 299) / 300);

      if (column < 0 || day < 0 || until <= book->starts[0])
        continue;
      /* Over midnight, too, though no clinic is open then. */
      for (; slots > 0 && day < (int) book->n_days && book->starts[day] < until; day++)
        take (book, day, column, (int) ((from - book->starts[day]) / 300), (int) ((until - book->starts[day] + 299) / 300));
    }
  return step == DESK_STEP_DONE;
}

/* Slots a visit is in, its buffers not counted: side by side are visits, not their rooms. */
static void
stand (guint8 *there, int from, int until)
{
  for (int i = CLAMP (from, 0, DAY_SLOTS); i < CLAMP (until, 0, DAY_SLOTS); i++)
    there[i] += there[i] < G_MAXUINT8;
}

static void
add_booked (Book *book, int kind, int day, gint64 starts, gint64 ends)
{
  guint8 **there = &book->there[kind][day];

  book->booked[kind][day]++;
  if (!*there)
    *there = g_malloc0 (DAY_SLOTS);
  stand (*there, (int) ((starts - book->starts[day]) / 300), (int) ((ends - book->starts[day] + 299) / 300));
}

static gboolean
limited (const Kind *kind)
{
  return kind->per_day > 0 || kind->at_once > 0;
}

/* Only asked where a type has a limit of its own. */
static gboolean
read_booked (Book *book, GError **error)
{
  g_autoptr (DeskStmt) stmt = NULL;
  DeskStep step = DESK_STEP_ERROR;

  if (!limited (&book->draw) && !limited (&book->infusion))
    return TRUE;
  for (guint k = 0; k < G_N_ELEMENTS (book->there); k++)
    {
      book->booked[k] = g_new0 (int, book->n_days);
      book->there[k] = g_new0 (guint8 *, book->n_days);
    }
  stmt = desk_db_query (book->reading->db, error, booked_sql, "iit", book->starts[0], book->starts[book->n_days],
                        book->draw.code);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      int day = day_of (book, desk_stmt_int64 (stmt, 1));

      if (day >= 0)
        add_booked (book, strcmp (desk_stmt_text (stmt, 0), "infusion") == 0, day, desk_stmt_int64 (stmt, 1), desk_stmt_int64 (stmt, 2));
    }
  return step == DESK_STEP_DONE;
}

/* What blocks the whole clinic keeps visits away, what blocks one resource its buffers, too. */
static void
take_block (Book *book, const DeskTimeBlock *block)
{
  int column = block->resource_id ? column_of (book, block->resource_id) : (int) book->columns->len;
  DeskDay first = MAX (block->first, book->problem->first), last = MIN (block->last, book->problem->last);

  for (DeskDay day = first; column >= 0 && day <= last; day++)
    if (desk_time_block_on (block, day))
      take (book, day - book->problem->first, column, block->from / SLOT_MINUTES, (block->until + SLOT_MINUTES - 1) / SLOT_MINUTES);
}

static gboolean
read_blocks (Book *book, GError **error)
{
  g_autoptr (GPtrArray) blocks = desk_time_block_list (book->reading->db, book->problem->first, book->problem->last, error);

  for (guint i = 0; blocks && i < blocks->len; i++)
    take_block (book, blocks->pdata[i]);
  return blocks != NULL;
}

/* ── how many fit ────────────────────────────────────────────────────────────────────────────── */

/* A free column of the kind between two slots, or -1. */
static int
free_column (const Book *book, const guint8 *busy, const char *kind, int from, int until)
{
  from = CLAMP (from, 0, DAY_SLOTS);
  until = CLAMP (until, from, DAY_SLOTS);
  for (guint c = 0; c < book->columns->len; c++)
    if (strcmp (g_array_index (book->columns, Column, c).kind, kind) == 0
        && !memchr (busy + (gsize) c * DAY_SLOTS + from, 1, (gsize) (until - from)))
      return (int) c;
  return -1;
}

/* Takes a column of each kind the visit needs; FALSE, with nothing taken, when one is not free. */
static gboolean
lay (const Book *book, guint8 *busy, const Kind *kind, int at)
{
  int from = MAX (at - kind->before, 0), until = MIN (at + kind->length + kind->after, DAY_SLOTS);
  int taken[8];
  guint n = 0;

  if (memchr (busy + (gsize) book->columns->len * DAY_SLOTS + at, 1, (gsize) kind->length))
    return FALSE;
  for (guint i = 0; kind->needs[i] && n < G_N_ELEMENTS (taken); i++)
    {
      if (!*kind->needs[i])
        continue;
      taken[n] = free_column (book, busy, kind->needs[i], from, until);
      if (taken[n] < 0)
        return FALSE;
      n++;
    }
  for (guint i = 0; i < n; i++)
    memset (busy + (gsize) taken[i] * DAY_SLOTS + from, 1, (gsize) (until - from));
  return TRUE;
}

static gboolean
needs_nothing (const Kind *kind)
{
  for (guint i = 0; kind->needs[i]; i++)
    if (*kind->needs[i])
      return FALSE;
  return TRUE;
}

/* Lays as many as are wanted into busy, as early as they go; there are those of the kind that stand already, or NULL. */
static int
lay_all (const Book *book, guint8 *busy, const guint8 *there, const Kind *kind, int opens, int closes, int wanted)
{
  guint8 beside[DAY_SLOTS] = { 0 };
  int n = 0;

  if (needs_nothing (kind) && kind->at_once == 0)
    return wanted;
  if (there)
    memcpy (beside, there, sizeof beside);
  for (int at = opens; at + kind->length <= closes && n < wanted;)
    {
      gboolean crowded = FALSE;

      for (int i = at; kind->at_once > 0 && i < MIN (at + kind->length, DAY_SLOTS); i++)
        crowded = crowded || beside[i] >= kind->at_once;
      if (crowded || !lay (book, busy, kind, at))
        {
          at++;
          continue;
        }
      stand (beside, at, at + kind->length);
      n++;
    }
  return n;
}

static int
count (const Book *book, const guint8 *busy, const guint8 *there, const Kind *kind, int opens, int closes)
{
  gsize size = (gsize) (book->columns->len + 1) * DAY_SLOTS;
  g_autofree guint8 *scratch = busy ? g_memdup2 (busy, size) : g_malloc0 (size);

  return lay_all (book, scratch, there, kind, opens, closes, MANY);
}

/* Draws (0) or infusions (1) that stand on a day already, or NULL. */
static const guint8 *
there_on (const Book *book, int kind, guint day)
{
  return book->there[kind] ? book->there[kind][day] : NULL;
}

static int
left (const Kind *kind, int fit, const int *booked, guint day)
{
  return kind->per_day > 0 ? CLAMP (kind->per_day - booked[day], 0, fit) : fit;
}

/* Days on which nothing is booked yet are alike: of each hours one is counted. */
typedef struct
{
  int opens, closes, fit[2];
} Empty;

static const Empty *
empty_day (const Book *book, GArray *known, int opens, int closes)
{
  Empty empty = { opens, closes, { 0, 0 } };

  for (guint i = 0; i < known->len; i++)
    if (g_array_index (known, Empty, i).opens == opens && g_array_index (known, Empty, i).closes == closes)
      return &g_array_index (known, Empty, i);
  empty.fit[0] = count (book, NULL, NULL, &book->draw, opens, closes);
  empty.fit[1] = count (book, NULL, NULL, &book->infusion, opens, closes);
  g_array_append_val (known, empty);
  return &g_array_index (known, Empty, known->len - 1);
}

static void
count_all (Book *book)
{
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (Empty));

  for (guint i = 0; i < book->n_days; i++)
    {
      DeskPlanDay *day = day_at (book, i);
      DeskHoursOfDay hours = desk_hours_of_day (book->hours, book->problem->first + (DeskDay) i);
      int opens = (hours.opens + SLOT_MINUTES - 1) / SLOT_MINUTES, closes = hours.closes / SLOT_MINUTES, fit[2];

      if (day->closed)
        continue;
      if (book->busy[i] || there_on (book, 0, i) || there_on (book, 1, i))
        {
          fit[0] = count (book, book->busy[i], there_on (book, 0, i), &book->draw, opens, closes);
          fit[1] = count (book, book->busy[i], there_on (book, 1, i), &book->infusion, opens, closes);
        }
      else
        memcpy (fit, empty_day (book, known, opens, closes)->fit, sizeof fit);
      day->draws_left = left (&book->draw, fit[0], book->booked[0], i);
      day->infusions_left = left (&book->infusion, fit[1], book->booked[1], i);
    }
}

/* Everything of the book between the problem's days. */
static gboolean
read_book (Book *book, GError **error)
{
  book->n_days = (guint) (book->problem->last - book->problem->first + 1);
  book->problem->days = g_array_sized_new (FALSE, TRUE, sizeof (DeskPlanDay), book->n_days);
  g_array_set_size (book->problem->days, book->n_days);
  book->zone = desk_clinic_zone (book->reading->db, error);
  if (!book->zone)
    return FALSE;
  book->busy = g_new0 (guint8 *, book->n_days);
  book->starts = g_new (gint64, book->n_days + 1);
  for (guint i = 0; i <= book->n_days; i++)
    book->starts[i] = desk_instant_at (book->problem->first + (DeskDay) i, 0, book->zone);
  if (!read_hours (book, error) || !read_kinds (book, error) || !read_columns (book, error) || !read_taken (book, error)
      || !read_booked (book, error) || !read_blocks (book, error))
    return FALSE;
  return TRUE;
}

gboolean
desk_plan_read_days (DeskPlanReading *reading, GError **error)
{
  g_auto (Book) book = { .reading = reading, .problem = reading->file->problem };

  if (!read_book (&book, error))
    return FALSE;
  count_all (&book);
  return TRUE;
}

/* Half of the infusions that would fit, laid as early as they go, and the draws that fit beside them: both together can
 * be booked, whoever they are for. */
static DeskPlanRoom
room_of (const Book *book, guint i)
{
  DeskHoursOfDay hours = desk_hours_of_day (book->hours, book->problem->first + (DeskDay) i);
  int opens = (hours.opens + SLOT_MINUTES - 1) / SLOT_MINUTES, closes = hours.closes / SLOT_MINUTES;
  gsize size = (gsize) (book->columns->len + 1) * DAY_SLOTS;
  int wanted = (count (book, book->busy[i], there_on (book, 1, i), &book->infusion, opens, closes) + 1) / 2;
  g_autofree guint8 *scratch = book->busy[i] ? g_memdup2 (book->busy[i], size) : g_malloc0 (size);
  DeskPlanRoom room = { 0, lay_all (book, scratch, there_on (book, 1, i), &book->infusion, opens, closes, wanted) };

  room.draws = left (&book->draw, count (book, scratch, there_on (book, 0, i), &book->draw, opens, closes), book->booked[0], i);
  room.infusions = left (&book->infusion, room.infusions, book->booked[1], i);
  return room;
}

/* What the clinic leaves of each day to all patients together: of DeskPlanRoom. */
gboolean
desk_plan_read_rooms (DeskDb *db, DeskDay first, DeskDay last, DeskDay today, GArray *rooms, GError **error)
{
  g_autoptr (DeskPlanProblem) problem = desk_plan_problem_new ();
  DeskPlanFile file = { .problem = problem, .draw_type = (char *) "blood_draw" };
  DeskPlanReading reading = { db, &file, today };
  g_auto (Book) book = { .reading = &reading, .problem = problem };

  problem->first = first;
  problem->last = last;
  if (!read_book (&book, error))
    return FALSE;
  for (guint i = 0; i < book.n_days; i++)
    {
      DeskPlanRoom room = day_at (&book, i)->closed ? (DeskPlanRoom){ 0, 0 } : room_of (&book, i);

      g_array_append_val (rooms, room);
    }
  return TRUE;
}
