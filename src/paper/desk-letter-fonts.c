#include "desk-letter-fonts.h"

#include <string.h>

#define KEPT 2 /* a preview and a print */

/* Finding and opening fonts takes longer than setting a letter with them: who is done leaves them to the next. */
static GMutex lock;
static DeskLetterFonts *kept[KEPT];

/* Lines break alike on screen and paper because nothing is hinted. */
static PangoContext *
new_context (PangoFontMap *map, PangoDirection direction)
{
  PangoContext *context = pango_font_map_create_context (map);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_base_dir (context, direction);
  return context;
}

/* Fonts for one letter at a time; give them back when nothing set with them is left. */
DeskLetterFonts *
desk_letter_fonts_take (void)
{
  DeskLetterFonts *fonts = NULL;

  g_mutex_lock (&lock);
  for (guint i = 0; i < KEPT && !fonts; i++)
    fonts = g_steal_pointer (&kept[i]);
  g_mutex_unlock (&lock);
  if (fonts)
    return fonts;
  fonts = g_new0 (DeskLetterFonts, 1);
  fonts->map = pango_cairo_font_map_new ();
  fonts->ltr = new_context (fonts->map, PANGO_DIRECTION_LTR);
  fonts->rtl = new_context (fonts->map, PANGO_DIRECTION_RTL);
  return fonts;
}

static void
fonts_free (DeskLetterFonts *fonts)
{
  g_object_unref (fonts->ltr);
  g_object_unref (fonts->rtl);
  g_object_unref (fonts->map);
  g_free (fonts);
}

/* again: whether another letter may be set with them. Where a font was missing, it may be installed by then. */
void
desk_letter_fonts_give_back (DeskLetterFonts *fonts, gboolean again)
{
  g_mutex_lock (&lock);
  for (guint i = 0; again && fonts && i < KEPT; i++)
    if (!kept[i])
      kept[i] = g_steal_pointer (&fonts);
  g_mutex_unlock (&lock);
  if (fonts)
    fonts_free (fonts);
}

/* Whether a language is written from right to left. */
gboolean
desk_language_is_rtl (const char *language)
{
  static const char *const languages[] = { "ar", "he", "fa", "ur", "ps", "dv", "yi", "ckb", "ug" };

  for (guint i = 0; language && i < G_N_ELEMENTS (languages); i++)
    {
      gsize length = strlen (languages[i]);

      if (strncmp (language, languages[i], length) == 0 && (language[length] == '\0' || language[length] == '-'))
        return TRUE;
    }
  return FALSE;
}
