/* The contents of papers: each stored once, encrypted, in the folder beside the clinic file. Without the key they are
 * closed: nothing is put or read (DESK_ERROR_REFUSED "contents-closed"). Contents that an older version left in clear
 * are still read. All functions but desk_contents_unlock () may be called in any thread and may take long. */
#pragma once

#include <gio/gio.h>

#include "desk-content-type.h"
#include "desk-progress.h"
#include "desk-vault-key.h"

G_BEGIN_DECLS

#define DESK_TYPE_CONTENTS (desk_contents_get_type ())
G_DECLARE_FINAL_TYPE (DeskContents, desk_contents, DESK, CONTENTS, GObject)

#define DESK_CONTENT_MAX_BYTES (50 * 1024 * 1024)        /* of a paper */
#define DESK_CONTENT_MAX_DICOM ((gint64) 512 * 1024 * 1024)

/* What was stored; nothing to free. */
typedef struct
{
  char digest[65];        /* SHA-256 of the content, hexadecimal */
  gint64 bytes;
  const char *media_type; /* by its first bytes; static */
  gboolean written;       /* it was not there before */
  gint64 put_at;          /* nanoseconds: the file's own time since this put */
} DeskContent;

typedef enum
{
  DESK_CONTENTS_KNOWN = 0,     /* refuses what is of no kind that is known */
  DESK_CONTENTS_ANY = 1 << 0,  /* takes it as application/octet-stream */
} DeskContentsFlags;

DeskContents *desk_contents_open (const char *folder, DeskVaultKey *key);
void desk_contents_unlock (DeskContents *self, DeskVaultKey *key);
gboolean desk_contents_is_closed (DeskContents *self);

gboolean desk_contents_put_file (DeskContents *self, const char *path, DeskContent *out, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_contents_put_bytes (DeskContents *self, GBytes *bytes, DeskContent *out, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_contents_put_fd (DeskContents *self, int fd, const char *name, DeskContentsFlags flags, DeskContent *out, DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *desk_contents_get (DeskContents *self, const char *digest, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
int desk_contents_get_fd (DeskContents *self, const char *digest, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_contents_has (DeskContents *self, const char *digest);
gboolean desk_contents_take_back (DeskContents *self, const DeskContent *content);

gboolean desk_contents_sweep (DeskContents *self, const GPtrArray *needed, gint64 before, gboolean remove, guint *n, gint64 *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_contents_remove_leftovers (DeskContents *self, gint64 before);

guint desk_contents_count_clear (DeskContents *self);
gboolean desk_contents_protect (DeskContents *self, DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
