/* One who signs, in the window in which a consent is signed: name, what is asked of that role, and the box for the
 * signature or the typed name. Signal "changed". */
#pragma once

#include <adwaita.h>

#include "desk-consent.h"
#include "desk-page.h"
#include "desk-sign-pad.h"

G_BEGIN_DECLS

#define DESK_TYPE_SIGN_SIGNER (desk_sign_signer_get_type ())
G_DECLARE_FINAL_TYPE (DeskSignSigner, desk_sign_signer, DESK, SIGN_SIGNER, AdwBin)

GtkWidget *desk_sign_signer_new (DeskPage *page, const char *role, const char *name, gboolean strokes);
DeskConsentSigner *desk_sign_signer_get (DeskSignSigner *self);
void desk_sign_signer_set_open (DeskSignSigner *self, gboolean open);
DeskSignPad *desk_sign_signer_get_pad (DeskSignSigner *self);
void desk_sign_signer_choose (DeskSignSigner *self, gint64 staff_id);
GtkWidget *desk_sign_signer_get_name (DeskSignSigner *self);
gboolean desk_sign_signer_touched (DeskSignSigner *self);

G_END_DECLS
