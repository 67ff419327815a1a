/* Inside the paper layer: what cairo cannot say of a document. */
#pragma once

#include <glib.h>

gboolean desk_pdf_catalog_set_language (GByteArray *pdf, const char *language);
