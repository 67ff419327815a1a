#include "desk-patient-money-acts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-bill-dialog.h"
#include "desk-invoices.h"
#include "desk-money-paper.h"
#include "desk-payment-dialog.h"
#include "desk-payments.h"
#include "desk-quote-dialog.h"
#include "desk-quotes.h"
#include "desk-toast.h"

static DeskPage *
page_of (GtkWidget *widget)
{
  return desk_patient_section_get_page (DESK_PATIENT_SECTION (widget));
}

static DeskDb *
reader_of (GtkWidget *widget)
{
  return desk_page_get_reader (page_of (widget));
}

static gint64
patient_of (GtkWidget *widget)
{
  return desk_patient_section_get_patient (DESK_PATIENT_SECTION (widget));
}

/* ── steps that are one transaction ──────────────────────────────────────────────────────────── */

/* What is done in the worker, and what follows in the window. */
typedef struct
{
  const char *act;
  gint64 id, version, other, amount; /* other: what came of it */
  gint64 patient_id;
  DeskDay today;
  GtkWidget *widget; /* owned */
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->widget);
  g_free (step);
}

static gboolean
make_invoice (DeskDb *db, Step *step, GError **error)
{
  g_autoptr (DeskInvoice) invoice = desk_invoice_begin_quote (db, step->id, step->today, error);

  if (!invoice || !desk_invoice_make (db, invoice, TRUE, error))
    return FALSE;
  step->other = invoice->id;
  return TRUE;
}

static gboolean
step_work (DeskDb *db, gpointer data, GError **error)
{
  Step *step = data;

  if (strcmp (step->act, "money.accept") == 0)
    return desk_quote_accept (db, step->id, &step->version, step->today, error);
  if (strcmp (step->act, "money.accept-bill") == 0)
    return desk_quote_accept (db, step->id, &step->version, step->today, error) && make_invoice (db, step, error);
  if (strcmp (step->act, "money.bill-quote") == 0)
    return make_invoice (db, step, error);
  if (strcmp (step->act, "money.refuse") == 0)
    return desk_quote_refuse (db, step->id, &step->version, error);
  if (strcmp (step->act, "money.remove") == 0)
    return desk_quote_delete (db, step->id, step->version, error);
  if (strcmp (step->act, "money.allocate") == 0)
    return desk_payment_allocate (db, step->id, step->other, step->amount, error);
  return desk_quote_revise (db, step->id, step->today, &step->other, error);
}

static void
on_stepped (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  const Step *step = desk_session_run_finish (DESK_SESSION (session), result, &error);

  if (!step)
    {
      desk_toast_error (widget, error);
      return;
    }
  if (strcmp (step->act, "money.revise") == 0)
    {
      DeskQuote *quote = desk_quote_load (reader_of (widget), step->other, &error);

      if (quote)
        desk_quote_dialog_show (page_of (widget), quote);
      else
        desk_toast_error (widget, error);
    }
  else if (g_str_has_suffix (step->act, "bill") || g_str_has_suffix (step->act, "bill-quote"))
    desk_money_paper_show (page_of (widget), "invoice", step->patient_id, step->other);
  else
    desk_toast (widget, strcmp (step->act, "money.accept") == 0     ? _("Accepted")
                        : strcmp (step->act, "money.refuse") == 0   ? _("Declined")
                        : strcmp (step->act, "money.allocate") == 0 ? _("The deposit is used")
                                                                    : _("Draft removed"));
}

static void
run_step (GtkWidget *widget, const char *act, gint64 id, gint64 version, gint64 other, gint64 amount)
{
  DeskPage *page = page_of (widget);
  Step *step = g_new (Step, 1);

  *step = (Step){ act, id, version, other, amount, patient_of (widget), desk_page_get_today (page), g_object_ref (widget) };
  desk_session_run_async (desk_page_get_session (page), step_work, step, step_free, NULL, on_stepped, g_object_ref (widget));
}

/* The text of an action's name that outlives the call. */
static const char *
act_of (const char *name)
{
  return g_intern_string (name);
}

static void
action_step (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskQuote) quote = desk_quote_load (reader_of (widget), g_variant_get_int64 (target), &error);

  if (quote)
    run_step (widget, act_of (name), quote->id, quote->version, 0, 0);
  else
    desk_toast_error (widget, error);
}

static gint
by_day (gconstpointer a, gconstpointer b)
{
  const DeskInvoice *x = *(DeskInvoice *const *) a, *y = *(DeskInvoice *const *) b;

  return x->issued_on != y->issued_on ? (x->issued_on < y->issued_on ? -1 : 1) : x->id < y->id ? -1 : x->id > y->id;
}

/* As much of the deposit as the open invoice takes; of several somebody chooses. */
static void
action_allocate (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPayment) payment = desk_payment_load (reader_of (widget), g_variant_get_int64 (target), &error);
  g_autoptr (GPtrArray) invoices = payment ? desk_invoice_list (reader_of (widget), patient_of (widget), &error) : NULL;

  if (!invoices)
    {
      desk_toast_error (widget, error);
      return;
    }
  for (guint i = invoices->len; i-- > 0;)
    if (((DeskInvoice *) invoices->pdata[i])->open <= 0)
      g_ptr_array_remove_index (invoices, i);
  g_ptr_array_sort (invoices, by_day);
  if (invoices->len > 1)
    desk_deposit_dialog_show (page_of (widget), payment, g_steal_pointer (&invoices));
  else if (invoices->len == 1)
    {
      const DeskInvoice *open = invoices->pdata[0];

      run_step (widget, act_of (name), payment->id, 0, open->id, MIN (payment->left, open->open));
    }
}

/* ── dialogs ─────────────────────────────────────────────────────────────────────────────────── */

static void
action_show (GtkWidget *widget, const char *name, GVariant *target)
{
  /* Coming here brought the section into view. */
  gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
action_quote (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (GError) error = NULL;
  DeskQuote *quote = target ? desk_quote_load (reader_of (widget), g_variant_get_int64 (target), &error)
                            : desk_quote_begin (reader_of (widget), patient_of (widget), desk_page_get_today (page_of (widget)), &error);

  if (quote)
    desk_quote_dialog_show (page_of (widget), quote);
  else
    desk_toast_error (widget, error);
}

static void
action_bill (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (GError) error = NULL;
  gboolean credit = strcmp (name, "money.credit") == 0;
  DeskDay today = desk_page_get_today (page_of (widget));
  DeskInvoice *invoice = credit ? desk_credit_begin (reader_of (widget), g_variant_get_int64 (target), today, &error)
                                : desk_invoice_begin (reader_of (widget), patient_of (widget), today, &error);

  if (invoice)
    desk_bill_dialog_show (page_of (widget), invoice);
  else
    desk_toast_error (widget, error);
}

static void
action_pay (GtkWidget *widget, const char *name, GVariant *target)
{
  gint64 id = target ? g_variant_get_int64 (target) : 0;
  gboolean deposit = strcmp (name, "money.deposit") == 0;

  desk_payment_dialog_show (page_of (widget), patient_of (widget), deposit ? 0 : id, deposit ? id : 0);
}

static void
action_refund (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPayment) payment = desk_payment_load (reader_of (widget), g_variant_get_int64 (target), &error);

  if (payment)
    desk_refund_dialog_show (page_of (widget), payment);
  else
    desk_toast_error (widget, error);
}

/* "money.quote-paper": the paper is the middle of the name. */
static void
action_paper (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autofree char *letter = g_strndup (name + strlen ("money."), strlen (name) - strlen ("money.") - strlen ("-paper"));

  desk_money_paper_show (page_of (widget), letter, patient_of (widget), g_variant_get_int64 (target));
}

/* ── by key: the next step of the newest ─────────────────────────────────────────────────────── */

static const DeskInvoice *
open_invoice (const GPtrArray *invoices)
{
  for (guint i = 0; i < invoices->len; i++)
    if (((DeskInvoice *) invoices->pdata[i])->open > 0)
      return invoices->pdata[i];
  return NULL;
}

/* One key from the quote to the receipt: a draft is opened, what was sent is accepted and billed, what was accepted is
 * billed, what is billed is paid. */
static void
action_next (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) quotes = desk_quote_list (reader_of (widget), patient_of (widget), &error);
  g_autoptr (GPtrArray) invoices = quotes ? desk_invoice_list (reader_of (widget), patient_of (widget), &error) : NULL;

  if (!invoices)
    {
      desk_toast_error (widget, error);
      return;
    }
  for (guint i = 0; i < quotes->len; i++)
    {
      const DeskQuote *quote = quotes->pdata[i];
      gboolean billed = FALSE;

      for (guint j = 0; j < invoices->len; j++)
        billed = billed || (((DeskInvoice *) invoices->pdata[j])->quote_id == quote->id && desk_invoice_stands (invoices->pdata[j]));
      const char *act = strcmp (quote->status, "draft") == 0                ? "money.edit"
                        : strcmp (quote->status, "sent") == 0               ? "money.accept-bill"
                        : strcmp (quote->status, "accepted") == 0 && !billed ? "money.bill-quote"
                                                                            : NULL;
      if (act)
        {
          gtk_widget_activate_action (widget, act, "x", quote->id);
          return;
        }
    }
  const DeskInvoice *open = open_invoice (invoices);
  if (open)
    gtk_widget_activate_action (widget, "money.pay", "x", open->id);
  else
    desk_toast (widget, _("Nothing is open: no quote, no invoice."));
}

/* The newest of a kind, for the keys. */
static void
action_newest (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (GError) error = NULL;
  gboolean refund = strcmp (name, "money.refund-newest") == 0;
  g_autoptr (GPtrArray) things = refund ? desk_payment_list (reader_of (widget), patient_of (widget), &error)
                                        : desk_invoice_list (reader_of (widget), patient_of (widget), &error);

  if (!things)
    {
      desk_toast_error (widget, error);
      return;
    }
  for (guint i = 0; i < things->len; i++)
    {
      const DeskPayment *payment = things->pdata[i];
      const DeskInvoice *invoice = things->pdata[i];

      if (refund ? payment->left > 0 : strcmp (invoice->kind, "invoice") == 0)
        {
          gtk_widget_activate_action (widget, refund ? "money.refund" : strcmp (name, "money.print") == 0 ? "money.invoice-paper" : "money.credit",
                                      "x", refund ? payment->id : invoice->id);
          return;
        }
    }
  desk_toast (widget, refund ? _("No payment has anything left.") : _("There is no invoice."));
}

static void
action_pay_next (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_widget_activate_action (widget, "money.pay", "x", (gint64) 0);
}

/* Installs the actions on the section's class. */
void
desk_patient_money_install (GtkWidgetClass *klass)
{
  static const char *const steps[] = { "money.accept", "money.accept-bill", "money.bill-quote", "money.refuse", "money.remove", "money.revise" };
  static const char *const papers[] = { "money.quote-paper", "money.invoice-paper", "money.credit-paper", "money.receipt-paper", "money.refund-paper" };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_install_action (klass, steps[i], "x", action_step);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    gtk_widget_class_install_action (klass, papers[i], "x", action_paper);
  gtk_widget_class_install_action (klass, "money.show", NULL, action_show);
  gtk_widget_class_install_action (klass, "money.quote", NULL, action_quote);
  gtk_widget_class_install_action (klass, "money.edit", "x", action_quote);
  gtk_widget_class_install_action (klass, "money.bill", "x", action_bill);
  gtk_widget_class_install_action (klass, "money.credit", "x", action_bill);
  gtk_widget_class_install_action (klass, "money.pay", "x", action_pay);
  gtk_widget_class_install_action (klass, "money.deposit", "x", action_pay);
  gtk_widget_class_install_action (klass, "money.refund", "x", action_refund);
  gtk_widget_class_install_action (klass, "money.allocate", "x", action_allocate);
  gtk_widget_class_install_action (klass, "money.next", NULL, action_next);
  gtk_widget_class_install_action (klass, "money.pay-next", NULL, action_pay_next);
  gtk_widget_class_install_action (klass, "money.refund-newest", NULL, action_newest);
  gtk_widget_class_install_action (klass, "money.credit-newest", NULL, action_newest);
  gtk_widget_class_install_action (klass, "money.print", NULL, action_newest);
}
