#include "desk-pdf-fonts.h"

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <hb-subset.h>
#include <pango/pangofc-font.h>
#include <string.h>

#include "desk-error.h"

/* A file of a font, whatever size it is used in. */
typedef struct
{
  hb_face_t *whole;        /* NULL for one that cairo embeds rightly */
  hb_set_t *glyphs;
  hb_subset_plan_t *plan;  /* where the glyphs went */
  cairo_font_face_t *part; /* NULL until cut, or where that failed */
} Face;

struct _DeskPdfFonts
{
  GHashTable *faces; /* "index file" → Face */
  GHashTable *missing; /* scripts (ISO 15924) of letters that no font has */
  GHashTable *known; /* PangoFont → its Face; owns the fonts, so that none is taken for another at its address */
  gboolean cut;
};

static const cairo_user_data_key_t surface_key, memory_key;

static void
face_free (gpointer data)
{
  Face *face = data;

  hb_face_destroy (face->whole);
  hb_set_destroy (face->glyphs);
  hb_subset_plan_destroy (face->plan);
  g_clear_pointer (&face->part, cairo_font_face_destroy);
  g_free (face);
}

DeskPdfFonts *
desk_pdf_fonts_new (void)
{
  DeskPdfFonts *fonts = g_new0 (DeskPdfFonts, 1);

  fonts->faces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, face_free);
  fonts->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fonts->known = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  return fonts;
}

void
desk_pdf_fonts_free (DeskPdfFonts *fonts)
{
  if (!fonts)
    return;
  g_hash_table_unref (fonts->known);
  g_hash_table_unref (fonts->missing);
  g_hash_table_unref (fonts->faces);
  g_free (fonts);
}

/* ── listening ───────────────────────────────────────────────────────────────────────────────── */

/* A PDF that is written nowhere, so that text is measured as on the one to come; nothing is drawn in its empty clip. The
 * caller destroys it. */
cairo_t *
desk_pdf_fonts_listen (DeskPdfFonts *fonts)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (NULL, NULL, 1, 1);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_set_user_data (surface, &surface_key, fonts, NULL);
  cairo_surface_destroy (surface);
  cairo_rectangle (cr, 0, 0, 0, 0);
  cairo_clip (cr);
  return cr;
}

/* The fonts of the surface that is drawn on; NULL where they need no care: on screen, in a picture. */
DeskPdfFonts *
desk_pdf_fonts_of (cairo_t *cr)
{
  return cairo_surface_get_user_data (cairo_get_target (cr), &surface_key);
}

gboolean
desk_pdf_fonts_listens (const DeskPdfFonts *fonts)
{
  return !fonts->cut;
}

static Face *
face_new (PangoFont *font)
{
  Face *face = g_new0 (Face, 1);
  hb_face_t *whole = hb_font_get_face (pango_font_get_hb_font (font));
  hb_blob_t *outlines = hb_face_reference_table (whole, HB_TAG ('C', 'F', 'F', ' '));

  if (hb_blob_get_length (outlines) > 0)
    {
      face->whole = hb_face_reference (whole);
      face->glyphs = hb_set_create ();
    }
  hb_blob_destroy (outlines);
  return face;
}

/* By file, not by the object in memory: letters that are bound together have their fonts each from a map of its own. */
static Face *
find_face (DeskPdfFonts *fonts, PangoFont *font)
{
  Face *face = g_hash_table_lookup (fonts->known, font);
  FcChar8 *file = NULL;
  int index = 0;

  if (face)
    return face;
  if (PANGO_IS_FC_FONT (font))
    {
      FcPatternGetString (pango_fc_font_get_pattern (PANGO_FC_FONT (font)), FC_FILE, 0, &file);
      FcPatternGetInteger (pango_fc_font_get_pattern (PANGO_FC_FONT (font)), FC_INDEX, 0, &index);
    }
  g_autofree char *key = g_strdup_printf ("%d %s", index, file ? (const char *) file : "");
  face = g_hash_table_lookup (fonts->faces, key);
  if (!face)
    g_hash_table_insert (fonts->faces, g_steal_pointer (&key), face = face_new (font));
  g_hash_table_insert (fonts->known, g_object_ref (font), face);
  return face;
}

/* Whether a font has outlines that cairo would cut wrongly. */
gboolean
desk_pdf_fonts_concerned (DeskPdfFonts *fonts, PangoFont *font)
{
  return find_face (fonts, font)->whole != NULL;
}

void
desk_pdf_fonts_note (DeskPdfFonts *fonts, PangoFont *font, guint glyph)
{
  hb_set_add (find_face (fonts, font)->glyphs, glyph);
}

/* A letter that no font of this computer can draw: it would print as a box. */
void
desk_pdf_fonts_miss (DeskPdfFonts *fonts, gunichar letter)
{
  guint32 code = g_unicode_script_to_iso15924 (g_unichar_get_script (letter));

  g_hash_table_add (fonts->missing, g_strdup_printf ("%c%c%c%c", code >> 24, code >> 16 & 255, code >> 8 & 255, code & 255));
}

/* After listening: DESK_ERROR_REFUSED "font-missing-Hani" for the first script that cannot be drawn. A name as boxes is
 * nobody's. */
gboolean
desk_pdf_fonts_check (const DeskPdfFonts *fonts, GError **error)
{
  g_autoptr (GList) scripts = g_list_sort (g_hash_table_get_keys (fonts->missing), (GCompareFunc) strcmp);

  if (scripts)
    g_set_error (error, DESK_ERROR, DESK_ERROR_REFUSED, "font-missing-%s", (const char *) scripts->data);
  return !scripts;
}

/* ── cutting ─────────────────────────────────────────────────────────────────────────────────── */

/* What cairo reads from until it lets go of the font, which may be after the document. */
typedef struct
{
  FT_Library library;
  FT_Face face;
  hb_blob_t *bytes;
} Memory;

static void
memory_free (gpointer data)
{
  Memory *memory = data;

  if (memory->face)
    FT_Done_Face (memory->face);
  if (memory->library)
    FT_Done_FreeType (memory->library);
  hb_blob_destroy (memory->bytes);
  g_free (memory);
}

static cairo_font_face_t *
open_part (hb_face_t *part)
{
  Memory *memory = g_new0 (Memory, 1);
  cairo_font_face_t *face = NULL;
  unsigned int length;

  memory->bytes = hb_face_reference_blob (part);
  const char *data = hb_blob_get_data (memory->bytes, &length);
  if (FT_Init_FreeType (&memory->library) == 0
      && FT_New_Memory_Face (memory->library, (const FT_Byte *) data, length, 0, &memory->face) == 0)
    face = cairo_ft_font_face_create_for_ft_face (memory->face, 0);
  if (!face || cairo_font_face_set_user_data (face, &memory_key, memory, memory_free) != CAIRO_STATUS_SUCCESS)
    {
      g_clear_pointer (&face, cairo_font_face_destroy);
      memory_free (memory);
    }
  return face;
}

static void
cut_face (Face *face)
{
  static const hb_tag_t shaping[] = { HB_TAG ('G', 'S', 'U', 'B'), HB_TAG ('G', 'P', 'O', 'S'), HB_TAG ('G', 'D', 'E', 'F') };
  hb_subset_input_t *input = hb_subset_input_create_or_fail ();

  if (!input)
    return;
  hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_DESUBROUTINIZE);
  hb_set_union (hb_subset_input_glyph_set (input), face->glyphs);
  for (guint i = 0; i < G_N_ELEMENTS (shaping); i++) /* or the glyphs that might take their place would come along */
    hb_set_add (hb_subset_input_set (input, HB_SUBSET_SETS_DROP_TABLE_TAG), shaping[i]);
  face->plan = hb_subset_plan_create_or_fail (face->whole, input);
  hb_subset_input_destroy (input);
  hb_face_t *part = face->plan ? hb_subset_plan_execute_or_fail (face->plan) : NULL;
  face->part = part ? open_part (part) : NULL;
  hb_face_destroy (part);
}

/* Everything was listened to: from here on the surface, which is not yet drawn on, gets the fonts cut to it. They must live
 * as long. */
void
desk_pdf_fonts_cut (DeskPdfFonts *fonts, cairo_surface_t *surface)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, fonts->faces);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Face *) value)->whole)
      cut_face (value);
  fonts->cut = TRUE;
  cairo_surface_set_user_data (surface, &surface_key, fonts, NULL);
}

/* The font, cut, at the size of this one, for the caller to destroy; NULL where it could not be cut. */
cairo_scaled_font_t *
desk_pdf_fonts_scaled (DeskPdfFonts *fonts, PangoFont *font)
{
  cairo_scaled_font_t *whole = pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font));
  const Face *face = find_face (fonts, font);
  cairo_font_options_t *options;
  cairo_matrix_t matrix, ctm;

  if (!face->part || !whole)
    return NULL;
  options = cairo_font_options_create ();
  cairo_scaled_font_get_font_options (whole, options);
  cairo_scaled_font_get_font_matrix (whole, &matrix);
  cairo_scaled_font_get_ctm (whole, &ctm);
  cairo_scaled_font_t *part = cairo_scaled_font_create (face->part, &matrix, &ctm, options);
  cairo_font_options_destroy (options);
  return part;
}

/* Where a glyph is in the font that was cut; FALSE for one that was not listened to. */
gboolean
desk_pdf_fonts_place (DeskPdfFonts *fonts, PangoFont *font, guint glyph, gulong *place)
{
  const Face *face = find_face (fonts, font);

  if (!face->glyphs || !hb_set_has (face->glyphs, glyph) || !face->plan)
    return FALSE;
  *place = hb_map_get (hb_subset_plan_old_to_new_glyph_mapping (face->plan), glyph);
  return TRUE;
}
