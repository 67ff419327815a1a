/* The print dialog: the paper goes out. */
#include "desk-print-dialog-private.h"

#include <glib/gi18n.h>

#include "desk-print-words.h"
#include "desk-toast.h"
#include "desk-words.h"

/* ── to a printer ── */

static void
tell (DeskPrintDialog *self, const char *words)
{
  if (self->teller)
    desk_toast (self->teller, words);
}

static void
say_printed (DeskPrintDialog *self, const char *state)
{
  if (self->printed && self->teller)
    self->printed (self->teller, state, self->printed_data);
}

static void
show_stage (DeskPrintDialog *self, const char *words, gboolean spins)
{
  gtk_label_set_label (self->stage, words);
  gtk_widget_set_visible (self->progress, *words != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), spins);
  gtk_spinner_set_spinning (self->spinner, spins);
}

/* What is said about it; the caller frees it. */
static char *
run_words (DeskPrintRun *run, DeskPrintDialog *self)
{
  const GError *refused = desk_print_run_get_refused (run);

  return refused ? desk_words_error (refused)
                 : desk_print_words_stage (desk_print_run_get_stage (run), desk_print_run_get_printer (run), desk_print_run_get_words (run),
                                           self->paper->marked);
}

static void
on_stage (DeskPrintRun *run, DeskPrintDialog *self)
{
  g_autofree char *words = run_words (run, self);

  show_stage (self, words, desk_print_run_get_stage (run) < DESK_PRINT_DONE);
}

/* The register has the end: the dialog goes, or says what is to be done now. */
static void
on_ended (DeskPrintRun *run, DeskPrintDialog *self)
{
  DeskPrintStage stage = desk_print_run_get_stage (run);
  g_autoptr (DeskPrintDialog) held = g_object_ref (self);
  g_autofree char *words = run_words (run, self);
  gboolean shown = gtk_widget_get_visible (GTK_WIDGET (self));

  if (stage != DESK_PRINT_NOT_GIVEN)
    self->paper->copy_no += desk_print_run_get_copies (run);
  g_clear_object (&self->run); /* whoever says so holds it */
  if (!shown || stage == DESK_PRINT_DONE)
    tell (self, words);
  say_printed (self, stage == DESK_PRINT_DONE ? "done" : stage == DESK_PRINT_LOST ? "unknown" : "failed");
  if (stage == DESK_PRINT_DONE || !shown)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_button_set_label (GTK_BUTTON (self->close), _("_Close"));
  gtk_button_set_label (GTK_BUTTON (self->print), _("_Print Again"));
  desk_print_dialog_read_wish (self);
  gtk_widget_grab_focus (self->print);
}

static void
print_now (DeskPrintDialog *self)
{
  DeskPrinter *printer = desk_print_dialog_printer (self);

  if (!printer || !self->pages)
    return;
  desk_print_dialog_remember (self, printer);
  self->run = desk_print_run_start (self->session, self->paper, printer, self->pages, desk_print_dialog_copies (self), gtk_switch_get_active (self->both));
  g_signal_connect_object (self->run, "stage", G_CALLBACK (on_stage), self, 0);
  g_signal_connect_object (self->run, "ended", G_CALLBACK (on_ended), self, 0);
  on_stage (self->run, self);
  gtk_button_set_label (GTK_BUTTON (self->close), _("_Close"));
  desk_print_dialog_enable (self);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPrintDialog) self = user_data;
  g_autofree char *path = g_object_steal_data (G_OBJECT (self), "path");
  g_autoptr (GError) error = NULL;
  gboolean saved = desk_print_save_finish (source, result, &error);

  self->busy = FALSE;
  if (!saved)
    {
      g_autofree char *words = desk_words_error (error);
      show_stage (self, words, FALSE);
      desk_print_dialog_enable (self);
      return;
    }
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *words = g_strdup_printf (_("%s saved"), name);
  tell (self, words);
  say_printed (self, "done");
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_now (DeskPrintDialog *self, const char *path)
{
  self->busy = TRUE;
  desk_print_dialog_enable (self);
  g_object_set_data_full (G_OBJECT (self), "path", g_strdup (path), g_free);
  desk_print_save (self->session, self->paper, self->pages, desk_print_dialog_copies (self), path, on_saved, g_object_ref (self));
}

/* ── its number, before it goes out ── */

typedef struct
{
  DeskPrintPaper *paper, *issued;
  char *path; /* of the PDF, or NULL to print */
} Issue;

static void
issue_free (gpointer data)
{
  Issue *issue = data;

  desk_print_paper_unref (issue->paper);
  g_clear_pointer (&issue->issued, desk_print_paper_unref);
  g_free (issue->path);
  g_free (issue);
}

static gboolean
issue_work (DeskDb *db, gpointer data, GError **error)
{
  Issue *issue = data;

  issue->issued = issue->paper->pages->issue (db, issue->paper->data, error);
  return issue->issued != NULL;
}

static void
on_issued (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPrintDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  const Issue *issue = desk_session_run_finish (DESK_SESSION (source), result, &error);

  self->busy = FALSE;
  if (!issue)
    {
      g_autofree char *words = desk_words_error (error);
      show_stage (self, words, FALSE);
      desk_print_dialog_enable (self);
      return;
    }
  show_stage (self, "", FALSE);
  desk_print_dialog_set_paper (self, issue->issued);
  if (issue->path)
    save_now (self, issue->path);
  else
    print_now (self);
}

/* To the printer, or into the file path; what has no number yet gets it first. */
static void
go_out (DeskPrintDialog *self, const char *path)
{
  if (!self->paper->pages->issue)
    {
      if (path)
        save_now (self, path);
      else
        print_now (self);
      return;
    }
  Issue *issue = g_new0 (Issue, 1);
  issue->paper = desk_print_paper_ref (self->paper);
  issue->path = g_strdup (path);
  self->busy = TRUE;
  desk_print_dialog_enable (self);
  show_stage (self, _("Entered in the register…"), TRUE);
  desk_session_run_async (self->session, issue_work, issue, issue_free, NULL, on_issued, g_object_ref (self));
}

/* Prints what is chosen on the printer that is chosen, as the button does. */
void
desk_print_dialog_print (DeskPrintDialog *self)
{
  DeskPrinter *printer = desk_print_dialog_printer (self);

  if (self->pages && !self->run && !self->busy && printer && desk_printer_usable (printer))
    go_out (self, NULL);
}

/* Writes what is chosen as PDF, over what is there: the chooser has asked. */
void
desk_print_dialog_save (DeskPrintDialog *self, const char *path)
{
  if (self->pages && !self->run && !self->busy)
    go_out (self, path);
}

static void
on_path (GtkNativeDialog *chooser, int response, DeskPrintDialog *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  g_object_unref (chooser);
  if (response == GTK_RESPONSE_ACCEPT && path)
    desk_print_dialog_save (self, path);
}

/* Asks where the PDF goes; the chooser asks before replacing a file. */
void
desk_print_dialog_ask_file (DeskPrintDialog *self)
{
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (_("Save as PDF"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), self->paper->file);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_path), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
