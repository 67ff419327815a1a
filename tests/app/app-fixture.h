/* A window on a sample clinic of its own, in a quiet environment. */
#pragma once

#include "desk-window.h"

typedef struct
{
  char *folder, *path;
  DeskSession *session;
  DeskWindow *window;
} AppFixture;

void app_init (int *argc, char ***argv);
void app_fixture_set_up (AppFixture *fixture, gconstpointer data);
void app_fixture_tear_down (AppFixture *fixture, gconstpointer data);
void app_settle (guint ms);
GtkWidget *app_find (GtkWidget *root, GType type, guint index);
void app_picture (GtkWidget *widget, const char *path);
