#include "desk-patient-labs.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-biohazard-dialog.h"
#include "desk-lab-chart.h"
#include "desk-lab-entry.h"
#include "desk-lab-preview.h"
#include "desk-labs.h"
#include "desk-one-stop.h"
#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-words.h"

#define BEFORE 2       /* older values beside the newest */
#define BEFORE_TOLD 12 /* and in the tooltip */

struct _DeskPatientLabs
{
  DeskPatientSection parent_instance;

  GtkLabel *mark;
  GtkWidget *clear;
  GtkStack *stack;
  GtkListBox *list;
  DeskLabChart *chart;

  GPtrArray *points; /* of DeskLabPoint, all of the patient */
  char *sex;
  char *test;        /* that the chart shows */
  gint64 shown;      /* the patient the list was made for */
};

G_DEFINE_FINAL_TYPE (DeskPatientLabs, desk_patient_labs, DESK_TYPE_PATIENT_SECTION)

/* ── rows ────────────────────────────────────────────────────────────────────────────────────── */

/* A letter and an arrow: colour is not needed to see it. */
static const char *
flag_sign (const DeskLabValue *value)
{
  const DeskLabTest *test = desk_lab_find (value->test);

  if (g_str_equal (value->outcome, "reactive"))
    return test && !test->biohazard ? _("positive") : _("⚠ reactive");
  if (g_str_equal (value->outcome, "indeterminate"))
    return _("? indeterminate");
  if (g_str_equal (value->outcome, "nonreactive"))
    return _("negative");
  if (*value->flag == 'H')
    return _("▲ high");
  if (*value->flag == 'L')
    return _("▼ low");
  return *value->flag == 'A' ? _("! abnormal") : "";
}

static char *
value_words (const DeskLabValue *value)
{
  g_autofree char *number = g_strconcat (value->comparator, value->value, NULL);
  g_autofree char *line = g_strjoin (" ", number, value->unit, NULL);

  return g_str_equal (value->status, "P") ? g_strdup_printf (_("%s (preliminary)"), line) : g_steal_pointer (&line);
}

static char *
range_words (DeskPatientLabs *self, const DeskLabValue *value)
{
  const DeskLabTest *test = desk_lab_find (value->test);
  g_autofree char *usual = test ? desk_lab_fallback_range (test, self->sex) : NULL;

  if (*value->range_text)
    return g_strdup (value->range_text);
  if (!usual)
    return g_strdup ("");
  /* Not the laboratory's: said so. */
  g_autofree char *own = desk_lab_unit (value->unit), *unit = desk_lab_unit (test->unit);
  if (g_str_equal (own, unit))
    return g_strdup_printf (_("usual: %s"), usual);
  return g_strdup_printf (_("usual: %s %s"), usual, test->unit);
}

static GtkWidget *
add_label (GtkBox *box, guint column, const char *text, const char *style)
{
  static const int widths[] = { 22, 19, 14, 10 }; /* of the columns, in characters */
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, *text ? text : NULL);
  if (style)
    gtk_widget_add_css_class (label, style);
  if (column < G_N_ELEMENTS (widths))
    {
      gtk_label_set_width_chars (GTK_LABEL (label), widths[column]);
      gtk_label_set_max_width_chars (GTK_LABEL (label), widths[column]);
    }
  gtk_box_append (box, label);
  return label;
}

/* "3.1 (2026-03-12)   2.9 (2026-02-10)", newest first, at most so many. */
static char *
before_words (DeskPatientLabs *self, const DeskLabPoint *newest, const char *key, guint max, const char *between)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = self->points->len; i > 0 && n < max; i--)
    {
      const DeskLabPoint *point = self->points->pdata[i - 1];
      const char *own = *point->value->test ? point->value->test : point->value->name;
      gboolean same_unit = g_str_equal (point->value->unit, newest->value->unit);

      if (point == newest || !g_str_equal (own, key))
        continue;
      g_string_append_printf (text, "%s%s%s%s%s (%s)", n++ ? between : "", point->value->comparator, point->value->value, same_unit ? "" : " ",
                              same_unit ? "" : point->value->unit, point->collected_on);
    }
  return g_string_free (text, FALSE);
}

/* The last of them in the row, on two lines where one is not enough; more of them in the tooltip. */
static void
add_before (DeskPatientLabs *self, GtkBox *box, const DeskLabPoint *newest, const char *key)
{
  g_autofree char *text = before_words (self, newest, key, BEFORE, "   ");
  g_autofree char *told = before_words (self, newest, key, BEFORE_TOLD, "\n");
  GtkWidget *label = add_label (box, G_MAXUINT, text, "dim-label");

  gtk_widget_add_css_class (label, "caption");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, *told ? told : NULL);
}

static GtkWidget *
new_row (DeskPatientLabs *self, const DeskLabPoint *point, const char *key, const char *name)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  g_autofree char *value = value_words (point->value), *range = range_words (self, point->value);
  g_autofree char *both = g_strdup_printf ("%s  %s", value, flag_sign (point->value));
  gboolean alarm = (*point->value->flag && strchr ("HLA", *point->value->flag)) || g_str_equal (point->value->outcome, "reactive");

  gtk_widget_add_css_class (box, "today-row");
  add_label (GTK_BOX (box), 0, name, NULL);
  add_label (GTK_BOX (box), 1, both, alarm && *flag_sign (point->value) ? "heading" : NULL);
  add_label (GTK_BOX (box), 2, range, "dim-label");
  add_label (GTK_BOX (box), 3, point->collected_on, NULL);
  add_before (self, GTK_BOX (box), point, key);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "test", g_strdup (key), g_free);
  if (*point->value->note)
    gtk_widget_set_tooltip_text (row, point->value->note);
  return row;
}

static const char *
group_title (const char *group)
{
  static const struct
  {
    const char *group, *title;
  } titles[] = { { "cbc", N_("Blood count") }, { "chemistry", N_("Biochemistry") }, { "marker", N_("Tumour markers") }, { "viral", N_("Viral tests") } };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].group, group))
      return _(titles[i].title);
  return _("Other tests");
}

static void
add_row (DeskPatientLabs *self, const DeskLabPoint *point, const char *key, const char *name, const char *group)
{
  GtkWidget *row = new_row (self, point, key, name);

  g_object_set_data (G_OBJECT (row), "group", (gpointer) group_title (group));
  gtk_list_box_append (self->list, row);
}

/* Over the first row of each group stands its name. */
static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *title = g_object_get_data (G_OBJECT (row), "group");

  if (before && g_object_get_data (G_OBJECT (before), "group") == title)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  GtkWidget *label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_top (label, 10);
  gtk_widget_set_margin_bottom (label, 2);
  gtk_list_box_row_set_header (row, label);
}

static const DeskLabPoint *
newest_of (DeskPatientLabs *self, const char *test)
{
  for (guint i = self->points->len; i > 0; i--)
    if (g_str_equal (((DeskLabPoint *) self->points->pdata[i - 1])->value->test, test))
      return self->points->pdata[i - 1];
  return NULL;
}

static void
add_unknown (DeskPatientLabs *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = self->points->len; i > 0; i--)
    {
      const DeskLabPoint *point = self->points->pdata[i - 1];

      if (*point->value->test || !g_hash_table_add (seen, point->value->name))
        continue;
      add_row (self, point, point->value->name, point->value->name, "");
    }
}

static void
fill_list (DeskPatientLabs *self)
{
  static const char *const groups[] = { "viral", "marker", "cbc", "chemistry" };
  GtkListBoxRow *row;
  guint n;
  const DeskLabTest *tests = desk_lab_tests (&n);

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (guint i = 0; i < n; i++)
      {
        const DeskLabPoint *point = g_str_equal (tests[i].group, groups[g]) ? newest_of (self, tests[i].id) : NULL;

        if (point)
          add_row (self, point, tests[i].id, desk_lab_name (&tests[i], desk_words_language ()), groups[g]);
      }
  add_unknown (self);
}

/* ── the chart ───────────────────────────────────────────────────────────────────────────────── */

static void
show_chart (DeskPatientLabs *self)
{
  const DeskLabTest *test = desk_lab_find (self->test);
  g_autoptr (GError) error = NULL;
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (self));
  g_autoptr (GPtrArray) points = test ? desk_lab_points (desk_page_get_reader (page), self->shown, test->id, &error) : NULL;
  gboolean any = FALSE;

  if (points)
    {
      g_autofree char *unit = desk_lab_series_align (points);

      for (guint i = 0; i < points->len; i++)
        any = any || ((DeskLabPoint *) points->pdata[i])->shown;
      desk_lab_chart_show (self->chart, desk_lab_name (test, desk_words_language ()), points, unit);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chart), any);
}

static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, DeskPatientLabs *self)
{
  if (!row)
    return;
  g_free (self->test);
  self->test = g_strdup (g_object_get_data (G_OBJECT (row), "test"));
  show_chart (self);
}

/* The test looked at before, or else the first marker. */
static void
select_again (DeskPatientLabs *self)
{
  GtkListBoxRow *row, *chosen = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++)
    {
      const char *key = g_object_get_data (G_OBJECT (row), "test");
      const DeskLabTest *test = desk_lab_find (key);

      if (self->test ? g_str_equal (key, self->test) : !chosen && test && test->marker)
        chosen = row;
    }
  gtk_list_box_select_row (self->list, chosen);
  if (!chosen)
    gtk_widget_set_visible (GTK_WIDGET (self->chart), FALSE);
}

/* ── filling ─────────────────────────────────────────────────────────────────────────────────── */

static gboolean
show_mark (DeskPatientLabs *self, DeskDb *db, gint64 patient_id, GError **error)
{
  g_autofree char *agents = NULL;

  if (!desk_biohazard_agents (db, patient_id, &agents, error))
    return FALSE;
  g_autofree char *names = desk_words_agents (agents);
  g_autofree char *text = g_strdup_printf (_("☣ Biohazard: %s"), names);
  gtk_label_set_label (self->mark, *agents ? text : "");
  gtk_widget_set_visible (self->clear, *agents != '\0');
  return TRUE;
}

static gboolean
desk_patient_labs_fill (DeskPatientSection *section, const DeskPatient *patient, GError **error)
{
  DeskPatientLabs *self = DESK_PATIENT_LABS (section);
  DeskDb *db = desk_page_get_reader (desk_patient_section_get_page (section));
  g_autoptr (GPtrArray) points = desk_lab_points (db, patient->id, NULL, error);

  if (!points || !show_mark (self, db, patient->id, error))
    return FALSE;
  if (self->shown != patient->id)
    g_clear_pointer (&self->test, g_free);
  self->shown = patient->id;
  g_free (self->sex);
  self->sex = g_strdup (patient->sex);
  g_clear_pointer (&self->points, g_ptr_array_unref);
  self->points = g_steal_pointer (&points);
  gtk_stack_set_visible_child_name (self->stack, self->points->len > 0 ? "values" : "empty");
  fill_list (self);
  select_again (self);
  return TRUE;
}

/* ── saving and taking back ──────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskPage *page;
  GPtrArray *reports;
  GArray *ids;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_clear_object (&saving->page);
  g_clear_pointer (&saving->reports, g_ptr_array_unref);
  g_clear_pointer (&saving->ids, g_array_unref);
  g_free (saving);
}

static gboolean
work_save (DeskDb *db, gpointer data, GError **error)
{
  return desk_lab_save (db, ((Saving *) data)->reports, error);
}

static gboolean
work_withdraw (DeskDb *db, gpointer data, GError **error)
{
  const GArray *ids = ((Saving *) data)->ids;

  return desk_lab_withdraw (db, (const gint64 *) (gconstpointer) ids->data, ids->len, error);
}

static void
on_withdrawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;

  if (desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast (page, _("The results were taken back. A biohazard mark stays until a physician clears it."));
  else
    desk_toast_error (page, error);
}

static void
on_undo (gpointer data)
{
  Saving *undo = data, *back = g_new0 (Saving, 1);

  back->ids = g_array_ref (undo->ids);
  desk_session_run_async (desk_page_get_session (undo->page), work_withdraw, back, saving_free, NULL, on_withdrawn, g_object_ref (undo->page));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;
  Saving *saved = desk_session_run_finish (DESK_SESSION (source), result, &error);
  guint n = 0;

  if (g_error_matches (error, DESK_ERROR, DESK_ERROR_EXISTS))
    desk_toast (page, _("This file was imported before. Nothing was saved."));
  else if (!saved)
    desk_toast_error (page, error);
  if (!saved)
    return;
  Saving *undo = g_new0 (Saving, 1);
  undo->page = g_object_ref (DESK_PAGE (page));
  undo->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < saved->reports->len; i++)
    {
      const DeskLabReport *report = saved->reports->pdata[i];

      g_array_append_val (undo->ids, report->id);
      n += report->values->len;
    }
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u result saved", "%u results saved", n), n);
  desk_toast_undo (page, text, G_CALLBACK (on_undo), undo, saving_free);
}

/* Saves reports, which are taken, and offers to take them back. */
void
desk_patient_labs_save (DeskPage *page, GPtrArray *reports)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->reports = reports;
  desk_session_run_async (desk_page_get_session (page), work_save, saving, saving_free, NULL, on_saved, g_object_ref (page));
}

/* ── actions ─────────────────────────────────────────────────────────────────────────────────── */

static DeskPatient *
load_patient (DeskPatientLabs *self)
{
  g_autoptr (GError) error = NULL;
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (self));
  DeskPatient *patient = desk_patient_load (desk_page_get_reader (page), self->shown, &error);

  if (!patient)
    desk_toast_error (GTK_WIDGET (self), error);
  return patient;
}

static void
on_add (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DeskPatientLabs *self = DESK_PATIENT_LABS (widget);
  g_autoptr (DeskPatient) patient = load_patient (self);

  if (patient)
    desk_lab_entry_open (desk_patient_section_get_page (DESK_PATIENT_SECTION (self)), patient);
}

static void
on_import (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DeskPatientLabs *self = DESK_PATIENT_LABS (widget);
  g_autoptr (DeskPatient) patient = load_patient (self);

  if (patient)
    desk_lab_preview_choose (desk_patient_section_get_page (DESK_PATIENT_SECTION (self)), patient);
}

static void
on_clear_mark (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DeskPatientLabs *self = DESK_PATIENT_LABS (widget);

  desk_biohazard_ask (desk_patient_section_get_page (DESK_PATIENT_SECTION (self)), self->shown);
}

static void
desk_patient_labs_finalize (GObject *object)
{
  DeskPatientLabs *self = DESK_PATIENT_LABS (object);

  g_clear_pointer (&self->points, g_ptr_array_unref);
  g_free (self->sex);
  g_free (self->test);
  G_OBJECT_CLASS (desk_patient_labs_parent_class)->finalize (object);
}

static void
desk_patient_labs_class_init (DeskPatientLabsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_patient_labs_finalize;
  DESK_PATIENT_SECTION_CLASS (klass)->fill = desk_patient_labs_fill;
  g_type_ensure (DESK_TYPE_LAB_CHART);
  g_type_ensure (DESK_TYPE_ONE_STOP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-patient-labs.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPatientLabs, mark);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientLabs, clear);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientLabs, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientLabs, list);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientLabs, chart);
  gtk_widget_class_install_action (widget_class, "labs.add", NULL, on_add);
  gtk_widget_class_install_action (widget_class, "labs.import", NULL, on_import);
  gtk_widget_class_install_action (widget_class, "labs.clear-mark", NULL, on_clear_mark);
}

static void
desk_patient_labs_init (DeskPatientLabs *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (on_row_selected), self);
}
