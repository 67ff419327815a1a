/* bench-dicom UKETSUKECTL FOLDER: a disc of 1,000 pictures scanned, against one dcmdump over the same files. Both are whole
 * programs with their start; the scan also makes its sandbox and writes XML. Warm files, best of five. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define FILES 1000
#define PIXELS 32768 /* bytes: 128 × 128 of 16 bits */
#define ROUNDS 5
#define FIELDS 120   /* beside those that are asked for: what a scanner writes about itself */

static void
put (GByteArray *out, guint group, guint number, const char *vr, const char *value, gsize length)
{
  guint8 head[8] = { group & 255, group >> 8, number & 255, number >> 8, vr[0], vr[1], (length + (length & 1)) & 255, length >> 8 };

  g_byte_array_append (out, head, 8);
  g_byte_array_append (out, (const guint8 *) value, (guint) length);
  if (length & 1)
    g_byte_array_append (out, (const guint8 *) " ", 1);
}

static void
put_text (GByteArray *out, guint group, guint number, const char *vr, const char *value)
{
  put (out, group, number, vr, value, strlen (value));
}

static GByteArray *
make_file (guint number)
{
  static const guint8 pixels[12] = { 0xe0, 0x7f, 0x10, 0, 'O', 'W', 0, 0, PIXELS & 255, PIXELS >> 8, 0, 0 };
  GByteArray *out = g_byte_array_new ();
  g_autofree guint8 *zeros = g_malloc0 (PIXELS);
  g_autofree char *uid = g_strdup_printf ("1.2.826.0.1.%u", number), *series = g_strdup_printf ("1.2.826.0.2.%u", number / 100);

  g_byte_array_append (out, zeros, 128);
  g_byte_array_append (out, (const guint8 *) "DICM", 4);
  put (out, 2, 0, "UL", "\x1c\0\0\0", 4);
  put_text (out, 2, 0x10, "UI", "1.2.840.10008.1.2.1");
  put_text (out, 8, 5, "CS", "\\ISO 2022 IR 87");
  put_text (out, 8, 0x16, "UI", "1.2.840.10008.5.1.4.1.1.2");
  put_text (out, 8, 0x18, "UI", uid);
  put_text (out, 8, 0x20, "DA", "20260517");
  put_text (out, 8, 0x60, "CS", "CT");
  put_text (out, 8, 0x80, "LO", "\x1b$BIB1!\x1b(B");
  put_text (out, 8, 0x1030, "LO", "Chest");
  put_text (out, 0x10, 0x10, "PN", "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B");
  put_text (out, 0x10, 0x20, "LO", "0012345");
  put_text (out, 0x10, 0x30, "DA", "19610304");
  put_text (out, 0x18, 0x15, "CS", "CHEST");
  for (guint i = 0; i < FIELDS; i++)
    put_text (out, 0x18, 0x9300 + i, "LO", "what the scanner says");
  put_text (out, 0x20, 0x0d, "UI", "1.2.826.0.1");
  put_text (out, 0x20, 0x0e, "UI", series);
  g_byte_array_append (out, pixels, sizeof pixels);
  return g_byte_array_append (out, zeros, PIXELS);
}

static void
make_disc (const char *folder)
{
  for (guint i = 0; i < FILES; i++)
    {
      g_autoptr (GByteArray) file = make_file (i);
      g_autofree char *path = g_strdup_printf ("%s/st%02u/im%04u", folder, i / 100, i);
      g_autofree char *parent = g_path_get_dirname (path);

      g_mkdir_with_parents (parent, 0700);
      if (!g_file_set_contents (path, (const char *) file->data, file->len, NULL))
        g_error ("cannot write %s", path);
    }
}

/* Milliseconds of the quickest round. */
static double
run (const char *const *argv)
{
  double best = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      int status = 0;
      gint64 before = g_get_monotonic_time ();

      if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                         NULL, NULL, NULL, NULL, &status, &error) || !g_spawn_check_wait_status (status, &error))
        g_error ("%s: %s", argv[0], error->message);
      double took = (double) (g_get_monotonic_time () - before) / 1000;
      best = i == 0 || took < best ? took : best;
    }
  return best;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_build_filename (argc > 2 ? argv[2] : ".", "bench-disc", NULL);
  const char *const scan[] = { argc > 1 ? argv[1] : "uketsukectl", "intake-scan", folder, NULL };
  const char *const dump[] = { "dcmdump", "-q", "+sd", "+r", folder, NULL };

  make_disc (folder);
  double ours = run (scan), theirs = run (dump);
  g_print ("%u files: intake-scan %.0f ms, dcmdump %.0f ms: %.1f times as fast\n", FILES, ours, theirs, theirs / ours);
  return ours * 5 <= theirs ? 0 : 1;
}
