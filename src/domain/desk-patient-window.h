/* Days of a patient's own: when a journey to Japan is possible, and when chemotherapy or something else keeps visits
 * away. */
#pragma once

#include "desk-day.h"
#include "desk-record.h"

G_BEGIN_DECLS

#define DESK_WINDOW_REACH 90   /* days before and after a window that it may reach at most: twin of the schema */
#define DESK_WINDOW_LONGEST 1096

typedef struct
{
  gint64 id; /* 0 while new */
  gint64 patient_id;
  char *kind;                 /* one of desk_patient_window_kinds () */
  char *first_day, *last_day; /* both in it */
  char *note;
  int days_before, days_after; /* so many days around it no blood is drawn and no cells are given either */
  gint64 removed_at;           /* 0 while it counts */
  gint64 version;
} DeskPatientWindow;

const DeskRecordField *desk_patient_window_fields (guint *n_fields);
const char *const *desk_patient_window_kinds (void);
DeskPatientWindow *desk_patient_window_new (gint64 patient_id);
DeskPatientWindow *desk_patient_window_copy (const DeskPatientWindow *window);
void desk_patient_window_free (DeskPatientWindow *window);
void desk_patient_window_tidy (DeskPatientWindow *window);
/* Codes: missing, unknown, not-a-date, before-first, window-too-long, too-long, control-character,
 * out-of-range. */
void desk_patient_window_check (const DeskPatientWindow *window, DeskProblems *problems);
gboolean desk_patient_window_is_possible (const DeskPatientWindow *window);
gboolean desk_patient_window_span (const DeskPatientWindow *window, DeskDay *first, DeskDay *last);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPatientWindow, desk_patient_window_free)

G_END_DECLS
