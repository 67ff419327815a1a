/* What a scanner types into the fields of a form: follows each editable's insertions as bursts, finds passport lines
 * in them when the typing pauses, and gives each editable back what stood in it before. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _DeskMrzBursts DeskMrzBursts;

/* Says whether text is passport lines; last: no more is coming, so wrong check digits are no reason to wait. */
typedef gboolean (*DeskMrzIsFunc) (const char *text, gboolean last, gpointer user_data);
/* The text was found, and the editables hold again what they held before. */
typedef void (*DeskMrzFoundFunc) (const char *text, gpointer user_data);

DeskMrzBursts *desk_mrz_bursts_new (DeskMrzIsFunc is, DeskMrzFoundFunc found, gpointer user_data);
void desk_mrz_bursts_free (DeskMrzBursts *bursts);
void desk_mrz_bursts_watch (DeskMrzBursts *bursts, GtkEditable *editable);

G_END_DECLS
