/* Bar codes as cairo paths, encoded by zint: DataMatrix (ECC 200), QR and Code 128. Lengths are points. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _DeskSymbol DeskSymbol;

typedef enum
{
  DESK_SYMBOL_DATAMATRIX,
  DESK_SYMBOL_CODE128,
  DESK_SYMBOL_QR,
} DeskSymbolKind;

DeskSymbol *desk_symbol_new (DeskSymbolKind kind, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_symbol_free (DeskSymbol *symbol);
guint desk_symbol_columns (const DeskSymbol *symbol);
guint desk_symbol_rows (const DeskSymbol *symbol);
void desk_symbol_draw (const DeskSymbol *symbol, cairo_t *cr, double x, double y, double module, double height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskSymbol, desk_symbol_free)

G_END_DECLS
