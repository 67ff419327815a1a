/* Anything that can be printed, as the print dialog sees it: pages that are drawn, what it is remembered by, and whether a
 * register is kept of its prints. */
#pragma once

#include <cairo.h>

#include "desk-db.h"
#include "desk-print-range.h"

G_BEGIN_DECLS

typedef struct _DeskPrintPaper DeskPrintPaper;

/* How it goes out: to a printer, or into a file. */
typedef struct
{
  const char *how;    /* "printer", "pdf" */
  const char *target; /* name of the printer, or "" */
  const char *pages;  /* "2-3", "" for all */
  int copies;
  guint copy_no;      /* which copy the first of them was drawn as, 0 the original */
} DeskPrintOut;

/* What a kind of paper can do; functions that may be NULL say so. data is the paper's. */
typedef struct
{
  guint (*n_pages) (gpointer data);
  /* A page on its paper, points; copy: which copy its mark says, 0 the original. */
  void (*draw) (gpointer data, cairo_t *cr, guint page, guint copy);
  /* The PDF of the whole original, byte for byte as the register knows it; NULL: as drawn. */
  gboolean (*write) (gpointer data, int fd, GError **error);
  /* To which of several papers a page belongs; NULL. The caller frees it. */
  char *(*part) (gpointer data, guint page);
  /* In the worker: gives it its number and lends it to the register, and answers the paper that is to be printed in its
   * place; NULL: it needs none. */
  DeskPrintPaper *(*issue) (DeskDb *db, gpointer data, GError **error);
  /* In the worker: writes that it goes out, one token for each row, and how it ended; both or none are NULL. */
  gboolean (*begin) (DeskDb *db, gpointer data, const DeskPrintOut *out, GArray *tokens, GError **error);
  gboolean (*end) (DeskDb *db, const GArray *tokens, const char *state, const char *reason, GError **error);
  void (*free) (gpointer data);
} DeskPrintPages;

struct _DeskPrintPaper
{
  char *title;            /* of the job and of the dialog */
  char *kind;             /* which printer it had is remembered by this: "book", "label-unit", a letter's name */
  char *file;             /* proposed for a PDF */
  char *note;             /* what is to be known before it is printed, or NULL */
  double width, height;   /* points */
  gboolean marked;        /* copies carry a mark */
  guint copy_no;          /* of one that is marked: what is printed next, 0 the original */
  const DeskPrintPages *pages;
  gpointer data;
};

DeskPrintPaper *desk_print_paper_new (const char *title, const char *kind, const char *file, const DeskPrintPages *pages, gpointer data);
DeskPrintPaper *desk_print_paper_ref (DeskPrintPaper *self);
void desk_print_paper_unref (DeskPrintPaper *self);
guint desk_print_paper_n_pages (DeskPrintPaper *self);
GArray *desk_print_paper_sides (DeskPrintPaper *self, const GArray *pages, guint copies, gboolean both_sides);
void desk_print_paper_draw (DeskPrintPaper *self, cairo_t *cr, const DeskPrintSide *side);
int desk_print_paper_pdf (DeskPrintPaper *self, const GArray *sides, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPrintPaper, desk_print_paper_unref)

G_END_DECLS
