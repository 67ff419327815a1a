/* The two forms of the lists: what somebody waits for, and an attempt to reach them. */
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "desk-book-words.h"
#include "desk-cells-dialog.h"
#include "desk-list-acts.h"
#include "desk-list-words.h"
#include "desk-patient-picker.h"
#include "desk-patients.h"
#include "desk-recalls.h"
#include "desk-toast.h"
#include "desk-waitings.h"
#include "desk-words.h"

/* ── who waits ───────────────────────────────────────────────────────────────────────────────── */

static const char *const priorities[] = { "first", "normal", "last", NULL };

static void
add_types (DeskCellsDialog *dialog, const char *type)
{
  g_autoptr (GPtrArray) types = desk_visit_type_list_offered (desk_page_get_reader (desk_cells_dialog_get_page (dialog)), type, NULL);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));
  gint64 chosen = 1;

  for (gint64 i = 0; types && i < types->len; i++)
    {
      const DeskVisitType *one = types->pdata[i];
      gint64 id = i + 1;

      g_strv_builder_add (words, desk_book_type_name (one));
      g_array_append_val (ids, id);
      if (g_strcmp0 (one->code, type) == 0)
        chosen = id;
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "type", _("Waits for"), (const char *const *) lines, (gint64 *) (gpointer) ids->data, chosen);
  g_object_set_data_full (G_OBJECT (dialog), "types", g_steal_pointer (&types), (GDestroyNotify) g_ptr_array_unref);
}

static void
add_weekdays (DeskCellsDialog *dialog, const char *weekdays)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  for (int i = 1; i <= 7; i++)
    {
      const char digit[] = { '0' + i, '\0' };
      g_autofree char *name = desk_list_weekdays_words (digit);
      GtkWidget *button = gtk_toggle_button_new_with_label (name);

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), strchr (weekdays, digit[0]) != NULL);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Days of the week"), -1);
  desk_cells_dialog_add_widget (dialog, box);
  g_object_set_data (G_OBJECT (dialog), "weekdays", box);
}

static char *
read_weekdays (DeskCellsDialog *dialog)
{
  GtkWidget *button = gtk_widget_get_first_child (g_object_get_data (G_OBJECT (dialog), "weekdays"));
  g_autoptr (GString) days = g_string_new (NULL);

  for (int i = 1; button; i++, button = gtk_widget_get_next_sibling (button))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
      g_string_append_c (days, '0' + i);
  return g_string_free (g_steal_pointer (&days), FALSE);
}

static gboolean
read_day (DeskCellsDialog *dialog, const char *key, DeskDay *day)
{
  const char *text = desk_cells_dialog_get_text (dialog, key);

  *day = DESK_DAY_NONE;
  if (!*text)
    return TRUE;
  if (desk_book_parse_day (text, desk_page_get_today (desk_cells_dialog_get_page (dialog)), day))
    return TRUE;
  return desk_cells_dialog_refuse (dialog, key, _("Please write the day as 2026-11-24 or 11/24."));
}

static gboolean
read_time (DeskCellsDialog *dialog, const char *key, int empty, int *minute)
{
  const char *text = desk_cells_dialog_get_text (dialog, key);

  *minute = empty;
  if (!*text || desk_book_parse_time (text, minute))
    return TRUE;
  return desk_cells_dialog_refuse (dialog, key, _("Please write the time as 9:30, on five minutes."));
}

static gboolean
save_waiting (DeskDb *db, gpointer data, GError **error)
{
  return desk_waiting_save (db, data, error);
}

static void
on_waiting_saved (DeskCellsDialog *dialog, gpointer data)
{
  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), _("On the waiting list"));
}

static gboolean
collect_waiting (DeskCellsDialog *dialog, DeskWaiting *waiting)
{
  DeskPatientPicker *picker = g_object_get_data (G_OBJECT (dialog), "picker");
  const GPtrArray *types = g_object_get_data (G_OBJECT (dialog), "types");
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  if (picker)
    waiting->patient_id = desk_patient_picker_get_id (picker);
  if (!waiting->patient_id)
    return desk_cells_dialog_refuse (dialog, NULL, _("Please choose the patient."));
  g_free (waiting->type);
  waiting->type = g_strdup (((DeskVisitType *) types->pdata[desk_cells_dialog_get_choice (dialog, "type") - 1])->code);
  waiting->priority = (int) desk_cells_dialog_get_choice (dialog, "priority");
  g_free (waiting->weekdays);
  waiting->weekdays = read_weekdays (dialog);
  g_free (waiting->note);
  waiting->note = g_strdup (desk_cells_dialog_get_text (dialog, "note"));
  waiting->notice_days = atoi (desk_cells_dialog_get_text (dialog, "notice"));
  if (!read_day (dialog, "first", &waiting->first_day) || !read_day (dialog, "last", &waiting->last_day)
      || !read_time (dialog, "from", 0, &waiting->from_minute) || !read_time (dialog, "until", 1440, &waiting->until_minute))
    return FALSE;
  desk_waiting_check (waiting, problems);
  if (problems->len == 0)
    return TRUE;
  g_autofree char *words = desk_words_problem (desk_problems_get (problems, 0));
  return desk_cells_dialog_refuse (dialog, NULL, words);
}

static void
on_waiting_submit (DeskCellsDialog *dialog, const DeskWaiting *before)
{
  g_autoptr (DeskWaiting) waiting = desk_waiting_copy (before);

  if (collect_waiting (dialog, waiting))
    desk_cells_dialog_run (dialog, save_waiting, g_steal_pointer (&waiting), (GDestroyNotify) desk_waiting_free, on_waiting_saved);
}

static void
add_patient (DeskCellsDialog *dialog, gint64 patient_id)
{
  DeskDb *db = desk_page_get_reader (desk_cells_dialog_get_page (dialog));
  g_autoptr (DeskPatient) patient = patient_id ? desk_patient_load (db, patient_id, NULL) : NULL;
  g_autofree char *name = patient ? desk_patient_name (patient) : NULL;
  GtkWidget *picker;

  if (name)
    {
      desk_cells_dialog_set_identity (dialog, patient->chart, name);
      return;
    }
  picker = g_object_new (DESK_TYPE_PATIENT_PICKER, NULL);
  desk_patient_picker_set_db (DESK_PATIENT_PICKER (picker), db);
  desk_cells_dialog_add_widget (dialog, picker);
  g_object_set_data (G_OBJECT (dialog), "picker", picker);
}

/* Adds somebody to the waiting list, or (id set) changes what they wait for; patient 0 is chosen in the dialog. */
void
desk_waiting_dialog_show (DeskPage *page, const DeskWaiting *waiting)
{
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, waiting->id ? _("Waiting List") : _("Add to Waiting List"), _("Save"));
  static const gint64 ids[] = { 1, 2, 3 };
  const char *words[G_N_ELEMENTS (priorities)] = { NULL };
  g_autofree char *first = waiting->first_day == DESK_DAY_NONE ? NULL : desk_day_format (waiting->first_day);
  g_autofree char *last = waiting->last_day == DESK_DAY_NONE ? NULL : desk_day_format (waiting->last_day);
  g_autofree char *from = waiting->from_minute ? desk_book_time_words (waiting->from_minute) : NULL;
  g_autofree char *until = waiting->until_minute < 1440 ? desk_book_time_words (waiting->until_minute) : NULL;
  g_autofree char *notice = g_strdup_printf ("%d", waiting->notice_days);

  for (guint i = 0; i < 3; i++)
    words[i] = desk_words ("priority", priorities[i]);
  add_weekdays (dialog, waiting->weekdays);
  add_patient (dialog, waiting->patient_id);
  add_types (dialog, waiting->type);
  desk_cells_dialog_add_choice (dialog, "priority", _("Priority"), words, ids, waiting->priority);
  desk_cells_dialog_add_text (dialog, "first", _("Not before (day)"), first);
  desk_cells_dialog_add_text (dialog, "last", _("Not after (day)"), last);
  desk_cells_dialog_add_text (dialog, "from", _("From (time of day)"), from);
  desk_cells_dialog_add_text (dialog, "until", _("Until (time of day)"), until);
  desk_cells_dialog_add_text (dialog, "notice", _("Days of notice needed"), notice);
  desk_cells_dialog_add_text (dialog, "note", _("Note"), waiting->note);
  g_signal_connect_data (dialog, "submit", G_CALLBACK (on_waiting_submit), desk_waiting_copy (waiting),
                         (GClosureNotify) (GCallback) desk_waiting_free, 0);
  desk_cells_dialog_open (dialog);
}

/* Adds a patient; with a visit, somebody who has one and would rather come earlier. */
void
desk_waiting_dialog_show_for (DeskPage *page, gint64 patient_id, const DeskVisit *rather_than)
{
  g_autoptr (DeskWaiting) waiting = desk_waiting_new (patient_id, rather_than ? rather_than->type : "infusion");

  if (rather_than)
    {
      waiting->visit_id = rather_than->id;
      waiting->last_day = desk_instant_day (rather_than->starts_at, desk_page_get_zone (page));
    }
  desk_waiting_dialog_show (page, waiting);
}

/* ── an attempt ──────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  gint64 id, version;
  const char *way, *result, *outcome; /* static */
  char *note;
  DeskDay next;
} Attempt;

static void
attempt_free (gpointer data)
{
  g_free (((Attempt *) data)->note);
  g_free (data);
}

static gboolean
write_attempt (DeskDb *db, gpointer data, GError **error)
{
  Attempt *attempt = data;

  return desk_recall_try (db, attempt->id, &attempt->version, attempt->way, attempt->result, attempt->note, attempt->next,
                          attempt->outcome, error);
}

static void
on_attempt_written (DeskCellsDialog *dialog, gpointer data)
{
  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), _("Attempt written down"));
}

/* When it is tried again follows from the result, and can be written over. */
static void
on_result (DeskCellsDialog *dialog)
{
  const DeskRecall *recall = g_object_get_data (G_OBJECT (dialog), "recall");
  gint64 result = desk_cells_dialog_get_choice (dialog, "result");

  if (result == 0)
    return;
  const char *code = desk_recall_results ()[result - 1];
  g_autofree char *next = desk_recall_outcome_of (code) ? g_strdup ("")
                                                       : desk_day_format (desk_recall_next (code, recall->attempts + 1,
                                                                                            desk_page_get_today (desk_cells_dialog_get_page (dialog))));
  desk_cells_dialog_set_text (dialog, "next", next);
}

static void
on_attempt_submit (DeskCellsDialog *dialog, gpointer user_data)
{
  const DeskRecall *recall = g_object_get_data (G_OBJECT (dialog), "recall");
  gint64 way = desk_cells_dialog_get_choice (dialog, "way"), result = desk_cells_dialog_get_choice (dialog, "result");
  gint64 outcome = desk_cells_dialog_get_choice (dialog, "outcome");
  DeskDay next;

  if (way == 0)
    {
      desk_cells_dialog_refuse (dialog, "way", _("Please say how you tried."));
      return;
    }
  if (result == 0)
    {
      desk_cells_dialog_refuse (dialog, "result", _("Please say what came of it."));
      return;
    }
  if (!read_day (dialog, "next", &next))
    return;
  Attempt *attempt = g_new0 (Attempt, 1);
  *attempt = (Attempt) { recall->id, recall->version, desk_recall_ways ()[way - 1], desk_recall_results ()[result - 1], NULL,
                         g_strdup (desk_cells_dialog_get_text (dialog, "note")), next };
  attempt->outcome = outcome ? desk_recall_outcomes ()[outcome - 1] : next == DESK_DAY_NONE ? desk_recall_outcome_of (attempt->result) : NULL;
  if (next == DESK_DAY_NONE)
    attempt->next = desk_page_get_today (desk_cells_dialog_get_page (dialog)) + 1;
  desk_cells_dialog_run (dialog, write_attempt, attempt, attempt_free, on_attempt_written);
}

static char *
history_words (DeskPage *page, const DeskRecall *recall)
{
  g_autoptr (GPtrArray) attempts = desk_recall_attempts (desk_page_get_reader (page), recall->id, NULL);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; attempts && i < attempts->len; i++)
    {
      const DeskRecallAttempt *attempt = attempts->pdata[i];
      g_autofree char *when = desk_words_when (attempt->at, desk_page_get_zone (page));
      const char *facts[] = { when, desk_words ("recall-way", attempt->way), desk_words ("recall-result", attempt->result), attempt->by,
                              attempt->note };
      g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));

      g_string_append_printf (words, "%s%s", words->len ? "\n" : "", line);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Asks how somebody was tried and what came of it. */
void
desk_recall_dialog_show (DeskPage *page, const DeskRecall *recall)
{
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, desk_words ("recall", recall->kind), _("Write Down"));
  g_autofree char *history = history_words (page, recall);
  const char *facts[] = { recall->patient_name, recall->phone, recall->email };
  g_autofree char *who = desk_words_facts (facts, G_N_ELEMENTS (facts));
  g_autoptr (GError) error = NULL;
  DeskRecall *kept = desk_recall_load (desk_page_get_reader (page), recall->id, &error);

  if (!kept)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      gtk_window_destroy (GTK_WINDOW (dialog));
      return;
    }
  g_object_set_data_full (G_OBJECT (dialog), "recall", kept, (GDestroyNotify) desk_recall_free);
  desk_cells_dialog_set_identity (dialog, recall->patient_chart, who);
  if (*history)
    desk_cells_dialog_set_note (dialog, history);
  desk_cells_dialog_add_code (dialog, "way", _("Tried by"), "recall-way", desk_recall_ways ());
  desk_cells_dialog_add_code (dialog, "result", _("What came of it"), "recall-result", desk_recall_results ());
  desk_cells_dialog_add_text (dialog, "note", _("Note"), NULL);
  desk_cells_dialog_add_text (dialog, "next", _("Try again on (day)"), NULL);
  desk_cells_dialog_add_code (dialog, "outcome", _("Close it as (leave for going on)"), "list-outcome", desk_recall_outcomes ());
  desk_cells_dialog_set_choice (dialog, "way", 1);
  desk_cells_dialog_on_choice (dialog, "result", on_result);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_attempt_submit), NULL);
  desk_cells_dialog_open (dialog);
}
