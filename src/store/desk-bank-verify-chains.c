/* Each unit replayed: its three axes step by step, its places, and its custody against both. Events, places and custody
 * are read beside the units in the order of their ids, so that no more than one unit is in memory. */
#include "desk-bank-verify-private.h"

#include <string.h>

#include "desk-axis.h"
#include "desk-day.h"

#define NUMBER G_GINT64_FORMAT

typedef enum
{
  LIFE,
  QUALITY,
  LABEL,
  N_AXES
} Axis;

static const char *const axis_names[N_AXES] = { "life", "quality", "label" };

/* Rows of one table in the order of the units they belong to. */
typedef struct
{
  DeskStmt *stmt;
  DeskStep step;
  gint64 unit; /* of the row it stands on */
} Stream;

/* One step that was made. */
typedef struct
{
  const char *state; /* static, or interned */
  gint64 at;         /* when it happened */
  gint64 known_at;   /* when it was written down, where that is known */
  gint64 performer, witness;
} Moment;

typedef struct
{
  gint64 container, since, until; /* until 0 while it is there */
  gint64 performer, witness;
  int row, col;
} Place;

typedef struct
{
  gint64 id;
  char *number, *kind;
  DeskDay use_until;
  const char *state[N_AXES]; /* of the unit's row, interned */
  int seq[N_AXES];
  GArray *moments[N_AXES]; /* of Moment */
  GArray *places;          /* of Place */
} Replay;

typedef struct
{
  DeskBankProof *proof;
  Stream units, events, places, custody;
  Replay unit;
  GError **error;
} Chains;

static gboolean
next (Chains *chains, Stream *stream)
{
  stream->step = desk_stmt_step (stream->stmt, chains->error);
  if (stream->step == DESK_STEP_ROW)
    stream->unit = desk_stmt_int64 (stream->stmt, 0);
  return stream->step != DESK_STEP_ERROR;
}

static gboolean
begin (Chains *chains, Stream *stream, const char *sql)
{
  stream->stmt = desk_db_query (chains->proof->db, chains->error, sql, "");
  return stream->stmt && next (chains, stream);
}

/* Whether the stream stands on a row of that unit; rows of units that are not there are told and passed over. */
static gboolean
is_of (Chains *chains, Stream *stream, const char *what)
{
  while (stream->step == DESK_STEP_ROW && stream->unit < chains->unit.id)
    {
      desk_bank_fault (chains->proof, "no-such-unit", "?", "%s of unit row %" NUMBER ", which is not there", what, stream->unit);
      if (!next (chains, stream))
        return FALSE;
    }
  return stream->step == DESK_STEP_ROW && stream->unit == chains->unit.id;
}

/* ── reading one unit ────────────────────────────────────────────────────────────────────────── */

static void
read_unit (Chains *chains)
{
  DeskStmt *stmt = chains->units.stmt;
  Replay *unit = &chains->unit;

  unit->id = chains->units.unit;
  g_free (unit->number);
  unit->number = desk_stmt_dup_text (stmt, 1);
  g_free (unit->kind);
  unit->kind = desk_stmt_dup_text (stmt, 2);
  if (!desk_day_parse (desk_stmt_text (stmt, 3), &unit->use_until))
    unit->use_until = DESK_DAY_NONE;
  for (int axis = 0; axis < N_AXES; axis++)
    {
      unit->state[axis] = g_intern_string (desk_stmt_text (stmt, 4 + 2 * axis));
      unit->seq[axis] = desk_stmt_int (stmt, 5 + 2 * axis);
      g_array_set_size (unit->moments[axis], 0);
    }
  g_array_set_size (unit->places, 0);
}

static int
axis_of (const char *name)
{
  for (int axis = 0; axis < N_AXES; axis++)
    if (g_strcmp0 (name, axis_names[axis]) == 0)
      return axis;
  return -1;
}

static void
check_people (Chains *chains, const DeskAxisStep *step, const Moment *moment)
{
  if (step && step->witnessed && moment->witness == 0)
    desk_bank_fault (chains->proof, "second-person-needed", chains->unit.number, "nobody saw it become %s", moment->state);
  if (moment->witness != 0 && moment->witness == moment->performer)
    desk_bank_fault (chains->proof, "same-person", chains->unit.number, "who did it saw it become %s", moment->state);
}

/* One event after those before it on its axis. */
static void
replay_event (Chains *chains, DeskStmt *stmt)
{
  DeskBankProof *proof = chains->proof;
  Replay *unit = &chains->unit;
  int axis = axis_of (desk_stmt_text (stmt, 1));

  if (axis < 0)
    {
      desk_bank_fault (proof, "axis-step", unit->number, "an event on the axis %s", desk_stmt_text (stmt, 1));
      return;
    }
  GArray *moments = unit->moments[axis];
  const Moment *last = moments->len ? &g_array_index (moments, Moment, moments->len - 1) : NULL;
  const char *from = desk_stmt_text (stmt, 4), *to = desk_stmt_text (stmt, 5), *name = axis_names[axis];
  const DeskAxisStep *step = desk_axis_step (name, from, to);
  Moment moment = { step ? step->to_state : g_intern_string (to), desk_stmt_int64 (stmt, 6), desk_stmt_int64 (stmt, 9),
                    desk_stmt_int64 (stmt, 7), desk_stmt_int64 (stmt, 8) };
  int seq = desk_stmt_int (stmt, 2);

  if (seq != (int) moments->len + 1 || desk_stmt_int (stmt, 3) != seq - 1)
    desk_bank_fault (proof, "chain-broken", unit->number, "event %d of %s follows event %u", seq, name, moments->len);
  if (g_strcmp0 (from, last ? last->state : "new") != 0)
    desk_bank_fault (proof, "chain-broken", unit->number, "%s goes on from %s, but stood at %s", name, from, last ? last->state : "new");
  if (!step)
    desk_bank_fault (proof, "axis-step", unit->number, "%s went from %s to %s", name, from, to);
  if (last && (moment.at < last->at || (moment.known_at != 0 && moment.known_at < last->known_at)))
    desk_bank_fault (proof, "clock-went-back", unit->number, "it became %s before it was %s", moment.state, last->state);
  check_people (chains, step, &moment);
  g_array_append_val (moments, moment);
}

static gboolean
read_events (Chains *chains)
{
  Replay *unit = &chains->unit;

  while (is_of (chains, &chains->events, "an event"))
    {
      replay_event (chains, chains->events.stmt);
      if (!next (chains, &chains->events))
        return FALSE;
    }
  for (int axis = 0; axis < N_AXES; axis++)
    {
      guint n = unit->moments[axis]->len;
      const char *head = n ? g_array_index (unit->moments[axis], Moment, n - 1).state : "new";

      if (strcmp (unit->state[axis], head) != 0 || unit->seq[axis] != (int) n)
        desk_bank_fault (chains->proof, "state-without-event", unit->number, "%s stands at %s (%d), its events end at %s (%u)",
                         axis_names[axis], unit->state[axis], unit->seq[axis], head, n);
    }
  return chains->events.step != DESK_STEP_ERROR;
}

static gboolean
read_places (Chains *chains)
{
  DeskStmt *stmt = chains->places.stmt;
  Replay *unit = &chains->unit;

  while (is_of (chains, &chains->places, "a place"))
    {
      Place place = { desk_stmt_int64 (stmt, 1), desk_stmt_int64 (stmt, 4), desk_stmt_int64 (stmt, 5), desk_stmt_int64 (stmt, 6),
                      desk_stmt_int64 (stmt, 7), desk_stmt_int (stmt, 2), desk_stmt_int (stmt, 3) };
      const Place *last = unit->places->len ? &g_array_index (unit->places, Place, unit->places->len - 1) : NULL;

      if (desk_stmt_is_null (stmt, 5))
        place.until = 0;
      else if (place.until < place.since)
        desk_bank_fault (chains->proof, "clock-went-back", unit->number, "it left a place before it came there");
      if (last && (last->until == 0 || last->until > place.since))
        desk_bank_fault (chains->proof, "two-places", unit->number, "it came to another place before it left the one it was in");
      if (place.witness != 0 && place.witness == place.performer)
        desk_bank_fault (chains->proof, "same-person", unit->number, "who placed it saw it placed");
      g_array_append_val (unit->places, place);
      if (!next (chains, &chains->places))
        return FALSE;
    }
  return chains->places.step != DESK_STEP_ERROR;
}

/* ── what must have stood at a step of life ──────────────────────────────────────────────────── */

static gint64
moment_time (const Moment *moment)
{
  return moment->known_at ? moment->known_at : moment->at;
}

/* Whether the axis stood at one of two states at that time; where two steps share a second, at either of them. */
static gboolean
stood_at (const Replay *unit, Axis axis, gint64 at, const char *a, const char *b)
{
  const GArray *moments = unit->moments[axis];

  for (guint i = 0; i < moments->len; i++)
    {
      const Moment *moment = &g_array_index (moments, Moment, i);
      gboolean over = i + 1 < moments->len && moment_time (&g_array_index (moments, Moment, i + 1)) < at;

      if (!over && moment_time (moment) <= at && (strcmp (moment->state, a) == 0 || g_strcmp0 (moment->state, b) == 0))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_one_of (const char *word, const char *const *words)
{
  return word && g_strv_contains (words, word);
}

static void
check_moment (Chains *chains, const Moment *moment)
{
  static const char *const towards[] = { "picked", "thawing", "at_bedside", "infusing", NULL };
  static const char *const only_doses[] = { "at_bedside", "infusing", "infused", "part_infused", NULL };
  static const char *const doses[] = { "dose_fresh", "dose_frozen", NULL };
  DeskBankProof *proof = chains->proof;
  const Replay *unit = &chains->unit;
  gboolean dose = is_one_of (unit->kind, doses);
  gint64 at = moment_time (moment);

  if (!dose && is_one_of (moment->state, only_doses))
    desk_bank_fault (proof, "not-a-dose", unit->number, "a %s became %s", unit->kind, moment->state);
  if (g_strcmp0 (unit->kind, "dose_fresh") == 0 && (strcmp (moment->state, "frozen") == 0 || strcmp (moment->state, "thawing") == 0))
    desk_bank_fault (proof, "not-for-freezing", unit->number, "a fresh dose became %s", moment->state);
  if (strcmp (moment->state, "frozen") == 0 && !stood_at (unit, LABEL, at, "verified", NULL))
    desk_bank_fault (proof, "label-not-verified", unit->number, "frozen without a label that was read back");
  if (!dose || !is_one_of (moment->state, towards))
    return;
  if (!stood_at (unit, QUALITY, at, "released", "conditional"))
    desk_bank_fault (proof, "not-released", unit->number, "%s while it was not released", moment->state);
  if (!stood_at (unit, LABEL, at, "verified", NULL))
    desk_bank_fault (proof, "label-not-verified", unit->number, "%s without a label that was read back", moment->state);
  if (unit->use_until == DESK_DAY_NONE || unit->use_until < desk_day_from_ymd (1970, 1, 1) + (DeskDay) (moment->at / 86400))
    desk_bank_fault (proof, "expired", unit->number, "%s after its last day", moment->state);
}

static void
check_moments (Chains *chains)
{
  const Replay *unit = &chains->unit;
  guint n = unit->places->len;
  gboolean placed = n && g_array_index (unit->places, Place, n - 1).until == 0;

  for (guint i = 0; i < unit->moments[LIFE]->len; i++)
    check_moment (chains, &g_array_index (unit->moments[LIFE], Moment, i));
  if (strcmp (unit->state[LIFE], "frozen") == 0 && !placed)
    desk_bank_fault (chains->proof, "place-needed", unit->number, "frozen, and in no place");
  if (placed && !desk_axis_stands (unit->state[LIFE]))
    desk_bank_fault (chains->proof, "still-in-place", unit->number, "%s, and still in a place", unit->state[LIFE]);
}

/* ── custody ─────────────────────────────────────────────────────────────────────────────────── */

/* How far custody has been followed. */
typedef struct
{
  guint place, moment; /* the next of each that it has to tell */
  int seq;
  gint64 at;
  gboolean placed;     /* the newest row is a place */
} Walk;

static gboolean
is_same_place (DeskStmt *stmt, const Place *place)
{
  return place->container == desk_stmt_int64 (stmt, 4) && place->row == desk_stmt_int (stmt, 5) && place->col == desk_stmt_int (stmt, 6);
}

/* The step of life that the row should tell: those that change nobody's custody are passed over. */
static const Moment *
next_moment (const Replay *unit, Walk *walk)
{
  const GArray *life = unit->moments[LIFE];

  while (walk->moment < life->len && !desk_axis_custody (g_array_index (life, Moment, walk->moment).state))
    walk->moment++;
  return walk->moment < life->len ? &g_array_index (life, Moment, walk->moment++) : NULL;
}

/* Whether the row tells what it stands for: the place taken, the container it was carried in, or the step of life. */
static gboolean
fits (const Replay *unit, DeskStmt *stmt, Walk *walk)
{
  gint64 at = desk_stmt_int64 (stmt, 2), performer = desk_stmt_int64 (stmt, 8), witness = desk_stmt_int64 (stmt, 9);

  walk->placed = g_strcmp0 (desk_stmt_text (stmt, 3), "place") == 0;
  if (!desk_stmt_is_null (stmt, 7))
    return walk->placed && walk->place > 0 && is_same_place (stmt, &g_array_index (unit->places, Place, walk->place - 1));
  if (walk->placed)
    {
      const Place *place = walk->place < unit->places->len ? &g_array_index (unit->places, Place, walk->place++) : NULL;

      return place && is_same_place (stmt, place) && at == place->since && performer == place->performer && witness == place->witness;
    }
  const Moment *moment = next_moment (unit, walk);

  return moment && g_strcmp0 (desk_stmt_text (stmt, 3), desk_axis_custody (moment->state)) == 0 && at == moment->at
         && performer == moment->performer && witness == moment->witness;
}

static gboolean
follow_custody (Chains *chains)
{
  DeskBankProof *proof = chains->proof;
  const Replay *unit = &chains->unit;
  DeskStmt *stmt = chains->custody.stmt;
  Walk walk = { .at = G_MININT64 };
  gboolean whole = TRUE;

  while (is_of (chains, &chains->custody, "custody"))
    {
      int seq = desk_stmt_int (stmt, 1);
      gint64 at = desk_stmt_int64 (stmt, 2);

      if (seq != walk.seq + 1)
        desk_bank_fault (proof, "custody-gap", unit->number, "custody %d follows %d", seq, walk.seq);
      if (at < walk.at)
        desk_bank_fault (proof, "clock-went-back", unit->number, "custody %d is before %d", seq, walk.seq);
      if (whole && !fits (unit, stmt, &walk))
        {
          desk_bank_fault (proof, "custody-differs", unit->number, "custody %d (%s) is no place it had and no step it made", seq,
                           desk_stmt_text (stmt, 3));
          whole = FALSE;
        }
      walk.seq = seq;
      walk.at = at;
      if (!next (chains, &chains->custody))
        return FALSE;
    }
  if (whole && (walk.place < unit->places->len || next_moment (unit, &walk)))
    desk_bank_fault (proof, "custody-gap", unit->number, "custody ends before its places and steps do");
  guint n = unit->places->len;
  gboolean placed = n && g_array_index (unit->places, Place, n - 1).until == 0;
  if (whole && placed != walk.placed)
    desk_bank_fault (proof, "custody-differs", unit->number, placed ? "it is in a place, but custody ends elsewhere"
                                                                  : "custody ends in a place that it has left");
  return chains->custody.step != DESK_STEP_ERROR;
}

static gboolean
replay (Chains *chains)
{
  while (chains->units.step == DESK_STEP_ROW)
    {
      read_unit (chains);
      if (!read_events (chains) || !read_places (chains))
        return FALSE;
      check_moments (chains);
      if (!follow_custody (chains) || !next (chains, &chains->units))
        return FALSE;
    }
  /* What is left belongs to units after the last. */
  chains->unit.id = G_MAXINT64;
  return chains->units.step == DESK_STEP_DONE && !is_of (chains, &chains->events, "an event")
         && !is_of (chains, &chains->places, "a place") && !is_of (chains, &chains->custody, "custody")
         && chains->events.step == DESK_STEP_DONE && chains->places.step == DESK_STEP_DONE && chains->custody.step == DESK_STEP_DONE;
}

gboolean
desk_bank_prove_chains (DeskBankProof *proof, GError **error)
{
  Chains chains = { .proof = proof, .error = error };
  Stream *streams[] = { &chains.units, &chains.events, &chains.places, &chains.custody };

  for (int axis = 0; axis < N_AXES; axis++)
    chains.unit.moments[axis] = g_array_new (FALSE, FALSE, sizeof (Moment));
  chains.unit.places = g_array_new (FALSE, FALSE, sizeof (Place));
  gboolean ok = begin (&chains, &chains.units,
                       "SELECT id, number, kind, use_until, life, life_seq, quality, quality_seq, label, label_seq FROM unit ORDER BY id")
                && begin (&chains, &chains.events,
                          "SELECT unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, recorded_at"
                          " FROM unit_event ORDER BY unit_id, axis, seq")
                && begin (&chains, &chains.places,
                          "SELECT unit_id, container_id, row, col, since, until, performer_id, witness_id"
                          " FROM placement ORDER BY unit_id, since, id")
                && begin (&chains, &chains.custody,
                          "SELECT unit_id, seq, at, what, container_id, row, col, carried_in, performer_id, witness_id"
                          " FROM custody ORDER BY unit_id, seq")
                && replay (&chains);
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    g_clear_pointer (&streams[i]->stmt, desk_stmt_release);
  for (int axis = 0; axis < N_AXES; axis++)
    g_array_unref (chains.unit.moments[axis]);
  g_array_unref (chains.unit.places);
  g_free (chains.unit.number);
  g_free (chains.unit.kind);
  return ok;
}
