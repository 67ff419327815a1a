#include "desk-code-isbt.h"

#include <stdlib.h>
#include <string.h>

#include "desk-code-check.h"

/* How the data after the identifier looks, a letter a sign: N digit, U capital, A capital or digit, C any letter or
 * digit, F first of a facility code, P its second and third, X flag, anything printable is '?'. An empty shape
 * is a structure of which only the name is known here: it is read when it stands alone. */
typedef struct
{
  const char *id;
  int structure;
  const char *shape;
  enum
  {
    NO_DATE, ORDINAL, ORDINAL_TIME, PLAIN_DATE, ZONED_TIME
  } date;
} Known;

static const Known known[] = {
  { "=%", 2, "AAAA", NO_DATE },
  { "=<", DESK_ISBT_PRODUCT, "UNNNNAAC", NO_DATE },
  { "=>", DESK_ISBT_EXPIRY_DAY, "NNNNNN", ORDINAL },
  { "&>", DESK_ISBT_EXPIRY, "NNNNNNNNNN", ORDINAL_TIME },
  { "=*", 6, "NNNNNN", ORDINAL },
  { "&*", 7, "NNNNNNNNNN", ORDINAL_TIME },
  { "=}", 8, "NNNNNN", ORDINAL },
  { "&}", 9, "NNNNNNNNNN", ORDINAL_TIME },
  { "&(", 10, "AAAAA", NO_DATE },
  { "=)", 17, "??????????", NO_DATE },
  { "&)", 18, "??????????", NO_DATE },
  { "=;", 19, "", NO_DATE },
  { "='", 20, "FPPNNAAAAAA", NO_DATE },
  { "=-", 21, "??????????", NO_DATE },
  { "&-", 22, "??????????", NO_DATE },
  { "=+", DESK_ISBT_COMPOUND, "NNNNN", NO_DATE },
  { "=#", 24, "NNNNNNNNNN", PLAIN_DATE },
  { "&#", DESK_ISBT_PATIENT, "NNNN", NO_DATE }, /* and as many signs as the last two digits say */
  { "=]", 26, "", NO_DATE },
  { "&\"", 27, "NNNNNNNNNNNNNNNNNN", NO_DATE },
  { "=$", 28, "", NO_DATE },
  { "=(", 31, "NNNNNNNNNNNNNNNN", ZONED_TIME },
  { "=,", DESK_ISBT_DIVISION, "CCCCCC", NO_DATE },
  { "&+", 33, "", NO_DATE },
  { "=/", 34, "FPPNNAAAAAAAAAAA", NO_DATE },
  { "&,1", 35, "AAAAAAAAAAAAAAAAAA", NO_DATE },
  { "&,4", 38, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", NO_DATE },
  { "&/", DESK_ISBT_COI, "UUFPPNNNNAAAAAA", NO_DATE },
};

static const char din_shape[] = "FPPNNNNNNNNNNXX";

/* Orders that ICCBBA has numbered, as far as facts/cells-examples.md shows them. */
static const struct
{
  int order;
  int structures[8];
} orders[] = { { 35, { 34, 32, 1, 4 } } };

static gboolean
fits (char sign, char shape)
{
  switch (shape)
    {
    case 'N':
      return g_ascii_isdigit (sign);
    case 'U':
      return g_ascii_isupper (sign);
    case 'A':
      return g_ascii_isupper (sign) || g_ascii_isdigit (sign);
    case 'C':
      return g_ascii_isalnum (sign);
    case 'F': /* never O, never 0 */
      return (g_ascii_isupper (sign) && sign != 'O') || (g_ascii_isdigit (sign) && sign != '0');
    case 'P':
      return (g_ascii_isupper (sign) && sign != 'O') || g_ascii_isdigit (sign);
    case 'X':
      return g_ascii_isdigit (sign) || (g_ascii_isupper (sign) && !strchr ("IOQZ", sign));
    default:
      return g_ascii_isgraph (sign) || sign == ' ';
    }
}

static gboolean
fits_all (const char *text, const char *shape)
{
  for (; *shape; text++, shape++)
    if (*text == '\0' || !fits (*text, *shape))
      return FALSE;
  return TRUE;
}

static int
number (const char *text, gsize digits)
{
  char copy[8] = "";

  memcpy (copy, text, MIN (digits, sizeof copy - 1));
  return atoi (copy);
}

static gboolean
set_minute (DeskIsbtPart *part, const char *hhmm)
{
  int hour = number (hhmm, 2), minute = number (hhmm + 2, 2);

  part->minute = hour * 60 + minute;
  return hour <= 23 && minute <= 59;
}

/* cyyjjj: the digit of the century (9 is 19, 0 is 20), the year, the day of the year. */
static gboolean
set_ordinal (DeskIsbtPart *part, const char *text)
{
  int century = *text == '9' ? 1900 : 2000 + 100 * (*text - '0');
  int year = century + number (text + 1, 2), day = number (text + 3, 3);
  DeskDay first = desk_day_from_ymd (year, 1, 1);

  part->day = first + day - 1;
  return day >= 1 && part->day < desk_day_from_ymd (year + 1, 1, 1);
}

static gboolean
set_plain (DeskIsbtPart *part, const char *yyyymmdd)
{
  g_autofree char *iso = g_strdup_printf ("%.4s-%.2s-%.2s", yyyymmdd, yyyymmdd + 4, yyyymmdd + 6);

  return desk_day_parse (iso, &part->day);
}

static gboolean
set_date (DeskIsbtPart *part, const Known *what, const char *data)
{
  switch (what->date)
    {
    case ORDINAL:
      return set_ordinal (part, data);
    case ORDINAL_TIME:
      return set_ordinal (part, data) && set_minute (part, data + 6);
    case PLAIN_DATE:
      return set_plain (part, data + 2);
    case ZONED_TIME: /* ZUTTYYYYMMDDhhmm */
      return strchr ("12", *data) && data[1] == '0' && set_plain (part, data + 4) && set_minute (part, data + 12);
    case NO_DATE:
    default:
      return TRUE;
    }
}

static void
part_free (gpointer data)
{
  DeskIsbtPart *part = data;

  g_free (part->text);
  g_free (part->value);
  g_free (part->flags);
  g_free (part);
}

static DeskIsbtPart *
part_new (int structure, const char *text, gsize id, gsize data)
{
  DeskIsbtPart *part = g_new0 (DeskIsbtPart, 1);

  part->structure = structure;
  part->text = g_strndup (text, id + data);
  part->value = g_strndup (text + id, data);
  part->flags = g_strdup ("");
  part->day = DESK_DAY_NONE;
  part->minute = -1;
  return part;
}

/* 60–96 are 60 and the checksum; 97–99 mean nothing yet. */
static gboolean
flags_agree (const char *din, const char *flags)
{
  int value = g_ascii_isdigit (flags[0]) && g_ascii_isdigit (flags[1]) ? number (flags, 2) : 0;

  return value < 60 || (value <= 96 && value - 60 == desk_check_sum (din, 13));
}

static DeskIsbtPart *
read_din (const char *text, const char **problem)
{
  if (strlen (text) < sizeof din_shape)
    {
      *problem = "isbt-short";
      return NULL;
    }
  if (!fits_all (text + 1, din_shape))
    {
      *problem = "isbt-shape";
      return NULL;
    }
  DeskIsbtPart *part = part_new (DESK_ISBT_DIN, text, 1, 15);
  g_free (part->flags);
  part->flags = g_strdup (part->value + 13);
  part->value[13] = '\0';
  if (!flags_agree (part->value, part->flags))
    *problem = "isbt-flags";
  return part;
}

/* Whether the six signs of 032 are three levels, each of digits or of letters. */
static gboolean
division_fits (const char *data)
{
  for (int i = 0; i < 6; i += 2)
    if (!!g_ascii_isdigit (data[i]) != !!g_ascii_isdigit (data[i + 1]))
      return FALSE;
  return TRUE;
}

/* The signs of a code of free length: those of ASCII that can be printed. */
static gboolean
prints (const char *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!fits (data[i], '?'))
      return FALSE;
  return TRUE;
}

static gboolean
more_fits (const Known *what, const char *data)
{
  if (what->structure == DESK_ISBT_DIVISION)
    return division_fits (data);
  if (what->structure == DESK_ISBT_PRODUCT)
    return g_ascii_isdigit (data[7]) || g_ascii_islower (data[7]);
  return what->structure != DESK_ISBT_COI || (data[0] == 'C' && data[1] == 'H');
}

static DeskIsbtPart *
read_known (const Known *what, const char *text, const char **problem)
{
  gsize id = strlen (what->id), length = strlen (what->shape);
  const char *data = text + id;

  if (strlen (data) < length || (length == 0 && *data == '\0'))
    {
      *problem = "isbt-short";
      return NULL;
    }
  if (!fits_all (data, what->shape) || (length > 0 ? !more_fits (what, data) : !prints (data, strlen (data))))
    {
      *problem = "isbt-shape";
      return NULL;
    }
  if (what->structure == DESK_ISBT_PATIENT)
    {
      gsize more = (gsize) number (data + 2, 2);

      if (strlen (data + 4) < more || more == 0)
        {
          *problem = "isbt-short";
          return NULL;
        }
      if (!prints (data + 4, more))
        {
          *problem = "isbt-shape";
          return NULL;
        }
      DeskIsbtPart *part = part_new (what->structure, text, id, 4 + more);
      memmove (part->value, part->value + 4, more + 1);
      return part;
    }
  DeskIsbtPart *part = part_new (what->structure, text, id, length ? length : strlen (data));
  if (!set_date (part, what, part->value))
    *problem = "isbt-date";
  return part;
}

/* The structure that text begins with; NULL where none can be read, and then problem says why. */
static DeskIsbtPart *
read_one (const char *text, const char **problem)
{
  if (*text == '=' && g_ascii_isalnum (text[1]))
    {
      if (g_ascii_islower (text[1])) /* =a to =z are for national use, and so never ours */
        {
          *problem = "isbt-unknown";
          return NULL;
        }
      return read_din (text, problem);
    }
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_has_prefix (text, known[i].id))
      return read_known (&known[i], text, problem);
  *problem = "isbt-unknown";
  return NULL;
}

/* What a compound message says of itself: aa structures follow, in the order bbb, 000 for any. */
static const char *
compound_problem (const GPtrArray *parts)
{
  const DeskIsbtPart *head = parts->pdata[0];
  guint count = (guint) number (head->value, 2);
  int order = number (head->value + 2, 3);

  if (count == 0 || count != parts->len - 1)
    return "isbt-count";
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    for (guint p = 1; orders[i].order == order && p < parts->len; p++)
      if (p > G_N_ELEMENTS (orders[i].structures)
          || ((const DeskIsbtPart *) parts->pdata[p])->structure != orders[i].structures[p - 1])
        return "isbt-order";
  return NULL;
}

static const char *
together_problem (const GPtrArray *parts)
{
  const DeskIsbtPart *product = desk_isbt_part (parts, DESK_ISBT_PRODUCT);

  if (((const DeskIsbtPart *) parts->pdata[0])->structure == DESK_ISBT_COMPOUND)
    {
      const char *problem = compound_problem (parts);

      if (problem)
        return problem;
    }
  if (product && g_str_has_suffix (product->value, "99") && !desk_isbt_part (parts, DESK_ISBT_DIVISION))
    return "isbt-division";
  return NULL;
}

/* Reads one structure, several joined without a sign between them, or a compound message. What could be read is
 * given even when problem says that something is wrong; NULL for a text that is none at all. Of DeskIsbtPart. */
GPtrArray *
desk_isbt_read (const char *text, const char **problem)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);

  *problem = NULL;
  while (*text)
    {
      const char *wrong = NULL;
      DeskIsbtPart *part = read_one (text, &wrong);

      if (wrong && !*problem)
        *problem = wrong;
      if (!part)
        break;
      g_ptr_array_add (parts, part);
      text += strlen (part->text);
    }
  if (parts->len == 0)
    {
      if (!*problem)
        *problem = "isbt-unknown";
      return NULL;
    }
  if (!*problem)
    *problem = together_problem (parts);
  return g_steal_pointer (&parts);
}

/* Whether it begins as a structure of ISBT 128 does: by its first sign alone. */
gboolean
desk_isbt_begins (const char *text)
{
  return *text == '=' || *text == '&';
}

/* The first structure of that number; lent, NULL for none. */
const DeskIsbtPart *
desk_isbt_part (const GPtrArray *parts, int structure)
{
  for (guint i = 0; parts && i < parts->len; i++)
    if (((const DeskIsbtPart *) parts->pdata[i])->structure == structure)
      return parts->pdata[i];
  return NULL;
}

/* ── what is written ─────────────────────────────────────────────────────────────────────────── */

gboolean
desk_isbt_facility_valid (const char *facility)
{
  return strlen (facility) == 5 && fits_all (facility, "FPPNN");
}

gboolean
desk_isbt_din_valid (const char *din)
{
  return strlen (din) == 13 && fits_all (din, "FPPNNNNNNNNNN");
}

gboolean
desk_isbt_product_valid (const char *product)
{
  return strlen (product) == 8 && fits_all (product, "UNNNNAAC") && (g_ascii_isdigit (product[7]) || g_ascii_islower (product[7]));
}

/* "A9999 17 123456 K", as printed for the eye with its check character at the end. */
char *
desk_isbt_din_words (const char *din)
{
  return g_strdup_printf ("%.5s %.2s %s %c", din, din + 5, din + 7, desk_check_sign (din, 13));
}

/* A donation number of the facility; the caller counts, and never gives one twice in a hundred years. NULL when the
 * year's numbers are used up. */
char *
desk_isbt_din (const char *facility, int year, int n)
{
  if (n < 0 || n > 999999 || !desk_isbt_facility_valid (facility))
    return NULL;
  return g_strdup_printf ("%s%02d%06d", facility, year % 100, n);
}

/* "&/CH…": the chain of identity; number is six capitals or digits. */
char *
desk_isbt_coi (const char *facility, int year, const char *coi)
{
  if (!desk_isbt_facility_valid (facility) || strlen (coi) != 6 || !fits_all (coi, "AAAAAA"))
    return NULL;
  return g_strdup_printf ("&/CH%s%02d%s", facility, year % 100, coi);
}

/* "&>cyyjjjhhmm"; the day's end when minute is -1. */
char *
desk_isbt_expiry (DeskDay day, int minute)
{
  int year;
  int at = minute < 0 ? 23 * 60 + 59 : minute;

  desk_day_to_ymd (day, &year, NULL, NULL);
  return g_strdup_printf ("&>%d%02d%03d%02d%02d", year < 2000 ? 9 : (year - 2000) / 100, year % 100,
                          (int) (day - desk_day_from_ymd (year, 1, 1)) + 1, at / 60, at % 60);
}

/* What the DataMatrix of a unit carries: a compound message of donation and product, with the division where there is
 * one beside the product code, and the expiry as desk_isbt_expiry () writes it, or "". */
char *
desk_isbt_unit (const char *din, const char *product, const char *division, const char *expiry)
{
  return g_strdup_printf ("=+%02d000=%s00=<%s%s%s%s", 2 + (*division != '\0') + (*expiry != '\0'), din, product,
                          *division ? "=," : "", division, expiry);
}
