#include "desk-plan-question.h"

#include <glib/gi18n.h>

#include "desk-course-templates.h"
#include "desk-country.h"
#include "desk-day-words.h"
#include "desk-gate-words.h"
#include "desk-patient-window.h"
#include "desk-plan-words.h"
#include "desk-words.h"

/* The numbers, each as the course and the clinic say until somebody types another. */
static const struct
{
  const char *name, *title; /* title N_(): for who cannot see what is beside it */
  gsize option, problem;    /* of the int in DeskPlanOptions and DeskPlanProblem */
  int none;                 /* in the options: as course and clinic say */
  int low, high;
  gboolean of_course;       /* another course says it anew */
} numbers[] = {
#define NUMBER(member, title, none, low, high, of_course) \
  { #member, title, G_STRUCT_OFFSET (DeskPlanOptions, member), G_STRUCT_OFFSET (DeskPlanProblem, member), none, low, high, of_course }
  NUMBER (infusions, N_("Number of infusions"), 0, 1, 24, TRUE),
  NUMBER (max_draws, N_("Draws at most"), -1, 0, 6, FALSE),
  NUMBER (gap_min, N_("Fewest days between infusions"), -1, 1, 365, TRUE),
  NUMBER (gap_max, N_("Most days between infusions"), -1, 1, 365, TRUE),
  NUMBER (before, N_("Days in Japan before the first visit"), -1, 0, 60, FALSE),
  NUMBER (after, N_("Days in Japan after the last visit"), -1, 0, 60, FALSE),
  NUMBER (home_days, N_("Days at home between two trips"), -1, 0, 180, FALSE),
#undef NUMBER
};

enum { INFUSIONS, MAX_DRAWS, GAP_MIN, GAP_MAX, BEFORE, AFTER, HOME_DAYS };

static const char *const strategies[] = { "one_draw", "draw_each", "banked", "mixed" };

struct _DeskPlanQuestion
{
  AdwBin parent_instance;

  GtkDropDown *course, *strategy;
  GtkSpinButton *spins[G_N_ELEMENTS (numbers)];
  gboolean typed[G_N_ELEMENTS (numbers)];
  gboolean strategy_chosen;
  GtkEntry *first, *last;
  GtkWidget *draws; /* field of the most draws */
  GtkLabel *wrong;
  GtkBox *windows, *facts;
  GtkWidget *add;
  GPtrArray *templates; /* of DeskCourseTemplate */
  gboolean filling;
};

enum
{
  EDITED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskPlanQuestion, desk_plan_question, ADW_TYPE_BIN)

static GtkLabel *
text_new (const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css);
  return GTK_LABEL (label);
}

/* ── what somebody does ── */

static void
emit_edited (DeskPlanQuestion *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[EDITED], 0);
}

static void
on_course (DeskPlanQuestion *self)
{
  if (self->filling)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].of_course)
      self->typed[i] = FALSE;
  self->strategy_chosen = FALSE;
  emit_edited (self);
}

static void
on_strategy (DeskPlanQuestion *self)
{
  if (!self->filling)
    self->strategy_chosen = TRUE;
  emit_edited (self);
}

static void
on_number (GtkSpinButton *spin, DeskPlanQuestion *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (self->spins[i] == spin && !self->filling)
      self->typed[i] = TRUE;
  emit_edited (self);
}

/* ── in and out ── */

static gboolean
read_day (GtkEntry *entry, DeskDay *day)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autofree char *iso = desk_day_read (text, DESK_DAY_ORDER_NONE, NULL);
  gboolean good = *text == '\0' || (iso && desk_day_parse (iso, day));

  if (*text == '\0')
    *day = DESK_DAY_NONE;
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID, good ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  return good;
}

static const DeskCourseTemplate *
chosen_course (DeskPlanQuestion *self)
{
  guint selected = gtk_drop_down_get_selected (self->course);

  return self->templates && selected < self->templates->len ? self->templates->pdata[selected] : NULL;
}

/* What is asked; texts are lent until the next change. FALSE while a day typed is none yet. */
gboolean
desk_plan_question_collect (DeskPlanQuestion *self, DeskPlanOptions *options)
{
  const DeskCourseTemplate *course = chosen_course (self);

  desk_plan_options_init (options);
  options->template_code = course ? course->code : NULL;
  options->strategy = self->strategy_chosen ? (int) gtk_drop_down_get_selected (self->strategy) : -1;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (self->typed[i])
      *(int *) ((char *) options + numbers[i].option) = gtk_spin_button_get_value_as_int (self->spins[i]);
  gboolean first = read_day (self->first, &options->first), last = read_day (self->last, &options->last);
  return first && last;
}

/* Another patient: everything as the record says again. */
void
desk_plan_question_reset (DeskPlanQuestion *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    self->typed[i] = FALSE;
  self->strategy_chosen = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->first), "");
  gtk_editable_set_text (GTK_EDITABLE (self->last), "");
  if (self->templates && self->templates->len)
    gtk_drop_down_set_selected (self->course, 0);
  self->filling = FALSE;
}

static gboolean
same_names (DeskPlanQuestion *self, GListModel *names)
{
  GListModel *there = gtk_drop_down_get_model (self->course);
  gboolean same = there && g_list_model_get_n_items (there) == g_list_model_get_n_items (names);

  for (guint i = 0; same && i < g_list_model_get_n_items (names); i++)
    same = g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (there), i), gtk_string_list_get_string (GTK_STRING_LIST (names), i)) == 0;
  return same;
}

/* The courses that can be asked for, of DeskCourseTemplate; takes a reference. The choice stays where it is. */
void
desk_plan_question_set_templates (DeskPlanQuestion *self, GPtrArray *templates)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const DeskCourseTemplate *before = chosen_course (self);
  g_autofree char *code = g_strdup (before ? before->code : "");

  for (guint i = 0; i < templates->len; i++)
    {
      const DeskCourseTemplate *one = templates->pdata[i];

      gtk_string_list_append (names, desk_words_pick (one->name, *one->name_ja ? one->name_ja : one->name));
    }
  g_ptr_array_ref (templates);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  self->templates = templates;
  if (same_names (self, G_LIST_MODEL (names)))
    return;
  self->filling = TRUE;
  gtk_drop_down_set_model (self->course, G_LIST_MODEL (names));
  for (guint i = 0; i < templates->len; i++)
    if (g_str_equal (((DeskCourseTemplate *) templates->pdata[i])->code, code))
      gtk_drop_down_set_selected (self->course, i);
  self->filling = FALSE;
}

static char *
stay_words (const DeskPlanFile *file)
{
  const DeskPlanProblem *p = file->problem;
  const char *country = *file->nationality ? desk_country_name (file->nationality, desk_words_language ()) : "";
  g_autofree char *until = p->permitted_until != DESK_DAY_NONE ? desk_plan_long_day_words (p->permitted_until) : g_strdup ("");

  switch (file->stay)
    {
    case DESK_PLAN_STAY_RESIDENT:
      return g_strdup (_("Lives in Japan: no limit of the stay."));
    case DESK_PLAN_STAY_STAMPED:
      return g_strdup_printf (_("In Japan now, permitted until %s; later stays of at most %d days."), until, p->stay_days);
    case DESK_PLAN_STAY_EXEMPT:
      return g_strdup_printf (_("Stays of at most %d days: no visa is needed (%s)."), p->stay_days, country);
    case DESK_PLAN_STAY_VISA:
      return g_strdup_printf (_("Stays of at most %d days: the visa grants them."), p->stay_days);
    default:
      return g_strdup_printf (_("Stays of at most %d days: nothing is known of a visa yet."), p->stay_days);
    }
}

static char *
cells_words (const DeskPlanProblem *p)
{
  g_autofree char *years = g_strdup_printf (_("frozen doses keep %d days"), p->bank_days);
  g_autofree char *culture = p->culture_min == p->culture_max ? g_strdup_printf (_("culture %d days"), p->culture_min)
                                                            : g_strdup_printf (_("culture %d to %d days"), p->culture_min, p->culture_max);
  g_autofree char *fresh = p->fresh_per_draw ? g_strdup_printf (_("%d fresh of a draw"), p->fresh_per_draw) : g_strdup (_("all are frozen first"));
  g_autofree char *yield = p->yield ? g_strdup_printf (_("%d doses of a draw"), p->yield) : g_strdup ("");
  const char *facts[] = { culture, fresh, yield, years };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));

  return g_strdup_printf (_("Cells: %s."), line);
}

static char *
bank_words (const DeskPlanProblem *p)
{
  DeskDay expiry = DESK_DAY_NONE;
  int n = 0;

  for (guint i = 0; p->doses && i < p->doses->len; i++)
    {
      const DeskPlanDose *dose = &g_array_index (p->doses, DeskPlanDose, i);

      n += dose->count;
      if (dose->expiry != DESK_DAY_NONE && (expiry == DESK_DAY_NONE || dose->expiry < expiry))
        expiry = dose->expiry;
    }
  if (n == 0)
    return g_strdup (_("No banked dose counts."));
  g_autofree char *day = expiry != DESK_DAY_NONE ? desk_plan_long_day_words (expiry) : NULL;
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%d banked dose counts", "%d banked doses count", (gulong) n), n);
  return day ? g_strdup_printf (_("%s; the first expires on %s."), count, day) : g_strconcat (count, ".", NULL);
}

static gboolean
has_paper (const GPtrArray *papers, const char *code)
{
  for (guint i = 0; papers && i < papers->len; i++)
    if (g_str_equal (((const DeskPlanPaper *) papers->pdata[i])->code, code))
      return TRUE;
  return FALSE;
}

static char *
papers_words (const DeskPlanFile *file)
{
  const GPtrArray *papers = file->problem->papers;
  GString *text = g_string_new (NULL);

  for (guint i = 0; papers && i < papers->len; i++)
    {
      const DeskPlanPaper *paper = papers->pdata[i];
      g_autofree char *day = desk_plan_long_day_words (paper->good_until);

      g_string_append (text, text->len ? "\n" : "");
      if (paper->good_until == DESK_DAY_NONE)
        {
          g_string_append_printf (text, _("%s: not there yet."), desk_gate_words_rule (paper->code));
          continue;
        }
      g_string_append_printf (text, _("%s: good until %s."), desk_gate_words_rule (paper->code), day);
    }
  for (guint i = 0; i < file->missing->len; i++)
    {
      if (has_paper (papers, file->missing->pdata[i]))
        continue;
      g_string_append (text, text->len ? "\n" : "");
      g_string_append_printf (text, _("%s: not there yet."), desk_gate_words_rule (file->missing->pdata[i]));
    }
  return g_string_free (text, FALSE);
}

static void
show_facts (DeskPlanQuestion *self, const char *facts)
{
  g_auto (GStrv) lines = g_strsplit (facts, "\n", -1);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))))
    gtk_box_remove (self->facts, child);
  for (guint i = 0; lines[i]; i++)
    {
      GtkLabel *line = text_new ("caption");

      gtk_label_set_label (line, lines[i]);
      gtk_box_append (self->facts, GTK_WIDGET (line));
    }
}

/* Shows what was gathered, in the numbers that nobody typed and in what applies. */
void
desk_plan_question_fill (DeskPlanQuestion *self, const DeskPlanFile *file)
{
  const DeskPlanProblem *p = file->problem;
  g_autofree char *stay = stay_words (file), *cells = cells_words (p), *bank = bank_words (p), *papers = papers_words (file);
  g_autofree char *facts = g_strjoin ("\n", stay, cells, bank, *papers ? papers : NULL, NULL);
  g_autofree char *first = desk_plan_long_day_words (p->first), *last = desk_plan_long_day_words (p->last);

  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!self->typed[i])
      gtk_spin_button_set_value (self->spins[i], *(const int *) ((const char *) p + numbers[i].problem));
  if (!self->strategy_chosen)
    gtk_drop_down_set_selected (self->strategy, p->strategy);
  gtk_widget_set_visible (self->draws, p->strategy == DESK_PLAN_MIXED);
  /* A Japanese day is too long for the field. */
  g_autofree char *first_iso = desk_day_format (p->first), *last_iso = desk_day_format (p->last);
  gtk_entry_set_placeholder_text (self->first, desk_words_pick (first, first_iso));
  gtk_entry_set_placeholder_text (self->last, desk_words_pick (last, last_iso));
  show_facts (self, facts);
  self->filling = FALSE;
}

/* What is wrong with the numbers that are asked, line by line; the caller frees it. */
char *
desk_plan_question_words (const DeskProblems *problems)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; problems && i < problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (problems, i);
      const char *title = desk_words ("plan-field", problem->field);

      for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
        if (g_str_equal (numbers[k].name, problem->field))
          title = _(numbers[k].title);
      g_string_append_printf (text, "%s✖ %s: %s", text->len ? "\n" : "", title, desk_words ("plan-problem", problem->code));
    }
  return g_string_free (text, FALSE);
}

/* Says below the numbers what contradicts itself; NULL or none takes it away. */
void
desk_plan_question_say (DeskPlanQuestion *self, const DeskProblems *problems)
{
  g_autofree char *text = desk_plan_question_words (problems);

  gtk_label_set_label (self->wrong, text);
  gtk_widget_set_visible (GTK_WIDGET (self->wrong), *text != '\0');
}

/* ── the patient's own days ── */

static void
add_window (DeskPlanQuestion *self, const DeskPatientWindow *window, gboolean read_only)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *edit = gtk_button_new (), *label, *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  DeskDay first_day = 0, last_day = 0;
  (void) desk_day_parse (window->first_day, &first_day);
  (void) desk_day_parse (window->last_day, &last_day);
  g_autofree char *first = desk_plan_long_day_words (first_day), *last = desk_plan_long_day_words (last_day);
  g_autofree char *days = g_str_equal (first, last) ? g_strdup (first) : g_strdup_printf ("%s – %s", first, last);
  g_autofree char *around
      = window->days_before || window->days_after ? g_strdup_printf (_(" (%d days before, %d after)"), window->days_before, window->days_after) : g_strdup ("");
  g_autofree char *text = g_strconcat (desk_words ("patient-window", window->kind), "\n", days, around, NULL);

  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_button_set_child (GTK_BUTTON (edit), label);
  gtk_widget_add_css_class (edit, "flat");
  gtk_widget_add_css_class (edit, "stay-link");
  gtk_widget_set_hexpand (edit, TRUE);
  gtk_widget_set_tooltip_text (edit, *window->note ? window->note : _("Change these days"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "plan.edit-window");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (edit), "x", window->id);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, _("Remove these days"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remove these days"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (remove), "plan.remove-window");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (remove), "x", window->id);
  gtk_widget_set_visible (remove, !read_only);
  gtk_box_append (GTK_BOX (row), edit);
  gtk_box_append (GTK_BOX (row), remove);
  gtk_box_append (self->windows, row);
}

/* The patient's windows, of DeskPatientWindow. */
void
desk_plan_question_show_windows (DeskPlanQuestion *self, const GPtrArray *windows, gboolean read_only)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->windows))))
    gtk_box_remove (self->windows, child);
  if (windows->len == 0)
    {
      GtkWidget *label = gtk_label_new (_("Any day suits the patient."));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (self->windows, label);
    }
  for (guint i = 0; i < windows->len; i++)
    add_window (self, windows->pdata[i], read_only);
}

/* Puts the focus where the rule can be changed; FALSE when that is not here. */
gboolean
desk_plan_question_focus (DeskPlanQuestion *self, DeskPlanRule rule)
{
  GtkWidget *input = rule == DESK_PLAN_RULE_GAP       ? GTK_WIDGET (self->spins[GAP_MAX])
                     : rule == DESK_PLAN_RULE_DRAWS   ? GTK_WIDGET (self->spins[MAX_DRAWS])
                     : rule == DESK_PLAN_RULE_BUFFERS ? GTK_WIDGET (self->spins[BEFORE])
                     : rule == DESK_PLAN_RULE_HOME    ? GTK_WIDGET (self->spins[HOME_DAYS])
                     : rule == DESK_PLAN_RULE_HORIZON ? GTK_WIDGET (self->last)
                     : rule == DESK_PLAN_RULE_WINDOWS || rule == DESK_PLAN_RULE_BLACKOUT
                         ? gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (self->windows)))
                         : NULL;

  return input && gtk_widget_grab_focus (input);
}

/* Lends the input of that name (course, strategy, first, last or a number), for tests. */
GtkWidget *
desk_plan_question_input (DeskPlanQuestion *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_str_equal (numbers[i].name, name))
      return GTK_WIDGET (self->spins[i]);
  return g_str_equal (name, "course")     ? GTK_WIDGET (self->course)
         : g_str_equal (name, "strategy") ? GTK_WIDGET (self->strategy)
         : g_str_equal (name, "first")    ? GTK_WIDGET (self->first)
                                          : GTK_WIDGET (self->last);
}

/* ── how it is made ── */

static GtkWidget *
field (const char *title, GtkWidget *one, const char *between, GtkWidget *other)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *inputs = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_set_hexpand (one, TRUE);
  gtk_box_append (GTK_BOX (inputs), one);
  if (other)
    {
      gtk_box_append (GTK_BOX (inputs), gtk_label_new (between));
      gtk_widget_set_hexpand (other, TRUE);
      gtk_box_append (GTK_BOX (inputs), other);
    }
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), inputs);
  return box;
}

static void
make_spins (DeskPlanQuestion *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      self->spins[i] = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (numbers[i].low, numbers[i].high, 1));
      gtk_editable_set_width_chars (GTK_EDITABLE (self->spins[i]), 3);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->spins[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, _(numbers[i].title), -1);
      g_signal_connect (self->spins[i], "value-changed", G_CALLBACK (on_number), self);
    }
}

static GtkEntry *
entry_new (DeskPlanQuestion *self, const char *name)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 9);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (emit_edited), self, G_CONNECT_SWAPPED);
  return GTK_ENTRY (entry);
}

static void
on_item_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer shortened)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (shortened)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 12);
    }
  gtk_list_item_set_child (item, label);
}

static void
on_item_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkListItemFactory *
factory_new (gboolean shortened)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_item_setup), GINT_TO_POINTER (shortened));
  g_signal_connect (factory, "bind", G_CALLBACK (on_item_bind), NULL);
  return factory;
}

/* A long name is shortened in the form, and whole in the list. */
static GtkDropDown *
choice_new (DeskPlanQuestion *self, const char *name, GListModel *model, void (*changed) (DeskPlanQuestion *self))
{
  GtkWidget *choice = gtk_drop_down_new (model, NULL);
  g_autoptr (GtkListItemFactory) shortened = factory_new (TRUE), whole = factory_new (FALSE);

  gtk_drop_down_set_factory (GTK_DROP_DOWN (choice), shortened);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (choice), whole);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  return GTK_DROP_DOWN (choice);
}

static GtkWidget *
heading_new (const char *text, GtkWidget *button)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  if (button)
    gtk_box_append (GTK_BOX (box), button);
  gtk_widget_set_margin_top (box, 8);
  return box;
}

static void
desk_plan_question_finalize (GObject *object)
{
  g_clear_pointer (&DESK_PLAN_QUESTION (object)->templates, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_plan_question_parent_class)->finalize (object);
}

static void
desk_plan_question_class_init (DeskPlanQuestionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_plan_question_finalize;
  /* edited: something else is asked now. */
  signals[EDITED] = g_signal_new ("edited", DESK_TYPE_PLAN_QUESTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_plan_question_init (DeskPlanQuestion *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  g_autoptr (GListModel) sources = desk_words_list ("plan-strategy", strategies, G_N_ELEMENTS (strategies));

  make_spins (self);
  self->course = choice_new (self, _("Course"), NULL, on_course);
  self->strategy = choice_new (self, _("Where the cells come from"), g_steal_pointer (&sources), on_strategy);
  self->first = entry_new (self, _("First day"));
  self->last = entry_new (self, _("Last day"));
  self->wrong = text_new ("error");
  self->facts = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 5));
  self->windows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  self->add = gtk_button_new_with_mnemonic (_("_Add…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "plan.add-window");
  self->draws = field (_("Draws at most"), GTK_WIDGET (self->spins[MAX_DRAWS]), NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->wrong), FALSE);

  gtk_box_append (GTK_BOX (box), field (_("Course"), GTK_WIDGET (self->course), NULL, NULL));
  gtk_box_append (GTK_BOX (box), field (_("Where the cells come from"), GTK_WIDGET (self->strategy), NULL, NULL));
  gtk_box_append (GTK_BOX (box), field (_("Infusions"), GTK_WIDGET (self->spins[INFUSIONS]), NULL, NULL));
  gtk_box_append (GTK_BOX (box), self->draws);
  gtk_box_append (GTK_BOX (box), field (_("Days between infusions"), GTK_WIDGET (self->spins[GAP_MIN]), "–", GTK_WIDGET (self->spins[GAP_MAX])));
  gtk_box_append (GTK_BOX (box), field (_("Visits from … until"), GTK_WIDGET (self->first), "–", GTK_WIDGET (self->last)));
  gtk_box_append (GTK_BOX (box), field (_("Days here before the visits, and after"), GTK_WIDGET (self->spins[BEFORE]), "·", GTK_WIDGET (self->spins[AFTER])));
  gtk_box_append (GTK_BOX (box), field (_("Days at home between two trips"), GTK_WIDGET (self->spins[HOME_DAYS]), NULL, NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->wrong));
  gtk_box_append (GTK_BOX (box), heading_new (_("Days of the patient"), self->add));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->windows));
  gtk_box_append (GTK_BOX (box), heading_new (_("What applies"), NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->facts));
  adw_bin_set_child (ADW_BIN (self), box);
}

/* An empty form. */
DeskPlanQuestion *
desk_plan_question_new (void)
{
  return g_object_new (DESK_TYPE_PLAN_QUESTION, NULL);
}
