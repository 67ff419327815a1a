#include "desk-book-print-dialog.h"

#include <glib/gi18n.h>

#include "desk-book-paper.h"
#include "desk-publish.h"
#include "desk-toast.h"

struct _DeskBookPrintDialog
{
  AdwWindow parent_instance;

  DeskPage *page;
  DeskBookView *view; /* or NULL */
  DeskBookMode mode;
  DeskDay day;
  DeskBookPrint *print;
  guint sheet;

  GtkDrawingArea *preview;
  GtkLabel *number;
  GtkWidget *earlier, *later;
  GtkCheckButton *initials;
};

G_DEFINE_FINAL_TYPE (DeskBookPrintDialog, desk_book_print_dialog, ADW_TYPE_WINDOW)

static DeskBookPrint *
make (DeskBookPrintDialog *self, GError **error)
{
  DeskDb *db = desk_page_get_reader (self->page);
  GTimeZone *zone = desk_page_get_zone (self->page);
  const DeskClinic *clinic = desk_page_get_clinic (self->page);
  const char *name = self->view ? self->view->name : NULL;

  if (self->mode == DESK_BOOK_MONTH)
    {
      g_autoptr (DeskBookMonthBoard) month
          = desk_book_month_board_load (db, zone, self->view, self->day, desk_page_get_today (self->page), error);
      return month ? desk_book_paper_of_month (month, clinic, zone, name) : NULL;
    }
  g_autoptr (DeskBookBoard) board = desk_book_board_load (db, zone, self->view, self->mode, self->day, error);
  return board ? desk_book_paper_of_board (board, clinic, name, gtk_check_button_get_active (self->initials)) : NULL;
}

static void
show_sheet (DeskBookPrintDialog *self)
{
  guint n = desk_book_print_pages (self->print);
  g_autofree char *words = NULL;

  self->sheet = MIN (self->sheet, n - 1);
  words = g_strdup_printf ("%u / %u", self->sheet + 1, n);
  gtk_label_set_label (self->number, words);
  gtk_widget_set_sensitive (self->earlier, self->sheet > 0);
  gtk_widget_set_sensitive (self->later, self->sheet + 1 < n);
  gtk_widget_queue_draw (GTK_WIDGET (self->preview));
}

/* Reads the book again, with or without names. */
static void
refresh (DeskBookPrintDialog *self)
{
  g_autoptr (GError) error = NULL;
  DeskBookPrint *print = make (self, &error);

  if (!print)
    {
      desk_toast_error (GTK_WIDGET (self->page), error);
      return;
    }
  g_clear_pointer (&self->print, desk_book_print_free);
  self->print = print;
  show_sheet (self);
}

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  DeskBookPrintDialog *self = user_data;

  if (!self->print)
    return;
  gboolean lies = desk_book_print_landscape (self->print);
  double wide = lies ? 841.89 : 595.276, high = lies ? 595.276 : 841.89, scale = MIN (width / wide, height / high);
  cairo_translate (cr, (width - wide * scale) / 2, (height - high * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_rectangle (cr, 0, 0, wide, high);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill (cr);
  desk_book_print_draw (self->print, cr, self->sheet);
}

static void
action_sheet (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPrintDialog *self = DESK_BOOK_PRINT_DIALOG (widget);

  if (!self->print)
    return;
  if (g_str_equal (name, "print.later"))
    self->sheet++;
  else if (self->sheet > 0)
    self->sheet--;
  show_sheet (self);
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int sheet, DeskBookPrint *print)
{
  desk_book_print_draw (print, gtk_print_context_get_cairo_context (context), (guint) sheet);
}

static void
on_printed (GtkPrintOperation *operation, GtkPrintOperationResult result, DeskPage *page)
{
  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    desk_toast (GTK_WIDGET (page), _("Sent to the printer"));
  else if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    desk_toast (GTK_WIDGET (page), _("The printer did not accept the book. Please look at the printer and try again."));
}

static void
print_gone (gpointer print, GClosure *closure)
{
  desk_book_print_free (print);
}

static void
action_print (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPrintDialog *self = DESK_BOOK_PRINT_DIALOG (widget);
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  g_autoptr (GError) error = NULL;
  DeskBookPrint *print = make (self, &error);

  if (!print)
    {
      desk_toast_error (GTK_WIDGET (self->page), error);
      return;
    }
  gtk_page_setup_set_paper_size (setup, a4);
  gtk_page_setup_set_orientation (setup, desk_book_print_landscape (print) ? GTK_PAGE_ORIENTATION_LANDSCAPE : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (operation, (int) desk_book_print_pages (print));
  gtk_print_operation_set_job_name (operation, print->title);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (on_draw_page), print, print_gone, 0);
  g_signal_connect_object (operation, "done", G_CALLBACK (on_printed), self->page, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self), &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    desk_toast_error (GTK_WIDGET (self->page), error);
}

static gboolean
fill (int fd, gpointer data, GError **error)
{
  return desk_book_print_write_pdf (data, fd, error);
}

/* Writes the sheets as PDF, over what is there: the chooser has asked. */
gboolean
desk_book_print_dialog_write (DeskBookPrintDialog *self, const char *path, GError **error)
{
  g_autoptr (DeskBookPrint) print = make (self, error);

  return print && desk_publish (path, TRUE, fill, print, error);
}

static void
on_chosen (GtkNativeDialog *chooser, int response, DeskBookPrintDialog *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  g_object_unref (chooser);
  if (response != GTK_RESPONSE_ACCEPT || !path)
    return;
  if (!desk_book_print_dialog_write (self, path, &error))
    {
      desk_toast_error (GTK_WIDGET (self->page), error);
      return;
    }
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *words = g_strdup_printf (_("Written: %s"), name);
  desk_toast (GTK_WIDGET (self->page), words);
  gtk_window_close (GTK_WINDOW (self));
}

static void
action_pdf (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBookPrintDialog *self = DESK_BOOK_PRINT_DIALOG (widget);
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (_("Save the Book as PDF"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  g_autofree char *day = desk_day_format (self->day);
  g_autofree char *file = g_strdup_printf ("%s.pdf", day);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), file);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
desk_book_print_dialog_dispose (GObject *object)
{
  DeskBookPrintDialog *self = DESK_BOOK_PRINT_DIALOG (object);

  g_clear_object (&self->page);
  g_clear_pointer (&self->view, desk_book_view_free);
  g_clear_pointer (&self->print, desk_book_print_free);
  G_OBJECT_CLASS (desk_book_print_dialog_parent_class)->dispose (object);
}

static void
desk_book_print_dialog_class_init (DeskBookPrintDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_book_print_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-book-print-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskBookPrintDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPrintDialog, number);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPrintDialog, initials);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPrintDialog, earlier);
  gtk_widget_class_bind_template_child (widget_class, DeskBookPrintDialog, later);
  gtk_widget_class_bind_template_callback (widget_class, refresh);
  gtk_widget_class_install_action (widget_class, "print.earlier", NULL, action_sheet);
  gtk_widget_class_install_action (widget_class, "print.later", NULL, action_sheet);
  gtk_widget_class_install_action (widget_class, "print.print", NULL, action_print);
  gtk_widget_class_install_action (widget_class, "print.pdf", NULL, action_pdf);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "print.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "print.pdf", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "print.earlier", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "print.later", NULL);
}

static void
desk_book_print_dialog_init (DeskBookPrintDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (self->preview, draw, self, NULL);
}

/* Opens the preview of that day, or the week or month it is in, by the view (NULL for all); lends it. */
DeskBookPrintDialog *
desk_book_print_dialog_show (DeskPage *page, const DeskBookView *view, DeskBookMode mode, DeskDay day)
{
  DeskBookPrintDialog *self
      = g_object_new (DESK_TYPE_BOOK_PRINT_DIALOG, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);

  self->page = g_object_ref (page);
  self->view = view ? desk_book_view_copy (view) : NULL;
  self->mode = mode;
  self->day = day;
  gtk_widget_set_visible (GTK_WIDGET (self->initials), mode != DESK_BOOK_MONTH);
  refresh (self);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
