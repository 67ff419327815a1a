/* The parts of the sample clinic's making; only desk-sample*.c include it. */
#pragma once

#include <gio/gio.h>

#include "desk-bulk.h"
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
  char *files;                        /* folder for contents of papers */
  gint64 staff[DESK_SAMPLE_N_STAFF];
  gint64 chairs[DESK_SAMPLE_CHAIRS];
  gint64 rooms[2];
  gint64 physicians[2];               /* as resources */
  GArray *boxes;                      /* of gint64, 9×9, in picking order */
  guint place;                        /* next free place, counted through all boxes */
  guint lots, collections;            /* numbers given so far */
  GHashTable *taken;                  /* resource and day -> minute it is free from */
} DeskSample;

void desk_sample_clinic (DeskSample *sample);
DeskPatient *desk_sample_patient (DeskSample *sample, guint index);
void desk_sample_papers_of (DeskSample *sample, const DeskPatient *patient, guint index, GError **error);
void desk_sample_cells_of (DeskSample *sample, const DeskPatient *patient, guint index);
void desk_sample_visits_of (DeskSample *sample, const DeskPatient *patient, guint index);

gint64 desk_sample_at (DeskSample *sample, DeskDay day, int minute);
DeskDay desk_sample_open_day (DeskSample *sample, DeskDay day, int step);

G_END_DECLS
