#include "desk-labels.h"

#include <string.h>

#include "desk-error.h"
#include "desk-label-pen.h"

#define MM DESK_POINTS_PER_MM
#define MODULE (0.25 * MM)        /* ST-001: 0.25 mm for both codes … */
#define SMALLEST_MODULE (0.2 * MM) /* … and never below what an ordinary scanner resolves */
#define LARGEST_MODULE (0.6 * MM)

/* The international words with the Japanese beside them, on every label whatever the language of the window (facts/cells.md
 * 5.2). */
#define QUARANTINE "QUARANTINE  未出荷"
#define RELEASED "RELEASED  出荷可"
#define CONDITIONAL "CONDITIONALLY RELEASED  条件付き出荷"
#define AUTOLOGOUS "FOR AUTOLOGOUS USE ONLY  自己細胞専用"
#define NOT_EVALUATED "NOT EVALUATED FOR INFECTIOUS SUBSTANCES  感染症検査未実施"
#define REACTIVE "BIOHAZARD  Reactive test results for %s  感染症検査陽性"

typedef struct
{
  double x, y, width, height;
} Box;

/* A DataMatrix as large as the box lets it be, at its left edge; the width taken with the quiet zone. */
static gboolean
draw_matrix (const DeskLabelData *data, DeskLabelPen *pen, Box box, double *taken, GError **error)
{
  g_autoptr (DeskSymbol) symbol = desk_symbol_new (DESK_SYMBOL_DATAMATRIX, data->code, error);

  if (!symbol)
    return FALSE;
  double modules = desk_symbol_rows (symbol) + 2;
  double module = MIN (MIN (box.width, box.height) / modules, LARGEST_MODULE);
  if (module < SMALLEST_MODULE)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "label-too-small");
      return FALSE;
    }
  desk_symbol_draw (symbol, pen->cr, box.x + module, box.y + (box.height - (modules - 2) * module) / 2, module, 0);
  *taken = modules * module;
  return TRUE;
}

/* A Code 128 in the middle of the box, at least five millimetres high. */
static gboolean
draw_linear (const DeskLabelData *data, DeskLabelPen *pen, Box box, GError **error)
{
  g_autoptr (DeskSymbol) symbol = desk_symbol_new (DESK_SYMBOL_CODE128, data->code, error);

  if (!symbol)
    return FALSE;
  double modules = desk_symbol_columns (symbol) + 20;
  double module = MIN (box.width / modules, 1.6 * MODULE);
  if (module < 0.17 * MM) /* ST-001: the least there may be */
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "label-too-small");
      return FALSE;
    }
  desk_symbol_draw (symbol, pen->cr, box.x + (box.width - (modules - 20) * module) / 2, box.y, module, box.height);
  return TRUE;
}

/* ── cells ───────────────────────────────────────────────────────────────────────────────────── */

/* The strips at the foot, the gravest first: [0] inverse. */
static GPtrArray *
legends (const DeskLabelData *data, gboolean small)
{
  GPtrArray *strips = g_ptr_array_new_with_free_func (g_free);

  if (data->kind == DESK_LABEL_UNIT)
    g_ptr_array_add (strips, g_strdup (QUARANTINE));
  else if (data->kind == DESK_LABEL_RELEASE)
    g_ptr_array_add (strips, g_strdup (g_str_equal (data->quality, "conditional") ? CONDITIONAL : RELEASED));
  if (*data->biohazard)
    g_ptr_array_add (strips, g_strdup_printf (REACTIVE, data->biohazard));
  else if (!data->tested && !small)
    g_ptr_array_add (strips, g_strdup (NOT_EVALUATED));
  g_ptr_array_add (strips, g_strdup (AUTOLOGOUS));
  return strips;
}

/* One line under the last; nothing for no text. */
static void
line (DeskLabelPen *pen, Box *box, double size, gboolean bold, const char *before, const char *text)
{
  g_autofree char *whole = *text ? g_strconcat (before, text, NULL) : g_strdup ("");
  double height = desk_label_pen_line (pen, box->x, box->y, box->width, size * pen->scale, bold, whole);

  box->y += height;
  box->height -= height;
}

static void
draw_cell_texts (const DeskLabelData *data, DeskLabelPen *pen, Box box, gboolean small)
{
  g_autofree char *person = g_strdup_printf ("%s  %s", data->birth, data->chart);

  line (pen, &box, small ? 5.4 : 5.8, TRUE, "", data->number);
  line (pen, &box, 5.2, TRUE, "", data->patient);
  if (!small)
    line (pen, &box, 4.8, FALSE, "", data->patient_native);
  line (pen, &box, 4.6, FALSE, "", person);
  if (*data->expiry)
    line (pen, &box, 4.8, TRUE, small ? "EXP " : "EXP 使用期限 ", data->expiry);
  else
    line (pen, &box, 4.6, FALSE, "", data->made_on);
  if (small)
    return;
  line (pen, &box, 4.2, FALSE, "", data->content);
  line (pen, &box, 4.0, FALSE, "COI ", data->coi);
  line (pen, &box, 4.0, FALSE, "", data->conditions);
  line (pen, &box, 3.8, FALSE, "", data->storage);
  line (pen, &box, 3.6, FALSE, "", data->clinic);
}

static gboolean
draw_cells (const DeskLabelData *data, const DeskLabelStock *stock, DeskLabelPen *pen, GError **error)
{
  gboolean small = stock->height < 20;
  double margin = (small ? 0.6 : 1.2) * MM, strip = (small ? 1.75 : 2.75) * MM;
  Box all = { margin, margin, stock->width * MM - 2 * margin, stock->height * MM - 2 * margin };
  g_autoptr (GPtrArray) strips = legends (data, small);
  double feet = strips->len * strip, taken;
  Box code = { all.x, all.y, all.width * 0.42, all.height - feet - 0.4 * MM };

  if (!draw_matrix (data, pen, code, &taken, error))
    return FALSE;
  Box text = { all.x + taken + 0.4 * MM, all.y, all.width - taken - 0.4 * MM, code.height };
  if (*data->biohazard)
    {
      double sign = (small ? 2.6 : 5.5) * MM;

      desk_label_pen_sign (pen, all.x + all.width - sign, all.y, sign);
      text.width -= sign + 0.5 * MM;
    }
  draw_cell_texts (data, pen, text, small);
  for (guint i = 0; i < strips->len; i++)
    desk_label_pen_strip (pen, all.x, all.y + all.height - feet + i * strip, all.width, strip - 0.2 * MM, i == 0 && strips->len > 1,
                          strips->pdata[i]);
  return TRUE;
}

/* ── people ──────────────────────────────────────────────────────────────────────────────────── */

static gboolean
draw_wristband (const DeskLabelData *data, const DeskLabelStock *stock, DeskLabelPen *pen, GError **error)
{
  double margin = 2 * MM, taken;
  Box all = { margin, margin, stock->width * MM - 2 * margin, stock->height * MM - 2 * margin };
  Box code = { all.x, all.y, 18 * MM, all.height };

  if (!draw_matrix (data, pen, code, &taken, error))
    return FALSE;
  Box text = { all.x + taken + 2 * MM, all.y, 56 * MM, all.height };
  line (pen, &text, 13, TRUE, "", data->patient);
  line (pen, &text, 10, FALSE, "", data->patient_native);
  text.y += 1 * MM;
  line (pen, &text, 10, TRUE, "", data->birth);
  text.y += 0.6 * MM;
  line (pen, &text, 9, FALSE, "", data->chart);
  Box linear = { text.x + text.width + 1 * MM, all.y + 2 * MM, all.x + all.width - text.x - text.width - 1 * MM, 9 * MM };
  if (!draw_linear (data, pen, linear, error))
    return FALSE;
  desk_label_pen_line (pen, linear.x, linear.y + linear.height + 2 * MM, linear.width, 7, FALSE, data->clinic);
  return TRUE;
}

static gboolean
draw_card (const DeskLabelData *data, const DeskLabelStock *stock, DeskLabelPen *pen, GError **error)
{
  double margin = 4 * MM, taken;
  Box all = { margin, margin, stock->width * MM - 2 * margin, stock->height * MM - 2 * margin };
  Box text = { all.x, all.y, all.width, all.height };

  line (pen, &text, 9, TRUE, "", data->clinic);
  text.y += 3 * MM;
  Box code = { all.x + all.width - 15 * MM, text.y, 15 * MM, 15 * MM };
  if (!draw_matrix (data, pen, code, &taken, error))
    return FALSE;
  text.width -= 17 * MM;
  line (pen, &text, 14, TRUE, "", data->patient);
  text.y += 0.5 * MM;
  line (pen, &text, 11, FALSE, "", data->patient_native);
  text.y += 1 * MM;
  line (pen, &text, 10, FALSE, "", data->birth);
  text.y += 0.5 * MM;
  line (pen, &text, 11, TRUE, "", data->chart);
  Box linear = { all.x, all.y + all.height - 11 * MM, all.width, 10 * MM };
  return draw_linear (data, pen, linear, error);
}

/* ── things ──────────────────────────────────────────────────────────────────────────────────── */

static gboolean
draw_thing (const DeskLabelData *data, const DeskLabelStock *stock, DeskLabelPen *pen, GError **error)
{
  double margin = 1.5 * MM, taken;
  Box all = { margin, margin, stock->width * MM - 2 * margin, stock->height * MM - 2 * margin };
  Box code = { all.x, all.y, all.width * 0.4, all.height };

  if (data->kind == DESK_LABEL_DEVICE)
    {
      Box text = all, linear = { all.x, all.y + 8 * MM, all.width, 9 * MM };

      line (pen, &text, 9, TRUE, "", data->title);
      line (pen, &text, 6, FALSE, "", data->where);
      desk_label_pen_line (pen, all.x, linear.y + linear.height + 1 * MM, all.width, 8, FALSE, data->code);
      return draw_linear (data, pen, linear, error);
    }
  if (!draw_matrix (data, pen, code, &taken, error))
    return FALSE;
  Box text = { all.x + taken + 1 * MM, all.y + 1 * MM, all.width - taken - 1 * MM, all.height };
  line (pen, &text, 12, TRUE, "", data->title);
  text.y += 1 * MM;
  line (pen, &text, 7, FALSE, "", data->where);
  text.y += 1 * MM;
  line (pen, &text, 8, FALSE, "", data->code);
  line (pen, &text, 7, FALSE, "", data->storage);
  return TRUE;
}

/* Draws a label from the upper left corner of its paper. DESK_ERROR_REFUSED "label-too-small" when its code would be too
 * fine to be read. What must stand on it is desk_label_data_check ()'s to say, before. */
gboolean
desk_labels_draw (const DeskLabelData *data, const DeskLabelStock *stock, cairo_t *cr, GError **error)
{
  static gboolean (*const drawers[DESK_N_LABELS]) (const DeskLabelData *, const DeskLabelStock *, DeskLabelPen *, GError **)
      = { draw_cells, draw_cells, draw_cells, draw_wristband, draw_card, draw_thing, draw_thing };
  gboolean cells = data->kind <= DESK_LABEL_TUBE;
  DeskLabelPen pen;

  cairo_save (cr);
  desk_label_pen_init (&pen, cr, cells && stock->height > 20 ? 1.6 : 1);
  gboolean drawn = drawers[data->kind](data, stock, &pen, error);
  desk_label_pen_clear (&pen);
  cairo_restore (cr);
  return drawn;
}
