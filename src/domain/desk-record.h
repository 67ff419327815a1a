/* Plain structs of texts, by a table of their members: what companions and stays share. */
#pragma once

#include "desk-problem.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* of the member: also the column and the field of a problem */
  gsize offset;     /* of the char * in the struct */
  guint max;        /* longest text accepted, in characters */
  gboolean lines;   /* may have more than one line */
} DeskRecordField;

char **desk_record_member (gconstpointer record, const DeskRecordField *field);
const char *desk_record_get (gconstpointer record, const DeskRecordField *field);
void desk_record_set (gpointer record, const DeskRecordField *field, const char *value);
const DeskRecordField *desk_record_find (const DeskRecordField *fields, guint n_fields, const char *name);
void desk_record_tidy (gpointer record, const DeskRecordField *fields, guint n_fields);
void desk_record_check (gconstpointer record, const DeskRecordField *fields, guint n_fields, DeskProblems *problems);
char *desk_record_differences (gconstpointer before, gconstpointer after, const DeskRecordField *fields, guint n_fields);

G_END_DECLS
