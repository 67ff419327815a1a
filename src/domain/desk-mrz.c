#include "desk-mrz.h"

#include <string.h>

#include "desk-country.h"
#include "desk-mrz-private.h"

/* Codes of issuers and nationalities that are no nationality of a patient here but stand in documents (ICAO 9303-3,
 * section 5; the last two withdrawn); those of people are in desk-country.c. */
static const char *const other_codes[] = { "EUE", "UNO", "UNA", "UNK", "XBA", "XIM", "XCC", "XCE", "XCO", "XEC", "XPO",
                                           "XES", "XMP", "XOM", "XDC", "UTO", "IAO", "ANT", "NTZ" };

/* What the second letter of a passport's code means: the harmonised ones of 2026, and national ones before them. */
static const struct
{
  char letter;
  const char *issuer; /* NULL: everybody's */
  const char *kind;
} kinds[] = {
  { 'O', "CHN", "ordinary" },  { 'T', "CHN", "ordinary" },       { 'P', NULL, "ordinary" },
  { 'E', NULL, "emergency" },  { 'D', NULL, "diplomatic" },      { 'O', NULL, "official" },
  { 'R', NULL, "refugee" },    { 'T', NULL, "alien" },           { 'S', NULL, "stateless" },
  { 'L', NULL, "laissez-passer" }, { 'M', NULL, "military" },    { 'U', NULL, "emergency" },
};

static const struct
{
  DeskMrzMended mended;
  const char *code;
} mendings[] = {
  { DESK_MRZ_SMALL, "small-letters" }, { DESK_MRZ_WIDE, "full-width" }, { DESK_MRZ_FILLER, "other-fillers" },
  { DESK_MRZ_LENGTH, "line-length" },  { DESK_MRZ_AROUND, "other-text" },
};

typedef struct
{
  const DeskMrzLayout *layout;
  const char *signs;
  DeskMrz *mrz;
  DeskDay today;
} Parse;

/* ICAO 9303-3, section 4.9: weights 7, 3, 1 over 0–9, A–Z as 10–35, < as 0. -1 for any other sign. */
static int
add_weighted (const char *text, gsize length, gsize first)
{
  static const int weights[] = { 7, 3, 1 };
  int sum = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];
      int value = g_ascii_isdigit (c) ? c - '0' : g_ascii_isupper (c) ? c - 'A' + 10 : c == '<' ? 0 : -1;

      if (value < 0)
        return -1;
      sum += value * weights[(first + i) % 3];
    }
  return sum;
}

/* The check digit of a field, or -1 when it has signs that cannot stand in one. */
int
desk_mrz_check_digit (const char *text, gsize length)
{
  int sum = add_weighted (text, length, 0);

  return sum < 0 ? -1 : sum % 10;
}

static char *
cut (const Parse *parse, DeskMrzSpan span)
{
  return g_strndup (parse->signs + span.at, span.length);
}

/* Fillers as single spaces, none around. */
static char *
spaced (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean gap = FALSE;

  for (; *text; text++)
    if (*text == '<')
      gap = out->len > 0;
    else
      {
        if (gap)
          g_string_append_c (out, ' ');
        g_string_append_c (out, *text);
        gap = FALSE;
      }
  return g_string_free (out, FALSE);
}

static void
problem (Parse *parse, const char *field, const char *code, const char *detail)
{
  desk_problems_add (parse->mrz->problems, field, code, detail);
}

static void
warn (Parse *parse, const char *field, const char *code, const char *detail)
{
  desk_problems_warn (parse->mrz->problems, field, code, detail);
}

static void
take_document (Parse *parse)
{
  DeskMrz *mrz = parse->mrz;
  char first = parse->signs[0], second = parse->signs[1];
  g_autofree char *code = g_strndup (parse->signs, 2);
  gboolean passport = g_str_equal (mrz->type, "TD3");

  mrz->document = spaced (code);
  mrz->kind = "";
  if (passport ? first != 'P' : !parse->layout->visa && !strchr ("ACIP", first))
    problem (parse, "document", "unknown", mrz->document);
  else if (strchr ("ACI", first) && second == 'V')
    problem (parse, "document", "unknown", mrz->document);
  if (g_str_equal (mrz->document, "AC"))
    mrz->kind = "crew";
  if (first != 'P' || second == '<')
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds) && !*mrz->kind; i++)
    if (kinds[i].letter == second && (!kinds[i].issuer || g_str_equal (kinds[i].issuer, mrz->issuer)))
      mrz->kind = kinds[i].kind;
  if (!*mrz->kind)
    warn (parse, "document", "national-letter", mrz->document);
}

/* A state's three letters; Germany alone has one (D<<). */
static char *
take_state (Parse *parse, const char *field, DeskMrzSpan span)
{
  g_autofree char *raw = cut (parse, span);
  char *code = g_str_equal (raw, "D<<") ? g_strdup ("DEU") : spaced (raw);

  if (strpbrk (code, "0123456789"))
    {
      g_autofree char *likely = desk_mrz_as_letters (code);

      problem (parse, field, "not-letters", likely);
      return code;
    }
  if (*code == '\0')
    {
      warn (parse, field, "not-stated", NULL);
      return code;
    }
  for (guint i = 0; i < G_N_ELEMENTS (other_codes); i++)
    if (g_str_equal (other_codes[i], code))
      return code;
  if (!desk_country_find (code))
    warn (parse, field, "not-a-state", code);
  else if (g_str_equal (code, "CHN") && g_str_equal (field, "nationality"))
    warn (parse, field, "hong-kong-or-macao", NULL);
  return code;
}

static void
check_letters (Parse *parse, const char *field, const char *name)
{
  if (strpbrk (name, "0123456789"))
    {
      g_autofree char *likely = desk_mrz_as_letters (name);

      problem (parse, field, "not-letters", likely);
    }
}

static void
take_name (Parse *parse)
{
  DeskMrz *mrz = parse->mrz;
  g_autofree char *raw = cut (parse, parse->layout->name);
  gboolean full = raw[parse->layout->name.length - 1] != '<';
  char *start = raw + strspn (raw, "<");
  char *border = strstr (start, "<<");

  if (border)
    *border = '\0';
  mrz->family = spaced (start);
  mrz->given = spaced (border ? border + 1 : "");
  check_letters (parse, "family", mrz->family);
  check_letters (parse, "given", mrz->given);
  if (*mrz->family == '\0')
    problem (parse, "family", "missing", NULL);
  else if (*mrz->given == '\0')
    warn (parse, "given", "one-name", NULL);
  if (full)
    warn (parse, "name", "name-may-be-cut", NULL);
}

/* Compares a check digit; likely is what to offer when it is wrong, or NULL. An empty field's may be left out. */
static gboolean
check_digit (Parse *parse, const char *field, const char *text, gsize length, char digit, const char *likely)
{
  int want = desk_mrz_check_digit (text, length);
  gboolean empty = strspn (text, "<") >= length;

  if (digit == '0' + want || (empty && digit == '<'))
    return TRUE;
  problem (parse, field, "check-digit", likely);
  return FALSE;
}

/* A number longer than its nine signs goes on in the optional field (ICAO 9303-5, 4.2.4): rest, check digit, filler.
 * Older Belgian cards count the < at the place of the check digit too. Returns what remains of the optional field. */
static const char *
take_long_number (Parse *parse, const char *nine, const char *optional)
{
  gsize length = strcspn (optional, "<");
  g_autofree char *rest = g_strndup (optional, length - 1);
  g_autofree char *whole = g_strconcat (nine, rest, NULL);
  g_autofree char *legacy = g_strconcat (nine, "<", rest, NULL);
  char digit = optional[length - 1];

  parse->mrz->number = spaced (whole);
  if (digit != '0' + desk_mrz_check_digit (whole, strlen (whole)))
    {
      if (digit == '0' + desk_mrz_check_digit (legacy, strlen (legacy)))
        warn (parse, "number", "old-check-digit", NULL);
      else
        problem (parse, "number", "check-digit", NULL);
    }
  return optional + length;
}

static void
take_number (Parse *parse)
{
  const DeskMrzLayout *layout = parse->layout;
  g_autofree char *nine = cut (parse, layout->number);
  g_autofree char *optional = cut (parse, layout->optional);
  g_autofree char *more = cut (parse, layout->more);
  char digit = parse->signs[layout->number_digit];
  const char *left = optional;
  gboolean may_be_long = g_str_equal (layout->type, "TD1") || g_str_equal (layout->type, "TD2");

  if (may_be_long && digit == '<' && nine[strlen (nine) - 1] != '<' && *optional != '<')
    left = take_long_number (parse, nine, optional);
  else
    {
      parse->mrz->number = spaced (nine);
      check_digit (parse, "number", nine, strlen (nine), digit, NULL);
    }
  if (*parse->mrz->number == '\0')
    warn (parse, "number", "not-stated", NULL);
  else if (strchr (parse->mrz->number, ' '))
    warn (parse, "number", "filler-inside", NULL);

  g_autofree char *all = g_strconcat (left, "<", more, NULL);
  parse->mrz->optional = spaced (all);
  if (layout->optional_digit)
    check_digit (parse, "optional", optional, strlen (optional), parse->signs[layout->optional_digit], NULL);
}

/* Letters misread in a field of digits: the date they would make, where that agrees with the check digit. */
static char *
likely_date (Parse *parse, const char *six, char digit, gboolean birth)
{
  g_autofree char *digits = desk_mrz_as_digits (six, 6);
  g_autofree char *check = desk_mrz_as_digits (&digit, 1);
  g_autoptr (DeskProblems) unheard = desk_problems_new ();

  if ((g_str_equal (digits, six) && *check == digit) || *check != '0' + desk_mrz_check_digit (digits, 6))
    return NULL;
  return desk_mrz_day (digits, birth, parse->today, unheard);
}

static char *
take_date (Parse *parse, const char *field, DeskMrzSpan span, guint digit_at)
{
  g_autofree char *six = cut (parse, span);
  gboolean birth = g_str_equal (field, "birth");
  char digit = parse->signs[digit_at];
  g_autofree char *likely = likely_date (parse, six, digit, birth);
  char *day = desk_mrz_day (six, birth, parse->today, parse->mrz->problems);

  check_digit (parse, field, six, 6, digit, likely);
  if (!day)
    problem (parse, field, "not-a-date", likely);
  return day ? day : g_strdup ("");
}

static void
take_sex (Parse *parse)
{
  char c = parse->signs[parse->layout->sex];

  parse->mrz->sex = g_strdup (c == 'F' ? "F" : c == 'M' ? "M" : "X");
  if (!strchr ("FMX<", c))
    problem (parse, "sex", "unknown", NULL);
}

static void
check_composite (Parse *parse)
{
  const DeskMrzLayout *layout = parse->layout;
  gsize n = 0;
  int sum = 0;

  if (!layout->composite)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (layout->sum); i++)
    {
      sum += add_weighted (parse->signs + layout->sum[i].at, layout->sum[i].length, n);
      n += layout->sum[i].length;
    }
  if (parse->signs[layout->composite] != '0' + sum % 10)
    problem (parse, "composite", "check-digit", NULL);
}

/* Reads the zone in what was typed or pasted: with any line ends or none, small or full-width letters, among other
 * text. NULL when there is no such zone in it. today decides the century of the dates. Warnings (field, code): lines:
 * small-letters, full-width, other-fillers, line-length, other-text; name: name-may-be-cut; given: one-name; document:
 * national-letter; issuer, nationality: not-a-state, not-stated; nationality: hong-kong-or-macao; number:
 * old-check-digit, filler-inside, not-stated; birth: century; expiry: expired, far-off; birth, expiry: not-stated,
 * partial, zeros. Free with desk_mrz_free (). */
DeskMrz *
desk_mrz_parse (const char *text, DeskDay today)
{
  char signs[DESK_MRZ_SIGNS + 1];
  DeskMrzMended mended = 0;
  const DeskMrzLayout *layout = desk_mrz_lines (text, signs, &mended);

  if (!layout)
    return NULL;

  DeskMrz *mrz = g_new0 (DeskMrz, 1);
  Parse parse = { layout, signs, mrz, today };
  mrz->type = layout->type;
  mrz->problems = desk_problems_new ();
  for (guint i = 0; i < G_N_ELEMENTS (mendings); i++)
    if (mended & mendings[i].mended)
      warn (&parse, "lines", mendings[i].code, NULL);
  mrz->issuer = take_state (&parse, "issuer", (DeskMrzSpan){ 2, 3 });
  take_document (&parse);
  take_name (&parse);
  take_number (&parse);
  mrz->nationality = take_state (&parse, "nationality", layout->nationality);
  mrz->birth = take_date (&parse, "birth", layout->birth, layout->birth_digit);
  take_sex (&parse);
  mrz->expiry = take_date (&parse, "expiry", layout->expiry, layout->expiry_digit);
  check_composite (&parse);
  return mrz;
}

void
desk_mrz_free (DeskMrz *mrz)
{
  if (!mrz)
    return;
  g_free (mrz->document);
  g_free (mrz->issuer);
  g_free (mrz->family);
  g_free (mrz->given);
  g_free (mrz->number);
  g_free (mrz->nationality);
  g_free (mrz->birth);
  g_free (mrz->sex);
  g_free (mrz->expiry);
  g_free (mrz->optional);
  desk_problems_free (mrz->problems);
  g_free (mrz);
}

/* Whether every check digit is right. */
gboolean
desk_mrz_agrees (const DeskMrz *mrz)
{
  for (guint i = 0; i < mrz->problems->len; i++)
    if (g_str_equal (desk_problems_get (mrz->problems, i)->code, "check-digit"))
      return FALSE;
  return TRUE;
}
