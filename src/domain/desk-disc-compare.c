#include "desk-disc-compare.h"

#include <string.h>

#include "desk-fold.h"
#include "desk-mrz.h"

#define MAX_GROUPS 3

/* What kind of letters a name is in: only like is compared with like. */
typedef enum
{
  NO_LETTERS,
  LATIN,
  KANA,
  HAN, /* at least one Han character */
  HANGUL,
  OTHER,
} Letters;

static Letters
letters_of (const char *text)
{
  Letters found = NO_LETTERS;

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeScript script = g_unichar_get_script (c);

      if (script == G_UNICODE_SCRIPT_HAN)
        return HAN;
      if (found != NO_LETTERS || !g_unichar_isalpha (c))
        continue;
      if (script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA)
        found = KANA;
      else
        found = script == G_UNICODE_SCRIPT_LATIN ? LATIN : script == G_UNICODE_SCRIPT_HANGUL ? HANGUL : OTHER;
    }
  return found;
}

/* Long vowels as passports leave them out: Tarou, Taroh and Tarō are Taro, Yuuki is Yuki. */
static char *
shorten (const char *folded)
{
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p; p++)
    {
      char last = out->len > 0 ? out->str[out->len - 1] : '\0';

      if ((last == 'o' && (*p == 'u' || *p == 'o')) || (last == 'u' && *p == 'u'))
        continue;
      if (last == 'o' && *p == 'h' && !strchr ("aeiouy", p[1] ? p[1] : ' '))
        continue;
      g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The folded words in an order of their own, or joined as they stand. */
static char *
join_words (const char *folded, gboolean sorted)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  if (sorted)
    qsort (words, g_strv_length (words), sizeof *words, compare_words);
  return g_strjoinv (sorted ? " " : "", words);
}

static gboolean
same_latin (const char *a, const char *b)
{
  g_autofree char *folded_a = desk_fold (a), *folded_b = desk_fold (b);
  g_autofree char *short_a = shorten (folded_a), *short_b = shorten (folded_b);
  g_autofree char *sorted_a = join_words (short_a, TRUE), *sorted_b = join_words (short_b, TRUE);
  g_autofree char *joined_a = join_words (short_a, FALSE), *joined_b = join_words (short_b, FALSE);

  return strcmp (sorted_a, sorted_b) == 0 || strcmp (joined_a, joined_b) == 0 || desk_mrz_name_matches (a, b)
         || desk_mrz_name_matches (b, a);
}

static gboolean
same_dense (const char *a, const char *b)
{
  g_autofree char *folded_a = desk_fold (a), *folded_b = desk_fold (b);
  g_autofree char *joined_a = join_words (folded_a, FALSE), *joined_b = join_words (folded_b, FALSE);

  return strcmp (joined_a, joined_b) == 0;
}

/* One group of the disc's name as words. */
static char *
group_text (const char *group)
{
  g_auto (GStrv) parts = g_strsplit (group, "^", -1);
  GString *text = g_string_new (NULL);

  /* Prefix and suffix are titles. */
  for (guint i = 0; parts[i] && i < 3; i++)
    if (*parts[i])
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", parts[i]);
  return g_string_free (text, FALSE);
}

/* What the chart knows in those letters: each name as the chart orders it, and turned round. */
static gboolean
chart_has (const DeskPatient *patient, const char *name, Letters letters, gboolean *comparable)
{
  const char *const pairs[][2] = {
    { patient->family, patient->given }, { patient->family_native, patient->given_native }, { patient->kana, "" },
  };
  gboolean same = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const char *first = pairs[i][0] ? pairs[i][0] : "", *second = pairs[i][1] ? pairs[i][1] : "";
      g_autofree char *straight = g_strconcat (first, " ", second, NULL), *turned = g_strconcat (second, " ", first, NULL);

      if (letters_of (straight) != letters)
        continue;
      *comparable = TRUE;
      if (letters == LATIN)
        same = same || same_latin (straight, name) || same_latin (turned, name);
      else
        same = same || same_dense (straight, name) || same_dense (turned, name);
    }
  return same;
}

static void
compare_name (const DeskPatient *patient, const char *name, DeskProblems *problems)
{
  g_auto (GStrv) groups = g_strsplit (name, "=", MAX_GROUPS);
  g_autofree char *shown = desk_disc_name_text (name);
  gboolean compared = FALSE;

  for (guint i = 0; groups[i]; i++)
    {
      g_autofree char *text = group_text (groups[i]);
      Letters letters = letters_of (text);
      gboolean comparable = FALSE;

      if (letters == NO_LETTERS)
        continue;
      if (!chart_has (patient, text, letters, &comparable) && comparable)
        {
          desk_problems_warn (problems, "name", "name-differs", shown);
          return;
        }
      compared = compared || comparable;
    }
  if (!*shown)
    desk_problems_warn (problems, "name", "name-missing", NULL);
  else if (!compared)
    desk_problems_warn (problems, "name", "name-not-compared", shown);
}

/* As far as both know it. */
static gboolean
same_birth (const char *a, const char *b)
{
  return strncmp (a, b, MIN (strlen (a), strlen (b))) == 0;
}

/* What differs between the chart and the disc, as warnings: name-differs, name-missing, name-not-compared (in letters the
 * chart does not have), birth-differs, birth-missing, sex-differs; the detail is what the disc says. Free with
 * desk_problems_free (). */
DeskProblems *
desk_disc_compare (const DeskPatient *patient, const DeskDiscPerson *person)
{
  DeskProblems *problems = desk_problems_new ();
  const char *birth = patient->birth ? patient->birth : "", *sex = patient->sex ? patient->sex : "";

  compare_name (patient, person->name, problems);
  if (!*person->birth)
    desk_problems_warn (problems, "birth", "birth-missing", NULL);
  else if (!*birth || !same_birth (birth, person->birth))
    desk_problems_warn (problems, "birth", "birth-differs", person->birth);
  if (strcmp (sex, person->sex) != 0 && strchr ("MF", sex[0] ? sex[0] : 'X') && strchr ("MF", person->sex[0] ? person->sex[0] : 'X'))
    desk_problems_warn (problems, "sex", "sex-differs", person->sex);
  return problems;
}

/* The groups of a name as one reads them: "YAMADA Tarou, 山田 太郎, やまだ たろう". The caller frees it. */
char *
desk_disc_name_text (const char *name)
{
  g_auto (GStrv) groups = g_strsplit (name, "=", MAX_GROUPS);
  GString *text = g_string_new (NULL);

  for (guint i = 0; groups[i]; i++)
    {
      g_autofree char *group = group_text (groups[i]);

      if (*group)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", group);
    }
  return g_string_free (text, FALSE);
}
