/* The clinic file: made, recognised, brought up to the newest schema, refused when it is not ours.
 *
 * Attachments lie beside it in FILE.files/. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

#define DESK_STORE_APPLICATION_ID 0x554b5453 /* "UKTS" */
#define DESK_STORE_SCHEMA 5                   /* the newest step in schema/ */

DeskDb *desk_store_create (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskDb *desk_store_open (const char *path, gboolean read_only, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_store_writable (const char *path);
gboolean desk_store_check (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *desk_store_files_folder (const char *path);

G_END_DECLS
