#include "desk-patients.h"
#include "store-fixture.h"

typedef struct
{
  const char *family, *given, *family_native, *given_native, *kana, *birth, *passport, *phone;
} Person;

/* Numbered 1, 2, 3 … in this order, and seen in it: the last is the newest. */
static const Person people[] = {
  { "NGUYEN", "Thi Huong", "Nguyễn", "Thị Hương", "グエン　ティ・フオン", "1956-06-12", "C1234567", "+84 90 123 4567" },
  { "Müller", "Jürgen", "", "", "ミュラー", "1961-02-03", "C01X00T47", "+49 151 23456789" },
  { "YAMADA", "Taro", "山田", "太郎", "ヤマダ　タロウ", "1950-01-01", "TK1234567", "090-1234-5678" },
  { "SATO", "Taro", "佐藤", "太郎", "サトウ　タロウ", "1956-06", "", "+81 80-9999-0000" },
  { "KIM", "Min-jun", "김", "민준", "キム　ミンジュン", "1972-11-30", "M12345678", "+82 10-2222-3333" },
  { "FEDOROV", "Ivan", "Фёдоров", "Иван", "フョードロフ", "1956", "", "" },
  { "AHMED", "Al-Hassan", "أحمد", "الحسن", "アフマド", "1980-12-31", "", "" },
  { "O'BRIEN", "Mary Jane", "", "", "", "1966-07-08", "", "+1 (212) 555-0100" },
  { "NGUYEN", "Van An", "Nguyễn", "Văn An", "グエン・アン", "1990-09-09", "B7654321", "" },
  { "NGUYENTHI", "An", "", "", "", "", "", "" },
  { "Suharto", "", "", "", "スハルト", "", "", "" },
  { "WATANABE", "Ken", "渡邊", "健", "ワタナベ　ケン", "1961-03-05", "TZ7654329", "+81 3-5555-7788" },
  { "SCHROEDER", "Anna", "", "", "", "1961-03-05", "", "" },
};

/* Best first, at most four. */
static const struct
{
  const char *typed;
  gint64 found[4];
} searches[] = {
  { "nguyen", { 9, 1, 10 } }, /* the whole word before the longer one, then the newest visit */
  { "nguyễn", { 9, 1, 10 } },
  { "ngu", { 10, 9, 1 } },
  { "nguyen an", { 9, 10 } },
  { "an nguyen", { 9, 10 } },
  { "huong nguyen", { 1 } },
  { "muller", { 2 } },
  { "mueller", { 2 } },
  { "jurgen mü", { 2 } },
  { "山田太郎", { 3 } },
  { "太郎", { 4, 3 } },
  { "太郎 佐", { 4 } },
  { "さとう", { 4 } },
  { "ｻﾄｳ", { 4 } },
  { "ﾔﾏﾀﾞ", { 3 } },
  { "taro sato", { 4 } },
  { "민준", { 5 } },
  { "김민준", { 5 } },
  { "ㄱ", { 5 } },
  { "민ㅈ", { 5 } },
  { "min jun", { 5 } },
  { "minjun kim", { 5 } },
  { "федоров", { 6 } },
  { "احمد", { 7 } },
  { "حسن", { 7 } },
  { "hassan", { 7 } },
  { "obrien", { 8 } },
  { "o'brien mary", { 8 } },
  { "P-000003", { 3 } },
  { "000003", { 3 } },
  { "p000011", { 11 } },
  { "11", { 11 } },
  { "C1234567", { 1 } },
  { "4567", { 3, 1, 5, 2 } }, /* the tails first, then numbers with it inside */
  { "090-1234-5678", { 3 } },
  { "09012345678", { 3 } },
  { "+81 80 9999 0000", { 4 } },
  { "080-9999-0000", { 4 } },
  { "5550100", { 8 } },
  { "555-0100", { 8 } },
  { "1956-06-12", { 1 } },
  { "1956/06", { 4, 1 } },
  { "1956年6月12日", { 1 } },
  { "12.6.1956", { 1 } },
  { "1956", { 6, 4, 1 } },
  { "19560612 nguyen", { 1 } },
  { "渡辺", { 12 } },
  { "渡邉健", { 12 } },
  { "ken 渡辺", { 12 } },
  { "schröder", { 13 } },
  { "5 March 1961", { 13, 12 } },
  { "Mar 5, 1961", { 13, 12 } },
  { "昭和36年3月5日", { 13, 12 } },
  { "S36.3.5 anna", { 13 } },
  { "watanabe 昭和36年", { 12 } },
  { "54329", { 12 } },
  { "57788", { 12 } },
  { "557788", { 12 } },
  /* Inside of a name, after those that begin so. */
  { "guyen", { 10, 9, 1 } },
  { "van", { 9, 6 } },
  { "an guyen", { 10, 9 } },
  { "amad taro", { 3 } },
  { "taro mada", { 3 } },
  { "ürge", { 2 } },
  { "hrod", { 13 } },
  { "едоро", { 6 } },
  { "حمد", { 7 } },
  { "huong uye", { 1 } },
  { "1956-06-12 uye", { 1 } },
  { "邊", { 12 } },
  { "辺健", { 12 } },
  { "まだ", { 3 } },
  { "ﾀﾅﾍﾞ", { 12 } },
  { "준", { 5 } },
  { "uy", { 0 } }, /* two letters are inside of too many */
  { "guyen zzz", { 0 } },
  { "zzz", { 0 } },
  { "nguyen zzz", { 0 } },
  { "%", { 0 } },
  { "' OR 1=1 --", { 0 } },
  { "", { 0 } },
  { "   ", { 0 } },
};

static void
add (DeskDb *db, const Person *person)
{
  g_autoptr (DeskPatient) patient = desk_patient_new ();
  g_autoptr (GError) error = NULL;
  const char *const texts[] = { person->family, person->given, person->family_native, person->given_native,
                                person->kana,   person->birth, person->passport,      person->phone };
  char **const places[] = { &patient->family, &patient->given, &patient->family_native, &patient->given_native,
                            &patient->kana,   &patient->birth, &patient->passport,      &patient->phone };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_free (*places[i]);
      *places[i] = g_strdup (texts[i]);
    }
  if (!desk_patient_save (db, patient, &error))
    g_error ("%s", error->message);
}

static char *
search (DeskDb *db, const char *text, guint limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = desk_patient_search (db, text, limit, &error);
  g_autoptr (GString) list = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (list, " %d", (int) g_array_index (ids, gint64, i));
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
test_scripts (StoreFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    add (fixture->db, &people[i]);
  store_exec (fixture, "UPDATE patient SET last_seen = id");
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autofree char *found = search (fixture->db, searches[i].typed, 4);
      g_autoptr (GString) wanted = g_string_new (NULL);

      for (guint n = 0; n < 4 && searches[i].found[n]; n++)
        g_string_append_printf (wanted, " %d", (int) searches[i].found[n]);
      if (!g_str_equal (found, wanted->str))
        g_error ("«%s» finds%s instead of%s", searches[i].typed, found, wanted->str);
    }
}

/* Words follow the record, and a save that changes no name writes none. */
static void
test_rename (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 before, after;

  add (fixture->db, &people[0]);
  g_autoptr (DeskPatient) patient = desk_patient_load (fixture->db, 1, &error);
  g_free (patient->family);
  patient->family = g_strdup ("Tran");
  g_free (patient->family_native);
  patient->family_native = g_strdup ("Trần");
  g_assert_true (desk_patient_save (fixture->db, patient, &error));
  g_autofree char *old = search (fixture->db, "nguyen", 5), *new = search (fixture->db, "tran", 5), *kept = search (fixture->db, "huong", 5);
  g_assert_cmpstr (old, ==, "");
  g_assert_cmpstr (new, ==, " 1");
  g_assert_cmpstr (kept, ==, " 1");

  g_assert_true (desk_db_value (fixture->db, &before, &error, "SELECT count (*) FROM patient_word", ""));
  store_exec (fixture, "CREATE TRIGGER quiet BEFORE INSERT ON patient_word BEGIN SELECT RAISE (ABORT, 'written'); END");
  g_free (patient->note);
  patient->note = g_strdup ("prefers mornings");
  g_assert_true (desk_patient_save (fixture->db, patient, &error));
  g_assert_true (desk_db_value (fixture->db, &after, &error, "SELECT count (*) FROM patient_word", ""));
  g_assert_cmpint (before, ==, after);

  /* A record whose words cannot be written is not saved at all. */
  g_free (patient->family);
  patient->family = g_strdup ("Le");
  g_assert_false (desk_patient_save (fixture->db, patient, &error));
  g_autoptr (DeskPatient) stored = desk_patient_load (fixture->db, 1, NULL);
  g_assert_cmpstr (stored->family, ==, "Tran");
}

/* Frequent and rare words go different ways and must come to the same result as looking at everyone. */
static void
test_both_ways (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *typed, *everyone;
  } cases[] = {
    { "wor", "SELECT id FROM patient ORDER BY last_seen DESC, id DESC LIMIT 20" },
    { "word", "SELECT id FROM patient ORDER BY id % 2, last_seen DESC, id DESC LIMIT 20" },
    { "rare", "SELECT id FROM patient WHERE id % 100 = 7 ORDER BY last_seen DESC, id DESC LIMIT 20" },
    { "word rare", "SELECT id FROM patient WHERE id % 100 = 7 ORDER BY last_seen DESC, id DESC LIMIT 20" },
    { "wor wo", "SELECT id FROM patient ORDER BY last_seen DESC, id DESC LIMIT 20" },
    { "ord", "SELECT id FROM patient ORDER BY last_seen DESC, id DESC LIMIT 20" },
    { "are", "SELECT id FROM patient WHERE id % 100 = 7 ORDER BY last_seen DESC, id DESC LIMIT 20" },
    { "ord are", "SELECT id FROM patient WHERE id % 100 = 7 ORDER BY last_seen DESC, id DESC LIMIT 20" },
    { "ork orde", "SELECT id FROM patient WHERE id % 2 = 1 ORDER BY last_seen DESC, id DESC LIMIT 20" },
    { "work orde", "SELECT id FROM patient WHERE id % 2 = 1 ORDER BY last_seen DESC, id DESC LIMIT 20" },
  };

  store_exec (fixture, "INSERT INTO patient (chart, family, last_seen, created_at, updated_at)"
                       " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)"
                       " SELECT 'T' || i, 'x', (i * 7919) % 301, 0, 0 FROM n");
  store_exec (fixture, "INSERT INTO patient_word (word, patient_id)"
                       " SELECT CASE id % 2 WHEN 0 THEN 'word' ELSE 'worded' END, id FROM patient"
                       " UNION ALL SELECT 'work', id FROM patient"
                       " UNION ALL SELECT 'rare', id FROM patient WHERE id % 100 = 7");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = search (fixture->db, cases[i].typed, 20);
      g_autoptr (GString) wanted = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (DeskStmt) stmt = desk_db_query (fixture->db, &error, cases[i].everyone, "");

      g_assert_no_error (error);
      while (desk_stmt_step (stmt, &error) == DESK_STEP_ROW)
        g_string_append_printf (wanted, " %d", desk_stmt_int (stmt, 0));
      if (!g_str_equal (found, wanted->str))
        g_error ("«%s» finds\n%s instead of\n%s", cases[i].typed, found, wanted->str);
    }
}

static void
assert_finds (DeskDb *db, const char *typed, const char *wanted)
{
  g_autofree char *found = search (db, typed, 5);

  g_assert_cmpstr (found, ==, wanted);
}

/* The words in memory follow what is saved, on this connection and on others; with the program's own guesses they
 * have nothing to do. */
static void
test_inner_follows (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDb) other = desk_store_open (fixture->path, FALSE, &error);

  g_assert_no_error (error);
  assert_finds (fixture->db, "amada", "");
  add (fixture->db, &people[2]);
  assert_finds (fixture->db, "amada", " 1");
  assert_finds (other, "amada", " 1");
  add (other, &people[5]);
  assert_finds (fixture->db, "едоро", " 2");

  g_autoptr (DeskPatient) patient = desk_patient_load (other, 1, &error);
  g_free (patient->family);
  patient->family = g_strdup ("HAYAKAWA");
  g_assert_true (desk_patient_save (other, patient, &error));
  assert_finds (fixture->db, "amada", "");
  assert_finds (fixture->db, "yakaw", " 1");

  g_autoptr (GArray) guess = desk_patient_match (fixture->db, "yakaw", 5, &error);
  g_assert_cmpint (guess->len, ==, 0);

  /* What was rolled back leaves nothing behind that would hide what comes after it. */
  DeskTxn *txn = desk_txn_begin (fixture->db, &error);
  add (fixture->db, &people[6]);
  assert_finds (fixture->db, "hme", " 3");
  desk_txn_end (txn);
  add (other, &people[11]);
  assert_finds (fixture->db, "tanab", " 3");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("/search/scripts", test_scripts);
  ADD ("/search/rename", test_rename);
  ADD ("/search/both-ways", test_both_ways);
  ADD ("/search/inner-follows", test_inner_follows);
  return g_test_run ();
}
