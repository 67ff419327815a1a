/* Somebody else's table of patients, read by the helper in its sandbox: never parsed here. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Between the cells of a row in the helper's answer. */
#define DESK_IMPORT_CELL_MARK "\x1f"

typedef struct
{
  guint line;
  char *code; /* wrong-bytes, quote-open, too-many-cells … as the helper tells it */
} DeskImportTrouble;

typedef struct
{
  char *name;      /* of the file, without its path */
  char *digest;    /* SHA-256 of its content */
  char *encoding;  /* as found or told: UTF-8, UTF-16LE, CP932 … */
  char *delimiter; /* one character */
  char **header;
  GPtrArray *troubles; /* of DeskImportTrouble */
  GBytes *answer;
  GArray *rows;    /* of where each begins in the answer */
  gatomicrefcount refs;
} DeskImportFile;

/* encoding and delimiter NULL: found out. headed: the first row says what the columns are. */
DeskImportFile *desk_import_file_read (const char *path, const char *encoding, const char *delimiter, gboolean headed, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskImportFile *desk_import_file_ref (DeskImportFile *file);
void desk_import_file_unref (DeskImportFile *file);
char **desk_import_file_row (const DeskImportFile *file, guint index, guint *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskImportFile, desk_import_file_unref)

G_END_DECLS
