#include "desk-code.h"

#include <string.h>

/* ISO 7064 mod 37-2 of donation numbers as printed in the standards (facts/cells-examples.md 6.1). */
static void
test_check (void)
{
  static const struct
  {
    const char *data;
    int sum;
    char sign;
  } rows[] = { { "G123417654321", 10, 'A' }, { "G123498654321", 17, 'H' }, { "A999921123456", 3, '3' },
               { "A999818123456", 23, 'N' }, { "A999820123456", 14, 'E' }, { "W000009123456", 16, 'G' },
               { "g123417654321", -1, '\0' }, { "", -1, '\0' },            { "-", -1, '\0' },
               { "G1234 17 654321", -1, '\0' } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (desk_check_sum (rows[i].data, strlen (rows[i].data)), ==, rows[i].sum);
      g_assert_cmpint (desk_check_sign (rows[i].data, strlen (rows[i].data)), ==, rows[i].sign);
    }
}

/* Every single wrong sign that the format lets stand, and every transposition, gives another check character. */
static void
test_check_finds (void)
{
  static const char one[] = "A999926000123", two[] = "A123456789012";
  char right = desk_check_sign (one, 13);
  guint changes = 0;

  for (gsize at = 0; at < 13; at++)
    for (const char *sign = DESK_CHECK_SIGNS; *sign; sign++)
      {
        char changed[sizeof one];

        memcpy (changed, one, sizeof one);
        changed[at] = *sign;
        if (*sign == one[at] || *sign == '*')
          continue;
        g_assert_cmpint (desk_check_sign (changed, 13), !=, right);
        changes++;
      }
  g_assert_cmpuint (changes, ==, 455);

  for (gsize far = 1; far <= 2; far++)
    for (gsize at = 0; at + far < 13; at++)
      {
        char changed[sizeof two];

        memcpy (changed, two, sizeof two);
        changed[at] = two[at + far];
        changed[at + far] = two[at];
        g_assert_cmpint (desk_check_sign (changed, 13), !=, desk_check_sign (two, 13));
      }
}

static void
test_local (void)
{
  g_autofree char *lot = desk_code_local (DESK_LOCAL_LOT, 2026, 42);
  g_autofree char *unit = desk_code_local_unit (lot, 1);
  g_autofree char *old = desk_code_local_unit ("L26-0042", 1);
  g_autofree char *box = desk_code_local (DESK_LOCAL_CONTAINER, 0, 7);
  g_autofree char *place = desk_code_local_place (box, 3, 12);
  g_autofree char *many = desk_code_local (DESK_LOCAL_LOT, 2026, 1234567);

  g_assert_cmpstr (lot, ==, "L26-0042-7");
  g_assert_true (g_str_has_prefix (unit, "L26-0042-01-"));
  g_assert_cmpstr (unit, ==, old);
  g_assert_true (g_str_has_prefix (box, "B-000007-"));
  g_autoptr (DeskCode) read = desk_code_read (place);
  g_assert_cmpint (read->kind, ==, DESK_CODE_PLACE);
  g_assert_cmpstr (read->container, ==, box);
  g_assert_cmpint (read->row, ==, 3);
  g_assert_cmpint (read->col, ==, 12);
  g_autoptr (DeskCode) large = desk_code_read (many);
  g_assert_cmpint (large->kind, ==, DESK_CODE_LOT);
  g_assert_true (large->checked);
}

static char *
unescape (const char *text)
{
  g_autofree char *tabs = NULL;
  g_auto (GStrv) parts = g_strsplit (text, "\\n", -1);
  g_autofree char *lines = g_strjoinv ("\n", parts);
  g_auto (GStrv) cells = g_strsplit (lines, "\\t", -1);
  tabs = g_strjoinv ("\t", cells);
  g_auto (GStrv) ones = g_strsplit (tabs, "\\x01", -1);

  return g_strjoinv ("\x01", ones);
}

static void
test_read (void)
{
  static const char *const damages[DESK_N_DAMAGES] = { "none", "jis", "us", "full-width", "case", "kana", "control" };
  g_autofree char *path = g_build_filename (g_getenv ("DESK_TEST_DATA"), "codes.tsv", NULL);
  g_autofree char *text = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);
  for (guint i = 0; rows[i]; i++)
    {
      g_auto (GStrv) cells = g_strsplit (rows[i], "\t", -1);

      if (*rows[i] == '#' || g_strv_length (cells) != 5)
        continue;
      g_autofree char *came = unescape (cells[0]);
      g_autoptr (DeskCode) code = desk_code_read (came);
      g_autofree char *found = g_strjoin ("\t", cells[0], desk_code_kind_name (code->kind), code->problem ? code->problem : "-",
                                          damages[code->damage], g_str_equal (cells[4], "-") ? "-" : code->number, NULL);

      if (!g_str_equal (found, rows[i]))
        g_test_fail_printf ("read as %s", found);
      n++;
    }
  g_assert_cmpuint (n, >=, 130);
}

/* What of the structures means a day, a time, a number. */
static void
test_isbt_values (void)
{
  static const struct
  {
    const char *text;
    int structure;
    const char *value, *day;
    int minute;
  } rows[] = {
    { "=A99991712345600", DESK_ISBT_DIN, "A999917123456", NULL, -1 },
    { "=A99991712345600=,000012", DESK_ISBT_DIVISION, "000012", NULL, -1 },
    { "=+04000=/A9997XYZ100T0479=A99991712345600=,000012=>019031", DESK_ISBT_EXPIRY_DAY, "019031", "2019-01-31", -1 },
    { "=+05000=Z54991712345600=%T300=<T0416003&>0183652359&,4PL001499Z549917123456A00T041600320181231", DESK_ISBT_EXPIRY,
      "0183652359", "2018-12-31", 1439 },
    { "=+06000=/A9999XYZ100T0476=,000025=A99971712345600=>019032=}017032&,1000000000000XYZ123", 8, "017032", "2017-02-01", -1 },
    { "=+06000=/A9999XYZ100T0476=,000025=A99971712345600=>019032=}017032&,1000000000000XYZ123", 35, "000000000000XYZ123", NULL, -1 },
    { "&#0105ABC12", DESK_ISBT_PATIENT, "ABC12", NULL, -1 },
    { "=<S12954A0", DESK_ISBT_PRODUCT, "S12954A0", NULL, -1 },
    { "=#0119640229", 24, "0119640229", "1964-02-29", -1 },
    { "=(2001202612310930", 31, "2001202612310930", "2026-12-31", 570 },
    { "&/CHA999926ABC123", DESK_ISBT_COI, "CHA999926ABC123", NULL, -1 },
    { "=>999365", DESK_ISBT_EXPIRY_DAY, "999365", "1999-12-31", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *problem;
      g_autoptr (GPtrArray) parts = desk_isbt_read (rows[i].text, &problem);
      const DeskIsbtPart *part = desk_isbt_part (parts, rows[i].structure);

      g_assert_null (problem);
      g_assert_nonnull (part);
      g_assert_cmpstr (part->value, ==, rows[i].value);
      g_assert_cmpint (part->minute, ==, rows[i].minute);
      g_autofree char *day = part->day == DESK_DAY_NONE ? NULL : desk_day_format (part->day);
      g_assert_cmpstr (day, ==, rows[i].day);
    }
}

/* What is written for a clinic that has its own facility code is read back whole. */
static void
test_isbt_written (void)
{
  DeskDay day = desk_day_from_ymd (2031, 3, 15);
  g_autofree char *din = desk_isbt_din ("A9999", 2026, 123);
  g_autofree char *words = desk_isbt_din_words (din);
  g_autofree char *whole = desk_isbt_unit (din, "S12951Aa", "", "");
  g_autofree char *divided = desk_isbt_unit (din, "S1295199", "000012", "");
  g_autofree char *coi = desk_isbt_coi ("A9999", 2026, "00AB12");
  g_autofree char *until = desk_isbt_expiry (day, 570);
  const char *texts[] = { whole, divided, coi, until };

  g_assert_cmpstr (din, ==, "A999926000123");
  g_assert_true (g_str_has_prefix (words, "A9999 26 000123 "));
  g_assert_cmpstr (divided, ==, "=+03000=A99992600012300=<S1295199=,000012");
  g_assert_cmpstr (until, ==, "&>0310740930");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (DeskCode) code = desk_code_read (texts[i]);
      g_assert_null (code->problem);
      g_assert_true (code->checked);
    }
  g_assert_null (desk_isbt_din ("A9999", 2026, 1000000));
  g_assert_null (desk_isbt_din ("O9999", 2026, 1));
  g_assert_null (desk_isbt_coi ("A9999", 2026, "ab"));
  g_assert_false (desk_isbt_facility_valid ("0A123"));
  g_assert_false (desk_isbt_facility_valid ("A12"));
  g_assert_true (desk_isbt_facility_valid ("AB1C9") == FALSE);
  g_assert_true (desk_isbt_facility_valid ("ABC99"));
}

/* Every structure, mangled by either layout, is known as mangled: never taken for something else. */
static void
test_layouts (void)
{
  static const DeskDamage damages[] = { DESK_DAMAGE_JIS, DESK_DAMAGE_US };
  static const char *const texts[] = { "=A99991712345600", "=<S12951Aa", "=>019031", "&>0183652359", "=*018365", "&*0183651200",
                                       "=}018365", "&}0183650000", "&)ABC1234567", "=-ABC1234567", "&-ABC1234567",
                                       "=(1001202612312359", "=,000012", "=/A9997XYZ100T0479", "&/CHA999926ABC123",
                                       "=+02000=A99991712345600=,000012", "&#0105ABC12", "='A9999ABC123" };

  for (guint d = 0; d < G_N_ELEMENTS (damages); d++)
    for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
      {
        gboolean unsure;
        /* What the one keyboard makes of it is what undoing the other gives. */
        g_autofree char *mangled = desk_code_layout_swap (texts[i], damages[1 - d], &unsure);
        g_autoptr (DeskCode) code = desk_code_read (mangled);

        g_assert_nonnull (code->problem);
        g_assert_true (g_str_has_prefix (code->problem, "code-layout-"));
        /* "^-" is either of two structures; both are refused. */
        if (!g_str_has_prefix (mangled, "^-"))
          g_assert_cmpint (code->damage, ==, damages[d]);
      }
}

static void
test_commands (void)
{
  for (int i = DESK_COMMAND_NONE + 1; i < DESK_N_COMMANDS; i++)
    {
      g_autofree char *text = desk_code_command_code ((DeskCodeCommand) i);
      g_autoptr (DeskCode) code = desk_code_read (text);

      g_assert_null (code->problem);
      g_assert_cmpint (code->kind, ==, DESK_CODE_COMMAND);
      g_assert_cmpint (code->command, ==, i);
    }
}

static void
test_same (void)
{
  g_assert_true (desk_code_same ("L26-0042-7", "L26-0042-7"));
  g_assert_true (desk_code_same ("L26-0042-7", "L26-0042-7\r\n"));
  g_assert_false (desk_code_same ("L26-0042-7", "l26-0042-7"));
  g_assert_false (desk_code_same ("L26-0042-7", "L26-0042"));
  g_assert_false (desk_code_same ("", ""));
}

/* Every part and every doubling of a whole code is read without harm, and never as another whole code of the same thing. */
static void
test_pieces (void)
{
  static const char whole[] = "=+04000=/A9997XYZ100T0479=A99991712345600=,000012=>019031";

  for (gsize from = 0; from < strlen (whole); from++)
    for (gsize to = from; to <= strlen (whole); to++)
      {
        g_autofree char *piece = g_strndup (whole + from, to - from);
        g_autoptr (DeskCode) code = desk_code_read (piece);

        g_assert_true (code->problem || code->kind != DESK_CODE_UNKNOWN);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/code/check", test_check);
  g_test_add_func ("/code/check-finds", test_check_finds);
  g_test_add_func ("/code/local", test_local);
  g_test_add_func ("/code/read", test_read);
  g_test_add_func ("/code/isbt-values", test_isbt_values);
  g_test_add_func ("/code/isbt-written", test_isbt_written);
  g_test_add_func ("/code/layouts", test_layouts);
  g_test_add_func ("/code/commands", test_commands);
  g_test_add_func ("/code/same", test_same);
  g_test_add_func ("/code/pieces", test_pieces);
  return g_test_run ();
}
