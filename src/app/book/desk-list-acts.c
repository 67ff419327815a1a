#include "desk-list-acts.h"

#include <glib/gi18n.h>

#include "desk-book-words.h"
#include "desk-recalls.h"
#include "desk-toast.h"
#include "desk-waitings.h"
#include "desk-words.h"

typedef struct _Act Act;

/* One write and its way back. */
struct _Act
{
  DeskPage *page;
  gboolean (*work) (DeskDb *db, Act *act, GError **error);
  gboolean (*back) (DeskDb *db, Act *act, GError **error);
  gint64 id, version, waiting_id;
  char *outcome, *words;
  gboolean undoing;
  DeskFreedSlot slot;   /* id and version alone */
  DeskWaiting *waiting; /* of filling */
  DeskVisit *visit, *before;
};

static void
act_free (gpointer data)
{
  Act *act = data;

  g_clear_object (&act->page);
  g_clear_pointer (&act->waiting, desk_waiting_free);
  g_clear_pointer (&act->visit, desk_visit_free);
  g_clear_pointer (&act->before, desk_visit_free);
  g_free (act->outcome);
  g_free (act->words);
  g_free (act);
}

static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;

  return act->undoing ? act->back (db, act, error) : act->work (db, act, error);
}

static void run (Act *act);

static Act *
act_copy (const Act *act)
{
  Act *copy = g_memdup2 (act, sizeof *act);

  g_object_ref (copy->page);
  copy->waiting = act->waiting ? desk_waiting_copy (act->waiting) : NULL;
  copy->visit = act->visit ? desk_visit_copy (act->visit) : NULL;
  copy->before = act->before ? desk_visit_copy (act->before) : NULL;
  copy->outcome = g_strdup (act->outcome);
  copy->words = g_strdup (act->words);
  return copy;
}

static void
on_undo (gpointer user_data)
{
  Act *back = act_copy (user_data);

  back->undoing = TRUE;
  run (back);
}

/* What is done in the window of the lists is told there; the way back is the page's. */
static GtkWidget *
teller (DeskPage *page)
{
  GtkWidget *lists = g_object_get_data (G_OBJECT (page), "lists");

  return lists ? lists : GTK_WIDGET (page);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Act *act = g_task_get_task_data (G_TASK (result));

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast_error (teller (act->page), error);
  else if (act->undoing)
    desk_toast (teller (act->page), _("Taken back"));
  else
    {
      desk_toast_undo (GTK_WIDGET (act->page), act->words, G_CALLBACK (on_undo), act_copy (act), act_free);
      if (teller (act->page) != GTK_WIDGET (act->page))
        desk_toast (teller (act->page), act->words);
    }
}

/* Takes the act. */
static void
run (Act *act)
{
  desk_session_run_async (desk_page_get_session (act->page), work, act, act_free, NULL, on_done, NULL);
}

static Act *
act_new (DeskPage *page, gint64 id, gint64 version, const char *outcome, char *words)
{
  Act *act = g_new0 (Act, 1);

  act->page = g_object_ref (page);
  act->id = id;
  act->version = version;
  act->outcome = g_strdup (outcome);
  act->words = words;
  return act;
}

static gboolean
close_waiting (DeskDb *db, Act *act, GError **error)
{
  return desk_waiting_close (db, act->id, &act->version, act->undoing ? "" : act->outcome, error);
}

/* Takes somebody off the list. */
void
desk_list_act_close_waiting (DeskPage *page, const DeskWaiting *waiting, const char *outcome)
{
  Act *act = act_new (page, waiting->id, waiting->version, outcome,
                      g_strdup_printf (_("%s is off the waiting list: %s"), waiting->patient_name, desk_words ("list-outcome", outcome)));

  act->work = act->back = close_waiting;
  run (act);
}

static gboolean
close_recall (DeskDb *db, Act *act, GError **error)
{
  return desk_recall_close (db, act->id, &act->version, act->undoing ? "" : act->outcome, error);
}

/* Ends a call that is due, without an attempt. */
void
desk_list_act_close_recall (DeskPage *page, const DeskRecall *recall, const char *outcome)
{
  Act *act = act_new (page, recall->id, recall->version, outcome,
                      g_strdup_printf (_("%s: %s"), recall->patient_name, desk_words ("list-outcome", outcome)));

  act->work = act->back = close_recall;
  run (act);
}

static gboolean
close_freed (DeskDb *db, Act *act, GError **error)
{
  return desk_freed_close (db, act->id, &act->version, act->undoing ? "" : act->outcome, error);
}

/* Leaves free time as it is. */
void
desk_list_act_close_freed (DeskPage *page, const DeskFreedSlot *slot, const char *outcome)
{
  g_autofree char *when = desk_words_when (slot->starts_at, desk_page_get_zone (page));
  Act *act = act_new (page, slot->id, slot->version, outcome, g_strdup_printf (_("%s stays free"), when));

  act->work = act->back = close_freed;
  run (act);
}

static gboolean
fill (DeskDb *db, Act *act, GError **error)
{
  return desk_freed_fill (db, &act->slot, act->waiting, act->visit, error);
}

static gboolean
unfill (DeskDb *db, Act *act, GError **error)
{
  return desk_freed_unfill (db, act->slot.id, act->waiting->id, act->visit, act->before, error);
}

static void
on_answered (AdwMessageDialog *dialog, const char *response, Act *act)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (!g_str_equal (response, "book"))
    {
      act_free (act);
      return;
    }
  g_free (act->visit->override);
  act->visit->override = g_steal_pointer (&reason);
  run (act);
}

static void
on_reason (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "book", *reason != '\0');
}

/* A warning is passed over with a reason alone, here as in the book. Takes the act. */
static void
ask_reason (Act *act, const char *warnings)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (act->page))), _("Book All the Same?"), warnings);
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Reason; it stays with the visit"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reason"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("Cancel"), "book", _("Book"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "book");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "book", FALSE);
  g_signal_connect (entry, "changed", G_CALLBACK (on_reason), dialog);
  g_signal_connect (dialog, "response", G_CALLBACK (on_answered), act);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Books somebody who waits into free time: with what the visit runs into said first, all of it in one write. */
void
desk_list_act_fill (DeskPage *page, const DeskFreedSlot *slot, const DeskWaiting *waiting)
{
  DeskDb *db = desk_page_get_reader (page);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) before = waiting->visit_id ? desk_visit_load (db, waiting->visit_id, &error) : NULL;
  g_autoptr (DeskVisit) visit = error ? NULL : desk_freed_wanted (db, slot, waiting, now, &error);
  g_autoptr (GPtrArray) conflicts = visit ? desk_visit_check (db, visit, now, &error) : NULL;
  g_autoptr (GPtrArray) resources = conflicts ? desk_resource_list (db, &error) : NULL;

  if (!resources)
    {
      desk_toast_error (teller (page), error);
      return;
    }
  g_autofree char *words = desk_book_conflicts_words (conflicts, resources), *warnings = desk_book_warnings_words (conflicts, resources);
  g_autofree char *when = desk_words_when (slot->starts_at, desk_page_get_zone (page));
  if (desk_conflicts_block (conflicts))
    {
      desk_toast (teller (page), words);
      return;
    }
  Act *act = act_new (page, slot->id, slot->version, NULL, g_strdup_printf (_("%s booked for %s"), waiting->patient_name, when));
  act->work = fill;
  act->back = unfill;
  act->slot.id = slot->id;
  act->slot.version = slot->version;
  act->waiting = desk_waiting_copy (waiting);
  act->visit = g_steal_pointer (&visit);
  act->before = g_steal_pointer (&before);
  if (*warnings)
    ask_reason (act, words);
  else
    run (act);
}
