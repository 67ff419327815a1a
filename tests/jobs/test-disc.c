/* The helper's answer about a disc is not believed; a picture comes through the sandbox. */
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "desk-dicom-picture.h"
#include "desk-disc.h"

static DeskDisc *
parse (const char *answer)
{
  return desk_disc_parse (answer, strlen (answer), NULL);
}

#define ONE "path\ta\nbytes\t10\nuid\t1.1\nname\tYamada^Tarou\npatient-id\t7\nbirth\t1961-03-04\nstudy-uid\t1\nseries-uid\t1.1\nmodality\tCT\npixels\t1\n"

static void
test_sound (void)
{
  g_autoptr (DeskDisc) disc = parse ("files\t4\n" ONE
                                     "path\tsub/b%80\nuid\t1.2\nname\tYAMADA^TAROU=山田^太郎\npatient-id\t7\nstudy-uid\t1\nseries-uid\t1.2\nmodality\tPT\n"
                                     "problem\ttruncated\n"
                                     "path\tc\nuid\t1.3\nname\tSuzuki^Hanako\npatient-id\t7\nstudy-uid\t2\nseries-uid\t2.1\n"
                                     "path\td\nuid\t1.1\nname\tYamada^Tarou\npatient-id\t7\nstudy-uid\t1\n"
                                     "missing\tDICOM%5CX\nname\tYamada^Tarou\npatient-id\t7\nstudy-uid\t1\nseries-uid\t1.1\nproblem\tmissing\nend\t4\n");
  const DeskDiscPatient *patient = g_ptr_array_index (disc->patients, 0);
  const DeskDiscStudy *study = g_ptr_array_index (patient->studies, 0);

  g_assert_cmpuint (disc->files, ==, 4);
  g_assert_cmpuint (disc->patients->len, ==, 2); /* the same number, another name */
  g_assert_cmpstr (patient->name, ==, "YAMADA^TAROU=山田^太郎");
  g_assert_cmpstr (patient->birth, ==, "1961-03-04");
  g_assert_cmpuint (study->series->len, ==, 2);
  g_assert_cmpuint (study->images, ==, 1);
  g_assert_cmpuint (study->files, ==, 2);
  g_assert_cmpuint (study->missing, ==, 1);
  g_assert_cmpuint (study->modalities->len, ==, 2);
  g_assert_cmpuint (disc->problems->len, ==, 3); /* truncated, twice, missing */
  const DeskDiscSeries *series = g_ptr_array_index (study->series, 1);
  const DeskDiscFile *file = g_ptr_array_index (series->files, 0);
  g_assert_cmpstr (file->path, ==, "sub/b\x80");
  g_assert_true (g_utf8_validate (file->name, -1, NULL));
}

static void
test_unsound (void)
{
  static const char *const broken[] = { "", "files\t1\n", ONE, "files\t1\nrubbish", ONE "end\t", "path\t\xff\nend\t1\n" };
  static const char *const outside[] = { "path\t../../etc/passwd\nend\t1\n", "path\t/etc/passwd\nend\t1\n", "path\ta%00b\nend\t1\n",
                                         "path\ta//b\nend\t1\n", "path\t%2e%2e/x\nend\t1\n", "path\t\nend\t1\n" };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    g_assert_null (parse (broken[i]));
  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      g_autoptr (DeskDisc) disc = parse (outside[i]);

      g_assert_nonnull (disc);
      g_assert_cmpuint (disc->patients->len, ==, 0);
    }
  /* Names are made harmless, codes and days have a form. */
  g_autoptr (DeskDisc) disc = parse ("path\ta%0Ab%E2%80%AEfdp.exe\nstudy-uid\t1\nbirth\t<x>\nproblem\tno \"code\"\nproblem\ttruncated\nend\t1\n");
  const DeskDiscPatient *patient = g_ptr_array_index (disc->patients, 0);
  const DeskDiscProblem *problem = g_ptr_array_index (disc->problems, 0);
  g_assert_cmpuint (disc->problems->len, ==, 1);
  g_assert_cmpstr (problem->name, ==, "a bfdp.exe");
  g_assert_cmpstr (patient->birth, ==, "");
}

static void
put (GByteArray *out, guint group, guint number, const char *vr, const char *value, gsize length)
{
  guint8 head[8] = { group, group >> 8, number, number >> 8, vr[0], vr[1], length & 255, length >> 8 };

  g_byte_array_append (out, head, 8);
  g_byte_array_append (out, (const guint8 *) value, (guint) length);
}

/* 4 × 2 pixels, the right half white. */
static int
make_picture (void)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  static const guint8 zeros[128], pixels[] = { 0xe0, 0x7f, 0x10, 0, 'O', 'W', 0, 0, 8, 0, 0, 0, 0, 0, 255, 255, 0, 0, 255, 255 };
  int fd = memfd_create ("dicom", MFD_CLOEXEC);

  g_byte_array_append (out, zeros, 128);
  g_byte_array_append (out, (const guint8 *) "DICM", 4);
  put (out, 2, 0, "UL", "\x1c\0\0\0", 4);
  put (out, 2, 0x10, "UI", "1.2.840.10008.1.2.1\0", 20);
  put (out, 8, 0x16, "UI", "1.2.840.10008.5.1.4.1.1.7\0", 26);
  put (out, 8, 0x18, "UI", "1.2.3\0", 6);
  put (out, 0x28, 2, "US", "\1\0", 2);
  put (out, 0x28, 4, "CS", "MONOCHROME2 ", 12);
  put (out, 0x28, 0x10, "US", "\2\0", 2);
  put (out, 0x28, 0x11, "US", "\4\0", 2);
  put (out, 0x28, 0x100, "US", "\10\0", 2);
  put (out, 0x28, 0x101, "US", "\10\0", 2);
  put (out, 0x28, 0x102, "US", "\7\0", 2);
  put (out, 0x28, 0x103, "US", "\0\0", 2);
  g_byte_array_append (out, pixels, sizeof pixels);
  g_assert_cmpint (write (fd, out->data, out->len), ==, out->len);
  return fd;
}

static void
test_picture (void)
{
  g_autofree char *output = NULL, *errors = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_null (desk_dicom_picture (make_picture (), "1.2.840.10008.1.2.4.90", 64, 64, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "no-codec");
  g_clear_error (&error);
  if (!desk_dicom_picture_possible ("1.2.840.10008.1.2.1")
      || !g_spawn_command_line_sync ("bwrap --unshare-all --ro-bind / / true", &output, &errors, &status, NULL)
      || !g_spawn_check_wait_status (status, NULL))
    {
      g_test_skip ("no sandbox can be made here, or there is no dcmj2pnm");
      return;
    }
  g_autoptr (DeskPreview) preview = desk_dicom_picture (make_picture (), "1.2.840.10008.1.2.1", 64, 64, NULL, &error);
  g_assert_no_error (error);
  const guint8 *pixels = g_bytes_get_data (preview->pixels, NULL);
  g_assert_cmpint (preview->width, ==, 64);
  g_assert_cmpint (preview->height, ==, 32);
  g_assert_cmpint (pixels[0], <, 64);
  g_assert_cmpint (pixels[(preview->width - 1) * 4], >, 192);

  int rubbish = memfd_create ("rubbish", MFD_CLOEXEC);
  g_assert_cmpint (write (rubbish, "rubbish", 7), ==, 7);
  g_assert_null (desk_dicom_picture (rubbish, "1.2.840.10008.1.2.1", 64, 64, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CORRUPT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/sound", test_sound);
  g_test_add_func ("/disc/unsound", test_unsound);
  g_test_add_func ("/disc/picture", test_picture);
  return g_test_run ();
}
