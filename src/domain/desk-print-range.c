#include "desk-print-range.h"

#include <string.h>

/* ── pages ── */

/* What is typed with the input method on means the same. */
static gunichar
plain (gunichar c)
{
  if (c >= 0xff10 && c <= 0xff19)
    return c - 0xff10 + '0';
  switch (c)
    {
    case 0x3001: case 0xff0c: case 0xff64: case ';': /* 、 ， ､ */
      return ',';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2212: case 0x30fc: case 0xff0d: case '~': case 0x301c: case 0xff5e:
      return '-';
    case 0x3000: case '\t':
      return ' ';
    default:
      return c;
    }
}

/* A number at *at, which goes on behind it; 0 when there is none. One that is too long is beyond every paper. */
static guint
read_number (const char **at)
{
  guint number = 0;

  for (; **at; *at = g_utf8_next_char (*at))
    {
      gunichar c = plain (g_utf8_get_char (*at));

      if (c < '0' || c > '9')
        break;
      number = MIN (number * 10 + (c - '0'), 1000000);
    }
  return number;
}

static gunichar
skip_spaces (const char **at)
{
  while (**at && plain (g_utf8_get_char (*at)) == ' ')
    *at = g_utf8_next_char (*at);
  return plain (g_utf8_get_char (*at));
}

static gboolean
starts_number (const char *at)
{
  gunichar c = plain (g_utf8_get_char (at));

  return c >= '0' && c <= '9';
}

/* "3", "2-4", "3-" or "-2" at *at. */
static const char *
read_span (const char **at, guint n_pages, guint *from, guint *to)
{
  gboolean named = starts_number (*at);

  *from = named ? read_number (at) : 1;
  *to = *from;
  if (skip_spaces (at) == '-')
    {
      *at = g_utf8_next_char (*at);
      skip_spaces (at);
      gboolean ends = starts_number (*at);
      if (!named && !ends)
        return "range-word";
      *to = ends ? read_number (at) : MAX (n_pages, *from);
    }
  else if (!named)
    return "range-word";
  if (*from == 0 || *to == 0)
    return "range-zero";
  return *to < *from ? "range-backwards" : NULL;
}

/* The pages "1-3,5" of a paper with n_pages, from 0, each once and in the order of the paper; nothing typed means all.
 * The caller frees them. NULL with a static problem: "range-word" (what is that?), "range-zero", "range-backwards" (3-1),
 * "range-beyond" with the number that the paper does not have. */
GArray *
desk_print_range_read (const char *text, guint n_pages, const char **problem, guint *number)
{
  g_autofree gboolean *wanted = g_new0 (gboolean, MAX (n_pages, 1));
  const char *at = text && g_utf8_validate (text, -1, NULL) ? text : "";
  gboolean all = skip_spaces (&at) == 0;

  *problem = NULL;
  *number = 0;
  while (!all && !*problem)
    {
      guint from, to;

      skip_spaces (&at);
      *problem = read_span (&at, n_pages, &from, &to);
      if (!*problem && to > n_pages)
        {
          *problem = "range-beyond";
          *number = from > n_pages ? from : to;
        }
      for (guint i = from; !*problem && i <= to; i++)
        wanted[i - 1] = TRUE;
      gunichar next = skip_spaces (&at);
      if (next == 0)
        break;
      if (next != ',' && !*problem)
        *problem = "range-word";
      at = g_utf8_next_char (at);
    }
  if (*problem)
    return NULL;
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n_pages; i++)
    if (all || wanted[i])
      g_array_append_val (pages, i);
  return pages;
}

/* The pages as they are kept in the register: "1-3,5"; "" for all of them. The caller frees it. */
char *
desk_print_range_format (const GArray *pages, guint n_pages)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; pages->len < n_pages && i < pages->len;)
    {
      guint first = g_array_index (pages, guint, i), last = first;

      while (++i < pages->len && g_array_index (pages, guint, i) == last + 1)
        last++;
      g_string_append_printf (text, "%s%u", text->len ? "," : "", first + 1);
      if (last > first)
        g_string_append_printf (text, "-%u", last + 1);
    }
  return g_string_free (text, FALSE);
}

/* ── original and copies ── */

/* Whether nothing can have come out of it. */
static gboolean
left_nothing (const DeskPrintPast *past)
{
  if (g_str_equal (past->how, "screen"))
    return TRUE;
  return g_str_equal (past->state, "failed") && (g_str_equal (past->how, "pdf") || g_strcmp0 (past->reason, DESK_PRINT_NOT_SENT) == 0);
}

/* Which copy is printed next: 0 is the original. A print that failed half-way, or whose end nobody knows, may have left
 * pages in the tray: from then on everything carries the copy mark, so that there are never two originals. Only what the
 * printer was never given, or a file that was never whole, leaves the original where it was. */
guint
desk_print_copy_no (const DeskPrintPast *past, guint n)
{
  guint copies = 0;

  for (guint i = 0; i < n; i++)
    copies += left_nothing (&past[i]) ? 0 : past[i].copies;
  return copies;
}

/* The sides that come out, of DeskPrintSide, in their order; first_copy is desk_print_copy_no (). On both sides of the paper
 * an odd number of pages is filled up with a blank. The caller frees it. */
GArray *
desk_print_sides (const GArray *pages, guint copies, guint first_copy, gboolean both_sides)
{
  GArray *sides = g_array_new (FALSE, FALSE, sizeof (DeskPrintSide));

  for (guint copy = 0; copy < MIN (copies, DESK_PRINT_COPIES); copy++)
    {
      for (guint i = 0; i < pages->len; i++)
        {
          DeskPrintSide side = { .page = g_array_index (pages, guint, i), .copy = first_copy + copy };
          g_array_append_val (sides, side);
        }
      if (both_sides && pages->len % 2 && copy + 1 < copies)
        {
          DeskPrintSide blank = { .blank = TRUE };
          g_array_append_val (sides, blank);
        }
    }
  return sides;
}

/* ── labels ── */

/* As many labels as fit on a sheet, in its middle, without gaps; FALSE when not one does. mm. */
gboolean
desk_label_grid_fit (DeskLabelGrid *grid, double paper_width, double paper_height, double width, double height, double margin)
{
  double wide = paper_width - 2 * margin, high = paper_height - 2 * margin;

  if (width <= 0 || height <= 0 || width > wide || height > high)
    return FALSE;
  *grid = (DeskLabelGrid){ .paper_width = paper_width, .paper_height = paper_height, .width = width, .height = height };
  grid->columns = (guint) (wide / width + 1e-6);
  grid->rows = (guint) (high / height + 1e-6);
  grid->left = (paper_width - grid->columns * width) / 2;
  grid->top = (paper_height - grid->rows * height) / 2;
  return TRUE;
}

/* How many sheets the labels take when the first stands on the place first (from 0): a sheet that was begun is used up. */
guint
desk_label_grid_sheets (const DeskLabelGrid *grid, guint first, guint n_labels)
{
  guint on_sheet = grid->columns * grid->rows;

  return n_labels ? (first % on_sheet + n_labels + on_sheet - 1) / on_sheet : 0;
}

/* Where a label (from 0) stands: the sheet from 0, and its corner in mm; row after row. */
void
desk_label_grid_place (const DeskLabelGrid *grid, guint first, guint label, guint *sheet, double *x, double *y)
{
  guint on_sheet = grid->columns * grid->rows, place = first % on_sheet + label;

  *sheet = place / on_sheet;
  *x = grid->left + place % on_sheet % grid->columns * grid->width;
  *y = grid->top + place % on_sheet / grid->columns * grid->height;
}
