/* The folder of contents: once each, whole or not at all, in clear nowhere. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk-contents.h"

typedef struct
{
  char *folder, *files;
  DeskVaultKey *key;
  DeskContents *contents;
} Vault;

static void
set_up (Vault *vault, gconstpointer data)
{
  vault->folder = g_dir_make_tmp ("desk-XXXXXX", NULL);
  vault->files = g_build_filename (vault->folder, "clinic.files", NULL);
  vault->key = desk_vault_key_new ();
  vault->contents = desk_contents_open (vault->files, vault->key);
}

static guint
each_file (Vault *vault, void (*func) (const char *path, gpointer data), gpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (vault->files, 0, NULL);
  const char *name;
  guint n = 0;

  for (; dir && (name = g_dir_read_name (dir)); n++)
    {
      g_autofree char *path = g_build_filename (vault->files, name, NULL);

      if (func)
        func (path, data);
    }
  return n;
}

static void
remove_file (const char *path, gpointer data)
{
  g_unlink (path);
}

static void
tear_down (Vault *vault, gconstpointer data)
{
  g_autofree char *source = g_build_filename (vault->folder, "source", NULL);

  each_file (vault, remove_file, NULL);
  g_rmdir (vault->files);
  g_unlink (source);
  g_rmdir (vault->folder);
  g_object_unref (vault->contents);
  desk_vault_key_unref (vault->key);
  g_free (vault->folder);
  g_free (vault->files);
}

static GBytes *
paper (gsize length)
{
  char *bytes = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    bytes[i] = "KRASNOPEVTSEVA passport 1966-04-04 "[i % 35];
  memcpy (bytes, "%PDF-", MIN (5, length));
  return g_bytes_new_take (bytes, length);
}

static void
check (Vault *vault, const DeskContent *content, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) back = desk_contents_get (vault->contents, content->digest, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (back, bytes));
}

static void
test_put (Vault *vault, gconstpointer data)
{
  static const gsize lengths[] = { 5, 65535, 65536, 65537, 5 << 20 };
  g_autoptr (GError) error = NULL;
  DeskContent content;

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes) bytes = paper (lengths[i]);
      g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

      g_assert_false (desk_contents_has (vault->contents, digest));
      for (int twice = 0; twice < 2; twice++)
        g_assert_true (desk_contents_put_bytes (vault->contents, bytes, &content, NULL, &error));
      g_assert_cmpstr (content.digest, ==, digest);
      g_assert_cmpint (content.bytes, ==, lengths[i]);
      g_assert_cmpstr (content.media_type, ==, "application/pdf");
      g_assert_cmpuint (each_file (vault, NULL, NULL), ==, i + 1);
      g_assert_true (desk_contents_has (vault->contents, digest));
      check (vault, &content, bytes);
    }
}

static void
looks_secret (const char *path, gpointer data)
{
  const char *digest = data;
  g_autofree char *bytes = NULL;
  gsize length;
  struct stat info;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_null (memmem (bytes, length, "KRASNOPEVTSEVA", 14));
  g_assert_null (memmem (bytes, length, "PDF", 3));
  g_assert_null (strstr (path, digest));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
}

static void
test_secret (Vault *vault, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = paper (200000);
  DeskContent content;

  g_assert_true (desk_contents_put_bytes (vault->contents, bytes, &content, NULL, &error));
  g_assert_cmpuint (each_file (vault, looks_secret, content.digest), ==, 1);
}

static void
flip (const char *path, gpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  bytes[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
}

/* A file of the same name and length is not trusted: what is damaged is told, and mended by what comes again. */
static void
test_damaged (Vault *vault, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = paper (1000);
  DeskContent content;

  g_assert_true (desk_contents_put_bytes (vault->contents, bytes, &content, NULL, &error));
  each_file (vault, flip, NULL);
  g_assert_null (desk_contents_get (vault->contents, content.digest, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_true (desk_contents_put_bytes (vault->contents, bytes, &content, NULL, &error));
  check (vault, &content, bytes);
  g_assert_cmpuint (each_file (vault, NULL, NULL), ==, 1);
}

/* A sound file of this vault under the name of another content. */
static void
test_exchanged (Vault *vault, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) one = paper (100);
  g_autoptr (GBytes) other = paper (101);
  DeskContent first, second;

  g_assert_true (desk_contents_put_bytes (vault->contents, one, &first, NULL, &error));
  g_assert_true (desk_contents_put_bytes (vault->contents, other, &second, NULL, &error));

  g_autofree char *a = desk_vault_key_name (vault->key, first.digest);
  g_autofree char *b = desk_vault_key_name (vault->key, second.digest);
  g_autofree char *from = g_strdup_printf ("%s/%s.enc", vault->files, a);
  g_autofree char *to = g_strdup_printf ("%s/%s.enc", vault->files, b);
  g_assert_cmpint (g_rename (from, to), ==, 0);
  g_assert_null (desk_contents_get (vault->contents, second.digest, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (desk_contents_get (vault->contents, first.digest, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND);
}

static void
test_refused (Vault *vault, gconstpointer data)
{
  static const char *const no_digests[] = { "", "../../etc/passwd", NULL,
    "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855" };
  g_autoptr (GError) error = NULL;
  g_autofree char *source = g_build_filename (vault->folder, "source", NULL);
  g_autoptr (GBytes) huge = paper (DESK_CONTENT_MAX_BYTES + 1);
  g_autoptr (GBytes) program = g_bytes_new_static ("MZ\0\0", 4);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  GBytes *const refused[] = { huge, program, empty };
  DeskContent content;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_assert_false (desk_contents_put_bytes (vault->contents, refused[i], &content, NULL, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
      g_clear_error (&error);
    }

  g_assert_cmpuint (each_file (vault, NULL, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (no_digests); i++)
    g_assert_null (desk_contents_get (vault->contents, no_digests[i], NULL, NULL));

  g_assert_cmpint (mkfifo (source, 0600), ==, 0);
  g_assert_false (desk_contents_put_file (vault->contents, source, &content, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (desk_contents_put_file (vault->contents, "/dev/zero", &content, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_INVALID);
}

/* What a DICOM file begins with can make a program of it: it is not kept. */
static void
test_preamble (Vault *vault, gconstpointer data)
{
  static const char *const beginnings[] = { "MZ\x90", "\177ELF\2\1\1", "#!/bin/sh\nid\n", "%PDF-1.7\n" };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      guint8 file[200] = "";
      DeskContent content;
      g_autoptr (GError) error = NULL;

      memcpy (file, beginnings[i], strlen (beginnings[i]));
      memcpy (file + 128, "DICM rest", 9);
      file[199] = (guint8) i;
      g_autoptr (GBytes) bytes = g_bytes_new_static (file, sizeof file);
      g_assert_true (desk_contents_put_bytes (vault->contents, bytes, &content, NULL, &error));
      g_assert_cmpstr (content.media_type, ==, "application/dicom");
      g_autoptr (GBytes) kept = desk_contents_get (vault->contents, content.digest, NULL, &error);
      g_assert_no_error (error);
      memset (file, 0, 128);
      g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), file, sizeof file);
    }
}

/* Only what this put wrote, and nobody put since. */
static void
test_take_back (Vault *vault, gconstpointer data)
{
  g_autoptr (GBytes) one = paper (100), two = paper (200);
  g_autoptr (DeskContents) other = desk_contents_open (vault->files, vault->key);
  DeskContent first, again, second;

  g_assert_true (desk_contents_put_bytes (vault->contents, one, &first, NULL, NULL));
  g_assert_true (desk_contents_put_bytes (other, one, &again, NULL, NULL));
  g_assert_true (desk_contents_put_bytes (vault->contents, two, &second, NULL, NULL));
  g_assert_false (desk_contents_take_back (vault->contents, &first));
  g_assert_false (desk_contents_take_back (other, &again));
  g_assert_true (desk_contents_has (vault->contents, first.digest));
  g_assert_true (desk_contents_take_back (vault->contents, &second));
  g_assert_false (desk_contents_has (vault->contents, second.digest));
  g_assert_false (desk_contents_take_back (vault->contents, &second));
}

static void
test_closed (Vault *vault, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = paper (100);
  g_autoptr (DeskContents) closed = desk_contents_open (vault->files, NULL);
  DeskContent content;

  g_assert_true (desk_contents_put_bytes (vault->contents, bytes, &content, NULL, &error));
  g_assert_true (desk_contents_is_closed (closed));
  g_assert_false (desk_contents_put_bytes (closed, bytes, &content, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (desk_contents_get (closed, content.digest, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);
  desk_contents_unlock (closed, vault->key);
  g_autoptr (GBytes) back = desk_contents_get (closed, content.digest, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (back, bytes));
}

static void
test_cancelled (Vault *vault, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = paper (1 << 20);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  DeskContent content;

  g_cancellable_cancel (cancellable);
  g_assert_false (desk_contents_put_bytes (vault->contents, bytes, &content, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (each_file (vault, NULL, NULL), ==, 0);
}

/* A disk that takes so many bytes of a file and no more. */
static void
test_full (Vault *vault, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = paper (200000);
  struct rlimit was, limit;
  DeskContent content;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &was), ==, 0);
  for (rlim_t room = 0; room < 200000; room += 33333)
    {
      limit = (struct rlimit){ room, was.rlim_max };
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      gboolean ok = desk_contents_put_bytes (vault->contents, bytes, &content, NULL, &error);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &was), ==, 0);
      g_assert_false (ok);
      g_assert_error (error, DESK_ERROR, DESK_ERROR_FULL);
      g_clear_error (&error);
      g_assert_cmpuint (each_file (vault, NULL, NULL), ==, 0);
    }
  g_assert_true (desk_contents_put_bytes (vault->contents, bytes, &content, NULL, &error));
  check (vault, &content, bytes);
}

static void
count_named (const char *path, gpointer data)
{
  *(guint *) data += g_str_has_suffix (path, ".enc");
}

/* Killed in the middle: a content stands under its name whole, or not at all. */
static void
test_killed (Vault *vault, gconstpointer data)
{
  g_autoptr (GBytes) bytes = paper (4 << 20);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  for (int i = 0; i < 12; i++)
    {
      guint named = 0;
      int status;
      pid_t child = fork ();

      if (child == 0)
        {
          DeskContent content;
          _exit (!desk_contents_put_bytes (vault->contents, bytes, &content, NULL, NULL));
        }
      g_usleep (i * 3000);
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      each_file (vault, count_named, &named);
      if (named)
        {
          g_autoptr (GBytes) back = desk_contents_get (vault->contents, digest, NULL, NULL);
          g_assert_true (back && g_bytes_equal (back, bytes));
          each_file (vault, remove_file, NULL);
        }
    }
}

static void
leave_clear (Vault *vault, GBytes *bytes, char **digest)
{
  g_autofree char *path = NULL;

  *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  path = g_build_filename (vault->files, *digest, NULL);
  g_mkdir (vault->files, 0700);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));
}

static void
stop_after_two (double fraction, gpointer data)
{
  if (fraction > 0.3)
    g_cancellable_cancel (data);
}

/* What an older version left in clear is read as before, and protected in steps that may stop at any of them. */
static void
test_protect (Vault *vault, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DeskContents) closed = desk_contents_open (vault->files, NULL);
  g_autoptr (GPtrArray) papers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < 5; i++)
    {
      char *digest;

      g_ptr_array_add (papers, paper (70000 + i));
      leave_clear (vault, g_ptr_array_index (papers, i), &digest);
      g_ptr_array_add (digests, digest);
    }
  g_autoptr (GBytes) early = desk_contents_get (closed, g_ptr_array_index (digests, 0), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (desk_contents_count_clear (closed), ==, 5);
  g_assert_false (desk_contents_protect (closed, NULL, NULL, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_clear_error (&error);

  g_assert_false (desk_contents_protect (vault->contents, stop_after_two, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (desk_contents_count_clear (vault->contents), ==, 3);
  for (int round = 0; round < 2; round++)
    {
      for (guint i = 0; i < papers->len; i++)
        {
          g_autoptr (GBytes) back = desk_contents_get (vault->contents, g_ptr_array_index (digests, i), NULL, &error);

          g_assert_no_error (error);
          g_assert_true (g_bytes_equal (back, g_ptr_array_index (papers, i)));
        }
      g_assert_true (desk_contents_protect (vault->contents, NULL, NULL, NULL, &error));
    }
  g_assert_cmpuint (desk_contents_count_clear (vault->contents), ==, 0);
  g_assert_cmpuint (each_file (vault, looks_secret, g_ptr_array_index (digests, 0)), ==, 5);
}

/* A clear one that is not what its name says is not given out, and what is left of it is not lost. */
static void
test_protect_damaged (Vault *vault, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = paper (100);
  g_autofree char *digest = NULL;

  leave_clear (vault, bytes, &digest);
  each_file (vault, flip, NULL);
  g_assert_null (desk_contents_get (vault->contents, digest, NULL, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_true (desk_contents_protect (vault->contents, NULL, NULL, NULL, &error));
  g_assert_cmpuint (desk_contents_count_clear (vault->contents), ==, 0);
  g_assert_cmpuint (each_file (vault, NULL, NULL), ==, 1);
}

#define ADD(name, func) g_test_add ("/vault/contents/" name, Vault, NULL, set_up, func, tear_down)

static void
make_old (const char *path, gpointer data)
{
  const struct timespec old[] = { { 1000, 0 }, { 1000, 0 } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, old, 0), ==, 0);
}

/* Only what nothing names, is old and is a content goes; what is put again is young. */
static void
test_sweep (Vault *vault, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) needed = paper (100), unneeded = paper (200), again = paper (300);
  g_autoptr (GPtrArray) digests = g_ptr_array_new ();
  DeskContent content, other, third;
  guint n;
  gint64 bytes;

  g_assert_true (desk_contents_put_bytes (vault->contents, needed, &content, NULL, &error));
  g_assert_true (desk_contents_put_bytes (vault->contents, unneeded, &other, NULL, &error));
  g_assert_true (desk_contents_put_bytes (vault->contents, again, &third, NULL, &error));
  g_autofree char *notes = g_build_filename (vault->files, "notes.enc", NULL);
  g_autofree char *half = g_build_filename (vault->files, ".new-abcdef", NULL);
  g_assert_true (g_file_set_contents (notes, "x", -1, NULL) && g_file_set_contents (half, "x", -1, NULL));
  g_ptr_array_add (digests, content.digest);

  /* Young: nothing goes. */
  g_assert_true (desk_contents_sweep (vault->contents, digests, 2000, TRUE, &n, &bytes, &error));
  g_assert_cmpuint (n, ==, 0);
  each_file (vault, make_old, NULL);
  g_assert_true (desk_contents_put_bytes (vault->contents, again, &third, NULL, &error));
  g_assert_true (desk_contents_sweep (vault->contents, digests, 2000, FALSE, &n, &bytes, &error));
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (bytes, >=, 200);
  g_assert_true (desk_contents_has (vault->contents, other.digest));
  g_assert_true (desk_contents_sweep (vault->contents, digests, 2000, TRUE, &n, &bytes, &error));
  g_assert_false (desk_contents_has (vault->contents, other.digest));
  check (vault, &content, needed);
  check (vault, &third, again);

  desk_contents_remove_leftovers (vault->contents, 500);
  g_assert_true (g_file_test (half, G_FILE_TEST_EXISTS));
  desk_contents_remove_leftovers (vault->contents, 2000);
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (notes, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("put", test_put);
  ADD ("secret", test_secret);
  ADD ("damaged", test_damaged);
  ADD ("exchanged", test_exchanged);
  ADD ("refused", test_refused);
  ADD ("preamble", test_preamble);
  ADD ("take-back", test_take_back);
  ADD ("closed", test_closed);
  ADD ("cancelled", test_cancelled);
  ADD ("full", test_full);
  ADD ("killed", test_killed);
  ADD ("sweep", test_sweep);
  ADD ("protect", test_protect);
  ADD ("protect-damaged", test_protect_damaged);
  return g_test_run ();
}
