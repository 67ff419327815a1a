/* Calls that are due: made once each from the record, every attempt kept (domain/desk-recall.h). */
#pragma once

#include "desk-db.h"
#include "desk-recall.h"

G_BEGIN_DECLS

/* Days of a rule of making them, see recall_rule in the schema. */
typedef struct
{
  char kind[16];
  int days;
} DeskRecallRule;

typedef struct
{
  gint64 at;
  char *by; /* name, or "" */
  char *way, *result, *note;
} DeskRecallAttempt;

GPtrArray *desk_recall_list (DeskDb *db, DeskDay until, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_recall_of_patient (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskRecall *desk_recall_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_recall_attempts (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_recall_count (DeskDb *db, DeskDay until, gint64 *n_due, DeskDay *oldest, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_recall_add (DeskDb *db, DeskRecall *recall, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_recall_try (DeskDb *db, gint64 id, gint64 *version, const char *way, const char *result, const char *note, DeskDay next, const char *outcome, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_recall_close (DeskDb *db, gint64 id, gint64 *version, const char *outcome, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GArray *desk_recall_rules (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_recall_rules_save (DeskDb *db, const GArray *rules, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a day makes due (store/desk-recalls-make.c); nothing is written where there is nothing to make. */
gboolean desk_recalls_make (DeskDb *db, gint64 now, guint *n_made, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void desk_recall_attempt_free (DeskRecallAttempt *attempt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskRecallAttempt, desk_recall_attempt_free)

G_END_DECLS
