/* A patient in the chair with a dose that is promised to the visit, and everything to give it: on the three patients of
 * merge-fixture.h. */
#pragma once

#include "merge-fixture.h"

#define BATH 1
#define OTHER_BATH 2
#define BROKEN_BATH 3
#define BENCH 4

void chair_fixture_set_up (StoreFixture *fixture, gconstpointer data);
void chair_fixture_sign (StoreFixture *fixture, gint64 staff, const char *purpose, gint64 unit, gint64 at);
void chair_fixture_order (StoreFixture *fixture, gint64 visit, gint64 cells_min, gint64 cells_max, int weight_g);
