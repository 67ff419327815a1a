#include "desk-dicom-picture.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "desk-error.h"
#include "desk-reader-wire.h"
#include "desk-reader.h"

#define PATIENCE 20 /* seconds */
#define MAX_PNG (32u << 20)

/* Transfer syntaxes that dcmj2pnm does not read; NULL: nothing in Debian's DCMTK does. */
static const struct
{
  const char *prefix, *program;
} others[] = {
  { "1.2.840.10008.1.2.4.80", "dcml2pnm" }, /* JPEG-LS */
  { "1.2.840.10008.1.2.4.81", "dcml2pnm" },
  { "1.2.840.10008.1.2.4.9", NULL },        /* JPEG 2000, JPIP */
  { "1.2.840.10008.1.2.4.10", NULL },       /* MPEG: .100 to .108 */
  { "1.2.840.10008.1.2.4.20", NULL },       /* High-Throughput JPEG 2000 */
};

static const char *
find_program (const char *syntax)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_has_prefix (syntax, others[i].prefix))
      return others[i].program;
  return "dcmj2pnm";
}

/* Whether a file in that transfer syntax can be shown at all. */
gboolean
desk_dicom_picture_possible (const char *syntax)
{
  const char *program = find_program (syntax);
  g_autofree char *path = program ? g_strconcat ("/usr/bin/", program, NULL) : NULL;

  return path && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE);
}

/* Frame 1 as PNG, with the first window of the file or one from its darkest to its brightest pixel. */
static GBytes *
run (int input, const char *program, const char *width, gboolean window, GCancellable *cancellable, GError **error)
{
  const char *const with[] = { "-q", "+on", "+F", "1", "+Sxv", width, "+Wi", "1", "-", NULL };
  const char *const without[] = { "-q", "+on", "+F", "1", "+Sxv", width, "+Wm", "-", NULL };
  DeskReaderCall call = { .program = program, .args = window ? with : without, .max_answer = MAX_PNG, .seconds = PATIENCE };
  int again = fcntl (input, F_DUPFD_CLOEXEC, 3);

  if (again < 0 || lseek (again, 0, SEEK_SET) < 0)
    {
      if (again >= 0)
        close (again);
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_IO, "the picture cannot be read from its beginning");
      return NULL;
    }
  return desk_reader_call (&call, again, cancellable, error);
}

/* With the first window of the file; some have none that helps. */
static GBytes *
run_both (int input, const char *program, const char *width, GCancellable *cancellable, GError **error)
{
  GBytes *png = run (input, program, width, TRUE, cancellable, NULL);

  return png ? png : run (input, program, width, FALSE, cancellable, error);
}

/* A file that does not say to us how it is written: each tool in turn. */
static GBytes *
run_any (int input, const char *width, GCancellable *cancellable, GError **error)
{
  static const char *const syntaxes[] = { "1.2.840.10008.1.2", "1.2.840.10008.1.2.4.80" };
  GBytes *png = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (syntaxes) && !png; i++)
    if (desk_dicom_picture_possible (syntaxes[i]) && !g_cancellable_is_cancelled (cancellable))
      png = run_both (input, find_program (syntaxes[i]), width, cancellable, NULL);
  if (!png && !g_cancellable_set_error_if_cancelled (cancellable, error))
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "no-codec");
  return png;
}

/* The first frame of an opened file, which is taken, within so many pixels; syntax NULL: not known, and what no tool shows
 * is then "no-codec" too. DESK_ERROR_REFUSED "no-codec" for what is kept and cannot be shown here; otherwise the errors of
 * desk_reader_picture (). Blocks; any thread. */
DeskPreview *
desk_dicom_picture (int input, const char *syntax, int max_width, int max_height, GCancellable *cancellable, GError **error)
{
  g_autofree char *width = g_strdup_printf ("%d", CLAMP (max_width, 1, DESK_READER_MAX_SIDE));
  g_autoptr (GBytes) png = NULL;

  if (!syntax)
    png = run_any (input, width, cancellable, error);
  else if (desk_dicom_picture_possible (syntax))
    png = run_both (input, find_program (syntax), width, cancellable, error);
  else
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "no-codec");
  close (input);
  int picture = png ? desk_reader_memory (png, error) : -1;
  return picture < 0 ? NULL : desk_reader_picture (picture, 0, max_width, max_height, cancellable, error);
}
