/* The book in the store: visits, their resources, their status; courses laid onto slots. */
#pragma once

#include "desk-conflict.h"
#include "desk-course.h"
#include "desk-db.h"
#include "desk-visit.h"

G_BEGIN_DECLS

GPtrArray *desk_visit_type_list (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_visit_type_list_offered (DeskDb *db, const char *kept, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_resource_list (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_resource_add (DeskDb *db, DeskResource *resource, GError **error) G_GNUC_WARN_UNUSED_RESULT;

DeskVisit *desk_visit_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Visits that touch [from, until), with names, resources and reserved dose, by start. */
GPtrArray *desk_visit_between (DeskDb *db, gint64 from, gint64 until, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_visit_of_patient (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_visit_of_course (DeskDb *db, gint64 course_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Everything a wanted visit (id 0 or the one to move) runs into; friendly, and checked again by the keys. */
GPtrArray *desk_visit_check (DeskDb *db, const DeskVisit *wanted, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Books a new visit (id 0) or moves one (version must match). DESK_ERROR_TAKEN when another has the chair,
 * CONFLICT when somebody changed the visit since, REFUSED ("visit-over") for one that is done or cancelled.
 * Fills id and version. */
gboolean desk_visit_save (DeskDb *db, DeskVisit *visit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* One step of the status machine, stamped; undo goes back one step. Cancelling gives the reserved
 * doses back; taking it back reserves them again, and fills the visit's doses_gone with those that are not free any more. */
gboolean desk_visit_set_status (DeskDb *db, DeskVisit *visit, const char *status, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Lays a course onto free slots from that day on, none before now, at about that minute, and books it whole; fills
 * course_id and visits (DeskVisit), or problems when some step found no place. */
gboolean desk_course_plan (DeskDb *db, gint64 patient_id, const char *template_code, DeskDay start, int minute, gint64 now, GPtrArray **visits, DeskProblems *problems, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The first step of a patient's newest active course that nobody has booked yet; type NULL where there is none. */
gboolean desk_course_next_step (DeskDb *db, gint64 patient_id, gint64 *course_id, int *step, char **type, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What each of them runs into: an array of DeskConflict for each visit, in their order. */
GPtrArray *desk_course_check (DeskDb *db, const GPtrArray *visits, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* TAKEN when somebody has a place by now; REFUSED "visit-conflict" when the clinic lets nobody pass over what stands
 * against one of them. Nothing is booked then. */
gboolean desk_course_book (DeskDb *db, gint64 patient_id, const char *template_code, DeskDay start, const GPtrArray *visits, gint64 *course_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_course_unbook (DeskDb *db, gint64 course_id, const GPtrArray *visits, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
