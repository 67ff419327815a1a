#include "desk-slot-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-book-words.h"
#include "desk-book.h"
#include "desk-free-slots.h"
#include "desk-patients.h"
#include "desk-setup-row.h"
#include "desk-visit-dialog.h"
#include "desk-words.h"

#define MOST_SLOTS 200
#define NOON (12 * 60)

struct _DeskSlotDialog
{
  AdwWindow parent_instance;

  AdwComboRow *type, *part;
  AdwEntryRow *from;
  GtkSpinButton *weeks;
  GtkSwitch *one_a_day;
  GtkListBox *list;
  GtkLabel *said;

  DeskPage *page;
  gint64 patient_id; /* 0 for anybody */
  GPtrArray *types;  /* those that are offered */
  GPtrArray *slots;  /* DeskFreeSlot, row by row */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (DeskSlotDialog, desk_slot_dialog, ADW_TYPE_WINDOW)

static const DeskVisitType *
chosen_type (DeskSlotDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->type);

  return selected < self->types->len ? g_ptr_array_index (self->types, selected) : NULL;
}

/* "Wed 3 June 2026, 10:00" with "Chair 2, Dr Sato" under it. */
static GtkWidget *
row_new (DeskSlotDialog *self, const DeskFreeSlot *slot, const GPtrArray *resources)
{
  DeskVisit visit = { .resources = slot->resources };
  g_autofree char *title = desk_words_when (slot->starts_at, desk_page_get_zone (self->page));
  g_autofree char *places = desk_book_resources_words (&visit, resources);
  GtkWidget *row = desk_setup_row_new (title, places, "slot", slot->starts_at);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
show_slots (DeskSlotDialog *self, GPtrArray *slots, const GPtrArray *resources)
{
  g_autofree char *said = NULL;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  self->slots = slots;
  for (guint i = 0; i < slots->len; i++)
    gtk_list_box_append (self->list, row_new (self, g_ptr_array_index (slots, i), resources));
  if (slots->len == 0)
    said = g_strdup (_("Nothing is free. More weeks, or another time of the day, may help."));
  else if (slots->len == MOST_SLOTS)
    said = g_strdup_printf (_("The first %d times"), MOST_SLOTS);
  else
    said = g_strdup_printf (ngettext ("%d time is free", "%d times are free", slots->len), slots->len);
  gtk_label_set_label (self->said, said);
}

static void
search (DeskSlotDialog *self)
{
  const DeskVisitType *type = chosen_type (self);
  DeskDb *db = desk_page_get_reader (self->page);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  DeskDay today = desk_instant_day (now, desk_page_get_zone (self->page)), first;
  guint part = adw_combo_row_get_selected (self->part);
  gboolean read = desk_book_parse_day (gtk_editable_get_text (GTK_EDITABLE (self->from)), today, &first);
  g_autoptr (GError) error = NULL;

  if (self->filling || !type)
    return;
  desk_setup_row_say (ADW_PREFERENCES_ROW (self->from), read ? NULL : _("Please write the day as 2026-12-29 or 12/29."), FALSE);
  if (!read)
    return;

  DeskSlotSearch wanted = { .type = type->code, .patient_id = self->patient_id, .first = first,
                            .last = first + gtk_spin_button_get_value_as_int (self->weeks) * 7 - 1,
                            .from_minute = part == 2 ? NOON : 0, .until_minute = part == 1 ? NOON : 0,
                            .one_a_day = gtk_switch_get_active (self->one_a_day), .limit = MOST_SLOTS };
  g_autoptr (GPtrArray) resources = desk_resource_list (db, &error);
  GPtrArray *slots = resources ? desk_free_slots (db, &wanted, now, &error) : NULL;
  if (slots)
    show_slots (self, slots, resources);
  else
    {
      g_autofree char *words = desk_words_error (error);
      gtk_label_set_label (self->said, words);
    }
}

/* Enter in the list: the visit is written at that time, and whoever it is for is chosen there when nobody was. */
static void
on_activated (GtkListBox *list, GtkListBoxRow *row, DeskSlotDialog *self)
{
  const DeskFreeSlot *slot = g_ptr_array_index (self->slots, gtk_list_box_row_get_index (row));
  GTimeZone *zone = desk_page_get_zone (self->page);
  gint64 resource_id = slot->resources->len ? g_array_index (slot->resources, gint64, 0) : 0;
  const char *type = g_intern_string (chosen_type (self)->code);
  g_autoptr (DeskPage) page = g_object_ref (self->page);
  gint64 at = slot->starts_at, patient_id = self->patient_id;

  gtk_window_destroy (GTK_WINDOW (self));
  desk_visit_dialog_show_type (page, desk_instant_day (at, zone), desk_instant_minute (at, zone), resource_id, patient_id, type);
}

/* Enter in a field goes on to what was found. */
static void
on_enter (DeskSlotDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (row)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
desk_slot_dialog_finalize (GObject *object)
{
  DeskSlotDialog *self = DESK_SLOT_DIALOG (object);

  g_clear_object (&self->page);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_slot_dialog_parent_class)->finalize (object);
}

static void
desk_slot_dialog_class_init (DeskSlotDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_slot_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-slot-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskSlotDialog, type);
  gtk_widget_class_bind_template_child (widget_class, DeskSlotDialog, part);
  gtk_widget_class_bind_template_child (widget_class, DeskSlotDialog, from);
  gtk_widget_class_bind_template_child (widget_class, DeskSlotDialog, weeks);
  gtk_widget_class_bind_template_child (widget_class, DeskSlotDialog, one_a_day);
  gtk_widget_class_bind_template_child (widget_class, DeskSlotDialog, list);
  gtk_widget_class_bind_template_child (widget_class, DeskSlotDialog, said);
  gtk_widget_class_bind_template_callback (widget_class, search);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
desk_slot_dialog_init (DeskSlotDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Offers the types that are in use, type among them chosen. */
static void
fill_types (DeskSlotDialog *self, const char *type)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < self->types->len; i++)
    {
      const DeskVisitType *one = g_ptr_array_index (self->types, i);

      gtk_string_list_append (names, desk_book_type_name (one));
      if (g_strcmp0 (one->code, type ? type : "infusion") == 0)
        selected = i;
    }
  adw_combo_row_set_model (self->type, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->type, selected);
}

/* Opens over the page's window, for a patient (0 anybody) from a day on; type NULL for an infusion. Lent; it closes
 * itself. */
DeskSlotDialog *
desk_slot_dialog_show (DeskPage *page, DeskDay day, gint64 patient_id, const char *type)
{
  DeskSlotDialog *self = g_object_new (DESK_TYPE_SLOT_DIALOG, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  g_autofree char *iso = desk_day_format (day);
  g_autoptr (DeskPatient) patient = patient_id ? desk_patient_load (desk_page_get_reader (page), patient_id, NULL) : NULL;

  self->page = g_object_ref (page);
  self->patient_id = patient_id;
  self->types = desk_visit_type_list_offered (desk_page_get_reader (page), NULL, NULL);
  if (!self->types)
    self->types = g_ptr_array_new ();
  if (patient)
    {
      g_autofree char *title = g_strdup_printf (_("Find a Time for %s %s"), patient->family, patient->given);
      gtk_window_set_title (GTK_WINDOW (self), title);
    }
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->from), iso);
  fill_types (self, type);
  self->filling = FALSE;
  search (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->type));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
