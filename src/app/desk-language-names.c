#include "desk-language-names.h"

#include <gtk/gtk.h>

static const char *const names[][2] = {
  { "en", "English" }, { "ja", "日本語" }, { "zh", "简体中文" }, { "zh-TW", "繁體中文" }, { "ko", "한국어" },
  { "ru", "Русский" }, { "ar", "العربية" }, { "vi", "Tiếng Việt" }, { "id", "Bahasa Indonesia" }, { "th", "ไทย" },
  { "es", "Español" }, { "fr", "Français" }, { "de", "Deutsch" },
};

static const char *
name_of (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], code))
      return names[i][1];
  return code;
}

/* A GtkStringList of the languages (NULL at the end) in their order; the caller owns it. */
GListModel *
desk_language_names (const char *const *codes)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = 0; codes[i]; i++)
    gtk_string_list_append (list, name_of (codes[i]));
  return G_LIST_MODEL (list);
}

/* Where a language stands among them; 0 when it does not. */
guint
desk_language_place (const char *const *codes, const char *code)
{
  for (guint i = 0; code && codes[i]; i++)
    if (g_str_equal (codes[i], code))
      return i;
  return 0;
}
