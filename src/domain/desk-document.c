#include "desk-document.h"

#include <string.h>

#include "desk-document-state.h"
#include "desk-text.h"

/* What must be there before a draw, and how fresh on that day: product.md [fresh], three calendar months by
 * default. Before infusions for prevention there is no disease to report on. */
static const DeskDocumentRule rules[] = {
  { "medical_report", 3, TRUE, FALSE, FALSE }, { "pathology", 0, TRUE, FALSE, FALSE },
  { "imaging", 3, TRUE, FALSE, FALSE },        { "bloodwork", 3, TRUE, TRUE, FALSE },
  { "viral", 3, TRUE, TRUE, FALSE },           { "passport", 0, TRUE, TRUE, TRUE },
};

static const char *const parts[] = { "translation", "certificate", "page" };

/* A paper in one of these is no paper yet, or none any more. */
static const char *const useless_states[] = { "requested", "unreadable", "rejected", "superseded" };

#define N_TEXTS 14

static char **
text_member (DeskDocument *document, guint i)
{
  char **const members[N_TEXTS]
      = { &document->kind,       &document->state,  &document->title,      &document->examined_on, &document->language,
          &document->media_type, &document->digest, &document->note,       &document->part,        &document->reason,
          &document->source,     &document->due_on, &document->translator, &document->link };

  return members[i];
}

/* Free with desk_document_free (). */
DeskDocument *
desk_document_copy (const DeskDocument *document)
{
  DeskDocument *copy = g_memdup2 (document, sizeof *document);

  for (guint i = 0; i < N_TEXTS; i++)
    *text_member (copy, i) = g_strdup (*text_member (copy, i));
  return copy;
}

void
desk_document_free (DeskDocument *document)
{
  if (!document)
    return;
  for (guint i = 0; i < N_TEXTS; i++)
    g_free (*text_member (document, i));
  g_free (document);
}

/* Adds all that is wrong with a paper's row. The texts up to note must not be NULL. */
void
desk_document_check (const DeskDocument *document, DeskDay today, DeskProblems *problems)
{
  const struct
  {
    const char *text, *field;
    guint max;
  } more[] = { { document->reason, "reason", 500 }, { document->source, "source", 200 },
               { document->translator, "translator", 200 }, { document->link, "link", 2000 } };
  DeskDay examined, due;
  guint n_kinds, n_states;
  const char *const *kinds = desk_document_kinds (&n_kinds), *const *states = desk_document_states (&n_states);

  desk_text_check (document->title, "title", 200, FALSE, problems);
  desk_text_check (document->note, "note", 2000, TRUE, problems);
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    if (more[i].text)
      desk_text_check (more[i].text, more[i].field, more[i].max, FALSE, problems);
  if (g_str_equal (document->state, "rejected") && (!document->reason || !*document->reason))
    desk_problems_add (problems, "reason", "missing", NULL);
  if (document->due_on && *document->due_on && !desk_day_parse (document->due_on, &due))
    desk_problems_add (problems, "due_on", "not-a-date", NULL);
  if (document->part && *document->part && !desk_text_one_of (document->part, parts, G_N_ELEMENTS (parts)))
    desk_problems_add (problems, "part", "unknown", NULL);
  if (!desk_text_one_of (document->kind, kinds, n_kinds))
    desk_problems_add (problems, "kind", "unknown", NULL);
  if (!desk_text_one_of (document->state, states, n_states))
    desk_problems_add (problems, "state", "unknown", NULL);
  if (*document->examined_on && !desk_day_parse (document->examined_on, &examined))
    desk_problems_add (problems, "examined_on", "not-a-date", NULL);
  else if (*document->examined_on && examined > today)
    desk_problems_add (problems, "examined_on", "in-future", NULL);
  if (*document->language && !desk_text_is_language (document->language))
    desk_problems_add (problems, "language", "not-a-language", NULL);
}

/* Lends the table of rules; it has n_rules rows. */
const DeskDocumentRule *
desk_document_rules (guint *n_rules)
{
  *n_rules = G_N_ELEMENTS (rules);
  return rules;
}

static gboolean
is_usable (const DeskDocument *document)
{
  return !desk_text_one_of (document->state, useless_states, G_N_ELEMENTS (useless_states));
}

static gboolean
is_readable (const char *language)
{
  return *language == '\0' || g_str_equal (language, "en") || g_str_equal (language, "ja");
}

/* A translation belongs to the paper of the same examination; one without that date to any paper that was
 * there before it, because a newer original makes it stale. */
static gboolean
is_translated (const DeskDocument *original, const GPtrArray *documents)
{
  for (guint i = 0; i < documents->len; i++)
    {
      const DeskDocument *other = documents->pdata[i];

      if (!g_str_equal (other->kind, "translation") || !is_usable (other) || !is_readable (other->language))
        continue;
      if (*other->examined_on ? g_str_equal (other->examined_on, original->examined_on)
                              : other->received_at >= original->received_at)
        return TRUE;
    }
  return FALSE;
}

static gboolean
needs_translation (const DeskDocument *document, const DeskDocumentRule *rule, const GPtrArray *documents)
{
  if (rule->any_language)
    return FALSE;
  if (g_str_equal (document->state, "needs_translation") || g_str_equal (document->state, "in_translation"))
    return TRUE;
  return !is_readable (document->language) && !is_translated (document, documents);
}

static DeskPaperNeed
judge (const DeskDocument *document, const DeskDocumentRule *rule, const GPtrArray *documents, DeskDay today,
       DeskDay draw_day)
{
  DeskPaperNeed need = { rule, DESK_PAPER_GOOD, document->id, DESK_DAY_NONE };
  DeskDay examined;
  gboolean dated = desk_day_parse (document->examined_on, &examined);

  if (dated && rule->max_age_months > 0)
    need.good_until = desk_day_add_months (examined, rule->max_age_months);

  if (g_str_equal (document->state, "too_old") || (need.good_until != DESK_DAY_NONE && today > need.good_until))
    need.state = DESK_PAPER_TOO_OLD;
  else if (!dated && rule->max_age_months > 0)
    need.state = DESK_PAPER_UNDATED;
  else if (needs_translation (document, rule, documents))
    need.state = DESK_PAPER_LANGUAGE;
  else if (need.good_until != DESK_DAY_NONE && draw_day != DESK_DAY_NONE && draw_day > need.good_until)
    need.state = DESK_PAPER_WILL_EXPIRE;
  return need;
}

static gboolean
is_better (const DeskPaperNeed *a, const DeskPaperNeed *b)
{
  /* By how much is left to do: nothing, a date to write down, a translation, a new examination. */
  static const int work[] = { [DESK_PAPER_GOOD] = 0, [DESK_PAPER_UNDATED] = 1, [DESK_PAPER_LANGUAGE] = 2,
                              [DESK_PAPER_WILL_EXPIRE] = 3, [DESK_PAPER_TOO_OLD] = 4, [DESK_PAPER_MISSING] = 5 };

  return work[a->state] != work[b->state] ? work[a->state] < work[b->state] : a->good_until > b->good_until;
}

/* One DeskPaperNeed for each kind of paper that the purpose ("treatment" or "prevention") calls for, judged by
 * the best paper there is. documents are all of one patient; draw_day may be DESK_DAY_NONE. Free with
 * g_array_unref (). */
GArray *
desk_document_needs (const GPtrArray *documents, const char *purpose, DeskDay today, DeskDay draw_day)
{
  GArray *needs = g_array_new (FALSE, FALSE, sizeof (DeskPaperNeed));
  gboolean prevention = g_str_equal (purpose, "prevention");

  for (guint r = 0; r < G_N_ELEMENTS (rules); r++)
    {
      const DeskDocumentRule *rule = &rules[r];
      DeskPaperNeed best = { rule, DESK_PAPER_MISSING, 0, DESK_DAY_NONE };

      if (prevention ? !rule->needed_for_prevention : !rule->needed_for_treatment)
        continue;
      for (guint i = 0; i < documents->len; i++)
        {
          const DeskDocument *document = documents->pdata[i];

          if (!g_str_equal (document->kind, rule->kind) || !is_usable (document))
            continue;
          DeskPaperNeed need = judge (document, rule, documents, today, draw_day);
          if (is_better (&need, &best))
            best = need;
        }
      g_array_append_val (needs, best);
    }
  return needs;
}
