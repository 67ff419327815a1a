#include "desk-letter.h"

#include <string.h>

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
  g_free (block->code);
  g_free (block->source);
  g_free (block->value);
  g_ptr_array_unref (block->texts);
  g_ptr_array_unref (block->children);
  g_free (block);
}

/* By DeskFilter. */
static const char *const filters[] = { "", "era", "weekday", "iso", "upper" };

static gboolean
is_name (const char *name)
{
  return g_ascii_islower (*name) && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_.") == strlen (name);
}

/* Between the braces: "name", "name?", "name|filter", "name?|filter". */
static void
append_field (DeskText *text, const char *inner, gboolean bold, int line, DeskLetterProblems *problems)
{
  g_auto (GStrv) parts = g_strsplit (inner, "|", 2);
  char *name = parts[0] ? g_strstrip (parts[0]) : (char *) "";
  const char *filter = parts[0] && parts[1] ? g_strstrip (parts[1]) : "";
  gboolean optional = g_str_has_suffix (name, "?");
  guint found = 0;

  if (optional)
    name[strlen (name) - 1] = '\0';
  while (found < G_N_ELEMENTS (filters) && !g_str_equal (filters[found], filter))
    found++;
  if (!is_name (name))
    desk_letter_problems_add (problems, line, "not-a-name", name);
  else if (found == G_N_ELEMENTS (filters))
    desk_letter_problems_add (problems, line, "unknown-filter", filter);
  else
    {
      DeskRun *run = desk_run_new (DESK_RUN_FIELD, name, bold);

      run->optional = optional;
      run->filter = (DeskFilter) found;
      run->line = line;
      g_ptr_array_add (text->runs, run);
    }
}

static void
append_plain (DeskText *text, const char *plain, gboolean bold)
{
  if (*plain)
    g_ptr_array_add (text->runs, desk_run_new (DESK_RUN_TEXT, plain, bold));
}

/* Adds text of a template, all of it on one line: "{{name}}" is a field that must have a value, "{{name?}}" one that may be
 * empty, "{{name|era}}" one that is written in a way of its own. What cannot be read is left out and noted. */
void
desk_text_append (DeskText *text, const char *source, gboolean bold, int line, DeskLetterProblems *problems)
{
  for (const char *p = source; *p;)
    {
      const char *open = strstr (p, "{{"), *close = open ? strstr (open, "}}") : NULL;
      g_autofree char *plain = open ? g_strndup (p, open - p) : g_strdup (p);

      append_plain (text, plain, bold);
      if (open && !close)
        desk_letter_problems_add (problems, line, "unbalanced", open);
      if (!close)
        return;
      g_autofree char *inner = g_strndup (open + 2, close - open - 2);
      append_field (text, inner, bold, line, problems);
      p = close + 2;
    }
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
