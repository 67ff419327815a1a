#include "desk-letter-reader.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <string.h>

#include "desk-error.h"
#include "desk-letter-chase.h"
#include "desk-letter-consent.h"
#include "desk-letter-credit.h"
#include "desk-letter-invoice.h"
#include "desk-letter-quote.h"
#include "desk-letter-receipt.h"
#include "desk-letter-refund.h"
#include "desk-letter-schedule.h"
#include "desk-letter-visa.h"
#include "desk-letter-xsd.h"

#define MAX_BYTES (1 << 20)
#define MAX_DEPTH 32 /* elements within elements; ours need six */

static const struct
{
  const char *name, *xml;
} builtins[] = {
  { "consent", desk_letter_consent },
  { "visa-certificate", desk_letter_visa },
  { "treatment-schedule", desk_letter_schedule },
  { "chase", desk_letter_chase },
  { "quote", desk_letter_quote },
  { "invoice", desk_letter_invoice },
  { "receipt", desk_letter_receipt },
  { "refund", desk_letter_refund },
  { "credit", desk_letter_credit },
};

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
  { "mark", DESK_BLOCK_CELL },
};

/* DeskStyle by number. */
static const char *const styles[] = { "", "small", "center", "right", "note", NULL };

static gboolean
fail (GError **error, const xmlNode *node, const char *message)
{
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "line %ld: %s", xmlGetLineNo ((xmlNode *) node), message);
  return FALSE;
}

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
  gunichar last;
  Gap gap;
} Words;

/* Japanese has no spaces: where the template's line ends inside it, nothing stands between. */
static gboolean
joins (gunichar before, gunichar after)
{
  return (g_unichar_iswide (before) && (g_unichar_iswide (after) || after == '{'))
         || (before == '}' && g_unichar_iswide (after));
}

static gboolean
add_words (Words *words, const xmlChar *source, gboolean bold, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = (const char *) source; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
        {
          words->gap = c == '\n' ? GAP_LINE : MAX (words->gap, GAP_SPACE);
          continue;
        }
      gboolean space = words->gap != GAP_NONE && words->last && words->last != '\n';
      if (space && !(words->gap == GAP_LINE && joins (words->last, c)))
        g_string_append_c (out, ' ');
      g_string_append_unichar (out, c);
      words->gap = GAP_NONE;
      words->last = c;
    }
  return desk_text_append (words->text, out->str, bold, error);
}

static gboolean
add_break (Words *words)
{
  g_ptr_array_add (words->text->runs, desk_run_new (DESK_RUN_TEXT, "\n", FALSE));
  words->last = '\n';
  return TRUE;
}

static gboolean
is_named (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, name) == 0;
}

static gboolean
read_words (const xmlNode *parent, const char *language, DeskBlock *block, GError **error)
{
  Words words = { desk_text_new (language), 0, GAP_NONE };
  g_autoptr (GError) inner = NULL;

  g_ptr_array_add (block->texts, words.text);
  for (const xmlNode *node = parent->children; node; node = node->next)
    {
      gboolean bold = is_named (node, "b");

      if (is_named (node, "br"))
        add_break (&words);
      else if (bold || node->type == XML_TEXT_NODE)
        {
          xmlChar *content = xmlNodeGetContent (node);
          gboolean ok = add_words (&words, content, bold, &inner);

          xmlFree (content);
          if (!ok)
            return fail (error, node, inner->message);
        }
    }
  return TRUE;
}

static gboolean
is_blank (const xmlNode *node)
{
  return node->type != XML_TEXT_NODE || xmlIsBlankNode ((xmlNode *) node);
}

static gboolean
read_texts (const xmlNode *element, DeskBlock *block, GError **error)
{
  guint variants = 0, others = 0;

  for (const xmlNode *node = element->children; node; node = node->next)
    {
      variants += is_named (node, "t");
      others += is_named (node, "b") || is_named (node, "br") || !is_blank (node);
    }
  if (variants && others)
    return fail (error, element, "words beside <t> would stand in no language");
  if (!variants)
    return read_words (element, NULL, block, error);

  for (xmlNode *node = element->children; node; node = node->next)
    if (is_named (node, "t"))
      {
        xmlChar *language = xmlGetNoNsProp (node, (const xmlChar *) "lang");
        gboolean ok = read_words (node, (const char *) language, block, error);

        xmlFree (language);
        if (!ok)
          return FALSE;
      }
  return TRUE;
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

  return value ? (int) g_ascii_strtoll (value, NULL, 10) : 0;
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
         || kind == DESK_BLOCK_CHECK || kind == DESK_BLOCK_SEAL;
}

static DeskBlock *
read_block (const xmlNode *node, int depth, GError **error)
{
  DeskBlockKind kind = kind_of (node);
  g_autoptr (DeskBlock) block = desk_block_new (kind);
  g_autofree char *style = attribute (node, "style");

  if (depth > MAX_DEPTH)
    {
      fail (error, node, "blocks are nested too deep");
      return NULL;
    }
  block->condition = attribute (node, "if");
  block->loop = attribute (node, "each");
  block->as = attribute (node, "as");
  block->tick = attribute (node, "tick");
  block->level = MAX (number (node, "level"), MAX (number (node, "width"), number (node, "points")));
  for (guint i = 0; style && styles[i]; i++)
    if (g_str_equal (style, styles[i]))
      block->style = i;
  if (!block->loop != !block->as)
    {
      fail (error, node, "«each» and «as» go together");
      return NULL;
    }

  if (has_text (kind))
    return read_texts (node, block, error) ? g_steal_pointer (&block) : NULL;
  for (const xmlNode *child = node->children; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      {
        DeskBlock *inner = read_block (child, depth + 1, error);

        if (!inner)
          return NULL;
        g_ptr_array_add (block->children, inner);
      }
  return g_steal_pointer (&block);
}

static gboolean
read_letter (const xmlNode *root, DeskLetterTemplate *template_, GError **error)
{
  g_autofree char *languages = attribute (root, "languages");
  g_auto (GStrv) split = g_strsplit (languages, " ", -1);

  template_->name = attribute (root, "name");
  template_->version = attribute (root, "version");
  for (char **language = split; *language; language++)
    g_ptr_array_add (template_->languages, g_strdup (*language));

  for (const xmlNode *node = root->children; node; node = node->next)
    {
      if (node->type != XML_ELEMENT_NODE)
        continue;
      DeskBlock *block = read_block (node, 0, error);
      if (!block)
        return FALSE;
      if (is_named (node, "title"))
        template_->title = block;
      else if (is_named (node, "foot"))
        template_->foot = block;
      else if (is_named (node, "mark"))
        template_->mark = block;
      else
        g_ptr_array_add (template_->blocks, block);
    }
  return TRUE;
}

/* ── documents ── */

static void
on_error (void *user_data, xmlErrorPtr problem)
{
  char **message = user_data;

  if (problem->level < XML_ERR_ERROR || *message)
    return;
  *message = g_strchomp (g_strdup_printf ("line %d: %s", problem->line, problem->message));
}

static xmlSchemaPtr
schema (void)
{
  static gsize compiled;

  if (g_once_init_enter (&compiled))
    {
      xmlInitParser ();
      xmlSchemaParserCtxtPtr parser = xmlSchemaNewMemParserCtxt (desk_letter_xsd, sizeof desk_letter_xsd - 1);
      xmlSchemaPtr parsed = xmlSchemaParse (parser);

      if (!parsed)
        g_error ("the schema of letters inside the program does not compile");
      xmlSchemaFreeParserCtxt (parser);
      g_once_init_leave (&compiled, (gsize) parsed);
    }
  return (xmlSchemaPtr) compiled;
}

static gboolean
validate (xmlDocPtr doc, GError **error)
{
  g_autofree char *message = NULL;
  xmlSchemaValidCtxtPtr validator = xmlSchemaNewValidCtxt (schema ());

  xmlSchemaSetValidStructuredErrors (validator, on_error, &message);
  int result = xmlSchemaValidateDoc (validator, doc);
  xmlSchemaFreeValidCtxt (validator);
  if (result == 0)
    return TRUE;
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, message ? message : "not a letter");
  return FALSE;
}

static gboolean
check_fields (const DeskLetterTemplate *template_, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_letter_template_check (template_, problems);
  if (!desk_problems_block (problems))
    return TRUE;
  const DeskProblem *problem = desk_problems_get (problems, 0);
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "letter %s: %s: %s", template_->name, problem->code, problem->detail);
  return FALSE;
}

/* A DTD of any sort is refused, entities are never expanded, nothing outside the text is read. */
static xmlDocPtr
parse (const char *xml, gsize length, GError **error)
{
  g_autofree char *message = NULL;

  if (length > MAX_BYTES)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "larger than a letter can be");
      return NULL;
    }
  xmlParserCtxtPtr parser = xmlNewParserCtxt ();
  xmlStructuredErrorFunc old_func = xmlStructuredError;
  void *old_data = xmlStructuredErrorContext;
  xmlSetStructuredErrorFunc (&message, on_error);
  xmlDocPtr doc = xmlCtxtReadMemory (parser, xml, (int) length, "letter.xml", NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
  xmlSetStructuredErrorFunc (old_data, old_func);
  xmlFreeParserCtxt (parser);
  xmlResetLastError ();

  if (!doc)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, message ? message : "not well-formed XML");
  else if (xmlGetIntSubset (doc))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "a DOCTYPE is not allowed");
      g_clear_pointer (&doc, xmlFreeDoc);
    }
  return doc;
}

/* Reads and checks a template; length -1 for a terminated string. DESK_ERROR_INVALID with "line N: what", or
 * with the field nobody knows. */
DeskLetterTemplate *
desk_letter_read (const char *xml, gssize length, GError **error)
{
  xmlDocPtr doc = parse (xml, length < 0 ? strlen (xml) : (gsize) length, error);
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_template_new ();

  if (!doc)
    return NULL;
  gboolean ok = validate (doc, error) && read_letter (xmlDocGetRootElement (doc), template_, error)
                && check_fields (template_, error);
  xmlFreeDoc (doc);
  return ok ? g_steal_pointer (&template_) : NULL;
}

/* The names of the letters inside the program, NULL-terminated. */
const char *const *
desk_letter_builtin_names (void)
{
  static const char *names[G_N_ELEMENTS (builtins) + 1];
  static gsize filled;

  if (g_once_init_enter (&filled))
    {
      for (guint i = 0; i < G_N_ELEMENTS (builtins); i++)
        names[i] = builtins[i].name;
      g_once_init_leave (&filled, 1);
    }
  return names;
}

/* Lends the text of a letter inside the program; NULL for any other name. */
const char *
desk_letter_builtin_text (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (builtins); i++)
    if (g_str_equal (name, builtins[i].name))
      return builtins[i].xml;
  return NULL;
}

/* A letter inside the program; DESK_ERROR_NOT_FOUND for any other name. */
DeskLetterTemplate *
desk_letter_builtin (const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (builtins); i++)
    if (g_str_equal (name, builtins[i].name))
      return desk_letter_read (builtins[i].xml, -1, error);
  g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "there is no letter «%s»", name);
  return NULL;
}
