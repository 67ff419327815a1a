/* The values letters are filled with, by dotted name. */
#include <string.h>

#include "desk-letter.h"

typedef struct
{
  char *text;
  char *forms; /* the language whose letter forms it wants, or NULL */
  gboolean day;
} Value;

struct _DeskFields
{
  GHashTable *values; /* "name" or "name@language" → Value */
  GHashTable *lists;  /* name → GPtrArray of DeskFields */
  GHashTable *asked;  /* names that somebody looked for, set or not */
};

static void
value_free (gpointer data)
{
  Value *value = data;

  g_free (value->text);
  g_free (value->forms);
  g_free (value);
}

static void
list_free (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
fields_free (gpointer data)
{
  desk_fields_free (data);
}

/* Values for the fields and lists of a letter, none yet. */
DeskFields *
desk_fields_new (void)
{
  DeskFields *fields = g_new0 (DeskFields, 1);

  fields->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, value_free);
  fields->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, list_free);
  fields->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return fields;
}

void
desk_fields_free (DeskFields *fields)
{
  if (!fields)
    return;
  g_hash_table_unref (fields->values);
  g_hash_table_unref (fields->lists);
  g_hash_table_unref (fields->asked);
  g_free (fields);
}

/* Line ends and tabs stay; other controls, and marks that turn the direction of the text around them, would
 * make a paper say something else than the record. */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);

      if (c == '\t')
        g_string_append_c (out, ' ');
      else if (c == '\n' || (!g_unichar_iscntrl (c) && !turns && c != 0x2028 && c != 0x2029))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static void
set_value (DeskFields *fields, char *key, const char *forms, gboolean day, const char *text)
{
  Value *value = g_new0 (Value, 1);

  value->text = g_strstrip (clean (text ? text : ""));
  value->forms = g_strdup (forms);
  value->day = day;
  g_hash_table_replace (fields->values, key, value);
}

/* Sets a value for every language; NULL and "" are no value. */
void
desk_fields_set (DeskFields *fields, const char *name, const char *value)
{
  set_value (fields, g_strdup (name), NULL, FALSE, value);
}

/* Sets what a field reads as in one language; goes before desk_fields_set (). */
void
desk_fields_set_in (DeskFields *fields, const char *name, const char *language, const char *value)
{
  set_value (fields, g_strconcat (name, "@", language, NULL), NULL, FALSE, value);
}

/* Sets a value that is to be drawn with the letter forms of a language ("zh-cn", "zh-tw", "ko"), as names are. */
void
desk_fields_set_forms (DeskFields *fields, const char *name, const char *forms, const char *value)
{
  set_value (fields, g_strdup (name), forms, FALSE, value);
}

/* Sets a day, "2026-02-01", "2026-02" or "2026": the letter writes it in the language of the text around it. What is no
 * date is no value. */
void
desk_fields_set_day (DeskFields *fields, const char *name, const char *iso)
{
  set_value (fields, g_strdup (name), NULL, TRUE, iso && desk_partial_date_valid (iso) ? iso : NULL);
}

/* Sets a value that was taken with desk_fields_foreach () again. */
void
desk_fields_put (DeskFields *fields, const DeskFieldValue *value)
{
  char *key = value->language ? g_strconcat (value->name, "@", value->language, NULL) : g_strdup (value->name);

  set_value (fields, key, value->forms, value->day, value->text);
}

/* Appends an item to a list and lends it; its fields are set by their name within the item. */
DeskFields *
desk_fields_add (DeskFields *fields, const char *list)
{
  GPtrArray *items = g_hash_table_lookup (fields->lists, list);
  DeskFields *item = desk_fields_new ();

  if (!items)
    {
      items = g_ptr_array_new_with_free_func (fields_free);
      g_hash_table_insert (fields->lists, g_strdup (list), items);
    }
  g_ptr_array_add (items, item);
  return item;
}

static void
note_asked (const DeskFields *fields, const char *name)
{
  if (!g_hash_table_contains (fields->asked, name))
    g_hash_table_add (fields->asked, g_strdup (name));
}

static const Value *
find_value (const DeskFields *fields, const char *name, const char *language)
{
  g_autofree char *key = g_strconcat (name, "@", language, NULL);
  const Value *value = g_hash_table_lookup (fields->values, key);

  note_asked (fields, name);
  return value ? value : g_hash_table_lookup (fields->values, name);
}

/* Lends the value in a language, or NULL where there is none. */
const char *
desk_fields_get (const DeskFields *fields, const char *name, const char *language)
{
  const Value *value = find_value (fields, name, language);

  return value && *value->text ? value->text : NULL;
}

/* What is known of a value in a language, lent as long as the fields are; FALSE where there is none. */
gboolean
desk_fields_find (const DeskFields *fields, const char *name, const char *language, DeskFieldValue *value)
{
  const Value *found = find_value (fields, name, language);

  if (!found || !*found->text)
    return FALSE;
  *value = (DeskFieldValue){ .name = name, .forms = found->forms, .day = found->day, .text = found->text };
  return TRUE;
}

/* Lends the items of a list, or NULL where it has none. */
const GPtrArray *
desk_fields_get_list (const DeskFields *fields, const char *name)
{
  note_asked (fields, name);
  return g_hash_table_lookup (fields->lists, name);
}

/* Calls func for each value of these fields, not of their lists, in the order of their names: always the same for the same
 * values. A value that is empty in every language is left out. */
void
desk_fields_foreach (const DeskFields *fields, DeskFieldFunc func, gpointer user_data)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (fields->values), (GCompareFunc) strcmp);

  for (GList *link = keys; link; link = link->next)
    {
      g_auto (GStrv) parts = g_strsplit (link->data, "@", 2);
      const Value *value = g_hash_table_lookup (fields->values, link->data);
      const DeskFieldValue found = { parts[0], parts[1], value->forms, value->day, value->text };

      if (*value->text || parts[1])
        func (&found, user_data);
    }
}

/* The names of the lists there are, in order, lent; also of those that are empty. Free the array. */
GPtrArray *
desk_fields_lists (const DeskFields *fields)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (fields->lists), (GCompareFunc) strcmp);
  GPtrArray *names = g_ptr_array_new ();

  for (GList *link = keys; link; link = link->next)
    g_ptr_array_add (names, link->data);
  return names;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names of fields and lists that somebody looked for so far, whether they were there or not, sorted: what a letter
 * hangs on. The names are lent; free with g_ptr_array_unref (). */
GPtrArray *
desk_fields_asked (const DeskFields *fields)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, fields->asked);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  g_ptr_array_sort (names, by_name);
  return names;
}
