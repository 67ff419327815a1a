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
#define COPY "COPY, NOT A LABEL  控え・貼付不可"
#define RELEASED "RELEASED  出荷可"
#define CONDITIONAL "CONDITIONALLY RELEASED  条件付き出荷"
#define AUTOLOGOUS "FOR AUTOLOGOUS USE ONLY  自己細胞専用"
#define NOT_EVALUATED "NOT EVALUATED FOR INFECTIOUS SUBSTANCES  感染症検査未実施"
#define REACTIVE "BIOHAZARD  Reactive test results for %s  感染症検査陽性"
#define BOTH_SHORT "QUARANTINE 未出荷  BIOHAZARD 感染症検査陽性 %s"
#define REACTIVE_SHORT "BIOHAZARD  感染症検査陽性 %s"
#define NEXT_VISITS "NEXT VISITS  次回のご予約"
#define MAX_LINES 10

typedef struct
{
  double x, y, width, height;
} Box;

/* A square symbol as large as the box lets it be, at its left edge; the width taken with the quiet zone. */
static gboolean
draw_square (DeskSymbolKind kind, const char *code, DeskLabelPen *pen, Box box, double *taken, GError **error)
{
  g_autoptr (DeskSymbol) symbol = desk_symbol_new (kind, code, error);

  if (!symbol)
    return FALSE;
  double quiet = kind == DESK_SYMBOL_QR ? 4 : 1, modules = desk_symbol_rows (symbol) + 2 * quiet;
  double module = MIN (MIN (box.width, box.height) / modules, LARGEST_MODULE);
  if (module < SMALLEST_MODULE)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "label-too-small");
      return FALSE;
    }
  desk_symbol_draw (symbol, pen->cr, box.x + quiet * module, box.y + (box.height - (modules - 2 * quiet) * module) / 2, module, 0);
  *taken = modules * module;
  return TRUE;
}

static gboolean
draw_matrix (const DeskLabelData *data, DeskLabelPen *pen, Box box, double *taken, GError **error)
{
  return draw_square (DESK_SYMBOL_DATAMATRIX, data->code, pen, box, taken, error);
}

/* For the cameras of telephones, which read no DataMatrix. */
static gboolean
draw_qr (const DeskLabelData *data, DeskLabelPen *pen, Box box, GError **error)
{
  double taken;

  return draw_square (DESK_SYMBOL_QR, data->code, pen, box, &taken, error);
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

/* The strips at the foot, the gravest first; on a vial what is grave shares one. */
static GPtrArray *
legends (const DeskLabelData *data, gboolean small)
{
  GPtrArray *strips = g_ptr_array_new_with_free_func (g_free);
  gboolean both = small && data->kind == DESK_LABEL_UNIT && *data->biohazard && !data->copy;

  if (both)
    g_ptr_array_add (strips, g_strdup_printf (BOTH_SHORT, data->biohazard));
  else if (data->kind == DESK_LABEL_UNIT)
    g_ptr_array_add (strips, g_strdup (data->copy ? COPY : QUARANTINE));
  else if (data->kind == DESK_LABEL_RELEASE)
    g_ptr_array_add (strips, g_strdup (g_str_equal (data->quality, "conditional") ? CONDITIONAL : RELEASED));
  if (*data->biohazard && !both)
    g_ptr_array_add (strips, small ? g_strdup_printf (REACTIVE_SHORT, data->biohazard) : g_strdup_printf (REACTIVE, data->biohazard));
  else if (!*data->biohazard && !data->tested && !small)
    g_ptr_array_add (strips, g_strdup (NOT_EVALUATED));
  g_ptr_array_add (strips, g_strdup (AUTOLOGOUS));
  return strips;
}

/* One line under the last; nothing for no text. */
static void
line (DeskLabelPen *pen, Box *box, double size, DeskLabelWeight weight, const char *text)
{
  box->y += desk_label_pen_line (pen, box->x, box->y, box->width, size, weight, text);
}

typedef struct
{
  double size;
  gboolean bold;
  const char *before, *text;
} Line;

static double
write_lines (DeskLabelPen *pen, Box box, const Line *lines, guint n, double factor, gboolean measure)
{
  double from = box.y;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *whole = *lines[i].text ? g_strconcat (lines[i].before, lines[i].text, NULL) : g_strdup ("");
      DeskLabelWeight weight = (lines[i].bold ? DESK_LABEL_BOLD : DESK_LABEL_PLAIN) | (measure ? DESK_LABEL_MEASURE : 0);

      box.y += desk_label_pen_line (pen, box.x, box.y, box.width, lines[i].size * pen->scale * factor, weight, whole);
    }
  return box.y - from;
}

/* As many lines as fit, smaller before fewer; without the first four there is no label. */
static gboolean
fit_lines (DeskLabelPen *pen, Box box, const Line *lines, guint n)
{
  for (; n >= 4; n--)
    for (double factor = 1; factor > 0.69; factor -= 0.05)
      if (write_lines (pen, box, lines, n, factor, TRUE) <= box.height)
        {
          write_lines (pen, box, lines, n, factor, FALSE);
          return TRUE;
        }
  return FALSE;
}

static gboolean
draw_cell_texts (const DeskLabelData *data, DeskLabelPen *pen, Box box, gboolean small, GError **error)
{
  g_autofree char *person = g_strdup_printf ("%s  %s", data->birth, data->chart);
  const Line lines[MAX_LINES] = {
    { small ? 5 : 6, TRUE, "", data->number },
    { 5.6, TRUE, "", data->patient },
    { 5, FALSE, "", person },
    { 5.4, TRUE, *data->expiry ? small ? "EXP " : "EXP 使用期限 " : "", *data->expiry ? data->expiry : data->made_on },
    { 5, FALSE, "", small ? "" : data->patient_native },
    { 4.4, FALSE, "COI ", data->coi },
    { 4.4, FALSE, "", small ? "" : data->content },
    { 4.2, FALSE, "", small ? "" : data->conditions },
    { 4.2, FALSE, "", small ? "" : data->storage },
    { 4, FALSE, "", small ? "" : data->clinic },
  };

  if (fit_lines (pen, box, lines, small ? 6 : MAX_LINES))
    return TRUE;
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "label-too-small");
  return FALSE;
}

static gboolean
draw_cells (const DeskLabelData *data, const DeskLabelStock *stock, DeskLabelPen *pen, GError **error)
{
  gboolean small = stock->height < 20;
  double margin = (small ? 0.6 : 1.2) * MM, strip = (small ? 1.65 : 2.6) * MM;
  Box all = { margin, margin, stock->width * MM - 2 * margin, stock->height * MM - 2 * margin };
  g_autoptr (GPtrArray) strips = legends (data, small);
  double feet = strips->len * strip, taken;
  Box code = { all.x, all.y, all.width * 0.36, all.height - feet - 0.4 * MM };

  if (!draw_matrix (data, pen, code, &taken, error))
    return FALSE;
  Box text = { all.x + taken + 0.4 * MM, all.y, all.width - taken - 0.4 * MM, code.height };
  if (*data->biohazard)
    {
      double sign = (small ? 2.4 : 5.5) * MM;

      desk_label_pen_sign (pen, all.x + all.width - sign, all.y, sign);
      text.width -= small ? 0 : sign + 0.5 * MM;
    }
  if (!draw_cell_texts (data, pen, text, small, error))
    return FALSE;
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
  line (pen, &text, 15, DESK_LABEL_BOLD, data->patient);
  line (pen, &text, 11, DESK_LABEL_PLAIN, data->patient_native);
  text.y += 0.6 * MM;
  line (pen, &text, 12, DESK_LABEL_BOLD, data->birth);
  line (pen, &text, 10, DESK_LABEL_PLAIN, data->chart);
  Box linear = { text.x + text.width, all.y + 2 * MM, all.x + all.width - text.x - text.width, 9 * MM };
  if (!draw_linear (data, pen, linear, error))
    return FALSE;
  desk_label_pen_line (pen, linear.x + 3 * MM, linear.y + linear.height + 2 * MM, linear.width - 3 * MM, 7, DESK_LABEL_PLAIN, data->clinic);
  return TRUE;
}

static gboolean
draw_card (const DeskLabelData *data, const DeskLabelStock *stock, DeskLabelPen *pen, GError **error)
{
  double margin = 4 * MM, taken;
  Box all = { margin, margin, stock->width * MM - 2 * margin, stock->height * MM - 2 * margin };
  Box text = { all.x, all.y, all.width, all.height };

  line (pen, &text, 9, DESK_LABEL_BOLD, data->clinic);
  text.y += 3 * MM;
  Box code = { all.x + all.width - 15 * MM, text.y, 15 * MM, 15 * MM };
  if (!draw_matrix (data, pen, code, &taken, error))
    return FALSE;
  text.width -= 17 * MM;
  line (pen, &text, 14, DESK_LABEL_BOLD, data->patient);
  text.y += 0.5 * MM;
  line (pen, &text, 11, DESK_LABEL_PLAIN, data->patient_native);
  text.y += 1 * MM;
  line (pen, &text, 10, DESK_LABEL_PLAIN, data->birth);
  text.y += 0.5 * MM;
  line (pen, &text, 11, DESK_LABEL_BOLD, data->chart);
  Box qr = { all.x + all.width - 15 * MM, all.y + all.height - 17 * MM, 17 * MM, 17 * MM };
  Box linear = { all.x, all.y + all.height - 11 * MM, all.width - 19 * MM, 10 * MM };
  return draw_linear (data, pen, linear, error) && draw_qr (data, pen, qr, error);
}

/* ── what goes out ───────────────────────────────────────────────────────────────────────────── */

static gboolean
draw_appointment (const DeskLabelData *data, const DeskLabelStock *stock, DeskLabelPen *pen, GError **error)
{
  double margin = 4 * MM;
  Box all = { margin, margin, stock->width * MM - 2 * margin, stock->height * MM - 2 * margin };
  Box text = all, qr = { all.x + all.width - 15 * MM, all.y + 8 * MM, 17 * MM, 17 * MM };
  g_auto (GStrv) visits = g_strsplit (data->visits, "\n", -1);

  line (pen, &text, 9, DESK_LABEL_BOLD, data->clinic);
  line (pen, &text, 8, DESK_LABEL_PLAIN, data->phone);
  text.y += 2 * MM;
  text.width -= 18 * MM;
  line (pen, &text, 12, DESK_LABEL_BOLD, data->patient);
  line (pen, &text, 9, DESK_LABEL_PLAIN, data->patient_native);
  line (pen, &text, 8, DESK_LABEL_PLAIN, data->chart);
  text.y = MAX (text.y + 2 * MM, qr.y + qr.height + 1 * MM);
  text.width = all.width;
  desk_label_pen_strip (pen, text.x, text.y, text.width, 4 * MM, TRUE, NEXT_VISITS);
  text.y += 5 * MM;
  for (guint i = 0; visits[i]; i++)
    {
      line (pen, &text, 8, DESK_LABEL_PLAIN, visits[i]);
      text.y += 0.3 * MM;
    }
  return draw_qr (data, pen, qr, error);
}

/* The name larger than the place; smaller before anything runs over. The code is the chart's: what comes back undelivered is
 * scanned. */
static gboolean
draw_address (const DeskLabelData *data, const DeskLabelStock *stock, DeskLabelPen *pen, GError **error)
{
  double margin = 3 * MM;
  Box all = { margin, margin, stock->width * MM - 2 * margin, stock->height * MM - 2 * margin };
  Box qr = { all.x + all.width - 13 * MM, all.y + all.height - 14 * MM, 15 * MM, 15 * MM };
  Box text = { all.x, all.y, all.width - 15 * MM, all.height };
  g_auto (GStrv) parts = g_strsplit (data->address, "\n", -1);
  guint n = MIN (g_strv_length (parts), MAX_LINES);
  Line lines[MAX_LINES];

  for (guint i = 0; i < n; i++)
    {
      gboolean name = g_str_equal (parts[i], data->title);

      lines[i] = (Line){ name ? 13 : 10, name, "", parts[i] };
    }
  for (double factor = 1; factor > 0.5; factor -= 0.05)
    {
      double height = write_lines (pen, text, lines, n, factor, TRUE);

      if (height > text.height)
        continue;
      text.y += (text.height - height) / 2;
      write_lines (pen, text, lines, n, factor, FALSE);
      return draw_qr (data, pen, qr, error);
    }
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "label-too-small");
  return FALSE;
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

      line (pen, &text, 9, DESK_LABEL_BOLD, data->title);
      line (pen, &text, 6, DESK_LABEL_PLAIN, data->where);
      desk_label_pen_line (pen, all.x, linear.y + linear.height + 1 * MM, all.width, 8, DESK_LABEL_PLAIN, data->code);
      return draw_linear (data, pen, linear, error);
    }
  if (!draw_matrix (data, pen, code, &taken, error))
    return FALSE;
  Box text = { all.x + taken + 1 * MM, all.y + 1 * MM, all.width - taken - 1 * MM, all.height };
  line (pen, &text, 12, DESK_LABEL_BOLD, data->title);
  text.y += 1 * MM;
  line (pen, &text, 7, DESK_LABEL_PLAIN, data->where);
  text.y += 1 * MM;
  line (pen, &text, 8, DESK_LABEL_PLAIN, data->code);
  line (pen, &text, 7, DESK_LABEL_PLAIN, data->storage);
  return TRUE;
}

/* Draws a label from the upper left corner of its paper. DESK_ERROR_REFUSED "label-too-small" when its code would be too
 * fine to be read. What must stand on it is desk_label_data_check ()'s to say, before. */
gboolean
desk_labels_draw (const DeskLabelData *data, const DeskLabelStock *stock, cairo_t *cr, GError **error)
{
  static gboolean (*const drawers[DESK_N_LABELS]) (const DeskLabelData *, const DeskLabelStock *, DeskLabelPen *, GError **)
      = { draw_cells, draw_cells, draw_cells, draw_wristband, draw_card, draw_thing, draw_thing, draw_appointment, draw_address };
  gboolean cells = data->kind <= DESK_LABEL_TUBE;
  DeskLabelPen pen;

  cairo_save (cr);
  desk_label_pen_init (&pen, cr, cells && stock->height > 20 ? 1.6 : 1);
  gboolean drawn = drawers[data->kind](data, stock, &pen, error);
  desk_label_pen_clear (&pen);
  cairo_restore (cr);
  return drawn;
}
