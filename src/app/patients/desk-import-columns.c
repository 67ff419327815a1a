#include "desk-import-columns.h"

#include <glib/gi18n.h>

#include "desk-import-row.h"

struct _DeskImportColumns
{
  AdwBin parent_instance;

  const DeskImportFile *file;
  DeskImportPlan *plan;
  gboolean filling;
  GtkListBox *list;
  GtkSizeGroup *widths; /* of the choices */
};

G_DEFINE_FINAL_TYPE (DeskImportColumns, desk_import_columns, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
on_target_chosen (GtkDropDown *choice, GParamSpec *spec, DeskImportColumns *self)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (choice), "column"));
  guint selected = gtk_drop_down_get_selected (choice), n;
  const DeskImportTarget *targets = desk_import_targets (&n);

  if (self->filling || selected > n)
    return;
  const char *wanted = selected ? targets[selected - 1].name : "";
  /* What was another column before is this one now. */
  for (guint i = 0; *wanted && i < self->plan->targets->len; i++)
    if (i != column && g_str_equal (self->plan->targets->pdata[i], wanted))
      {
        GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);

        desk_import_plan_set (self->plan, i, "");
        self->filling = TRUE;
        gtk_drop_down_set_selected (g_object_get_data (G_OBJECT (row), "choice"), 0);
        self->filling = FALSE;
      }
  desk_import_plan_set (self->plan, column, wanted);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GListModel *
target_words (void)
{
  GtkStringList *words = gtk_string_list_new (NULL);
  guint n;
  const DeskImportTarget *targets = desk_import_targets (&n);

  gtk_string_list_append (words, _("Leave out"));
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (words, desk_import_title (targets[i].name));
  return G_LIST_MODEL (words);
}

static guint
target_position (const char *name)
{
  guint n;
  const DeskImportTarget *targets = desk_import_targets (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (targets[i].name, name))
      return i + 1;
  return 0;
}

/* The first values of a column, so that one sees what it is. */
static char *
examples (DeskImportColumns *self, guint column)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0, n = 0; i < MIN (self->file->rows->len, 20) && n < 3; i++)
    {
      g_auto (GStrv) cells = desk_import_file_row (self->file, i, NULL);

      if (column >= g_strv_length (cells) || *cells[column] == '\0')
        continue;
      g_string_append_printf (text, "%s%s", n++ ? " · " : "", cells[column]);
    }
  return g_string_free (text, FALSE);
}

static void
add_column (DeskImportColumns *self, guint column)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = gtk_drop_down_new (target_words (), NULL);
  g_autofree char *subtitle = examples (self, column);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), self->file->header[column]);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (choice), FALSE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), target_position (self->plan->targets->pdata[column]));
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_size_group_add_widget (self->widths, choice);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, self->file->header[column], -1);
  g_object_set_data (G_OBJECT (choice), "column", GUINT_TO_POINTER (column));
  g_object_set_data (G_OBJECT (row), "choice", choice);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (on_target_chosen), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  gtk_list_box_append (self->list, row);
}

/* Shows the columns of a table; file and plan are lent as long as they are shown. Choices change the plan. */
void
desk_import_columns_show (DeskImportColumns *self, const DeskImportFile *file, DeskImportPlan *plan)
{
  GtkListBoxRow *row;

  self->file = file;
  self->plan = plan;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; file->header[i]; i++)
    add_column (self, i);
}

static void
desk_import_columns_finalize (GObject *object)
{
  g_object_unref (DESK_IMPORT_COLUMNS (object)->widths);
  G_OBJECT_CLASS (desk_import_columns_parent_class)->finalize (object);
}

static void
desk_import_columns_class_init (DeskImportColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_import_columns_finalize;
  /* A column became something else. */
  signals[CHANGED] = g_signal_new ("changed", DESK_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_import_columns_init (DeskImportColumns *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  self->widths = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Columns of the table"), -1);
  adw_bin_set_child (ADW_BIN (self), list);
}
