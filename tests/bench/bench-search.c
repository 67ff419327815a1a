/* Patient search while typing against the same prefix scan in bare SQLite: the same file, word table, order
 * and LIMIT, one statement. A second column has the scan that does not even rank (any 50 of the range).
 *
 * Then one line for each script and kind of number: beginnings of two to six signs. A text inside of a name has no such
 * range; bare SQLite then looks through the words of names, as instr () does, and ranks in the same way.
 *
 *   bench-search [PATIENTS] [QUERIES OF EACH LENGTH]      goal: median ratio at most 1.5 */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "desk-bulk.h"
#include "desk-fold.h"
#include "desk-patients.h"
#include "desk-store.h"

#define LIMIT 50

typedef struct
{
  const char *family, *given, *family_native, *given_native, *kana;
} Pool; /* words apart by spaces */

static const Pool pools[] = {
  { "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo", "Wei Fang Na Xiuying Min Jing Qiang Lei Jun Yang Yong Jie Tao Ming Chao",
    "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗", "伟 芳 娜 秀英 敏 静 强 磊 军 洋 勇 杰 涛 明 超", "" },
  { "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu", "Jianguo Haiyan Xiaoming Guoqiang Meiling Zhiyuan Yuhan Zihan Haoran",
    "王 李 張 劉 陳 楊 趙 黃 周 吳", "建国 海燕 小明 国强 美玲 志远 雨涵 子涵 浩然", "" },
  { "SATO SUZUKI TAKAHASHI TANAKA WATANABE ITO YAMAMOTO NAKAMURA KOBAYASHI KATO YOSHIDA YAMADA", "Taro Hanako Ichiro Yoko Kenji Sakura Hiroshi Yumi",
    "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 小林 加藤 吉田 山田", "太郎 花子 一郎 洋子 健二 桜 浩 由美", "サトウ　タロウ スズキ　ハナコ タカハシ　ケンジ タナカ　ヨウコ ワタナベ　ヒロシ ヤマモト　ユミ" },
  { "KIM LEE PARK CHOI JUNG KANG CHO YOON JANG LIM", "Min-jun Seo-yeon Ji-ho Ha-eun Do-yun Ye-jun", "김 이 박 최 정 강 조 윤 장 임",
    "민준 서연 지호 하은 도윤 예준", "" },
  { "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ", "Thị-Hương Văn-An Minh Đức Thu-Hà Quốc-Bảo Ngọc", "", "", "" },
  { "Ahmed Hassan Ali Mahmoud Al-Farsi Khalil Nasser Saleh", "Mohammed Fatima Omar Layla Yusuf Aisha", "أحمد حسن علي محمود الفارسي خليل ناصر صالح",
    "محمد فاطمة عمر ليلى يوسف عائشة", "" },
  { "Ivanov Fedorov Petrov Sidorov Smirnov Nazarbayev Kuznetsov Popov", "Ivan Anna Sergei Olga Dmitri Aigul", "Иванов Фёдоров Петров Сидоров Смирнов Назарбаев Кузнецов Попов",
    "Иван Анна Сергей Ольга Дмитрий Айгуль", "" },
  { "Müller Schröder García Łukasz Yılmaz O'Brien Sørensen Dvořák Škoda Böhm Núñez Ångström", "Jürgen José Zoë Siân Ömer Françoise Jiří Małgorzata Åsa", "", "", "" },
};

static const char *const syllables[]
    = { "ba", "ren", "so", "lim", "ta", "kor", "ve", "nas", "do", "pil", "mar", "ge", "fu", "lon", "shi", "dar", "wen", "jo", "qua", "ster" };

static guint64 seed = 20260101;

static guint
pick (guint n)
{
  seed += 0x9e3779b97f4a7c15;
  guint64 z = seed;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return (guint) ((z ^ (z >> 31)) % n);
}

/* One of the words; early ones are more frequent, as names are. */
static char *
pick_word (const char *words, guint rank)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);
  guint n = g_strv_length (list);

  return g_strdup (n ? list[MIN (n - 1, n * (rank % 1000) * (rank % 1000) / 1000000)] : "");
}

static char *
pick_syllables (void)
{
  return g_strconcat (syllables[pick (20)], syllables[pick (20)], syllables[pick (20)], NULL);
}

static void
take (char **place, char *value)
{
  g_free (*place);
  *place = value;
}

static DeskPatient *
make_patient (guint number)
{
  DeskPatient *patient = desk_patient_new ();
  const Pool *pool = &pools[pick (G_N_ELEMENTS (pools))];
  guint family = pick (1000), given = pick (1000);

  take (&patient->family, pick_word (pool->family, family));
  take (&patient->given, pick_word (pool->given, given));
  take (&patient->family_native, pick_word (pool->family_native, family));
  take (&patient->given_native, pick_word (pool->given_native, given));
  take (&patient->kana, pick_word (pool->kana, given));
  if (pick (100) < 30)
    take (&patient->family, pick_syllables ());
  if (pick (100) < 30)
    take (&patient->given, pick_syllables ());
  take (&patient->chart, g_strdup_printf ("P-%06u", number));
  take (&patient->birth, g_strdup_printf ("%04u-%02u-%02u", 1936 + pick (70), 1 + pick (12), 1 + pick (28)));
  take (&patient->passport, g_strdup_printf ("%c%07u", 'A' + pick (26), pick (10000000)));
  take (&patient->phone, g_strdup_printf ("+%u %02u %04u %04u", 81 + pick (6), pick (100), pick (10000), pick (10000)));
  return patient;
}

static gboolean
generate (const char *path, guint n_patients, GError **error)
{
  g_autoptr (DeskDb) db = desk_store_create (path, error);
  g_autoptr (DeskBulk) bulk = db ? desk_bulk_begin (db, error) : NULL;

  if (!bulk)
    return FALSE;
  for (guint i = 1; i <= n_patients && desk_bulk_ok (bulk); i++)
    {
      g_autoptr (DeskPatient) patient = make_patient (i);

      desk_bulk_patient (bulk, patient, 0);
    }
  return desk_bulk_finish (bulk, "bench", NULL, error)
         && desk_db_exec (db, "UPDATE patient SET last_seen = 20600 - (id * 7919 % 1000) * (id * 104729 % 1000) / 333", error);
}

/* The first length characters of something the patient is found by, as a person would type it. */
static char *
make_query (DeskDb *db, guint n_patients, guint length)
{
  for (;;)
    {
      g_autoptr (DeskPatient) patient = desk_patient_load (db, 1 + pick (n_patients), NULL);
      const char *const sources[] = { patient->family, patient->family,        patient->family, patient->given,    patient->given,
                                      patient->kana,   patient->family_native, patient->given_native, patient->passport, patient->birth };
      const char *source = sources[pick (G_N_ELEMENTS (sources))];
      g_autofree char *typed = g_utf8_substring (source, 0, MIN ((glong) length, g_utf8_strlen (source, -1)));
      g_autoptr (GPtrArray) words = desk_fold_query (typed);

      if ((guint) g_utf8_strlen (typed, -1) == length && words->len == 1)
        return g_steal_pointer (&typed);
    }
}

static char *
make_two_words (DeskDb *db, guint n_patients)
{
  for (;;)
    {
      g_autoptr (DeskPatient) patient = desk_patient_load (db, 1 + pick (n_patients), NULL);
      g_autofree char *typed = g_strconcat (patient->given, " ", patient->family, NULL);
      g_autoptr (GPtrArray) words = desk_fold_query (typed);

      if (words->len == 2)
        return g_steal_pointer (&typed);
    }
}

typedef gboolean (*Fits) (gunichar c);

static gboolean
is_plain_latin (gunichar c)
{
  return g_ascii_isalpha (c);
}

static gboolean
is_accented (gunichar c)
{
  return c >= 0xc0 && g_unichar_get_script (c) == G_UNICODE_SCRIPT_LATIN;
}

static gboolean
is_kana (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_KATAKANA;
}

static gboolean
is_han (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

static gboolean
is_hangul (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HANGUL;
}

static gboolean
is_cyrillic (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_CYRILLIC;
}

static gboolean
is_arabic (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_ARABIC;
}

typedef enum
{
  NAME,
  PHONE_TAIL,
  PASSPORT_TAIL,
  BIRTH,
  INNER,
} Typed;

static const struct
{
  const char *label;
  Typed typed;
  Fits fits; /* one of the letters of a name */
  guint shortest, longest;
} lines[] = {
  { "Latin", NAME, is_plain_latin, 2, 6 },
  { "Latin, marks", NAME, is_accented, 2, 6 },
  { "kana", NAME, is_kana, 1, 4 },
  { "kanji", NAME, is_han, 1, 2 },
  { "hangul", NAME, is_hangul, 1, 2 },
  { "Cyrillic", NAME, is_cyrillic, 2, 6 },
  { "Arabic", NAME, is_arabic, 2, 4 },
  { "phone tail", PHONE_TAIL, NULL, 4, 8 },
  { "passport tail", PASSPORT_TAIL, NULL, 4, 6 },
  { "birth date", BIRTH, NULL, 4, 10 },
  { "inside", INNER, is_plain_latin, 3, 6 },
  { "inside, Cyrillic", INNER, is_cyrillic, 3, 5 },
};

static gboolean
has_letter (const char *text, Fits fits)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (fits (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static char *
last_signs (const char *text, guint n)
{
  return g_strdup (text + MAX (0, (gssize) strlen (text) - (gssize) n));
}

/* What one would type of this patient for the line; NULL when there is nothing of the kind. */
static char *
type_of (const DeskPatient *patient, guint line, guint length)
{
  const char *const names[] = { patient->family, patient->given, patient->family_native, patient->given_native, patient->kana };
  const char *name = names[pick (G_N_ELEMENTS (names))];
  g_autofree char *digits = NULL;

  switch (lines[line].typed)
    {
    case PHONE_TAIL:
      digits = desk_fold_identifier (patient->phone);
      return last_signs (digits, length);
    case PASSPORT_TAIL:
      return last_signs (patient->passport, length);
    case BIRTH:
      return g_strndup (patient->birth, length);
    case NAME:
      return has_letter (name, lines[line].fits) ? g_utf8_substring (name, 0, MIN ((glong) length, g_utf8_strlen (name, -1))) : NULL;
    case INNER:
      return has_letter (name, lines[line].fits) && g_utf8_strlen (name, -1) > (glong) length
                 ? g_utf8_substring (name, 1, 1 + length) : NULL;
    default:
      g_assert_not_reached ();
    }
}

static char *
make_line_query (DeskDb *db, guint n_patients, guint line)
{
  for (;;)
    {
      g_autoptr (DeskPatient) patient = desk_patient_load (db, 1 + pick (n_patients), NULL);
      guint length = lines[line].shortest + pick (lines[line].longest - lines[line].shortest + 1);
      g_autofree char *typed = type_of (patient, line, length);
      g_autoptr (GPtrArray) words = typed ? desk_fold_query (typed) : NULL;

      if (words && words->len == 1 && g_utf8_strlen (words->pdata[0], -1) >= (lines[line].typed == INNER ? 3 : 1))
        return g_steal_pointer (&typed);
    }
}

static sqlite3_stmt *
prepare (sqlite3 *bare, const char *sql)
{
  sqlite3_stmt *stmt;

  if (sqlite3_prepare_v2 (bare, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (bare));
  return stmt;
}

static double
run_bare (sqlite3_stmt *stmt, const GPtrArray *words)
{
  gint64 begin = g_get_monotonic_time ();
  gint64 sum = 0;

  for (guint i = 0; i < words->len; i++)
    {
      sqlite3_bind_text (stmt, 2 * i + 1, words->pdata[i], -1, SQLITE_TRANSIENT);
      g_autofree char *high = g_strconcat (words->pdata[i], "\xf4\x8f\xbf\xbf", NULL);
      sqlite3_bind_text (stmt, 2 * i + 2, high, -1, SQLITE_TRANSIENT);
    }
  while (sqlite3_step (stmt) == SQLITE_ROW)
    sum += sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return g_get_monotonic_time () - begin + (sum == -1);
}

static double
run_ours (DeskDb *db, const char *typed)
{
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GArray) ids = desk_patient_search (db, typed, LIMIT, &error);

  g_assert_no_error (error);
  return g_get_monotonic_time () - begin;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
quantile (GArray *times, double q)
{
  g_array_sort (times, compare);
  return g_array_index (times, double, MIN (times->len - 1, (guint) (times->len * q)));
}

typedef struct
{
  GArray *ours, *same, *unranked, *ratios; /* of double: microseconds, and ours to same */
} Times;

static Times
times_new (void)
{
  return (Times){ g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)),
                  g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)) };
}

static void
measure (DeskDb *db, sqlite3_stmt *ranked, sqlite3_stmt *any, const char *typed, Times *times)
{
  g_autoptr (GPtrArray) words = desk_fold_query (typed);

  /* Once for the caches, then in turn. */
  run_ours (db, typed);
  run_bare (ranked, words);
  double a = run_ours (db, typed), b = run_bare (ranked, words), c = any ? run_bare (any, words) : 0, ratio = a / MAX (b, 1);
  g_array_append_val (times->ours, a);
  g_array_append_val (times->same, b);
  g_array_append_val (times->unranked, c);
  g_array_append_val (times->ratios, ratio);
}

static void
print_times (const char *label, Times *times)
{
  double median = quantile (times->ours, 0.5);

  g_print ("%-16s %10.0f %10.0f %12.0f %12.0f %10.2f %10.2f %12.0f\n", label, median, quantile (times->ours, 0.99),
           quantile (times->same, 0.5), quantile (times->same, 0.99), median / MAX (quantile (times->same, 0.5), 1),
           quantile (times->ratios, 0.5), quantile (times->unranked, 0.5));
  g_array_unref (times->ours);
  g_array_unref (times->same);
  g_array_unref (times->unranked);
  g_array_unref (times->ratios);
}

static void
bench_length (DeskDb *db, sqlite3_stmt *ranked, sqlite3_stmt *any, guint n_patients, guint length, guint n_queries)
{
  Times times = times_new ();
  g_autofree char *label = length ? g_strdup_printf ("%u", length) : g_strdup ("2 words");

  for (guint i = 0; i < n_queries; i++)
    {
      g_autofree char *typed = length ? make_query (db, n_patients, length) : make_two_words (db, n_patients);

      measure (db, ranked, any, typed, &times);
    }
  print_times (label, &times);
}

static void
bench_line (DeskDb *db, sqlite3_stmt *ranked, sqlite3_stmt *any, guint n_patients, guint line, guint n_queries)
{
  Times times = times_new ();

  for (guint i = 0; i < n_queries; i++)
    {
      g_autofree char *typed = make_line_query (db, n_patients, line);

      measure (db, ranked, any, typed, &times);
    }
  print_times (lines[line].label, &times);
}

int
main (int argc, char *argv[])
{
  guint n_patients = argc > 1 ? atoi (argv[1]) : 100000;
  guint n_queries = argc > 2 ? atoi (argv[2]) : 200;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-bench-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "clinic.uketsuke", NULL);
  gint64 begin = g_get_monotonic_time ();

  if (!generate (path, n_patients, &error))
    g_error ("%s", error->message);
  g_print ("%u patients made in %.1f s; top %u, microseconds\n", n_patients, (g_get_monotonic_time () - begin) / 1e6, LIMIT);

  g_autoptr (DeskDb) db = desk_store_open (path, FALSE, &error);
  sqlite3 *bare;
  if (!db || sqlite3_open (path, &bare) != SQLITE_OK)
    g_error ("%s", error ? error->message : "cannot open");
  sqlite3_exec (bare, "PRAGMA cache_size = -65536", NULL, NULL, NULL);
  sqlite3_stmt *ranked = prepare (bare, "SELECT DISTINCT p.id, p.last_seen FROM patient_word w CROSS JOIN patient p ON p.id = w.patient_id"
                                        " WHERE w.word >= ?1 AND w.word <= ?2 ORDER BY p.last_seen DESC, p.id DESC LIMIT 50");
  sqlite3_stmt *inside = prepare (bare, "SELECT DISTINCT p.id, p.last_seen FROM patient_word w CROSS JOIN patient p ON p.id = w.patient_id"
                                        " WHERE w.word >= ':' AND ?2 > '' AND instr (w.word, ?1) > 1"
                                        " ORDER BY p.last_seen DESC, p.id DESC LIMIT 50");
  sqlite3_stmt *any = prepare (bare, "SELECT DISTINCT patient_id FROM patient_word WHERE word >= ?1 AND word <= ?2 LIMIT 50");
  sqlite3_stmt *two = prepare (bare, "SELECT DISTINCT p.id, p.last_seen FROM patient_word w CROSS JOIN patient p ON p.id = w.patient_id"
                                     " WHERE w.word >= ?1 AND w.word <= ?2 AND EXISTS (SELECT 1 FROM patient_word o"
                                     " WHERE o.patient_id = p.id AND o.word >= ?3 AND o.word <= ?4)"
                                     " ORDER BY p.last_seen DESC, p.id DESC LIMIT 50");

  g_print ("first search for a text inside, with the words read: %.1f ms\n", run_ours (db, "zzqqzz") / 1e3);
  g_print ("%-16s %10s %10s %12s %12s %10s %10s %12s\n", "typed", "search", "p99", "bare ranked", "p99", "ratio", "each", "bare any 50");
  for (guint length = 1; length <= 8; length++)
    bench_length (db, ranked, any, n_patients, length, n_queries);
  bench_length (db, two, NULL, n_patients, 0, n_queries);

  for (guint line = 0; line < G_N_ELEMENTS (lines); line++)
    {
      gboolean inner = lines[line].typed == INNER;

      bench_line (db, inner ? inside : ranked, inner ? NULL : any, n_patients, line, inner ? MIN (n_queries, 30) : n_queries);
    }

  sqlite3_finalize (ranked);
  sqlite3_finalize (inside);
  sqlite3_finalize (any);
  sqlite3_finalize (two);
  sqlite3_close (bare);
  g_clear_pointer (&db, desk_db_close);
  g_autofree char *remove = g_strdup_printf ("rm -r '%s'", folder);
  return g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL) ? 0 : 1;
}
