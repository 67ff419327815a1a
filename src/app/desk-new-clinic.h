/* A new clinic: its name, its file, and the first person who works there. */
#pragma once

#include <adwaita.h>

#include "desk-open.h"

G_BEGIN_DECLS

#define DESK_TYPE_NEW_CLINIC (desk_new_clinic_get_type ())
G_DECLARE_FINAL_TYPE (DeskNewClinic, desk_new_clinic, DESK, NEW_CLINIC, AdwWindow)

DeskNewClinic *desk_new_clinic_show (GtkWindow *parent, DeskOpened opened, gpointer user_data);
void desk_new_clinic_set_path (DeskNewClinic *self, const char *path);

G_END_DECLS
