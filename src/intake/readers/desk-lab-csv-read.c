#include "desk-lab-csv-read.h"

#include <string.h>

#include "desk-csv-read.h"
#include "desk-day-words.h"
#include "desk-lines.h"

typedef enum
{
  TEST, CODE, LOINC, VALUE, UNIT, RANGE, LOW, HIGH, FLAG, NOTE, DATE, NUMBER, LABORATORY, PATIENT, NAME, KANA, BIRTH, SEX, N_FIELDS
} Field;

/* Words of headers, folded by fold (). */
static const struct
{
  const char *word;
  Field field;
} headers[] = {
  { "test", TEST }, { "testname", TEST }, { "item", TEST }, { "itemname", TEST }, { "analyte", TEST }, { "examination", TEST },
  { "検査項目", TEST }, { "検査項目名", TEST }, { "項目名", TEST }, { "項目", TEST }, { "検査名", TEST }, { "検査名称", TEST }, { "項目名称", TEST },
  { "code", CODE }, { "testcode", CODE }, { "itemcode", CODE }, { "検査コード", CODE }, { "項目コード", CODE }, { "コード", CODE },
  { "jlac10", CODE }, { "jlac10コード", CODE }, { "loinc", LOINC }, { "loinccode", LOINC },
  { "value", VALUE }, { "result", VALUE }, { "結果", VALUE }, { "結果値", VALUE }, { "検査結果", VALUE }, { "測定値", VALUE }, { "検査値", VALUE }, { "値", VALUE },
  { "unit", UNIT }, { "units", UNIT }, { "単位", UNIT },
  { "range", RANGE }, { "referencerange", RANGE }, { "reference", RANGE }, { "normalrange", RANGE }, { "refrange", RANGE }, { "基準値", RANGE },
  { "基準範囲", RANGE }, { "基準値範囲", RANGE }, { "参考値", RANGE }, { "正常値", RANGE },
  { "low", LOW }, { "lowerlimit", LOW }, { "基準値下限", LOW }, { "下限", LOW }, { "下限値", LOW },
  { "high", HIGH }, { "upperlimit", HIGH }, { "基準値上限", HIGH }, { "上限", HIGH }, { "上限値", HIGH },
  { "flag", FLAG }, { "abnormal", FLAG }, { "hl", FLAG }, { "h/l", FLAG }, { "l/h", FLAG }, { "判定", FLAG }, { "異常", FLAG }, { "異常値区分", FLAG },
  { "note", NOTE }, { "comment", NOTE }, { "remark", NOTE }, { "remarks", NOTE }, { "備考", NOTE }, { "コメント", NOTE },
  { "date", DATE }, { "collected", DATE }, { "collectiondate", DATE }, { "collectedon", DATE }, { "dateofcollection", DATE }, { "sampledate", DATE },
  { "specimendate", DATE }, { "採取日", DATE }, { "採血日", DATE }, { "検体採取日", DATE }, { "検査日", DATE }, { "採取日時", DATE }, { "日付", DATE }, { "実施日", DATE },
  { "number", NUMBER }, { "accession", NUMBER }, { "order", NUMBER }, { "ordernumber", NUMBER }, { "受付番号", NUMBER }, { "依頼番号", NUMBER }, { "検体番号", NUMBER },
  { "laboratory", LABORATORY }, { "lab", LABORATORY }, { "検査機関", LABORATORY }, { "検査施設", LABORATORY }, { "施設", LABORATORY },
  { "patientid", PATIENT }, { "chart", PATIENT }, { "chartnumber", PATIENT }, { "患者id", PATIENT }, { "患者番号", PATIENT }, { "カルテ番号", PATIENT },
  { "name", NAME }, { "patient", NAME }, { "patientname", NAME }, { "氏名", NAME }, { "患者名", NAME }, { "患者氏名", NAME },
  { "kana", KANA }, { "カナ", KANA }, { "カナ氏名", KANA }, { "患者カナ", KANA }, { "フリガナ", KANA },
  { "birth", BIRTH }, { "birthdate", BIRTH }, { "dateofbirth", BIRTH }, { "dob", BIRTH }, { "生年月日", BIRTH },
  { "sex", SEX }, { "gender", SEX }, { "性別", SEX },
};

typedef struct
{
  DeskCsv *csv;
  GString *out;
  int columns[N_FIELDS];   /* -1 when there is none */
  GPtrArray *tests;        /* of a wide table, by column: names; NULL for other columns */
  GPtrArray *units, *ranges;
  char *patient, *report;  /* what the last rows belonged to */
  guint n_problems;
} Reader;

static void
problem (Reader *r, guint line, const char *code, const char *detail)
{
  g_autofree char *text = g_strdup_printf ("%u %s %s", line, code, detail ? detail : "");

  if (r->n_problems++ < DESK_CSV_MAX_PROBLEMS)
    desk_lines_add (r->out, "problem", g_strchomp (text));
}

static char *
fold (const char *text)
{
  g_autofree char *wide = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = wide ? g_utf8_casefold (wide, -1) : g_strdup ("");
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && c != '_' && c != '-' && c != '.' && c != ':')
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static int
field_of (const char *header)
{
  g_autofree char *folded = fold (header);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    if (strcmp (headers[i].word, folded) == 0)
      return (int) headers[i].field;
  return -1;
}

static char *
cell (Reader *r, Field field)
{
  return r->columns[field] < 0 ? g_strdup ("") : g_strstrip (g_strdup (desk_csv_cell (r->csv, (guint) r->columns[field])));
}

/* The day of a cell that may have a time after it; "" when it is none. */
static char *
day_of (const char *text)
{
  gboolean ambiguous;
  g_autofree char *first = g_strdup (text);
  char *day = desk_day_read (text, DESK_DAY_ORDER_NONE, &ambiguous);

  if (!day)
    {
      first[strcspn (first, " T")] = '\0';
      day = desk_day_read (first, DESK_DAY_ORDER_NONE, &ambiguous);
    }
  return day ? day : g_strdup ("");
}

static gboolean
find_columns (Reader *r)
{
  gboolean any = FALSE;

  for (guint i = 0; i < N_FIELDS; i++)
    r->columns[i] = -1;
  for (guint i = 0; i < r->csv->n_cells; i++)
    {
      int field = field_of (desk_csv_cell (r->csv, i));

      if (field >= 0 && r->columns[field] < 0)
        r->columns[field] = (int) i;
      any = any || field >= 0;
    }
  return any;
}

/* "CEA (ng/mL)" or "CEA[ng/mL]" into name and unit, unless the brackets belong to the name as in "AST(GOT)". */
static void
part_unit (const char *header, char **name, char **unit)
{
  g_autofree char *text = g_strstrip (g_utf8_normalize (header, -1, G_NORMALIZE_ALL_COMPOSE));
  gsize length = strlen (text);
  char *open = length > 2 && text[length - 1] == ')' ? strrchr (text, '(') : length > 2 && text[length - 1] == ']' ? strrchr (text, '[') : NULL;

  if (open && open > text && (strchr (open, '/') || strchr (open, '%') || strcmp (open + 1, "fL)") == 0 || strcmp (open + 1, "pg)") == 0))
    {
      *unit = g_strndup (open + 1, strlen (open) - 2);
      *name = g_strstrip (g_strndup (text, (gsize) (open - text)));
      return;
    }
  *unit = g_strdup ("");
  *name = g_steal_pointer (&text);
}

static void
find_tests (Reader *r)
{
  for (guint i = 0; i < r->csv->n_cells; i++)
    {
      const char *header = desk_csv_cell (r->csv, i);
      gboolean is_test = *header && field_of (header) < 0;
      char *name = NULL, *unit = NULL;

      if (is_test)
        part_unit (header, &name, &unit);
      g_ptr_array_add (r->tests, name);
      g_ptr_array_add (r->units, unit);
      g_ptr_array_add (r->ranges, NULL);
    }
}

/* Says whose the next value is and of which specimen, when that is another one than before. */
static void
place (Reader *r)
{
  g_autofree char *id = cell (r, PATIENT), *name = cell (r, NAME), *kana = cell (r, KANA), *sex = cell (r, SEX);
  g_autofree char *birth_text = cell (r, BIRTH), *date = cell (r, DATE), *number = cell (r, NUMBER), *laboratory = cell (r, LABORATORY);
  g_autofree char *birth = day_of (birth_text), *day = day_of (date);
  g_autofree char *patient = g_strjoin ("\t", id, name, kana, birth_text, sex, NULL);
  g_autofree char *report = g_strjoin ("\t", day, number, laboratory, NULL);

  if (g_strcmp0 (patient, r->patient) != 0)
    {
      desk_lines_add (r->out, "patient", id);
      if (*name)
        {
          desk_lines_add (r->out, "name-code", "");
          desk_lines_add (r->out, "family", name);
        }
      if (*kana)
        {
          desk_lines_add (r->out, "name-code", "P");
          desk_lines_add (r->out, "family", kana);
        }
      desk_lines_add (r->out, "birth", birth);
      desk_lines_add (r->out, "sex", sex);
      if (*birth_text && !*birth)
        problem (r, r->csv->line, "not-a-date", birth_text);
      g_clear_pointer (&r->report, g_free);
    }
  if (g_strcmp0 (report, r->report) != 0)
    {
      desk_lines_add (r->out, "report", number);
      desk_lines_add (r->out, "laboratory", laboratory);
      if (*day)
        desk_lines_add (r->out, "collected", day);
    }
  if (*date && !*day)
    problem (r, r->csv->line, "not-a-date", date);
  g_free (r->patient);
  r->patient = g_steal_pointer (&patient);
  g_free (r->report);
  r->report = g_steal_pointer (&report);
}

static void
write_value (Reader *r, const char *name, const char *result, const char *unit, const char *range)
{
  g_autofree char *line = g_strdup_printf ("%u", r->csv->line);

  desk_lines_add (r->out, "value", line);
  desk_lines_add (r->out, "name", name);
  desk_lines_add (r->out, "result", result);
  desk_lines_add (r->out, "unit", unit);
  desk_lines_add (r->out, "range", range);
}

static void
read_long (Reader *r)
{
  g_autofree char *test = cell (r, TEST), *code = cell (r, CODE), *loinc = cell (r, LOINC), *value = cell (r, VALUE), *unit = cell (r, UNIT);
  g_autofree char *low = cell (r, LOW), *high = cell (r, HIGH), *flag = cell (r, FLAG), *note = cell (r, NOTE), *range = cell (r, RANGE);

  if (!*test && !*code && !*loinc)
    {
      problem (r, r->csv->line, "no-test", value);
      return;
    }
  if (!*value)
    {
      problem (r, r->csv->line, "no-value", *test ? test : code);
      return;
    }
  if (!*range && (*low || *high))
    {
      g_free (range);
      range = *low && *high ? g_strdup_printf ("%s-%s", low, high) : *high ? g_strdup_printf ("<=%s", high) : g_strdup_printf (">=%s", low);
    }
  place (r);
  write_value (r, test, value, unit, range);
  desk_lines_add (r->out, "code", code);
  desk_lines_add (r->out, "loinc", loinc);
  desk_lines_add (r->out, "flag", flag);
  desk_lines_add (r->out, "note", note);
}

/* The row of a wide table that tells units or ranges instead of values. */
static GPtrArray *
row_of_words (Reader *r)
{
  for (guint i = 0; i < r->csv->n_cells && i < 2; i++)
    switch (field_of (desk_csv_cell (r->csv, i)))
      {
      case UNIT:
        return r->units;
      case RANGE:
        return r->ranges;
      default:
        break;
      }
  return NULL;
}

static void
read_wide (Reader *r)
{
  GPtrArray *words = row_of_words (r);

  for (guint i = 0; i < r->tests->len; i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (desk_csv_cell (r->csv, i)));
      const char *name = r->tests->pdata[i];

      if (!name || !*text)
        continue;
      if (words)
        {
          g_free (words->pdata[i]);
          words->pdata[i] = g_steal_pointer (&text);
          continue;
        }
      place (r);
      write_value (r, name, text, r->units->pdata[i], r->ranges->pdata[i]);
    }
}

static void
begin (Reader *r)
{
  char delimiter[2] = { r->csv->delimiter, '\0' };

  desk_lines_add (r->out, "encoding", r->csv->encoding);
  desk_lines_add (r->out, "delimiter", delimiter);
  desk_lines_add (r->out, "message", "");
}

static void
tell_csv_problems (Reader *r)
{
  for (guint i = 0; i < r->csv->problems->len; i++)
    {
      const DeskCsvProblem *found = &g_array_index (r->csv->problems, DeskCsvProblem, i);

      problem (r, found->line, found->code, NULL);
    }
}

/* Reads a table and appends its lines; a table without a header that is known has one problem and nothing else. */
void
desk_lab_csv_read (const char *bytes, gsize length, GString *out)
{
  g_autoptr (DeskCsv) csv = desk_csv_new (bytes, length, NULL, 0);
  Reader r = { .csv = csv, .out = out };
  gboolean known = FALSE, is_long;

  r.tests = g_ptr_array_new_with_free_func (g_free);
  r.units = g_ptr_array_new_with_free_func (g_free);
  r.ranges = g_ptr_array_new_with_free_func (g_free);
  begin (&r);
  /* A title may stand above the header. */
  for (guint i = 0; i < 5 && !known && desk_csv_next (csv); i++)
    known = find_columns (&r)
            && ((r.columns[VALUE] >= 0 && (r.columns[TEST] >= 0 || r.columns[CODE] >= 0 || r.columns[LOINC] >= 0))
                || (r.columns[DATE] >= 0 && csv->n_cells > 1));
  is_long = r.columns[VALUE] >= 0;
  if (!known)
    problem (&r, 1, "no-header", NULL);
  else if (!is_long)
    find_tests (&r);
  while (known && desk_csv_next (csv))
    if (is_long)
      read_long (&r);
    else
      read_wide (&r);
  tell_csv_problems (&r);
  g_ptr_array_unref (r.tests);
  g_ptr_array_unref (r.units);
  g_ptr_array_unref (r.ranges);
  g_free (r.patient);
  g_free (r.report);
}
