/* A table of patients from the file to the clinic and back. Needs bubblewrap. */
#include "../store/store-fixture.h"

#include <string.h>

#include "desk-import-job.h"
#include "desk-imports.h"

#define TODAY (desk_day_from_ymd (2026, 11, 22))

static char *
save (StoreFixture *fixture, const char *text, const char *encoding, const char *mark, gsize mark_length)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &length, &error);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  char *path = g_build_filename (fixture->folder, "people.csv", NULL);

  g_assert_no_error (error);
  g_byte_array_append (all, (const guint8 *) mark, (guint) mark_length);
  g_byte_array_append (all, (const guint8 *) bytes, (guint) length);
  g_assert_true (g_file_set_contents (path, (const char *) all->data, all->len, NULL));
  return path;
}

/* NULL, and the test is skipped, where no sandbox can be made. */
static DeskImportFile *
read_table (const char *path, const char *encoding, const char *delimiter, gboolean headed)
{
  g_autoptr (GError) error = NULL;
  DeskImportFile *file = desk_import_file_read (path, encoding, delimiter, headed, NULL, &error);

  if (g_error_matches (error, DESK_ERROR, DESK_ERROR_REFUSED))
    g_test_skip ("no sandbox here");
  else
    g_assert_no_error (error);
  return file;
}

static const char people[] = "chart,氏名,カナ,生年月日,sex,nationality\r\n"
                             "A-1,\"山田, 太郎\",ヤマダ タロウ,昭和36年3月5日,男,Japan\r\n"
                             "A-2,\"髙橋, 花子\",,1970/4/13,女,JPN\r\n"
                             "\r\n"
                             "A-3,\"O'Brien, Ann \"\"Annie\"\"\",,1980-01-02,F,IRL\r\n";

static void
test_encodings (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *encoding, *mark, *found;
    gsize mark_length;
  } cases[] = {
    { "UTF-8", "", "UTF-8", 0 },           { "UTF-8", "\xef\xbb\xbf", "UTF-8", 3 }, { "CP932", "", "CP932", 0 },
    { "UTF-16LE", "\xff\xfe", "UTF-16LE", 2 }, { "UTF-16BE", "\xfe\xff", "UTF-16BE", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = save (fixture, people, cases[i].encoding, cases[i].mark, cases[i].mark_length);
      g_autoptr (DeskImportFile) file = read_table (path, NULL, NULL, TRUE);
      guint line;

      if (!file)
        return;
      g_assert_cmpstr (file->encoding, ==, cases[i].found);
      g_assert_cmpstr (file->delimiter, ==, ",");
      g_assert_cmpstr (file->header[1], ==, "氏名");
      g_assert_cmpuint (file->rows->len, ==, 3);
      g_auto (GStrv) cells = desk_import_file_row (file, 1, &line);
      g_assert_cmpstr (cells[1], ==, "髙橋, 花子");
      g_assert_cmpuint (line, ==, 3);
      g_auto (GStrv) last = desk_import_file_row (file, 2, &line);
      g_assert_cmpstr (last[1], ==, "O'Brien, Ann \"Annie\"");
      g_assert_cmpuint (line, ==, 5);
      g_assert_cmpuint (file->troubles->len, ==, 0);
    }
}

static void
test_told (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = save (fixture, "1;2\tA;B\n3;4\tC;D\n", "UTF-8", "", 0);
  g_autoptr (DeskImportFile) file = read_table (path, "UTF-8", "\t", FALSE);

  if (!file)
    return;
  g_assert_cmpstr (file->header[0], ==, "1");
  g_assert_cmpuint (file->rows->len, ==, 2);
  g_auto (GStrv) cells = desk_import_file_row (file, 0, NULL);
  g_assert_cmpstr (cells[0], ==, "1;2");
  g_assert_cmpuint (g_strv_length (cells), ==, 2);
}

static void
insert_somebody (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) patient = desk_patient_new ();
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);
  static const char *const values[][2] = { { "family", "LINDQVIST" }, { "given", "Eva" }, { "birth", "1970-04-13" }, { "chart", "B-9" } };

  for (guint i = 0; i < n; i++)
    for (guint v = 0; v < G_N_ELEMENTS (values); v++)
      if (strcmp (fields[i].name, values[v][0]) == 0)
        desk_patient_set (patient, &fields[i], values[v][1]);
  g_assert_true (desk_patient_save (fixture->db, patient, &error));
}

static void
test_whole_way (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = save (fixture,
                                "chart;family;given;dob\n"
                                "A-1;ONE;Ann;13/4/1961\n"
                                "A-2;LINDQVIST;Eva;13/4/1970\n"  /* is there already */
                                "A-3;ONE;Ann;13/4/1961\n"        /* twice in the table */
                                "B-9;TWO;Bob;14/4/1961\n"        /* the number is given */
                                "A-4;;Cid;14/4/1961\n"           /* no name */
                                "A-5;THREE;Dan;3/4/1961\n"
                                "A-6;FOUR;Eve;31/31/1961\n",
                                "UTF-8", "", 0);
  g_autoptr (DeskImportFile) file = read_table (path, NULL, NULL, TRUE);
  gboolean remembered;
  gint64 batch, count;
  guint kept;

  if (!file)
    return;
  insert_somebody (fixture);
  g_autoptr (DeskImportPlan) plan = desk_import_propose (fixture->db, file, &remembered, &error);
  g_assert_no_error (error);
  g_assert_false (remembered);
  g_assert_cmpint (plan->order, ==, DESK_DAY_ORDER_DMY);
  g_autoptr (DeskImportLook) look = desk_import_look (fixture->db, file, plan, TODAY, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (look->counts[DESK_IMPORT_NEW], ==, 2);
  g_assert_cmpuint (look->counts[DESK_IMPORT_DUPLICATE], ==, 2);
  g_assert_cmpuint (look->counts[DESK_IMPORT_WRONG], ==, 3);
  g_assert_cmpuint (look->findings->len, ==, 5);
  DeskImportFinding *there = g_ptr_array_index (look->findings, 0), *twice = g_ptr_array_index (look->findings, 1);
  g_assert_cmpuint (there->line, ==, 3);
  g_assert_cmpint (there->other_id, >, 0);
  g_assert_cmpstr (there->other_name, ==, "LINDQVIST Eva");
  g_assert_cmpuint (twice->other_line, ==, 2);
  g_assert_cmpuint (desk_import_look_taken (look), ==, 2);
  twice->take = TRUE;

  /* Nothing is written before it is told. */
  g_assert_true (desk_db_value (fixture->db, &count, &error, "SELECT count (*) FROM patient", ""));
  g_assert_cmpint (count, ==, 1);
  g_assert_true (desk_import_take (fixture->db, file, plan, look, TODAY, NULL, NULL, NULL, &batch, &error));
  g_assert_no_error (error);
  g_assert_true (desk_db_value (fixture->db, &count, &error, "SELECT count (*) FROM patient", ""));
  g_assert_cmpint (count, ==, 4);
  g_assert_true (desk_db_value (fixture->db, &count, &error, "SELECT count (*) FROM patient WHERE birth = '1961-04-03' AND chart = 'A-5'", ""));
  g_assert_cmpint (count, ==, 1);

  g_autoptr (DeskImportPlan) again = desk_import_propose (fixture->db, file, &remembered, &error);
  g_assert_true (remembered);
  g_autoptr (DeskImportLook) second = desk_import_look (fixture->db, file, again, TODAY, NULL, NULL, NULL, &error);
  g_assert_cmpint (second->known_batch, ==, batch);
  g_assert_cmpuint (second->counts[DESK_IMPORT_NEW], ==, 0);
  g_assert_true (desk_import_undo (fixture->db, batch, &kept, NULL, NULL, &error));
  g_assert_true (desk_db_value (fixture->db, &count, &error, "SELECT count (*) FROM patient", ""));
  g_assert_cmpint (count, ==, 1);
}

static void
test_cancel (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = save (fixture, "family\nONE\nTWO\n", "UTF-8", "", 0);
  g_autoptr (DeskImportFile) file = read_table (path, NULL, NULL, TRUE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gboolean remembered;
  gint64 batch, count;

  if (!file)
    return;
  g_autoptr (DeskImportPlan) plan = desk_import_propose (fixture->db, file, &remembered, &error);
  g_autoptr (DeskImportLook) look = desk_import_look (fixture->db, file, plan, TODAY, NULL, NULL, NULL, &error);
  g_cancellable_cancel (cancellable);
  g_assert_false (desk_import_take (fixture->db, file, plan, look, TODAY, NULL, NULL, cancellable, &batch, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (desk_db_value (fixture->db, &count, &error, "SELECT count (*) FROM patient", ""));
  g_assert_cmpint (count, ==, 0);
}

/* What is no table is refused or read as nothing much, never taken for people. */
static void
test_nonsense (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "people.csv", NULL);
  static const struct
  {
    const char *bytes;
    gsize length;
  } files[] = { { "", 0 }, { "\0\0\0\0", 4 }, { "\xff\xfe", 2 }, { "\"", 1 }, { "%PDF-1.4\n\x80\x81", 11 }, { "\x1f\x1f\n\x1f", 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean remembered;

      g_assert_true (g_file_set_contents (path, files[i].bytes, (gssize) files[i].length, NULL));
      g_autoptr (DeskImportFile) file = read_table (path, NULL, NULL, TRUE);
      if (!file)
        return;
      g_autoptr (DeskImportPlan) plan = desk_import_propose (fixture->db, file, &remembered, &error);
      g_autoptr (DeskImportLook) look = desk_import_look (fixture->db, file, plan, TODAY, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (look->counts[DESK_IMPORT_NEW], ==, 0);
    }
}

#define ADD(path, func) g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/jobs/import/encodings", test_encodings);
  ADD ("/jobs/import/told", test_told);
  ADD ("/jobs/import/whole-way", test_whole_way);
  ADD ("/jobs/import/cancel", test_cancel);
  ADD ("/jobs/import/nonsense", test_nonsense);
  return g_test_run ();
}
