/* Look-backs in the store: opened in one transaction with everything they reach, decided on, closed.
 * Nothing of it is ever taken away: see schema/003/5-lookback.sql. */
#pragma once

#include "desk-db.h"
#include "desk-lookback.h"

G_BEGIN_DECLS

typedef struct
{
  DeskLookbackCause cause;
  gint64 cause_id;      /* row of result, reagent_lot, device, lot, unit, container, shipment or staff; a day itself */
  const char *words;    /* what is known, in words */
  DeskDay known;        /* the day the clinic knew: the clocks run from it; DESK_DAY_NONE for today */
  DeskDay from, until;  /* of a device, a container or a person: the days that are meant */
  gint64 by;            /* staff */
} DeskLookbackOrder;

/* One transaction: numbers and opens the look-back, finds every lot that met what it is about and by which roads,
 * holds those lots, recalls what was released of the lot itself, lists doses, samples, infused patients and visits,
 * starts the clocks. While one about the same is open, that one grows by what is new. Runs inside a transaction of
 * the caller when there is one. */
gboolean desk_lookback_open (DeskDb *db, const DeskLookbackOrder *order, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Called in the transaction that enters a result: one that is final, failed, and of a lot from which, or from whose
 * family, anything was released or given opens its look-back there and then. id may be NULL; 0 when none was needed. */
gboolean desk_lookback_of_result (DeskDb *db, gint64 result_id, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  gint64 item_id;
  const char *decision, *note; /* note may be NULL */
  gboolean with_units;         /* of a lot: the same for those of its doses that nobody decided on yet */
  gint64 by;
} DeskLookbackReview;

/* Decides on an item, once. A lot or unit that is cleared loses the hold this look-back put on it, in the same
 * transaction; its other holds stay. DESK_ERROR_CONFLICT names who decided first. */
gboolean desk_lookback_review (DeskDb *db, const DeskLookbackReview *review, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  gint64 item_id;
  const char *how;  /* phone, email, in_person, companion, letter */
  gboolean reached; /* then the patient counts as told */
  const char *note;
  gint64 by;
} DeskLookbackContact;

/* Writes down a call or mail to a patient; one that reached them decides the item. */
gboolean desk_lookback_contact (DeskDb *db, const DeskLookbackContact *contact, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_legal_clock_stop (DeskDb *db, gint64 clock_id, const char *outcome, const char *note, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Closes it, and its hold on a reagent or container: the lots were decided on one by one, and what was kept stays held. */
gboolean desk_lookback_close (DeskDb *db, gint64 id, const char *conclusion, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *desk_lookback_list (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* DeskLookback, open ones first, without items */
DeskLookback *desk_lookback_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* with items, roads and clocks */
/* The open look-backs that list a lot, unit, patient, visit or sample: DeskLookback without items. */
GPtrArray *desk_lookback_of (DeskDb *db, DeskItemKind kind, gint64 row_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a look-back can be about beside results, lots and units. */
typedef struct
{
  DeskLookbackCause cause;
  gint64 id;
  char *name;
} DeskLookbackSuspect;

void desk_lookback_suspect_free (DeskLookbackSuspect *suspect);
GPtrArray *desk_lookback_suspects (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
