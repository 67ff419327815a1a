#include "desk-documents.h"

#include "store-fixture.h"

typedef struct
{
  StoreFixture store;
} Papers;

static void
set_up (Papers *papers, gconstpointer data)
{
  store_fixture_set_up (&papers->store, NULL);
  store_exec (&papers->store, "INSERT INTO patient (chart, family, created_at, updated_at) VALUES ('1', 'A', 0, 0), ('2', 'B', 0, 0)");
}

static void
tear_down (Papers *papers, gconstpointer data)
{
  store_fixture_tear_down (&papers->store, NULL);
}

static DeskDocument *
paper (gint64 patient_id, const char *digest)
{
  DeskDocument *document = g_new0 (DeskDocument, 1);

  document->patient_id = patient_id;
  document->kind = g_strdup ("bloodwork");
  document->examined_on = g_strdup ("2026-01-02");
  document->digest = g_strdup (digest);
  return document;
}

static void
test_rows (Papers *papers, gconstpointer data)
{
  DeskDb *db = papers->store.db;
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDocument) first = paper (1, "d1");
  g_autoptr (DeskDocument) again = paper (1, "d1");
  g_autoptr (DeskDocument) other = paper (2, "d1");
  g_autoptr (DeskDocument) asked = paper (1, "");

  first->received_at = 1000;
  g_assert_true (desk_document_save (db, first, &error));
  g_assert_cmpint (first->version, ==, 1);
  g_assert_cmpstr (first->state, ==, "received");
  g_assert_false (desk_document_save (db, again, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_clear_error (&error);
  g_assert_true (desk_document_save (db, other, &error));
  asked->state = g_strdup ("requested");
  g_assert_true (desk_document_save (db, asked, &error));

  g_autoptr (DeskDocument) stale = desk_document_load (db, first->id, &error);
  g_free (first->state);
  first->state = g_strdup ("accepted");
  g_assert_true (desk_document_save (db, first, &error));
  g_assert_cmpint (first->version, ==, 2);
  g_assert_false (desk_document_save (db, stale, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);

  g_autoptr (GPtrArray) list = desk_document_list (db, 1, &error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpint (((DeskDocument *) list->pdata[1])->id, ==, first->id);
  g_assert_cmpstr (((DeskDocument *) list->pdata[1])->state, ==, "accepted");
  g_assert_cmpstr (((DeskDocument *) list->pdata[1])->examined_on, ==, "2026-01-02");

  g_autoptr (GArray) all = desk_document_ids (db, NULL, &error);
  g_autoptr (GArray) requested = desk_document_ids (db, "requested", &error);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpuint (requested->len, ==, 1);
  gint64 ids[] = { asked->id, 99 };
  g_autoptr (GPtrArray) rows = desk_document_rows (db, ids, 2, &error);
  g_assert_cmpint (((DeskDocument *) rows->pdata[0])->patient_id, ==, 1);
  g_assert_null (rows->pdata[1]);
}

/* Every column comes back as it was written, by both roads of writing. */
static void
test_columns (Papers *papers, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDocument) original = paper (1, "d1");
  g_autoptr (DeskDocument) part = paper (1, "d2");
  DeskDb *db = papers->store.db;

  g_assert_true (desk_document_save (db, original, &error));
  part->part_of = original->id;
  part->part = g_strdup ("translation");
  part->reason = g_strdup ("blurred");
  part->source = g_strdup ("Bach Mai");
  part->due_on = g_strdup ("2026-02-01");
  part->translator = g_strdup ("T. Tran");
  part->pages = 3;
  part->link = g_strdup ("https://example.org/a");
  part->supersedes = original->id;
  g_assert_true (desk_document_save (db, part, &error));
  for (int round = 0; round < 2; round++)
    {
      g_autoptr (DeskDocument) read = desk_document_load (db, part->id, &error);

      g_assert_cmpint (read->part_of, ==, original->id);
      g_assert_cmpint (read->supersedes, ==, original->id);
      g_assert_cmpint (read->pages, ==, 3);
      g_assert_cmpstr (read->part, ==, "translation");
      g_assert_cmpstr (read->reason, ==, "blurred");
      g_assert_cmpstr (read->source, ==, "Bach Mai");
      g_assert_cmpstr (read->due_on, ==, "2026-02-01");
      g_assert_cmpstr (read->translator, ==, "T. Tran");
      g_assert_cmpstr (read->link, ==, "https://example.org/a");
      g_assert_true (desk_document_save (db, read, &error));
    }
  gint64 originals = 0;
  g_assert_true (desk_db_value (db, &originals, &error, "SELECT count (*) FROM document WHERE part_of IS NULL AND supersedes IS NULL", ""));
  g_assert_cmpint (originals, ==, 1);

  /* A translation is of a paper of the same patient. */
  g_autoptr (DeskDocument) foreign = paper (2, "d3");
  foreign->part_of = original->id;
  g_assert_false (desk_document_save (db, foreign, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);

  g_autoptr (DeskDocument) rejected = paper (1, "d4");
  g_free (rejected->state);
  rejected->state = g_strdup ("rejected");
  g_assert_false (desk_document_save (db, rejected, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
}

static void
test_steps (Papers *papers, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDocument) document = paper (1, "d1");
  DeskDb *db = papers->store.db;

  g_assert_true (desk_document_save (db, document, &error));
  g_free (document->state);
  document->state = g_strdup ("requested");
  g_assert_false (desk_document_save (db, document, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "step-not-legal");
  g_clear_error (&error);
  g_free (document->state);
  document->state = g_strdup ("under_review");
  g_assert_true (desk_document_save (db, document, &error));
}

static void
test_refused (Papers *papers, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDocument) future = paper (1, "d1");
  g_autoptr (DeskDocument) orphan = paper (77, "d2");

  g_free (future->examined_on);
  future->examined_on = g_strdup ("2999-01-01");
  g_assert_false (desk_document_save (papers->store.db, future, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (desk_document_save (papers->store.db, orphan, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Papers, NULL, set_up, func, tear_down)
  ADD ("/documents/rows", test_rows);
  ADD ("/documents/columns", test_columns);
  ADD ("/documents/steps", test_steps);
  ADD ("/documents/refused", test_refused);
  return g_test_run ();
}
