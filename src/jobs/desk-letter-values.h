/* What letters are filled with, gathered from the clinic file: for desk-letters.c alone. */
#pragma once

#include "desk-db.h"
#include "desk-letter.h"

G_BEGIN_DECLS

DeskFields *desk_letter_values (DeskDb *db, gint64 patient_id, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
