/* The inbox: what comes in is noticed when it came before; filing and taking it back leave everything as it should be. */
#include "desk-inbox.h"

#include <string.h>

#include "desk-documents.h"
#include "desk-patients.h"
#include "store-fixture.h"

static void
set_up (StoreFixture *store, gconstpointer data)
{
  store_fixture_set_up (store, NULL);
  store_exec (store, "INSERT INTO patient (id, chart, family, given, created_at, updated_at)"
                     " VALUES (1, '1', 'NGUYEN', 'THI HOA', 0, 0), (2, '2', 'KIM', 'MINSU', 0, 0)");
}

static gint64
count (StoreFixture *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (desk_db_value (store->db, &n, &error, sql, ""));
  return n;
}

/* 64 times the same letter, as digests are long. */
static DeskInboxAdded
add (StoreFixture *store, const char *name, char letter, gint64 *id)
{
  g_autoptr (DeskInboxItem) item = g_new0 (DeskInboxItem, 1);
  g_autoptr (GError) error = NULL;
  DeskInboxAdded added;

  item->name = g_strdup (name);
  item->digest = g_strnfill (64, letter);
  item->media_type = g_strdup ("application/pdf");
  item->bytes = 100;
  g_assert_true (desk_inbox_add (store->db, item, NULL, 0, &added, &error));
  g_assert_no_error (error);
  *id = item->id;
  return added;
}

static DeskDocument *
form (gint64 patient_id, const char *kind, const char *language)
{
  DeskDocument *document = g_new0 (DeskDocument, 1);

  document->patient_id = patient_id;
  document->kind = g_strdup (kind);
  document->language = g_strdup (language);
  document->examined_on = g_strdup ("2026-01-05");
  return document;
}

static DeskInboxFiling *
filing_of (DeskDocument *document, gint64 item)
{
  DeskInboxFiling *filing = desk_inbox_filing_new (document);

  desk_inbox_filing_add (filing, item, "");
  return filing;
}

static void
file_it (StoreFixture *store, DeskInboxFiling *filing)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = desk_inbox_file (store->db, filing, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
refused (StoreFixture *store, DeskInboxFiling *filing, DeskError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (desk_inbox_file (store->db, filing, &error));
  g_assert_error (error, DESK_ERROR, (int) code);
}

static DeskDocument *
made (StoreFixture *store, DeskInboxFiling *filing, guint index)
{
  g_autoptr (GError) error = NULL;
  DeskDocument *document = desk_document_load (store->db, g_array_index (filing->documents, gint64, index), &error);

  g_assert_no_error (error);
  return document;
}

static char *
state_of (StoreFixture *store, gint64 id)
{
  g_autoptr (DeskDocument) document = desk_document_load (store->db, id, NULL);

  return g_strdup (document->state);
}

#define assert_state(store, id, good) \
  G_STMT_START { g_autofree char *state_ = state_of (store, id); g_assert_cmpstr (state_, ==, good); } G_STMT_END

static void
test_same_twice (StoreFixture *store, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 first, again, waiting;

  g_assert_cmpint (add (store, "a.pdf", 'a', &first), ==, DESK_INBOX_NEW);
  g_assert_cmpint (add (store, "b.pdf", 'a', &again), ==, DESK_INBOX_WAITING);
  g_assert_cmpint (again, ==, first);
  g_assert_true (desk_inbox_put_aside (store->db, &first, 1, TRUE, &error));
  g_assert_true (desk_inbox_count (store->db, &waiting, &error));
  g_assert_cmpint (waiting, ==, 0);
  g_autoptr (GArray) aside = desk_inbox_ids (store->db, TRUE, &error);
  g_assert_cmpuint (aside->len, ==, 1);
  g_assert_cmpint (add (store, "c.pdf", 'a', &again), ==, DESK_INBOX_BACK);
  g_assert_cmpint (again, ==, first);

  /* Filed, and coming a third time: it waits, and its row says whose it is. */
  g_autoptr (DeskInboxFiling) filing = filing_of (form (1, "viral", "en"), first);
  file_it (store, filing);
  g_assert_cmpint (add (store, "d.pdf", 'a', &again), ==, DESK_INBOX_NEW);
  g_autoptr (DeskInboxItem) item = desk_inbox_load (store->db, again, &error);
  g_assert_cmpint (item->known_patient_id, ==, 1);
  g_assert_cmpint (item->known_document_id, ==, g_array_index (filing->documents, gint64, 0));

  g_autoptr (DeskInboxFiling) twice = filing_of (form (1, "viral", "en"), again);
  refused (store, twice, DESK_ERROR_TAKEN);
  g_autoptr (DeskInboxFiling) other = filing_of (form (2, "viral", "en"), again);
  file_it (store, other);
}

static void
test_names (StoreFixture *store, gconstpointer data)
{
  static const char *const names[] = { "../../etc/passwd", "a\nb.pdf", "x\xe2\x80\xae" "fdp.exe", "\xff", "", "%s%n" };
  g_autofree char *longest = g_strnfill (5000, 'x');

  for (guint i = 0; i <= G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 id;

      add (store, i < G_N_ELEMENTS (names) ? names[i] : longest, (char) ('a' + i), &id);
      g_autoptr (DeskInboxItem) item = desk_inbox_load (store->db, id, &error);
      g_assert_true (g_utf8_validate (item->name, -1, NULL));
      g_assert_cmpuint (strlen (item->name), <=, 200);
      g_assert_cmpuint (strlen (item->name), >, 0);
      g_assert_null (strpbrk (item->name, "/\\\n\r"));
      g_assert_null (strstr (item->name, "\xe2\x80\xae"));

      /* And the title that comes from it can be saved. */
      g_autoptr (DeskInboxFiling) filing = filing_of (form (1, "other", ""), id);
      file_it (store, filing);
    }
}

static void
test_file (StoreFixture *store, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  add (store, "CT report.pdf", 'a', &id);
  g_autoptr (DeskInboxFiling) filing = filing_of (form (1, "medical_report", "vi"), id);
  file_it (store, filing);
  g_autoptr (DeskDocument) document = made (store, filing, 0);
  g_assert_cmpstr (document->state, ==, "needs_translation");
  g_assert_cmpstr (document->title, ==, "CT report");
  g_assert_cmpint (document->bytes, ==, 100);
  g_assert_cmpint (count (store, "SELECT count (*) FROM inbox WHERE document_id IS NULL"), ==, 0);

  /* An item is filed once. */
  g_autoptr (DeskInboxFiling) again = filing_of (form (2, "other", ""), id);
  refused (store, again, DESK_ERROR_CONFLICT);
  g_assert_cmpint (count (store, "SELECT count (*) FROM document"), ==, 1);
  g_assert_cmpint (count (store, "SELECT count (*) FROM audit WHERE action = 'document.file'"), ==, 1);
}

static void
test_undo (StoreFixture *store, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  add (store, "a.pdf", 'a', &id);
  g_autoptr (DeskInboxFiling) filing = filing_of (form (1, "viral", "en"), id);
  file_it (store, filing);
  g_assert_true (desk_inbox_unfile (store->db, filing, &error));
  g_assert_cmpint (count (store, "SELECT count (*) FROM document"), ==, 0);
  g_assert_cmpint (count (store, "SELECT count (*) FROM inbox WHERE document_id IS NULL"), ==, 1);

  /* Not when somebody has worked on it since. */
  file_it (store, filing);
  g_autoptr (DeskDocument) document = made (store, filing, 0);
  document->note = (g_free (document->note), g_strdup ("read"));
  g_assert_true (desk_document_save (store->db, document, &error));
  g_assert_false (desk_inbox_unfile (store->db, filing, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CONFLICT);
  g_assert_cmpint (count (store, "SELECT count (*) FROM inbox WHERE document_id IS NULL"), ==, 0);
  g_assert_cmpint (count (store, "SELECT count (*) FROM audit WHERE action = 'document.unfile'"), ==, 1);
}

/* The audit refers to papers by their ids: one that was taken back does not give its id to another. */
static void
test_ids (StoreFixture *store, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  add (store, "a.pdf", 'a', &id);
  g_autoptr (DeskInboxFiling) filing = filing_of (form (1, "viral", "en"), id);
  file_it (store, filing);
  gint64 first = g_array_index (filing->documents, gint64, 0);
  g_assert_true (desk_inbox_unfile (store->db, filing, &error));
  file_it (store, filing);
  g_assert_cmpint (g_array_index (filing->documents, gint64, 0), ==, first + 1);

  g_autofree char *again = g_strdup_printf ("INSERT INTO document (id, patient_id, kind, received_at) VALUES (%d, 1, 'other', 0)", (int) first);
  store_refuse (store, again, DESK_ERROR_REFUSED, "number-reuse");
}

/* What was put aside longer ago than that goes; what waits, was filed or was put aside just now stays. */
static void
test_forget (StoreFixture *store, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 ids[4], n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    add (store, "a.pdf", (char) ('a' + i), &ids[i]);
  g_autoptr (DeskInboxFiling) filing = filing_of (form (1, "viral", "en"), ids[0]);
  file_it (store, filing);
  g_assert_true (desk_inbox_put_aside (store->db, ids + 1, 2, TRUE, &error));
  store_exec (store, "UPDATE inbox SET put_aside_at = 1000 WHERE id = 2; UPDATE inbox SET put_aside_at = 2000 WHERE id = 3");

  {
    g_autoptr (DeskTxn) txn = desk_txn_begin (store->db, &error);
    g_assert_true (desk_inbox_forget (store->db, txn, 2000, &n, &error));
    g_assert_true (desk_txn_commit (txn, &error));
  }
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpint (count (store, "SELECT sum (id) FROM inbox"), ==, 1 + 3 + 4);
  g_assert_cmpint (count (store, "SELECT count (*) FROM audit WHERE action = 'inbox.forget'"), ==, 1);
}

static void
test_requested (StoreFixture *store, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  store_exec (store, "INSERT INTO document (id, patient_id, kind, state, received_at, due_on, note, source) VALUES"
                     " (1, 1, 'viral', 'requested', 5, '', 'no day', ''), (2, 1, 'viral', 'requested', 5, '2026-02-01', 'asked', 'Bach Mai'),"
                     " (3, 2, 'viral', 'requested', 5, '', '', ''), (4, 1, 'imaging', 'requested', 5, '', '', '')");
  add (store, "a.pdf", 'a', &id);
  g_autoptr (DeskInboxFiling) filing = filing_of (form (1, "viral", "en"), id);
  file_it (store, filing);
  g_autoptr (DeskDocument) document = made (store, filing, 0);
  g_assert_cmpint (document->id, ==, 2);
  g_assert_cmpstr (document->state, ==, "received");
  g_assert_cmpstr (document->note, ==, "asked");
  g_assert_cmpstr (document->source, ==, "Bach Mai");
  g_assert_cmpint (count (store, "SELECT count (*) FROM document"), ==, 4);

  g_assert_true (desk_inbox_unfile (store->db, filing, &error));
  g_autoptr (DeskDocument) asked = desk_document_load (store->db, 2, &error);
  g_assert_cmpstr (asked->state, ==, "requested");
  g_assert_cmpstr (asked->digest, ==, "");
  g_assert_cmpint (count (store, "SELECT count (*) FROM inbox WHERE document_id IS NULL"), ==, 1);
}

static void
test_supersedes (StoreFixture *store, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  store_exec (store, "INSERT INTO document (id, patient_id, kind, state, received_at) VALUES (1, 1, 'viral', 'accepted', 5), (5, 2, 'viral', 'accepted', 5), (6, 1, 'other', 'accepted', 5);"
                     "INSERT INTO document (id, patient_id, kind, state, received_at, part_of, part) VALUES (2, 1, 'translation', 'accepted', 5, 1, 'translation'),"
                     " (3, 1, 'translation', 'superseded', 5, 1, 'translation')");
  add (store, "a.pdf", 'a', &id);
  g_autoptr (DeskInboxFiling) filing = filing_of (form (1, "viral", "en"), id);
  filing->document->supersedes = 1;
  file_it (store, filing);
  assert_state (store, 1, "superseded");
  assert_state (store, 2, "superseded");
  g_assert_true (desk_inbox_unfile (store->db, filing, &error));
  assert_state (store, 1, "accepted");
  assert_state (store, 2, "accepted");
  assert_state (store, 3, "superseded");

  /* Neither another patient's paper nor one of another kind. */
  filing->document->supersedes = 5;
  refused (store, filing, DESK_ERROR_REFUSED);
  filing->document->supersedes = 6;
  refused (store, filing, DESK_ERROR_REFUSED);
  assert_state (store, 5, "accepted");
  g_assert_cmpint (count (store, "SELECT count (*) FROM inbox WHERE document_id IS NULL"), ==, 1);
}

static void
test_together (StoreFixture *store, gconstpointer data)
{
  static const char *const parts[] = { "", "page", "translation", "certificate" };
  g_autoptr (DeskInboxFiling) filing = desk_inbox_filing_new (form (1, "medical_report", "vi"));
  g_autoptr (GError) error = NULL;
  gint64 id;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      add (store, parts[i], (char) ('a' + i), &id);
      desk_inbox_filing_add (filing, id, parts[i]);
    }
  filing->together = TRUE;
  file_it (store, filing);
  g_assert_cmpuint (filing->documents->len, ==, 3);
  g_autoptr (DeskDocument) original = made (store, filing, 0);
  g_autoptr (DeskDocument) translation = made (store, filing, 1);
  g_autoptr (DeskDocument) certificate = made (store, filing, 2);
  g_assert_cmpstr (original->state, ==, "received"); /* it needs no translation any more */
  g_assert_cmpint (original->bytes, ==, 200);
  g_assert_cmpint (translation->part_of, ==, original->id);
  g_assert_cmpstr (translation->part, ==, "translation");
  g_assert_cmpstr (translation->examined_on, ==, "2026-01-05");
  g_assert_cmpint (certificate->part_of, ==, original->id);
  g_assert_cmpstr (certificate->part, ==, "certificate");

  g_autoptr (GPtrArray) pages = desk_document_digests (store->db, original->id, &error);
  g_assert_cmpuint (pages->len, ==, 2);
  g_assert_true (g_str_has_prefix (pages->pdata[1], "bbb"));
  g_autoptr (GPtrArray) one = desk_document_digests (store->db, translation->id, &error);
  g_assert_cmpuint (one->len, ==, 1);

  /* A page of it is known. */
  add (store, "page again", 'b', &id);
  g_autoptr (DeskInboxItem) again = desk_inbox_load (store->db, id, &error);
  g_assert_cmpint (again->known_document_id, ==, original->id);

  g_assert_true (desk_inbox_unfile (store->db, filing, &error));
  g_assert_cmpint (count (store, "SELECT count (*) FROM document"), ==, 0);
  g_assert_cmpint (count (store, "SELECT count (*) FROM document_file"), ==, 0);
  g_assert_cmpint (count (store, "SELECT count (*) FROM inbox WHERE document_id IS NULL"), ==, 5);
}

static void
test_apart (StoreFixture *store, gconstpointer data)
{
  g_autoptr (DeskInboxFiling) filing = desk_inbox_filing_new (form (1, "other", ""));
  gint64 ids[3];

  for (guint i = 0; i < 3; i++)
    {
      add (store, "x.pdf", (char) ('a' + i), &ids[i]);
      desk_inbox_filing_add (filing, ids[i], "");
    }
  g_autoptr (DeskInboxFiling) first = filing_of (form (2, "other", ""), ids[2]);
  file_it (store, first);

  /* One of them is gone: nothing is filed. */
  refused (store, filing, DESK_ERROR_CONFLICT);
  g_assert_cmpint (count (store, "SELECT count (*) FROM document"), ==, 1);
  g_assert_cmpuint (filing->documents->len, ==, 0);
  g_array_set_size (filing->parts, 2);
  file_it (store, filing);
  g_assert_cmpuint (filing->documents->len, ==, 2);
}

static void
test_study (StoreFixture *store, gconstpointer data)
{
  g_autofree char *one = g_strnfill (64, '1'), *two = g_strnfill (64, '2');
  DeskInboxFile files[] = { { "IM1", one, "application/dicom", 10 }, { "../IM2", two, "application/dicom", 20 } };
  g_autoptr (DeskInboxItem) item = g_new0 (DeskInboxItem, 1);
  g_autoptr (GError) error = NULL;
  DeskInboxAdded added;

  item->name = g_strdup ("CT chest");
  item->came_by = g_strdup ("disc");
  item->digest = g_strnfill (64, '3');
  g_assert_true (desk_inbox_add (store->db, item, files, 2, &added, &error));
  g_autoptr (DeskInboxItem) read = desk_inbox_load (store->db, item->id, &error);
  g_assert_cmpint (read->n_files, ==, 2);
  g_autoptr (DeskInboxFiling) filing = filing_of (form (1, "imaging", ""), item->id);
  file_it (store, filing);
  g_autoptr (GPtrArray) digests = desk_document_digests (store->db, g_array_index (filing->documents, gint64, 0), &error);
  g_assert_cmpuint (digests->len, ==, 2);
  g_assert_cmpstr (digests->pdata[0], ==, one);
  g_assert_cmpint (count (store, "SELECT count (*) FROM document_file WHERE name = 'IM2'"), ==, 1);
}

static void
test_link (StoreFixture *store, gconstpointer data)
{
  g_autoptr (DeskInboxItem) item = g_new0 (DeskInboxItem, 1);
  g_autoptr (DeskInboxItem) again = g_new0 (DeskInboxItem, 1);
  g_autoptr (GError) error = NULL;
  DeskInboxAdded added;

  item->link = g_strdup ("https://share.example.org/x");
  item->came_by = g_strdup ("link");
  again->link = g_strdup (item->link);
  again->came_by = g_strdup ("link");
  g_assert_true (desk_inbox_add (store->db, item, NULL, 0, &added, &error));
  g_assert_cmpint (added, ==, DESK_INBOX_NEW);
  g_assert_true (desk_inbox_add (store->db, again, NULL, 0, &added, &error));
  g_assert_cmpint (added, ==, DESK_INBOX_WAITING);
  g_autoptr (DeskInboxFiling) filing = filing_of (form (1, "imaging", ""), item->id);
  file_it (store, filing);
  g_autoptr (DeskDocument) document = made (store, filing, 0);
  g_assert_cmpstr (document->link, ==, item->link);
  g_assert_cmpstr (document->digest, ==, "");
}

static void
test_refused (StoreFixture *store, gconstpointer data)
{
  static const struct
  {
    const char *kind, *state, *examined_on;
    gint64 patient;
    DeskError code;
  } cases[] = {
    { "viral", "requested", "2026-01-05", 1, DESK_ERROR_REFUSED }, { "viral", "superseded", "2026-01-05", 1, DESK_ERROR_REFUSED },
    { "viral", "rejected", "2026-01-05", 1, DESK_ERROR_INVALID },  { "viral", "received", "2026-02-30", 1, DESK_ERROR_INVALID },
    { "x-ray", "received", "2026-01-05", 1, DESK_ERROR_INVALID },  { "viral", "received", "2026-01-05", 77, DESK_ERROR_REFUSED },
  };
  gint64 id;

  add (store, "a.pdf", 'a', &id);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskInboxFiling) filing = filing_of (form (cases[i].patient, cases[i].kind, "en"), id);

      filing->document->state = g_strdup (cases[i].state);
      filing->document->examined_on = (g_free (filing->document->examined_on), g_strdup (cases[i].examined_on));
      refused (store, filing, cases[i].code);
    }
  g_assert_cmpint (count (store, "SELECT count (*) FROM document"), ==, 0);
  g_assert_cmpint (count (store, "SELECT count (*) FROM inbox WHERE document_id IS NULL"), ==, 1);
  store_refuse (store, "INSERT INTO inbox (name, received_at) VALUES ('nothing', 0)", DESK_ERROR_REFUSED, NULL);
  store_refuse (store, "INSERT INTO inbox (name, digest, received_at, came_by) VALUES ('x', 'd', 0, 'pigeon')", DESK_ERROR_REFUSED, NULL);
}

static void
test_suggest (StoreFixture *store, gconstpointer data)
{
  static const struct
  {
    const char *name;
    gint64 patient;
  } cases[] = {
    { "TRAN_THI_HOA_CT.pdf", 3 }, { "minsu park.pdf", 4 }, { "IMG_0001.jpg", 0 }, { "scan.pdf", 0 },
  };
  static const char *const people[][2] = { { "TRAN", "THI HOA" }, { "PARK", "MINSU" } };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (DeskPatient) patient = desk_patient_new ();
      g_autoptr (GError) error = NULL;

      patient->family = (g_free (patient->family), g_strdup (people[i][0]));
      patient->given = (g_free (patient->given), g_strdup (people[i][1]));
      g_assert_true (desk_patient_save (store->db, patient, &error));
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 patient = -1;

      g_assert_true (desk_inbox_suggest (store->db, cases[i].name, &patient, &error));
      g_assert_cmpint (patient, ==, cases[i].patient);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("/inbox/same-twice", test_same_twice);
  ADD ("/inbox/names", test_names);
  ADD ("/inbox/file", test_file);
  ADD ("/inbox/undo", test_undo);
  ADD ("/inbox/ids", test_ids);
  ADD ("/inbox/forget", test_forget);
  ADD ("/inbox/requested", test_requested);
  ADD ("/inbox/supersedes", test_supersedes);
  ADD ("/inbox/together", test_together);
  ADD ("/inbox/apart", test_apart);
  ADD ("/inbox/study", test_study);
  ADD ("/inbox/link", test_link);
  ADD ("/inbox/refused", test_refused);
  ADD ("/inbox/suggest", test_suggest);
  return g_test_run ();
}
