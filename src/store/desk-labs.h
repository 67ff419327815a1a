/* Laboratory reports and the biohazard mark. Values are never edited: a correction is a newer row, an import taken back
 * is marked withdrawn. */
#pragma once

#include "desk-db.h"
#include "desk-lab.h"

G_BEGIN_DECLS

/* An open or cleared mark on a patient's material. */
typedef struct
{
  gint64 id, patient_id, value_id;
  char *agent; /* DeskLabTest.id */
  gint64 since;
  gint64 cleared_at; /* 0 while it holds */
  char *cleared_by;  /* name, or empty */
  char *reason;
} DeskBiohazard;

gboolean desk_lab_save (DeskDb *db, GPtrArray *reports, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_lab_known (DeskDb *db, const char *source_id, gint64 *report_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_lab_withdraw (DeskDb *db, const gint64 *ids, guint n_ids, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_lab_reports (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_lab_points (DeskDb *db, gint64 patient_id, const char *test, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_lab_viral_summary (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void desk_biohazard_free (DeskBiohazard *mark);
GPtrArray *desk_biohazard_list (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_biohazard_agents (DeskDb *db, gint64 patient_id, char **agents, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_biohazard_beside (DeskDb *db, gint64 unit_id, gint64 container_id, gint64 *n_others, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_biohazard_clear (DeskDb *db, gint64 id, gint64 physician, const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskBiohazard, desk_biohazard_free)

G_END_DECLS
