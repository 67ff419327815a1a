/* Reading the book: types, resources, visits with their names and resources. */
#include "desk-book.h"

#include <string.h>

#include "desk-book-private.h"

#define LONGEST_VISIT 86400 /* the schema's CHECK: how far back a visit can begin that still touches a time */

/* What a list shows of a visit; the instant is that of the last forward step into its status, so that an
 * undo brings the old stamp back. */
#define VISIT_COLUMNS \
  "SELECT v.id, v.patient_id, v.type, v.status, v.starts_at, v.ends_at, v.busy_from, v.busy_until, v.course_id," \
  " v.course_step, v.override, v.note, v.version, p.family, p.given, p.family_native, p.given_native, p.chart," \
  " p.languages, (SELECT min (u.number) FROM reservation r JOIN unit u ON u.id = r.unit_id" \
  "               WHERE r.visit_id = v.id AND r.closed_at IS NULL)," \
  " coalesce ((SELECT s.at FROM visit_stamp s JOIN visit_step t ON t.from_status = s.from_status" \
  "              AND t.to_status = s.to_status AND t.undo = 0" \
  "            WHERE s.visit_id = v.id AND s.to_status = v.status ORDER BY s.seq DESC LIMIT 1), v.created_at)," \
  " EXISTS (SELECT 1 FROM biohazard b WHERE b.patient_id = v.patient_id AND b.cleared_at IS NULL), v.held_until," \
  " (SELECT s.at FROM visit_stamp s JOIN visit_step t ON t.from_status = s.from_status AND t.to_status = s.to_status" \
  "    AND t.undo = 0 WHERE s.visit_id = v.id AND s.to_status = 'arrived' ORDER BY s.seq DESC LIMIT 1)," \
  " v.wall, v.wall_zone, v.their_zone" \
  " FROM visit v JOIN patient p ON p.id = v.patient_id "

static const char types_sql[]
    = "SELECT code, name, name_ja, minutes, before, after, needs, remote, per_day, at_once, active"
      " FROM visit_type ORDER BY position, code";

static const char resources_sql[]
    = "SELECT id, kind, name, name_ja, staff_id, active FROM resource"
      " ORDER BY CASE kind WHEN 'room' THEN 1 WHEN 'chair' THEN 2 ELSE 3 END, position, id";

static const char resource_insert_sql[]
    = "INSERT INTO resource (kind, name, name_ja, staff_id, position, active)"
      " SELECT $1, $2, $3, nullif ($4, 0), coalesce (max (position), 0) + 1, $5 FROM resource RETURNING id";

static const char load_sql[] = VISIT_COLUMNS "WHERE v.id = $1";

static const char load_resources_sql[]
    = "SELECT visit_id, resource_id FROM visit_resource WHERE visit_id = $1 ORDER BY resource_id";

static const char between_sql[]
    = VISIT_COLUMNS "WHERE v.starts_at > $1 AND v.starts_at < $2 AND v.ends_at > $3 ORDER BY v.starts_at, v.id";

static const char between_resources_sql[]
    = "SELECT v.id, r.resource_id FROM visit v JOIN visit_resource r ON r.visit_id = v.id"
      " WHERE v.starts_at > $1 AND v.starts_at < $2 AND v.ends_at > $3 ORDER BY v.starts_at, v.id, r.resource_id";

static const char of_patient_sql[] = VISIT_COLUMNS "WHERE v.patient_id = $1 ORDER BY v.starts_at, v.id";

static const char of_patient_resources_sql[]
    = "SELECT v.id, r.resource_id FROM visit v JOIN visit_resource r ON r.visit_id = v.id"
      " WHERE v.patient_id = $1 ORDER BY v.starts_at, v.id, r.resource_id";

static const char of_course_sql[] = VISIT_COLUMNS "WHERE v.course_id = $1 ORDER BY v.starts_at, v.id";

static const char of_course_resources_sql[]
    = "SELECT v.id, r.resource_id FROM visit v JOIN visit_resource r ON r.visit_id = v.id"
      " WHERE v.course_id = $1 ORDER BY v.starts_at, v.id, r.resource_id";

static const char next_step_sql[]
    = "SELECT c.id, s.seq, s.type FROM course c JOIN course_template_step s ON s.template = c.template"
      " WHERE c.patient_id = $1 AND c.status = 'active'"
      "   AND NOT EXISTS (SELECT 1 FROM visit v JOIN visit_status t ON t.status = v.status"
      "                   WHERE v.course_id = c.id AND v.course_step = s.seq AND (t.final = 0 OR t.takes = 1))"
      " ORDER BY c.started_on DESC, c.id DESC, s.seq LIMIT 1";

static const char in_slots_sql[]
    = "SELECT DISTINCT visit_id FROM visit_slot WHERE resource_id = $1 AND slot >= $2 AND slot < $3";

static const char in_patient_slots_sql[]
    = "SELECT DISTINCT visit_id FROM patient_slot WHERE patient_id = $1 AND slot >= $2 AND slot < $3";

/* The visit types in the order they are offered. */
GPtrArray *
desk_visit_type_list (DeskDb *db, GError **error)
{
  g_autoptr (GPtrArray) types = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_type_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, types_sql, "");
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskVisitType *type = g_new0 (DeskVisitType, 1);

      type->code = desk_stmt_dup_text (stmt, 0);
      type->name = desk_stmt_dup_text (stmt, 1);
      type->name_ja = desk_stmt_dup_text (stmt, 2);
      type->minutes = desk_stmt_int (stmt, 3);
      type->before = desk_stmt_int (stmt, 4);
      type->after = desk_stmt_int (stmt, 5);
      type->needs = desk_stmt_dup_text (stmt, 6);
      type->remote = desk_stmt_int (stmt, 7);
      type->per_day = desk_stmt_int (stmt, 8);
      type->at_once = desk_stmt_int (stmt, 9);
      type->active = desk_stmt_int (stmt, 10);
      g_ptr_array_add (types, type);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&types) : NULL;
}

/* Those that are offered for what is new, and kept (may be NULL): what stands there already stays to be chosen. */
GPtrArray *
desk_visit_type_list_offered (DeskDb *db, const char *kept, GError **error)
{
  GPtrArray *types = desk_visit_type_list (db, error);

  for (guint i = types ? types->len : 0; i-- > 0;)
    {
      const DeskVisitType *type = types->pdata[i];

      if (!type->active && g_strcmp0 (type->code, kept) != 0)
        g_ptr_array_remove_index (types, i);
    }
  return types;
}

/* Rooms, chairs, people, each in their own order; those out of service too. */
GPtrArray *
desk_resource_list (DeskDb *db, GError **error)
{
  g_autoptr (GPtrArray) resources = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_resource_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, resources_sql, "");
  DeskStep step;

  if (!stmt)
    return NULL;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskResource *resource = g_new0 (DeskResource, 1);

      resource->id = desk_stmt_int64 (stmt, 0);
      resource->kind = desk_stmt_dup_text (stmt, 1);
      resource->name = desk_stmt_dup_text (stmt, 2);
      resource->name_ja = desk_stmt_dup_text (stmt, 3);
      resource->staff_id = desk_stmt_int64 (stmt, 4);
      resource->active = desk_stmt_int (stmt, 5);
      g_ptr_array_add (resources, resource);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&resources) : NULL;
}

/* Adds a room, chair or (with staff_id) person as the last of the columns, in service; fills id. */
gboolean
desk_resource_add (DeskDb *db, DeskResource *resource, GError **error)
{
  gint64 id = 0;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn
      || !desk_db_value (db, &id, error, resource_insert_sql, "tttid", resource->kind, resource->name,
                         resource->name_ja ? resource->name_ja : "", resource->staff_id, 1)
      || !desk_txn_log (txn, "resource.add", DESK_KIND_CLINIC, id, resource->name, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  resource->id = id;
  resource->active = TRUE;
  return TRUE;
}

/* The name from the columns of family and given name; the caller frees it. */
char *
desk_row_name (DeskStmt *stmt, int column)
{
  const char *family = desk_stmt_text (stmt, column);
  const char *given = desk_stmt_text (stmt, column + 1);

  return *family && *given ? g_strconcat (family, " ", given, NULL) : g_strdup (*family ? family : given);
}

static DeskVisit *
read_visit (DeskStmt *stmt)
{
  DeskVisit *visit = g_new0 (DeskVisit, 1);

  visit->id = desk_stmt_int64 (stmt, 0);
  visit->patient_id = desk_stmt_int64 (stmt, 1);
  visit->type = desk_stmt_dup_text (stmt, 2);
  visit->status = desk_stmt_dup_text (stmt, 3);
  visit->starts_at = desk_stmt_int64 (stmt, 4);
  visit->ends_at = desk_stmt_int64 (stmt, 5);
  visit->busy_from = desk_stmt_int64 (stmt, 6);
  visit->busy_until = desk_stmt_int64 (stmt, 7);
  visit->course_id = desk_stmt_int64 (stmt, 8);
  visit->course_step = desk_stmt_int (stmt, 9);
  visit->override = desk_stmt_dup_text (stmt, 10);
  visit->note = desk_stmt_dup_text (stmt, 11);
  visit->version = desk_stmt_int64 (stmt, 12);
  visit->patient_name = desk_row_name (stmt, 13);
  visit->patient_native = desk_row_name (stmt, 15);
  visit->patient_chart = desk_stmt_dup_text (stmt, 17);
  visit->languages = desk_stmt_dup_text (stmt, 18);
  visit->dose_number = desk_stmt_dup_text (stmt, 19);
  visit->status_since = desk_stmt_int64 (stmt, 20);
  visit->biohazard = desk_stmt_int (stmt, 21) != 0;
  visit->held_until = desk_stmt_int64 (stmt, 22);
  visit->arrived_at = desk_stmt_int64 (stmt, 23);
  visit->wall = desk_stmt_dup_text (stmt, 24);
  visit->wall_zone = desk_stmt_dup_text (stmt, 25);
  visit->their_zone = desk_stmt_dup_text (stmt, 26);
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  return visit;
}

static GPtrArray *
read_visits (DeskStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (visits, read_visit (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&visits) : NULL;
}

/* Both come in the same order, so one walk gives every visit its resources; a row of a visit that another
 * desk added between the two statements is passed over. */
static gboolean
read_resources (DeskStmt *stmt, GPtrArray *visits, GError **error)
{
  DeskStep step = DESK_STEP_ERROR;
  guint at = 0;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0), resource = desk_stmt_int64 (stmt, 1);
      guint i = at;

      while (i < visits->len && ((DeskVisit *) g_ptr_array_index (visits, i))->id != id)
        i++;
      if (i == visits->len)
        continue;
      at = i;
      g_array_append_val (((DeskVisit *) g_ptr_array_index (visits, at))->resources, resource);
    }
  return step == DESK_STEP_DONE;
}

/* One visit with everything; NULL with DESK_ERROR_NOT_FOUND when there is none. */
DeskVisit *
desk_visit_load (DeskDb *db, gint64 id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, load_sql, "i", id);
  g_autoptr (GPtrArray) visits = read_visits (stmt, error);
  g_autoptr (DeskStmt) resources = NULL;

  if (!visits)
    return NULL;
  if (visits->len == 0)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no visit %" G_GINT64_FORMAT, id);
      return NULL;
    }
  resources = desk_db_query (db, error, load_resources_sql, "i", id);
  return read_resources (resources, visits, error) ? g_ptr_array_steal_index (visits, 0) : NULL;
}

/* Visits of any status whose own time touches the half-open range of instants. */
GPtrArray *
desk_visit_between (DeskDb *db, gint64 from, gint64 until, GError **error)
{
  gint64 earliest = from - LONGEST_VISIT;
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, between_sql, "iii", earliest, until, from);
  g_autoptr (GPtrArray) visits = read_visits (stmt, error);

  if (!visits)
    return NULL;

  g_autoptr (DeskStmt) resources = desk_db_query (db, error, between_resources_sql, "iii", earliest, until, from);
  return read_resources (resources, visits, error) ? g_steal_pointer (&visits) : NULL;
}

/* All of a patient's visits, the oldest first. */
GPtrArray *
desk_visit_of_patient (DeskDb *db, gint64 patient_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, of_patient_sql, "i", patient_id);
  g_autoptr (GPtrArray) visits = read_visits (stmt, error);

  if (!visits)
    return NULL;

  g_autoptr (DeskStmt) resources = desk_db_query (db, error, of_patient_resources_sql, "i", patient_id);
  return read_resources (resources, visits, error) ? g_steal_pointer (&visits) : NULL;
}

/* The visits of a course, the oldest first. */
GPtrArray *
desk_visit_of_course (DeskDb *db, gint64 course_id, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, of_course_sql, "i", course_id);
  g_autoptr (GPtrArray) visits = read_visits (stmt, error);

  if (!visits)
    return NULL;

  g_autoptr (DeskStmt) resources = desk_db_query (db, error, of_course_resources_sql, "i", course_id);
  return read_resources (resources, visits, error) ? g_steal_pointer (&visits) : NULL;
}

gboolean
desk_course_next_step (DeskDb *db, gint64 patient_id, gint64 *course_id, int *step, char **type, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, next_step_sql, "i", patient_id);
  DeskStep row = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *type = NULL;
  if (row != DESK_STEP_ROW)
    return row == DESK_STEP_DONE;
  *course_id = desk_stmt_int64 (stmt, 0);
  *step = desk_stmt_int (stmt, 1);
  *type = desk_stmt_dup_text (stmt, 2);
  return TRUE;
}

static gboolean
collect_ids (DeskStmt *stmt, GHashTable *ids, GError **error)
{
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      gint64 id = desk_stmt_int64 (stmt, 0);
      g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
    }
  return step == DESK_STEP_DONE;
}

/* The visits, other than itself, that hold a slot this one would take: two or three key ranges, whatever
 * the size of the book. */
GPtrArray *
desk_visit_near (DeskDb *db, const DeskVisit *visit, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) near = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; visit->resources && i < visit->resources->len; i++)
    {
      g_autoptr (DeskStmt) stmt = desk_db_query (
          db, error, in_slots_sql, "iii", g_array_index (visit->resources, gint64, i),
          visit->busy_from / DESK_SLOT_SECONDS, visit->busy_until / DESK_SLOT_SECONDS);
      if (!collect_ids (stmt, ids, error))
        return NULL;
    }
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, in_patient_slots_sql, "iii", visit->patient_id,
                                             visit->starts_at / DESK_SLOT_SECONDS, visit->ends_at / DESK_SLOT_SECONDS);
  if (!collect_ids (stmt, ids, error))
    return NULL;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (*(gint64 *) id != visit->id)
      {
        DeskVisit *other = desk_visit_load (db, *(gint64 *) id, error);

        if (!other)
          return NULL;
        g_ptr_array_add (near, other);
      }
  return g_steal_pointer (&near);
}
