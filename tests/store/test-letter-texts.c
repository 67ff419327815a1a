/* The clinic's own letters: versions only grow, a number stands for one text, two who save at once are told of each
 * other, drafts outlive the program. */
#include "desk-letter-texts.h"

#include <string.h>

#include "desk-error.h"
#include "store-fixture.h"

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture, "INSERT INTO staff (id, name, name_ja, role) VALUES (1, 'Dr Abe', '阿部', 'physician'), (2, 'Nurse Baba', '', 'nurse');"
                       "INSERT INTO patient (id, chart, family, given, family_native, created_at, updated_at) VALUES (1, 'C1', 'PARK', 'J', '', 0, 0)");
  desk_db_set_actor (fixture->db, 1, "test");
}

static gboolean
save (StoreFixture *fixture, const char *xml, const char *version, gint64 *seq, GError **error)
{
  DeskLetterSave saved = { .name = "consent", .xml = xml, .version = version, .comment = "why", .above = "1.0", .seq = *seq };
  gboolean ok = desk_letter_text_save (fixture->db, &saved, error);

  *seq = saved.seq;
  return ok;
}

static void
must_save (StoreFixture *fixture, const char *xml, const char *version, gint64 *seq)
{
  g_autoptr (GError) error = NULL;

  if (!save (fixture, xml, version, seq, &error))
    g_error ("%s", error->message);
}

static void
must_fail (StoreFixture *fixture, const char *version, gint64 seq, DeskError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (save (fixture, "<another/>", version, &seq, &error));
  g_assert_error (error, DESK_ERROR, (int) code);
  if (!strstr (error->message, message))
    g_error ("«%s» instead of «%s»", error->message, message);
}

static void
test_versions (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;
  g_autoptr (DeskLetterVersion) none = desk_letter_text_newest (fixture->db, "consent", &error);

  g_assert_no_error (error);
  g_assert_cmpint (none->seq, ==, 0);
  g_assert_null (none->digest);
  must_save (fixture, "<one/>", "1.1", &seq);
  must_save (fixture, "<two/>", "1.10", &seq);
  g_assert_cmpint (seq, ==, 2);

  g_autoptr (DeskLetterVersion) newest = desk_letter_text_newest (fixture->db, "consent", &error);
  g_assert_cmpstr (newest->version, ==, "1.10");
  g_assert_cmpstr (newest->by, ==, "Dr Abe");
  g_assert_cmpstr (newest->comment, ==, "why");
  g_autofree char *xml = desk_letter_text_by_digest (fixture->db, newest->digest, &error);
  g_assert_cmpstr (xml, ==, "<two/>");
  g_autoptr (GPtrArray) history = desk_letter_text_history (fixture->db, "consent", &error);
  g_assert_cmpuint (history->len, ==, 2);
  g_assert_cmpstr (((DeskLetterVersion *) history->pdata[1])->version, ==, "1.1");
  g_autoptr (GPtrArray) list = desk_letter_text_list (fixture->db, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (((DeskLetterVersion *) list->pdata[0])->seq, ==, 2);
  g_assert_null (desk_letter_text_by_digest (fixture->db, "none", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

/* A number that is not above all before it, and the built-in letter's; also after going back to that one. */
static void
test_numbers (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  must_fail (fixture, "1.0", 0, DESK_ERROR_REFUSED, "letter-version-lower");
  must_fail (fixture, "1", 0, DESK_ERROR_REFUSED, "letter-version-lower");
  must_fail (fixture, "one", 0, DESK_ERROR_INVALID, "number");
  must_save (fixture, "<one/>", "1.9", &seq);
  must_fail (fixture, "1.9", 1, DESK_ERROR_REFUSED, "letter-version-lower");
  must_fail (fixture, "1.9.0", 1, DESK_ERROR_REFUSED, "letter-version-lower");
  g_assert_true (desk_letter_text_end (fixture->db, "consent", &seq, "back", &error));
  g_assert_cmpint (seq, ==, 2);
  must_fail (fixture, "1.5", 2, DESK_ERROR_REFUSED, "letter-version-lower");
  must_save (fixture, "<one/>", "2", &seq);
  g_assert_cmpint (seq, ==, 3);
}

static void
test_end (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  g_assert_false (desk_letter_text_end (fixture->db, "consent", &seq, "", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  must_save (fixture, "<one/>", "2", &seq);
  g_assert_true (desk_letter_text_end (fixture->db, "consent", &seq, "not needed", &error));
  g_autoptr (DeskLetterVersion) newest = desk_letter_text_newest (fixture->db, "consent", &error);
  g_assert_null (newest->digest);
  g_assert_cmpstr (newest->version, ==, "");
  g_assert_cmpint (newest->seq, ==, 2);
  g_assert_false (desk_letter_text_end (fixture->db, "consent", &seq, "", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
}

/* Two people began from the same version: the second is told who was first, and nothing is lost. */
static void
test_conflict (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 seq = 0, other = 0;

  must_save (fixture, "<one/>", "1.1", &seq);
  desk_db_set_actor (fixture->db, 2, "test");
  must_fail (fixture, "1.2", 0, DESK_ERROR_CONFLICT, "Dr Abe saved version 1.1");
  g_assert_false (desk_letter_text_end (fixture->db, "consent", &other, "", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (desk_letter_text_end (fixture->db, "consent", &seq, "", &error));
  must_fail (fixture, "1.2", 1, DESK_ERROR_CONFLICT, "Nurse Baba put this letter away");
  g_autoptr (GPtrArray) history = desk_letter_text_history (fixture->db, "consent", &error);
  g_assert_cmpuint (history->len, ==, 2);
}

static char *
draft_of (StoreFixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  DeskLetterDraft *draft = NULL;

  if (!desk_letter_draft_load (fixture->db, name, desk_db_get_actor (fixture->db), &draft, &error))
    g_error ("%s", error->message);
  char *xml = draft ? g_strdup (draft->xml) : NULL;
  g_clear_pointer (&draft, desk_letter_draft_free);
  return xml;
}

static void
test_drafts (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskLetterDraft draft = { .name = (char *) "consent", .xml = (char *) "<let" };
  gint64 seq = 0;

  g_assert_null (draft_of (fixture, "consent"));
  g_assert_true (desk_letter_draft_keep (fixture->db, &draft, &error));
  draft.xml = (char *) "<letter";
  g_assert_true (desk_letter_draft_keep (fixture->db, &draft, &error));
  g_autofree char *kept = draft_of (fixture, "consent");
  g_assert_cmpstr (kept, ==, "<letter");

  /* Each has their own. */
  desk_db_set_actor (fixture->db, 2, "test");
  g_assert_null (draft_of (fixture, "consent"));
  draft.xml = (char *) "<other";
  g_assert_true (desk_letter_draft_keep (fixture->db, &draft, &error));
  g_autoptr (GPtrArray) drafts = desk_letter_draft_list (fixture->db, 2, &error);
  g_assert_cmpuint (drafts->len, ==, 1);
  must_save (fixture, "<one/>", "1.1", &seq);
  g_assert_null (draft_of (fixture, "consent"));

  desk_db_set_actor (fixture->db, 1, "test");
  g_autofree char *mine = draft_of (fixture, "consent");
  g_assert_cmpstr (mine, ==, "<letter");
  g_assert_true (desk_letter_draft_drop (fixture->db, "consent", &error));
  g_assert_true (desk_letter_draft_drop (fixture->db, "consent", &error));
  g_assert_null (draft_of (fixture, "consent"));
}

/* A text is kept once, within somebody's transaction, and gone with it. */
static void
test_keep (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL, *again = NULL;

  {
    g_autoptr (DeskTxn) txn = desk_txn_begin (fixture->db, &error);
    g_assert_true (desk_letter_text_keep (txn, fixture->db, "<kept/>", &digest, &error));
  }
  g_assert_null (desk_letter_text_by_digest (fixture->db, digest, NULL));
  g_autoptr (DeskTxn) txn = desk_txn_begin (fixture->db, &error);
  g_clear_pointer (&digest, g_free);
  g_assert_true (desk_letter_text_keep (txn, fixture->db, "<kept/>", &digest, &error));
  g_assert_true (desk_letter_text_keep (txn, fixture->db, "<kept/>", &again, &error));
  g_assert_cmpstr (digest, ==, again);
  g_assert_true (desk_txn_log (txn, "test", DESK_KIND_LETTER, 0, NULL, &error));
  g_assert_true (desk_txn_commit (txn, &error));
  g_autofree char *xml = desk_letter_text_by_digest (fixture->db, digest, &error);
  g_assert_cmpstr (xml, ==, "<kept/>");
}

#define D1 "'1111111111111111111111111111111111111111111111111111111111111111'"
#define D2 "'2222222222222222222222222222222222222222222222222222222222222222'"

/* What raw SQL must not do. */
static void
test_refusals (StoreFixture *fixture, gconstpointer data)
{
  static const char *const rows[][2] = {
    { "INSERT INTO letter_text (digest, xml) VALUES ('short', '<x/>')", "CHECK" },
    { "INSERT INTO letter_text (digest, xml) VALUES ('3333333333333333333333333333333333333333333333333333333333333333', '')", "CHECK" },
    { "INSERT INTO letter_text (digest, xml) VALUES ('3333333333333333333333333333333333333333333333333333333333333333', hex (zeroblob (600000)))",
      "CHECK" },
    { "UPDATE letter_text SET xml = '<other/>'", "journal-only-grows" },
    { "DELETE FROM letter_text", "journal-only-grows" },
    { "UPDATE letter_version SET comment = 'x'", "journal-only-grows" },
    { "DELETE FROM letter_version", "journal-only-grows" },
    { "INSERT INTO letter_version (name, seq, version, digest, at) VALUES ('consent', 3, '9', " D1 ", 0)", "journal-only-grows" },
    { "INSERT INTO letter_version (name, seq, version, digest, at) VALUES ('consent', 1, '9', " D1 ", 0)", "journal-only-grows" },
    { "INSERT INTO letter_version (name, seq, version, digest, at) VALUES ('consent', 2, '2', " D2 ", 0)", "letter-version-used" },
    { "INSERT INTO letter_version (name, seq, version, digest, at) VALUES ('consent', 2, '1.0', " D2 ", 0)", "letter-version-used" },
    { "INSERT INTO letter_version (name, seq, version, digest, at) VALUES ('consent', 2, '9', NULL, 0)", "CHECK" },
    { "INSERT INTO letter_version (name, seq, version, digest, at) VALUES ('consent', 2, '', " D2 ", 0)", "CHECK" },
    { "INSERT INTO letter_version (name, seq, version, digest, at) VALUES ('', 1, '9', " D2 ", 0)", "CHECK" },
    { "INSERT INTO letter_version (name, seq, version, digest, at) VALUES ('consent', 2, '9', 'none', 0)", "FOREIGN KEY" },
    { "INSERT INTO letter_version (name, seq, version, digest, at, by_id) VALUES ('consent', 2, '9', " D2 ", 0, 77)", "FOREIGN KEY" },
    { "INSERT INTO letter_draft (name, by_id, seq, xml, at) VALUES ('', 1, 0, '', 0)", "CHECK" },
    { "INSERT INTO letter_draft (name, by_id, seq, xml, at) VALUES ('x', 1, -1, '', 0)", "CHECK" },
    { "INSERT INTO letter_draft (name, by_id, seq, xml, at) VALUES ('x', 1, 0, hex (zeroblob (600000)), 0)", "CHECK" },
  };

  store_exec (fixture, "INSERT INTO letter_text (digest, xml) VALUES (" D1 ", '<one/>'), (" D2 ", '<two/>');"
                       "INSERT INTO letter_version (name, seq, version, digest, at) VALUES ('consent', 1, '2', " D1 ", 0);"
                       "INSERT INTO issued (number, name, version, language, text_digest, patient_id, issued_on, data, pdf_digest, pages, at)"
                       " VALUES ('Y26-000001-X', 'consent', '1.0', 'en', " D1 ", 1, '2026-11-22', '<data/>', " D2 ", 1, 0)");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    store_refuse (fixture, rows[i][0], DESK_ERROR_REFUSED, rows[i][1]);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (StoreFixture *fixture, gconstpointer data);
  } tests[] = {
    { "/letter-texts/versions", test_versions }, { "/letter-texts/numbers", test_numbers }, { "/letter-texts/end", test_end },
    { "/letter-texts/conflict", test_conflict }, { "/letter-texts/drafts", test_drafts },   { "/letter-texts/keep", test_keep },
    { "/letter-texts/refusals", test_refusals },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, StoreFixture, NULL, set_up, tests[i].test, store_fixture_tear_down);
  return g_test_run ();
}
