/* A clinic with a patient of whom every letter can be printed. */
#pragma once

#include "desk-day.h"
#include "store-fixture.h"

#define LETTER_TODAY desk_day_from_ymd (2026, 2, 1)

void letter_fixture_clinic (StoreFixture *fixture);
gint64 letter_fixture_person (StoreFixture *fixture, const char *family, const char *given, const char *passport);
void letter_fixture_visit (StoreFixture *fixture, gint64 patient, const char *type, DeskDay day);
void letter_fixture_trip (StoreFixture *fixture, gint64 patient, int days);
gint64 letter_fixture_patient (StoreFixture *fixture);
