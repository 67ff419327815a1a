#include "desk-letter-mend.h"

#include <glib/gi18n.h>

#include "desk-issued-words.h"
#include "desk-stay-words.h"
#include "desk-window.h"

/* Where a field, or a problem of a rule, is mended; the first that begins alike counts. */
static const struct
{
  const char *begins, *place, *action, *button;
} mends[] = {
  { "clinic", NULL, "win.settings", N_("Clinic Settings") },
  { "staff", NULL, "win.settings", N_("Clinic Settings") },
  { "physician", NULL, "win.settings", N_("Clinic Settings") },
  { "companions", "patients", "companions.add", N_("Add a Companion") },
  { "trip", "patients", "trips.show", N_("Stays in Japan") },
  { "stay", "patients", "trips.show", N_("Stays in Japan") },
  { "guarantor", "patients", "trips.show", N_("Stays in Japan") },
  { "visa", "patients", "trips.show", N_("Stays in Japan") },
  { "route", "patients", "trips.show", N_("Stays in Japan") },
  { "planned", "patients", "trips.show", N_("Stays in Japan") },
  { "permitted", "patients", "trips.show", N_("Stays in Japan") },
  { "condition", "patients", "trips.show", N_("Stays in Japan") },
  { "exempt", "patients", "trips.show", N_("Stays in Japan") },
  { "coe", "patients", "trips.show", N_("Stays in Japan") },
  { "visits", "patients", "patients.book", N_("Book a Visit") },
  { "visit", "patients", "patients.book", N_("Book a Visit") },
  { "wanted", "patients", "gates.show", N_("Readiness") },
  { "chase", "patients", "gates.show", N_("Readiness") },
  { "patient", "patients", "patients.edit", N_("Edit Patient") },
};

static const char *
find_button (const char *field, guint *place)
{
  for (guint i = 0; i < G_N_ELEMENTS (mends); i++)
    if (g_str_has_prefix (field, mends[i].begins))
      {
        *place = i;
        return _(mends[i].button);
      }
  return NULL;
}

static void
add_line (GtkBox *box, const char *words, gboolean warning, const char *field, gint64 patient_id)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (NULL);
  g_autofree char *text = g_strdup_printf ("%s %s", warning ? "⚠" : "✖", words);
  guint place;
  const char *button = find_button (field, &place);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, warning ? "warning" : "error");
  gtk_box_append (GTK_BOX (line), label);
  if (button && (patient_id || !mends[place].place))
    {
      GtkWidget *way = gtk_button_new_with_label (button);

      gtk_widget_set_valign (way, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (way), "papers.mend");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (way), "(ux)", place, patient_id);
      gtk_box_append (GTK_BOX (line), way);
    }
  gtk_box_append (box, line);
}

static void
add_missing (GtkBox *box, const char *field, gint64 patient_id)
{
  g_autofree char *name = desk_issued_words_field (field), *words = g_strdup_printf (_("Missing: %s"), name);

  add_line (box, words, FALSE, field, patient_id);
}

/* Fills the box with the values that the letter lacks and with the problems of its rules; FALSE when one of them stops it.
 * The buttons activate "papers.mend". letter may be NULL. */
gboolean
desk_letter_mend_fill (GtkBox *box, const DeskLetter *letter, const DeskProblems *problems, gint64 patient_id)
{
  const char *const *missing = letter ? desk_letter_missing (letter) : NULL;
  gboolean ready = !desk_problems_block (problems);

  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (box)));)
    gtk_box_remove (box, child);
  for (guint i = 0; missing && missing[i]; i++)
    {
      add_missing (box, missing[i], patient_id);
      ready = FALSE;
    }
  for (guint i = 0; i < problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (problems, i);
      g_autofree char *words = desk_stay_problem_words (problem);

      add_line (box, words, problem->warning, problem->field, patient_id);
    }
  return ready;
}

/* What a button of the lines asks for: goes to the place that mends it. */
void
desk_letter_mend_go (GtkWidget *widget, GVariant *target)
{
  DeskWindow *window = desk_window_of (widget);
  guint place;
  gint64 patient_id;

  g_variant_get (target, "(ux)", &place, &patient_id);
  if (!window || place >= G_N_ELEMENTS (mends))
    return;
  if (mends[place].place)
    desk_window_show (window, DESK_KIND_PATIENT, patient_id);
  desk_window_run (window, mends[place].place, mends[place].action, NULL);
}
