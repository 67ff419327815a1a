#include "desk-ripple.h"

static const char *const kinds[] = { "culture_delay", "lot_failed", "missed_flight", "closed_day", "course_later" };
static const char *const fits[] = { "stays", "moves", "out-of-stay", "out-of-gap", "nowhere" };

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == DESK_N_RIPPLES);

typedef struct
{
  const DeskRippleStop *stops;
  guint n_stops;
  DeskRippleFree is_free;
  gpointer user_data;
  DeskRippleGo *goes;
  gboolean *moved;    /* for what follows: kept stops have not */
  DeskDay *days;      /* where each is, for what follows */
  guint index;
  DeskDay low, high;   /* what day, gap and bounds leave; high may be DESK_DAY_NONE */
  DeskDay floor;       /* what holds even where the gap does not */
} Run;

/* How much a day has to satisfy; each level less than the one before. */
typedef enum
{
  LEVEL_NOTHING_PUSHED,
  LEVEL_STAY,
  LEVEL_GAP,
  LEVEL_LATER,
  N_LEVELS
} Level;

static DeskDay
later (DeskDay a, DeskDay b)
{
  return a == DESK_DAY_NONE ? b : b == DESK_DAY_NONE ? a : MAX (a, b);
}

static DeskDay
sooner (DeskDay a, DeskDay b)
{
  return a == DESK_DAY_NONE ? b : b == DESK_DAY_NONE ? a : MIN (a, b);
}

static gboolean
in_stay (const DeskRippleStop *stop, DeskDay day)
{
  return (stop->stay_first == DESK_DAY_NONE || day >= stop->stay_first)
         && (stop->stay_last == DESK_DAY_NONE || day <= stop->stay_last);
}

/* Whether what counts from this stop could stay where it is; what is struck itself moves anyway. */
static gboolean
pushes_nothing (const Run *run, DeskDay day)
{
  for (guint i = run->index + 1; i < run->n_stops; i++)
    {
      const DeskRippleStop *next = &run->stops[i];

      if (next->after == (int) run->index && !next->struck
          && (next->day < day + next->min_days || next->day > day + next->max_days))
        return FALSE;
    }
  return TRUE;
}

static gboolean
suits (const Run *run, DeskDay day, Level level)
{
  const DeskRippleStop *stop = &run->stops[run->index];

  if (day < (level == LEVEL_LATER ? run->floor : run->low) || day == stop->not_on
      || (stop->latest != DESK_DAY_NONE && day > stop->latest))
    return FALSE;
  if (level < LEVEL_LATER && run->high != DESK_DAY_NONE && day > run->high)
    return FALSE;
  if (level < LEVEL_GAP && !in_stay (stop, day))
    return FALSE;
  return (level > LEVEL_NOTHING_PUSHED || pushes_nothing (run, day))
         && run->is_free (run->index, day, FALSE, run->user_data);
}

/* The nearest day to the wanted one, on both sides, or all that are later before those that are sooner. */
static DeskDay
look (const Run *run, DeskDay wanted, Level level)
{
  const DeskRippleStop *stop = &run->stops[run->index];
  int back = level == LEVEL_LATER ? 0 : MAX (0, MIN (wanted - run->low, DESK_RIPPLE_REACH));

  for (int away = 0; away <= DESK_RIPPLE_REACH; away++)
    {
      if (suits (run, wanted + away, level))
        return wanted + away;
      if (stop->nearest && away > 0 && away <= back && suits (run, wanted - away, level))
        return wanted - away;
      if (!stop->nearest && level < LEVEL_LATER && run->high != DESK_DAY_NONE && wanted + away >= run->high)
        break;
    }
  for (int away = 1; !stop->nearest && away <= back; away++)
    if (suits (run, wanted - away, level))
      return wanted - away;
  return DESK_DAY_NONE;
}

static DeskRippleGo
go (Run *run, DeskDay wanted)
{
  const DeskRippleStop *stop = &run->stops[run->index];

  for (Level level = stop->nearest ? LEVEL_NOTHING_PUSHED : LEVEL_STAY; level < N_LEVELS; level++)
    {
      DeskDay day = look (run, wanted, level);

      if (day == DESK_DAY_NONE)
        continue;
      if (day == stop->day)
        return (DeskRippleGo){ DESK_RIPPLE_STAYS, day };
      if (run->high != DESK_DAY_NONE && day > run->high)
        return (DeskRippleGo){ DESK_RIPPLE_MOVES_OUT_OF_GAP, day };
      return (DeskRippleGo){ in_stay (stop, day) ? DESK_RIPPLE_MOVES : DESK_RIPPLE_MOVES_OUT_OF_STAY, day };
    }
  return (DeskRippleGo){ DESK_RIPPLE_NOWHERE, stop->day };
}

/* A visit that was outside its gap before has been put there by somebody: it is not drawn in. */
static gboolean
was_in_gap (const Run *run, const DeskRippleStop *stop)
{
  int gap = stop->after >= 0 ? stop->day - run->stops[stop->after].day : 0;

  return stop->after < 0 || (gap >= stop->min_days && gap <= stop->max_days);
}

static void
run_stop (Run *run, DeskDay today)
{
  const DeskRippleStop *stop = &run->stops[run->index];
  gboolean follows = stop->after >= 0 && run->moved[stop->after];
  DeskDay base = stop->after >= 0 && (stop->struck || follows) ? run->days[stop->after] : DESK_DAY_NONE;
  gboolean bound = base != DESK_DAY_NONE && was_in_gap (run, stop);
  gboolean must = stop->struck || stop->day == stop->not_on;

  run->floor = later (later (today + 1, stop->earliest), base);
  run->low = bound ? later (run->floor, base + stop->min_days) : run->floor;
  run->high = bound ? sooner (stop->latest, base + stop->max_days) : stop->latest;
  if (follows && !must)
    must = stop->day < run->low || (run->high != DESK_DAY_NONE && stop->day > run->high);
  if (!must)
    {
      run->goes[run->index] = (DeskRippleGo){ DESK_RIPPLE_STAYS, stop->day };
      return;
    }
  DeskDay wanted = stop->struck ? stop->day + stop->shift : stop->day;
  wanted = later (wanted, run->low);
  if (run->high != DESK_DAY_NONE && run->high >= run->low)
    wanted = MIN (wanted, run->high);
  run->goes[run->index] = go (run, wanted);
}

void
desk_ripple_run (const DeskRippleStop *stops, guint n_stops, DeskDay today, DeskRippleFree is_free, gpointer user_data,
                 DeskRippleGo *goes)
{
  g_autofree gboolean *moved = g_new0 (gboolean, n_stops + 1);
  g_autofree DeskDay *days = g_new0 (DeskDay, n_stops + 1);
  Run run = { .stops = stops, .n_stops = n_stops, .is_free = is_free, .user_data = user_data, .goes = goes,
              .moved = moved, .days = days };

  for (run.index = 0; run.index < n_stops; run.index++)
    {
      const DeskRippleStop *stop = &stops[run.index];

      run_stop (&run, today);
      moved[run.index] = !stop->kept && goes[run.index].day != stop->day;
      days[run.index] = stop->kept ? stop->day : goes[run.index].day;
      if (moved[run.index])
        is_free (run.index, days[run.index], TRUE, user_data);
    }
}

const char *
desk_ripple_kind_code (DeskRippleKind kind)
{
  return kinds[kind];
}

gboolean
desk_ripple_kind_read (const char *code, DeskRippleKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i], code) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

const char *
desk_ripple_fit_code (DeskRippleFit fit)
{
  return fits[fit];
}
