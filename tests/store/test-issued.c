/* The register: what is written, what is read, what is refused; prints and how they ended. */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk-attention.h"
#include "desk-audit.h"
#include "desk-issued.h"
#include "desk-letter-texts.h"
#include "store-fixture.h"

#define DAY desk_day_from_ymd (2026, 11, 22)
#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  store_exec (fixture, "INSERT INTO clinic (id, uuid, name, name_ja, zone, opens, closes) VALUES (1, '00000000-0000-4000-8000-000000000001', 'A', 'A',"
                       " 'Asia/Tokyo', 540, 1080);"
                       "INSERT INTO patient (id, chart, family, given, created_at, updated_at) VALUES (1, '000001', 'KIM', 'MINJI', 0, 0),"
                       " (2, '000002', 'LEE', '', 0, 0)");
}

static gint64
add (StoreFixture *fixture, const char *number, gint64 patient_id, gint64 replaces, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (fixture->db, error);
  g_autofree char *digest = NULL;
  gint64 id = 0;

  g_assert_nonnull (txn);
  if (!desk_letter_text_keep (txn, fixture->db, "<letter/>", &digest, error))
    return 0;
  const DeskIssuedNew row = { .number = number, .name = "treatment-schedule", .version = "1.2", .language = "en", .text_digest = digest,
                              .data = "<letter-data/>", .pdf_digest = DIGEST, .patient_id = patient_id, .subject = "trip", .subject_id = 7,
                              .issued_on = DAY, .pages = 2, .replaces = replaces };
  return desk_issued_add (txn, &row, &id, error) && desk_txn_commit (txn, error) ? id : 0;
}

static void
test_round_trip (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *frozen = NULL;
  gint64 id = add (fixture, "Y26-000001-A", 1, 0, &error);

  g_assert_no_error (error);
  g_autoptr (DeskIssued) issued = desk_issued_by_number (fixture->db, "Y26-000001-A", &error);
  g_assert_no_error (error);
  g_assert_cmpint (issued->id, ==, id);
  g_assert_cmpstr (issued->name, ==, "treatment-schedule");
  g_assert_cmpstr (issued->version, ==, "1.2");
  g_assert_cmpstr (issued->patient_name, ==, "KIM MINJI");
  g_assert_cmpstr (issued->patient_chart, ==, "000001");
  g_assert_cmpint (issued->issued_on, ==, DAY);
  g_assert_cmpuint (issued->pages, ==, 2);
  g_assert_cmpuint (issued->prints, ==, 0);
  g_assert_cmpstr (issued->print_state, ==, "");
  g_assert_true (desk_issued_frozen (fixture->db, id, &text, &frozen, &error));
  g_assert_cmpstr (text, ==, "<letter/>");
  g_assert_cmpstr (frozen, ==, "<letter-data/>");
  g_autoptr (GPtrArray) of_subject = desk_issued_of_subject (fixture->db, "trip", 7, &error);
  g_assert_cmpuint (of_subject->len, ==, 1);
  g_autoptr (GPtrArray) of_patient = desk_issued_of_patient (fixture->db, 2, &error);
  g_assert_cmpuint (of_patient->len, ==, 0);
  g_assert_null (desk_issued_load (fixture->db, 99, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

/* A correction has the number of its own; the old one is shown as replaced, and no other takes its place again. */
static void
test_chain (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 first = add (fixture, "Y26-000001-A", 1, 0, &error), second = add (fixture, "Y26-000002-B", 1, first, &error);
  gint64 third = add (fixture, "Y26-000003-C", 1, second, &error);

  g_assert_no_error (error);
  const gint64 from[] = { first, second, third };
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) chain = desk_issued_chain (fixture->db, from[i], &error);

      g_assert_cmpuint (chain->len, ==, 3);
      g_assert_cmpint (((DeskIssued *) chain->pdata[0])->replaced_by, ==, second);
      g_assert_cmpint (((DeskIssued *) chain->pdata[2])->replaces, ==, second);
    }
  g_assert_cmpint (add (fixture, "Y26-000004-D", 1, first, &error), ==, 0);
  g_assert_error (error, DESK_ERROR, DESK_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "Y26-000002-B"));
  g_clear_error (&error);
  g_assert_cmpint (add (fixture, "Y26-000004-D", 2, third, &error), ==, 0);
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "issued-other-patient");
  g_clear_error (&error);

  g_assert_false (desk_issued_void (fixture->db, third, "  ", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (desk_issued_void (fixture->db, third, "the patient came another way", &error));
  g_assert_false (desk_issued_void (fixture->db, third, "again", &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (add (fixture, "Y26-000004-D", 1, third, &error), ==, 0);
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "issued-void");
  g_clear_error (&error);
  g_autoptr (GArray) gone = desk_issued_ids (fixture->db, DESK_ISSUED_VOID, &error);
  g_assert_cmpuint (gone->len, ==, 3);
}

static void
test_pages (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 at = G_MAXINT64, id = G_MAXINT64;
  guint n = 0;

  for (int i = 1; i <= 7; i++)
    {
      g_autofree char *number = g_strdup_printf ("Y26-%06d-A", i);

      add (fixture, number, 1 + i % 2, 0, &error);
      g_assert_no_error (error);
    }
  for (;;)
    {
      g_autoptr (GPtrArray) page = desk_issued_before (fixture->db, at, id, 3, &error);

      if (page->len == 0)
        break;
      for (guint i = 0; i < page->len; i++, n++)
        {
          const DeskIssued *issued = page->pdata[i];

          g_assert_cmpint (issued->id, ==, 7 - (gint64) n);
          at = issued->at;
          id = issued->id;
        }
    }
  g_assert_cmpuint (n, ==, 7);
  g_autoptr (GArray) found = desk_issued_search (fixture->db, "y26-00000", &error);
  g_autoptr (GArray) of_chart = desk_issued_search (fixture->db, "000001", &error);
  g_assert_cmpuint (found->len, ==, 7);
  g_assert_cmpuint (of_chart->len, ==, 3);
  const gint64 ids[] = { 3, 99, 1 };
  g_autoptr (GPtrArray) rows = desk_issued_rows (fixture->db, ids, 3, &error);
  g_assert_cmpstr (((DeskIssued *) rows->pdata[0])->number, ==, "Y26-000003-A");
  g_assert_null (rows->pdata[1]);
}

static guint
copy_no (StoreFixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  guint n = 99;

  g_assert_true (desk_issued_copy_no (fixture->db, id, &n, &error));
  return n;
}

/* A printer that fails half-way: the register says so, Today points it out, and what comes next is still the original. */
static void
test_prints (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = add (fixture, "Y26-000001-A", 1, 0, &error), print = 0;

  g_assert_true (desk_issued_print_begin (fixture->db, id, "printer", "Front desk", "1-2", 2, &print, &error));
  g_assert_true (desk_issued_print_end (fixture->db, print, "failed", "out of paper", &error));
  g_assert_false (desk_issued_print_end (fixture->db, print, "done", NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (GPtrArray) attention = desk_today_attention (fixture->db, DAY, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (attention->len, ==, 1);
  g_assert_cmpint (((DeskAttention *) attention->pdata[0])->kind, ==, DESK_ATTENTION_PRINT);
  g_assert_cmpstr (((DeskAttention *) attention->pdata[0])->detail, ==, "Y26-000001-A");
  g_assert_cmpuint (copy_no (fixture, id), ==, 2); /* they may lie in the tray */
  g_assert_true (desk_issued_print_fits (fixture->db, id, 2, TRUE, &error));
  g_assert_false (desk_issued_print_fits (fixture->db, id, 0, TRUE, &error)); /* drawn as an original before */
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (desk_issued_print_fits (fixture->db, id, 2, FALSE, &error)); /* drawn with the mark of one out of force */
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);

  g_assert_true (desk_issued_print_begin (fixture->db, id, "printer", "Front desk", NULL, 2, &print, &error));
  g_assert_true (desk_issued_print_end (fixture->db, print, "done", NULL, &error));
  g_assert_cmpuint (copy_no (fixture, id), ==, 4);
  g_autoptr (GPtrArray) none = desk_issued_prints_open (fixture->db, &error);
  g_assert_cmpuint (none->len, ==, 0);
  g_autoptr (GPtrArray) all = desk_issued_prints (fixture->db, id, &error);
  g_assert_cmpuint (all->len, ==, 2);
  const DeskIssuedPrint *first = all->pdata[0];
  g_assert_cmpuint (first->seq, ==, 1);
  g_assert_cmpstr (first->target, ==, "Front desk");
  g_assert_cmpstr (first->pages, ==, "1-2");
  g_assert_cmpstr (first->reason, ==, "out of paper");
  g_autoptr (DeskIssued) issued = desk_issued_load (fixture->db, id, &error);
  g_assert_cmpuint (issued->prints, ==, 2);
  g_assert_cmpstr (issued->print_state, ==, "done");
}

/* Killed while it prints: what was issued is there, and how the print ended is unknown until somebody finds out. */
static void
test_killed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 bad;
  guint n = 0;
  int told[2];

  desk_db_close (g_steal_pointer (&fixture->db));
  g_assert_cmpint (pipe (told), ==, 0);
  pid_t child = fork ();
  if (child == 0)
    {
      gint64 print = 0;

      fixture->db = desk_store_open (fixture->path, FALSE, NULL);
      gint64 id = fixture->db ? add (fixture, "Y26-000001-A", 1, 0, NULL) : 0;
      /* Told only once it is there, as the screen does. */
      if (id && desk_issued_print_begin (fixture->db, id, "printer", "P", NULL, 1, &print, NULL) && write (told[1], "1", 1) == 1)
        for (gint64 i = 2;; i++)
          {
            g_autofree char *number = g_strdup_printf ("Y26-%06d-A", (int) i);

            if (!add (fixture, number, 1, 0, NULL) || write (told[1], "1", 1) != 1)
              break;
          }
      _exit (1);
    }
  close (told[1]);
  guint said = 0;
  char sign;
  while (said < 6 && read (told[0], &sign, 1) == 1)
    said++;
  kill (child, SIGKILL);
  while (read (told[0], &sign, 1) == 1)
    said++;
  waitpid (child, NULL, 0);
  close (told[0]);

  fixture->db = desk_store_open (fixture->path, FALSE, &error);
  g_assert_no_error (error);
  g_autoptr (GArray) ids = desk_issued_ids (fixture->db, DESK_ISSUED_ALL, &error);
  g_assert_cmpuint (said, >=, 6);
  g_assert_cmpuint (ids->len, >=, said);
  g_assert_true (desk_audit_verify (fixture->db, &bad, &error));
  g_assert_true (desk_issued_prints_lost (fixture->db, &n, &error));
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (desk_issued_prints_lost (fixture->db, &n, &error));
  g_assert_cmpuint (n, ==, 0);
  g_autoptr (GPtrArray) open = desk_issued_prints_open (fixture->db, &error);
  g_assert_cmpuint (open->len, ==, 1);
  const DeskIssuedPrint *print = open->pdata[0];
  g_assert_cmpstr (print->state, ==, "unknown");
  g_assert_cmpuint (copy_no (fixture, print->issued_id), ==, 1);
  g_assert_true (desk_issued_print_end (fixture->db, print->id, "done", "it lay in the tray", &error));
  g_autoptr (GArray) trouble = desk_issued_ids (fixture->db, DESK_ISSUED_TROUBLE, &error);
  g_assert_cmpuint (trouble->len, ==, 0);
}

/* Printed at another desk a moment ago: that may be going on. */
static void
test_other_desk (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = add (fixture, "Y26-000001-A", 1, 0, &error), now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *sql = g_strdup_printf ("INSERT INTO issued_print (issued_id, seq, how, at, desk) VALUES (%d, 1, 'printer', %" G_GINT64_FORMAT
                                          ", 'elsewhere'), (%d, 2, 'printer', %" G_GINT64_FORMAT ", 'elsewhere')",
                                          (int) id, now - 86400, (int) id, now - 60);
  guint n = 0;

  store_exec (fixture, sql);
  g_assert_true (desk_issued_prints_lost (fixture->db, &n, &error));
  g_assert_cmpuint (n, ==, 0);
  store_exec (fixture, "INSERT INTO issued_print (issued_id, seq, how, at, desk) VALUES (1, 3, 'printer', 1, 'elsewhere')");
  g_assert_true (desk_issued_prints_lost (fixture->db, &n, &error));
  g_assert_cmpuint (n, ==, 1);
}

/* Changes of what letters hang on are noticed; what was looked at is pointed out again only when it changes. */
static void
test_touched (StoreFixture *fixture, gconstpointer data)
{
  static const char *const touching[] = {
    "UPDATE patient SET family = 'KIMM', version = version + 1 WHERE id = 1",
    "INSERT INTO trip (id, patient_id, route) VALUES (7, 1, 'medical_visa')",
    "UPDATE trip SET mission = 'Seoul' WHERE id = 7",
    "INSERT INTO companion (id, patient_id, family, relation) VALUES (1, 1, 'KIM', 'spouse')",
    "INSERT INTO trip_companion (trip_id, companion_id, patient_id) VALUES (7, 1, 1)",
    "UPDATE companion SET passport = 'C2' WHERE id = 1",
    "DELETE FROM trip_companion",
  };
  g_autoptr (GError) error = NULL;
  gint64 id = add (fixture, "Y26-000001-A", 1, 0, &error), other = add (fixture, "Y26-000002-B", 2, 0, &error);

  for (guint i = 0; i < G_N_ELEMENTS (touching); i++)
    {
      g_autoptr (DeskTxn) txn = NULL;

      store_exec (fixture, touching[i]);
      g_autoptr (GArray) touched = desk_issued_touched (fixture->db, 1, &error);
      if (touched->len != (g_str_has_prefix (touching[i], "INSERT INTO companion") ? 0 : 1))
        g_error ("%s: %u", touching[i], touched->len);
      txn = desk_txn_begin (fixture->db, &error);
      g_assert_true (desk_issued_compared (txn, id, i % 2 ? "" : "patient.name", &error));
      g_assert_true (desk_txn_commit (txn, &error));
    }
  g_autoptr (GArray) of_other = desk_issued_touched (fixture->db, 2, &error);
  g_assert_cmpuint (of_other->len, ==, 0);
  (void) other;

  g_autoptr (GArray) stale = desk_issued_stale_of (fixture->db, 1, &error);
  g_assert_cmpuint (stale->len, ==, 1);
  g_assert_true (desk_issued_keep (fixture->db, id, &error));
  g_autoptr (GArray) kept = desk_issued_stale_of (fixture->db, 1, &error);
  g_assert_cmpuint (kept->len, ==, 0);
  {
    g_autoptr (DeskTxn) txn = desk_txn_begin (fixture->db, &error);

    g_assert_true (desk_issued_compared (txn, id, "patient.name visits", &error));
    g_assert_true (desk_txn_commit (txn, &error));
  }
  g_autoptr (GPtrArray) attention = desk_today_attention (fixture->db, DAY, &error);
  g_assert_cmpuint (attention->len, ==, 1);
  g_assert_cmpint (((DeskAttention *) attention->pdata[0])->kind, ==, DESK_ATTENTION_LETTERS);
  g_assert_cmpint (((DeskAttention *) attention->pdata[0])->patient_id, ==, 1);
  /* Replaced, it is not pointed out any more. */
  add (fixture, "Y26-000003-C", 1, id, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) nothing = desk_today_attention (fixture->db, DAY, &error);
  g_assert_cmpuint (nothing->len, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (StoreFixture *, gconstpointer);
  } tests[] = {
    { "/issued/round-trip", test_round_trip }, { "/issued/chain", test_chain },           { "/issued/pages", test_pages },
    { "/issued/prints", test_prints },         { "/issued/killed", test_killed },         { "/issued/other-desk", test_other_desk },
    { "/issued/touched", test_touched },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, StoreFixture, NULL, set_up, tests[i].func, store_fixture_tear_down);
  return g_test_run ();
}
