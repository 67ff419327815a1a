/* Lots from the draw to the release: collections, cultures, tests with their limits as data, and who may release
 * what. facts/cells.md 4.3 and 5.5; the database enforces the same again (store/schema/003/2-lots.sql). */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id, patient_id, collection_id;
  char *number, *facility, *plan_number;
  char *status; /* culturing, harvested, failed */
  char *started_on, *expected_on, *harvested_on;
  char *note;
  int expected_doses;    /* 0 for not said, as the next */
  gint64 expected_cells;
  gint64 version;
} DeskLot;

/* One draw, for one chain of identity. */
typedef struct
{
  gint64 id, patient_id, coi_id, visit_id;
  char *number;
  char *coi;       /* number of the chain of identity; "" in files of before */
  char *method;    /* blood_draw, apheresis */
  gint64 collected_at, ended_at; /* ended_at 0 where not said */
  int volume_ml;
  char *operator;  /* name */
  char *container; /* tubes or bag, with its lot number */
  char *note;
} DeskCollection;

typedef struct
{
  gint64 id, lot_id;
  gint64 unit_id; /* 0: of the whole lot */
  char *test;     /* code of a DeskLotTest */
  char *value, *unit, *limit_text;
  char *method;
  gboolean passed;
  char *stage; /* preliminary, final */
  char *sampled_on, *reported_on;
  gint64 entered_by, entered_at;
  char *enterer;     /* name */
  gint64 supersedes; /* 0 for none */
  char *why;         /* it supersedes another; or NULL */
  gint64 checked_by, checked_at; /* 0 while nobody did */
  char *checker;     /* name */
} DeskResult;

/* A test of a lot with its limit: a row of the clinic's settings. */
typedef struct
{
  char *code;
  gboolean required; /* for release */
  gboolean late;     /* may be pending under a conditional release */
  char *comparator;  /* >=, >, <=, <, =, or "" for no limit */
  char *low;         /* the limit: a decimal, or a word for = */
  char *unit;
  int days;          /* from sampling to the final result */
  int position;
  gint64 version;
} DeskLotTest;

/* A lot of a reagent or container, used in a culture. */
typedef struct
{
  gint64 id;
  char *name, *maker, *lot_number, *expires_on; /* maker and expires_on may be "" */
  gint64 at;
  char *by;  /* name */
  char *why; /* it was used though it had expired */
} DeskReagent;

typedef struct
{
  gint64 id;
  char *kind; /* bench, incubator, centrifuge, freezer_program, bath, other */
  char *name, *barcode, *due_on; /* due_on: of the next calibration, or "" */
  gboolean in_service;
  gint64 version;
} DeskDevice;

typedef struct
{
  gint64 id, device_id, lot_id;
  char *kind, *name, *what;
  gint64 started_at, ended_at; /* 0 while it lasts */
} DeskDeviceUse;

/* Until when a patient's cells may be kept. */
typedef struct
{
  gint64 id, patient_id, document_id; /* document 0 for none */
  char *from_on, *until_on, *note;
  gint64 at, withdrawn_at; /* 0: stands */
  char *by;
} DeskStorageConsent;

/* What a dose's volume and its patient's weight turn an amount by mL into one by kg with; 0 where not known. */
typedef struct
{
  double volume_ml, weight_kg;
} DeskDoseBasis;

typedef enum
{
  DESK_VERDICT_PASSED,
  DESK_VERDICT_FAILED,
  DESK_VERDICT_UNREADABLE,  /* no number, or a word that says neither */
  DESK_VERDICT_OTHER_UNIT,  /* not the limit's unit, nor one that leads to it */
  DESK_VERDICT_NEEDS_BASIS, /* volume or weight is missing */
} DeskVerdict;

/* How far a test of a lot is. */
typedef enum
{
  DESK_TEST_MISSING,
  DESK_TEST_PRELIMINARY,
  DESK_TEST_UNCHECKED, /* final and passed, not yet read by a second person */
  DESK_TEST_PASSED,
  DESK_TEST_FAILED,
} DeskTestState;

void desk_lot_free (DeskLot *lot);
void desk_collection_free (DeskCollection *collection);
void desk_result_free (DeskResult *result);
void desk_lot_test_free (DeskLotTest *test);
void desk_reagent_free (DeskReagent *reagent);
void desk_device_free (DeskDevice *device);
void desk_device_use_free (DeskDeviceUse *use);
void desk_storage_consent_free (DeskStorageConsent *consent);

gboolean desk_amount_parse (const char *text, double *value, char *bound, char **unit);
gboolean desk_lot_test_is_word (const DeskLotTest *test);
char *desk_lot_test_limit (const DeskLotTest *test);
DeskVerdict desk_lot_test_judge (const DeskLotTest *test, const char *value, const char *unit, const DeskDoseBasis *basis, char **counted);
void desk_lot_test_check (const DeskLotTest *test, DeskProblems *problems);
DeskDay desk_lot_test_due (const DeskLotTest *test, DeskDay sampled);
DeskTestState desk_lot_test_state (const DeskLotTest *test, const GPtrArray *results, gint64 unit_id);

char *desk_plan_number_fold (const char *text);
gboolean desk_plan_number_good (const char *number);

void desk_release_check (const GPtrArray *tests, const GPtrArray *results, gint64 unit_id, gint64 releaser, DeskProblems *problems);
char *desk_release_conditional_check (const GPtrArray *tests, const GPtrArray *results, gint64 unit_id, gint64 releaser, gint64 physician, DeskProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLot, desk_lot_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskCollection, desk_collection_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskResult, desk_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLotTest, desk_lot_test_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskDevice, desk_device_free)

G_END_DECLS
