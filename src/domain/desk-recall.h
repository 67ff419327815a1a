/* Who is to be called, written to, asked back: when the next attempt is due, and what was tried. */
#pragma once

#include "desk-day.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id, patient_id;
  char *kind; /* preventive, storage, follow_up, viral, other */
  DeskDay due, next;
  char *source, *note;
  gint64 made_at, closed_at; /* 0 while open */
  char *outcome;
  gint64 version;
  /* filled by lists */
  char *patient_name, *patient_chart, *phone, *email, *languages, *zone;
  int attempts;
  gint64 last_at;            /* 0 for none */
  char *last_way, *last_result, *last_note;
} DeskRecall;

#define DESK_RECALL_MOST 730 /* days */

void desk_recall_free (DeskRecall *recall);

const char *const *desk_recall_kinds (void);
const char *const *desk_recall_ways (void);
const char *const *desk_recall_results (void);
const char *const *desk_recall_outcomes (void);
DeskDay desk_recall_next (const char *result, int attempts, DeskDay today);
const char *desk_recall_outcome_of (const char *result);
GArray *desk_recall_days_read (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskRecall, desk_recall_free)

G_END_DECLS
