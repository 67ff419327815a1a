/* The drawer at the end of a day, by currency and way of paying. A closed day takes no more money. */
#pragma once

#include "desk-db.h"
#include "desk-invoice.h"

G_BEGIN_DECLS

/* The papers that were written for the money of a day. */
typedef struct
{
  gint64 receipts, refunds;
  char *first, *last;               /* receipts; "" for none */
  char *first_refund, *last_refund; /* "" for none */
} DeskDayNumbers;

void desk_day_numbers_clear (DeskDayNumbers *numbers);

DeskDayClose *desk_day_close_begin (DeskDb *db, DeskDay day, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_day_close_make (DeskDb *db, DeskDayClose *close, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskDayClose *desk_day_close_load (DeskDb *db, DeskDay day, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_day_close_numbers (DeskDb *db, DeskDay day, DeskDayNumbers *numbers, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_day_is_closed (DeskDb *db, DeskDay day, gboolean *closed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DeskDayNumbers, desk_day_numbers_clear)

G_END_DECLS
