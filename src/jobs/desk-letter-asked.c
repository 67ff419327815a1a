#include "desk-letter-asked.h"

#include "desk-chase-texts.h"
#include "desk-gates.h"

/* The texts that are built in, in every language there is; read once. */
const DeskChaseTexts *
desk_letter_asked_texts (void)
{
  static gsize texts;

  if (g_once_init_enter (&texts))
    g_once_init_leave (&texts, (gsize) desk_chase_texts_new (desk_chase_table));
  return (const DeskChaseTexts *) texts;
}

/* Sets a field in all languages; English is what it reads as in any other. */
static void
set_words (DeskFields *fields, const char *name, const char *key, const DeskCase *case_, DeskDay due, int months)
{
  const DeskChaseTexts *texts = desk_letter_asked_texts ();
  const char *const *languages = desk_chase_languages (texts);

  for (guint i = 0; languages[i]; i++)
    {
      g_autofree char *words = desk_chase_words (texts, languages[i], key, case_, due, months);

      desk_fields_set_in (fields, name, languages[i], words);
      if (g_str_equal (languages[i], "en"))
        desk_fields_set (fields, name, words);
    }
}

static void
set_day (DeskFields *fields, const char *name, DeskDay day)
{
  g_autofree char *text = desk_day_format (day);

  desk_fields_set (fields, name, text);
}

/* Everything the draw's gate lacks and the patient can send, with why and by when. Days are written as 2026-03-12,
 * which every reader takes the same way. */
gboolean
desk_letter_set_asked (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (DeskCase) case_ = wanted->patient_id ? desk_gates_load (db, wanted->patient_id, today, error) : NULL;

  if (!case_)
    return !wanted->patient_id;

  const struct
  {
    const char *name, *key;
  } words[] = {
    { "chase.subject", "subject" },
    { "chase.hello", "hello" },
    { "chase.intro", case_->days[DESK_GATE_DRAW] == DESK_DAY_NONE ? "intro-open" : "intro" },
    { "chase.due", "due" },
    { "chase.end", "letter-end" },
    { "chase.what", "column-what" },
    { "chase.why", "column-why" },
    { "chase.by", "column-by" },
  };
  g_autoptr (GArray) items = desk_chase_items (case_, today);
  DeskDay due = desk_chase_due (case_, today);

  set_day (fields, "chase.today", today);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    set_words (fields, words[i].name, words[i].key, case_, due, 0);
  for (guint i = 0; i < items->len; i++)
    {
      const DeskChaseItem *item = &g_array_index (items, DeskChaseItem, i);
      DeskFields *row = desk_fields_add (fields, "wanted");

      set_words (row, "what", item->rule, case_, due, 0);
      set_words (row, "why", item->why, case_, due, item->months);
      set_day (row, "by", due);
    }
  return TRUE;
}

/* A letter that asks for nothing is not sent. */
gboolean
desk_letter_check_asked (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error)
{
  g_autoptr (DeskCase) case_ = desk_gates_load (db, wanted->patient_id, today, error);

  if (!case_)
    return FALSE;
  g_autoptr (GArray) items = desk_chase_items (case_, today);
  if (items->len == 0)
    desk_problems_add (problems, "wanted", "nothing", NULL);
  return TRUE;
}
