#include "desk-fold.h"

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
  g_test_add_func ("/fold/hangul-steps", test_hangul_steps);
  g_test_add_func ("/fold/fold", test_fold);
  g_test_add_func ("/fold/empty-and-broken", test_empty_and_broken);
  g_test_add_func ("/fold/long", test_long);
  return g_test_run ();
}
