#include <string.h>

#include "desk-error.h"
#include "desk-letter-dates.h"
#include "desk-letter.h"

/* A letter of one paragraph, filled: its words, and the missing fields behind a bar. */
static char *
fill_one (const char *source, const char *condition, const DeskFields *fields)
{
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_template_new ();
  DeskBlock *block = desk_block_new (DESK_BLOCK_PARAGRAPH);
  DeskText *text = desk_text_new (NULL);
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();
  desk_text_append (text, source, FALSE, 0, problems);
  g_assert_cmpuint (problems->len, ==, 0);
  g_ptr_array_add (block->texts, text);
  block->condition = g_strdup (condition);
  template_->title = desk_block_new (DESK_BLOCK_CELL);
  template_->foot = desk_block_new (DESK_BLOCK_CELL);
  g_ptr_array_add (template_->languages, g_strdup ("en"));
  g_ptr_array_add (template_->blocks, block);

  g_autoptr (DeskLetter) letter = desk_letter_fill (template_, fields, "en", 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < letter->blocks->len; i++)
    {
      const DeskText *filled = g_ptr_array_index (((DeskBlock *) g_ptr_array_index (letter->blocks, i))->texts, 0);
      for (guint j = 0; j < filled->runs->len; j++)
        g_string_append (out, ((DeskRun *) g_ptr_array_index (filled->runs, j))->text);
    }
  for (const char *const *name = desk_letter_missing (letter); *name; name++)
    g_string_append_printf (out, "|%s", *name);
  g_assert_true (desk_letter_complete (letter, NULL) == !desk_letter_missing (letter)[0]);
  return g_string_free (out, FALSE);
}

static void
test_fill (void)
{
  static const struct
  {
    const char *source, *condition, *expected;
  } cases[] = {
    { "plain", NULL, "plain" },
    { "Dear {{patient.name}}.", NULL, "Dear {{patient.chart}} <b>." }, /* a value is never read as template */
    { "[{{ patient.chart }}]", NULL, "[7]" },
    { "{{patient.phone}}", NULL, "patient.phone|patient.phone" },
    { "{{patient.phone}}{{patient.phone}}", NULL, "patient.phonepatient.phone|patient.phone" },
    { "<{{patient.phone?}}>", NULL, "<>" },
    { "{{patient.email}}", NULL, "patient.email|patient.email" }, /* white space is no value */
    { "shown", "patient.chart", "shown" },
    { "hidden {{patient.phone}}", "patient.phone", "" },
    { "shown", "!patient.phone", "shown" },
    { "hidden", "!patient.chart", "" },
    { "{{patient.address}}", NULL, "ab c" }, /* controls and direction marks are dropped */
    { "{{today}}", NULL, "English" },
  };
  g_autoptr (DeskFields) fields = desk_fields_new ();

  desk_fields_set (fields, "patient.name", "{{patient.chart}} <b>");
  desk_fields_set (fields, "patient.chart", "7");
  desk_fields_set (fields, "patient.phone", "");
  desk_fields_set (fields, "patient.email", " \n ");
  desk_fields_set (fields, "patient.address", "a\001\342\200\256b\tc");
  desk_fields_set (fields, "today", "plain");
  desk_fields_set_in (fields, "today", "en", "English");
  desk_fields_set_in (fields, "today", "ja", "日本語");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *filled = fill_one (cases[i].source, cases[i].condition, fields);

      g_assert_cmpstr (filled, ==, cases[i].expected);
    }
}

static void
test_language (void)
{
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_template_new ();
  g_autoptr (DeskFields) fields = desk_fields_new ();
  g_autoptr (GError) error = NULL;

  template_->title = desk_block_new (DESK_BLOCK_CELL);
  template_->foot = desk_block_new (DESK_BLOCK_CELL);
  g_assert_null (desk_letter_fill (template_, fields, "fr", 0, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

/* First and last days of the eras: facts/money-and-names.md, 7.2. */
static void
test_eras (void)
{
  static const struct
  {
    const char *iso, *era;
  } days[] = {
    { "1868-10-22", NULL },
    { "1868-10-23", "明治元年10月23日" },
    { "1912-07-29", "明治45年7月29日" },
    { "1912-07-30", "大正元年7月30日" },
    { "1926-12-24", "大正15年12月24日" },
    { "1926-12-25", "昭和元年12月25日" },
    { "1927-01-01", "昭和2年1月1日" },
    { "1989-01-07", "昭和64年1月7日" },
    { "1989-01-08", "平成元年1月8日" },
    { "2019-04-30", "平成31年4月30日" },
    { "2019-05-01", "令和元年5月1日" },
    { "2019-12-31", "令和元年12月31日" },
    { "2020-01-01", "令和2年1月1日" },
    { "2026-02-01", "令和8年2月1日" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      DeskDay day;

      g_assert_true (desk_day_parse (days[i].iso, &day));
      g_autofree char *era = desk_letter_era_date (day);
      g_assert_cmpstr (era, ==, days[i].era);
    }
}

/* A day is written by the language around it and the way it is asked for. */
static void
test_days (void)
{
  static const struct
  {
    const char *iso, *language;
    DeskFilter filter;
    const char *words;
  } days[] = {
    { "2026-02-01", "en", DESK_FILTER_NONE, "1 February 2026" },
    { "2026-02-01", "en", DESK_FILTER_WEEKDAY, "Sunday, 1 February 2026" },
    { "2026-02-01", "ja", DESK_FILTER_ERA, "令和8年2月1日" },
    { "2026-02", "ja", DESK_FILTER_ERA, "2026年2月" },
    { "1860-02-01", "ja", DESK_FILTER_ERA, "1860年2月1日" },
    { "2026-02-01", "ar", DESK_FILTER_ISO, "2026-02-01" },
    { "2026", "ru", DESK_FILTER_WEEKDAY, "2026 г." },
    { "2026-13-01", "en", DESK_FILTER_NONE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *words = desk_letter_day_words (days[i].iso, days[i].language, days[i].filter);

      g_assert_cmpstr (words, ==, days[i].words);
    }
  g_autofree char *copy = desk_letter_copy_mark ("ja", desk_day_from_ymd (2026, 11, 22), 2);
  g_assert_cmpstr (copy, ==, "再発行 COPY · 2026-11-22 · no. 2");
}

static DeskBlock *
loop_of (DeskBlockKind kind, const char *list, const char *as)
{
  DeskBlock *block = desk_block_new (kind);

  block->loop = g_strdup (list);
  block->as = g_strdup (as);
  return block;
}

static DeskLetterTemplate *
template_of (DeskBlock *block)
{
  DeskLetterTemplate *template_ = desk_letter_template_new ();

  template_->name = g_strdup ("x");
  template_->title = desk_block_new (DESK_BLOCK_CELL);
  template_->foot = desk_block_new (DESK_BLOCK_CELL);
  g_ptr_array_add (template_->languages, g_strdup ("en"));
  g_ptr_array_add (template_->blocks, block);
  return template_;
}

/* Loops in loops over the lists of the items; a loop of loops that would fill the memory is refused. */
static void
test_nested (void)
{
  DeskBlock *outer = loop_of (DESK_BLOCK_GROUP, "trips", "trip"), *inner = loop_of (DESK_BLOCK_PARAGRAPH, "trip.visits", "visit");
  g_autoptr (DeskLetterTemplate) template_ = template_of (outer);
  g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();
  g_autoptr (DeskFields) fields = desk_fields_new (), many = desk_fields_new ();
  g_autoptr (GError) error = NULL;
  DeskText *text = desk_text_new (NULL);

  g_ptr_array_add (inner->texts, text);
  g_ptr_array_add (outer->children, inner);
  desk_text_append (text, "{{trip.name}}{{visit.name}}", FALSE, 1, problems);
  for (guint i = 0; i < 2; i++)
    {
      DeskFields *trip = desk_fields_add (fields, "trips");

      desk_fields_set (trip, "name", i ? "B" : "A");
      for (guint j = 0; j <= i; j++)
        desk_fields_set (desk_fields_add (trip, "visits"), "name", j ? "2" : "1");
    }
  g_autoptr (DeskLetter) letter = desk_letter_fill (template_, fields, "en", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (letter->blocks->len, ==, 2);
  const DeskBlock *second = g_ptr_array_index (letter->blocks, 1);
  g_assert_cmpuint (second->children->len, ==, 2);
  const DeskText *last = g_ptr_array_index (((DeskBlock *) g_ptr_array_index (second->children, 1))->texts, 0);
  g_assert_cmpstr (((DeskRun *) g_ptr_array_index (last->runs, 0))->text, ==, "B");
  g_assert_cmpstr (((DeskRun *) g_ptr_array_index (last->runs, 1))->text, ==, "2");

  for (guint i = 0; i < 400; i++)
    {
      DeskFields *trip = desk_fields_add (many, "trips");

      for (guint j = 0; j < 400; j++)
        desk_fields_add (trip, "visits");
    }
  g_assert_null (desk_letter_fill (template_, many, "en", 0, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "letter-too-long");
}

static void
test_ten_megabytes (void)
{
  DeskBlock *block = desk_block_new (DESK_BLOCK_PARAGRAPH);
  g_autoptr (DeskLetterTemplate) template_ = template_of (block);
  g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();
  g_autoptr (DeskFields) fields = desk_fields_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (10 << 20, 'x');

  g_ptr_array_add (block->texts, desk_text_new (NULL));
  desk_text_append (g_ptr_array_index (block->texts, 0), "{{patient.name}}", FALSE, 1, problems);
  desk_fields_set (fields, "patient.name", text);
  g_assert_null (desk_letter_fill (template_, fields, "en", 0, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  text[DESK_LETTER_MOST_TEXT + 1] = '\0';
  desk_fields_set (fields, "patient.name", text);
  g_assert_null (desk_letter_fill (template_, fields, "en", 0, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  text[DESK_LETTER_MOST_TEXT] = '\0';
  desk_fields_set (fields, "patient.name", text);
  g_autoptr (DeskLetter) letter = desk_letter_fill (template_, fields, "en", 0, &error);
  g_assert_no_error (error);
}

static void
collect (const DeskFieldValue *value, gpointer out)
{
  desk_fields_put (out, value);
  desk_fields_put (out, value);
}

/* What is taken out value by value and put in again fills a letter alike. */
static void
test_kept (void)
{
  g_autoptr (DeskFields) fields = desk_fields_new (), again = desk_fields_new ();
  DeskFieldValue value;

  desk_fields_set (fields, "a", "A");
  desk_fields_set_in (fields, "a", "ja", "あ");
  desk_fields_set_in (fields, "a", "ru", "");
  desk_fields_set_forms (fields, "b", "ko", "黃");
  desk_fields_set_day (fields, "c", "2026-02-01");
  desk_fields_set_day (fields, "d", "never");
  desk_fields_foreach (fields, collect, again);
  g_assert_cmpstr (desk_fields_get (again, "a", "en"), ==, "A");
  g_assert_cmpstr (desk_fields_get (again, "a", "ja"), ==, "あ");
  g_assert_null (desk_fields_get (again, "a", "ru"));
  g_assert_true (desk_fields_find (again, "b", "en", &value));
  g_assert_cmpstr (value.forms, ==, "ko");
  g_assert_true (desk_fields_find (again, "c", "en", &value));
  g_assert_true (value.day);
  g_assert_false (desk_fields_find (again, "d", "en", &value));
}

/* Every list stands before its fields, every field once. */
static void
test_names (void)
{
  guint n;
  const DeskFieldInfo *infos = desk_letter_field_infos (&n);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      const DeskFieldInfo *list = desk_letter_field_list (&infos[i]);

      if (!g_hash_table_add (seen, (gpointer) infos[i].name))
        g_error ("%s is there twice", infos[i].name);
      g_assert_true (!list || g_hash_table_contains (seen, list->name));
      g_assert_true (desk_letter_field_info (infos[i].name) == &infos[i]);
      g_assert_cmpuint (strlen (infos[i].about), >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter/fill", test_fill);
  g_test_add_func ("/letter/language", test_language);
  g_test_add_func ("/letter/eras", test_eras);
  g_test_add_func ("/letter/days", test_days);
  g_test_add_func ("/letter/nested", test_nested);
  g_test_add_func ("/letter/ten-megabytes", test_ten_megabytes);
  g_test_add_func ("/letter/kept", test_kept);
  g_test_add_func ("/letter/names", test_names);
  return g_test_run ();
}
