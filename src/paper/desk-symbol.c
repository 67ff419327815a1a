#include "desk-symbol.h"

#include <string.h>
#include <zint.h>

#include "desk-error.h"

struct _DeskSymbol
{
  struct zint_symbol *zint;
  DeskSymbolKind kind;
};

static const int symbologies[] = {
  [DESK_SYMBOL_DATAMATRIX] = BARCODE_DATAMATRIX, [DESK_SYMBOL_CODE128] = BARCODE_CODE128, [DESK_SYMBOL_QR] = BARCODE_QRCODE
};

void
desk_symbol_free (DeskSymbol *symbol)
{
  if (!symbol)
    return;
  ZBarcode_Delete (symbol->zint);
  g_free (symbol);
}

/* Encodes text, byte for byte; DESK_ERROR_INVALID when the code cannot carry it. */
DeskSymbol *
desk_symbol_new (DeskSymbolKind kind, const char *text, GError **error)
{
  g_autoptr (DeskSymbol) symbol = g_new0 (DeskSymbol, 1);

  symbol->kind = kind;
  symbol->zint = ZBarcode_Create ();
  symbol->zint->symbology = symbologies[kind];
  symbol->zint->input_mode = DATA_MODE;
  if (kind == DESK_SYMBOL_DATAMATRIX)
    symbol->zint->option_3 = DM_SQUARE;
  if (kind == DESK_SYMBOL_QR)
    symbol->zint->option_1 = 2; /* mends 15 %: paper is folded and stamped */
  if (*text == '\0' || ZBarcode_Encode (symbol->zint, (const unsigned char *) text, (int) strlen (text)) >= ZINT_ERROR)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "“%s” cannot be a bar code: %s", text, symbol->zint->errtxt);
      return NULL;
    }
  return g_steal_pointer (&symbol);
}

/* In modules, without the quiet zone: one for DataMatrix, four for QR, ten for Code 128 (ST-001). */
guint
desk_symbol_columns (const DeskSymbol *symbol)
{
  return (guint) symbol->zint->width;
}

guint
desk_symbol_rows (const DeskSymbol *symbol)
{
  return (guint) symbol->zint->rows;
}

static gboolean
is_dark (const DeskSymbol *symbol, guint row, guint col)
{
  return symbol->zint->encoded_data[row][col >> 3] >> (col & 7) & 1;
}

/* Draws it black with its upper left module at x, y; height is that of a linear code. All in one path: bars that touch
 * leave no seam. */
void
desk_symbol_draw (const DeskSymbol *symbol, cairo_t *cr, double x, double y, double module, double height)
{
  double high = symbol->kind == DESK_SYMBOL_CODE128 ? height : module;

  cairo_save (cr);
  cairo_new_path (cr);
  for (guint row = 0; row < desk_symbol_rows (symbol); row++)
    for (guint col = 0; col < desk_symbol_columns (symbol); col++)
      {
        guint from = col;

        while (col < desk_symbol_columns (symbol) && is_dark (symbol, row, col))
          col++;
        if (col > from)
          cairo_rectangle (cr, x + from * module, y + row * high, (col - from) * module, high);
      }
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_fill (cr);
  cairo_restore (cr);
}
