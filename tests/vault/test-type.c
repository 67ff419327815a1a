/* What a content is by its first bytes, and whether its name says the same. */
#include "desk-content-type.h"

static void
test_types (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *type;
  } rows[] = {
    { "%PDF-1.7", 8, "application/pdf" },
    { "\x89PNG\r\n\x1a\n\0\0", 10, "image/png" },
    { "\xff\xd8\xff\xe0", 4, "image/jpeg" },
    { "\0\0\0\x18" "ftypheic", 12, "image/heic" },
    { "\0\0\0\x18" "ftypmif1", 12, "image/heic" },
    { "\0\0\0\x18" "ftypqt  ", 12, "application/octet-stream" },
    { "MSH|^~\\&|LAB\r", 13, "text/plain" },
    { "\x0bMSH|^~\\&|\r\x1c\r", 13, "text/plain" },
    { "\xff\xfe" "a\0", 4, "text/plain" },
    { "\x8f\xf3\x95t", 4, "text/plain" },
    { "<svg xmlns='http://www.w3.org/2000/svg'/>", 41, "text/plain" },
    { "MZ\x90\0\3", 5, "application/octet-stream" },
    { "PK\3\4", 4, "application/octet-stream" },
    { "%PDF", 4, "text/plain" },
    { "\x7f" "ELF", 4, "application/octet-stream" },
    { "", 0, "application/octet-stream" },
  };
  g_autofree char *dicom = g_malloc0 (200);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (desk_content_type (rows[i].bytes, rows[i].length), ==, rows[i].type);
  dicom[128] = 'D', dicom[129] = 'I', dicom[130] = 'C', dicom[131] = 'M';
  g_assert_cmpstr (desk_content_type (dicom, 200), ==, "application/dicom");
  g_assert_cmpstr (desk_content_type (dicom, 131), ==, "application/octet-stream");
}

static void
test_extensions (void)
{
  static const struct
  {
    const char *name, *type;
    gboolean fits;
  } rows[] = {
    { "a.pdf", "application/pdf", TRUE },        { "A.PDF", "application/pdf", TRUE },
    { "a.jpg", "application/pdf", FALSE },       { "a.pdf.exe", "application/pdf", FALSE },
    { "a.jpeg", "image/jpeg", TRUE },            { "a.png", "image/jpeg", FALSE },
    { "IMG0001", "application/dicom", TRUE },    { "1.2.840.113619.2", "application/dicom", TRUE },
    { ".hidden", "image/png", TRUE },            { "labs.hl7", "text/plain", TRUE },
    { "labs.dat", "text/plain", TRUE },          { "labs.pdf", "text/plain", FALSE },
    { "photo.heic", "image/heic", TRUE },        { "photo.heic", "image/jpeg", FALSE },
    { NULL, "image/png", TRUE },                 { "x.bin", "application/octet-stream", TRUE },
    { "x.pdf", "application/octet-stream", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (desk_content_extension_fits (rows[i].name, rows[i].type) != rows[i].fits)
      g_error ("%s as %s", rows[i].name, rows[i].type);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/type/bytes", test_types);
  g_test_add_func ("/vault/type/extensions", test_extensions);
  return g_test_run ();
}
