#include "desk-quote-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-book.h"
#include "desk-day-words.h"
#include "desk-fees.h"
#include "desk-line-list.h"
#include "desk-money-paper.h"
#include "desk-money-sums.h"
#include "desk-money-words.h"
#include "desk-quotes.h"
#include "desk-rates.h"
#include "desk-record-dialog.h"
#include "desk-toast.h"
#include "desk-words.h"

#define RATES_READ 50

static const DeskFormField fields[] = {
  { N_("Conditions"), "deposit", N_("Deposit before the treatment"), DESK_FORM_TEXT, N_("Yen, or a share as 30%"), NULL, NULL },
  { NULL, "valid_until", N_("Valid until"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "note", N_("Note on the paper"), DESK_FORM_WIDE, NULL, NULL, NULL },
  { NULL, "send", N_("Send it now: print it and fix it"), DESK_FORM_SWITCH, NULL, NULL, NULL },
};

/* What the dialog keeps. */
typedef struct
{
  DeskQuote *quote;    /* as it came */
  DeskFeeSchedule *schedule;
  GPtrArray *rates;    /* of DeskRate: those that hold */
  GPtrArray *sources;  /* of DeskQuoteSource */
  DeskLineList *lines;
  DeskMoneySums *sums;
  GtkDropDown *beside; /* "none", then each of rates */
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

  desk_quote_free (kept->quote);
  desk_fee_schedule_free (kept->schedule);
  g_clear_pointer (&kept->rates, g_ptr_array_unref);
  g_clear_pointer (&kept->sources, g_ptr_array_unref);
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
  guint chosen = gtk_drop_down_get_selected (kept->beside);

  return chosen >= 1 && chosen <= kept->rates->len ? kept->rates->pdata[chosen - 1] : NULL;
}

/* ── collecting ──────────────────────────────────────────────────────────────────────────────── */

/* "500000", or "30%" of the total rounded down to the yen. */
static const char *
read_deposit (const char *text, gint64 total, gint64 *deposit)
{
  gint64 percent = 0;

  *deposit = 0;
  if (*text == '\0')
    return NULL;
  if (!g_str_has_suffix (text, "%"))
    return desk_money_read (text, "JPY", deposit);
  g_autofree char *number = g_strndup (text, strlen (text) - 1);
  const char *problem = desk_money_read (number, "JPY", &percent);
  if (!problem && (percent < 0 || percent > 100))
    return "deposit-too-much";
  *deposit = problem ? 0 : total / 100 * percent + total % 100 * percent / 100;
  return problem;
}

static DeskQuote *
collect (DeskRecordDialog *dialog, DeskProblems *problems)
{
  Kept *kept = kept_of (dialog);
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  DeskQuote *quote = g_memdup2 (kept->quote, sizeof (DeskQuote));
  g_autofree char *deposit = desk_record_form_dup (form, "deposit"), *until = desk_record_form_dup (form, "valid_until");
  g_autofree char *iso = desk_day_read (until, DESK_DAY_ORDER_NONE, NULL);
  const DeskRate *rate = rate_of (kept);

  quote->number = g_strdup (kept->quote->number);
  quote->status = g_strdup (kept->quote->status);
  quote->note = desk_record_form_dup (form, "note");
  quote->lines = desk_line_list_dup (kept->lines);
  quote->rate_id = rate ? rate->id : 0;
  quote->valid_until = DESK_DAY_NONE;
  if (*until == '\0')
    quote->valid_until = DESK_DAY_NONE;
  else if (!iso || !desk_day_parse (iso, &quote->valid_until))
    desk_problems_add (problems, "valid_until", "not-a-date", NULL);
  const char *sum = desk_quote_add_up (quote);
  if (sum)
    desk_problems_add (problems, "lines", sum, NULL);
  const char *wrong = read_deposit (g_strstrip (deposit), quote->total, &quote->deposit);
  if (wrong)
    desk_problems_add (problems, "deposit", wrong, NULL);
  return quote;
}

/* ── what is shown ───────────────────────────────────────────────────────────────────────────── */

static char *
foreign_words (const DeskQuote *quote, const DeskRate *rate)
{
  gint64 amount;

  if (!rate || !desk_money_from_yen (quote->total, rate->rate, rate->currency, &amount))
    return NULL;
  g_autofree char *money = desk_words_money (amount, rate->currency), *yen = desk_rate_format (rate->rate);
  g_autofree char *day = desk_words_day_short (rate->on_day), *until = desk_words_day_short (rate->until_on);
  return g_strdup_printf (_("≈ %s at ¥%s (%s, %s; used until %s)"), money, yen, rate->source, day, until);
}

static void
show_sums (DeskRecordDialog *dialog, const DeskQuote *quote)
{
  Kept *kept = kept_of (dialog);
  DeskTaxSum sum;
  const char *problem = desk_money_lines_sum (quote->lines, quote->with_tax, quote->tax_round, &sum);
  g_autofree char *foreign = problem ? NULL : foreign_words (quote, rate_of (kept));

  if (problem)
    desk_money_sums_fail (kept->sums, problem);
  else
    desk_money_sums_show (kept->sums, &sum, foreign);
}

/* Says what is wrong where it stands; TRUE when something stops saving. */
static gboolean
show_problems (DeskRecordDialog *dialog, const DeskQuote *quote, DeskProblems *problems)
{
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  const DeskProblem *below = NULL;

  desk_quote_check (quote, problems);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const DeskProblem *problem = desk_problems_find (problems, fields[i].name);
      g_autofree char *words = problem ? desk_words_problem (problem) : NULL;

      desk_record_form_say (form, fields[i].name, words, problem && problem->warning);
    }
  for (guint i = 0; i < problems->len && !below; i++)
    if (!desk_record_form_has (form, desk_problems_get (problems, i)->field) && !desk_problems_get (problems, i)->warning)
      below = desk_problems_get (problems, i);
  g_autofree char *words = below ? desk_words_problem (below) : NULL;
  desk_record_dialog_say (dialog, words);
  return desk_problems_block (problems);
}

static void
on_edited (DeskRecordDialog *dialog)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskQuote) quote = collect (dialog, problems);

  show_sums (dialog, quote);
  show_problems (dialog, quote, problems);
}

/* ── saving ──────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskQuote *quote;
  gboolean send;
  DeskPage *page;           /* owned */
  DeskRecordDialog *dialog; /* owned */
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  desk_quote_free (save->quote);
  g_object_unref (save->page);
  g_object_unref (save->dialog);
  g_free (save);
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  Save *save = data;

  return desk_quote_save (db, save->quote, error) && (!save->send || desk_quote_send (db, save->quote->id, &save->quote->version, error));
}

static void
on_saved (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskRecordDialog) dialog = user_data;
  g_autoptr (GError) error = NULL;
  const Save *save = desk_session_run_finish (DESK_SESSION (session), result, &error);

  desk_record_dialog_set_busy (dialog, FALSE);
  if (!save)
    {
      g_autofree char *words = desk_words_error (error);

      desk_record_dialog_say (dialog, words);
      return;
    }
  DeskPage *page = desk_record_dialog_get_page (dialog);
  desk_record_dialog_close (dialog);
  if (save->send)
    desk_money_paper_show (page, "quote", save->quote->patient_id, save->quote->id);
}

static void
on_save (DeskRecordDialog *dialog)
{
  Kept *kept = kept_of (dialog);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskQuote) quote = collect (dialog, problems);
  g_autofree char *send = desk_record_form_dup (desk_record_dialog_get_form (dialog), "send");
  const char *line = desk_line_list_problem (kept->lines);

  if (*send && quote->lines->len == 0)
    line = "missing";
  if (line)
    {
      const DeskProblem problem = { .field = "lines", .code = line };
      g_autofree char *words = desk_words_problem (&problem);

      desk_record_dialog_say (dialog, words);
      return;
    }
  if (show_problems (dialog, quote, problems))
    {
      for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        if (desk_problems_find (problems, fields[i].name))
          {
            desk_record_form_focus (desk_record_dialog_get_form (dialog), fields[i].name);
            break;
          }
      return;
    }
  Save *save = g_new (Save, 1);
  *save = (Save){ g_steal_pointer (&quote), *send != '\0', g_object_ref (desk_record_dialog_get_page (dialog)), g_object_ref (dialog) };
  desk_record_dialog_set_busy (dialog, TRUE);
  desk_session_run_async (desk_page_get_session (save->page), save_work, save, save_free, NULL, on_saved, g_object_ref (dialog));
}

/* ── opening ─────────────────────────────────────────────────────────────────────────────────── */

/* What is booked and still to come, counted by its kind, each with its fee. */
static void
on_booked (DeskRecordDialog *dialog)
{
  Kept *kept = kept_of (dialog);
  DeskPage *page = desk_record_dialog_get_page (dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) visits = desk_visit_of_patient (desk_page_get_reader (page), kept->quote->patient_id, &error);
  g_autoptr (GPtrArray) lines = desk_line_list_dup (kept->lines);
  guint before = lines->len;

  if (!visits)
    {
      desk_toast_error (GTK_WIDGET (dialog), error);
      return;
    }
  for (guint i = 0; i < kept->schedule->fees->len; i++)
    {
      const DeskFee *fee = kept->schedule->fees->pdata[i];
      gint64 n = 0;

      for (guint j = 0; j < visits->len && *fee->visit_type; j++)
        {
          const DeskVisit *visit = visits->pdata[j];

          n += !desk_visit_is_final (visit->status) && strcmp (visit->type, fee->visit_type) == 0;
        }
      if (n && desk_fee_schedule_for_visit (kept->schedule, fee->visit_type) == fee)
        g_ptr_array_add (lines, desk_money_line_from_fee (fee, n));
    }
  desk_line_list_fill (kept->lines, lines);
  desk_line_list_focus (kept->lines);
  desk_record_dialog_say (dialog, lines->len == before ? _("Nothing is booked that has a fee.") : NULL);
}

/* What the chosen course or plan takes is put below the lines that are there. */
static void
on_source (GtkDropDown *from, GParamSpec *property, DeskRecordDialog *dialog)
{
  Kept *kept = kept_of (dialog);
  DeskPage *page = desk_record_dialog_get_page (dialog);
  guint chosen = gtk_drop_down_get_selected (from), unpriced = 0;
  g_autoptr (GError) error = NULL;

  if (chosen < 1 || chosen > kept->sources->len)
    return;
  const DeskQuoteSource *source = kept->sources->pdata[chosen - 1];
  g_autoptr (DeskQuote) begun
      = source->plan ? desk_quote_begin_plan (desk_page_get_reader (page), source->id, desk_page_get_today (page), &unpriced, &error)
                     : desk_quote_begin_course (desk_page_get_reader (page), source->id, desk_page_get_today (page), &unpriced, &error);
  g_autoptr (GPtrArray) lines = desk_line_list_dup (kept->lines);
  gtk_drop_down_set_selected (from, 0);
  if (!begun)
    {
      g_autofree char *words = desk_words_error (error);

      desk_record_dialog_say (dialog, words);
      return;
    }
  if (source->plan)
    kept->quote->plan_id = source->id;
  while (begun->lines->len)
    g_ptr_array_add (lines, g_ptr_array_steal_index (begun->lines, 0));
  desk_line_list_fill (kept->lines, lines);
  desk_line_list_focus (kept->lines);
  g_autofree char *words
      = g_strdup_printf (g_dngettext (NULL, "%u kind of visit has no fee and is not in the quote.", "%u kinds of visit have no fee and are not in the quote.", unpriced),
                         unpriced);
  desk_record_dialog_say (dialog, unpriced ? words : NULL);
}

/* "Plan: Standard course, One draw for all infusions, 7 Jan – 30 Mar". */
static char *
source_words (const DeskQuoteSource *source)
{
  g_autofree char *first = source->first == DESK_DAY_NONE ? g_strdup ("") : desk_words_day_short (source->first);
  g_autofree char *last = source->last == DESK_DAY_NONE ? NULL : desk_words_day_short (source->last);
  g_autofree char *days = last && *first ? g_strdup_printf ("%s – %s", first, last) : g_strdup (first);
  const char *facts[] = { source->plan ? _("Plan") : _("Course"), desk_words_pick (source->name, source->name_ja),
                          *source->strategy ? desk_words ("plan-strategy", source->strategy) : "", days };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

/* NULL for a patient without a course and a plan. */
static GtkWidget *
source_new (DeskRecordDialog *dialog, const Kept *kept)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (kept->sources->len == 0)
    return NULL;
  gtk_string_list_append (names, _("Add from a Course or Plan…"));
  for (guint i = 0; i < kept->sources->len; i++)
    {
      g_autofree char *words = source_words (kept->sources->pdata[i]);

      gtk_string_list_append (names, words);
    }
  GtkWidget *from = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (from), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add from a Course or Plan…"), -1);
  g_signal_connect_object (from, "notify::selected", G_CALLBACK (on_source), dialog, 0);
  return from;
}

static GtkWidget *
beside_new (DeskRecordDialog *dialog, Kept *kept)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new (_("Beside the yen"));
  GtkWidget *booked = gtk_button_new_with_mnemonic (_("Add What Is _Booked")), *gap = gtk_label_new (NULL), *from = source_new (dialog, kept);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("No other currency"));
  for (guint i = 0; i < kept->rates->len; i++)
    gtk_string_list_append (names, ((DeskRate *) kept->rates->pdata[i])->currency);
  kept->beside = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL));
  for (guint i = 0; i < kept->rates->len; i++)
    if (((DeskRate *) kept->rates->pdata[i])->id == kept->quote->rate_id)
      gtk_drop_down_set_selected (kept->beside, i + 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (kept->beside), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Beside the yen"), -1);
  g_signal_connect_object (kept->beside, "notify::selected", G_CALLBACK (desk_record_dialog_touch), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (booked, "clicked", G_CALLBACK (on_booked), dialog, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (gap, TRUE);
  gtk_box_append (GTK_BOX (box), booked);
  if (from)
    gtk_box_append (GTK_BOX (box), from);
  gtk_box_append (GTK_BOX (box), gap);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (kept->beside));
  return box;
}

static void
fill (DeskRecordDialog *dialog, Kept *kept)
{
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  g_autofree char *deposit = kept->quote->deposit ? desk_money_format (kept->quote->deposit, "JPY") : g_strdup ("");
  g_autofree char *until = desk_day_format (kept->quote->valid_until);

  desk_line_list_set_fees (kept->lines, kept->schedule->fees);
  desk_line_list_fill (kept->lines, kept->quote->lines);
  desk_record_form_set (form, "deposit", deposit);
  desk_record_form_set (form, "valid_until", until);
  desk_record_form_set (form, "note", kept->quote->note);
  desk_record_form_set (form, "send", "1");
}

/* The fees the quote was begun with, and the rates that hold: one of each currency. */
static gboolean
load (DeskDb *db, Kept *kept, DeskDay today, GError **error)
{
  g_autoptr (GPtrArray) all = desk_rate_list (db, RATES_READ, error);

  kept->schedule = kept->quote->schedule_id ? desk_fee_schedule_load (db, kept->quote->schedule_id, error) : desk_fee_schedule_new (today);
  kept->rates = g_ptr_array_new_with_free_func (rate_free);
  for (guint i = 0; all && i < all->len; i++)
    {
      DeskRate *rate = all->pdata[i];
      gboolean known = FALSE;

      for (guint j = 0; j < kept->rates->len; j++)
        known = known || strcmp (((DeskRate *) kept->rates->pdata[j])->currency, rate->currency) == 0;
      if (rate->id != kept->quote->rate_id && (known || rate->until_on < today))
        continue;
      g_ptr_array_add (kept->rates, desk_rate_load (db, rate->id, error));
      if (!kept->rates->pdata[kept->rates->len - 1])
        return FALSE;
    }
  kept->sources = all && kept->schedule ? desk_quote_sources (db, kept->quote->patient_id, error) : NULL;
  return kept->sources != NULL;
}

/* Opens the dialog for a quote (id 0: a new one of that patient); takes it. Lends the window, NULL when the fees could not
 * be read; without a fee schedule lines are written freely. */
GtkWindow *
desk_quote_dialog_show (DeskPage *page, DeskQuote *quote)
{
  g_autoptr (GError) error = NULL;
  Kept *kept = g_new0 (Kept, 1);

  kept->quote = quote;
  if (!load (desk_page_get_reader (page), kept, desk_page_get_today (page), &error))
    {
      desk_toast_error (GTK_WIDGET (page), error);
      kept_free (kept);
      return NULL;
    }
  g_autofree char *title = *quote->number ? g_strdup_printf (_("Quote %s, Version %d"), quote->number, quote->seq) : g_strdup (_("New Quote"));
  DeskRecordDialog *dialog = desk_record_dialog_new (page, title, fields, G_N_ELEMENTS (fields));
  g_object_set_data_full (G_OBJECT (dialog), "kept", kept, kept_free);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 940, 690);
  kept->lines = desk_line_list_new ();
  kept->sums = desk_money_sums_new ();
  desk_record_dialog_add (dialog, GTK_WIDGET (kept->sums), TRUE);
  desk_record_dialog_add (dialog, beside_new (dialog, kept), TRUE);
  desk_record_dialog_add (dialog, GTK_WIDGET (kept->lines), TRUE);
  fill (dialog, kept);
  g_signal_connect_object (kept->lines, "edited", G_CALLBACK (desk_record_dialog_touch), dialog, G_CONNECT_SWAPPED);
  g_signal_connect (dialog, "edited", G_CALLBACK (on_edited), NULL);
  g_signal_connect (dialog, "save", G_CALLBACK (on_save), NULL);
  show_sums (dialog, kept->quote);
  gtk_window_present (GTK_WINDOW (dialog));
  desk_line_list_focus (kept->lines);
  return GTK_WINDOW (dialog);
}
