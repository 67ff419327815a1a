/* A template against the names there are: every field and list nobody fills, every text that lacks a language. */
#include <string.h>

#include "desk-letter.h"

typedef struct
{
  const DeskLetterTemplate *template_;
  DeskLetterProblems *problems;
  GPtrArray *loops;  /* of DeskBlock: the loops around, outermost first */
  GPtrArray *lists;  /* of char *: the full names of their lists, or "" for an unknown one */
  GHashTable *codes; /* of boxes */
} Check;

static gboolean
begins_with (const char *name, const char *head)
{
  gsize length = strlen (head);

  return strncmp (name, head, length) == 0 && name[length] == '.';
}

/* "visit.date" inside <… each="visits" as="visit"> is the field "visits.date". FALSE where it belongs to a loop over a
 * list that is itself unknown: that was said already. The caller frees full. */
static gboolean
full_name (const Check *check, const char *name, char **full)
{
  *full = NULL;
  for (guint i = check->loops->len; i-- > 0;)
    {
      const DeskBlock *loop = g_ptr_array_index (check->loops, i);
      const char *list = g_ptr_array_index (check->lists, i);

      if (begins_with (name, loop->as))
        {
          *full = *list ? g_strconcat (list, name + strlen (loop->as), NULL) : NULL;
          return *full != NULL;
        }
    }
  *full = g_strdup (name);
  return TRUE;
}

/* An item's field has a value only inside its loop, where it is named by the item: so its full name is another. */
static const DeskFieldInfo *
check_name (Check *check, const char *name, int line)
{
  g_autofree char *full = NULL;

  if (!full_name (check, name, &full))
    return NULL;
  const DeskFieldInfo *info = desk_letter_field_info (full);
  if (!info)
    desk_letter_problems_add (check->problems, line, "unknown-field", name);
  else if (info->kind != DESK_FIELD_LIST && g_str_equal (full, name) && desk_letter_field_list (info))
    desk_letter_problems_add (check->problems, line, "outside-list", name);
  else
    return info;
  return NULL;
}

/* A field that is written, whose value is a text. */
static const DeskFieldInfo *
check_field (Check *check, const char *name, int line)
{
  const DeskFieldInfo *info = check_name (check, name, line);

  if (info && info->kind == DESK_FIELD_LIST)
    {
      desk_letter_problems_add (check->problems, line, "is-a-list", name);
      return NULL;
    }
  return info;
}

static void
check_run (Check *check, const DeskRun *run)
{
  const DeskFieldInfo *info = check_field (check, run->text, run->line);
  gboolean of_day = run->filter == DESK_FILTER_ERA || run->filter == DESK_FILTER_WEEKDAY || run->filter == DESK_FILTER_ISO;

  if (info && of_day && info->kind != DESK_FIELD_DAY)
    desk_letter_problems_add (check->problems, run->line, "not-a-day", run->text);
}

/* A list in a list is named through the item it is of. */
static char *
check_loop (Check *check, const DeskBlock *block)
{
  g_autofree char *full = NULL;
  const DeskFieldInfo *info = full_name (check, block->loop, &full) ? desk_letter_field_info (full) : NULL;

  if (full && (!info || info->kind != DESK_FIELD_LIST))
    desk_letter_problems_add (check->problems, block->line, "unknown-list", block->loop);
  else if (info && g_str_equal (full, block->loop) && desk_letter_field_list (info))
    desk_letter_problems_add (check->problems, block->line, "outside-list", block->loop);
  for (guint i = 0; info && i < check->lists->len; i++)
    if (g_str_equal (g_ptr_array_index (check->lists, i), full))
      desk_letter_problems_add (check->problems, block->line, "own-list", block->loop);
  for (guint i = 0; i < check->loops->len; i++)
    if (g_str_equal (((DeskBlock *) g_ptr_array_index (check->loops, i))->as, block->as))
      desk_letter_problems_add (check->problems, block->line, "name-taken", block->as);
  return g_strdup (info && info->kind == DESK_FIELD_LIST ? full : "");
}

/* What a block draws must be of the kind it draws. */
static void
check_source (Check *check, const DeskBlock *block)
{
  const DeskFieldInfo *info = block->source ? check_field (check, block->source, block->line) : NULL;

  if (info && block->kind == DESK_BLOCK_SIGNATURE && info->kind != DESK_FIELD_INK)
    desk_letter_problems_add (check->problems, block->line, "not-ink", block->source);
  if (info && block->kind == DESK_BLOCK_IMAGE && info->kind != DESK_FIELD_IMAGE)
    desk_letter_problems_add (check->problems, block->line, "not-an-image", block->source);
}

static gboolean
speaks (const Check *check, const char *language)
{
  return g_ptr_array_find_with_equal_func (check->template_->languages, language, g_str_equal, NULL);
}

static guint
count_texts (const DeskBlock *block, const char *language)
{
  guint n = 0;

  for (guint i = 0; i < block->texts->len; i++)
    n += g_strcmp0 (((DeskText *) g_ptr_array_index (block->texts, i))->language, language) == 0;
  return n;
}

/* Where one language has words, an empty text in another is one that nobody translated yet. */
static void
check_empty (Check *check, const DeskBlock *block)
{
  gboolean some = FALSE;

  for (guint i = 0; i < block->texts->len; i++)
    some |= ((DeskText *) g_ptr_array_index (block->texts, i))->runs->len > 0;
  for (guint i = 0; some && i < block->texts->len; i++)
    {
      const DeskText *text = g_ptr_array_index (block->texts, i);

      if (text->runs->len == 0)
        desk_letter_problems_add (check->problems, block->line, "text-empty", text->language);
    }
}

static void
check_languages (Check *check, const DeskBlock *block)
{
  if (!block->texts->len || !((DeskText *) g_ptr_array_index (block->texts, 0))->language)
    return;
  for (guint i = 0; i < block->texts->len; i++)
    {
      const char *language = ((DeskText *) g_ptr_array_index (block->texts, i))->language;

      if (!speaks (check, language))
        desk_letter_problems_add (check->problems, block->line, "language-unlisted", language);
    }
  for (guint i = 0; i < check->template_->languages->len; i++)
    {
      const char *language = g_ptr_array_index (check->template_->languages, i);
      guint n = count_texts (block, language);

      if (n != 1)
        desk_letter_problems_add (check->problems, block->line, n ? "language-twice" : "language-missing", language);
    }
  check_empty (check, block);
}

static void
check_own (Check *check, const DeskBlock *block)
{
  if (block->condition)
    check_name (check, block->condition + (block->condition[0] == '!'), block->line);
  if (block->tick)
    check_field (check, block->tick, block->line);
  if (block->code && !g_hash_table_add (check->codes, block->code))
    desk_letter_problems_add (check->problems, block->line, "code-twice", block->code);
  check_source (check, block);
  check_languages (check, block);
  for (guint i = 0; i < block->texts->len; i++)
    {
      const DeskText *text = g_ptr_array_index (block->texts, i);

      for (guint j = 0; j < text->runs->len; j++)
        if (((DeskRun *) g_ptr_array_index (text->runs, j))->kind == DESK_RUN_FIELD)
          check_run (check, g_ptr_array_index (text->runs, j));
    }
}

static void
check_block (Check *check, const DeskBlock *block)
{
  if (block->loop)
    {
      char *list = check_loop (check, block);

      g_ptr_array_add (check->loops, (gpointer) block);
      g_ptr_array_add (check->lists, list);
    }
  check_own (check, block);
  for (guint i = 0; i < block->children->len; i++)
    check_block (check, g_ptr_array_index (block->children, i));
  if (block->loop)
    {
      g_ptr_array_set_size (check->loops, (int) check->loops->len - 1);
      g_ptr_array_set_size (check->lists, (int) check->lists->len - 1);
    }
}

/* Notes everything in the template that nobody could fill, and every text that lacks one of the letter's languages. */
void
desk_letter_template_check (const DeskLetterTemplate *template_, DeskLetterProblems *problems)
{
  g_autoptr (GPtrArray) loops = g_ptr_array_new (), lists = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);
  Check check = { template_, problems, loops, lists, codes };
  const DeskBlock *single[] = { template_->title, template_->foot, template_->mark };

  for (guint i = 0; i < G_N_ELEMENTS (single); i++)
    if (single[i])
      check_block (&check, single[i]);
  for (guint i = 0; i < template_->blocks->len; i++)
    check_block (&check, g_ptr_array_index (template_->blocks, i));
}

static void
collect_codes (const DeskBlock *block, GPtrArray *codes)
{
  if (block->code)
    g_ptr_array_add (codes, block->code);
  for (guint i = 0; i < block->children->len; i++)
    collect_codes (g_ptr_array_index (block->children, i), codes);
}

/* The field that ticks a box with a code where the template names none: "agreed.may_store" of "may-store". No template can
 * name it; it is set when somebody agrees. The caller frees it. */
char *
desk_letter_box_field (const char *code)
{
  char *name = g_strconcat ("agreed.", code, NULL);

  return g_strdelimit (name, "-", '_');
}

/* The codes of the boxes that ask for something, in their order; they are lent as long as the template lives. */
GPtrArray *
desk_letter_template_codes (const DeskLetterTemplate *template_)
{
  GPtrArray *codes = g_ptr_array_new ();

  for (guint i = 0; i < template_->blocks->len; i++)
    collect_codes (g_ptr_array_index (template_->blocks, i), codes);
  return codes;
}
