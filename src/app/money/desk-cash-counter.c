#include "desk-cash-counter.h"

#include <glib/gi18n.h>

#include "desk-money-words.h"

/* Japanese notes and coins in use, from the largest. */
static const int coins[] = { 10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 1 };

struct _DeskCashCounter
{
  AdwBin parent_instance;

  GtkSpinButton *spins[G_N_ELEMENTS (coins)];
  GtkLabel *sum;
};

enum
{
  COUNTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskCashCounter, desk_cash_counter, ADW_TYPE_BIN)

/* What the notes and coins come to, in yen. */
gint64
desk_cash_counter_get_yen (DeskCashCounter *self)
{
  gint64 yen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (coins); i++)
    yen += (gint64) coins[i] * gtk_spin_button_get_value_as_int (self->spins[i]);
  return yen;
}

static void
on_count (DeskCashCounter *self)
{
  g_autofree char *yen = desk_words_yen (desk_cash_counter_get_yen (self));
  g_autofree char *words = g_strdup_printf (_("In the drawer: %s"), yen);

  gtk_label_set_label (self->sum, words);
  g_signal_emit (self, signals[COUNTED], 0);
}

/* Says how many there are of one coin; the largest note is 0. */
void
desk_cash_counter_set (DeskCashCounter *self, guint coin, int count)
{
  gtk_spin_button_set_value (self->spins[coin], count);
}

static void
desk_cash_counter_class_init (DeskCashCounterClass *klass)
{
  /* counted: a number was changed. */
  signals[COUNTED] = g_signal_new ("counted", DESK_TYPE_CASH_COUNTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_cash_counter_init (DeskCashCounter *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  self->sum = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->sum), "heading");
  gtk_label_set_xalign (self->sum, 0);
  for (guint i = 0; i < G_N_ELEMENTS (coins); i++)
    {
      g_autofree char *name = desk_words_yen (coins[i]);
      g_autofree char *spoken = g_strdup_printf (_("How many of %s"), name);
      GtkWidget *label = gtk_label_new (name), *spin = gtk_spin_button_new_with_range (0, 99999, 1);
      int column = i < 5 ? 0 : 2, row = i < 5 ? (int) i : (int) i - 5;

      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_label_set_mnemonic_widget (GTK_LABEL (label), spin);
      gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
      gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
      g_signal_connect_object (spin, "value-changed", G_CALLBACK (on_count), self, G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), spin, column + 1, row, 1, 1);
      self->spins[i] = GTK_SPIN_BUTTON (spin);
    }
  gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->sum), 0, 5, 4, 1);
  adw_bin_set_child (ADW_BIN (self), grid);
  on_count (self);
}

/* An empty drawer. */
DeskCashCounter *
desk_cash_counter_new (void)
{
  return g_object_new (DESK_TYPE_CASH_COUNTER, NULL);
}
