/* Names of places and the order they are filled in. */
#include "desk-container.h"

#include <string.h>

#define MAX_ROMAN 999

static const struct
{
  int value;
  const char *letters;
} romans[] = { { 900, "CM" }, { 500, "D" }, { 400, "CD" }, { 100, "C" }, { 90, "XC" }, { 50, "L" },
               { 40, "XL" },  { 10, "X" },  { 9, "IX" },   { 5, "V" },   { 4, "IV" },  { 1, "I" } };

static const char *
scheme_or (const char *scheme, const char *otherwise)
{
  return scheme && *scheme ? scheme : otherwise;
}

static char *
letters_of (int number, char first)
{
  char letters[8];
  char *p = letters + sizeof letters;

  *--p = '\0';
  for (int n = number; n > 0; n = (n - 1) / 26)
    *--p = first + (n - 1) % 26;
  return g_strdup (p);
}

static char *
roman_of (int number)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (romans); i++)
    for (; number >= romans[i].value; number -= romans[i].value)
      g_string_append (text, romans[i].letters);
  return g_string_free (text, FALSE);
}

/* A row's or column's number, from 1, in its scheme: "C", "c", "3", "III". The caller frees it. */
char *
desk_scheme_name (const char *scheme, int number)
{
  if (g_strcmp0 (scheme, "number") == 0)
    return g_strdup_printf ("%d", number);
  if (g_strcmp0 (scheme, "roman") == 0)
    return roman_of (number);
  return letters_of (number, g_strcmp0 (scheme, "lower") == 0 ? 'a' : 'A');
}

static int
read_number (const char **text)
{
  int value = 0, digits = 0;

  for (; g_ascii_isdigit (**text) && digits < 4; (*text)++, digits++)
    value = value * 10 + (**text - '0');
  return digits <= 3 ? value : 0;
}

static int
read_letters (const char **text)
{
  int value = 0, letters = 0;

  for (; g_ascii_isalpha (**text) && letters < 4; (*text)++, letters++)
    value = value * 26 + g_ascii_toupper (**text) - 'A' + 1;
  return letters <= 3 ? value : 0;
}

/* Only as it would be written: "IIII" is nothing. */
static int
read_roman (const char **text)
{
  const char *start = *text;
  int value = 0;

  for (guint i = 0; i < G_N_ELEMENTS (romans); i++)
    for (gsize length = strlen (romans[i].letters); g_ascii_strncasecmp (*text, romans[i].letters, length) == 0; *text += length)
      {
        value += romans[i].value;
        if (value > MAX_ROMAN)
          return 0;
      }
  g_autofree char *again = roman_of (value);
  return strlen (again) == (gsize) (*text - start) && g_ascii_strncasecmp (again, start, strlen (again)) == 0 ? value : 0;
}

/* Reads a number in a scheme, in capitals or not, and moves text behind it; 0 when there is none. */
int
desk_scheme_read (const char *scheme, const char **text)
{
  if (g_strcmp0 (scheme, "number") == 0)
    return read_number (text);
  return g_strcmp0 (scheme, "roman") == 0 ? read_roman (text) : read_letters (text);
}

static gboolean
is_number (const char *scheme)
{
  return strcmp (scheme, "number") == 0;
}

static int
levels_of (const DeskContainer *container)
{
  return MAX (container->levels, 1);
}

/* Letters beside digits need nothing between them; anything else could be read in two ways. */
static char *
grid_name (const char *row_scheme, const char *col_scheme, int row, int col)
{
  g_autofree char *r = desk_scheme_name (row_scheme, row), *c = desk_scheme_name (col_scheme, col);

  return g_strconcat (r, is_number (row_scheme) != is_number (col_scheme) ? "" : "-", c, NULL);
}

/* The name of a place from its row and column, both from 1: "A1", "Z12", "AA3". The caller frees it. */
char *
desk_place_name (int row, int col)
{
  return grid_name ("upper", "number", row, col);
}

/* The name of a place in its container: "A1" or by its schemes in a grid, the column alone in a list, "S2-R3-L1" in a
 * round tank (sector, rack, level), "S2-R3" where a rack has one level. The caller frees it. */
char *
desk_place_name_in (const DeskContainer *container, int row, int col)
{
  const char *layout = desk_container_layout (container);
  int levels = levels_of (container);

  if (strcmp (layout, "sector") == 0 && levels > 1)
    return g_strdup_printf ("S%d-R%d-L%d", row, (col - 1) / levels + 1, (col - 1) % levels + 1);
  if (strcmp (layout, "sector") == 0)
    return g_strdup_printf ("S%d-R%d", row, col);
  if (strcmp (layout, "list") == 0 || strcmp (layout, "single") == 0)
    return desk_place_col_name (container, col);
  return grid_name (scheme_or (container->row_scheme, "upper"), scheme_or (container->col_scheme, "number"), row, col);
}

/* What stands before a row of the map: "A", "S2". The caller frees it. */
char *
desk_place_row_name (const DeskContainer *container, int row)
{
  if (strcmp (desk_container_layout (container), "sector") == 0)
    return g_strdup_printf ("S%d", row);
  return desk_scheme_name (scheme_or (container->row_scheme, "upper"), row);
}

/* What stands above a column of the map: "1", "R3-L1". The caller frees it. */
char *
desk_place_col_name (const DeskContainer *container, int col)
{
  const char *layout = desk_container_layout (container);
  int levels = levels_of (container);

  if (strcmp (layout, "sector") == 0 && levels > 1)
    return g_strdup_printf ("R%d-L%d", (col - 1) / levels + 1, (col - 1) % levels + 1);
  if (strcmp (layout, "sector") == 0)
    return g_strdup_printf ("R%d", col);
  return desk_scheme_name (scheme_or (container->col_scheme, "number"), col);
}

/* Steps over one mark or space between two parts, if there is one. */
static gboolean
skip_mark (const char **text)
{
  gboolean found = FALSE;

  for (; **text == ' '; (*text)++)
    found = TRUE;
  if (**text && strchr ("-./,:", **text))
    {
      (*text)++;
      found = TRUE;
      for (; **text == ' '; (*text)++)
        ;
    }
  return found;
}

static gboolean
parse_grid (const char *row_scheme, const char *col_scheme, const char *p, int *row, int *col)
{
  int r = desk_scheme_read (row_scheme, &p);
  gboolean marked = skip_mark (&p);

  if (r < 1 || (!marked && is_number (row_scheme) == is_number (col_scheme)))
    return FALSE;
  int c = desk_scheme_read (col_scheme, &p);
  /* 702 rows (ZZ) and 999 columns are what a container can have. */
  if (*p != '\0' || c < 1 || r > 702 || c > 999)
    return FALSE;
  *row = r;
  *col = c;
  return TRUE;
}

/* One part of "S2-R3-L1": its letter, which may be left out, and its number. */
static int
read_part (const char **text, char letter)
{
  if (g_ascii_toupper (**text) == letter)
    (*text)++;
  return read_number (text);
}

static gboolean
parse_sector (int levels, const char *p, int *row, int *col)
{
  int sector = read_part (&p, 'S');
  skip_mark (&p);
  int rack = read_part (&p, 'R');
  skip_mark (&p);
  int level = levels > 1 ? read_part (&p, 'L') : 1;

  if (*p != '\0' || sector < 1 || rack < 1 || level < 1 || level > levels)
    return FALSE;
  *row = sector;
  *col = (rack - 1) * levels + level;
  return TRUE;
}

/* Full width to half, without the space around; NULL when it is not text. */
static char *
fold_width (const char *text)
{
  gboolean readable = text && g_utf8_validate (text, -1, NULL);
  char *folded = readable ? g_utf8_normalize (text, -1, G_NORMALIZE_NFKC) : NULL;

  return folded ? g_strstrip (folded) : NULL;
}

/* Reads a place name as people type it: lower case, full width, "A-1", "a 01". */
gboolean
desk_place_parse (const char *text, int *row, int *col)
{
  g_autofree char *folded = fold_width (text);

  return folded && parse_grid ("upper", "number", folded, row, col);
}

/* Reads the name of a place of that container as people type it; FALSE also when the container has no such place. */
gboolean
desk_place_parse_in (const DeskContainer *container, const char *text, int *row, int *col)
{
  g_autofree char *folded = fold_width (text);
  const char *layout = desk_container_layout (container), *p = folded;
  const char *row_scheme = scheme_or (container->row_scheme, "upper"), *col_scheme = scheme_or (container->col_scheme, "number");
  int r = 1, c = 0;

  if (!folded)
    return FALSE;
  if (strcmp (layout, "sector") == 0)
    {
      if (!parse_sector (levels_of (container), folded, &r, &c))
        return FALSE;
    }
  else if (strcmp (layout, "list") == 0 || strcmp (layout, "single") == 0)
    {
      c = desk_scheme_read (col_scheme, &p);
      if (*p != '\0')
        return FALSE;
    }
  else if (!parse_grid (row_scheme, col_scheme, folded, &r, &c))
    return FALSE;
  if (c < 1 || r > container->rows || c > container->cols)
    return FALSE;
  *row = r;
  *col = c;
  return TRUE;
}

/* The order in three letters: h along the rows or v down the columns, from the top or bottom, from left or right. */
static void
read_order (const char *order, gboolean *down, gboolean *from_bottom, gboolean *from_right)
{
  gboolean good = order && strlen (order) == 3;

  *down = good && order[0] == 'v';
  *from_bottom = good && order[1] == 'b';
  *from_right = good && order[2] == 'r';
}

/* The nth place, from 0, in a fill order; FALSE behind the last. */
gboolean
desk_fill_nth (const char *order, int rows, int cols, int n, int *row, int *col)
{
  gboolean down, from_bottom, from_right;

  if (n < 0 || rows < 1 || cols < 1 || n >= rows * cols)
    return FALSE;
  read_order (order, &down, &from_bottom, &from_right);
  int r = down ? n % rows : n / cols, c = down ? n / rows : n % cols;
  *row = from_bottom ? rows - r : r + 1;
  *col = from_right ? cols - c : c + 1;
  return TRUE;
}

/* The opposite: which one in the order, from 0, a place is; -1 outside. */
int
desk_fill_rank (const char *order, int rows, int cols, int row, int col)
{
  gboolean down, from_bottom, from_right;

  if (row < 1 || col < 1 || row > rows || col > cols)
    return -1;
  read_order (order, &down, &from_bottom, &from_right);
  int r = from_bottom ? rows - row : row - 1, c = from_right ? cols - col : col - 1;
  return down ? c * rows + r : r * cols + c;
}
