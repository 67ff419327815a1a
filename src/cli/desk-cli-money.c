/* Commands about money: how a patient stands, what a day brought, numbers that were passed over. */
#include "desk-cli.h"

#include <glib/gi18n.h>

#include "desk-day-closes.h"
#include "desk-payments.h"
#include "desk-series.h"

static void
print_amount (const char *name, gint64 amount, const char *currency)
{
  g_autofree char *text = desk_money_plain (amount, currency);

  g_print ("%s\t%s\t%s\n", name, currency, text);
}

static gboolean
print_balance (DeskDb *db, const DeskCliArgs *args, DeskDay day, GError **error)
{
  gint64 id;
  DeskBalance balance;

  if (!desk_cli_find_patient (db, args, &id, error) || !desk_balance_of (db, id, day, &balance, error))
    return FALSE;
  print_amount ("billed", balance.billed, "JPY");
  print_amount ("credited", balance.credited, "JPY");
  print_amount ("paid", balance.paid, "JPY");
  print_amount ("refunded", balance.refunded, "JPY");
  print_amount ("open", balance.open, "JPY");
  print_amount ("overdue", balance.overdue, "JPY");
  print_amount ("deposits", balance.deposits, "JPY");
  return TRUE;
}

/* The totals of a day by way of paying; as counted when it is closed. */
static gboolean
print_day (DeskDb *db, DeskDay day, GError **error)
{
  gboolean closed;

  if (!desk_day_is_closed (db, day, &closed, error))
    return FALSE;
  g_autoptr (DeskDayClose) close = closed ? desk_day_close_load (db, day, error) : desk_day_close_begin (db, day, error);
  for (guint i = 0; close && i < close->lines->len; i++)
    {
      const DeskDayCloseLine *line = close->lines->pdata[i];
      g_autofree char *counted = desk_money_plain (line->counted, line->currency);

      if (closed)
        {
          g_autofree char *expected = desk_money_plain (line->expected, line->currency);
          g_print ("%s\t%s\t%s\t%s\n", line->method, line->currency, expected, counted);
        }
      else
        print_amount (line->method, line->expected, line->currency);
    }
  return close != NULL;
}

/* --clinic FILE money [--patient CHART] [--date D] */
gboolean
desk_cli_money (const DeskCliArgs *args, GError **error)
{
  DeskDay day = args->given & DESK_OPT_DATE ? args->date : desk_cli_today ();
  g_autoptr (DeskDb) db = desk_cli_open (args, error);

  if (!db)
    return FALSE;
  return args->patient ? print_balance (db, args, day, error) : print_day (db, day, error);
}

/* --clinic FILE numbers: the numbers of papers that were passed over, and why. */
gboolean
desk_cli_numbers (const DeskCliArgs *args, GError **error)
{
  g_autoptr (DeskDb) db = desk_cli_open (args, error);
  g_autoptr (GPtrArray) gaps = db ? desk_series_gaps (db, error) : NULL;

  for (guint i = 0; gaps && i < gaps->len; i++)
    {
      const DeskSeriesGap *gap = gaps->pdata[i];
      g_autofree char *at = desk_instant_format (gap->at);

      g_print ("%s\t%s\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%s\t%s\n", at, gap->series, gap->after, gap->goes_on,
               *gap->generation ? gap->generation : "-", gap->why);
    }
  return gaps != NULL;
}
