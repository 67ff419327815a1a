#include "desk-companion-dialog.h"

#include <glib/gi18n.h>

#include "desk-companions.h"
#include "desk-mrz-entry.h"
#include "desk-mrz-patient.h"
#include "desk-passports.h"
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

/* What the passport lines said at a field. */
typedef struct
{
  char *value; /* what stands there since */
  char *words; /* NULL when there is nothing to say */
  gboolean doubtful;
} Said;

typedef struct
{
  DeskCompanion *companion; /* as filled */
  DeskCompanion *before;    /* before the lines were read, or NULL */
  DeskMrzEntry *mrz;
  Said said[G_N_ELEMENTS (form_fields)];
  gboolean doubts; /* nobody has compared yet */
} Kept;

static void
forget_lines (Kept *kept)
{
  for (guint i = 0; i < G_N_ELEMENTS (kept->said); i++)
    {
      g_free (kept->said[i].value);
      g_free (kept->said[i].words);
      kept->said[i] = (Said) { 0 };
    }
  kept->doubts = FALSE;
}

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  forget_lines (kept);
  desk_companion_free (kept->companion);
  desk_companion_free (kept->before);
  g_free (kept);
}

static Kept *
kept_of (DeskRecordDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "kept");
}

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
  DeskCompanion *companion = desk_companion_copy (kept_of (dialog)->companion);
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

/* Somebody on file has that passport: who comes along may be a patient too, but not this one. */
static void
check_passport (DeskRecordDialog *dialog, const DeskCompanion *companion, DeskProblems *problems)
{
  DeskDb *db = desk_page_get_reader (desk_record_dialog_get_page (dialog));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  gint64 patient_id;

  if (*companion->passport == '\0' || desk_problems_find (problems, "passport"))
    return;
  if (!desk_companion_find_patient (db, companion, &patient_id, &name, &error))
    desk_toast_error (GTK_WIDGET (desk_record_dialog_get_page (dialog)), error);
  else if (patient_id == companion->patient_id)
    desk_problems_add (problems, "passport", "patients-own", NULL);
  else if (patient_id)
    desk_problems_warn (problems, "passport", "of-a-patient", name);
}

/* What there is to say of a field: what is wrong with it, or else what the passport lines told; NULL for nothing. */
static char *
field_words (DeskRecordDialog *dialog, guint i, const DeskProblem *problem, gboolean complete, gboolean *warning)
{
  const Said *said = &kept_of (dialog)->said[i];
  g_autofree char *value = desk_record_form_dup (desk_record_dialog_get_form (dialog), form_fields[i].name);

  *warning = problem ? problem->warning : TRUE;
  if (problem && (complete || !g_str_equal (problem->code, "missing")))
    return desk_words_problem (problem);
  return g_strdup (g_strcmp0 (said->value, value) == 0 ? said->words : NULL);
}

/* Shows every problem at its field; what is only missing is said when complete. Returns the first that stops it. */
static const char *
show_problems (DeskRecordDialog *dialog, const DeskCompanion *companion, gboolean complete)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  const char *first = NULL;

  desk_companion_check (companion, desk_page_get_today (desk_record_dialog_get_page (dialog)), problems);
  check_passport (dialog, companion, problems);
  for (guint i = 0; i < G_N_ELEMENTS (form_fields); i++)
    {
      const DeskProblem *problem = desk_problems_find (problems, form_fields[i].name);
      gboolean warning;
      g_autofree char *words = field_words (dialog, i, problem, complete, &warning);

      desk_record_form_say (form, form_fields[i].name, words, warning);
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

/* ── the passport lines ── */

static void
fill (DeskRecordDialog *dialog, const DeskCompanion *companion)
{
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);
  guint n;
  const DeskRecordField *fields = desk_companion_fields (&n);

  for (guint i = 0; i < n; i++)
    desk_record_form_set (form, fields[i].name, desk_record_get (companion, &fields[i]));
  desk_record_form_set (form, "may_be_told", companion->may_be_told ? "1" : "");
}

/* Keeps what there is to say of a field: the lines' problem with it, or what stood there before. */
static void
keep_said (DeskRecordDialog *dialog, guint i, const DeskMrz *mrz, const char *before)
{
  Said *said = &kept_of (dialog)->said[i];
  g_autoptr (GString) words = g_string_new (NULL);

  said->value = desk_record_form_dup (desk_record_dialog_get_form (dialog), form_fields[i].name);
  for (guint k = 0; k < mrz->problems->len; k++)
    {
      const DeskProblem *problem = desk_problems_get (mrz->problems, k);
      g_autofree char *sentence = desk_words_problem (problem);

      if (g_strcmp0 (desk_mrz_patient_field (mrz, problem->field), form_fields[i].name) != 0)
        continue;
      g_string_append_printf (words, "%s%s", words->len ? " " : "", sentence);
      /* A name that may be cut must be looked at just like a wrong digit. */
      said->doubtful = said->doubtful || !problem->warning || g_str_equal (problem->field, "name");
    }
  if (before && *before && !g_str_equal (before, said->value) && !g_str_equal (before, "X"))
    {
      g_string_append (words, words->len ? " " : "");
      g_string_append_printf (words, _("Was %s."), form_fields[i].kind == DESK_FORM_CHOICE ? desk_words ("sex", before) : before);
    }
  said->words = words->len ? g_strdup (words->str) : NULL;
}

static void
on_lines_read (DeskMrzEntry *entry, const DeskMrz *mrz, DeskRecordDialog *dialog)
{
  Kept *kept = kept_of (dialog);
  g_autoptr (DeskCompanion) before = collect (dialog);
  g_autoptr (DeskCompanion) after = desk_mrz_fill_companion (mrz, before);
  guint n;
  const DeskRecordField *fields = desk_companion_fields (&n);

  forget_lines (kept);
  fill (dialog, after);
  kept->doubts = desk_problems_block (mrz->problems);
  for (guint i = 0; i < G_N_ELEMENTS (form_fields); i++)
    {
      const DeskRecordField *field = desk_record_find (fields, n, form_fields[i].name);

      keep_said (dialog, i, mrz, field ? desk_record_get (before, field) : NULL);
      kept->doubts = kept->doubts || kept->said[i].doubtful;
    }
  if (!kept->before)
    kept->before = g_steal_pointer (&before);
  desk_record_dialog_touch (dialog);
}

static void
on_lines_put_back (DeskMrzEntry *entry, DeskRecordDialog *dialog)
{
  Kept *kept = kept_of (dialog);

  forget_lines (kept);
  if (kept->before)
    fill (dialog, kept->before);
  g_clear_pointer (&kept->before, desk_companion_free);
  desk_record_dialog_touch (dialog);
}

static void
on_lines_nationality (DeskMrzEntry *entry, const char *code, DeskRecordDialog *dialog)
{
  desk_record_form_set (desk_record_dialog_get_form (dialog), "nationality", code);
  desk_record_dialog_touch (dialog);
}

/* Once before saving: what the lines left in doubt, and which passport of China it is. */
static gboolean
doubts_left (DeskRecordDialog *dialog)
{
  Kept *kept = kept_of (dialog);
  const char *first = NULL;

  if (!kept->doubts)
    return desk_mrz_entry_ask_again (kept->mrz);
  kept->doubts = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (form_fields) && !first; i++)
    if (kept->said[i].doubtful)
      first = form_fields[i].name;
  desk_record_dialog_say (dialog, _("Please compare with the passport what is marked, then save once more."));
  if (first)
    desk_record_form_focus (desk_record_dialog_get_form (dialog), first);
  else
    gtk_widget_grab_focus (GTK_WIDGET (kept->mrz));
  return TRUE;
}

static void
add_lines (DeskRecordDialog *dialog)
{
  Kept *kept = kept_of (dialog);
  DeskRecordForm *form = desk_record_dialog_get_form (dialog);

  kept->mrz = g_object_new (DESK_TYPE_MRZ_ENTRY, NULL);
  desk_record_dialog_add (dialog, GTK_WIDGET (kept->mrz), TRUE);
  desk_mrz_entry_begin (kept->mrz, desk_page_get_today (desk_record_dialog_get_page (dialog)));
  for (guint i = 0; i < G_N_ELEMENTS (form_fields); i++)
    {
      GtkWidget *input = desk_record_form_input (form, form_fields[i].name);

      if (GTK_IS_EDITABLE (input))
        desk_mrz_entry_watch (kept->mrz, GTK_EDITABLE (input));
    }
  desk_mrz_entry_watch_keys (kept->mrz, GTK_WIDGET (dialog));
  g_signal_connect (kept->mrz, "read", G_CALLBACK (on_lines_read), dialog);
  g_signal_connect (kept->mrz, "put-back", G_CALLBACK (on_lines_put_back), dialog);
  g_signal_connect (kept->mrz, "nationality", G_CALLBACK (on_lines_nationality), dialog);
}

/* ── saving ── */

typedef struct
{
  DeskCompanion *companion;
  DeskPassportReading *reading; /* of the passport, or NULL */
} SaveData;

static void
save_data_free (gpointer data)
{
  SaveData *save = data;

  desk_companion_free (save->companion);
  desk_passport_reading_free (save->reading);
  g_free (save);
}

/* The record, and what its passport says, or neither. */
static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  SaveData *save = data;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !desk_companion_save (db, save->companion, error))
    return FALSE;
  if (save->reading)
    {
      save->reading->patient_id = save->companion->patient_id;
      save->reading->companion_id = save->companion->id;
    }
  return (!save->reading || desk_passport_add (db, save->reading, error)) && desk_txn_commit (txn, error);
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
  if (doubts_left (dialog))
    return;
  desk_record_dialog_set_busy (dialog, TRUE);
  SaveData *save = g_new (SaveData, 1);
  *save = (SaveData){ g_steal_pointer (&companion), desk_passport_reading_copy (desk_mrz_entry_get_reading (kept_of (dialog)->mrz)) };
  desk_session_run_async (desk_page_get_session (desk_record_dialog_get_page (dialog)), save_work,
                          save, save_data_free, NULL, on_saved, g_object_ref (dialog));
}

/* Opens the dialog for a companion (id 0: a new one of that patient); copies it. Lends the window. */
GtkWindow *
desk_companion_dialog_show (DeskPage *page, const DeskCompanion *companion)
{
  DeskRecordDialog *dialog = desk_record_dialog_new (page, companion->id ? _("Companion") : _("New Companion"), form_fields,
                                                     G_N_ELEMENTS (form_fields));
  Kept *kept = g_new0 (Kept, 1);

  kept->companion = desk_companion_copy (companion);
  g_object_set_data_full (G_OBJECT (dialog), "kept", kept, kept_free);
  fill (dialog, companion);
  add_lines (dialog);
  g_signal_connect (dialog, "edited", G_CALLBACK (on_edited), NULL);
  g_signal_connect (dialog, "save", G_CALLBACK (on_save), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  desk_record_form_focus (desk_record_dialog_get_form (dialog), NULL);
  if (companion->id)
    on_edited (dialog);
  return GTK_WINDOW (dialog);
}
