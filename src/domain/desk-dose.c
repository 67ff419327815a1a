#include "desk-dose.h"

#include <string.h>

/* a × b ÷ c without overflow, rounded down: what is promised is not rounded up. */
static gint64
scale (gint64 a, gint64 b, gint64 c)
{
  return c > 0 ? (gint64) (((__int128) a * b) / c) : 0;
}

/* The cells of a bag by what was viable in it after the thaw: percent, or 0 where that was not measured. */
gint64
desk_dose_of_bag (gint64 nominal, int viability)
{
  return viability > 0 ? scale (nominal, MIN (viability, 100), 100) : nominal;
}

/* By a count of the thawed product. */
gint64
desk_dose_of_volume (gint64 cells_per_ml, int volume_ml)
{
  return cells_per_ml * volume_ml;
}

/* The cells the patient got: of a bag of volume_ml, given_ml ran in. */
gint64
desk_dose_delivered (gint64 nominal, int viability, int given_ml, int volume_ml)
{
  return scale (desk_dose_of_bag (nominal, viability), CLAMP (given_ml, 0, volume_ml), volume_ml);
}

/* Milligrams of DMSO (1.10 g/mL, permille of the volume) for each kilogram of body weight, rounded up; 0 where no weight is known. */
int
desk_dose_dmso (int volume_ml, int permille, int weight_g)
{
  if (weight_g <= 0 || volume_ml <= 0 || permille <= 0)
    return 0;
  return (int) (((gint64) volume_ml * permille * 11 * 100 + weight_g - 1) / weight_g);
}

/* The last instant at which the infusion may begin; limit in seconds, 0 for the usual. */
gint64
desk_thaw_use_until (gint64 thawed_at, int limit)
{
  return thawed_at + (limit > 0 ? limit : DESK_THAW_LIMIT);
}

/* The last instant is still good. */
gboolean
desk_thaw_in_time (gint64 use_until, gint64 at)
{
  return at <= use_until;
}

/* How the clock stands at now; use_until 0 for what was not thawed. */
DeskThawClock
desk_thaw_clock (gint64 use_until, int limit, gint64 now)
{
  if (use_until == 0)
    return DESK_THAW_CLOCK_NONE;
  if (!desk_thaw_in_time (use_until, now))
    return DESK_THAW_CLOCK_OVER;
  return use_until - now <= (limit > 0 ? limit : DESK_THAW_LIMIT) / 3 ? DESK_THAW_CLOCK_HURRY : DESK_THAW_CLOCK_GOOD;
}

/* Whether a dose of that many viable cells is what the order allows. */
gboolean
desk_dose_in_range (gint64 cells, gint64 cells_min, gint64 cells_max)
{
  return cells >= cells_min && cells <= cells_max;
}

/* Reads a number of cells as people write it: "1.2e9", "1,2×10^9", "1.2 x 10⁹", "1200000000". */
gboolean
desk_dose_parse (const char *text, gint64 *cells)
{
  gboolean readable = text && g_utf8_validate (text, -1, NULL);
  g_autofree char *wide = readable ? g_utf8_normalize (text, -1, G_NORMALIZE_NFKC) : NULL;
  g_autoptr (GString) plain = g_string_new (NULL);

  if (!wide)
    return FALSE;
  for (const char *p = wide; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == ' ' || c == '^' || c == '_')
        continue;
      g_string_append_unichar (plain, c == 0xd7 || c == 'X' || c == '*' ? 'x' : c == ',' ? '.' : c == 'E' ? 'e' : c);
    }
  char *times = g_strstr_len (plain->str, -1, "x10");
  if (times)
    {
      g_autofree char *head = g_strndup (plain->str, times - plain->str);
      g_autofree char *both = g_strconcat (head, "e", times + 3, NULL);
      g_string_assign (plain, both);
    }
  if (!g_ascii_isdigit (plain->str[0]) || strspn (plain->str, "0123456789.e") != plain->len)
    return FALSE;
  char *end;
  double value = g_ascii_strtod (plain->str, &end);
  if (*end != '\0' || !(value >= 0) || value > 1e15)
    return FALSE;
  *cells = (gint64) (value + 0.5);
  return TRUE;
}
