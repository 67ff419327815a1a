/* The person on a disc beside the chart: what is the same in other letters, and what differs. */
#include <string.h>

#include "desk-disc-compare.h"

static const struct
{
  const char *family, *given, *family_native, *given_native, *kana, *birth, *sex; /* the chart */
  const char *name, *disc_birth, *disc_sex;
  const char *codes;
} cases[] = {
  { "YAMADA", "TARO", "山田", "太郎", "ヤマダ タロウ", "1961-03-04", "M", "Yamada^Tarou=山田^太郎=やまだ^たろう", "1961-03-04", "M", "" },
  { "YAMADA", "TARO", "", "", "", "1961-03-04", "M", "YAMADA^TAROH", "1961-03-04", "M", "" },
  { "YAMADA", "TARO", "山田", "太郎", "ヤマダ タロウ", "1961-03-04", "M", "ﾔﾏﾀﾞ^ﾀﾛｳ", "1961-03-04", "", "" },
  { "YAMADA", "TARO", "山田", "太郎", "", "1961-03-04", "M", "Yamada^Tarou=山田^次郎", "1961-03-04", "M", "name-differs" },
  { "YAMADA", "TARO", "山田", "太郎", "", "1961-03-04", "M", "Yamada^Hanako", "1961-03-04", "F", "name-differs sex-differs" },
  { "MUELLER", "JUERGEN", "", "", "", "1950-12-01", "M", "Müller^Jürgen", "1950-12-01", "M", "" },
  { "WANG", "XIAODONG", "王", "小東", "", "1970-01-01", "M", "Wang^Xiao Dong=王^小東", "1970-01-01", "M", "" },
  { "WANG", "XIAODONG", "", "", "", "1970-01-01", "M", "XiaoDong^Wang", "1970-01-01", "O", "" },
  { "HONG", "GILDONG", "홍", "길동", "", "1970-01-01", "M", "Hong^Gildong=洪^吉洞=홍^길동", "1970-01-01", "M", "" },
  { "HONG", "GILDONG", "홍", "길동", "", "1970-01-01", "M", "Hong^Gildong=洪^吉洞=김^길동", "1970-01-01", "M", "name-differs" },
  { "IVANOV", "PETR", "", "", "", "1970-01-01", "M", "Иванов^Пётр", "1970-01-01", "M", "name-not-compared" },
  { "NGUYEN", "VAN AN", "", "", "", "1970", "M", "Nguyễn^Văn An^^Dr.", "1970-05-06", "M", "" },
  { "NGUYEN", "VAN AN", "", "", "", "1970-05", "X", "NGUYEN VAN AN", "1970-06-05", "M", "birth-differs" },
  { "NGUYEN", "VAN AN", "", "", "", "", "X", "NGUYEN^VAN AN", "1970-06-05", "", "birth-differs" },
  { "NGUYEN", "VAN AN", "", "", "", "1970-05-06", "F", "", "", "", "name-missing birth-missing" },
  { "NGUYEN", "VAN AN", "", "", "", "1970-05-06", "F", "^^=^=", "1970-05-06", "M", "name-missing sex-differs" },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskPatient patient = { .family = (char *) cases[i].family, .given = (char *) cases[i].given,
                              .family_native = (char *) cases[i].family_native, .given_native = (char *) cases[i].given_native,
                              .kana = (char *) cases[i].kana, .birth = (char *) cases[i].birth, .sex = (char *) cases[i].sex };
      DeskDiscPerson person = { cases[i].name, cases[i].disc_birth, cases[i].disc_sex };
      g_autoptr (DeskProblems) problems = desk_disc_compare (&patient, &person);
      g_autoptr (GString) codes = g_string_new (NULL);

      for (guint j = 0; j < problems->len; j++)
        g_string_append_printf (codes, "%s%s", j > 0 ? " " : "", desk_problems_get (problems, j)->code);
      if (strcmp (codes->str, cases[i].codes) != 0)
        g_error ("case %u: “%s”, not “%s”", i, codes->str, cases[i].codes);
      g_assert_false (desk_problems_block (problems));
    }
}

static void
test_text (void)
{
  g_autofree char *text = desk_disc_name_text ("Yamada^Tarou^^^=山田^太郎");

  g_assert_cmpstr (text, ==, "Yamada Tarou, 山田 太郎");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc-compare/table", test_table);
  g_test_add_func ("/disc-compare/text", test_text);
  return g_test_run ();
}
