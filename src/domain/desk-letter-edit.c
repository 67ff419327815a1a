#include "desk-letter-edit.h"

#include <string.h>

#define SPACE " \t\r\n"

typedef enum
{
  TAG_OPEN, TAG_CLOSE, TAG_EMPTY
} TagKind;

typedef struct
{
  TagKind kind;
  const char *start, *end; /* from "<" to behind ">" */
  const char *name;
  gsize name_length;
} Tag;

/* An element that is open. */
typedef struct
{
  gboolean is_text;      /* <t> */
  const char *start;     /* of its own tag */
  gboolean found;        /* it has a child <t> in the language */
  const char *last_from, *last_to; /* its last <t>, from "<" to behind its end; NULL for none */
} Element;

/* Behind the tag's ">": one within quotes does not count. NULL when there is none. */
static const char *
tag_end (const char *p)
{
  char quote = '\0';

  for (; *p; p++)
    if (quote)
      quote = *p == quote ? '\0' : quote;
    else if (*p == '"' || *p == '\'')
      quote = *p;
    else if (*p == '>')
      return p + 1;
  return NULL;
}

static const char *
behind (const char *p, const char *end)
{
  const char *found = strstr (p, end);

  return found ? found + strlen (end) : NULL;
}

/* The next tag of an element from p on; comments, instructions and character data are passed over. */
static gboolean
next_tag (const char *p, Tag *tag)
{
  while (p && (p = strchr (p, '<')))
    {
      if (g_str_has_prefix (p, "<!--"))
        p = behind (p, "-->");
      else if (g_str_has_prefix (p, "<![CDATA["))
        p = behind (p, "]]>");
      else if (p[1] == '?')
        p = behind (p, "?>");
      else if (p[1] == '!')
        p = tag_end (p);
      else
        break;
    }
  if (!p)
    return FALSE;
  tag->start = p;
  tag->end = tag_end (p);
  tag->name = p + 1 + (p[1] == '/');
  tag->name_length = strcspn (tag->name, SPACE "/>");
  if (!tag->end || tag->name_length == 0)
    return FALSE;
  tag->kind = p[1] == '/' ? TAG_CLOSE : tag->end[-2] == '/' ? TAG_EMPTY : TAG_OPEN;
  return TRUE;
}

/* Where the value of a tag's attribute stands, without its quotes. */
static gboolean
find_attribute (const Tag *tag, const char *name, const char **from, const char **to)
{
  const char *p = tag->name + tag->name_length;

  while (p < tag->end)
    {
      p += strspn (p, SPACE);
      const char *word = p;
      gsize length = strcspn (p, SPACE "=/>");
      p += length;
      p += strspn (p, SPACE);
      if (length == 0 || *p != '=')
        return FALSE;
      p++;
      p += strspn (p, SPACE);
      const char *close = *p == '"' || *p == '\'' ? strchr (p + 1, *p) : NULL;
      if (!close || close >= tag->end)
        return FALSE;
      if (length == strlen (name) && strncmp (word, name, length) == 0)
        {
          *from = p + 1;
          *to = close;
          return TRUE;
        }
      p = close + 1;
    }
  return FALSE;
}

/* An attribute of the letter itself (name, version, languages); NULL where there is none. The caller frees it. */
char *
desk_letter_edit_get (const char *xml, const char *attribute)
{
  const char *from, *to;
  Tag root;

  return next_tag (xml, &root) && find_attribute (&root, attribute, &from, &to) ? g_strndup (from, to - from) : NULL;
}

/* The text with that attribute of the letter itself; the value has no signs that XML would want escaped. The caller
 * frees it. */
char *
desk_letter_edit_set (const char *xml, const char *attribute, const char *value)
{
  const char *from, *to;
  Tag root;

  if (!next_tag (xml, &root) || root.kind == TAG_CLOSE)
    return g_strdup (xml);
  if (find_attribute (&root, attribute, &from, &to))
    return g_strdup_printf ("%.*s%s%s", (int) (from - xml), xml, value, to);
  from = root.name + root.name_length;
  return g_strdup_printf ("%.*s %s=\"%s\"%s", (int) (from - xml), xml, attribute, value, from);
}

static gboolean
is_text (const Tag *tag)
{
  return tag->name_length == 1 && *tag->name == 't';
}

static gboolean
is_in (const Tag *tag, const char *language)
{
  const char *from, *to;

  return find_attribute (tag, "lang", &from, &to) && strlen (language) == (gsize) (to - from) && strncmp (from, language, to - from) == 0;
}

/* The empty text that belongs behind the last one: on a line of its own where that is on one. */
static void
append_stub (GString *out, const char *xml, const Element *element, const char *language)
{
  const char *line = element->last_from;

  while (line > xml && strchr (" \t", line[-1]))
    line--;
  if (line == xml || line[-1] == '\n')
    g_string_append_printf (out, "\n%.*s", (int) (element->last_from - line), line);
  g_string_append_printf (out, "<t lang=\"%s\"></t>", language);
}

static void
note_text (GArray *stack, const char *from, const char *to)
{
  if (stack->len == 0)
    return;
  Element *parent = &g_array_index (stack, Element, stack->len - 1);
  parent->last_from = from;
  parent->last_to = to;
}

/* A stub wanted: where, and for whom. */
static void
close_element (GArray *stack, GArray *wanted, const Tag *tag)
{
  Element element = g_array_index (stack, Element, stack->len - 1);

  g_array_set_size (stack, stack->len - 1);
  if (element.is_text)
    note_text (stack, element.start, tag->end);
  if (element.last_to && !element.found)
    g_array_append_val (wanted, element);
}

/* Every element that has texts in languages, but none in this one, in the order of their ends. */
static GArray *
find_wanted (const char *xml, const char *language)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Element));
  GArray *wanted = g_array_new (FALSE, FALSE, sizeof (Element));
  Tag tag;

  for (const char *p = xml; next_tag (p, &tag); p = tag.end)
    {
      if (tag.kind == TAG_CLOSE && stack->len == 0)
        break;
      if (tag.kind == TAG_CLOSE)
        {
          close_element (stack, wanted, &tag);
          continue;
        }
      if (is_text (&tag) && stack->len && is_in (&tag, language))
        g_array_index (stack, Element, stack->len - 1).found = TRUE;
      Element element = { is_text (&tag), tag.start, FALSE, NULL, NULL };
      if (tag.kind == TAG_OPEN)
        g_array_append_val (stack, element);
      else if (element.is_text)
        note_text (stack, tag.start, tag.end);
    }
  return wanted;
}

static int
by_place (gconstpointer a, gconstpointer b)
{
  const Element *left = a, *right = b;

  return (left->last_to > right->last_to) - (left->last_to < right->last_to);
}

/* The text with a language more: an empty <t> at every place that has others, so that a translator sees where, and the
 * letter says that it is written in it. n_added is how many. The caller frees it. */
char *
desk_letter_edit_add_language (const char *xml, const char *language, guint *n_added)
{
  g_autoptr (GArray) wanted = find_wanted (xml, language);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *languages = desk_letter_edit_get (xml, "languages");
  const char *at = xml;

  g_array_sort (wanted, by_place);
  for (guint i = 0; i < wanted->len; i++)
    {
      const Element *element = &g_array_index (wanted, Element, i);

      g_string_append_len (out, at, element->last_to - at);
      append_stub (out, xml, element, language);
      at = element->last_to;
    }
  g_string_append (out, at);
  *n_added = wanted->len;
  g_auto (GStrv) known = g_strsplit (languages ? languages : "", " ", -1);
  if (g_strv_contains ((const char *const *) known, language))
    return g_strdup (out->str);
  g_autofree char *more = g_strstrip (g_strdup_printf ("%s %s", languages ? languages : "", language));
  return desk_letter_edit_set (out->str, "languages", more);
}
