/* Laboratory messages of HL7 v2 (ORU^R01, OUL^R22) into lines:
 *
 *   message CONTROL-ID    begins one; then type, sender, sent
 *   patient ID            begins a patient; then name-code (A, I, P or empty), family, given for each name, birth, sex
 *   report NUMBER         begins a specimen's results; then collected (ISO day), service
 *   value LINE            begins a value; then code, loinc, name, result, unit, range, flag, status, note, on (ISO day)
 *   problem LINE CODE DETAIL   wherever one is found; LINE counts segments of the file from 1
 *
 * A value is as the laboratory sent it; nothing is judged here. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DESK_HL7_MAX_SEGMENTS 100000
#define DESK_HL7_MAX_TEXT 2000 /* bytes of a value or note */
#define DESK_HL7_MAX_PROBLEMS 200

void desk_hl7_read (const char *bytes, gsize length, GString *out);

G_END_DECLS
