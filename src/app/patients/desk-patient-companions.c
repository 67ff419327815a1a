#include "desk-patient-companions.h"

#include <glib/gi18n.h>

#include "desk-card-list.h"
#include "desk-companion-dialog.h"
#include "desk-companions.h"
#include "desk-country.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskPatientCompanions
{
  DeskPatientSection parent_instance;

  DeskCardList *list;
};

G_DEFINE_FINAL_TYPE (DeskPatientCompanions, desk_patient_companions, DESK_TYPE_PATIENT_SECTION)

static void
show_problems (GtkBox *card, const DeskCompanion *companion, DeskDay today)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  if (*companion->passport == '\0')
    desk_card_list_line (card, _("⚠ The passport number is missing: the visa papers need it."), "warning");
  desk_companion_check (companion, today, problems);
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *words = desk_words_problem (desk_problems_get (problems, i));
      g_autofree char *line = g_strdup_printf ("⚠ %s", words);

      desk_card_list_line (card, line, "warning");
    }
}

static void
show_companion (DeskPatientCompanions *self, const DeskCompanion *companion)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (self));
  g_autofree char *name = desk_companion_name (companion);
  g_autofree char *birth = desk_words_iso_day (companion->birth);
  g_autofree char *until = desk_words_iso_day (companion->passport_until);
  g_autofree char *passport = *companion->passport ? g_strdup_printf (_("passport %s"), companion->passport) : g_strdup ("");
  g_autofree char *valid = *until ? g_strdup_printf (_("valid until %s"), until) : g_strdup ("");
  const char *who[] = { desk_words ("relation", companion->relation), companion->native, birth,
                        *companion->nationality ? desk_country_name (companion->nationality, desk_words_language ()) : "",
                        passport, valid };
  const char *reach[] = { companion->phone, companion->email, companion->languages };
  g_autofree char *facts = desk_words_facts (who, G_N_ELEMENTS (who));
  g_autofree char *contact = desk_words_facts (reach, G_N_ELEMENTS (reach));
  GtkBox *card = desk_card_list_add (self->list, name, NULL, facts);

  desk_card_list_line (card, contact, NULL);
  desk_card_list_line (card, companion->may_be_told ? _("✓ May be told about the patient’s health")
                                                    : _("✗ May not be told about the patient’s health"), NULL);
  desk_card_list_line (card, companion->note, NULL);
  show_problems (card, companion, desk_page_get_today (page));
  if (desk_page_get_read_only (page))
    return;
  desk_card_list_button (card, _("Edit"), "companions.edit", companion->id);
  desk_card_list_button (card, _("Remove"), "companions.remove", companion->id);
}

static gboolean
desk_patient_companions_fill (DeskPatientSection *section, const DeskPatient *patient, GError **error)
{
  DeskPatientCompanions *self = DESK_PATIENT_COMPANIONS (section);
  DeskPage *page = desk_patient_section_get_page (section);
  g_autoptr (GPtrArray) companions = desk_companion_list (desk_page_get_reader (page), patient->id, FALSE, error);

  if (!companions)
    return FALSE;
  desk_card_list_begin (self->list);
  for (guint i = 0; i < companions->len; i++)
    show_companion (self, companions->pdata[i]);
  desk_card_list_end (self->list);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "companions.add", !desk_page_get_read_only (page));
  return TRUE;
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientSection *section = DESK_PATIENT_SECTION (widget);
  g_autoptr (DeskCompanion) companion = desk_companion_new (desk_patient_section_get_patient (section));

  desk_companion_dialog_show (desk_patient_section_get_page (section), companion);
}

static DeskCompanion *
load (GtkWidget *widget, GVariant *target)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (widget));
  g_autoptr (GError) error = NULL;
  DeskCompanion *companion = desk_companion_load (desk_page_get_reader (page), g_variant_get_int64 (target), &error);

  if (!companion)
    desk_toast_error (widget, error);
  return companion;
}

static void
action_edit (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (DeskCompanion) companion = load (widget, target);

  if (companion)
    desk_companion_dialog_show (desk_patient_section_get_page (DESK_PATIENT_SECTION (widget)), companion);
}

typedef struct
{
  gint64 id, version;
  gboolean removed;
  GtkWidget *widget; /* owned */
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->widget);
  g_free (removal);
}

static gboolean
remove_work (DeskDb *db, gpointer data, GError **error)
{
  Removal *removal = data;

  return desk_companion_remove (db, removal->id, &removal->version, removal->removed, error);
}

static void set_removed (GtkWidget *widget, gint64 id, gint64 version, gboolean removed);

static void
on_undo (gpointer data)
{
  const Removal *removal = data;

  set_removed (removal->widget, removal->id, removal->version, FALSE);
}

static void
on_removed (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  const Removal *removal = desk_session_run_finish (DESK_SESSION (session), result, &error);

  if (!removal)
    desk_toast_error (widget, error);
  else if (removal->removed)
    {
      Removal *undo = g_new (Removal, 1);

      *undo = *removal;
      undo->widget = g_object_ref (widget);
      desk_toast_undo (widget, _("Companion removed"), G_CALLBACK (on_undo), undo, removal_free);
    }
}

static void
set_removed (GtkWidget *widget, gint64 id, gint64 version, gboolean removed)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (widget));
  Removal *removal = g_new (Removal, 1);

  *removal = (Removal) { id, version, removed, g_object_ref (widget) };
  desk_session_run_async (desk_page_get_session (page), remove_work, removal, removal_free, NULL, on_removed,
                          g_object_ref (widget));
}

static void
action_remove (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (DeskCompanion) companion = load (widget, target);

  if (companion)
    set_removed (widget, companion->id, companion->version, TRUE);
}

static void
desk_patient_companions_class_init (DeskPatientCompanionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DESK_PATIENT_SECTION_CLASS (klass)->fill = desk_patient_companions_fill;
  gtk_widget_class_install_action (widget_class, "companions.add", NULL, action_add);
  gtk_widget_class_install_action (widget_class, "companions.edit", "x", action_edit);
  gtk_widget_class_install_action (widget_class, "companions.remove", "x", action_remove);
}

static void
desk_patient_companions_init (DeskPatientCompanions *self)
{
  self->list = desk_card_list_new (_("Companions"), _("_Add Companion…"), "companions.add",
                                   _("Nobody comes along yet. Companions have passports of their own and are named on the visa papers."));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}
