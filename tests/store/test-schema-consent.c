/* Consents as the file itself keeps them: raw SQL past the program. */
#include "desk-consents.h"
#include "merge-fixture.h"

#define ISSUE(id, patient) \
  "INSERT INTO issued (id, number, name, version, language, text_digest, patient_id, issued_on, data, pdf_digest, pages, at)" \
  " VALUES (" id ", 'Y" id "', 'consent', '1.0', 'en', (SELECT min (digest) FROM letter_text), " patient ", '2026-03-01', '<x/>'," \
  " (SELECT min (digest) FROM letter_text), 4, 0)"
#define CONSENT(id, patient) \
  "INSERT INTO consent (id, patient_id, issued_id, name, purpose, version, language, at)" \
  " VALUES (" id ", " patient ", " id ", 'consent', 'treatment', '1.0', 'en', 0)"
#define OPEN(id, patient) ISSUE (id, patient) ";" CONSENT (id, patient)
#define VOID "UPDATE issued SET void_at = 1, void_why = 'x' WHERE id = 1"
#define REPLACE(id) \
  "INSERT INTO issued (id, number, name, version, language, text_digest, patient_id, issued_on, data, pdf_digest, pages, at, replaces)" \
  " SELECT " id ", 'Y" id "', name, version, language, text_digest, patient_id, issued_on, data, pdf_digest, pages, at, 1 FROM issued WHERE id = 1"
#define SIGNER(id, seq, role, more) \
  "INSERT INTO consent_signer (consent_id, seq, role, name, staff_id, ink, at) VALUES (" id ", " seq ", '" role "', 'X', " more ", '1,2', 0)"
#define SIGNERS(id) SIGNER (id, "1", "patient", "NULL") ";" SIGNER (id, "2", "physician", "5")
#define SIGN(id, at) \
  "UPDATE consent SET status = 'signed', how = 'screen', signed_at = " at ", signed_on = '2026-03-02', explained_by = 5 WHERE id = " id
#define SIGNED(id, patient, at) OPEN (id, patient) ";" SIGNERS (id) ";" SIGN (id, at)
#define WITHDRAW(id, at) "UPDATE consent SET status = 'withdrawn', withdrawn_at = " at ", withdrawn_how = 'told' WHERE id = " id

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  merge_fixture_set_up (fixture, NULL);
  store_exec (fixture, "INSERT INTO letter_text (digest, xml) VALUES ('0123456789012345678901234567890123456789012345678901234567890123', '<x/>')");
}

typedef struct
{
  const char *before, *sql, *message;
} Refusal;

static const Refusal refusals[] = {
  { ISSUE ("1", "1"), "INSERT INTO consent (patient_id, issued_id, name, purpose, version, language, at) VALUES (2, 1, 'consent', 'treatment', '1', 'en', 0)", "FOREIGN KEY" },
  { ISSUE ("1", "1"), "INSERT INTO consent (patient_id, issued_id, name, purpose, version, language, at, status, how, signed_at, signed_on)"
    " VALUES (1, 1, 'consent', 'treatment', '1', 'en', 0, 'signed', 'paper', 0, '2026-03-02')", "consent-begins-open" },
  { OPEN ("1", "1"), "INSERT INTO consent (patient_id, issued_id, name, purpose, version, language, at) VALUES (1, 1, 'consent', 'treatment', '1', 'en', 0)", "UNIQUE" },
  { OPEN ("1", "1"), SIGN ("1", "9"), "consent-unsigned" },
  { OPEN ("1", "1") ";" SIGNER ("1", "1", "patient", "NULL"), SIGN ("1", "9"), "physician-needed" },
  { OPEN ("1", "1") ";" SIGNER ("1", "1", "patient", "NULL") ";" SIGNER ("1", "2", "physician", "1"), SIGN ("1", "9"), "physician-needed" },
  { OPEN ("1", "1") ";" SIGNER ("1", "1", "patient", "NULL") ";" SIGNER ("1", "2", "physician", "5")
    ";INSERT INTO consent_signer (consent_id, seq, role, name, at) VALUES (1, 3, 'interpreter', 'Y', 0)", SIGN ("1", "9"), "no-ink" },
  { OPEN ("1", "1") ";" SIGNER ("1", "2", "physician", "5")
    ";INSERT INTO consent_signer (consent_id, seq, role, name, typed, at) VALUES (1, 3, 'patient', 'Y', 1, 0)", SIGN ("1", "9"), "witness-needed" },
  { OPEN ("1", "1") ";" SIGNER ("1", "1", "patient", "NULL"), SIGNER ("1", "2", "patient", "NULL"), "UNIQUE" },
  { OPEN ("1", "1"), SIGNER ("1", "1", "friend", "NULL"), "CHECK" },
  { OPEN ("1", "1"), "INSERT INTO consent_signer (consent_id, seq, role, name, relation, at) VALUES (1, 1, 'patient', 'X', 'son', 0)", "CHECK" },
  { OPEN ("1", "1"), WITHDRAW ("1", "9"), "consent-step" },
  { OPEN ("1", "1"), "UPDATE consent SET status = 'refused' WHERE id = 1", "CHECK" },
  { OPEN ("1", "1"), "DELETE FROM consent", "journal-only-grows" },
  { OPEN ("1", "1"), "UPDATE consent SET patient_id = 2 WHERE id = 1", "owner-is-fixed" },
  /* The paper stays in force while its consent does, and a paper out of force is not signed. */
  { OPEN ("1", "1"), VOID, "consent-hangs" },
  { SIGNED ("1", "1", "9"), VOID, "consent-hangs" },
  { OPEN ("1", "1"), REPLACE ("2"), "consent-hangs" },
  { SIGNED ("1", "1", "9"), REPLACE ("2"), "consent-hangs" },
  { ISSUE ("1", "1") ";" VOID, CONSENT ("1", "1"), "issued-void" },
  { ISSUE ("1", "1") ";" REPLACE ("2"), CONSENT ("1", "1"), "issued-void" },
  { OPEN ("1", "1") ";" SIGNERS ("1") ";DROP TRIGGER issued_void_consent;" VOID, SIGN ("1", "9"), "issued-void" },
  { OPEN ("1", "1") ";" SIGNERS ("1") ";DROP TRIGGER issued_replaces_consent;" REPLACE ("2"), SIGN ("1", "9"), "issued-void" },
  { SIGNED ("1", "1", "9"), "UPDATE consent SET signed_on = '2026-01-01' WHERE id = 1", "consent-fixed" },
  { SIGNED ("1", "1", "9"), "UPDATE consent SET version = '2.0' WHERE id = 1", "consent-fixed" },
  { SIGNED ("1", "1", "9"), "UPDATE consent SET purpose = 'other' WHERE id = 1", "consent-fixed" },
  { SIGNED ("1", "1", "9"), "UPDATE consent SET status = 'open' WHERE id = 1", "consent-step" },
  { SIGNED ("1", "1", "9"), "UPDATE consent SET status = 'withdrawn', withdrawn_at = 9 WHERE id = 1", "CHECK" },
  { SIGNED ("1", "1", "9"), SIGNER ("1", "3", "witness", "NULL"), "consent-closed" },
  { SIGNED ("1", "1", "9"), "UPDATE consent_signer SET ink = '3,3'", "journal-only-grows" },
  { SIGNED ("1", "1", "9"), "DELETE FROM consent_signer", "journal-only-grows" },
  { SIGNED ("1", "1", "9"), "INSERT INTO consent_item (consent_id, code, agreed) VALUES (1, 'x', 1)", "consent-closed" },
  { SIGNED ("1", "1", "9") ";" WITHDRAW ("1", "10"), "UPDATE consent SET withdrawn_why = 'y' WHERE id = 1", "consent-fixed" },
  { SIGNED ("1", "1", "9") ";" WITHDRAW ("1", "10"), "UPDATE consent SET status = 'signed', withdrawn_at = NULL, withdrawn_how = '' WHERE id = 1", "consent-" },
  { SIGNED ("1", "1", "9") ";INSERT INTO document (id, patient_id, kind, received_at) VALUES (77, 2, 'consent', 0)",
    "UPDATE consent SET document_id = 77 WHERE id = 1", "other-patient" },
  { SIGNED ("1", "1", "9") ";INSERT INTO document (id, patient_id, kind, received_at) VALUES (77, 1, 'consent', 0), (78, 1, 'consent', 0);"
    "UPDATE consent SET document_id = 77 WHERE id = 1", "UPDATE consent SET document_id = 78 WHERE id = 1", "consent-fixed" },
};

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      store_exec (fixture, "BEGIN");
      store_exec (fixture, refusals[i].before);
      store_refuse (fixture, refusals[i].sql, g_str_equal (refusals[i].message, "UNIQUE") ? DESK_ERROR_TAKEN : DESK_ERROR_REFUSED,
                    refusals[i].message);
      store_exec (fixture, "ROLLBACK");
    }
}

static gint64
count_lost (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (desk_db_value (fixture->db, &n, &error, "SELECT count (*) FROM consent_lost WHERE patient_id = 1", ""));
  return n;
}

/* The last word counts. */
static void
test_lost (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, SIGNED ("1", "1", "9"));
  store_exec (fixture, SIGNED ("2", "1", "10"));
  g_assert_cmpint (count_lost (fixture), ==, 0);
  store_exec (fixture, WITHDRAW ("2", "11"));
  g_assert_cmpint (count_lost (fixture), ==, 1);
  store_exec (fixture, SIGNED ("3", "1", "11"));
  g_assert_cmpint (count_lost (fixture), ==, 0);
  store_exec (fixture, OPEN ("4", "1") ";UPDATE consent SET status = 'refused', refused_at = 12 WHERE id = 4");
  g_assert_cmpint (count_lost (fixture), ==, 1);
}

#define OWN_TEXT "1111111111111111111111111111111111111111111111111111111111111111"

static void
check_current (StoreFixture *fixture, const char *current, guint n_again)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskConsent) first = desk_consent_load (fixture->db, 1, &error);
  g_autoptr (GPtrArray) again = desk_consent_again_list (fixture->db, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (first->current, ==, current);
  g_assert_cmpuint (again->len, ==, n_again);
}

/* Back to the built-in text: what the clinic wrote itself asks nobody to sign again any more. */
static void
test_back_to_built_in (StoreFixture *fixture, gconstpointer data)
{
  store_exec (fixture, SIGNED ("1", "1", "9"));
  check_current (fixture, "1.0", 0);
  store_exec (fixture, "INSERT INTO letter_text (digest, xml) VALUES ('" OWN_TEXT "', '<own/>');"
                       "INSERT INTO letter_version (name, seq, version, digest, at) VALUES ('consent', 1, '5.0', '" OWN_TEXT "', 10)");
  check_current (fixture, "5.0", 1);
  store_exec (fixture, "INSERT INTO issued (id, number, name, version, language, text_digest, patient_id, issued_on, data, pdf_digest, pages, at)"
                       " VALUES (2, 'Y2', 'consent', '5.0', 'en', '" OWN_TEXT "', 2, '2026-03-01', '<x/>', '" OWN_TEXT "', 4, 11);"
                       "INSERT INTO consent (id, patient_id, issued_id, name, purpose, version, language, at)"
                       " VALUES (2, 2, 2, 'consent', 'treatment', '5.0', 'en', 11)");
  check_current (fixture, "5.0", 1);
  store_exec (fixture, "INSERT INTO letter_version (name, seq, version, at) VALUES ('consent', 2, '', 12)");
  check_current (fixture, "", 0);
  store_exec (fixture, SIGNED ("3", "2", "13"));
  check_current (fixture, "1.0", 0);
}

/* Signed in the morning, withdrawn at noon, scanned in the afternoon: withdrawn. A paper given out after noon counts. */
static void
test_same_day (StoreFixture *fixture, gconstpointer data)
{
  static const char *const roles[] = { "patient", "physician", "interpreter" };
  g_autoptr (GPtrArray) signers = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_consent_signer_free);
  const DeskConsentSigned written = { .how = "paper", .signed_on = "2026-03-02", .signers = signers };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      DeskConsentSigner *signer = desk_consent_signer_new (roles[i], roles[i]);

      signer->staff_id = g_str_equal (roles[i], "physician") ? 5 : 0;
      g_ptr_array_add (signers, signer);
    }
  store_exec (fixture, SIGNED ("1", "1", "9") ";" WITHDRAW ("1", "1772420400") ";" OPEN ("2", "1"));
  store_exec (fixture, "INSERT INTO issued (id, number, name, version, language, text_digest, patient_id, issued_on, data, pdf_digest, pages, at)"
                       " SELECT 3, 'Y3', name, version, language, text_digest, patient_id, issued_on, data, pdf_digest, pages, 1772424000"
                       " FROM issued WHERE id = 2;" CONSENT ("3", "1"));
  for (gint64 id = 2; id <= 3; id++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (desk_consent_sign (fixture->db, id, &written, &error), ==, id == 3);
      g_assert_cmpstr (error ? error->message : "", ==, id == 3 ? "" : "before-withdrawal");
    }
}

/* What is withdrawn, refused or not needed leaves its paper alone. */
static void
test_paper_of_ended (StoreFixture *fixture, gconstpointer data)
{
  static const char *const ended[]
      = { SIGNED ("1", "1", "9") ";" WITHDRAW ("1", "10"), OPEN ("1", "1") ";UPDATE consent SET status = 'refused', refused_at = 12 WHERE id = 1",
          OPEN ("1", "1") ";UPDATE consent SET status = 'cancelled' WHERE id = 1" };

  for (guint i = 0; i < G_N_ELEMENTS (ended); i++)
    {
      store_exec (fixture, "BEGIN");
      store_exec (fixture, ended[i]);
      store_exec (fixture, REPLACE ("2") ";" VOID);
      store_exec (fixture, "ROLLBACK");
    }
}

/* No order and no dose out of the cold for who withdrew. */
static void
test_withdrawn_blocks (StoreFixture *fixture, gconstpointer data)
{
  static const char order[] = "INSERT INTO infusion_order (visit_id, physician_id, at, cells_min, cells_max, weight_g) SELECT min (id), 5, 0, 1, 9, 60000 FROM visit WHERE patient_id = 1";

  store_exec (fixture, SIGNED ("1", "1", "9") ";" WITHDRAW ("1", "10"));
  store_refuse (fixture, order, DESK_ERROR_REFUSED, "consent-withdrawn");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/schema-consent/refused", StoreFixture, NULL, set_up, test_refused, store_fixture_tear_down);
  g_test_add ("/schema-consent/paper-of-ended", StoreFixture, NULL, set_up, test_paper_of_ended, store_fixture_tear_down);
  g_test_add ("/schema-consent/back-to-built-in", StoreFixture, NULL, set_up, test_back_to_built_in, store_fixture_tear_down);
  g_test_add ("/schema-consent/same-day", StoreFixture, NULL, set_up, test_same_day, store_fixture_tear_down);
  g_test_add ("/schema-consent/lost", StoreFixture, NULL, set_up, test_lost, store_fixture_tear_down);
  g_test_add ("/schema-consent/withdrawn-blocks", StoreFixture, NULL, set_up, test_withdrawn_blocks, store_fixture_tear_down);
  return g_test_run ();
}
