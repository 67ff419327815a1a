/* The clinic's passphrase is asked for, chosen or changed. */
#pragma once

#include <adwaita.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_PASSPHRASE (desk_passphrase_get_type ())
G_DECLARE_FINAL_TYPE (DeskPassphrase, desk_passphrase, DESK, PASSPHRASE, AdwWindow)

typedef enum
{
  DESK_PASSPHRASE_ASK,    /* opens the papers */
  DESK_PASSPHRASE_CHOOSE, /* a clinic that has none gets one */
  DESK_PASSPHRASE_CHANGE,
} DeskPassphrasePurpose;

DeskPassphrase *desk_passphrase_show (GtkWindow *parent, DeskSession *session, DeskPassphrasePurpose purpose);

G_END_DECLS
