/* Sets the PIN a person signs with: by that person with the old one, or by a manager with the manager's own. */
#pragma once

#include <adwaita.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_SECRET_DIALOG (desk_secret_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DeskSecretDialog, desk_secret_dialog, DESK, SECRET_DIALOG, AdwWindow)

DeskSecretDialog *desk_secret_dialog_show (GtkWindow *parent, DeskSession *session, gint64 staff_id);

G_END_DECLS
