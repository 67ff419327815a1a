/* The dialog for a new or changed companion. */
#pragma once

#include "desk-companion.h"
#include "desk-page.h"

G_BEGIN_DECLS

GtkWindow *desk_companion_dialog_show (DeskPage *page, const DeskCompanion *companion);

G_END_DECLS
