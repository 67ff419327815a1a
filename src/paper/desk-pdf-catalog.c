/* The document's language, and that its title stands on the window, belong into the catalog of a PDF, which cairo 1.16
 * writes without them. They are added as PDF itself has it (ISO 32000-1, 7.5.6, incremental updates): the catalog once
 * more at the end, with a table of that one object. No library for it, and nothing that cairo wrote is moved. */
#include "desk-pdf-catalog.h"

#include <string.h>

#define TAIL 2048 /* bytes at the end that hold trailer and startxref */

/* The number behind the last key in a text, or −1. */
static gint64
number_after (const char *text, const char *key)
{
  const char *found = NULL;

  for (const char *p = text; (p = strstr (p, key)); p += strlen (key))
    found = p + strlen (key);
  return found ? g_ascii_strtoll (found, NULL, 10) : -1;
}

/* Where object number begins, by the table of cross-references at offset; −1 where it is none of that plain shape. */
static gint64
object_offset (const GByteArray *pdf, gint64 table, gint64 number)
{
  const char *end = (const char *) pdf->data + pdf->len;
  const char *p = (const char *) pdf->data + table;

  if (table < 0 || table + 10 >= pdf->len || memcmp (p, "xref\n0 ", 7) != 0)
    return -1;
  p = memchr (p + 7, '\n', (gsize) (end - p - 7));
  if (!p || number < 0 || (end - p - 1) / 20 <= number)
    return -1;
  return g_ascii_strtoll (p + 1 + 20 * number, NULL, 10);
}

/* The dictionary of an object "N 0 obj << … >>" without its closing brackets, for the caller to free; NULL where it is not
 * of that shape. */
static char *
dictionary (const GByteArray *pdf, gint64 offset)
{
  g_autofree char *text = NULL;

  if (offset <= 0 || offset >= pdf->len)
    return NULL;
  text = g_strndup ((const char *) pdf->data + offset, MIN (pdf->len - (gsize) offset, TAIL));
  char *open = strstr (text, "obj\n<<"), *close = open ? strstr (open, ">>\nendobj") : NULL;
  return close ? g_strndup (open + 4, (gsize) (close - open - 4)) : NULL;
}

/* Adds the language ("ja", "zh-TW") to a PDF of cairo's. FALSE, and nothing is changed, where its shape is another. */
gboolean
desk_pdf_catalog_set_language (GByteArray *pdf, const char *language)
{
  gsize tail = MIN (pdf->len, TAIL);
  g_autofree char *text = g_strndup ((const char *) pdf->data + pdf->len - tail, tail);
  gint64 table = number_after (text, "startxref\n"), root = number_after (text, "/Root "), size = number_after (text, "/Size ");
  gint64 info = number_after (text, "/Info ");
  g_autofree char *catalog = table > 0 && size > 0 ? dictionary (pdf, object_offset (pdf, table, root)) : NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (!catalog || strpbrk (language, "()\\"))
    return FALSE;
  g_string_append_printf (out, "%" G_GINT64_FORMAT " 0 obj\n%s   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n",
                          root, catalog, language);
  gsize xref = pdf->len + out->len;
  g_string_append_printf (out, "xref\n%" G_GINT64_FORMAT " 1\n%010u 00000 n \ntrailer\n<< /Size %" G_GINT64_FORMAT "\n", root, pdf->len, size);
  g_string_append_printf (out, "   /Root %" G_GINT64_FORMAT " 0 R\n", root);
  if (info >= 0)
    g_string_append_printf (out, "   /Info %" G_GINT64_FORMAT " 0 R\n", info);
  g_string_append_printf (out, "   /Prev %" G_GINT64_FORMAT "\n>>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", table, xref);
  g_byte_array_append (pdf, (const guint8 *) out->str, (guint) out->len);
  return TRUE;
}
