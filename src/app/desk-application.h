/* The program: opens clinic files, one window each. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DESK_TYPE_APPLICATION (desk_application_get_type ())
G_DECLARE_FINAL_TYPE (DeskApplication, desk_application, DESK, APPLICATION, AdwApplication)

DeskApplication *desk_application_new (void);
void desk_application_prepare (void);
void desk_application_set_language (const char *language);

G_END_DECLS
