/* One stay of a patient in Japan: what is planned, what was stamped, the visa and who guarantees. The days of an
 * exemption, the permission stamped at landing, the validity of a visa and the stay a visa grants are four things
 * (facts/often-wrong 3), each with members of its own. */
#pragma once

#include "desk-day.h"
#include "desk-record.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id; /* 0 while new */
  gint64 patient_id;
  char *route; /* one of desk_trip_routes () */
  char *planned_entry, *planned_departure;
  char *entered_on, *departed_on;
  char *departure_reported_on; /* the guarantor's departure report 出国報告 was asked for or made */
  char *permitted_until;       /* stamped at landing */
  char *visa_number, *visa_issued_on;
  char *visa_until;   /* enter by */
  char *visa_entries; /* "", single or multiple */
  char *coe_number;
  char *mission;      /* the embassy or consulate the visa is asked at */
  char *guarantor, *guarantor_list, *guarantor_number, *guarantor_address, *guarantor_contact;
  char *guarantor_checked_on; /* when somebody last looked at the public list */
  char *note;
  int exempt_days;    /* as the table said when the stay was planned */
  int permitted_days; /* stamped at landing */
  int visa_days;      /* stay the visa grants */
  gboolean condition_met; /* the passport condition of the exemption was looked at */
  gboolean hospitalised;
  gint64 cancelled_at; /* 0 while it stands */
  gint64 version;
  GArray *companions; /* of gint64, or NULL for none */
} DeskTrip;

const DeskRecordField *desk_trip_fields (guint *n_fields);
const char *const *desk_trip_routes (void);
DeskTrip *desk_trip_new (gint64 patient_id);
DeskTrip *desk_trip_copy (const DeskTrip *trip);
void desk_trip_free (DeskTrip *trip);
void desk_trip_tidy (DeskTrip *trip);
/* What no record may be, whatever the rules of the stay say. Codes: too-long, control-character, not-a-date, unknown,
 * before-entry, without-entry, in-future, not-a-number. */
void desk_trip_check (const DeskTrip *trip, DeskDay today, DeskProblems *problems);
DeskDay desk_trip_day (const char *iso);
gboolean desk_trip_has_companion (const DeskTrip *trip, gint64 companion_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskTrip, desk_trip_free)

G_END_DECLS
