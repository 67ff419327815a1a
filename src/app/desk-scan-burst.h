/* Tells a scanner from fingers by the time between keys. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *text;
  guint32 first, last; /* ms, as events count them */
  gboolean same;       /* one key held down */
} DeskScanBurst;

void desk_scan_burst_init (DeskScanBurst *burst);
void desk_scan_burst_clear (DeskScanBurst *burst);
gboolean desk_scan_burst_add (DeskScanBurst *burst, gunichar sign, guint32 time);
char *desk_scan_burst_end (DeskScanBurst *burst, guint32 time);

G_END_DECLS
