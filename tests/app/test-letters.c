/* Letters that go out, and the register: issued when they are printed, printed again as copies, corrected, put out of force. */
#include "app-fixture.h"
#include "desk-issued.h"
#include "desk-issued-view.h"
#include "desk-letter-paper.h"
#include "desk-letters-view.h"
#include "desk-list-model.h"
#include "desk-scan.h"
#include "desk-words.h"
#include "fake-printers.h"

static AppFixture shared;

static void
set_up (AppFixture *fixture, gconstpointer data)
{
  if (!shared.window)
    app_fixture_set_up (&shared, NULL);
  *fixture = shared;
  fake_printers_install ();
  fake_printers_add ("Laser", "ready");
}

static void
tear_down (AppFixture *fixture, gconstpointer data)
{
  fake_printers_remove ();
  app_settle (100);
}

static DeskDb *
reader (AppFixture *fixture)
{
  return desk_session_reader (fixture->session);
}

static GPtrArray *
issued_of (AppFixture *fixture, gint64 patient_id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *issued = desk_issued_of_patient (reader (fixture), patient_id, &error);

  g_assert_no_error (error);
  return issued;
}

/* A patient for whom nothing was issued yet. */
static gint64
find_patient (AppFixture *fixture)
{
  for (gint64 id = 1; id < 80; id++)
    {
      g_autoptr (GPtrArray) issued = issued_of (fixture, id);

      if (issued->len == 0)
        return id;
    }
  g_assert_not_reached ();
}

/* However slow the machine: until the worker did it. */
static DeskIssued *
wait_for (AppFixture *fixture, gint64 id, gboolean (*done) (const DeskIssued *issued))
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (DeskIssued) issued = desk_issued_load (reader (fixture), id, &error);

      g_assert_no_error (error);
      if (done (issued))
        return g_steal_pointer (&issued);
      app_settle (100);
    }
  g_assert_not_reached ();
}

static gboolean
is_replaced (const DeskIssued *issued)
{
  return issued->replaced_by != 0;
}

static gboolean
is_void (const DeskIssued *issued)
{
  return issued->void_at != 0;
}

/* Opens the consent of the patient in the print dialog and prints it. */
static DeskPrintDialog *
print_consent (AppFixture *fixture, gint64 patient_id)
{
  GtkWidget *page = GTK_WIDGET (desk_window_get_page (fixture->window, "papers"));
  DeskLettersView *letters = DESK_LETTERS_VIEW (app_find (page, DESK_TYPE_LETTERS_VIEW, 0));

  desk_letters_view_show_letter (letters, patient_id, "consent", NULL);
  DeskPrintDialog *dialog = desk_letters_view_print (letters);
  g_assert_nonnull (dialog);
  app_settle (100);
  g_autoptr (GPtrArray) none = issued_of (fixture, patient_id);
  guint before = none->len;
  desk_print_dialog_print (dialog);
  for (guint i = 0; i < 50 && fake_printers_n_prints () == 0; i++)
    app_settle (100);
  g_test_message ("%s", gtk_label_get_label (GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (dialog), DESK_TYPE_PRINT_DIALOG, "stage"))));
  g_autoptr (GPtrArray) one = issued_of (fixture, patient_id);
  g_assert_cmpuint (one->len, ==, before + 1); /* its number only when it goes out */
  return dialog;
}

static gboolean
holds (const GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* Issued, printed, in the register before and after. */
static void
test_issue (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 patient_id = find_patient (fixture);

  print_consent (fixture, patient_id);
  g_assert_cmpuint (fake_printers_n_prints (), ==, 1);
  g_autoptr (GPtrArray) issued = issued_of (fixture, patient_id);
  const DeskIssued *paper = issued->pdata[0];
  g_autoptr (GPtrArray) begun = desk_issued_prints (reader (fixture), paper->id, &error);
  g_assert_cmpuint (begun->len, ==, 1);
  g_assert_cmpstr (((DeskIssuedPrint *) begun->pdata[0])->state, ==, "begun");
  g_assert_cmpstr (((DeskIssuedPrint *) begun->pdata[0])->target, ==, "Laser");

  /* The printer had the very bytes whose digest is in the register. */
  const GByteArray *pdf = fake_printers_print (0)->pdf;
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, pdf->data, pdf->len);
  g_assert_cmpstr (digest, ==, paper->pdf_digest);

  fake_printers_say (0, DESK_PRINT_DONE, NULL);
  app_settle (300);
  g_autoptr (GPtrArray) done = desk_issued_prints (reader (fixture), paper->id, &error);
  g_assert_cmpstr (((DeskIssuedPrint *) done->pdata[0])->state, ==, "done");

  /* Once more from the register: a copy, which is other bytes. */
  GtkWidget *page = GTK_WIDGET (desk_window_get_page (fixture->window, "papers"));
  DeskIssuedView *view = DESK_ISSUED_VIEW (app_find (page, DESK_TYPE_ISSUED_VIEW, 0));
  desk_window_show (fixture->window, DESK_KIND_LETTER, paper->id);
  app_settle (100);
  gtk_widget_activate_action (GTK_WIDGET (view), "issued.print", NULL);
  app_settle (200);
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l; l = l->next)
    if (DESK_IS_PRINT_DIALOG (l->data))
      desk_print_dialog_print (l->data);
  app_settle (300);
  g_assert_cmpuint (fake_printers_n_prints (), ==, 2);
  const GByteArray *copy = fake_printers_print (1)->pdf;
  g_autofree char *other = g_compute_checksum_for_data (G_CHECKSUM_SHA256, copy->data, copy->len);
  g_assert_cmpstr (other, !=, paper->pdf_digest);
  fake_printers_say (1, DESK_PRINT_FAILED, "out of paper");
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GArray) now = desk_issued_ids (reader (fixture), DESK_ISSUED_TROUBLE, &error);

      if (holds (now, paper->id))
        break;
      app_settle (100);
    }
  g_autoptr (GPtrArray) again = desk_issued_prints (reader (fixture), paper->id, &error);
  g_assert_cmpuint (again->len, ==, 2);
  g_autoptr (GArray) trouble = desk_issued_ids (reader (fixture), DESK_ISSUED_TROUBLE, &error);
  g_assert_cmpstr (((DeskIssuedPrint *) again->pdata[1])->state, ==, "failed");
  g_assert_cmpstr (((DeskIssuedPrint *) again->pdata[1])->reason, ==, "out of paper");
  g_assert_true (holds (trouble, paper->id));
  g_autoptr (GList) left = gtk_window_list_toplevels ();
  for (GList *l = left; l; l = l->next)
    if (DESK_IS_PRINT_DIALOG (l->data))
      gtk_window_close (l->data);
}

static AdwMessageDialog *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;
  g_assert_not_reached ();
}

/* Found by what is scanned; out of force only with a reason; corrected under a new number. */
static void
test_register (AppFixture *fixture, gconstpointer data)
{
  gint64 patient_id = find_patient (fixture);

  print_consent (fixture, patient_id);
  fake_printers_say (0, DESK_PRINT_DONE, NULL);
  app_settle (300);
  g_autoptr (GPtrArray) issued = issued_of (fixture, patient_id);
  const DeskIssued *paper = issued->pdata[0];
  GtkWidget *page = GTK_WIDGET (desk_window_get_page (fixture->window, "papers"));
  GtkWidget *view = app_find (page, DESK_TYPE_ISSUED_VIEW, 0);
  desk_window_go (fixture->window, "today");
  g_assert_true (desk_scan_give (GTK_WIDGET (fixture->window), paper->number));
  app_settle (100);

  gtk_widget_activate_action (view, "issued.correct", NULL);
  app_settle (50);
  adw_message_dialog_response (find_question (), "correct");
  gtk_window_destroy (GTK_WINDOW (find_question ()));
  g_autoptr (DeskIssued) old = wait_for (fixture, paper->id, is_replaced);
  app_settle (500);
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l; l = l->next)
    if (DESK_IS_PRINT_DIALOG (l->data))
      gtk_window_close (l->data);

  desk_window_show (fixture->window, DESK_KIND_LETTER, old->replaced_by);
  app_settle (50);
  gtk_widget_activate_action (view, "issued.void", NULL);
  app_settle (50);
  AdwMessageDialog *question = find_question ();
  g_assert_false (adw_message_dialog_get_response_enabled (question, "void"));
  gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (question)), "given to the wrong person");
  g_assert_true (adw_message_dialog_get_response_enabled (question, "void"));
  adw_message_dialog_response (question, "void");
  gtk_window_destroy (GTK_WINDOW (question));
  g_autoptr (DeskIssued) gone = wait_for (fixture, old->replaced_by, is_void);
  g_assert_cmpstr (gone->void_why, ==, "given to the wrong person");
}

/* Two desks have the same paper open: what the second has drawn is no longer true when it prints. */
static void
test_twice (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 patient_id = find_patient (fixture);

  print_consent (fixture, patient_id);
  fake_printers_say (0, DESK_PRINT_DONE, NULL);
  app_settle (300);
  g_autoptr (GPtrArray) issued = issued_of (fixture, patient_id);
  const DeskIssued *paper = issued->pdata[0];
  DeskPage *page = desk_window_get_page (fixture->window, "papers");
  DeskPrintDialog *first = desk_letter_paper_print (GTK_WIDGET (page), page, &paper->id, 1);
  DeskPrintDialog *second = desk_letter_paper_print (GTK_WIDGET (page), page, &paper->id, 1);
  app_settle (100);
  desk_print_dialog_print (first);
  for (guint i = 0; i < 50 && fake_printers_n_prints () < 2; i++)
    app_settle (100);
  desk_print_dialog_print (second);
  const char *stage = NULL;
  for (guint i = 0; i < 50 && g_strcmp0 (stage, desk_words ("refused", "printed-meanwhile")) != 0; i++)
    {
      app_settle (100);
      stage = gtk_label_get_label (GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (second), DESK_TYPE_PRINT_DIALOG, "stage")));
    }
  g_assert_cmpstr (stage, ==, desk_words ("refused", "printed-meanwhile"));
  g_assert_cmpuint (fake_printers_n_prints (), ==, 2);
  g_autoptr (GPtrArray) prints = desk_issued_prints (reader (fixture), paper->id, &error);
  g_assert_cmpuint (prints->len, ==, 2);
  fake_printers_say (1, DESK_PRINT_DONE, NULL);
  app_settle (300);
  gtk_window_close (GTK_WINDOW (second));
}

int
main (int argc, char **argv)
{
  app_init (&argc, &argv);
  g_test_add ("/letters/issue", AppFixture, NULL, set_up, test_issue, tear_down);
  g_test_add ("/letters/register", AppFixture, NULL, set_up, test_register, tear_down);
  g_test_add ("/letters/twice", AppFixture, NULL, set_up, test_twice, tear_down);
  int failed = g_test_run ();
  app_fixture_tear_down (&shared, NULL);
  return failed;
}
