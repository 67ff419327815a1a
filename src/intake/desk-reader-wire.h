/* What uketsuke-reader writes for a picture: this header in the machine's own byte order, then height rows of width R, G, B, A
 * bytes. And the limits both sides hold. */
#pragma once

#include <glib.h>

#define DESK_READER_MAGIC 0x56504b55u /* "UKPV" */
#define DESK_READER_FOLDER "/in" /* where the helper sees the folder of a call */
#define DESK_READER_MAX_BYTES (50 << 20)
#define DESK_READER_MAX_PIXELS 100000000
#define DESK_READER_MAX_SIDE 4096 /* of the picture asked for */

typedef struct
{
  guint32 magic;
  gint32 width, height, pages;
} DeskReaderHeader;
