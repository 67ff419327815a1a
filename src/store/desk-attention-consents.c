/* Consents that somebody has to ask for, or that were taken back. */
#include "desk-attention-private.h"
#include "desk-book-private.h"
#include "desk-consents.h"

#define INFUSION_DAYS 2 /* today, tomorrow and the day after */
#define AGAIN_DAYS 7

/* Patients with a treatment in the days from today: the first visit of each within them. */
static const char coming_sql[]
    = "SELECT v.patient_id, min (v.starts_at), max (CASE WHEN v.type = 'infusion' AND v.starts_at < $3 THEN 1 ELSE 0 END), p.family, p.given"
      " FROM visit v JOIN patient p ON p.id = v.patient_id WHERE v.starts_at >= $1 AND v.starts_at < $2"
      " AND v.status IN ('held', 'booked', 'confirmed', 'arrived', 'checked_in') AND v.type IN ('blood_draw', 'apheresis', 'infusion', 'consultation')"
      " GROUP BY v.patient_id, p.family, p.given ORDER BY 2, 1";

/* Who withdrew or refused, while something of the treatment is still booked or promised. */
static const char lost_sql[]
    = "SELECT l.patient_id, COALESCE (l.withdrawn_at, l.refused_at), p.family, p.given FROM consent l JOIN patient p ON p.id = l.patient_id"
      " WHERE l.status IN ('withdrawn', 'refused') AND l.purpose = 'treatment' AND l.id IN (SELECT id FROM consent_lost WHERE patient_id = l.patient_id)"
      " AND (EXISTS (SELECT 1 FROM visit v WHERE v.patient_id = l.patient_id AND v.starts_at >= $1"
      "              AND v.status IN ('proposed', 'held', 'booked', 'confirmed', 'arrived', 'checked_in', 'in_room'))"
      "      OR EXISTS (SELECT 1 FROM reservation r WHERE r.patient_id = l.patient_id AND r.closed_at IS NULL))"
      " ORDER BY 2, 1";

static const char paper_sql[]
    = "SELECT EXISTS (SELECT 1 FROM document WHERE patient_id = $1 AND kind = 'consent' AND part_of IS NULL"
      " AND state NOT IN ('requested', 'unreadable', 'rejected', 'superseded'))";

/* Missing for an infusion that is near, or to be signed again while the patient is here. */
static gboolean
add_one (DeskDb *db, GPtrArray *list, DeskStmt *stmt, DeskDay today, GTimeZone *zone, GError **error)
{
  gint64 patient_id = desk_stmt_int64 (stmt, 0), paper = 0;
  DeskDay day = desk_instant_day (desk_stmt_int64 (stmt, 1), zone);
  gboolean infused = desk_stmt_int (stmt, 2);
  const DeskConsent *which;
  g_autoptr (GPtrArray) consents = desk_consent_list (db, patient_id, error);

  if (!consents)
    return FALSE;
  DeskConsentStand stand = desk_consent_stand (consents, DESK_CONSENT_TREATMENT, &which);
  if (stand <= DESK_CONSENT_STANDS_OPEN && !desk_db_value (db, &paper, error, paper_sql, "i", patient_id))
    return FALSE;
  if (infused && stand <= DESK_CONSENT_STANDS_OPEN && !paper)
    desk_attention_add (list, DESK_ATTENTION_CONSENT_MISSING, patient_id, patient_id, desk_row_name (stmt, 3), day, NULL, today);
  for (guint i = 0; i < consents->len; i++)
    {
      const DeskConsent *one = consents->pdata[i];

      if (!desk_consent_must_sign_again (one)
          || (desk_consent_stand (consents, one->purpose, &which) == DESK_CONSENT_STANDS) || which != one)
        continue;
      desk_attention_add (list, DESK_ATTENTION_CONSENT_AGAIN, patient_id, patient_id, desk_row_name (stmt, 3), day, one->current, today);
      break;
    }
  return TRUE;
}

gboolean
desk_attention_add_consents (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error)
{
  gint64 midnight = desk_instant_at (today, 0, zone);
  DeskStep step = DESK_STEP_ERROR;
  g_autoptr (DeskStmt) coming = desk_db_query (db, error, coming_sql, "iii", midnight, desk_instant_at (today + AGAIN_DAYS + 1, 0, zone),
                                               desk_instant_at (today + INFUSION_DAYS + 1, 0, zone));

  while (coming && (step = desk_stmt_step (coming, error)) == DESK_STEP_ROW)
    if (!add_one (db, list, coming, today, zone, error))
      return FALSE;
  if (step != DESK_STEP_DONE)
    return FALSE;
  g_autoptr (DeskStmt) lost = desk_db_query (db, error, lost_sql, "i", midnight);
  while (lost && (step = desk_stmt_step (lost, error)) == DESK_STEP_ROW)
    desk_attention_add (list, DESK_ATTENTION_CONSENT_LOST, desk_stmt_int64 (lost, 0), desk_stmt_int64 (lost, 0), desk_row_name (lost, 2),
                        desk_instant_day (desk_stmt_int64 (lost, 1), zone), NULL, today);
  return lost && step == DESK_STEP_DONE;
}
