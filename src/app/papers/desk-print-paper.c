#include "desk-print-paper.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "desk-error.h"
#include "desk-pages-pdf.h"

/* Takes data; A4 upright unless it is told otherwise. */
DeskPrintPaper *
desk_print_paper_new (const char *title, const char *kind, const char *file, const DeskPrintPages *pages, gpointer data)
{
  DeskPrintPaper *self = g_atomic_rc_box_new0 (DeskPrintPaper);

  self->title = g_strdup (title);
  self->kind = g_strdup (kind);
  self->file = g_strdup (file);
  self->width = 595.276;
  self->height = 841.890;
  self->pages = pages;
  self->data = data;
  return self;
}

DeskPrintPaper *
desk_print_paper_ref (DeskPrintPaper *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
paper_free (gpointer data)
{
  DeskPrintPaper *self = data;

  g_free (self->title);
  g_free (self->kind);
  g_free (self->file);
  g_free (self->note);
  if (self->pages->free)
    self->pages->free (self->data);
}

void
desk_print_paper_unref (DeskPrintPaper *self)
{
  g_atomic_rc_box_release_full (self, paper_free);
}

guint
desk_print_paper_n_pages (DeskPrintPaper *self)
{
  return self->pages->n_pages (self->data);
}

/* What comes out for these pages, in its order; the caller frees it. */
GArray *
desk_print_paper_sides (DeskPrintPaper *self, const GArray *pages, guint copies, gboolean both_sides)
{
  GArray *sides = desk_print_sides (pages, copies, self->copy_no, both_sides);

  for (guint i = 0; !self->marked && i < sides->len; i++)
    g_array_index (sides, DeskPrintSide, i).copy = 0;
  return sides;
}

void
desk_print_paper_draw (DeskPrintPaper *self, cairo_t *cr, const DeskPrintSide *side)
{
  if (!side->blank && side->page < desk_print_paper_n_pages (self))
    self->pages->draw (self->data, cr, side->page, side->copy);
}

typedef struct
{
  DeskPrintPaper *paper;
  const GArray *sides;
} Drawing;

static void
draw_side (gpointer data, cairo_t *cr, guint page)
{
  Drawing *drawing = data;

  desk_print_paper_draw (drawing->paper, cr, &g_array_index (drawing->sides, DeskPrintSide, page));
}

/* Whether the sides are the original, whole. */
static gboolean
is_whole (DeskPrintPaper *self, const GArray *sides)
{
  for (guint i = 0; i < sides->len; i++)
    {
      const DeskPrintSide *side = &g_array_index (sides, DeskPrintSide, i);

      if (side->blank || side->copy || side->page != i)
        return FALSE;
    }
  return sides->len == desk_print_paper_n_pages (self);
}

/* The sides as PDF in a descriptor that is in memory only, at its beginning: what is about patients leaves no trace on a
 * disk. The caller closes it; −1 with an error. */
int
desk_print_paper_pdf (DeskPrintPaper *self, const GArray *sides, GError **error)
{
  int fd = memfd_create ("paper", MFD_CLOEXEC);
  Drawing drawing = { self, sides };

  if (fd < 0)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_IO, "cannot make the PDF: %s", g_strerror (errno));
      return -1;
    }
  gboolean made = self->pages->write && is_whole (self, sides)
                      ? self->pages->write (self->data, fd, error)
                      : desk_pages_write_pdf (self->title, self->width, self->height, sides->len, draw_side, &drawing, fd, error);
  if (made && lseek (fd, 0, SEEK_SET) == 0)
    return fd;
  if (made)
    g_set_error (error, DESK_ERROR, DESK_ERROR_IO, "cannot read the PDF: %s", g_strerror (errno));
  close (fd);
  return -1;
}
