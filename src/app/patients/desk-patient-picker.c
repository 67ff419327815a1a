#include "desk-patient-picker.h"

#include <glib/gi18n.h>

#include "desk-fold.h"
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
  char *sought; /* what the hits are of; NULL: there are none yet */
  gboolean doubt; /* more than one of the hits bears the name of the first */

  gboolean writing; /* the entry's text is being set, not typed */

  GtkSearchEntry *search;
  GtkListBox *hits;
  GtkLabel *nobody;
  GtkButton *add; /* where a new patient may be registered */
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
  gtk_widget_set_visible (GTK_WIDGET (self->nobody), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->add), FALSE);
  g_clear_pointer (&self->sought, g_free);
  self->doubt = FALSE;
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

static gboolean
same_words (const char *a, const char *b)
{
  g_autofree char *one = desk_fold (a), *two = desk_fold (b);

  return *one && g_str_equal (one, two);
}

/* Namesakes of the first: which of them is meant is not for a program to say. */
static gboolean
has_namesake (const GPtrArray *rows)
{
  const DeskPatient *first = rows->len ? rows->pdata[0] : NULL;

  for (guint i = 1; first && i < rows->len; i++)
    {
      const DeskPatient *other = rows->pdata[i];

      if (other && (same_words (first->family, other->family) || same_words (first->family_native, other->family_native)))
        return TRUE;
    }
  return FALSE;
}

static void
show_hits (DeskPatientPicker *self, const char *text, const GPtrArray *rows)
{
  g_autofree char *label = g_strdup_printf (_("New Patient “%s” (Ctrl+N)"), text);

  for (guint i = 0; i < rows->len; i++)
    if (rows->pdata[i])
      add_hit (self, rows->pdata[i]);
  self->doubt = has_namesake (rows);
  gtk_widget_set_visible (GTK_WIDGET (self->hits), rows->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->nobody), rows->len == 0);
  gtk_button_set_label (self->add, label);
  gtk_widget_set_visible (GTK_WIDGET (self->add), self->may_add && rows->len < MAX_HITS);

  /* Marked is what Enter takes. */
  if (rows->len && !self->doubt)
    gtk_list_box_select_row (self->hits, gtk_list_box_get_row_at_index (self->hits, 0));
}

/* Looks for what stands in the entry, unless that is what the hits are of. A key may come before the entry tells that
 * its text has changed: whatever acts on the hits looks first. */
static void
look (DeskPatientPicker *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (self->writing || g_strcmp0 (text, self->shown) == 0 || g_strcmp0 (text, self->sought) == 0)
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
  self->sought = g_strdup (text);
  show_hits (self, text, rows);
}

static void
on_search_changed (GtkSearchEntry *search, DeskPatientPicker *self)
{
  look (self);
}

static void
on_row_activated (GtkListBox *hits, GtkListBoxRow *row, DeskPatientPicker *self)
{
  desk_patient_picker_set_id (self, *(gint64 *) g_object_get_data (G_OBJECT (row), "id"));
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* Only by the button itself or its key: never because Enter found nobody. */
static void
on_add (DeskPatientPicker *self)
{
  g_autofree char *name = g_strdup (self->sought);

  if (name)
    g_signal_emit (self, signals[ADDED], 0, name);
}

static void
on_search_activate (GtkSearchEntry *search, DeskPatientPicker *self)
{
  GtkListBoxRow *row;

  look (self);
  row = gtk_list_box_get_selected_row (self->hits);
  if (row)
    on_row_activated (self->hits, row, self);
  else if (self->doubt)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->hits, 0)));
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

/* Down goes from the entry through the hits and on to the new patient. */
static gboolean
step (DeskPatientPicker *self, int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->hits);
  int index = row ? gtk_list_box_row_get_index (row) : -1;
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->hits, MAX (index + by, 0));
  GtkWidget *add = GTK_WIDGET (self->add);

  if (next)
    gtk_list_box_select_row (self->hits, next);
  else if (by > 0 && gtk_widget_get_visible (add))
    gtk_widget_grab_focus (add);
  return gtk_widget_get_visible (GTK_WIDGET (self->hits)) || gtk_widget_get_visible (add);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, DeskPatientPicker *self)
{
  if (key == GDK_KEY_Down || key == GDK_KEY_Up)
    {
      look (self);
      return step (self, key == GDK_KEY_Down ? 1 : -1);
    }
  if (key != GDK_KEY_n || !(state & GDK_CONTROL_MASK))
    return FALSE;
  look (self);
  if (!gtk_widget_get_visible (GTK_WIDGET (self->add)))
    return FALSE;
  on_add (self);
  return TRUE;
}

/* Enter on a row takes it, and does not press the dialog's own button. */
static gboolean
on_list_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, DeskPatientPicker *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->hits));

  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || !GTK_IS_LIST_BOX_ROW (row))
    return FALSE;
  on_row_activated (self->hits, GTK_LIST_BOX_ROW (row), self);
  return TRUE;
}

/* The connection to search on; lent, and must outlive the picker. */
void
desk_patient_picker_set_db (DeskPatientPicker *self, DeskDb *db)
{
  self->db = db;
}

/* Under the hits a new patient is offered. */
void
desk_patient_picker_offer_new (DeskPatientPicker *self)
{
  self->may_add = TRUE;
  gtk_label_set_label (self->nobody, _("Nobody of that name or number."));
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
  DeskPatientPicker *self = DESK_PATIENT_PICKER (object);

  g_free (self->shown);
  g_free (self->sought);
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
  gtk_widget_class_bind_template_callback (widget_class, on_list_key);

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
