#include "desk-dicom-bytes.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define MAX_ELEMENTS 1000000 /* of one file */
#define MAX_DEPTH 64         /* sequences and items of undefined length within each other */

/* The value representations whose length has four bytes (PS3.5 table 7.1-1). */
static const char long_heads[][2] = {
  "OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV",
};

void
desk_dicom_bytes_init (DeskDicomBytes *bytes, const DeskDicomSource *source)
{
  bytes->source = source;
  bytes->pos = 0;
  bytes->end = source->length;
  bytes->implicit = FALSE;
  bytes->big = FALSE;
  bytes->budget = MAX_ELEMENTS;
  bytes->window_at = 0;
  bytes->window_length = 0;
}

static gboolean
fill_window (DeskDicomBytes *bytes, guint64 offset)
{
  ssize_t n;

  bytes->window_at = offset;
  bytes->window_length = 0;
  while (bytes->window_length < sizeof bytes->window)
    {
      n = pread (bytes->source->fd, bytes->window + bytes->window_length, sizeof bytes->window - bytes->window_length,
                 (off_t) (offset + bytes->window_length));
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return n == 0;
      bytes->window_length += (gsize) n;
      if (bytes->window_at + bytes->window_length >= bytes->end)
        return TRUE;
    }
  return TRUE;
}

/* length bytes at offset, lent until the next call; NULL when they are not all there. At most DESK_DICOM_PEEK_MAX. */
const guint8 *
desk_dicom_bytes_peek (DeskDicomBytes *bytes, guint64 offset, gsize length)
{
  if (offset > bytes->end || length > bytes->end - offset || length > DESK_DICOM_PEEK_MAX)
    return NULL;
  if (bytes->source->fd < 0)
    return bytes->source->data + offset;
  if (offset < bytes->window_at || offset + length > bytes->window_at + bytes->window_length)
    {
      if (!fill_window (bytes, offset) || bytes->window_length < length)
        return NULL;
    }
  return bytes->window + (offset - bytes->window_at);
}

guint16
desk_dicom_bytes_u16 (const DeskDicomBytes *bytes, const guint8 *p)
{
  return bytes->big ? (guint16) (p[0] << 8 | p[1]) : (guint16) (p[1] << 8 | p[0]);
}

guint32
desk_dicom_bytes_u32 (const DeskDicomBytes *bytes, const guint8 *p)
{
  guint32 first = desk_dicom_bytes_u16 (bytes, p), second = desk_dicom_bytes_u16 (bytes, p + 2);

  return bytes->big ? first << 16 | second : second << 16 | first;
}

static gboolean
has_long_head (const char *vr)
{
  for (guint i = 0; i < G_N_ELEMENTS (long_heads); i++)
    if (memcmp (vr, long_heads[i], 2) == 0)
      return TRUE;
  return FALSE;
}

/* Reads the head at pos and goes to its value. NULL when done, else the code of what is wrong. */
const char *
desk_dicom_bytes_next (DeskDicomBytes *bytes, DeskDicomElement *element)
{
  const guint8 *p = desk_dicom_bytes_peek (bytes, bytes->pos, 8);

  if (!p)
    return "truncated";
  if (bytes->budget-- == 0)
    {
      bytes->budget = 0;
      return "too-many-elements";
    }
  element->offset = bytes->pos;
  element->tag = (guint32) desk_dicom_bytes_u16 (bytes, p) << 16 | desk_dicom_bytes_u16 (bytes, p + 2);
  element->vr[0] = element->vr[1] = '?';
  element->length = desk_dicom_bytes_u32 (bytes, p + 4);
  bytes->pos += 8;
  /* Some programs change to heads without VR half-way: such a head is read as what it is. */
  if (!bytes->implicit && element->tag >> 16 != 0xfffe && g_ascii_isupper (p[4]) && g_ascii_isupper (p[5]))
    {
      memcpy (element->vr, p + 4, 2);
      element->length = desk_dicom_bytes_u16 (bytes, p + 6);
      if (has_long_head (element->vr))
        {
          const guint8 *length = desk_dicom_bytes_peek (bytes, bytes->pos, 4);

          if (!length)
            return "truncated";
          element->length = desk_dicom_bytes_u32 (bytes, length);
          bytes->pos += 4;
        }
    }
  element->value = bytes->pos;
  return NULL;
}

static const char *
skip_value (DeskDicomBytes *bytes, guint32 length)
{
  if (length > bytes->end - bytes->pos)
    return "truncated";
  bytes->pos += length;
  return NULL;
}

/* What is open around pos: sequences and items whose length is not said. */
typedef struct
{
  struct
  {
    gboolean item;
    gboolean implicit_before, big_before;
  } levels[MAX_DEPTH];
  guint depth;
} Nest;

static const char *
open_level (DeskDicomBytes *bytes, Nest *nest, gboolean item, gboolean unknown)
{
  if (nest->depth == MAX_DEPTH)
    return "too-deep";
  nest->levels[nest->depth].item = item;
  nest->levels[nest->depth].implicit_before = bytes->implicit;
  nest->levels[nest->depth++].big_before = bytes->big;
  /* A sequence sent on as UN is implicit little endian inside (PS3.5 6.2.2, note 4). */
  if (unknown)
    {
      bytes->implicit = TRUE;
      bytes->big = FALSE;
    }
  return NULL;
}

static const char *
close_level (DeskDicomBytes *bytes, Nest *nest, gboolean item)
{
  if (nest->levels[nest->depth - 1].item != item)
    return "damaged";
  nest->depth--;
  bytes->implicit = nest->levels[nest->depth].implicit_before;
  bytes->big = nest->levels[nest->depth].big_before;
  return NULL;
}

static const char *
skip_in_nest (DeskDicomBytes *bytes, Nest *nest, const DeskDicomElement *element)
{
  gboolean in_item = nest->levels[nest->depth - 1].item, undefined = element->length == DESK_DICOM_UNDEFINED;

  if (element->tag == DESK_DICOM_ITEM_END)
    return close_level (bytes, nest, TRUE);
  if (element->tag == DESK_DICOM_SEQUENCE_END)
    return close_level (bytes, nest, FALSE);
  if ((element->tag == DESK_DICOM_ITEM) == in_item)
    return "damaged";
  if (!undefined)
    return skip_value (bytes, element->length);
  return open_level (bytes, nest, !in_item, in_item && memcmp (element->vr, "UN", 2) == 0);
}

/* Goes past the value of the element just read, whatever is nested in it. NULL when done, else the code of what is
 * wrong. */
const char *
desk_dicom_bytes_skip (DeskDicomBytes *bytes, const DeskDicomElement *element)
{
  DeskDicomElement inner;
  Nest nest;

  if (element->length != DESK_DICOM_UNDEFINED)
    return skip_value (bytes, element->length);
  nest.depth = 0;
  const char *problem = open_level (bytes, &nest, FALSE, memcmp (element->vr, "UN", 2) == 0);
  while (!problem && nest.depth > 0)
    {
      problem = desk_dicom_bytes_next (bytes, &inner);
      if (!problem)
        problem = skip_in_nest (bytes, &nest, &inner);
    }
  return problem;
}
