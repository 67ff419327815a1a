/* Conflicts in words: what is there, whose it is, and the day or number that a rule is about. */
#include <glib/gi18n.h>
#include <string.h>

#include "desk-book-words.h"
#include "desk-gate-words.h"
#include "desk-holiday.h"
#include "desk-words.h"

/* "Past the last day of the stay, 3 March"; the detail is a code and a day. */
static char *
stay_words (const DeskConflict *conflict)
{
  g_auto (GStrv) parts = g_strsplit (conflict->detail, " ", 2);
  g_autofree char *day = desk_words_iso_day (parts[0] && parts[1] ? parts[1] : "");

  return g_strconcat (desk_words ("stay-fit", parts[0] ? parts[0] : ""), *day ? _(": ") : "", day, NULL);
}

/* "Dose D26-0001-1 expires on 3 March"; the detail is a code, the number and a day. */
static char *
dose_words (const DeskConflict *conflict)
{
  g_auto (GStrv) parts = g_strsplit (conflict->detail, " ", 3);
  const char *number = parts[0] && parts[1] ? parts[1] : "";
  g_autofree char *day = desk_words_iso_day (parts[0] && parts[1] && parts[2] ? parts[2] : "");

  if (strcmp (parts[0], "other") == 0)
    return g_strdup_printf (_("Dose %s is promised to the patient’s other visit at that time"), number);
  return g_strdup_printf (strcmp (parts[0], "expired") == 0 ? _("Dose %s can only be given until %s") : _("Dose %s is not there before %s"),
                          number, day);
}

static char *
capacity_words (const DeskConflict *conflict)
{
  const char *number = strchr (conflict->detail, ' ');
  int limit = number ? atoi (number) : 0;

  if (g_str_has_prefix (conflict->detail, "day"))
    return g_strdup_printf (ngettext ("A day has room for %d visit of this kind", "A day has room for %d visits of this kind", limit), limit);
  return g_strdup_printf (ngettext ("There is room for %d visit of this kind at a time", "There is room for %d visits of this kind at a time", limit),
                          limit);
}

static char *
course_words (const DeskConflict *conflict)
{
  g_auto (GStrv) parts = g_strsplit (conflict->detail, " ", 3);
  int days = parts[0] && parts[1] ? atoi (parts[1]) : 0;
  g_autofree char *day = desk_words_iso_day (parts[0] && parts[1] && parts[2] ? parts[2] : "");

  /* Translators: days, the day of the other visit */
  if (strcmp (parts[0], "too-soon") == 0)
    return g_strdup_printf (ngettext ("Less than %d day from the visit of the same course on %s",
                                      "Less than %d days from the visit of the same course on %s", days), days, day);
  return g_strdup_printf (ngettext ("More than %d day from the visit of the same course on %s",
                                    "More than %d days from the visit of the same course on %s", days), days, day);
}

/* "Chemotherapy, 3 March – 5 March" */
static char *
blackout_words (const DeskConflict *conflict)
{
  g_auto (GStrv) parts = g_strsplit (conflict->detail, " ", 3);
  g_autofree char *first = desk_words_iso_day (parts[0] && parts[1] ? parts[1] : "");
  g_autofree char *last = desk_words_iso_day (parts[0] && parts[1] && parts[2] ? parts[2] : "");
  gboolean one_day = strcmp (first, last) == 0;

  return g_strconcat (desk_words ("patient-window", parts[0] ? parts[0] : ""), _(": "), first, one_day ? "" : " – ", one_day ? "" : last, NULL);
}

/* "Lunch (staff meeting)" */
static char *
block_words (const DeskConflict *conflict)
{
  g_auto (GStrv) parts = g_strsplit (conflict->detail, " ", 2);
  const char *reason = parts[0] && parts[1] ? parts[1] : "";

  return g_strconcat (desk_words ("block", parts[0] ? parts[0] : ""), *reason ? " (" : "", reason, *reason ? ")" : "", NULL);
}

/* The kinds whose words are made of what the rule is about. */
static char *(*const makers[DESK_N_CONFLICTS]) (const DeskConflict *conflict) = {
  [DESK_CONFLICT_STAY] = stay_words,     [DESK_CONFLICT_DOSE] = dose_words,         [DESK_CONFLICT_CAPACITY] = capacity_words,
  [DESK_CONFLICT_COURSE] = course_words, [DESK_CONFLICT_BLACKOUT] = blackout_words, [DESK_CONFLICT_BLOCK] = block_words,
};

/* What stands in brackets: the other patient, the missing kind, the papers, why it is closed. */
static char *
detail_words (const DeskConflict *conflict)
{
  const char *holiday;

  switch (conflict->kind)
    {
    case DESK_CONFLICT_NEEDS:
      return g_strdup (desk_words ("resource", conflict->detail));
    case DESK_CONFLICT_GATE:
      return desk_gate_words_rules (conflict->detail);
    case DESK_CONFLICT_CLOSED:
      holiday = desk_holiday_name (conflict->day, FALSE);
      if (holiday && g_strcmp0 (holiday, conflict->detail) == 0)
        return g_strdup (desk_holiday_name (conflict->day, strcmp (desk_words_language (), "ja") == 0));
      return g_strdup (conflict->detail);
    default:
      return g_strdup (conflict->detail);
    }
}

/* "Chair 2: Taken at that time (SMITH John)"; the caller frees it. */
char *
desk_book_conflict_words (const DeskConflict *conflict, const GPtrArray *resources)
{
  const char *place = NULL;
  g_autofree char *made = makers[conflict->kind] ? makers[conflict->kind] (conflict) : NULL;
  g_autofree char *detail = made ? NULL : detail_words (conflict);

  for (guint i = 0; i < resources->len; i++)
    {
      const DeskResource *resource = g_ptr_array_index (resources, i);

      if (resource->id == conflict->resource_id)
        place = desk_words_pick (resource->name, resource->name_ja);
    }
  return g_strconcat (place ? place : "", place ? _(": ") : "", made ? made : desk_words ("conflict", desk_conflict_code (conflict->kind)),
                      detail && *detail ? " (" : "", detail ? detail : "", detail && *detail ? ")" : "", NULL);
}

static char *
join (const GPtrArray *conflicts, const GPtrArray *resources, gboolean warnings_only, const char *between)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < conflicts->len; i++)
    {
      const DeskConflict *conflict = g_ptr_array_index (conflicts, i);

      /* That a time has passed is no decision of anybody's when the book is put right afterwards. */
      if (warnings_only && (conflict->blocks || conflict->kind == DESK_CONFLICT_PAST))
        continue;
      g_autofree char *one = desk_book_conflict_words (conflict, resources);
      g_string_append_printf (words, "%s%s", words->len ? between : "", one);
    }
  return g_string_free (words, FALSE);
}

/* All of them, one a line; empty when there are none. The caller frees it. */
char *
desk_book_conflicts_words (const GPtrArray *conflicts, const GPtrArray *resources)
{
  return join (conflicts, resources, FALSE, "\n");
}

/* Those that may be passed over and need a reason, in one line; the caller frees it. */
char *
desk_book_warnings_words (const GPtrArray *conflicts, const GPtrArray *resources)
{
  return join (conflicts, resources, TRUE, "; ");
}

/* What stays with the visit: why, and what was passed over. The caller frees it. */
char *
desk_book_passed_over_words (const char *reason, const char *warnings)
{
  return g_strdup_printf ("%s (%s)", reason, warnings);
}

/* What was passed over with a visit: as it was typed, or the codes that the booking of a plan wrote. The caller frees it;
 * NULL for nothing. */
char *
desk_book_override_words (const DeskVisit *visit)
{
  const char *text = visit->override ? visit->override : "";

  if (!g_str_has_prefix (text, "plan:"))
    return *text ? g_strdup (text) : NULL;
  g_auto (GStrv) codes = g_strsplit (text + strlen ("plan:"), " ", -1);
  GString *words = g_string_new (_("Booked from a plan"));

  for (guint i = 0; codes[i]; i++)
    g_string_append_printf (words, "%s%s", i ? "; " : ": ", desk_words ("conflict", codes[i]));
  return g_string_free (words, FALSE);
}
