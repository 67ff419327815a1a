#include "desk-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk-patients.h"
#include "desk-schema.h"
#include "desk-series.h"

/* The first hundred bytes of an SQLite file, as far as we look at them. */
typedef struct
{
  gint64 size;          /* of the file */
  gint64 pages;         /* as the header counts them */
  guint32 page_size;
  guint32 user_version; /* our schema step */
  guint32 application_id;
} Header;

static guint32
big_endian (const guchar *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static gboolean
read_header (const char *path, Header *header, GError **error)
{
  guchar bytes[100];
  struct stat info;
  /* Without O_NONBLOCK a pipe would keep us waiting for whoever writes into it. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    return desk_error_set_errno (error, path, errno);
  if (fstat (fd, &info) < 0 || !S_ISREG (info.st_mode))
    {
      close (fd);
      g_set_error (error, DESK_ERROR, DESK_ERROR_FOREIGN, "%s: not a file", path);
      return FALSE;
    }
  ssize_t got = pread (fd, bytes, sizeof bytes, 0);
  close (fd);
  if (got < (ssize_t) sizeof bytes || memcmp (bytes, "SQLite format 3", 16) != 0)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_FOREIGN, "%s: not a clinic file", path);
      return FALSE;
    }
  header->size = info.st_size;
  header->page_size = bytes[16] << 8 | bytes[17];
  if (header->page_size == 1)
    header->page_size = 65536;
  header->pages = big_endian (bytes + 28);
  header->user_version = big_endian (bytes + 60);
  header->application_id = big_endian (bytes + 68);
  return TRUE;
}

static gboolean
log_is_empty (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  struct stat info;

  return stat (log, &info) < 0 || info.st_size == 0;
}

static gboolean
check_header (const char *path, const Header *header, GError **error)
{
  if (header->application_id != DESK_STORE_APPLICATION_ID)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_FOREIGN, "%s: a database of another program", path);
      return FALSE;
    }
  if (header->user_version > DESK_STORE_SCHEMA)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_NEWER, "%s: written by a newer version of Uketsuke (schema %u, this one knows %d)",
                   path, header->user_version, DESK_STORE_SCHEMA);
      return FALSE;
    }
  /* While the log beside the file holds pages, the file itself may rightly be shorter than it says. */
  if (log_is_empty (path) && header->size < header->pages * (gint64) header->page_size)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_CORRUPT, "%s: the file is cut off (%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " bytes)",
                   path, header->size, header->pages * header->page_size);
      return FALSE;
    }
  return TRUE;
}

/* Whether the file and its folder let us write. The permission bits count even for root. */
gboolean
desk_store_writable (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat info;

  return stat (path, &info) == 0 && (info.st_mode & 0222) && access (path, W_OK) == 0 && access (folder, W_OK) == 0
         && stat (folder, &info) == 0 && (info.st_mode & 0222);
}

static gboolean
check_keys (DeskDb *db, GError **error)
{
  gint64 broken;

  if (!desk_db_value (db, &broken, error, "SELECT count (*) FROM pragma_foreign_key_check", ""))
    return FALSE;
  if (broken == 0)
    return TRUE;
  g_set_error (error, DESK_ERROR, DESK_ERROR_CORRUPT, "%" G_GINT64_FORMAT " rows of the clinic file belong to nothing", broken);
  return FALSE;
}

static gboolean
run_step (DeskDb *db, int from, int step, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("BEGIN IMMEDIATE; %s; PRAGMA user_version = %d;", desk_schema_steps[step], step + 1);
  gboolean last_of_old = from > 0 && step + 1 == DESK_STORE_SCHEMA;

  /* A newer program folds names in ways of its own: the words of an older file are brought in line with them. */
  return desk_db_exec (db, sql, error) && (!last_of_old || desk_patient_write_all_words (db, error))
         && check_keys (db, error) && desk_db_exec (db, "COMMIT", error);
}

static gboolean
run_all (DeskDb *db, int from, GError **error)
{
  for (int step = from; step < DESK_STORE_SCHEMA; step++)
    {
      if (!run_step (db, from, step, error))
        {
          if (!desk_db_exec (db, "ROLLBACK", NULL))
            g_debug ("nothing to roll back");
          return FALSE;
        }
    }
  return TRUE;
}

/* A step may make a table anew, which keys to it would forbid: they are off meanwhile, and each step checks them at its
 * end. Old names in triggers are left as they are. */
static gboolean
run_steps (DeskDb *db, int from, GError **error)
{
  gboolean done = desk_db_exec (db, "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON", error) && run_all (db, from, error);

  if (!desk_db_exec (db, "PRAGMA legacy_alter_table = OFF; PRAGMA foreign_keys = ON", done ? error : NULL) || !done)
    return FALSE;
  /* The header of the file itself, not only the log beside it, must say what the file is. */
  return from == DESK_STORE_SCHEMA || desk_db_exec (db, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}

/* The folder beside the clinic file where attachments lie; the caller frees it. */
char *
desk_store_files_folder (const char *path)
{
  return g_strconcat (path, ".files", NULL);
}

static void
remove_file (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      g_unlink (name);
    }
}

/* Makes an empty clinic file with the newest schema, mode 0600. An existing file is never touched. */
DeskDb *
desk_store_create (const char *path, GError **error)
{
  int fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      desk_error_set_errno (error, path, errno);
      return NULL;
    }
  close (fd);

  g_autoptr (DeskDb) db = desk_db_open (path, DESK_ENGINE_CREATE, error);
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id = %d", DESK_STORE_APPLICATION_ID);
  if (!db || !desk_db_exec (db, mark, error) || !run_steps (db, 0, error) || !desk_series_settle (db, error))
    {
      g_clear_pointer (&db, desk_db_close);
      remove_file (path);
      return NULL;
    }
  return g_steal_pointer (&db);
}

/* An older file that is only to be looked at takes the new steps all the same, by a connection that may write. */
static gboolean
bring_up (const char *path, DeskEngineFlags flags, GError **error)
{
  if (flags & DESK_ENGINE_READ_ONLY)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_READ_ONLY,
                   "%s: made by an older Uketsuke; open it once where it can be written", path);
      return FALSE;
    }
  g_autoptr (DeskDb) writer = desk_store_open (path, FALSE, error);
  return writer != NULL;
}

/* Opens a clinic file; read_only is forced by the caller, or by what desk_store_writable () says. Refuses
 * with DESK_ERROR_NOT_FOUND, FOREIGN, NEWER or CORRUPT, leaving the file as it was. */
DeskDb *
desk_store_open (const char *path, gboolean read_only, GError **error)
{
  Header header = { 0 };
  DeskEngineFlags flags = read_only ? DESK_ENGINE_QUERY_ONLY : 0;

  /* A second connection: the first has looked, and looking again would cost it its locks. */
  gboolean known = desk_engine_has_open (path);

  if (!known && (!read_header (path, &header, error) || !check_header (path, &header, error)))
    return NULL;
  if (!desk_store_writable (path))
    {
      g_autofree char *folder = g_path_get_dirname (path);

      read_only = TRUE;
      flags = DESK_ENGINE_READ_ONLY;
      /* Without a log to replay the file can be read where even a lock could not be written. */
      if (access (folder, W_OK) != 0 && log_is_empty (path))
        flags |= DESK_ENGINE_IMMUTABLE;
    }

  g_autoptr (DeskDb) db = desk_db_open (path, flags, error);
  gint64 version, tables;
  if (!db || !desk_db_value (db, &version, error, "PRAGMA user_version", "")
      || !desk_db_value (db, &tables, error, "SELECT count (*) FROM clinic", ""))
    return NULL;
  /* Once more: a newer program may have left its step in the log only. */
  header.user_version = version;
  if (!known && !check_header (path, &header, error))
    return NULL;
  if (version < DESK_STORE_SCHEMA
      && !(read_only ? bring_up (path, flags, error) : run_steps (db, version, error) && desk_series_settle (db, error)))
    return NULL;
  return g_steal_pointer (&db);
}

/* Reads every page and looks for damage; may take seconds on a large file. */
gboolean
desk_store_check (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "PRAGMA quick_check (1)", "");

  if (!stmt || desk_stmt_step (stmt, error) != DESK_STEP_ROW)
    return FALSE;
  if (g_strcmp0 (desk_stmt_text (stmt, 0), "ok") == 0)
    return TRUE;
  g_set_error (error, DESK_ERROR, DESK_ERROR_CORRUPT, "the clinic file is damaged: %s", desk_stmt_text (stmt, 0));
  return FALSE;
}
