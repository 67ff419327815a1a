#include "desk-setup-window.h"

#include <glib/gi18n.h>

#include "desk-cell-page.h"
#include "desk-clinic-form.h"
#include "desk-block-page.h"
#include "desk-closed-page.h"
#include "desk-hours-page.h"
#include "desk-visit-type-page.h"
#include "desk-codes-page.h"
#include "desk-course-page.h"
#include "desk-exemption-page.h"
#include "desk-gate-page.h"
#include "desk-recall-page.h"
#include "desk-money-page.h"
#include "desk-resource-page.h"
#include "desk-staff-page.h"
#include "desk-tank-page.h"

struct _DeskSetupWindow
{
  AdwWindow parent_instance;

  AdwViewStack *stack;
  DeskClinicForm *form;
  GtkWidget *save;
  GtkWidget *read_only_bar;
};

G_DEFINE_FINAL_TYPE (DeskSetupWindow, desk_setup_window, ADW_TYPE_WINDOW)

static void
on_page (DeskSetupWindow *self)
{
  if (self->save)
    gtk_widget_set_visible (self->save, adw_view_stack_get_visible_child (self->stack) == GTK_WIDGET (self->form));
}

static void
on_saved (DeskClinicForm *form, DeskSetupWindow *self)
{
  if (g_object_get_data (G_OBJECT (self), "closing"))
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *target)
{
  g_object_set_data (G_OBJECT (widget), "closing", NULL);
  desk_clinic_form_save (DESK_SETUP_WINDOW (widget)->form);
}

static void
action_page (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskSetupWindow *self = DESK_SETUP_WINDOW (widget);

  adw_view_stack_set_visible_child_name (self->stack, g_variant_get_string (target, NULL));
  gtk_widget_child_focus (adw_view_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
on_close_answer (AdwMessageDialog *dialog, const char *response, DeskSetupWindow *self)
{
  if (g_str_equal (response, "discard"))
    gtk_window_destroy (GTK_WINDOW (self));
  if (!g_str_equal (response, "save"))
    return;
  g_object_set_data (G_OBJECT (self), "closing", self);
  if (!desk_clinic_form_save (self->form))
    g_object_set_data (G_OBJECT (self), "closing", NULL);
}

/* What was typed into the clinic's record is not lost by closing. */
static gboolean
desk_setup_window_close_request (GtkWindow *window)
{
  DeskSetupWindow *self = DESK_SETUP_WINDOW (window);

  if (!desk_clinic_form_is_dirty (self->form))
    return GTK_WINDOW_CLASS (desk_setup_window_parent_class)->close_request (window);

  GtkWidget *dialog = adw_message_dialog_new (window, _("Save the clinic’s record?"),
                                              _("Its changes are lost if they are not saved."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "discard", _("_Discard"),
                                    "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_close_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

static void
desk_setup_window_class_init (DeskSetupWindowClass *klass)
{
  static const char *const pages[] = { "clinic", "staff", "rooms", "closed", "tanks", "cells", "codes", "gates", "exemptions" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GTK_WINDOW_CLASS (klass)->close_request = desk_setup_window_close_request;

  g_type_ensure (DESK_TYPE_CLINIC_FORM);
  g_type_ensure (DESK_TYPE_STAFF_PAGE);
  g_type_ensure (DESK_TYPE_RESOURCE_PAGE);
  g_type_ensure (DESK_TYPE_HOURS_PAGE);
  g_type_ensure (DESK_TYPE_CLOSED_PAGE);
  g_type_ensure (DESK_TYPE_BLOCK_PAGE);
  g_type_ensure (DESK_TYPE_VISIT_TYPE_PAGE);
  g_type_ensure (DESK_TYPE_COURSE_PAGE);
  g_type_ensure (DESK_TYPE_RECALL_PAGE);
  g_type_ensure (DESK_TYPE_EXEMPTION_PAGE);
  g_type_ensure (DESK_TYPE_MONEY_PAGE);
  g_type_ensure (DESK_TYPE_GATE_PAGE);
  g_type_ensure (DESK_TYPE_TANK_PAGE);
  g_type_ensure (DESK_TYPE_CODES_PAGE);
  g_type_ensure (DESK_TYPE_CELL_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-setup-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskSetupWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskSetupWindow, form);
  gtk_widget_class_bind_template_child (widget_class, DeskSetupWindow, save);
  gtk_widget_class_bind_template_child (widget_class, DeskSetupWindow, read_only_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_page);
  gtk_widget_class_bind_template_callback (widget_class, on_saved);
  gtk_widget_class_install_action (widget_class, "setup.save", NULL, action_save);
  gtk_widget_class_install_action (widget_class, "setup.page", "s", action_page);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "setup.save", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_ALT_MASK, "setup.page", "s", pages[i]);
}

static void
desk_setup_window_init (DeskSetupWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Lends the page of that name: clinic, staff, rooms, hours, closed, blocks, visits, courses, recalls, tanks, cells, codes, gates, money, exemptions. */
GtkWidget *
desk_setup_window_get_page (DeskSetupWindow *self, const char *name)
{
  return adw_view_stack_get_child_by_name (self->stack, name);
}

/* Opens the settings of the session's clinic over the parent. Lent; the window closes itself. */
DeskSetupWindow *
desk_setup_window_show (GtkWindow *parent, DeskSession *session)
{
  DeskSetupWindow *self = g_object_new (DESK_TYPE_SETUP_WINDOW, "transient-for", parent, NULL);
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (self->stack);

  gtk_widget_set_visible (self->read_only_bar, desk_session_get_read_only (session));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pages)); i++)
    {
      g_autoptr (AdwViewStackPage) page = g_list_model_get_item (G_LIST_MODEL (pages), i);

      desk_setup_page_set_session (DESK_SETUP_PAGE (adw_view_stack_page_get_child (page)), session);
    }
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
