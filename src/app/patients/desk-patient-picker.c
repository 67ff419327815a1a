#include "desk-patient-picker.h"

#include <glib/gi18n.h>

#include "desk-patient-row.h"
#include "desk-patients.h"
#include "desk-toast.h"

#define MAX_HITS 6

struct _DeskPatientPicker
{
  GtkBox parent_instance;

  DeskDb *db; /* lent */
  gint64 id;
  char *shown; /* what stands in the entry for the patient chosen */

  gboolean writing; /* the entry's text is being set, not typed */

  GtkSearchEntry *search;
  GtkListBox *hits;
  GtkWidget *nobody;
  GtkButton *add; /* shown in place of nobody where a new patient may be registered */
  gboolean may_add;
};

enum
{
  CHOSEN,
  CLEARED,
  ADDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskPatientPicker, desk_patient_picker, GTK_TYPE_BOX)

static void
clear_hits (DeskPatientPicker *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->hits))))
    gtk_list_box_remove (self->hits, row);
  gtk_widget_set_visible (GTK_WIDGET (self->hits), FALSE);
  gtk_widget_set_visible (self->nobody, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->add), FALSE);
}

static void
add_hit (DeskPatientPicker *self, const DeskPatient *patient)
{
  GtkWidget *content = g_object_new (DESK_TYPE_PATIENT_ROW, NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  gint64 *id = g_new (gint64, 1);

  *id = patient->id;
  desk_patient_row_set (DESK_PATIENT_ROW (content), patient);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), content);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, content, NULL, -1);
  g_object_set_data_full (G_OBJECT (row), "id", id, g_free);
  gtk_list_box_append (self->hits, row);
}

static void
on_search_changed (GtkSearchEntry *search, DeskPatientPicker *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (search));

  /* The signal comes late: it may be about what we wrote ourselves. */
  if (self->writing || g_strcmp0 (text, self->shown) == 0)
    return;
  g_clear_pointer (&self->shown, g_free);
  if (self->id)
    {
      self->id = 0;
      g_signal_emit (self, signals[CLEARED], 0);
    }
  clear_hits (self);
  if (!*text || !self->db)
    return;

  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = desk_patient_search (self->db, text, MAX_HITS, &error);
  g_autoptr (GPtrArray) rows
      = ids ? desk_patient_rows (self->db, (const gint64 *) (gpointer) ids->data, ids->len, &error) : NULL;
  if (!rows)
    {
      /* Nobody found is not the same as could not look. */
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    if (g_ptr_array_index (rows, i))
      add_hit (self, g_ptr_array_index (rows, i));
  gtk_widget_set_visible (GTK_WIDGET (self->hits), rows->len > 0);
  gtk_widget_set_visible (self->nobody, rows->len == 0 && !self->may_add);
  g_autofree char *label = g_strdup_printf (_("New Patient “%s”"), text);
  gtk_button_set_label (self->add, label);
  gtk_widget_set_visible (GTK_WIDGET (self->add), self->may_add && rows->len < MAX_HITS);

  /* Marked at once only when there is no doubt who is meant. */
  if (rows->len == 1)
    gtk_list_box_select_row (self->hits, gtk_list_box_get_row_at_index (self->hits, 0));
}

static void
on_row_activated (GtkListBox *hits, GtkListBoxRow *row, DeskPatientPicker *self)
{
  desk_patient_picker_set_id (self, *(gint64 *) g_object_get_data (G_OBJECT (row), "id"));
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
on_add (DeskPatientPicker *self)
{
  g_signal_emit (self, signals[ADDED], 0, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
on_search_activate (GtkSearchEntry *search, DeskPatientPicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->hits);

  if (row)
    on_row_activated (self->hits, row, self);
  else if (gtk_widget_get_visible (GTK_WIDGET (self->add)) && !gtk_widget_get_visible (GTK_WIDGET (self->hits)))
    on_add (self);
}

/* Escape puts the hits away first, then leaves the dialog the picker is in. */
static void
on_search_stop (GtkSearchEntry *search, DeskPatientPicker *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->hits)))
    clear_hits (self);
  else if (GTK_IS_WINDOW (root) && gtk_window_get_transient_for (GTK_WINDOW (root)))
    gtk_window_close (GTK_WINDOW (root));
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, DeskPatientPicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->hits);
  int index = row ? gtk_list_box_row_get_index (row) : -1;
  GtkListBoxRow *next;

  if ((key != GDK_KEY_Down && key != GDK_KEY_Up) || !gtk_widget_get_visible (GTK_WIDGET (self->hits)))
    return FALSE;
  next = gtk_list_box_get_row_at_index (self->hits, MAX (index + (key == GDK_KEY_Down ? 1 : -1), 0));
  if (next)
    gtk_list_box_select_row (self->hits, next);
  return TRUE;
}

/* The connection to search on; lent, and must outlive the picker. */
void
desk_patient_picker_set_db (DeskPatientPicker *self, DeskDb *db)
{
  self->db = db;
}

/* Where nobody is found, a new patient is offered. */
void
desk_patient_picker_offer_new (DeskPatientPicker *self)
{
  self->may_add = TRUE;
}

/* The patient chosen, or 0. */
gint64
desk_patient_picker_get_id (DeskPatientPicker *self)
{
  return self->id;
}

/* Shows a patient as chosen; 0 empties the entry. */
void
desk_patient_picker_set_id (DeskPatientPicker *self, gint64 patient_id)
{
  g_autoptr (DeskPatient) patient = patient_id ? desk_patient_load (self->db, patient_id, NULL) : NULL;
  g_autofree char *name = patient ? desk_patient_name (patient) : NULL;

  self->id = patient ? patient_id : 0;
  g_free (self->shown);
  self->shown = patient ? g_strdup_printf ("%s  (%s)", name, patient->chart) : g_strdup ("");
  /* Setting a text first empties the entry, and that is told at once. */
  self->writing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), self->shown);
  self->writing = FALSE;
  clear_hits (self);
}

static gboolean
desk_patient_picker_grab_focus (GtkWidget *widget)
{
  GtkSearchEntry *search = DESK_PATIENT_PICKER (widget)->search;
  gboolean focused = gtk_widget_grab_focus (GTK_WIDGET (search));

  /* A name typed over the one that stands there replaces it. */
  gtk_editable_select_region (GTK_EDITABLE (search), 0, -1);
  return focused;
}

static void
desk_patient_picker_finalize (GObject *object)
{
  g_free (DESK_PATIENT_PICKER (object)->shown);
  G_OBJECT_CLASS (desk_patient_picker_parent_class)->finalize (object);
}

static void
desk_patient_picker_class_init (DeskPatientPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_patient_picker_finalize;
  widget_class->grab_focus = desk_patient_picker_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-patient-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPatientPicker, search);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientPicker, hits);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientPicker, nobody);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientPicker, add);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_key);

  /* added (name): a new patient of that name is wanted. */
  signals[ADDED] = g_signal_new ("added", DESK_TYPE_PATIENT_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /* chosen (): desk_patient_picker_get_id () is somebody now. cleared (): the text was changed after that. */
  signals[CHOSEN] = g_signal_new ("chosen", DESK_TYPE_PATIENT_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLEARED] = g_signal_new ("cleared", DESK_TYPE_PATIENT_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_patient_picker_init (DeskPatientPicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
