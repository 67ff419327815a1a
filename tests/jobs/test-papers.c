/* Every paper that the clinic hands out besides consents and money, in each of its languages, from the sample clinic: it
 * has pages, its fonts are embedded, and what it must say is found in its text. With DESK_PAPERS_OUT=FOLDER the papers stay
 * there to be looked at. */
#include <glib/gstdio.h>
#include <string.h>

#include "desk-infusions.h"
#include "desk-letter-issue.h"
#include "desk-letter-page.h"
#include "desk-patients.h"
#include "desk-sample.h"
#include "desk-store.h"

#define TODAY desk_day_from_ymd (2026, 2, 3)
#define PATIENTS 140

typedef struct
{
  char *folder, *path;
  DeskDb *db;
} Clinic;

static Clinic clinic;

static void
make_clinic (void)
{
  g_autoptr (GError) error = NULL;

  clinic.folder = g_dir_make_tmp ("papers-XXXXXX", NULL);
  clinic.path = g_build_filename (clinic.folder, "sample.uketsuke", NULL);
  if (!desk_sample_create (clinic.path, PATIENTS, 7, TODAY, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  clinic.db = desk_store_open (clinic.path, 0, &error);
  if (!clinic.db)
    g_error ("%s", error->message);
}

static gint64
find (const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  if (!desk_db_value (clinic.db, &id, &error, sql, ""))
    g_error ("%s: %s", sql, error->message);
  return id;
}

/* Papers, whose they are, and what is looked for in them in every language ("=" : the same in all). */
static const struct
{
  const char *name, *whose;
  gboolean day;
} papers[] = {
  { "infusion-record", "SELECT COALESCE ((SELECT i.patient_id FROM infusion i JOIN infusion_end e ON e.unit_id = i.unit_id"
                       " WHERE e.reaction <> '' ORDER BY i.started_at DESC LIMIT 1), 0)", FALSE },
  { "treatment-summary", "SELECT COALESCE ((SELECT patient_id FROM infusion GROUP BY patient_id ORDER BY count (*) DESC, patient_id LIMIT 1), 0)", FALSE },
  { "appointment-card", "SELECT COALESCE ((SELECT patient_id FROM visit WHERE type = 'remote' AND status = 'booked' AND their_zone <> ''"
                        " AND starts_at > 1770130800 LIMIT 1), (SELECT patient_id FROM visit WHERE status = 'booked' AND starts_at > 1770130800 LIMIT 1), 0)",
    FALSE },
  { "visa-certificate", "SELECT COALESCE ((SELECT t.patient_id FROM trip t JOIN visit v ON v.patient_id = t.patient_id AND v.status = 'booked'"
                        " AND v.starts_at > 1770130800 WHERE t.route = 'medical_visa' AND t.cancelled_at IS NULL AND t.entered_on = '' AND t.planned_entry >= '2026-02-04' LIMIT 1), 0)", FALSE },
  { "treatment-schedule", "SELECT patient_id FROM visit WHERE status = 'booked' AND starts_at > 1770130800 ORDER BY id LIMIT 1", FALSE },
  { "companion-list", "SELECT COALESCE ((SELECT t.patient_id FROM trip t WHERE t.cancelled_at IS NULL AND t.departed_on = ''"
                      " AND (SELECT count (*) FROM trip_companion c WHERE c.trip_id = t.id) > 1 LIMIT 1), 0)", FALSE },
  { "guarantor", "SELECT COALESCE ((SELECT patient_id FROM trip WHERE guarantor_number <> '' AND cancelled_at IS NULL AND entered_on = '' AND planned_entry >= '2026-02-04' LIMIT 1), 0)", FALSE },
  { "envelope", "SELECT id FROM patient WHERE address <> '' ORDER BY id LIMIT 1", FALSE },
  { "translation-statement", "SELECT COALESCE ((SELECT patient_id FROM document WHERE part = 'translation' AND part_of IS NOT NULL LIMIT 1), 0)", FALSE },
  { "chase", "SELECT COALESCE ((SELECT v.patient_id FROM visit v JOIN document d ON d.patient_id = v.patient_id AND d.state = 'requested'"
             " WHERE v.status IN ('booked', 'confirmed') AND v.starts_at > 1770130800 ORDER BY v.id LIMIT 1), 0)", FALSE },
  { "day-sheet", NULL, TRUE },
  { "day-sheet-large", NULL, TRUE },
  { "day-sheet-initials", NULL, TRUE },
  { "pick-list", NULL, TRUE },
};

static char *
run (const char *command)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  int status;

  if (!g_spawn_command_line_sync (command, &output, NULL, &status, &error) || !g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", command, error->message);
  return g_steal_pointer (&output);
}

static void
check_fonts (const char *path)
{
  g_autofree char *command = g_strdup_printf ("pdffonts '%s'", path), *output = run (command);
  g_auto (GStrv) lines = g_strsplit (g_strstrip (output), "\n", -1);
  const char *column = strstr (lines[0], "emb");

  g_assert_cmpuint (g_strv_length (lines), >=, 3);
  for (guint i = 2; lines[i]; i++)
    g_assert_true (g_str_has_prefix (lines[i] + (column - lines[0]), "yes"));
}

/* What is read back from the page: without white space, which lines and columns make differently. */
static char *
text_of (const char *path)
{
  g_autofree char *command = g_strdup_printf ("pdftotext -raw '%s' -", path), *output = run (command);
  GString *out = g_string_new (NULL);

  for (const char *p = output; *p; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

static void
assert_has (const char *text, const char *words)
{
  g_autofree char *wanted = g_strdup (words), *p = NULL;
  g_auto (GStrv) parts = g_strsplit (wanted, " ", -1);

  p = g_strjoinv ("", parts);
  if (!strstr (text, p))
    g_error ("«%s» is not in: %s", p, text);
}

static gboolean
is_rtl (const char *language)
{
  return g_str_equal (language, "ar");
}

static void
print_one (guint paper, gint64 patient_id, const char *language)
{
  g_autoptr (GError) error = NULL;
  const char *out = g_getenv ("DESK_PAPERS_OUT") ? g_getenv ("DESK_PAPERS_OUT") : clinic.folder;
  g_autofree char *name = g_strdup_printf ("%s-%s.pdf", papers[paper].name, language), *path = g_build_filename (out, name, NULL);
  DeskLetterWanted wanted = { .name = papers[paper].name, .language = language, .patient_id = patient_id };
  gint64 id;

  if (papers[paper].day)
    {
      wanted.subject = "day";
      wanted.subject_id = TODAY;
    }
  if (!desk_letter_issue_pdf (clinic.db, &wanted, 1, TODAY, path, TRUE, &id, &error))
    g_error ("%s: %s", name, error->message);
  check_fonts (path);
  g_autofree char *text = text_of (path);
  g_assert_null (strstr (text, "{{"));
  g_autoptr (DeskPatient) patient = patient_id ? desk_patient_load (clinic.db, patient_id, &error) : NULL;
  if (patient && !g_str_equal (papers[paper].name, "envelope"))
    {
      assert_has (text, patient->chart);
      if (!is_rtl (language))
        assert_has (text, patient->family);
    }
  g_autoptr (DeskIssued) issued = desk_issued_load (clinic.db, id, &error);
  assert_has (text, issued->number);
}

static void
test_print (gconstpointer data)
{
  guint paper = GPOINTER_TO_UINT (data);
  gint64 patient_id = papers[paper].whose ? find (papers[paper].whose) : 0;

  g_assert_true (papers[paper].day || patient_id > 0);
  for (const char *const *language = desk_letter_languages (papers[paper].name); *language; language++)
    print_one (paper, patient_id, *language);
}

static void
remove_folder (void)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", clinic.folder);

  desk_db_close (clinic.db);
  g_free (run (command));
  g_free (clinic.folder);
  g_free (clinic.path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  make_clinic ();
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autofree char *path = g_strconcat ("/papers/", papers[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_print);
    }
  int status = g_test_run ();
  remove_folder ();
  return status;
}
