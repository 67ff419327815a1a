#include "desk-vault-file.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk-vault-private.h"

#define MAGIC "UKETSUKE" "\0\1\0\0\0\0\0\0" /* with the version of the format; every chunk but the last is bound to it */
#define MAGIC_LENGTH 16
#define HEADER crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define EXTRA crypto_secretstream_xchacha20poly1305_ABYTES
#define START (MAGIC_LENGTH + (gint64) HEADER)
#define SEALED (DESK_VAULT_CHUNK + (gsize) EXTRA)

struct _DeskVaultWriter
{
  crypto_secretstream_xchacha20poly1305_state state;
  int fd;
  gsize held; /* bytes in plain */
  guint8 plain[DESK_VAULT_CHUNK];
  guint8 sealed[DESK_VAULT_CHUNK + EXTRA];
};

static gboolean
write_all (int fd, const guint8 *bytes, gsize length, GError **error)
{
  while (length > 0)
    {
      ssize_t written = write (fd, bytes, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return desk_error_set_errno (error, "content", errno == EFBIG ? ENOSPC : errno);
      bytes += written;
      length -= written;
    }
  return TRUE;
}

/* Begins a file on fd, which stays the caller's. */
DeskVaultWriter *
desk_vault_writer_new (DeskVaultKey *key, int fd, GError **error)
{
  DeskVaultWriter *writer = g_new0 (DeskVaultWriter, 1);
  guint8 header[HEADER];

  writer->fd = fd;
  crypto_secretstream_xchacha20poly1305_init_push (&writer->state, header, desk_vault_key_stream (key));
  if (write_all (fd, (const guint8 *) MAGIC, MAGIC_LENGTH, error) && write_all (fd, header, HEADER, error))
    return writer;
  desk_vault_writer_free (writer);
  return NULL;
}

static gboolean
flush (DeskVaultWriter *writer, const char *bound, gsize bound_length, guint8 tag, GError **error)
{
  unsigned long long length;

  crypto_secretstream_xchacha20poly1305_push (&writer->state, writer->sealed, &length, writer->plain, writer->held,
                                              (const guint8 *) bound, bound_length, tag);
  writer->held = 0;
  return write_all (writer->fd, writer->sealed, length, error);
}

/* Adds bytes. A full chunk waits until more comes: only then is it not the last. */
gboolean
desk_vault_writer_push (DeskVaultWriter *writer, const void *bytes, gsize length, GError **error)
{
  const guint8 *from = bytes;

  while (length > 0)
    {
      if (writer->held == DESK_VAULT_CHUNK && !flush (writer, MAGIC, MAGIC_LENGTH, 0, error))
        return FALSE;
      gsize n = MIN (length, DESK_VAULT_CHUNK - writer->held);
      memcpy (writer->plain + writer->held, from, n);
      writer->held += n;
      from += n;
      length -= n;
    }
  return TRUE;
}

/* Writes the last chunk, bound to the digest of what was pushed, and waits until the file is on the disk. */
gboolean
desk_vault_writer_finish (DeskVaultWriter *writer, const char *digest, GError **error)
{
  if (!flush (writer, digest, strlen (digest), crypto_secretstream_xchacha20poly1305_TAG_FINAL, error))
    return FALSE;
  return fsync (writer->fd) == 0 || desk_error_set_errno (error, "content", errno);
}

/* Wipes what it held. NULL is fine. */
void
desk_vault_writer_free (DeskVaultWriter *writer)
{
  if (!writer)
    return;
  sodium_memzero (writer, sizeof *writer);
  g_free (writer);
}

/* How many bytes an encrypted file holds by its size alone; -1 when no such file has that size. */
gint64
desk_vault_file_bytes (int fd)
{
  struct stat info;

  if (fstat (fd, &info) < 0 || !S_ISREG (info.st_mode) || info.st_size < START + (gint64) EXTRA)
    return -1;
  gint64 sealed = info.st_size - START;
  gint64 chunks = (sealed + (gint64) SEALED - 1) / (gint64) SEALED;
  gint64 plain = sealed - chunks * (gint64) EXTRA;
  return sealed - (chunks - 1) * (gint64) SEALED < (gint64) EXTRA ? -1 : plain;
}

static gboolean
read_all (int fd, guint8 *bytes, gsize length, GError **error)
{
  while (length > 0)
    {
      ssize_t got = read (fd, bytes, length);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return desk_error_set_errno (error, "content", errno);
      if (got == 0)
        return FALSE;
      bytes += got;
      length -= got;
    }
  return TRUE;
}

static gboolean
damaged (GError **error)
{
  if (!error || !*error)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CORRUPT, "the content is damaged");
  return FALSE;
}

static gboolean
pull (crypto_secretstream_xchacha20poly1305_state *state, const char *digest, int fd, guint8 *out, gint64 bytes,
      GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *sealed = g_malloc (SEALED);
  guint8 tag = 0, more;

  for (gint64 done = 0; tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL;)
    {
      gsize want = MIN (bytes - done, DESK_VAULT_CHUNK);
      gboolean last = done + (gint64) want == bytes;
      const char *bound = last ? digest : MAGIC;
      gsize bound_length = last ? strlen (digest) : MAGIC_LENGTH;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!read_all (fd, sealed, want + EXTRA, error)
          || crypto_secretstream_xchacha20poly1305_pull (state, out + done, NULL, &tag, sealed, want + EXTRA,
                                                         (const guint8 *) bound, bound_length)
                 != 0)
        return damaged (error);
      done += want;
      if (last != (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL))
        return damaged (error);
    }
  return read (fd, &more, 1) == 0 || damaged (error);
}

/* Reads the whole file into out, which has room for desk_vault_file_bytes (). DESK_ERROR_CORRUPT when a single bit is
 * not as it was written with that key for that digest; what then stands in out is not to be used. */
gboolean
desk_vault_file_read (DeskVaultKey *key, const char *digest, int fd, guint8 *out, gint64 bytes,
                      GCancellable *cancellable, GError **error)
{
  guint8 start[START];
  crypto_secretstream_xchacha20poly1305_state state;

  g_return_val_if_fail (bytes >= 0, FALSE);
  if (!read_all (fd, start, sizeof start, error) || memcmp (start, MAGIC, MAGIC_LENGTH) != 0
      || crypto_secretstream_xchacha20poly1305_init_pull (&state, start + MAGIC_LENGTH, desk_vault_key_stream (key))
             != 0)
    return damaged (error);
  gboolean ok = pull (&state, digest, fd, out, bytes, cancellable, error);
  sodium_memzero (&state, sizeof state);
  return ok;
}
