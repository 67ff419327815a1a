/* Patients: load, save with version, ordered ids for long lists, search while typing. */
#pragma once

#include "desk-db.h"
#include "desk-patient.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_PATIENT_SORT_NAME,
  DESK_PATIENT_SORT_CHART,
  DESK_PATIENT_SORT_BIRTH,
  DESK_PATIENT_SORT_SEEN, /* newest visit first */
} DeskPatientSort;

DeskPatient *desk_patient_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskPatient *desk_patient_load_chart (DeskDb *db, const char *chart, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Saves a new (id 0) or changed patient in one transaction with words and audit; on success id, chart and
 * version are filled in. DESK_ERROR_CONFLICT when somebody saved since it was loaded. */
gboolean desk_patient_save (DeskDb *db, DeskPatient *patient, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Inside an open transaction, for whoever writes words and audit itself (imports). */
gboolean desk_patient_insert (DeskDb *db, DeskPatient *patient, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Brings the words under which a patient is found in line with the record, inside the open transaction;
 * desk_patient_save () does it by itself. */
gboolean desk_patient_write_all_words (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_patient_write_words (DeskDb *db, const DeskPatient *patient, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GHashTable *desk_patient_words (const DeskPatient *patient);

/* The ids of all patients in that order: an array of gint64. */
GArray *desk_patient_ids (DeskDb *db, DeskPatientSort sort, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The rows of a page of a list: DeskPatient with what a list shows (id, chart, names, birth, sex,
 * nationality, languages, purpose, version), in the order of ids. A missing one is NULL. */
GPtrArray *desk_patient_rows (DeskDb *db, const gint64 *ids, guint n_ids, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The best at most limit patients for what has been typed so far, best first: an array of gint64.
 * Identifier in full before whole words before prefixes before what stands inside of a name; then last seen. */
GArray *desk_patient_search (DeskDb *db, const char *text, guint limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same without the last: for guesses made by the program. */
GArray *desk_patient_match (DeskDb *db, const char *text, guint limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Patients born that day (or with that partial date), for registration: rows as above. */
GPtrArray *desk_patient_born_on (DeskDb *db, const char *birth, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
