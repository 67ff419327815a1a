/* The scanner, anywhere: a keyboard wedge is known by its speed and its Enter. What it typed into an entry is taken out
 * again, and the code goes to whoever wants codes, or opens its thing.
 *
 * A dialog, page or view that works with codes says so once with desk_scan_want (); it is then asked while it is shown,
 * before the code opens anything. Codes that are damaged never reach it: they are explained here, with a sound. */
#pragma once

#include <gtk/gtk.h>

#include "desk-codes.h"

G_BEGIN_DECLS

typedef struct
{
  const DeskCode *code; /* as read: code->kind, code->command, code->number, code->parts, code->read (the bytes) */
  DeskFound found;      /* the thing of this file: found.kind, id, patient_id; found.problem when there is none */
} DeskScan;

/* TRUE: it was for this widget, which did with it what is to be done (or said why not). FALSE: the next one is asked,
 * at last the window, which opens the thing. scan is lent for the call; scan->found.problem may be "code-not-found",
 * "code-unknown", "code-ambiguous" or "code-check-missing", never a damage. */
typedef gboolean (*DeskScanFunc) (GtkWidget *widget, const DeskScan *scan, gpointer user_data);

void desk_scan_want (GtkWidget *widget, DeskScanFunc func, gpointer user_data);
void desk_scan_unwant (GtkWidget *widget);
void desk_scan_watch (GtkWindow *window);

/* As if it had been scanned: for what was typed by hand, and for tests. FALSE when nobody could do anything with it. */
gboolean desk_scan_give (GtkWidget *widget, const char *text);

const char *desk_scan_words (const char *problem);
void desk_scan_refuse (GtkWidget *widget, const char *words);

G_END_DECLS
