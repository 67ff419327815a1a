/* What papers contain: files beside the database, each once, named by its digest. */
#include "desk-documents.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_BYTES (50 * 1024 * 1024)
#define CHUNK 65536
#define DIGEST_LENGTH 64

static const struct
{
  const char *bytes, *media_type;
} signatures[] = {
  { "%PDF-", "application/pdf" },
  { "\x89PNG\r\n\x1a\n", "image/png" },
  { "\xff\xd8\xff", "image/jpeg" },
};

/* A copy being written; its name is NULL once it stands under its digest. */
typedef struct
{
  char *name;
  int fd;
  GChecksum *sum;
  gint64 bytes;
  const char *media_type;
} Copy;

static void
copy_clear (Copy *copy)
{
  if (copy->fd >= 0)
    close (copy->fd);
  if (copy->name)
    g_unlink (copy->name);
  g_free (copy->name);
  g_checksum_free (copy->sum);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copy, copy_clear)

static const char *
media_type_of (const char *bytes, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (length >= strlen (signatures[i].bytes)
        && memcmp (bytes, signatures[i].bytes, strlen (signatures[i].bytes)) == 0)
      return signatures[i].media_type;
  return NULL;
}

static gboolean
refuse (GError **error, const char *source, const char *why)
{
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "%s: %s", source, why);
  return FALSE;
}

static gboolean
write_all (int fd, const char *bytes, gsize length)
{
  while (length > 0)
    {
      ssize_t written = write (fd, bytes, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      bytes += written;
      length -= written;
    }
  return TRUE;
}

static gboolean
copy_chunks (Copy *copy, int from, const char *source, GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);

  for (;;)
    {
      ssize_t got = read (from, chunk, CHUNK);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return desk_error_set_errno (error, source, errno);
      if (got == 0)
        break;
      if (copy->bytes == 0 && !(copy->media_type = media_type_of (chunk, got)))
        return refuse (error, source, "neither a PDF nor a PNG or JPEG picture");
      copy->bytes += got;
      if (copy->bytes > MAX_BYTES)
        return refuse (error, source, "larger than 50 MB");
      g_checksum_update (copy->sum, (const guchar *) chunk, got);
      if (!write_all (copy->fd, chunk, got))
        return desk_error_set_errno (error, copy->name, errno);
    }
  return copy->bytes > 0 || refuse (error, source, "the file is empty");
}

static gboolean
sync_folder (const char *folder, GError **error)
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
    return sync_folder (parent, error);
  return errno == EEXIST || desk_error_set_errno (error, folder, errno);
}

/* Opened without waiting: a pipe or device named like a document must not hang the desk. */
static int
open_source (const char *source, GError **error)
{
  struct stat info;
  int fd = open (source, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0)
    {
      desk_error_set_errno (error, source, errno);
      return -1;
    }
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_size <= MAX_BYTES)
    return fd;
  refuse (error, source, S_ISREG (info.st_mode) ? "larger than 50 MB" : "not a file");
  close (fd);
  return -1;
}

/* Gives the copy its name. A content that is there already, whole, stays; one of another length is replaced. */
static gboolean
keep (Copy *copy, const char *folder, const char *path, GError **error)
{
  struct stat info;

  if (stat (path, &info) == 0 && info.st_size == copy->bytes)
    return TRUE;
  if (fsync (copy->fd) < 0)
    return desk_error_set_errno (error, copy->name, errno);
  if (g_rename (copy->name, path) < 0)
    return desk_error_set_errno (error, path, errno);
  g_clear_pointer (&copy->name, g_free);
  return sync_folder (folder, error);
}

/* See the header. On failure nothing is left behind and the document is as it was. */
gboolean
desk_content_store (const char *folder, const char *source, DeskDocument *document, GError **error)
{
  g_auto (Copy) copy = { .fd = -1, .sum = g_checksum_new (G_CHECKSUM_SHA256) };
  int from = open_source (source, error);

  if (from < 0)
    return FALSE;
  gboolean ok = make_folder (folder, error);
  if (ok)
    {
      copy.name = g_build_filename (folder, ".new-XXXXXX", NULL);
      copy.fd = g_mkstemp_full (copy.name, O_WRONLY | O_CLOEXEC, 0600);
      if (copy.fd < 0)
        {
          ok = desk_error_set_errno (error, folder, errno);
          g_clear_pointer (&copy.name, g_free);
        }
    }
  ok = ok && copy_chunks (&copy, from, source, error);
  close (from);
  if (!ok)
    return FALSE;

  g_autofree char *path = desk_content_path (folder, g_checksum_get_string (copy.sum));
  if (!keep (&copy, folder, path, error))
    return FALSE;
  g_free (document->digest);
  g_free (document->media_type);
  document->digest = g_strdup (g_checksum_get_string (copy.sum));
  document->media_type = g_strdup (copy.media_type);
  document->bytes = copy.bytes;
  return TRUE;
}

/* Where the content of that digest lies; NULL for what is no digest, so that no text from the database can
 * name another file. The caller frees it. */
char *
desk_content_path (const char *folder, const char *digest)
{
  if (!digest || strlen (digest) != DIGEST_LENGTH || strspn (digest, "0123456789abcdef") != DIGEST_LENGTH)
    return NULL;
  return g_build_filename (folder, digest, NULL);
}
