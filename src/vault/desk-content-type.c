#include "desk-content-type.h"

#include <string.h>

static const struct
{
  gsize offset;
  const char *bytes;
  gsize length;
  const char *media_type;
} signatures[] = {
  { 128, "DICM", 4, "application/dicom" },
  { 0, "%PDF-", 5, "application/pdf" },
  { 0, "\x89PNG\r\n\x1a\n", 8, "image/png" },
  { 0, "\xff\xd8\xff", 3, "image/jpeg" },
  { 4, "ftypheic", 8, "image/heic" },
  { 4, "ftypheix", 8, "image/heic" },
  { 4, "ftypheim", 8, "image/heic" },
  { 4, "ftypheis", 8, "image/heic" },
  { 4, "ftyphevc", 8, "image/heic" },
  { 4, "ftypmif1", 8, "image/heic" },
  { 4, "ftypmsf1", 8, "image/heic" },
};

static const struct
{
  const char *extension, *media_type;
} extensions[] = {
  { ".pdf", "application/pdf" }, { ".png", "image/png" },         { ".jpg", "image/jpeg" },        { ".jpeg", "image/jpeg" },
  { ".jpe", "image/jpeg" },      { ".heic", "image/heic" },       { ".heif", "image/heic" },       { ".hif", "image/heic" },
  { ".dcm", "application/dicom" }, { ".dicom", "application/dicom" }, { ".txt", "text/plain" },    { ".csv", "text/plain" },
  { ".tsv", "text/plain" },      { ".hl7", "text/plain" },        { ".xml", "text/plain" },
};

/* Text of any encoding a laboratory writes: no byte that no text has. Two bytes a letter start with their mark. */
static gboolean
is_text (const guint8 *bytes, gsize length)
{
  if (length >= 2 && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "\xfe\xff", 2) == 0))
    return TRUE;
  for (gsize i = 0; i < length; i++)
    if (bytes[i] == 0 || bytes[i] == 127 || (bytes[i] < 32 && !strchr ("\t\n\v\f\r\x1b\x1c", bytes[i])))
      return FALSE;
  return length > 0;
}

/* The media type, static; "application/octet-stream" for what is of no kind that is known. The first
 * DESK_CONTENT_LOOK bytes are enough. */
const char *
desk_content_type (const void *bytes, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (length >= signatures[i].offset + signatures[i].length
        && memcmp ((const char *) bytes + signatures[i].offset, signatures[i].bytes, signatures[i].length) == 0)
      return signatures[i].media_type;
  return is_text (bytes, MIN (length, DESK_CONTENT_LOOK)) ? "text/plain" : "application/octet-stream";
}

/* Whether a file of that name may well be of that type. A name without an extension claims nothing and fits, and so
 * does one with an extension nobody here knows, unless the content is of a kind that is known. */
gboolean
desk_content_extension_fits (const char *name, const char *media_type)
{
  const char *dot = name ? strrchr (name, '.') : NULL;
  gboolean known = FALSE;

  if (!dot || dot == name || strspn (dot + 1, "0123456789") == strlen (dot + 1))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      known |= g_str_equal (extensions[i].media_type, media_type);
      if (g_ascii_strcasecmp (dot, extensions[i].extension) == 0)
        return g_str_equal (extensions[i].media_type, media_type);
    }
  return !known || g_str_equal (media_type, "text/plain");
}
