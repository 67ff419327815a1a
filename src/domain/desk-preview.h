/* The first page of a document as a picture. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int width, height, stride; /* pixels; bytes per row */
  int pages;                 /* of the document; 1 for a picture */
  GBytes *pixels;            /* R, G, B, A bytes, not premultiplied: GDK_MEMORY_R8G8B8A8 */
} DeskPreview;

void desk_preview_free (DeskPreview *preview);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPreview, desk_preview_free)

G_END_DECLS
