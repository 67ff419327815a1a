/* A deposit that is put to use: on which invoice, and how much of it. */
#include <glib/gi18n.h>

#include "desk-money-words.h"
#include "desk-payment-dialog.h"
#include "desk-payments.h"
#include "desk-record-dialog.h"
#include "desk-toast.h"
#include "desk-words.h"

static const DeskFormField fields[] = {
  { NULL, "amount", N_("Amount in yen"), DESK_FORM_TEXT, NULL, NULL, NULL },
};

typedef struct
{
  gint64 payment_id, left;
  GPtrArray *invoices; /* of DeskInvoice: those that are open, in the order of the choice */
  GtkDropDown *invoice;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_ptr_array_unref (kept->invoices);
  g_free (kept);
}

static Kept *
kept_of (DeskRecordDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "kept");
}

static const DeskInvoice *
invoice_of (const Kept *kept)
{
  return kept->invoices->pdata[MIN (gtk_drop_down_get_selected (kept->invoice), kept->invoices->len - 1)];
}

/* As much of it as the invoice takes. */
static void
on_invoice (DeskRecordDialog *dialog)
{
  const Kept *kept = kept_of (dialog);
  g_autofree char *amount = desk_money_format (MIN (kept->left, invoice_of (kept)->open), "JPY");

  desk_record_form_set (desk_record_dialog_get_form (dialog), "amount", amount);
}

/* NULL, or the code of what is wrong. */
static const char *
read_amount (DeskRecordDialog *dialog, gint64 *amount)
{
  const Kept *kept = kept_of (dialog);
  g_autofree char *typed = desk_record_form_dup (desk_record_dialog_get_form (dialog), "amount");
  const char *wrong = desk_money_read (typed, "JPY", amount);

  return wrong                               ? wrong
         : *amount < 1                       ? "amount-missing"
         : *amount > kept->left              ? "payment-spent"
         : *amount > invoice_of (kept)->open ? "invoice-overpaid"
                                             : NULL;
}

static const char *
say_amount (DeskRecordDialog *dialog, gint64 *amount)
{
  const char *wrong = read_amount (dialog, amount);
  const DeskProblem problem = { .field = "amount", .code = wrong };
  g_autofree char *words = wrong ? desk_words_problem (&problem) : NULL;

  desk_record_form_say (desk_record_dialog_get_form (dialog), "amount", words, FALSE);
  return wrong;
}

static void
on_edited (DeskRecordDialog *dialog)
{
  gint64 amount;

  say_amount (dialog, &amount);
}

typedef struct
{
  gint64 payment_id, invoice_id, amount;
} Save;

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  const Save *save = data;

  return desk_payment_allocate (db, save->payment_id, save->invoice_id, save->amount, error);
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
  desk_toast (GTK_WIDGET (page), _("The deposit is used"));
}

static void
on_save (DeskRecordDialog *dialog)
{
  const Kept *kept = kept_of (dialog);
  Save save = { kept->payment_id, invoice_of (kept)->id, 0 };

  if (say_amount (dialog, &save.amount))
    {
      desk_record_form_focus (desk_record_dialog_get_form (dialog), "amount");
      return;
    }
  desk_record_dialog_set_busy (dialog, TRUE);
  desk_session_run_async (desk_page_get_session (desk_record_dialog_get_page (dialog)), save_work, g_memdup2 (&save, sizeof save), g_free, NULL,
                          on_saved, g_object_ref (dialog));
}

/* "Invoice N26-000002-2 · 20 Nov · ¥825,000 open", the oldest first. */
static GtkWidget *
choice_new (Kept *kept)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new_with_mnemonic (_("_For"));

  for (guint i = 0; i < kept->invoices->len; i++)
    {
      const DeskInvoice *invoice = kept->invoices->pdata[i];
      g_autofree char *number = g_strdup_printf (_("Invoice %s"), invoice->number), *day = desk_words_day_short (invoice->issued_on);
      g_autofree char *open = desk_words_yen (invoice->open), *still = g_strdup_printf (_("still to pay %s"), open);
      const char *facts[] = { number, day, still };
      g_autofree char *words = desk_words_facts (facts, G_N_ELEMENTS (facts));

      gtk_string_list_append (names, words);
    }
  kept->invoice = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (kept->invoice));
  gtk_accessible_update_property (GTK_ACCESSIBLE (kept->invoice), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Invoice"), -1);
  gtk_widget_set_hexpand (GTK_WIDGET (kept->invoice), TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (kept->invoice));
  return box;
}

/* Opens the dialog that puts what is left of a payment on one of the invoices, which are open and at least one; takes
 * them. Lends the window. */
GtkWindow *
desk_deposit_dialog_show (DeskPage *page, const DeskPayment *payment, GPtrArray *invoices)
{
  g_autofree char *title = g_strdup_printf (_("Use the Deposit %s"), payment->number);
  DeskRecordDialog *dialog = desk_record_dialog_new (page, title, fields, G_N_ELEMENTS (fields));
  Kept *kept = g_new0 (Kept, 1);

  *kept = (Kept){ payment->id, payment->left, invoices, NULL };
  g_object_set_data_full (G_OBJECT (dialog), "kept", kept, kept_free);
  desk_record_dialog_add (dialog, choice_new (kept), TRUE);
  on_invoice (dialog);
  g_signal_connect_object (kept->invoice, "notify::selected", G_CALLBACK (on_invoice), dialog, G_CONNECT_SWAPPED);
  g_signal_connect (dialog, "edited", G_CALLBACK (on_edited), NULL);
  g_signal_connect (dialog, "save", G_CALLBACK (on_save), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (kept->invoice));
  return GTK_WINDOW (dialog);
}
