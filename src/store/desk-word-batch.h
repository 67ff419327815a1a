/* The words of very many patients, gathered and written in order: in order each goes where the ones before it went,
 * which spares the disk. */
#pragma once

#include "desk-patients.h"

G_BEGIN_DECLS

typedef struct _DeskWordBatch DeskWordBatch;

DeskWordBatch *desk_word_batch_new (void);
void desk_word_batch_free (DeskWordBatch *batch);
gboolean desk_word_batch_add (DeskWordBatch *batch, DeskDb *db, const DeskPatient *patient, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_word_batch_write (DeskWordBatch *batch, DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskWordBatch, desk_word_batch_free)

G_END_DECLS
