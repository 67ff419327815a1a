#include "desk-book-card.h"

#include <glib/gi18n.h>

#include "desk-book-words.h"
#include "desk-gate-words.h"
#include "desk-words.h"

struct _DeskBookCard
{
  GtkPopover parent_instance;

  gint64 visit; /* 0 while it is hidden */
  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (DeskBookCard, desk_book_card, GTK_TYPE_POPOVER)

/* One thing of the card; the values are owned. */
typedef struct
{
  const char *title;
  char *value;
} Line;

static void
line_clear (gpointer data)
{
  g_free (((Line *) data)->value);
}

static void
add (GArray *lines, const char *title, char *value)
{
  Line one = { title, value };

  if (value && *value)
    g_array_append_val (lines, one);
  else
    g_free (value);
}

static char *
gate_of (const DeskBookBoard *board, const DeskVisit *visit)
{
  const DeskGateMark *mark = desk_book_board_mark (board, visit->id);

  return mark && mark->summary.light != DESK_LIGHT_IDLE ? desk_gate_words_summary (mark->gate, &mark->summary) : NULL;
}

static GArray *
lines_of (const DeskBookBoard *board, const DeskVisit *visit)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autofree char *day = desk_words_day (desk_instant_day (visit->starts_at, board->zone));
  g_autofree char *span = desk_book_span_words (visit, board->zone);
  g_autofree char *since = desk_words_when (visit->status_since, board->zone);
  g_autofree char *status = desk_book_status_words (visit);

  g_array_set_clear_func (lines, line_clear);
  add (lines, _("Chart"), g_strdup (visit->patient_chart));
  add (lines, _("Visit"), g_strdup (desk_book_type_name (desk_book_board_type (board, visit->type))));
  add (lines, _("Time"), g_strdup_printf ("%s %s", day, span));
  add (lines, _("Place"), desk_book_resources_words (visit, board->resources));
  /* Translators: status of a visit, and since when */
  add (lines, _("Status"), g_strdup_printf (_("%s (since %s)"), status, since));
  add (lines, _("Gate"), gate_of (board, visit));
  add (lines, _("Dose"), visit->dose_number ? g_strdup_printf ("%s%s%s", visit->dose_number, visit->biohazard ? " ☣ " : "",
                                                               visit->biohazard ? _("biohazard") : "")
                                            : NULL);
  add (lines, _("Languages"), desk_words_languages (visit->languages));
  add (lines, _("Passed over"), desk_book_override_words (visit));
  add (lines, _("Note"), g_strdup (visit->note));
  return lines;
}

/* The card as text, for whoever listens: "Title: value" one after the other. The caller frees it. */
char *
desk_book_card_words (const DeskBookBoard *board, const DeskVisit *visit)
{
  g_autoptr (GArray) lines = lines_of (board, visit);
  g_autofree char *name = desk_book_isolate (visit->patient_name), *native = desk_book_isolate (visit->patient_native);
  GString *words = g_string_new (name);

  if (*native)
    g_string_append_printf (words, " %s", native);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (words, ". %s: %s", g_array_index (lines, Line, i).title, g_array_index (lines, Line, i).value);
  return g_string_free (words, FALSE);
}

static GtkWidget *
label_new (const char *words, const char *css)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (css)
    gtk_widget_add_css_class (label, css);
  return label;
}

static void
fill (DeskBookCard *self, const DeskBookBoard *board, const DeskVisit *visit)
{
  g_autoptr (GArray) lines = lines_of (board, visit);
  GtkWidget *child;
  int row = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))))
    gtk_grid_remove (self->grid, child);
  gtk_grid_attach (self->grid, label_new (visit->patient_name, "heading"), 0, row++, 2, 1);
  if (visit->patient_native && *visit->patient_native)
    gtk_grid_attach (self->grid, label_new (visit->patient_native, NULL), 0, row++, 2, 1);
  for (guint i = 0; i < lines->len; i++, row++)
    {
      const Line *one = &g_array_index (lines, Line, i);

      gtk_grid_attach (self->grid, label_new (one->title, "dim-label"), 0, row, 1, 1);
      gtk_grid_attach (self->grid, label_new (one->value, NULL), 1, row, 1, 1);
    }
}

static void
desk_book_card_class_init (DeskBookCardClass *klass)
{
}

static void
desk_book_card_init (DeskBookCard *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 3);
  gtk_widget_set_margin_top (GTK_WIDGET (self->grid), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->grid), 6);
  gtk_widget_set_margin_start (GTK_WIDGET (self->grid), 6);
  gtk_widget_set_margin_end (GTK_WIDGET (self->grid), 6);
  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->grid));
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_RIGHT);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

/* A hidden card of that widget, which owns it. */
DeskBookCard *
desk_book_card_new (GtkWidget *parent)
{
  DeskBookCard *self = g_object_new (DESK_TYPE_BOOK_CARD, NULL);

  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  return self;
}

/* Shows the visit beside area. Nothing happens when it is not on the board. */
void
desk_book_card_show (DeskBookCard *self, const DeskBookBoard *board, gint64 visit_id, const GdkRectangle *area)
{
  const DeskVisit *visit = desk_book_board_visit (board, visit_id);

  if (!visit)
    return;
  fill (self, board, visit);
  self->visit = visit_id;
  gtk_popover_set_pointing_to (GTK_POPOVER (self), area);
  gtk_popover_popup (GTK_POPOVER (self));
}

/* The visit that is shown, or 0. */
gint64
desk_book_card_get_visit (DeskBookCard *self)
{
  return self->visit;
}

void
desk_book_card_hide (DeskBookCard *self)
{
  if (self->visit)
    gtk_popover_popdown (GTK_POPOVER (self));
  self->visit = 0;
}
