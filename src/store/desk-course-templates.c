#include "desk-course-templates.h"

#include <string.h>

#define TEMPLATE_COLUMNS \
  "SELECT t.code, t.name, t.name_ja, t.strategy, t.active, t.position, t.version," \
  " (SELECT count (*) FROM course c WHERE c.template = t.code) FROM course_template t "

static const char list_sql[] = TEMPLATE_COLUMNS "WHERE t.active >= $1 ORDER BY t.position, t.code";
static const char load_sql[] = TEMPLATE_COLUMNS "WHERE t.code = $1";

static const char steps_sql[]
    = "SELECT type, after, min_days, max_days, minutes, doses, note FROM course_template_step WHERE template = $1 ORDER BY seq";

static const char insert_sql[]
    = "INSERT INTO course_template (code, name, name_ja, strategy, active, position)"
      " SELECT $1, $2, $3, $4, $5, coalesce (max (position), 0) + 1 FROM course_template RETURNING position";

static const char update_sql[]
    = "UPDATE course_template SET name = $3, name_ja = $4, strategy = $5, active = $6, position = $7, version = version + 1"
      " WHERE code = $1 AND version = $2 RETURNING version";

static const char step_sql[]
    = "INSERT INTO course_template_step (template, seq, type, after, min_days, max_days, minutes, doses, note)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
      " ON CONFLICT (template, seq) DO UPDATE SET type = excluded.type, after = excluded.after, min_days = excluded.min_days,"
      " max_days = excluded.max_days, minutes = excluded.minutes, doses = excluded.doses, note = excluded.note";

static const char taken_sql[] = "SELECT EXISTS (SELECT 1 FROM course_template WHERE code = $1)";

static DeskCourseTemplate *
read_template (DeskStmt *stmt)
{
  DeskCourseTemplate *course = g_new0 (DeskCourseTemplate, 1);

  course->code = desk_stmt_dup_text (stmt, 0);
  course->name = desk_stmt_dup_text (stmt, 1);
  course->name_ja = desk_stmt_dup_text (stmt, 2);
  course->strategy = desk_stmt_dup_text (stmt, 3);
  course->active = desk_stmt_int (stmt, 4);
  course->position = desk_stmt_int (stmt, 5);
  course->version = desk_stmt_int64 (stmt, 6);
  course->n_courses = (guint) desk_stmt_int64 (stmt, 7);
  course->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_course_step_free);
  return course;
}

static gboolean
read_steps (DeskDb *db, DeskCourseTemplate *course, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, steps_sql, "t", course->code);
  DeskStep got = DESK_STEP_ERROR;

  while (stmt && (got = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskCourseStep *step = g_new0 (DeskCourseStep, 1);

      step->type = desk_stmt_dup_text (stmt, 0);
      step->after = desk_stmt_int (stmt, 1);
      step->min_days = desk_stmt_int (stmt, 2);
      step->max_days = desk_stmt_int (stmt, 3);
      step->minutes = desk_stmt_int (stmt, 4);
      step->doses = desk_stmt_int (stmt, 5);
      step->note = desk_stmt_dup_text (stmt, 6);
      g_ptr_array_add (course->steps, step);
    }
  return got == DESK_STEP_DONE;
}

GPtrArray *
desk_course_template_list (DeskDb *db, gboolean active_only, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_course_template_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, list_sql, "d", active_only ? 1 : 0);
  DeskStep got = DESK_STEP_ERROR;

  while (stmt && (got = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (list, read_template (stmt));
  if (got != DESK_STEP_DONE)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    if (!read_steps (db, g_ptr_array_index (list, i), error))
      return NULL;
  return g_steal_pointer (&list);
}

gboolean
desk_course_template_find (DeskDb *db, const char *code, DeskCourseTemplate **course, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, load_sql, "t", code);
  g_autoptr (DeskCourseTemplate) found = NULL;
  DeskStep got = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *course = NULL;
  if (got != DESK_STEP_ROW)
    return got == DESK_STEP_DONE;
  found = read_template (stmt);
  if (!read_steps (db, found, error))
    return FALSE;
  *course = g_steal_pointer (&found);
  return TRUE;
}

DeskCourseTemplate *
desk_course_template_load (DeskDb *db, const char *code, GError **error)
{
  DeskCourseTemplate *course = NULL;

  if (desk_course_template_find (db, code, &course, error) && !course)
    g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no course template “%s”", code);
  return course;
}

/* A code from the name's letters, free in this clinic: "six-infusions-2". */
static char *
make_code (DeskDb *db, const char *name, GError **error)
{
  g_autofree char *ascii = g_str_to_ascii (name, "C");
  g_autoptr (GString) stem = g_string_new (NULL);
  gint64 taken;

  for (const char *c = ascii; *c && stem->len < 24; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (stem, g_ascii_tolower (*c));
    else if (stem->len > 0 && stem->str[stem->len - 1] != '-')
      g_string_append_c (stem, '-');
  while (stem->len > 0 && stem->str[stem->len - 1] == '-')
    g_string_truncate (stem, stem->len - 1);
  if (stem->len == 0)
    g_string_append (stem, "course");
  for (guint n = 1;; n++)
    {
      g_autofree char *code = n == 1 ? g_strdup (stem->str) : g_strdup_printf ("%s-%u", stem->str, n);

      if (!desk_db_value (db, &taken, error, taken_sql, "t", code))
        return NULL;
      if (!taken)
        return g_steal_pointer (&code);
    }
}

static gboolean
write_steps (DeskDb *db, const DeskCourseTemplate *course, const char *code, GError **error)
{
  for (guint i = 0; i < course->steps->len; i++)
    {
      const DeskCourseStep *step = g_ptr_array_index (course->steps, i);

      if (!desk_db_run (db, error, step_sql, "tdtdddddt", code, (int) i + 1, step->type, step->after, step->min_days,
                        step->max_days, step->minutes, step->doses, step->note ? step->note : ""))
        return FALSE;
    }
  return desk_db_run (db, error, "DELETE FROM course_template_step WHERE template = $1 AND seq > $2", "td", code,
                      (int) course->steps->len);
}

/* One row of RETURNING is the new version; none means that somebody changed the template since it was read. */
static gboolean
update_template (DeskDb *db, const DeskCourseTemplate *course, gint64 *version, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, update_sql, "titttdd", course->code, course->version, course->name,
                       course->name_ja ? course->name_ja : "", course->strategy, course->active ? 1 : 0, course->position);
  DeskStep got = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (got == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody changed the course template meanwhile");
  if (got != DESK_STEP_ROW)
    return FALSE;
  *version = desk_stmt_int64 (stmt, 0);
  return TRUE;
}

gboolean
desk_course_template_save (DeskDb *db, DeskCourseTemplate *course, GError **error)
{
  gboolean is_new = course->version == 0;
  gint64 version = 1, position = course->position;
  g_autofree char *code = NULL;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  code = course->code && *course->code ? g_strdup (course->code) : make_code (db, course->name, error);
  if (!code
      || (is_new ? !desk_db_value (db, &position, error, insert_sql, "ttttd", code, course->name,
                                   course->name_ja ? course->name_ja : "", course->strategy, course->active ? 1 : 0)
                 : !update_template (db, course, &version, error))
      || !write_steps (db, course, code, error)
      || !desk_txn_log (txn, is_new ? "course-template.add" : "course-template.change", DESK_KIND_BOOK, 0, code, error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  g_free (course->code);
  course->code = g_steal_pointer (&code);
  course->position = (int) position;
  course->version = version;
  return TRUE;
}

gboolean
desk_course_template_remove (DeskDb *db, const char *code, gint64 version, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 gone = 0;
  g_autoptr (DeskStmt) stmt
      = txn ? desk_db_query (db, error, "DELETE FROM course_template WHERE code = $1 AND version = $2 RETURNING version", "ti", code,
                             version)
            : NULL;

  if (!stmt)
    return FALSE;
  switch (desk_stmt_step (stmt, error))
    {
    case DESK_STEP_ROW:
      gone = desk_stmt_int64 (stmt, 0);
      break;
    case DESK_STEP_DONE:
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody changed the course template meanwhile");
      return FALSE;
    default:
      return FALSE;
    }
  g_clear_pointer (&stmt, desk_stmt_release);
  return gone == version && desk_txn_log (txn, "course-template.remove", DESK_KIND_BOOK, 0, code, error)
         && desk_txn_commit (txn, error);
}
