#include "desk-patient-letters.h"

#include <glib/gi18n.h>

#include "desk-card-list.h"
#include "desk-issued-acts.h"
#include "desk-issued-words.h"
#include "desk-window.h"
#include "desk-words.h"

struct _DeskPatientLetters
{
  DeskPatientSection parent_instance;

  DeskCardList *list;
};

G_DEFINE_FINAL_TYPE (DeskPatientLetters, desk_patient_letters, DESK_TYPE_PATIENT_SECTION)

static void
show_issued (DeskPatientLetters *self, const DeskIssued *issued)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (self));
  GTimeZone *zone = desk_page_get_zone (page);
  g_autofree char *when = desk_words_when (issued->at, zone), *state = desk_issued_words_state (issued, zone);
  const char *facts[] = { issued->number, when, desk_words ("language", issued->language), desk_words_pick (issued->by, issued->by_ja) };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));
  gboolean good = !issued->void_at && !issued->replaced_by;
  GtkBox *card = desk_card_list_add (self->list, desk_words ("letter", issued->name), NULL, line);

  desk_card_list_line (card, state, good ? *issued->differs ? "warning" : NULL : "dim-label");
  desk_card_list_button (card, _("Print Again…"), "letters.print", issued->id);
  if (good && !desk_page_get_read_only (page))
    desk_card_list_button (card, _("Correct…"), "letters.correct", issued->id);
  desk_card_list_button (card, _("Show"), "letters.open", issued->id);
}

static gboolean
desk_patient_letters_fill (DeskPatientSection *section, const DeskPatient *patient, GError **error)
{
  DeskPatientLetters *self = DESK_PATIENT_LETTERS (section);
  g_autoptr (GPtrArray) papers = desk_issued_of_patient (desk_page_get_reader (desk_patient_section_get_page (section)), patient->id, error);

  if (!papers)
    return FALSE;
  desk_card_list_begin (self->list);
  for (guint i = 0; i < papers->len; i++)
    show_issued (self, papers->pdata[i]);
  desk_card_list_end (self->list);
  return TRUE;
}

static void
action_show (GtkWidget *widget, const char *name, GVariant *target)
{
  /* Coming here brought the section into view. */
  gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
action_new (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, desk_patient_section_get_patient (DESK_PATIENT_SECTION (widget)));

  desk_window_run (desk_window_of (widget), "papers", "papers.letters-for", id);
}

static void
action_print (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_issued_act_print (widget, desk_patient_section_get_page (DESK_PATIENT_SECTION (widget)), g_variant_get_int64 (target));
}

static void
action_correct (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_issued_act_correct (widget, desk_patient_section_get_page (DESK_PATIENT_SECTION (widget)), g_variant_get_int64 (target));
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_window_show (desk_window_of (widget), DESK_KIND_LETTER, g_variant_get_int64 (target));
}

static void
desk_patient_letters_class_init (DeskPatientLettersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DESK_PATIENT_SECTION_CLASS (klass)->fill = desk_patient_letters_fill;
  gtk_widget_class_install_action (widget_class, "letters.show", NULL, action_show);
  gtk_widget_class_install_action (widget_class, "letters.new", NULL, action_new);
  gtk_widget_class_install_action (widget_class, "letters.print", "x", action_print);
  gtk_widget_class_install_action (widget_class, "letters.correct", "x", action_correct);
  gtk_widget_class_install_action (widget_class, "letters.open", "x", action_open);
}

static void
desk_patient_letters_init (DeskPatientLetters *self)
{
  self->list = desk_card_list_new (_("Papers issued"), _("_Write a Letter…"), "letters.new",
                                   _("Nothing was issued for this patient yet. Each paper that goes out is kept here with its number, and can be printed again as it was."));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}
