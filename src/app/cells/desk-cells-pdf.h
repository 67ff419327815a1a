/* A paper of the cell room as PDF: asks where to, and has the worker write it. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

/* Writes the paper of that id to a path, over what is there: the chooser has asked. */
typedef gboolean (*DeskCellsPdfFunc) (DeskDb *db, gint64 id, const char *path, GError **error);

void desk_cells_pdf_ask (DeskPage *page, const char *title, const char *name, DeskCellsPdfFunc write, gint64 id);

G_END_DECLS
