/* An empty clinic file in a folder of its own, gone when the test ends. */
#pragma once

#include "desk-store.h"

typedef struct
{
  char *folder, *path;
  DeskDb *db;
} StoreFixture;

void store_fixture_set_up (StoreFixture *fixture, gconstpointer data);
void store_fixture_tear_down (StoreFixture *fixture, gconstpointer data);
void store_remove (const char *folder);
void store_exec (StoreFixture *fixture, const char *sql);
void store_refuse (StoreFixture *fixture, const char *sql, DeskError code, const char *message);
