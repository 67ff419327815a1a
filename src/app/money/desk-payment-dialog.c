#include "desk-payment-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-day-words.h"
#include "desk-invoices.h"
#include "desk-money-paper.h"
#include "desk-money-words.h"
#include "desk-payments.h"
#include "desk-quotes.h"
#include "desk-rates.h"
#include "desk-record-dialog.h"
#include "desk-toast.h"
#include "desk-words.h"

#define RATES_READ 50

static const char *const methods[] = { "cash", "card", "transfer", "wallet", "other", NULL };

static const DeskFormField fields[] = {
  { N_("Payment"), "amount", N_("Amount in yen"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "method", N_("Paid by"), DESK_FORM_CHOICE, NULL, "pay-method", methods },
  { NULL, "foreign", N_("Amount in that currency"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "handed", N_("Cash handed over"), DESK_FORM_TEXT, N_("To reckon the change; it is not kept"), NULL, NULL },
  { NULL, "received_on", N_("Received on"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "payer", N_("Payer, where that is not the patient"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "note", N_("Note on the receipt"), DESK_FORM_WIDE, NULL, NULL, NULL },
};

/* What the money is for. */
typedef struct
{
  gint64 invoice_id, quote_id, amount;
} Purpose;

/* What the dialog keeps. */
typedef struct
{
  gint64 patient_id;
  GArray *purposes; /* of Purpose, in the order of the choice */
  GPtrArray *rates; /* of DeskRate: one of each currency that holds */
  GtkDropDown *purpose, *currency; /* currency: JPY, then each of rates */
  GtkLabel *reckoned;
  gboolean filling;
} Kept;

static void
rate_free (gpointer data)
{
  desk_rate_free (data);
}

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_array_unref (kept->purposes);
  g_ptr_array_unref (kept->rates);
  g_free (kept);
}

static Kept *
kept_of (DeskRecordDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "kept");
}

static const DeskRate *
rate_of (const Kept *kept)
{
  guint chosen = gtk_drop_down_get_selected (kept->currency);

  return chosen >= 1 && chosen <= kept->rates->len ? kept->rates->pdata[chosen - 1] : NULL;
}

static const Purpose *
purpose_of (const Kept *kept)
{
  guint chosen = gtk_drop_down_get_selected (kept->purpose);

  return &g_array_index (kept->purposes, Purpose, MIN (chosen, kept->purposes->len - 1));
}

static void
set_text (char **text, char *value)
{
  g_free (*text);
  *text = g_strstrip (value);
}

static gboolean
read_day (DeskRecordForm *form, const char *name, DeskDay *day, DeskProblems *problems)
{
  g_autofree char *text = desk_record_form_dup (form, name), *iso = desk_day_read (text, DESK_DAY_ORDER_NONE, NULL);

  if (iso && desk_day_parse (iso, day))
    return TRUE;
  desk_problems_add (problems, name, "not-a-date", NULL);
  return FALSE;
}

/* ── what is typed ───────────────────────────────────────────────────────────────────────────── */

static DeskPayment *
collect (DeskRecordDialog *dialog, DeskProblems *problems)
{
  const Kept *kept = kept_of (dialog);
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  DeskPayment *payment = desk_payment_new (kept->patient_id, desk_page_get_today (desk_record_dialog_get_page (dialog)));
  g_autofree char *amount = desk_record_form_dup (form, "amount"), *foreign = desk_record_form_dup (form, "foreign");
  const DeskRate *rate = rate_of (kept);
  const char *wrong;

  set_text (&payment->method, desk_record_form_dup (form, "method"));
  set_text (&payment->payer, desk_record_form_dup (form, "payer"));
  set_text (&payment->note, desk_record_form_dup (form, "note"));
  payment->quote_id = purpose_of (kept)->quote_id;
  if (rate)
    {
      set_text (&payment->currency, g_strdup (rate->currency));
      payment->rate_id = rate->id;
      wrong = desk_money_read (foreign, rate->currency, &payment->foreign_amount);
      if (!wrong)
        wrong = desk_foreign_settle (payment->foreign_amount, rate->rate, rate->currency, purpose_of (kept)->amount, &payment->amount);
    }
  else
    wrong = desk_money_read (amount, "JPY", &payment->amount);
  if (!wrong && payment->amount < 1)
    wrong = "amount-missing";
  if (wrong)
    desk_problems_add (problems, rate ? "foreign" : "amount", wrong, NULL);
  if (read_day (form, "received_on", &payment->received_on, problems))
    desk_money_day_check (payment->received_on, desk_page_get_today (desk_record_dialog_get_page (dialog)), "received_on", problems);
  return payment;
}

/* "Reckoned ¥151,000" or "Change ¥500". */
static void
show_reckoned (DeskRecordDialog *dialog, const DeskPayment *payment)
{
  Kept *kept = kept_of (dialog);
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  g_autofree char *handed = desk_record_form_dup (form, "handed"), *words = NULL;
  const DeskRate *rate = rate_of (kept);
  gint64 given;

  if (rate && payment->amount > 0)
    {
      g_autofree char *yen = desk_words_yen (payment->amount), *one = desk_rate_format (rate->rate);

      words = g_strdup_printf (_("That is %s at ¥%s (%s)"), yen, one, rate->source);
    }
  else if (!rate && *handed && !desk_money_read (handed, "JPY", &given))
    {
      g_autofree char *change = desk_words_yen (ABS (given - payment->amount));

      words = given >= payment->amount ? g_strdup_printf (_("Change: %s"), change) : g_strdup_printf (_("✖ %s are lacking"), change);
    }
  gtk_label_set_label (kept->reckoned, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (kept->reckoned), words != NULL);
}

static void
show_fields (DeskRecordDialog *dialog)
{
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  g_autofree char *method = desk_record_form_dup (form, "method");
  gboolean foreign = rate_of (kept_of (dialog)) != NULL;

  desk_record_form_show (form, "amount", !foreign);
  desk_record_form_show (form, "foreign", foreign);
  desk_record_form_show (form, "handed", !foreign && strcmp (method, "cash") == 0);
}

static const char *
show_problems (DeskRecordDialog *dialog, const DeskProblems *problems)
{
  const char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const DeskProblem *problem = desk_problems_find (problems, fields[i].name);
      g_autofree char *words = problem ? desk_words_problem (problem) : NULL;

      desk_record_form_say (desk_record_dialog_get_form (dialog), fields[i].name, words, problem && problem->warning);
      if (problem && !problem->warning && !first)
        first = fields[i].name;
    }
  return first;
}

static void
on_edited (DeskRecordDialog *dialog)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskPayment) payment = NULL;

  if (kept_of (dialog)->filling)
    return;
  payment = collect (dialog, problems);
  show_fields (dialog);
  show_reckoned (dialog, payment);
  show_problems (dialog, problems);
}

/* Another purpose or currency has another amount: what is open is proposed. */
static void
on_purpose (DeskRecordDialog *dialog)
{
  const Purpose *purpose = purpose_of (kept_of (dialog));
  const DeskRate *rate = rate_of (kept_of (dialog));
  g_autofree char *amount = purpose->amount ? desk_money_format (purpose->amount, "JPY") : g_strdup ("");
  gint64 foreign = 0;
  gboolean known = rate && purpose->amount && desk_money_from_yen (purpose->amount, rate->rate, rate->currency, &foreign);
  g_autofree char *there = known ? desk_money_format (foreign, rate->currency) : g_strdup ("");

  desk_record_form_set (desk_record_dialog_get_form (dialog), "amount", amount);
  desk_record_form_set (desk_record_dialog_get_form (dialog), "foreign", there);
  if (!kept_of (dialog)->filling)
    desk_record_dialog_touch (dialog);
}

/* Where the amount is typed changes with the currency; the keyboard goes there. */
static void
on_currency (DeskRecordDialog *dialog)
{
  on_purpose (dialog);
  desk_record_form_focus (desk_record_dialog_get_form (dialog), rate_of (kept_of (dialog)) ? "foreign" : "amount");
}

/* ── saving ──────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskPayment *payment;
  gint64 invoice_id;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  desk_payment_free (save->payment);
  g_free (save);
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  Save *save = data;

  return desk_payment_take (db, save->payment, save->invoice_id, error);
}

static void
on_saved (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskRecordDialog) dialog = user_data;
  g_autoptr (GError) error = NULL;
  const Save *save = desk_session_run_finish (DESK_SESSION (session), result, &error);
  DeskPage *page = desk_record_dialog_get_page (dialog);

  desk_record_dialog_set_busy (dialog, FALSE);
  if (!save)
    {
      g_autofree char *words = desk_words_error (error);

      desk_record_dialog_say (dialog, words);
      return;
    }
  desk_record_dialog_close (dialog);
  desk_money_paper_show (page, "receipt", save->payment->patient_id, save->payment->id);
}

static void
on_save (DeskRecordDialog *dialog)
{
  Kept *kept = kept_of (dialog);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskPayment) payment = collect (dialog, problems);
  const char *first = show_problems (dialog, problems);

  if (first)
    {
      desk_record_form_focus (desk_record_dialog_get_form (dialog), first);
      return;
    }
  Save *save = g_new (Save, 1);
  *save = (Save){ g_steal_pointer (&payment), purpose_of (kept)->invoice_id };
  desk_record_dialog_set_busy (dialog, TRUE);
  desk_session_run_async (desk_page_get_session (desk_record_dialog_get_page (dialog)), save_work, save, save_free, NULL, on_saved,
                          g_object_ref (dialog));
}

/* ── opening ─────────────────────────────────────────────────────────────────────────────────── */

static void
add_purpose (Kept *kept, GtkStringList *names, const char *words, gint64 amount, Purpose purpose)
{
  g_autofree char *yen = desk_words_yen (amount);
  const char *facts[] = { words, amount ? yen : "" };
  g_autofree char *text = desk_words_facts (facts, G_N_ELEMENTS (facts));

  purpose.amount = amount;
  gtk_string_list_append (names, text);
  g_array_append_val (kept->purposes, purpose);
}

/* Open invoices, deposits of accepted quotes, and a deposit for nothing yet. */
static gboolean
load (DeskDb *db, Kept *kept, GtkStringList *names, DeskDay today, GError **error)
{
  g_autoptr (GPtrArray) invoices = desk_invoice_list (db, kept->patient_id, error);
  g_autoptr (GPtrArray) quotes = invoices ? desk_quote_list (db, kept->patient_id, error) : NULL;
  g_autoptr (GPtrArray) rates = quotes ? desk_rate_list (db, RATES_READ, error) : NULL;

  if (!rates)
    return FALSE;
  for (guint i = 0; i < invoices->len; i++)
    {
      const DeskInvoice *invoice = invoices->pdata[i];
      g_autofree char *words = g_strdup_printf (_("Invoice %s"), invoice->number);

      if (strcmp (invoice->kind, "invoice") == 0 && invoice->open > 0)
        add_purpose (kept, names, words, invoice->open, (Purpose){ .invoice_id = invoice->id });
    }
  for (guint i = 0; i < quotes->len; i++)
    {
      const DeskQuote *quote = quotes->pdata[i];
      g_autofree char *words = g_strdup_printf (_("Deposit on quote %s"), quote->number);

      if (strcmp (quote->status, "accepted") == 0 || strcmp (quote->status, "sent") == 0)
        add_purpose (kept, names, words, quote->deposit, (Purpose){ .quote_id = quote->id });
    }
  add_purpose (kept, names, _("Deposit"), 0, (Purpose){ 0 });
  for (guint i = 0; i < rates->len; i++)
    {
      const DeskRate *rate = rates->pdata[i];
      gboolean known = rate->until_on < today || rate->on_day > today;

      for (guint j = 0; j < kept->rates->len && !known; j++)
        known = strcmp (((DeskRate *) kept->rates->pdata[j])->currency, rate->currency) == 0;
      DeskRate *own = known ? NULL : desk_rate_load (db, rate->id, error);
      if (!known && !own)
        return FALSE;
      if (own)
        g_ptr_array_add (kept->rates, own);
    }
  return TRUE;
}

static GtkWidget *
choices_new (DeskRecordDialog *dialog, Kept *kept, GtkStringList *names)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *purpose = gtk_label_new_with_mnemonic (_("_For")), *currency = gtk_label_new_with_mnemonic (_("C_urrency"));
  g_autoptr (GtkStringList) currencies = gtk_string_list_new (NULL);

  gtk_string_list_append (currencies, "JPY");
  for (guint i = 0; i < kept->rates->len; i++)
    gtk_string_list_append (currencies, ((DeskRate *) kept->rates->pdata[i])->currency);
  kept->purpose = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_object_ref (names)), NULL));
  kept->currency = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&currencies)), NULL));
  gtk_label_set_mnemonic_widget (GTK_LABEL (purpose), GTK_WIDGET (kept->purpose));
  gtk_label_set_mnemonic_widget (GTK_LABEL (currency), GTK_WIDGET (kept->currency));
  gtk_accessible_update_property (GTK_ACCESSIBLE (kept->purpose), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What it is paid for"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (kept->currency), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Currency"), -1);
  gtk_widget_set_hexpand (GTK_WIDGET (kept->purpose), TRUE);
  gtk_box_append (GTK_BOX (box), purpose);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (kept->purpose));
  gtk_box_append (GTK_BOX (box), currency);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (kept->currency));
  return box;
}

static void
choose (Kept *kept, gint64 invoice_id, gint64 quote_id)
{
  for (guint i = 0; i < kept->purposes->len; i++)
    {
      const Purpose *purpose = &g_array_index (kept->purposes, Purpose, i);

      if ((invoice_id && purpose->invoice_id == invoice_id) || (quote_id && purpose->quote_id == quote_id))
        gtk_drop_down_set_selected (kept->purpose, i);
    }
}

/* Opens the dialog that takes a payment for an invoice, a deposit on a quote, or what is open first where both are 0. Lends the
 * window, NULL when it could not be read. */
GtkWindow *
desk_payment_dialog_show (DeskPage *page, gint64 patient_id, gint64 invoice_id, gint64 quote_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *today = desk_day_format (desk_page_get_today (page));
  Kept *kept = g_new0 (Kept, 1);

  kept->patient_id = patient_id;
  kept->purposes = g_array_new (FALSE, TRUE, sizeof (Purpose));
  kept->rates = g_ptr_array_new_with_free_func (rate_free);
  if (!load (desk_page_get_reader (page), kept, names, desk_page_get_today (page), &error))
    {
      desk_toast_error (GTK_WIDGET (page), error);
      kept_free (kept);
      return NULL;
    }
  DeskRecordDialog *dialog = desk_record_dialog_new (page, _("Take Payment"), fields, G_N_ELEMENTS (fields));
  g_object_set_data_full (G_OBJECT (dialog), "kept", kept, kept_free);
  kept->reckoned = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (kept->reckoned, 0);
  gtk_widget_add_css_class (GTK_WIDGET (kept->reckoned), "title-2");
  gtk_widget_set_visible (GTK_WIDGET (kept->reckoned), FALSE);
  desk_record_dialog_add (dialog, choices_new (dialog, kept, names), TRUE);
  desk_record_dialog_add (dialog, GTK_WIDGET (kept->reckoned), FALSE);
  choose (kept, invoice_id, quote_id);
  kept->filling = TRUE;
  desk_record_form_set (desk_record_dialog_get_form (dialog), "received_on", today);
  on_purpose (dialog);
  kept->filling = FALSE;
  show_fields (dialog);
  g_signal_connect_object (kept->purpose, "notify::selected", G_CALLBACK (on_purpose), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (kept->currency, "notify::selected", G_CALLBACK (on_currency), dialog, G_CONNECT_SWAPPED);
  g_signal_connect (dialog, "edited", G_CALLBACK (on_edited), NULL);
  g_signal_connect (dialog, "save", G_CALLBACK (on_save), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  desk_record_form_focus (desk_record_dialog_get_form (dialog), "amount");
  return GTK_WINDOW (dialog);
}
