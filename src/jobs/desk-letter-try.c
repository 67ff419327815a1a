#include "desk-letter-try.h"

#include <string.h>

#include "desk-error.h"
#include "desk-letter-gather.h"
#include "desk-letter-page.h"
#include "desk-letter-reader.h"

#define MOST_PAGES 12 /* drawn; nobody scrolls further while writing */

/* A look at a text, which is copied. */
DeskLetterTry *
desk_letter_try_new (const char *xml)
{
  DeskLetterTry *try_ = g_new0 (DeskLetterTry, 1);

  try_->xml = g_strdup (xml);
  return try_;
}

void
desk_letter_try_free (DeskLetterTry *try_)
{
  g_free (try_->xml);
  g_free (try_->language);
  g_clear_pointer (&try_->problems, desk_letter_problems_free);
  g_strfreev (try_->languages);
  g_clear_pointer (&try_->pages, g_ptr_array_unref);
  g_free (try_);
}

/* What is wrong with a text, by line. */
DeskLetterProblems *
desk_letter_try_check (const char *xml)
{
  DeskLetterProblems *problems = desk_letter_problems_new ();
  DeskLetterTemplate *template_ = desk_letter_read_all (xml, -1, problems);

  g_clear_pointer (&template_, desk_letter_template_free);
  desk_letter_problems_sort (problems);
  return problems;
}

/* ── sample values ── */

static void
add_sample (DeskFields *fields, const DeskFieldInfo *info, const char *name)
{
  static const char ink[] = "60,560 140,380 190,620 260,420 330,600;420,470 520,590 640,380 760,600 930,450";
  g_autofree char *shown = g_strdup_printf ("‹%s›", info->name);

  if (info->kind == DESK_FIELD_DAY)
    desk_fields_set_day (fields, name, "2026-02-01");
  else if (info->kind != DESK_FIELD_IMAGE)
    desk_fields_set (fields, name,
                     info->kind == DESK_FIELD_MONEY  ? "123,456"
                     : info->kind == DESK_FIELD_CODE ? "Y26-000000-0"
                     : info->kind == DESK_FIELD_INK  ? ink
                     : info->kind == DESK_FIELD_YES  ? "✓"
                                                     : shown);
}

/* Every field of a list (NULL: outside of any) that has no value yet gets one that shows its name; a list has two items. */
static void
add_samples (DeskFields *fields, const DeskFieldInfo *list)
{
  guint n;
  const DeskFieldInfo *infos = desk_letter_field_infos (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *name = infos[i].name + (list ? strlen (list->name) + 1 : 0);
      DeskFieldValue value;

      if (desk_letter_field_list (&infos[i]) != list)
        continue;
      if (infos[i].kind != DESK_FIELD_LIST && !desk_fields_find (fields, name, "en", &value))
        add_sample (fields, &infos[i], name);
      for (int item = 0; infos[i].kind == DESK_FIELD_LIST && item < 2; item++)
        add_samples (desk_fields_add (fields, name), &infos[i]);
    }
}

/* ── pages ── */

static cairo_surface_t *
draw_page (const DeskLetterLayout *layout, guint page, int width)
{
  double scale = width / DESK_PAPER_WIDTH;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, (int) (DESK_PAPER_HEIGHT * scale));
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  desk_letter_layout_draw (layout, cr, page);
  cairo_destroy (cr);
  return surface;
}

static void
draw_pages (DeskLetterTry *try_, const DeskLetter *letter)
{
  g_autoptr (DeskLetterLayout) layout = desk_letter_layout_new (letter, NULL);

  try_->n_pages = desk_letter_layout_n_pages (layout);
  try_->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  for (guint i = 0; i < MIN (try_->n_pages, MOST_PAGES); i++)
    g_ptr_array_add (try_->pages, draw_page (layout, i, MAX (try_->width, 100)));
}

static void
note_languages (DeskLetterTry *try_, const DeskLetterTemplate *template_)
{
  g_autoptr (GStrvBuilder) languages = g_strv_builder_new ();

  for (guint i = 0; i < template_->languages->len; i++)
    {
      g_strv_builder_add (languages, template_->languages->pdata[i]);
      if (g_strcmp0 (template_->languages->pdata[i], try_->language) == 0)
        try_->shown = i;
    }
  try_->languages = g_strv_builder_end (languages);
}

/* Fills in what came of the text. FALSE only where the clinic's file or the values stand in the way; a text that is no
 * letter has problems and no pages. */
gboolean
desk_letter_try_draw (DeskDb *db, DeskLetterTry *try_, GError **error)
{
  try_->problems = desk_letter_problems_new ();
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_read_all (try_->xml, -1, try_->problems);

  desk_letter_problems_sort (try_->problems);
  if (!template_ || desk_letter_problems_block (try_->problems))
    return TRUE;
  note_languages (try_, template_);
  DeskLetterWanted wanted = { .name = template_->name, .language = try_->languages[try_->shown], .patient_id = try_->patient_id };
  g_autoptr (DeskFields) fields = desk_letter_gather (db, template_, &wanted, try_->today, error);
  if (!fields)
    return FALSE;
  if (!try_->patient_id)
    add_samples (fields, NULL);
  g_autoptr (DeskLetter) letter = desk_letter_fill (template_, fields, wanted.language, try_->today, error);
  if (!letter)
    return FALSE;
  try_->n_missing = g_strv_length ((char **) desk_letter_missing (letter));
  draw_pages (try_, letter);
  return TRUE;
}
