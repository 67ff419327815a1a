/* For both programs of bench-window: when the first frame of the first window was drawn, and at what memory. */
#pragma once

#include <adwaita.h>

void window_frame_report (GtkApplication *application);
gint64 window_frame_peak_kib (void);
