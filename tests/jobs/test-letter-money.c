/* The papers of money in each of their languages: what stands on them, read again out of the PDF. */
#include <gio/gio.h>
#include <string.h>

#include "desk-fees.h"
#include "desk-invoices.h"
#include "desk-letter-issue.h"
#include "desk-payments.h"
#include "desk-quotes.h"
#include "desk-rates.h"
#include "letter-fixture.h"

#define TODAY LETTER_TODAY

static const char *const languages[] = { "en", "ja", "zh", "zh-TW", "ko", "ar", "ru", "vi" };

/* One patient with a paper of each kind. */
typedef struct
{
  StoreFixture store;
  gint64 patient, quote, invoice, deposit, payment, refund, credit;
} Fixture;

#define OK(call) \
  G_STMT_START \
    { \
      gboolean ok_ = (call); \
      g_assert_no_error (error); \
      g_assert_true (ok_); \
    } \
  G_STMT_END

static void
add_line (GPtrArray *lines, const char *words, const char *words_ja, gint64 count, gint64 price, int tax, int sessions)
{
  DeskMoneyLine *line = desk_money_line_new ();

  g_free (line->words);
  line->words = g_strdup (words);
  g_free (line->words_ja);
  line->words_ja = g_strdup (words_ja);
  line->count = count;
  line->price = price;
  line->tax = tax;
  line->sessions = sessions;
  if (sessions)
    {
      g_free (line->visit_type);
      line->visit_type = g_strdup ("infusion");
    }
  g_ptr_array_add (lines, line);
}

static gint64
pay (Fixture *f, gint64 amount, const char *method, gint64 quote, gint64 invoice)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPayment) payment = desk_payment_new (f->patient, TODAY);

  payment->amount = amount;
  payment->quote_id = quote;
  g_free (payment->method);
  payment->method = g_strdup (method);
  OK (desk_payment_take (f->store.db, payment, invoice, &error));
  return payment->id;
}

static void
make_quote (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskTaxSettings) tax = desk_tax_settings_load (f->store.db, &error);
  DeskRate rate = { 0, (char *) "USD", 1612000, (char *) "Bank TTS", TODAY - 1, TODAY + 7 };
  gint64 terms;

  g_free (tax->tax_number);
  tax->tax_number = g_strdup ("T7000012050002");
  OK (desk_tax_settings_save (f->store.db, tax, &error));
  OK (desk_rate_add (f->store.db, &rate, &error));
  OK (desk_cancel_terms_add (f->store.db, "Nothing is charged before the draw.", "採血日の前日までは無料です。", &terms, &error));
  g_autoptr (DeskQuote) quote = desk_quote_begin (f->store.db, f->patient, TODAY, &error);
  g_assert_no_error (error);
  add_line (quote->lines, "NK-cell therapy", "NK細胞療法", 1, 2400000, 10, 6);
  add_line (quote->lines, "Nutrition drink", "栄養飲料", 10, 800, 8, 0);
  add_line (quote->lines, "Discount", "値引き", 1, -100000, 10, 0);
  quote->deposit = 500000;
  OK (desk_quote_save (f->store.db, quote, &error));
  OK (desk_quote_send (f->store.db, quote->id, &quote->version, &error));
  OK (desk_quote_accept (f->store.db, quote->id, &quote->version, TODAY, &error));
  f->quote = quote->id;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&f->store, NULL);
  letter_fixture_clinic (&f->store);
  f->patient = letter_fixture_person (&f->store, "NGUYEN", "THI AN", "C1234567");
  make_quote (f);
  f->deposit = pay (f, 500000, "cash", f->quote, 0);
  g_autoptr (DeskInvoice) invoice = desk_invoice_begin_quote (f->store.db, f->quote, TODAY, &error);
  g_assert_no_error (error);
  OK (desk_invoice_make (f->store.db, invoice, TRUE, &error));
  f->invoice = invoice->id;
  f->payment = pay (f, 1000000, "card", 0, f->invoice);
  gint64 over = pay (f, 30000, "transfer", 0, 0);
  g_autoptr (DeskRefund) refund = desk_refund_new (over, TODAY);
  refund->amount = 30000;
  g_free (refund->method);
  refund->method = g_strdup ("transfer");
  refund->patient_id = f->patient;
  g_free (refund->reason);
  refund->reason = g_strdup ("Paid twice");
  OK (desk_refund_make (f->store.db, refund, &error));
  f->refund = refund->id;
  g_autoptr (DeskInvoice) credit = desk_credit_begin (f->store.db, f->invoice, TODAY, &error);
  g_assert_no_error (error);
  g_ptr_array_remove_index (credit->lines, 2);
  g_ptr_array_remove_index (credit->lines, 0);
  g_free (credit->reason);
  credit->reason = g_strdup ("Not delivered");
  OK (desk_credit_make (f->store.db, credit, &error));
  f->credit = credit->id;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  store_fixture_tear_down (&f->store, NULL);
}

/* The text of the PDF without its white space. */
static char *
text_of (Fixture *f, const char *letter, const char *subject, gint64 id, const char *language)
{
  g_autoptr (GError) error = NULL;
  const DeskLetterWanted wanted = { .name = letter, .language = language, .patient_id = f->patient, .subject = subject, .subject_id = id };
  g_autofree char *path = g_build_filename (f->store.folder, "money.pdf", NULL), *output = NULL;
  g_autofree char *command = g_strdup_printf ("pdftotext '%s' -", path);
  GString *out = g_string_new (NULL);
  gint64 issued;

  if (!desk_letter_issue_pdf (f->store.db, &wanted, 1, TODAY, path, TRUE, &issued, &error))
    g_error ("%s %s: %s", letter, language, error->message);
  OK (g_spawn_command_line_sync (command, &output, NULL, NULL, &error));
  g_autofree char *folded = g_utf8_normalize (output, -1, G_NORMALIZE_NFC);
  for (const char *p = folded; *p; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

static void
assert_words (const char *text, const char *const *words, const char *what)
{
  for (guint i = 0; words[i]; i++)
    if (!strstr (text, words[i]))
      g_error ("%s: «%s» is not in: %s", what, words[i], text);
}

/* Figures, numbers and names are the same in every language. */
static void
test_figures (Fixture *f, gconstpointer data)
{
  const struct
  {
    const char *letter, *subject;
    gint64 id;
    const char *words[12];
  } papers[] = {
    { "quote", "quote", f->quote, { "Q26-", "¥2,400,000", "¥100,000", "¥2,538,640", "¥230,000", "¥640", "USD15,748.39", "1USD=¥161.2", "BankTTS", "¥500,000" } },
    { "invoice", "invoice", f->invoice, { "N26-", "Q26-", "T7000012050002", "¥2,300,000", "¥2,530,000", "¥8,640", "※", "¥1,000,000", "¥1,030,000" } },
    { "receipt", "payment", f->payment, { "R26-", "N26-", "¥1,000,000", "¥2,538,640", "¥230,000", "T7000012050002" } },
    { "receipt", "payment", f->deposit, { "R26-", "¥500,000" } },
    { "refund", "refund", f->refund, { "F26-", "R26-", "¥30,000", "Paidtwice" } },
    { "credit", "invoice", f->credit, { "K26-", "N26-", "¥8,640", "¥640", "※", "Notdelivered", "T7000012050002" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
      {
        g_autofree char *text = text_of (f, papers[i].letter, papers[i].subject, papers[i].id, languages[l]);
        g_autofree char *what = g_strdup_printf ("%s %s", papers[i].letter, languages[l]);

        assert_words (text, papers[i].words, what);
      }
}

/* Names, honorifics, days and words of each language. */
static void
test_words (Fixture *f, gconstpointer data)
{
  const struct
  {
    const char *letter, *subject, *language;
    gint64 id;
    const char *words[8];
  } papers[] = {
    { "receipt", "payment", "ja", f->payment, { "領収書", "NGUYENTHIAN様", "金¥1,000,000", "但し", "カード", "10%対象" } },
    { "invoice", "invoice", "ja", f->invoice, { "請求書", "登録番号:T7000012050002", "栄養飲料※", "軽減税率(8%)", "(6回分)", "差引ご請求額", "2026年2月1日" } },
    { "credit", "invoice", "ja", f->credit, { "返還請求書", "元の取引日" } },
    { "quote", "quote", "ja", f->quote, { "御見積書", "採血日の前日までは無料です。", "値引き" } },
    { "quote", "quote", "en", f->quote, { "Quotation", "Nothingischargedbeforethedraw.", "1February2026", "(6sessions)" } },
    { "receipt", "payment", "en", f->deposit, { "Cash" } },
    { "quote", "quote", "ru", f->quote, { "Смета", "Итого" } },
    { "refund", "refund", "vi", f->refund, { "Chuyểnkhoản" } },
    { "receipt", "payment", "ko", f->payment, { "영수증", "NGUYENTHIAN귀하" } },
    { "receipt", "payment", "zh-TW", f->payment, { "收據" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autofree char *text = text_of (f, papers[i].letter, papers[i].subject, papers[i].id, papers[i].language);

      assert_words (text, papers[i].words, papers[i].letter);
    }
}

/* About nothing of money a letter of money is not complete, and is not issued. */
static void
test_no_subject (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const DeskLetterWanted wanted = { .name = "invoice", .language = "en", .patient_id = f->patient };
  g_autoptr (DeskLetter) letter = desk_letter_compose (f->store.db, &wanted, TODAY, &error);

  g_assert_no_error (error);
  g_assert_true (g_strv_contains (desk_letter_missing (letter), "money.number"));
  g_assert_true (g_strv_contains (desk_letter_missing (letter), "money.total"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/letter-money/figures", Fixture, NULL, set_up, test_figures, tear_down);
  g_test_add ("/letter-money/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/letter-money/no-subject", Fixture, NULL, set_up, test_no_subject, tear_down);
  return g_test_run ();
}
