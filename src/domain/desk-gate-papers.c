/* Gates: papers, their age and their translations. Age counts from the day of the examination, never of the scan or
 * the translation. */
#include "desk-gate-private.h"

#include <string.h>

#include "desk-text.h"

#define PAPER(case_, i) (&g_array_index ((case_)->papers, DeskCasePaper, i))

static const char *const agents[] = { "hiv", "hbsag", "antihbc", "hcvab", "htlv", "syphilis", NULL };

/* A paper in one of these is no paper yet, or none any more. */
static const char *const useless[] = { "requested", "unreadable", "rejected", "superseded" };

/* By how much is left to do: nothing, a date to write down, a certificate, a translation, a new examination. What
 * stands first is the better paper. */
static const char *const work[] = { "ok", "partial-date", "undated", "certificate", "in-translation",
                                    "translation-stale", "language", "will-expire", "too-old" };

/* The agents a viral test before a draw must cover, NULL at the end. */
const char *const *
desk_gate_agents (void)
{
  return agents;
}

static gboolean
usable (const DeskCasePaper *paper)
{
  return !desk_text_one_of (paper->state, useless, G_N_ELEMENTS (useless));
}

/* Whether a usable paper says that it replaces this one. */
static gboolean
replaced (const DeskCase *case_, const DeskCasePaper *paper)
{
  for (guint i = 0; i < case_->papers->len; i++)
    if (PAPER (case_, i)->supersedes == paper->id && usable (PAPER (case_, i)))
      return TRUE;
  return FALSE;
}

static gboolean
reads (const char *languages, const char *language)
{
  gsize length = strlen (language);

  if (!languages || length == 0)
    return TRUE;
  for (const char *at = languages; at; at = strchr (at, ','))
    {
      at += *at == ',';
      if (strncmp (at, language, length) == 0 && (at[length] == ',' || at[length] == '\0'))
        return TRUE;
    }
  return FALSE;
}

/* Whether a translation that the clinic can read belongs to this original. One that names no original (from before
 * parts were kept) belongs to the paper of the same examination, or without that date to one that was there first. */
static gboolean
translates (const DeskCasePaper *paper, const DeskCasePaper *original, const char *languages)
{
  gboolean is_one = g_str_equal (paper->part, "translation") || g_str_equal (paper->kind, "translation");

  if (!is_one || !usable (paper) || !*paper->language || !reads (languages, paper->language))
    return FALSE;
  if (paper->part_of)
    return paper->part_of == original->id;
  return *paper->examined_on ? g_str_equal (paper->examined_on, original->examined_on)
                             : paper->received_at >= original->received_at;
}

static gboolean
has_translation (const DeskCase *case_, const DeskCasePaper *original, const char *languages)
{
  for (guint i = 0; i < case_->papers->len; i++)
    if (translates (PAPER (case_, i), original, languages))
      return TRUE;
  return FALSE;
}

static gboolean
has_certificate (const DeskCase *case_, const DeskCasePaper *original)
{
  for (guint i = 0; i < case_->papers->len; i++)
    {
      const DeskCasePaper *paper = PAPER (case_, i);

      if (g_str_equal (paper->part, "certificate") && paper->part_of == original->id && usable (paper))
        return TRUE;
    }
  return FALSE;
}

/* Whether an older paper in the chain that this one replaces was translated: its translation says nothing about
 * the new one. The chain is never longer than there are papers. */
static gboolean
was_translated (const DeskCase *case_, const DeskCasePaper *paper, const char *languages)
{
  gint64 older = paper->supersedes;

  for (guint steps = 0; older && steps < case_->papers->len; steps++)
    {
      gint64 next = 0;

      for (guint i = 0; i < case_->papers->len; i++)
        if (PAPER (case_, i)->id == older)
          {
            if (has_translation (case_, PAPER (case_, i), languages))
              return TRUE;
            next = PAPER (case_, i)->supersedes;
          }
      older = next;
    }
  return FALSE;
}

/* NULL when it can be read. */
static const char *
language_problem (const DeskCase *case_, const DeskCasePaper *paper, const char *languages)
{
  gboolean marked = g_str_equal (paper->state, "needs_translation") || g_str_equal (paper->state, "in_translation");

  if (!languages || (!marked && reads (languages, paper->language)))
    return NULL;
  if (has_translation (case_, paper, languages))
    return has_certificate (case_, paper) ? NULL : "certificate";
  if (g_str_equal (paper->state, "in_translation"))
    return "in-translation";
  return was_translated (case_, paper, languages) ? "translation-stale" : "language";
}

/* The first and the last day a date can mean: of "2026-03" the whole month. FALSE when there is none. */
static gboolean
date_range (const char *text, DeskDay *first, DeskDay *last)
{
  int year = 0, month = 0;

  if (desk_day_parse (text, first))
    {
      *last = *first;
      return TRUE;
    }
  if (!*text || !desk_partial_date_valid (text))
    return FALSE;
  year = (int) g_ascii_strtoll (text, NULL, 10);
  month = strlen (text) >= 7 ? (int) g_ascii_strtoll (text + 5, NULL, 10) : 0;
  *first = desk_day_from_ymd (year, MAX (month, 1), 1);
  *last = desk_day_add_months (*first, month ? 1 : 12) - 1;
  return TRUE;
}

/* One paper against a rule. */
static void
judge (const DeskCase *case_, const DeskGateQuestion *question, const DeskCasePaper *paper, DeskGateCheck *check)
{
  DeskDay first = DESK_DAY_NONE, last = DESK_DAY_NONE;
  gboolean dated = date_range (paper->examined_on, &first, &last);
  gboolean ages = question->months > 0;
  const char *language = language_problem (case_, paper, question->rule->languages);

  check->object_id = paper->id;
  desk_gate_until (question, check, dated && ages ? desk_day_add_months (first, question->months) : DESK_DAY_NONE,
                   "too-old", "will-expire");
  if (dated && ages && check->light > DESK_LIGHT_GREEN && last != first
      && desk_day_add_months (last, question->months) >= MAX (question->day, question->today))
    desk_gate_say (check, DESK_LIGHT_RED, "partial-date", "date");
  if (g_str_equal (paper->state, "too_old"))
    desk_gate_say (check, DESK_LIGHT_RED, "too-old", question->rule->mend);
  else if (!dated && ages)
    desk_gate_say (check, DESK_LIGHT_RED, "undated", "date");
  else if (language && !g_str_equal (check->code, "too-old"))
    desk_gate_say (check, DESK_LIGHT_RED, language, "translate");
}

static guint
rank (const char *code)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (work) && !g_str_equal (work[i], code))
    i++;
  return i;
}

static gboolean
better (const DeskGateCheck *a, const DeskGateCheck *b)
{
  guint one = rank (a->code), two = rank (b->code);

  return one != two ? one < two : a->good_until > b->good_until;
}

/* Nothing usable: what is known of one that was asked for, could not be read or was refused. */
static void
say_missing (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check)
{
  desk_gate_say (check, DESK_LIGHT_RED, "missing", question->rule->mend);
  for (guint i = 0; i < case_->papers->len; i++)
    {
      const DeskCasePaper *paper = PAPER (case_, i);
      gboolean asked = g_str_equal (paper->state, "requested");

      if (!g_str_equal (paper->kind, question->rule->what) || paper->part_of
          || g_str_equal (paper->state, "superseded") || check->due_on != DESK_DAY_NONE)
        continue;
      check->object_id = paper->id;
      check->due_on = asked ? paper->due_on : DESK_DAY_NONE;
      if (!asked)
        desk_gate_say (check, DESK_LIGHT_RED, paper->state, "ask");
      else
        desk_gate_say (check, DESK_LIGHT_RED,
                       paper->due_on != DESK_DAY_NONE && paper->due_on < question->today ? "overdue" : "requested",
                       "add-paper");
      if (asked)
        return;
    }
}

/* The best paper of the rule's kind. */
void
desk_gate_look_paper (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check)
{
  gboolean found = FALSE;

  for (guint i = 0; i < case_->papers->len; i++)
    {
      const DeskCasePaper *paper = PAPER (case_, i);
      DeskGateCheck one = *check;

      if (!g_str_equal (paper->kind, question->rule->what) || paper->part_of || !usable (paper)
          || replaced (case_, paper))
        continue;
      one.good_until = DESK_DAY_NONE;
      judge (case_, question, paper, &one);
      if (!found || better (&one, check))
        *check = one;
      found = TRUE;
    }
  if (!found)
    say_missing (case_, question, check);
}

/* Values of all agents, each young enough; else a paper; else which agents are missing. */
void
desk_gate_look_viral (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check)
{
  DeskGateCheck values = *check;
  g_autoptr (GString) missing = g_string_new (NULL);
  DeskDay oldest = G_MAXINT32;

  for (guint a = 0; agents[a]; a++)
    {
      DeskDay on = DESK_DAY_NONE;

      for (guint i = 0; i < case_->viral->len; i++)
        {
          const DeskCaseViral *result = &g_array_index (case_->viral, DeskCaseViral, i);

          if (g_str_equal (result->agent, agents[a]))
            on = MAX (on, result->on);
        }
      if (on == DESK_DAY_NONE)
        g_string_append_printf (missing, "%s%s", missing->len ? "," : "", agents[a]);
      else
        oldest = MIN (oldest, on);
    }

  desk_gate_look_paper (case_, question, check);
  if (case_->viral->len == 0)
    return;
  if (missing->len)
    {
      desk_gate_say (&values, DESK_LIGHT_RED, "agents-missing", question->rule->mend);
      g_strlcpy (values.detail, missing->str, sizeof values.detail);
    }
  else
    desk_gate_until (question, &values,
                     question->months > 0 ? desk_day_add_months (oldest, question->months) : DESK_DAY_NONE,
                     "too-old", "will-expire");
  if (values.light < check->light || (values.light == check->light && check->light != DESK_LIGHT_GREEN))
    *check = values;
}

/* A reactive result is looked at by a physician, who passes it over with a reason or not. */
void
desk_gate_look_reactive (const DeskCase *case_, const DeskGateQuestion *question, DeskGateCheck *check)
{
  if (!*case_->reactive)
    return desk_gate_say (check, case_->viral->len ? DESK_LIGHT_GREEN : DESK_LIGHT_IDLE,
                          case_->viral->len ? "ok" : "none", NULL);
  g_strlcpy (check->detail, case_->reactive, sizeof check->detail);
  desk_gate_say (check, DESK_LIGHT_RED, "reactive", question->rule->mend);
}
