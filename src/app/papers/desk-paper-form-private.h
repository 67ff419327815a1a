/* What the files of a paper's form share: the table of fields, the widgets, what may be chosen. */
#pragma once

#include "desk-paper-form.h"

G_BEGIN_DECLS

/* When a field is there at all. */
typedef enum
{
  ALWAYS,
  OF_A_TRANSLATION,
  OF_ONE_REPLACED, /* there is an older one to replace */
  WITH_REASON,
  WHEN_REQUESTED,
} DeskPaperWhen;

typedef struct
{
  const char *name;  /* of the problem's field, too */
  const char *title; /* N_() */
  const char *hint;  /* N_() or NULL */
  gboolean choice;
  DeskPaperWhen when;
} DeskPaperField;

enum
{
  EXAMINED_ON,
  LANGUAGE,
  SOURCE,
  TITLE,
  PART,
  PART_OF,
  TRANSLATOR,
  SUPERSEDES,
  STATE,
  REASON,
  DUE_ON,
  NOTE,
  N_FIELDS
};

extern const DeskPaperField desk_paper_fields[N_FIELDS];

struct _DeskPaperForm
{
  AdwBin parent_instance;

  DeskPage *page; /* not owned */
  DeskDocument *document; /* as filled */
  gint64 patient_id;
  GPtrArray *papers; /* of the patient */
  GArray *originals, *older; /* ids behind the choices, the first is 0 */
  GPtrArray *states;         /* codes behind the choices; the first of a new paper is NULL */
  gboolean filling;

  GtkToggleButton *kinds[16];
  guint n_kinds;
  GtkWidget *boxes[N_FIELDS], *inputs[N_FIELDS];
  GtkLabel *problems[N_FIELDS];
  GtkLabel *kind_problem;
};

/* In desk-paper-form-choices.c. */
const char *desk_paper_form_state (DeskPaperForm *self);
gint64 desk_paper_form_id (DeskPaperForm *self, int field, GArray *ids);
gboolean desk_paper_form_wants (DeskPaperForm *self, DeskPaperWhen when);
void desk_paper_form_show_wanted (DeskPaperForm *self);
void desk_paper_form_offer_papers (DeskPaperForm *self);
void desk_paper_form_offer_states (DeskPaperForm *self);

/* In desk-paper-form-fields.c. */
GtkWidget *desk_paper_form_make_kinds (DeskPaperForm *self, GCallback toggled);
GtkWidget *desk_paper_form_make_field (DeskPaperForm *self, guint field);
GtkLabel *desk_paper_form_make_problem (GtkWidget *box);
const char *desk_paper_form_part (DeskPaperForm *self);

G_END_DECLS
