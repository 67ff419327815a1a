/* One thing went otherwise, and much moves with it: what would move is shown first, then done in one transaction, and
 * taken back as one (domain/desk-ripple.h). */
#pragma once

#include "desk-audit.h"
#include "desk-book.h"
#include "desk-ripple.h"

G_BEGIN_DECLS

/* What happened. */
typedef struct
{
  DeskRippleKind kind;
  gint64 about;   /* the lot, the stay or the visit; 0 for a day */
  DeskDay day;    /* new harvest, new arrival, the closed day, the new day of the visit; not asked for a failed lot */
  char *reason;   /* why the clinic is closed; kept with the ripple. May be NULL */
  GArray *keep;   /* of gint64: visits that stay where they are, or NULL */
  GArray *asked;  /* of gint64: confirmed visits whose patients agreed to move, or NULL */
} DeskRippleWish;

typedef enum
{
  DESK_RIPPLE_VISIT,
  DESK_RIPPLE_DOSE,
  DESK_RIPPLE_TRIP,
  DESK_RIPPLE_LOT,
  DESK_RIPPLE_DAY,
  DESK_RIPPLE_PLAN,
  DESK_RIPPLE_LETTER,
  DESK_N_RIPPLE_WHATS
} DeskRippleWhat;

/* One line of what would happen. */
typedef struct
{
  DeskRippleWhat what;
  /* static. Of a visit: moves, out-of-stay, out-of-gap, nowhere, ask (confirmed: only when the patient agreed), here (in
   * the clinic, never), kept, new (a draw to be booked). Of a dose: given-back, promised (another dose in its place).
   * Of the others: moves, closes, red, stale. */
  const char *code;
  gboolean on;          /* it will be done */
  gboolean may;         /* it can be chosen; a visit that is not on and may is in keep, or not in asked */
  gint64 row_id;        /* visit, unit, trip, lot, plan; the letter in the register, or of one printed before it the audit row */
  gint64 version;       /* of trip and lot */
  gint64 patient_id;
  char *patient_name, *patient_chart;
  DeskVisit *before;    /* of a visit; NULL for a new one */
  DeskVisit *after;     /* where it would be; NULL when there is no place */
  GPtrArray *conflicts; /* of DeskConflict: what remains with it there; NULL for none */
  gint64 visit_id;      /* of a dose: for which visit */
  DeskDay was, became;  /* of lot and trip; of a letter was is the day it was printed */
  char *detail;         /* number of the unit or lot, name of the letter; may be empty */
} DeskRippleItem;

typedef struct
{
  DeskRippleWish *wish;
  GPtrArray *items; /* of DeskRippleItem: the thing itself, visits by patient and time, each with its doses, letters, plans */
} DeskRipplePlan;

DeskRippleWish *desk_ripple_wish_new (DeskRippleKind kind, gint64 about, DeskDay day, const char *reason);
DeskRippleWish *desk_ripple_wish_copy (const DeskRippleWish *wish);
void desk_ripple_wish_free (DeskRippleWish *wish);
/* Whether the visit is to be moved, as somebody ticked it. */
void desk_ripple_wish_tick (DeskRippleWish *wish, const DeskRippleItem *item, gboolean on);

/* What would happen; writes nothing. DESK_ERROR_REFUSED with a code: lot-harvested, harvest-earlier, already-entered,
 * arrival-earlier, day-past, already-closed, visit-over. */
DeskRipplePlan *desk_ripple_preview (DeskDb *db, const DeskRippleWish *wish, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* "This and later ones": the visit to another day, and those of its course that come after it by the same days. */
DeskRipplePlan *desk_ripple_course_later (DeskDb *db, gint64 visit_id, DeskDay to, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Does what the plan shows, in one transaction, and fills the ripple's id. CONFLICT when something of it was changed
 * since it was shown, TAKEN when a place is taken by now: nothing is done then, and the plan is to be made again. */
gboolean desk_ripple_apply (DeskDb *db, const DeskRipplePlan *plan, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes all of it back. CONFLICT when something of it was changed since: the message names whose, and last (or NULL; free
 * it) says by whom. */
gboolean desk_ripple_undo (DeskDb *db, gint64 id, DeskAuditLast **last, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void desk_ripple_item_free (DeskRippleItem *item);
void desk_ripple_plan_free (DeskRipplePlan *plan);
guint desk_ripple_plan_count (const DeskRipplePlan *plan, DeskRippleWhat what);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskRippleWish, desk_ripple_wish_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskRipplePlan, desk_ripple_plan_free)

G_END_DECLS
