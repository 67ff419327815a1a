/* Studies of a disc become papers: once, and with a reason where the disc speaks of somebody else. */
#include "store-fixture.h"

#include "desk-documents.h"
#include "desk-studies.h"

#define ADD_PATIENT \
  "INSERT INTO patient (id, chart, family, given, sex, birth, sort_name, created_at, updated_at)" \
  " VALUES (1, 'C-1', 'YAMADA', 'TARO', 'M', '1961-03-04', 'yamada', 0, 0)"
#define DIGEST "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define OTHER "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const DeskStudyFile files[] = { { "IM0001", DIGEST, 100 }, { "IM0002", OTHER, 50 } };

static const DeskStudy sound = {
  .patient_id = 1, .uid = "1.2.3", .studied_on = "2026-05-17", .modalities = "CT,PT", .body_part = "CHEST", .description = "胸部CT",
  .hospital = "病院", .disc_name = "Yamada^Tarou=山田^太郎", .disc_id = "11", .disc_birth = "1961-03-04", .disc_sex = "M",
  .series = 1, .images = 2, .reason = "",
};

static void
test_file (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0, found = 0, whose = 0, n = 0;

  store_exec (fixture, ADD_PATIENT);
  g_assert_true (desk_study_file (fixture->db, &sound, files, 2, &id, &error));
  g_assert_no_error (error);
  g_autoptr (DeskDocument) document = desk_document_load (fixture->db, id, &error);
  g_assert_cmpstr (document->kind, ==, "imaging");
  g_assert_cmpstr (document->examined_on, ==, "2026-05-17");
  g_assert_cmpstr (document->title, ==, "胸部CT");
  g_assert_cmpstr (document->source, ==, "病院");
  g_assert_cmpint (document->bytes, ==, 150);
  g_assert_true (desk_study_find (fixture->db, "1.2.3", &found, &whose, &error));
  g_assert_cmpint (found, ==, id);
  g_assert_cmpint (whose, ==, 1);
  g_assert_true (desk_db_value (fixture->db, &n, &error, "SELECT count (*) FROM document_file WHERE document_id = $1", "i", id));
  g_assert_cmpint (n, ==, 2);
  g_assert_true (desk_study_find (fixture->db, "9.9", &found, &whose, &error));
  g_assert_cmpint (found, ==, 0);

  /* The same study twice. */
  g_assert_false (desk_study_file (fixture->db, &sound, files, 2, &id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_clear_error (&error);
  /* With a picture more it is another paper, when somebody wants that. */
  DeskStudy again = sound;
  again.again = TRUE;
  g_assert_true (desk_study_file (fixture->db, &again, files, 1, &id, &error));
}

static void
test_difference (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskStudy study = sound;
  gint64 id = 0, n = 0;

  store_exec (fixture, ADD_PATIENT);
  study.disc_birth = "1961-04-03";
  g_assert_false (desk_study_file (fixture->db, &study, files, 2, &id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "difference-not-accepted");
  g_clear_error (&error);
  g_assert_true (desk_db_value (fixture->db, &n, &error, "SELECT count (*) FROM document", ""));
  g_assert_cmpint (n, ==, 0);

  study.reason = "day and month turned round, passport seen";
  g_assert_true (desk_study_file (fixture->db, &study, files, 2, &id, &error));
  g_assert_true (desk_db_value (fixture->db, &n, &error,
                                "SELECT count (*) FROM study WHERE accepted_difference = 'birth-differs: day and month turned round,"
                                " passport seen'", ""));
  g_assert_cmpint (n, ==, 1);
  g_assert_false (desk_study_file (fixture->db, &study, files, 0, &id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
}

/* Taken back whole, and not when somebody went on with the paper. */
static void
test_unfile (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0, n = 0;

  store_exec (fixture, ADD_PATIENT);
  g_assert_true (desk_study_file (fixture->db, &sound, files, 2, &id, &error));
  g_assert_true (desk_study_unfile (fixture->db, id, &error));
  g_assert_true (desk_db_value (fixture->db, &n, &error,
                                "SELECT (SELECT count (*) FROM document) + (SELECT count (*) FROM study) + (SELECT count (*) FROM document_file)", ""));
  g_assert_cmpint (n, ==, 0);
  g_assert_false (desk_study_unfile (fixture->db, id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_true (desk_study_file (fixture->db, &sound, files, 2, &id, &error));
  g_autoptr (DeskDocument) document = desk_document_load (fixture->db, id, &error);
  g_free (document->note);
  document->note = g_strdup ("seen");
  g_assert_true (desk_document_save (fixture->db, document, &error));
  g_assert_false (desk_study_unfile (fixture->db, id, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_assert_true (desk_db_value (fixture->db, &n, NULL, "SELECT count (*) FROM study", ""));
  g_assert_cmpint (n, ==, 1);
}

/* Raw SQL past the program. */
static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = {
    "INSERT INTO study (document_id, uid) VALUES (99, '1.2')",      /* no such paper */
    "INSERT INTO study (document_id, uid) VALUES (1, '1.9')",       /* a second one of the same paper */
    "INSERT INTO study (document_id) VALUES (2)",                   /* no uid */
    "INSERT INTO study (document_id, uid, series) VALUES (2, '1.2', 'many')",
    "DELETE FROM document WHERE id = 1",                            /* it has a study */
    "INSERT INTO document_file (document_id, position, digest, bytes, media_type) VALUES (99, 1, '" DIGEST "', 1, 'a/b')",
    "INSERT INTO document_file (document_id, position, digest, bytes, media_type) VALUES (2, 0, '" DIGEST "', 1, 'a/b')",
    "INSERT INTO document_file (document_id, position, digest, bytes, media_type) VALUES (2, 1, 'short', 1, 'a/b')",
    "INSERT INTO document_file (document_id, position, bytes, media_type) VALUES (2, 1, 1, 'a/b')",
    "INSERT INTO document_file (document_id, position, digest, media_type) VALUES (2, 1, '" DIGEST "', 'a/b')",
    "INSERT INTO document_file (document_id, position, digest, bytes, media_type) VALUES (1, 1, '" OTHER "', 1, 'a/b')",
  };
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  store_exec (fixture, ADD_PATIENT);
  g_assert_true (desk_study_file (fixture->db, &sound, files, 2, &id, &error));
  g_assert_cmpint (id, ==, 1);
  store_exec (fixture, "INSERT INTO document (id, patient_id, kind, received_at) VALUES (2, 1, 'imaging', 0)");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) refused = NULL;

      if (desk_db_exec (fixture->db, wrong[i], &refused))
        g_error ("«%s» was taken", wrong[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/studies/file", StoreFixture, NULL, store_fixture_set_up, test_file, store_fixture_tear_down);
  g_test_add ("/studies/difference", StoreFixture, NULL, store_fixture_set_up, test_difference, store_fixture_tear_down);
  g_test_add ("/studies/unfile", StoreFixture, NULL, store_fixture_set_up, test_unfile, store_fixture_tear_down);
  g_test_add ("/studies/refused", StoreFixture, NULL, store_fixture_set_up, test_refused, store_fixture_tear_down);
  return g_test_run ();
}
