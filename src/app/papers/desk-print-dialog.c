#include "desk-print-dialog-private.h"

#include <glib/gi18n.h>

#include "desk-print-words.h"
#include "desk-toast.h"
#include "desk-words.h"

G_DEFINE_FINAL_TYPE (DeskPrintDialog, desk_print_dialog, ADW_TYPE_WINDOW)

/* ── what will come out ── */

/* The printer that is chosen, lent; NULL when there is none. */
DeskPrinter *
desk_print_dialog_printer (DeskPrintDialog *self)
{
  g_autoptr (DeskPrinter) printer = g_list_model_get_item (G_LIST_MODEL (self->printers), adw_combo_row_get_selected (self->printer));

  return printer; /* the list holds it */
}

guint
desk_print_dialog_copies (DeskPrintDialog *self)
{
  return (guint) gtk_spin_button_get_value_as_int (self->copies);
}

/* Offers what can be done now. */
void
desk_print_dialog_enable (DeskPrintDialog *self)
{
  DeskPrinter *printer = desk_print_dialog_printer (self);
  gboolean ready = self->pages && self->pages->len && !self->run && !self->busy;
  guint n = self->sides ? self->sides->len : 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "print.print", ready && printer && desk_printer_usable (printer));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "print.pdf", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "print.earlier", self->side > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "print.later", self->side + 1 < n);
}

static void
draw_side (cairo_t *cr, guint page, gpointer user_data)
{
  DeskPrintDialog *self = user_data;

  if (self->sides && page < self->sides->len)
    desk_print_paper_draw (self->paper, cr, &g_array_index (self->sides, DeskPrintSide, page));
}

static void
show_side (DeskPrintDialog *self)
{
  guint n = self->sides ? self->sides->len : 0;

  self->side = n ? MIN (self->side, n - 1) : 0;
  if (n)
    {
      const DeskPrintSide *side = &g_array_index (self->sides, DeskPrintSide, self->side);
      g_autofree char *place = g_strdup_printf (_("%u of %u"), self->side + 1, n);
      g_autofree char *page = side->blank ? g_strdup (_("empty back")) : g_strdup_printf (_("page %u"), side->page + 1);
      g_autofree char *part = self->paper->pages->part && !side->blank ? self->paper->pages->part (self->paper->data, side->page) : NULL;
      const char *mark = !self->paper->marked || side->blank ? "" : side->copy ? _("copy") : _("original");
      const char *facts[] = { place, page, mark, part ? part : "" };
      g_autofree char *words = desk_words_facts (facts, G_N_ELEMENTS (facts));

      gtk_label_set_label (self->number, words);
      desk_pages_view_set_page (self->preview, self->side, words);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->preview), n > 0);
  desk_print_dialog_enable (self);
}

static void
set_problem (DeskPrintDialog *self, const char *words)
{
  gtk_label_set_label (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), *words != '\0');
}

/* Why nothing can be printed now; "" when it can. The caller frees it. */
static char *
printer_problem (DeskPrintDialog *self)
{
  DeskPrinter *printer = desk_print_dialog_printer (self);

  if (!printer)
    return g_strdup (self->searched ? _("This computer has no printer. Add one in the computer’s settings, or make a PDF and print it elsewhere.")
                                    : _("Looking for printers…"));
  return g_strdup (desk_printer_usable (printer) ? "" : _("This printer takes nothing now. Choose another one, or make a PDF."));
}

/* Reads the wish as it is typed. */
void
desk_print_dialog_read_wish (DeskPrintDialog *self)
{
  const char *problem;
  guint number, all = self->paper ? desk_print_paper_n_pages (self->paper) : 0, copies = desk_print_dialog_copies (self);
  g_autofree char *words = NULL, *outcome = NULL;

  if (!self->paper)
    return; /* it is being built */
  g_clear_pointer (&self->pages, g_array_unref);
  g_clear_pointer (&self->sides, g_array_unref);
  self->pages = desk_print_range_read (gtk_editable_get_text (self->range), all, &problem, &number);
  if (self->pages)
    {
      self->sides = desk_print_paper_sides (self->paper, self->pages, copies, gtk_switch_get_active (self->both));
      outcome = desk_print_words_outcome (self->paper, self->pages->len, all, copies);
      words = printer_problem (self);
      gtk_widget_remove_css_class (GTK_WIDGET (self->range), "error");
    }
  else
    {
      words = desk_print_words_range (problem, number, all);
      gtk_widget_add_css_class (GTK_WIDGET (self->range), "error");
    }
  set_problem (self, words);
  gtk_label_set_label (self->outcome, outcome ? outcome : "");
  gtk_widget_set_visible (self->both_row, all > 1 || copies > 1);
  show_side (self);
}

/* Shows another paper, or the same as it is now; takes a reference. */
void
desk_print_dialog_set_paper (DeskPrintDialog *self, DeskPrintPaper *paper)
{
  DeskPrintPaper *before = self->paper;

  self->paper = desk_print_paper_ref (paper);
  if (before)
    desk_print_paper_unref (before);
  gtk_window_set_title (GTK_WINDOW (self), paper->title);
  gtk_label_set_label (self->note, paper->note ? paper->note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), paper->note != NULL);
  desk_pages_view_set_paper (self->preview, paper->width, paper->height);
  desk_print_dialog_read_wish (self);
}

static void
on_printer (DeskPrintDialog *self)
{
  if (!self->filling && self->paper)
    desk_print_dialog_show_printer (self);
}

static void
on_wish (DeskPrintDialog *self)
{
  desk_print_dialog_read_wish (self);
}

/* ── the option ── */

static void
on_option (DeskPrintDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPrintPaper) paper = self->make ? self->make (self->make_data, gtk_switch_get_active (self->option), &error) : NULL;

  if (paper)
    desk_print_dialog_set_paper (self, paper);
  else if (error && self->teller)
    desk_toast_error (self->teller, error);
}

/* Offers one thing about how the paper is made ("initials instead of names"); destroy frees data. */
void
desk_print_dialog_set_option (DeskPrintDialog *self, const char *title, DeskPrintMake make, gpointer data, GDestroyNotify destroy)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->option_row), title);
  gtk_widget_set_visible (self->option_row, TRUE);
  self->make = make;
  self->make_data = data;
  self->make_free = destroy;
}

/* ── actions ── */

static void
action_print (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_print_dialog_print (DESK_PRINT_DIALOG (widget));
}

static void
action_pdf (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_print_dialog_ask_file (DESK_PRINT_DIALOG (widget));
}

static void
action_side (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPrintDialog *self = DESK_PRINT_DIALOG (widget);
  guint last = self->sides && self->sides->len ? self->sides->len - 1 : 0;

  self->side = g_str_equal (name, "print.first")  ? 0
               : g_str_equal (name, "print.last") ? last
               : g_str_equal (name, "print.later") ? MIN (self->side + 1, last)
                                                   : self->side - MIN (self->side, 1);
  show_side (self);
}

static void
set_zoom (DeskPrintDialog *self, DeskZoom zoom)
{
  self->zoom = zoom;
  desk_pages_view_set_zoom (self->preview, zoom, self->factor);
  g_object_notify (G_OBJECT (self), "zoom");
}

static void
action_zoom (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPrintDialog *self = DESK_PRINT_DIALOG (widget);
  double now = desk_pages_view_get_scale (self->preview);

  self->factor = CLAMP (now * (g_str_equal (name, "print.zoom-in") ? 1.25 : 0.8), 0.25, 4);
  set_zoom (self, DESK_ZOOM_FREE);
}

/* ── the class ── */

enum
{
  PROP_ZOOM = 1,
};

static const char *const zooms[] = { "page", "width", "free" };

static void
desk_print_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, zooms[DESK_PRINT_DIALOG (object)->zoom]);
}

static void
desk_print_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  for (guint i = 0; i < DESK_ZOOM_FREE; i++)
    if (g_strcmp0 (zooms[i], g_value_get_string (value)) == 0)
      set_zoom (DESK_PRINT_DIALOG (object), i);
}

/* What is on its way goes on without the dialog. */
static gboolean
desk_print_dialog_close_request (GtkWindow *window)
{
  DeskPrintDialog *self = DESK_PRINT_DIALOG (window);

  if (!self->run && !self->busy)
    return FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  return TRUE;
}

static void
desk_print_dialog_dispose (GObject *object)
{
  DeskPrintDialog *self = DESK_PRINT_DIALOG (object);

  self->make = NULL;
  if (self->make_free)
    self->make_free (self->make_data);
  self->make_free = NULL;
  g_clear_object (&self->run);
  g_clear_object (&self->session);
  g_clear_weak_pointer (&self->teller);
  g_clear_object (&self->printers);
  g_clear_pointer (&self->pages, g_array_unref);
  g_clear_pointer (&self->sides, g_array_unref);
  g_clear_pointer (&self->paper, desk_print_paper_unref);
  G_OBJECT_CLASS (desk_print_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, printer);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, copies);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, range);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, option_row);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, option);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, both);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, both_row);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, print);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, close);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, note);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, outcome);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, stage);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, number);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DeskPrintDialog, preview);
  gtk_widget_class_bind_template_callback (widget_class, on_wish);
  gtk_widget_class_bind_template_callback (widget_class, on_printer);
  gtk_widget_class_bind_template_callback (widget_class, on_option);
}

static void
install_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action, *target;
  } keys[] = {
    { GDK_KEY_Escape, 0, "window.close", NULL },
    { GDK_KEY_p, GDK_CONTROL_MASK, "print.print", NULL },
    { GDK_KEY_s, GDK_CONTROL_MASK, "print.pdf", NULL },
    { GDK_KEY_Page_Up, 0, "print.earlier", NULL },
    { GDK_KEY_Page_Down, 0, "print.later", NULL },
    { GDK_KEY_Home, GDK_CONTROL_MASK, "print.first", NULL },
    { GDK_KEY_End, GDK_CONTROL_MASK, "print.last", NULL },
    { GDK_KEY_plus, GDK_CONTROL_MASK, "print.zoom-in", NULL },
    { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "print.zoom-in", NULL },
    { GDK_KEY_equal, GDK_CONTROL_MASK, "print.zoom-in", NULL },
    { GDK_KEY_minus, GDK_CONTROL_MASK, "print.zoom-out", NULL },
    { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "print.zoom-out", NULL },
    { GDK_KEY_0, GDK_CONTROL_MASK, "print.zoom", "page" },
    { GDK_KEY_9, GDK_CONTROL_MASK, "print.zoom", "width" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, keys[i].target ? "s" : NULL, keys[i].target);
}

static void
desk_print_dialog_class_init (DeskPrintDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = desk_print_dialog_dispose;
  object_class->get_property = desk_print_dialog_get_property;
  object_class->set_property = desk_print_dialog_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = desk_print_dialog_close_request;
  g_object_class_install_property (object_class, PROP_ZOOM, g_param_spec_string ("zoom", NULL, NULL, "page", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  g_type_ensure (DESK_TYPE_PAGES_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-print-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "print.print", NULL, action_print);
  gtk_widget_class_install_action (widget_class, "print.pdf", NULL, action_pdf);
  gtk_widget_class_install_action (widget_class, "print.earlier", NULL, action_side);
  gtk_widget_class_install_action (widget_class, "print.later", NULL, action_side);
  gtk_widget_class_install_action (widget_class, "print.first", NULL, action_side);
  gtk_widget_class_install_action (widget_class, "print.last", NULL, action_side);
  gtk_widget_class_install_action (widget_class, "print.zoom-in", NULL, action_zoom);
  gtk_widget_class_install_action (widget_class, "print.zoom-out", NULL, action_zoom);
  gtk_widget_class_install_property_action (widget_class, "print.zoom", "zoom");
  install_keys (widget_class);
}

static char *
printer_name (DeskPrinter *printer)
{
  return g_strdup (printer->name);
}

static void
desk_print_dialog_init (DeskPrintDialog *self)
{
  g_autoptr (GtkExpression) name
      = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (printer_name), NULL, NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->factor = 1;
  self->printers = g_list_store_new (DESK_TYPE_PRINTER);
  self->filling = TRUE;
  adw_combo_row_set_expression (self->printer, name);
  adw_combo_row_set_model (self->printer, G_LIST_MODEL (self->printers));
  self->filling = FALSE;
  desk_pages_view_set_draw (self->preview, draw_side, self);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->print);
}

/* Opens the dialog over the window of widget, which is told how it went; lends it. Takes a reference to the paper. */
DeskPrintDialog *
desk_print_dialog_show (GtkWidget *widget, DeskSession *session, DeskPrintPaper *paper)
{
  DeskPrintDialog *self = g_object_new (DESK_TYPE_PRINT_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);

  self->session = g_object_ref (session);
  g_set_weak_pointer (&self->teller, widget);
  desk_print_dialog_set_paper (self, paper);
  desk_print_dialog_show_printer (self);
  desk_print_dialog_find_printers (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->print);
  return self;
}

/* Who is to hear how each print ended; called before the dialog goes. */
void
desk_print_dialog_set_printed (DeskPrintDialog *self, DeskPrintedFunc func, gpointer user_data)
{
  self->printed = func;
  self->printed_data = user_data;
}
