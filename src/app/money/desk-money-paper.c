#include "desk-money-paper.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-language-names.h"
#include "desk-letter-issue.h"
#include "desk-letter-preview.h"
#include "desk-toast.h"
#include "desk-words.h"

static const struct
{
  const char *letter, *subject, *title;
} papers[] = {
  { "quote", "quote", N_("Quote") },     { "invoice", "invoice", N_("Invoice") }, { "credit", "invoice", N_("Credit Note") },
  { "receipt", "payment", N_("Receipt") }, { "refund", "refund", N_("Refund Receipt") },
};

#define DESK_TYPE_MONEY_PAPER (desk_money_paper_get_type ())
G_DECLARE_FINAL_TYPE (DeskMoneyPaper, desk_money_paper, DESK, MONEY_PAPER, AdwWindow)

struct _DeskMoneyPaper
{
  AdwWindow parent_instance;

  DeskPage *page; /* lives longer: the window is modal to its window */
  guint paper;    /* in papers */
  gint64 patient_id, subject_id;
  const char *const *languages;
  AdwToastOverlay *overlay;
  GtkDropDown *language;
  DeskLetterPreview *preview;
  GtkLabel *message;
};

G_DEFINE_FINAL_TYPE (DeskMoneyPaper, desk_money_paper, ADW_TYPE_WINDOW)

/* Texts are lent. */
static DeskLetterWanted
wanted_of (DeskMoneyPaper *self)
{
  guint chosen = gtk_drop_down_get_selected (self->language);

  return (DeskLetterWanted){ .name = papers[self->paper].letter, .language = self->languages[chosen == GTK_INVALID_LIST_POSITION ? 0 : chosen],
                             .patient_id = self->patient_id, .subject = papers[self->paper].subject, .subject_id = self->subject_id };
}

static void
show_letter (DeskMoneyPaper *self)
{
  const DeskLetterWanted wanted = wanted_of (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLetter) letter
      = desk_letter_compose (desk_page_get_reader (self->page), &wanted, desk_page_get_today (self->page), &error);
  guint n = letter ? g_strv_length ((char **) desk_letter_missing (letter)) : 0;
  g_autofree char *words
      = error ? desk_words_error (error)
        : n ? g_strdup_printf (g_dngettext (NULL, "%u value is missing and marked red. It cannot be printed yet.",
                                            "%u values are missing and marked red. It cannot be printed yet.", n), n)
            : g_strdup ("");

  desk_letter_preview_set (self->preview, letter ? desk_letter_layout_new (letter, NULL) : NULL);
  gtk_label_set_label (self->message, words);
  gtk_widget_set_visible (GTK_WIDGET (self->message), *words != '\0');
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.print", letter && n == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.pdf", letter && n == 0);
}

/* ── printing ────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  char *language, *path;
  DeskLetterWanted wanted;
  gint64 issued_id, print_id;
  DeskDay today;
  const char *state;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->language);
  g_free (job->path);
  g_free (job);
}

static Job *
job_new (DeskMoneyPaper *self)
{
  Job *job = g_new0 (Job, 1);

  job->wanted = wanted_of (self);
  job->wanted.language = job->language = g_strdup (job->wanted.language);
  job->today = desk_page_get_today (self->page);
  return job;
}

/* What was issued before of the same thing and says the same is printed again, not issued twice. */
static gboolean
find_issued (DeskDb *db, Job *job, GError **error)
{
  g_autoptr (GPtrArray) before = desk_issued_of_subject (db, job->wanted.subject, job->wanted.subject_id, error);

  for (guint i = 0; before && i < before->len; i++)
    {
      const DeskIssued *one = before->pdata[i];

      if (!one->void_at && !one->replaced_by && strcmp (one->name, job->wanted.name) == 0 && strcmp (one->language, job->language) == 0)
        job->issued_id = one->id;
    }
  return before != NULL;
}

static gboolean
issue (DeskDb *db, Job *job, GError **error)
{
  return find_issued (db, job, error) && (job->issued_id || desk_letter_issue (db, &job->wanted, job->today, &job->issued_id, error));
}

static gboolean
print_work (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return issue (db, job, error) && desk_issued_print_begin (db, job->issued_id, "printer", NULL, NULL, 1, &job->print_id, error);
}

static gboolean
end_work (DeskDb *db, gpointer data, GError **error)
{
  const Job *job = data;

  return desk_issued_print_end (db, job->print_id, job->state, "", error);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast_error (widget, error);
}

typedef struct
{
  DeskMoneyPaper *window; /* owned */
  DeskLetterLayout *layout;
  gint64 print_id;
} Printing;

static void
printing_free (gpointer data, GClosure *closure)
{
  Printing *printing = data;

  g_object_unref (printing->window);
  desk_letter_layout_free (printing->layout);
  g_free (printing);
}

static void
on_draw (GtkPrintOperation *print, GtkPrintContext *context, int page, Printing *printing)
{
  desk_letter_layout_draw (printing->layout, gtk_print_context_get_cairo_context (context), page);
}

static void
on_print_done (GtkPrintOperation *print, GtkPrintOperationResult result, Printing *printing)
{
  Job *job = job_new (printing->window);

  job->print_id = printing->print_id;
  job->state = result == GTK_PRINT_OPERATION_RESULT_APPLY ? "done" : result == GTK_PRINT_OPERATION_RESULT_IN_PROGRESS ? "unknown" : "failed";
  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    gtk_window_close (GTK_WINDOW (printing->window));
  desk_session_run_async (desk_page_get_session (printing->window->page), end_work, job, job_free, NULL, on_ended,
                          g_object_ref (printing->window->page));
}

static void
run_dialog (DeskMoneyPaper *self, DeskLetterLayout *layout, gint64 print_id)
{
  g_autoptr (GtkPrintOperation) print = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  g_autoptr (GError) error = NULL;
  Printing *printing = g_new0 (Printing, 1);

  *printing = (Printing){ g_object_ref (self), layout, print_id };
  gtk_page_setup_set_paper_size (setup, a4);
  gtk_print_operation_set_default_page_setup (print, setup);
  gtk_print_operation_set_use_full_page (print, TRUE);
  gtk_print_operation_set_unit (print, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (print, (int) desk_letter_layout_n_pages (layout));
  gtk_print_operation_set_job_name (print, _(papers[self->paper].title));
  gtk_print_operation_set_allow_async (print, TRUE);
  g_signal_connect (print, "draw-page", G_CALLBACK (on_draw), printing);
  g_signal_connect_data (print, "done", G_CALLBACK (on_print_done), printing, printing_free, 0);
  if (gtk_print_operation_run (print, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self), &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    desk_toast_error (GTK_WIDGET (self), error);
}

static void
on_issued (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskMoneyPaper) self = user_data;
  g_autoptr (GError) error = NULL;
  const Job *job = desk_session_run_finish (DESK_SESSION (source), result, &error);
  DeskLetterLayout *layout = job ? desk_issued_layout (desk_page_get_reader (self->page), job->issued_id, 0, job->today, &error) : NULL;

  if (layout)
    run_dialog (self, layout, job->print_id);
  else
    desk_toast_error (GTK_WIDGET (self), error);
}

static void
action_print (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskMoneyPaper *self = DESK_MONEY_PAPER (widget);

  desk_session_run_async (desk_page_get_session (self->page), print_work, job_new (self), job_free, NULL, on_issued, g_object_ref (self));
}

/* ── a file ──────────────────────────────────────────────────────────────────────────────────── */

static gboolean
pdf_work (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return issue (db, job, error) && desk_issued_print_begin (db, job->issued_id, "pdf", NULL, NULL, 1, &job->print_id, error)
         && desk_issued_write_pdf (db, &job->issued_id, 1, job->today, job->path, TRUE, error)
         && desk_issued_print_end (db, job->print_id, "done", "", error);
}

static void
on_pdf_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  const Job *job = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!job)
    {
      desk_toast_error (widget, error);
      return;
    }
  g_autofree char *name = g_filename_display_basename (job->path), *text = g_strdup_printf (_("%s saved"), name);
  desk_toast (widget, text);
}

static void
on_file (GtkNativeDialog *dialog, int response, DeskMoneyPaper *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      Job *job = job_new (self);

      job->path = g_file_get_path (file);
      desk_session_run_async (desk_page_get_session (self->page), pdf_work, job, job_free, NULL, on_pdf_done, g_object_ref (self));
    }
  g_object_unref (dialog);
}

static void
action_pdf (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskMoneyPaper *self = DESK_MONEY_PAPER (widget);
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Save as PDF"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  g_autofree char *file = g_strdup_printf ("%s.pdf", papers[self->paper].letter);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ── the window ──────────────────────────────────────────────────────────────────────────────── */

static void
desk_money_paper_class_init (DeskMoneyPaperClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "paper.print", NULL, action_print);
  gtk_widget_class_install_action (widget_class, "paper.pdf", NULL, action_pdf);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "paper.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "paper.pdf", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
header_new (DeskMoneyPaper *self)
{
  GtkWidget *header = adw_header_bar_new (), *close = gtk_button_new_with_mnemonic (_("_Close"));
  GtkWidget *print = gtk_button_new_with_mnemonic (_("_Print…")), *pdf = gtk_button_new_with_mnemonic (_("Save as P_DF…"));

  self->language = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->language), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Language"), -1);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "window.close");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), "paper.print");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (pdf), "paper.pdf");
  gtk_widget_set_tooltip_text (print, "Ctrl+P");
  gtk_widget_set_tooltip_text (pdf, "Ctrl+S");
  gtk_widget_add_css_class (print, "suggested-action");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), close);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), GTK_WIDGET (self->language));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), print);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), pdf);
  return header;
}

static void
desk_money_paper_init (DeskMoneyPaper *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scrolled = gtk_scrolled_window_new ();

  self->overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->preview = g_object_new (DESK_TYPE_LETTER_PREVIEW, NULL);
  self->message = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->message, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  gtk_widget_set_margin_top (GTK_WIDGET (self->message), 6);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->preview));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), header_new (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->message));
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_toast_overlay_set_child (self->overlay, box);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->overlay));
}

/* Shows the paper ("quote", "invoice", "credit", "receipt", "refund") of that thing in the patient's language, ready to be
 * printed. What was issued already is printed again under its number. */
void
desk_money_paper_show (DeskPage *page, const char *letter, gint64 patient_id, gint64 subject_id)
{
  g_autoptr (GError) error = NULL;
  gboolean own;
  g_autofree char *language = desk_letter_language_for (desk_page_get_reader (page), letter, patient_id, &own, &error);
  DeskMoneyPaper *self;

  if (!language)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return;
    }
  self = g_object_new (DESK_TYPE_MONEY_PAPER, "modal", TRUE, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), "default-width", 860,
                       "default-height", 700, NULL);
  self->page = page;
  self->patient_id = patient_id;
  self->subject_id = subject_id;
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    if (strcmp (papers[i].letter, letter) == 0)
      self->paper = i;
  gtk_window_set_title (GTK_WINDOW (self), _(papers[self->paper].title));
  self->languages = desk_letter_languages (letter);
  g_autoptr (GListModel) names = desk_language_names (self->languages);
  gtk_drop_down_set_model (self->language, names);
  gtk_drop_down_set_selected (self->language, desk_language_place (self->languages, language));
  g_signal_connect_object (self->language, "notify::selected", G_CALLBACK (show_letter), self, G_CONNECT_SWAPPED);
  show_letter (self);
  gtk_window_present (GTK_WINDOW (self));
}
