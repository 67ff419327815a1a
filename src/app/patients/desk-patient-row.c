#include "desk-patient-row.h"

#include "desk-country.h"
#include "desk-words.h"

#define MARGIN 6 /* pixels */

struct _DeskPatientRow
{
  DeskRowText parent_instance;

  DeskListItem *item;
  gulong handler;
};

G_DEFINE_FINAL_TYPE (DeskPatientRow, desk_patient_row, DESK_TYPE_ROW_TEXT)

/* Shows a patient, or nothing for NULL. */
void
desk_patient_row_set (DeskPatientRow *self, const DeskPatient *patient)
{
  if (!patient)
    {
      desk_row_text_set (DESK_ROW_TEXT (self), NULL, NULL, NULL);
      return;
    }

  const char *known[] = { patient->chart, patient->birth, desk_words ("sex", patient->sex),
                          desk_country_name (patient->nationality, desk_words_language ()) };
  g_autofree char *name = desk_patient_name (patient);
  g_autofree char *native_name = desk_patient_native_name (patient);
  g_autofree char *facts = desk_words_facts (known, G_N_ELEMENTS (known));

  desk_row_text_set (DESK_ROW_TEXT (self), name, native_name, facts);
}

static void
on_item_changed (DeskPatientRow *self)
{
  desk_patient_row_set (self, self->item ? desk_list_item_get_row (self->item) : NULL);
}

/* Follows an item of a list, or none for NULL. */
void
desk_patient_row_set_item (DeskPatientRow *self, DeskListItem *item)
{
  if (self->item)
    g_clear_signal_handler (&self->handler, self->item);
  g_set_object (&self->item, item);
  if (item)
    self->handler = g_signal_connect_swapped (item, "changed", G_CALLBACK (on_item_changed), self);
  on_item_changed (self);
}

static void
desk_patient_row_dispose (GObject *object)
{
  DeskPatientRow *self = DESK_PATIENT_ROW (object);

  if (self->item)
    g_clear_signal_handler (&self->handler, self->item);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (desk_patient_row_parent_class)->dispose (object);
}

static void
desk_patient_row_class_init (DeskPatientRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_patient_row_dispose;
}

static void
desk_patient_row_init (DeskPatientRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  desk_row_text_set_flags (DESK_ROW_TEXT (self), DESK_ROW_TEXT_BESIDE_END | DESK_ROW_TEXT_BELOW_DIM);
  gtk_widget_set_margin_top (widget, MARGIN);
  gtk_widget_set_margin_bottom (widget, MARGIN);
  gtk_widget_set_margin_start (widget, MARGIN);
  gtk_widget_set_margin_end (widget, MARGIN);
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, g_object_new (DESK_TYPE_PATIENT_ROW, NULL));
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  desk_patient_row_set_item (DESK_PATIENT_ROW (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item));
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  desk_patient_row_set_item (DESK_PATIENT_ROW (gtk_list_item_get_child (list_item)), NULL);
}

/* Rows for a GtkListView over a DeskListModel of DeskPatient; the caller owns it. */
GtkListItemFactory *
desk_patient_row_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  return factory;
}
