/* Somebody who comes along with a patient: a person with papers of their own. */
#pragma once

#include "desk-day.h"
#include "desk-record.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id; /* 0 while new */
  gint64 patient_id;
  char *family, *given; /* as the passport prints them */
  char *native;
  char *sex;            /* F, M or X */
  char *birth;          /* may be partial */
  char *nationality;    /* ISO 3166-1 alpha-3 */
  char *passport, *passport_until;
  char *relation;       /* one of desk_companion_relations () */
  char *phone, *email, *languages, *note;
  gboolean may_be_told; /* about the patient's health */
  gint64 removed_at;    /* 0 while the companion comes along */
  gint64 version;
} DeskCompanion;

const DeskRecordField *desk_companion_fields (guint *n_fields);
const char *const *desk_companion_relations (void);
DeskCompanion *desk_companion_new (gint64 patient_id);
DeskCompanion *desk_companion_copy (const DeskCompanion *companion);
void desk_companion_free (DeskCompanion *companion);
void desk_companion_tidy (DeskCompanion *companion);
/* Codes: missing, too-long, control-character, not-a-date, in-future, unknown, unknown-country, not-a-language,
 * not-an-address; as warnings: expired, not-latin. */
void desk_companion_check (const DeskCompanion *companion, DeskDay today, DeskProblems *problems);
char *desk_companion_name (const DeskCompanion *companion);
gboolean desk_companion_name_is_latin (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskCompanion, desk_companion_free)

G_END_DECLS
