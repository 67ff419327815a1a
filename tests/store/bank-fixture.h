/* A bank of every kind of container with units of two patients in it; staff 1 and 2 do it. */
#pragma once

#include "store-fixture.h"

#define BANK_TANK 1
#define BANK_RACK 2
#define BANK_BOX 3        /* 3 × 3 in the rack: unit 11 at A1, 12 at A2 (patient 1), 21 at B1 (patient 2) */
#define BANK_EMPTY 4      /* 2 × 2 in the rack, filled columns first from the bottom right */
#define BANK_BROKEN 5     /* a tank out of service */
#define BANK_ROUND 6      /* a tank of sectors: 2 × 4, two levels */
#define BANK_CANE 7       /* a list of six at its S1-R1-L1 */
#define BANK_QUARANTINE 8
#define BANK_HAZARD 9
#define BANK_QC 10        /* for samples only */
#define BANK_FRIDGE 11
#define BANK_CASSETTE 12  /* in the round tank's S1-R1-L2; a single place */
#define BANK_OTHER 13     /* a box in the broken tank */

void bank_fixture_set_up (StoreFixture *fixture, gconstpointer data);
