#include "desk-patient-money.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-card-list.h"
#include "desk-invoices.h"
#include "desk-money-words.h"
#include "desk-packages.h"
#include "desk-patient-money-acts.h"
#include "desk-payments.h"
#include "desk-quotes.h"
#include "desk-words.h"

struct _DeskPatientMoney
{
  DeskPatientSection parent_instance;

  DeskCardList *list;
};

G_DEFINE_FINAL_TYPE (DeskPatientMoney, desk_patient_money, DESK_TYPE_PATIENT_SECTION)

/* What is read of a patient. */
typedef struct
{
  DeskPage *page;
  DeskCardList *list;
  gboolean read_only;
  DeskDay today;
  GPtrArray *quotes, *invoices, *packages, *payments, *refunds;
  DeskBalance balance;
} Show;

static void
button (const Show *show, GtkBox *card, const char *label, const char *action, gint64 id)
{
  if (!show->read_only || g_str_has_suffix (action, "-paper"))
    desk_card_list_button (card, label, action, id);
}

/* ── the balance ─────────────────────────────────────────────────────────────────────────────── */

static void
show_balance (const Show *show)
{
  const DeskBalance *b = &show->balance;
  g_autofree char *open = desk_words_yen (b->open), *overdue = desk_words_yen (b->overdue), *deposits = desk_words_yen (b->deposits);
  g_autofree char *billed = desk_words_yen (b->billed - b->credited), *paid = desk_words_yen (b->paid - b->refunded);
  g_autofree char *large = b->open ? g_strdup_printf (_("Still to pay: %s"), open) : g_strdup (_("Nothing is owed"));
  g_autofree char *late = b->overdue ? g_strdup_printf (_("✖ Overdue: %s"), overdue) : NULL;
  g_autofree char *left = b->deposits ? g_strdup_printf (_("Deposit not used yet: %s"), deposits) : NULL;
  g_autofree char *in = g_strdup_printf (_("billed %s"), billed), *out = g_strdup_printf (_("paid %s"), paid);
  const char *facts[] = { in, out };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));
  GtkBox *card = desk_card_list_add (show->list, _("Balance"), large, line);

  desk_card_list_line (card, late, "error");
  desk_card_list_line (card, left, NULL);
  button (show, card, _("Take Payment…"), "money.pay", 0);
  button (show, card, _("New Invoice…"), "money.bill", 0);
}

/* ── quotes ──────────────────────────────────────────────────────────────────────────────────── */

static gboolean
is_billed (const Show *show, gint64 quote_id)
{
  for (guint i = 0; i < show->invoices->len; i++)
    if (((DeskInvoice *) show->invoices->pdata[i])->quote_id == quote_id && desk_invoice_stands (show->invoices->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
quote_buttons (const Show *show, GtkBox *card, const DeskQuote *quote)
{
  gboolean draft = strcmp (quote->status, "draft") == 0, sent = strcmp (quote->status, "sent") == 0;
  gboolean accepted = strcmp (quote->status, "accepted") == 0, billed = is_billed (show, quote->id);

  if (draft)
    {
      button (show, card, _("Edit and Send…"), "money.edit", quote->id);
      button (show, card, _("Remove"), "money.remove", quote->id);
    }
  if (sent)
    {
      button (show, card, _("Accepted: Invoice"), "money.accept-bill", quote->id);
      button (show, card, _("Accepted"), "money.accept", quote->id);
      button (show, card, _("Declined"), "money.refuse", quote->id);
    }
  if (accepted && !billed)
    {
      button (show, card, _("Make Invoice"), "money.bill-quote", quote->id);
      button (show, card, _("Take Deposit…"), "money.deposit", quote->id);
    }
  if (!draft && !billed && strcmp (quote->status, "replaced") != 0)
    button (show, card, _("New Version…"), "money.revise", quote->id);
  button (show, card, _("Paper…"), "money.quote-paper", quote->id);
}

static void
show_quote (const Show *show, const DeskQuote *quote)
{
  g_autofree char *title = quote->seq > 1 ? g_strdup_printf (_("Quote %s, version %d"), quote->number, quote->seq)
                                          : g_strdup_printf (_("Quote %s"), quote->number);
  g_autofree char *total = desk_words_yen (quote->total), *made = desk_words_day_short (quote->made_on);
  g_autofree char *until = desk_words_day_short (quote->valid_until), *valid = g_strdup_printf (_("valid until %s"), until);
  g_autofree char *yen = desk_words_yen (quote->deposit), *deposit = quote->deposit ? g_strdup_printf (_("deposit %s"), yen) : g_strdup ("");
  const char *facts[] = { desk_words ("quote-status", quote->status), made, valid, deposit, is_billed (show, quote->id) ? _("billed") : "" };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));
  GtkBox *card = desk_card_list_add (show->list, title, total, line);

  if (strcmp (quote->status, "sent") == 0 && quote->valid_until < show->today)
    desk_card_list_line (card, _("✖ It is no longer valid: make a new version."), "error");
  desk_card_list_line (card, quote->note, "dim-label");
  quote_buttons (show, card, quote);
}

/* ── invoices ────────────────────────────────────────────────────────────────────────────────── */

static void
show_invoice (const Show *show, const DeskInvoice *invoice)
{
  gboolean credit = strcmp (invoice->kind, "credit") == 0;
  g_autofree char *title = credit ? g_strdup_printf (_("Credit note %s for %s"), invoice->number, invoice->credits_number)
                                  : g_strdup_printf (_("Invoice %s"), invoice->number);
  g_autofree char *total = desk_words_yen (credit ? -invoice->total : invoice->total), *open = desk_words_yen (invoice->open);
  g_autofree char *paid = desk_words_yen (invoice->paid), *credited = desk_words_yen (invoice->credited);
  g_autofree char *large = credit            ? g_strdup (total)
                           : invoice->open > 0 ? g_strdup_printf (_("%s, of these still to pay %s"), total, open)
                                               : g_strdup_printf (_("%s, paid"), total);
  g_autofree char *day = desk_words_day_short (invoice->issued_on), *due = NULL;
  g_autofree char *paid_words = invoice->paid ? g_strdup_printf (_("paid %s"), paid) : g_strdup ("");
  g_autofree char *credited_words = invoice->credited ? g_strdup_printf (_("taken back %s"), credited) : g_strdup ("");

  if (!credit && invoice->open > 0 && invoice->due_on != DESK_DAY_NONE)
    {
      g_autofree char *on = desk_words_day_short (invoice->due_on);

      due = g_strdup_printf (_("due on %s"), on);
    }
  const char *facts[] = { day, due ? due : "", paid_words, credited_words, invoice->recipient, invoice->reason };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));
  GtkBox *card = desk_card_list_add (show->list, title, large, line);
  if (due && invoice->due_on < show->today)
    desk_card_list_line (card, _("✖ Overdue"), "error");
  if (!credit && invoice->open > 0)
    button (show, card, _("Take Payment…"), "money.pay", invoice->id);
  if (!credit && invoice->credited < invoice->total)
    button (show, card, _("Credit Note…"), "money.credit", invoice->id);
  button (show, card, _("Paper…"), credit ? "money.credit-paper" : "money.invoice-paper", invoice->id);
}

/* ── packages ────────────────────────────────────────────────────────────────────────────────── */

static void
show_package (const Show *show, const DeskPackage *package)
{
  g_autofree char *large = g_strdup_printf (_("%d of %d left"), package->left, package->sessions);
  g_autofree char *used = g_strdup_printf (_("used %d"), package->used), *reserved = g_strdup_printf (_("reserved %d"), package->reserved);
  g_autofree char *gone = package->gone ? g_strdup_printf (_("void %d"), package->gone) : g_strdup ("");
  const char *facts[] = { used, reserved, gone, desk_page_visit_type (show->page, package->visit_type), package->invoice_number };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));

  desk_card_list_add (show->list, desk_words_pick (package->words, package->words_ja), large, line);
}

/* ── payments ────────────────────────────────────────────────────────────────────────────────── */

static guint
count_open (const Show *show)
{
  guint n = 0;

  for (guint i = 0; i < show->invoices->len; i++)
    n += ((DeskInvoice *) show->invoices->pdata[i])->open > 0;
  return n;
}

static void
show_payment (const Show *show, const DeskPayment *payment)
{
  g_autofree char *title = g_strdup_printf (_("Receipt %s"), payment->number), *amount = desk_words_yen (payment->amount);
  g_autofree char *day = desk_words_day_short (payment->received_on), *left = desk_words_yen (payment->left);
  g_autofree char *foreign = strcmp (payment->currency, "JPY") ? desk_words_money (payment->foreign_amount, payment->currency) : g_strdup ("");
  g_autofree char *back = desk_words_yen (payment->refunded);
  g_autofree char *refunded = payment->refunded ? g_strdup_printf (_("paid back %s"), back) : g_strdup ("");
  const char *facts[] = { day, desk_words ("pay-method", payment->method), foreign, payment->payer, refunded, payment->note };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));
  g_autofree char *deposit = payment->left > 0 ? g_strdup_printf (_("Not used yet: %s"), left) : NULL;
  GtkBox *card = desk_card_list_add (show->list, title, amount, line);

  desk_card_list_line (card, deposit, NULL);
  guint n_open = payment->left > 0 ? count_open (show) : 0;
  if (n_open > 0)
    button (show, card, n_open == 1 ? _("Put on the Open Invoice") : _("Put on an Invoice…"), "money.allocate", payment->id);
  if (payment->left > 0)
    button (show, card, _("Refund…"), "money.refund", payment->id);
  button (show, card, _("Paper…"), "money.receipt-paper", payment->id);
}

static void
show_refund (const Show *show, const DeskRefund *refund)
{
  g_autofree char *title = g_strdup_printf (_("Refund %s of %s"), refund->number, refund->payment_number);
  g_autofree char *amount = desk_words_yen (-refund->amount), *day = desk_words_day_short (refund->paid_on);
  g_autofree char *foreign = strcmp (refund->currency, "JPY") ? desk_words_money (refund->foreign_amount, refund->currency) : g_strdup ("");
  const char *facts[] = { day, desk_words ("pay-method", refund->method), foreign, refund->reason };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));
  GtkBox *card = desk_card_list_add (show->list, title, amount, line);

  button (show, card, _("Paper…"), "money.refund-paper", refund->id);
}

/* ── all of it ───────────────────────────────────────────────────────────────────────────────── */

static void
show_all (const Show *show)
{
  show_balance (show);
  for (guint i = 0; i < show->quotes->len; i++)
    if (strcmp (((DeskQuote *) show->quotes->pdata[i])->status, "replaced") != 0)
      show_quote (show, show->quotes->pdata[i]);
  for (guint i = 0; i < show->packages->len; i++)
    show_package (show, show->packages->pdata[i]);
  for (guint i = 0; i < show->invoices->len; i++)
    show_invoice (show, show->invoices->pdata[i]);
  for (guint i = 0; i < show->payments->len; i++)
    show_payment (show, show->payments->pdata[i]);
  for (guint i = 0; i < show->refunds->len; i++)
    show_refund (show, show->refunds->pdata[i]);
}

static gboolean
desk_patient_money_fill (DeskPatientSection *section, const DeskPatient *patient, GError **error)
{
  DeskPatientMoney *self = DESK_PATIENT_MONEY (section);
  DeskPage *page = desk_patient_section_get_page (section);
  DeskDb *db = desk_page_get_reader (page);
  g_autoptr (GPtrArray) quotes = desk_quote_list (db, patient->id, error);
  g_autoptr (GPtrArray) invoices = quotes ? desk_invoice_list (db, patient->id, error) : NULL;
  g_autoptr (GPtrArray) packages = invoices ? desk_package_list (db, patient->id, error) : NULL;
  g_autoptr (GPtrArray) payments = packages ? desk_payment_list (db, patient->id, error) : NULL;
  g_autoptr (GPtrArray) refunds = payments ? desk_refund_list (db, patient->id, error) : NULL;
  Show show = { page, self->list, desk_page_get_read_only (page), desk_page_get_today (page), quotes, invoices, packages, payments, refunds, { 0 } };

  if (!refunds || !desk_balance_of (db, patient->id, show.today, &show.balance, error))
    return FALSE;
  desk_card_list_begin (self->list);
  show_all (&show);
  desk_card_list_end (self->list);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "money.quote", !show.read_only);
  return TRUE;
}

static void
desk_patient_money_class_init (DeskPatientMoneyClass *klass)
{
  DESK_PATIENT_SECTION_CLASS (klass)->fill = desk_patient_money_fill;
  desk_patient_money_install (GTK_WIDGET_CLASS (klass));
}

static void
desk_patient_money_init (DeskPatientMoney *self)
{
  self->list = desk_card_list_new (_("Money"), _("New _Quote…"), "money.quote", "");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}
