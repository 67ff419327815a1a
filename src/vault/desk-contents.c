#include "desk-contents.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk-contents-private.h"
#include "desk-vault-file.h"

#define DIGEST_LENGTH 64
#define DICOM_PREAMBLE 128

struct _DeskContents
{
  GObject parent_instance;

  char *folder;
  GMutex mutex;
  DeskVaultKey *key; /* NULL while closed; under the mutex */
};

G_DEFINE_FINAL_TYPE (DeskContents, desk_contents, G_TYPE_OBJECT)

static guint unlocked_signal;

/* A copy being written; its name is NULL once it stands under its own. */
typedef struct
{
  char *name;
  int fd;
  DeskVaultWriter *writer;
  crypto_hash_sha256_state sum;
  guint8 *chunk;
  DeskContent content;
} Copy;

static void
copy_clear (Copy *copy)
{
  g_clear_pointer (&copy->writer, desk_vault_writer_free);
  if (copy->fd >= 0)
    close (copy->fd);
  if (copy->name)
    g_unlink (copy->name);
  g_free (copy->name);
  g_free (copy->chunk);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copy, copy_clear)

static void
desk_contents_finalize (GObject *object)
{
  DeskContents *self = DESK_CONTENTS (object);

  g_free (self->folder);
  desk_vault_key_unref (self->key);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (desk_contents_parent_class)->finalize (object);
}

static void
desk_contents_class_init (DeskContentsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_contents_finalize;
  /* The key has come: what could not be shown before can be. In the thread that unlocked. */
  unlocked_signal
      = g_signal_new ("unlocked", DESK_TYPE_CONTENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_contents_init (DeskContents *self)
{
  g_mutex_init (&self->mutex);
}

/* The contents in that folder, which need not be there yet; key NULL: closed. The key gets a reference of its own. */
DeskContents *
desk_contents_open (const char *folder, DeskVaultKey *key)
{
  DeskContents *self = g_object_new (DESK_TYPE_CONTENTS, NULL);

  self->folder = g_strdup (folder);
  self->key = key ? desk_vault_key_ref (key) : NULL;
  return self;
}

/* Opens closed contents, and says so by the signal "unlocked". */
void
desk_contents_unlock (DeskContents *self, DeskVaultKey *key)
{
  g_mutex_lock (&self->mutex);
  desk_vault_key_unref (self->key);
  self->key = desk_vault_key_ref (key);
  g_mutex_unlock (&self->mutex);
  g_signal_emit (self, unlocked_signal, 0);
}

/* Whether the key is not there yet. */
gboolean
desk_contents_is_closed (DeskContents *self)
{
  g_autoptr (DeskVaultKey) key = desk_contents_dup_key (self);

  return key == NULL;
}

/* A reference, or NULL while closed. */
DeskVaultKey *
desk_contents_dup_key (DeskContents *self)
{
  g_mutex_lock (&self->mutex);
  DeskVaultKey *key = self->key ? desk_vault_key_ref (self->key) : NULL;
  g_mutex_unlock (&self->mutex);
  return key;
}

const char *
desk_contents_folder (DeskContents *self)
{
  return self->folder;
}

static gboolean
refuse (GError **error, DeskError code, const char *name, const char *why)
{
  g_set_error (error, DESK_ERROR, code, "%s: %s", name ? name : "content", why);
  return FALSE;
}

static gboolean
refuse_closed (GError **error)
{
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "contents-closed");
  return FALSE;
}

/* So that no text from the database can name another file. */
gboolean
desk_contents_is_digest (const char *digest)
{
  return digest && strlen (digest) == DIGEST_LENGTH && strspn (digest, "0123456789abcdef") == DIGEST_LENGTH;
}

/* Waits until what was renamed in the folder is on the disk. */
gboolean
desk_contents_sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return desk_error_set_errno (error, folder, errno);
  int failed = fsync (fd) < 0 ? errno : 0;
  close (fd);
  return !failed || desk_error_set_errno (error, folder, failed);
}

static gboolean
make_folder (const char *folder, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);

  if (g_mkdir (folder, 0700) == 0)
    return desk_contents_sync_folder (parent, error);
  return errno == EEXIST || desk_error_set_errno (error, folder, errno);
}

static char *
path_of (DeskContents *self, DeskVaultKey *key, const char *digest)
{
  g_autofree char *name = desk_vault_key_name (key, digest);
  g_autofree char *file = g_strconcat (name, DESK_CONTENTS_SUFFIX, NULL);

  return g_build_filename (self->folder, file, NULL);
}

static int
open_regular (const char *path)
{
  struct stat info;
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);

  if (fd >= 0 && fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    return fd;
  if (fd >= 0)
    {
      close (fd);
      errno = EINVAL;
    }
  return -1;
}

/* Whether an older version left that content in clear; then its open file, which is the caller's. */
gboolean
desk_contents_in_clear (const char *folder, const char *digest, int *fd)
{
  g_autofree char *path = g_build_filename (folder, digest, NULL);

  *fd = open_regular (path);
  return *fd >= 0;
}

/* ── putting ─────────────────────────────────────────────────────────────────────────────────── */

static gboolean
copy_start (Copy *copy, DeskContents *self, DeskVaultKey *key, GError **error)
{
  *copy = (Copy){ .fd = -1 };
  crypto_hash_sha256_init (&copy->sum);
  if (!make_folder (self->folder, error))
    return FALSE;
  copy->name = g_build_filename (self->folder, DESK_CONTENTS_NEW "XXXXXX", NULL);
  copy->fd = g_mkstemp_full (copy->name, O_WRONLY | O_CLOEXEC, 0600);
  if (copy->fd < 0)
    {
      g_clear_pointer (&copy->name, g_free);
      return desk_error_set_errno (error, self->folder, errno);
    }
  copy->chunk = g_malloc (DESK_VAULT_CHUNK);
  copy->writer = desk_vault_writer_new (key, copy->fd, error);
  return copy->writer != NULL;
}

static gboolean
copy_chunk (Copy *copy, gsize length, const char *name, DeskContentsFlags flags, GError **error)
{
  if (copy->content.bytes == 0)
    {
      copy->content.media_type = desk_content_type (copy->chunk, length);
      /* The preamble of a DICOM file means nothing, and can make a program of it: it is not kept. */
      if (g_str_equal (copy->content.media_type, "application/dicom"))
        memset (copy->chunk, 0, DICOM_PREAMBLE);
    }
  if (!(flags & DESK_CONTENTS_ANY) && g_str_equal (copy->content.media_type, "application/octet-stream"))
    return refuse (error, DESK_ERROR_INVALID, name, "no kind of file that is known");
  copy->content.bytes += length;
  if (copy->content.bytes
      > (g_str_equal (copy->content.media_type, "application/dicom") ? DESK_CONTENT_MAX_DICOM : DESK_CONTENT_MAX_BYTES))
    return refuse (error, DESK_ERROR_INVALID, name, "larger than 50 MB");
  crypto_hash_sha256_update (&copy->sum, copy->chunk, length);
  return desk_vault_writer_push (copy->writer, copy->chunk, length, error);
}

static gssize
read_chunk (int fd, guint8 *chunk)
{
  gsize done = 0;

  while (done < DESK_VAULT_CHUNK)
    {
      ssize_t got = read (fd, chunk + done, DESK_VAULT_CHUNK - done);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return -1;
      if (got == 0)
        break;
      done += got;
    }
  return (gssize) done;
}

static gboolean
is_whole (DeskVaultKey *key, const char *path, const char *digest, GCancellable *cancellable)
{
  int fd = open_regular (path);
  gint64 bytes = fd >= 0 ? desk_vault_file_bytes (fd) : -1;
  g_autofree guint8 *plain = bytes >= 0 ? g_try_malloc (bytes + 1) : NULL;
  gboolean whole = plain && desk_vault_file_read (key, digest, fd, plain, bytes, cancellable, NULL);

  if (fd >= 0)
    close (fd);
  return whole;
}

/* Marks the file as put now: who put the same content before does not take it back. */
static void
mark (const char *path, DeskContent *content)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  const struct timespec times[] = { { .tv_nsec = UTIME_OMIT }, now };
  utimensat (AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW);
  content->put_at = (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Gives the copy its name. A content that is there already and whole stays; a damaged one is replaced. */
static gboolean
copy_keep (Copy *copy, DeskContents *self, DeskVaultKey *key, GCancellable *cancellable, GError **error)
{
  guint8 hash[crypto_hash_sha256_BYTES];

  crypto_hash_sha256_final (&copy->sum, hash);
  sodium_bin2hex (copy->content.digest, sizeof copy->content.digest, hash, sizeof hash);

  g_autofree char *path = path_of (self, key, copy->content.digest);
  /* Before it is looked at, so that it is not taken back between the two; and not while it is swept away. */
  int guard = desk_contents_guard (self->folder, FALSE, NULL);
  mark (path, &copy->content);
  if (guard >= 0)
    close (guard);
  if (is_whole (key, path, copy->content.digest, cancellable))
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !desk_vault_writer_finish (copy->writer, copy->content.digest, error))
    return FALSE;
  mark (copy->name, &copy->content);
  if (g_rename (copy->name, path) < 0)
    return desk_error_set_errno (error, path, errno);
  g_clear_pointer (&copy->name, g_free);
  copy->content.written = TRUE;
  return desk_contents_sync_folder (self->folder, error);
}

static gboolean
copy_all (Copy *copy, int fd, const char *name, DeskContentsFlags flags, DeskProgressFunc progress, gpointer user_data,
          GCancellable *cancellable, GError **error)
{
  struct stat info;
  gint64 total = fstat (fd, &info) == 0 && S_ISREG (info.st_mode) ? info.st_size : 0;
  gssize got;

  while ((got = read_chunk (fd, copy->chunk)) > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !copy_chunk (copy, got, name, flags, error))
        return FALSE;
      if (progress && total > 0 && copy->content.bytes % (1 << 20) < DESK_VAULT_CHUNK)
        progress (MIN (1.0, (double) copy->content.bytes / total), user_data);
    }
  if (got < 0)
    return desk_error_set_errno (error, name ? name : "content", errno);
  return copy->content.bytes > 0 || refuse (error, DESK_ERROR_INVALID, name, "the file is empty");
}

/* Stores what can be read from fd, from where it stands; name (or NULL) is only for the message. On failure nothing
 * is left behind: INVALID (empty, larger than 50 MB, of no known kind), FULL, READ_ONLY, IO, REFUSED
 * "contents-closed", G_IO_ERROR_CANCELLED. The row that names the digest is the caller's to save afterwards. */
gboolean
desk_contents_put_fd (DeskContents *self, int fd, const char *name, DeskContentsFlags flags, DeskContent *out,
                      DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_auto (Copy) copy = { .fd = -1 };
  g_autoptr (DeskVaultKey) key = desk_contents_dup_key (self);

  if (!key)
    return refuse_closed (error);
  if (!copy_start (&copy, self, key, error)
      || !copy_all (&copy, fd, name, flags, progress, user_data, cancellable, error)
      || !copy_keep (&copy, self, key, cancellable, error))
    return FALSE;
  *out = copy.content;
  return TRUE;
}

/* Opened without waiting: a pipe or device named like a document must not hang the desk. */
static int
open_source (const char *path, GError **error)
{
  struct stat info;
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0)
    {
      desk_error_set_errno (error, path, errno);
      return -1;
    }
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    return fd;
  refuse (error, DESK_ERROR_INVALID, path, "not a file");
  close (fd);
  return -1;
}

/* Stores a file of a kind that is known; see desk_contents_put_fd (). */
gboolean
desk_contents_put_file (DeskContents *self, const char *path, DeskContent *out, GCancellable *cancellable,
                        GError **error)
{
  int fd = open_source (path, error);

  if (fd < 0)
    return FALSE;
  gboolean ok = desk_contents_put_fd (self, fd, path, DESK_CONTENTS_KNOWN, out, NULL, NULL, cancellable, error);
  close (fd);
  return ok;
}

/* Stores bytes of a kind that is known; see desk_contents_put_fd (). */
gboolean
desk_contents_put_bytes (DeskContents *self, GBytes *bytes, DeskContent *out, GCancellable *cancellable, GError **error)
{
  g_auto (Copy) copy = { .fd = -1 };
  g_autoptr (DeskVaultKey) key = desk_contents_dup_key (self);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (!key)
    return refuse_closed (error);
  if (length == 0)
    return refuse (error, DESK_ERROR_INVALID, NULL, "the file is empty");
  if (!copy_start (&copy, self, key, error))
    return FALSE;
  for (gsize done = 0; done < length;)
    {
      gsize n = MIN (length - done, DESK_VAULT_CHUNK);

      memcpy (copy.chunk, data + done, n);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !copy_chunk (&copy, n, NULL, DESK_CONTENTS_KNOWN, error))
        return FALSE;
      done += n;
    }
  if (!copy_keep (&copy, self, key, cancellable, error))
    return FALSE;
  *out = copy.content;
  return TRUE;
}

/* ── reading ─────────────────────────────────────────────────────────────────────────────────── */

/* An opened content: which file it lies in, and how. */
typedef struct
{
  int fd;
  gboolean clear;
  gint64 bytes;
} Source;

static gboolean
source_open (Source *source, DeskContents *self, DeskVaultKey *key, const char *digest, GError **error)
{
  g_autofree char *path = key ? path_of (self, key, digest) : NULL;
  struct stat info;

  *source = (Source){ .fd = path ? open_regular (path) : -1 };
  if (source->fd >= 0)
    source->bytes = desk_vault_file_bytes (source->fd);
  else if ((!path || errno == ENOENT) && desk_contents_in_clear (self->folder, digest, &source->fd))
    {
      source->clear = TRUE;
      source->bytes = fstat (source->fd, &info) == 0 ? info.st_size : -1;
    }
  else if (!key)
    return refuse_closed (error);
  else
    return desk_error_set_errno (error, "content", path ? errno : ENOENT);
  if (source->bytes >= 0 && source->bytes <= DESK_CONTENT_MAX_DICOM)
    return TRUE;
  close (source->fd);
  source->fd = -1;
  return refuse (error, DESK_ERROR_CORRUPT, NULL, "the content is damaged");
}

static gboolean
read_clear (int fd, guint8 *out, gint64 bytes, GCancellable *cancellable, GError **error)
{
  for (gint64 done = 0; done < bytes;)
    {
      ssize_t got = read (fd, out + done, MIN (bytes - done, 1 << 20));

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return desk_error_set_errno (error, "content", errno);
      if (got == 0)
        return refuse (error, DESK_ERROR_CORRUPT, NULL, "the content is damaged");
      done += got;
    }
  return TRUE;
}

/* Reads and checks: what does not have that digest is not given out. An encrypted one is bound to it. */
static gboolean
source_read (const Source *source, DeskVaultKey *key, const char *digest, guint8 *out, GCancellable *cancellable,
             GError **error)
{
  if (!source->clear)
    return desk_vault_file_read (key, digest, source->fd, out, source->bytes, cancellable, error);
  if (!read_clear (source->fd, out, source->bytes, cancellable, error))
    return FALSE;

  g_autofree char *found = g_compute_checksum_for_data (G_CHECKSUM_SHA256, out, source->bytes);
  return g_str_equal (found, digest)
         || refuse (error, DESK_ERROR_CORRUPT, NULL, "the content is not the one that was stored");
}

/* The content of that digest, whole and checked, or an error: NOT_FOUND, CORRUPT, IO, REFUSED "contents-closed". */
GBytes *
desk_contents_get (DeskContents *self, const char *digest, GCancellable *cancellable, GError **error)
{
  g_autoptr (DeskVaultKey) key = desk_contents_dup_key (self);
  Source source;

  if (!desk_contents_is_digest (digest))
    {
      desk_error_set_errno (error, "content", ENOENT);
      return NULL;
    }
  if (!source_open (&source, self, key, digest, error))
    return NULL;

  g_autofree guint8 *plain = g_try_malloc (MAX (source.bytes, 1));
  gboolean ok = plain ? source_read (&source, key, digest, plain, cancellable, error)
                      : refuse (error, DESK_ERROR_FAILED, NULL, "not enough memory for the content");
  close (source.fd);
  return ok ? g_bytes_new_take (g_steal_pointer (&plain), source.bytes) : NULL;
}

/* The content as an open file in memory, at its start, for a reader to take; -1 with the errors above. */
int
desk_contents_get_fd (DeskContents *self, const char *digest, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = desk_contents_get (self, digest, cancellable, error);
  gsize length, done = 0;
  const guint8 *data = bytes ? g_bytes_get_data (bytes, &length) : NULL;
  int fd = data ? memfd_create ("content", MFD_CLOEXEC) : -1;

  if (!bytes)
    return -1;
  while (fd >= 0 && done < length)
    {
      ssize_t n = write (fd, data + done, length - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      done += n;
    }
  if (fd >= 0 && done == length && lseek (fd, 0, SEEK_SET) == 0)
    return fd;
  desk_error_set_errno (error, "content", errno);
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Whether a file of that content is there; what is in it is only known by reading it. FALSE while closed. */
gboolean
desk_contents_has (DeskContents *self, const char *digest)
{
  g_autoptr (DeskVaultKey) key = desk_contents_dup_key (self);
  Source source;

  if (!desk_contents_is_digest (digest) || !source_open (&source, self, key, digest, NULL))
    return FALSE;
  close (source.fd);
  return TRUE;
}

/* Removes a content that this put has written and that nobody, in this program or another, has put since. That no record
 * names it is the caller's to know, inside a transaction that writes. Whether it is gone. */
gboolean
desk_contents_take_back (DeskContents *self, const DeskContent *content)
{
  g_autoptr (DeskVaultKey) key = desk_contents_dup_key (self);
  struct stat info;

  if (!key || !content->written || !desk_contents_is_digest (content->digest))
    return FALSE;

  g_autofree char *path = path_of (self, key, content->digest);
  return lstat (path, &info) == 0 && (gint64) info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec == content->put_at
         && g_unlink (path) == 0;
}
