#include "desk-patient-row.h"

#include <adwaita.h>
#include <math.h>

#include "desk-country.h"
#include "desk-words.h"

/* Pixels; a line is so high, in font sizes, that every script fits. */
#define MARGIN 6
#define GAP 8
#define LINE 1.45
#define BASELINE 0.76 /* of a line */
#define SMALL 0.82    /* the font of the second line: that of the style class "caption" */
#define DIM 0.55      /* its opacity: that of "dim-label" */
#define DIM_HIGH_CONTRAST 0.9

struct _DeskPatientRow
{
  GtkWidget parent_instance;

  DeskListItem *item;
  gulong handler;

  char *name;
  char *native_name;
  char *facts;
};

G_DEFINE_FINAL_TYPE (DeskPatientRow, desk_patient_row, GTK_TYPE_WIDGET)

static void
forget (DeskPatientRow *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->native_name, g_free);
  g_clear_pointer (&self->facts, g_free);
}

/* Shows a patient, or nothing for NULL. */
void
desk_patient_row_set (DeskPatientRow *self, const DeskPatient *patient)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  forget (self);
  if (!patient)
    return;

  self->name = desk_patient_name (patient);
  self->native_name = desk_patient_native_name (patient);
  self->facts = g_strdup_printf ("%s  ·  %s  ·  %s  ·  %s", patient->chart, patient->birth, desk_words ("sex", patient->sex),
                                 desk_country_name (patient->nationality, desk_words_language ()));

  g_autofree char *sentence = g_strdup_printf ("%s, %s, %s", self->name, self->native_name, self->facts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static void
on_item_changed (DeskPatientRow *self)
{
  desk_patient_row_set (self, self->item ? desk_list_item_get_row (self->item) : NULL);
}

/* Follows an item of a list, or none for NULL. */
void
desk_patient_row_set_item (DeskPatientRow *self, DeskListItem *item)
{
  if (self->item)
    g_clear_signal_handler (&self->handler, self->item);
  g_set_object (&self->item, item);
  if (item)
    self->handler = g_signal_connect_swapped (item, "changed", G_CALLBACK (on_item_changed), self);
  on_item_changed (self);
}

static void
desk_patient_row_dispose (GObject *object)
{
  DeskPatientRow *self = DESK_PATIENT_ROW (object);

  if (self->item)
    g_clear_signal_handler (&self->handler, self->item);
  g_clear_object (&self->item);
  forget (self);
  G_OBJECT_CLASS (desk_patient_row_parent_class)->dispose (object);
}

/* The height of a line in pixels, from the size of the font alone. */
static double
line_height (GtkWidget *widget)
{
  const PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (widget));

  return ceil (LINE * pango_font_description_get_size (font) / PANGO_SCALE);
}

static void
desk_patient_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  *minimum = 2 * MARGIN;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      double line = line_height (widget);

      *minimum += (int) (line + ceil (SMALL * line));
    }
  *natural = *minimum;
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
draw (GtkSnapshot *snapshot, PangoLayout *layout, int x, double baseline, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, (float) round (baseline - pango_layout_get_baseline (layout) / (double) PANGO_SCALE)));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/* The name at the left, in its own script at the right, the facts below. */
static void
desk_patient_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DeskPatientRow *self = DESK_PATIENT_ROW (widget);
  int room = gtk_widget_get_width (widget) - 2 * MARGIN;
  double line = line_height (widget);
  GdkRGBA color;

  if (!self->name || room <= 0)
    return;

  g_autoptr (PangoLayout) name = make_layout (widget, self->name, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  g_autoptr (PangoLayout) native_name = make_layout (widget, self->native_name, NULL);
  g_autoptr (PangoLayout) facts = make_layout (widget, self->facts, pango_attr_scale_new (SMALL));
  int native_width;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  pango_layout_get_pixel_size (native_name, &native_width, NULL);
  /* Two long names: the first has two thirds. */
  int name_width = fit (name, MAX (room - GAP - native_width, room * 2 / 3 - GAP));
  native_width = fit (native_name, room - GAP - name_width);
  draw (snapshot, name, MARGIN, MARGIN + BASELINE * line, &color);
  draw (snapshot, native_name, MARGIN + room - native_width, MARGIN + BASELINE * line, &color);

  color.alpha *= adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? DIM_HIGH_CONTRAST : DIM;
  fit (facts, room);
  draw (snapshot, facts, MARGIN, MARGIN + line + BASELINE * SMALL * line, &color);
}

static void
desk_patient_row_class_init (DeskPatientRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_patient_row_dispose;
  widget_class->measure = desk_patient_row_measure;
  widget_class->snapshot = desk_patient_row_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
desk_patient_row_init (DeskPatientRow *self)
{
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, g_object_new (DESK_TYPE_PATIENT_ROW, NULL));
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  desk_patient_row_set_item (DESK_PATIENT_ROW (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item));
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  desk_patient_row_set_item (DESK_PATIENT_ROW (gtk_list_item_get_child (list_item)), NULL);
}

/* Rows for a GtkListView over a DeskListModel of DeskPatient; the caller owns it. */
GtkListItemFactory *
desk_patient_row_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  return factory;
}
