/* Asking for what is missing: which papers, why, by when, in which language; and the file of texts itself. */
#include "desk-chase.h"

#include <string.h>

static DeskChaseTexts *
texts_of_file (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("DESK_TEST_DATA"), "..", "..", "data", "chase.tsv", NULL);
  g_autofree char *table = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &table, NULL, &error);
  g_assert_no_error (error);
  return desk_chase_texts_new (table);
}

static DeskCase *
make (DeskDay draw)
{
  DeskCase *case_ = desk_case_new ();
  DeskCasePaper old = { .id = 1, .kind = "bloodwork", .state = "accepted", .examined_on = "2026-01-10", .language = "en", .part = "" };
  DeskCasePaper foreign = { .id = 2, .kind = "imaging", .state = "received", .examined_on = "2026-03-10", .language = "ru", .part = "" };

  case_->name = g_strdup ("AKHMET {due}");
  case_->birth = g_strdup ("1977-04-24");
  case_->nationality = g_strdup ("KAZ");
  case_->passport = g_strdup ("N1");
  case_->days[DESK_GATE_DRAW] = draw;
  g_array_append_val (case_->papers, old);
  g_array_append_val (case_->papers, foreign);
  return case_;
}

static void
test_items (void)
{
  DeskDay today = desk_day_from_ymd (2026, 3, 15), draw = desk_day_from_ymd (2026, 4, 20);
  g_autoptr (DeskCase) case_ = make (draw);
  g_autoptr (GArray) items = desk_chase_items (case_, today);
  g_autofree char *codes = desk_chase_codes (items);
  g_autoptr (DeskChaseTexts) texts = texts_of_file ();
  g_autofree char *body = desk_chase_body (texts, "en", case_, items, desk_chase_due (case_, today), "The clinic");

  /* Consent is signed here and the stay is written down here: neither is asked for. */
  g_assert_cmpstr (codes, ==, "medical_report,pathology,imaging,bloodwork,viral,passport_copy");
  g_assert_nonnull (strstr (body, "AKHMET {due}")); /* a name is never read as a place to fill */
  g_assert_nonnull (strstr (body, "2026-04-20"));
  g_assert_nonnull (strstr (body, "by 2026-04-10"));
  g_assert_nonnull (strstr (body, "more than 3 months"));
  g_assert_nonnull (strstr (body, "translation into English"));
  g_assert_true (g_str_has_suffix (body, "The clinic"));
}

static void
test_due (void)
{
  static const struct
  {
    int draw, due; /* days from today; draw 0: none is booked */
  } rows[] = { { 0, 14 }, { 30, 20 }, { 17, 7 }, { 12, 7 }, { 8, 7 }, { 7, 6 }, { 2, 1 }, { 1, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DeskCase) case_ = make (rows[i].draw ? 1000 + rows[i].draw : DESK_DAY_NONE);

      g_assert_cmpint (desk_chase_due (case_, 1000), ==, 1000 + rows[i].due);
    }
}

static void
test_languages (void)
{
  static const struct
  {
    const char *languages, *nationality, *wanted;
  } rows[] = { { "ja", "JPN", "ja" }, { "zh", "CHN", "zh" }, { "zh", "TWN", "zh-TW" }, { "zh,en", "HKG", "zh-TW" },
               { "kk,ru", "KAZ", "ru" }, { "mn", "MNG", NULL }, { "", "", NULL }, { "vi, en", "VNM", "vi" } };
  g_autoptr (DeskChaseTexts) texts = texts_of_file ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (desk_chase_language_for (texts, rows[i].languages, rows[i].nationality), ==, rows[i].wanted);
}

/* Every language has every text, with the same places to fill as the English one. */
static void
test_file (void)
{
  static const char *const keys[] = { "subject", "hello", "intro", "intro-open", "due", "end", "medical_report", "pathology",
                                      "imaging", "bloodwork", "viral", "passport_copy", "missing", "old", "language",
                                      "certificate", "unreadable" };
  static const char *const places[] = { "{name}", "{day}", "{due}", "{months}" };
  g_autoptr (DeskChaseTexts) texts = texts_of_file ();
  const char *const *languages = desk_chase_languages (texts);

  g_assert_cmpuint (g_strv_length ((char **) languages), ==, 13);
  for (guint l = 0; languages[l]; l++)
    for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
      {
        const char *text = desk_chase_text (texts, languages[l], keys[k]);

        if (!text)
          g_error ("%s has no text for %s", languages[l], keys[k]);
        for (guint p = 0; p < G_N_ELEMENTS (places); p++)
          if (!strstr (text, places[p]) != !strstr (desk_chase_text (texts, "en", keys[k]), places[p]))
            g_error ("%s: %s in “%s”", languages[l], places[p], text);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chase/items", test_items);
  g_test_add_func ("/chase/due", test_due);
  g_test_add_func ("/chase/languages", test_languages);
  g_test_add_func ("/chase/file", test_file);
  return g_test_run ();
}
