/* What the files of the inbox's view share. */
#pragma once

#include "desk-inbox-adder.h"
#include "desk-inbox-parts.h"
#include "desk-inbox-view.h"
#include "desk-inbox.h"
#include "desk-list-model.h"
#include "desk-paper-form.h"
#include "desk-paper-preview.h"
#include "desk-patient-picker.h"

G_BEGIN_DECLS

struct _DeskInboxView
{
  AdwBin parent_instance;

  DeskPage *page; /* not owned */
  DeskListModel *model;
  DeskInboxAdder *adder;
  GHashTable *drafts;    /* id of an item to the DeskDocument begun for it */
  gint64 shown;          /* the item in the form, 0 for none */
  guint place;           /* where it stood, to go on from there */
  gint64 guessed, before; /* patients offered: by the file's name; of the paper filed last */
  gint64 known;          /* the paper of the same content */
  gint64 consent, consent_patient; /* by the code on the paper shown; 0 for none */
  gint64 filing_consent; /* the one whose paper is being filed */
  gint64 wanted_patient; /* for whom files are being chosen */
  DeskDocument *last;    /* filed last: its day, language and source are offered; NULL before the first */
  gboolean selecting, filing;

  GtkWidget *adding;
  GtkLabel *adding_text;
  GtkProgressBar *adding_bar;
  GtkLabel *count;
  GtkDropDown *which;
  GtkListView *list;
  GtkMultiSelection *selection;
  GtkStack *stack;
  AdwStatusPage *empty;
  DeskPaperPreview *preview;
  GtkLabel *what;
  GtkWidget *known_bar;
  GtkLabel *known_text;
  GtkWidget *known_show;
  DeskInboxParts *parts;
  DeskPatientPicker *picker;
  GtkLabel *patient_problem;
  GtkButton *consent_button;
  GtkButton *guess_button, *before_button, *repeat_button, *aside;
  DeskPaperForm *form;
};

gboolean desk_inbox_view_is_aside (DeskInboxView *self);
GArray *desk_inbox_view_chosen (DeskInboxView *self);

/* In desk-inbox-item.c. */
char *desk_inbox_view_name_of (DeskInboxView *self, gint64 patient_id);
void desk_inbox_view_set_patient (DeskInboxView *self, gint64 patient_id);
void desk_inbox_view_on_patient (DeskPatientPicker *picker, DeskInboxView *self);
void desk_inbox_view_offer_patients (DeskInboxView *self);
void desk_inbox_view_repeat (DeskInboxView *self);
void desk_inbox_view_keep_draft (DeskInboxView *self);
void desk_inbox_view_show_item (DeskInboxView *self, const DeskInboxItem *item);
void desk_inbox_view_show_known (DeskInboxView *self, const DeskInboxItem *item);
void desk_inbox_view_show_nothing (DeskInboxView *self);

/* In desk-inbox-acts.c. */
void desk_inbox_view_file (DeskInboxView *self);
void desk_inbox_view_put_aside (DeskInboxView *self);

/* In desk-inbox-consent.c. */
void desk_inbox_view_look_for_consent (DeskInboxView *self, const DeskInboxItem *item);
void desk_inbox_view_file_consent (DeskInboxView *self);
void desk_inbox_view_consent_filed (DeskInboxView *self, gint64 document_id);

/* In desk-inbox-adding.c. */
void desk_inbox_view_make_adder (DeskInboxView *self);
void desk_inbox_view_action_add (GtkWidget *widget, const char *name, GVariant *target);
void desk_inbox_view_action_link (GtkWidget *widget, const char *name, GVariant *target);
void desk_inbox_view_action_paste (GtkWidget *widget, const char *name, GVariant *target);
void desk_inbox_view_action_stop (GtkWidget *widget, const char *name, GVariant *target);

G_END_DECLS
