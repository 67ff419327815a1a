#include "desk-row-text.h"

#include <adwaita.h>
#include <math.h>

/* Pixels between the title and what is beside it. A line is so high, in font sizes, that every script fits. */
#define GAP 8
#define LINE 1.45
#define BASELINE 0.76 /* of a line */
#define SMALL 0.82    /* the font of the line below: that of the style class "caption" */
#define DIM 0.55      /* as the style class "dim-label" */
#define DIM_HIGH_CONTRAST 0.9

typedef struct
{
  DeskRowTextFlags flags;
  char *title;
  char *beside;
  char *below;
} DeskRowTextPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (DeskRowText, desk_row_text, GTK_TYPE_WIDGET)

static void
forget (DeskRowTextPrivate *priv)
{
  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->beside, g_free);
  g_clear_pointer (&priv->below, g_free);
}

/* Shows the words, or nothing for a NULL title. */
void
desk_row_text_set (DeskRowText *self, const char *title, const char *beside, const char *below)
{
  DeskRowTextPrivate *priv = desk_row_text_get_instance_private (self);

  gtk_widget_queue_draw (GTK_WIDGET (self));
  forget (priv);
  if (!title)
    return;
  priv->title = g_strdup (title);
  priv->beside = g_strdup (beside ? beside : "");
  priv->below = g_strdup (below ? below : "");

  g_autofree char *sentence = g_strdup_printf ("%s, %s, %s", priv->title, priv->beside, priv->below);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

void
desk_row_text_set_flags (DeskRowText *self, DeskRowTextFlags flags)
{
  DeskRowTextPrivate *priv = desk_row_text_get_instance_private (self);

  priv->flags = flags;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The height of a line in pixels, from the size of the font alone. */
static double
line_height (GtkWidget *widget)
{
  const PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (widget));

  return ceil (LINE * pango_font_description_get_size (font) / PANGO_SCALE);
}

static void
desk_row_text_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  double line = orientation == GTK_ORIENTATION_VERTICAL ? line_height (widget) : 0;

  *minimum = *natural = (int) (line + ceil (SMALL * line));
}

static PangoLayout *
make_layout (GtkWidget *widget, const char *text, PangoAttribute *attribute)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (attribute)
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, attribute);
      pango_layout_set_attributes (layout, attributes);
      pango_attr_list_unref (attributes);
    }
  return layout;
}

/* The width of the words; more than room is cut. */
static int
fit (PangoLayout *layout, int room)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width <= room)
    return width;
  pango_layout_set_width (layout, MAX (room, 0) * PANGO_SCALE);
  return room;
}

static void
draw (GtkSnapshot *snapshot, PangoLayout *layout, int x, double baseline, GdkRGBA color, gboolean dim)
{
  double y = round (baseline - pango_layout_get_baseline (layout) / (double) PANGO_SCALE);

  if (dim)
    color.alpha *= (float) (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? DIM_HIGH_CONTRAST : DIM);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
desk_row_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DeskRowTextPrivate *priv = desk_row_text_get_instance_private (DESK_ROW_TEXT (widget));
  int room = gtk_widget_get_width (widget), wanted;
  double line = line_height (widget);
  GdkRGBA color;

  if (!priv->title || room <= 0)
    return;

  g_autoptr (PangoLayout) title = make_layout (widget, priv->title, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  g_autoptr (PangoLayout) beside = make_layout (widget, priv->beside, NULL);
  g_autoptr (PangoLayout) below = make_layout (widget, priv->below, pango_attr_scale_new (SMALL));

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  pango_layout_get_pixel_size (beside, &wanted, NULL);
  /* When both are long, the title has two thirds. */
  int title_width = fit (title, MAX (room - GAP - wanted, room * 2 / 3 - GAP));
  int beside_width = fit (beside, room - GAP - title_width);
  int beside_x = priv->flags & DESK_ROW_TEXT_BESIDE_END ? room - beside_width : title_width + GAP;
  fit (below, room);
  draw (snapshot, title, 0, BASELINE * line, color, FALSE);
  draw (snapshot, beside, beside_x, BASELINE * line, color, priv->flags & DESK_ROW_TEXT_BESIDE_DIM);
  draw (snapshot, below, 0, line + BASELINE * SMALL * line, color, priv->flags & DESK_ROW_TEXT_BELOW_DIM);
}

static void
desk_row_text_finalize (GObject *object)
{
  forget (desk_row_text_get_instance_private (DESK_ROW_TEXT (object)));
  G_OBJECT_CLASS (desk_row_text_parent_class)->finalize (object);
}

static void
desk_row_text_class_init (DeskRowTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_row_text_finalize;
  widget_class->measure = desk_row_text_measure;
  widget_class->snapshot = desk_row_text_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
desk_row_text_init (DeskRowText *self)
{
}

GtkWidget *
desk_row_text_new (DeskRowTextFlags flags)
{
  GtkWidget *widget = g_object_new (DESK_TYPE_ROW_TEXT, NULL);

  desk_row_text_set_flags (DESK_ROW_TEXT (widget), flags);
  return widget;
}
