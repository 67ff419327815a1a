/* The step that is next, as large as the window allows: what is to be done, what is asked, what stands against it. */
#include <glib/gi18n.h>
#include <string.h>

#include "desk-bedside-private.h"
#include "desk-cell-settings.h"
#include "desk-cells-words.h"
#include "desk-words.h"

typedef struct
{
  const char *title, *what, *go;
  void (*build) (DeskBedsideWindow *self);
} Step;

static const char *const rests[] = { "autoclave", "incineration", "chemical", "contractor" };

static void
ask_vitals (DeskBedsideWindow *self)
{
  static const struct
  {
    const char *key, *title;
  } rows[] = { { "systolic", N_("Blood pressure, upper") }, { "diastolic", N_("Blood pressure, lower") }, { "pulse", N_("Pulse") },
               { "temperature", N_("Body temperature, °C") }, { "saturation", N_("Oxygen saturation, %") } };
  static const char *const titles[] = { N_("Vital signs before"), N_("Vital signs during"), N_("Vital signs after") };
  DeskBedsideStep step = desk_bedside_step (self->bedside);
  int phase = step == DESK_BEDSIDE_RUN ? 1 : step == DESK_BEDSIDE_DONE ? 2 : 0;
  int n = self->bedside->vitals[phase];
  AdwPreferencesGroup *group = desk_bedside_fields_group (self, _(titles[phase]));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Add _Vital Signs"));
  g_autofree char *taken = n ? g_strdup_printf (g_dngettext (NULL, "Taken %d time.", "Taken %d times.", n), n) : NULL;

  if (taken)
    adw_preferences_group_set_description (group, taken);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "bedside.vitals");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_preferences_group_set_header_suffix (group, button);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    desk_bedside_fields_text (self, group, rows[i].key, _(rows[i].title), NULL);
}

static void
build_order (DeskBedsideWindow *self)
{
  AdwPreferencesGroup *group = desk_bedside_fields_group (self, NULL);
  gint64 settings[DESK_N_CELL_SETTINGS];
  g_autofree char *low = NULL, *high = NULL;

  if (desk_cell_settings_load (desk_session_reader (self->session), settings, NULL))
    {
      low = desk_words_cells (settings[DESK_CELL_DOSE_MIN] * 1000000);
      high = desk_words_cells (settings[DESK_CELL_DOSE_MAX] * 1000000);
    }
  desk_bedside_fields_text (self, group, "low", _("At least so many viable cells"), low);
  desk_bedside_fields_text (self, group, "high", _("At most"), high);
  desk_bedside_fields_text (self, group, "weight", _("Body weight, kg"), NULL);
  desk_bedside_fields_people (self, group, "physician", _("Physician"), "physician", 0);
  desk_bedside_fields_secret (self, group, "pin", _("PIN of the physician"));
}

static void
build_pick (DeskBedsideWindow *self)
{
  AdwPreferencesGroup *group = desk_bedside_fields_group (self, NULL);
  const DeskUnit *unit = self->bedside->unit;
  g_autofree char *path = unit->container_id ? desk_cells_path (desk_session_reader (self->session), unit->container_id) : NULL;
  g_autofree char *place = unit->container_id ? desk_place_name (unit->row, unit->col) : NULL;
  g_autofree char *what = path ? g_strdup_printf (_("Take %s out of %s, %s, and scan its label."), unit->number, path, place)
                               : g_strdup_printf (_("Take %s and scan its label."), unit->number);

  gtk_label_set_text (self->what, what);
  desk_bedside_fields_text (self, group, "label", _("Label of the dose"), NULL);
  desk_bedside_fields_people (self, group, "witness", _("Second person"), NULL, 0);
}

static void
build_bath (DeskBedsideWindow *self)
{
  AdwPreferencesGroup *group = desk_bedside_fields_group (self, NULL);
  g_autoptr (GPtrArray) baths = desk_bath_list (desk_session_reader (self->session), NULL);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  for (guint i = 0; baths && i < baths->len; i++)
    {
      const DeskBath *bath = baths->pdata[i];
      g_autofree char *line = bath->taken_by ? g_strdup_printf (_("%s – in use for chart %s"), bath->name, bath->taken_by) : g_strdup (bath->name);

      g_strv_builder_add (words, line);
      g_array_append_val (ids, bath->id);
    }
  if (ids->len == 0)
    {
      gint64 none = 0;

      g_strv_builder_add (words, _("There is no bath: add one in the settings."));
      g_array_append_val (ids, none);
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_bedside_fields_choice (self, group, "bath", _("Bath"), (const char *const *) lines, (gint64 *) ids->data, ids->len);
  desk_bedside_fields_text (self, group, "warmth", _("Temperature of the water, °C, as read now"), NULL);
  desk_bedside_fields_tick (self, group, "clean", _("It is clean, with fresh water"), _("Nothing of another patient has been in it since."));
}

static void
build_thaw (DeskBedsideWindow *self)
{
  AdwPreferencesGroup *group = desk_bedside_fields_group (self, NULL);
  gboolean under_way = self->bedside->thaw_started != 0;
  const char *const bags[] = { _("Choose…"), _("It is whole"), _("Broken: cannot be given"), NULL };
  const gint64 bag_ids[] = { 0, 1, 2 };

  if (under_way)
    {
      gtk_label_set_text (self->title, _("Thawing"));
      gtk_label_set_text (self->what, _("Take the dose out as soon as the last ice is gone, and look at the bag."));
      gtk_button_set_label (self->go, _("_Taken Out of the Bath"));
      desk_bedside_fields_choice (self, group, "whole", _("Bag"), bags, bag_ids, G_N_ELEMENTS (bag_ids));
      desk_bedside_fields_text (self, group, "viability", _("Viability after the thaw, % (if measured)"), NULL);
    }
  else
    {
      g_autofree char *what = g_strdup_printf (_("Put %s into %s, in its second bag."), self->bedside->unit->number, self->bedside->bath);

      gtk_label_set_text (self->what, what);
    }
  desk_bedside_fields_people (self, group, "witness", _("Second person"), NULL, 0);
}

static void
on_heard (DeskBedsideWindow *self)
{
  desk_bedside_show_patient (self);
}

static void
build_check (DeskBedsideWindow *self)
{
  AdwPreferencesGroup *scans = desk_bedside_fields_group (self, NULL), *said = desk_bedside_fields_group (self, NULL);
  g_autofree char *name = desk_patient_name (self->patient);
  g_autofree char *subtitle = g_strdup_printf (_("“What is your name?” On record: %s"), name);

  desk_bedside_fields_text (self, scans, "wristband", _("Wristband or patient’s card"), NULL);
  desk_bedside_fields_text (self, scans, "label", _("Label of the dose"), NULL);
  desk_bedside_fields_tick (self, said, "said", _("The patient has said this name"), subtitle);
  desk_bedside_fields_tick (self, said, "birth", _("The patient has said this birth date"),
                            _("“When were you born?” It appears on the left when ticked; take the tick away if it differs."));
  g_signal_connect_swapped (g_object_get_data (G_OBJECT (desk_bedside_fields_row (self, "birth")), "check"), "toggled",
                            G_CALLBACK (on_heard), self);
  desk_bedside_fields_people (self, said, "witness", _("Second person"), NULL, 0);
}

static void
build_start (DeskBedsideWindow *self)
{
  AdwPreferencesGroup *group = desk_bedside_fields_group (self, NULL);

  desk_bedside_fields_people (self, group, "witness", _("Second person"), NULL, self->bedside->check_witness);
  desk_bedside_fields_secret (self, group, "pin", _("PIN of the second person"));
  ask_vitals (self);
}

static void
ask_reaction (DeskBedsideWindow *self, AdwPreferencesGroup *group)
{
  static const char *const grades[] = { N_("–"), N_("1 · mild"), N_("2 · moderate"), N_("3 · severe"), N_("4 · life-threatening"), N_("5 · death") };
  const char *const *terms = desk_reaction_terms ();
  guint n = g_strv_length ((char **) terms);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));
  const char *grade_words[G_N_ELEMENTS (grades) + 1] = { NULL };

  for (gint64 i = 0; i <= (gint64) n; i++)
    {
      g_ptr_array_add (words, (gpointer) (i ? desk_words ("reaction", terms[i - 1]) : _("No reaction")));
      g_array_append_val (ids, i);
    }
  g_ptr_array_add (words, NULL);
  desk_bedside_fields_choice (self, group, "reaction", _("Reaction"), (const char *const *) words->pdata, (gint64 *) ids->data, ids->len);
  for (guint i = 0; i < G_N_ELEMENTS (grades); i++)
    grade_words[i] = _(grades[i]);
  desk_bedside_fields_choice (self, group, "grade", _("Grade (CTCAE)"), grade_words, (gint64 *) ids->data, G_N_ELEMENTS (grades));
}

static void
build_run (DeskBedsideWindow *self)
{
  g_autofree char *volume = g_strdup_printf ("%d", self->bedside->unit->volume_ml);
  const char *words[G_N_ELEMENTS (rests) + 1] = { NULL };
  gint64 ids[G_N_ELEMENTS (rests)];

  if (!self->only_part) /* what is done all the time comes before what is done once */
    ask_vitals (self);
  AdwPreferencesGroup *group = desk_bedside_fields_group (self, _("How it ended"));

  if (self->only_part)
    {
      gtk_label_set_text (self->title, _("Stopped"));
      gtk_label_set_text (self->what, _("Write how much ran in, why it was stopped, and what became of the rest. It cannot be given later."));
      gtk_button_set_label (self->go, _("_Record the Stop"));
      desk_bedside_fields_text (self, group, "volume", _("Given, mL"), "");
      desk_bedside_fields_text (self, group, "reason", _("Why only a part"), NULL);
      for (guint i = 0; i < G_N_ELEMENTS (rests); i++)
        {
          words[i] = desk_words ("destroyed", rests[i]);
          ids[i] = i + 1;
        }
      desk_bedside_fields_choice (self, group, "rest", _("The rest is destroyed by"), words, ids, G_N_ELEMENTS (rests));
    }
  ask_reaction (self, group);
  if (self->only_part)
    ask_vitals (self);
}

static void
build_done (DeskBedsideWindow *self)
{
  const DeskBedside *b = self->bedside;
  g_autofree char *from = b->started_at ? desk_bedside_time (b->started_at, self) : NULL;
  g_autofree char *until = b->ended_at ? desk_bedside_time (b->ended_at, self) : NULL;
  g_autofree char *cells = desk_words_cells (b->delivered);
  g_autofree char *what = b->ended_at ? g_strdup_printf (_("%d mL from %s to %s: %s cells delivered."), b->given_ml, from, until, cells) : NULL;
  g_autofree char *part = b->reason && *b->reason ? g_strdup_printf (_("Only a part: %s."), b->reason) : NULL;
  g_autofree char *reaction
      = b->reaction && *b->reaction ? g_strdup_printf (_("Reaction: %s, grade %d."), desk_words ("reaction", b->reaction), b->grade) : NULL;
  g_autofree char *rest = b->rest && *b->rest ? g_strdup_printf (_("The rest, %d mL, was destroyed by %s."), b->unit->volume_ml - b->given_ml,
                                                                 desk_words ("destroyed", b->rest))
                                              : NULL;
  const char *lines[] = { what, part, rest, reaction };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i])
      g_string_append_printf (text, "%s%s", text->len ? "\n" : "", lines[i]);
  gtk_label_set_text (self->what, b->unit && strcmp (b->unit->life, "discarded") == 0 ? _("This dose was discarded.") : text->str);
  ask_vitals (self);
}

static const Step steps[DESK_BEDSIDE_N] = {
  [DESK_BEDSIDE_ORDER] = { N_("The physician’s order"), N_("What may be given at this visit. The physician signs with a PIN."), N_("_Sign the Order"),
                           build_order },
  [DESK_BEDSIDE_PICK] = { N_("Take the dose out"), "", N_("_Taken Out"), build_pick },
  [DESK_BEDSIDE_BATH] = { N_("Open a clean bath"), N_("One bath, one patient. It is closed when the dose leaves it."), N_("_Open the Bath"), build_bath },
  [DESK_BEDSIDE_THAW] = { N_("Thaw"), "", N_("_Start the Thaw"), build_thaw },
  [DESK_BEDSIDE_CHECK] = { N_("Is it the right patient?"), N_("Scan the wristband and the label. Ask the patient; do not read anything out."),
                           N_("_All Agree"), build_check },
  [DESK_BEDSIDE_START] = { N_("Start the infusion"), N_("The second person has seen all of it, and signs."), N_("_Start the Infusion"), build_start },
  [DESK_BEDSIDE_RUN] = { N_("The infusion is running"), N_("Look at the patient; note the vital signs."), N_("_All Was Given"), build_run },
  [DESK_BEDSIDE_DONE] = { N_("Done"), "", N_("_Close"), build_done },
};

/* What stands against the step, in words; and for a limit that a physician may pass over, what that takes. TRUE when the
 * step may be done. */
static gboolean
show_blocks (DeskBedsideWindow *self, DeskProblems *problems)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->blocks))))
    gtk_box_remove (self->blocks, child);
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *words = desk_words_problem (desk_problems_get (problems, i));
      g_autofree char *text = g_strdup_printf ("✕ %s", words);
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "bedside-block");
      gtk_box_append (self->blocks, label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->blocks), problems->len > 0);
  return problems->len == 0;
}

static void
ask_override (DeskBedsideWindow *self, DeskProblems *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (strcmp (desk_problems_get (problems, i)->field, "limit") == 0)
      {
        AdwPreferencesGroup *group = desk_bedside_fields_group (self, _("A physician may pass over the limit"));
        GtkWidget *button = gtk_button_new_with_mnemonic (_("_Pass Over It"));

        gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "bedside.override");
        gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
        adw_preferences_group_set_header_suffix (group, button);
        desk_bedside_fields_text (self, group, "why", _("Reason"), NULL);
        desk_bedside_fields_people (self, group, "over", _("Physician"), "physician", 0);
        desk_bedside_fields_secret (self, group, "over-pin", _("PIN of the physician"));
        g_object_set_data_full (G_OBJECT (group), "rule", g_strdup (desk_problems_get (problems, i)->code), g_free);
        g_hash_table_insert (self->rows, g_strdup ("rule"), group);
        return;
      }
}

static DeskProblems *
find_problems (DeskBedsideWindow *self)
{
  DeskProblems *problems = desk_problems_new ();

  desk_bedside_blocks (self->bedside, desk_bedside_window_now (self),
                       desk_page_get_today (desk_window_get_page (self->window, "today")), problems);
  return problems;
}

/* Which form it is: what was typed stays while it is the same. */
static char *
form_of (DeskBedsideWindow *self)
{
  const DeskBedside *b = self->bedside;

  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %d", self->visit_id, b->unit ? b->unit->id : 0,
                          desk_bedside_step (b), b->thaw_started != 0);
}

/* What is shown: another one means other widgets. */
static char *
key_of (DeskBedsideWindow *self, DeskProblems *problems)
{
  GString *key = g_string_new (NULL);
  const DeskBedside *b = self->bedside;

  g_string_append_printf (key, "%d %" G_GINT64_FORMAT " %d %d %d %" G_GINT64_FORMAT, desk_bedside_step (b), b->unit ? b->unit->id : 0,
                          b->thaw_started != 0, self->only_part, b->vitals[0] + b->vitals[1] + b->vitals[2],
                          desk_bedside_window_performer (self));
  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (key, " %s", desk_problems_get (problems, i)->code);
  return g_string_free (key, FALSE);
}

/* To the row that had the focus, where it is still there; else to the first. */
static void
focus_again (DeskBedsideWindow *self, const char *key)
{
  GtkWidget *row = key ? desk_bedside_fields_row (self, key) : NULL;

  if (row && gtk_widget_get_mapped (GTK_WIDGET (self)) && gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD))
    {
      if (GTK_IS_EDITABLE (row)) /* typing goes on where it was */
        gtk_editable_set_position (GTK_EDITABLE (row), -1);
      return;
    }
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !gtk_widget_child_focus (GTK_WIDGET (self->work), GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (GTK_WIDGET (self->go));
}

/* Shows the step that is next, anew only when it is another: what was typed stays. */
void
desk_bedside_steps_build (DeskBedsideWindow *self)
{
  DeskBedsideStep now = desk_bedside_step (self->bedside);
  g_autoptr (DeskProblems) problems = find_problems (self);
  self->only_part = self->only_part && now == DESK_BEDSIDE_RUN;
  char *key = key_of (self, problems);

  if (g_strcmp0 (key, self->shown) == 0)
    {
      g_free (key);
      return;
    }
  g_free (self->shown);
  self->shown = key;
  char *form = form_of (self);
  gboolean same = g_strcmp0 (form, self->form) == 0;
  /* A check is one person's: with another, it begins again. */
  gboolean same_hand = same && self->hand == desk_bedside_window_performer (self);
  g_autoptr (GHashTable) kept = same ? desk_bedside_fields_keep (self, same_hand) : NULL;
  const char *focused = same ? desk_bedside_fields_focused (self) : NULL;

  g_free (self->form);
  self->form = form;
  self->hand = desk_bedside_window_performer (self);
  if (!same_hand)
    {
      g_clear_pointer (&self->read_unit, g_free);
      g_clear_pointer (&self->read_patient, g_free);
    }
  if (!same)
    desk_bedside_window_refuse (self, NULL, NULL);
  desk_bedside_fields_clear (self);
  gtk_label_set_text (self->title, _(steps[now].title));
  gtk_label_set_text (self->what, *steps[now].what ? _(steps[now].what) : "");
  gtk_button_set_use_underline (self->go, TRUE);
  gtk_button_set_label (self->go, _(steps[now].go));
  gtk_widget_set_visible (GTK_WIDGET (self->part), now == DESK_BEDSIDE_RUN);
  gtk_button_set_label (self->part, self->only_part ? _("_Back: It Is Still Running") : _("_Stop: Only a Part Was Given"));
  gboolean free_to = show_blocks (self, problems);
  if (self->bedside->unit)
    steps[now].build (self);
  ask_override (self, problems);
  if (kept)
    desk_bedside_fields_give_back (self, kept);
  gtk_widget_set_sensitive (GTK_WIDGET (self->go), free_to && !desk_session_get_read_only (self->session));
  desk_bedside_show_patient (self);
  focus_again (self, focused);
}
