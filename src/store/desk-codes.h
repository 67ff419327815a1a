/* Which thing a code names, and the codes that things are given. */
#pragma once

#include "desk-code.h"
#include "desk-db.h"

G_BEGIN_DECLS

/* kind is that of the thing found, DESK_CODE_UNKNOWN for nothing; id its row: unit, lot, collection, coi, container (also
 * of a place, with row and col), patient, device, staff, shipment. */
typedef struct
{
  DeskCodeKind kind;
  gint64 id;
  gint64 patient_id; /* whose, where it is somebody's */
  int row, col;
  guint many;        /* how many things answer to the code: above 1 none is chosen */
  const char *problem; /* static code why it cannot be used: the code's own, "code-not-found", "code-check-missing" or
                        * "code-ambiguous"; NULL when a thing was found, or when the code is a command */
} DeskFound;

gboolean desk_code_find (DeskDb *db, const DeskCode *code, DeskFound *found, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *desk_code_of (DeskDb *db, DeskCodeKind kind, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_code_give_container (DeskDb *db, gint64 container_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_code_give_device (DeskDb *db, gint64 device_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_code_missing (DeskDb *db, gint64 *n, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_code_give_all (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_code_label_destroyed (DeskDb *db, gint64 unit_id, const char *scanned, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_code_next (DeskDb *db, const char *counter, const char *prefix, int year, char **number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
