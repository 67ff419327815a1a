#include "desk-list-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-book-words.h"
#include "desk-words.h"

/* "Mon Wed"; NULL for every day. */
char *
desk_list_weekdays_words (const char *weekdays)
{
  static const char *const names[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };
  g_autoptr (GString) words = g_string_new (NULL);

  if (strlen (weekdays) >= 7)
    return NULL;
  for (const char *p = weekdays; *p; p++)
    if (*p >= '1' && *p <= '7')
      g_string_append_printf (words, "%s%s", words->len ? " " : "", _(names[*p - '1']));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
days_words (const DeskWaiting *waiting)
{
  g_autofree char *first = waiting->first_day == DESK_DAY_NONE ? NULL : desk_words_day_short (waiting->first_day);
  g_autofree char *last = waiting->last_day == DESK_DAY_NONE ? NULL : desk_words_day_short (waiting->last_day);

  if (first && last)
    return g_strdup_printf ("%s – %s", first, last);
  if (first)
    return g_strdup_printf (_("from %s"), first);
  return last ? g_strdup_printf (_("until %s"), last) : NULL;
}

static char *
times_words (const DeskWaiting *waiting)
{
  g_autofree char *from = desk_book_time_words (waiting->from_minute), *until = desk_book_time_words (waiting->until_minute);

  return waiting->from_minute == 0 && waiting->until_minute == 1440 ? NULL : g_strdup_printf ("%s–%s", from, until);
}

/* What somebody waits for, but for the name. */
char *
desk_list_waiting_words (DeskPage *page, const DeskWaiting *waiting)
{
  static const char *const priorities[] = { "", "first", "", "last" };
  const char *priority = priorities[CLAMP (waiting->priority, 1, 3)];
  g_autofree char *days = days_words (waiting), *times = times_words (waiting), *weekdays = desk_list_weekdays_words (waiting->weekdays);
  g_autofree char *since = desk_words_day_short (desk_instant_day (waiting->added_at, desk_page_get_zone (page)));
  g_autofree char *waits = g_strdup_printf (_("waits since %s"), since);
  g_autofree char *notice = waiting->notice_days
                                ? g_strdup_printf (g_dngettext (NULL, "%d day’s notice", "%d days’ notice", waiting->notice_days), waiting->notice_days)
                                : NULL;
  g_autofree char *booked = waiting->visit_starts_at ? desk_words_when (waiting->visit_starts_at, desk_page_get_zone (page)) : NULL;
  g_autofree char *rather = booked ? g_strdup_printf (_("would rather come before %s"), booked) : NULL;
  const char *facts[] = { desk_page_visit_type (page, waiting->type), *priority ? desk_words ("priority", priority) : NULL, days, weekdays, times,
                          notice, rather, waits, waiting->phone, waiting->note };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

/* Due, tried how often, what came of it, and the number to call. */
char *
desk_list_recall_words (DeskPage *page, const DeskRecall *recall)
{
  GTimeZone *zone = desk_page_get_zone (page);
  g_autofree char *day = desk_words_day_short (recall->due), *next = desk_words_day_short (recall->next);
  g_autofree char *due = g_strdup_printf (_("due %s"), day);
  g_autofree char *again = recall->next != recall->due ? g_strdup_printf (_("again %s"), next) : NULL;
  g_autofree char *tries = recall->attempts
                               ? g_strdup_printf (g_dngettext (NULL, "%d attempt", "%d attempts", recall->attempts), recall->attempts)
                               : g_strdup (_("not tried yet"));
  g_autofree char *when = recall->last_at ? desk_words_when (recall->last_at, zone) : NULL;
  g_autofree char *last = when ? g_strdup_printf ("%s: %s (%s)", when, desk_words ("recall-result", recall->last_result),
                                                  desk_words ("recall-way", recall->last_way))
                               : NULL;
  g_autoptr (GTimeZone) theirs = *recall->zone ? g_time_zone_new_identifier (recall->zone) : NULL;
  g_autofree char *clock = theirs ? desk_words_when (g_get_real_time () / G_USEC_PER_SEC, theirs) : NULL;
  g_autofree char *there = clock ? g_strdup_printf (_("there it is %s"), clock) : NULL;
  const char *facts[] = { due, again, tries, last, *recall->phone ? recall->phone : recall->email, there, recall->note };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

/* "Thu 3 Dec 10:00–11:00 Infusion came free: 3 people fit". */
char *
desk_list_freed_title (DeskPage *page, const DeskFreedSlot *slot, guint n_fits)
{
  GTimeZone *zone = desk_page_get_zone (page);
  g_autofree char *from = desk_words_when (slot->starts_at, zone), *until = desk_words_time (slot->ends_at, zone);
  g_autofree char *fit = n_fits ? g_strdup_printf (g_dngettext (NULL, "%u person fits", "%u people fit", n_fits), n_fits)
                                : g_strdup (_("nobody who waits fits"));

  return g_strdup_printf (_("%s–%s %s came free: %s"), from, until, desk_page_visit_type (page, slot->type), fit);
}

/* Why not, or what to ask about first; NULL for nothing. */
char *
desk_list_misses_words (guint misses)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint bit = 1; bit <= DESK_WAITING_GATE; bit <<= 1)
    if (misses & bit)
      g_string_append_printf (words, "%s%s", words->len ? " · " : "", desk_words ("waiting-miss", desk_waiting_miss_code (bit)));
  return words->len ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}
