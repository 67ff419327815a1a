/* Three records of perhaps one person, with everything a patient can have. */
#pragma once

#include "store-fixture.h"

#define APPROVER 1
#define SECOND 2
#define THIRD 3
#define NURSE 4
#define PHYSICIAN 5

void merge_fixture_set_up (StoreFixture *fixture, gconstpointer data);
gint64 merge_fixture_dose (StoreFixture *fixture, gint64 patient, int col);
void merge_fixture_rest (StoreFixture *fixture, int patient);
gint64 merge_fixture_merge (StoreFixture *fixture, gint64 loser, gint64 winner, gint64 second);
char *merge_fixture_dump (StoreFixture *fixture);
void merge_fixture_act (StoreFixture *fixture, gint64 unit, int step, gint64 visit);
void merge_fixture_arrive (StoreFixture *fixture, gint64 visit);
void merge_fixture_assert_sound (StoreFixture *fixture);
