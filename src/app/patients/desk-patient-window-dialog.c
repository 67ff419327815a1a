#include "desk-patient-window-dialog.h"

#include <glib/gi18n.h>

#include "desk-day-words.h"
#include "desk-record-dialog.h"
#include "desk-windows.h"
#include "desk-words.h"

static const char *const kinds[] = { "possible", "chemotherapy", "radiotherapy", "operation", "away", "other", NULL };

static const DeskFormField form_fields[] = {
  { N_("Days"), "kind", N_("What these days are"), DESK_FORM_CHOICE, NULL, "patient-window", kinds },
  { NULL, "first_day", N_("First day"), DESK_FORM_TEXT, N_("2027-03-31, or 31 Mar 2027"), NULL, NULL },
  { NULL, "last_day", N_("Last day"), DESK_FORM_TEXT, N_("Empty for one day"), NULL, NULL },
  { NULL, "days_before", N_("Days before without visits"), DESK_FORM_TEXT, N_("0 to 90"), NULL, NULL },
  { NULL, "days_after", N_("Days after without visits"), DESK_FORM_TEXT, N_("Recovery: no blood is drawn, no cells are given"), NULL, NULL },
  { NULL, "note", N_("Note"), DESK_FORM_WIDE, NULL, NULL, NULL },
};

static DeskPatientWindow *
kept_of (DeskRecordDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "kept");
}

/* Every usual form of a day is taken; one that can be read two ways is told as that. */
static void
collect_day (DeskRecordForm *form, const char *name, char **member, DeskProblems *problems)
{
  g_autofree char *text = desk_record_form_dup (form, name);
  gboolean ambiguous = FALSE;
  g_autofree char *iso = desk_day_read (text, DESK_DAY_ORDER_NONE, &ambiguous);

  if (ambiguous)
    desk_problems_add (problems, name, "ambiguous-date", NULL);
  g_free (*member);
  *member = g_strdup (iso ? iso : text);
}

/* A number typed; what is none is told as one out of range. */
static int
collect_number (DeskRecordForm *form, const char *name)
{
  g_autofree char *text = desk_record_form_dup (form, name);
  guint64 value;

  g_strstrip (text);
  if (*text == '\0')
    return 0;
  return g_ascii_string_to_unsigned (text, 10, 0, 9999, &value, NULL) ? (int) value : -1;
}

static DeskPatientWindow *
collect (DeskRecordDialog *dialog, DeskProblems *problems)
{
  DeskPatientWindow *window = desk_patient_window_copy (kept_of (dialog));
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);

  g_free (window->kind);
  window->kind = desk_record_form_dup (form, "kind");
  g_free (window->note);
  window->note = desk_record_form_dup (form, "note");
  collect_day (form, "first_day", &window->first_day, problems);
  collect_day (form, "last_day", &window->last_day, problems);
  window->days_before = collect_number (form, "days_before");
  window->days_after = collect_number (form, "days_after");
  desk_patient_window_tidy (window);
  desk_patient_window_check (window, problems);
  return window;
}

/* Shows every problem at its field; what is only missing is said when complete. Returns the first. */
static const char *
show_problems (DeskRecordDialog *dialog, const DeskProblems *problems, gboolean complete)
{
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  const char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (form_fields); i++)
    {
      const DeskProblem *problem = desk_problems_find (problems, form_fields[i].name);
      gboolean told = problem && (complete || !g_str_equal (problem->code, "missing"));
      g_autofree char *words = told ? desk_words_problem (problem) : NULL;

      desk_record_form_say (form, form_fields[i].name, words, FALSE);
      if (problem && !first)
        first = form_fields[i].name;
    }
  return first;
}

static void
on_edited (DeskRecordDialog *dialog)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskPatientWindow) window = collect (dialog, problems);
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);

  show_problems (dialog, problems, FALSE);
  desk_record_form_show (form, "days_before", !desk_patient_window_is_possible (window));
  desk_record_form_show (form, "days_after", !desk_patient_window_is_possible (window));
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_patient_window_save (db, data, error);
}

static void
on_saved (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskRecordDialog) dialog = user_data;
  g_autoptr (GError) error = NULL;

  desk_record_dialog_set_busy (dialog, FALSE);
  if (desk_session_run_finish (DESK_SESSION (session), result, &error))
    {
      desk_record_dialog_close (dialog);
      return;
    }
  g_autofree char *words = desk_words_error (error);
  desk_record_dialog_say (dialog, words);
}

static void
on_save (DeskRecordDialog *dialog)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskPatientWindow) window = collect (dialog, problems);
  const char *first = show_problems (dialog, problems, TRUE);

  if (first)
    {
      desk_record_form_focus (desk_record_dialog_get_form (dialog), first);
      return;
    }
  desk_record_dialog_set_busy (dialog, TRUE);
  desk_session_run_async (desk_page_get_session (desk_record_dialog_get_page (dialog)), save_work, g_steal_pointer (&window),
                          (GDestroyNotify) desk_patient_window_free, NULL, on_saved, g_object_ref (dialog));
}

static void
kept_free (gpointer window)
{
  desk_patient_window_free (window);
}

/* Opens the dialog for a window (id 0: a new one of that patient); copies it. Lends the dialog. */
GtkWindow *
desk_patient_window_dialog_show (DeskPage *page, const DeskPatientWindow *window)
{
  DeskRecordDialog *dialog
      = desk_record_dialog_new (page, window->id ? _("Days of the Patient") : _("New Days of the Patient"), form_fields, G_N_ELEMENTS (form_fields));
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  g_autofree char *before = g_strdup_printf ("%d", window->days_before), *after = g_strdup_printf ("%d", window->days_after);

  g_object_set_data_full (G_OBJECT (dialog), "kept", desk_patient_window_copy (window), kept_free);
  desk_record_form_set (form, "kind", window->kind);
  desk_record_form_set (form, "first_day", window->first_day);
  desk_record_form_set (form, "last_day", window->last_day);
  desk_record_form_set (form, "days_before", before);
  desk_record_form_set (form, "days_after", after);
  desk_record_form_set (form, "note", window->note);
  g_signal_connect (dialog, "edited", G_CALLBACK (on_edited), NULL);
  g_signal_connect (dialog, "save", G_CALLBACK (on_save), NULL);
  on_edited (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  desk_record_form_focus (form, NULL);
  return GTK_WINDOW (dialog);
}
