#include "desk-fold.h"
#include "desk-fold-private.h"

#include <string.h>

/* What is kept, what is typed, whether it must be found. */
static const struct
{
  const char *kept, *typed;
  gboolean found;
} searches[] = {
  { "NGUYỄN Thị Hương", "nguyen", TRUE },
  { "NGUYỄN Thị Hương", "nguyễn", TRUE },
  { "NGUYỄN Thị Hương", "huong thi", TRUE },
  { "Đặng", "dang", TRUE },
  { "Müller", "muller", TRUE },
  { "Müller", "mueller", TRUE },
  { "Müller", "MÜLLER", TRUE },
  { "Müller", "mü", TRUE },
  { "Mu\xcc\x88ller", "müller", TRUE },
  { "Łukasz", "lukasz", TRUE },
  { "Yılmaz", "yilmaz", TRUE },
  { "YILMAZ", "yılmaz", TRUE },
  { "İbrahim", "ibrahim", TRUE },
  { "Strauß", "strauss", TRUE },
  { "Sørensen", "sorensen", TRUE },
  { "Sørensen", "soerensen", TRUE },
  { "Ångström", "angstrom", TRUE },
  { "Ångström", "aangstroem", TRUE },
  { "Þórður", "thordur", TRUE },
  { "Əliyev", "eliyev", TRUE },
  { "Lindæus", "lindaeus", TRUE },
  { "O'Brien", "obrien", TRUE },
  { "O’Brien", "o'brien", TRUE },
  { "OBRIEN", "o'brien", TRUE },
  { "O'Brien", "brien", TRUE },
  { "D'Angelo-Rossi", "rossi", TRUE },
  { "D'Angelo-Rossi", "angelorossi", TRUE },
  { "Min-jun", "min jun", TRUE },
  { "Min-jun", "minjun", TRUE },
  { "Min-jun", "jun-min", TRUE },
  { "Min Jun", "min-jun", TRUE },
  { "SATO Taro", "taro sato", TRUE },
  { "SATO Taro", "ＳＡＴＯ", TRUE },
  { "SATO Taro", "ato", FALSE },
  { "山田　太郎", "山田太郎", TRUE },
  { "山田　太郎", "太郎", TRUE },
  { "山田 太郎", "太郎 山田", TRUE },
  { "山田 太郎", "田太", TRUE },
  { "山田 太郎", "山本", FALSE },
  { "サトウ　タロウ", "さとう", TRUE },
  { "サトウ　タロウ", "ｻﾄｳ", TRUE },
  { "サトウ　タロウ", "たろう さとう", TRUE },
  { "ヤマダ　ハナコ", "ﾔﾏﾀﾞ", TRUE },
  { "ヤマダ　ハナコ", "やまだはなこ", TRUE },
  { "ヤマタ", "やまだ", FALSE },
  { "オオノ・メアリー", "めあり", TRUE },
  { "佐々木", "々木", TRUE },
  { "김 민준", "김민준", TRUE },
  { "김민준", "민준", TRUE },
  { "김 민준", "민ㅈ", TRUE },
  { "김 민준", "민주", TRUE },
  { "김 민준", "ㄱ", TRUE },
  { "김 민준", "기", TRUE },
  { "김 민준", "이", FALSE },
  { "닭", "달", TRUE },
  { "과", "고", TRUE },
  { "Фёдоров", "федоров", TRUE },
  { "ФЁДОРОВ", "Фед", TRUE },
  { "Μάριος", "μαριοσ", TRUE },
  { "أحمد", "احمد", TRUE },
  { "أَحْمَد", "احمد", TRUE },
  { "فاطمة", "فاطمه", TRUE },
  { "الحسن", "حسن", TRUE },
  { "مصطفى", "مصطفي", TRUE },
  { "محـــمد", "محمد", TRUE },
  { "کریم", "كريم", TRUE },
  { "สมชาย", "สมชาย", TRUE },
  { "19560612", "1956-06-12", TRUE },
  { "19560612", "1956/6", TRUE },
  { "19560612", "1956.6.12", TRUE },
  { "19560612", "1956年6月12日", TRUE },
  { "12061956", "12.6.1956", TRUE },
  { "19560612", "1956/7", FALSE },
  { "9012345678", "090-1234-5678", TRUE },
  { "819012345678", "+81 (90) 1234 5678", TRUE },
  { "P-000123", "p-000123", TRUE },
  { "P-000123", "000123", TRUE },
  { "渡邊", "渡辺", TRUE },
  { "渡辺", "渡邉", TRUE },
  { "齋藤", "斉藤", TRUE },
  { "斎藤", "齋藤", TRUE },
  { "髙橋", "高橋", TRUE },
  { "山﨑", "山崎", TRUE },
  { "𠮷田", "吉田", TRUE },
  { "國分", "国分", TRUE },
  { "張偉", "张伟", TRUE },
  { "陈", "陳", TRUE },
  { "澤田", "沢田", TRUE },
  { "濱田", "浜田", TRUE },
  { "渡辺", "田辺", FALSE },
  { "MUELLER", "müller", TRUE },
  { "MUELLER", "muller", TRUE },
  { "MULLER", "müller", TRUE },
  { "Müller", "MUELLER", TRUE },
  { "SCHROEDER", "Schröder", TRUE },
  { "Jaeger", "Jäger", TRUE },
  { "Manuel", "manuel", TRUE },
  { "XUE", "xue", TRUE },
  { "Ørsted", "orsted", TRUE },
  { "Æbelø", "aebelo", TRUE },
  { "Đorđe", "djordje", FALSE },
  { "Đorđe", "dorde", TRUE },
  { "Groß", "gross", TRUE },
  { "GROSS", "groß", TRUE },
  { "Əhməd", "ehmed", TRUE },
  { "Иванова", "ИВАН", TRUE },
  { "Щербаков", "щерб", TRUE },
  { "19610305", "5 March 1961", TRUE },
  { "19610305", "5 mar 1961", TRUE },
  { "19610305", "March 5, 1961", TRUE },
  { "19610305", "Mar 5 1961", TRUE },
  { "19610305", "5th March 1961", TRUE },
  { "19610305", "1961/3/5", TRUE },
  { "19610305", "昭和36年3月5日", TRUE },
  { "19610305", "昭和３６年３月５日", TRUE },
  { "19610305", "S36.3.5", TRUE },
  { "19610305", "昭和36年", TRUE },
  { "19610305", "昭和37年", FALSE },
  { "19261231", "昭和元年", TRUE },
  { "20190601", "令和元年6月1日", TRUE },
  { "19610305", "6 March 1961", FALSE },
  { "May", "may", TRUE },
  { "Mar", "mar", TRUE },
  { "渡\xf3\xa0\x84\x80辺", "渡辺", TRUE }, /* with an ideographic variation selector */
};

static gboolean
found (const char *kept, const char *typed)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) query = desk_fold_query (typed);

  desk_fold_words (kept, words);
  for (guint i = 0; i < query->len; i++)
    {
      gboolean hit = FALSE;

      for (guint j = 0; j < words->len; j++)
        hit |= g_str_has_prefix (words->pdata[j], query->pdata[i]);
      if (!hit)
        return FALSE;
    }
  return query->len > 0;
}

static void
test_searches (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    if (found (searches[i].kept, searches[i].typed) != searches[i].found)
      g_error ("«%s» in «%s» is %s", searches[i].typed, searches[i].kept, searches[i].found ? "not found" : "found");
}

/* Each form of a character is in one group, as it comes out of NFKD. */
static void
test_han (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint n;
  const char *const *groups = desk_fold_han_groups (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *plain = g_utf8_normalize (groups[i], -1, G_NORMALIZE_NFKD);

      g_assert_cmpstr (plain, ==, groups[i]);
      g_assert_cmpint (g_utf8_strlen (groups[i], -1), >, 1);
      for (const char *p = groups[i]; *p; p = g_utf8_next_char (p))
        {
          g_assert_true (g_hash_table_add (seen, GUINT_TO_POINTER (g_utf8_get_char (p))));
          g_assert_cmpuint (desk_fold_han (g_utf8_get_char (p)), ==, g_utf8_get_char (groups[i]));
        }
    }
}

/* A date among other words. */
static void
test_dates (void)
{
  static const struct
  {
    const char *typed, *words;
  } cases[] = {
    { "nguyen 5 March 1961", "nguyen 19610305" }, { "March 5, 1961 nguyen", "19610305 nguyen" },
    { "佐藤 昭和36年3月5日", "佐藤 19610305" },    { "may 1961", "may 1961" },
    { "D26 0018", "d26 0018" },                   { "1956年6月12日", "19560612" },
    { "H1234567", "h1234567" },                   { "S36", "s36" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) words = desk_fold_query (cases[i].typed);

      g_ptr_array_add (words, NULL);
      g_autofree char *joined = g_strjoinv (" ", (char **) words->pdata);
      g_assert_cmpstr (joined, ==, cases[i].words);
    }
}

/* Every step of typing a syllable must find what the finished syllable finds. */
static void
test_hangul_steps (void)
{
  static const char *const steps[] = { "ㅈ", "주", "준", "준ㅎ", "준호" };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_assert_true (found ("박준호", steps[i]));
  g_assert_true (found ("값", "갑"));
  g_assert_true (found ("괜찮", "괜차"));
}

static void
test_fold (void)
{
  static const struct
  {
    const char *text, *folded;
  } cases[] = {
    { "", "" },
    { "  O’Brien,  Mary-Jane ", "obrien mary jane" },
    { "ｶﾞｷﾞ", "か\xe3\x82\x99き\xe3\x82\x99" },
    { "Straße ٣", "strasse 3" },
    { "---", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = desk_fold (cases[i].text);
      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
  g_autofree char *number = desk_fold_identifier ("P-000 123");
  g_assert_cmpstr (number, ==, "p000123");
}

static void
test_empty_and_broken (void)
{
  static const char *const nothing[] = { "", " ", "-", "'", "・", "\xff\xfe", "\t\n" };
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (GPtrArray) query = desk_fold_query (nothing[i]);

      g_assert_cmpuint (query->len, ==, 0);
      desk_fold_words (nothing[i], words);
    }
  g_assert_cmpuint (words->len, ==, 0);
}

/* No word is longer than the limit, however long the text. */
static void
test_long (void)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 10000; i++)
    g_string_append (text, "a山");
  for (int i = 0; i < 10000; i++)
    g_string_append (text, "가");
  desk_fold_words (text->str, words);
  g_assert_cmpuint (words->len, ==, 30000);
  for (guint i = 0; i < words->len; i++)
    g_assert_cmpint (g_utf8_strlen (words->pdata[i], -1), <=, DESK_FOLD_WORD_MAX);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold/searches", test_searches);
  g_test_add_func ("/fold/dates", test_dates);
  g_test_add_func ("/fold/han", test_han);
  g_test_add_func ("/fold/hangul-steps", test_hangul_steps);
  g_test_add_func ("/fold/fold", test_fold);
  g_test_add_func ("/fold/empty-and-broken", test_empty_and_broken);
  g_test_add_func ("/fold/long", test_long);
  return g_test_run ();
}
