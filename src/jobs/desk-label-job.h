/* Labels to PDF: which labels a code asks for, and the files. */
#pragma once

#include "desk-db.h"
#include "desk-label-data.h"

G_BEGIN_DECLS

GPtrArray *desk_label_of_unit (DeskDb *db, DeskLabelKind kind, gint64 unit_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_label_of_code (DeskDb *db, const char *text, const char *size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_label_ready (const GPtrArray *labels, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const DeskLabelStock *desk_label_paper (const GPtrArray *labels, const char *size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_label_print_pdf (const GPtrArray *labels, const DeskLabelStock *stock, const char *path, gboolean overwrite, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_command_sheet_print_pdf (const char *path, gboolean overwrite, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
