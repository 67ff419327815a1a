#include "desk-disc-told.h"

#include <glib/gi18n.h>

#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-window.h"

typedef struct
{
  DeskPage *page;
  DeskDiscFiling *filing;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->page);
  desk_disc_filing_unref (undo->filing);
  g_free (undo);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPage) page = user_data;
  g_autoptr (GError) error = NULL;

  if (desk_disc_filing_finish (result, &error))
    desk_toast (GTK_WIDGET (page), _("Taken back: the pictures are no longer among the papers"));
  else
    desk_toast_error (GTK_WIDGET (page), error);
}

static void
on_undo (gpointer user_data)
{
  const Undo *undo = user_data;

  desk_disc_filing_undo_async (undo->filing, on_undone, g_object_ref (undo->page));
}

/* Shows the last paper made, and says to whom they were filed; Undo takes all of them back. */
void
desk_disc_tell_filed (DeskPage *page, DeskDiscFiling *filing)
{
  const GArray *documents = filing->documents;
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_page_get_reader (page), filing->patient_id, NULL);
  g_autofree char *name = patient ? desk_patient_name (patient) : g_strdup ("");
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u study filed to %s", "%u studies filed to %s", documents->len),
                                           documents->len, name);
  Undo *undo = g_new (Undo, 1);

  *undo = (Undo){ g_object_ref (page), g_atomic_rc_box_acquire (filing) };
  desk_window_show (desk_window_of (GTK_WIDGET (page)), DESK_KIND_DOCUMENT, g_array_index (documents, gint64, documents->len - 1));
  desk_toast_undo (GTK_WIDGET (page), text, G_CALLBACK (on_undo), undo, undo_free);
}
