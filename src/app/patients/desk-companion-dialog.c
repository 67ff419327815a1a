#include "desk-companion-dialog.h"

#include <glib/gi18n.h>

#include "desk-companions.h"
#include "desk-patient-form.h"
#include "desk-record-dialog.h"
#include "desk-toast.h"
#include "desk-words.h"

static const char *const relations[] = { "spouse", "parent", "child", "sibling", "relative", "friend",
                                         "carer", "interpreter", "agent", "other", NULL };
static const char *const sexes[] = { "F", "M", "X", NULL };

static const DeskFormField form_fields[] = {
  { N_("Person"), "family", N_("Family name, as in the passport"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "given", N_("Given names, as in the passport"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "native", N_("Name in own script"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "relation", N_("Relation to the patient"), DESK_FORM_CHOICE, NULL, "relation", relations },
  { NULL, "birth", N_("Birth date"), DESK_FORM_TEXT, N_("1985-04-03, or 1985-04, or 1985"), NULL, NULL },
  { NULL, "sex", N_("Sex"), DESK_FORM_CHOICE, NULL, "sex", sexes },
  { N_("Passport"), "nationality", N_("Nationality"), DESK_FORM_TEXT, N_("Three letters, such as JPN, or the country’s name"), NULL, NULL },
  { NULL, "passport", N_("Passport number"), DESK_FORM_TEXT, N_("Everybody has a passport of their own"), NULL, NULL },
  { NULL, "passport_until", N_("Passport valid until"), DESK_FORM_TEXT, N_("2031-04-03"), NULL, NULL },
  { N_("Contact"), "phone", N_("Phone"), DESK_FORM_TEXT, N_("With country code: +81 3 1234 5678"), NULL, NULL },
  { NULL, "email", N_("E-mail"), DESK_FORM_TEXT, NULL, NULL, NULL },
  { NULL, "languages", N_("Languages"), DESK_FORM_TEXT, N_("Best first: en, zh, ja"), NULL, NULL },
  { NULL, "may_be_told", N_("May be told about the patient’s health"), DESK_FORM_SWITCH, NULL, NULL, NULL },
  { NULL, "note", N_("Note"), DESK_FORM_WIDE, NULL, NULL, NULL },
};

static void
name_to_code (char **nationality)
{
  char *code = desk_patient_form_country_code (*nationality);

  g_free (*nationality);
  *nationality = code;
}

static DeskCompanion *
collect (DeskRecordDialog *dialog)
{
  const DeskCompanion *filled = g_object_get_data (G_OBJECT (dialog), "record");
  DeskCompanion *companion = desk_companion_copy (filled);
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  guint n;
  const DeskRecordField *fields = desk_companion_fields (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = desk_record_form_dup (form, fields[i].name);

      desk_record_set (companion, &fields[i], text);
    }
  g_autofree char *told = desk_record_form_dup (form, "may_be_told");
  companion->may_be_told = *told != '\0';
  name_to_code (&companion->nationality);
  desk_companion_tidy (companion);
  return companion;
}

/* Shows every problem at its field; what is only missing is said when complete. Returns the first that stops it. */
static const char *
show_problems (DeskRecordDialog *dialog, const DeskCompanion *companion, gboolean complete)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  const char *first = NULL;

  desk_companion_check (companion, desk_page_get_today (desk_record_dialog_get_page (dialog)), problems);
  for (guint i = 0; i < G_N_ELEMENTS (form_fields); i++)
    {
      const DeskProblem *problem = desk_problems_find (problems, form_fields[i].name);
      gboolean told = problem && (complete || !g_str_equal (problem->code, "missing"));
      g_autofree char *words = told ? desk_words_problem (problem) : NULL;

      desk_record_form_say (form, form_fields[i].name, words, problem && problem->warning);
      if (problem && !problem->warning && !first)
        first = form_fields[i].name;
    }
  return first;
}

static void
on_edited (DeskRecordDialog *dialog)
{
  g_autoptr (DeskCompanion) companion = collect (dialog);

  show_problems (dialog, companion, FALSE);
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_companion_save (db, data, error);
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
  g_autoptr (DeskCompanion) companion = collect (dialog);
  const char *first = show_problems (dialog, companion, TRUE);

  if (first)
    {
      desk_record_form_focus (desk_record_dialog_get_form (dialog), first);
      return;
    }
  desk_record_dialog_set_busy (dialog, TRUE);
  desk_session_run_async (desk_page_get_session (desk_record_dialog_get_page (dialog)), save_work,
                          g_steal_pointer (&companion), (GDestroyNotify) desk_companion_free, NULL, on_saved,
                          g_object_ref (dialog));
}

/* Opens the dialog for a companion (id 0: a new one of that patient); copies it. Lends the window. */
GtkWindow *
desk_companion_dialog_show (DeskPage *page, const DeskCompanion *companion)
{
  DeskRecordDialog *dialog = desk_record_dialog_new (page, companion->id ? _("Companion") : _("New Companion"), form_fields,
                                                     G_N_ELEMENTS (form_fields));
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  guint n;
  const DeskRecordField *fields = desk_companion_fields (&n);

  g_object_set_data_full (G_OBJECT (dialog), "record", desk_companion_copy (companion), (GDestroyNotify) desk_companion_free);
  for (guint i = 0; i < n; i++)
    desk_record_form_set (form, fields[i].name, desk_record_get (companion, &fields[i]));
  desk_record_form_set (form, "may_be_told", companion->may_be_told ? "1" : "");
  g_signal_connect (dialog, "edited", G_CALLBACK (on_edited), NULL);
  g_signal_connect (dialog, "save", G_CALLBACK (on_save), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  desk_record_form_focus (form, NULL);
  if (companion->id)
    on_edited (dialog);
  return GTK_WINDOW (dialog);
}
