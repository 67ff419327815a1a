/* One encrypted file: every length comes back, and nothing but the file as it was written is accepted. */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "desk-vault-file.h"

#define DIGEST "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static int
write_file (DeskVaultKey *key, const guint8 *bytes, gsize length, gsize step)
{
  g_autoptr (GError) error = NULL;
  int fd = memfd_create ("file", MFD_CLOEXEC);
  g_autoptr (DeskVaultWriter) writer = desk_vault_writer_new (key, fd, &error);

  g_assert_no_error (error);
  for (gsize done = 0; done < length; done += MIN (step, length - done))
    g_assert_true (desk_vault_writer_push (writer, bytes + done, MIN (step, length - done), &error));
  g_assert_true (desk_vault_writer_finish (writer, DIGEST, &error));
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  return fd;
}

static GBytes *
pattern (gsize length)
{
  guint8 *bytes = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (i * 7 + i / 251);
  return g_bytes_new_take (bytes, length);
}

static void
test_lengths (void)
{
  static const gsize lengths[] = { 0, 1, 65535, 65536, 65537, 131071, 131072, 131073, 5 << 20 };
  static const gsize steps[] = { 1000, 65536, 100000 };
  g_autoptr (DeskVaultKey) key = desk_vault_key_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) bytes = pattern (lengths[i]);
        int fd = write_file (key, g_bytes_get_data (bytes, NULL), lengths[i], steps[s]);
        g_autofree guint8 *back = g_malloc (lengths[i] + 1);

        g_assert_cmpint (desk_vault_file_bytes (fd), ==, lengths[i]);
        g_assert_true (desk_vault_file_read (key, DIGEST, fd, back, lengths[i], NULL, &error));
        if (lengths[i])
          g_assert_cmpmem (back, lengths[i], g_bytes_get_data (bytes, NULL), lengths[i]);
        close (fd);
      }
}

/* Whether those bytes are accepted as a file. */
static gboolean
accepted (DeskVaultKey *key, const guint8 *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  int fd = memfd_create ("file", MFD_CLOEXEC);

  g_assert_cmpint (write (fd, bytes, length), ==, length);
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  gint64 plain = desk_vault_file_bytes (fd);
  g_autofree guint8 *out = plain >= 0 ? g_malloc (plain + 1) : NULL;
  gboolean ok = out && desk_vault_file_read (key, DIGEST, fd, out, plain, NULL, &error);
  if (out && !ok)
    g_assert_error (error, DESK_ERROR, DESK_ERROR_CORRUPT);
  close (fd);
  return ok;
}

static GBytes *
written (DeskVaultKey *key, gsize length)
{
  g_autoptr (GBytes) bytes = pattern (length);
  int fd = write_file (key, g_bytes_get_data (bytes, NULL), length, 65536);
  goffset size = lseek (fd, 0, SEEK_END);
  guint8 *all = g_malloc (size);

  g_assert_cmpint (pread (fd, all, size, 0), ==, size);
  close (fd);
  return g_bytes_new_take (all, size);
}

static void
test_flips (void)
{
  g_autoptr (DeskVaultKey) key = desk_vault_key_new ();
  g_autoptr (GBytes) file = written (key, 100);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (file, &length);
  g_autofree guint8 *copy = g_memdup2 (bytes, length);

  g_assert_true (accepted (key, copy, length));
  for (gsize i = 0; i < length; i++)
    for (int bit = 0; bit < 8; bit++)
      {
        copy[i] ^= 1 << bit;
        g_assert_false (accepted (key, copy, length));
        copy[i] = bytes[i];
      }
}

static void
test_cuts (void)
{
  g_autoptr (DeskVaultKey) key = desk_vault_key_new ();
  g_autoptr (GBytes) file = written (key, 100);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (file, &length);
  g_autofree guint8 *longer = g_malloc0 (length + 1);

  for (gsize cut = 0; cut < length; cut++)
    g_assert_false (accepted (key, bytes, cut));
  memcpy (longer, bytes, length);
  g_assert_false (accepted (key, longer, length + 1));
}

/* Three chunks put together anew, in every way that keeps whole chunks. */
static void
test_chunks (void)
{
  const gsize start = 40, chunk = 65536 + 17;
  g_autoptr (DeskVaultKey) key = desk_vault_key_new ();
  g_autoptr (GBytes) file = written (key, 3 * 65536);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (file, &length);
  g_autofree guint8 *swapped = g_memdup2 (bytes, length);

  g_assert_cmpuint (length, ==, start + 3 * chunk);
  memcpy (swapped + start, bytes + start + chunk, chunk);
  memcpy (swapped + start + chunk, bytes + start, chunk);
  g_assert_false (accepted (key, swapped, length));
  g_assert_false (accepted (key, bytes, start + chunk));
  g_assert_false (accepted (key, bytes, start + 2 * chunk));
  memcpy (swapped, bytes, start + chunk);
  memcpy (swapped + start + chunk, bytes + start + 2 * chunk, chunk);
  g_assert_false (accepted (key, swapped, start + 2 * chunk));
  g_assert_true (accepted (key, bytes, length));
}

static void
test_other_key (void)
{
  g_autoptr (DeskVaultKey) key = desk_vault_key_new ();
  g_autoptr (DeskVaultKey) other = desk_vault_key_new ();
  g_autoptr (GBytes) file = written (key, 100);

  g_assert_false (accepted (other, g_bytes_get_data (file, NULL), g_bytes_get_size (file)));
}

/* A sound file in the place of another content. */
static void
test_other_digest (void)
{
  static const char other[] = "f3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  static const gsize lengths[] = { 0, 1, 65536, 65537 };
  g_autoptr (DeskVaultKey) key = desk_vault_key_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = pattern (lengths[i]);
      g_autofree guint8 *out = g_malloc (lengths[i] + 1);
      int fd = write_file (key, g_bytes_get_data (bytes, NULL), lengths[i], 65536);

      g_assert_false (desk_vault_file_read (key, other, fd, out, lengths[i], NULL, &error));
      g_assert_error (error, DESK_ERROR, DESK_ERROR_CORRUPT);
      close (fd);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/file/lengths", test_lengths);
  g_test_add_func ("/vault/file/flips", test_flips);
  g_test_add_func ("/vault/file/cuts", test_cuts);
  g_test_add_func ("/vault/file/chunks", test_chunks);
  g_test_add_func ("/vault/file/other-key", test_other_key);
  g_test_add_func ("/vault/file/other-digest", test_other_digest);
  return g_test_run ();
}
