/* Setting a clinic up, and changing its people, rooms, closed days and tanks: done seldom, by whoever keeps
 * the clinic's settings. */
#pragma once

#include "desk-clinic.h"
#include "desk-db.h"
#include "desk-vault-lock.h"

G_BEGIN_DECLS

/* A grid of racks and boxes in one go. */
typedef struct
{
  gint64 parent_id;
  const char *rack; /* "Rack": the racks are Rack 1, Rack 2 …; racks 0 puts the boxes straight into the parent */
  int first_rack, racks;
  const char *box;
  int first_box, boxes; /* in each rack; 0 for racks without boxes */
  int rows, cols;       /* of each box */
} DeskRackPlan;

#define DESK_RACK_PLAN_MAX 1000 /* containers at once */

gboolean desk_clinic_create (const char *path, DeskClinic *clinic, DeskStaff *first, DeskVaultLock *lock, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_staff_set_active (DeskDb *db, gint64 id, gboolean active, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_resource_set_active (DeskDb *db, gint64 id, gboolean active, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_staff_set_bookable (DeskDb *db, const DeskStaff *staff, gboolean bookable, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_closed_day_list (DeskDb *db, DeskDay from, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_closed_days_add (DeskDb *db, DeskDay first, DeskDay last, const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_closed_day_remove (DeskDb *db, DeskDay day, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_container_add_racks (DeskDb *db, const DeskRackPlan *plan, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
