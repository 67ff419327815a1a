/* One page of the clinic's settings: reads over the session's reader, writes through its worker, and is read
 * again when the clinic changes. */
#pragma once

#include <adwaita.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_SETUP_PAGE (desk_setup_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (DeskSetupPage, desk_setup_page, DESK, SETUP_PAGE, AdwPreferencesPage)

struct _DeskSetupPageClass
{
  AdwPreferencesPageClass parent_class;

  /* The session is there, or something changed: show what the store says. */
  void (*refresh) (DeskSetupPage *self);
};

/* The end of a write, in the main thread: data is the job's, or NULL with error. */
typedef void (*DeskSetupDone) (DeskSetupPage *self, gpointer data, const GError *error);

void desk_setup_page_set_session (DeskSetupPage *self, DeskSession *session);
DeskSession *desk_setup_page_get_session (DeskSetupPage *self);
DeskDb *desk_setup_page_get_reader (DeskSetupPage *self);
gboolean desk_setup_page_get_read_only (DeskSetupPage *self);
gboolean desk_setup_page_is_busy (DeskSetupPage *self);
void desk_setup_page_refresh (DeskSetupPage *self);
void desk_setup_page_run (DeskSetupPage *self, DeskWork work, gpointer data, GDestroyNotify data_free,
                          DeskSetupDone done);
void desk_setup_page_offer_undo (DeskSetupPage *self, const char *words, DeskWork work, gpointer data, GDestroyNotify data_free);
/* The same, and once it is done an Undo is offered that does back with its data; both data are taken. */
void desk_setup_page_change (DeskSetupPage *self, const char *words, DeskWork work, gpointer data, DeskWork back, gpointer back_data,
                             GDestroyNotify data_free);
void desk_setup_page_set_rows (DeskSetupPage *self, AdwPreferencesGroup *group, GPtrArray *rows);
void desk_setup_page_say_error (DeskSetupPage *self, AdwPreferencesGroup *group, const GError *error);

G_END_DECLS
