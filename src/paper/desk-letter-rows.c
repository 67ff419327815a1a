#include "desk-letter-rows.h"

#include "desk-letter-marks.h"

#define LABEL_SHARE 0.32
#define CELL_INDENT 4.0
#define GUTTER 16.0 /* between the two columns of a pair */
#define MARK_WIDTH 16.0 /* of an item of a list */

typedef struct
{
  const DeskLetterFonts *fonts;
  const char *language;
  GPtrArray *rows;
  double indent;       /* of the list */
  const char *refusal; /* why the letter cannot be printed, or NULL */
} Build;

typedef struct
{
  double size, before;
  gboolean bold;
  PangoAlignment align;
} Look;

static const Look plain_look = { 9.5, 5, FALSE, PANGO_ALIGN_LEFT };
static const Look label_look = { 8.5, 0, FALSE, PANGO_ALIGN_LEFT };
static const Look heading_looks[] = {
  { 15, 6, TRUE, PANGO_ALIGN_CENTER }, { 11, 9, TRUE, PANGO_ALIGN_LEFT }, { 9.5, 7, TRUE, PANGO_ALIGN_LEFT },
};
static const Look styles[] = {
  [DESK_STYLE_PLAIN] = { 9.5, 5, FALSE, PANGO_ALIGN_LEFT },
  [DESK_STYLE_SMALL] = { 8, 5, FALSE, PANGO_ALIGN_LEFT },
  [DESK_STYLE_CENTER] = { 9.5, 3, FALSE, PANGO_ALIGN_CENTER },
  [DESK_STYLE_RIGHT] = { 9.5, 3, FALSE, PANGO_ALIGN_RIGHT },
  [DESK_STYLE_NOTE] = { 8, 7, FALSE, PANGO_ALIGN_LEFT },
};

void
desk_row_free (gpointer data)
{
  DeskRow *row = data;

  g_ptr_array_unref (row->cells);
  if (row->seal)
    desk_row_cell_free (row->seal);
  g_free (row->title);
  g_free (row->ink);
  desk_symbol_free (row->symbol);
  if (row->picture)
    cairo_surface_destroy (row->picture);
  g_free (row);
}

static DeskRow *
add_row (Build *build, DeskRowKind kind)
{
  DeskRow *row = g_new0 (DeskRow, 1);

  row->kind = kind;
  row->rtl = desk_language_is_rtl (build->language);
  row->cells = g_ptr_array_new_with_free_func (desk_row_cell_free);
  g_ptr_array_add (build->rows, row);
  return row;
}

static const DeskText *
text_of (const DeskBlock *block, guint index)
{
  return block->texts->len > index ? g_ptr_array_index (block->texts, index) : NULL;
}

/* The words of a text on one line. */
static char *
plain_words (const DeskText *text)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; text && i < text->runs->len; i++)
    g_string_append (out, ((DeskRun *) g_ptr_array_index (text->runs, i))->text);
  return g_strdelimit (g_string_free (out, FALSE), "\n", ' ');
}

/* A cell with white between its frame and its text. */
static DeskRowCell *
add_cell (Build *build, DeskRow *row, const DeskText *text, double x, double width, double indent, const Look *look)
{
  DeskRowCell *cell = desk_row_cell (build->fonts, text, x, width - 2 * indent, look->size, look->bold, look->align);

  cell->width = width;
  cell->indent = indent;
  g_ptr_array_add (row->cells, cell);
  return cell;
}

static void
build_text (Build *build, const DeskBlock *block)
{
  gboolean heading = block->kind == DESK_BLOCK_HEADING || block->level > 0;
  gboolean note = block->style == DESK_STYLE_NOTE;
  const Look *look = heading ? &heading_looks[CLAMP (block->level, 1, 3) - 1] : &styles[block->style];
  DeskRow *row = add_row (build, note ? DESK_ROW_NOTE : DESK_ROW_TEXT);
  guint columns = block->kind == DESK_BLOCK_PAIR ? MAX (block->texts->len, 1) : 1;
  double width = (DESK_TEXT_WIDTH - GUTTER * (columns - 1)) / columns;
  Look pair = *look;

  /* Two columns are narrow: a size smaller breaks fewer words. */
  if (columns > 1)
    pair.size = MIN (look->size - 0.8, 10);
  row->before = look->before;
  row->keep_next = heading;
  row->whole = heading;
  row->heading = heading ? CLAMP (block->level, 1, 3) : 0;
  row->title = heading ? plain_words (text_of (block, 0)) : NULL;
  row->padding = note ? 5 : 0;
  for (guint i = 0; i < columns; i++)
    add_cell (build, row, text_of (block, i), i * (width + GUTTER), width, note ? 8 : 0, &pair);
}

static void
build_fields (Build *build, const DeskBlock *block)
{
  for (guint i = 0; i < block->children->len; i++)
    {
      const DeskBlock *line = g_ptr_array_index (block->children, i);
      double label = DESK_TEXT_WIDTH * LABEL_SHARE;
      DeskRow *row = add_row (build, DESK_ROW_FIELD);

      row->before = i == 0 ? 4 : 0;
      row->padding = 2.2;
      row->least = 18;
      for (guint j = 0; j < MIN (line->children->len, 2); j++)
        add_cell (build, row, text_of (g_ptr_array_index (line->children, j), 0), j * label,
                  j ? DESK_TEXT_WIDTH - label : label, CELL_INDENT, j ? &plain_look : &label_look);
    }
}

/* Widths stand in the heading; a cell without one counts as ten. */
static double
share (const DeskBlock *head, guint index)
{
  const DeskBlock *cell = index < head->children->len ? g_ptr_array_index (head->children, index) : NULL;

  return cell && cell->level > 0 ? cell->level : 10;
}

static DeskRow *
build_table_row (Build *build, const DeskBlock *line, const DeskBlock *first, double total)
{
  gboolean head = line == first, sum = line->style == DESK_STYLE_TOTAL;
  DeskRow *row = add_row (build, head ? DESK_ROW_HEAD : sum ? DESK_ROW_TOTAL : DESK_ROW_TABLE);
  double x = 0;

  row->padding = 2.2;
  row->least = 18;
  row->before = head ? 4 : 0;
  row->whole = row->keep_next = head;
  for (guint i = 0; i < MIN (line->children->len, first->children->len); i++)
    {
      const DeskBlock *cell = g_ptr_array_index (line->children, i);
      double width = DESK_TEXT_WIDTH * share (first, i) / total;
      Look look = head ? label_look : plain_look;

      look.bold = head || sum;
      look.align = styles[cell->style].align;
      add_cell (build, row, text_of (cell, 0), x, width, CELL_INDENT, &look);
      x += width;
    }
  return row;
}

/* The head is repeated on every page; a total does not stand alone on one. */
static void
build_table (Build *build, const DeskBlock *block)
{
  const DeskBlock *first = block->children->len ? g_ptr_array_index (block->children, 0) : NULL;
  DeskRow *head = NULL, *last = NULL;
  double total = 0;

  for (guint i = 0; first && i < first->children->len; i++)
    total += share (first, i);
  for (guint i = 0; i < block->children->len; i++)
    {
      DeskRow *row = build_table_row (build, g_ptr_array_index (block->children, i), first, total);

      if (row->kind == DESK_ROW_TOTAL && last)
        last->keep_next = TRUE;
      row->head = head;
      last = row;
      head = head ? head : row;
    }
}

static void
build_check (Build *build, const DeskBlock *block)
{
  DeskRow *row = add_row (build, DESK_ROW_CHECK);

  row->before = 4;
  row->ticked = block->level > 0;
  add_cell (build, row, text_of (block, 0), 18, DESK_TEXT_WIDTH - 18, 0, &plain_look);
}

static void
build_signature (Build *build, const DeskBlock *block)
{
  DeskRow *row = add_row (build, DESK_ROW_SIGNATURE);
  guint lines = 0;
  double room = DESK_TEXT_WIDTH;

  for (guint i = 0; i < block->children->len; i++)
    room -= ((DeskBlock *) g_ptr_array_index (block->children, i))->kind == DESK_BLOCK_SEAL ? DESK_SEAL_SIZE + 20 : 0;
  for (guint i = 0; i < block->children->len; i++)
    {
      const DeskBlock *child = g_ptr_array_index (block->children, i);
      Look look = { 8.5, 0, lines == 0, PANGO_ALIGN_LEFT };

      if (child->kind == DESK_BLOCK_SEAL)
        row->seal = desk_row_cell (build->fonts, text_of (child, 0), DESK_TEXT_WIDTH - DESK_SEAL_SIZE - 10, DESK_SEAL_SIZE, 8, FALSE,
                                   PANGO_ALIGN_CENTER);
      else
        {
          DeskRowCell *cell = add_cell (build, row, text_of (child, 0), 0, room, 8, &look);
          /* A name too long for its line ends in an ellipsis here; it stands in full above. */
          pango_layout_set_height (cell->layout, -1);
          pango_layout_set_ellipsize (cell->layout, PANGO_ELLIPSIZE_END);
          lines++;
        }
    }
  row->ink = g_strdup (block->value);
  row->ink_line = (guint) MAX (block->level, 1);
  row->before = 8;
  row->whole = TRUE;
  row->least = lines * DESK_WRITE_LINE + 6 + (row->ink ? DESK_INK_HEIGHT - DESK_WRITE_LINE : 0);
}

static void build_block (Build *build, const DeskBlock *block);

static void
build_group (Build *build, const DeskBlock *block)
{
  guint from = build->rows->len;

  for (guint i = 0; i < block->children->len; i++)
    build_block (build, g_ptr_array_index (block->children, i));
  for (guint i = from; i + 1 < build->rows->len; i++)
    ((DeskRow *) g_ptr_array_index (build->rows, i))->keep_next = TRUE;
}

/* "2." or a dot, in the direction of the letter. */
static DeskRowCell *
item_mark (Build *build, guint number)
{
  DeskText *text = desk_text_new (build->language);
  g_autoptr (DeskBlock) owner = desk_block_new (DESK_BLOCK_CELL);
  g_autofree char *words = number ? g_strdup_printf ("%u.", number) : g_strdup ("•");

  g_ptr_array_add (owner->texts, text);
  g_ptr_array_add (text->runs, desk_run_new (DESK_RUN_TEXT, words, FALSE));
  return desk_row_cell (build->fonts, text, build->indent, MARK_WIDTH, plain_look.size, FALSE, PANGO_ALIGN_LEFT);
}

/* Items are counted here: those that a condition left out are no longer there. */
static void
build_list (Build *build, const DeskBlock *block)
{
  guint number = 0;

  for (guint i = 0; i < block->children->len; i++)
    {
      const DeskBlock *child = g_ptr_array_index (block->children, i);
      double x = build->indent + MARK_WIDTH;

      if (child->kind == DESK_BLOCK_LIST)
        {
          build->indent += MIN (MARK_WIDTH, DESK_TEXT_WIDTH / 2 - build->indent);
          build_list (build, child);
          build->indent = x - MARK_WIDTH;
          continue;
        }
      DeskRow *row = add_row (build, DESK_ROW_TEXT);
      row->before = 2.5;
      g_ptr_array_add (row->cells, item_mark (build, block->style == DESK_STYLE_NUMBER ? ++number : 0));
      add_cell (build, row, text_of (child, 0), x, DESK_TEXT_WIDTH - x, 0, &styles[child->style == DESK_STYLE_SMALL ? DESK_STYLE_SMALL : DESK_STYLE_PLAIN]);
    }
}

/* Where something of a width stands by its style. */
static void
place_mark (DeskRow *row, const DeskBlock *block, double width)
{
  row->width = width;
  row->x = block->style == DESK_STYLE_RIGHT ? DESK_TEXT_WIDTH - width : block->style == DESK_STYLE_CENTER ? (DESK_TEXT_WIDTH - width) / 2 : 0;
  row->before = 4;
  row->whole = TRUE;
}

static void
build_barcode (Build *build, const DeskBlock *block)
{
  static const DeskSymbolKind symbols[] = { DESK_SYMBOL_QR, DESK_SYMBOL_DATAMATRIX, DESK_SYMBOL_CODE128 };
  static const double heights[] = { 56, 42, 28 };
  g_autoptr (GError) error = NULL;
  DeskSymbol *symbol = block->value ? desk_symbol_new (symbols[block->barcode], block->value, &error) : NULL;
  double height = block->level ? block->level : heights[block->barcode];
  double width = symbol ? desk_letter_symbol_width (symbol, symbols[block->barcode], height) : 0;

  if (block->value && (!symbol || width > DESK_TEXT_WIDTH - 20))
    build->refusal = "barcode-impossible";
  DeskRow *row = add_row (build, DESK_ROW_BARCODE);
  row->symbol = symbol;
  row->least = height;
  place_mark (row, block, width);
}

static void
build_image (Build *build, const DeskBlock *block)
{
  cairo_surface_t *picture = block->value ? desk_letter_picture (block->value) : NULL;
  double height = block->level ? block->level : 42;
  double width = picture ? height * cairo_image_surface_get_width (picture) / cairo_image_surface_get_height (picture) : 0;

  if (block->value && !picture)
    build->refusal = "picture-unreadable";
  if (width > DESK_TEXT_WIDTH)
    height *= DESK_TEXT_WIDTH / width;
  DeskRow *row = add_row (build, DESK_ROW_IMAGE);
  row->picture = picture;
  row->least = height;
  place_mark (row, block, MIN (width, DESK_TEXT_WIDTH));
}

static void
build_space (Build *build, const DeskBlock *block)
{
  add_row (build, DESK_ROW_SPACE)->least = block->level;
}

static void
build_rule (Build *build, const DeskBlock *block)
{
  add_row (build, DESK_ROW_RULE)->least = 9;
}

static void
build_break (Build *build, const DeskBlock *block)
{
  add_row (build, DESK_ROW_BREAK);
}

static void (*const builders[DESK_N_BLOCKS]) (Build *, const DeskBlock *) = {
  [DESK_BLOCK_GROUP] = build_group,   [DESK_BLOCK_HEADING] = build_text, [DESK_BLOCK_PARAGRAPH] = build_text,
  [DESK_BLOCK_PAIR] = build_text,     [DESK_BLOCK_FIELDS] = build_fields, [DESK_BLOCK_TABLE] = build_table,
  [DESK_BLOCK_CHECK] = build_check,   [DESK_BLOCK_SIGNATURE] = build_signature,
  [DESK_BLOCK_LIST] = build_list,     [DESK_BLOCK_BARCODE] = build_barcode, [DESK_BLOCK_IMAGE] = build_image,
  [DESK_BLOCK_SPACE] = build_space,   [DESK_BLOCK_RULE] = build_rule,    [DESK_BLOCK_BREAK] = build_break,
};

static void
build_block (Build *build, const DeskBlock *block)
{
  if (builders[block->kind])
    builders[block->kind] (build, block);
}

/* What begins on the left in a letter from left to right begins on the right in the other. */
static void
mirror (DeskRow *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    {
      DeskRowCell *cell = g_ptr_array_index (row->cells, i);

      cell->x = DESK_TEXT_WIDTH - cell->x - cell->width;
    }
  if (row->seal)
    row->seal->x = DESK_TEXT_WIDTH - row->seal->x - row->seal->width;
  row->x = DESK_TEXT_WIDTH - row->x - row->width;
}

/* The rows of a letter, in order: an array of DeskRow. refusal becomes the code of why it cannot be printed, or stays. */
GPtrArray *
desk_letter_rows (const DeskLetter *letter, const DeskLetterFonts *fonts, const char **refusal)
{
  Build build = { fonts, letter->language, g_ptr_array_new_with_free_func (desk_row_free), 0, NULL };

  for (guint i = 0; i < letter->blocks->len; i++)
    build_block (&build, g_ptr_array_index (letter->blocks, i));
  for (guint i = 0; desk_language_is_rtl (letter->language) && i < build.rows->len; i++)
    mirror (g_ptr_array_index (build.rows, i));
  *refusal = build.refusal ? build.refusal : *refusal;
  return build.rows;
}
