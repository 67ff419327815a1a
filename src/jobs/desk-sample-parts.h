/* The parts of the sample clinic's making; only desk-sample*.c include it. */
#pragma once

#include <gio/gio.h>

#include "desk-bulk.h"
#include "desk-contents.h"
#include "desk-random.h"

G_BEGIN_DECLS

#define DESK_SAMPLE_CHAIRS 3
#define DESK_SAMPLE_WHOLE 2000  /* patients that get papers, cells and visits; of the rest only some do */
#define DESK_SAMPLE_PAPERS 60   /* patients whose papers have contents */

/* The records own their texts elsewhere; the sample lends them static ones. */
#define DESK_LEND(text) ((char *) (text))

/* By their place in the sample's list of staff. */
typedef enum
{
  DESK_SAMPLE_RECEPTION, DESK_SAMPLE_RECEPTION_2, DESK_SAMPLE_NURSE, DESK_SAMPLE_NURSE_2, DESK_SAMPLE_NURSE_3,
  DESK_SAMPLE_PHYSICIAN, DESK_SAMPLE_PHYSICIAN_2, DESK_SAMPLE_CULTURE, DESK_SAMPLE_CULTURE_2, DESK_SAMPLE_QUALITY,
  DESK_SAMPLE_MANAGER, DESK_SAMPLE_N_STAFF
} DeskSampleStaff;

typedef struct
{
  DeskBulk *bulk;
  DeskRandom random;
  DeskDay today;
  GTimeZone *zone;
  DeskClinic clinic;                  /* texts are static */
  guint patients;
  DeskContents *contents;             /* of papers */
  gint64 staff[DESK_SAMPLE_N_STAFF];
  gint64 chairs[DESK_SAMPLE_CHAIRS];
  gint64 rooms[2];
  gint64 physicians[2];               /* as resources */
  GPtrArray *types;                   /* of DeskVisitType */
  GArray *boxes[2];                   /* of gint64, 9×9, in picking order, one array for each tank */
  gint64 tanks[3];                    /* two of nitrogen and the freezer */
  gint64 counted;                     /* the rack of the stocktake */
  guint place[2];                     /* next free place, counted through all boxes of the tank */
  guint lots;                         /* numbers given so far, of lots and their collections */
  gint64 condition_visit;             /* that the next conditional release is for */
  GArray *visited;                    /* of DeskDay: when the patient who is made now is at the clinic */
  DeskPatient *twin;                  /* one who is registered a second time */
  GPtrArray *exemptions;              /* of DeskExemption */
  GHashTable *taken;                  /* resource and day -> minute it is free from */
  GHashTable *benches;                /* day -> how often the benches were used on it */
} DeskSample;

/* A visit as the stories need it. */
typedef struct
{
  gint64 id;
  DeskDay day;
  gint64 starts_at, ends_at;
  guint chair;                        /* of the sample's; 0 where the visit has none */
  const char *status;                 /* that it is to reach: booked, in_room, done … */
} DeskSampleVisit;

typedef enum
{
  DESK_SAMPLE_CULTURING, DESK_SAMPLE_QUARANTINE, DESK_SAMPLE_CONDITIONAL, DESK_SAMPLE_RELEASED, DESK_SAMPLE_REJECTED,
  DESK_SAMPLE_FAILED /* in culture: there are no doses */
} DeskSampleLot;

void desk_sample_clinic (DeskSample *sample);
DeskPatient *desk_sample_patient (DeskSample *sample, guint index);
gboolean desk_sample_inbox (DeskSample *sample, DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_sample_windows (DeskSample *sample, DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_sample_lists (DeskSample *sample, DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_sample_translations (DeskSample *sample, DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_sample_free_time (DeskSample *sample);
#define DESK_SAMPLE_LUNCH (12 * 60) /* the physicians', for an hour; and when the half day ends: an hour later */
int desk_sample_half_day (const DeskSample *sample);
gboolean desk_sample_hours (DeskSample *sample, DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_sample_plans (DeskSample *sample, DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_sample_consents (DeskSample *sample, DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_sample_money (DeskSample *sample, DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_sample_letters (DeskSample *sample, DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_sample_labs (DeskSample *sample, DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_sample_papers (DeskSample *sample, const DeskPatient *patient, guint index, GError **error);
gboolean desk_sample_newer_papers (DeskSample *sample, const DeskPatient *patient, guint index, GError **error);
void desk_sample_stays (DeskSample *sample, const DeskPatient *patient, guint index);
gboolean desk_sample_is_treated (guint index);
void desk_sample_story (DeskSample *sample, const DeskPatient *patient, guint index);

gboolean desk_sample_visit (DeskSample *sample, gint64 patient_id, const char *type, DeskDay day, int step, gint64 course_id, int course_step, DeskSampleVisit *visit);
void desk_sample_visit_until (DeskSample *sample, const DeskSampleVisit *visit, const char *status);
gint64 desk_sample_lot (DeskSample *sample, const DeskPatient *patient, gint64 course, DeskDay drawn, DeskSampleLot stage);
void desk_sample_doses (DeskSample *sample, const DeskPatient *patient, gint64 lot_id, DeskDay drawn, DeskSampleLot stage, guint n, DeskUnit *units);
void desk_sample_baths (DeskSample *sample);
void desk_sample_devices (DeskSample *sample);
void desk_sample_lot_met (DeskSample *sample, gint64 lot_id, DeskDay drawn);
void desk_sample_lookback (DeskSample *sample);
void desk_sample_infuse (DeskSample *sample, const DeskUnit *unit, const DeskSampleVisit *visit);
void desk_sample_discard (DeskSample *sample, const DeskUnit *unit, DeskDay day, const char *reason);
void desk_sample_tanks (DeskSample *sample);
void desk_sample_day (DeskSample *sample);
DeskBulkActor desk_sample_by (DeskSample *sample, DeskSampleStaff performer, DeskSampleStaff witness, gint64 at);

gint64 desk_sample_at (DeskSample *sample, DeskDay day, int minute);
DeskDay desk_sample_open_day (DeskSample *sample, DeskDay day, int step);

G_END_DECLS
