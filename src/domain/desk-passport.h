/* What was read from a passport's machine-readable zone, and whether a record's name is that of the passport (facts/visa.md
 * 1.4, rule 4). */
#pragma once

#include "desk-companion.h"
#include "desk-mrz.h"
#include "desk-patient.h"

G_BEGIN_DECLS

/* Texts are never NULL. */
typedef struct
{
  gint64 id, patient_id;
  gint64 companion_id;  /* whose passport it is; 0 for the patient's own */
  char *family, *given; /* as the zone spells them, words apart by one space */
  char *number, *birth;
  gboolean cut;         /* the zone had no room for more of the name */
  gint64 read_at, by_id; /* by_id 0 for nobody known */
} DeskPassportReading;

DeskPassportReading *desk_passport_reading_new (gint64 patient_id, gint64 companion_id);
DeskPassportReading *desk_passport_reading_of (const DeskMrz *mrz);
DeskPassportReading *desk_passport_reading_copy (const DeskPassportReading *reading);
void desk_passport_reading_free (DeskPassportReading *reading);
const DeskPassportReading *desk_passport_reading_find (const GPtrArray *readings, gint64 companion_id);
gboolean desk_passport_name_differs (const DeskPassportReading *reading, const char *family, const char *given);
gboolean desk_passport_tell (const GPtrArray *readings, gint64 companion_id, const char *family, const char *given, GString *names);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPassportReading, desk_passport_reading_free)

G_END_DECLS
