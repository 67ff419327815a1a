/* Runs uketsuke-reader in a sandbox without network and reads its answer. Nothing from outside is parsed anywhere
 * else; what the helper answers is not trusted either: whoever calls checks it. */
#pragma once

#include <gio/gio.h>

#include "desk-preview.h"

G_BEGIN_DECLS

/* A part of the answer that has come, in the thread of the call; whole lines are nobody's promise. */
typedef void (*DeskReaderHeard) (const guint8 *data, gsize length, gpointer user_data);

/* One question to the helper: a row of the table in reader.c. */
typedef struct
{
  const char *mode;        /* "picture", "dicom-scan" … */
  const char *program;     /* instead of the helper: a program of /usr/bin with args; mode is NULL then */
  const char *const *args; /* after the mode, NULL-terminated, or NULL */
  const char *folder;      /* may be read at DESK_READER_FOLDER, or NULL */
  gsize max_answer;        /* bytes; more is refused */
  guint seconds;
  DeskReaderHeard heard;   /* or NULL */
  gpointer heard_data;
} DeskReaderCall;

/* input is the helper's standard input: an open file, which is taken, or -1. */
GBytes *desk_reader_call (const DeskReaderCall *call, int input, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
int desk_reader_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
int desk_reader_memory (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

DeskPreview *desk_reader_picture (int input, int page, int max_width, int max_height, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskPreview *desk_reader_run (const char *path, int max_width, int max_height, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
