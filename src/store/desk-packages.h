/* Packages of sessions: used, reserved, left, void. A visit that is done uses the session reserved for it, one that is
 * called off lets it go; the file itself does that (schema/005/3-money.sql). */
#pragma once

#include "desk-db.h"
#include "desk-invoice.h"

G_BEGIN_DECLS

GPtrArray *desk_package_list (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_package_uses (DeskDb *db, gint64 package_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_package_for_visit (DeskDb *db, gint64 visit_id, gint64 *package_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_package_reserve (DeskDb *db, gint64 package_id, gint64 visit_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_package_release (DeskDb *db, gint64 use_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_package_void (DeskDb *db, gint64 package_id, int n, const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
