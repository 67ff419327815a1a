/* The first picture of a DICOM file. DCMTK's programs know the codecs; they run by themselves in a sandbox, and what they
 * write is a picture from outside like any other. */
#pragma once

#include <gio/gio.h>

#include "desk-preview.h"

G_BEGIN_DECLS

gboolean desk_dicom_picture_possible (const char *syntax);
DeskPreview *desk_dicom_picture (int input, const char *syntax, int max_width, int max_height, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
