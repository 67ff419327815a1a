#include "desk-patient-gates.h"

#include <glib/gi18n.h>

#include "desk-chase-dialog.h"
#include "desk-gate-dialog.h"
#include "desk-gate-words.h"
#include "desk-gates.h"
#include "desk-window.h"
#include "desk-words.h"

struct _DeskPatientGates
{
  DeskPatientSection parent_instance;

  AdwPreferencesGroup *groups[DESK_N_GATES];
  GPtrArray *rows; /* of GtkWidget: what the groups hold now */
  DeskCase *case_;
  DeskDay day;     /* what "today" was when it was filled */
  guint clock;
};

G_DEFINE_FINAL_TYPE (DeskPatientGates, desk_patient_gates, DESK_TYPE_PATIENT_SECTION)

/* What mends a rule, done somewhere in the window. */
typedef struct
{
  const char *mend;
  DeskKind kind;      /* DESK_KIND_ANY: run the action */
  const char *place, *action;
} Mend;

static const Mend mends[] = {
  { "record", DESK_KIND_ANY, "patients", "patients.edit" },
  { "add-paper", DESK_KIND_ANY, "patients", "patients.add-paper" },
  { "consent", DESK_KIND_ANY, "patients", "consents.show" },
  { "viral", DESK_KIND_ANY, "patients", "patients.book-viral" },
  { "stay", DESK_KIND_ANY, "patients", "trips.show" },
  { "ask", DESK_KIND_ANY, "patients", "gates.chase" },
  { "accept", DESK_KIND_ANY, "patients", "gates.decide" },
  { "date", DESK_KIND_DOCUMENT, NULL, NULL },
  { "translate", DESK_KIND_DOCUMENT, NULL, NULL },
  { "lot", DESK_KIND_LOT, NULL, NULL },
  { "dose", DESK_KIND_UNIT, NULL, NULL },
};

static const Mend *
find_mend (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (mends); i++)
    if (g_str_equal (mends[i].mend, code))
      return &mends[i];
  return NULL;
}

/* (gate code, rule code): does what mends the rule. */
static void
action_mend (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientGates *self = DESK_PATIENT_GATES (widget);
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (self));
  DeskWindow *window = desk_window_of (widget);
  const char *code, *mend_code;
  gint64 id;

  g_variant_get (target, "(&s&sx)", &code, &mend_code, &id);
  const Mend *mend = find_mend (mend_code);
  if (mend && mend->kind == DESK_KIND_ANY)
    desk_window_run (window, mend->place, mend->action, NULL);
  else if (mend)
    desk_window_show (window, mend->kind, id);
  else if (g_str_equal (mend_code, "reserve"))
    desk_window_show (window, DESK_KIND_VISIT, self->case_->visits[DESK_GATE_INFUSE]);
  else if (g_str_equal (mend_code, "decide"))
    desk_gate_ask_override (page, self->case_->patient_id, desk_gate_rule (DESK_GATE_DRAW, code));
}

/* (gate code, rule code): asks a physician to pass the rule over. */
static void
action_override (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientGates *self = DESK_PATIENT_GATES (widget);
  const char *gate_code, *code;
  DeskGate gate;

  g_variant_get (target, "(&s&s)", &gate_code, &code);
  if (desk_gate_parse (gate_code, &gate) && desk_gate_rule (gate, code))
    desk_gate_ask_override (desk_patient_section_get_page (DESK_PATIENT_SECTION (self)), self->case_->patient_id,
                            desk_gate_rule (gate, code));
}

static void
action_revoke (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_gate_revoke (desk_patient_section_get_page (DESK_PATIENT_SECTION (widget)), g_variant_get_int64 (target));
}

static void
action_decide (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientGates *self = DESK_PATIENT_GATES (widget);

  desk_gate_ask_decision (desk_patient_section_get_page (DESK_PATIENT_SECTION (self)), self->case_->patient_id);
}

static void
action_chase (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientGates *self = DESK_PATIENT_GATES (widget);

  desk_chase_dialog_present (desk_patient_section_get_page (DESK_PATIENT_SECTION (self)), self->case_->patient_id);
}

/* The way here: the section is in view by now. */
static void
action_show (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
make_button (const char *label, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static void
add_buttons (AdwActionRow *row, const DeskGateCheck *check)
{
  const char *gate = desk_gate_code (check->rule->gate);

  if (check->override)
    {
      adw_action_row_add_suffix (row, make_button (_("Take Back"), "gates.revoke", g_variant_new_int64 (check->override->id)));
      return;
    }
  if (check->light < DESK_LIGHT_AMBER)
    return;
  if (desk_gate_may_pass (check) && g_strcmp0 (check->mend, "decide") != 0)
    {
      GtkWidget *button = make_button (_("Override…"), "gates.override", g_variant_new ("(ss)", gate, check->rule->code));

      gtk_widget_add_css_class (button, "flat");
      adw_action_row_add_suffix (row, button);
    }
  if (check->mend)
    adw_action_row_add_suffix (row, make_button (desk_words ("gate-mend", check->mend), "gates.mend",
                                                 g_variant_new ("(ssx)", check->rule->code, check->mend, check->object_id)));
}

static GtkWidget *
make_row (DeskPatientGates *self, const DeskGateCheck *check)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = desk_gate_words_check (self->case_, check);
  g_autofree char *by = check->override ? desk_gate_words_override (check->override) : NULL;
  g_autofree char *subtitle = by ? g_strconcat (words, "\n", by, NULL) : g_strdup (words);
  g_autofree char *name = g_strdup_printf ("%s.%s", desk_gate_code (check->rule->gate), check->rule->code);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), desk_gate_words_rule (check->rule->code));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), desk_gate_mark_new (check->light, check->override != NULL));
  gtk_widget_set_name (row, name);
  add_buttons (ADW_ACTION_ROW (row), check);
  return row;
}

/* The decision about the case, with who made it. */
static void
show_decision (DeskPatientGates *self, GString *text)
{
  g_autofree char *day = NULL;

  if (self->case_->accepted < 0)
    return;
  day = desk_words_day (self->case_->accepted_on);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, self->case_->accepted ? _("Accepted by %s on %s") : _("Declined by %s on %s"),
                          self->case_->accepted_by, day);
  if (self->case_->accepted_reason && *self->case_->accepted_reason)
    g_string_append_printf (text, ": %s", self->case_->accepted_reason);
}

static void
show_gate (DeskPatientGates *self, DeskGate gate, DeskDay today)
{
  g_autoptr (GArray) checks = desk_gate_judge (self->case_, gate, today);
  g_autoptr (GString) text = g_string_new (NULL);
  DeskGateSummary summary;

  desk_gate_sum (self->case_, gate, checks, &summary);
  g_autofree char *words = desk_gate_words_summary (gate, &summary);
  g_string_append (text, words);
  if (gate == DESK_GATE_ACCEPT)
    show_decision (self, text);
  g_autofree char *escaped = g_markup_escape_text (text->str, -1);
  adw_preferences_group_set_description (self->groups[gate], escaped);
  for (guint i = 0; i < checks->len; i++)
    {
      GtkWidget *row = make_row (self, &g_array_index (checks, DeskGateCheck, i));

      adw_preferences_group_add (self->groups[gate], row);
      g_object_set_data (G_OBJECT (row), "group", self->groups[gate]);
      g_ptr_array_add (self->rows, row);
    }
}

/* The name of the row with the focus, or NULL: rows are made anew, the focus stays. */
static char *
focused_row (DeskPatientGates *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  for (guint i = 0; focus && i < self->rows->len; i++)
    if (focus == self->rows->pdata[i] || gtk_widget_is_ancestor (focus, self->rows->pdata[i]))
      return g_strdup (gtk_widget_get_name (self->rows->pdata[i]));
  return NULL;
}

static gboolean
refill (DeskPatientGates *self, gint64 patient_id, GError **error)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (self));
  DeskDay today = desk_page_get_today (page);
  DeskCase *case_ = desk_gates_load (desk_page_get_reader (page), patient_id, today, error);
  g_autofree char *focused = focused_row (self);
  gboolean writable = !desk_page_get_read_only (page);

  if (!case_)
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (g_object_get_data (G_OBJECT (self->rows->pdata[i]), "group"), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  desk_case_free (self->case_);
  self->case_ = case_;
  self->day = today;
  for (guint gate = 0; gate < DESK_N_GATES; gate++)
    show_gate (self, gate, today);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "gates.override", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "gates.revoke", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "gates.decide", writable);
  for (guint i = 0; focused && i < self->rows->len; i++)
    if (g_str_equal (gtk_widget_get_name (self->rows->pdata[i]), focused))
      gtk_widget_child_focus (self->rows->pdata[i], GTK_DIR_TAB_FORWARD);
  return TRUE;
}

static gboolean
desk_patient_gates_fill (DeskPatientSection *section, const DeskPatient *patient, GError **error)
{
  return refill (DESK_PATIENT_GATES (section), patient->id, error);
}

/* At midnight of the clinic everything is judged anew. */
static gboolean
on_minute (gpointer user_data)
{
  DeskPatientGates *self = user_data;
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (self));

  if (page && self->case_ && desk_page_get_today (page) != self->day)
    refill (self, self->case_->patient_id, NULL);
  return G_SOURCE_CONTINUE;
}

static void
desk_patient_gates_dispose (GObject *object)
{
  g_clear_handle_id (&DESK_PATIENT_GATES (object)->clock, g_source_remove);
  G_OBJECT_CLASS (desk_patient_gates_parent_class)->dispose (object);
}

static void
desk_patient_gates_finalize (GObject *object)
{
  DeskPatientGates *self = DESK_PATIENT_GATES (object);

  g_ptr_array_unref (self->rows);
  desk_case_free (self->case_);
  G_OBJECT_CLASS (desk_patient_gates_parent_class)->finalize (object);
}

static void
desk_patient_gates_class_init (DeskPatientGatesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_patient_gates_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_patient_gates_finalize;
  DESK_PATIENT_SECTION_CLASS (klass)->fill = desk_patient_gates_fill;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-patient-gates.ui");
  gtk_widget_class_bind_template_child_full (widget_class, "accept", FALSE, G_STRUCT_OFFSET (DeskPatientGates, groups[DESK_GATE_ACCEPT]));
  gtk_widget_class_bind_template_child_full (widget_class, "draw", FALSE, G_STRUCT_OFFSET (DeskPatientGates, groups[DESK_GATE_DRAW]));
  gtk_widget_class_bind_template_child_full (widget_class, "release", FALSE, G_STRUCT_OFFSET (DeskPatientGates, groups[DESK_GATE_RELEASE]));
  gtk_widget_class_bind_template_child_full (widget_class, "infuse", FALSE, G_STRUCT_OFFSET (DeskPatientGates, groups[DESK_GATE_INFUSE]));
  gtk_widget_class_install_action (widget_class, "gates.show", NULL, action_show);
  gtk_widget_class_install_action (widget_class, "gates.mend", "(ssx)", action_mend);
  gtk_widget_class_install_action (widget_class, "gates.override", "(ss)", action_override);
  gtk_widget_class_install_action (widget_class, "gates.revoke", "x", action_revoke);
  gtk_widget_class_install_action (widget_class, "gates.decide", NULL, action_decide);
  gtk_widget_class_install_action (widget_class, "gates.chase", NULL, action_chase);
}

static void
desk_patient_gates_init (DeskPatientGates *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->clock = g_timeout_add_seconds (60, on_minute, self);
  for (guint gate = 0; gate < DESK_N_GATES; gate++)
    adw_preferences_group_set_title (self->groups[gate], desk_gate_words_title (gate));
}
