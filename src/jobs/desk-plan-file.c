/* Reading: the helper's lines become a problem. */
#include "desk-plan-file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk-error.h"
#include "desk-lines.h"
#include "desk-reader.h"

#define MAX_BYTES (1 << 20)
#define MAX_ANSWER (8 << 20) /* a line for each attribute */
#define MOST_TOLD 8          /* problems in one message */

typedef enum
{
  NOTHING,
  CLOSED,
  BLACKOUT,
  ROOM,
  WINDOW,
  DOSE,
  PAPER,
  N_ELEMENTS
} Element;

static const char *const elements[N_ELEMENTS] = { "", "closed", "blackout", "room", "window", "dose", "paper" };

/* What one element says until the next begins. */
typedef struct
{
  Element element;
  DeskDay first, last;
  int draws, infusions;
  DeskPlanDose dose;
  DeskPlanPaper paper;
} Part;

/* Days come before all of them are known: they are laid on the days at the end. */
typedef struct
{
  DeskPlanProblem *problem;
  GArray *parts; /* of Part: closed, blackout, room */
  Part part;
  gboolean wrong;
} Reading;

static const struct
{
  const char *key;
  gsize offset;
} numbers[] = {
#define NUMBER(key, member) { key, G_STRUCT_OFFSET (DeskPlanProblem, member) }
  NUMBER ("problem.infusions", infusions),     NUMBER ("gap.min", gap_min),
  NUMBER ("gap.max", gap_max),                 NUMBER ("culture.min", culture_min),
  NUMBER ("culture.max", culture_max),         NUMBER ("culture.fresh-days", fresh_days),
  NUMBER ("culture.fresh-per-draw", fresh_per_draw), NUMBER ("culture.release-days", release_days),
  NUMBER ("bank.days", bank_days),             NUMBER ("draws.yield", yield),
  NUMBER ("draws.most", max_draws),            NUMBER ("stay.days", stay_days),
  NUMBER ("travel.before", before),            NUMBER ("travel.after", after),
  NUMBER ("travel.home-days", home_days),
#undef NUMBER
};

static const struct
{
  const char *key;
  gsize offset;
} days[] = {
#define DAY(key, member) { key, G_STRUCT_OFFSET (DeskPlanProblem, member) }
  DAY ("problem.first", first), DAY ("problem.last", last), DAY ("stay.here-since", here_since),
  DAY ("stay.permitted-until", permitted_until),
#undef DAY
};

static gboolean
read_int (const char *text, int *number)
{
  gint64 value;

  if (!g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &value, NULL))
    return FALSE;
  *number = (int) value;
  return TRUE;
}

/* What the schema's words say where the document says nothing. */
static DeskPlanProblem *
problem_usual (void)
{
  DeskPlanProblem *problem = desk_plan_problem_new ();

  problem->gap_min = 7;
  problem->gap_max = 14;
  problem->culture_min = 14;
  problem->culture_max = 21;
  problem->fresh_per_draw = 1;
  problem->release_days = 14;
  problem->bank_days = 365;
  problem->max_draws = 1;
  problem->first = problem->last = DESK_DAY_NONE;
  return problem;
}

static void
begin_part (Reading *reading, Element element)
{
  reading->part = (Part){ .element = element, .first = DESK_DAY_NONE, .last = DESK_DAY_NONE, .draws = -1, .infusions = -1,
                          .dose = { 0, DESK_DAY_NONE, DESK_DAY_NONE, 1 }, .paper = { .good_until = DESK_DAY_NONE } };
}

static void
end_window (Reading *reading)
{
  DeskDaySpan span = { reading->part.first, reading->part.last };

  if (!reading->problem->windows)
    reading->problem->windows = g_array_new (FALSE, FALSE, sizeof span);
  g_array_append_val (reading->problem->windows, span);
}

static void
end_dose (Reading *reading)
{
  if (!reading->problem->doses)
    reading->problem->doses = g_array_new (FALSE, FALSE, sizeof (DeskPlanDose));
  g_array_append_val (reading->problem->doses, reading->part.dose);
}

static void
paper_free (gpointer paper)
{
  desk_plan_paper_free (paper);
}

static void
end_paper (Reading *reading)
{
  if (!reading->problem->papers)
    reading->problem->papers = g_ptr_array_new_with_free_func (paper_free);
  if (!reading->part.paper.code)
    reading->part.paper.code = g_strdup ("");
  g_ptr_array_add (reading->problem->papers, g_memdup2 (&reading->part.paper, sizeof reading->part.paper));
}

static void
end_part (Reading *reading)
{
  Part *part = &reading->part;

  if (part->last == DESK_DAY_NONE)
    part->last = part->first;
  if (part->element == WINDOW)
    end_window (reading);
  else if (part->element == DOSE)
    end_dose (reading);
  else if (part->element == PAPER)
    end_paper (reading);
  else if (part->element != NOTHING)
    g_array_append_val (reading->parts, *part);
  begin_part (reading, NOTHING);
}

static gboolean
read_number (Reading *reading, const char *key, const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (strcmp (numbers[i].key, key) == 0)
      {
        reading->wrong |= !read_int (value, &G_STRUCT_MEMBER (int, reading->problem, numbers[i].offset));
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (strcmp (days[i].key, key) == 0)
      {
        reading->wrong |= !desk_day_parse (value, &G_STRUCT_MEMBER (DeskDay, reading->problem, days[i].offset));
        return TRUE;
      }
  return FALSE;
}

static gboolean
truth (const char *value)
{
  return strcmp (value, "true") == 0 || strcmp (value, "1") == 0;
}

/* Attributes of what can come more than once. */
static gboolean
read_part (Reading *reading, const char *name, const char *value)
{
  Part *part = &reading->part;

  if (strcmp (name, "first") == 0)
    return desk_day_parse (value, &part->first);
  if (strcmp (name, "last") == 0)
    return desk_day_parse (value, &part->last);
  if (strcmp (name, "draws") == 0)
    return read_int (value, &part->draws);
  if (strcmp (name, "infusions") == 0)
    return read_int (value, &part->infusions);
  if (strcmp (name, "id") == 0)
    return g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &part->dose.id, NULL);
  if (strcmp (name, "ready") == 0)
    return desk_day_parse (value, &part->dose.ready);
  if (strcmp (name, "expiry") == 0)
    return desk_day_parse (value, &part->dose.expiry);
  if (strcmp (name, "count") == 0)
    return read_int (value, &part->dose.count);
  if (strcmp (name, "good-until") == 0)
    return desk_day_parse (value, &part->paper.good_until);
  if (strcmp (name, "hard") == 0)
    part->paper.hard = truth (value);
  else if (strcmp (name, "for") == 0)
    {
      part->paper.for_draw = strcmp (value, "infusion") != 0;
      part->paper.for_infusion = strcmp (value, "draw") != 0;
    }
  else if (strcmp (name, "code") == 0 && !part->paper.code)
    part->paper.code = g_strdup (value);
  else
    return FALSE;
  return TRUE;
}

/* The helper is not trusted: what is no line of ours ends the reading. */
static void
read_line (Reading *reading, const char *key, const char *value)
{
  const char *dot = strchr (key, '.');

  if (!dot)
    {
      Element element = NOTHING;

      for (guint i = CLOSED; i < N_ELEMENTS; i++)
        if (strcmp (elements[i], key) == 0)
          element = (Element) i;
      end_part (reading);
      begin_part (reading, element);
      reading->wrong |= element == NOTHING;
      return;
    }
  if (strcmp (key, "problem.strategy") == 0)
    reading->wrong |= !desk_plan_strategy_read (value, &reading->problem->strategy);
  else if (!read_number (reading, key, value))
    reading->wrong |= strncmp (key, elements[reading->part.element], (gsize) (dot - key)) != 0
                      || reading->part.element == NOTHING || !read_part (reading, dot + 1, value);
}

/* Lays what was said of days on the days, in the order it was said. */
static void
lay_days (Reading *reading)
{
  DeskPlanProblem *problem = reading->problem;

  problem->days = g_array_new (FALSE, TRUE, sizeof (DeskPlanDay));
  g_array_set_size (problem->days, (guint) (problem->last - problem->first + 1));
  for (guint i = 0; i < problem->days->len; i++)
    g_array_index (problem->days, DeskPlanDay, i) = (DeskPlanDay){ .draws_left = -1, .infusions_left = -1 };
  for (guint i = 0; i < reading->parts->len; i++)
    {
      const Part *part = &g_array_index (reading->parts, Part, i);

      for (DeskDay day = MAX (part->first, problem->first); day <= MIN (part->last, problem->last); day++)
        {
          DeskPlanDay *at = &g_array_index (problem->days, DeskPlanDay, day - problem->first);

          at->closed = at->closed || part->element == CLOSED;
          at->blackout = at->blackout || part->element == BLACKOUT;
          if (part->element == ROOM)
            {
              at->draws_left = part->draws;
              at->infusions_left = part->infusions;
            }
        }
    }
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
read_lines (Reading *reading, GBytes *answer, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (answer, &length);
  g_auto (DeskLines) lines = { 0 };

  desk_lines_init (&lines, text, length);
  while (!reading->wrong && desk_lines_next (&lines))
    {
      if (strcmp (lines.key, "trouble") == 0)
        return fail (error, lines.value);
      read_line (reading, lines.key, lines.value);
    }
  end_part (reading);
  if (reading->wrong || lines.broken || reading->problem->first == DESK_DAY_NONE || reading->problem->last == DESK_DAY_NONE)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CORRUPT, "the file cannot be read");
      return FALSE;
    }
  return TRUE;
}

/* Every number that cannot be, named. The days are not laid before: there might be too many of them. */
static gboolean
check (const DeskPlanProblem *problem, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  desk_plan_problem_check (problem, problems);
  for (guint i = 0; i < problems->len && i < MOST_TOLD; i++)
    g_string_append_printf (text, "%s%s: %s", i ? ", " : "", desk_problems_get (problems, i)->field, desk_problems_get (problems, i)->code);
  return problems->len == 0 || fail (error, text->str);
}

static gboolean
small_enough (int fd, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) == 0 && info.st_size <= MAX_BYTES)
    return TRUE;
  return fail (error, "larger than 1 MB: no such document");
}

DeskPlanProblem *
desk_plan_file_read (const char *path, GCancellable *cancellable, GError **error)
{
  const DeskReaderCall call = { .mode = "plan", .max_answer = MAX_ANSWER, .seconds = 10 };
  g_autoptr (DeskPlanProblem) problem = problem_usual ();
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  Reading reading = { .problem = problem, .parts = parts };
  int input = desk_reader_open (path, error);

  if (input < 0)
    return NULL;
  if (!small_enough (input, error))
    {
      close (input);
      return NULL;
    }
  g_autoptr (GBytes) answer = desk_reader_call (&call, input, cancellable, error);
  if (!answer)
    return NULL;
  begin_part (&reading, NOTHING);
  if (!read_lines (&reading, answer, error) || !check (problem, error))
    {
      g_free (reading.part.paper.code);
      return NULL;
    }
  lay_days (&reading);
  return check (problem, error) ? g_steal_pointer (&problem) : NULL;
}
