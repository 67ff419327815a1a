#include "desk-passport.h"

/* A reading of nothing yet. Free with desk_passport_reading_free (). */
DeskPassportReading *
desk_passport_reading_new (gint64 patient_id, gint64 companion_id)
{
  DeskPassportReading *reading = g_new0 (DeskPassportReading, 1);

  reading->patient_id = patient_id;
  reading->companion_id = companion_id;
  reading->family = g_strdup ("");
  reading->given = g_strdup ("");
  reading->number = g_strdup ("");
  reading->birth = g_strdup ("");
  return reading;
}

/* NULL for NULL. */
DeskPassportReading *
desk_passport_reading_copy (const DeskPassportReading *reading)
{
  if (!reading)
    return NULL;

  DeskPassportReading *copy = g_new (DeskPassportReading, 1);
  *copy = *reading;
  copy->family = g_strdup (reading->family);
  copy->given = g_strdup (reading->given);
  copy->number = g_strdup (reading->number);
  copy->birth = g_strdup (reading->birth);
  return copy;
}

void
desk_passport_reading_free (DeskPassportReading *reading)
{
  if (!reading)
    return;
  g_free (reading->family);
  g_free (reading->given);
  g_free (reading->number);
  g_free (reading->birth);
  g_free (reading);
}

/* What is kept of a zone: NULL when it is no passport's (a card, a visa) or says no name. */
DeskPassportReading *
desk_passport_reading_of (const DeskMrz *mrz)
{
  if (*mrz->document != 'P' || *mrz->family == '\0')
    return NULL;

  DeskPassportReading *reading = g_new0 (DeskPassportReading, 1);
  reading->family = g_strdup (mrz->family);
  reading->given = g_strdup (mrz->given);
  reading->number = g_strdup (mrz->number);
  reading->birth = g_strdup (mrz->birth);
  for (guint i = 0; i < mrz->problems->len; i++)
    reading->cut = reading->cut || g_str_equal (desk_problems_get (mrz->problems, i)->code, "name-may-be-cut");
  return reading;
}

/* The reading of that companion's passport, with 0 of the patient's; NULL when nobody read it. */
const DeskPassportReading *
desk_passport_reading_find (const GPtrArray *readings, gint64 companion_id)
{
  for (guint i = 0; readings && i < readings->len; i++)
    if (((const DeskPassportReading *) readings->pdata[i])->companion_id == companion_id)
      return readings->pdata[i];
  return NULL;
}

/* Family and given names in the order of the certificate; one may be empty. */
static char *
join (const char *family, const char *given)
{
  char *name = g_strdup_printf ("%s %s", family ? family : "", given ? given : "");

  return g_strstrip (name);
}

/* Where the zone ends before the name does, the name must begin with it. */
static gboolean
begins_with (const char *name, const char *zone)
{
  for (const char *p = name; *p; p = g_utf8_next_char (p))
    {
      g_autofree char *beginning = g_strndup (name, (gsize) (g_utf8_next_char (p) - name));

      if (desk_mrz_name_matches (beginning, zone))
        return TRUE;
    }
  return FALSE;
}

/* Whether the record's name cannot be the one that was read. Which part is family and which is given is not compared:
 * passports of one name, and of names that are not inherited, part them otherwise, and paper shows them in one line. */
gboolean
desk_passport_name_differs (const DeskPassportReading *reading, const char *family, const char *given)
{
  g_autofree char *ours = join (family, given), *zone = join (reading->family, reading->given);

  return !desk_mrz_name_matches (ours, zone) && !(reading->cut && begins_with (ours, zone));
}

/* Adds "LIU HAO ≠ LIU HAOYU" to names, the record's and the passport's, when that person's passport was read and differs. */
gboolean
desk_passport_tell (const GPtrArray *readings, gint64 companion_id, const char *family, const char *given, GString *names)
{
  const DeskPassportReading *reading = desk_passport_reading_find (readings, companion_id);

  if (!reading || !desk_passport_name_differs (reading, family, given))
    return FALSE;
  g_autofree char *ours = join (family, given), *zone = join (reading->family, reading->given);
  g_string_append_printf (names, "%s%s ≠ %s", names->len ? ", " : "", ours, zone);
  return TRUE;
}
