#include "desk-line-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-fold.h"
#include "desk-money-words.h"
#include "desk-words.h"

#define MOST_MATCHES 6

static const int rates[] = { 10, 8, 0 };

struct _DeskLineList
{
  AdwBin parent_instance;

  GPtrArray *fees;    /* of DeskFee, offered */
  GPtrArray *matches; /* of DeskFee, lent: what was typed means */
  GPtrArray *rows;    /* of Row */
  GtkEntry *add;
  GtkListBox *found;
  GtkGrid *grid;
  GtkWidget *empty;
  gboolean filling;
};

typedef struct
{
  DeskMoneyLine *line; /* as it came; what is typed stands in the widgets */
  GtkWidget *words, *count, *price, *tax, *amount, *remove;
} Row;

enum
{
  EDITED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskLineList, desk_line_list, ADW_TYPE_BIN)

static void
row_free (gpointer data)
{
  Row *row = data;

  desk_money_line_free (row->line);
  g_free (row);
}

/* ── one line ────────────────────────────────────────────────────────────────────────────────── */

/* What stands in a row; the code of what is wrong with it goes to problem. */
static DeskMoneyLine *
collect (const Row *row, const char **problem)
{
  DeskMoneyLine *line = desk_money_line_copy (row->line);
  const char *wrong = desk_money_read (gtk_editable_get_text (GTK_EDITABLE (row->price)), "JPY", &line->price);

  if (GTK_IS_ENTRY (row->words))
    {
      g_free (line->words);
      line->words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row->words))));
      if (*line->words == '\0')
        wrong = "missing";
    }
  line->count = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (row->count));
  line->tax = rates[MIN (gtk_drop_down_get_selected (GTK_DROP_DOWN (row->tax)), G_N_ELEMENTS (rates) - 1)];
  if (problem)
    *problem = wrong;
  return line;
}

static void
show_amount (const Row *row)
{
  const char *problem;
  g_autoptr (DeskMoneyLine) line = collect (row, &problem);
  gint64 amount = 0;
  gboolean good = !problem && desk_money_times (line->count, line->price, &amount);
  g_autofree char *words = good ? desk_words_yen (amount) : g_strdup ("✖");

  gtk_label_set_label (GTK_LABEL (row->amount), words);
  if (good)
    gtk_widget_remove_css_class (row->price, "error");
  else
    gtk_widget_add_css_class (row->price, "error");
}

static void
on_edited (DeskLineList *self)
{
  if (self->filling)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    show_amount (self->rows->pdata[i]);
  gtk_widget_set_visible (self->empty, self->rows->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->grid), self->rows->len > 0);
  g_signal_emit (self, signals[EDITED], 0);
}

static GtkWidget *
tax_new (int tax)
{
  static const char *const names[] = { "10 %", "8 % ※", "0 %", NULL };
  GtkWidget *drop = gtk_drop_down_new_from_strings (names);

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    if (rates[i] == tax)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), i);
  return drop;
}

static GtkWidget *
words_new (const DeskMoneyLine *line)
{
  const char *name = desk_words_pick (line->words, line->words_ja);
  g_autofree char *words
      = line->sessions ? g_strdup_printf (g_dngettext (NULL, "%s (%d session)", "%s (%d sessions)", (gulong) line->sessions), name, line->sessions)
                       : g_strdup (name);
  GtkWidget *widget = *line->code ? gtk_label_new (words) : gtk_entry_new ();

  if (*line->code)
    {
      gtk_label_set_xalign (GTK_LABEL (widget), 0);
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
    }
  else
    gtk_editable_set_text (GTK_EDITABLE (widget), line->words);
  gtk_widget_set_hexpand (widget, TRUE);
  return widget;
}

static void
name_cell (GtkWidget *widget, const char *what, guint number)
{
  g_autofree char *spoken = g_strdup_printf (_("%s of line %u"), what, number);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* Puts the rows into the grid by their numbers; called after each change of them. */
static void
lay_out (DeskLineList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];
      GtkWidget *cells[] = { row->words, row->count, row->price, row->tax, row->amount, row->remove };

      for (guint j = 0; j < G_N_ELEMENTS (cells); j++)
        {
          if (gtk_widget_get_parent (cells[j]))
            g_object_ref (cells[j]), gtk_grid_remove (self->grid, cells[j]);
          else
            g_object_ref_sink (cells[j]);
          gtk_grid_attach (self->grid, cells[j], (int) j, (int) i + 1, 1, 1);
          g_object_unref (cells[j]);
        }
      name_cell (row->count, _("Count"), i + 1);
      name_cell (row->price, _("Price"), i + 1);
      name_cell (row->tax, _("Tax rate"), i + 1);
      if (GTK_IS_ENTRY (row->words))
        name_cell (row->words, _("Words"), i + 1);
      g_autofree char *remove = g_strdup_printf (_("Remove line %u"), i + 1);
      gtk_widget_set_tooltip_text (row->remove, remove);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
    }
}

static void
on_remove (GtkWidget *button, DeskLineList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];
      GtkWidget *cells[] = { row->words, row->count, row->price, row->tax, row->amount, row->remove };

      if (row->remove != button)
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (cells); j++)
        gtk_grid_remove (self->grid, cells[j]);
      g_ptr_array_remove_index (self->rows, i);
      break;
    }
  lay_out (self);
  on_edited (self);
  desk_line_list_focus (self);
}

static Row *
add_row (DeskLineList *self, const DeskMoneyLine *line)
{
  Row *row = g_new0 (Row, 1);
  g_autofree char *price = desk_money_format (line->price, "JPY");

  row->line = desk_money_line_copy (line);
  row->words = words_new (line);
  row->count = gtk_spin_button_new_with_range (1, DESK_COUNT_MAX, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (row->count), (double) line->count);
  gtk_editable_set_width_chars (GTK_EDITABLE (row->count), 4);
  row->price = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (row->price), price);
  gtk_editable_set_width_chars (GTK_EDITABLE (row->price), 11);
  gtk_entry_set_alignment (GTK_ENTRY (row->price), 1);
  row->tax = tax_new (line->tax);
  row->amount = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (row->amount), 1);
  gtk_label_set_width_chars (GTK_LABEL (row->amount), 13);
  gtk_widget_add_css_class (row->amount, "numeric");
  row->remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_add_css_class (row->remove, "flat");
  g_signal_connect_object (row->count, "value-changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row->price, "changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row->tax, "notify::selected", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  if (GTK_IS_ENTRY (row->words))
    g_signal_connect_object (row->words, "changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row->remove, "clicked", G_CALLBACK (on_remove), self, 0);
  g_ptr_array_add (self->rows, row);
  return row;
}

/* ── adding ──────────────────────────────────────────────────────────────────────────────────── */

/* "6 infusion": the count, and lends the rest. */
static const char *
split_count (const char *typed, gint64 *count)
{
  guint64 value = 0;
  const char *at = typed;

  *count = 1;
  for (; g_ascii_isdigit (*at) && value <= DESK_COUNT_MAX; at++)
    value = value * 10 + (guint64) (*at - '0');
  if (at == typed || *at != ' ' || value < 1 || value > DESK_COUNT_MAX)
    return typed;
  *count = (gint64) value;
  return at + 1;
}

static gboolean
is_meant (const DeskFee *fee, const char *wanted)
{
  g_autofree char *all = g_strconcat (fee->code, " ", fee->name, " ", fee->name_ja, NULL);
  g_autofree char *folded = desk_fold (all), *typed = desk_fold (wanted);
  g_auto (GStrv) words = g_strsplit (typed, " ", -1);

  for (guint i = 0; words[i]; i++)
    if (!strstr (folded, words[i]))
      return FALSE;
  return fee->active;
}

static GtkWidget *
match_new (const DeskFee *fee)
{
  g_autofree char *price = desk_words_yen (fee->price), *tax = g_strdup_printf ("%d %%", fee->tax);
  const char *facts[] = { desk_words_pick (fee->name, fee->name_ja), price, tax };
  g_autofree char *text = desk_words_facts (facts, G_N_ELEMENTS (facts));
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 4);
  gtk_widget_set_margin_bottom (label, 4);
  return label;
}

static void
on_typed (DeskLineList *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->add));
  gint64 count;
  const char *wanted = split_count (typed, &count);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->found))))
    gtk_list_box_remove (self->found, child);
  g_ptr_array_set_size (self->matches, 0);
  for (guint i = 0; *wanted && self->fees && i < self->fees->len && self->matches->len < MOST_MATCHES; i++)
    if (is_meant (self->fees->pdata[i], wanted))
      {
        g_ptr_array_add (self->matches, self->fees->pdata[i]);
        gtk_list_box_append (self->found, match_new (self->fees->pdata[i]));
      }
  gtk_list_box_select_row (self->found, gtk_list_box_get_row_at_index (self->found, 0));
  gtk_widget_set_visible (GTK_WIDGET (self->found), self->matches->len > 0);
}

/* "-50000" is a discount; other words without a fee are a line whose price is still to be written. */
static DeskMoneyLine *
line_of_words (const char *words, gint64 count)
{
  gint64 price = 0;
  gboolean discount = !desk_money_read (words, "JPY", &price) && price < 0;
  DeskMoneyLine *line = desk_money_line_new ();

  g_free (line->words);
  line->words = g_strdup (discount ? "Discount" : words);
  line->count = count;
  line->price = discount ? price : 0;
  if (discount)
    {
      g_free (line->words_ja);
      line->words_ja = g_strdup ("値引き");
    }
  return line;
}

static void
append (DeskLineList *self, const DeskMoneyLine *line)
{
  const Row *row = add_row (self, line);

  lay_out (self);
  gtk_editable_set_text (GTK_EDITABLE (self->add), "");
  on_edited (self);
  if (!*line->code && line->price == 0)
    gtk_widget_grab_focus (row->price);
}

/* What Enter does with what was typed: adds the fee that is meant, or a free line. FALSE for nothing typed. */
gboolean
desk_line_list_add (DeskLineList *self, const char *typed)
{
  gint64 count;

  if (!g_str_equal (typed, gtk_editable_get_text (GTK_EDITABLE (self->add))))
    gtk_editable_set_text (GTK_EDITABLE (self->add), typed);
  g_autofree char *wanted = g_strstrip (g_strdup (split_count (typed, &count)));
  if (*wanted == '\0')
    return FALSE;
  GtkListBoxRow *chosen = gtk_list_box_get_selected_row (self->found);
  g_autoptr (DeskMoneyLine) line = chosen && self->matches->len
                                       ? desk_money_line_from_fee (self->matches->pdata[gtk_list_box_row_get_index (chosen)], count)
                                       : line_of_words (wanted, count);
  append (self, line);
  return TRUE;
}

static void
on_enter (DeskLineList *self)
{
  g_autofree char *typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->add)));

  desk_line_list_add (self, typed);
}

static void
on_chosen (DeskLineList *self, GtkListBoxRow *row)
{
  gtk_list_box_select_row (self->found, row);
  on_enter (self);
  desk_line_list_focus (self);
}

/* Up and Down choose among what was found while the typing goes on. */
static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, DeskLineList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->found);

  if ((key != GDK_KEY_Down && key != GDK_KEY_Up) || !row)
    return FALSE;
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->found, gtk_list_box_row_get_index (row) + (key == GDK_KEY_Down ? 1 : -1));
  if (next)
    gtk_list_box_select_row (self->found, next);
  return TRUE;
}

/* ── the list ────────────────────────────────────────────────────────────────────────────────── */

/* Offers these fees (DeskFee); takes a reference. */
void
desk_line_list_set_fees (DeskLineList *self, GPtrArray *fees)
{
  g_clear_pointer (&self->fees, g_ptr_array_unref);
  self->fees = g_ptr_array_ref (fees);
  on_typed (self);
}

/* Shows these lines (DeskMoneyLine) in place of what there was. */
void
desk_line_list_fill (DeskLineList *self, const GPtrArray *lines)
{
  self->filling = TRUE;
  while (self->rows->len)
    on_remove (((Row *) self->rows->pdata[0])->remove, self);
  for (guint i = 0; i < lines->len; i++)
    add_row (self, lines->pdata[i]);
  lay_out (self);
  self->filling = FALSE;
  on_edited (self);
}

/* The lines as they stand (DeskMoneyLine); a price that cannot be read counts as 0, see desk_line_list_problem (). */
GPtrArray *
desk_line_list_dup (DeskLineList *self)
{
  GPtrArray *lines = desk_money_lines_new ();

  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (lines, collect (self->rows->pdata[i], NULL));
  return lines;
}

/* The code of what is wrong first, with the focus put there; NULL for nothing. */
const char *
desk_line_list_problem (DeskLineList *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->add))));

  /* Nothing goes out without what somebody has typed and believes to stand there. */
  if (*typed)
    {
      desk_line_list_focus (self);
      return "line-not-added";
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];
      const char *problem;
      g_autoptr (DeskMoneyLine) line = collect (row, &problem);

      if (!problem)
        continue;
      gtk_widget_grab_focus (strcmp (problem, "missing") == 0 ? row->words : row->price);
      return problem;
    }
  return NULL;
}

/* The focus goes where lines are added. */
void
desk_line_list_focus (DeskLineList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->add));
}

static void
desk_line_list_finalize (GObject *object)
{
  DeskLineList *self = DESK_LINE_LIST (object);

  g_clear_pointer (&self->fees, g_ptr_array_unref);
  g_ptr_array_unref (self->matches);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (desk_line_list_parent_class)->finalize (object);
}

static void
desk_line_list_class_init (DeskLineListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_line_list_finalize;
  /* edited: a line was added, changed or removed. */
  signals[EDITED] = g_signal_new ("edited", DESK_TYPE_LINE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_heads (DeskLineList *self)
{
  static const char *const heads[] = { N_("Item"), N_("Count"), N_("Price"), N_("Tax"), N_("Amount") };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      GtkWidget *label = gtk_label_new (_(heads[i]));

      gtk_label_set_xalign (GTK_LABEL (label), i == 2 || i == 4 ? 1 : 0);
      gtk_widget_add_css_class (label, "caption-heading");
      gtk_grid_attach (self->grid, label, (int) i, 0, 1, 1);
    }
}

static GtkWidget *
add_new (DeskLineList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->add = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->add, _("Part of a fee’s name and Enter · “6 infusion” for six · “-50000” for a discount"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a line"), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->add), keys);
  g_signal_connect_object (self->add, "changed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->add, "activate", G_CALLBACK (on_enter), self, G_CONNECT_SWAPPED);
  self->found = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->found), "boxed-list");
  gtk_widget_set_focusable (GTK_WIDGET (self->found), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->found), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->found), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Fees found"), -1);
  g_signal_connect_object (self->found, "row-activated", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->add);
}

static void
desk_line_list_init (DeskLineList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->matches = g_ptr_array_new ();
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 8);
  gtk_grid_set_row_spacing (self->grid, 4);
  add_heads (self);
  self->empty = gtk_label_new (_("No line yet."));
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->grid));
  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_box_append (GTK_BOX (box), add_new (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->found));
  gtk_widget_set_visible (GTK_WIDGET (self->grid), FALSE);
  adw_bin_set_child (ADW_BIN (self), box);
}

/* No lines, no fees. */
DeskLineList *
desk_line_list_new (void)
{
  return g_object_new (DESK_TYPE_LINE_LIST, NULL);
}
