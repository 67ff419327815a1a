#include "desk-letter-rows.h"

#define LABEL_SHARE 0.32
#define CELL_INDENT 4.0
#define GUTTER 16.0 /* between the two columns of a pair */
#define SEAL_SIZE 54.0
#define WRITE_LINE 21.0 /* height of a line to write on */

typedef struct
{
  PangoContext *context;
  GPtrArray *rows;
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
  g_free (row);
}

static DeskRow *
add_row (Build *build, DeskRowKind kind)
{
  DeskRow *row = g_new0 (DeskRow, 1);

  row->kind = kind;
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
  DeskRowCell *cell = desk_row_cell (build->context, text, x, width - 2 * indent, look->size, look->bold, look->align);

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

static void
build_table (Build *build, const DeskBlock *block)
{
  const DeskBlock *first = block->children->len ? g_ptr_array_index (block->children, 0) : NULL;
  const DeskRow *head = NULL;
  double total = 0;

  for (guint i = 0; first && i < first->children->len; i++)
    total += share (first, i);
  for (guint i = 0; i < block->children->len; i++)
    {
      const DeskBlock *line = g_ptr_array_index (block->children, i);
      DeskRow *row = add_row (build, i == 0 ? DESK_ROW_HEAD : DESK_ROW_TABLE);
      Look look = i == 0 ? label_look : plain_look;
      double x = 0;

      look.bold = i == 0;
      row->padding = 2.2;
      row->least = 18;
      row->before = i == 0 ? 4 : 0;
      row->whole = row->keep_next = i == 0;
      row->head = head;
      for (guint j = 0; j < MIN (line->children->len, first->children->len); j++)
        {
          double width = DESK_TEXT_WIDTH * share (first, j) / total;
          look.align = styles[((DeskBlock *) g_ptr_array_index (line->children, j))->style].align;
          add_cell (build, row, text_of (g_ptr_array_index (line->children, j), 0), x, width, CELL_INDENT, &look);
          x += width;
        }
      if (i == 0)
        head = row;
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
    room -= ((DeskBlock *) g_ptr_array_index (block->children, i))->kind == DESK_BLOCK_SEAL ? SEAL_SIZE + 20 : 0;
  for (guint i = 0; i < block->children->len; i++)
    {
      const DeskBlock *child = g_ptr_array_index (block->children, i);
      Look look = { 8.5, 0, lines == 0, PANGO_ALIGN_LEFT };

      if (child->kind == DESK_BLOCK_SEAL)
        row->seal = desk_row_cell (build->context, text_of (child, 0), DESK_TEXT_WIDTH - SEAL_SIZE - 10, SEAL_SIZE, 8, FALSE,
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
  row->before = 8;
  row->whole = TRUE;
  row->least = lines * WRITE_LINE + 6;
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
  [DESK_BLOCK_SPACE] = build_space,   [DESK_BLOCK_RULE] = build_rule,    [DESK_BLOCK_BREAK] = build_break,
};

static void
build_block (Build *build, const DeskBlock *block)
{
  if (builders[block->kind])
    builders[block->kind] (build, block);
}

/* The rows of a letter, in order: an array of DeskRow. */
GPtrArray *
desk_letter_rows (const DeskLetter *letter, PangoContext *context)
{
  Build build = { context, g_ptr_array_new_with_free_func (desk_row_free) };

  for (guint i = 0; i < letter->blocks->len; i++)
    build_block (&build, g_ptr_array_index (letter->blocks, i));
  return build.rows;
}
