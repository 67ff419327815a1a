#include "desk-letter-kinds.h"

#include <glib/gi18n.h>

#include "desk-book.h"
#include "desk-invoices.h"
#include "desk-money-words.h"
#include "desk-payments.h"
#include "desk-quotes.h"
#include "desk-stay-words.h"
#include "desk-trips.h"
#include "desk-words.h"

static const DeskLetterKind kinds[] = {
  { "consent", DESK_LETTERS_PATIENT, "", FALSE, FALSE, "arrival" },
  { "consent-storage", DESK_LETTERS_PATIENT, "", FALSE, FALSE, "" },
  { "consent-withdrawal", DESK_LETTERS_PATIENT, "", FALSE, FALSE, "" },
  { "appointment-card", DESK_LETTERS_PATIENT, "", FALSE, FALSE, "arrival" },
  { "chase", DESK_LETTERS_PATIENT, "", FALSE, FALSE, "" },
  { "infusion-record", DESK_LETTERS_PATIENT, "visit", FALSE, FALSE, "" },
  { "treatment-summary", DESK_LETTERS_PATIENT, "", FALSE, FALSE, "" },
  { "visa-certificate", DESK_LETTERS_OFFICIAL, "trip", FALSE, FALSE, "visa" },
  { "treatment-schedule", DESK_LETTERS_OFFICIAL, "trip", FALSE, FALSE, "visa arrival" },
  { "companion-list", DESK_LETTERS_OFFICIAL, "trip", FALSE, FALSE, "visa" },
  { "guarantor", DESK_LETTERS_OFFICIAL, "trip", FALSE, FALSE, "visa" },
  { "referral", DESK_LETTERS_OFFICIAL, "", FALSE, FALSE, "" },
  { "translation-statement", DESK_LETTERS_OFFICIAL, "", FALSE, FALSE, "" },
  { "quote", DESK_LETTERS_MONEY, "quote", TRUE, FALSE, "" },
  { "invoice", DESK_LETTERS_MONEY, "invoice", TRUE, FALSE, "" },
  { "credit", DESK_LETTERS_MONEY, "invoice", TRUE, FALSE, "" },
  { "receipt", DESK_LETTERS_MONEY, "payment", TRUE, FALSE, "" },
  { "refund", DESK_LETTERS_MONEY, "refund", TRUE, FALSE, "" },
  { "day-close", DESK_LETTERS_MONEY, "day", TRUE, TRUE, "" },
  { "envelope", DESK_LETTERS_CLINIC, "", FALSE, FALSE, "" },
  { "day-sheet", DESK_LETTERS_CLINIC, "day", TRUE, TRUE, "" },
  { "day-sheet-large", DESK_LETTERS_CLINIC, "day", TRUE, TRUE, "" },
  { "day-sheet-initials", DESK_LETTERS_CLINIC, "day", TRUE, TRUE, "" },
  { "pick-list", DESK_LETTERS_CLINIC, "day", TRUE, TRUE, "" },
};

/* Never NULL: one that is not in the table is the clinic's own. */
const DeskLetterKind *
desk_letter_kind (const char *name)
{
  static const DeskLetterKind own = { "", DESK_LETTERS_OWN, "", FALSE, FALSE, "" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return &kinds[i];
  return &own;
}

const char *
desk_letter_group_words (DeskLetterGroup group)
{
  static const char *const words[] = { N_("For the patient"), N_("For authorities and other hospitals"), N_("Money"), N_("Within the clinic"),
                                       N_("Our own letters") };

  return _(words[group]);
}

/* ── what a letter is about ── */

static void
subject_free (gpointer data)
{
  DeskLetterSubject *subject = data;

  g_free (subject->words);
  g_free (subject);
}

/* Takes words. */
static void
add (GPtrArray *subjects, gint64 id, char *words)
{
  DeskLetterSubject *subject = g_new (DeskLetterSubject, 1);

  *subject = (DeskLetterSubject){ id, words };
  g_ptr_array_add (subjects, subject);
}

static gboolean
add_trips (GPtrArray *subjects, DeskPage *page, const DeskLetterKind *kind, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) trips = desk_trip_list (desk_page_get_reader (page), patient_id, FALSE, error);

  for (guint i = 0; trips && i < trips->len; i++)
    add (subjects, ((DeskTrip *) trips->pdata[i])->id, desk_stay_dates_words (trips->pdata[i]));
  return trips != NULL;
}

static gboolean
add_visits (GPtrArray *subjects, DeskPage *page, const DeskLetterKind *kind, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) visits = desk_visit_of_patient (desk_page_get_reader (page), patient_id, error);

  for (guint i = 0; visits && i < visits->len; i++)
    {
      const DeskVisit *visit = visits->pdata[i];

      if (!g_str_equal (visit->type, "infusion") || !g_str_equal (visit->status, "done"))
        continue;
      g_autofree char *when = desk_words_when (visit->starts_at, desk_page_get_zone (page));
      add (subjects, visit->id, g_strdup_printf ("%s · %s", when, desk_page_visit_type (page, visit->type)));
    }
  return visits != NULL;
}

static char *
number_words (const char *number, const char *draft, gint64 yen)
{
  g_autofree char *amount = desk_words_yen (yen);

  return g_strdup_printf ("%s · %s", *number ? number : draft, amount);
}

static gboolean
add_quotes (GPtrArray *subjects, DeskPage *page, const DeskLetterKind *kind, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) quotes = desk_quote_list (desk_page_get_reader (page), patient_id, error);

  for (guint i = 0; quotes && i < quotes->len; i++)
    {
      const DeskQuote *quote = quotes->pdata[i];

      add (subjects, quote->id, number_words (quote->number, _("draft"), quote->total));
    }
  return quotes != NULL;
}

static gboolean
add_invoices (GPtrArray *subjects, DeskPage *page, const DeskLetterKind *kind, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) invoices = desk_invoice_list (desk_page_get_reader (page), patient_id, error);
  gboolean credits = g_str_equal (kind->name, "credit");

  for (guint i = 0; invoices && i < invoices->len; i++)
    {
      const DeskInvoice *invoice = invoices->pdata[i];

      if ((invoice->credits != 0) == credits)
        add (subjects, invoice->id, number_words (invoice->number, "", invoice->total));
    }
  return invoices != NULL;
}

static gboolean
add_payments (GPtrArray *subjects, DeskPage *page, const DeskLetterKind *kind, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) payments = desk_payment_list (desk_page_get_reader (page), patient_id, error);

  for (guint i = 0; payments && i < payments->len; i++)
    {
      const DeskPayment *payment = payments->pdata[i];

      add (subjects, payment->id, number_words (payment->number, "", payment->amount));
    }
  return payments != NULL;
}

static gboolean
add_refunds (GPtrArray *subjects, DeskPage *page, const DeskLetterKind *kind, gint64 patient_id, GError **error)
{
  g_autoptr (GPtrArray) refunds = desk_refund_list (desk_page_get_reader (page), patient_id, error);

  for (guint i = 0; refunds && i < refunds->len; i++)
    {
      const DeskRefund *refund = refunds->pdata[i];

      add (subjects, refund->id, number_words (refund->number, "", refund->amount));
    }
  return refunds != NULL;
}

/* Today first, then two weeks, then the days before. */
static gboolean
add_days (GPtrArray *subjects, DeskPage *page, const DeskLetterKind *kind, gint64 patient_id, GError **error)
{
  DeskDay today = desk_page_get_today (page);

  for (int i = 0; i <= 14; i++)
    add (subjects, today + i, desk_words_day (today + i));
  for (int i = 1; i <= 7; i++)
    add (subjects, today - i, desk_words_day (today - i));
  return TRUE;
}

/* What the letter of the kind can be about, of DeskLetterSubject, the usual one first; empty where it is about nothing, or
 * nothing is there. The caller frees it. */
GPtrArray *
desk_letter_subjects (DeskPage *page, const DeskLetterKind *kind, gint64 patient_id, GError **error)
{
  static const struct
  {
    const char *subject;
    gboolean (*add) (GPtrArray *subjects, DeskPage *page, const DeskLetterKind *kind, gint64 patient_id, GError **error);
    const char *next; /* N_() */
  } sources[] = {
    { "trip", add_trips, N_("The stay that comes next") }, { "visit", add_visits, N_("The last infusion") }, { "quote", add_quotes, NULL },
    { "invoice", add_invoices, NULL },                     { "payment", add_payments, NULL },               { "refund", add_refunds, NULL },
    { "day", add_days, NULL },
  };
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func (subject_free);

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      if (!g_str_equal (sources[i].subject, kind->subject) || (!patient_id && !kind->nobody))
        continue;
      if (sources[i].next)
        add (subjects, 0, g_strdup (_(sources[i].next)));
      if (!sources[i].add (subjects, page, kind, patient_id, error))
        return NULL;
    }
  return g_steal_pointer (&subjects);
}
