/* Taking in files: for which patient, then each file is checked, stored by its digest and listed. */
#pragma once

#include <gtk/gtk.h>

#include "desk-page.h"

G_BEGIN_DECLS

void desk_paper_add_choose (DeskPage *page, gint64 patient_id);
void desk_paper_add_files (DeskPage *page, gint64 patient_id, GListModel *files);
void desk_paper_ask_patient (DeskPage *page, GListModel *files);

G_END_DECLS
