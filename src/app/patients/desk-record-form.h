/* A form made from a table: fields in sections, two beside each other, problems under the field they are about.
 * Everything goes in and out as text by the field's name; a switch is "1" or "". */
#pragma once

#include <adwaita.h>

#include "desk-problem.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_FORM_TEXT,
  DESK_FORM_WIDE,   /* a line of its own */
  DESK_FORM_CHOICE, /* one of a few codes */
  DESK_FORM_SWITCH,
} DeskFormKind;

typedef struct
{
  const char *section; /* N_(), on the first field of a section */
  const char *name;
  const char *title;   /* N_() */
  DeskFormKind kind;
  const char *hint;    /* N_() or NULL: what is accepted */
  const char *group;   /* CHOICE: of words */
  const char *const *choices; /* CHOICE: codes, NULL-terminated */
} DeskFormField;

#define DESK_TYPE_RECORD_FORM (desk_record_form_get_type ())
G_DECLARE_FINAL_TYPE (DeskRecordForm, desk_record_form, DESK, RECORD_FORM, AdwBin)

DeskRecordForm *desk_record_form_new (const DeskFormField *fields, guint n_fields);
gboolean desk_record_form_has (DeskRecordForm *self, const char *name);
gboolean desk_record_form_shows (DeskRecordForm *self, const char *name);
GtkWidget *desk_record_form_input (DeskRecordForm *self, const char *name);
char *desk_record_form_dup (DeskRecordForm *self, const char *name);
void desk_record_form_set (DeskRecordForm *self, const char *name, const char *value);
void desk_record_form_show (DeskRecordForm *self, const char *name, gboolean shown);
void desk_record_form_say (DeskRecordForm *self, const char *name, const char *words, gboolean warning);
void desk_record_form_focus (DeskRecordForm *self, const char *name);

G_END_DECLS
