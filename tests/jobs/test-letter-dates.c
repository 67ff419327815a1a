#include "desk-country.h"
#include "desk-letter-dates.h"
#include "desk-letter-put.h"

static const struct
{
  const char *iso, *language;
  gboolean weekday;
  const char *text;
} days[] = {
  { "2026-02-01", "en", TRUE, "Sunday, 1 February 2026" },
  { "2026-02-01", "ja", TRUE, "2026年2月1日(日)" },
  { "2026-02-01", "zh", TRUE, "2026年2月1日(星期日)" },
  { "2026-02-02", "zh-TW", TRUE, "2026年2月2日(星期一)" },
  { "2026-02-07", "ko", TRUE, "2026년 2월 7일(토)" },
  { "2026-02-04", "ar", TRUE, "الأربعاء، 4 فبراير 2026" },
  { "2026-05-03", "ru", TRUE, "воскресенье, 3 мая 2026 г." },
  { "2026-05-08", "ru", FALSE, "8 мая 2026 г." },
  { "2026-12-31", "vi", TRUE, "Thứ Năm, ngày 31 tháng 12 năm 2026" },
  { "2026-12-31", "de", FALSE, "31 December 2026" },
  { "2026-08", "en", FALSE, "August 2026" },
  { "2026-08", "ja", FALSE, "2026年8月" },
  { "2026-08", "ru", FALSE, "август 2026 г." },
  { "2026-08", "ar", FALSE, "أغسطس 2026" },
  { "2026-08", "vi", FALSE, "tháng 8 năm 2026" },
  { "1961", "ko", FALSE, "1961년" },
  { "1961", "ru", FALSE, "1961 г." },
  { "1961-13", "en", FALSE, NULL },
};

static void
test_days (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      DeskDay day;
      g_autofree char *text = days[i].weekday && desk_day_parse (days[i].iso, &day)
                                  ? desk_letter_date (day, days[i].language, TRUE)
                                  : desk_letter_partial_date (days[i].iso, days[i].language);

      g_assert_cmpstr (text, ==, days[i].text);
    }
}

/* Every month and weekday has a name in every language, and no two of a language share one. */
static void
test_names (void)
{
  const char *const *languages = desk_letter_date_languages ();

  for (guint i = 0; languages[i]; i++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (int month = 1; month <= 12; month++)
        g_hash_table_add (seen, desk_letter_date (desk_day_from_ymd (2026, month, 1), languages[i], FALSE));
      for (int day = 1; day <= 7; day++)
        g_hash_table_add (seen, desk_letter_date (desk_day_from_ymd (2026, 6, day), languages[i], TRUE));
      g_assert_cmpuint (g_hash_table_size (seen), ==, 19);
    }
}

static void
test_countries (void)
{
  static const char *const names[][3] = {
    { "VNM", "ru", "Вьетнам" }, { "KOR", "zh", "韩国" },     { "KOR", "vi", "Hàn Quốc" }, { "SAU", "ar", "السعودية" },
    { "TWN", "zh-TW", "臺灣" }, { "VNM", "ja", "ベトナム" }, { "CHN", "ko", "중국" },     { "DEU", "de", "Germany" },
    { "XXA", "ko", "Stateless" }, { "ZZZ", "ru", "ZZZ" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (desk_country_name (names[i][0], names[i][1]), ==, names[i][2]);
}

static void
test_put (void)
{
  g_autoptr (DeskFields) fields = desk_fields_new ();
  static const DeskLetterWord words[] = { { "cat", { "cat", "猫", NULL, "貓" } } };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Tokyo");

  desk_letter_put_word (fields, "a", words, 1, "cat");
  desk_letter_put_word (fields, "b", words, 1, "dog");
  desk_letter_put_moment (fields, "c", 1769904000, zone);
  desk_letter_put_moment (fields, "d", 0, zone);
  g_assert_cmpstr (desk_fields_get (fields, "a", "zh-TW"), ==, "貓");
  g_assert_cmpstr (desk_fields_get (fields, "a", "zh"), ==, "cat");
  g_assert_cmpstr (desk_fields_get (fields, "b", "ja"), ==, "dog");
  g_assert_cmpstr (desk_fields_get (fields, "c", "ru"), ==, "1 февраля 2026 г. 09:00");
  g_assert_null (desk_fields_get (fields, "d", "en"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-dates/days", test_days);
  g_test_add_func ("/letter-dates/names", test_names);
  g_test_add_func ("/letter-dates/countries", test_countries);
  g_test_add_func ("/letter-dates/put", test_put);
  return g_test_run ();
}
