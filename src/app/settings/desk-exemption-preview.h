/* A new table of visa exemptions before it takes the place of the old one: what is wrong with it, line by line, or what
 * becomes different. */
#pragma once

#include <adwaita.h>

#include "desk-exemption-file.h"

G_BEGIN_DECLS

#define DESK_TYPE_EXEMPTION_PREVIEW (desk_exemption_preview_get_type ())
G_DECLARE_FINAL_TYPE (DeskExemptionPreview, desk_exemption_preview, DESK, EXEMPTION_PREVIEW, AdwWindow)

/* Somebody wants the table, which is lent. */
typedef void (*DeskExemptionAccepted) (gpointer user_data, DeskExemptionFile *file);

DeskExemptionPreview *desk_exemption_preview_show (GtkWidget *over, GPtrArray *before, DeskExemptionFile *file, DeskExemptionAccepted accepted, gpointer user_data);
char *desk_exemption_preview_line (const DeskExemption *line);
char *desk_exemption_preview_as_of (const GPtrArray *table);

G_END_DECLS
