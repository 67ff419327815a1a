/* From the draw to the release in the store: collections, cultures, results. */
#pragma once

#include "desk-db.h"
#include "desk-lot.h"

G_BEGIN_DECLS

/* A draw of a patient. coi_id 0 is the chain of identity of the course, which the first collection of a course opens;
 * without a course it gets one of its own. course_id 0 is the course of the visit, if it has one. */
typedef struct
{
  gint64 patient_id, visit_id, course_id, coi_id;
  const char *method; /* blood_draw, apheresis */
  gint64 collected_at, ended_at; /* ended_at 0 for not said */
  int volume_ml;
  gint64 operator_id;
  const char *container, *note; /* or NULL */
} DeskCollectionStart;

/* Registers a culture and, with collection_id 0, the collection it grows from. */
typedef struct
{
  gint64 patient_id;
  const char *method;
  gint64 collected_at;
  int volume_ml;
  gint64 operator_id;
  const char *started_on, *expected_on; /* ISO days; expected_on may be NULL */
  gint64 ended_at, visit_id, course_id, coi_id;
  const char *container, *note;
  gint64 collection_id;
  const char *facility, *plan_number; /* NULL: the clinic's */
  int expected_doses;
  gint64 expected_cells;
} DeskLotStart;

/* Which lots a list shows. */
typedef enum
{
  DESK_LOTS_ALL,
  DESK_LOTS_CULTURING,
  DESK_LOTS_AWAITING, /* harvested, and a required test is not final, passed and read by a second person */
  DESK_LOTS_READY,    /* all of them are, nothing stands against it, and a unit is not released yet */
} DeskLotsWhich;

gboolean desk_collection_add (DeskDb *db, const DeskCollectionStart *start, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskCollection *desk_collection_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_collection_of_patient (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_collection_of_lot (DeskDb *db, gint64 lot_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *desk_lot_list (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* 0: all, newest first */
GArray *desk_lot_ids (DeskDb *db, DeskLotsWhich which, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* of gint64, newest first */
DeskLot *desk_lot_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_lot_start (DeskDb *db, const DeskLotStart *start, DeskLot **lot, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_lot_set_status (DeskDb *db, DeskLot *lot, const char *status, const char *harvested_on, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_lot_add_collection (DeskDb *db, gint64 lot_id, gint64 collection_id, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_lot_add_unit (DeskDb *db, gint64 lot_id, gint64 unit_id, gint64 by, gint64 witness, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *desk_lot_tests (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_lot_results (DeskDb *db, gint64 lot_id, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* those not superseded */
GPtrArray *desk_result_history (DeskDb *db, gint64 lot_id, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* all, newest first */
gboolean desk_result_add (DeskDb *db, DeskResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_result_add_with (DeskDb *db, DeskResult *result, const DeskDoseBasis *basis, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_result_check (DeskDb *db, gint64 result_id, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_lot_test_save (DeskDb *db, DeskLotTest *test, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A release under conditions, of doses for one visit of their patient. */
typedef struct
{
  const gint64 *units;
  guint n_units;
  gint64 visit_id;
  gint64 performer, physician; /* the physician answers for it, and is the second person */
  const char *reason;
  gint64 told_at; /* the patient; UTC seconds */
} DeskCondition;

gboolean desk_release_units (DeskDb *db, const gint64 *units, guint n_units, gint64 performer, gint64 witness, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_recall_units (DeskDb *db, const gint64 *units, guint n_units, gint64 performer, const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_release_conditional (DeskDb *db, const DeskCondition *condition, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_release_due (DeskDb *db, gint64 lot_id, const char *pending, DeskDay *due, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_reagent_use (DeskDb *db, gint64 lot_id, const DeskReagent *reagent, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_reagent_of_lot (DeskDb *db, gint64 lot_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_reagent_known (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *desk_device_list (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_device_save (DeskDb *db, DeskDevice *device, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_device_use_start (DeskDb *db, gint64 lot_id, gint64 device_id, const char *what, gint64 by, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_device_use_end (DeskDb *db, gint64 use_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_device_uses_of_lot (DeskDb *db, gint64 lot_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_storage_consent_add (DeskDb *db, DeskStorageConsent *consent, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_storage_consent_withdraw (DeskDb *db, gint64 patient_id, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_storage_consent_list (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
