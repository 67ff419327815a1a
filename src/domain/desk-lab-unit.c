/* Units: one spelling of each, and which may be turned into which. */
#include <string.h>

#include "desk-lab.h"

/* Longer ones first. What is between two spellings of one unit says nothing; IU and U do, except of enzymes. */
static const struct
{
  const char *from, *to;
} spellings[] = {
  { "[arb'u]", "U" }, { "[arb'U]", "U" }, { "[iu]", "IU" }, { "[IU]", "IU" },
  { "10e3", "10*3" }, { "10e4", "10*4" }, { "10e6", "10*6" }, { "10e9", "10*9" }, { "10e12", "10*12" },
  { "百万/", "10*6/" }, { "万/", "10*4/" }, { "千/", "10*3/" }, { "百/", "10*2/" },
  { "mm^3", "uL" }, { "mm3", "uL" }, { "mcL", "uL" }, { "cumm", "uL" },
};

static const struct
{
  const char *from, *to;
} wholes[] = {
  { "IU/L", "U/L" }, { "K/uL", "10*3/uL" }, { "M/uL", "10*6/uL" }, { "x10*3/uL", "10*3/uL" }, { "C.O.I.", "COI" }, { "C.O.I", "COI" },
  { "coi", "COI" }, { "s/co", "S/CO" }, { "S/C.O.", "S/CO" }, { "RU", "R.U." }, { "R.U", "R.U." }, { "r.u.", "R.U." }, { "fl", "fL" },
};

/* Superscripts become ^3 before normalisation would make 10³ a hundred and three. */
static char *
plain_unit (const char *unit)
{
  static const char *const raised[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  GString *out = g_string_new (unit);

  for (guint digit = 0; digit < G_N_ELEMENTS (raised); digit++)
    {
      char power[3] = { '^', (char) ('0' + digit), '\0' };

      g_string_replace (out, raised[digit], power, 0);
    }
  g_autofree char *wide = g_utf8_normalize (out->str, -1, G_NORMALIZE_ALL_COMPOSE);
  g_string_truncate (out, 0);
  for (const char *p = wide ? wide : ""; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x3bc || c == 0xb5)
        c = 'u';
      if (c != 0xd7 && !g_unichar_isspace (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/* Litres are written l or L; of the rest case counts (M is not m). */
static void
big_litres (GString *unit)
{
  for (gsize i = 0; i < unit->len; i++)
    if (unit->str[i] == 'l' && (i == 0 || strchr ("mdufn/", unit->str[i - 1])) && !g_ascii_isalpha (unit->str[i + 1]))
      unit->str[i] = 'L';
}

/* The one spelling of a unit, after UCUM where that is plain: "万/μL", "x10^4/uL" and "10⁴/µL" are "10*4/uL". What is not
 * known comes back as it is, without spaces. Free it. */
char *
desk_lab_unit (const char *unit)
{
  g_autofree char *plain = plain_unit (unit ? unit : "");
  g_autoptr (GString) out = g_string_new (plain);

  if (g_ascii_tolower (out->str[0]) == 'x' && g_ascii_isdigit (out->str[1]))
    g_string_erase (out, 0, 1);
  g_string_replace (out, "10^", "10*", 0);
  g_string_replace (out, "10E", "10e", 0);
  big_litres (out);
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    g_string_replace (out, spellings[i].from, spellings[i].to, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++)
    if (strcmp (out->str, wholes[i].from) == 0)
      return g_strdup (wholes[i].to);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

#define COUNTS "wbc rbc plt neut_n lym_n mono_n eos_n baso_n"
#define MASSES "hgb mchc alb tp"

/* The legal conversions: within one row group a value times 10^power is the same quantity. ALP is by method, tumour
 * markers by kit, R.U. is no titre: they are not here and never will be. */
static const struct
{
  const char *tests, *unit;
  int power;
} quantities[] = {
  { COUNTS, "/uL", 0 },     { COUNTS, "10*2/uL", 2 }, { COUNTS, "10*3/uL", 3 }, { COUNTS, "10*4/uL", 4 }, { COUNTS, "10*6/uL", 6 },
  { COUNTS, "10*9/L", 3 },  { COUNTS, "10*12/L", 6 }, { "crp", "mg/L", 0 },     { "crp", "mg/dL", 1 },    { MASSES, "g/L", 0 },
  { MASSES, "g/dL", 1 },
};

static gboolean
power_of (const char *test, const char *unit, int *power)
{
  g_autofree char *padded = g_strdup_printf (" %s ", test);

  for (guint i = 0; i < G_N_ELEMENTS (quantities); i++)
    {
      g_autofree char *tests = g_strdup_printf (" %s ", quantities[i].tests);

      if (strcmp (quantities[i].unit, unit) == 0 && strstr (tests, padded))
        {
          *power = quantities[i].power;
          return TRUE;
        }
    }
  return FALSE;
}

/* Moves the decimal point: exact, and no digit the laboratory gave is lost or invented but zeros. */
static char *
shift_point (const char *value, int places)
{
  g_autofree char *plain = g_utf8_normalize (value, -1, G_NORMALIZE_ALL_COMPOSE);
  const char *p = plain;
  g_autoptr (GString) digits = g_string_new (NULL);
  int point = -1;
  gboolean minus = *p == '-';

  for (p += *p == '-' || *p == '+'; *p; p++)
    if (*p == '.')
      point = (int) digits->len;
    else
      g_string_append_c (digits, *p);
  point = (point < 0 ? (int) digits->len : point) + places;
  for (; point <= 0; point++)
    g_string_prepend_c (digits, '0');
  while ((int) digits->len < point)
    g_string_append_c (digits, '0');
  if (point < (int) digits->len)
    g_string_insert_c (digits, point, '.');
  while (digits->str[0] == '0' && g_ascii_isdigit (digits->str[1]))
    g_string_erase (digits, 0, 1);
  if (minus)
    g_string_prepend_c (digits, '-');
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

/* The number in another unit, as text; NULL where that is not legal for this test or the value is no number. Free it. */
char *
desk_lab_convert (const char *test, const char *value, const char *from, const char *to)
{
  g_autofree char *a = desk_lab_unit (from), *b = desk_lab_unit (to);
  int power_a, power_b;
  double number;

  if (!desk_lab_number (value, &number))
    return NULL;
  if (strcmp (a, b) == 0)
    return g_strdup (value);
  if (!test || !*test || !power_of (test, a, &power_a) || !power_of (test, b, &power_b))
    return NULL;
  return shift_point (value, power_a - power_b);
}
