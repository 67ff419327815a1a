#include "desk-lab-entry.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "desk-day-words.h"
#include "desk-lab.h"
#include "desk-patient-labs.h"
#include "desk-words.h"

#define ROWS_AT_FIRST 6

enum
{
  TEST, VALUE, UNIT, RANGE, N_ENTRIES
};

typedef struct
{
  GtkWidget *entries[N_ENTRIES];
  GtkWidget *told; /* which test it was taken for, and what the value says */
  gboolean offered; /* by a panel: nothing is missing while it has no value */
} Row;

/* What is usually reported together: one word for all of them. */
static const struct
{
  const char *words, *tests; /* between spaces */
} panels[] = {
  { "cbc fbc 血算", "wbc rbc hgb hct plt mcv mch mchc neut_p lym_p mono_p eos_p baso_p" },
  { "viral virus infection 感染症", "hiv hbsag antihbc hcvab htlv rpr tpha" },
  { "liver 肝機能", "ast alt alp ggt tbil dbil alb tp ldh" },
};

typedef struct
{
  DeskPage *page;
  gint64 patient_id;
  char *sex;
  GtkWidget *window, *day, *laboratory, *save, *problem, *scroll;
  GtkGrid *grid;
  GPtrArray *rows; /* of Row */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *e = data;

  g_object_unref (e->page);
  g_ptr_array_unref (e->rows);
  g_free (e->sex);
  g_free (e);
}

static const char *
text_of (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static const DeskLabTest *
test_of (const Row *row)
{
  const DeskLabTest *test = desk_lab_find_name (text_of (row->entries[TEST]));

  return test ? test : desk_lab_find_loinc (text_of (row->entries[TEST]));
}

/* What is typed with a decimal comma, as most of the world writes it, with a point: 12,5 and <0,5, but not 1,120. */
static char *
with_point (const char *typed)
{
  char *text = g_strdup (typed);
  char *comma = strchr (text, ',');

  if (comma && comma > text && g_ascii_isdigit (comma[-1]) && !strchr (comma + 1, ',')
      && strspn (comma + 1, "0123456789") == strlen (comma + 1) && strlen (comma + 1) >= 1 && strlen (comma + 1) <= 2)
    *comma = '.';
  return text;
}

/* What will be saved of a row, completed; NULL when nothing is typed. Free it. */
static DeskLabValue *
collect_row (const Row *row)
{
  DeskLabValue *value;
  const DeskLabTest *test = test_of (row);
  const char *name = text_of (row->entries[TEST]);

  if ((!*name || row->offered) && !*text_of (row->entries[VALUE]))
    return NULL;
  value = g_new0 (DeskLabValue, 1);
  value->test = g_strdup (test ? test->id : "");
  value->loinc = g_strdup (test ? test->loinc : "");
  value->name = g_strstrip (g_strdup (name));
  value->value = with_point (text_of (row->entries[VALUE]));
  value->unit = g_strstrip (g_strdup (text_of (row->entries[UNIT])));
  value->range_text = g_strstrip (g_strdup (text_of (row->entries[RANGE])));
  desk_lab_value_settle (value);
  return value;
}

static DeskLabReport *
collect (Entry *e)
{
  DeskLabReport *report = desk_lab_report_new ();
  gboolean ambiguous;
  char *day = desk_day_read (text_of (e->day), DESK_DAY_ORDER_NONE, &ambiguous);

  report->patient_id = e->patient_id;
  report->came_by = g_strdup ("hand");
  report->collected_on = day ? day : g_strdup (text_of (e->day));
  report->laboratory = g_strstrip (g_strdup (text_of (e->laboratory)));
  for (guint i = 0; i < e->rows->len; i++)
    {
      DeskLabValue *value = collect_row (e->rows->pdata[i]);

      if (value)
        g_ptr_array_add (report->values, value);
    }
  return report;
}

static char *
told_of (const Row *row)
{
  g_autoptr (DeskLabValue) value = collect_row (row);
  const DeskLabTest *test = test_of (row);
  const char *facts[3] = { "" };

  if (!value)
    return g_strdup ("");
  facts[0] = test ? desk_lab_name (test, desk_words_language ()) : _("not in the table: kept by its name");
  facts[1] = *value->outcome ? desk_words ("lab-outcome", value->outcome) : *value->flag ? desk_words ("lab-flag", value->flag) : "";
  if (test && !strcmp (test->id, "antihbs") && *value->outcome)
    facts[1] = strcmp (value->outcome, "reactive") == 0 ? _("positive") : _("negative");
  return desk_words_facts (facts, 2);
}

static void
check (Entry *e)
{
  g_autoptr (DeskLabReport) report = collect (e);
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_lab_report_check (report, desk_page_get_today (e->page), problems);
  g_autofree char *words = problems->len > 0 ? desk_words_problem (desk_problems_get (problems, 0)) : g_strdup ("");
  const char *field = problems->len > 0 ? desk_problems_get (problems, 0)->field : "";
  g_autofree char *line = g_strdup_printf (_("Day of the specimen: %s"), words);
  gtk_label_set_label (GTK_LABEL (e->problem), report->values->len == 0 ? "" : strcmp (field, "collected_on") == 0 ? line : words);
  gtk_widget_set_sensitive (e->save, problems->len == 0);
}

static Row *
row_of (Entry *e, GtkWidget *entry)
{
  for (guint i = 0; i < e->rows->len; i++)
    for (guint j = 0; j < N_ENTRIES; j++)
      if (((Row *) e->rows->pdata[i])->entries[j] == entry)
        return e->rows->pdata[i];
  return NULL;
}

static void
on_changed (GtkEditable *entry, Entry *e)
{
  Row *row = row_of (e, GTK_WIDGET (entry));

  if (row)
    {
      g_autofree char *told = told_of (row);

      gtk_label_set_label (GTK_LABEL (row->told), told);
      gtk_widget_set_tooltip_text (row->told, *told ? told : NULL);
    }
  check (e);
}

/* The test is known: its usual unit is there, and may be typed over. */
static void
preset_unit (Entry *e, Row *row)
{
  const DeskLabTest *test = test_of (row);

  if (!test || *text_of (row->entries[UNIT]))
    return;
  gtk_editable_set_text (GTK_EDITABLE (row->entries[UNIT]), test->unit);
}

static void add_row (Entry *e);

static const char *
panel_of (const char *typed)
{
  g_autofree char *word = g_strstrip (g_utf8_strdown (typed, -1));

  for (guint i = 0; *word && i < G_N_ELEMENTS (panels); i++)
    {
      g_auto (GStrv) words = g_strsplit (panels[i].words, " ", -1);

      if (g_strv_contains ((const char *const *) words, word))
        return panels[i].tests;
    }
  return NULL;
}

/* The tests of a panel from this row on, over nothing that was typed. */
static void
offer_panel (Entry *e, guint index, const char *list)
{
  g_auto (GStrv) tests = g_strsplit (list, " ", -1);

  for (guint i = 0; tests[i]; i++, index++)
    {
      if (index == e->rows->len)
        add_row (e);
      Row *row = e->rows->pdata[index];
      if (i > 0 && *text_of (row->entries[TEST]))
        return;
      row->offered = TRUE;
      gtk_editable_set_text (GTK_EDITABLE (row->entries[TEST]), desk_lab_name (desk_lab_find (tests[i]), desk_words_language ()));
      preset_unit (e, row);
    }
}

/* Enter goes on: to the next cell, and from the value or later to the next row, where its test is known to the value. */
static void
on_activate (GtkWidget *entry, Entry *e)
{
  Row *row = row_of (e, entry);
  guint index;

  if (!row || !g_ptr_array_find (e->rows, row, &index))
    return;
  const char *panel = entry == row->entries[TEST] ? panel_of (text_of (entry)) : NULL;
  if (panel)
    offer_panel (e, index, panel);
  if (entry == row->entries[TEST])
    {
      preset_unit (e, row);
      gtk_widget_grab_focus (row->entries[VALUE]);
      return;
    }
  if (index + 1 == e->rows->len)
    add_row (e);
  Row *next = e->rows->pdata[index + 1];
  gtk_widget_grab_focus (next->entries[*text_of (next->entries[TEST]) ? VALUE : TEST]);
}

static void
on_test_left (GtkEventControllerFocus *focus, Entry *e)
{
  Row *row = row_of (e, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus)));

  if (row)
    preset_unit (e, row);
}

static const char *const titles[N_ENTRIES] = { N_("Test"), N_("Value"), N_("Unit"), N_("Range on the report") };

static void
add_row (Entry *e)
{
  static const int widths[N_ENTRIES] = { 16, 12, 10, 14 };
  Row *row = g_new0 (Row, 1);
  int at = (int) e->rows->len + 1;

  for (int i = 0; i < N_ENTRIES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %d", _(titles[i]), at);

      row->entries[i] = gtk_entry_new ();
      gtk_editable_set_width_chars (GTK_EDITABLE (row->entries[i]), widths[i]);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row->entries[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_grid_attach (e->grid, row->entries[i], i, at, 1, 1);
    }
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (on_test_left), e);
  gtk_widget_add_controller (row->entries[TEST], focus);
  row->told = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (row->told), 0);
  gtk_label_set_ellipsize (GTK_LABEL (row->told), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (row->told), 22);
  gtk_widget_set_hexpand (row->told, TRUE);
  gtk_grid_attach (e->grid, row->told, N_ENTRIES, at, 1, 1);
  g_ptr_array_add (e->rows, row);
  for (int i = 0; i < N_ENTRIES; i++)
    {
      g_signal_connect (row->entries[i], "changed", G_CALLBACK (on_changed), e);
      g_signal_connect (row->entries[i], "activate", G_CALLBACK (on_activate), e);
    }
}

static void
on_save (GtkWidget *button, Entry *e)
{
  GPtrArray *reports = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lab_report_free);

  g_ptr_array_add (reports, collect (e));
  desk_patient_labs_save (e->page, reports);
  gtk_window_destroy (GTK_WINDOW (e->window));
}

static GtkWidget *
add_field (GtkBox *box, const char *title, const char *text)
{
  GtkWidget *label = gtk_label_new (title), *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (box, label);
  gtk_box_append (box, entry);
  return entry;
}

static void
build_head (Entry *e, GtkBox *box)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  e->day = add_field (GTK_BOX (line), _("Day of the specimen"), "");
  gtk_entry_set_placeholder_text (GTK_ENTRY (e->day), "2026-03-12");
  e->laboratory = add_field (GTK_BOX (line), _("Laboratory"), "");
  gtk_widget_set_hexpand (e->laboratory, TRUE);
  g_signal_connect (e->day, "changed", G_CALLBACK (on_changed), e);
  g_signal_connect (e->laboratory, "changed", G_CALLBACK (on_changed), e);
  gtk_box_append (box, line);
}

static void
build_grid (Entry *e, GtkBox *box)
{
  GtkWidget *grid = gtk_grid_new (), *scroll = gtk_scrolled_window_new ();

  e->grid = GTK_GRID (grid);
  gtk_grid_set_row_spacing (e->grid, 4);
  gtk_grid_set_column_spacing (e->grid, 6);
  for (int i = 0; i < N_ENTRIES; i++)
    {
      GtkWidget *label = gtk_label_new (_(titles[i]));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_grid_attach (e->grid, label, i, 0, 1, 1);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), grid);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (box, scroll);
}

static GtkWidget *
build_window (Entry *e, const DeskPatient *patient)
{
  GtkWidget *window = adw_window_new (), *bar = adw_header_bar_new (), *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  g_autofree char *name = desk_patient_name (patient);
  g_autofree char *title = g_strdup_printf (_("Results of %s"), name);

  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), 860, 480);
  e->save = gtk_button_new_with_mnemonic (_("_Save"));
  gtk_widget_add_css_class (e->save, "suggested-action");
  gtk_widget_set_sensitive (e->save, FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), e->save);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), window);
  g_signal_connect (e->save, "clicked", G_CALLBACK (on_save), e);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  build_head (e, GTK_BOX (box));
  build_grid (e, GTK_BOX (box));
  e->problem = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (e->problem), 0);
  gtk_label_set_wrap (GTK_LABEL (e->problem), TRUE);
  gtk_widget_add_css_class (e->problem, "error");
  gtk_box_append (GTK_BOX (box), e->problem);
  gtk_box_append (GTK_BOX (all), bar);
  gtk_box_append (GTK_BOX (all), box);
  adw_window_set_content (ADW_WINDOW (window), all);
  return window;
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, Entry *e)
{
  if (key == GDK_KEY_Escape)
    gtk_window_destroy (GTK_WINDOW (e->window));
  else if ((key == GDK_KEY_s || key == GDK_KEY_Return) && (state & GDK_CONTROL_MASK) && gtk_widget_get_sensitive (e->save))
    on_save (e->save, e);
  else
    return FALSE;
  return TRUE;
}

/* Opens the window for results typed by hand; saves them with Ctrl+S. */
void
desk_lab_entry_open (DeskPage *page, const DeskPatient *patient)
{
  Entry *e = g_new0 (Entry, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();

  e->page = g_object_ref (page);
  e->patient_id = patient->id;
  e->sex = g_strdup (patient->sex);
  e->rows = g_ptr_array_new_with_free_func (g_free);
  e->window = build_window (e, patient);
  gtk_window_set_transient_for (GTK_WINDOW (e->window), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))));
  gtk_window_set_modal (GTK_WINDOW (e->window), TRUE);
  g_object_set_data_full (G_OBJECT (e->window), "entry", e, entry_free);
  for (guint i = 0; i < ROWS_AT_FIRST; i++)
    add_row (e);
  gtk_entry_set_placeholder_text (GTK_ENTRY (((Row *) e->rows->pdata[0])->entries[TEST]), _("CEA, or cbc, viral"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), e);
  gtk_widget_add_controller (e->window, keys);
  gtk_window_present (GTK_WINDOW (e->window));
  gtk_widget_grab_focus (e->day);
}
