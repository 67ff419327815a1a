/* Template and values become a letter, in one pass over the template. */
#include <string.h>

#include "desk-error.h"
#include "desk-letter-dates.h"
#include "desk-letter.h"

#define LONGEST_TITLE 200 /* characters: it stands at every foot */

/* The item a loop stands at, and the loops around it. */
typedef struct _Scope Scope;
struct _Scope
{
  const char *as; /* NULL for the outermost */
  const DeskFields *fields;
  const Scope *outer;
};

typedef struct
{
  const char *language;
  DeskLetter *letter;
  guint blocks;
  gsize bytes;
  gboolean too_long;
} Fill;

/* The values a dotted name speaks of, and the name within them. */
static const DeskFields *
resolve (const Scope *scope, const char *name, const char **inner)
{
  const char *dot = strchr (name, '.');

  for (; scope->as; scope = scope->outer)
    if (dot && strlen (scope->as) == (gsize) (dot - name) && strncmp (scope->as, name, dot - name) == 0)
      {
        *inner = dot + 1;
        return scope->fields;
      }
  *inner = name;
  return scope->fields;
}

static gboolean
lookup (const Scope *scope, const char *name, const char *language, DeskFieldValue *value)
{
  const char *inner;
  const DeskFields *fields = resolve (scope, name, &inner);

  return desk_fields_find (fields, inner, language, value);
}

static gboolean
has_value (const Scope *scope, const char *name, const char *language)
{
  const char *inner;
  const DeskFields *fields = resolve (scope, name, &inner);
  const GPtrArray *items = desk_fields_get_list (fields, inner);

  return (items && items->len) || desk_fields_get (fields, inner, language);
}

static void
note_missing (Fill *fill, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (fill->letter->missing, name, g_str_equal, NULL))
    g_ptr_array_insert (fill->letter->missing, -1, g_strdup (name));
}

/* What stands on the paper for a value. */
static char *
write_value (const DeskFieldValue *value, const char *language, DeskFilter filter)
{
  if (filter == DESK_FILTER_UPPER)
    return g_utf8_strup (value->text, -1);
  return value->day ? desk_letter_day_words (value->text, language, filter) : g_strdup (value->text);
}

/* Loops of loops and texts of any length come from data: what no paper could hold is not built. */
static gboolean
count_text (Fill *fill, const char *text)
{
  fill->bytes += strlen (text);
  fill->too_long |= fill->bytes > DESK_LETTER_MOST_BYTES;
  return !fill->too_long;
}

static void
fill_run (Fill *fill, const DeskRun *run, const Scope *scope, DeskText *out)
{
  DeskFieldValue value = { 0 };
  gboolean found = run->kind != DESK_RUN_TEXT && lookup (scope, run->text, out->language, &value);
  g_autofree char *written = found ? write_value (&value, out->language, run->filter) : NULL;
  DeskRunKind kind = run->kind == DESK_RUN_TEXT ? DESK_RUN_TEXT : written ? DESK_RUN_VALUE : DESK_RUN_MISSING;

  if ((kind == DESK_RUN_MISSING && run->optional) || !count_text (fill, written ? written : run->text))
    return;
  if (kind == DESK_RUN_MISSING)
    note_missing (fill, run->text);
  DeskRun *filled = desk_run_new (kind, written ? written : run->text, run->bold);
  filled->language = g_strdup (value.forms);
  g_ptr_array_add (out->runs, filled);
}

static void
fill_text (Fill *fill, const DeskText *text, const Scope *scope, DeskBlock *out)
{
  DeskText *filled = desk_text_new (text->language ? text->language : fill->language);
  gsize before = fill->bytes;

  for (guint i = 0; i < text->runs->len; i++)
    fill_run (fill, g_ptr_array_index (text->runs, i), scope, filled);
  fill->too_long |= fill->bytes - before > DESK_LETTER_MOST_TEXT;
  g_ptr_array_add (out->texts, filled);
}

/* What stands beside the letter's language in a pair: Japanese, which the staff reads; beside Japanese, English; where
 * there is no such text, the first other one. */
static const DeskText *
beside (const Fill *fill, const DeskBlock *block)
{
  const char *wanted = g_str_equal (fill->language, "ja") ? "en" : "ja";
  const DeskText *first = NULL;

  for (guint i = 0; i < block->texts->len; i++)
    {
      const DeskText *text = g_ptr_array_index (block->texts, i);

      if (!text->language || g_str_equal (text->language, fill->language))
        continue;
      if (g_str_equal (text->language, wanted))
        return text;
      first = first ? first : text;
    }
  return first;
}

/* The letter's language first; of the others only a pair shows one. */
static void
fill_texts (Fill *fill, const DeskBlock *block, const Scope *scope, DeskBlock *out)
{
  const DeskText *other = block->kind == DESK_BLOCK_PAIR ? beside (fill, block) : NULL;

  for (guint i = 0; i < block->texts->len; i++)
    {
      const DeskText *text = g_ptr_array_index (block->texts, i);

      if (!text->language || g_str_equal (text->language, fill->language))
        fill_text (fill, text, scope, out);
    }
  if (other)
    fill_text (fill, other, scope, out);
}

static void fill_block (Fill *fill, const DeskBlock *block, const Scope *scope, GPtrArray *out);

/* What is drawn of a field. A signature without ink is signed by hand; a code or picture that is not there is missing. */
static void
fill_source (Fill *fill, const DeskBlock *block, const Scope *scope, DeskBlock *out)
{
  DeskFieldValue value;

  out->source = g_strdup (block->source);
  if (lookup (scope, block->source, fill->language, &value))
    out->value = count_text (fill, value.text) ? g_strdup (value.text) : NULL;
  else if (block->kind != DESK_BLOCK_SIGNATURE)
    note_missing (fill, block->source);
}

static void
fill_once (Fill *fill, const DeskBlock *block, const Scope *scope, GPtrArray *out)
{
  fill->too_long |= ++fill->blocks > DESK_LETTER_MOST_BLOCKS;
  if (fill->too_long)
    return;
  DeskBlock *filled = desk_block_new (block->kind);

  filled->style = block->style;
  filled->level = block->level;
  filled->barcode = block->barcode;
  filled->code = g_strdup (block->code);
  if (block->tick)
    filled->level = has_value (scope, block->tick, fill->language);
  else if (block->code)
    {
      g_autofree char *agreed = desk_letter_box_field (block->code);

      filled->level = has_value (scope, agreed, fill->language);
    }
  if (block->source)
    fill_source (fill, block, scope, filled);
  fill_texts (fill, block, scope, filled);
  for (guint i = 0; i < block->children->len; i++)
    fill_block (fill, g_ptr_array_index (block->children, i), scope, filled->children);
  g_ptr_array_add (out, filled);
}

static gboolean
holds (const DeskBlock *block, const Scope *scope, const char *language)
{
  const char *name = block->condition;

  if (!name)
    return TRUE;
  return *name == '!' ? !has_value (scope, name + 1, language) : has_value (scope, name, language);
}

static void
fill_loop (Fill *fill, const DeskBlock *block, const Scope *scope, GPtrArray *out)
{
  const char *inner;
  const DeskFields *fields = resolve (scope, block->loop, &inner);
  const GPtrArray *items = desk_fields_get_list (fields, inner);

  if (!items || items->len == 0)
    note_missing (fill, block->loop);
  for (guint i = 0; items && i < items->len && !fill->too_long; i++)
    {
      Scope item = { block->as, g_ptr_array_index (items, i), scope };

      if (holds (block, &item, fill->language))
        fill_once (fill, block, &item, out);
    }
}

static void
fill_block (Fill *fill, const DeskBlock *block, const Scope *scope, GPtrArray *out)
{
  if (block->loop)
    fill_loop (fill, block, scope, out);
  else if (holds (block, scope, fill->language))
    fill_once (fill, block, scope, out);
}

static DeskBlock *
fill_single (Fill *fill, const DeskBlock *block, const Scope *scope)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new ();

  if (block)
    fill_block (fill, block, scope, out);
  return out->len ? g_ptr_array_index (out, 0) : NULL;
}

static char *
plain_text (const DeskBlock *block)
{
  GString *out = g_string_new (NULL);
  const DeskText *text = block && block->texts->len ? g_ptr_array_index (block->texts, 0) : NULL;

  for (guint i = 0; text && i < text->runs->len; i++)
    g_string_append (out, ((DeskRun *) g_ptr_array_index (text->runs, i))->text);
  g_autofree char *whole = g_string_free (out, FALSE);
  return g_utf8_substring (whole, 0, MIN (g_utf8_strlen (whole, -1), LONGEST_TITLE));
}

/* The letter in a language the template has (else DESK_ERROR_NOT_FOUND). Fields without a value are marked
 * in it and listed by desk_letter_missing (); an empty list counts as missing too. DESK_ERROR_REFUSED ("letter-too-long")
 * for what no paper holds. */
DeskLetter *
desk_letter_fill (const DeskLetterTemplate *template_, const DeskFields *fields, const char *language, DeskDay issued,
                  GError **error)
{
  if (!g_ptr_array_find_with_equal_func (template_->languages, language, g_str_equal, NULL))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "the letter %s is not written in the language «%s»",
                   template_->name, language);
      return NULL;
    }

  g_autoptr (DeskLetter) letter = g_new0 (DeskLetter, 1);
  Fill fill = { .language = language, .letter = letter };
  Scope scope = { NULL, fields, NULL };
  letter->name = g_strdup (template_->name);
  letter->version = g_strdup (template_->version);
  letter->language = g_strdup (language);
  letter->number = g_strdup (desk_fields_get (fields, "issued.number", language));
  letter->issued = issued;
  letter->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_block_free);
  letter->missing = g_ptr_array_new_with_free_func (g_free);

  g_autoptr (DeskBlock) title = fill_single (&fill, template_->title, &scope);
  letter->title = plain_text (title);
  letter->foot = fill_single (&fill, template_->foot, &scope);
  letter->mark = fill_single (&fill, template_->mark, &scope);
  for (guint i = 0; i < template_->blocks->len; i++)
    fill_block (&fill, g_ptr_array_index (template_->blocks, i), &scope, letter->blocks);
  g_ptr_array_add (letter->missing, NULL);
  if (fill.too_long)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "letter-too-long");
      return NULL;
    }
  return g_steal_pointer (&letter);
}

/* Lends the names of fields without a value, NULL-terminated. */
const char *const *
desk_letter_missing (const DeskLetter *letter)
{
  return (const char *const *) letter->missing->pdata;
}

/* Whether the letter may be printed for good; otherwise DESK_ERROR_INVALID names what is missing. */
gboolean
desk_letter_complete (const DeskLetter *letter, GError **error)
{
  if (letter->missing->len <= 1)
    return TRUE;
  g_autofree char *names = g_strjoinv (", ", (char **) letter->missing->pdata);
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "the letter %s lacks: %s", letter->name, names);
  return FALSE;
}

void
desk_letter_free (DeskLetter *letter)
{
  if (!letter)
    return;
  g_free (letter->name);
  g_free (letter->version);
  g_free (letter->language);
  g_free (letter->title);
  g_free (letter->number);
  g_clear_pointer (&letter->foot, desk_block_free);
  g_clear_pointer (&letter->mark, desk_block_free);
  g_clear_pointer (&letter->blocks, g_ptr_array_unref);
  g_clear_pointer (&letter->missing, g_ptr_array_unref);
  g_free (letter);
}
