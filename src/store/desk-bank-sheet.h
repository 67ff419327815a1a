/* The bank on paper: what stands where, box by box and patient by patient, and the head of the audit chain. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

/* A unit in its place; texts are lent for the call. */
typedef struct
{
  gint64 unit_id, container_id;
  int row, col;
  const char *number, *kind, *life, *quality, *use_until;
  const char *family, *given, *chart, *birth;
} DeskSheetUnit;

typedef gboolean (*DeskSheetFunc) (const DeskSheetUnit *unit, gpointer user_data, GError **error);

gboolean desk_bank_sheet_box (DeskDb *db, gint64 container_id, DeskSheetFunc func, gpointer user_data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_bank_sheet_patients (DeskDb *db, DeskSheetFunc func, gpointer user_data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GArray *desk_bank_tops (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_audit_head (DeskDb *db, gint64 *seq, char **digest, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
