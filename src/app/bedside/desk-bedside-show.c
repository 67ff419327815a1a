/* What stands on both sides of the work: who it is, and what the clock says; and the row of steps. */
#include <glib/gi18n.h>
#include <string.h>

#include "desk-bedside-private.h"
#include "desk-words.h"

static void
set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text && *text);
}

/* The time of day of an instant, in the clinic's zone. The caller frees it. */
char *
desk_bedside_time (gint64 instant, DeskBedsideWindow *self)
{
  return desk_words_time (instant, desk_page_get_zone (desk_window_get_page (self->window, "today")));
}

static char *
dose_words (DeskBedsideWindow *self)
{
  const DeskBedside *b = self->bedside;
  g_autofree char *cells = b->unit ? desk_words_cells (desk_bedside_cells (b)) : NULL;
  g_autofree char *viability = b->viability ? g_strdup_printf (_("%d%% viable after the thaw"), b->viability) : NULL;

  if (!b->unit)
    return g_strdup (_("No dose is reserved for this visit."));
  g_autofree char *amount = g_strdup_printf (_("%s viable cells in %d mL"), cells, b->unit->volume_ml);
  return g_strjoin ("\n", b->unit->number, desk_words ("unit-kind", b->unit->kind), amount, viability, NULL);
}

/* Whose it is. While the patient is asked for the birth date, it is not shown: it is to be said, not read out. */
void
desk_bedside_show_patient (DeskBedsideWindow *self)
{
  const DeskPatient *p = self->patient;
  gboolean asking = desk_bedside_step (self->bedside) == DESK_BEDSIDE_CHECK && !desk_bedside_fields_ticked (self, "birth");
  g_autofree char *name = desk_patient_name (p), *native = desk_patient_native_name (p);
  g_autofree char *birth = *p->birth ? desk_words_iso_day (p->birth) : NULL;
  g_autofree char *chart = g_strdup_printf (_("Chart %s"), p->chart);
  g_autofree char *allergies = *p->allergies ? g_strdup_printf (_("⚠ Allergies: %s"), p->allergies) : g_strdup (_("Allergies: none known"));
  const char *agents = self->bedside->unit ? self->bedside->unit->biohazard : NULL;
  g_autofree char *tests = agents && *agents ? desk_words_agents (agents) : NULL;
  g_autofree char *hazard = tests ? g_strdup_printf ("☣ %s", tests) : NULL;
  g_autofree char *dose = dose_words (self);

  set_label (self->name, name);
  set_label (self->native, native);
  set_label (self->birth, asking ? _("Birth date: to be said") : birth ? birth : _("Birth date not known"));
  set_label (self->chart, chart);
  set_label (self->biohazard, hazard);
  set_label (self->allergies, allergies);
  set_label (self->dose, dose);
}

static const char *const step_names[DESK_BEDSIDE_N] = {
  N_("Order"), N_("Pick"), N_("Bath"), N_("Thaw"), N_("Check"), N_("Start"), N_("Infusion"), N_("Done"),
};

static GtkWidget *
chip_new (DeskBedsideWindow *self, DeskBedsideStep step)
{
  static const char *const signs[] = { "✓", "▶", "○", "–" };
  static const char *const classes[] = { "bedside-behind", "bedside-now", "bedside-ahead", "bedside-ahead" };
  static const char *const says[] = { N_("done"), N_("now"), N_("to come"), N_("left out") };
  DeskBedsideMark mark = desk_bedside_mark (self->bedside, step);
  g_autofree char *text = g_strdup_printf ("%s %s", signs[mark], _(step_names[step]));
  g_autofree char *spoken = g_strdup_printf ("%s, %s", _(step_names[step]), _(says[mark]));
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "bedside-step");
  gtk_widget_add_css_class (label, classes[mark]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return label;
}

void
desk_bedside_show_steps (DeskBedsideWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->steps))))
    gtk_flow_box_remove (self->steps, child);
  for (int step = 0; step < DESK_BEDSIDE_N; step++)
    {
      gtk_flow_box_insert (self->steps, chip_new (self, step), -1);
      gtk_widget_set_focusable (GTK_WIDGET (gtk_flow_box_get_child_at_index (self->steps, step)), FALSE);
    }
}

static char *
minutes (gint64 seconds)
{
  /* A time that has not come, by a clock that was wrong. */
  if (seconds < 0)
    return g_strdup ("–:––");
  if (seconds >= 100 * 60)
    return g_strdup_printf (_("%d h"), (int) (seconds / 3600));
  return g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
}

typedef struct
{
  const char *title;
  char *clock, *words;
  const char *css;
} Clock;

static Clock
clock_of (DeskBedsideWindow *self)
{
  const DeskBedside *b = self->bedside;
  gint64 now = desk_bedside_window_now (self);
  DeskBedsideStep step = desk_bedside_step (b);
  g_autofree char *until = b->use_until ? desk_bedside_time (b->use_until, self) : NULL;
  g_autofree char *since = b->started_at ? desk_bedside_time (b->started_at, self)
                           : b->thaw_started ? desk_bedside_time (b->thaw_started, self) : NULL;

  if (step == DESK_BEDSIDE_DONE)
    return (Clock){ _("Time of the infusion"), b->ended_at ? minutes (b->ended_at - b->started_at) : g_strdup ("–"), g_strdup (""), NULL };
  if (step == DESK_BEDSIDE_RUN)
    return (Clock){ _("Infusion running"), minutes (now - b->started_at), g_strdup_printf (_("since %s"), since), "bedside-good" };
  if (step == DESK_BEDSIDE_THAW && b->thaw_started)
    return (Clock){ _("In the bath"), minutes (now - b->thaw_started), g_strdup_printf (_("since %s"), since), "bedside-hurry" };
  switch (desk_thaw_clock (b->use_until, b->thaw_limit, now))
    {
    case DESK_THAW_CLOCK_GOOD:
      return (Clock){ _("Start within"), minutes (b->use_until - now), g_strdup_printf (_("✓ In time. Start by %s."), until), "bedside-good" };
    case DESK_THAW_CLOCK_HURRY:
      return (Clock){ _("Start within"), minutes (b->use_until - now), g_strdup_printf (_("! Hurry. Start by %s."), until), "bedside-hurry" };
    case DESK_THAW_CLOCK_OVER:
      return (Clock){ _("Too late by"), minutes (now - b->use_until),
                      g_strdup_printf (_("✕ The time was over at %s. A physician decides."), until), "bedside-over" };
    default:
      return (Clock){ _("Time after the thaw"), minutes (b->thaw_limit), g_strdup (_("It begins when the dose leaves the bath.")), NULL };
    }
}

static char *
facts_words (DeskBedsideWindow *self)
{
  const DeskBedside *b = self->bedside;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  if (b->order.id)
    {
      g_autofree char *low = desk_words_cells (b->order.cells_min), *high = desk_words_cells (b->order.cells_max);

      g_ptr_array_add (lines, g_strdup_printf (_("Ordered: %s to %s cells"), low, high));
      g_ptr_array_add (lines, g_strdup_printf (_("by %s"), b->order.physician));
    }
  if (b->dmso)
    g_ptr_array_add (lines, g_strdup_printf (_("DMSO: %d of at most %d mg/kg"), b->dmso, b->dmso_limit));
  else if (b->order.id && b->order.weight_g == 0)
    g_ptr_array_add (lines, g_strdup (_("DMSO: weight not known")));
  if (b->session_id)
    g_ptr_array_add (lines, g_strdup_printf (_("Bath: %s, %.1f °C"), b->bath, b->bath_temperature / 10.0));
  if (b->ended_at)
    {
      g_autofree char *delivered = desk_words_cells (b->delivered);

      g_ptr_array_add (lines, g_strdup_printf (_("Delivered: %s cells"), delivered));
    }
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Every second: the clock never stands alone, a word and a sign are beside its colour. */
void
desk_bedside_show_clock (DeskBedsideWindow *self)
{
  static const char *const classes[] = { "bedside-good", "bedside-hurry", "bedside-over" };
  Clock clock = clock_of (self);
  g_autofree char *text = clock.clock, *words = clock.words, *facts = facts_words (self);

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->clock), classes[i]);
  if (clock.css)
    gtk_widget_add_css_class (GTK_WIDGET (self->clock), clock.css);
  set_label (self->clock_title, clock.title);
  set_label (self->clock, text);
  set_label (self->clock_words, words);
  set_label (self->facts, facts);
}
