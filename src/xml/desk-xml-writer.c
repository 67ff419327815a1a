#include "desk-xml-writer.h"

#include <errno.h>
#include <libxml/xmlwriter.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_SIZE (256 * 1024)
#define REPLACEMENT "\357\277\275" /* U+FFFD */

struct _DeskXmlWriter
{
  xmlTextWriterPtr writer;
  int fd;
  int error;     /* errno of the first failure, 0 while all is well */
  GString *text; /* a text with its bad characters replaced; kept to save allocations */
  gsize used;
  char buffer[BUFFER_SIZE];
};

static gboolean
flush (DeskXmlWriter *self)
{
  gsize done = 0;

  while (done < self->used && !self->error)
    {
      ssize_t n = write (self->fd, self->buffer + done, self->used - done);

      if (n > 0)
        done += n;
      else if (n < 0 && errno != EINTR)
        self->error = errno;
    }
  self->used = 0;
  return !self->error;
}

/* libxml2 hands over 4 kB at a time; they are gathered, to make few and large system calls. It is never told
 * of a failure, since it would print it. */
static int
take_bytes (void *user_data, const char *bytes, int length)
{
  DeskXmlWriter *self = user_data;

  for (int done = 0; done < length && !self->error;)
    {
      gsize part = MIN ((gsize) (length - done), BUFFER_SIZE - self->used);

      memcpy (self->buffer + self->used, bytes + done, part);
      self->used += part;
      done += part;
      if (self->used == BUFFER_SIZE)
        flush (self);
    }
  return length;
}

static void
note (DeskXmlWriter *self, int result)
{
  if (result < 0 && !self->error)
    self->error = ENOMEM; /* all that remains when the bytes themselves were taken */
}

/* A writer that puts its bytes into fd, which stays the caller's. */
DeskXmlWriter *
desk_xml_writer_new (int fd)
{
  DeskXmlWriter *self = g_new (DeskXmlWriter, 1);

  self->fd = fd;
  self->error = 0;
  self->used = 0;
  self->text = g_string_new (NULL);
  self->writer = xmlNewTextWriter (xmlOutputBufferCreateIO (take_bytes, NULL, self, NULL));
  if (!self->writer)
    g_error ("out of memory");
  note (self, xmlTextWriterSetIndent (self->writer, 1));
  note (self, xmlTextWriterStartDocument (self->writer, NULL, "UTF-8", NULL));
  return self;
}

void
desk_xml_writer_free (DeskXmlWriter *self)
{
  if (self->writer)
    xmlFreeTextWriter (self->writer);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* The length in bytes of the character at p when XML 1.0 can hold it (section 2.2), negative when it is a
 * character that XML cannot hold, 0 when it is none at all. */
static int
measure (const guchar *p)
{
  if (p[0] < 0x80)
    return p[0] >= 0x20 || p[0] == '\t' || p[0] == '\n' || p[0] == '\r' ? 1 : -1;
  if (p[0] < 0xc2 || p[0] > 0xf4 || (p[1] & 0xc0) != 0x80)
    return 0;
  if (p[0] < 0xe0)
    return 2;
  if ((p[2] & 0xc0) != 0x80)
    return 0;
  if (p[0] < 0xf0)
    {
      guint c = (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
      return c < 0x800 || (c >= 0xd800 && c <= 0xdfff) || c >= 0xfffe ? -3 : 3;
    }
  guint c = (p[0] & 7u) << 18 | (p[1] & 0x3fu) << 12;
  return (p[3] & 0xc0) != 0x80 || c < 0x10000 || c > 0x10ffff ? 0 : 4;
}

/* The text itself where XML can hold it, else a copy of it that is good until the next call. */
static const xmlChar *
clean (DeskXmlWriter *self, const char *text)
{
  const guchar *p = (const guchar *) text;
  int n;

  while (*p && (n = measure (p)) > 0)
    p += n;
  if (!*p)
    return (const xmlChar *) text;

  g_string_truncate (self->text, 0);
  g_string_append_len (self->text, text, (const char *) p - text);
  while (*p)
    {
      n = measure (p);
      if (n > 0)
        g_string_append_len (self->text, (const char *) p, n);
      else
        g_string_append (self->text, REPLACEMENT);
      p += n == 0 ? 1 : ABS (n);
    }
  return (const xmlChar *) self->text->str;
}

void
desk_xml_writer_start (DeskXmlWriter *self, const char *name)
{
  if (!self->error)
    note (self, xmlTextWriterStartElement (self->writer, (const xmlChar *) name));
}

/* An attribute of the element just started. */
void
desk_xml_writer_attribute (DeskXmlWriter *self, const char *name, const char *value)
{
  if (!self->error)
    note (self, xmlTextWriterWriteAttribute (self->writer, (const xmlChar *) name, clean (self, value)));
}

void
desk_xml_writer_text (DeskXmlWriter *self, const char *text)
{
  if (!self->error)
    note (self, xmlTextWriterWriteString (self->writer, clean (self, text)));
}

/* An element that holds only a text. */
void
desk_xml_writer_element (DeskXmlWriter *self, const char *name, const char *text)
{
  desk_xml_writer_start (self, name);
  desk_xml_writer_text (self, text);
  desk_xml_writer_end (self);
}

void
desk_xml_writer_end (DeskXmlWriter *self)
{
  if (!self->error)
    note (self, xmlTextWriterEndElement (self->writer));
}

/* Whether an error stuck, so that a long loop can end early. */
gboolean
desk_xml_writer_failed (const DeskXmlWriter *self)
{
  return self->error != 0;
}

/* Ends the document and writes what is still held back; does not fsync. DESK_ERROR_FULL on a full disk. */
gboolean
desk_xml_writer_finish (DeskXmlWriter *self, GError **error)
{
  if (!self->error)
    note (self, xmlTextWriterEndDocument (self->writer));
  g_clear_pointer (&self->writer, xmlFreeTextWriter);
  if (flush (self))
    return TRUE;
  DeskError code = self->error == ENOSPC || self->error == EDQUOT || self->error == EFBIG ? DESK_ERROR_FULL : DESK_ERROR_IO;
  g_set_error (error, DESK_ERROR, code, "cannot write: %s", g_strerror (self->error));
  return FALSE;
}
