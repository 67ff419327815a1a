/* The bedside in the store: order, bath, thaw, check, infusion, vitals. Each call is one transaction with its events and
 * audit rows. What is forbidden is DESK_ERROR_REFUSED with the rule's code, which is the schema's own. Instants are UTC
 * seconds, 0 for now. */
#pragma once

#include "desk-bedside-flow.h"
#include "desk-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 device_id, visit_id; /* visit 0: cells that are grown on */
  gint64 by;
  int temperature;            /* tenths of °C */
  gboolean cleaned;
  gint64 at;
} DeskBathOpen;

typedef struct
{
  gint64 unit_id;
  gint64 performer, witness;
  gboolean bag_whole; /* of the end */
  int viability;      /* of the end: percent, 0 when not measured */
  gint64 at;
} DeskThaw;

typedef struct
{
  gint64 unit_id, visit_id;
  const char *scanned_unit, *scanned_patient;
  gboolean said_name, said_birth;
  gint64 performer, witness;
  gint64 at;
} DeskBedsideCheck;

typedef struct
{
  gint64 id;
  char *name;
  char *taken_by; /* number of the patient's chart while a session is open; NULL while it is free */
} DeskBath;

/* The witness's, and the physician's, signature is written in the same transaction: see desk-signatures.h. */
gboolean desk_order_give (DeskDb *db, DeskOrder *order, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_order_withdraw (DeskDb *db, gint64 order_id, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_bath_open (DeskDb *db, const DeskBathOpen *open, gint64 *session_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_bath_close (DeskDb *db, gint64 session_id, gint64 by, gint64 at, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_bath_list (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* of DeskBath, in service */
gboolean desk_thaw_start (DeskDb *db, gint64 session_id, const DeskThaw *thaw, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_thaw_end (DeskDb *db, const DeskThaw *thaw, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_bedside_check (DeskDb *db, const DeskBedsideCheck *check, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_bedside_wrong_scan (DeskDb *db, gint64 unit_id, const char *code, const char *scanned, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_dose_override (DeskDb *db, gint64 unit_id, const char *rule, gint64 physician, const char *reason, gint64 at, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_infusion_start (DeskDb *db, gint64 unit_id, gint64 performer, gint64 witness, gint64 at, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_infusion_end (DeskDb *db, DeskInfusionEnd *end, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_vitals_add (DeskDb *db, DeskVitals *vitals, GError **error) G_GNUC_WARN_UNUSED_RESULT;

DeskBedside *desk_bedside_load (DeskDb *db, gint64 visit_id, gint64 unit_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 desk_bedside_visit_of (DeskDb *db, gint64 patient_id, gint64 unit_id, GError **error);
GPtrArray *desk_vitals_list (DeskDb *db, gint64 visit_id, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* of DeskVitals, oldest first */

void desk_bath_free (DeskBath *bath);

G_END_DECLS
