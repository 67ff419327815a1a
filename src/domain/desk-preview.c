#include "desk-preview.h"

void
desk_preview_free (DeskPreview *preview)
{
  if (!preview)
    return;
  g_clear_pointer (&preview->pixels, g_bytes_unref);
  g_free (preview);
}
