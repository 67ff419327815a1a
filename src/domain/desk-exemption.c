#include "desk-exemption.h"

#include <string.h>

#include "desk-country.h"
#include "desk-exemptions.h"
#include "desk-text.h"

#define LONGEST_TEXT 400
#define MOST_LINES 1000
#define N_COLUMNS 8

enum { NATIONALITY, MRZ, DAYS, EXTENSION, REQUIRES, CONFIDENCE, AS_OF, NOTE };

static const char *const columns[N_COLUMNS] = { "nationality", "mrz", "days", "extension_months",
                                                "requires", "confidence", "as_of", "note" };

/* epassport: the chip's sign on the cover. machine_readable: MRP or ePassport. registration: at a Japanese mission,
 * before travel. personal_number: an identity card number stands in the passport. unverified: what else is asked
 * for was not found out. */
static const char *const conditions[] = { "epassport", "machine_readable", "registration", "personal_number",
                                          "british_citizen", "hksar_or_bno", "macao_sar", "unverified", NULL };

static const char *const confidences[] = { "high", "medium", "low", NULL };

/* The conditions there are words for, NULL-terminated. */
const char *const *
desk_exemption_conditions (void)
{
  return conditions;
}

void
desk_exemption_free (DeskExemption *line)
{
  if (!line)
    return;
  g_free (line->nationality);
  g_free (line->mrz);
  g_free (line->requires);
  g_free (line->confidence);
  g_free (line->as_of);
  g_free (line->note);
  g_free (line);
}

static gboolean
in_list (const char *codes, const char *code)
{
  g_auto (GStrv) each = g_strsplit (codes ? codes : "", "+", -1);

  return g_strv_contains ((const char *const *) each, code);
}

/* Whether the exemption hangs on that condition. */
gboolean
desk_exemption_requires (const DeskExemption *line, const char *condition)
{
  return in_list (line->requires, condition);
}

static DeskExemption *
line_new (const char *const *cells)
{
  DeskExemption *line = g_new0 (DeskExemption, 1);

  line->nationality = g_strdup (cells[NATIONALITY]);
  line->mrz = g_strdup (cells[MRZ]);
  line->days = (int) g_ascii_strtoll (cells[DAYS], NULL, 10);
  line->extension = (int) g_ascii_strtoll (cells[EXTENSION], NULL, 10);
  line->requires = g_strdup (cells[REQUIRES]);
  line->confidence = g_strdup (cells[CONFIDENCE]);
  line->as_of = g_strdup (cells[AS_OF]);
  line->note = g_strdup (cells[NOTE]);
  return line;
}

static void
free_line (gpointer line)
{
  desk_exemption_free (line);
}

/* The table as it was built in: DeskExemption, freed with g_ptr_array_unref (). */
GPtrArray *
desk_exemption_shipped (void)
{
  GPtrArray *table = g_ptr_array_new_with_free_func (free_line);

  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++)
    g_ptr_array_add (table, line_new (shipped[i]));
  return table;
}

/* ── a file of the clinic's own ── */

static void
wrong (DeskProblems *problems, guint column, const char *code, guint number, const char *text)
{
  g_autofree char *detail = g_strdup_printf ("%u: %.60s", number, text);

  desk_problems_add (problems, columns[column], code, detail);
}

static gboolean
number_within (const char *text, int least, int most)
{
  guint64 value;

  return g_ascii_string_to_unsigned (text, 10, least, most, &value, NULL);
}

static gboolean
codes_known (const char *codes, const char *const *known)
{
  g_auto (GStrv) each = g_strsplit (codes, "+", -1);

  for (guint i = 0; each[i]; i++)
    if (!g_strv_contains (known, each[i]))
      return FALSE;
  return TRUE;
}

/* One to three capital letters each, as ICAO 9303 codes nationalities (Germany's has one). */
static gboolean
mrz_codes_valid (const char *codes)
{
  g_auto (GStrv) each = g_strsplit (codes, "+", -1);

  for (guint i = 0; each[i]; i++)
    if (*each[i] == '\0' || strlen (each[i]) > 3 || strspn (each[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != strlen (each[i]))
      return FALSE;
  return each[0] != NULL;
}

static void
check_line (const char *const *cells, guint number, DeskDay today, DeskProblems *problems)
{
  DeskDay as_of;

  if (!desk_country_find (cells[NATIONALITY]))
    wrong (problems, NATIONALITY, "unknown-country", number, cells[NATIONALITY]);
  if (!mrz_codes_valid (cells[MRZ]))
    wrong (problems, MRZ, "unknown", number, cells[MRZ]);
  if (!number_within (cells[DAYS], 1, 366))
    wrong (problems, DAYS, "not-a-number", number, cells[DAYS]);
  if (*cells[EXTENSION] && !number_within (cells[EXTENSION], 1, 12))
    wrong (problems, EXTENSION, "not-a-number", number, cells[EXTENSION]);
  if (*cells[REQUIRES] && !codes_known (cells[REQUIRES], conditions))
    wrong (problems, REQUIRES, "unknown", number, cells[REQUIRES]);
  if (!g_strv_contains (confidences, cells[CONFIDENCE]))
    wrong (problems, CONFIDENCE, "unknown", number, cells[CONFIDENCE]);
  if (!desk_day_parse (cells[AS_OF], &as_of))
    wrong (problems, AS_OF, "not-a-date", number, cells[AS_OF]);
  else if (as_of > today)
    wrong (problems, AS_OF, "in-future", number, cells[AS_OF]);
  if (g_utf8_strlen (cells[NOTE], -1) > LONGEST_TEXT)
    wrong (problems, NOTE, "too-long", number, cells[NOTE]);
}

/* Where each of our columns stands in the file; FALSE when one is not there. The note may be left out. */
static gboolean
find_columns (const char *const *header, int places[N_COLUMNS], DeskProblems *problems)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      places[i] = -1;
      for (guint j = 0; header[j]; j++)
        if (g_ascii_strcasecmp (header[j], columns[i]) == 0)
          places[i] = (int) j;
      if (places[i] < 0 && i != NOTE)
        wrong (problems, i, "no-column", 1, columns[i]);
    }
  return !desk_problems_block (problems);
}

static void
read_line (const char *const *row, const int places[N_COLUMNS], guint number, DeskDay today, GPtrArray *table,
           GHashTable *seen, DeskProblems *problems)
{
  guint length = g_strv_length ((char **) row);
  char *cells[N_COLUMNS + 1] = { NULL };

  for (guint i = 0; i < N_COLUMNS; i++)
    cells[i] = desk_text_tidy (places[i] >= 0 && (guint) places[i] < length ? row[places[i]] : "", FALSE);
  check_line ((const char *const *) cells, number, today, problems);
  if (!g_hash_table_add (seen, g_strdup (cells[NATIONALITY])))
    wrong (problems, NATIONALITY, "twice", number, cells[NATIONALITY]);
  g_ptr_array_add (table, line_new ((const char *const *) cells));
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (cells[i]);
}

/* A table from the rows of a file (NULL-terminated vectors of cells, the heading first). lines tells where each row
 * stands in the file; NULL: one a line. Each problem's detail begins with the number of its line; NULL when there is any. Codes: no-column, unknown-country, unknown, not-a-number,
 * not-a-date, in-future, too-long, twice, empty, too-many. Free with g_ptr_array_unref (). */
GPtrArray *
desk_exemption_read (const GPtrArray *rows, const guint *lines, DeskDay today, DeskProblems *problems)
{
  g_autoptr (GPtrArray) table = g_ptr_array_new_with_free_func (free_line);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int places[N_COLUMNS];

  if (rows->len < 2)
    wrong (problems, NATIONALITY, "empty", 1, "");
  else if (rows->len > MOST_LINES)
    wrong (problems, NATIONALITY, "too-many", MOST_LINES, "");
  if (desk_problems_block (problems) || !find_columns (rows->pdata[0], places, problems))
    return NULL;
  for (guint i = 1; i < rows->len; i++)
    {
      const char *const *row = rows->pdata[i];

      if (row[0] && !(row[0][0] == '\0' && !row[1]))
        read_line (row, places, lines ? lines[i] : i + 1, today, table, seen, problems);
    }
  if (table->len == 0)
    wrong (problems, NATIONALITY, "empty", 1, "");
  return desk_problems_block (problems) ? NULL : g_steal_pointer (&table);
}

static void
append_cell (GString *text, const char *cell, gboolean last)
{
  if (strpbrk (cell, ",\"\r\n"))
    {
      g_auto (GStrv) parts = g_strsplit (cell, "\"", -1);
      g_autofree char *doubled = g_strjoinv ("\"\"", parts);

      g_string_append_printf (text, "\"%s\"", doubled);
    }
  else
    g_string_append (text, cell);
  g_string_append (text, last ? "\r\n" : ",");
}

/* The table as a file that desk_exemption_read () takes: CSV of RFC 4180 in UTF-8, for the clinic to change and bring
 * back. The caller frees it. */
char *
desk_exemption_write (const GPtrArray *table)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < N_COLUMNS; i++)
    append_cell (text, columns[i], i == N_COLUMNS - 1);
  for (guint i = 0; i < table->len; i++)
    {
      const DeskExemption *line = table->pdata[i];
      g_autofree char *days = g_strdup_printf ("%d", line->days);
      g_autofree char *extension = line->extension ? g_strdup_printf ("%d", line->extension) : g_strdup ("");
      const char *const cells[N_COLUMNS] = { line->nationality, line->mrz,        days,        extension,
                                             line->requires,    line->confidence, line->as_of, line->note };

      for (guint j = 0; j < N_COLUMNS; j++)
        append_cell (text, cells[j], j == N_COLUMNS - 1);
    }
  return g_string_free (text, FALSE);
}

static const DeskExemption *
line_of (const GPtrArray *table, const char *nationality)
{
  for (guint i = 0; i < table->len; i++)
    if (g_str_equal (((const DeskExemption *) table->pdata[i])->nationality, nationality))
      return table->pdata[i];
  return NULL;
}

/* Whether a receptionist would be told something else; the note and the day it was looked up aside. */
static gboolean
says_the_same (const DeskExemption *one, const DeskExemption *other)
{
  return one->days == other->days && one->extension == other->extension && g_str_equal (one->requires, other->requires)
         && g_str_equal (one->mrz, other->mrz) && g_str_equal (one->confidence, other->confidence);
}

/* What becomes different: DeskExemptionChange, what goes and changes in the order of the first table, then what is
 * new. They lend from both tables; free with g_array_unref (). */
GArray *
desk_exemption_compare (const GPtrArray *before, const GPtrArray *after)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (DeskExemptionChange));

  for (guint i = 0; i < before->len; i++)
    {
      const DeskExemption *old = before->pdata[i];
      DeskExemptionChange change = { old, line_of (after, old->nationality) };

      if (!change.after || !says_the_same (old, change.after))
        g_array_append_val (changes, change);
    }
  for (guint i = 0; i < after->len; i++)
    {
      DeskExemptionChange change = { NULL, after->pdata[i] };

      if (!line_of (before, change.after->nationality))
        g_array_append_val (changes, change);
    }
  return changes;
}

/* ── looking up ── */

/* The line of a nationality as the chart has it, or as a machine-readable zone prints it. A code that has no line of
 * its own but that several passports print, or one it shares with passports that are not exempt, is to be asked
 * about: mainland China, Hong Kong and Macao all print CHN (facts/often-wrong 4). */
DeskExempt
desk_exemption_find (const GPtrArray *table, const char *nationality, const DeskExemption **line)
{
  guint printed = 0;

  *line = NULL;
  if (!nationality || *nationality == '\0')
    return DESK_EXEMPT_NO;
  for (guint i = 0; i < table->len; i++)
    {
      const DeskExemption *each = table->pdata[i];

      if (g_str_equal (each->nationality, nationality))
        {
          *line = each;
          return DESK_EXEMPT_YES;
        }
      if (in_list (each->mrz, nationality))
        {
          *line = each;
          printed++;
        }
    }
  /* A code that is no country of ISO 3166 and that one line prints is that line's own: D is Germany. One that is a
   * country without a line of its own, or that stands beside another code (GBN), needs a look at the passport. */
  if (printed == 1 && !strchr ((*line)->mrz, '+') && !desk_country_find (nationality))
    return DESK_EXEMPT_YES;
  *line = NULL;
  return printed > 0 ? DESK_EXEMPT_ASK : DESK_EXEMPT_NO;
}

/* The nationalities whose passports print that code, joined by '+': what to ask about. The caller frees it. */
char *
desk_exemption_candidates (const GPtrArray *table, const char *nationality)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < table->len; i++)
    {
      const DeskExemption *each = table->pdata[i];

      if (in_list (each->mrz, nationality))
        g_string_append_printf (text, "%s%s", text->len ? "+" : "", each->nationality);
    }
  return g_string_free (text, FALSE);
}

/* Lends the first and the last day on which a line of the table was looked up; NULL for an empty table. */
void
desk_exemption_as_of (const GPtrArray *table, const char **oldest, const char **newest)
{
  *oldest = *newest = NULL;
  for (guint i = 0; i < table->len; i++)
    {
      const char *as_of = ((const DeskExemption *) table->pdata[i])->as_of;

      if (!*oldest || strcmp (as_of, *oldest) < 0)
        *oldest = as_of;
      if (!*newest || strcmp (as_of, *newest) > 0)
        *newest = as_of;
    }
}
