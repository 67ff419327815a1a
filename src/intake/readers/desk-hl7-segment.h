/* A segment of HL7 v2 taken apart. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char field, component, repetition, escape, part;
} DeskHl7Signs;

typedef struct
{
  const char *begin, *end; /* bytes of the file */
  guint line;
} DeskHl7Raw;

gboolean desk_hl7_signs (const DeskHl7Raw *header, DeskHl7Signs *signs);
const char *desk_hl7_encoding (const DeskHl7Raw *segments, guint n_segments, const DeskHl7Signs *signs, char **wrong);
char **desk_hl7_fields (const char *segment, const DeskHl7Signs *signs);
const char *desk_hl7_field (char **fields, guint n);
char *desk_hl7_component (const char *field, const DeskHl7Signs *signs, guint n);
char **desk_hl7_repetitions (const char *field, const DeskHl7Signs *signs);
char *desk_hl7_text (const char *raw, const DeskHl7Signs *signs, gboolean *lost);
char *desk_hl7_day (const char *timestamp);

G_END_DECLS
