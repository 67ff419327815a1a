/* Fee schedules and their versions; how the clinic rounds tax, and its number as an issuer. */
#pragma once

#include "desk-db.h"
#include "desk-fee.h"

G_BEGIN_DECLS

typedef struct
{
  char *tax_number;       /* T and 13 digits, or "" */
  DeskTaxRound tax_round;
  gboolean stamp_box;     /* receipts leave room for a revenue stamp */
  gint64 version;         /* of the clinic's record */
} DeskTaxSettings;

GPtrArray *desk_fee_schedules (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskFeeSchedule *desk_fee_schedule_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskFeeSchedule *desk_fee_schedule_on (DeskDb *db, DeskDay day, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_fee_schedule_save (DeskDb *db, DeskFeeSchedule *schedule, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_fee_schedule_close (DeskDb *db, gint64 id, gint64 version, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_fee_schedule_delete (DeskDb *db, gint64 id, gint64 version, GError **error) G_GNUC_WARN_UNUSED_RESULT;

DeskTaxSettings *desk_tax_settings_load (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_tax_settings_save (DeskDb *db, DeskTaxSettings *settings, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_tax_settings_free (DeskTaxSettings *settings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskTaxSettings, desk_tax_settings_free)

G_END_DECLS
