/* A new passphrase, typed twice, with its strength. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DESK_TYPE_PASSPHRASE_FIELDS (desk_passphrase_fields_get_type ())
G_DECLARE_FINAL_TYPE (DeskPassphraseFields, desk_passphrase_fields, DESK, PASSPHRASE_FIELDS, AdwPreferencesGroup)

char *desk_passphrase_fields_dup (DeskPassphraseFields *self);
void desk_passphrase_fields_clear (DeskPassphraseFields *self);

G_END_DECLS
