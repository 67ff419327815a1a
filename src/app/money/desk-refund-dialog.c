/* Money that goes back: how much of a payment, how, and why. */
#include <glib/gi18n.h>
#include <string.h>

#include "desk-day-words.h"
#include "desk-money-paper.h"
#include "desk-money-words.h"
#include "desk-payment-dialog.h"
#include "desk-payments.h"
#include "desk-record-dialog.h"
#include "desk-words.h"

static const char *const methods[] = { "cash", "card", "transfer", "wallet", "other", NULL };

static const DeskFormField fields[] = {
  { N_("Refund"), "amount", N_("Amount in yen"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "method", N_("Paid back by"), DESK_FORM_CHOICE, NULL, "pay-method", methods },
  { NULL, "paid_on", N_("Paid back on"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "reason", N_("Reason"), DESK_FORM_WIDE, N_("It stands on the paper"), NULL, NULL },
};

typedef struct
{
  gint64 payment_id, patient_id, left;
} Kept;

static DeskRefund *
collect (DeskRecordDialog *dialog, DeskProblems *problems)
{
  const Kept *kept = g_object_get_data (G_OBJECT (dialog), "kept");
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  DeskRefund *refund = desk_refund_new (kept->payment_id, desk_page_get_today (desk_record_dialog_get_page (dialog)));
  g_autofree char *amount = desk_record_form_dup (form, "amount"), *day = desk_record_form_dup (form, "paid_on");
  g_autofree char *iso = desk_day_read (day, DESK_DAY_ORDER_NONE, NULL);
  const char *wrong = desk_money_read (amount, "JPY", &refund->amount);

  refund->patient_id = kept->patient_id;
  g_free (refund->method);
  refund->method = desk_record_form_dup (form, "method");
  g_free (refund->reason);
  refund->reason = g_strstrip (desk_record_form_dup (form, "reason"));
  if (!wrong && refund->amount < 1)
    wrong = "amount-missing";
  if (!wrong && refund->amount > kept->left)
    wrong = "payment-spent";
  if (wrong)
    desk_problems_add (problems, "amount", wrong, NULL);
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

/* Opens the dialog that pays back what is left of a payment, or part of it. Lends the window. */
GtkWindow *
desk_refund_dialog_show (DeskPage *page, const DeskPayment *payment)
{
  g_autofree char *title = g_strdup_printf (_("Refund of %s"), payment->number);
  DeskRecordDialog *dialog = desk_record_dialog_new (page, title, fields, G_N_ELEMENTS (fields));
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  g_autofree char *amount = desk_money_format (payment->left, "JPY"), *today = desk_day_format (desk_page_get_today (page));
  Kept *kept = g_new (Kept, 1);

  *kept = (Kept){ payment->id, payment->patient_id, payment->left };
  g_object_set_data_full (G_OBJECT (dialog), "kept", kept, g_free);
  desk_record_form_set (form, "amount", amount);
  desk_record_form_set (form, "method", payment->method);
  desk_record_form_set (form, "paid_on", today);
  g_signal_connect (dialog, "save", G_CALLBACK (on_save), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  desk_record_form_focus (form, "reason");
  return GTK_WINDOW (dialog);
}
