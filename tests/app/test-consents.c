/* Consents at the desk: signed on the screen with strokes, a paper that came back, withdrawn. */
#include <string.h>

#include "app-fixture.h"

#include "desk-cells-dialog.h"
#include "desk-consent-job.h"
#include "desk-consent-dialogs.h"
#include "desk-documents.h"
#include "desk-gates.h"
#include "desk-letter-issue.h"
#include "desk-issued.h"
#include "desk-clinics.h"
#include "desk-sign-dialog.h"
#include "desk-sign-signer.h"

#define WHO 10 /* of the sample: registered, and nothing more */

static DeskPage *
page_of (AppFixture *fixture)
{
  DeskPage *page = desk_window_get_page (fixture->window, "patients");

  desk_window_show (fixture->window, DESK_KIND_PATIENT, WHO);
  app_settle (100);
  return page;
}

static gint64
physician (DeskDb *db)
{
  g_autoptr (GPtrArray) staff = desk_staff_list (db, TRUE, NULL);

  for (guint i = 0; i < staff->len; i++)
    if (g_str_equal (((DeskStaff *) staff->pdata[i])->role, "physician"))
      return ((DeskStaff *) staff->pdata[i])->id;
  return 0;
}

static void
scribble (DeskSignDialog *dialog, const char *role)
{
  DeskSignPad *pad = desk_sign_signer_get_pad (DESK_SIGN_SIGNER (desk_sign_dialog_get_signer (dialog, role)));

  desk_sign_pad_down (pad, 20, 60);
  for (int i = 0; i < 40; i++)
    desk_sign_pad_move (pad, 20 + i * 5, 60 + (i % 8) * 5);
  desk_sign_pad_up (pad);
}

static GPtrArray *
consents (DeskPage *page)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = desk_consent_list (desk_page_get_reader (page), WHO, &error);

  g_assert_no_error (error);
  return list;
}

static const char *
gate (DeskPage *page)
{
  g_autoptr (DeskCase) case_ = desk_gates_load (desk_page_get_reader (page), WHO, desk_page_get_today (page), NULL);
  g_autoptr (GArray) checks = desk_gate_judge (case_, DESK_GATE_DRAW, desk_page_get_today (page));

  for (guint i = 0; i < checks->len; i++)
    if (g_str_equal (g_array_index (checks, DeskGateCheck, i).rule->code, "consent"))
      return g_array_index (checks, DeskGateCheck, i).code;
  return NULL;
}

/* Strokes on the screen, all those who must sign, boxes that must be ticked. */
static DeskSignDialog *
fill (DeskPage *page)
{
  DeskSignDialog *dialog = desk_sign_dialog_screen (page, WHO, "consent", 0);

  g_assert_nonnull (dialog);
  app_settle (50);
  scribble (dialog, "patient");
  scribble (dialog, "physician");
  scribble (dialog, "interpreter");
  desk_sign_signer_choose (DESK_SIGN_SIGNER (desk_sign_dialog_get_signer (dialog, "physician")), physician (desk_page_get_reader (page)));
  gtk_editable_set_text (GTK_EDITABLE (desk_sign_signer_get_name (DESK_SIGN_SIGNER (desk_sign_dialog_get_signer (dialog, "interpreter")))), "LEE Ha, Korean");
  desk_sign_dialog_agree (dialog, "treatment");
  desk_sign_dialog_agree (dialog, "tests");
  return dialog;
}

/* What the dialog says in red, or "". */
static const char *
problem (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "error") && *gtk_label_get_text (GTK_LABEL (widget)))
    return gtk_label_get_text (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (*problem (child))
      return problem (child);
  return "";
}

/* Until the store has answered: closed, or refused in words. */
static void
submit (DeskSignDialog *dialog)
{
  g_object_ref (dialog);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "sign.submit", NULL);
  for (int i = 0; i < 100 && gtk_widget_get_visible (GTK_WIDGET (dialog)) && !*problem (GTK_WIDGET (dialog)); i++)
    app_settle (100);
  g_test_message ("%s", problem (GTK_WIDGET (dialog)));
  g_object_unref (dialog);
}

static void
test_screen (AppFixture *fixture)
{
  DeskPage *page = page_of (fixture);
  DeskSignDialog *dialog = fill (page);
  g_autoptr (GError) error = NULL;

  submit (dialog);
  g_autoptr (GPtrArray) list = consents (page);
  g_assert_cmpuint (list->len, ==, 1);
  g_autoptr (DeskConsent) consent = desk_consent_load (desk_page_get_reader (page), ((DeskConsent *) list->pdata[0])->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (consent->status, ==, "signed");
  g_assert_cmpstr (consent->how, ==, "screen");
  g_assert_cmpuint (consent->signers->len, ==, 3);
  const DeskConsentSigner *patient = desk_consent_find_signer (consent->signers, "patient");
  g_assert_true (desk_consent_ink_valid (patient->ink));
  g_assert_cmpuint (consent->items->len, ==, 4);
  g_assert_cmpstr (gate (page), ==, "ok");

  /* The frozen paper holds the strokes and the ticks, and is among the patient's papers. */
  g_autofree char *text = NULL, *frozen = NULL;
  g_assert_true (desk_issued_frozen (desk_page_get_reader (page), consent->issued_id, &text, &frozen, &error));
  g_assert_nonnull (strstr (frozen, patient->ink));
  g_assert_nonnull (strstr (frozen, "agreed.treatment"));
  g_assert_cmpint (consent->document_id, !=, 0);
  g_autoptr (DeskDocument) document = desk_document_load (desk_page_get_reader (page), consent->document_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (document->kind, ==, "consent");
  g_assert_cmpstr (document->media_type, ==, "application/pdf");
}

/* Without the physician nothing is signed, and what was written stays. */
static void
test_refused (AppFixture *fixture)
{
  DeskPage *page = page_of (fixture);
  DeskSignDialog *dialog = desk_sign_dialog_screen (page, WHO, "consent", 0);

  scribble (dialog, "patient");
  submit (dialog);
  g_autoptr (GPtrArray) list = consents (page);
  g_assert_cmpuint (list->len, ==, 0);
  g_assert_false (desk_sign_pad_is_empty (desk_sign_signer_get_pad (DESK_SIGN_SIGNER (desk_sign_dialog_get_signer (dialog, "patient")))));
  /* Escape asks before the strokes are lost. */
  gtk_widget_activate_action (GTK_WIDGET (dialog), "sign.close", NULL);
  app_settle (100);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (dialog)));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Withdrawn after signing: the gate follows. */
static void
test_withdrawn (AppFixture *fixture)
{
  DeskPage *page = page_of (fixture);
  g_autoptr (GPtrArray) list = consents (page);
  GtkWidget *dialog = desk_consent_ask_withdrawal (page, ((DeskConsent *) list->pdata[0])->id);
  desk_cells_dialog_set_choice (DESK_CELLS_DIALOG (dialog), "how", 1);
  g_signal_emit_by_name (dialog, "submit");
  app_settle (500);
  g_assert_cmpstr (gate (page), ==, "consent-withdrawn");
}

/* One clinic for all of it. */
static void
test_all (AppFixture *fixture, gconstpointer data)
{
  test_refused (fixture);
  test_screen (fixture);
  test_withdrawn (fixture);
}

int
main (int argc, char **argv)
{
  app_init (&argc, &argv);
  g_test_add ("/consents/refused-signed-withdrawn", AppFixture, NULL, app_fixture_set_up, test_all, app_fixture_tear_down);
  return g_test_run ();
}
