#include "desk-record-form.h"

#include <glib/gi18n.h>

#include "desk-words.h"

typedef struct
{
  const DeskFormField *field;
  GtkWidget *box, *input, *heading; /* heading: of the section, on its first field */
  GtkGrid *grid;
  GtkLabel *note;
  gboolean shown;
} Cell;

struct _DeskRecordForm
{
  AdwBin parent_instance;

  GtkBox *box;
  GArray *cells; /* of Cell */
  gboolean filling;
};

enum
{
  EDITED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskRecordForm, desk_record_form, ADW_TYPE_BIN)

static Cell *
find (DeskRecordForm *self, const char *name)
{
  for (guint i = 0; i < self->cells->len; i++)
    if (g_str_equal (g_array_index (self->cells, Cell, i).field->name, name))
      return &g_array_index (self->cells, Cell, i);
  return NULL;
}

static void
on_edited (DeskRecordForm *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[EDITED], 0);
}

static GtkWidget *
make_choice (const DeskFormField *field)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();

  for (guint i = 0; field->choices[i]; i++)
    g_ptr_array_add (titles, (gpointer) desk_words (field->group, field->choices[i]));
  g_ptr_array_add (titles, NULL);
  return gtk_drop_down_new_from_strings ((const char *const *) titles->pdata);
}

static GtkWidget *
make_input (DeskRecordForm *self, const DeskFormField *field)
{
  static const char *const signal_of[] = { "changed", "changed", "notify::selected", "toggled" };
  GtkWidget *input = field->kind == DESK_FORM_CHOICE   ? make_choice (field)
                     : field->kind == DESK_FORM_SWITCH ? gtk_check_button_new_with_label (_(field->title))
                                                       : gtk_entry_new ();

  if (GTK_IS_ENTRY (input))
    gtk_editable_set_width_chars (GTK_EDITABLE (input), 12);
  gtk_widget_set_name (input, field->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (input), GTK_ACCESSIBLE_PROPERTY_LABEL, _(field->title), -1);
  g_signal_connect_object (input, signal_of[field->kind], G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  return input;
}

static void
make_cell (DeskRecordForm *self, Cell *cell)
{
  const DeskFormField *field = cell->field;
  GtkWidget *title = gtk_label_new (field->kind == DESK_FORM_SWITCH ? " " : _(field->title));

  cell->input = make_input (self, field);
  cell->note = GTK_LABEL (gtk_label_new (NULL));
  cell->box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  cell->shown = TRUE;
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (title), cell->input);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_label_set_xalign (cell->note, 0);
  gtk_label_set_wrap (cell->note, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (cell->note), "caption");
  gtk_widget_set_hexpand (cell->box, TRUE);
  gtk_box_append (GTK_BOX (cell->box), title);
  gtk_box_append (GTK_BOX (cell->box), cell->input);
  gtk_box_append (GTK_BOX (cell->box), GTK_WIDGET (cell->note));
}

/* Puts the fields of a section that are shown into its grid, two beside each other. */
static void
lay_out (DeskRecordForm *self, GtkGrid *grid)
{
  GtkWidget *heading = NULL;
  int row = 0, column = 0, n = 0;

  for (guint i = 0; i < self->cells->len; i++)
    {
      Cell *cell = &g_array_index (self->cells, Cell, i);
      gboolean wide = cell->field->kind == DESK_FORM_WIDE;

      if (cell->grid != grid)
        continue;
      if (cell->heading)
        heading = cell->heading;
      if (gtk_widget_get_parent (cell->box))
        gtk_grid_remove (grid, cell->box);
      if (!cell->shown)
        continue;
      if (wide && column == 1)
        row++, column = 0;
      gtk_grid_attach (grid, cell->box, column, row, wide ? 2 : 1, 1);
      if (wide || column == 1)
        row++, column = 0;
      else
        column = 1;
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (grid), n > 0);
  if (heading)
    gtk_widget_set_visible (heading, n > 0);
}

static GtkGrid *
add_section (DeskRecordForm *self, Cell *cell)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());

  cell->heading = gtk_label_new (_(cell->field->section));
  gtk_label_set_xalign (GTK_LABEL (cell->heading), 0);
  gtk_widget_add_css_class (cell->heading, "title-4");
  gtk_grid_set_column_spacing (grid, 18);
  gtk_grid_set_row_spacing (grid, 8);
  gtk_grid_set_column_homogeneous (grid, TRUE);
  gtk_widget_set_margin_bottom (GTK_WIDGET (grid), 12);
  gtk_box_append (self->box, cell->heading);
  gtk_box_append (self->box, GTK_WIDGET (grid));
  return grid;
}

/* A form of these fields; the table must outlive it. "edited" is emitted when somebody changes anything. */
DeskRecordForm *
desk_record_form_new (const DeskFormField *fields, guint n_fields)
{
  DeskRecordForm *self = g_object_new (DESK_TYPE_RECORD_FORM, NULL);
  GtkGrid *grid = NULL;

  g_array_set_size (self->cells, n_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      Cell *cell = &g_array_index (self->cells, Cell, i);

      *cell = (Cell) { .field = &fields[i] };
      make_cell (self, cell);
      if (fields[i].section)
        grid = add_section (self, cell);
      cell->grid = grid;
      desk_record_form_say (self, fields[i].name, NULL, FALSE);
    }
  for (guint i = 0; i < n_fields; i++)
    if (fields[i].section)
      lay_out (self, g_array_index (self->cells, Cell, i).grid);
  return self;
}

/* Whether the form has that field. */
gboolean
desk_record_form_has (DeskRecordForm *self, const char *name)
{
  return find (self, name) != NULL;
}

/* Whether the form has that field and it is not out of the way. */
gboolean
desk_record_form_shows (DeskRecordForm *self, const char *name)
{
  const Cell *cell = find (self, name);

  return cell && cell->shown;
}

/* Lends the widget one types into or chooses with. */
GtkWidget *
desk_record_form_input (DeskRecordForm *self, const char *name)
{
  return find (self, name)->input;
}

/* What stands in the field; the caller frees it. */
char *
desk_record_form_dup (DeskRecordForm *self, const char *name)
{
  const Cell *cell = find (self, name);

  if (cell->field->kind == DESK_FORM_SWITCH)
    return g_strdup (gtk_check_button_get_active (GTK_CHECK_BUTTON (cell->input)) ? "1" : "");
  if (cell->field->kind == DESK_FORM_CHOICE)
    return g_strdup (cell->field->choices[gtk_drop_down_get_selected (GTK_DROP_DOWN (cell->input))]);
  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (cell->input)));
}

/* Fills a field; that is no edit. */
void
desk_record_form_set (DeskRecordForm *self, const char *name, const char *value)
{
  const Cell *cell = find (self, name);

  self->filling = TRUE;
  if (cell->field->kind == DESK_FORM_SWITCH)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (cell->input), value && *value);
  else if (cell->field->kind == DESK_FORM_CHOICE)
    {
      for (guint i = 0; cell->field->choices[i]; i++)
        if (g_strcmp0 (cell->field->choices[i], value) == 0)
          gtk_drop_down_set_selected (GTK_DROP_DOWN (cell->input), i);
    }
  else
    gtk_editable_set_text (GTK_EDITABLE (cell->input), value ? value : "");
  self->filling = FALSE;
}

/* Shows a field, or takes it out of the way; what stands in it stays. */
void
desk_record_form_show (DeskRecordForm *self, const char *name, gboolean shown)
{
  Cell *cell = find (self, name);

  if (!cell || cell->shown == shown)
    return;
  cell->shown = shown;
  lay_out (self, cell->grid);
}

/* Says what is wrong with a field, with a mark before it; NULL shows its hint again. */
void
desk_record_form_say (DeskRecordForm *self, const char *name, const char *words, gboolean warning)
{
  Cell *cell = find (self, name);
  const char *hint = cell && cell->field->hint ? _(cell->field->hint) : "";
  g_autofree char *said = words ? g_strdup_printf ("%s %s", warning ? "⚠" : "✖", words) : g_strdup (hint);

  if (!cell)
    return;
  gtk_label_set_label (cell->note, said);
  gtk_widget_set_visible (GTK_WIDGET (cell->note), *said != '\0');
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *widget = i == 0 ? cell->input : GTK_WIDGET (cell->note);

      gtk_widget_remove_css_class (widget, "error");
      gtk_widget_remove_css_class (widget, "warning");
      if (words)
        gtk_widget_add_css_class (widget, warning ? "warning" : "error");
    }
  if (words)
    gtk_widget_remove_css_class (GTK_WIDGET (cell->note), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (cell->note), "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->input), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (cell->input), GTK_ACCESSIBLE_STATE_INVALID,
                               words && !warning ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* Puts the focus into a field; NULL: the first one. */
void
desk_record_form_focus (DeskRecordForm *self, const char *name)
{
  Cell *cell = name ? find (self, name) : &g_array_index (self->cells, Cell, 0);

  if (cell)
    gtk_widget_grab_focus (cell->input);
}

static void
clear_cell (gpointer data)
{
  g_clear_object (&((Cell *) data)->box);
}

static void
desk_record_form_finalize (GObject *object)
{
  g_array_unref (DESK_RECORD_FORM (object)->cells);
  G_OBJECT_CLASS (desk_record_form_parent_class)->finalize (object);
}

static void
desk_record_form_class_init (DeskRecordFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_record_form_finalize;
  /* edited: somebody typed or chose something. */
  signals[EDITED] = g_signal_new ("edited", DESK_TYPE_RECORD_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_record_form_init (DeskRecordForm *self)
{
  self->cells = g_array_new (FALSE, TRUE, sizeof (Cell));
  g_array_set_clear_func (self->cells, clear_cell);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}
