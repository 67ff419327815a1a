/* The register as the schema keeps it: raw SQL past the program. */
#include "store-fixture.h"

#define D64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define COLUMNS "INSERT INTO issued (id, number, name, version, language, text_digest, patient_id, issued_on, data, pdf_digest, pages, at"

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture, "INSERT INTO patient (id, chart, family, created_at, updated_at) VALUES (1, '000001', 'KIM', 0, 0), (2, '000002', 'LEE', 0, 0);"
                       "INSERT INTO letter_text (digest, xml) VALUES ('" D64 "', '<letter/>');"
                       COLUMNS ") VALUES (1, 'Y1', 'consent', '1.0', 'en', '" D64 "', 1, '2026-11-22', '<letter-data/>', '" D64 "', 1, 0);"
                       COLUMNS ") VALUES (2, 'Y2', 'consent', '1.0', 'en', '" D64 "', 1, '2026-11-22', '<letter-data/>', '" D64 "', 1, 0);"
                       "UPDATE issued SET void_at = 1, void_why = 'wrong' WHERE id = 2;"
                       "INSERT INTO issued_print (id, issued_id, seq, how, at) VALUES (1, 1, 1, 'printer', 0), (2, 1, 2, 'pdf', 0);"
                       "UPDATE issued_print SET state = 'done', ended_at = 1 WHERE id = 1");
}

static const struct
{
  const char *sql, *message;
} refusals[] = {
  /* Frozen is frozen. */
  { "UPDATE issued SET number = 'Y9' WHERE id = 1", "issued-fixed" },
  { "UPDATE issued SET data = '<letter-data></letter-data>' WHERE id = 1", "issued-fixed" },
  { "UPDATE issued SET pdf_digest = replace (pdf_digest, '0', '1') WHERE id = 1", "issued-fixed" },
  { "UPDATE issued SET issued_on = '2026-11-23' WHERE id = 1", "issued-fixed" },
  { "UPDATE issued SET subject = 'trip', subject_id = 3 WHERE id = 1", "issued-fixed" },
  { "UPDATE issued SET replaces = 1 WHERE id = 2", "issued-fixed" },
  { "UPDATE issued SET patient_id = 2 WHERE id = 1", "owner-is-fixed" },
  { "DELETE FROM issued", "journal-only-grows" },
  { "UPDATE letter_text SET xml = '<other/>'", "journal-only-grows" },
  { "DELETE FROM letter_text", "journal-only-grows" },
  /* Withdrawn is withdrawn. */
  { "UPDATE issued SET void_at = NULL, void_why = '' WHERE id = 2", "issued-fixed" },
  { "UPDATE issued SET void_why = 'another' WHERE id = 2", "issued-fixed" },
  { "UPDATE issued SET void_at = 1 WHERE id = 1", NULL },
  /* A number is given once; a text is there; the patient is the one. */
  { COLUMNS ") VALUES (3, 'Y1', 'consent', '1.0', 'en', '" D64 "', 1, '2026-11-22', '<letter-data/>', '" D64 "', 1, 0)", NULL },
  { COLUMNS ") VALUES (3, 'Y3', 'consent', '1.0', 'en', '" D64 "', 1, '2026-11-22', '<letter-data/>', 'short', 1, 0)", NULL },
  { COLUMNS ") VALUES (3, 'Y3', 'consent', '1.0', 'en', '" D64 "', 1, '2026-11-22', '<letter-data/>', '" D64 "', 0, 0)", NULL },
  { COLUMNS ", subject) VALUES (3, 'Y3', 'consent', '1.0', 'en', '" D64 "', 1, '2026-11-22', '<letter-data/>', '" D64 "', 1, 0, 'dog')", NULL },
  { COLUMNS ", replaces) VALUES (3, 'Y3', 'consent', '1.0', 'en', '" D64 "', 2, '2026-11-22', '<letter-data/>', '" D64 "', 1, 0, 1)",
    "issued-other-patient" },
  { COLUMNS ", replaces) VALUES (3, 'Y3', 'consent', '1.0', 'en', '" D64 "', 1, '2026-11-22', '<letter-data/>', '" D64 "', 1, 0, 2)",
    "issued-void" },
  { COLUMNS ", replaces) VALUES (3, 'Y3', 'consent', '1.0', 'en', '" D64 "', 1, '2026-11-22', '<letter-data/>', '" D64 "', 1, 0, 3)", NULL },
  /* Prints are a journal without holes; each ends once, but for those nobody knew of. */
  { "INSERT INTO issued_print (issued_id, seq, how, at) VALUES (1, 4, 'pdf', 0)", "journal-only-grows" },
  { "INSERT INTO issued_print (issued_id, seq, how, at) VALUES (1, 2, 'pdf', 0)", "journal-only-grows" },
  { "INSERT INTO issued_print (issued_id, seq, how, at, copies) VALUES (1, 3, 'pdf', 0, 0)", NULL },
  { "INSERT INTO issued_print (issued_id, seq, how, at) VALUES (1, 3, 'fax', 0)", NULL },
  { "UPDATE issued_print SET state = 'failed', reason = 'x', ended_at = 2 WHERE id = 1", "journal-only-grows" },
  { "UPDATE issued_print SET state = 'failed', ended_at = 2 WHERE id = 2", NULL },
  { "UPDATE issued_print SET state = 'done' WHERE id = 2", NULL },
  { "UPDATE issued_print SET how = 'screen', state = 'done', ended_at = 2 WHERE id = 2", "journal-only-grows" },
  { "DELETE FROM issued_print", "journal-only-grows" },
};

static void
test_refusals (StoreFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;

      if (desk_db_exec (fixture->db, refusals[i].sql, &error))
        g_error ("«%s» was not refused", refusals[i].sql);
      if (refusals[i].message && g_strcmp0 (error->message, refusals[i].message) != 0)
        g_error ("«%s»: %s", refusals[i].sql, error->message);
    }
}

/* What must be possible. */
static void
test_allowed (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, "UPDATE issued SET touched = 1, differs = 'patient.name', kept = '' WHERE id = 1");
  store_exec (fixture, "UPDATE issued SET void_at = 5, void_why = 'wrong' WHERE id = 1");
  store_exec (fixture, "UPDATE issued_print SET state = 'unknown', ended_at = 2 WHERE id = 2");
  store_exec (fixture, "UPDATE issued_print SET state = 'failed', reason = 'torn', ended_at = 3 WHERE id = 2");
  store_exec (fixture, COLUMNS ") VALUES (3, 'Y3', 'day-sheet', '1.0', 'ja', '" D64 "', NULL, '2026-11-22', '<letter-data/>', '" D64 "', 1, 0)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/schema-paper/refusals", StoreFixture, NULL, set_up, test_refusals, store_fixture_tear_down);
  g_test_add ("/schema-paper/allowed", StoreFixture, NULL, set_up, test_allowed, store_fixture_tear_down);
  return g_test_run ();
}
