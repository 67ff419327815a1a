#include "desk-scan-burst.h"

#define SHORTEST 6 /* signs: the shortest code of ours has more */
#define PAUSE 120  /* ms that a scanner, even a wireless one, never lets pass between two signs */
#define AVERAGE 50 /* ms a sign: 240 words a minute, which nobody types */

void
desk_scan_burst_init (DeskScanBurst *burst)
{
  burst->text = g_string_new (NULL);
  burst->first = burst->last = 0;
  burst->same = TRUE;
}

void
desk_scan_burst_clear (DeskScanBurst *burst)
{
  if (burst->text)
    g_string_free (burst->text, TRUE);
  burst->text = NULL;
}

/* A sign was typed. TRUE when it begins something new: what stands in the entry now is what stood before. */
gboolean
desk_scan_burst_add (DeskScanBurst *burst, gunichar sign, guint32 time)
{
  gboolean begins = burst->text->len == 0 || time - burst->last > PAUSE;

  if (begins)
    {
      g_string_truncate (burst->text, 0);
      burst->first = time;
      burst->same = TRUE;
    }
  else if (burst->same)
    burst->same = g_utf8_get_char (g_utf8_prev_char (burst->text->str + burst->text->len)) == sign;
  g_string_append_unichar (burst->text, sign);
  burst->last = time;
  return begins;
}

/* Enter was pressed: what a scanner typed before it, to be freed; NULL when it was fingers. Either way what comes next
 * begins anew. */
char *
desk_scan_burst_end (DeskScanBurst *burst, guint32 time)
{
  glong n = g_utf8_strlen (burst->text->str, -1);
  gboolean scanned = n >= SHORTEST && !burst->same && time - burst->last <= PAUSE
                     && (time - burst->first) / (guint32) n <= AVERAGE;
  char *text = scanned ? g_strdup (burst->text->str) : NULL;

  g_string_truncate (burst->text, 0);
  return text;
}
