/* A row of bits, one for every five minutes of a stretch of time: what is free, and where something that lasts fits. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint n; /* bits; those past it are always 0 */
  guint64 *words;
} DeskBits;

DeskBits *desk_bits_new (guint n);
DeskBits *desk_bits_copy (const DeskBits *bits);
void desk_bits_free (DeskBits *bits);
void desk_bits_put (DeskBits *bits, gint64 from, gint64 until, gboolean value);
gboolean desk_bits_get (const DeskBits *bits, guint i);
guint desk_bits_next (const DeskBits *bits, guint from);
void desk_bits_and (DeskBits *bits, const DeskBits *other);
void desk_bits_or (DeskBits *bits, const DeskBits *other);
void desk_bits_fits (DeskBits *bits, guint length);
void desk_bits_later (DeskBits *bits, guint by);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskBits, desk_bits_free)

G_END_DECLS
