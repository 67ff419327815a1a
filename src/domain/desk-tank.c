/* What a tank's checks say together. Pure: "now" and "today" are arguments. */
#include "desk-tank.h"

#include <stdlib.h>
#include <string.h>

#define HOUR 3600
#define DAY (24 * HOUR)
#define PROBE_DAYS 14

/* A dip stick is read to the half centimetre, twice: less than this beyond what was to be expected says nothing. */
#define NOISE_MM 15
/* How many falls make "usually", the shortest that is worth counting among them, and how far back they go. */
#define FALLS_NEEDED 5
#define FALL_HOURS 4
#define FALLS_KEPT 30
/* How long a fall is looked at. */
#define WINDOW (2 * DAY)

DeskTankRule *
desk_tank_rule_new (gint64 container_id)
{
  DeskTankRule *rule = g_new0 (DeskTankRule, 1);

  rule->container_id = container_id;
  rule->every_hours = 24;
  rule->level_low = rule->level_full = rule->warm_at = DESK_TANK_NONE;
  rule->probe_due_on = g_strdup ("");
  rule->phone = g_strdup ("");
  return rule;
}

void
desk_tank_rule_free (DeskTankRule *rule)
{
  if (!rule)
    return;
  g_free (rule->probe_due_on);
  g_free (rule->phone);
  g_free (rule);
}

/* A check with nothing read and nothing wrong. */
DeskTankCheck *
desk_tank_check_new (gint64 container_id)
{
  DeskTankCheck *check = g_new0 (DeskTankCheck, 1);

  check->container_id = container_id;
  check->level = check->temperature = check->level_after = check->litres = DESK_TANK_NONE;
  check->seal_good = TRUE;
  check->phase = g_strdup ("");
  check->note = g_strdup ("");
  return check;
}

void
desk_tank_check_free (DeskTankCheck *check)
{
  if (!check)
    return;
  g_free (check->phase);
  g_free (check->note);
  g_free (check->by);
  g_free (check);
}

/* How long after it was due a check is not missed yet, in seconds: an eighth of the time between two, three hours at
 * the most. */
gint64
desk_tank_grace (int every_hours)
{
  return MIN (every_hours * (gint64) HOUR / 8, 3 * HOUR);
}

/* Where the level stood when everybody had gone: after filling where it was read, unknown where it was not. */
static int
level_left (const DeskTankCheck *check)
{
  return check->filled ? check->level_after : check->level;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, two = *(const double *) b;

  return one < two ? -1 : one > two;
}

static double
median_of (GArray *values)
{
  guint n = values->len;

  g_array_sort (values, compare_doubles);
  if (n % 2)
    return g_array_index (values, double, n / 2);
  return (g_array_index (values, double, n / 2 - 1) + g_array_index (values, double, n / 2)) / 2;
}

/* What the fall is measured on: the checks that read a level, oldest first. */
static GPtrArray *
with_level (const GPtrArray *checks)
{
  GPtrArray *out = g_ptr_array_new ();

  for (guint i = 0; i < checks->len; i++)
    if (((const DeskTankCheck *) checks->pdata[i])->level != DESK_TANK_NONE)
      g_ptr_array_add (out, checks->pdata[i]);
  return out;
}

/* Whether nobody filled between two neighbours as far as can be told: a level that rose was filled and not written
 * down, and a filling without a level after it says nothing of where the fall began. */
static gboolean
falls_between (const DeskTankCheck *before, const DeskTankCheck *after)
{
  return level_left (before) != DESK_TANK_NONE && after->at > before->at && after->level <= level_left (before);
}

static double
rate_between (const DeskTankCheck *before, const DeskTankCheck *after)
{
  return (level_left (before) - after->level) / ((after->at - before->at) / (double) HOUR);
}

/* The falls per hour between neighbours up to and with reads[last]; free with g_array_unref (). */
static GArray *
usual_falls (const GPtrArray *reads, guint last)
{
  GArray *rates = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = last; i > 0 && rates->len < FALLS_KEPT; i--)
    {
      const DeskTankCheck *before = reads->pdata[i - 1], *after = reads->pdata[i];

      if (after->at - before->at >= FALL_HOURS * HOUR && falls_between (before, after))
        {
          double rate = rate_between (before, after);

          g_array_append_val (rates, rate);
        }
    }
  return rates;
}

/* Whether the fall from reads[first] to the last is beyond what the falls before it let expect: half as much again,
 * beyond three times their usual spread (the median of the distances from the median), and more than the stick's error. */
static gboolean
too_fast (const GPtrArray *reads, guint first)
{
  const DeskTankCheck *from = reads->pdata[first], *to = reads->pdata[reads->len - 1];
  g_autoptr (GArray) rates = usual_falls (reads, first);

  if (rates->len < FALLS_NEEDED)
    return FALSE;
  double rate = rate_between (from, to), usual = median_of (rates);
  for (guint i = 0; i < rates->len; i++)
    g_array_index (rates, double, i) = ABS (g_array_index (rates, double, i) - usual);
  double spread = 1.4826 * median_of (rates), hours = (to->at - from->at) / (double) HOUR;
  return rate > 1.5 * usual && rate > usual + 3 * spread && (rate - usual) * hours > NOISE_MM;
}

/* The falls: from the last reading back to each reading of the same stretch, up to two days, so that an hourly watch
 * is not fooled by falls that are each smaller than the stick's error. */
static void
look_at_fall (const GPtrArray *checks, DeskTankLook *look)
{
  g_autoptr (GPtrArray) reads = with_level (checks);

  if (reads->len < 2)
    return;
  const DeskTankCheck *last = reads->pdata[reads->len - 1], *previous = reads->pdata[reads->len - 2];
  if (!falls_between (previous, last))
    return;
  g_autoptr (GArray) rates = usual_falls (reads, reads->len - 2);
  look->fall = (int) (rate_between (previous, last) * 24 + 0.5);
  if (rates->len >= FALLS_NEEDED)
    look->usual_fall = (int) (median_of (rates) * 24 + 0.5);
  for (guint i = reads->len - 1; i > 0; i--)
    {
      const DeskTankCheck *before = reads->pdata[i - 1];

      if (!falls_between (before, reads->pdata[i]) || (i < reads->len - 1 && last->at - before->at > WINDOW))
        break;
      if (too_fast (reads, i - 1))
        {
          look->signs |= 1 << DESK_TANK_FALLING;
          look->fall = (int) (rate_between (before, last) * 24 + 0.5);
          break;
        }
      /* What stood there was filled up: the stretch begins with it. */
      if (before->filled)
        break;
    }
}

static void
look_at_level (const DeskTankRule *rule, const GPtrArray *checks, DeskTankLook *look)
{
  g_autoptr (GPtrArray) reads = with_level (checks);
  const DeskTankCheck *last = reads->len ? reads->pdata[reads->len - 1] : NULL;

  if (!last)
    return;
  look->level = level_left (last) != DESK_TANK_NONE ? level_left (last) : last->level;
  if (rule->level_low == DESK_TANK_NONE)
    return;
  /* Filled, and nobody read it again: taken as good until the next check. */
  if (level_left (last) != DESK_TANK_NONE && level_left (last) < rule->level_low)
    look->signs |= 1 << DESK_TANK_LOW;
  if (reads->len > 1 && last->level < rule->level_low
      && ((const DeskTankCheck *) reads->pdata[reads->len - 2])->level < rule->level_low)
    look->signs |= 1 << DESK_TANK_FAILING;
}

static void
look_at_temperature (const DeskTankRule *rule, const GPtrArray *checks, DeskTankLook *look)
{
  for (guint i = checks->len; i > 0 && look->temperature == DESK_TANK_NONE; i--)
    look->temperature = ((const DeskTankCheck *) checks->pdata[i - 1])->temperature;
  if (look->temperature != DESK_TANK_NONE && rule->warm_at != DESK_TANK_NONE && look->temperature >= rule->warm_at)
    look->signs |= 1 << DESK_TANK_WARM;
}

/* One that was never checked is due now, and not missed: nobody said since when. */
static void
look_at_clock (const DeskTankRule *rule, const GPtrArray *checks, gint64 now, DeskTankLook *look)
{
  const DeskTankCheck *last = checks->len ? checks->pdata[checks->len - 1] : NULL;

  if (last)
    look->due_at = last->at + rule->every_hours * (gint64) HOUR;
  if (!last || now >= look->due_at)
    look->signs |= 1 << DESK_TANK_DUE;
  if (last && now > look->due_at + desk_tank_grace (rule->every_hours))
    look->signs |= 1 << DESK_TANK_MISSED;
}

/* What a tank's checks (DeskTankCheck, oldest first, none of them superseded) say together. rule may be NULL. */
void
desk_tank_look (const DeskTankRule *rule, const GPtrArray *checks, gboolean down, gint64 now, DeskDay today,
                DeskTankLook *look)
{
  const DeskTankCheck *last = checks->len ? checks->pdata[checks->len - 1] : NULL;
  g_autoptr (DeskTankRule) none = rule ? NULL : desk_tank_rule_new (0);
  DeskDay probe;

  *look = (DeskTankLook) { 0, 0, DESK_TANK_NONE, DESK_TANK_NONE, DESK_TANK_NONE, DESK_TANK_NONE };
  if (down)
    look->signs |= 1 << DESK_TANK_DOWN;
  look_at_level (rule ? rule : none, checks, look);
  look_at_temperature (rule ? rule : none, checks, look);
  look_at_fall (checks, look);
  if (last && (!last->seal_good || last->frost))
    look->signs |= 1 << DESK_TANK_LID;
  if (!rule)
    {
      look->signs |= 1 << DESK_TANK_NO_RULES;
      return;
    }
  look_at_clock (rule, checks, now, look);
  if (desk_day_parse (rule->probe_due_on, &probe) && probe <= today + PROBE_DAYS)
    look->signs |= 1 << DESK_TANK_PROBE;
}

gboolean
desk_tank_has (const DeskTankLook *look, DeskTankSign sign)
{
  return (look->signs & (1u << sign)) != 0;
}

/* A static word for a sign, as the pages know it. */
const char *
desk_tank_sign_code (DeskTankSign sign)
{
  static const char *const codes[DESK_N_TANK_SIGNS]
      = { "down", "failing", "warm", "low", "falling", "missed", "lid", "probe", "due", "no-rules" };

  return codes[sign];
}

/* The one word for a tank: its most pressing sign, or "good". Static. */
const char *
desk_tank_headline (const DeskTankLook *look)
{
  for (int sign = 0; sign < DESK_N_TANK_SIGNS; sign++)
    if (desk_tank_has (look, sign))
      return desk_tank_sign_code (sign);
  return "good";
}

/* Whether the rules can be kept. */
void
desk_tank_rule_check (const DeskTankRule *rule, DeskProblems *problems)
{
  DeskDay day;

  if (rule->every_hours < 1 || rule->every_hours > 744)
    desk_problems_add (problems, "every_hours", "not-in-range", NULL);
  if (rule->level_low != DESK_TANK_NONE && (rule->level_low < 1 || rule->level_low > 5000))
    desk_problems_add (problems, "level_low", "not-in-range", NULL);
  if (rule->level_full != DESK_TANK_NONE && (rule->level_full < 1 || rule->level_full > 5000))
    desk_problems_add (problems, "level_full", "not-in-range", NULL);
  else if (rule->level_full != DESK_TANK_NONE && rule->level_low != DESK_TANK_NONE && rule->level_full <= rule->level_low)
    desk_problems_add (problems, "level_full", "below-low", NULL);
  if (rule->warm_at != DESK_TANK_NONE && (rule->warm_at < -2731 || rule->warm_at > 1000))
    desk_problems_add (problems, "warm_at", "not-in-range", NULL);
  if (*rule->probe_due_on && !desk_day_parse (rule->probe_due_on, &day))
    desk_problems_add (problems, "probe_due_on", "not-a-date", NULL);
}

/* Whether a check can be kept; what is unlikely is a warning. rule may be NULL. */
void
desk_tank_check_check (const DeskTankCheck *check, const DeskTankRule *rule, gint64 now, DeskProblems *problems)
{
  if (check->level == DESK_TANK_NONE && check->temperature == DESK_TANK_NONE)
    desk_problems_add (problems, "level", "nothing-read", NULL);
  if (check->level != DESK_TANK_NONE && (check->level < 0 || check->level > 5000))
    desk_problems_add (problems, "level", "not-in-range", NULL);
  if (check->temperature != DESK_TANK_NONE && (check->temperature < -2731 || check->temperature > 1000))
    desk_problems_add (problems, "temperature", "not-in-range", NULL);
  if (check->level_after != DESK_TANK_NONE && (check->level_after < 0 || check->level_after > 5000))
    desk_problems_add (problems, "level_after", "not-in-range", NULL);
  if (!check->filled && (check->level_after != DESK_TANK_NONE || check->litres != DESK_TANK_NONE))
    desk_problems_add (problems, "level_after", "not-filled", NULL);
  if (check->litres != DESK_TANK_NONE && (check->litres < 1 || check->litres > 99999))
    desk_problems_add (problems, "litres", "not-in-range", NULL);
  if (check->by_id == 0)
    desk_problems_add (problems, "by_id", "missing", NULL);
  if (check->at > now + 300)
    desk_problems_add (problems, "at", "in-the-future", NULL);
  if (check->supersedes && *check->note == '\0')
    desk_problems_add (problems, "note", "reason-needed", NULL);
  if (check->filled && check->level != DESK_TANK_NONE && check->level_after != DESK_TANK_NONE && check->level_after < check->level)
    desk_problems_warn (problems, "level_after", "fell-by-filling", NULL);
  if (rule && rule->level_full != DESK_TANK_NONE && check->level != DESK_TANK_NONE && check->level <= 5000
      && check->level > rule->level_full * 3 / 2)
    desk_problems_warn (problems, "level", "above-full", NULL);
}

/* A number as people type it, with an optional sign, a comma or a point, and the unit behind it: -187, −187.5,
 * "１８０", "180 mm". Empty is DESK_TANK_NONE. In tenths. */
static gboolean
read_tenths (const char *text, const char *const *units, int *out)
{
  g_autofree char *wide = text && g_utf8_validate (text, -1, NULL) ? g_utf8_normalize (text, -1, G_NORMALIZE_NFKC) : NULL;
  int sign = 1, value = 0, digits = 0;

  if (!wide)
    return FALSE;
  const char *p = g_strstrip (wide);
  *out = DESK_TANK_NONE;
  if (*p == '\0')
    return TRUE;
  if (g_str_has_prefix (p, "−") || *p == '-')
    {
      sign = -1;
      p += *p == '-' ? 1 : strlen ("−");
    }
  for (; g_ascii_isdigit (*p) && digits < 5; p++, digits++)
    value = value * 10 + *p - '0';
  value *= 10;
  if ((*p == '.' || *p == ',') && g_ascii_isdigit (p[1]))
    {
      value += p[1] - '0';
      p += 2;
    }
  while (*p == ' ')
    p++;
  if (digits == 0 || (*p != '\0' && !g_strv_contains (units, p)))
    return FALSE;
  *out = sign * value;
  return TRUE;
}

/* Reads a level; centimetres are said as "18 cm". */
gboolean
desk_tank_read_millimetres (const char *text, int *out)
{
  static const char *const mm[] = { "mm", NULL }, *const cm[] = { "cm", NULL };

  if (read_tenths (text, mm, out))
    {
      if (*out != DESK_TANK_NONE)
        *out /= 10;
      return TRUE;
    }
  return read_tenths (text, cm, out);
}

/* Reads a temperature or litres, in tenths. */
gboolean
desk_tank_read_tenths (const char *text, int *out)
{
  /* NFKC makes ℃ of one sign two. */
  static const char *const units[] = { "°C", "C", "°", "L", "l", NULL };

  return read_tenths (text, units, out);
}

/* "-187.5", with a minus as it is typed; "" for DESK_TANK_NONE. */
char *
desk_tank_format_tenths (int tenths)
{
  if (tenths == DESK_TANK_NONE)
    return g_strdup ("");
  if (tenths % 10 == 0)
    return g_strdup_printf ("%d", tenths / 10);
  return g_strdup_printf ("%s%d.%d", tenths < 0 ? "-" : "", abs (tenths) / 10, abs (tenths) % 10);
}
