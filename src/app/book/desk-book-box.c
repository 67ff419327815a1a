#include "desk-book-box.h"

#include <string.h>

#include "desk-book-words.h"
#include "desk-clock-words.h"
#include "desk-words.h"

#define MAX_LINES 6
#define STRIPE 16
#define NARROW 60 /* room for text below which letters are cut off instead of replaced by an ellipsis */

/* Time and name are layouts of their own: one Arabic word would turn a common line right to left. */
typedef struct
{
  PangoLayout *layout;
  int x, y;
  DeskLight badge; /* the piece is the sign of a gate, on its colour; IDLE for plain text */
} Piece;

/* A box as it was last drawn, at the origin: what nothing has changed is the very same node in the next frame. */
typedef struct
{
  char *shown; /* everything the texts were made of */
  int width, height;
  Piece pieces[MAX_LINES + 4];
  guint n_pieces;
  PangoLayout *letter;
  GskRenderNode *node;
  gboolean cut;
  int waits; /* minutes */
} Text;

struct _DeskBookTexts
{
  GHashTable *table; /* key_of (box) → Text */
  guint laid_out;
};

static void
text_clear (Text *text)
{
  for (guint i = 0; i < text->n_pieces; i++)
    g_clear_object (&text->pieces[i].layout);
  text->n_pieces = 0;
  g_clear_object (&text->letter);
  g_clear_pointer (&text->node, gsk_render_node_unref);
}

static void
text_free (gpointer data)
{
  Text *text = data;

  text_clear (text);
  g_free (text->shown);
  g_free (text);
}

/* The laid-out texts of boxes, kept between frames. */
DeskBookTexts *
desk_book_texts_new (void)
{
  DeskBookTexts *texts = g_new0 (DeskBookTexts, 1);

  texts->table = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, text_free);
  return texts;
}

void
desk_book_texts_free (DeskBookTexts *texts)
{
  g_hash_table_unref (texts->table);
  g_free (texts);
}

/* Font or style changed: everything is laid out again. */
void
desk_book_texts_clear (DeskBookTexts *texts)
{
  g_hash_table_remove_all (texts->table);
}

/* How many boxes were laid out so far: what changes elsewhere lays out one. */
guint
desk_book_texts_get_laid_out (const DeskBookTexts *texts)
{
  return texts->laid_out;
}

static gint64
key_of (const DeskBookBox *box)
{
  return box->visit->id * 1024 + box->column;
}

static const char *
text_of (const char *text)
{
  return text ? text : "";
}

static char *
shown_of (const DeskBookBox *box)
{
  const DeskVisit *visit = box->visit;

  return g_strdup_printf ("%d\n%d\n%s\n%s\n%s\n%s\n%s\n%s\n%d%d%d%d\n%d", box->from, box->light, visit->type,
                          visit->status, text_of (visit->patient_name), text_of (visit->patient_native),
                          text_of (visit->languages), text_of (visit->dose_number),
                          visit->override && *visit->override, box->muted, visit->biohazard,
                          desk_book_waits (visit), box->until);
}

/* A new picture of the book: forgets the texts of boxes that are gone or say something else now. */
void
desk_book_texts_keep (DeskBookTexts *texts, const DeskBookBoard *board)
{
  GHashTable *table = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, text_free);

  for (guint i = 0; i < board->boxes->len; i++)
    {
      const DeskBookBox *box = desk_book_board_box (board, i);
      gint64 key = key_of (box);
      gpointer old_key = NULL, old = NULL;
      g_autofree char *shown = shown_of (box);

      if (!g_hash_table_steal_extended (texts->table, &key, &old_key, &old))
        continue;
      if (strcmp (((Text *) old)->shown, shown) == 0)
        g_hash_table_insert (table, old_key, old);
      else
        {
          g_free (old_key);
          text_free (old);
        }
    }
  g_hash_table_unref (texts->table);
  texts->table = table;
}

static PangoLayout *
layout_new (GtkWidget *widget, const char *words, int width, gboolean bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, words);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.86));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_auto_dir (layout, FALSE); /* names of any script begin at the same edge */
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (width >= 0)
    pango_layout_set_width (layout, width * PANGO_SCALE);
  return layout;
}

static int
layout_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* The stripe with the letter takes less of a narrow box. */
static int
stripe_width (int width)
{
  return width < 80 ? 11 : STRIPE;
}

static void
add_piece (Text *text, PangoLayout *layout, int x, int y)
{
  text->pieces[text->n_pieces++] = (Piece){ layout, x, y, DESK_LIGHT_IDLE };
}

/* "ZH ◆ ⚠ 12′": language, a dose is reserved, a warning was passed over, minutes of waiting. */
static char *
marks_of (const DeskBookBox *box, gboolean dose)
{
  const DeskVisit *visit = box->visit;
  g_auto (GStrv) languages = g_strsplit (text_of (visit->languages), ",", 2);
  g_autofree char *language = g_ascii_strup (text_of (languages[0]), -1);
  GString *marks = g_string_new (language);

  if (dose && visit->dose_number)
    g_string_append (marks, marks->len ? " ◆" : "◆");
  if (visit->override && *visit->override)
    g_string_append (marks, marks->len ? " ⚠" : "⚠");
  if (desk_book_waits (visit))
    g_string_append_printf (marks, "%s%d′", marks->len ? " " : "", desk_book_waiting_minutes (visit));
  return g_string_free (marks, FALSE);
}

/* The lines below the first, the most needed first, as many as there is room for. */
static guint
fill_lines (const DeskBookBoard *board, const DeskVisit *visit, guint room, gboolean name_above, char **lines)
{
  guint n = 0;
  const char *type = desk_book_type_name (desk_book_board_type (board, visit->type));

  if (!name_above && n < room)
    lines[n++] = g_strdup (text_of (visit->patient_name));
  if (n < room && room - n > 1 && *text_of (visit->patient_native))
    lines[n++] = g_strdup (visit->patient_native);
  if (n < room)
    lines[n++] = g_strdup (type);
  if (n < room && (lines[n] = desk_clock_theirs_short (visit)))
    n++;
  if (n < room && visit->dose_number)
    lines[n++] = g_strdup_printf ("%s %s", visit->biohazard ? "☣" : "◆", visit->dose_number);
  if (n < room)
    lines[n++] = desk_book_status_words (visit);
  return n;
}

/* Cut off by the box: an ellipsis would take the room of half the letters there are. */
static void
lay_out_narrow (Text *text, GtkWidget *widget, const DeskBookBoard *board, const DeskVisit *visit, int line)
{
  guint room = CLAMP (text->height / MAX (line, 1), 1, MAX_LINES);
  char *lines[MAX_LINES];
  guint n = fill_lines (board, visit, room, FALSE, lines);

  for (guint i = 0; i < n; i++)
    {
      add_piece (text, layout_new (widget, lines[i], -1, FALSE), stripe_width (text->width) + 2, (int) i * line);
      g_free (lines[i]);
    }
  text->letter = layout_new (widget, desk_book_status_letter (visit->status), -1, TRUE);
}

/* The gate as a sign on its colour, at the right end of the first line; the room that is left. */
static int
add_badge (Text *text, GtkWidget *widget, DeskLight light, int right, int top)
{
  static const char *const signs[] = { [DESK_LIGHT_GREEN] = "✓", [DESK_LIGHT_AMBER] = "△", [DESK_LIGHT_RED] = "✕" };

  if (light == DESK_LIGHT_IDLE)
    return right;
  PangoLayout *sign = layout_new (widget, signs[light], -1, TRUE);
  int x = right - layout_width (sign) - 2;
  add_piece (text, sign, x, top);
  text->pieces[text->n_pieces - 1].badge = light;
  return x - 5;
}

static void
text_lay_out (Text *text, GtkWidget *widget, const DeskBookBoard *board, const DeskBookBox *box)
{
  const DeskVisit *visit = box->visit;
  int left = stripe_width (text->width) + 3, right = text->width - 3;
  g_autofree char *time = desk_book_time_words (box->from);
  g_autoptr (PangoLayout) first = layout_new (widget, time, -1, TRUE);
  int line, time_width = layout_width (first), top = text->height < 20 ? 0 : 1;
  char *lines[MAX_LINES];

  pango_layout_get_pixel_size (first, NULL, &line);
  if (right - left < NARROW)
    {
      /* The place says the time; the few letters that fit say who. */
      lay_out_narrow (text, widget, board, visit, line);
      return;
    }
  guint room = CLAMP ((text->height - top) / MAX (line, 1), 1, MAX_LINES) - 1;
  gboolean name_above = room == 0 || right - left - time_width > 130;
  g_autofree char *marks = marks_of (box, room < 4);
  g_autoptr (PangoLayout) mark = layout_new (widget, marks, -1, FALSE);
  int mark_width = layout_width (mark);

  add_piece (text, g_object_ref (first), left, top);
  right = add_badge (text, widget, box->light, right, top);
  if (mark_width > 0 && left + time_width + 4 + mark_width <= right)
    {
      right -= mark_width;
      add_piece (text, g_object_ref (mark), right, top);
      right -= 4;
    }
  if (name_above && right - left - time_width > 12)
    add_piece (text, layout_new (widget, text_of (visit->patient_name), right - left - time_width - 5, FALSE),
               left + time_width + 5, top);

  guint n = fill_lines (board, visit, room, name_above, lines);
  for (guint i = 0; i < n; i++)
    {
      add_piece (text, layout_new (widget, lines[i], text->width - 3 - left, FALSE), left, top + (int) (i + 1) * line);
      g_free (lines[i]);
    }
  text->letter = layout_new (widget, desk_book_status_letter (visit->status), -1, TRUE);
}

static Text *
text_for (DeskBookTexts *texts, GtkWidget *widget, const DeskBookBoard *board, const DeskBookBox *box, int width,
          int height)
{
  gint64 key = key_of (box);
  Text *text = g_hash_table_lookup (texts->table, &key);

  if (!text)
    {
      text = g_new0 (Text, 1);
      text->shown = shown_of (box);
      g_hash_table_insert (texts->table, g_memdup2 (&key, sizeof key), text);
    }
  if (text->waits != desk_book_waiting_minutes (box->visit))
    text->width = -1;
  if (text->width == width && text->height == height)
    return text;
  text_clear (text);
  text->width = width;
  text->height = height;
  text->waits = desk_book_waiting_minutes (box->visit);
  text_lay_out (text, widget, board, box);
  texts->laid_out++;
  return text;
}

static void
draw_layout (GtkSnapshot *snapshot, PangoLayout *layout, double x, double y, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_piece (GtkSnapshot *snapshot, const Piece *piece, const GdkRGBA *ink)
{
  static const GdkRGBA paper = { 1, 1, 1, 1 }, black = { 0, 0, 0, 1 };
  static const GdkRGBA badges[] = { [DESK_LIGHT_GREEN] = { 0, 0.45f, 0.33f, 1 }, [DESK_LIGHT_AMBER] = { 0.94f, 0.75f, 0.2f, 1 },
                                    [DESK_LIGHT_RED] = { 0.75f, 0.2f, 0, 1 } };
  int width, height;

  if (piece->badge != DESK_LIGHT_IDLE)
    {
      pango_layout_get_pixel_size (piece->layout, &width, &height);
      gtk_snapshot_append_color (snapshot, &badges[piece->badge],
                                 &GRAPHENE_RECT_INIT ((float) piece->x - 2, (float) piece->y + 1, (float) width + 4,
                                                      (float) height - 2));
      ink = piece->badge == DESK_LIGHT_AMBER ? &black : &paper;
    }
  draw_layout (snapshot, piece->layout, piece->x, piece->y, ink);
}

/* A proposal is dashed, a held time dotted: not yet promised. */
static void
draw_outline (GtkSnapshot *snapshot, const char *status, const graphene_rect_t *area, const GdkRGBA *color)
{
  gboolean proposed = strcmp (status, "proposed") == 0, held = strcmp (status, "held") == 0;

  if (!proposed && !held)
    {
      GskRoundedRect outline;

      gsk_rounded_rect_init_from_rect (&outline, area, 0);
      gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                                  (GdkRGBA[4]){ *color, *color, *color, *color });
      return;
    }
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, area);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 2);
  cairo_set_dash (cr, proposed ? (double[]){ 6, 4 } : (double[]){ 2, 3 }, 2, 0);
  cairo_rectangle (cr, 1, 1, area->size.width - 2, area->size.height - 2);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static GskRenderNode *
draw (GtkWidget *widget, const Text *text, const DeskBookBox *box, const GdkRGBA *paper)
{
  static const GdkRGBA white = { 1, 1, 1, 1 }, black = { 0, 0, 0, 1 };
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  const float width = (float) text->width, height = (float) text->height;
  const graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, width, height);
  const int band = stripe_width (text->width);
  gboolean over = desk_visit_is_final (box->visit->status);
  GdkRGBA stripe, ink, fill;

  desk_book_status_color (box->visit->status, &stripe);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  fill = stripe;
  fill.alpha = over ? 0.12f : 0.22f;
  if (over)
    ink.alpha *= 0.75f;

  gtk_snapshot_append_color (snapshot, paper, &area);
  if (text->cut || box->muted)
    gtk_snapshot_push_opacity (snapshot, text->cut ? 0.4 : 0.45);
  gtk_snapshot_append_color (snapshot, &fill, &area);
  gtk_snapshot_append_color (snapshot, &stripe, &GRAPHENE_RECT_INIT (0, 0, (float) band, height));
  draw_outline (snapshot, box->visit->status, &area, &stripe);
  float bright = 0.3f * stripe.red + 0.59f * stripe.green + 0.11f * stripe.blue;
  draw_layout (snapshot, text->letter, (band - layout_width (text->letter)) / 2, height < 20 ? 0 : 1,
               bright > 0.55f ? &black : &white);
  gtk_snapshot_push_clip (snapshot, &area);
  for (guint i = 0; i < text->n_pieces; i++)
    draw_piece (snapshot, &text->pieces[i], &ink);
  gtk_snapshot_pop (snapshot);
  if (text->cut || box->muted)
    gtk_snapshot_pop (snapshot);
  return gtk_snapshot_free_to_node (snapshot);
}

/* Draws the box into area, over paper; one that has been cut is pale. */
void
desk_book_box_draw (GtkSnapshot *snapshot, GtkWidget *widget, DeskBookTexts *texts, const DeskBookBoard *board,
                    const DeskBookBox *box, const graphene_rect_t *area, const GdkRGBA *paper, gboolean cut)
{
  Text *text = text_for (texts, widget, board, box, (int) area->size.width, (int) area->size.height);

  if (!text->node || text->cut != cut)
    {
      g_clear_pointer (&text->node, gsk_render_node_unref);
      text->cut = cut;
      text->node = draw (widget, text, box, paper);
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &area->origin);
  gtk_snapshot_append_node (snapshot, text->node);
  gtk_snapshot_restore (snapshot);
}
