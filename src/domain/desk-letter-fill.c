/* Template and values become a letter, in one pass over the template. */
#include <string.h>

#include "desk-error.h"
#include "desk-letter.h"

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

static const char *
lookup (const Scope *scope, const char *name, const char *language, const char **forms)
{
  const char *inner;
  const DeskFields *fields = resolve (scope, name, &inner);

  if (forms)
    *forms = desk_fields_get_forms (fields, inner, language);
  return desk_fields_get (fields, inner, language);
}

static void
note_missing (Fill *fill, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (fill->letter->missing, name, g_str_equal, NULL))
    g_ptr_array_insert (fill->letter->missing, -1, g_strdup (name));
}

static void
fill_run (Fill *fill, const DeskRun *run, const Scope *scope, DeskText *out)
{
  const char *forms = NULL, *value;

  if (run->kind == DESK_RUN_TEXT)
    {
      g_ptr_array_add (out->runs, desk_run_new (DESK_RUN_TEXT, run->text, run->bold));
      return;
    }
  value = lookup (scope, run->text, out->language, &forms);
  if (!value && run->optional)
    return;
  if (!value)
    note_missing (fill, run->text);
  DeskRun *filled = desk_run_new (value ? DESK_RUN_VALUE : DESK_RUN_MISSING, value ? value : run->text, run->bold);
  filled->language = g_strdup (forms);
  g_ptr_array_add (out->runs, filled);
}

static void
fill_text (Fill *fill, const DeskText *text, const Scope *scope, DeskBlock *out)
{
  DeskText *filled = desk_text_new (text->language ? text->language : fill->language);

  for (guint i = 0; i < text->runs->len; i++)
    fill_run (fill, g_ptr_array_index (text->runs, i), scope, filled);
  g_ptr_array_add (out->texts, filled);
}

/* The letter's language first; of the others only a pair shows any. */
static void
fill_texts (Fill *fill, const DeskBlock *block, const Scope *scope, DeskBlock *out)
{
  for (int pass = 0; pass < (block->kind == DESK_BLOCK_PAIR ? 2 : 1); pass++)
    for (guint i = 0; i < block->texts->len; i++)
      {
        const DeskText *text = g_ptr_array_index (block->texts, i);
        gboolean own = !text->language || g_str_equal (text->language, fill->language);

        if (own == (pass == 0))
          fill_text (fill, text, scope, out);
      }
}

static void fill_block (Fill *fill, const DeskBlock *block, const Scope *scope, GPtrArray *out);

static void
fill_once (Fill *fill, const DeskBlock *block, const Scope *scope, GPtrArray *out)
{
  DeskBlock *filled = desk_block_new (block->kind);

  filled->style = block->style;
  filled->level = block->level;
  if (block->tick)
    filled->level = lookup (scope, block->tick, fill->language, NULL) != NULL;
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
  return *name == '!' ? !lookup (scope, name + 1, language, NULL) : lookup (scope, name, language, NULL) != NULL;
}

static void
fill_loop (Fill *fill, const DeskBlock *block, const Scope *scope, GPtrArray *out)
{
  const char *inner;
  const DeskFields *fields = resolve (scope, block->loop, &inner);
  const GPtrArray *items = desk_fields_get_list (fields, inner);

  if (!items || items->len == 0)
    note_missing (fill, block->loop);
  for (guint i = 0; items && i < items->len; i++)
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
  return g_string_free (out, FALSE);
}

/* The letter in a language the template has (else DESK_ERROR_NOT_FOUND). Fields without a value are marked
 * in it and listed by desk_letter_missing (); an empty list counts as missing too. */
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
  Fill fill = { language, letter };
  Scope scope = { NULL, fields, NULL };
  letter->name = g_strdup (template_->name);
  letter->version = g_strdup (template_->version);
  letter->language = g_strdup (language);
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
  g_clear_pointer (&letter->foot, desk_block_free);
  g_clear_pointer (&letter->mark, desk_block_free);
  g_clear_pointer (&letter->blocks, g_ptr_array_unref);
  g_clear_pointer (&letter->missing, g_ptr_array_unref);
  g_free (letter);
}
