/* A table of 100,000 patients taken in, against bare SQLite inserting the very same rows (patients, their words, the
 * rows of the import) into tables and indexes of the same text, one transaction, in the order in which they lie.
 *
 *   bench-import [PATIENTS]      goal: reading, comparing and taking in at most 3 times the bare inserts */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk-import-job.h"
#include "desk-imports.h"
#include "desk-store.h"

static const char *const tables[] = { "patient", "patient_word", "import_row" };

static double
seconds_since (gint64 begin)
{
  return (g_get_monotonic_time () - begin) / 1e6;
}

static void
check (int code, sqlite3 *db)
{
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
    g_error ("%s", sqlite3_errmsg (db));
}

static void
write_table (const char *path, guint n)
{
  static const char *const families[] = { "Nguyen", "Wang", "Smith", "Kim", "Ivanova", "Garcia", "Tanaka", "Al-Rashid", "Müller", "Santos" };
  static const char *const given[] = { "Anna", "Thi Huong", "Xiaodong", "Min-jun", "Olga", "Maria", "Fatima", "Peter", "Jose", "Ren" };
  static const char *const native[] = { "阮", "王", "", "김", "Иванова", "", "田中", "الراشد", "", "" };
  static const char *const countries[] = { "VNM", "China", "USA", "KOR", "Russian Federation", "ESP", "JPN", "SAU", "DEU", "PHL" };
  FILE *file = fopen (path, "w");

  fputs ("Family name,Given names,Own script,Date of birth,Sex,Nationality,Passport no.,Phone,E-mail,Note\n", file);
  for (guint i = 0; i < n; i++)
    {
      guint a = i % 10, b = i / 10 % 10;
      guint day = i * 7919u % 22000;
      int year, month, mday;

      desk_day_to_ymd (desk_day_from_ymd (1940, 1, 1) + (DeskDay) day, &year, &month, &mday);
      fprintf (file, "%s%c%c,%s,%s,%02d/%02d/%d,%s,%s,P%07u,+%u 90 %07u,person%u@example.org,\"from, the old program\"\n", families[a],
               'a' + i / 100 % 26, 'a' + i / 2600 % 26, given[b], native[a], mday, month, year, i % 2 ? "F" : "male",
               countries[a], i, 30 + a, i * 104729u % 10000000, i);
    }
  if (fclose (file) != 0)
    g_error ("cannot write %s", path);
}

/* The rows of a table, each as a bound statement can take it. */
typedef struct
{
  char *create;
  GPtrArray *indexes;
  int columns;
  GPtrArray *values; /* of sqlite3_value */
} Rows;

static void
load (sqlite3 *from, const char *table, Rows *rows)
{
  sqlite3_stmt *stmt;
  g_autofree char *select = g_strdup_printf ("SELECT * FROM %s", table);

  rows->indexes = g_ptr_array_new_with_free_func (g_free);
  rows->values = g_ptr_array_new ();
  check (sqlite3_prepare_v2 (from, "SELECT type, sql FROM sqlite_master WHERE tbl_name = ?1 AND type IN ('table', 'index') AND sql IS NOT NULL", -1, &stmt, NULL), from);
  sqlite3_bind_text (stmt, 1, table, -1, SQLITE_STATIC);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    if (strcmp ((const char *) sqlite3_column_text (stmt, 0), "table") == 0)
      rows->create = g_strdup ((const char *) sqlite3_column_text (stmt, 1));
    else
      g_ptr_array_add (rows->indexes, g_strdup ((const char *) sqlite3_column_text (stmt, 1)));
  sqlite3_finalize (stmt);
  check (sqlite3_prepare_v2 (from, select, -1, &stmt, NULL), from);
  rows->columns = sqlite3_column_count (stmt);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int i = 0; i < rows->columns; i++)
      g_ptr_array_add (rows->values, sqlite3_value_dup (sqlite3_column_value (stmt, i)));
  sqlite3_finalize (stmt);
}

static void
insert (sqlite3 *to, const char *table, const Rows *rows)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  sqlite3_stmt *stmt;

  g_string_printf (sql, "INSERT INTO %s VALUES (?", table);
  for (int i = 1; i < rows->columns; i++)
    g_string_append (sql, ", ?");
  g_string_append (sql, ")");
  check (sqlite3_prepare_v2 (to, sql->str, -1, &stmt, NULL), to);
  for (guint i = 0; i < rows->values->len; i += (guint) rows->columns)
    {
      for (int c = 0; c < rows->columns; c++)
        sqlite3_bind_value (stmt, c + 1, rows->values->pdata[i + (guint) c]);
      check (sqlite3_step (stmt), to);
      sqlite3_reset (stmt);
    }
  sqlite3_finalize (stmt);
}

static double
bare (const char *clinic, const char *path)
{
  sqlite3 *from, *to;
  Rows rows[G_N_ELEMENTS (tables)] = { 0 };

  check (sqlite3_open (clinic, &from), NULL);
  check (sqlite3_open (path, &to), NULL);
  check (sqlite3_exec (to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536", NULL, NULL, NULL), to);
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    {
      load (from, tables[t], &rows[t]);
      check (sqlite3_exec (to, rows[t].create, NULL, NULL, NULL), to);
      for (guint i = 0; i < rows[t].indexes->len; i++)
        check (sqlite3_exec (to, rows[t].indexes->pdata[i], NULL, NULL, NULL), to);
    }
  gint64 begin = g_get_monotonic_time ();
  check (sqlite3_exec (to, "BEGIN IMMEDIATE", NULL, NULL, NULL), to);
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    insert (to, tables[t], &rows[t]);
  check (sqlite3_exec (to, "COMMIT", NULL, NULL, NULL), to);
  double took = seconds_since (begin);
  sqlite3_close (to);
  sqlite3_close (from);
  return took;
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 100000, kept;
  g_autofree char *folder = g_dir_make_tmp ("bench-import-XXXXXX", NULL);
  g_autofree char *csv = g_build_filename (folder, "people.csv", NULL);
  g_autofree char *clinic = g_build_filename (folder, "clinic", NULL), *plain = g_build_filename (folder, "bare", NULL);
  g_autoptr (GError) error = NULL;
  gboolean remembered;
  gint64 batch;

  write_table (csv, n);
  g_autoptr (DeskDb) db = desk_store_create (clinic, &error);
  if (!db)
    g_error ("%s", error->message);

  gint64 begin = g_get_monotonic_time ();
  g_autoptr (DeskImportFile) file = desk_import_file_read (csv, NULL, NULL, TRUE, NULL, &error);
  if (!file)
    g_error ("%s", error->message);
  double read = seconds_since (begin);
  begin = g_get_monotonic_time ();
  g_autoptr (DeskImportPlan) plan = desk_import_propose (db, file, &remembered, &error);
  g_autoptr (DeskImportLook) look = plan ? desk_import_look (db, file, plan, desk_day_from_ymd (2026, 11, 22), NULL, NULL, NULL, &error) : NULL;
  if (!look)
    g_error ("%s", error->message);
  double looked = seconds_since (begin);
  begin = g_get_monotonic_time ();
  if (!desk_import_take (db, file, plan, look, desk_day_from_ymd (2026, 11, 22), NULL, NULL, NULL, &batch, &error))
    g_error ("%s", error->message);
  double took = seconds_since (begin), against = bare (clinic, plain);
  begin = g_get_monotonic_time ();
  if (!desk_import_undo (db, batch, &kept, NULL, NULL, &error))
    g_error ("%s", error->message);
  double undone = seconds_since (begin);

  printf ("%u rows: %u new, %u duplicates, %u wrong\n", n, look->counts[0], look->counts[1], look->counts[2]);
  printf ("bare inserts of the same rows      %6.2f s\n", against);
  printf ("reading in the sandbox             %6.2f s  %.2f\n", read, read / against);
  printf ("columns and duplicates             %6.2f s  %.2f\n", looked, looked / against);
  printf ("taking in                          %6.2f s  %.2f\n", took, took / against);
  printf ("all three                          %6.2f s  %.2f (goal 3)\n", read + looked + took, (read + looked + took) / against);
  printf ("taking back                        %6.2f s  %.2f, %u stay\n", undone, undone / against, kept);
  g_clear_pointer (&db, desk_db_close);
  g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", folder);
  return system (remove);
}
