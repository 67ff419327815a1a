/* One note a day, for everybody. Changes are told as DESK_KIND_BOOK with the number of the day. */
#pragma once

#include "desk-day.h"
#include "desk-db.h"

G_BEGIN_DECLS

typedef struct
{
  DeskDay day;
  char *text;     /* empty for none */
  gint64 version; /* 0 where there was never one */
} DeskDayNote;

DeskDayNote *desk_day_note_load (DeskDb *db, DeskDay day, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_day_note_save (DeskDb *db, DeskDayNote *note, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskDayNote *desk_day_note_copy (const DeskDayNote *note);
void desk_day_note_free (DeskDayNote *note);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskDayNote, desk_day_note_free)

G_END_DECLS
