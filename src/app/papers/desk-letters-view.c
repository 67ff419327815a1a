#include "desk-letters-view.h"

#include <glib/gi18n.h>

#include "desk-language-names.h"
#include "desk-letter-preview.h"
#include "desk-letter-issue.h"
#include "desk-letter-page.h"
#include "desk-patient-picker.h"
#include "desk-patients.h"
#include "desk-stay-words.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskLettersView
{
  AdwBin parent_instance;

  DeskPage *page; /* not owned */
  DeskLetter *letter;
  const char *const *languages; /* to choose from; static */
  gboolean filling;             /* the choices change, nobody chose */

  DeskPatientPicker *picker;
  GtkListBox *letters;
  GtkDropDown *language;
  GtkStack *stack;
  DeskLetterPreview *preview;
  GtkLabel *missing;
};

G_DEFINE_FINAL_TYPE (DeskLettersView, desk_letters_view, ADW_TYPE_BIN)

static const char *
chosen_letter (DeskLettersView *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->letters);

  return desk_letter_names ()[row ? gtk_list_box_row_get_index (row) : 0];
}

static const char *
chosen_language (DeskLettersView *self)
{
  return self->languages[MIN (gtk_drop_down_get_selected (self->language), g_strv_length ((char **) self->languages) - 1)];
}

/* Texts are lent until the choice changes. */
static DeskLetterWanted
chosen (DeskLettersView *self)
{
  return (DeskLetterWanted){ .name = chosen_letter (self), .language = chosen_language (self),
                             .patient_id = desk_patient_picker_get_id (self->picker) };
}

/* Offers the languages the letter is written in, with that one chosen where there is one. */
static void
offer_languages (DeskLettersView *self, const char *language)
{
  const char *const *languages = desk_letter_languages (chosen_letter (self));

  self->filling = TRUE;
  if (languages != self->languages)
    {
      g_autoptr (GListModel) names = desk_language_names (languages);

      self->languages = languages;
      gtk_drop_down_set_model (self->language, names);
    }
  gtk_drop_down_set_selected (self->language, desk_language_place (languages, language));
  self->filling = FALSE;
}

/* The letter's usual language for the patient. */
static void
offer_own_language (DeskLettersView *self)
{
  gint64 patient_id = desk_patient_picker_get_id (self->picker);
  gboolean own;
  g_autofree char *language = !patient_id ? NULL
                                          : desk_letter_language_for (desk_page_get_reader (self->page), chosen_letter (self),
                                                                      patient_id, &own, NULL);

  offer_languages (self, language);
}

/* Says so where the letter is English only because there is no text in a language of the patient. */
static void
add_language_note (DeskLettersView *self, GString *text)
{
  gboolean own = TRUE;
  g_autofree char *language = !self->letter ? NULL
                                            : desk_letter_language_for (desk_page_get_reader (self->page), chosen_letter (self),
                                                                        desk_patient_picker_get_id (self->picker), &own, NULL);

  if (!own && g_str_equal (chosen_language (self), "en"))
    g_string_append_printf (text, "%s⚠ %s", text->len ? "\n" : "",
                            _("There is no text in the patient’s language: this one is English."));
}

/* How many values the letter lacks; 0 also when there is none. */
static guint
count_missing (DeskLettersView *self)
{
  return self->letter ? g_strv_length ((char **) desk_letter_missing (self->letter)) : 0;
}

/* Says what is missing and what speaks against the letter; FALSE when it cannot be printed. */
static gboolean
show_missing (DeskLettersView *self)
{
  guint n = count_missing (self);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  DeskLetterWanted wanted = chosen (self);
  g_autoptr (GError) error = NULL;

  if (n > 0)
    g_string_append_printf (text, g_dngettext (NULL, "%u value is missing and marked red. It cannot be printed yet.",
                                               "%u values are missing and marked red. It cannot be printed yet.", n), n);
  if (self->letter
      && !desk_letter_check (desk_page_get_reader (self->page), &wanted, desk_page_get_today (self->page), problems, &error))
    desk_toast_error (GTK_WIDGET (self), error);
  for (guint i = 0; i < problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (problems, i);
      g_autofree char *words = desk_stay_problem_words (problem);

      g_string_append_printf (text, "%s%s %s", text->len ? "\n" : "", problem->warning ? "⚠" : "✖", words);
    }
  add_language_note (self, text);
  gtk_label_set_label (self->missing, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->missing), text->len > 0);
  return n == 0 && !error && !desk_problems_block (problems);
}

/* Composes the letter again and shows it. */
void
desk_letters_view_refresh (DeskLettersView *self)
{
  DeskLetterWanted wanted = chosen (self);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->letter, desk_letter_free);
  if (wanted.patient_id)
    {
      self->letter = desk_letter_compose (desk_page_get_reader (self->page), &wanted, desk_page_get_today (self->page), &error);
      if (!self->letter)
        desk_toast_error (GTK_WIDGET (self), error);
    }
  desk_letter_preview_set (self->preview, self->letter ? desk_letter_layout_new (self->letter, NULL) : NULL);
  gtk_stack_set_visible_child_name (self->stack, self->letter ? "preview" : "empty");

  gboolean ready = show_missing (self) && self->letter;
  gtk_widget_action_set_enabled (GTK_WIDGET (self->page), "papers.print", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self->page), "papers.pdf", ready);
}

/* Shows the letters of a patient. */
void
desk_letters_view_show_patient (DeskLettersView *self, gint64 patient_id)
{
  desk_patient_picker_set_id (self->picker, patient_id);
  offer_own_language (self);
  desk_letters_view_refresh (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->letters));
}

/* Shows one letter of a patient, in that language. */
void
desk_letters_view_show_letter (DeskLettersView *self, gint64 patient_id, const char *name, const char *language)
{
  const char *const *names = desk_letter_names ();

  desk_patient_picker_set_id (self->picker, patient_id);
  self->filling = TRUE;
  for (guint i = 0; names[i]; i++)
    if (g_str_equal (names[i], name))
      gtk_list_box_select_row (self->letters, gtk_list_box_get_row_at_index (self->letters, (int) i));
  offer_languages (self, language);
  desk_letters_view_refresh (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->letters));
}

static void
on_chosen (DeskPatientPicker *picker, DeskLettersView *self)
{
  desk_letters_view_show_patient (self, desk_patient_picker_get_id (picker));
}

static void
on_letter_selected (GtkListBox *list, GtkListBoxRow *row, DeskLettersView *self)
{
  if (!row || !self->page || self->filling)
    return;
  if (desk_letter_languages (chosen_letter (self)) != self->languages)
    offer_own_language (self);
  desk_letters_view_refresh (self);
}

static void
on_language_changed (GtkDropDown *language, GParamSpec *pspec, DeskLettersView *self)
{
  if (self->page && !self->filling)
    desk_letters_view_refresh (self);
}

/* A letter goes to a printer: it is issued first, and each end of the print is written down. */
typedef struct
{
  char *name, *language;
  gint64 patient_id, issued_id, print_id;
  DeskDay today;
  char *state, *reason;
} PrintJob;

static void
print_job_free (gpointer data)
{
  PrintJob *job = data;

  g_free (job->name);
  g_free (job->language);
  g_free (job->state);
  g_free (job->reason);
  g_free (job);
}

static gboolean
issue_work (DeskDb *db, gpointer data, GError **error)
{
  PrintJob *job = data;
  const DeskLetterWanted wanted = { .name = job->name, .language = job->language, .patient_id = job->patient_id };

  return desk_letter_issue (db, &wanted, job->today, &job->issued_id, error)
         && desk_issued_print_begin (db, job->issued_id, "printer", NULL, NULL, 1, &job->print_id, error);
}

static gboolean
end_work (DeskDb *db, gpointer data, GError **error)
{
  PrintJob *job = data;

  return desk_issued_print_end (db, job->print_id, job->state, job->reason, error);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast_error (widget, error);
}

static void
on_draw_page (GtkPrintOperation *print, GtkPrintContext *context, int page, DeskLetterLayout *layout)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);

  desk_letter_layout_draw (layout, cr, page);
}

typedef struct
{
  DeskLettersView *view; /* owned */
  gint64 print_id;
} Printing;

static void
printing_free (gpointer data, GClosure *closure)
{
  Printing *printing = data;

  g_object_unref (printing->view);
  g_free (printing);
}

static void
on_print_done (GtkPrintOperation *print, GtkPrintOperationResult result, Printing *printing)
{
  static const char *const states[] = { [GTK_PRINT_OPERATION_RESULT_ERROR] = "failed", [GTK_PRINT_OPERATION_RESULT_APPLY] = "done",
                                        [GTK_PRINT_OPERATION_RESULT_CANCEL] = "failed", [GTK_PRINT_OPERATION_RESULT_IN_PROGRESS] = "unknown" };
  PrintJob *job = g_new0 (PrintJob, 1);

  job->print_id = printing->print_id;
  job->state = g_strdup (states[result]);
  job->reason = g_strdup (result == GTK_PRINT_OPERATION_RESULT_CANCEL ? "cancelled" : result == GTK_PRINT_OPERATION_RESULT_ERROR ? "printer" : "");
  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    desk_toast (GTK_WIDGET (printing->view), _("Sent to the printer"));
  else if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    desk_toast (GTK_WIDGET (printing->view), _("The printer did not accept the letter. Please look at the printer and try again."));
  desk_session_run_async (desk_page_get_session (printing->view->page), end_work, job, print_job_free, NULL, on_ended,
                          g_object_ref (printing->view));
}

static void
layout_gone (gpointer layout, GClosure *closure)
{
  desk_letter_layout_free (layout);
}

static void
run_dialog (DeskLettersView *self, DeskLetterLayout *layout, gint64 print_id)
{
  g_autoptr (GtkPrintOperation) print = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  g_autoptr (GError) error = NULL;
  Printing *printing = g_new0 (Printing, 1);

  printing->view = g_object_ref (self);
  printing->print_id = print_id;
  gtk_page_setup_set_paper_size (setup, a4);
  gtk_print_operation_set_default_page_setup (print, setup);
  gtk_print_operation_set_use_full_page (print, TRUE);
  gtk_print_operation_set_unit (print, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (print, desk_letter_layout_n_pages (layout));
  gtk_print_operation_set_job_name (print, _("Letter"));
  gtk_print_operation_set_allow_async (print, TRUE);
  g_signal_connect_data (print, "draw-page", G_CALLBACK (on_draw_page), layout, layout_gone, 0);
  g_signal_connect_data (print, "done", G_CALLBACK (on_print_done), printing, printing_free, 0);
  if (gtk_print_operation_run (print, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    desk_toast_error (GTK_WIDGET (self), error);
}

static void
on_issued (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskLettersView) self = user_data;
  g_autoptr (GError) error = NULL;
  const PrintJob *job = desk_session_run_finish (DESK_SESSION (source), result, &error);
  DeskLetterLayout *layout
      = job ? desk_issued_layout (desk_page_get_reader (self->page), job->issued_id, 0, job->today, &error) : NULL;

  if (layout)
    run_dialog (self, layout, job->print_id);
  else
    desk_toast_error (GTK_WIDGET (self), error);
}

/* Issues the letter and opens the print dialog. */
void
desk_letters_view_print (DeskLettersView *self)
{
  const DeskLetterWanted wanted = chosen (self);
  PrintJob *job;

  if (!self->letter || count_missing (self) > 0)
    return;
  job = g_new0 (PrintJob, 1);
  job->name = g_strdup (wanted.name);
  job->language = g_strdup (wanted.language);
  job->patient_id = wanted.patient_id;
  job->today = desk_page_get_today (self->page);
  desk_session_run_async (desk_page_get_session (self->page), issue_work, job, print_job_free, NULL, on_issued, g_object_ref (self));
}

typedef struct
{
  char *name, *language, *path;
  gint64 patient_id;
  DeskDay today;
} PdfJob;

static void
pdf_job_free (gpointer data)
{
  PdfJob *job = data;

  g_free (job->name);
  g_free (job->language);
  g_free (job->path);
  g_free (job);
}

static gboolean
pdf_work (DeskDb *db, gpointer data, GError **error)
{
  PdfJob *job = data;

  DeskLetterWanted wanted = { .name = job->name, .language = job->language, .patient_id = job->patient_id };

  gint64 issued_id;

  return desk_letter_issue_pdf (db, &wanted, 1, job->today, job->path, TRUE, &issued_id, error);
}

static void
on_pdf_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  PdfJob *job = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!job)
    {
      desk_toast_error (widget, error);
      return;
    }
  g_autofree char *name = g_filename_display_basename (job->path);
  g_autofree char *text = g_strdup_printf (_("%s saved"), name);
  desk_toast (widget, text);
}

static void
on_pdf_response (GtkNativeDialog *dialog, int response, DeskLettersView *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      PdfJob *job = g_new0 (PdfJob, 1);

      job->name = g_strdup (chosen_letter (self));
      job->language = g_strdup (chosen_language (self));
      job->path = g_file_get_path (file);
      job->patient_id = desk_patient_picker_get_id (self->picker);
      job->today = desk_page_get_today (self->page);
      desk_session_run_async (desk_page_get_session (self->page), pdf_work, job, pdf_job_free, NULL, on_pdf_done, g_object_ref (self));
    }
  g_object_unref (dialog);
}

/* Asks where to, and writes the PDF there; the chooser asks before replacing a file. */
void
desk_letters_view_save_pdf (DeskLettersView *self)
{
  g_autoptr (DeskPatient) patient = NULL;
  GtkFileChooserNative *chooser;

  if (!self->letter || count_missing (self) > 0)
    return;
  patient = desk_patient_load (desk_page_get_reader (self->page), desk_patient_picker_get_id (self->picker), NULL);
  chooser = gtk_file_chooser_native_new (_("Save Letter as PDF"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  g_autofree char *name = g_strdup_printf ("%s-%s-%s.pdf", patient ? patient->chart : "", chosen_letter (self), chosen_language (self));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_pdf_response), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
fill_letters (DeskLettersView *self)
{
  const char *const *names = desk_letter_names ();

  for (guint i = 0; names[i]; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), desk_words ("letter", names[i]));
      gtk_list_box_append (self->letters, row);
    }
  gtk_list_box_select_row (self->letters, gtk_list_box_get_row_at_index (self->letters, 0));
}

/* Gives the view the page it is in, once the session is there. */
void
desk_letters_view_load (DeskLettersView *self, DeskPage *page)
{
  desk_patient_picker_set_db (self->picker, desk_page_get_reader (page));
  fill_letters (self);
  offer_languages (self, NULL);
  self->page = page;
  desk_letters_view_refresh (self);
}

static gboolean
desk_letters_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DESK_LETTERS_VIEW (widget)->picker));
}

static void
desk_letters_view_finalize (GObject *object)
{
  g_clear_pointer (&DESK_LETTERS_VIEW (object)->letter, desk_letter_free);
  G_OBJECT_CLASS (desk_letters_view_parent_class)->finalize (object);
}

static void
desk_letters_view_class_init (DeskLettersViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_letters_view_finalize;
  widget_class->grab_focus = desk_letters_view_grab_focus;
  g_type_ensure (DESK_TYPE_PATIENT_PICKER);
  g_type_ensure (DESK_TYPE_LETTER_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-letters-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, picker);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, letters);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, language);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, preview);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, missing);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_letter_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_language_changed);
}

static void
desk_letters_view_init (DeskLettersView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
