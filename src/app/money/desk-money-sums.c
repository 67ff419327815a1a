#include "desk-money-sums.h"

#include <glib/gi18n.h>

#include "desk-money-words.h"
#include "desk-words.h"

struct _DeskMoneySums
{
  AdwBin parent_instance;

  GtkGrid *grid;
  GtkLabel *total, *foreign;
};

G_DEFINE_FINAL_TYPE (DeskMoneySums, desk_money_sums, ADW_TYPE_BIN)

static void
add_cell (DeskMoneySums *self, const char *text, int column, int row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
}

static void
clear (DeskMoneySums *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))))
    gtk_grid_remove (self->grid, child);
}

/* Shows the sums; foreign is the line about another currency, or NULL. */
void
desk_money_sums_show (DeskMoneySums *self, const DeskTaxSum *sum, const char *foreign)
{
  g_autofree char *total = desk_words_yen (sum->total);
  g_autofree char *words = g_strdup_printf (_("Total %s"), total);

  clear (self);
  for (int i = 0, row = 0; i < DESK_TAX_RATES; i++)
    if (sum->rates[i].lines)
      {
        g_autofree char *rate = g_strdup_printf (_("%d %% on"), sum->rates[i].rate);
        g_autofree char *net = desk_words_yen (sum->rates[i].net), *tax = desk_words_yen (sum->rates[i].tax);
        g_autofree char *taxed = g_strdup_printf (_("tax %s"), tax);

        add_cell (self, rate, 0, row);
        add_cell (self, net, 1, row);
        add_cell (self, taxed, 2, row++);
      }
  gtk_label_set_label (self->total, words);
  gtk_widget_remove_css_class (GTK_WIDGET (self->total), "error");
  gtk_label_set_label (self->foreign, foreign ? foreign : "");
  gtk_widget_set_visible (GTK_WIDGET (self->foreign), foreign != NULL);
}

/* Says why there is no sum. */
void
desk_money_sums_fail (DeskMoneySums *self, const char *code)
{
  const DeskProblem problem = { .field = (char *) "total", .code = (char *) code };
  g_autofree char *words = desk_words_problem (&problem);
  g_autofree char *said = g_strconcat ("✖ ", words, NULL);

  clear (self);
  gtk_label_set_label (self->total, said);
  gtk_widget_add_css_class (GTK_WIDGET (self->total), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->foreign), FALSE);
}

static void
desk_money_sums_class_init (DeskMoneySumsClass *klass)
{
}

static void
desk_money_sums_init (DeskMoneySums *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 18);
  gtk_widget_set_halign (GTK_WIDGET (self->grid), GTK_ALIGN_END);
  self->total = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->total, 1);
  gtk_widget_add_css_class (GTK_WIDGET (self->total), "title-2");
  self->foreign = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->foreign, 1);
  gtk_label_set_wrap (self->foreign, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->foreign), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->grid));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->total));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->foreign));
  adw_bin_set_child (ADW_BIN (self), box);
}

/* Nothing summed yet. */
DeskMoneySums *
desk_money_sums_new (void)
{
  return g_object_new (DESK_TYPE_MONEY_SUMS, NULL);
}
