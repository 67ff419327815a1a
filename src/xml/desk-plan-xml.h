/* A problem of the planner as XML, turned into lines of base/desk-lines.h: for the helper that alone parses files from
 * outside. */
#pragma once

#include "desk-error.h"

G_BEGIN_DECLS

#define DESK_PLAN_XML_MAX (1 << 20) /* bytes of a document */

/* Appends a line for each attribute, "gap.min<TAB>7", with the number of the element behind the names of those that can
 * come more than once. DESK_ERROR_INVALID with "line N: what" for anything that is not a problem by data/schema/plan.xsd. */
gboolean desk_plan_xml_lines (const char *xml, gsize length, GString *out, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
