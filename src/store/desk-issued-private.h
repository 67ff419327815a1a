/* What the files of the register share. */
#pragma once

#include "desk-issued.h"

/* The rest of a condition on issued i, of which $1 is the earliest day that matters: the letter no longer says what the
 * book says, nobody looked at that, and it is still meant. It is not where the same letter was issued later, or its stay
 * is over. */
#define DESK_ISSUED_IS_STALE \
  "i.differs <> '' AND i.differs <> i.kept AND i.void_at IS NULL AND i.issued_on >= $1" \
  " AND NOT EXISTS (SELECT 1 FROM issued n WHERE n.patient_id = i.patient_id AND n.id > i.id AND n.name = i.name AND n.language = i.language" \
  " AND n.subject = i.subject AND n.subject_id = i.subject_id AND n.void_at IS NULL)" \
  " AND NOT EXISTS (SELECT 1 FROM trip t WHERE i.subject = 'trip' AND t.id = i.subject_id AND (t.departed_on <> '' OR t.cancelled_at IS NOT NULL))"

#define DESK_ISSUED_MATTERS_DAYS 400
