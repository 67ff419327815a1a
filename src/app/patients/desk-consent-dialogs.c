#include "desk-consent-dialogs.h"

#include <glib/gi18n.h>

#include "desk-cells-dialog.h"
#include "desk-consent-job.h"
#include "desk-documents.h"
#include "desk-letter-paper.h"
#include "desk-letter-templates.h"
#include "desk-patients.h"
#include "desk-sign-dialog.h"
#include "desk-toast.h"
#include "desk-words.h"

/* One act on a consent, for the store's thread; owns its texts. */
typedef struct
{
  gint64 id, version, patient_id, document_id, by;
  char *name, *language, *how, *why;
  DeskDay today;
  DeskConsentPaper paper;
  DeskContents *contents;
  GtkWidget *page; /* not owned */
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_clear_object (&act->contents);
  g_free (act->name);
  g_free (act->language);
  g_free (act->how);
  g_free (act->why);
  g_free (act);
}

static Act *
act_new (DeskPage *page, const DeskConsent *consent)
{
  Act *act = g_new0 (Act, 1);

  act->id = consent ? consent->id : 0;
  act->version = consent ? consent->version_row : 0;
  act->by = desk_session_get_actor (desk_page_get_session (page));
  act->today = desk_page_get_today (page);
  act->contents = g_object_ref (desk_page_get_contents (page));
  act->page = GTK_WIDGET (page);
  return act;
}

static DeskConsent *
load (DeskPage *page, gint64 id)
{
  g_autoptr (GError) error = NULL;
  DeskConsent *consent = desk_consent_load (desk_page_get_reader (page), id, &error);

  if (!consent)
    desk_toast_error (GTK_WIDGET (page), error);
  return consent;
}

/* The consent a dialog is about; the dialog keeps it. */
static DeskConsent *
consent_of (DeskCellsDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "consent");
}

static DeskCellsDialog *
ask (DeskPage *page, DeskConsent *consent, const char *title, const char *submit, GCallback on_submit)
{
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, title, submit);
  g_autofree char *paper = g_strdup_printf ("%s %s · %s", desk_words ("letter", consent->name), consent->version, consent->number);

  g_object_set_data_full (G_OBJECT (dialog), "consent", consent, (GDestroyNotify) desk_consent_free);
  desk_cells_dialog_set_identity (dialog, paper, consent->patient_name);
  g_signal_connect (dialog, "submit", on_submit, NULL);
  return dialog;
}

/* ── which text ── */

static gboolean
work_give_out (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;

  act->paper = (DeskConsentPaper) { .name = act->name, .language = act->language, .patient_id = act->patient_id, .today = act->today,
                                    .by = act->by };
  return desk_consent_give_out (db, &act->paper, error);
}

static void
on_given_out (DeskCellsDialog *dialog, gpointer data)
{
  const Act *act = data;

  desk_consent_print (desk_cells_dialog_get_page (dialog), act->paper.issued_id);
}

static void
on_text (DeskCellsDialog *dialog, gpointer user_data)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  const GPtrArray *texts = g_object_get_data (G_OBJECT (dialog), "texts");
  gint64 patient_id = *(gint64 *) g_object_get_data (G_OBJECT (dialog), "patient");
  const char *name = texts->pdata[desk_cells_dialog_get_choice (dialog, "text")];

  if (g_object_get_data (G_OBJECT (dialog), "screen"))
    {
      desk_sign_dialog_screen (page, patient_id, name, 0);
      gtk_window_destroy (GTK_WINDOW (dialog));
      return;
    }
  const char *const *languages = g_object_get_data (G_OBJECT (dialog), "languages");
  Act *act = act_new (page, NULL);
  act->patient_id = patient_id;
  act->name = g_strdup (name);
  act->language = g_strdup (languages[desk_cells_dialog_get_choice (dialog, "language")]);
  desk_cells_dialog_run (dialog, work_give_out, act, act_free, on_given_out);
}

static void
add_texts (DeskCellsDialog *dialog, const GPtrArray *texts, const char *proposed)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 chosen = 0;

  for (gint64 i = 0; i < texts->len; i++)
    {
      g_strv_builder_add (words, desk_words ("letter", texts->pdata[i]));
      g_array_append_val (ids, i);
      if (g_strcmp0 (texts->pdata[i], proposed) == 0)
        chosen = i;
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "text", _("Text"), (const char *const *) lines, (gint64 *) (gpointer) ids->data, chosen);
}

/* The languages of the first text; those of the others are the same, or the store says what is not there. */
static void
add_languages (DeskCellsDialog *dialog, char **languages, const char *own)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 chosen = 0;

  for (gint64 i = 0; languages[i]; i++)
    {
      g_strv_builder_add (words, desk_words ("language", languages[i]));
      g_array_append_val (ids, i);
      if (g_strcmp0 (languages[i], own) == 0)
        chosen = i;
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "language", _("Language"), (const char *const *) lines, (gint64 *) (gpointer) ids->data, chosen);
}

/* Asks which text is given out on paper, or signed on the screen; proposed may be NULL. */
GtkWidget *
desk_consent_ask_text (DeskPage *page, gint64 patient_id, const char *proposed, gboolean on_screen)
{
  DeskDb *db = desk_page_get_reader (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) texts = desk_consent_texts (db, &error);
  g_autoptr (DeskPatient) patient = texts ? desk_patient_load (db, patient_id, &error) : NULL;
  const char *first = proposed ? proposed : texts && texts->len ? texts->pdata[0] : NULL;
  g_auto (GStrv) languages = patient && first ? desk_letter_template_languages (db, first, &error) : NULL;

  if (!languages)
    {
      if (error)
        desk_toast_error (GTK_WIDGET (page), error);
      return NULL;
    }
  g_autofree char *own = desk_consent_language_for (db, first, patient->languages, NULL);
  g_autofree char *who = desk_patient_name (patient);
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, on_screen ? _("Sign on the Screen") : _("Give Out on Paper"),
                                                   on_screen ? _("Show the Text") : _("Print"));
  desk_cells_dialog_set_identity (dialog, NULL, who);
  desk_cells_dialog_set_note (dialog, on_screen ? _("The text opens in a language the patient speaks.")
                                                : _("The paper gets a number; its code brings the signed paper back when it is scanned."));
  add_texts (dialog, texts, first);
  if (!on_screen)
    add_languages (dialog, languages, own);
  g_object_set_data_full (G_OBJECT (dialog), "texts", g_steal_pointer (&texts), (GDestroyNotify) g_ptr_array_unref);
  g_object_set_data_full (G_OBJECT (dialog), "languages", g_steal_pointer (&languages), (GDestroyNotify) g_strfreev);
  g_object_set_data_full (G_OBJECT (dialog), "patient", g_memdup2 (&patient_id, sizeof patient_id), g_free);
  g_object_set_data (G_OBJECT (dialog), "screen", on_screen ? dialog : NULL);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_text), NULL);
  desk_cells_dialog_open (dialog);
  return GTK_WIDGET (dialog);
}

/* ── withdrawing, refusing ── */

static const char *const ways[] = { "told", "paper", "mail", NULL };

static gboolean
work_withdraw (DeskDb *db, gpointer data, GError **error)
{
  const Act *act = data;

  return desk_consent_withdraw (db, act->id, act->version, act->how, act->why, act->by, error);
}

static gboolean
work_refuse (DeskDb *db, gpointer data, GError **error)
{
  const Act *act = data;

  return desk_consent_refuse (db, act->id, act->version, act->why, act->by, error);
}

static void
on_withdrawn (DeskCellsDialog *dialog, gpointer data)
{
  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), _("Withdrawn. What hangs on it is on Today until it is decided."));
}

static void
on_refused (DeskCellsDialog *dialog, gpointer data)
{
  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), _("Written down: the patient did not agree."));
}

static void
on_withdraw (DeskCellsDialog *dialog, gpointer user_data)
{
  gint64 how = desk_cells_dialog_get_choice (dialog, "how");
  Act *act = act_new (desk_cells_dialog_get_page (dialog), consent_of (dialog));

  if (how == 0)
    {
      act_free (act);
      desk_cells_dialog_refuse (dialog, "how", _("Please choose how the patient said so."));
      return;
    }
  act->how = g_strdup (ways[how - 1]);
  act->why = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, "why")));
  desk_cells_dialog_run (dialog, work_withdraw, act, act_free, on_withdrawn);
}

static void
on_refuse (DeskCellsDialog *dialog, gpointer user_data)
{
  Act *act = act_new (desk_cells_dialog_get_page (dialog), consent_of (dialog));

  act->why = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, "why")));
  desk_cells_dialog_run (dialog, work_refuse, act, act_free, on_refused);
}

/* What hangs on it, in a sentence or two; NULL for nothing. */
static char *
consequences_words (DeskPage *page, const DeskConsent *consent)
{
  g_auto (DeskConsentConsequences) hangs = { 0 };
  g_autoptr (GString) words = g_string_new (NULL);

  if (!desk_consent_consequences (desk_page_get_reader (page), consent->patient_id, g_get_real_time () / G_USEC_PER_SEC, &hangs, NULL))
    return NULL;
  if (hangs.visits)
    {
      g_autofree char *when = desk_words_when (hangs.next_at, desk_page_get_zone (page));

      g_string_append_printf (words, g_dngettext (NULL, "%u visit is booked, %s. ", "%u visits are booked, the first %s. ", hangs.visits),
                              hangs.visits, when);
    }
  if (hangs.reserved)
    g_string_append_printf (words, g_dngettext (NULL, "%u dose is promised. ", "%u doses are promised. ", hangs.reserved), hangs.reserved);
  if (hangs.stored)
    g_string_append_printf (words, g_dngettext (NULL, "%u frozen dose is kept. ", "%u frozen doses are kept. ", hangs.stored), hangs.stored);
  if (words->len)
    g_string_append (words, _("None of it is cancelled by this: decide it with the patient."));
  return words->len ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

/* Asks how the patient withdrew, with what hangs on it. */
GtkWidget *
desk_consent_ask_withdrawal (DeskPage *page, gint64 consent_id)
{
  DeskConsent *consent = load (page, consent_id);

  if (!consent)
    return NULL;
  g_autofree char *hangs = consequences_words (page, consent);
  DeskCellsDialog *dialog = ask (page, consent, _("Withdraw Consent"), _("Withdraw"), G_CALLBACK (on_withdraw));
  desk_cells_dialog_set_grave (dialog);
  desk_cells_dialog_set_note (dialog, consent->purpose == DESK_CONSENT_TREATMENT
                                          ? _("From now on no blood is drawn for this patient and no dose is given, until a new consent is signed.")
                                          : _("From now on nothing is done that this consent was for."));
  desk_cells_dialog_set_warning (dialog, hangs);
  desk_cells_dialog_add_code (dialog, "how", _("The patient said so"), "withdrawn-how", ways);
  desk_cells_dialog_add_text (dialog, "why", _("Reason (need not be given)"), NULL);
  desk_cells_dialog_open (dialog);
  return GTK_WIDGET (dialog);
}

/* Asks why the patient does not agree; the reason need not be given. */
GtkWidget *
desk_consent_ask_refusal (DeskPage *page, gint64 consent_id)
{
  DeskConsent *consent = load (page, consent_id);

  if (!consent)
    return NULL;
  DeskCellsDialog *dialog = ask (page, consent, _("The Patient Does Not Agree"), _("Write Down"), G_CALLBACK (on_refuse));
  desk_cells_dialog_add_text (dialog, "why", _("Reason (need not be given)"), NULL);
  desk_cells_dialog_open (dialog);
  return GTK_WIDGET (dialog);
}

/* ── the scan ── */

static gboolean
work_attach (DeskDb *db, gpointer data, GError **error)
{
  const Act *act = data;

  return desk_consent_attach (db, act->id, act->document_id, act->by, error);
}

static void
on_attached (DeskCellsDialog *dialog, gpointer data)
{
  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), _("The scan belongs to the consent now."));
}

static void
on_scan (DeskCellsDialog *dialog, gpointer user_data)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  const DeskConsent *consent = consent_of (dialog);
  gint64 document_id = desk_cells_dialog_get_choice (dialog, "paper");

  if (g_str_equal (consent->status, "open"))
    {
      desk_sign_dialog_paper (page, consent->id, document_id);
      gtk_window_destroy (GTK_WINDOW (dialog));
      return;
    }
  if (!document_id)
    {
      desk_cells_dialog_refuse (dialog, "paper", _("Please choose the scan."));
      return;
    }
  Act *act = act_new (page, consent);
  act->document_id = document_id;
  desk_cells_dialog_run (dialog, work_attach, act, act_free, on_attached);
}

/* Asks which of the patient's papers is the scan; of an open consent then who signed. */
GtkWidget *
desk_consent_ask_scan (DeskPage *page, gint64 consent_id)
{
  DeskConsent *consent = load (page, consent_id);
  g_autoptr (GPtrArray) papers = consent ? desk_document_list (desk_page_get_reader (page), consent->patient_id, NULL) : NULL;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));
  gint64 chosen = 0;

  if (!consent)
    return NULL;
  g_strv_builder_add (words, _("None, or not scanned yet"));
  g_array_set_size (ids, 1);
  for (guint i = 0; papers && i < papers->len; i++)
    {
      const DeskDocument *paper = papers->pdata[i];

      if (!g_str_equal (paper->kind, "consent"))
        continue;
      g_autofree char *line = g_strdup_printf ("%s · %s", desk_words ("document-kind", paper->kind), paper->title);
      g_strv_builder_add (words, line);
      g_array_append_val (ids, paper->id);
      chosen = chosen ? chosen : paper->id;
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  DeskCellsDialog *dialog = ask (page, consent, _("Signed Paper"), _("Continue"), G_CALLBACK (on_scan));
  desk_cells_dialog_add_choice (dialog, "paper", _("Scan among the patient’s papers"), (const char *const *) lines,
                                (gint64 *) (gpointer) ids->data, chosen);
  desk_cells_dialog_open (dialog);
  return GTK_WIDGET (dialog);
}

/* ── without a question ── */

static gboolean
work_cancel (DeskDb *db, gpointer data, GError **error)
{
  const Act *act = data;

  return desk_consent_cancel (db, act->id, act->version, act->by, error);
}

static gboolean
work_keep (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;

  return desk_consent_keep_signed (db, act->contents, act->id, act->today, act->by, &act->document_id, error);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast_error (page, error);
}

static void
run (DeskPage *page, gint64 consent_id, DeskWork work)
{
  g_autoptr (DeskConsent) consent = load (page, consent_id);

  if (consent)
    desk_session_run_async (desk_page_get_session (page), work, act_new (page, consent), act_free, NULL, on_done, g_object_ref (page));
}

/* The paper is not needed after all. */
void
desk_consent_cancel_paper (DeskPage *page, gint64 consent_id)
{
  run (page, consent_id, work_cancel);
}

/* The signed paper that could not be kept while the papers were locked. */
void
desk_consent_keep_copy (DeskPage *page, gint64 consent_id)
{
  run (page, consent_id, work_keep);
}

/* The paper as it is in the register, to be printed. */
void
desk_consent_print (DeskPage *page, gint64 issued_id)
{
  desk_letter_paper_print (GTK_WIDGET (page), page, &issued_id, 1);
}
