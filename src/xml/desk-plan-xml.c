#include "desk-plan-xml.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <string.h>

#include "desk-lines.h"
#include "desk-plan-xsd.h"

/* What the first error says. */
typedef struct
{
  char *message;
} Trouble;

static void
say (Trouble *trouble, int line, const char *words)
{
  if (trouble->message)
    return;
  trouble->message = g_strdup_printf ("line %d: %s", line, words);
  g_strdelimit (g_strchomp (trouble->message), "\n", ' ');
}

static void
on_error (void *user_data, xmlErrorPtr error)
{
  if (error->level >= XML_ERR_ERROR)
    say (user_data, error->line, error->message);
}

static void
on_warning (void *user_data, const char *message, ...)
{
}

/* Ends the reading before one declaration is looked at. */
static void
on_doctype (void *user_data, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
  xmlParserCtxtPtr parser = user_data;

  say (parser->_private, xmlSAX2GetLineNumber (parser), "a DOCTYPE is not allowed");
  parser->disableSAX = 1;
  parser->wellFormed = 0;
  parser->errNo = XML_ERR_USER_STOP;
}

static xmlParserInputPtr
deny (const char *url, const char *id, xmlParserCtxtPtr parser)
{
  return NULL;
}

static xmlDocPtr
parse (const char *xml, gsize length, Trouble *trouble)
{
  xmlParserCtxtPtr parser = xmlNewParserCtxt ();
  xmlDocPtr doc;

  parser->_private = trouble;
  parser->sax->internalSubset = on_doctype;
  parser->sax->warning = on_warning;
  xmlSetStructuredErrorFunc (trouble, on_error);
  doc = xmlCtxtReadMemory (parser, xml, (int) length, "plan.xml", NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
  xmlFreeParserCtxt (parser);
  if (!trouble->message && !doc)
    say (trouble, 1, "not well-formed XML");
  if (trouble->message)
    g_clear_pointer (&doc, xmlFreeDoc);
  return doc;
}

static gboolean
validate (xmlDocPtr doc, Trouble *trouble)
{
  xmlSchemaParserCtxtPtr parser = xmlSchemaNewMemParserCtxt (desk_plan_xsd, sizeof desk_plan_xsd - 1);
  xmlSchemaPtr schema = xmlSchemaParse (parser);
  xmlSchemaValidCtxtPtr validator = schema ? xmlSchemaNewValidCtxt (schema) : NULL;

  if (!validator)
    g_error ("the schema inside the program does not compile");
  xmlSchemaSetValidStructuredErrors (validator, on_error, trouble);
  if (xmlSchemaValidateDoc (validator, doc) != 0)
    say (trouble, 1, "not a problem of the planner");
  xmlSchemaFreeValidCtxt (validator);
  xmlSchemaFree (schema);
  xmlSchemaFreeParserCtxt (parser);
  return trouble->message == NULL;
}

/* Which elements can come more than once. */
static gboolean
repeats (const char *name)
{
  static const char *const many[] = { "closed", "blackout", "room", "window", "dose", "paper", NULL };

  return g_strv_contains (many, name);
}

static void
add_attributes (GString *out, const xmlNode *node, const char *name)
{
  g_autoptr (GString) key = g_string_new (NULL);

  for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
    {
      xmlChar *value = xmlNodeListGetString (node->doc, attribute->children, 1);

      g_string_printf (key, "%s.%s", name, (const char *) attribute->name);
      if (!attribute->ns)
        desk_lines_add (out, key->str, value ? (const char *) value : "");
      xmlFree (value);
    }
}

static void
add_lines (GString *out, const xmlNode *root)
{
  add_attributes (out, root, "problem");
  for (const xmlNode *node = root->children; node; node = node->next)
    {
      if (node->type != XML_ELEMENT_NODE)
        continue;
      /* A line of its own begins each, so that one without attributes is one, too. */
      if (repeats ((const char *) node->name))
        desk_lines_add (out, (const char *) node->name, "");
      add_attributes (out, node, (const char *) node->name);
    }
}

gboolean
desk_plan_xml_lines (const char *xml, gsize length, GString *out, GError **error)
{
  Trouble trouble = { NULL };
  xmlStructuredErrorFunc old_func = xmlStructuredError;
  void *old_data = xmlStructuredErrorContext;
  xmlDocPtr doc = NULL;

  if (length > DESK_PLAN_XML_MAX)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "larger than %d bytes", DESK_PLAN_XML_MAX);
      return FALSE;
    }
  xmlInitParser ();
  xmlSetExternalEntityLoader (deny);
  doc = parse (xml, length, &trouble);
  if (doc && strcmp ((const char *) xmlDocGetRootElement (doc)->name, "plan-problem") != 0)
    say (&trouble, 1, "not a problem of the planner");
  if (doc && !trouble.message && validate (doc, &trouble))
    add_lines (out, xmlDocGetRootElement (doc));
  xmlSetStructuredErrorFunc (old_data, old_func);
  xmlResetLastError ();
  if (doc)
    xmlFreeDoc (doc);
  if (!trouble.message)
    return TRUE;
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, trouble.message);
  g_free (trouble.message);
  return FALSE;
}
