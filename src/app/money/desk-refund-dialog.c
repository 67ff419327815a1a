/* Money that goes back: how much of a payment, how, and why. */
#include <glib/gi18n.h>
#include <string.h>

#include "desk-day-words.h"
#include "desk-money-paper.h"
#include "desk-money-words.h"
#include "desk-payment-dialog.h"
#include "desk-payments.h"
#include "desk-rates.h"
#include "desk-record-dialog.h"
#include "desk-toast.h"
#include "desk-words.h"

static const char *const methods[] = { "cash", "card", "transfer", "wallet", "other", NULL };

static const DeskFormField fields[] = {
  { N_("Refund"), "amount", N_("Amount in yen"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "foreign", N_("Amount in that currency"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "method", N_("Paid back by"), DESK_FORM_CHOICE, NULL, "pay-method", methods },
  { NULL, "paid_on", N_("Paid back on"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "reason", N_("Reason"), DESK_FORM_WIDE, N_("It stands on the paper"), NULL, NULL },
};

typedef struct
{
  gint64 payment_id, patient_id, left;
  DeskRate *rate;        /* the payment's; NULL for yen */
  GtkDropDown *currency; /* the payment's, then yen; NULL for yen */
  GtkLabel *reckoned;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_clear_pointer (&kept->rate, desk_rate_free);
  g_free (kept);
}

/* The rate of the money that goes back, NULL for yen. */
static const DeskRate *
rate_of (const Kept *kept)
{
  return kept->currency && gtk_drop_down_get_selected (kept->currency) == 0 ? kept->rate : NULL;
}

/* NULL, or what is wrong with the amount. */
static const char *
read_amount (DeskRecordForm *form, const Kept *kept, DeskRefund *refund)
{
  const DeskRate *rate = rate_of (kept);
  g_autofree char *typed = desk_record_form_dup (form, rate ? "foreign" : "amount");
  const char *wrong = desk_money_read (typed, rate ? rate->currency : "JPY", rate ? &refund->foreign_amount : &refund->amount);

  if (rate)
    {
      g_free (refund->currency);
      refund->currency = g_strdup (rate->currency);
      refund->rate_id = rate->id;
      if (!wrong && refund->foreign_amount > 0)
        wrong = desk_foreign_yen (refund->foreign_amount, rate->rate, rate->currency, &refund->amount);
    }
  if (!wrong && refund->amount < 1)
    wrong = "amount-missing";
  return !wrong && refund->amount > kept->left ? "payment-spent" : wrong;
}

static DeskRefund *
collect (DeskRecordDialog *dialog, DeskProblems *problems)
{
  const Kept *kept = g_object_get_data (G_OBJECT (dialog), "kept");
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  DeskRefund *refund = desk_refund_new (kept->payment_id, desk_page_get_today (desk_record_dialog_get_page (dialog)));
  g_autofree char *day = desk_record_form_dup (form, "paid_on");
  g_autofree char *iso = desk_day_read (day, DESK_DAY_ORDER_NONE, NULL);
  const char *wrong = read_amount (form, kept, refund);

  refund->patient_id = kept->patient_id;
  g_free (refund->method);
  refund->method = desk_record_form_dup (form, "method");
  g_free (refund->reason);
  refund->reason = g_strstrip (desk_record_form_dup (form, "reason"));
  if (wrong)
    desk_problems_add (problems, rate_of (kept) ? "foreign" : "amount", wrong, NULL);
  if (*refund->reason == '\0')
    desk_problems_add (problems, "reason", "missing", NULL);
  if (!iso || !desk_day_parse (iso, &refund->paid_on))
    desk_problems_add (problems, "paid_on", "not-a-date", NULL);
  return refund;
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_refund_make (db, data, error);
}

static void
refund_free (gpointer data)
{
  desk_refund_free (data);
}

static void
on_saved (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskRecordDialog) dialog = user_data;
  g_autoptr (GError) error = NULL;
  const DeskRefund *refund = desk_session_run_finish (DESK_SESSION (session), result, &error);
  DeskPage *page = desk_record_dialog_get_page (dialog);
  const Kept *kept = g_object_get_data (G_OBJECT (dialog), "kept");
  gint64 patient_id = kept->patient_id;

  desk_record_dialog_set_busy (dialog, FALSE);
  if (!refund)
    {
      g_autofree char *words = desk_words_error (error);

      desk_record_dialog_say (dialog, words);
      return;
    }
  desk_record_dialog_close (dialog);
  desk_money_paper_show (page, "refund", patient_id, refund->id);
}

static void
on_save (DeskRecordDialog *dialog)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskRefund) refund = collect (dialog, problems);
  const char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const DeskProblem *problem = desk_problems_find (problems, fields[i].name);
      g_autofree char *words = problem ? desk_words_problem (problem) : NULL;

      desk_record_form_say (desk_record_dialog_get_form (dialog), fields[i].name, words, FALSE);
      first = problem && !first ? fields[i].name : first;
    }
  if (first)
    {
      desk_record_form_focus (desk_record_dialog_get_form (dialog), first);
      return;
    }
  desk_record_dialog_set_busy (dialog, TRUE);
  desk_session_run_async (desk_page_get_session (desk_record_dialog_get_page (dialog)), save_work, g_steal_pointer (&refund), refund_free, NULL,
                          on_saved, g_object_ref (dialog));
}

/* "That is ¥298,500 at ¥149.25 (MUFG TTM)": at the rate it came at, so all that came can go back. */
static void
on_edited (DeskRecordDialog *dialog)
{
  const Kept *kept = g_object_get_data (G_OBJECT (dialog), "kept");
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskRefund) refund = collect (dialog, problems);
  const DeskRate *rate = rate_of (kept);
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);

  desk_record_form_show (form, "amount", !rate);
  desk_record_form_show (form, "foreign", rate != NULL);
  if (rate && refund->amount > 0)
    {
      g_autofree char *yen = desk_words_yen (refund->amount), *one = desk_rate_format (rate->rate);
      g_autofree char *words = g_strdup_printf (_("That is %s at ¥%s (%s)"), yen, one, rate->source);

      gtk_label_set_label (kept->reckoned, words);
    }
  gtk_widget_set_visible (GTK_WIDGET (kept->reckoned), rate && refund->amount > 0);
}

/* Which money goes back: what was handed over, or yen. */
static void
add_currency (DeskRecordDialog *dialog, Kept *kept)
{
  const char *const currencies[] = { kept->rate->currency, "JPY", NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new_with_mnemonic (_("C_urrency"));

  kept->currency = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (currencies));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (kept->currency));
  gtk_accessible_update_property (GTK_ACCESSIBLE (kept->currency), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Currency"), -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (kept->currency));
  desk_record_dialog_add (dialog, box, TRUE);
  g_signal_connect_object (kept->currency, "notify::selected", G_CALLBACK (desk_record_dialog_touch), dialog, G_CONNECT_SWAPPED);
}

/* Both amounts as what is left of the payment. */
static void
fill (DeskRecordDialog *dialog, const Kept *kept, const DeskPayment *payment)
{
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  g_autofree char *amount = desk_money_format (payment->left, "JPY"), *today = desk_day_format (desk_page_get_today (desk_record_dialog_get_page (dialog)));
  gint64 foreign = payment->foreign_amount;

  desk_record_form_set (form, "amount", amount);
  desk_record_form_set (form, "method", payment->method);
  desk_record_form_set (form, "paid_on", today);
  if (kept->rate && (payment->left == payment->amount || desk_money_from_yen (payment->left, kept->rate->rate, kept->rate->currency, &foreign)))
    {
      g_autofree char *text = desk_money_format (foreign, kept->rate->currency);

      desk_record_form_set (form, "foreign", text);
    }
}

/* Opens the dialog that pays back what is left of a payment, or part of it. Lends the window, NULL when the rate could not be read. */
GtkWindow *
desk_refund_dialog_show (DeskPage *page, const DeskPayment *payment)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *title = g_strdup_printf (_("Refund of %s"), payment->number);
  g_autoptr (DeskRate) rate = payment->rate_id ? desk_rate_load (desk_page_get_reader (page), payment->rate_id, &error) : NULL;

  if (error)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return NULL;
    }
  DeskRecordDialog *dialog = desk_record_dialog_new (page, title, fields, G_N_ELEMENTS (fields));
  Kept *kept = g_new0 (Kept, 1);
  *kept = (Kept){ .payment_id = payment->id, .patient_id = payment->patient_id, .left = payment->left, .rate = g_steal_pointer (&rate) };
  g_object_set_data_full (G_OBJECT (dialog), "kept", kept, kept_free);
  kept->reckoned = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (kept->reckoned, 0);
  gtk_widget_add_css_class (GTK_WIDGET (kept->reckoned), "title-4");
  desk_record_dialog_add (dialog, GTK_WIDGET (kept->reckoned), FALSE);
  if (kept->rate)
    add_currency (dialog, kept);
  fill (dialog, kept, payment);
  on_edited (dialog);
  g_signal_connect (dialog, "edited", G_CALLBACK (on_edited), NULL);
  g_signal_connect (dialog, "save", G_CALLBACK (on_save), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  desk_record_form_focus (desk_record_dialog_get_form (dialog), "reason");
  return GTK_WINDOW (dialog);
}
