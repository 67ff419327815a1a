/* Papers put into the vault and read back, against plain files of the same bytes written and read with one fsync each.
 * The two are done in turn on one disk.
 *
 *   bench-vault [FOLDER]      goal: papers at least 0.6 of the plain file's speed */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "desk-contents.h"

typedef struct
{
  const char *name;
  gsize bytes;
  guint files;
} Size;

static double
since (gint64 begin)
{
  return (g_get_monotonic_time () - begin) / 1e6;
}

/* Random bytes: nothing on the way can make them smaller. */
static GBytes *
paper (gsize length, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint32 *words = g_malloc (length + 4);

  for (gsize i = 0; i <= length / 4; i++)
    words[i] = g_rand_int (random);
  memcpy (words, "%PDF-", 5);
  return g_bytes_new_take (words, length);
}

static double
write_plain (const char *path, GBytes *bytes)
{
  gint64 begin = g_get_monotonic_time ();
  int fd = open (path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  while (length > 0)
    {
      ssize_t n = write (fd, data, length);

      if (n <= 0)
        g_error ("%s: %s", path, g_strerror (errno));
      data += n;
      length -= n;
    }
  if (fsync (fd) < 0 || close (fd) < 0)
    g_error ("%s: %s", path, g_strerror (errno));
  return since (begin);
}

static double
read_plain (const char *path)
{
  gint64 begin = g_get_monotonic_time ();
  g_autofree char *data = NULL;

  g_assert_true (g_file_get_contents (path, &data, NULL, NULL));
  return since (begin);
}

static void
run (const Size *size, DeskContents *contents, const char *plain)
{
  double in[2] = { 0 }, out[2] = { 0 }, megabytes = size->bytes * size->files / 1e6;

  for (guint i = 0; i < size->files; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = paper (size->bytes, i + 1);
      DeskContent content;

      in[0] += write_plain (plain, bytes);
      gint64 begin = g_get_monotonic_time ();
      if (!desk_contents_put_bytes (contents, bytes, &content, NULL, &error))
        g_error ("%s", error->message);
      in[1] += since (begin);
      out[0] += read_plain (plain);
      begin = g_get_monotonic_time ();
      g_autoptr (GBytes) back = desk_contents_get (contents, content.digest, NULL, &error);
      out[1] += since (begin);
      g_assert_true (back && g_bytes_equal (back, bytes));
    }
  g_print ("%-12s in  plain %6.0f MB/s  vault %6.0f MB/s  ratio %.2f\n", size->name, megabytes / in[0], megabytes / in[1], in[0] / in[1]);
  g_print ("%-12s out plain %6.0f MB/s  vault %6.0f MB/s  ratio %.2f\n", "", megabytes / out[0], megabytes / out[1], out[0] / out[1]);
}

int
main (int argc, char **argv)
{
  static const Size sizes[] = { { "300 KB", 300 << 10, 60 }, { "2 MB", 2 << 20, 20 }, { "40 MB", 40 << 20, 3 } };
  g_autofree char *folder = argc > 1 ? g_strdup (argv[1]) : g_dir_make_tmp ("bench-vault-XXXXXX", NULL);
  g_autofree char *files = g_build_filename (folder, "files", NULL), *plain = g_build_filename (folder, "plain", NULL);
  g_autoptr (DeskVaultKey) key = desk_vault_key_new ();
  g_autoptr (DeskContents) contents = desk_contents_open (files, key);
  const char *name;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    run (&sizes[i], contents, plain);

  g_autoptr (GDir) dir = g_dir_open (files, 0, NULL);
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (files, name, NULL);
      g_unlink (path);
    }
  g_rmdir (files);
  g_unlink (plain);
  if (argc < 2)
    g_rmdir (folder);
  return 0;
}
