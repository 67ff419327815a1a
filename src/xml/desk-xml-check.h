/* Checks a document against one of our schemas (data/schema) while reading it, in constant memory.
 *
 * The file may come from anywhere: a DOCTYPE of any sort is refused, nothing outside the file is ever read,
 * a hint to another schema is not followed, and the first error ends the reading. */
#pragma once

#include "desk-error.h"

G_BEGIN_DECLS

/* Told the bytes read so far; FALSE ends the check with DESK_ERROR_FAILED. */
typedef gboolean (*DeskXmlStepFunc) (gint64 bytes, gpointer user_data);

typedef enum
{
  DESK_XML_CLINIC, /* uketsuke.xsd: exports */
  DESK_XML_PLAN,   /* plan.xsd: problems of the planner and answers */
  DESK_XML_LETTER_DATA, /* letter-data.xsd: what an issued letter was filled with */
  DESK_N_XML_SCHEMAS
} DeskXmlSchema;

/* max_bytes 0 sets no limit. A document that is not ours, damaged or cut off is DESK_ERROR_INVALID with
 * "line N: what". */
gboolean desk_xml_check_fd (int fd, gint64 max_bytes, DeskXmlStepFunc step, gpointer user_data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_xml_check_fd_as (DeskXmlSchema schema, int fd, gint64 max_bytes, DeskXmlStepFunc step, gpointer user_data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_xml_check (const char *path, gint64 max_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
