#include "desk-document.h"

#include <stdio.h>
#include <string.h>

#include "desk-document-state.h"
#include "desk-text.h"

static const char *const parts[] = { "translation", "certificate", "page" };

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

/* The first day that a date known to the year or month only may mean. */
static DeskDay
first_day (const char *partial)
{
  int year = 0, month = 1, day = 1;

  sscanf (partial, "%d-%d-%d", &year, &month, &day);
  return desk_day_from_ymd (year, month, day);
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
  DeskDay due;
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
  if (*document->examined_on && !desk_partial_date_valid (document->examined_on))
    desk_problems_add (problems, "examined_on", "not-a-date", NULL);
  else if (*document->examined_on && first_day (document->examined_on) > today)
    desk_problems_add (problems, "examined_on", "in-future", NULL);
  if (*document->language && !desk_text_is_language (document->language))
    desk_problems_add (problems, "language", "not-a-language", NULL);
}
