#include "desk-book-board.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-blocks.h"
#include "desk-holiday.h"
#include "desk-openings.h"
#include "desk-words.h"

#define MINUTES_A_DAY 1440

static void
column_clear (gpointer data)
{
  DeskBookColumn *column = data;

  g_free (column->title);
  g_free (column->subtitle);
  g_free (column->closed);
}

void
desk_book_board_free (DeskBookBoard *board)
{
  g_clear_pointer (&board->zone, g_time_zone_unref);
  g_clear_pointer (&board->types, g_ptr_array_unref);
  g_clear_pointer (&board->resources, g_ptr_array_unref);
  g_clear_pointer (&board->visits, g_ptr_array_unref);
  g_clear_pointer (&board->blocks, g_ptr_array_unref);
  g_clear_pointer (&board->marks, g_array_unref);
  g_clear_pointer (&board->columns, g_array_unref);
  g_clear_pointer (&board->boxes, g_array_unref);
  g_free (board);
}

/* Why the clinic is closed on a day: its own reason, the holiday, or that it is; NULL when it is open. The caller
 * frees it. */
char *
desk_book_closed_words (const DeskHoursOfDay *hours, DeskDay day)
{
  gboolean japanese = strcmp (desk_words_language (), "ja") == 0;

  switch (hours->closed)
    {
    case DESK_CLOSED_NOT:
      return NULL;
    case DESK_CLOSED_HOLIDAY:
      return g_strdup (desk_holiday_name (day, japanese));
    default:
      return g_strdup (hours->reason && *hours->reason ? hours->reason : _("Closed"));
    }
}

/* Whether a block is time of that column; the day of a week has the blocks of the whole clinic. */
gboolean
desk_book_board_blocked (const DeskBookBoard *board, const DeskTimeBlock *block, guint index)
{
  const DeskBookColumn *column = desk_book_board_column (board, index);

  return (block->resource_id == 0 || block->resource_id == column->resource_id) && desk_time_block_on (block, column->day);
}

/* The block at a minute of a column, lent, or NULL. */
const DeskTimeBlock *
desk_book_board_block_at (const DeskBookBoard *board, guint column, int minute)
{
  for (guint i = 0; i < board->blocks->len; i++)
    {
      const DeskTimeBlock *block = g_ptr_array_index (board->blocks, i);

      if (block->from <= minute && minute < block->until && desk_book_board_blocked (board, block, column))
        return block;
    }
  return NULL;
}

static gboolean
takes (const DeskVisit *visit, gint64 resource_id)
{
  if (!visit->resources || visit->resources->len == 0)
    return resource_id == 0;
  for (guint i = 0; i < visit->resources->len; i++)
    if (g_array_index (visit->resources, gint64, i) == resource_id)
      return TRUE;
  return FALSE;
}

static gboolean
any_takes (const GPtrArray *visits, gint64 resource_id)
{
  for (guint i = 0; i < visits->len; i++)
    if (takes (g_ptr_array_index (visits, i), resource_id))
      return TRUE;
  return FALSE;
}

/* "3 visits", so that a free chair is seen from its heading; the caller frees it. */
static char *
count_words (const GPtrArray *visits, gint64 resource_id)
{
  guint n = 0;

  for (guint i = 0; i < visits->len; i++)
    n += takes (g_ptr_array_index (visits, i), resource_id) ? 1 : 0;
  return n == 0 ? g_strdup ("–") : g_strdup_printf (g_dngettext (NULL, "%u visit", "%u visits", n), n);
}

static gboolean
in_view (const DeskBookView *view, gint64 resource_id)
{
  for (guint i = 0; i < view->resources->len; i++)
    if (g_array_index (view->resources, gint64, i) == resource_id)
      return TRUE;
  return FALSE;
}

static void
add_day_column (DeskBookBoard *board, const DeskResource *resource, const DeskHoursOfDay *hours)
{
  DeskBookColumn column = { .day = board->first, .resource_id = resource->id, .opens = hours->opens, .closes = hours->closes };

  column.title = g_strdup (desk_words_pick (resource->name, resource->name_ja));
  column.subtitle = count_words (board->visits, resource->id);
  column.closed = desk_book_closed_words (hours, board->first);
  g_array_append_val (board->columns, column);
}

/* The columns of the view in its order; without a view all that are in service, and those out of it that still have
 * visits. */
static void
add_day_columns (DeskBookBoard *board, const DeskHours *all_hours, const DeskBookView *view)
{
  DeskHoursOfDay hours = desk_hours_of_day (all_hours, board->first);
  gboolean all = !view || view->resources->len == 0;

  for (guint i = 0; !all && i < view->resources->len; i++)
    {
      const DeskResource *resource = desk_book_board_resource (board, g_array_index (view->resources, gint64, i));

      if (resource)
        add_day_column (board, resource, &hours);
    }
  for (guint i = 0; all && i < board->resources->len; i++)
    {
      const DeskResource *resource = g_ptr_array_index (board->resources, i);

      if (resource->active || any_takes (board->visits, resource->id))
        add_day_column (board, resource, &hours);
    }
  if (board->columns->len == 0 || (all && any_takes (board->visits, 0)))
    {
      DeskBookColumn column = { board->first, 0, g_strdup (_("No place")), g_strdup (""),
                                desk_book_closed_words (&hours, board->first), hours.opens, hours.closes };

      g_array_append_val (board->columns, column);
    }
}

static void
add_week_columns (DeskBookBoard *board, const DeskHours *all_hours, const DeskBookView *view)
{
  for (guint i = 0; i < board->n_days; i++)
    {
      DeskBookColumn column = { .day = board->first + (DeskDay) i };
      DeskHoursOfDay hours = desk_hours_of_day (all_hours, column.day);

      column.opens = hours.opens;
      column.closes = hours.closes;
      column.closed = desk_book_closed_words (&hours, column.day);
      column.title = desk_words_day_short (column.day);
      column.subtitle = g_strdup (column.closed ? column.closed : hours.reason ? hours.reason : "");
      g_array_append_val (board->columns, column);
    }
}

/* How a visit stands before its gate, lent; NULL for one that no gate watches. */
const DeskGateMark *
desk_book_board_mark (const DeskBookBoard *board, gint64 visit_id)
{
  for (guint i = 0; i < board->marks->len; i++)
    if (g_array_index (board->marks, DeskGateMark, i).visit_id == visit_id)
      return &g_array_index (board->marks, DeskGateMark, i);
  return NULL;
}

static gboolean
of_type (const DeskBookView *view, const char *type)
{
  g_auto (GStrv) types = view ? g_strsplit (view->types, ",", 0) : NULL;

  return !types || !*types || g_strv_contains ((const char *const *) types, type);
}

/* In a week a view leaves out what is not its own; in a day its time stays visible. */
static gboolean
left_out (const DeskBookBoard *board, const DeskBookView *view, const DeskVisit *visit)
{
  gboolean any = !view || view->resources->len == 0;

  if (!view || board->mode == DESK_BOOK_DAY)
    return FALSE;
  for (guint i = 0; !any && visit->resources && i < visit->resources->len; i++)
    any = in_view (view, g_array_index (visit->resources, gint64, i));
  return !any || !of_type (view, visit->type);
}

static void
add_boxes (DeskBookBoard *board, const DeskBookView *view, guint index)
{
  const DeskBookColumn *column = desk_book_board_column (board, index);

  for (guint i = 0; i < board->visits->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (board->visits, i);
      DeskDay starts = desk_instant_day (visit->starts_at, board->zone);
      const DeskGateMark *mark = desk_book_board_mark (board, visit->id);
      DeskBookBox box = { .visit = visit, .column = index, .light = mark ? mark->summary.light : DESK_LIGHT_IDLE };

      if (starts > column->day || desk_instant_day (visit->ends_at - 1, board->zone) < column->day
          || (board->mode == DESK_BOOK_DAY && !takes (visit, column->resource_id)) || left_out (board, view, visit))
        continue;
      box.muted = !of_type (view, visit->type);
      box.from = starts < column->day ? 0 : desk_instant_minute (visit->starts_at, board->zone);
      box.until = desk_instant_day (visit->ends_at, board->zone) > column->day
                      ? MINUTES_A_DAY
                      : desk_instant_minute (visit->ends_at, board->zone);
      g_array_append_val (board->boxes, box);
    }
}

/* Boxes [first, end) touch one another in a chain: gives each the leftmost lane that is free, and all of them
 * the same number of lanes. */
static void
set_lanes (GArray *boxes, guint first, guint end)
{
  guint lanes = 1;

  for (guint i = first; i < end; i++)
    {
      DeskBookBox *box = &g_array_index (boxes, DeskBookBox, i);

      for (guint j = first; j < i; j++)
        {
          const DeskBookBox *other = &g_array_index (boxes, DeskBookBox, j);

          if (other->lane == box->lane && other->until > box->from)
            {
              box->lane++;
              j = first - 1;
            }
        }
      lanes = MAX (lanes, box->lane + 1);
    }
  for (guint i = first; i < end; i++)
    g_array_index (boxes, DeskBookBox, i).lanes = lanes;
}

static void
lay_out_lanes (GArray *boxes)
{
  guint first = 0;
  int until = 0;

  for (guint i = 0; i < boxes->len; i++)
    {
      const DeskBookBox *box = &g_array_index (boxes, DeskBookBox, i);

      if (i > first && (box->column != g_array_index (boxes, DeskBookBox, first).column || box->from >= until))
        {
          set_lanes (boxes, first, i);
          first = i;
          until = 0;
        }
      until = MAX (until, box->until);
    }
  set_lanes (boxes, first, boxes->len);
}

/* An hour before and after the opening hours, and whatever lies outside of that. */
static void
set_hours (DeskBookBoard *board)
{
  board->opens = MINUTES_A_DAY;
  for (guint i = 0; i < board->columns->len; i++)
    {
      board->opens = MIN (board->opens, desk_book_board_column (board, i)->opens);
      board->closes = MAX (board->closes, desk_book_board_column (board, i)->closes);
    }
  int from = MAX (board->opens - 30, 0), until = MIN (board->closes + 60, MINUTES_A_DAY);
  for (guint i = 0; i < board->boxes->len; i++)
    {
      const DeskBookBox *box = desk_book_board_box (board, i);

      from = MIN (from, box->from);
      until = MAX (until, box->until);
    }
  board->from = from / 60 * 60;
  board->until = MIN ((until + 59) / 60 * 60, MINUTES_A_DAY);
}

static gboolean
is_cancelled (const DeskVisit *visit)
{
  return g_str_has_prefix (visit->status, "cancelled");
}

static GPtrArray *
load_visits (DeskDb *db, const DeskBookBoard *board, GError **error)
{
  GPtrArray *visits
      = desk_visit_between (db, desk_instant_at (board->first, 0, board->zone),
                            desk_instant_at (board->first + (DeskDay) board->n_days, 0, board->zone), error);

  for (guint i = visits ? visits->len : 0; i > 0; i--)
    if (is_cancelled (g_ptr_array_index (visits, i - 1)))
      g_ptr_array_remove_index (visits, i - 1);
  return visits;
}

/* Reads the day, or the week around it; view names the columns and types, NULL for all. NULL when the store failed. */
DeskBookBoard *
desk_book_board_load (DeskDb *db, GTimeZone *zone, const DeskBookView *view, DeskBookMode mode, DeskDay day, GError **error)
{
  g_autoptr (DeskBookBoard) board = g_new0 (DeskBookBoard, 1);

  board->mode = mode;
  board->day = day;
  board->first = mode == DESK_BOOK_WEEK ? day - desk_day_weekday (day) + 1 : day;
  board->n_days = mode == DESK_BOOK_WEEK ? 7 : 1;
  board->zone = g_time_zone_ref (zone);
  board->columns = g_array_new (FALSE, FALSE, sizeof (DeskBookColumn));
  g_array_set_clear_func (board->columns, column_clear);
  board->boxes = g_array_new (FALSE, FALSE, sizeof (DeskBookBox));
  DeskDay last = board->first + (DeskDay) board->n_days - 1;
  g_autoptr (DeskHours) hours = desk_hours_load (db, board->first, last, error);
  if (!hours || !(board->blocks = desk_time_block_list (db, board->first, last, error))
      || !(board->types = desk_visit_type_list (db, error)) || !(board->resources = desk_resource_list (db, error))
      || !(board->visits = load_visits (db, board, error))
      || !(board->marks = desk_gates_marks (db, board->visits, desk_instant_day (g_get_real_time () / G_USEC_PER_SEC, zone), error)))
    return NULL;
  (mode == DESK_BOOK_WEEK ? add_week_columns : add_day_columns) (board, hours, view);
  for (guint i = 0; i < board->columns->len; i++)
    add_boxes (board, view, i);
  if (board->boxes->len > 0)
    lay_out_lanes (board->boxes);
  set_hours (board);
  return g_steal_pointer (&board);
}

const DeskBookColumn *
desk_book_board_column (const DeskBookBoard *board, guint index)
{
  return &g_array_index (board->columns, DeskBookColumn, index);
}

const DeskBookBox *
desk_book_board_box (const DeskBookBoard *board, guint index)
{
  return &g_array_index (board->boxes, DeskBookBox, index);
}

/* The box of a visit, in that column when it is there, else in the first that has it; NULL when none has. */
const DeskBookBox *
desk_book_board_find (const DeskBookBoard *board, gint64 visit_id, guint column)
{
  const DeskBookBox *found = NULL;

  for (guint i = 0; i < board->boxes->len; i++)
    {
      const DeskBookBox *box = desk_book_board_box (board, i);

      if (box->visit->id == visit_id && (!found || box->column == column))
        found = box;
    }
  return found;
}

/* The box at a minute of a column, in the lane or the first after it; NULL when the time is free. */
const DeskBookBox *
desk_book_board_at (const DeskBookBoard *board, guint column, int minute, guint lane)
{
  for (guint i = 0; i < board->boxes->len; i++)
    {
      const DeskBookBox *box = desk_book_board_box (board, i);

      if (box->column == column && box->from <= minute && minute < box->until && box->lane >= lane)
        return box;
    }
  return NULL;
}

/* A visit of the board, lent; NULL when it is not on it. */
const DeskVisit *
desk_book_board_visit (const DeskBookBoard *board, gint64 id)
{
  for (guint i = 0; i < board->visits->len; i++)
    if (((const DeskVisit *) g_ptr_array_index (board->visits, i))->id == id)
      return g_ptr_array_index (board->visits, i);
  return NULL;
}

/* A type of visit by its code, lent, or NULL. */
const DeskVisitType *
desk_book_board_type (const DeskBookBoard *board, const char *code)
{
  for (guint i = 0; i < board->types->len; i++)
    if (g_strcmp0 (((const DeskVisitType *) g_ptr_array_index (board->types, i))->code, code) == 0)
      return g_ptr_array_index (board->types, i);
  return NULL;
}

static const DeskResource *
find_resource (const GPtrArray *resources, gint64 id)
{
  for (guint i = 0; i < resources->len; i++)
    if (((const DeskResource *) g_ptr_array_index (resources, i))->id == id)
      return g_ptr_array_index (resources, i);
  return NULL;
}

/* A resource by its id, lent, or NULL. */
const DeskResource *
desk_book_board_resource (const DeskBookBoard *board, gint64 id)
{
  return find_resource (board->resources, id);
}

/* A minute after midnight of a column's day, by the clinic's clock. */
gint64
desk_book_board_instant (const DeskBookBoard *board, guint column, int minute)
{
  return desk_instant_at (desk_book_board_column (board, column)->day, minute, board->zone);
}

/* The visit's resource of that kind, or 0. */
gint64
desk_book_resource_of (const DeskVisit *visit, const GPtrArray *resources, const char *kind)
{
  for (guint i = 0; visit->resources && i < visit->resources->len; i++)
    {
      const DeskResource *resource = find_resource (resources, g_array_index (visit->resources, gint64, i));

      if (resource && g_str_equal (resource->kind, kind))
        return resource->id;
    }
  return 0;
}

/* Puts id in the place of the visit's resource of that kind; 0 only takes that away. */
void
desk_book_set_resource (DeskVisit *visit, const GPtrArray *resources, const char *kind, gint64 id)
{
  gint64 old = desk_book_resource_of (visit, resources, kind);

  if (!visit->resources)
    visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; old && i < visit->resources->len; i++)
    if (g_array_index (visit->resources, gint64, i) == old)
      {
        g_array_remove_index (visit->resources, i);
        break;
      }
  if (id)
    g_array_append_val (visit->resources, id);
}

/* A box taken in one column and dropped on another: of the same kind, the one gives way to the other; of
 * another kind, that kind's place is filled. */
void
desk_book_retarget (DeskVisit *visit, const GPtrArray *resources, gint64 from_id, gint64 to_id)
{
  const DeskResource *from = find_resource (resources, from_id), *to = find_resource (resources, to_id);

  if (!to || takes (visit, to_id))
    return;
  if (from && g_str_equal (from->kind, to->kind))
    for (guint i = 0; visit->resources && i < visit->resources->len; i++)
      if (g_array_index (visit->resources, gint64, i) == from_id)
        {
          g_array_index (visit->resources, gint64, i) = to_id;
          return;
        }
  desk_book_set_resource (visit, resources, to->kind, to_id);
}

static gboolean
is_free (const GPtrArray *visits, gint64 resource_id, const DeskVisit *wanted)
{
  for (guint i = 0; i < visits->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (visits, i);

      if (visit->id != wanted->id && takes (visit, resource_id) && desk_visit_takes_slots (visit->status)
          && visit->busy_from < wanted->busy_until && wanted->busy_from < visit->busy_until)
        return FALSE;
    }
  return TRUE;
}

/* The first of that kind in service that none of the visits holds at the wanted visit's time, or 0. */
gint64
desk_book_first_free (const GPtrArray *visits, const GPtrArray *resources, const char *kind, const DeskVisit *wanted)
{
  for (guint i = 0; i < resources->len; i++)
    {
      const DeskResource *resource = g_ptr_array_index (resources, i);

      if (resource->active && g_str_equal (resource->kind, kind) && is_free (visits, resource->id, wanted))
        return resource->id;
    }
  return 0;
}
