#include "desk-xml-check.h"

#include <errno.h>
#include <fcntl.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <string.h>
#include <unistd.h>

#include "desk-letter-data-xsd.h"
#include "desk-plan-xsd.h"
#include "desk-xsd.h"

#define CHUNK (64 * 1024)
#define MAX_DEPTH 64        /* our documents have eight levels */
#define MAX_TEXT (1 << 20)  /* bytes in one text: validation has to gather them */

typedef struct
{
  xmlParserCtxtPtr parser;
  xmlSchemaValidCtxtPtr validator;
  int depth;
  gsize text;    /* bytes since the last tag */
  char *message; /* of the first error, or NULL */
} Check;

static xmlExternalEntityLoader usual;

/* Nothing, but for the grammar of colours that the window's text editor (GtkSourceView) reads with the same library: a
 * file of the system that holds no secret. */
static xmlParserInputPtr
deny (const char *url, const char *id, xmlParserCtxtPtr parser)
{
  gboolean colours = url && g_str_has_prefix (url, "/usr/share/gtksourceview-5/") && !strstr (url, "..") && g_str_has_suffix (url, ".rng");

  return colours && usual ? usual (url, id, parser) : NULL;
}

/* A schema, compiled once; from then on this process loads nothing from outside a document. */
static xmlSchemaPtr
schema_of (DeskXmlSchema which)
{
  static gsize compiled[DESK_N_XML_SCHEMAS];
  static const struct
  {
    const char *text;
    int length;
  } texts[DESK_N_XML_SCHEMAS] = { { desk_xsd, sizeof desk_xsd - 1 }, { desk_plan_xsd, sizeof desk_plan_xsd - 1 },
                                     { desk_letter_data_xsd, sizeof desk_letter_data_xsd - 1 } };

  if (g_once_init_enter (&compiled[which]))
    {
      xmlInitParser ();
      xmlSchemaParserCtxtPtr parser = xmlSchemaNewMemParserCtxt (texts[which].text, texts[which].length);
      xmlSchemaPtr parsed = xmlSchemaParse (parser);

      if (!parsed)
        g_error ("the schema inside the program does not compile");
      xmlSchemaFreeParserCtxt (parser);
      if (xmlGetExternalEntityLoader () != deny)
        usual = xmlGetExternalEntityLoader ();
      xmlSetExternalEntityLoader (deny);
      g_once_init_leave (&compiled[which], (gsize) parsed);
    }
  return (xmlSchemaPtr) compiled[which];
}

static void
fail (Check *check, int line, const char *message)
{
  if (check->message)
    return;
  check->message = g_strdup_printf ("line %d: %s", line, message);
  g_strchomp (check->message);
  /* xmlStopParser () would free the input under the parser's and the validator's feet: we are in their callback. */
  if (check->parser)
    {
      check->parser->disableSAX = 1;
      check->parser->wellFormed = 0;
      check->parser->errNo = XML_ERR_USER_STOP;
    }
}

static int
current_line (Check *check)
{
  return check->parser ? xmlSAX2GetLineNumber (check->parser) : 0;
}

static void
on_error (void *user_data, xmlErrorPtr error)
{
  if (error->level >= XML_ERR_ERROR)
    fail (user_data, error->line, error->message);
}

/* In UTF-7 markup can hide from whoever looks at the bytes. */
static void
on_document (void *user_data)
{
  Check *check = user_data;
  const char *encoding = (const char *) check->parser->encoding;

  if (encoding && g_ascii_strncasecmp (encoding, "UTF-7", 5) == 0)
    fail (check, 1, "UTF-7 is not allowed");
}

static void
on_doctype (void *user_data, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
  fail (user_data, current_line (user_data), "a DOCTYPE is not allowed");
}

static void
on_start (void *user_data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
          const xmlChar **namespaces, int n_attributes, int n_defaulted, const xmlChar **attributes)
{
  Check *check = user_data;

  check->text = 0;
  if (++check->depth > MAX_DEPTH)
    fail (check, current_line (check), "elements are nested too deep");
}

static void
on_end (void *user_data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  Check *check = user_data;

  check->text = 0;
  check->depth--;
}

static void
on_text (void *user_data, const xmlChar *text, int length)
{
  Check *check = user_data;

  check->text += length;
  if (check->text > MAX_TEXT)
    fail (check, current_line (check), "a text is too long");
}

static int
locate (void *user_data, const char **file, unsigned long *line)
{
  if (file)
    *file = NULL;
  if (line)
    *line = current_line (user_data);
  return 0;
}

static gboolean
fail_errno (GError **error, int number)
{
  g_set_error (error, DESK_ERROR, number == ENOENT ? DESK_ERROR_NOT_FOUND : DESK_ERROR_IO, "cannot read: %s", g_strerror (number));
  return FALSE;
}

/* Feeds the parser chunk by chunk until the end, the first error, or the caller's wish. */
static gboolean
feed (Check *check, int fd, gint64 max_bytes, DeskXmlStepFunc step, gpointer user_data, GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  gint64 total = 0;
  ssize_t n;

  while (!check->message)
    {
      n = read (fd, chunk, CHUNK);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_errno (error, errno);
      total += n;
      if (max_bytes && total > max_bytes)
        {
          g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "larger than %" G_GINT64_FORMAT " bytes", max_bytes);
          return FALSE;
        }
      if (step && !step (total, user_data))
        {
          g_set_error_literal (error, DESK_ERROR, DESK_ERROR_FAILED, "stopped");
          return FALSE;
        }
      int result = xmlParseChunk (check->parser, chunk, (int) n, n == 0);
      if (result != 0 && !check->message)
        fail (check, current_line (check), "not well-formed XML");
      if (n == 0)
        break;
    }
  return TRUE;
}

/* Checks from the descriptor's position to its end, against an export's schema. */
gboolean
desk_xml_check_fd (int fd, gint64 max_bytes, DeskXmlStepFunc step, gpointer user_data, GError **error)
{
  return desk_xml_check_fd_as (DESK_XML_CLINIC, fd, max_bytes, step, user_data, error);
}

/* The same against another schema. */
gboolean
desk_xml_check_fd_as (DeskXmlSchema schema, int fd, gint64 max_bytes, DeskXmlStepFunc step, gpointer user_data, GError **error)
{
  xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .startDocument = on_document,
    .internalSubset = on_doctype,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_text,
  };
  Check check = { 0 };

  check.validator = xmlSchemaNewValidCtxt (schema_of (schema));
  check.parser = xmlCreatePushParserCtxt (&handler, &check, NULL, 0, NULL);
  if (!check.validator || !check.parser)
    g_error ("out of memory");
  xmlCtxtUseOptions (check.parser, XML_PARSE_NONET);
  xmlSchemaSetValidStructuredErrors (check.validator, on_error, &check);
  xmlSchemaValidateSetLocator (check.validator, locate, &check);
  xmlSchemaSAXPlugPtr plug = xmlSchemaSAXPlug (check.validator, &check.parser->sax, &check.parser->userData);

  /* The plug hides the handler's own error function: the thread's is used, and given back. */
  xmlStructuredErrorFunc old_func = xmlStructuredError;
  void *old_data = xmlStructuredErrorContext;
  xmlSetStructuredErrorFunc (&check, on_error);
  gboolean ok = feed (&check, fd, max_bytes, step, user_data, error);
  xmlSetStructuredErrorFunc (old_data, old_func);
  xmlResetLastError ();

  xmlSchemaSAXUnplug (plug);
  /* After a check that broke off, libxml2 2.9.14 forgets the keys' memory unless it cleans up twice. */
  plug = xmlSchemaSAXPlug (check.validator, &check.parser->sax, &check.parser->userData);
  xmlSchemaSAXUnplug (plug);
  if (ok && !check.message && !xmlSchemaIsValid (check.validator))
    fail (&check, current_line (&check), "not valid");
  xmlFreeParserCtxt (check.parser);
  xmlSchemaFreeValidCtxt (check.validator);

  g_autofree char *message = check.message;
  if (ok && message)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, message);
  return ok && !message;
}

/* desk_xml_check_fd () of a file; max_bytes 0 for no limit. */
gboolean
desk_xml_check (const char *path, gint64 max_bytes, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    return fail_errno (error, errno);
  gboolean ok = desk_xml_check_fd (fd, max_bytes, NULL, NULL, error);
  close (fd);
  return ok;
}
