/* A table of laboratory results into the lines of desk-hl7-read.h. Two forms are known by the words of the header: a row
 * for each value (test, value, unit, range, date …), or a row for each day with a column for each test, where rows named
 * "unit" and "range" may tell those. First come encoding and delimiter as found. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void desk_lab_csv_read (const char *bytes, gsize length, GString *out);

G_END_DECLS
