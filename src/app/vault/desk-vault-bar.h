/* The bar of the window that says when papers are locked or lie unencrypted, with the button that changes it. */
#pragma once

#include <adwaita.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_VAULT_BAR (desk_vault_bar_get_type ())
G_DECLARE_FINAL_TYPE (DeskVaultBar, desk_vault_bar, DESK, VAULT_BAR, AdwBin)

void desk_vault_bar_set_session (DeskVaultBar *self, DeskSession *session);
void desk_vault_bar_offer (DeskVaultBar *self);

G_END_DECLS
