/* Patients on the command line: search, and by chart number. */
#include "desk-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "desk-patients.h"

#define MOST 200

/* One field of a line: whatever a name holds, it cannot end the line or the field. */
static void
append_field (GString *line, const char *text)
{
  if (line->len > 0)
    g_string_append_c (line, '\t');
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      g_string_append_c (line, ' ');
    else
      g_string_append_len (line, p, g_utf8_next_char (p) - p);
}

static void
print_patient (const DeskPatient *patient)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *name = desk_patient_name (patient);
  g_autofree char *native = desk_patient_native_name (patient);

  append_field (line, patient->chart);
  append_field (line, name);
  append_field (line, native);
  append_field (line, patient->birth);
  append_field (line, patient->nationality);
  puts (line->str);
}

/* --clinic FILE search TEXT: nobody found is an answer too. */
gboolean
desk_cli_search (const DeskCliArgs *args, GError **error)
{
  g_autoptr (DeskDb) db = desk_cli_open (args, error);
  g_autoptr (GArray) ids = db ? desk_patient_search (db, args->argument, MOST, error) : NULL;
  g_autoptr (GPtrArray) rows = ids ? desk_patient_rows (db, (const gint64 *) ids->data, ids->len, error) : NULL;

  if (!rows)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (g_ptr_array_index (rows, i))
      print_patient (g_ptr_array_index (rows, i));
  return TRUE;
}

/* The patient of --patient, by chart number as the clinic writes it. */
gboolean
desk_cli_find_patient (DeskDb *db, const DeskCliArgs *args, gint64 *id, GError **error)
{
  g_autoptr (GError) own = NULL;
  g_autoptr (DeskPatient) patient = desk_patient_load_chart (db, args->patient, &own);

  if (g_error_matches (own, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, _ ("no patient with chart number %s"), args->patient);
      return FALSE;
    }
  if (!patient)
    {
      g_propagate_error (error, g_steal_pointer (&own));
      return FALSE;
    }
  *id = patient->id;
  return TRUE;
}
