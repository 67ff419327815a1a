#include "desk-patient-saving.h"

#include "desk-duplicate-list.h"
#include "desk-patient-conflict.h"
#include "desk-passports.h"
#include "desk-patients.h"
#include "desk-toast.h"

typedef struct
{
  DeskPatient *patient;
  DeskPassportReading *reading; /* of the passport, or NULL */
  gboolean unchanged;           /* the record itself */
  GArray *told;     /* of gint64: others known to be other people, or NULL */
  GPtrArray *asked; /* of DeskDuplicateHit: who it may be */
} SaveData;

/* Who asked for it, while it runs or a question is open. */
typedef struct
{
  DeskPage *page;
  DeskPatientForm *form;
  const DeskPatientSaving *calls;
  GArray *others; /* of gint64: those a question is about, or NULL */
  gint64 version; /* theirs */
} Asker;

static Asker *
asker_copy (const Asker *asker)
{
  Asker *copy = g_new (Asker, 1);

  *copy = (Asker){ g_object_ref (asker->page), g_object_ref (asker->form), asker->calls, NULL, 0 };
  return copy;
}

static void
asker_free (gpointer data)
{
  Asker *asker = data;

  g_object_unref (asker->page);
  g_object_unref (asker->form);
  g_clear_pointer (&asker->others, g_array_unref);
  g_free (asker);
}

static void
asker_gone (gpointer data, GClosure *closure)
{
  asker_free (data);
}

static void
save_data_free (gpointer data)
{
  SaveData *save = data;

  desk_patient_free (save->patient);
  desk_passport_reading_free (save->reading);
  g_clear_pointer (&save->told, g_array_unref);
  g_clear_pointer (&save->asked, g_ptr_array_unref);
  g_free (save);
}

/* The record, and what its passport says, or neither. A record that is as it was would write nothing, and take the
 * transaction around it with it. */
static gboolean
save_with_reading (DeskDb *db, SaveData *save, GError **error)
{
  g_autoptr (DeskTxn) txn = save->reading ? desk_txn_begin (db, error) : NULL;

  if (!save->reading)
    return desk_duplicate_save (db, save->patient, save->told, &save->asked, error);
  if (!txn || (!save->unchanged && !desk_duplicate_save (db, save->patient, save->told, &save->asked, error)))
    return FALSE;
  save->reading->patient_id = save->patient->id;
  return desk_passport_add (db, save->reading, error) && desk_txn_commit (txn, error);
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  SaveData *save = data;
  g_autoptr (GError) local = NULL;

  if (save_with_reading (db, save, &local) || save->asked)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
on_conflict_response (AdwMessageDialog *dialog, const char *response, Asker *asker)
{
  if (g_str_equal (response, "theirs"))
    asker->calls->give_up (asker->page);
  else if (g_str_equal (response, "mine"))
    {
      desk_patient_form_rebase (asker->form, asker->version);
      gtk_widget_activate_action (GTK_WIDGET (asker->page), "patients.save", NULL);
    }
}

/* Somebody else saved first: show both, overwrite nothing unasked. */
static void
show_conflict (const Asker *asker)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) mine = desk_patient_form_collect (asker->form);
  g_autoptr (DeskPatient) theirs = desk_patient_load (desk_page_get_reader (asker->page), mine->id, &error);

  if (!theirs)
    {
      desk_toast_error (GTK_WIDGET (asker->page), error);
      return;
    }

  GtkWidget *dialog = desk_patient_conflict_dialog (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (asker->page))), theirs, mine);
  Asker *data = asker_copy (asker);
  data->version = theirs->version;
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_conflict_response), data, asker_gone, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_asked_response (AdwMessageDialog *dialog, const char *response, Asker *asker)
{
  if (g_str_equal (response, "open"))
    asker->calls->open (asker->page, g_array_index (asker->others, gint64, 0));
  else if (g_str_equal (response, "save"))
    desk_patient_saving_start (asker->page, asker->form, g_array_ref (asker->others), asker->calls);
}

/* Somebody on file may be the one: asked once, and what is said is remembered. */
static void
ask_who (const Asker *asker, const GPtrArray *hits)
{
  GtkWidget *dialog = desk_duplicate_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (asker->page))), hits);
  Asker *data = asker_copy (asker);

  data->others = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < hits->len; i++)
    g_array_append_val (data->others, ((DeskDuplicateHit *) hits->pdata[i])->patient->id);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_asked_response), data, asker_gone, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
tell (const Asker *asker, const SaveData *data, const GError *error)
{
  if (g_error_matches (error, DESK_ERROR, DESK_ERROR_CONFLICT))
    show_conflict (asker);
  else if (!data)
    desk_toast_error (GTK_WIDGET (asker->page), error);
  else if (data->asked)
    ask_who (asker, data->asked);
  else
    asker->calls->saved (asker->page, data->patient);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asker *asker = user_data;
  g_autoptr (GError) error = NULL;
  SaveData *data = desk_session_run_finish (DESK_SESSION (source), result, &error);

  gtk_widget_action_set_enabled (GTK_WIDGET (asker->page), "patients.save", TRUE);
  tell (asker, data, error);
  asker_free (asker);
}

/* Saves what stands in the form. told: ids of who it is not, taken over; or NULL. calls is static. */
void
desk_patient_saving_start (DeskPage *page, DeskPatientForm *form, GArray *told, const DeskPatientSaving *calls)
{
  SaveData *data = g_new0 (SaveData, 1);
  Asker asker = { page, form, calls, NULL, 0 };

  data->patient = desk_patient_form_collect (form);
  data->reading = desk_passport_reading_copy (desk_patient_form_get_reading (form));
  data->unchanged = data->patient->id && !desk_patient_form_is_dirty (form);
  data->told = told;
  /* A double Enter must not register somebody twice. */
  gtk_widget_action_set_enabled (GTK_WIDGET (page), "patients.save", FALSE);
  desk_session_run_async (desk_page_get_session (page), save_work, data, save_data_free, NULL, on_saved, asker_copy (&asker));
}
