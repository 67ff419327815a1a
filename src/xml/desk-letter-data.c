#include "desk-letter-data.h"

#include <errno.h>
#include <libxml/parser.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "desk-xml-check.h"
#include "desk-xml-writer.h"

#define NAMESPACE "urn:uketsuke:letter-data:1"
#define MAX_BYTES (16 << 20)
#define MAX_DEPTH 8 /* lists within lists */

/* A file without a name, for what lies in memory and goes through a descriptor. */
static int
memory_file (GError **error)
{
  int fd = memfd_create ("letter-data", MFD_CLOEXEC);

  if (fd < 0)
    g_set_error (error, DESK_ERROR, DESK_ERROR_IO, "no memory file: %s", g_strerror (errno));
  return fd;
}

/* ── writing ── */

typedef struct
{
  DeskXmlWriter *writer;
  const GPtrArray *asked; /* sorted */
} Write;

static gboolean
is_asked (const GPtrArray *asked, const char *name)
{
  for (guint low = 0, high = asked->len; low < high;)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (name, asked->pdata[middle]);

      if (order == 0)
        return TRUE;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return FALSE;
}

static void
write_value (const DeskFieldValue *value, gpointer user_data)
{
  const Write *write = user_data;

  if (!is_asked (write->asked, value->name))
    return;
  desk_xml_writer_start (write->writer, "value");
  desk_xml_writer_attribute (write->writer, "name", value->name);
  if (value->language)
    desk_xml_writer_attribute (write->writer, "lang", value->language);
  if (value->forms)
    desk_xml_writer_attribute (write->writer, "forms", value->forms);
  if (value->day)
    desk_xml_writer_attribute (write->writer, "day", "true");
  desk_xml_writer_text (write->writer, value->text);
  desk_xml_writer_end (write->writer);
}

static void
write_fields (DeskXmlWriter *writer, const DeskFields *fields)
{
  g_autoptr (GPtrArray) asked = desk_fields_asked (fields);
  g_autoptr (GPtrArray) lists = desk_fields_lists (fields);
  Write write = { writer, asked };

  desk_fields_foreach (fields, write_value, &write);
  for (guint i = 0; i < lists->len; i++)
    {
      const char *name = lists->pdata[i];

      if (!is_asked (asked, name))
        continue;
      const GPtrArray *items = desk_fields_get_list (fields, name);
      desk_xml_writer_start (writer, "list");
      desk_xml_writer_attribute (writer, "name", name);
      for (guint j = 0; j < items->len; j++)
        {
          desk_xml_writer_start (writer, "item");
          write_fields (writer, items->pdata[j]);
          desk_xml_writer_end (writer);
        }
      desk_xml_writer_end (writer);
    }
}

static char *
read_back (int fd, GError **error)
{
  off_t length = lseek (fd, 0, SEEK_END);
  g_autofree char *text = g_malloc (length + 1);

  for (off_t done = 0; done < length;)
    {
      ssize_t n = pread (fd, text + done, length - done, done);

      if (n <= 0 && errno != EINTR)
        {
          g_set_error (error, DESK_ERROR, DESK_ERROR_IO, "cannot read what was written: %s", g_strerror (errno));
          return NULL;
        }
      done += MAX (n, 0);
    }
  text[length] = '\0';
  return g_steal_pointer (&text);
}

/* The fields that were looked for since they were set, which are those a letter asked for when it was filled. What XML
 * cannot hold is replaced: who needs to draw the letter the same again draws it from what is read back. */
char *
desk_letter_data_write (const DeskFields *fields, GError **error)
{
  int fd = memory_file (error);

  if (fd < 0)
    return NULL;
  g_autoptr (DeskXmlWriter) writer = desk_xml_writer_new (fd);
  desk_xml_writer_start (writer, "letter-data");
  desk_xml_writer_attribute (writer, "xmlns", NAMESPACE);
  write_fields (writer, fields);
  char *text = desk_xml_writer_finish (writer, error) ? read_back (fd, error) : NULL;
  close (fd);
  return text;
}

/* ── reading ── */

static gboolean
is_named (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, name) == 0;
}

static void
read_value (const xmlNode *node, DeskFields *fields)
{
  xmlChar *name = xmlGetNoNsProp (node, (const xmlChar *) "name");
  xmlChar *language = xmlGetNoNsProp (node, (const xmlChar *) "lang");
  xmlChar *forms = xmlGetNoNsProp (node, (const xmlChar *) "forms");
  xmlChar *day = xmlGetNoNsProp (node, (const xmlChar *) "day");
  xmlChar *text = xmlNodeGetContent (node);
  const DeskFieldValue value = { (const char *) name, (const char *) language, (const char *) forms,
                                 day && (*day == 't' || *day == '1'), text ? (const char *) text : "" };

  desk_fields_put (fields, &value);
  xmlFree (name);
  xmlFree (language);
  xmlFree (forms);
  xmlFree (day);
  xmlFree (text);
}

static gboolean
read_fields (const xmlNode *element, DeskFields *fields, int depth, GError **error)
{
  if (depth > MAX_DEPTH)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "lists are nested too deep");
      return FALSE;
    }
  for (const xmlNode *node = element->children; node; node = node->next)
    {
      if (is_named (node, "value"))
        read_value (node, fields);
      if (!is_named (node, "list"))
        continue;
      xmlChar *name = xmlGetNoNsProp (node, (const xmlChar *) "name");
      gboolean ok = TRUE;
      for (const xmlNode *item = node->children; ok && item; item = item->next)
        if (is_named (item, "item"))
          ok = read_fields (item, desk_fields_add (fields, (const char *) name), depth + 1, error);
      xmlFree (name);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check (const char *xml, gsize length, GError **error)
{
  int fd = memory_file (error);
  gboolean ok = fd >= 0;

  for (gsize done = 0; ok && done < length;)
    {
      ssize_t n = write (fd, xml + done, length - done);

      if (n < 0 && errno != EINTR)
        {
          g_set_error (error, DESK_ERROR, DESK_ERROR_IO, "cannot check the data of a letter: %s", g_strerror (errno));
          ok = FALSE;
        }
      done += MAX (n, 0);
    }
  ok = ok && lseek (fd, 0, SEEK_SET) == 0 && desk_xml_check_fd_as (DESK_XML_LETTER_DATA, fd, MAX_BYTES, NULL, NULL, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

/* What was written, as fields again. DESK_ERROR_INVALID for what is no such data: a file may be damaged. */
DeskFields *
desk_letter_data_read (const char *xml, GError **error)
{
  g_autoptr (DeskFields) fields = desk_fields_new ();
  gsize length = strlen (xml);

  if (!check (xml, length, error))
    return NULL;
  xmlDocPtr doc = xmlReadMemory (xml, (int) length, "letter-data.xml", NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR);
  if (!doc)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, "not the data of a letter");
      return NULL;
    }
  gboolean ok = read_fields (xmlDocGetRootElement (doc), fields, 0, error);
  xmlFreeDoc (doc);
  return ok ? g_steal_pointer (&fields) : NULL;
}
