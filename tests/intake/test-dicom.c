/* DICOM files and directories made here, sound and hostile, through the readers themselves: no sandbox is needed. */
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk-dicom-dir.h"
#include "desk-dicom-read.h"
#include "desk-dicom-scan.h"

typedef enum
{
  EXPLICIT,
  IMPLICIT,
  BIG,
  DEFLATED,
} Syntax;

static const char *const uids[] = { "1.2.840.10008.1.2.1", "1.2.840.10008.1.2", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99" };

static void
put_16 (GByteArray *out, guint value, gboolean big)
{
  guint8 bytes[] = { big ? value >> 8 : value, big ? value : value >> 8 };

  g_byte_array_append (out, bytes, 2);
}

static void
put_32 (GByteArray *out, guint32 value, gboolean big)
{
  put_16 (out, big ? value >> 16 : value & 0xffff, big);
  put_16 (out, big ? value & 0xffff : value >> 16, big);
}

static void
put_head (GByteArray *out, Syntax syntax, guint32 tag, const char *vr, guint32 length)
{
  gboolean big = syntax == BIG;

  put_16 (out, tag >> 16, big);
  put_16 (out, tag & 0xffff, big);
  if (syntax != IMPLICIT && tag >> 16 != 0xfffe)
    {
      g_byte_array_append (out, (const guint8 *) vr, 2);
      if (!strstr ("OB OW SQ UN UT", vr))
        {
          put_16 (out, length, big);
          return;
        }
      put_16 (out, 0, big);
    }
  put_32 (out, length, big);
}

static void
put (GByteArray *out, Syntax syntax, guint32 tag, const char *vr, const char *value)
{
  gsize length = strlen (value);

  put_head (out, syntax, tag, vr, (guint32) (length + (length & 1)));
  g_byte_array_append (out, (const guint8 *) value, (guint) length);
  if (length & 1)
    g_byte_array_append (out, (const guint8 *) " ", 1);
}

static GByteArray *
start (const char *preamble, Syntax syntax)
{
  GByteArray *out = g_byte_array_new ();
  char zeros[128] = "";

  memcpy (zeros, preamble, strlen (preamble));
  g_byte_array_append (out, (const guint8 *) zeros, 128);
  g_byte_array_append (out, (const guint8 *) "DICM", 4);
  put (out, EXPLICIT, 0x00020010, "UI", uids[syntax]);
  return out;
}

/* A sequence in a sequence, of undefined length, with a name that is not the patient's. */
static void
put_nested (GByteArray *out, Syntax syntax, const char *vr)
{
  put_head (out, syntax, 0x00081140, vr, 0xffffffff);
  Syntax inner = g_str_equal (vr, "UN") ? IMPLICIT : syntax;
  put_head (out, inner, 0xfffee000, "", 0xffffffff);
  put (out, inner, 0x00100010, "PN", "Somebody^Else");
  put_head (out, inner, 0x00081199, "SQ", 0xffffffff);
  put_head (out, inner, 0xfffee000, "", 8);
  put_32 (out, 0, FALSE);
  put_32 (out, 0, FALSE);
  put_head (out, inner, 0xfffee0dd, "", 0);
  put_head (out, inner, 0xfffee00d, "", 0);
  put_head (out, inner, 0xfffee0dd, "", 0);
}

static void
put_data (GByteArray *out, Syntax syntax, const char *id, const char *name)
{
  put (out, syntax, 0x00080005, "CS", "\\ISO 2022 IR 87");
  put (out, syntax, 0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2");
  put (out, syntax, 0x00080018, "UI", id);
  put (out, syntax, 0x00080020, "DA", "2026.05.17");
  put (out, syntax, 0x00080030, "TM", "0930");
  put (out, syntax, 0x00080060, "CS", "CT");
  put_nested (out, syntax, syntax == BIG ? "SQ" : "UN");
  put_nested (out, syntax, "SQ");
  put (out, syntax, 0x00100010, "PN", name);
  put (out, syntax, 0x00100020, "LO", "77");
  put (out, syntax, 0x00100030, "DA", "19610304");
  put (out, syntax, 0x00100040, "CS", "F");
  put (out, syntax, 0x0020000d, "UI", "1.2.3");
  put (out, syntax, 0x0020000e, "UI", "1.2.3.4");
  put_head (out, syntax, 0x7fe00010, "OW", 4);
  put_32 (out, 0, FALSE);
}

#define JAPANESE "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B"

static GByteArray *
deflate (GByteArray *plain)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9);
  g_autofree guint8 *room = g_malloc (65536);
  gsize read, written;

  g_assert_cmpint (g_converter_convert (G_CONVERTER (zlib), plain->data, plain->len, room, 65536, G_CONVERTER_INPUT_AT_END, &read, &written, NULL),
                   ==, G_CONVERTER_FINISHED);
  g_byte_array_set_size (plain, 0);
  return g_byte_array_append (plain, room, (guint) written);
}

static GByteArray *
make_file (Syntax syntax, const char *preamble)
{
  GByteArray *out = start (preamble, syntax);
  g_autoptr (GByteArray) data = g_byte_array_new ();

  put_data (data, syntax == DEFLATED ? EXPLICIT : syntax, "1.2.3.4.5", JAPANESE);
  if (syntax == DEFLATED)
    deflate (data);
  return g_byte_array_append (out, data->data, data->len);
}

static DeskDicom *
read_bytes (const GByteArray *bytes, gsize from, gsize length)
{
  DeskDicomSource source = { .fd = -1, .data = bytes->data + from, .length = length };

  return desk_dicom_read (&source);
}

static gboolean
has (const DeskDicom *dicom, const char *code)
{
  for (guint i = 0; dicom->problems && i < dicom->problems->len; i++)
    if (strcmp (g_ptr_array_index (dicom->problems, i), code) == 0)
      return TRUE;
  return FALSE;
}

static void
check_data (const DeskDicom *dicom)
{
  g_assert_cmpstr (dicom->values[DESK_DICOM_NAME], ==, "Yamada^Tarou=山田^太郎=やまだ^たろう");
  g_assert_cmpstr (dicom->values[DESK_DICOM_STUDY_DATE], ==, "2026-05-17");
  g_assert_cmpstr (dicom->values[DESK_DICOM_STUDY_TIME], ==, "09:30");
  g_assert_cmpstr (dicom->values[DESK_DICOM_BIRTH], ==, "1961-03-04");
  g_assert_cmpstr (dicom->values[DESK_DICOM_PATIENT_ID], ==, "77");
  g_assert_cmpstr (dicom->values[DESK_DICOM_SERIES_UID], ==, "1.2.3.4");
  g_assert_true (dicom->pixels);
}

static void
test_syntaxes (void)
{
  for (Syntax syntax = EXPLICIT; syntax <= DEFLATED; syntax++)
    {
      g_autoptr (GByteArray) file = make_file (syntax, "");
      g_autoptr (DeskDicom) dicom = read_bytes (file, 0, file->len);

      check_data (dicom);
      g_assert_cmpint (has (dicom, "deflated"), ==, syntax == DEFLATED);
      g_assert_false (has (dicom, "truncated") || has (dicom, "damaged") || has (dicom, "syntax-differs"));
      if (syntax == DEFLATED)
        continue;
      /* Without preamble: with group 2 and without. */
      g_autoptr (DeskDicom) no_preamble = read_bytes (file, 132, file->len - 132);
      check_data (no_preamble);
      g_assert_true (has (no_preamble, "no-preamble"));
      gsize meta = 132 + 8 + strlen (uids[syntax]) + (strlen (uids[syntax]) & 1);
      g_autoptr (DeskDicom) bare = read_bytes (file, meta, file->len - meta);
      check_data (bare);
      g_assert_true (has (bare, "no-syntax"));
    }
}

/* The file says one thing and does another. */
static void
test_lies (void)
{
  g_autoptr (GByteArray) file = start ("MZ", IMPLICIT);

  put_data (file, EXPLICIT, "1.2.3.4.5", JAPANESE);
  g_autoptr (DeskDicom) dicom = read_bytes (file, 0, file->len);
  check_data (dicom);
  g_assert_true (has (dicom, "syntax-differs"));
  g_assert_true (has (dicom, "executable-preamble"));

  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_byte_array_append (text, (const guint8 *) "This is only a text, and nobody's picture.", 42);
  g_assert_null (read_bytes (text, 0, text->len));
  g_assert_null (read_bytes (text, 0, 0));
}

/* Cut at every byte: what was found, a problem, and never more than is there. */
static void
test_truncated (void)
{
  for (Syntax syntax = EXPLICIT; syntax <= DEFLATED; syntax++)
    {
      g_autoptr (GByteArray) file = make_file (syntax, "");

      for (gsize n = 0; n < file->len; n++)
        {
          g_autofree guint8 *exact = g_memdup2 (file->data, n); /* a sanitizer sees the first byte too many */
          DeskDicomSource source = { .fd = -1, .data = exact, .length = n };
          g_autoptr (DeskDicom) dicom = desk_dicom_read (&source);

          if (n < 132)
            g_assert_null (dicom);
          else
            g_assert_nonnull (dicom);
          for (guint i = 0; dicom && i < DESK_DICOM_N_FIELDS; i++)
            g_assert_true (!dicom->values[i] || g_utf8_validate (dicom->values[i], -1, NULL));
        }
      g_autoptr (DeskDicom) nearly = read_bytes (file, 0, file->len - 2);
      if (syntax != DEFLATED)
        {
          g_assert_true (has (nearly, "truncated"));
          g_assert_cmpstr (nearly->values[DESK_DICOM_SERIES_UID], ==, "1.2.3.4");
        }
    }
}

static void
test_hostile (void)
{
  g_autoptr (GByteArray) deep = start ("\x7f" "ELF", EXPLICIT), huge = start ("", EXPLICIT), odd = start ("", EXPLICIT);

  put (deep, EXPLICIT, 0x00080060, "CS", "CT");
  for (guint i = 0; i < 10000; i++)
    {
      put_head (deep, EXPLICIT, 0x00081140, "SQ", 0xffffffff);
      put_head (deep, EXPLICIT, 0xfffee000, "", 0xffffffff);
    }
  g_autoptr (DeskDicom) dicom = read_bytes (deep, 0, deep->len);
  g_assert_true (has (dicom, "too-deep"));
  g_assert_true (has (dicom, "executable-preamble"));
  g_assert_cmpstr (dicom->values[DESK_DICOM_MODALITY], ==, "CT");

  put (huge, EXPLICIT, 0x00080060, "CS", "MR");
  put_head (huge, EXPLICIT, 0x00081140, "UT", 0xfffffffe);
  g_autoptr (DeskDicom) cut = read_bytes (huge, 0, huge->len);
  g_assert_true (has (cut, "truncated"));
  g_assert_cmpstr (cut->values[DESK_DICOM_MODALITY], ==, "MR");

  put_head (odd, EXPLICIT, 0x00100010, "PN", 3);
  g_byte_array_append (odd, (const guint8 *) "A^B", 3);
  put (odd, EXPLICIT, 0x00100030, "DA", "20269901");
  put (odd, EXPLICIT, 0x0020000d, "UI", "1.2.x");
  g_autoptr (DeskDicom) strange = read_bytes (odd, 0, odd->len);
  g_assert_true (has (strange, "odd-length") && has (strange, "bad-date") && has (strange, "bad-uid"));
  g_assert_cmpstr (strange->values[DESK_DICOM_NAME], ==, "A^B");
  g_assert_null (strange->values[DESK_DICOM_BIRTH]);
}

/* ── directories ─────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  const char *type, *file;
  int next, lower; /* index of a record; 0 none, -1 out of range; the first one is 1 */
  guint in_use;
} Record;

/* Two passes: the offsets are known only after the first. */
static GByteArray *
make_directory (const Record *records, guint n, int first)
{
  g_autofree guint32 *offsets = g_new0 (guint32, n + 1);
  GByteArray *out = NULL;

  for (guint pass = 0; pass < 2; pass++)
    {
      g_clear_pointer (&out, g_byte_array_unref);
      out = start ("", EXPLICIT);
      put_head (out, EXPLICIT, 0x00041200, "UL", 4);
      put_32 (out, first < 0 ? 0xfffffff0 : offsets[first], FALSE);
      put_head (out, EXPLICIT, 0x00041220, "SQ", 0xffffffff);
      for (guint i = 0; i < n; i++)
        {
          offsets[i + 1] = out->len;
          put_head (out, EXPLICIT, 0xfffee000, "", 0xffffffff);
          put_head (out, EXPLICIT, 0x00041400, "UL", 4);
          put_32 (out, records[i].next < 0 ? 77 : offsets[records[i].next], FALSE);
          put_head (out, EXPLICIT, 0x00041410, "US", 2);
          put_16 (out, records[i].in_use, FALSE);
          put_head (out, EXPLICIT, 0x00041420, "UL", 4);
          put_32 (out, records[i].lower < 0 ? 77 : offsets[records[i].lower], FALSE);
          put (out, EXPLICIT, 0x00041430, "CS", records[i].type);
          if (records[i].file)
            put (out, EXPLICIT, 0x00041500, "CS", records[i].file);
          if (g_str_equal (records[i].type, "PATIENT"))
            put (out, EXPLICIT, 0x00100010, "PN", "Listed^One");
          put_head (out, EXPLICIT, 0xfffee00d, "", 0);
        }
      put_head (out, EXPLICIT, 0xfffee0dd, "", 0);
    }
  return out;
}

#define ON 0xffff

static void
test_directory (void)
{
  static const struct
  {
    Record records[4];
    int first;
    guint entries;
    const char *problem; /* NULL: whole */
  } cases[] = {
    { { { "PATIENT", NULL, 0, 2, ON }, { "STUDY", NULL, 0, 3, ON }, { "IMAGE", "DICOM\\IM1", 4, 0, ON }, { "IMAGE", "DICOM\\IM2", 0, 0, ON } }, 1, 2, NULL },
    { { { "IMAGE", "A", 2, 0, ON }, { "IMAGE", "B", 3, 0, 0 }, { "IMAGE", "C", 4, 0, ON }, { "IMAGE", "D", 0, 0, ON } }, 1, 3, NULL },
    { { { "IMAGE", "A", 2, 0, ON }, { "IMAGE", "B", 1, 0, ON }, { "X", NULL, 0, 0, ON }, { "X", NULL, 0, 0, ON } }, 1, 2, "dicomdir-loop" },
    { { { "PATIENT", NULL, 0, 1, ON }, { "X", NULL, 0, 0, ON }, { "X", NULL, 0, 0, ON }, { "X", NULL, 0, 0, ON } }, 1, 0, "dicomdir-loop" },
    { { { "IMAGE", "A", -1, 0, ON }, { "X", NULL, 0, 0, ON }, { "X", NULL, 0, 0, ON }, { "X", NULL, 0, 0, ON } }, 1, 1, "dicomdir-range" },
    { { { "IMAGE", "A", 0, 0, ON }, { "X", NULL, 0, 0, ON }, { "X", NULL, 0, 0, ON }, { "X", NULL, 0, 0, ON } }, -1, 0, "dicomdir-range" },
    { { { "IMAGE", "A", 0, 0, ON }, { "IMAGE", "B", 0, 0, ON }, { "X", NULL, 0, 0, ON }, { "X", NULL, 0, 0, ON } }, 0, 0, "dicomdir-no-offsets" },
    { { { "IMAGE", "..\\..\\etc\\passwd", 2, 0, ON }, { "IMAGE", "A\\\\B", 3, 0, ON }, { "IMAGE", "\\ETC\\PASSWD", 4, 0, ON }, { "IMAGE", "A/B", 0, 0, ON } }, 1, 0,
      "bad-file-name" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) file = make_directory (cases[i].records, 4, cases[i].first);
      DeskDicomSource source = { .fd = -1, .data = file->data, .length = file->len };
      g_autoptr (DeskDicomDir) dir = desk_dicom_dir_read (&source);

      g_assert_cmpuint (dir->entries->len, ==, cases[i].entries);
      g_assert_cmpint (dir->whole, ==, cases[i].problem == NULL);
      if (cases[i].problem)
        g_assert_cmpstr (g_ptr_array_index (dir->problems, 0), ==, cases[i].problem);
      for (gsize n = 0; n < file->len; n += 7)
        {
          g_autofree guint8 *exact = g_memdup2 (file->data, n);
          DeskDicomSource part = { .fd = -1, .data = exact, .length = n };
          desk_dicom_dir_free (desk_dicom_dir_read (&part));
        }
    }
  g_autoptr (GByteArray) good = make_directory (cases[0].records, 4, 1);
  DeskDicomSource source = { .fd = -1, .data = good->data, .length = good->len };
  g_autoptr (DeskDicomDir) dir = desk_dicom_dir_read (&source);
  const DeskDicomEntry *entry = g_ptr_array_index (dir->entries, 1);
  g_assert_cmpstr (entry->key, ==, "dicom/im2");
  g_assert_cmpstr (entry->dicom.values[DESK_DICOM_NAME], ==, "Listed^One");
}

static void
test_keys (void)
{
  static const struct
  {
    const char *id, *key;
  } cases[] = {
    { "DICOM\\IM0001", "dicom/im0001" }, { "A.DCM", "a.dcm" }, { "A;1", "a" }, { "A.;1", "a" }, { "A.", "a" }, { "A ", "a" },
    { "A;B", "a;b" }, { "..", NULL }, { "A\\..\\B", NULL }, { ".", NULL }, { "", NULL }, { "\\A", NULL }, { "A\\", NULL }, { "A/B", NULL },
    { "1\\2\\3\\4\\5\\6\\7\\8\\9\\10\\11\\12\\13\\14\\15\\16\\17", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = desk_dicom_dir_file_key (cases[i].id);

      g_assert_cmpstr (key, ==, cases[i].key);
    }
}

/* ── a folder ────────────────────────────────────────────────────────────────────────────────── */

static void
save (const char *folder, const char *name, GByteArray *bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_mkdir_with_parents (parent, 0700);
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
  g_byte_array_unref (bytes);
}

static void
append (const char *text, gsize length, gpointer user_data)
{
  g_string_append_len (user_data, text, (gssize) length);
}

static void
scan_says (const char *folder, const char *const *lines)
{
  g_autoptr (GString) text = g_string_new ("\n");
  int fd = open (folder, O_RDONLY | O_DIRECTORY);

  desk_dicom_scan (fd, append, text);
  close (fd);
  for (guint i = 0; lines[i]; i++)
    {
      g_autofree char *line = g_strconcat ("\n", lines[i] + (*lines[i] == '!'), "\n", NULL);

      if ((strstr (text->str, line) != NULL) == (*lines[i] == '!'))
        g_error ("%s: %s", lines[i], text->str);
    }
}

static void
remove_all (const char *folder)
{
  const char *argv[] = { "rm", "-rf", folder, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
}

static void
test_folder (void)
{
  static const Record records[] = {
    { "PATIENT", NULL, 0, 2, ON }, { "IMAGE", "DICOM\\IM1", 3, 0, ON }, { "IMAGE", "DICOM\\GONE", 4, 0, ON }, { "IMAGE", "README", 0, 0, ON },
  };
  g_autofree char *folder = g_dir_make_tmp ("disc-XXXXXX", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL), *pipe = g_build_filename (folder, "pipe", NULL);

  save (folder, "dicomdir.;1", make_directory (records, 4, 1));
  save (folder, "dicom/im1.;1", make_file (EXPLICIT, ""));
  save (folder, "dicom/im2", make_file (IMPLICIT, ""));
  save (folder, "readme", g_byte_array_append (g_byte_array_new (), (const guint8 *) "read me, I am no picture", 24));
  save (folder, "viewer.exe", g_byte_array_append (g_byte_array_new (), (const guint8 *) "MZ and so on and so forth", 25));
  save (folder, "b\x80" "d\n", make_file (BIG, ""));
  g_assert_cmpint (symlink ("/etc", link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  scan_says (folder, (const char *const[]){ "files\t6", "path\tdicom/im1.%3B1", "path\tdicom/im2", "problem\tunlisted", "missing\tDICOM%5CGONE",
                                            "problem\tmissing", "name\tListed^One", "other\treadme", "problem\tnot-dicom", "other\tlink",
                                            "problem\tlink", "other\tpipe", "problem\tnot-a-file", "path\tb%80d%0A", "end\t6",
                                            "!path\tviewer.exe", "!other\tviewer.exe", "!path\tdicomdir.%3B1", NULL });
  remove_all (folder);
}

/* Broken, or not there: every file is found all the same, and nothing is called unlisted. */
static void
test_folder_without (void)
{
  static const Record loop[] = { { "IMAGE", "IM1", 2, 0, ON }, { "IMAGE", "IM2", 1, 0, ON } };
  g_autofree char *folder = g_dir_make_tmp ("disc-XXXXXX", NULL);

  save (folder, "im1", make_file (EXPLICIT, ""));
  save (folder, "sub/im9", make_file (EXPLICIT, ""));
  scan_says (folder, (const char *const[]){ "path\tim1", "path\tsub/im9", "!problem\tunlisted", "end\t2", NULL });
  save (folder, "DICOMDIR", make_directory (loop, 2, 1));
  scan_says (folder, (const char *const[]){ "path\tim1", "path\tsub/im9", "missing\tIM2", "problem\tdicomdir-loop", "!problem\tunlisted", NULL });
  save (folder, "DICOMDIR", g_byte_array_append (g_byte_array_new (), (const guint8 *) "rubbish", 7));
  scan_says (folder, (const char *const[]){ "path\tim1", "path\tsub/im9", "problem\tdicomdir-damaged", "!problem\tunlisted", NULL });
  remove_all (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dicom/syntaxes", test_syntaxes);
  g_test_add_func ("/dicom/lies", test_lies);
  g_test_add_func ("/dicom/truncated", test_truncated);
  g_test_add_func ("/dicom/hostile", test_hostile);
  g_test_add_func ("/dicom/directory", test_directory);
  g_test_add_func ("/dicom/keys", test_keys);
  g_test_add_func ("/dicom/folder", test_folder);
  g_test_add_func ("/dicom/folder-without", test_folder_without);
  return g_test_run ();
}
