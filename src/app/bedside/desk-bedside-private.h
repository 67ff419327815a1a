/* What the files of the bedside share. */
#pragma once

#include "desk-bedside-window.h"
#include "desk-bedside.h"
#include "desk-patient.h"

G_BEGIN_DECLS

struct _DeskBedsideWindow
{
  AdwWindow parent_instance;

  GtkLabel *name, *native, *birth, *chart, *biohazard, *allergies, *dose;
  GtkLabel *title, *what, *problem, *clock_title, *clock, *clock_words, *facts, *stop_title, *stop_words;
  GtkFlowBox *steps;
  GtkStack *stack;
  GtkBox *blocks;
  AdwBin *work;
  GtkButton *part, *go, *understood;
  GtkDropDown *visits, *performer;

  DeskWindow *window; /* not owned: this one belongs to it */
  DeskSession *session;
  gint64 visit_id, unit_id; /* unit 0: the one the visit is about */
  DeskBedside *bedside;
  DeskPatient *patient;
  GHashTable *rows;         /* key → row of the step that is shown */
  GtkBox *groups;           /* that they are in */
  char *shown;              /* which step that is, with all that stands against it */
  char *form;               /* which step that is */
  gint64 hand;              /* who did it when it was shown */
  GArray *visit_ids, *staff_ids;
  gint64 witness;           /* the second person of the step before: mostly that of the next */
  gboolean filling;
  gboolean busy;
  gboolean only_part;       /* the form of the end asks why */
  char *read_unit, *read_patient; /* right codes that were read for the check */
  guint tick;
  gint64 wall, monotonic;   /* when the window opened, by both clocks */
};

/* desk-bedside-window.c */
gint64 desk_bedside_window_now (DeskBedsideWindow *self);
gint64 desk_bedside_window_performer (DeskBedsideWindow *self);
void desk_bedside_window_refresh (DeskBedsideWindow *self);
gboolean desk_bedside_window_refuse (DeskBedsideWindow *self, const char *key, const char *words);
void desk_bedside_window_stop (DeskBedsideWindow *self, const char *title, const char *words);

/* desk-bedside-show.c: both sides, and the steps */
void desk_bedside_show_patient (DeskBedsideWindow *self);
void desk_bedside_show_steps (DeskBedsideWindow *self);
void desk_bedside_show_clock (DeskBedsideWindow *self);
char *desk_bedside_time (gint64 instant, DeskBedsideWindow *self);

/* desk-bedside-fields.c: what a step asks */
GHashTable *desk_bedside_fields_keep (DeskBedsideWindow *self, gboolean seen_too);
void desk_bedside_fields_give_back (DeskBedsideWindow *self, GHashTable *kept);
const char *desk_bedside_fields_focused (DeskBedsideWindow *self);
gboolean desk_bedside_fields_any (DeskBedsideWindow *self);
void desk_bedside_fields_clear (DeskBedsideWindow *self);
AdwPreferencesGroup *desk_bedside_fields_group (DeskBedsideWindow *self, const char *title);
void desk_bedside_fields_text (DeskBedsideWindow *self, AdwPreferencesGroup *group, const char *key, const char *title, const char *text);
void desk_bedside_fields_secret (DeskBedsideWindow *self, AdwPreferencesGroup *group, const char *key, const char *title);
void desk_bedside_fields_tick (DeskBedsideWindow *self, AdwPreferencesGroup *group, const char *key, const char *title, const char *subtitle);
void desk_bedside_fields_choice (DeskBedsideWindow *self, AdwPreferencesGroup *group, const char *key, const char *title, const char *const *words, const gint64 *ids, guint n);
void desk_bedside_fields_people (DeskBedsideWindow *self, AdwPreferencesGroup *group, const char *key, const char *title, const char *role, gint64 chosen);
const char *desk_bedside_fields_get (DeskBedsideWindow *self, const char *key);
void desk_bedside_fields_set (DeskBedsideWindow *self, const char *key, const char *text);
gint64 desk_bedside_fields_chosen (DeskBedsideWindow *self, const char *key);
void desk_bedside_fields_choose (DeskBedsideWindow *self, const char *key, gint64 id);
gboolean desk_bedside_fields_ticked (DeskBedsideWindow *self, const char *key);
GtkWidget *desk_bedside_fields_row (DeskBedsideWindow *self, const char *key);
gboolean desk_bedside_fields_number (DeskBedsideWindow *self, const char *key, int scale, int *value);

/* desk-bedside-steps.c: the step that is shown */
void desk_bedside_steps_build (DeskBedsideWindow *self);
void desk_bedside_steps_blocks (DeskBedsideWindow *self);

/* desk-bedside-acts.c: what its button does */
void desk_bedside_acts_go (DeskBedsideWindow *self);
void desk_bedside_acts_vitals (DeskBedsideWindow *self);
void desk_bedside_acts_override (DeskBedsideWindow *self);
void desk_bedside_acts_wrong (DeskBedsideWindow *self, const char *code, const char *scanned);

G_END_DECLS
