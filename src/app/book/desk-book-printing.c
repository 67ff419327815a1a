#include "desk-book-printing.h"

#include <glib/gi18n.h>

#include "desk-book-paper.h"
#include "desk-toast.h"

/* Which part of the book. */
typedef struct
{
  DeskPage *page;     /* held */
  DeskBookView *view; /* or NULL for all */
  DeskBookMode mode;
  DeskDay day;
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_object_unref (part->page);
  g_clear_pointer (&part->view, desk_book_view_free);
  g_free (part);
}

static DeskBookPrint *
lay_out (const Part *part, gboolean initials, GError **error)
{
  DeskDb *db = desk_page_get_reader (part->page);
  GTimeZone *zone = desk_page_get_zone (part->page);
  const DeskClinic *clinic = desk_page_get_clinic (part->page);
  const char *name = part->view ? part->view->name : NULL;

  if (part->mode == DESK_BOOK_MONTH)
    {
      g_autoptr (DeskBookMonthBoard) month
          = desk_book_month_board_load (db, zone, part->view, part->day, desk_page_get_today (part->page), error);
      return month ? desk_book_paper_of_month (month, clinic, zone, name) : NULL;
    }
  g_autoptr (DeskBookBoard) board = desk_book_board_load (db, zone, part->view, part->mode, part->day, error);
  return board ? desk_book_paper_of_board (board, clinic, name, initials) : NULL;
}

static guint
n_pages (gpointer data)
{
  return desk_book_print_pages (data);
}

static void
draw (gpointer data, cairo_t *cr, guint page, guint copy)
{
  desk_book_print_draw (data, cr, page);
}

static gboolean
write_pdf (gpointer data, int fd, GError **error)
{
  return desk_book_print_write_pdf (data, fd, error);
}

static void
free_print (gpointer data)
{
  desk_book_print_free (data);
}

static const DeskPrintPages sheets = { .n_pages = n_pages, .draw = draw, .write = write_pdf, .free = free_print };

static DeskPrintPaper *
make (gpointer data, gboolean initials, GError **error)
{
  const Part *part = data;
  DeskBookPrint *print = lay_out (part, initials, error);
  g_autofree char *day = desk_day_format (part->day);
  g_autofree char *file = g_strdup_printf ("%s.pdf", day);

  if (!print)
    return NULL;
  DeskPrintPaper *paper = desk_print_paper_new (print->title, "book", file, &sheets, print);
  if (desk_book_print_landscape (print))
    {
      double width = paper->width;

      paper->width = paper->height;
      paper->height = width;
    }
  return paper;
}

/* Opens the print dialog for that day, or the week or month it is in, by the view (NULL for all); lends it. NULL when the
 * book cannot be read, which is told. */
DeskPrintDialog *
desk_book_printing_show (DeskPage *page, const DeskBookView *view, DeskBookMode mode, DeskDay day)
{
  g_autoptr (GError) error = NULL;
  Part *part = g_new0 (Part, 1);

  *part = (Part){ g_object_ref (page), view ? desk_book_view_copy (view) : NULL, mode, day };
  g_autoptr (DeskPrintPaper) paper = make (part, FALSE, &error);
  if (!paper)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      part_free (part);
      return NULL;
    }
  DeskPrintDialog *dialog = desk_print_dialog_show (GTK_WIDGET (page), desk_page_get_session (page), paper);
  if (mode == DESK_BOOK_MONTH)
    part_free (part);
  else
    desk_print_dialog_set_option (dialog, _("_Initials instead of names"), make, part, part_free);
  return dialog;
}
