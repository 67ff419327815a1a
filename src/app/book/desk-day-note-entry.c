#include "desk-day-note-entry.h"

#include <glib/gi18n.h>

#include "desk-day-notes.h"
#include "desk-toast.h"
#include "desk-undo.h"
#include "desk-words.h"

struct _DeskDayNoteEntry
{
  AdwBin parent_instance;

  DeskPage *page;    /* lent: it is around the entry */
  DeskDayNote *note; /* as it was read */
  gboolean saving;
  GtkEntry *entry;
};

G_DEFINE_FINAL_TYPE (DeskDayNoteEntry, desk_day_note_entry, ADW_TYPE_BIN)

/* One write, and what taking it back needs. */
typedef struct
{
  DeskDayNoteEntry *entry;
  DeskDayNote *note;   /* what is written */
  DeskDayNote *before;
  DeskAuditLast *last; /* who came between */
  gboolean back;
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_object_unref (write->entry);
  desk_day_note_free (write->note);
  desk_day_note_free (write->before);
  g_clear_pointer (&write->last, desk_audit_last_free);
  g_free (write);
}

static Write *
write_new (DeskDayNoteEntry *self, const DeskDayNote *note, const DeskDayNote *before)
{
  Write *write = g_new0 (Write, 1);

  write->entry = g_object_ref (self);
  write->note = desk_day_note_copy (note);
  write->before = desk_day_note_copy (before);
  return write;
}

static gboolean
write_work (DeskDb *db, gpointer data, GError **error)
{
  Write *write = data;
  GError *local = NULL;

  if (desk_day_note_save (db, write->note, &local))
    return TRUE;
  if (g_error_matches (local, DESK_ERROR, DESK_ERROR_CONFLICT))
    write->last = desk_audit_last (db, DESK_KIND_BOOK, write->note->day, NULL);
  g_propagate_error (error, local);
  return FALSE;
}

static const char *
typed (DeskDayNoteEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static gboolean
is_changed (DeskDayNoteEntry *self)
{
  return self->note && g_strcmp0 (typed (self), self->note->text) != 0;
}

static void
take (DeskDayNoteEntry *self, DeskDayNote *note)
{
  g_clear_pointer (&self->note, desk_day_note_free);
  self->note = note;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), note->text);
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->entry), *note->text ? note->text : NULL);
}

/* What was typed stays; what somebody else wrote is told, and Enter replaces it knowingly. */
static void
tell_conflict (DeskDayNoteEntry *self, const Write *write)
{
  g_autoptr (GError) error = NULL;
  DeskDayNote *now = desk_day_note_load (desk_page_get_reader (self->page), write->note->day, &error);

  if (!now)
    {
      desk_toast_error (GTK_WIDGET (self->page), error);
      return;
    }
  const char *who = write->last && *write->last->name ? desk_words_pick (write->last->name, write->last->name_ja) : _("Somebody");
  /* Translators: name of a member of the staff; the note they wrote */
  g_autofree char *words = g_strdup_printf (_("%s wrote meanwhile: “%s”. Yours is not saved; Enter puts it in place of that."), who, now->text);
  if (self->note && self->note->day == now->day)
    {
      g_clear_pointer (&self->note, desk_day_note_free);
      self->note = now;
      gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY, "dialog-warning-symbolic");
      gtk_entry_set_icon_tooltip_text (self->entry, GTK_ENTRY_ICON_SECONDARY, words);
    }
  else
    desk_day_note_free (now);
  desk_toast (GTK_WIDGET (self->page), words);
}

static void undo (gpointer user_data);

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Write *write = g_task_get_task_data (G_TASK (result));
  DeskDayNoteEntry *self = write->entry;
  gboolean written = desk_session_run_finish (DESK_SESSION (source), result, &error) != NULL;

  self->saving = FALSE;
  if (!written && g_error_matches (error, DESK_ERROR, DESK_ERROR_CONFLICT))
    write->back ? desk_undo_refused (GTK_WIDGET (self->page), write->last) : tell_conflict (self, write);
  else if (!written)
    desk_toast_error (GTK_WIDGET (self->page), error);
  if (!written)
    return;
  if (self->note && self->note->day == write->note->day)
    take (self, desk_day_note_copy (write->note));
  if (write->back)
    desk_toast (GTK_WIDGET (self->page), _("Taken back"));
  else
    desk_toast_undo (GTK_WIDGET (self->page), *write->note->text ? _("Note of the day saved") : _("Note of the day removed"),
                     G_CALLBACK (undo), write_new (self, write->note, write->before), write_free);
}

static void
run (Write *write)
{
  write->entry->saving = TRUE;
  desk_session_run_async (desk_page_get_session (write->entry->page), write_work, write, write_free, NULL, on_written, NULL);
}

static void
undo (gpointer user_data)
{
  const Write *write = user_data;
  Write *back = write_new (write->entry, write->before, write->before);

  back->note->version = write->note->version;
  back->back = TRUE;
  run (back);
}

static void
save (DeskDayNoteEntry *self)
{
  if (self->saving || !is_changed (self))
    return;
  g_autoptr (DeskDayNote) wanted = desk_day_note_copy (self->note);
  g_free (wanted->text);
  wanted->text = g_strdup (typed (self));
  run (write_new (self, wanted, self->note));
}

static void
on_activate (GtkEntry *entry, DeskDayNoteEntry *self)
{
  save (self);
}

/* Going elsewhere saves, but not over what somebody else wrote. */
static void
on_leave (GtkEventControllerFocus *controller, DeskDayNoteEntry *self)
{
  if (!gtk_entry_get_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY))
    save (self);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, DeskDayNoteEntry *self)
{
  if (key != GDK_KEY_Escape || !self->note)
    return FALSE;
  take (self, g_steal_pointer (&self->note));
  gtk_widget_child_focus (GTK_WIDGET (self->page), GTK_DIR_TAB_FORWARD);
  return TRUE;
}

/* Shows the note of a day; what is being typed about that day stays. */
gboolean
desk_day_note_entry_show (DeskDayNoteEntry *self, DeskPage *page, DeskDay day, GError **error)
{
  self->page = page;
  if (self->saving || (is_changed (self) && self->note->day == day))
    return TRUE;
  if (is_changed (self))
    save (self);

  DeskDayNote *note = desk_day_note_load (desk_page_get_reader (page), day, error);
  if (!note)
    return FALSE;
  take (self, note);
  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), !desk_page_get_read_only (page));
  return TRUE;
}

gboolean
desk_day_note_entry_is_empty (DeskDayNoteEntry *self)
{
  return *typed (self) == '\0';
}

/* Begins writing. Not the class's way of taking the focus: Shift+Tab would come back here and never leave. */
void
desk_day_note_entry_focus (DeskDayNoteEntry *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
desk_day_note_entry_finalize (GObject *object)
{
  g_clear_pointer (&DESK_DAY_NOTE_ENTRY (object)->note, desk_day_note_free);
  G_OBJECT_CLASS (desk_day_note_entry_parent_class)->finalize (object);
}

static void
desk_day_note_entry_class_init (DeskDayNoteEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_day_note_entry_finalize;
}

static void
desk_day_note_entry_init (DeskDayNoteEntry *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new (), *keys = gtk_event_controller_key_new ();

  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->entry, _("Note for everybody about this day"));
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_PRIMARY, "document-edit-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note of the day"), -1);
  g_signal_connect (self->entry, "activate", G_CALLBACK (on_activate), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->entry));
}
