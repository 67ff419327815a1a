/* What stands on top of a paper that is not the good original, in the language of the letter. */
#include "desk-issued-private.h"
#include "desk-letter-dates.h"

static const struct
{
  const char *language, *gone, *replaced; /* replaced: %s is the number of the new one */
} words[] = {
  { "en", "VOID", "REPLACED BY %s" },
  { "ja", "無効 VOID", "差し替え済み REPLACED BY %s" },
  { "zh", "作废 VOID", "已被取代 REPLACED BY %s" },
  { "zh-TW", "作廢 VOID", "已被取代 REPLACED BY %s" },
  { "ko", "무효 VOID", "대체됨 REPLACED BY %s" },
  { "ar", "ملغى VOID", "مستبدل REPLACED BY %s" },
  { "ru", "НЕДЕЙСТВИТЕЛЬНО VOID", "ЗАМЕНЕНО REPLACED BY %s" },
  { "vi", "HẾT HIỆU LỰC VOID", "ĐÃ THAY BẰNG – REPLACED BY %s" },
};

static guint
place_of (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].language, language))
      return i;
  return 0;
}

static void
append (GString *out, const char *text)
{
  g_string_append_printf (out, "%s%s", out->len ? " · " : "", text);
}

/* What stands over every page: that the letter is withdrawn, replaced by that number (or NULL), a copy of that day (0 for
 * the original). NULL where there is nothing to say; the caller frees it. */
char *
desk_issued_mark (const DeskIssued *issued, const char *replaced_by, guint copy_no, DeskDay today)
{
  guint place = place_of (issued->language);
  g_autoptr (GString) text = g_string_new (NULL);

  if (issued->void_at)
    append (text, words[place].gone);
  if (replaced_by)
    {
      g_auto (GStrv) parts = g_strsplit (words[place].replaced, "%s", 2);
      g_autofree char *replaced = g_strjoinv (replaced_by, parts);

      append (text, replaced);
    }
  if (copy_no)
    {
      g_autofree char *copy = desk_letter_copy_mark (issued->language, today, copy_no);

      append (text, copy);
    }
  return text->len ? g_strdup (text->str) : NULL;
}
