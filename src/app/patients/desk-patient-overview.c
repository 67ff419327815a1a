#include "desk-patient-overview.h"

#include <glib/gi18n.h>

#include "desk-book.h"
#include "desk-cells.h"
#include "desk-gate-words.h"
#include "desk-gates.h"
#include "desk-patient-form.h"
#include "desk-window.h"
#include "desk-words.h"

struct _DeskPatientOverview
{
  DeskPatientSection parent_instance;

  GtkGrid *facts;
  AdwPreferencesGroup *gates;
  AdwPreferencesGroup *visits;
  AdwPreferencesGroup *cells;
  GPtrArray *rows; /* of GtkWidget: what the groups hold now */
};

G_DEFINE_FINAL_TYPE (DeskPatientOverview, desk_patient_overview, DESK_TYPE_PATIENT_SECTION)

typedef struct
{
  DeskKind kind;
  gint64 id;
} Link;

static void
on_row_activated (AdwActionRow *row, gpointer user_data)
{
  Link *link = user_data;

  desk_window_show (desk_window_of (GTK_WIDGET (row)), link->kind, link->id);
}

static void
link_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
on_gate_activated (AdwActionRow *row, gpointer user_data)
{
  desk_window_run (desk_window_of (GTK_WIDGET (row)), "patients", "gates.show", NULL);
}

/* Takes title and subtitle as they are, never as markup. kind DESK_KIND_ANY leads nowhere. */
static GtkWidget *
add_row (DeskPatientOverview *self, AdwPreferencesGroup *group, const char *icon, const char *title, const char *subtitle,
         const char *suffix, DeskKind kind, gint64 id)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (icon)
    adw_action_row_set_icon_name (ADW_ACTION_ROW (row), icon);
  if (suffix)
    {
      GtkWidget *label = gtk_label_new (suffix);
      gtk_widget_add_css_class (label, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  if (kind != DESK_KIND_ANY)
    {
      Link *link = g_new (Link, 1);

      *link = (Link){ kind, id };
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_data (row, "activated", G_CALLBACK (on_row_activated), link, link_free, 0);
    }
  adw_preferences_group_add (group, row);
  g_object_set_data (G_OBJECT (row), "group", group);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
clear_rows (DeskPatientOverview *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (g_object_get_data (G_OBJECT (row), "group"), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_fact (DeskPatientOverview *self, int *n, const char *title, const char *value)
{
  if (!value || !*value)
    return;

  GtkWidget *caption = gtk_label_new (title);
  GtkWidget *label = gtk_label_new (value);
  int column = *n % 2 * 2, row = *n / 2;

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_set_valign (caption, GTK_ALIGN_START);
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_RELATION_LABELLED_BY, caption, NULL, -1);
  gtk_grid_attach (self->facts, caption, column, row, 1, 1);
  gtk_grid_attach (self->facts, label, column + 1, row, 1, 1);
  (*n)++;
}

static void
clear_facts (DeskPatientOverview *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))))
    gtk_grid_remove (self->facts, child);
}

static void
show_facts (DeskPatientOverview *self, const DeskPatient *patient)
{
  static const char *const shown[] = { "passport", "passport_until", "languages", "phone", "email", "zone",
                                       "diagnosis", "icd10", "stage", "diagnosed_on", "preferred", "kana", "former", "occupation",
                                       "agency", "referrer", "medication", "emergency", "address", "note" };
  guint n_fields;
  const DeskPatientField *fields = desk_patient_fields (&n_fields);
  int n = 0;

  clear_facts (self);
  add_fact (self, &n, _("Comes for"), desk_words ("purpose", patient->purpose));
  if (patient->interpreter)
    add_fact (self, &n, _("Interpreter"), _("Needed"));
  for (guint s = 0; s < G_N_ELEMENTS (shown); s++)
    for (guint i = 0; i < n_fields; i++)
      if (g_str_equal (fields[i].name, shown[s]))
        add_fact (self, &n, desk_patient_form_title (shown[s]), desk_patient_get (patient, &fields[i]));
}

/* Each gate in one line; the lines lead to the section that says it all. */
static void
show_gates (DeskPatientOverview *self, const DeskCase *case_)
{
  DeskDay today = desk_page_get_today (desk_patient_section_get_page (DESK_PATIENT_SECTION (self)));

  for (guint gate = 0; gate < DESK_N_GATES; gate++)
    {
      g_autoptr (GArray) checks = desk_gate_judge (case_, gate, today);
      DeskGateSummary summary;

      desk_gate_sum (case_, gate, checks, &summary);
      if (summary.light == DESK_LIGHT_IDLE || (gate == DESK_GATE_ACCEPT && case_->accepted == 1))
        continue;
      g_autofree char *words = desk_gate_words_summary (gate, &summary);
      GtkWidget *row = add_row (self, self->gates, NULL, desk_gate_words_title (gate), words, NULL, DESK_KIND_ANY, 0);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), desk_gate_mark_new (summary.light, FALSE));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      g_signal_connect (row, "activated", G_CALLBACK (on_gate_activated), NULL);
    }
}

static void
show_visits (DeskPatientOverview *self, const GPtrArray *visits)
{
  GTimeZone *zone = desk_page_get_zone (desk_patient_section_get_page (DESK_PATIENT_SECTION (self)));

  for (guint i = 0; i < visits->len; i++)
    {
      const DeskVisit *visit = g_ptr_array_index (visits, i);
      g_autofree char *when = desk_words_when (visit->starts_at, zone);
      g_autofree char *title = g_strdup_printf ("%s   %s", when, desk_page_visit_type (desk_patient_section_get_page (DESK_PATIENT_SECTION (self)), visit->type));

      g_autofree char *dose
          = visit->dose_number ? g_strconcat (visit->biohazard ? "☣ " : "", visit->dose_number, NULL) : g_strdup ("");
      add_row (self, self->visits, NULL, title, dose,
               desk_words ("visit-status", visit->status), DESK_KIND_VISIT, visit->id);
    }
}

static void
show_cells (DeskPatientOverview *self, const GPtrArray *units)
{
  DeskDay today = desk_page_get_today (desk_patient_section_get_page (DESK_PATIENT_SECTION (self)));

  for (guint i = 0; i < units->len; i++)
    {
      const DeskUnit *unit = g_ptr_array_index (units, i);
      g_autofree char *cells = desk_words_cells (unit->cells);
      g_autofree char *until = desk_words_iso_day (unit->use_until);
      g_autofree char *subtitle
          = g_strdup_printf (_("%s · %s cells · use until %s"), desk_words ("unit-kind", unit->kind), cells, until);
      const char *headline = desk_unit_headline (unit, today);
      const char *word = desk_words ("headline", headline);

      /* A headline is a word of its own or the state of one of the axes. */
      if (word == headline)
        word = desk_words ("life", headline);
      g_autofree char *number = g_strconcat (*unit->biohazard ? "☣ " : "", unit->number, NULL);
      add_row (self, self->cells, NULL, number, subtitle, word, DESK_KIND_UNIT, unit->id);
    }
}

static gboolean
desk_patient_overview_fill (DeskPatientSection *section, const DeskPatient *patient, GError **error)
{
  DeskPatientOverview *self = DESK_PATIENT_OVERVIEW (section);
  DeskPage *page = desk_patient_section_get_page (section);
  DeskDb *db = desk_page_get_reader (page);
  g_autoptr (GPtrArray) visits = desk_visit_of_patient (db, patient->id, error);
  g_autoptr (DeskCase) case_ = visits ? desk_gates_load (db, patient->id, desk_page_get_today (page), error) : NULL;
  g_autoptr (GPtrArray) units = case_ ? desk_unit_of_patient (db, patient->id, error) : NULL;

  if (!units)
    return FALSE;
  clear_rows (self);
  show_facts (self, patient);
  show_gates (self, case_);
  show_visits (self, visits);
  show_cells (self, units);
  gtk_widget_set_visible (GTK_WIDGET (self->visits), visits->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->cells), units->len > 0);
  return TRUE;
}

static void
desk_patient_overview_finalize (GObject *object)
{
  g_ptr_array_unref (DESK_PATIENT_OVERVIEW (object)->rows);
  G_OBJECT_CLASS (desk_patient_overview_parent_class)->finalize (object);
}

static void
desk_patient_overview_class_init (DeskPatientOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_patient_overview_finalize;
  DESK_PATIENT_SECTION_CLASS (klass)->fill = desk_patient_overview_fill;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-patient-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPatientOverview, facts);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientOverview, gates);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientOverview, visits);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientOverview, cells);
}

static void
desk_patient_overview_init (DeskPatientOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
}
