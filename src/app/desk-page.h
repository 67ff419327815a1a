/* One of the five places. A page is a template, a fill, a collect and some actions; this class gives it the
 * session, the clinic and the news of what changed. */
#pragma once

#include <adwaita.h>

#include "desk-clinic.h"
#include "desk-contents.h"
#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_PAGE (desk_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (DeskPage, desk_page, DESK, PAGE, AdwBin)

struct _DeskPageClass
{
  AdwBinClass parent_class;

  /* The session is there: fill the page for the first time. */
  void (*load) (DeskPage *self);
  /* Something was committed, here or on another desk (DESK_KIND_ANY): show it without moving focus or scroll. Told once
   * for each kind however much changed; id is 0 when it was more than one thing. */
  void (*changed) (DeskPage *self, DeskKind kind, gint64 id);
  /* Show one thing: a patient, visit, unit, document … of a kind the page knows. */
  void (*show) (DeskPage *self, DeskKind kind, gint64 id);
  /* Brings the part of the page into view that has an action of the table of commands, and lends it; NULL for the
   * page itself. */
  GtkWidget *(*part) (DeskPage *self, const char *action);
  /* Whether something was typed that is not saved. */
  gboolean (*unsaved) (DeskPage *self);
  /* The place was chosen: put the focus where work begins. */
  void (*enter) (DeskPage *self);
};

void desk_page_set_session (DeskPage *self, DeskSession *session);
void desk_page_enter (DeskPage *self);
gboolean desk_page_unsaved (DeskPage *self);
GtkWidget *desk_page_part (DeskPage *self, const char *action);
void desk_page_show (DeskPage *self, DeskKind kind, gint64 id);

DeskSession *desk_page_get_session (DeskPage *self);
DeskDb *desk_page_get_reader (DeskPage *self);
DeskContents *desk_page_get_contents (DeskPage *self);
const DeskClinic *desk_page_get_clinic (DeskPage *self);
GTimeZone *desk_page_get_zone (DeskPage *self);
const char *desk_page_visit_type (DeskPage *self, const char *code);
DeskDay desk_page_get_today (DeskPage *self);
gboolean desk_page_is_coming (DeskPage *self, gint64 at);
gboolean desk_page_get_read_only (DeskPage *self);

G_END_DECLS
