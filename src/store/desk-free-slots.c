/* One read of the slots of each resource that matters, then bits: 90 days are 26,000 of them, 3 KB a resource. */
#include "desk-free-slots.h"

#include <string.h>

#include "desk-bits.h"
#include "desk-blocks.h"
#include "desk-book.h"
#include "desk-clinics.h"
#include "desk-openings.h"

#define MOST_DAYS 731
#define SLOTS_A_DAY (86400 / DESK_SLOT_SECONDS)

/* Of people, physicians before others: as courses are laid. */
static const char resources_sql[]
    = "SELECT r.id, r.kind FROM resource r LEFT JOIN staff s ON s.id = r.staff_id"
      " WHERE r.active = 1 AND coalesce (s.active, 1) = 1"
      " ORDER BY CASE WHEN s.role = 'physician' THEN 0 ELSE 1 END, r.position, r.id";

static const char taken_sql[]
    = "SELECT slot FROM visit_slot WHERE resource_id = $1 AND slot >= $2 AND slot < $3 AND visit_id <> $4";

static const char patient_taken_sql[]
    = "SELECT slot FROM patient_slot WHERE patient_id = $1 AND slot >= $2 AND slot < $3 AND visit_id <> $4";

static const char of_type_sql[]
    = "SELECT v.starts_at, v.ends_at FROM visit v JOIN visit_status s ON s.status = v.status"
      " WHERE v.type = $1 AND v.starts_at > $2 AND v.starts_at < $3 AND s.takes = 1 AND v.id <> $4";

typedef struct
{
  gint64 id;
  char kind[16];
  DeskBits *starts; /* where the visit may begin as far as this one goes */
} Seat;

typedef struct
{
  DeskDb *db;
  const DeskSlotSearch *wanted;
  const DeskVisitType *type;
  GTimeZone *zone;
  DeskHours *hours;
  GPtrArray *blocks;
  gint64 base;          /* bit 0 is this slot */
  guint n;              /* bits */
  guint length, before, after; /* in slots */
  gint64 *midnights;    /* of the days first - 1 … last + 2 */
  DeskBits *starts;     /* where the visit may begin */
} Search;

static void
clear_seat (gpointer seat)
{
  g_clear_pointer (&((Seat *) seat)->starts, desk_bits_free);
}

void
desk_free_slot_free (DeskFreeSlot *slot)
{
  if (!slot)
    return;
  g_array_unref (slot->resources);
  g_free (slot);
}

static gint64
midnight (const Search *search, DeskDay day)
{
  return search->midnights[day - search->wanted->first + 1];
}

/* The bit of a time of day. Only a day on which the clocks change has to be asked of the zone. */
static gint64
bit_at (const Search *search, DeskDay day, int minute)
{
  gint64 start = midnight (search, day);
  gint64 at = midnight (search, day + 1) - start == 86400 ? start + minute * 60 : desk_instant_at (day, minute, search->zone);

  return at / DESK_SLOT_SECONDS - search->base;
}

static void
lay_ground (Search *search)
{
  const DeskSlotSearch *wanted = search->wanted;
  int minutes = wanted->minutes > 0 ? wanted->minutes : search->type->minutes;
  guint days = wanted->last - wanted->first + 1;

  search->length = (minutes * 60 + DESK_SLOT_SECONDS - 1) / DESK_SLOT_SECONDS;
  search->before = search->type->before * 60 / DESK_SLOT_SECONDS;
  search->after = search->type->after * 60 / DESK_SLOT_SECONDS;
  search->midnights = g_new (gint64, days + 3);
  for (guint i = 0; i < days + 3; i++)
    search->midnights[i] = desk_instant_at (wanted->first - 1 + (DeskDay) i, 0, search->zone);
  search->base = midnight (search, wanted->first) / DESK_SLOT_SECONDS - search->before;
  search->n = midnight (search, wanted->last + 1) / DESK_SLOT_SECONDS + search->after - search->base;
}

/* Takes out of bits the times of the blocks of a resource, 0 for those of the whole clinic. */
static void
take_blocks (const Search *search, DeskBits *bits, gint64 resource_id)
{
  for (guint i = 0; i < search->blocks->len; i++)
    {
      const DeskTimeBlock *block = g_ptr_array_index (search->blocks, i);
      DeskDay first = MAX (block->first, search->wanted->first - 1), last = MIN (block->last, search->wanted->last + 1);

      if (block->resource_id != resource_id)
        continue;
      for (DeskDay day = first; day <= last; day++)
        if (desk_time_block_on (block, day))
          desk_bits_put (bits, bit_at (search, day, block->from), bit_at (search, day, block->until), FALSE);
    }
}

/* Takes out of bits every slot that the statement names. */
static gboolean
take_slots (const Search *search, DeskBits *bits, const char *sql, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (search->db, error, sql, "iiii", id, search->base,
                                             search->base + search->n, search->wanted->visit_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 bit = desk_stmt_int64 (stmt, 0) - search->base;

      bits->words[bit / 64] &= ~(G_GUINT64_CONSTANT (1) << (bit % 64));
    }
  return step == DESK_STEP_DONE;
}

static DeskBits *
open_bits (const Search *search, gint64 now)
{
  const DeskSlotSearch *wanted = search->wanted;
  DeskBits *open = desk_bits_new (search->n);

  for (DeskDay day = wanted->first; day <= wanted->last; day++)
    {
      DeskHoursOfDay hours = desk_hours_of_day (search->hours, day);
      int until = wanted->until_minute > 0 ? MIN (hours.closes, wanted->until_minute) : hours.closes;
      int from = MAX (hours.opens, wanted->from_minute);

      if (hours.closed || from >= until || (wanted->weekdays && !strchr (wanted->weekdays, '0' + desk_day_weekday (day))))
        continue;
      /* A time that is not on five minutes: from the next slot, to the last one that is whole. */
      desk_bits_put (open, bit_at (search, day, (from + 4) / 5 * 5), bit_at (search, day, until / 5 * 5), TRUE);
    }
  desk_bits_put (open, 0, (now + DESK_SLOT_SECONDS - 1) / DESK_SLOT_SECONDS - search->base, FALSE);
  take_blocks (search, open, 0);
  return open;
}

/* Days that bear no more of the type, and times at which no more fit side by side. */
static gboolean
take_full (Search *search, GError **error)
{
  const DeskSlotSearch *wanted = search->wanted;
  guint days = wanted->last - wanted->first + 1;

  if (search->type->per_day == 0 && search->type->at_once == 0)
    return TRUE;

  gint64 from = midnight (search, wanted->first), until = midnight (search, wanted->last + 1);
  g_autofree guint16 *there = g_new0 (guint16, search->n);
  g_autofree guint *of_day = g_new0 (guint, days);
  g_autoptr (DeskStmt) stmt = desk_db_query (search->db, error, of_type_sql, "tiii", wanted->type, from - 86400, until, wanted->visit_id);
  DeskStep step = DESK_STEP_ERROR;
  DeskDay day = wanted->first;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 starts = desk_stmt_int64 (stmt, 0), ends = desk_stmt_int64 (stmt, 1);

      while (day > wanted->first && starts < midnight (search, day))
        day--;
      while (day < wanted->last && starts >= midnight (search, day + 1))
        day++;
      if (starts >= from)
        of_day[day - wanted->first]++;
      for (gint64 i = MAX (starts / DESK_SLOT_SECONDS - search->base, 0); i < MIN (ends / DESK_SLOT_SECONDS - search->base, search->n); i++)
        there[i]++;
    }
  if (step != DESK_STEP_DONE)
    return FALSE;

  g_autoptr (DeskBits) room = desk_bits_new (search->n);
  for (guint i = 0; i < search->n; i++)
    desk_bits_put (room, i, i + 1, search->type->at_once == 0 || there[i] < search->type->at_once);
  desk_bits_fits (room, search->length);
  desk_bits_and (search->starts, room);
  for (guint i = 0; i < days; i++)
    if (search->type->per_day && of_day[i] >= (guint) search->type->per_day)
      desk_bits_put (search->starts, bit_at (search, wanted->first + i, 0), bit_at (search, wanted->first + i + 1, 0), FALSE);
  return TRUE;
}

static gboolean
take_patient (Search *search, GError **error)
{
  g_autoptr (DeskBits) free_time = NULL;

  if (search->wanted->patient_id == 0)
    return TRUE;
  free_time = desk_bits_new (search->n);
  desk_bits_put (free_time, 0, search->n, TRUE);
  if (!take_slots (search, free_time, patient_taken_sql, search->wanted->patient_id, error))
    return FALSE;
  desk_bits_fits (free_time, search->length);
  desk_bits_and (search->starts, free_time);
  return TRUE;
}

static gboolean
needed (const DeskVisitType *type, const char *kind)
{
  g_auto (GStrv) needs = g_strsplit (type->needs ? type->needs : "", ",", -1);

  return g_strv_contains ((const char *const *) needs, kind);
}

/* The active resources that the visit may take, in the order in which they are taken. The one that is asked for stands
 * for its kind alone. */
static GArray *
read_seats (const Search *search, GError **error)
{
  g_autoptr (GArray) seats = g_array_new (FALSE, TRUE, sizeof (Seat));
  g_autoptr (DeskStmt) stmt = desk_db_query (search->db, error, resources_sql, "");
  gint64 asked = search->wanted->resource_id;
  char asked_kind[16] = "";
  DeskStep step = DESK_STEP_ERROR;

  g_array_set_clear_func (seats, clear_seat);
  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      Seat seat = { .id = desk_stmt_int64 (stmt, 0) };

      g_strlcpy (seat.kind, desk_stmt_text (stmt, 1), sizeof seat.kind);
      if (seat.id == asked)
        g_strlcpy (asked_kind, seat.kind, sizeof asked_kind);
      if (seat.id == asked || needed (search->type, seat.kind))
        g_array_append_val (seats, seat);
    }
  for (guint i = seats->len; asked && i-- > 0;)
    {
      const Seat *seat = &g_array_index (seats, Seat, i);

      if (seat->id != asked && g_str_equal (seat->kind, asked_kind))
        g_array_remove_index (seats, i);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&seats) : NULL;
}

/* Where the visit may begin for each seat; a kind of which none is free takes the time away. */
static gboolean
take_seats (Search *search, GArray *seats, GPtrArray *kinds, GError **error)
{
  for (guint i = 0; i < seats->len; i++)
    {
      Seat *seat = &g_array_index (seats, Seat, i);

      seat->starts = desk_bits_new (search->n);
      desk_bits_put (seat->starts, 0, search->n, TRUE);
      if (!take_slots (search, seat->starts, taken_sql, seat->id, error))
        return FALSE;
      take_blocks (search, seat->starts, seat->id);
      desk_bits_fits (seat->starts, search->before + search->length + search->after);
      desk_bits_later (seat->starts, search->before);
    }
  for (guint k = 0; k < kinds->len; k++)
    {
      g_autoptr (DeskBits) any = desk_bits_new (search->n);

      for (guint i = 0; i < seats->len; i++)
        if (g_str_equal (g_array_index (seats, Seat, i).kind, g_ptr_array_index (kinds, k)))
          desk_bits_or (any, g_array_index (seats, Seat, i).starts);
      desk_bits_and (search->starts, any);
    }
  return TRUE;
}

/* The kinds of which the visit takes one: those of its type, and that of the resource that was asked for. An asked one
 * that is not in service leaves a kind that nothing answers to, so nothing is free. */
static GPtrArray *
wanted_kinds (const Search *search, const GArray *seats)
{
  GPtrArray *kinds = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) needs = g_strsplit (search->type->needs ? search->type->needs : "", ",", -1);
  const char *asked = search->wanted->resource_id ? "?" : NULL;

  for (guint i = 0; needs[i]; i++)
    if (*needs[i])
      g_ptr_array_add (kinds, g_strdup (needs[i]));
  for (guint i = 0; i < seats->len; i++)
    if (g_array_index (seats, Seat, i).id == search->wanted->resource_id)
      asked = g_array_index (seats, Seat, i).kind;
  if (asked && !g_ptr_array_find_with_equal_func (kinds, asked, g_str_equal, NULL))
    g_ptr_array_add (kinds, g_strdup (asked));
  return kinds;
}

static DeskFreeSlot *
make_slot (const Search *search, guint bit, const GArray *seats, const GPtrArray *kinds)
{
  DeskFreeSlot *slot = g_new0 (DeskFreeSlot, 1);

  slot->starts_at = (search->base + bit) * DESK_SLOT_SECONDS;
  slot->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint k = 0; k < kinds->len; k++)
    for (guint i = 0; i < seats->len; i++)
      {
        const Seat *seat = &g_array_index (seats, Seat, i);

        if (g_str_equal (seat->kind, g_ptr_array_index (kinds, k)) && desk_bits_get (seat->starts, bit))
          {
            g_array_append_val (slot->resources, seat->id);
            break;
          }
      }
  return slot;
}

static GPtrArray *
collect (const Search *search, const GArray *seats, const GPtrArray *kinds)
{
  const DeskSlotSearch *wanted = search->wanted;
  GPtrArray *slots = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_free_slot_free);
  int every = wanted->every > 0 ? wanted->every : 15;
  DeskDay day = wanted->first;

  for (guint bit = desk_bits_next (search->starts, 0); bit < search->n && (!wanted->limit || slots->len < wanted->limit);
       bit = desk_bits_next (search->starts, bit + 1))
    {
      gint64 at = (search->base + bit) * DESK_SLOT_SECONDS;

      while (day < wanted->last && at >= midnight (search, day + 1))
        day++;
      if ((at - midnight (search, day)) / 60 % every != 0 && bit > 0 && desk_bits_get (search->starts, bit - 1))
        continue;
      g_ptr_array_add (slots, make_slot (search, bit, seats, kinds));
      if (wanted->one_a_day)
        bit = MAX (bit, (guint) (bit_at (search, day + 1, 0) - 1));
    }
  return slots;
}

static GPtrArray *
run_search (Search *search, gint64 now, GError **error)
{
  lay_ground (search);
  search->starts = open_bits (search, now);
  desk_bits_fits (search->starts, search->length);

  g_autoptr (GArray) seats = NULL;
  if (!take_full (search, error) || !take_patient (search, error) || !(seats = read_seats (search, error)))
    return NULL;
  g_autoptr (GPtrArray) kinds = wanted_kinds (search, seats);
  return take_seats (search, seats, kinds, error) ? collect (search, seats, kinds) : NULL;
}

static const DeskVisitType *
find_type (const GPtrArray *types, const char *code, GError **error)
{
  for (guint i = 0; i < types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (types, i);

      if (g_strcmp0 (type->code, code) == 0)
        return type;
    }
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "no visit type “%s”", code ? code : "");
  return NULL;
}

GPtrArray *
desk_free_slots (DeskDb *db, const DeskSlotSearch *wanted, gint64 now, GError **error)
{
  if (wanted->last < wanted->first || wanted->last - wanted->first >= MOST_DAYS)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "the last day must follow the first within two years");
      return NULL;
    }

  g_autoptr (GPtrArray) types = desk_visit_type_list (db, error);
  const DeskVisitType *type = types ? find_type (types, wanted->type, error) : NULL;
  g_autoptr (GTimeZone) zone = type ? desk_clinic_zone (db, error) : NULL;
  g_autoptr (DeskHours) hours = zone ? desk_hours_load (db, wanted->first, wanted->last, error) : NULL;
  g_autoptr (GPtrArray) blocks = hours ? desk_time_block_list (db, wanted->first - 1, wanted->last + 1, error) : NULL;

  if (!blocks)
    return NULL;

  Search search = { .db = db, .wanted = wanted, .type = type, .zone = zone, .hours = hours, .blocks = blocks };
  GPtrArray *slots = run_search (&search, now, error);

  g_clear_pointer (&search.starts, desk_bits_free);
  g_free (search.midnights);
  return slots;
}
