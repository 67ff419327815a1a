/* The codes of the XML schema are those of the database, none more and none less. */
#include <glib.h>
#include <string.h>

static char *
read_source (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("DESK_TEST_SOURCE"), name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (a, b);
}

/* All groups of the pattern in the text, in order of the alphabet, each once. */
static char *
collect (const char *text, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GTree) words = g_tree_new_full (compare, NULL, g_free, NULL);
  g_autoptr (GString) list = g_string_new (NULL);

  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    for (int group = 1; group < g_match_info_get_match_count (match); group++)
      g_tree_insert (words, g_match_info_fetch (match, group), NULL);
  for (GTreeNode *node = g_tree_node_first (words); node; node = g_tree_node_next (node))
    g_string_append_printf (list, "%s ", (const char *) g_tree_node_key (node));
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* The part of text from after begin to before end. */
static char *
between (const char *text, const char *begin, const char *end)
{
  const char *from = strstr (text, begin);
  const char *to = from ? strstr (from + strlen (begin), end) : NULL;

  if (!to)
    g_error ("«%s» … «%s» is not there", begin, end);
  from += strlen (begin);
  return g_strndup (from, to - from);
}

static char *
schema_codes (const char *xsd, const char *type)
{
  g_autofree char *begin = g_strdup_printf ("<xs:simpleType name=\"%s\">", type);
  g_autofree char *body = between (xsd, begin, "</xs:simpleType>");

  return collect (body, "<xs:enumeration value=\"([^\"]*)\"");
}

/* Step 3 made these anew; the tests of a lot are the clinic's own. */
static gboolean
is_newer (const char *type)
{
  return strcmp (type, "container-kind") == 0 || strcmp (type, "result-test") == 0;
}

/* Types named TABLE-COLUMN have the codes of that column's CHECK. */
static void
test_checked_columns (void)
{
  g_autofree char *sql = read_source ("src/store/schema/001.sql");
  g_autofree char *xsd = read_source ("data/schema/uketsuke.xsd");
  g_autoptr (GRegex) tables = g_regex_new ("CREATE TABLE (\\w+) \\((.*?)\\n\\) STRICT", G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GRegex) checks = g_regex_new ("CHECK \\((\\w+) IN \\(('[^)]*)\\)", 0, 0, NULL);
  g_autoptr (GMatchInfo) table = NULL;
  guint compared = 0;

  for (g_regex_match (tables, sql, 0, &table); g_match_info_matches (table); g_match_info_next (table, NULL))
    {
      g_autofree char *name = g_match_info_fetch (table, 1);
      g_autofree char *body = g_match_info_fetch (table, 2);
      g_autoptr (GMatchInfo) check = NULL;

      for (g_regex_match (checks, body, 0, &check); g_match_info_matches (check); g_match_info_next (check, NULL))
        {
          g_autofree char *column = g_match_info_fetch (check, 1);
          g_autofree char *list = g_match_info_fetch (check, 2);
          g_autofree char *type = g_strdup_printf ("%s-%s", name, column);

          if (is_newer (type))
            continue;
          g_autofree char *ours = schema_codes (xsd, type);
          g_autofree char *theirs = collect (list, "'([^']*)'");

          g_test_message ("%s: %s", type, theirs);
          g_assert_cmpstr (ours, ==, theirs);
          compared++;
        }
    }
  g_assert_cmpuint (compared, >=, 12);
}

/* The states of the axes and of visits stand in tables of their own. */
static void
test_state_tables (void)
{
  static const struct
  {
    const char *type, *begin, *pattern;
  } cases[] = {
    { "unit-life", "INSERT INTO axis_step", "\\('life', '(\\w+)', '(\\w+)'" },
    { "unit-quality", "INSERT INTO axis_step", "\\('quality', '(\\w+)', '(\\w+)'" },
    { "unit-label", "INSERT INTO axis_step", "\\('label', '(\\w+)', '(\\w+)'" },
    { "visit_status-status", "INSERT INTO visit_status", "\\('(\\w+)'" },
  };
  g_autofree char *sql = read_source ("src/store/schema/001.sql");
  g_autofree char *xsd = read_source ("data/schema/uketsuke.xsd");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rows = between (sql, cases[i].begin, ";\n");
      g_autofree char *theirs = collect (rows, cases[i].pattern);
      g_autofree char *ours = schema_codes (xsd, cases[i].type);

      g_assert_cmpstr (ours, ==, theirs);
    }
}

/* Step 2: the codes of companions and trips; an empty one is left out of the XML. */
static void
test_trips (void)
{
  static const struct
  {
    const char *type, *begin;
  } cases[] = {
    { "companion-relation", "CHECK (relation IN (" },
    { "trip-route", "CHECK (route IN (" },
    { "trip-visa_entries", "CHECK (visa_entries IN (" },
    { "trip-guarantor_list", "CHECK (guarantor_list IN (" },
  };
  g_autofree char *sql = read_source ("src/store/schema/002.sql");
  g_autofree char *xsd = read_source ("data/schema/uketsuke.xsd");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rows = between (sql, cases[i].begin, "))");
      g_autofree char *theirs = collect (rows, "'(\\w+)'");
      g_autofree char *ours = schema_codes (xsd, cases[i].type);

      g_assert_cmpstr (ours, ==, theirs);
    }
}

typedef struct
{
  const char *type, *file, *table, *column;
} Case;

/* The codes of a column's CHECK in a file of a step; an empty one is left out of the XML. */
static void
compare_step (const Case *cases, guint n, const char *step)
{
  g_autofree char *xsd = read_source ("data/schema/uketsuke.xsd");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *file = g_strdup_printf ("src/store/schema/%s/%s.sql", step, cases[i].file);
      g_autofree char *sql = read_source (file);
      g_autofree char *begin = g_strdup_printf ("CREATE TABLE %s (", cases[i].table);
      g_autofree char *check = g_strdup_printf ("CHECK (%s IN (", cases[i].column);
      g_autofree char *table = between (sql, begin, "STRICT");
      g_autofree char *list = between (table, check, "))");
      g_autofree char *theirs = collect (list, "'([\\w-]+)'");
      g_autofree char *ours = schema_codes (xsd, cases[i].type);

      g_test_message ("%s: %s", cases[i].type, theirs);
      g_assert_cmpstr (ours, ==, theirs);
    }
}

/* Step 3: the bank. */
static void
test_bank (void)
{
  static const Case cases[] = {
    { "container-kind", "1-bank", "container_new", "kind" },
    { "container-layout", "1-bank", "container_new", "layout" },
    { "container-row_scheme", "1-bank", "container_new", "row_scheme" },
    { "container-col_scheme", "1-bank", "container_new", "col_scheme" },
    { "container-fill_order", "1-bank", "container_new", "fill_order" },
    { "container-cold_class", "1-bank", "container_new", "cold_class" },
    { "hold-kind", "1-bank", "hold_new", "kind" },
    { "device-kind", "2-lots", "device", "kind" },
    { "custody-what", "3-units", "custody", "what" },
    { "lookback-cause", "5-lookback", "lookback", "cause" },
    { "lookback_item-what", "5-lookback", "lookback_item", "what" },
    { "lookback_road-road", "5-lookback", "lookback_road", "road" },
    { "lookback_contact-how", "5-lookback", "lookback_contact", "how" },
    { "legal_clock-rule", "5-lookback", "legal_clock", "rule" },
    { "stock_difference-kind", "7-count", "stock_difference", "kind" },
    { "stock_difference-resolution", "7-count", "stock_difference", "resolution" },
  };

  compare_step (cases, G_N_ELEMENTS (cases), "003");
}

/* Step 4: the book. */
static void
test_book (void)
{
  static const Case cases[] = {
    { "block-kind", "1-book", "block", "kind" },
    { "plan-strategy", "2-courses", "course_template", "strategy" },
    { "patient_window-kind", "2-courses", "patient_window", "kind" },
    { "plan-strategy", "3-plans", "plan", "strategy" },
    { "plan-status", "3-plans", "plan", "status" },
    { "plan_visit-source", "3-plans", "plan_visit", "source" },
    { "plan_hang-what", "3-plans", "plan_hang", "what" },
    { "waiting-outcome", "4-lists", "waiting", "outcome" },
    { "recall-kind", "4-lists", "recall", "kind" },
    { "recall-outcome", "4-lists", "recall", "outcome" },
    { "recall_attempt-way", "4-lists", "recall_attempt", "way" },
    { "recall_attempt-result", "4-lists", "recall_attempt", "result" },
  };

  compare_step (cases, G_N_ELEMENTS (cases), "004");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/schema/checked-columns", test_checked_columns);
  g_test_add_func ("/xml/schema/state-tables", test_state_tables);
  g_test_add_func ("/xml/schema/trips", test_trips);
  g_test_add_func ("/xml/schema/bank", test_bank);
  g_test_add_func ("/xml/schema/book", test_book);
  return g_test_run ();
}
