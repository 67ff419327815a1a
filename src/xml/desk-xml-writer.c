#include "desk-xml-writer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The one part of XML that libxml2 does not do here: an export has to read the clinic as well and may take
 * 1.3 times as long as xmlTextWriter alone for the same bytes, of which reading takes 0.36 (tests/bench/bench-export).
 * What xmlTextWriter would write is the measure: tests/xml/test-writer.c compares them byte by byte. */

#define BUFFER_SIZE (256 * 1024)
#define MAX_DEPTH 32
#define REPLACEMENT "\357\277\275" /* U+FFFD */

struct _DeskXmlWriter
{
  int fd;
  int error; /* errno of the first failure, 0 while all is well */
  int depth;
  gboolean tag_open; /* the start tag still waits for its > */
  gboolean in_text;  /* the end tag follows on the same line */
  const char *names[MAX_DEPTH];
  gsize used;
  char buffer[BUFFER_SIZE];
};

/* Which bytes cannot simply be copied, in a text and in an attribute. */
enum
{
  STOP_TEXT = 1,
  STOP_ATTRIBUTE = 2,
  STOP = STOP_TEXT | STOP_ATTRIBUTE,
};

static const guchar stops[256] = {
  [0 ... 0x08] = STOP, ['\t'] = STOP_ATTRIBUTE, ['\n'] = STOP_ATTRIBUTE, [0x0b ... 0x1f] = STOP,
  ['"'] = STOP,        ['&'] = STOP,             ['<'] = STOP,             ['>'] = STOP,
  [0x80 ... 0xff] = STOP,
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

static void
put_bytes (DeskXmlWriter *self, const char *bytes, gsize length)
{
  while (self->used + length > BUFFER_SIZE)
    {
      gsize part = BUFFER_SIZE - self->used;

      memcpy (self->buffer + self->used, bytes, part);
      self->used += part;
      bytes += part;
      length -= part;
      if (!flush (self))
        return;
    }
  memcpy (self->buffer + self->used, bytes, length);
  self->used += length;
}

static void
put (DeskXmlWriter *self, const char *text)
{
  put_bytes (self, text, strlen (text));
}

/* A writer that puts its bytes into fd, which stays the caller's. */
DeskXmlWriter *
desk_xml_writer_new (int fd)
{
  DeskXmlWriter *self = g_new (DeskXmlWriter, 1);

  self->fd = fd;
  self->error = 0;
  self->depth = 0;
  self->tag_open = FALSE;
  self->in_text = FALSE;
  self->used = 0;
  put (self, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  return self;
}

void
desk_xml_writer_free (DeskXmlWriter *self)
{
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

/* The character at p, which cannot simply be copied; returns how many bytes it was. */
static int
put_special (DeskXmlWriter *self, const guchar *p)
{
  static const char *const references[] = {
    ['\t'] = "&#9;", ['\n'] = "&#10;", ['\r'] = "&#13;", ['"'] = "&quot;", ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;",
  };

  if (*p < G_N_ELEMENTS (references) && references[*p])
    {
      put (self, references[*p]);
      return 1;
    }
  int n = measure (p);
  if (n > 0)
    {
      put_bytes (self, (const char *) p, n);
      return n;
    }
  put (self, REPLACEMENT);
  return n == 0 ? 1 : -n;
}

static void
put_escaped (DeskXmlWriter *self, const char *text, guchar stop)
{
  const guchar *p = (const guchar *) text;

  for (;;)
    {
      const guchar *run = p;

      while (!(stops[*p] & stop))
        p++;
      put_bytes (self, (const char *) run, p - run);
      if (!*p)
        return;
      p += put_special (self, p);
    }
}

static void
new_line (DeskXmlWriter *self)
{
  static const char spaces[MAX_DEPTH + 1] = "                                ";

  put_bytes (self, "\n", 1);
  put_bytes (self, spaces, self->depth);
}

void
desk_xml_writer_start (DeskXmlWriter *self, const char *name)
{
  g_return_if_fail (self->depth < MAX_DEPTH);
  if (self->error)
    return;
  if (self->tag_open)
    put_bytes (self, ">", 1);
  if (self->depth > 0)
    new_line (self);
  put_bytes (self, "<", 1);
  put (self, name);
  self->names[self->depth++] = name;
  self->tag_open = TRUE;
  self->in_text = FALSE;
}

/* An attribute of the element just started. */
void
desk_xml_writer_attribute (DeskXmlWriter *self, const char *name, const char *value)
{
  g_return_if_fail (self->tag_open || self->error);
  if (self->error)
    return;
  put_bytes (self, " ", 1);
  put (self, name);
  put_bytes (self, "=\"", 2);
  put_escaped (self, value, STOP_ATTRIBUTE);
  put_bytes (self, "\"", 1);
}

void
desk_xml_writer_text (DeskXmlWriter *self, const char *text)
{
  if (self->error)
    return;
  if (self->tag_open)
    put_bytes (self, ">", 1);
  self->tag_open = FALSE;
  self->in_text = TRUE;
  put_escaped (self, text, STOP_TEXT);
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
  if (self->error)
    return;
  g_return_if_fail (self->depth > 0);
  const char *name = self->names[--self->depth];
  if (self->tag_open)
    put_bytes (self, "/>", 2);
  else
    {
      if (!self->in_text)
        new_line (self);
      put_bytes (self, "</", 2);
      put (self, name);
      put_bytes (self, ">", 1);
    }
  self->tag_open = FALSE;
  self->in_text = FALSE;
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
  while (self->depth > 0 && !self->error)
    desk_xml_writer_end (self);
  put_bytes (self, "\n", 1);
  if (flush (self))
    return TRUE;
  DeskError code = self->error == ENOSPC || self->error == EDQUOT || self->error == EFBIG ? DESK_ERROR_FULL : DESK_ERROR_IO;
  g_set_error (error, DESK_ERROR, code, "cannot write: %s", g_strerror (self->error));
  return FALSE;
}
