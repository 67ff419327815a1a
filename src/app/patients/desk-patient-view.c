#include "desk-patient-view.h"

#include <glib/gi18n.h>

#include "desk-country.h"
#include "desk-labs.h"
#include "desk-merge-bar.h"
#include "desk-patient-gates.h"
#include "desk-patient-labs.h"
#include "desk-patient-companions.h"
#include "desk-patient-letters.h"
#include "desk-patient-money.h"
#include "desk-patient-consents.h"
#include "desk-patient-overview.h"
#include "desk-patient-plan.h"
#include "desk-patient-trips.h"
#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-words.h"

/* The sections in the order of their tabs. Actions named "NAME.…" are the section's own. */
static const struct
{
  const char *name;
  const char *title;
  GType (*type) (void);
} sections[] = {
  { "overview", N_("Overview"), desk_patient_overview_get_type },
  { "gates", N_("Readiness"), desk_patient_gates_get_type },
  { "consents", N_("Consents"), desk_patient_consents_get_type },
  { "labs", N_("Laboratory"), desk_patient_labs_get_type },
  { "trips", N_("Stays"), desk_patient_trips_get_type },
  { "plan", N_("Planner"), desk_patient_plan_get_type },
  { "companions", N_("Companions"), desk_patient_companions_get_type },
  { "money", N_("Money"), desk_patient_money_get_type },
  { "letters", N_("Letters"), desk_patient_letters_get_type },
};

struct _DeskPatientView
{
  AdwBin parent_instance;

  DeskPage *page; /* the page it is in; not owned */
  gint64 patient_id;

  GtkLabel *name;
  GtkLabel *native_name;
  GtkLabel *summary;
  GtkLabel *warning;
  GtkLabel *biohazard;
  DeskMergeBar *merges;
  GtkStack *stack; /* a bin for each section, filled when it is first shown */
  GtkWidget *tabs;
};

G_DEFINE_FINAL_TYPE (DeskPatientView, desk_patient_view, ADW_TYPE_BIN)

/* Words and sign: the colour is not needed. What cannot be read is not taken for harmless. */
static void
show_biohazard (DeskPatientView *self, gint64 patient_id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *agents = NULL;

  if (!desk_biohazard_agents (desk_page_get_reader (self->page), patient_id, &agents, &error))
    desk_toast_error (GTK_WIDGET (self), error);
  g_autofree char *names = desk_words_agents (agents ? agents : "");
  g_autofree char *text = g_strdup_printf (_("☣ Biohazard: %s"), agents ? names : "?");
  gtk_label_set_label (self->biohazard, text);
  gtk_widget_set_visible (GTK_WIDGET (self->biohazard), !agents || *agents);
}

static void
show_head (DeskPatientView *self, const DeskPatient *patient)
{
  g_autofree char *name = desk_patient_name (patient);
  g_autofree char *native_name = desk_patient_native_name (patient);
  g_autofree char *birth = desk_words_iso_day (patient->birth);
  int age = desk_partial_date_age (patient->birth, desk_page_get_today (self->page));
  g_autofree char *years = age >= 0 ? g_strdup_printf (g_dngettext (NULL, "%d year", "%d years", age), age) : g_strdup ("");
  const char *facts[] = { patient->chart, birth, years, desk_words ("sex", patient->sex),
                          desk_country_name (patient->nationality, desk_words_language ()) };
  g_autofree char *summary = desk_words_facts (facts, G_N_ELEMENTS (facts));
  g_autofree char *warning = g_strdup_printf (_("Allergies: %s"), patient->allergies);

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->native_name, native_name);
  gtk_widget_set_visible (GTK_WIDGET (self->native_name), *native_name != '\0');
  gtk_label_set_label (self->summary, summary);
  show_biohazard (self, patient->id);
  gtk_label_set_label (self->warning, warning);
  gtk_widget_set_visible (GTK_WIDGET (self->warning), *patient->allergies != '\0');
}

/* The section on top, built now if it never was. */
static DeskPatientSection *
current_section (DeskPatientView *self)
{
  GtkWidget *bin = gtk_stack_get_visible_child (self->stack);
  const char *name = gtk_stack_get_visible_child_name (self->stack);

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_strcmp0 (sections[i].name, name) == 0 && !adw_bin_get_child (ADW_BIN (bin)))
      adw_bin_set_child (ADW_BIN (bin), g_object_new (sections[i].type (), NULL));
  return DESK_PATIENT_SECTION (adw_bin_get_child (ADW_BIN (bin)));
}

static void
refresh (DeskPatientView *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_page_get_reader (self->page), self->patient_id, &error);

  if (patient)
    show_head (self, patient);
  desk_merge_bar_show (self->merges, self->page, self->patient_id);
  if (!patient || !desk_patient_section_show (current_section (self), self->page, patient, &error))
    desk_toast_error (GTK_WIDGET (self), error);
}

static void
on_section_chosen (DeskPatientView *self)
{
  if (self->page)
    refresh (self);
}

/* Shows a patient, read again from the store; section and scroll stay for the same patient. */
void
desk_patient_view_show (DeskPatientView *self, DeskPage *page, gint64 patient_id)
{
  self->page = page;
  self->patient_id = patient_id;
  refresh (self);
}

/* Goes to the section of that name; lends it, or NULL when there is none. Needs a patient shown. */
DeskPatientSection *
desk_patient_view_go (DeskPatientView *self, const char *name)
{
  if (!self->page || !gtk_stack_get_child_by_name (self->stack, name))
    return NULL;
  gtk_stack_set_visible_child_name (self->stack, name);
  return current_section (self);
}

static void
desk_patient_view_class_init (DeskPatientViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DESK_TYPE_MERGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-patient-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPatientView, name);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientView, native_name);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientView, summary);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientView, warning);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientView, biohazard);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientView, merges);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientView, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientView, tabs);
}

static void
desk_patient_view_init (DeskPatientView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    gtk_stack_add_titled (self->stack, adw_bin_new (), sections[i].name, _(sections[i].title));
  gtk_widget_set_visible (self->tabs, G_N_ELEMENTS (sections) > 1);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (on_section_chosen), self, G_CONNECT_SWAPPED);
}
