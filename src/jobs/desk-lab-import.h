/* Laboratory messages and tables from files: read by the helper in its sandbox, compared with the chart, and saved by
 * desk_lab_save () only when somebody looked at them. */
#pragma once

#include <gio/gio.h>

#include "desk-lab.h"
#include "desk-patient.h"

G_BEGIN_DECLS

typedef struct
{
  char *code; /* A alphabetic, I ideographic, P phonetic, or empty */
  char *family, *given;
} DeskLabName;

/* What one message says about one patient. */
typedef struct
{
  char *patient;    /* the number the laboratory has for the patient */
  GPtrArray *names; /* of DeskLabName */
  char *birth, *sex;
  char *sender;
  GPtrArray *reports; /* of DeskLabReport; collected_on is empty where the file does not tell it */
} DeskLabMessage;

typedef struct
{
  guint line;      /* of the file, from 1; 0 for the whole file */
  char segment[4]; /* of an HL7 message, "OBX"; may be empty */
  char *code, *detail;
} DeskLabProblem;

typedef struct
{
  char *name; /* of the file, without its folder */
  gboolean hl7;
  GPtrArray *messages; /* of DeskLabMessage */
  GPtrArray *problems; /* of DeskLabProblem */
} DeskLabImport;

typedef enum
{
  DESK_LAB_SAME_PERSON,
  DESK_LAB_NOT_TOLD, /* the file names nobody */
  DESK_LAB_DIFFERS,
} DeskLabIdentity;

void desk_lab_import_free (DeskLabImport *import);
DeskLabImport *desk_lab_import_parse (const char *lines, gsize length, const char *source, gboolean hl7, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_lab_import_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DeskLabImport *desk_lab_import_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskLabIdentity desk_lab_message_compare (const DeskLabMessage *message, const DeskPatient *patient, DeskProblems *problems);
char *desk_lab_message_name (const DeskLabMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLabImport, desk_lab_import_free)

G_END_DECLS
