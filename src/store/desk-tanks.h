/* Tanks and freezers in the store: their rules and checks, and a tank that is down. */
#pragma once

#include "desk-db.h"
#include "desk-tank.h"

G_BEGIN_DECLS

/* A tank that is down; closed_at 0 while it is. */
typedef struct
{
  gint64 id, container_id;
  char *reason;
  gint64 opened_at, closed_at;
  char *opened_by, *closed_by; /* names */
  char *closed_as;             /* empty, good */
  char *closed_why;
} DeskTankDown;

/* A tank as the list shows it. */
typedef struct
{
  gint64 id;
  char *kind, *name, *place; /* place: the names of what it stands in, outermost first, "Site › Room" */
  gboolean in_service;
  int used;                  /* units in it */
  DeskTankRule *rule;        /* NULL when it has none */
  GPtrArray *checks;         /* of DeskTankCheck, oldest first, none superseded; the newest DESK_TANK_CHECKS */
  DeskTankDown *down;        /* the open one, or NULL */
  DeskTankLook look;
} DeskTank;

#define DESK_TANK_CHECKS 90 /* how many a tank's look needs, and its chart shows */

void desk_tank_free (DeskTank *tank);
void desk_tank_down_free (DeskTankDown *down);

GPtrArray *desk_tank_list (DeskDb *db, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_tank_signs (DeskDb *db, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskTank *desk_tank_load (DeskDb *db, gint64 container_id, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_tank_checks (DeskDb *db, gint64 container_id, guint limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_tank_record (DeskDb *db, DeskTankCheck *check, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_tank_save_rule (DeskDb *db, DeskTankRule *rule, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_tank_open_down (DeskDb *db, gint64 container_id, const char *reason, gint64 by, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_tank_close_down (DeskDb *db, gint64 down_id, const char *as, const char *why, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskTank, desk_tank_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskTankDown, desk_tank_down_free)

G_END_DECLS
