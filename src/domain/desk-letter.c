#include "desk-letter.h"

#include <string.h>

#include "desk-error.h"

static void
run_free (gpointer data)
{
  DeskRun *run = data;

  g_free (run->text);
  g_free (run->language);
  g_free (run);
}

static void
text_free (gpointer data)
{
  DeskText *text = data;

  g_free (text->language);
  g_ptr_array_unref (text->runs);
  g_free (text);
}

static void
block_free_one (gpointer data)
{
  desk_block_free (data);
}

/* A run of text; the text is copied. */
DeskRun *
desk_run_new (DeskRunKind kind, const char *text, gboolean bold)
{
  DeskRun *run = g_new0 (DeskRun, 1);

  run->kind = kind;
  run->text = g_strdup (text);
  run->bold = bold;
  return run;
}

/* An empty text in a language, or in any (NULL). */
DeskText *
desk_text_new (const char *language)
{
  DeskText *text = g_new0 (DeskText, 1);

  text->language = g_strdup (language);
  text->runs = g_ptr_array_new_with_free_func (run_free);
  return text;
}

/* An empty block of a kind; free with desk_block_free () or give it to a parent. */
DeskBlock *
desk_block_new (DeskBlockKind kind)
{
  DeskBlock *block = g_new0 (DeskBlock, 1);

  block->kind = kind;
  block->texts = g_ptr_array_new_with_free_func (text_free);
  block->children = g_ptr_array_new_with_free_func (block_free_one);
  return block;
}

void
desk_block_free (DeskBlock *block)
{
  if (!block)
    return;
  g_free (block->condition);
  g_free (block->loop);
  g_free (block->as);
  g_free (block->tick);
  g_ptr_array_unref (block->texts);
  g_ptr_array_unref (block->children);
  g_free (block);
}

static gboolean
append_field (DeskText *text, const char *from, const char *end, gboolean bold, GError **error)
{
  g_autofree char *name = g_strstrip (g_strndup (from, end - from));
  gsize length = strlen (name);
  gboolean optional = length > 0 && name[length - 1] == '?';

  if (optional)
    name[--length] = '\0';
  if (length == 0 || strspn (name, "abcdefghijklmnopqrstuvwxyz_.") != length)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "«%s» is not the name of a field", name);
      return FALSE;
    }
  DeskRun *run = desk_run_new (DESK_RUN_FIELD, name, bold);
  run->optional = optional;
  g_ptr_array_add (text->runs, run);
  return TRUE;
}

/* Adds text of a template: "{{name}}" is a field that must have a value, "{{name?}}" one that may be empty. */
gboolean
desk_text_append (DeskText *text, const char *source, gboolean bold, GError **error)
{
  const char *p = source;

  while (*p)
    {
      const char *open = strstr (p, "{{");
      g_autofree char *plain = open ? g_strndup (p, open - p) : g_strdup (p);

      if (*plain)
        g_ptr_array_add (text->runs, desk_run_new (DESK_RUN_TEXT, plain, bold));
      if (!open)
        return TRUE;
      const char *close = strstr (open, "}}");
      if (!close)
        {
          g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "«{{» without «}}»: %s", open);
          return FALSE;
        }
      if (!append_field (text, open + 2, close, bold, error))
        return FALSE;
      p = close + 2;
    }
  return TRUE;
}

DeskLetterTemplate *
desk_letter_template_new (void)
{
  DeskLetterTemplate *template_ = g_new0 (DeskLetterTemplate, 1);

  template_->languages = g_ptr_array_new_with_free_func (g_free);
  template_->blocks = g_ptr_array_new_with_free_func (block_free_one);
  return template_;
}

void
desk_letter_template_free (DeskLetterTemplate *template_)
{
  if (!template_)
    return;
  g_free (template_->name);
  g_free (template_->version);
  g_ptr_array_unref (template_->languages);
  g_clear_pointer (&template_->title, desk_block_free);
  g_clear_pointer (&template_->foot, desk_block_free);
  g_clear_pointer (&template_->mark, desk_block_free);
  g_ptr_array_unref (template_->blocks);
  g_free (template_);
}

/* ── checking ── */

typedef struct
{
  const DeskLetterTemplate *template_;
  DeskProblems *problems;
  GPtrArray *scopes; /* of DeskBlock: the loops around, outermost first */
} Check;

/* "visit.date" inside <… each="visits" as="visit"> is the field "visits.date". */
static void
check_name (Check *check, const char *name)
{
  const char *dot = strchr (name, '.');

  for (guint i = check->scopes->len; dot && i-- > 0;)
    {
      const DeskBlock *loop = g_ptr_array_index (check->scopes, i);

      if (strlen (loop->as) == (gsize) (dot - name) && strncmp (name, loop->as, dot - name) == 0)
        {
          g_autofree char *full = g_strconcat (loop->loop, dot, NULL);

          if (!desk_letter_field_known (full) || desk_letter_list_known (full))
            desk_problems_add (check->problems, "field", "unknown-field", name);
          return;
        }
    }
  /* Outside its loop an item's field has no value to show. */
  g_autofree char *head = g_strndup (name, dot ? dot - name : 0);
  if (!desk_letter_field_known (name) || desk_letter_list_known (head))
    desk_problems_add (check->problems, "field", "unknown-field", name);
}

static void
check_languages (Check *check, const DeskBlock *block)
{
  const DeskText *first = block->texts->len ? g_ptr_array_index (block->texts, 0) : NULL;

  if (!first || !first->language)
    return;
  for (guint i = 0; i < check->template_->languages->len; i++)
    {
      const char *language = g_ptr_array_index (check->template_->languages, i);
      gboolean found = FALSE;

      for (guint j = 0; j < block->texts->len; j++)
        found |= g_strcmp0 (((DeskText *) g_ptr_array_index (block->texts, j))->language, language) == 0;
      if (!found)
        {
          const DeskRun *run = first->runs->len ? g_ptr_array_index (first->runs, 0) : NULL;
          g_autofree char *detail = g_strdup_printf ("%s: %s", language, run ? run->text : "");
          desk_problems_add (check->problems, "text", "language-missing", detail);
        }
    }
}

static void
check_block (Check *check, const DeskBlock *block)
{
  if (block->condition)
    check_name (check, block->condition + (block->condition[0] == '!'));
  if (block->tick)
    check_name (check, block->tick);
  if (block->loop)
    {
      if (!desk_letter_list_known (block->loop))
        desk_problems_add (check->problems, "list", "unknown-list", block->loop);
      g_ptr_array_add (check->scopes, (gpointer) block);
    }

  check_languages (check, block);
  for (guint i = 0; i < block->texts->len; i++)
    {
      const DeskText *text = g_ptr_array_index (block->texts, i);

      for (guint j = 0; j < text->runs->len; j++)
        {
          const DeskRun *run = g_ptr_array_index (text->runs, j);
          if (run->kind == DESK_RUN_FIELD)
            check_name (check, run->text);
        }
    }
  for (guint i = 0; i < block->children->len; i++)
    check_block (check, g_ptr_array_index (block->children, i));

  if (block->loop)
    g_ptr_array_set_size (check->scopes, check->scopes->len - 1);
}

/* Notes every field and list nobody fills, and every text that lacks one of the letter's languages. */
void
desk_letter_template_check (const DeskLetterTemplate *template_, DeskProblems *problems)
{
  g_autoptr (GPtrArray) scopes = g_ptr_array_new ();
  Check check = { template_, problems, scopes };

  check_block (&check, template_->title);
  check_block (&check, template_->foot);
  if (template_->mark)
    check_block (&check, template_->mark);
  for (guint i = 0; i < template_->blocks->len; i++)
    check_block (&check, g_ptr_array_index (template_->blocks, i));
}
