/* What the files of the dialog share: its fields, and the form behind them. */
#pragma once

#include "desk-book-board.h"
#include "desk-clock-row.h"
#include "desk-free-times.h"
#include "desk-patient-picker.h"
#include "desk-visit-dialog.h"

G_BEGIN_DECLS

#define VISIT_N_KINDS 3
extern const char *const visit_kinds[VISIT_N_KINDS]; /* of resources */

struct _DeskVisitDialog
{
  AdwWindow parent_instance;

  DeskPage *page;
  DeskDay day; /* the book's when the dialog was opened: what "24" or "+7" counts from */
  gint64 resource_id;
  const char *wanted; /* code of the type to begin with, static; or NULL */
  GPtrArray *types, *resources, *visits;
  DeskDay visits_day;
  GPtrArray *choices[VISIT_N_KINDS]; /* of DeskResource, lent by resources; the row before them is "none" */
  gboolean chosen[VISIT_N_KINDS];    /* by the person, so the program leaves it alone */
  gboolean filling;
  DeskVisit *before;     /* the one that is moved; NULL for a new one */
  gint64 course_id;      /* what the patient's course would have next */
  int course_step;
  char *course_type;

  DeskPatientPicker *picker;
  AdwComboRow *type;
  AdwEntryRow *day_row, *time_row;
  GtkSpinButton *minutes;
  AdwComboRow *room, *chair, *staff;
  AdwEntryRow *note, *reason, *hold;
  DeskFreeTimes *free;
  DeskClockRow *clock;
  GtkLabel *conflicts, *message;
  GtkWidget *save, *later;
};

AdwComboRow *visit_form_row_of (DeskVisitDialog *self, guint kind);
const char *visit_form_text_of (AdwEntryRow *row);
const DeskVisitType *visit_form_chosen_type (DeskVisitDialog *self);
gboolean visit_form_needs (const DeskVisitType *type, const char *kind);
gboolean visit_form_typed_time (DeskVisitDialog *self, DeskDay *day, int *minute);
DeskVisit *visit_form_collect (DeskVisitDialog *self);
void visit_form_select_resource (DeskVisitDialog *self, guint kind, gint64 id);
void visit_form_fill_resources (DeskVisitDialog *self);
GPtrArray *visit_form_conflicts_of (DeskVisitDialog *self, const DeskVisit *visit);
void visit_form_show_conflicts (DeskVisitDialog *self);
void visit_form_select_type (DeskVisitDialog *self, const char *code);
void visit_form_take_next_step (DeskVisitDialog *self);
void visit_form_fill_types (DeskVisitDialog *self);
void visit_form_fill_choices (DeskVisitDialog *self);
void visit_form_propose_slot (DeskVisitDialog *self, DeskDay day, int minute);

G_END_DECLS
