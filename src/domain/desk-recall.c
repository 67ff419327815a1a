#include "desk-recall.h"

static const char *const kinds[] = { "preventive", "storage", "follow_up", "viral", "other", NULL };
static const char *const ways[] = { "phone", "mail", "message", "agency", "other", NULL };
static const char *const results[] = { "reached", "no_answer", "left_word", "wrong_number", "answered_later", NULL };
static const char *const outcomes[] = { "booked", "reached", "declined", "unreachable", "not_needed", NULL };

void
desk_recall_free (DeskRecall *recall)
{
  if (!recall)
    return;
  g_free (recall->kind);
  g_free (recall->source);
  g_free (recall->note);
  g_free (recall->outcome);
  g_free (recall->patient_name);
  g_free (recall->patient_chart);
  g_free (recall->phone);
  g_free (recall->email);
  g_free (recall->languages);
  g_free (recall->zone);
  g_free (recall->last_way);
  g_free (recall->last_result);
  g_free (recall->last_note);
  g_free (recall);
}

/* Twins of the schema's CHECKs; NULL-terminated, static. */
const char *const *
desk_recall_kinds (void)
{
  return kinds;
}

const char *const *
desk_recall_ways (void)
{
  return ways;
}

const char *const *
desk_recall_results (void)
{
  return results;
}

const char *const *
desk_recall_outcomes (void)
{
  return outcomes;
}

/* When it is tried again after that result; attempts counts this one too. Whoever did not answer three times is left
 * alone for longer. */
DeskDay
desk_recall_next (const char *result, int attempts, DeskDay today)
{
  static const struct
  {
    const char *result;
    int days, days_later;
  } waits[] = {
    { "no_answer", 1, 7 }, { "left_word", 3, 7 }, { "wrong_number", 0, 0 }, { "answered_later", 3, 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    if (g_strcmp0 (waits[i].result, result) == 0)
      return today + (attempts >= 3 ? waits[i].days_later : waits[i].days);
  return today;
}

/* The outcome an attempt comes to by itself: who was reached is done; NULL when it goes on. Static. */
const char *
desk_recall_outcome_of (const char *result)
{
  return g_strcmp0 (result, "reached") == 0 ? "reached" : NULL;
}

/* Days as somebody typed them, "1, 7" (also 1、7 and full-width figures): of int, each once, ascending; empty for
 * nothing typed. NULL when one is no whole number from 0 to 730. */
GArray *
desk_recall_days_read (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text ? text : "", -1, G_NORMALIZE_ALL_COMPOSE);
  g_auto (GStrv) words = plain ? g_regex_split_simple ("[\\s,、;・]+", plain, 0, 0) : NULL;
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (int));
  gboolean on[DESK_RECALL_MOST + 1] = { FALSE };

  for (guint i = 0; words && words[i]; i++)
    {
      guint64 n;

      if (!*words[i])
        continue;
      if (!g_ascii_string_to_unsigned (words[i], 10, 0, DESK_RECALL_MOST, &n, NULL))
        return NULL;
      on[n] = TRUE;
    }
  for (int n = 0; words && n <= DESK_RECALL_MOST; n++)
    if (on[n])
      g_array_append_val (days, n);
  return words ? g_steal_pointer (&days) : NULL;
}
