/* Money as a receptionist takes it: from a quote to the receipt by actions, a deposit, a credit note, a refund, the drawer of
 * the day; asserted in the store. */
#include <string.h>

#include "app-fixture.h"

#include "desk-cash-counter.h"
#include "desk-clinics.h"
#include "desk-day-close-window.h"
#include "desk-day-closes.h"
#include "desk-fee-form.h"
#include "desk-fees.h"
#include "desk-invoices.h"
#include "desk-line-list.h"
#include "desk-patient-money.h"
#include "desk-payments.h"
#include "desk-quotes.h"
#include "desk-record-dialog.h"
#include "desk-setup-window.h"

#define WHO 10 /* of the sample: registered, and nothing more */

static GtkWidget *
window_of (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

static DeskRecordDialog *
dialog (void)
{
  return (DeskRecordDialog *) window_of (DESK_TYPE_RECORD_DIALOG);
}

static void
type (const char *name, const char *value)
{
  DeskRecordForm *form = desk_record_dialog_get_form (dialog ());

  desk_record_form_set (form, name, value);
  g_signal_emit_by_name (form, "edited");
}

static void
save (void)
{
  gtk_widget_activate_action (GTK_WIDGET (dialog ()), "record.save", NULL);
  app_settle (400);
}

/* The paper that follows is looked at and closed. */
static void
close_paper (void)
{
  GtkWidget *paper = NULL;

  for (int i = 0; i < 50 && !(paper = window_of (g_type_from_name ("DeskMoneyPaper"))); i++)
    app_settle (100);
  g_assert_nonnull (paper);
  gtk_window_destroy (GTK_WINDOW (paper));
  app_settle (100);
}

static GtkWidget *
section (AppFixture *fixture)
{
  desk_window_show (fixture->window, DESK_KIND_PATIENT, WHO);
  app_settle (100);
  return desk_page_part (desk_window_get_page (fixture->window, "patients"), "money.quote");
}

/* The first fee that is offered, which is typed by its code. */
static char *
some_fee (AppFixture *fixture, gint64 *price)
{
  g_autoptr (GError) error = NULL;
  DeskDay today = desk_page_get_today (desk_window_get_page (fixture->window, "today"));
  g_autoptr (DeskFeeSchedule) fees = desk_fee_schedule_on (desk_session_reader (fixture->session), today, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < fees->fees->len; i++)
    {
      const DeskFee *fee = fees->fees->pdata[i];

      if (fee->active && fee->sessions == 0 && fee->tax == 10)
        {
          *price = fee->price;
          return g_strdup (fee->name);
        }
    }
  g_assert_not_reached ();
}

static GPtrArray *
invoices (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = desk_invoice_list (desk_session_reader (fixture->session), WHO, &error);

  g_assert_no_error (error);
  return list;
}

static void
test_quote_to_receipt (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *money = section (fixture);
  gint64 price = 0;
  g_autofree char *fee = some_fee (fixture, &price), *typed = g_strdup_printf ("3 %s", fee);

  g_assert_true (DESK_IS_PATIENT_MONEY (money));
  gtk_widget_activate_action (money, "money.quote", NULL);
  app_settle (200);
  DeskLineList *lines = DESK_LINE_LIST (app_find (GTK_WIDGET (dialog ()), DESK_TYPE_LINE_LIST, 0));
  g_assert_true (desk_line_list_add (lines, typed));
  g_assert_true (desk_line_list_add (lines, "-1000"));
  type ("deposit", "lots");
  save ();
  g_assert_nonnull (dialog ()); /* nothing is lost */
  type ("deposit", "10%");
  save ();
  g_assert_null (dialog ());
  close_paper ();

  g_autoptr (GPtrArray) quotes = desk_quote_list (desk_session_reader (fixture->session), WHO, &error);
  g_assert_cmpuint (quotes->len, ==, 1);
  const DeskQuote *quote = quotes->pdata[0];
  g_assert_cmpstr (quote->status, ==, "sent");
  g_assert_cmpint (quote->deposit, ==, quote->total / 10);
  g_autoptr (DeskQuote) full = desk_quote_load (desk_session_reader (fixture->session), quote->id, &error);
  g_assert_cmpuint (full->lines->len, ==, 2);
  g_assert_cmpint (((DeskMoneyLine *) full->lines->pdata[0])->count, ==, 3);
  g_assert_cmpint (((DeskMoneyLine *) full->lines->pdata[0])->price, ==, price);
  g_assert_cmpint (((DeskMoneyLine *) full->lines->pdata[1])->price, ==, -1000);

  /* Accepted and billed in one step, then paid. */
  gtk_widget_activate_action (money, "money.next", NULL);
  app_settle (400);
  close_paper ();
  g_autoptr (GPtrArray) billed = invoices (fixture);
  g_assert_cmpuint (billed->len, ==, 1);
  g_assert_cmpint (((DeskInvoice *) billed->pdata[0])->open, ==, quote->total);
  gtk_widget_activate_action (money, "money.next", NULL);
  app_settle (200);
  type ("method", "card");
  save ();
  g_assert_null (dialog ());
  close_paper ();
  g_autoptr (GPtrArray) paid = invoices (fixture);
  g_assert_cmpint (((DeskInvoice *) paid->pdata[0])->open, ==, 0);
  g_autoptr (GPtrArray) payments = desk_payment_list (desk_session_reader (fixture->session), WHO, &error);
  g_assert_cmpuint (payments->len, ==, 1);
  g_assert_cmpstr (((DeskPayment *) payments->pdata[0])->method, ==, "card");
  g_assert_cmpint (((DeskPayment *) payments->pdata[0])->amount, ==, quote->total);
}

static void
test_deposit_and_refund (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *money = section (fixture);

  gtk_widget_activate_action (money, "money.pay-next", NULL);
  app_settle (200);
  type ("amount", "");
  save ();
  g_assert_nonnull (dialog ());
  type ("amount", "50,000");
  type ("payer", "OMAR");
  save ();
  close_paper ();
  g_autoptr (GPtrArray) payments = desk_payment_list (desk_session_reader (fixture->session), WHO, &error);
  g_assert_cmpuint (payments->len, ==, 1);
  g_assert_cmpint (((DeskPayment *) payments->pdata[0])->left, ==, 50000);
  g_assert_cmpstr (((DeskPayment *) payments->pdata[0])->payer, ==, "OMAR");

  gtk_widget_activate_action (money, "money.refund-newest", NULL);
  app_settle (200);
  type ("amount", "60,000");
  type ("reason", "Changed plans");
  save ();
  g_assert_nonnull (dialog ()); /* more than there is */
  type ("amount", "50,000");
  save ();
  close_paper ();
  g_autoptr (GPtrArray) refunds = desk_refund_list (desk_session_reader (fixture->session), WHO, &error);
  g_assert_cmpuint (refunds->len, ==, 1);
  g_assert_cmpint (((DeskRefund *) refunds->pdata[0])->amount, ==, 50000);
}

static void
test_invoice_and_credit (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *money = section (fixture);

  gtk_widget_activate_action (money, "money.bill", "x", (gint64) 0);
  app_settle (200);
  DeskLineList *lines = DESK_LINE_LIST (app_find (GTK_WIDGET (dialog ()), DESK_TYPE_LINE_LIST, 0));
  save ();
  g_assert_nonnull (dialog ()); /* no line */
  g_autoptr (GPtrArray) free_lines = desk_money_lines_new ();
  DeskMoneyLine *line = desk_money_line_new ();
  g_free (line->words);
  line->words = g_strdup ("Certificate");
  line->price = 5000;
  g_ptr_array_add (free_lines, line);
  desk_line_list_fill (lines, free_lines);
  save ();
  close_paper ();
  g_autoptr (GPtrArray) billed = invoices (fixture);
  g_assert_cmpuint (billed->len, ==, 1);

  gtk_widget_activate_action (money, "money.credit-newest", NULL);
  app_settle (200);
  save ();
  g_assert_nonnull (dialog ()); /* without a reason nothing is taken back */
  type ("reason", "Not needed");
  save ();
  close_paper ();
  g_autoptr (GPtrArray) after = invoices (fixture);
  g_assert_cmpuint (after->len, ==, 2);
  for (guint i = 0; i < after->len; i++)
    {
      const DeskInvoice *one = after->pdata[i];

      if (strcmp (one->kind, "credit") == 0)
        g_assert_cmpstr (one->reason, ==, "Not needed");
      else
        g_assert_cmpint (one->open, ==, 0);
    }
}

static gint64
bill (GtkWidget *money, AppFixture *fixture, const char *words, gint64 price)
{
  gint64 id = 0;

  gtk_widget_activate_action (money, "money.bill", "x", (gint64) 0);
  app_settle (200);
  DeskLineList *lines = DESK_LINE_LIST (app_find (GTK_WIDGET (dialog ()), DESK_TYPE_LINE_LIST, 0));
  g_autoptr (GPtrArray) free_lines = desk_money_lines_new ();
  DeskMoneyLine *line = desk_money_line_new ();
  g_free (line->words);
  line->words = g_strdup (words);
  line->price = price;
  line->tax = 0;
  g_ptr_array_add (free_lines, line);
  desk_line_list_fill (lines, free_lines);
  save ();
  close_paper ();
  g_autoptr (GPtrArray) billed = invoices (fixture);
  for (guint i = 0; i < billed->len; i++)
    id = MAX (id, ((DeskInvoice *) billed->pdata[i])->id);
  return id;
}

/* Of two open invoices somebody chooses the one the deposit goes to. */
static void
test_deposit_on_chosen (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *money = section (fixture);
  gint64 first = bill (money, fixture, "One", 5000), second = bill (money, fixture, "Two", 7000);

  gtk_widget_activate_action (money, "money.deposit", "x", (gint64) 0);
  app_settle (200);
  GtkDropDown *purpose = GTK_DROP_DOWN (app_find (GTK_WIDGET (dialog ()), GTK_TYPE_DROP_DOWN, 0));
  gtk_drop_down_set_selected (purpose, g_list_model_get_n_items (gtk_drop_down_get_model (purpose)) - 1);
  type ("amount", "9000");
  save ();
  close_paper ();
  g_autoptr (GPtrArray) payments = desk_payment_list (desk_session_reader (fixture->session), WHO, &error);
  g_assert_cmpint (((DeskPayment *) payments->pdata[0])->left, ==, 9000);
  gtk_widget_activate_action (money, "money.allocate", "x", ((DeskPayment *) payments->pdata[0])->id);
  app_settle (200);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (app_find (GTK_WIDGET (dialog ()), GTK_TYPE_DROP_DOWN, 0)), 1);
  type ("amount", "7001");
  save ();
  g_assert_nonnull (dialog ()); /* more than the invoice */
  type ("amount", "7000");
  save ();
  g_assert_null (dialog ());
  g_autoptr (GPtrArray) after = invoices (fixture);
  for (guint i = 0; i < after->len; i++)
    {
      const DeskInvoice *one = after->pdata[i];

      g_assert_cmpint (one->open, ==, one->id == second ? 0 : 5000);
      g_assert_true (one->id == first || one->id == second);
    }
}

static void
test_close (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskPage *today = desk_window_get_page (fixture->window, "today");
  DeskDb *db = desk_session_reader (fixture->session);
  g_autoptr (GPtrArray) staff = desk_staff_list (db, TRUE, &error);
  gint64 closer = ((DeskStaff *) staff->pdata[0])->id, witness = ((DeskStaff *) staff->pdata[1])->id;
  gboolean closed = TRUE;

  desk_session_set_actor (fixture->session, closer);
  gtk_widget_activate_action (GTK_WIDGET (today), "today.close-money", NULL);
  app_settle (200);
  DeskDayCloseWindow *window = DESK_DAY_CLOSE_WINDOW (window_of (DESK_TYPE_DAY_CLOSE_WINDOW));
  DeskCashCounter *counter = DESK_CASH_COUNTER (app_find (GTK_WIDGET (window), DESK_TYPE_CASH_COUNTER, 0));
  desk_cash_counter_set (counter, 0, 2);
  desk_cash_counter_set (counter, 5, 3);
  g_assert_cmpint (desk_cash_counter_get_yen (counter), ==, 20300);
  /* What else came in that day is right. */
  g_autoptr (DeskDayClose) expected = desk_day_close_begin (db, desk_page_get_today (today), &error);
  for (guint i = 1; i < expected->lines->len; i++)
    {
      const DeskDayCloseLine *line = expected->lines->pdata[i];
      g_autofree char *counted = desk_money_format (line->expected, line->currency);

      desk_day_close_window_count (window, i, counted, "");
    }
  desk_day_close_window_witness (window, witness, "000000");
  desk_day_close_window_count (window, 0, "20300", "");
  gtk_widget_activate_action (GTK_WIDGET (window), "close.day", NULL);
  app_settle (300);
  g_assert_true (desk_day_is_closed (db, desk_page_get_today (today), &closed, &error));
  g_assert_false (closed); /* it differs and nobody says why */
  desk_day_close_window_count (window, 0, "20300", "Change of yesterday");
  gtk_widget_activate_action (GTK_WIDGET (window), "close.day", NULL);
  app_settle (3000);
  g_assert_true (desk_day_is_closed (db, desk_page_get_today (today), &closed, &error));
  g_assert_false (closed); /* the wrong PIN */
  desk_day_close_window_witness (window, witness, "246810");
  gtk_widget_activate_action (GTK_WIDGET (window), "close.day", NULL);
  for (int i = 0; i < 50 && !closed; i++)
    {
      app_settle (200);
      g_assert_true (desk_day_is_closed (db, desk_page_get_today (today), &closed, &error));
    }
  app_settle (300);
  g_autoptr (DeskDayClose) day = desk_day_close_load (db, desk_page_get_today (today), &error);
  g_assert_no_error (error);
  g_assert_cmpint (day->witness_id, ==, witness);
  g_assert_cmpint (((DeskDayCloseLine *) day->lines->pdata[0])->counted, ==, 20300);
  gtk_widget_activate_action (GTK_WIDGET (window), "close.print", NULL);
  app_settle (400);
  GtkWidget *paper = window_of (g_type_from_name ("DeskPrintDialog"));
  g_assert_nonnull (paper);
  gtk_window_destroy (GTK_WINDOW (paper));
  gtk_window_destroy (GTK_WINDOW (window));

  /* The closed day takes no money, and says so. */
  gtk_widget_activate_action (section (fixture), "money.pay-next", NULL);
  app_settle (200);
  type ("amount", "100");
  save ();
  g_assert_nonnull (dialog ());
  desk_record_dialog_close (dialog ());
}

static void
test_fees (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskSetupWindow *setup = desk_setup_window_show (GTK_WINDOW (fixture->window), fixture->session);
  GtkWidget *page = desk_setup_window_get_page (setup, "money");
  g_autoptr (GPtrArray) before = desk_fee_schedules (desk_session_reader (fixture->session), &error);

  gtk_widget_activate_action (page, "money-setup.add", NULL);
  app_settle (200);
  DeskFeeForm *form = DESK_FEE_FORM (window_of (DESK_TYPE_FEE_FORM));
  desk_fee_form_set (form, 0, "price", "dear");
  gtk_widget_activate_action (GTK_WIDGET (form), "fees.save", NULL);
  app_settle (200);
  g_assert_nonnull (window_of (DESK_TYPE_FEE_FORM));
  desk_fee_form_set (form, 0, "price", "￥１２,３４５");
  desk_fee_form_first (form, "2030-04-01");
  gtk_widget_activate_action (GTK_WIDGET (form), "fees.save", NULL);
  app_settle (400);
  g_assert_null (window_of (DESK_TYPE_FEE_FORM));
  g_autoptr (GPtrArray) after = desk_fee_schedules (desk_session_reader (fixture->session), &error);
  g_assert_cmpuint (after->len, ==, before->len + 1);
  gint64 id = 0;
  for (guint i = 0; i < after->len; i++)
    if (((DeskFeeSchedule *) after->pdata[i])->from_on == desk_day_from_ymd (2030, 4, 1))
      id = ((DeskFeeSchedule *) after->pdata[i])->id;
  g_autoptr (DeskFeeSchedule) saved = desk_fee_schedule_load (desk_session_reader (fixture->session), id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((DeskFee *) saved->fees->pdata[0])->price, ==, 12345);
  g_assert_cmpint (saved->closed_at, ==, 0);
  gtk_window_destroy (GTK_WINDOW (setup));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (AppFixture *, gconstpointer);
  } tests[] = {
    { "/money/quote-to-receipt", test_quote_to_receipt }, { "/money/deposit-and-refund", test_deposit_and_refund },
    { "/money/invoice-and-credit", test_invoice_and_credit }, { "/money/deposit-on-chosen", test_deposit_on_chosen },
    { "/money/close", test_close }, { "/money/fees", test_fees },
  };

  app_init (&argc, &argv);
  /* No window manager gives the focus here and takes it away: the cursor is not to watch over it. */
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, AppFixture, NULL, app_fixture_set_up, tests[i].func, app_fixture_tear_down);
  return g_test_run ();
}
