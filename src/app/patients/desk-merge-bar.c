#include "desk-merge-bar.h"

#include <glib/gi18n.h>

#include "desk-merge-dialog.h"
#include "desk-merge.h"
#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

struct _DeskMergeBar
{
  AdwBin parent_instance;

  DeskPage *page; /* not owned */
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (DeskMergeBar, desk_merge_bar, ADW_TYPE_BIN)

static void
on_open (GtkButton *button, DeskMergeBar *self)
{
  gint64 *id = g_object_get_data (G_OBJECT (button), "id");

  desk_window_show (desk_window_of (GTK_WIDGET (self)), DESK_KIND_PATIENT, *id);
}

static void
on_separate (GtkButton *button, DeskMergeBar *self)
{
  gint64 *id = g_object_get_data (G_OBJECT (button), "id");

  desk_unmerge_dialog_open (self->page, *id);
}

static void
add_button (DeskMergeBar *self, GtkWidget *row, const char *label, GCallback clicked, gint64 id)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  gint64 *data = g_new (gint64, 1);

  *data = id;
  g_object_set_data_full (G_OBJECT (button), "id", data, g_free);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (row), button);
}

/* away: the record shown went into the other; else the other came into it. */
static void
add_record (DeskMergeBar *self, const DeskMergeRecord *record, gboolean away, gint64 other)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_page_get_reader (self->page), other, &error);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label;

  if (!patient)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_autofree char *name = desk_patient_name (patient);
  g_autofree char *who = g_strdup_printf ("%s %s", patient->chart, name);
  g_autofree char *when = desk_words_when (record->at, desk_page_get_zone (self->page));
  g_autofree char *words
      = away ? g_strdup_printf (_("This record was merged into %s on %s by %s; everything is there."), who, when, record->approved_by)
             : g_strdup_printf (_("%s was merged into this record on %s by %s."), who, when, record->approved_by);
  label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  add_button (self, row, _("Open"), G_CALLBACK (on_open), other);
  if (!desk_page_get_read_only (self->page))
    add_button (self, row, _("Separate…"), G_CALLBACK (on_separate), record->id);
  gtk_box_append (GTK_BOX (self->box), row);
}

/* Reads again what there is to say of the patient; nothing to say shows nothing. */
void
desk_merge_bar_show (DeskMergeBar *self, DeskPage *page, gint64 patient_id)
{
  g_autoptr (GError) error = NULL;
  DeskDb *db = desk_page_get_reader (page);
  g_autoptr (DeskMergeRecord) away = desk_merge_of (db, patient_id, NULL);
  g_autoptr (GPtrArray) came = desk_merge_list (db, patient_id, &error);
  GtkWidget *child;

  self->page = page;
  while ((child = gtk_widget_get_first_child (self->box)))
    gtk_box_remove (GTK_BOX (self->box), child);
  if (away)
    add_record (self, away, TRUE, away->winner_id);
  for (guint i = 0; came && i < came->len; i++)
    {
      const DeskMergeRecord *record = came->pdata[i];
      add_record (self, record, FALSE, record->loser_id);
    }
  if (!came)
    desk_toast_error (GTK_WIDGET (self), error);
  gtk_widget_set_visible (GTK_WIDGET (self), away || (came && came->len));
}

static void
desk_merge_bar_class_init (DeskMergeBarClass *klass)
{
}

static void
desk_merge_bar_init (DeskMergeBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  adw_bin_set_child (ADW_BIN (self), self->box);
}
