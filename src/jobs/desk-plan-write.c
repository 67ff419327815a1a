/* Writing problems and answers of the planner as XML. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "desk-plan-file.h"
#include "desk-publish.h"
#include "desk-xml-check.h"
#include "desk-xml-writer.h"

#define NAMESPACE "https://uketsuke.org/ns/plan/1"

void
desk_plan_of_many_free (DeskPlanOfMany *one)
{
  if (!one)
    return;
  g_free (one->chart);
  g_free (one->name);
  desk_plan_free (one->plan);
  g_free (one);
}

static void
write_number (DeskXmlWriter *writer, const char *name, gint64 number)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  desk_xml_writer_attribute (writer, name, text);
}

static void
write_day (DeskXmlWriter *writer, const char *name, DeskDay day)
{
  g_autofree char *iso = day == DESK_DAY_NONE ? NULL : desk_day_format (day);

  if (iso)
    desk_xml_writer_attribute (writer, name, iso);
}

/* ── problems ────────────────────────────────────────────────────────────────────────────────── */

static void
write_rules (DeskXmlWriter *writer, const DeskPlanProblem *problem)
{
  desk_xml_writer_start (writer, "gap");
  write_number (writer, "min", problem->gap_min);
  write_number (writer, "max", problem->gap_max);
  desk_xml_writer_end (writer);
  desk_xml_writer_start (writer, "culture");
  write_number (writer, "min", problem->culture_min);
  write_number (writer, "max", problem->culture_max);
  write_number (writer, "fresh-days", problem->fresh_days);
  write_number (writer, "fresh-per-draw", problem->fresh_per_draw);
  write_number (writer, "release-days", problem->release_days);
  desk_xml_writer_end (writer);
  desk_xml_writer_start (writer, "bank");
  write_number (writer, "days", problem->bank_days);
  desk_xml_writer_end (writer);
  desk_xml_writer_start (writer, "draws");
  write_number (writer, "yield", problem->yield);
  write_number (writer, "most", problem->max_draws);
  desk_xml_writer_end (writer);
  desk_xml_writer_start (writer, "stay");
  write_number (writer, "days", problem->stay_days);
  write_day (writer, "here-since", problem->here_since);
  write_day (writer, "permitted-until", problem->permitted_until);
  desk_xml_writer_end (writer);
  desk_xml_writer_start (writer, "travel");
  write_number (writer, "before", problem->before);
  write_number (writer, "after", problem->after);
  write_number (writer, "home-days", problem->home_days);
  desk_xml_writer_end (writer);
}

static gboolean
is_closed (const DeskPlanDay *day, const DeskPlanDay *unused)
{
  return day->closed;
}

static gboolean
is_blackout (const DeskPlanDay *day, const DeskPlanDay *unused)
{
  return day->blackout;
}

/* Of an open day; what of a closed one is left interests nobody. */
static gboolean
is_limited (const DeskPlanDay *day, const DeskPlanDay *first)
{
  return !day->closed && (day->draws_left >= 0 || day->infusions_left >= 0)
         && (!first || (first->draws_left == day->draws_left && first->infusions_left == day->infusions_left));
}

/* A row of days that are alike as one element. */
static void
write_days (DeskXmlWriter *writer, const DeskPlanProblem *problem, const char *name,
            gboolean (*is) (const DeskPlanDay *day, const DeskPlanDay *first), gboolean room)
{
  const DeskPlanDay *days = (const DeskPlanDay *) problem->days->data;

  for (guint i = 0, until; i < problem->days->len; i = until)
    {
      until = i + 1;
      if (!is (&days[i], NULL))
        continue;
      while (until < problem->days->len && is (&days[until], &days[i]))
        until++;
      desk_xml_writer_start (writer, name);
      write_day (writer, "first", problem->first + (DeskDay) i);
      if (until > i + 1)
        write_day (writer, "last", problem->first + (DeskDay) until - 1);
      if (room && days[i].draws_left >= 0)
        write_number (writer, "draws", days[i].draws_left);
      if (room && days[i].infusions_left >= 0)
        write_number (writer, "infusions", days[i].infusions_left);
      desk_xml_writer_end (writer);
    }
}

static void
write_doses (DeskXmlWriter *writer, const DeskPlanProblem *problem)
{
  for (guint i = 0; problem->doses && i < problem->doses->len; i++)
    {
      const DeskPlanDose *dose = &g_array_index (problem->doses, DeskPlanDose, i);

      desk_xml_writer_start (writer, "dose");
      write_number (writer, "id", dose->id);
      write_day (writer, "ready", dose->ready);
      write_day (writer, "expiry", dose->expiry);
      write_number (writer, "count", dose->count);
      desk_xml_writer_end (writer);
    }
}

static void
write_papers (DeskXmlWriter *writer, const DeskPlanProblem *problem)
{
  for (guint i = 0; problem->papers && i < problem->papers->len; i++)
    {
      const DeskPlanPaper *paper = problem->papers->pdata[i];

      if (!paper->for_draw && !paper->for_infusion)
        continue;
      desk_xml_writer_start (writer, "paper");
      desk_xml_writer_attribute (writer, "code", paper->code);
      write_day (writer, "good-until", paper->good_until);
      desk_xml_writer_attribute (writer, "for", !paper->for_infusion ? "draw" : !paper->for_draw ? "infusion" : "both");
      desk_xml_writer_attribute (writer, "hard", paper->hard ? "true" : "false");
      desk_xml_writer_end (writer);
    }
}

static void
write_problem (DeskXmlWriter *writer, gconstpointer data)
{
  const DeskPlanProblem *problem = data;

  desk_xml_writer_start (writer, "plan-problem");
  desk_xml_writer_attribute (writer, "xmlns", NAMESPACE);
  desk_xml_writer_attribute (writer, "strategy", desk_plan_strategy_code (problem->strategy));
  write_number (writer, "infusions", problem->infusions);
  write_day (writer, "first", problem->first);
  write_day (writer, "last", problem->last);
  write_rules (writer, problem);
  if (problem->days)
    {
      write_days (writer, problem, "closed", is_closed, FALSE);
      write_days (writer, problem, "blackout", is_blackout, FALSE);
      write_days (writer, problem, "room", is_limited, TRUE);
    }
  for (guint i = 0; problem->windows && i < problem->windows->len; i++)
    {
      const DeskDaySpan *span = &g_array_index (problem->windows, DeskDaySpan, i);

      desk_xml_writer_start (writer, "window");
      write_day (writer, "first", span->first);
      write_day (writer, "last", span->last);
      desk_xml_writer_end (writer);
    }
  write_doses (writer, problem);
  write_papers (writer, problem);
  desk_xml_writer_end (writer);
}

/* ── answers ─────────────────────────────────────────────────────────────────────────────────── */

static void
write_visit (DeskXmlWriter *writer, const DeskPlanVisit *visit)
{
  desk_xml_writer_start (writer, "visit");
  write_day (writer, "day", visit->day);
  if (visit->draw)
    write_number (writer, "draw", visit->draw_number);
  if (visit->infusion)
    {
      desk_xml_writer_attribute (writer, "infusion", desk_plan_source_code (visit->source));
      if (visit->source != DESK_PLAN_FROM_BANK)
        write_number (writer, "from-draw", visit->from_draw);
      else if (visit->dose_id)
        write_number (writer, "dose", visit->dose_id);
    }
  desk_xml_writer_end (writer);
}

static void
write_plan (DeskXmlWriter *writer, const DeskPlan *plan)
{
  desk_xml_writer_start (writer, "plan");
  write_number (writer, "trips", plan->n_trips);
  write_number (writer, "days", plan->n_days);
  write_number (writer, "draws", plan->n_draws);
  write_number (writer, "fresh", plan->n_fresh);
  write_day (writer, "end", plan->end);
  for (guint i = 0; i < plan->trips->len; i++)
    {
      const DeskPlanTrip *trip = &g_array_index (plan->trips, DeskPlanTrip, i);

      desk_xml_writer_start (writer, "trip");
      write_day (writer, "arrival", trip->arrival);
      write_day (writer, "departure", trip->departure);
      desk_xml_writer_end (writer);
    }
  for (guint i = 0; i < plan->visits->len; i++)
    write_visit (writer, &g_array_index (plan->visits, DeskPlanVisit, i));
  for (guint i = 0; i < plan->stale->len; i++)
    {
      desk_xml_writer_start (writer, "stale");
      desk_xml_writer_attribute (writer, "code", plan->stale->pdata[i]);
      desk_xml_writer_end (writer);
    }
  desk_xml_writer_end (writer);
}

static void
write_answer (DeskXmlWriter *writer, gconstpointer data)
{
  const DeskPlanAnswer *answer = data;

  desk_xml_writer_start (writer, "plan-answer");
  desk_xml_writer_attribute (writer, "xmlns", NAMESPACE);
  if (answer->too_hard)
    desk_xml_writer_attribute (writer, "too-hard", "true");
  if (answer->unexplained)
    desk_xml_writer_attribute (writer, "unexplained", "true");
  for (guint i = 0; i < answer->plans->len; i++)
    write_plan (writer, answer->plans->pdata[i]);
  for (guint i = 0; answer->relaxations && i < answer->relaxations->len; i++)
    {
      const DeskPlanRelaxation *relaxation = answer->relaxations->pdata[i];

      desk_xml_writer_start (writer, "relaxation");
      desk_xml_writer_attribute (writer, "rule", desk_plan_rule_code (relaxation->rule));
      desk_xml_writer_attribute (writer, "in-conflict", relaxation->in_conflict ? "true" : "false");
      if (relaxation->too_hard)
        desk_xml_writer_attribute (writer, "too-hard", "true");
      for (guint k = 0; k < relaxation->plans->len; k++)
        write_plan (writer, relaxation->plans->pdata[k]);
      desk_xml_writer_end (writer);
    }
  desk_xml_writer_end (writer);
}

typedef struct
{
  const GPtrArray *all;
  DeskDay first, last;
} Many;

static void
write_many (DeskXmlWriter *writer, gconstpointer data)
{
  const Many *many = data;

  desk_xml_writer_start (writer, "plan-all");
  desk_xml_writer_attribute (writer, "xmlns", NAMESPACE);
  write_day (writer, "first", many->first);
  write_day (writer, "last", many->last);
  for (guint i = 0; i < many->all->len; i++)
    {
      const DeskPlanOfMany *one = many->all->pdata[i];

      desk_xml_writer_start (writer, "patient");
      desk_xml_writer_attribute (writer, "chart", one->chart);
      write_number (writer, "priority", one->priority);
      if (one->bound_trips)
        {
          write_number (writer, "bound-trips", one->bound_trips);
          write_number (writer, "bound-days", one->bound_days);
          write_day (writer, "bound-end", one->bound_end);
        }
      if (one->plan)
        write_plan (writer, one->plan);
      desk_xml_writer_end (writer);
    }
  desk_xml_writer_end (writer);
}

/* ── documents ───────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  void (*write) (DeskXmlWriter *writer, gconstpointer data);
  gconstpointer data;
} Document;

/* What was written is read back before it gets its name. */
static gboolean
fill (int fd, gpointer user_data, GError **error)
{
  const Document *document = user_data;
  g_autoptr (DeskXmlWriter) writer = desk_xml_writer_new (fd);

  document->write (writer, document->data);
  if (!desk_xml_writer_finish (writer, error))
    return FALSE;
  if (lseek (fd, 0, SEEK_SET) < 0)
    return desk_publish_errno (error, "plan", errno);
  return desk_xml_check_fd_as (DESK_XML_PLAN, fd, 0, NULL, NULL, error);
}

static gboolean
read_all (int fd, GString *out, GError **error)
{
  char chunk[16384];
  ssize_t n;

  if (lseek (fd, 0, SEEK_SET) < 0)
    return desk_publish_errno (error, "plan", errno);
  while ((n = read (fd, chunk, sizeof chunk)) != 0)
    {
      if (n < 0 && errno != EINTR)
        return desk_publish_errno (error, "plan", errno);
      g_string_append_len (out, chunk, MAX (n, 0));
    }
  return TRUE;
}

char *
desk_plan_file_problem (const DeskPlanProblem *problem, GError **error)
{
  Document document = { write_problem, problem };
  g_autoptr (GString) text = g_string_new (NULL);
  int fd = memfd_create ("plan", MFD_CLOEXEC);

  if (fd < 0)
    {
      desk_publish_errno (error, "plan", errno);
      return NULL;
    }
  gboolean ok = fill (fd, &document, error) && read_all (fd, text, error);
  close (fd);
  return ok ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

gboolean
desk_plan_file_write_answer (const DeskPlanAnswer *answer, const char *path, gboolean overwrite, GError **error)
{
  Document document = { write_answer, answer };

  return desk_publish (path, overwrite, fill, &document, error);
}

gboolean
desk_plan_file_write_all (const GPtrArray *all, DeskDay first, DeskDay last, const char *path, gboolean overwrite, GError **error)
{
  Many many = { all, first, last };
  Document document = { write_many, &many };

  return desk_publish (path, overwrite, fill, &document, error);
}
