#include "desk-book-views.h"

#include <string.h>

static const char list_sql[] = "SELECT id, key, name, mode, rows, types, version FROM book_view ORDER BY key";

static const char list_resources_sql[]
    = "SELECT r.view_id, r.resource_id FROM book_view_resource r JOIN book_view v ON v.id = r.view_id"
      " ORDER BY v.key, r.position";

static const char holder_sql[] = "SELECT name FROM book_view WHERE key = $1 AND id <> $2";

static const char insert_sql[]
    = "INSERT INTO book_view (key, name, mode, rows, types) VALUES ($1, $2, $3, $4, $5) RETURNING id, version";

static const char update_sql[]
    = "UPDATE book_view SET key = $3, name = $4, mode = $5, rows = $6, types = $7, version = version + 1"
      " WHERE id = $1 AND version = $2 RETURNING id, version";

static const char forget_sql[] = "DELETE FROM book_view_resource WHERE view_id = $1";

static const char resource_sql[] = "INSERT INTO book_view_resource (view_id, resource_id, position) VALUES ($1, $2, $3)";

static const char remove_sql[] = "DELETE FROM book_view WHERE id = $1 AND version = $2 RETURNING id, version";

/* A view of all resources that is not stored yet. */
DeskBookView *
desk_book_view_new (int key, const char *name, const char *mode, int rows, const char *types)
{
  DeskBookView *view = g_new0 (DeskBookView, 1);

  view->key = key;
  view->name = g_strdup (name);
  view->mode = g_strdup (mode);
  view->rows = rows;
  view->types = g_strdup (types);
  view->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  return view;
}

DeskBookView *
desk_book_view_copy (const DeskBookView *view)
{
  DeskBookView *copy = desk_book_view_new (view->key, view->name, view->mode, view->rows, view->types);

  copy->id = view->id;
  copy->version = view->version;
  g_array_append_vals (copy->resources, view->resources->data, view->resources->len);
  return copy;
}

void
desk_book_view_free (DeskBookView *view)
{
  g_free (view->name);
  g_free (view->mode);
  g_free (view->types);
  g_array_unref (view->resources);
  g_free (view);
}

static void
free_row (gpointer view)
{
  desk_book_view_free (view);
}

static gboolean
read_resources (DeskDb *db, GPtrArray *views, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, list_resources_sql, "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    for (guint i = 0; i < views->len; i++)
      {
        DeskBookView *view = g_ptr_array_index (views, i);
        gint64 resource = desk_stmt_int64 (stmt, 1);

        if (view->id == desk_stmt_int64 (stmt, 0))
          g_array_append_val (view->resources, resource);
      }
  return step == DESK_STEP_DONE;
}

/* The views by their key: DeskBookView, freed with g_ptr_array_unref (). */
GPtrArray *
desk_book_view_list (DeskDb *db, GError **error)
{
  g_autoptr (GPtrArray) views = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, list_sql, "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskBookView *view = desk_book_view_new (desk_stmt_int (stmt, 1), desk_stmt_text (stmt, 2),
                                               desk_stmt_text (stmt, 3), desk_stmt_int (stmt, 4),
                                               desk_stmt_text (stmt, 5));

      view->id = desk_stmt_int64 (stmt, 0);
      view->version = desk_stmt_int64 (stmt, 6);
      g_ptr_array_add (views, view);
    }
  return step == DESK_STEP_DONE && read_resources (db, views, error) ? g_steal_pointer (&views) : NULL;
}

static gboolean
refuse_invalid (const DeskBookView *view, GError **error)
{
  static const char *const modes[] = { "day", "week", "month", NULL };
  const char *wrong = view->key < 5 || view->key > 8                              ? "key"
                      : !*view->name                                              ? "name"
                      : !g_strv_contains (modes, view->mode)                      ? "mode"
                      : view->rows != 5 && view->rows != 10 && view->rows != 15 ? "rows"
                                                                                  : NULL;

  if (wrong)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, wrong);
  return !wrong;
}

/* Another view on that key is named, rather than the index that refuses it. */
static gboolean
refuse_taken (DeskDb *db, const DeskBookView *view, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, holder_sql, "di", view->key, view->id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ROW)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_TAKEN, desk_stmt_text (stmt, 0));
  return step == DESK_STEP_DONE;
}

static gboolean
run_write (DeskStmt *stmt, gint64 *id, gint64 *version, GError **error)
{
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the view was changed meanwhile");
  if (step == DESK_STEP_ROW)
    {
      *id = desk_stmt_int64 (stmt, 0);
      *version = desk_stmt_int64 (stmt, 1);
    }
  g_clear_pointer (&stmt, desk_stmt_release);
  return step == DESK_STEP_ROW;
}

static gboolean
write_resources (DeskDb *db, gint64 view_id, const GArray *resources, GError **error)
{
  if (!desk_db_run (db, error, forget_sql, "i", view_id))
    return FALSE;
  for (guint i = 0; i < resources->len; i++)
    if (!desk_db_run (db, error, resource_sql, "iid", view_id, g_array_index (resources, gint64, i), (int) i + 1))
      return FALSE;
  return TRUE;
}

/* Saves a new (id 0) or changed view with its columns; fills in id and version. DESK_ERROR_TAKEN when the key shows
 * another view (the message is its name), DESK_ERROR_CONFLICT when somebody changed it since it was read,
 * DESK_ERROR_INVALID with the field. */
gboolean
desk_book_view_save (DeskDb *db, DeskBookView *view, GError **error)
{
  gint64 id = 0, version = 0;
  g_autoptr (DeskTxn) txn = NULL;

  g_strstrip (view->name);
  if (!refuse_invalid (view, error) || !(txn = desk_txn_begin (db, error)) || !refuse_taken (db, view, error))
    return FALSE;

  DeskStmt *stmt = view->id ? desk_db_query (db, error, update_sql, "iidttdt", view->id, view->version, view->key,
                                             view->name, view->mode, view->rows, view->types)
                            : desk_db_query (db, error, insert_sql, "dttdt", view->key, view->name, view->mode,
                                             view->rows, view->types);
  if (!run_write (stmt, &id, &version, error) || !write_resources (db, id, view->resources, error)
      || !desk_txn_log (txn, "book-view.save", DESK_KIND_BOOK, id, view->name, error) || !desk_txn_commit (txn, error))
    return FALSE;
  view->id = id;
  view->version = version;
  return TRUE;
}

/* Takes a view off its key. Saving the same view with id 0 brings it back. DESK_ERROR_CONFLICT when somebody changed
 * it since it was read. */
gboolean
desk_book_view_remove (DeskDb *db, const DeskBookView *view, GError **error)
{
  gint64 id, version;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  return txn && desk_db_run (db, error, forget_sql, "i", view->id)
         && run_write (desk_db_query (db, error, remove_sql, "ii", view->id, view->version), &id, &version, error)
         && desk_txn_log (txn, "book-view.remove", DESK_KIND_BOOK, view->id, view->name, error)
         && desk_txn_commit (txn, error);
}
