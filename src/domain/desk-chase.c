#include "desk-chase.h"

#include <string.h>

#define ANSWER_DAYS 7  /* to answer a letter */
#define BEFORE_DRAW 10 /* days before a draw on which papers should be here */

struct _DeskChaseTexts
{
  GHashTable *table;    /* "language\tkey" → text */
  GPtrArray *languages; /* of char *, in the order of the table, NULL at the end */
};

/* Which codes of a rule are asked for, and with which words. */
static const struct
{
  const char *code, *why;
} asked[] = {
  { "missing", "missing" },        { "requested", "missing" },      { "overdue", "missing" },
  { "agents-missing", "missing" }, { "too-old", "old" },            { "will-expire", "old" },
  { "language", "language" },      { "translation-stale", "language" }, { "certificate", "certificate" },
  { "unreadable", "unreadable" },  { "rejected", "unreadable" },
};

/* The texts from lines of language, key, text between tabs; lines that begin with # say nothing. */
DeskChaseTexts *
desk_chase_texts_new (const char *table)
{
  DeskChaseTexts *texts = g_new0 (DeskChaseTexts, 1);
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);

  texts->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  texts->languages = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; lines[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 3);

      if (*lines[i] == '#' || g_strv_length (parts) != 3)
        continue;
      if (texts->languages->len == 0 || strcmp (g_ptr_array_index (texts->languages, texts->languages->len - 1), parts[0]))
        g_ptr_array_add (texts->languages, g_strdup (parts[0]));
      g_hash_table_insert (texts->table, g_strconcat (parts[0], "\t", parts[1], NULL), g_strdup (parts[2]));
    }
  g_ptr_array_add (texts->languages, NULL);
  return texts;
}

void
desk_chase_texts_free (DeskChaseTexts *texts)
{
  if (!texts)
    return;
  g_hash_table_unref (texts->table);
  g_ptr_array_unref (texts->languages);
  g_free (texts);
}

/* Lends the text of a key, or NULL. */
const char *
desk_chase_text (const DeskChaseTexts *texts, const char *language, const char *key)
{
  g_autofree char *both = g_strconcat (language, "\t", key, NULL);

  return g_hash_table_lookup (texts->table, both);
}

/* Lends the languages there are texts in, NULL at the end. */
const char *const *
desk_chase_languages (const DeskChaseTexts *texts)
{
  return (const char *const *) texts->languages->pdata;
}

/* The first of the patient's languages there are texts in, lent; Chinese as it is written where the passport is from.
 * NULL when there is none: then it is English, and somebody should be told. */
const char *
desk_chase_language_for (const DeskChaseTexts *texts, const char *languages, const char *nationality)
{
  static const char *const traditional[] = { "TWN", "HKG", "MAC", NULL };
  g_auto (GStrv) wanted = g_strsplit (languages ? languages : "", ",", -1);
  const char *const *there = desk_chase_languages (texts);

  for (guint i = 0; wanted[i]; i++)
    {
      const char *one = g_strstrip (wanted[i]);

      if (g_str_equal (one, "zh") && nationality && g_strv_contains (traditional, nationality))
        one = "zh-TW";
      for (guint l = 0; there[l]; l++)
        if (g_str_equal (there[l], one))
          return there[l];
    }
  return NULL;
}

static const char *
why_of (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    if (g_str_equal (asked[i].code, code))
      return asked[i].why;
  return NULL;
}

/* The papers of the draw's gate that the patient can send: DeskChaseItem, free with g_array_unref (). What is passed
 * over is not asked for, nor is what is signed or written down here. */
GArray *
desk_chase_items (const DeskCase *case_, DeskDay today)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (DeskChaseItem));
  g_autoptr (GArray) checks = desk_gate_judge (case_, DESK_GATE_DRAW, today);

  for (guint i = 0; i < checks->len; i++)
    {
      const DeskGateCheck *check = &g_array_index (checks, DeskGateCheck, i);
      gboolean paper = check->rule->look == DESK_LOOK_PAPER || check->rule->look == DESK_LOOK_VIRAL;
      DeskChaseItem item = { check->rule->code, check->rule->what, why_of (check->code),
                             desk_gate_months (check->rule, case_->settings) };

      if (!paper || desk_gate_stands (check) || !item.why || g_str_equal (item.kind, "consent"))
        continue;
      g_array_append_val (items, item);
    }
  return items;
}

/* The rules of the items, comma separated; the caller frees it. */
char *
desk_chase_codes (const GArray *items)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (text, "%s%s", i ? "," : "", g_array_index (items, DeskChaseItem, i).rule);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* By when to ask for them: in a week, but some days before the draw, and not today. */
DeskDay
desk_chase_due (const DeskCase *case_, DeskDay today)
{
  DeskDay draw = case_->days[DESK_GATE_DRAW];
  DeskDay due = draw == DESK_DAY_NONE ? today + 2 * ANSWER_DAYS : draw - BEFORE_DRAW;

  if (due < today + ANSWER_DAYS)
    due = today + ANSWER_DAYS;
  return draw != DESK_DAY_NONE && due >= draw ? MAX (draw - 1, today + 1) : due;
}

static char *
replace (char *text, const char *what, const char *with)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);

  g_free (text);
  return g_strjoinv (with, parts);
}

/* Between marks from left to right a day reads year, month, day in a text from right to left, too. */
static void
keep_order (char **day)
{
  g_autofree char *plain = *day;

  *day = g_strdup_printf ("\u200e%s\u200e", plain);
}

/* A text with its places filled; what is filled in is not read for places again that come before it. The caller
 * frees it. */
char *
desk_chase_words (const DeskChaseTexts *texts, const char *language, const char *key, const DeskCase *case_, DeskDay due, int months)
{
  const char *text = desk_chase_text (texts, language, key);
  g_autofree char *day = case_->days[DESK_GATE_DRAW] == DESK_DAY_NONE ? g_strdup ("") : desk_day_format (case_->days[DESK_GATE_DRAW]);
  g_autofree char *until = desk_day_format (due);
  g_autofree char *count = g_strdup_printf ("%d", months);
  char *filled = g_strdup (text ? text : key);

  if (g_str_equal (language, "ar"))
    {
      keep_order (&day);
      keep_order (&until);
    }
  filled = replace (filled, "{day}", day);
  filled = replace (filled, "{due}", until);
  filled = replace (filled, "{months}", count);
  return replace (filled, "{name}", case_->name);
}

static void
add_line (GString *body, char *line, const char *after)
{
  g_string_append (body, line);
  g_string_append (body, after);
  g_free (line);
}

/* The whole text, plain, to be sent as mail; the caller frees it. Days are written as 2026-03-12, which every reader
 * takes the same way. */
char *
desk_chase_body (const DeskChaseTexts *texts, const char *language, const DeskCase *case_, const GArray *items, DeskDay due,
                 const char *clinic)
{
  g_autoptr (GString) body = g_string_new (NULL);
  gboolean booked = case_->days[DESK_GATE_DRAW] != DESK_DAY_NONE;

  add_line (body, desk_chase_words (texts, language, "hello", case_, due, 0), "\n\n");
  add_line (body, desk_chase_words (texts, language, booked ? "intro" : "intro-open", case_, due, 0), "\n\n");
  for (guint i = 0; i < items->len; i++)
    {
      const DeskChaseItem *item = &g_array_index (items, DeskChaseItem, i);

      g_string_append (body, "• ");
      add_line (body, desk_chase_words (texts, language, item->rule, case_, due, 0), "\n   – ");
      add_line (body, desk_chase_words (texts, language, item->why, case_, due, item->months), "\n");
    }
  g_string_append_c (body, '\n');
  add_line (body, desk_chase_words (texts, language, "due", case_, due, 0), "\n");
  add_line (body, desk_chase_words (texts, language, "end", case_, due, 0), "\n\n");
  g_string_append (body, clinic);
  return g_string_free (g_steal_pointer (&body), FALSE);
}
