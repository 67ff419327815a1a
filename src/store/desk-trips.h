/* A patient's stays in Japan, and the table of visa exemptions the clinic goes by. */
#pragma once

#include "desk-db.h"
#include "desk-exemption.h"
#include "desk-stay.h"

G_BEGIN_DECLS

GPtrArray *desk_trip_list (DeskDb *db, gint64 patient_id, gboolean with_cancelled, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskTrip *desk_trip_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_trip_save (DeskDb *db, DeskTrip *trip, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_trip_insert (DeskDb *db, DeskTrip *trip, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_trip_cancel (DeskDb *db, gint64 id, gint64 *version, gboolean cancelled, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *desk_exemption_load (DeskDb *db, char **source, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_exemption_replace (DeskDb *db, const GPtrArray *table, const char *source, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Everything the rules of a stay look at, owned. */
typedef struct
{
  DeskStayCase look; /* its pointers are the ones below */
  DeskPatient *patient;
  GPtrArray *companions, *trips, *readings, *exemptions;
} DeskStayFile;

DeskStayFile *desk_stay_load (DeskDb *db, gint64 patient_id, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_stay_file_free (DeskStayFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskStayFile, desk_stay_file_free)

G_END_DECLS
