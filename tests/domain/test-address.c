#include "desk-address.h"

static const struct
{
  const char *address;
  gboolean japan;
  const char *postcode, *lines; /* postcode NULL: not looked at */
} cases[] = {
  { "〒102-0093 東京都千代田区平河町1-2-3", TRUE, "102-0093", "東京都千代田区平河町1-2-3" },
  { "１０２－００９３ 東京都千代田区", TRUE, "102-0093", "東京都千代田区" },
  { "神奈川県横浜市西区1-1\nみなとビル3階", TRUE, NULL, "神奈川県横浜市西区1-1\nみなとビル3階" },
  { "四川省成都市武侯区1号", FALSE, NULL, "四川省成都市武侯区1号" },
  { "12 Le Loi, District 1\nHo Chi Minh City\nVietnam", FALSE, NULL, "12 Le Loi, District 1\nHo Chi Minh City\nVietnam" },
  { "1-2-3 Hirakawacho, Chiyoda-ku, Tokyo 102-0093, Japan", FALSE, "102-0093", "1-2-3 Hirakawacho, Chiyoda-ku, Tokyo 102-0093, Japan" },
  { "Call 03-1234-56789", FALSE, NULL, "Call 03-1234-56789" },
  { "", FALSE, NULL, "" },
};

static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *postcode = desk_address_postcode (cases[i].address), *lines = desk_address_lines (cases[i].address);

      g_assert_cmpint (desk_address_in_japan (cases[i].address), ==, cases[i].japan);
      g_assert_cmpstr (postcode, ==, cases[i].postcode);
      g_assert_cmpstr (lines, ==, cases[i].lines);
    }
  g_assert_false (desk_address_in_japan (NULL));
}

static void
test_names (void)
{
  g_autofree char *person = desk_address_name ("山田 花子", DESK_ADDRESSEE_PERSON, TRUE);
  g_autofree char *office = desk_address_name ("青葉病院", DESK_ADDRESSEE_OFFICE, TRUE);
  g_autofree char *abroad = desk_address_name ("NGUYEN THI AN", DESK_ADDRESSEE_PERSON, FALSE);

  g_assert_cmpstr (person, ==, "山田 花子 様");
  g_assert_cmpstr (office, ==, "青葉病院 御中");
  g_assert_cmpstr (abroad, ==, "NGUYEN THI AN");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/lines", test_addresses);
  g_test_add_func ("/address/names", test_names);
  return g_test_run ();
}
