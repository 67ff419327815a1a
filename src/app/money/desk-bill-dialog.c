#include "desk-bill-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-day-words.h"
#include "desk-fees.h"
#include "desk-invoices.h"
#include "desk-line-list.h"
#include "desk-money-paper.h"
#include "desk-money-sums.h"
#include "desk-record-dialog.h"
#include "desk-toast.h"
#include "desk-words.h"

static const DeskFormField invoice_fields[] = {
  { N_("Conditions"), "due_on", N_("Please pay by"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "recipient", N_("Recipient"), DESK_FORM_TEXT, NULL, NULL, NULL },
};

static const DeskFormField credit_fields[] = {
  { N_("Taken Back"), "reason", N_("Reason"), DESK_FORM_WIDE, N_("It stands on the paper"), NULL, NULL },
};

/* What the dialog keeps. */
typedef struct
{
  DeskInvoice *invoice; /* as it came */
  gboolean credit;
  DeskLineList *lines;
  DeskMoneySums *sums;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  desk_invoice_free (kept->invoice);
  g_free (kept);
}

static Kept *
kept_of (DeskRecordDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "kept");
}

/* What is typed goes into the invoice the dialog has; its lines are made anew. */
static void
collect (DeskRecordDialog *dialog, DeskProblems *problems)
{
  Kept *kept = kept_of (dialog);
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  DeskInvoice *invoice = kept->invoice;

  g_ptr_array_unref (invoice->lines);
  invoice->lines = desk_line_list_dup (kept->lines);
  if (kept->credit)
    {
      g_free (invoice->reason);
      invoice->reason = desk_record_form_dup (form, "reason");
      g_strstrip (invoice->reason);
      if (*invoice->reason == '\0')
        desk_problems_add (problems, "reason", "missing", NULL);
      return;
    }
  g_autofree char *due = desk_record_form_dup (form, "due_on"), *iso = desk_day_read (due, DESK_DAY_ORDER_NONE, NULL);
  g_free (invoice->recipient);
  invoice->recipient = desk_record_form_dup (form, "recipient");
  g_strstrip (invoice->recipient);
  invoice->due_on = DESK_DAY_NONE;
  if (*due && (!iso || !desk_day_parse (iso, &invoice->due_on)))
    desk_problems_add (problems, "due_on", "not-a-date", NULL);
  if (*invoice->recipient == '\0')
    desk_problems_add (problems, "recipient", "missing", NULL);
}

static void
show_sums (DeskRecordDialog *dialog)
{
  Kept *kept = kept_of (dialog);
  DeskInvoice *invoice = kept->invoice;
  DeskDb *db = desk_page_get_reader (desk_record_dialog_get_page (dialog));
  const char *problem = NULL;
  g_autoptr (GError) error = NULL;
  DeskTaxSum sum;

  if (invoice->lines->len == 0)
    problem = "missing";
  else if (kept->credit && !desk_credit_add_up (db, invoice, &problem, &error))
    {
      g_autofree char *words = desk_words_error (error);

      desk_record_dialog_say (dialog, words);
      return;
    }
  else if (!kept->credit)
    problem = desk_money_lines_sum (invoice->lines, invoice->with_tax, invoice->tax_round, &sum);
  if (problem)
    desk_money_sums_fail (kept->sums, problem);
  else
    desk_money_sums_show (kept->sums, kept->credit ? &invoice->sum : &sum, NULL);
}

/* The first field that stops saving; says what is wrong. */
static const char *
show_problems (DeskRecordDialog *dialog, const DeskProblems *problems)
{
  const Kept *kept = kept_of (dialog);
  const DeskFormField *fields = kept->credit ? credit_fields : invoice_fields;
  guint n = kept->credit ? G_N_ELEMENTS (credit_fields) : G_N_ELEMENTS (invoice_fields);
  const char *first = NULL;

  for (guint i = 0; i < n; i++)
    {
      const DeskProblem *problem = desk_problems_find (problems, fields[i].name);
      g_autofree char *words = problem ? desk_words_problem (problem) : NULL;

      desk_record_form_say (desk_record_dialog_get_form (dialog), fields[i].name, words, FALSE);
      if (problem && !first)
        first = fields[i].name;
    }
  return first;
}

static void
on_edited (DeskRecordDialog *dialog)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  collect (dialog, problems);
  show_sums (dialog);
}

/* ── saving ──────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskInvoice *invoice;
  gboolean credit;
  DeskRecordDialog *dialog; /* owned */
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  desk_invoice_free (save->invoice);
  g_object_unref (save->dialog);
  g_free (save);
}

/* The worker has its own: the dialog goes on being typed into. */
static DeskInvoice *
copy (const DeskInvoice *invoice)
{
  DeskInvoice *own = g_memdup2 (invoice, sizeof *invoice);

  own->number = g_strdup (invoice->number);
  own->kind = g_strdup (invoice->kind);
  own->credits_number = g_strdup (invoice->credits_number);
  own->recipient = g_strdup (invoice->recipient);
  own->tax_number = g_strdup (invoice->tax_number);
  own->reason = g_strdup (invoice->reason);
  own->lines = desk_money_lines_copy (invoice->lines);
  return own;
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  Save *save = data;

  return save->credit ? desk_credit_make (db, save->invoice, error) : desk_invoice_make (db, save->invoice, TRUE, error);
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
  gint64 patient_id = save->invoice->patient_id, id = save->invoice->id;
  gboolean credit = save->credit;
  desk_record_dialog_close (dialog);
  desk_money_paper_show (page, credit ? "credit" : "invoice", patient_id, id);
}

static void
on_save (DeskRecordDialog *dialog)
{
  Kept *kept = kept_of (dialog);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  const char *line = desk_line_list_problem (kept->lines), *first;

  collect (dialog, problems);
  show_sums (dialog);
  if (!line && kept->invoice->lines->len == 0)
    line = "missing";
  first = show_problems (dialog, problems);
  if (line)
    {
      const DeskProblem problem = { .field = "lines", .code = line };
      g_autofree char *words = desk_words_problem (&problem);

      desk_record_dialog_say (dialog, words);
      return;
    }
  if (first)
    {
      desk_record_form_focus (desk_record_dialog_get_form (dialog), first);
      return;
    }
  Save *save = g_new (Save, 1);
  *save = (Save){ copy (kept->invoice), kept->credit, g_object_ref (dialog) };
  desk_record_dialog_set_busy (dialog, TRUE);
  desk_session_run_async (desk_page_get_session (desk_record_dialog_get_page (dialog)), save_work, save, save_free, NULL, on_saved,
                          g_object_ref (dialog));
}

/* Opens the dialog for a new invoice or credit note, as desk_invoice_begin () or desk_credit_begin () made it; takes it. Lends
 * the window. */
GtkWindow *
desk_bill_dialog_show (DeskPage *page, DeskInvoice *invoice)
{
  gboolean credit = strcmp (invoice->kind, "credit") == 0;
  g_autofree char *title = credit ? g_strdup_printf (_("Credit Note for %s"), invoice->credits_number) : g_strdup (_("New Invoice"));
  DeskRecordDialog *dialog = desk_record_dialog_new (page, title, credit ? credit_fields : invoice_fields,
                                                     credit ? G_N_ELEMENTS (credit_fields) : G_N_ELEMENTS (invoice_fields));
  Kept *kept = g_new0 (Kept, 1);
  g_autoptr (DeskFeeSchedule) schedule = credit ? NULL : desk_fee_schedule_on (desk_page_get_reader (page), invoice->issued_on, NULL);

  *kept = (Kept){ invoice, credit, desk_line_list_new (), desk_money_sums_new () };
  g_object_set_data_full (G_OBJECT (dialog), "kept", kept, kept_free);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 940, 690);
  desk_record_dialog_add (dialog, GTK_WIDGET (kept->sums), TRUE);
  desk_record_dialog_add (dialog, GTK_WIDGET (kept->lines), TRUE);
  if (schedule)
    desk_line_list_set_fees (kept->lines, schedule->fees);
  desk_line_list_fill (kept->lines, invoice->lines);
  if (!credit)
    {
      g_autofree char *due = invoice->due_on == DESK_DAY_NONE ? g_strdup ("") : desk_day_format (invoice->due_on);

      desk_record_form_set (desk_record_dialog_get_form (dialog), "due_on", due);
      desk_record_form_set (desk_record_dialog_get_form (dialog), "recipient", invoice->recipient);
    }
  g_signal_connect_object (kept->lines, "edited", G_CALLBACK (desk_record_dialog_touch), dialog, G_CONNECT_SWAPPED);
  g_signal_connect (dialog, "edited", G_CALLBACK (on_edited), NULL);
  g_signal_connect (dialog, "save", G_CALLBACK (on_save), NULL);
  show_sums (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  if (credit)
    desk_record_form_focus (desk_record_dialog_get_form (dialog), "reason");
  else
    desk_line_list_focus (kept->lines);
  return GTK_WINDOW (dialog);
}
