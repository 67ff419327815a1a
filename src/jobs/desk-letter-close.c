#include "desk-letter-close.h"

#include "desk-clinics.h"
#include "desk-day-closes.h"
#include "desk-letter-gather.h"
#include "desk-letter-put.h"

static const DeskLetterWord methods[] = {
  { "cash", { "Cash", "現金" } },
  { "card", { "Card", "カード" } },
  { "transfer", { "Bank transfer", "振込" } },
  { "wallet", { "Electronic money", "電子マネー" } },
  { "other", { "Other", "その他" } },
};

static DeskDay
day_of (const DeskLetterWanted *wanted, DeskDay today)
{
  return desk_letter_subject_is (wanted, "day") ? (DeskDay) wanted->subject_id : today;
}

/* "1,234", "−500", "+500" where a sign is wanted. */
static void
put_amount (DeskFields *fields, const char *name, gint64 amount, const char *currency, gboolean sign)
{
  g_autofree char *digits = desk_money_format (amount, currency);
  g_autofree char *text = *digits == '-' ? g_strconcat ("−", digits + 1, NULL) : g_strconcat (sign && amount > 0 ? "+" : "", digits, NULL);

  desk_fields_set (fields, name, text);
}

/* Who left the clinic since has closed it all the same. */
static gboolean
put_staff (DeskFields *fields, DeskDb *db, const char *name, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) staff = desk_staff_list (db, FALSE, error);

  for (guint i = 0; staff && i < staff->len; i++)
    {
      const DeskStaff *one = staff->pdata[i];

      if (one->id == id)
        desk_letter_put_both (fields, name, one->name, one->name_ja);
    }
  return staff != NULL;
}

static void
put_drawer (DeskFields *fields, const DeskDayClose *close)
{
  gboolean right = TRUE;

  for (guint i = 0; i < close->lines->len; i++)
    {
      const DeskDayCloseLine *line = close->lines->pdata[i];
      DeskFields *item = desk_fields_add (fields, "drawer");

      desk_fields_set (item, "currency", line->currency);
      desk_letter_put_word (item, "method", methods, G_N_ELEMENTS (methods), line->method);
      put_amount (item, "expected", line->expected, line->currency, FALSE);
      put_amount (item, "counted", line->counted, line->currency, FALSE);
      put_amount (item, "difference", line->counted - line->expected, line->currency, TRUE);
      desk_fields_set (item, "reason", line->reason);
      right = right && line->counted == line->expected;
    }
  desk_letter_put_flag (fields, "close.right", right);
}

static gboolean
put_numbers (DeskFields *fields, DeskDb *db, DeskDay day, GError **error)
{
  g_auto (DeskDayNumbers) numbers = { 0 };

  if (!desk_day_close_numbers (db, day, &numbers, error))
    return FALSE;
  desk_letter_put_number (fields, "close.receipts", numbers.receipts);
  desk_fields_set (fields, "close.first", numbers.first);
  desk_fields_set (fields, "close.last", numbers.last);
  desk_letter_put_number (fields, "close.refunds", numbers.refunds);
  desk_fields_set (fields, "close.first_refund", numbers.first_refund);
  desk_fields_set (fields, "close.last_refund", numbers.last_refund);
  return TRUE;
}

/* The money of a day as it was closed; only the day is set while it is open. */
gboolean
desk_letter_set_close (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  DeskDay day = day_of (wanted, today);
  gboolean closed = FALSE;

  desk_letter_put_day (fields, "close.date", day, TRUE);
  if (!desk_day_is_closed (db, day, &closed, error))
    return FALSE;
  if (!closed)
    return TRUE;
  g_autoptr (DeskDayClose) close = desk_day_close_load (db, day, error);
  g_autoptr (GTimeZone) zone = close ? desk_clinic_zone (db, error) : NULL;
  if (!zone)
    return FALSE;
  desk_letter_put_moment (fields, "close.at", close->at, zone);
  desk_fields_set (fields, "close.note", close->note);
  put_drawer (fields, close);
  return put_staff (fields, db, "close.by", close->by_id, error)
         && (close->witness_id == 0 || put_staff (fields, db, "close.witness", close->witness_id, error)) && put_numbers (fields, db, day, error);
}

/* Of a day that is open there is nothing to hand over. */
gboolean
desk_letter_check_close (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error)
{
  gboolean closed = FALSE;

  if (!desk_day_is_closed (db, day_of (wanted, today), &closed, error))
    return FALSE;
  if (!closed)
    desk_problems_add (problems, "day", "day-open", NULL);
  return TRUE;
}
