/* The book on paper: a day or a week as columns of boxes, a month as weeks, on A4, on as many sheets as it is wide. One
 * drawing for preview, printer and PDF; every word on it comes from whoever fills it. Points; minutes since midnight. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *title, *subtitle; /* "Chair 1", "6 visits" */
  char *closed;           /* why nobody is there, or NULL */
  int opens, closes;
} DeskBookPrintColumn;

typedef struct
{
  guint column, lane, lanes;
  int from, until;
  char *time, *name, *detail, *marks, *letter; /* "09:30", who, what, "ZH ◆ ⚠", the letter of the status */
  gboolean dashed;        /* proposed or held: not yet promised */
} DeskBookPrintBox;

/* Time that is not for visits. */
typedef struct
{
  guint column;
  int from, until;
  char *words;
} DeskBookPrintBlock;

typedef struct
{
  char *number, *note;    /* "23", the holiday or why it is closed */
  char **lines;           /* "6 × Infusion" … */
  gboolean closed, outside, today;
} DeskBookPrintDay;

typedef struct
{
  char *language;         /* of the words, for the shapes of the characters */
  char *title, *clinic, *foot;
  int from, until;        /* the part of the day that is drawn, whole hours */
  GArray *columns, *boxes, *blocks; /* of a day or a week */
  GArray *days;           /* of a month: whole weeks; empty otherwise */
  char *weekdays[7];
} DeskBookPrint;

DeskBookPrint *desk_book_print_new (const char *language, const char *title, const char *clinic, const char *foot);
void desk_book_print_free (DeskBookPrint *print);

gboolean desk_book_print_landscape (const DeskBookPrint *print);
guint desk_book_print_pages (const DeskBookPrint *print);
void desk_book_print_draw (const DeskBookPrint *print, cairo_t *cr, guint page);
gboolean desk_book_print_write_pdf (const DeskBookPrint *print, int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskBookPrint, desk_book_print_free)

G_END_DECLS
