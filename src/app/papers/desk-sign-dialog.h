/* The window in which a consent is signed on the screen, and the one in which a signed paper is written down. */
#pragma once

#include "desk-consent.h"
#include "desk-page.h"

G_BEGIN_DECLS

#define DESK_TYPE_SIGN_DIALOG (desk_sign_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DeskSignDialog, desk_sign_dialog, DESK, SIGN_DIALOG, AdwWindow)

DeskSignDialog *desk_sign_dialog_screen (DeskPage *page, gint64 patient_id, const char *name, gint64 open_id);
DeskSignDialog *desk_sign_dialog_paper (DeskPage *page, gint64 consent_id, gint64 document_id);

GtkWidget *desk_sign_dialog_get_signer (DeskSignDialog *self, const char *role);
void desk_sign_dialog_agree (DeskSignDialog *self, const char *code);

G_END_DECLS
