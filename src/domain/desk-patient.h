/* A patient's record and what must be true of it. Texts are never NULL once checked or loaded. */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id; /* 0 while new */
  char *chart;
  char *family, *given; /* as the passport prints them; a one-name person has only family */
  char *family_native, *given_native;
  char *kana, *preferred;
  char *sex;   /* F, M or X (unspecified) */
  char *birth; /* YYYY, YYYY-MM, YYYY-MM-DD or empty */
  char *nationality; /* ISO 3166-1 alpha-3 */
  char *passport, *passport_until;
  char *languages; /* ISO 639-1, comma separated, best first */
  gboolean interpreter;
  char *phone, *email, *address, *zone;
  char *emergency, *referrer, *agency;
  char *allergies, *medication;
  char *purpose; /* treatment or prevention */
  char *icd10, *diagnosis, *stage, *diagnosed_on;
  char *note;
  char *former;     /* names borne before, as they were */
  char *occupation; /* for the visa papers */
  gint64 version;
} DeskPatient;

/* The text members by name, so that forms, XML and CSV need no list of their own. */
typedef struct
{
  const char *name; /* "family": also the column, the XML element and the field of a problem */
  gsize offset;     /* of the char * in DeskPatient */
  guint max;        /* longest text accepted, in characters */
  gboolean lines;   /* may have more than one line */
} DeskPatientField;

const DeskPatientField *desk_patient_fields (guint *n_fields);
const char *desk_patient_get (const DeskPatient *patient, const DeskPatientField *field);
void desk_patient_set (DeskPatient *patient, const DeskPatientField *field, const char *value);

DeskPatient *desk_patient_new (void);
DeskPatient *desk_patient_copy (const DeskPatient *patient);
void desk_patient_free (DeskPatient *patient);
void desk_patient_tidy (DeskPatient *patient);
/* Codes: missing, too-long, control-character, not-a-date, in-future, too-long-ago, unknown, unknown-country, not-kana,
 * not-an-address, not-a-language, not-a-passport; and as a warning: expired. */
void desk_patient_check (const DeskPatient *patient, DeskDay today, DeskProblems *problems);
char *desk_patient_name (const DeskPatient *patient);
char *desk_patient_native_name (const DeskPatient *patient);
char *desk_patient_sort_name (const DeskPatient *patient);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPatient, desk_patient_free)

G_END_DECLS
