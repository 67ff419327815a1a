#include "desk-import.h"

#include <string.h>

#include "desk-country.h"

static const DeskImportTarget targets[] = {
  { "chart", "chart chartno chartnumber patientno patientnumber patientid id no 診察券番号 カルテ番号 患者番号 患者id 番号" },
  { "name", "name fullname patient patientname 氏名 患者氏名 名前 お名前" },
  { "family", "family familyname lastname surname last 姓 名字 苗字 姓ローマ字" },
  { "given", "given givenname givennames firstname first forename forenames 名 名ローマ字" },
  { "family_native", "familynative nativefamilyname 姓漢字 漢字姓 本国姓" },
  { "given_native", "givennative nativegivenname 名漢字 漢字名 本国名" },
  { "kana", "kana furigana yomi フリガナ ふりがな カナ かな 氏名カナ カナ氏名 読み" },
  { "preferred", "preferred preferredname nickname calledname 呼び名 通称" },
  { "former", "former formername formernames maidenname 旧姓 旧氏名" },
  { "sex", "sex gender 性別" },
  { "birth", "birth birthdate birthday dateofbirth dob born 生年月日 誕生日" },
  { "nationality", "nationality country citizenship 国籍 国" },
  { "passport", "passport passportno passportnumber 旅券番号 パスポート番号 パスポート 旅券" },
  { "passport_until", "passportuntil passportexpiry passportexpires passportexpirydate expiry expirydate 旅券有効期限 有効期限" },
  { "occupation", "occupation job profession 職業" },
  { "languages", "language languages spokenlanguage 言語 使用言語" },
  { "interpreter", "interpreter interpreterneeded needsinterpreter 通訳" },
  { "phone", "phone tel telephone mobile phonenumber cell 電話 電話番号 携帯 携帯電話" },
  { "email", "email mail emailaddress メール メールアドレス 電子メール" },
  { "address", "address homeaddress 住所" },
  { "zone", "zone timezone タイムゾーン" },
  { "emergency", "emergency emergencycontact 緊急連絡先" },
  { "referrer", "referrer referringhospital referredby hospital 紹介元 紹介病院 紹介医" },
  { "agency", "agency agent coordinator 紹介会社 エージェント コーディネーター" },
  { "allergies", "allergy allergies アレルギー" },
  { "medication", "medication medications medicine drugs 服薬 内服薬 薬" },
  { "purpose", "purpose 目的" },
  { "icd10", "icd icd10 icdcode 病名コード" },
  { "diagnosis", "diagnosis disease 病名 診断 診断名 傷病名" },
  { "stage", "stage ステージ 病期" },
  { "diagnosed_on", "diagnosedon diagnosisdate dateofdiagnosis 診断日" },
  { "note", "note notes remark remarks comment comments memo 備考 メモ" },
};

/* What people write where the record keeps a code. */
static const struct
{
  const char *target, *code, *words;
} values[] = {
  { "sex", "F", "f female woman w 女 女性 女子" },
  { "sex", "M", "m male man 男 男性 男子" },
  { "sex", "X", "x other unspecified unknown u その他 不明" },
  { "purpose", "treatment", "treatment therapy cancer 治療" },
  { "purpose", "prevention", "prevention preventive prophylaxis 予防" },
  { "interpreter", "1", "yes y true 1 needed required 要 必要 有 あり はい ○ 〇" },
  { "interpreter", "0", "no n false 0 none 不要 無 なし いいえ ×" },
  { "languages", "en", "english 英語" },       { "languages", "ja", "japanese 日本語" },
  { "languages", "zh", "chinese mandarin cantonese 中国語 中文 北京語 広東語" },
  { "languages", "ko", "korean 韓国語" },      { "languages", "ru", "russian ロシア語" },
  { "languages", "ar", "arabic アラビア語" },  { "languages", "vi", "vietnamese ベトナム語" },
  { "languages", "th", "thai タイ語" },        { "languages", "id", "indonesian bahasa インドネシア語" },
  { "languages", "ms", "malay マレー語" },     { "languages", "tl", "tagalog filipino タガログ語" },
  { "languages", "fr", "french フランス語" },  { "languages", "de", "german ドイツ語" },
  { "languages", "es", "spanish スペイン語" }, { "languages", "pt", "portuguese ポルトガル語" },
  { "languages", "it", "italian イタリア語" }, { "languages", "mn", "mongolian モンゴル語" },
  { "languages", "kk", "kazakh カザフ語" },    { "languages", "uk", "ukrainian ウクライナ語" },
  { "languages", "hi", "hindi ヒンディー語" }, { "languages", "tr", "turkish トルコ語" },
};

static const char *const date_targets[] = { "birth", "passport_until", "diagnosed_on" };

/* Lends the table of targets; it has n_targets rows. */
const DeskImportTarget *
desk_import_targets (guint *n_targets)
{
  *n_targets = G_N_ELEMENTS (targets);
  return targets;
}

/* Letters and digits alone, in one width and case: "Date of Birth" and "date_of_birth" are the same. */
static char *
key_of (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = g_utf8_casefold (plain ? plain : "", -1);
  g_autofree char *composed = g_utf8_normalize (folded, -1, G_NORMALIZE_NFKC);
  GString *key = g_string_new (NULL);

  for (const char *p = composed; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || c == 0x30fc || c == 0x25cb || c == 0x3007 || c == 0xd7)
        g_string_append_unichar (key, c);
    }
  return g_string_free (key, FALSE);
}

/* Whether it is one of the words, which are separated by single spaces. */
static gboolean
is_word_of (const char *key, const char *words)
{
  gsize length = strlen (key);

  for (const char *at = words; length && (at = strstr (at, key)); at += length)
    if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
      return TRUE;
  return FALSE;
}

static const char *
find_target (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    if (g_strcmp0 (targets[i].name, name) == 0)
      return targets[i].name;
  return NULL;
}

static gboolean
is_planned (const DeskImportPlan *plan, const char *target)
{
  for (guint i = 0; i < plan->targets->len; i++)
    if (g_str_equal (g_ptr_array_index (plan->targets, i), target))
      return TRUE;
  return FALSE;
}

static DeskImportPlan *
plan_of_size (guint n)
{
  DeskImportPlan *plan = g_new0 (DeskImportPlan, 1);

  plan->targets = g_ptr_array_sized_new (n);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (plan->targets, (gpointer) "");
  return plan;
}

/* A plan guessed from what the columns are called; no target twice. Free with desk_import_plan_free (). */
DeskImportPlan *
desk_import_plan_new (const char *const *header)
{
  DeskImportPlan *plan = plan_of_size (g_strv_length ((char **) header));

  for (guint c = 0; header[c]; c++)
    {
      g_autofree char *key = key_of (header[c]);

      for (guint t = 0; t < G_N_ELEMENTS (targets); t++)
        if (is_word_of (key, targets[t].headers) && desk_import_plan_set (plan, c, targets[t].name))
          break;
    }
  return plan;
}

/* A copy of its own. */
DeskImportPlan *
desk_import_plan_copy (const DeskImportPlan *plan)
{
  DeskImportPlan *copy = plan_of_size (0);

  g_ptr_array_extend (copy->targets, plan->targets, NULL, NULL);
  copy->order = plan->order;
  return copy;
}

void
desk_import_plan_free (DeskImportPlan *plan)
{
  if (!plan)
    return;
  g_ptr_array_unref (plan->targets);
  g_free (plan);
}

/* Says what a column is, "" to leave it out. FALSE, and nothing changes, when another column is that already or there
 * is no such target. */
gboolean
desk_import_plan_set (DeskImportPlan *plan, guint column, const char *target)
{
  const char *known = *target ? find_target (target) : "";

  if (!known || column >= plan->targets->len)
    return FALSE;
  if (*known && !g_str_equal (g_ptr_array_index (plan->targets, column), known) && is_planned (plan, known))
    return FALSE;
  plan->targets->pdata[column] = (gpointer) known;
  return TRUE;
}

/* The plan as text, to be kept for the next table with these columns: "order=dmy", then "target=column" lines. The
 * caller frees it. */
char *
desk_import_plan_format (const DeskImportPlan *plan, const char *const *header)
{
  static const char *const orders[] = { "none", "dmy", "mdy" };
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "order=%s\n", orders[plan->order]);
  for (guint i = 0; header[i] && i < plan->targets->len; i++)
    if (*(const char *) plan->targets->pdata[i])
      {
        g_autofree char *key = key_of (header[i]);

        g_string_append_printf (text, "%s=%s\n", (const char *) plan->targets->pdata[i], key);
      }
  return g_string_free (text, FALSE);
}

/* A kept plan for a table with that header; columns it does not know stay out. */
DeskImportPlan *
desk_import_plan_parse (const char *text, const char *const *header)
{
  DeskImportPlan *plan = plan_of_size (g_strv_length ((char **) header));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint l = 0; lines[l]; l++)
    {
      char *column = strchr (lines[l], '=');

      if (!column)
        continue;
      *column++ = '\0';
      if (g_str_equal (lines[l], "order"))
        plan->order = g_str_equal (column, "dmy")   ? DESK_DAY_ORDER_DMY
                      : g_str_equal (column, "mdy") ? DESK_DAY_ORDER_MDY
                                                    : DESK_DAY_ORDER_NONE;
      for (guint c = 0; header[c]; c++)
        {
          g_autofree char *key = key_of (header[c]);

          if (g_str_equal (key, column) && desk_import_plan_set (plan, c, lines[l]))
            break;
        }
    }
  return plan;
}

/* What tells tables of the same make: their columns' names, folded, in order. The caller frees it. */
char *
desk_import_header_key (const char *const *header)
{
  GString *keys = g_string_new (NULL);

  for (guint i = 0; header[i]; i++)
    {
      g_autofree char *key = key_of (header[i]);

      g_string_append_printf (keys, "%s%s", i ? "|" : "", key);
    }
  return g_string_free (keys, FALSE);
}

/* Whether anything can come of the plan: without a name there is no patient. */
void
desk_import_plan_check (const DeskImportPlan *plan, DeskProblems *problems)
{
  if (!is_planned (plan, "family") && !is_planned (plan, "name"))
    desk_problems_add (problems, "family", "missing", NULL);
}

static gboolean
is_date (const char *target)
{
  for (guint i = 0; i < G_N_ELEMENTS (date_targets); i++)
    if (g_str_equal (target, date_targets[i]))
      return TRUE;
  return FALSE;
}

/* Notes what the dates of a row say of the table's order: seen[DESK_DAY_ORDER_DMY] of one that can only be day first,
 * [MDY] only month first, [NONE] of one that can be both. Returns whether that row had any of them. */
gboolean
desk_import_plan_dates (const DeskImportPlan *plan, const char *const *cells, gboolean seen[3])
{
  gboolean any = FALSE;

  for (guint i = 0; i < plan->targets->len && cells[i]; i++)
    {
      gboolean ambiguous;
      char *end;
      gint64 first = g_ascii_strtoll (cells[i], &end, 10);

      if (!is_date (plan->targets->pdata[i]) || first < 1 || first > 31 || !*end || !strchr ("/.-", *end))
        continue;
      g_autofree char *iso = desk_day_read (cells[i], DESK_DAY_ORDER_DMY, &ambiguous);
      if (!iso || g_ascii_strtoll (end + 1, NULL, 10) == first)
        continue;
      seen[ambiguous ? DESK_DAY_ORDER_NONE : first > 12 ? DESK_DAY_ORDER_DMY : DESK_DAY_ORDER_MDY] = any = TRUE;
    }
  return any;
}

static const char *
find_value (const char *target, const char *cell)
{
  g_autofree char *key = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      if (!g_str_equal (values[i].target, target))
        continue;
      if (!key)
        key = key_of (cell);
      if (is_word_of (key, values[i].words))
        return values[i].code;
    }
  return NULL;
}

/* Every code and name of a country, folded → its alpha-3 code; made once. */
static GHashTable *
country_keys (void)
{
  static GHashTable *keys;
  static gsize made;

  if (g_once_init_enter (&made))
    {
      guint n;
      const DeskCountry *countries = desk_countries (&n);

      keys = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < n; i++)
        {
          const char *const names[] = { countries[i].alpha3, countries[i].alpha2, countries[i].name, countries[i].name_ja };

          for (guint k = 0; k < G_N_ELEMENTS (names); k++)
            g_hash_table_insert (keys, key_of (names[k]), (gpointer) countries[i].alpha3);
        }
      g_once_init_leave (&made, 1);
    }
  return keys;
}

static const char *
find_country (const char *cell)
{
  g_autofree char *key = key_of (cell);

  return g_hash_table_lookup (country_keys (), key);
}

/* Codes or names, separated by anything usual: "English, 日本語". */
static char *
read_languages (const char *cell)
{
  g_auto (GStrv) parts = g_strsplit_set (cell, ",;/+&", -1);
  GString *codes = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++)
    {
      g_autofree char *key = key_of (parts[i]);
      const char *code = find_value ("languages", parts[i]);

      if (*key)
        g_string_append_printf (codes, "%s%s", codes->len ? "," : "", code ? code : key);
    }
  return g_string_free (codes, FALSE);
}

/* "ERIKSSON, Anna" says which is which; without a comma nobody can know, and the whole name stays together. */
static void
read_name (DeskPatient *patient, const char *cell, DeskProblems *problems)
{
  g_auto (GStrv) parts = g_strsplit (cell, ",", 2);

  if (*patient->family)
    return;
  g_free (patient->family);
  patient->family = g_strdup (parts[0] ? parts[0] : "");
  if (parts[0] && parts[1])
    {
      g_free (patient->given);
      patient->given = g_strdup (parts[1]);
    }
  else if (strchr (g_strstrip (patient->family), ' ') || strstr (patient->family, "\u3000"))
    desk_problems_warn (problems, "family", "name-not-split", patient->family);
}

static void
read_date (DeskPatient *patient, const DeskPatientField *field, const char *cell, DeskDayOrder order, DeskProblems *problems)
{
  gboolean ambiguous;
  g_autofree char *iso = desk_day_read (cell, order, &ambiguous);

  if (iso)
    desk_patient_set (patient, field, iso);
  else
    desk_problems_add (problems, field->name, ambiguous ? "ambiguous-date" : "not-a-date", cell);
}

static void
read_cell (DeskPatient *patient, const char *target, const char *cell, DeskDayOrder order, DeskProblems *problems)
{
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);
  const char *code = g_str_equal (target, "languages") ? NULL : find_value (target, cell);

  if (g_str_equal (target, "interpreter"))
    {
      if (code)
        patient->interpreter = *code == '1';
      else
        desk_problems_warn (problems, "interpreter", "not-imported", cell);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      if (!g_str_equal (fields[i].name, target))
        continue;
      if (is_date (target))
        read_date (patient, &fields[i], cell, order, problems);
      else if (g_str_equal (target, "languages"))
        {
          g_autofree char *languages = read_languages (cell);
          desk_patient_set (patient, &fields[i], languages);
        }
      else if (g_str_equal (target, "nationality") && find_country (cell))
        desk_patient_set (patient, &fields[i], find_country (cell));
      else
        desk_patient_set (patient, &fields[i], code ? code : cell);
    }
}

/* A row as a tidied record; what is wrong with it is added to problems, blocking where it cannot be taken in. cells
 * ends with NULL; missing ones are empty. Free with desk_patient_free (). */
DeskPatient *
desk_import_row (const DeskImportPlan *plan, const char *const *cells, DeskDay today, DeskProblems *problems)
{
  DeskPatient *patient = desk_patient_new ();
  const char *name = NULL;

  for (guint i = 0; i < plan->targets->len && cells[i]; i++)
    {
      const char *target = plan->targets->pdata[i];
      const char *cell = cells[i];

      while (g_ascii_isspace (*cell))
        cell++;
      if (*target == '\0' || *cell == '\0')
        continue;
      if (g_str_equal (target, "name"))
        name = cell;
      else
        read_cell (patient, target, cell, plan->order, problems);
    }
  if (name)
    read_name (patient, name, problems);
  desk_patient_tidy (patient);
  desk_patient_check (patient, today, problems);
  return patient;
}
