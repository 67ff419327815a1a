/* Pure rules of the stocktake. */
#include "desk-count.h"

#include <string.h>

/* Whether a unit that was seen there stands where the record has it; a box without a place fits each of its places. */
gboolean
desk_count_place_fits (const DeskCountPlace *seen, const DeskCountPlace *recorded)
{
  if (recorded->container_id == 0 || seen->container_id != recorded->container_id)
    return FALSE;
  return seen->row == 0 || recorded->row == 0 || (seen->row == recorded->row && seen->col == recorded->col);
}

static void
add (GArray *differences, DeskDifferenceKind kind, const DeskCountScan *scan)
{
  DeskDifference difference = { kind, scan->unit_id, scan->code, scan->seen };

  g_array_append_val (differences, difference);
}

/* A scan as the one difference it makes, if it makes one. */
static void
look_at_scan (GArray *differences, const DeskCountScan *scan)
{
  if (desk_count_place_fits (&scan->seen, &scan->home))
    return;
  add (differences, scan->home.container_id && scan->home_counted ? DESK_DIFFERENCE_ELSEWHERE : DESK_DIFFERENCE_FOREIGN, scan);
}

/* What is known of a unit that was scanned: the scan that counts, and whether it is in two places. */
typedef struct
{
  guint best;
  const DeskCountScan *other; /* the first one in another place */
} Seen;

/* The code of an unknown and where it was read, so that reading it twice is one difference. */
static gboolean
is_new (GHashTable *unknown, const DeskCountScan *scan)
{
  char *key = g_strdup_printf ("%" G_GINT64_FORMAT ":%d:%d:%s", scan->seen.container_id, scan->seen.row, scan->seen.col, scan->code);

  return g_hash_table_add (unknown, key);
}

/* One row for each unit that was scanned, in the order of the first scans. Reading a code again in the same place says
 * nothing new; in another place the number is there twice, whatever the record says. */
static GHashTable *
gather (const DeskCountScan *scans, guint n_scans)
{
  GHashTable *seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  for (guint i = 0; i < n_scans; i++)
    {
      if (scans[i].unit_id == 0)
        continue;
      Seen *unit = g_hash_table_lookup (seen, &scans[i].unit_id);
      if (!unit)
        {
          unit = g_new0 (Seen, 1);
          unit->best = i;
          g_hash_table_insert (seen, (gpointer) &scans[i].unit_id, unit);
          continue;
        }
      const DeskCountScan *best = &scans[unit->best];
      if (desk_count_place_fits (&best->seen, &scans[i].seen))
        {
          /* The same place, or the box alone: that which says more counts. */
          if (best->seen.row == 0)
            unit->best = i;
          continue;
        }
      /* Of the two, that which is not where the record says is the one to look at. */
      if (desk_count_place_fits (&scans[i].seen, &scans[i].home) && !desk_count_place_fits (&best->seen, &best->home))
        {
          unit->other = best;
          unit->best = i;
        }
      else if (!unit->other)
        unit->other = &scans[i];
    }
  return seen;
}

/* The differences (DeskDifference): those of the scans in their order, then what is missing in the order expected.
 * The codes are the scans' own. Free with g_array_unref (). */
GArray *
desk_count_compare (const DeskCountExpected *expected, guint n_expected, const DeskCountScan *scans, guint n_scans)
{
  GArray *differences = g_array_new (FALSE, FALSE, sizeof (DeskDifference));
  g_autoptr (GHashTable) seen = gather (scans, n_scans);
  g_autoptr (GHashTable) unknown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n_scans; i++)
    {
      const Seen *unit = scans[i].unit_id ? g_hash_table_lookup (seen, &scans[i].unit_id) : NULL;

      if (scans[i].unit_id == 0 && is_new (unknown, &scans[i]))
        add (differences, DESK_DIFFERENCE_UNKNOWN, &scans[i]);
      else if (unit && unit->other == &scans[i])
        add (differences, DESK_DIFFERENCE_DOUBLED, &scans[i]);
      else if (unit && !unit->other && unit->best == i)
        look_at_scan (differences, &scans[i]);
    }
  for (guint i = 0; i < n_expected; i++)
    if (!g_hash_table_contains (seen, &expected[i].unit_id))
      {
        DeskDifference missing = { DESK_DIFFERENCE_MISSING, expected[i].unit_id, NULL, expected[i].place };

        g_array_append_val (differences, missing);
      }
  return differences;
}

static const char *const kinds[DESK_N_DIFFERENCES] = { "missing", "foreign", "elsewhere", "doubled", "unknown" };
static const char *const resolutions[DESK_N_RESOLUTIONS]
    = { "found", "moved", "missing", "record_wrong", "not_ours", "counted_wrong" };

const char *
desk_difference_code (DeskDifferenceKind kind)
{
  return kinds[kind];
}

gboolean
desk_difference_parse (const char *code, DeskDifferenceKind *kind)
{
  for (int i = 0; i < DESK_N_DIFFERENCES; i++)
    if (g_strcmp0 (code, kinds[i]) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

const char *
desk_resolution_code (DeskResolution resolution)
{
  return resolutions[resolution];
}

gboolean
desk_resolution_parse (const char *code, DeskResolution *resolution)
{
  for (int i = 0; i < DESK_N_RESOLUTIONS; i++)
    if (g_strcmp0 (code, resolutions[i]) == 0)
      {
        *resolution = i;
        return TRUE;
      }
  return FALSE;
}

#define BIT(resolution) (1 << DESK_RESOLVE_##resolution)

/* How a difference of a kind can end. */
static const guint offered[DESK_N_DIFFERENCES] = {
  [DESK_DIFFERENCE_MISSING] = BIT (FOUND) | BIT (MOVED) | BIT (MISSING) | BIT (RECORD_WRONG),
  [DESK_DIFFERENCE_FOREIGN] = BIT (FOUND) | BIT (MOVED) | BIT (RECORD_WRONG) | BIT (COUNTED_WRONG),
  [DESK_DIFFERENCE_ELSEWHERE] = BIT (FOUND) | BIT (MOVED) | BIT (COUNTED_WRONG),
  [DESK_DIFFERENCE_DOUBLED] = BIT (RECORD_WRONG) | BIT (COUNTED_WRONG),
  [DESK_DIFFERENCE_UNKNOWN] = BIT (RECORD_WRONG) | BIT (NOT_OURS) | BIT (COUNTED_WRONG),
};

gboolean
desk_resolution_offered (DeskDifferenceKind kind, DeskResolution resolution)
{
  return (offered[kind] & (1u << resolution)) != 0;
}

/* What is said to be somewhere has been scanned there. */
gboolean
desk_resolution_needs_scan (DeskResolution resolution)
{
  return resolution == DESK_RESOLVE_FOUND || resolution == DESK_RESOLVE_MOVED;
}

/* Whether a difference may be resolved so: a cause in words, two people, and a scan where something is said to stand. */
void
desk_resolution_check (DeskDifferenceKind kind, DeskResolution resolution, const char *cause, const char *scanned,
                       gint64 performer, gint64 witness, DeskProblems *problems)
{
  g_autofree char *words = g_strstrip (g_strdup (cause ? cause : ""));

  if (!desk_resolution_offered (kind, resolution))
    desk_problems_add (problems, "resolution", "not-possible", NULL);
  if (*words == '\0')
    desk_problems_add (problems, "cause", "reason-needed", NULL);
  if (desk_resolution_needs_scan (resolution) && (!scanned || *scanned == '\0'))
    desk_problems_add (problems, "scanned", "scan-needed", NULL);
  if (performer == 0)
    desk_problems_add (problems, "performer", "missing", NULL);
  if (witness == 0)
    desk_problems_add (problems, "witness", "second-person-needed", NULL);
  else if (witness == performer)
    desk_problems_add (problems, "witness", "same-person", NULL);
}

const char *
desk_count_state_code (DeskCountState state)
{
  static const char *const codes[] = { "scanning", "comparing", "closed", "abandoned" };

  return codes[state];
}

/* Where a count stands, from what its row says; 0 for what has not happened. */
DeskCountState
desk_count_state_of (gint64 counted_at, gint64 closed_at, gboolean abandoned)
{
  if (abandoned)
    return DESK_COUNT_ABANDONED;
  if (closed_at)
    return DESK_COUNT_CLOSED;
  return counted_at ? DESK_COUNT_COMPARING : DESK_COUNT_SCANNING;
}

/* Why a step cannot be done now, as the schema says it too; NULL when it can. */
const char *
desk_count_refuses (DeskCountState state, DeskCountStep step, guint boxes_left, guint unresolved)
{
  static const DeskCountState from[DESK_N_COUNT_STEPS] = {
    [DESK_COUNT_STEP_SCAN] = DESK_COUNT_SCANNING,   [DESK_COUNT_STEP_END] = DESK_COUNT_SCANNING,
    [DESK_COUNT_STEP_ABANDON] = DESK_COUNT_SCANNING, [DESK_COUNT_STEP_RESOLVE] = DESK_COUNT_COMPARING,
    [DESK_COUNT_STEP_CLOSE] = DESK_COUNT_COMPARING,
  };

  if (state == DESK_COUNT_CLOSED || state == DESK_COUNT_ABANDONED)
    return "count-closed";
  if (state != from[step])
    return state == DESK_COUNT_SCANNING ? "count-not-ended" : "count-ended";
  if (step == DESK_COUNT_STEP_END && boxes_left > 0)
    return "boxes-left";
  if (step == DESK_COUNT_STEP_CLOSE && unresolved > 0)
    return "count-unresolved";
  return NULL;
}
