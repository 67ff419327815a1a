#include "desk-patient-row.h"

#include "desk-country.h"
#include "desk-words.h"

struct _DeskPatientRow
{
  GtkBox parent_instance;

  DeskListItem *item;
  gulong handler;

  GtkLabel *name;
  GtkLabel *native_name;
  GtkLabel *facts;
};

G_DEFINE_FINAL_TYPE (DeskPatientRow, desk_patient_row, GTK_TYPE_BOX)

/* Shows a patient, or nothing for NULL. */
void
desk_patient_row_set (DeskPatientRow *self, const DeskPatient *patient)
{
  if (!patient)
    {
      gtk_label_set_label (self->name, "");
      gtk_label_set_label (self->native_name, "");
      gtk_label_set_label (self->facts, "");
      return;
    }

  g_autofree char *name = desk_patient_name (patient);
  g_autofree char *native_name = desk_patient_native_name (patient);
  g_autofree char *facts = g_strdup_printf ("%s  ·  %s  ·  %s  ·  %s", patient->chart, patient->birth,
                                            desk_words ("sex", patient->sex),
                                            desk_country_name (patient->nationality, desk_words_language ()));

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->native_name, native_name);
  gtk_label_set_label (self->facts, facts);
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
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_patient_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-patient-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPatientRow, name);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientRow, native_name);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientRow, facts);
}

static void
desk_patient_row_init (DeskPatientRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
