#include "desk-print-words.h"

#include <glib/gi18n.h>

#include "desk-words.h"

/* State, place and what it says itself; the caller frees it. */
char *
desk_print_words_printer (const DeskPrinter *printer)
{
  g_autofree char *waiting = printer->waiting == 0 ? g_strdup ("")
                                                   : g_strdup_printf (g_dngettext (NULL, "%u job before yours", "%u jobs before yours", printer->waiting),
                                                                      printer->waiting);
  const char *facts[] = { desk_words ("printer-state", printer->state), waiting, printer->message, printer->where };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

/* Why the pages that were typed are none; the caller frees it. */
char *
desk_print_words_range (const char *problem, guint number, guint n_pages)
{
  if (g_str_equal (problem, "range-beyond"))
    return g_strdup_printf (g_dngettext (NULL, "There is no page %2$u: the paper has %1$u page.", "There is no page %2$u: the paper has %1$u pages.", n_pages),
                            n_pages, number);
  return g_strdup (desk_words ("print-range", problem));
}

/* What will lie in the tray; the caller frees it. */
char *
desk_print_words_outcome (const DeskPrintPaper *paper, guint n_pages, guint all, guint copies)
{
  g_autofree char *pages = g_strdup_printf (g_dngettext (NULL, "%u page", "%u pages", n_pages * copies), n_pages * copies);
  g_autofree char *what = NULL;

  if (!paper->marked)
    what = g_strdup_printf (g_dngettext (NULL, "%u copy", "%u copies", copies), copies);
  else if (paper->copy_no)
    what = g_strdup_printf (g_dngettext (NULL, "%u copy with the copy mark: the original went out before.",
                                         "%u copies with the copy mark: the original went out before.", copies), copies);
  else if (copies == 1)
    what = g_strdup (_("The original."));
  else
    what = g_strdup_printf (g_dngettext (NULL, "The original, and %u copy with the copy mark.", "The original, and %u copies with the copy mark.", copies - 1),
                            copies - 1);
  const char *part = paper->marked && paper->copy_no == 0 && n_pages < all
                         ? _("These pages are the original; the others can later only be printed as copies.") : "";
  return g_strdup_printf ("%s\n%s%s%s", pages, what, *part ? "\n" : "", part);
}

static const char *
next_words (DeskPrintStage stage, gboolean marked)
{
  if (stage == DESK_PRINT_NOT_GIVEN)
    return marked ? _("Nothing came out, and what is printed next is still the original. Look at the printer and print again, choose another one, or make a PDF.")
                  : _("Nothing came out. Look at the printer and print again, choose another one, or make a PDF.");
  return marked ? _("Pages may have come out: take them from the tray and destroy them. What is printed from now on carries the copy mark; where an original is needed, correct the paper, which gives it a new number.")
                : _("Pages may have come out: take them from the tray, then print again.");
}

/* How far it has come, and what is to be done where it failed; the caller frees it. */
char *
desk_print_words_stage (DeskPrintStage stage, const char *printer, const char *words, gboolean marked)
{
  gboolean says = words && *words;

  switch (stage)
    {
    case DESK_PRINT_WAITING:
      return g_strdup_printf (_("On its way to %s"), printer);
    case DESK_PRINT_PRINTING:
      return g_strdup_printf (_("%s is printing"), printer);
    case DESK_PRINT_HELD:
      return says ? g_strdup_printf (_("%s needs somebody: %s"), printer, words)
                  : g_strdup_printf (_("%s needs somebody: look for paper, toner and open doors."), printer);
    case DESK_PRINT_DONE:
      return g_strdup_printf (_("Printed on %s"), printer);
    default:
      break;
    }
  g_autofree char *what = stage == DESK_PRINT_LOST ? g_strdup_printf (_("Nobody knows how the print on %s ended."), printer)
                          : stage == DESK_PRINT_NOT_GIVEN
                              ? says ? g_strdup_printf (_("%s did not take it: %s."), printer, words) : g_strdup_printf (_("%s did not take it."), printer)
                              : says ? g_strdup_printf (_("%s stopped half-way: %s."), printer, words) : g_strdup_printf (_("%s stopped half-way."), printer);
  return g_strdup_printf ("%s %s", what, next_words (stage, marked));
}
