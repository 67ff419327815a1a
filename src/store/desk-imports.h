/* Whole tables of patients taken in, and taken back: each import is one transaction and one row that says what came. */
#pragma once

#include "desk-patients.h"
#include "desk-progress.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *source; /* the file's name */
  char *digest; /* of its content */
  int patients;
  gint64 at, by_id;
  gint64 undone_at; /* 0 while it stands */
} DeskImportBatch;

typedef struct _DeskImportWriter DeskImportWriter;

void desk_import_batch_free (DeskImportBatch *batch);
GPtrArray *desk_import_batches (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_import_known (DeskDb *db, const char *digest, gint64 *batch_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

DeskImportWriter *desk_import_begin (DeskDb *db, const char *source, const char *digest, guint patients, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_import_add (DeskImportWriter *writer, DeskPatient *patient, guint line, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_import_commit (DeskImportWriter *writer, gint64 *batch_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_import_writer_free (DeskImportWriter *writer);

gboolean desk_import_undo (DeskDb *db, gint64 batch_id, guint *kept, DeskProgressFunc progress, gpointer user_data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

char *desk_import_mapping_load (DeskDb *db, const char *header, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_import_mapping_save (DeskDb *db, const char *header, const char *mapping, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskImportBatch, desk_import_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskImportWriter, desk_import_writer_free)

G_END_DECLS
