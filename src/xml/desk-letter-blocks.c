/* The elements of a template become blocks. Everything that is wrong is noted, with its line, and left out. */
#include "desk-letter-blocks.h"

#include <string.h>

static const struct
{
  const char *element;
  DeskBlockKind kind;
} kinds[] = {
  { "group", DESK_BLOCK_GROUP },   { "h", DESK_BLOCK_HEADING },      { "p", DESK_BLOCK_PARAGRAPH },
  { "pair", DESK_BLOCK_PAIR },     { "fields", DESK_BLOCK_FIELDS },  { "table", DESK_BLOCK_TABLE },
  { "head", DESK_BLOCK_ROW },      { "row", DESK_BLOCK_ROW },        { "cell", DESK_BLOCK_CELL },
  { "label", DESK_BLOCK_CELL },    { "value", DESK_BLOCK_CELL },     { "role", DESK_BLOCK_CELL },
  { "line", DESK_BLOCK_CELL },     { "check", DESK_BLOCK_CHECK },    { "signature", DESK_BLOCK_SIGNATURE },
  { "seal", DESK_BLOCK_SEAL },     { "space", DESK_BLOCK_SPACE },    { "break", DESK_BLOCK_BREAK },
  { "rule", DESK_BLOCK_RULE },     { "title", DESK_BLOCK_CELL },     { "foot", DESK_BLOCK_CELL },
  { "mark", DESK_BLOCK_CELL },         { "list", DESK_BLOCK_LIST },      { "item", DESK_BLOCK_ITEM },
  { "barcode", DESK_BLOCK_BARCODE },   { "image", DESK_BLOCK_IMAGE },
};

/* DeskStyle by number. */
static const char *const styles[] = { "", "small", "center", "right", "note", "total", "number", NULL };

/* DeskBarcode by number. */
static const char *const barcodes[] = { "qr", "datamatrix", "code128", NULL };

/* ── words ── */

typedef enum
{
  GAP_NONE,
  GAP_SPACE,
  GAP_LINE, /* the template's line ended */
} Gap;

/* White space between what was read and what comes; at the ends of a text it counts for nothing. */
typedef struct
{
  DeskText *text;
  DeskLetterProblems *problems;
  gunichar last;
  Gap gap;
} Words;

static int
line_of (const xmlNode *node)
{
  return (int) xmlGetLineNo ((xmlNode *) node);
}

/* Japanese has no spaces: where the template's line ends inside it, nothing stands between. */
static gboolean
joins (gunichar before, gunichar after)
{
  return (g_unichar_iswide (before) && (g_unichar_iswide (after) || after == '{'))
         || (before == '}' && g_unichar_iswide (after));
}

/* What is written up to the end of a field stands on one line; a field over two lines counts for the first. */
static void
flush (Words *words, GString *out, gboolean bold, int line)
{
  desk_text_append (words->text, out->str, bold, line, words->problems);
  g_string_truncate (out, 0);
}

/* line: on which the source begins. */
static void
add_words (Words *words, const char *source, gboolean bold, int line)
{
  g_autoptr (GString) out = g_string_new (NULL);
  int open = 0; /* the line of the field that is being read */

  for (const char *p = source; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
        {
          words->gap = c == '\n' ? GAP_LINE : MAX (words->gap, GAP_SPACE);
          line += c == '\n';
          continue;
        }
      gboolean space = words->gap != GAP_NONE && words->last && words->last != '\n';
      if (space && !(words->gap == GAP_LINE && joins (words->last, c)))
        g_string_append_c (out, ' ');
      g_string_append_unichar (out, c);
      if (c == '{' && words->last == '{' && !open)
        open = line;
      if (c == '}' && words->last == '}' && open)
        {
          flush (words, out, bold, open);
          open = 0;
        }
      words->gap = GAP_NONE;
      words->last = c;
    }
  flush (words, out, bold, open ? open : line);
}

static void
add_break (Words *words)
{
  g_ptr_array_add (words->text->runs, desk_run_new (DESK_RUN_TEXT, "\n", FALSE));
  words->last = '\n';
}

static gboolean
is_named (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, name) == 0;
}

static int
count_lines (const char *text)
{
  int n = 0;

  for (const char *p = text; (p = strchr (p, '\n')); p++)
    n++;
  return n;
}

static void
read_words (const xmlNode *parent, const char *language, DeskBlock *block, DeskLetterProblems *problems)
{
  Words words = { desk_text_new (language), problems, 0, GAP_NONE };

  g_ptr_array_add (block->texts, words.text);
  for (const xmlNode *node = parent->children; node; node = node->next)
    {
      gboolean bold = is_named (node, "b"), text = node->type == XML_TEXT_NODE;

      if (is_named (node, "br"))
        add_break (&words);
      if (!bold && !text)
        continue;
      xmlChar *content = xmlNodeGetContent (node);
      /* The parser knows an element's line from where it begins, and a text's from where it ends. */
      int line = line_of (node) - (text ? count_lines ((const char *) content) : 0);
      add_words (&words, (const char *) content, bold, line);
      xmlFree (content);
    }
}

static gboolean
is_blank (const xmlNode *node)
{
  return node->type != XML_TEXT_NODE || xmlIsBlankNode ((xmlNode *) node);
}

static void
read_texts (const xmlNode *element, DeskBlock *block, DeskLetterProblems *problems)
{
  guint variants = 0, others = 0;

  for (const xmlNode *node = element->children; node; node = node->next)
    {
      variants += is_named (node, "t");
      others += is_named (node, "b") || is_named (node, "br") || !is_blank (node);
    }
  if (variants && others)
    desk_letter_problems_add (problems, line_of (element), "outside-language", NULL);
  if (!variants)
    read_words (element, NULL, block, problems);
  for (xmlNode *node = element->children; node; node = node->next)
    if (is_named (node, "t"))
      {
        xmlChar *language = xmlGetNoNsProp (node, (const xmlChar *) "lang");

        if (language)
          read_words (node, (const char *) language, block, problems);
        xmlFree (language);
      }
}

/* ── blocks ── */

/* An attribute as the caller's string, or NULL. */
static char *
attribute (const xmlNode *node, const char *name)
{
  xmlChar *value = xmlGetNoNsProp ((xmlNode *) node, (const xmlChar *) name);
  char *copy = g_strdup ((const char *) value);

  xmlFree (value);
  return copy;
}

static int
number (const xmlNode *node, const char *name)
{
  g_autofree char *value = attribute (node, name);

  return value ? (int) CLAMP (g_ascii_strtoll (value, NULL, 10), 0, 1000) : 0;
}

static DeskBlockKind
kind_of (const xmlNode *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (is_named (node, kinds[i].element))
      return kinds[i].kind;
  return DESK_N_BLOCKS;
}

static gboolean
has_text (DeskBlockKind kind)
{
  return kind == DESK_BLOCK_HEADING || kind == DESK_BLOCK_PARAGRAPH || kind == DESK_BLOCK_PAIR || kind == DESK_BLOCK_CELL
         || kind == DESK_BLOCK_CHECK || kind == DESK_BLOCK_SEAL || kind == DESK_BLOCK_ITEM;
}

/* The index of an attribute's value, 0 where it has none or another. */
static guint
choice (const xmlNode *node, const char *name, const char *const *choices)
{
  g_autofree char *value = attribute (node, name);

  for (guint i = 0; value && choices[i]; i++)
    if (g_str_equal (value, choices[i]))
      return i;
  return 0;
}

static void
read_attributes (const xmlNode *node, DeskBlock *block, DeskLetterProblems *problems)
{
  static const char *const heights[] = { "level", "width", "points", "height", "line" };

  block->line = line_of (node);
  block->condition = attribute (node, "if");
  block->loop = attribute (node, "each");
  block->as = attribute (node, "as");
  block->tick = attribute (node, "tick");
  block->code = attribute (node, "code");
  block->source = attribute (node, block->kind == DESK_BLOCK_SIGNATURE ? "ink" : "field");
  block->style = (DeskStyle) MAX (choice (node, "style", styles), MAX (choice (node, "align", styles), choice (node, "kind", styles)));
  block->barcode = (DeskBarcode) choice (node, "kind", barcodes);
  for (guint i = 0; i < G_N_ELEMENTS (heights); i++)
    block->level = MAX (block->level, number (node, heights[i]));
  if (!block->loop == !block->as)
    return;
  desk_letter_problems_add (problems, block->line, "each-alone", NULL);
  g_clear_pointer (&block->loop, g_free);
  g_clear_pointer (&block->as, g_free);
}

/* NULL for an element that is none of ours (the schema has said so) or stands too deep. */
static DeskBlock *
read_block (const xmlNode *node, int depth, DeskLetterProblems *problems)
{
  DeskBlockKind kind = kind_of (node);

  if (depth > DESK_LETTER_MOST_DEPTH)
    desk_letter_problems_add (problems, line_of (node), "too-deep", NULL);
  if (kind == DESK_N_BLOCKS || depth > DESK_LETTER_MOST_DEPTH)
    return NULL;
  DeskBlock *block = desk_block_new (kind);
  read_attributes (node, block, problems);
  if (has_text (kind))
    read_texts (node, block, problems);
  for (const xmlNode *child = has_text (kind) ? NULL : node->children; child; child = child->next)
    {
      DeskBlock *inner = child->type == XML_ELEMENT_NODE ? read_block (child, depth + 1, problems) : NULL;

      if (inner)
        g_ptr_array_add (block->children, inner);
    }
  return block;
}

static void
keep_single (DeskBlock **place, DeskBlock *block)
{
  desk_block_free (*place);
  *place = block;
}

/* Fills a template from the root of a document, whether or not the schema allows it. */
void
desk_letter_blocks_read (const xmlNode *root, DeskLetterTemplate *template_, DeskLetterProblems *problems)
{
  g_autofree char *languages = attribute (root, "languages");
  g_auto (GStrv) split = g_strsplit (languages ? languages : "", " ", -1);

  template_->name = attribute (root, "name");
  template_->version = attribute (root, "version");
  for (char **language = split; *language; language++)
    if (**language)
      g_ptr_array_add (template_->languages, g_strdup (*language));

  for (const xmlNode *node = root->children; node; node = node->next)
    {
      DeskBlock *block = node->type == XML_ELEMENT_NODE ? read_block (node, 0, problems) : NULL;

      if (!block)
        continue;
      if (is_named (node, "title"))
        keep_single (&template_->title, block);
      else if (is_named (node, "foot"))
        keep_single (&template_->foot, block);
      else if (is_named (node, "mark"))
        keep_single (&template_->mark, block);
      else
        g_ptr_array_add (template_->blocks, block);
    }
}
