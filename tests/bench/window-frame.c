#include "window-frame.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The most memory this process has had, in KiB. */
gint64
window_frame_peak_kib (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL) || !(line = strstr (text, "VmHWM:")))
    g_error ("no memory figure in /proc");
  return g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10);
}

static void
on_after_paint (GdkFrameClock *clock, gpointer user_data)
{
  gint64 now = g_get_monotonic_time ();

  printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", now, window_frame_peak_kib ());
  fflush (stdout);
  _exit (0); /* the start is measured, not the end */
}

static void
on_realize (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_after_paint), NULL);
}

static void
on_window_added (GtkApplication *application, GtkWindow *window)
{
  g_signal_connect (window, "realize", G_CALLBACK (on_realize), NULL);
}

/* Writes the instant (monotonic, µs) of the first frame's end and the memory, then ends the process. */
void
window_frame_report (GtkApplication *application)
{
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), NULL);
}
