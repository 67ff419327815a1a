#include "desk-clinics.h"

static char **
text_member (DeskClinic *clinic, guint i)
{
  /* In the order of the columns below. */
  static const gsize offsets[] = {
    G_STRUCT_OFFSET (DeskClinic, uuid),        G_STRUCT_OFFSET (DeskClinic, name),
    G_STRUCT_OFFSET (DeskClinic, name_ja),     G_STRUCT_OFFSET (DeskClinic, address),
    G_STRUCT_OFFSET (DeskClinic, address_ja),  G_STRUCT_OFFSET (DeskClinic, phone),
    G_STRUCT_OFFSET (DeskClinic, fax),         G_STRUCT_OFFSET (DeskClinic, email),
    G_STRUCT_OFFSET (DeskClinic, director),    G_STRUCT_OFFSET (DeskClinic, director_ja),
    G_STRUCT_OFFSET (DeskClinic, approval),    G_STRUCT_OFFSET (DeskClinic, plan_number),
    G_STRUCT_OFFSET (DeskClinic, facility),    G_STRUCT_OFFSET (DeskClinic, zone),
    G_STRUCT_OFFSET (DeskClinic, closed_weekdays), G_STRUCT_OFFSET (DeskClinic, contact),
    G_STRUCT_OFFSET (DeskClinic, contact_ja),  G_STRUCT_OFFSET (DeskClinic, department),
    G_STRUCT_OFFSET (DeskClinic, department_ja), G_STRUCT_OFFSET (DeskClinic, bank),
    G_STRUCT_OFFSET (DeskClinic, bank_ja),
  };

  return i < G_N_ELEMENTS (offsets) ? G_STRUCT_MEMBER_P (clinic, offsets[i]) : NULL;
}

/* The clinic's record; DESK_ERROR_NOT_FOUND in a file that has none yet. */
DeskClinic *
desk_clinic_load (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error,
                                             "SELECT uuid, name, name_ja, address, address_ja, phone, fax,"
                                             " email, director, director_ja,"
                                             " approval, plan_number, facility, zone, closed_weekdays, contact, contact_ja, department, department_ja, bank, bank_ja, opens,"
                                             " closes, is_sample, version"
                                             " FROM clinic WHERE id = 1",
                                             "");
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;
  char **place;
  guint i;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "the clinic has no record yet");
  if (step != DESK_STEP_ROW)
    return NULL;

  DeskClinic *clinic = g_new0 (DeskClinic, 1);
  for (i = 0; (place = text_member (clinic, i)); i++)
    *place = desk_stmt_dup_text (stmt, i);
  clinic->opens = desk_stmt_int (stmt, i);
  clinic->closes = desk_stmt_int (stmt, i + 1);
  clinic->is_sample = desk_stmt_int (stmt, i + 2);
  clinic->version = desk_stmt_int64 (stmt, i + 3);
  return clinic;
}

static void
fill_in (DeskClinic *clinic)
{
  char **place;

  if (!clinic->uuid || !*clinic->uuid)
    {
      g_free (clinic->uuid);
      clinic->uuid = g_uuid_string_random ();
    }
  if (!clinic->closed_weekdays)
    clinic->closed_weekdays = g_strdup ("7");
  if (!clinic->zone || !*clinic->zone)
    {
      g_free (clinic->zone);
      clinic->zone = g_strdup ("Asia/Tokyo");
    }
  for (guint i = 0; (place = text_member (clinic, i)); i++)
    if (!*place)
      *place = g_strdup ("");
}

static DeskStmt *
write_clinic (DeskDb *db, const DeskClinic *c, GError **error)
{
  /* A clinic without a version is new: the first one wins, the second finds it taken. */
  if (c->version == 0)
    return desk_db_query (db, error,
                          "INSERT INTO clinic (id, uuid, name, name_ja, address, address_ja, phone, fax, email,"
                          " director, director_ja,"
                          " approval, plan_number, facility, zone, closed_weekdays, opens, closes, is_sample, contact, contact_ja, department,"
                          " department_ja, bank, bank_ja)"
                          " VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
                          " $17, $18, $19, $20, $21, $22, $23, $24) RETURNING version",
                          "tttttttttttttttdddtttttt", c->uuid, c->name, c->name_ja, c->address, c->address_ja, c->phone,
                          c->fax, c->email,
                          c->director, c->director_ja, c->approval, c->plan_number, c->facility, c->zone,
                          c->closed_weekdays, c->opens,
                          c->closes, c->is_sample, c->contact, c->contact_ja, c->department, c->department_ja, c->bank, c->bank_ja);
  return desk_db_query (db, error,
                        "UPDATE clinic SET name = $1, name_ja = $2, address = $3, address_ja = $4, phone = $5,"
                        " fax = $6, email = $7,"
                        " director = $8, director_ja = $9, approval = $10, plan_number = $11, facility = $12,"
                        " zone = $13,"
                        " closed_weekdays = $14, opens = $15, closes = $16, contact = $18, contact_ja = $19, department = $20,"
                        " department_ja = $21, bank = $22, bank_ja = $23, version = version + 1"
                        " WHERE id = 1 AND version = $17 RETURNING version",
                        "ttttttttttttttdditttttt", c->name, c->name_ja, c->address, c->address_ja, c->phone, c->fax,
                        c->email, c->director,
                        c->director_ja, c->approval, c->plan_number, c->facility, c->zone, c->closed_weekdays,
                        c->opens, c->closes,
                        c->version, c->contact, c->contact_ja, c->department, c->department_ja, c->bank, c->bank_ja);
}

/* Saves the clinic; version 0 makes the record. uuid and is_sample are fixed from then on. Fills in what is
 * missing. DESK_ERROR_CONFLICT when somebody saved since it was loaded. */
gboolean
desk_clinic_save (DeskDb *db, DeskClinic *clinic, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 version = 0;

  if (!txn)
    return FALSE;
  fill_in (clinic);
  {
    g_autoptr (DeskStmt) stmt = write_clinic (db, clinic, error);
    DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

    if (step == DESK_STEP_DONE)
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the clinic's record was changed meanwhile");
    if (step != DESK_STEP_ROW)
      return FALSE;
    version = desk_stmt_int64 (stmt, 0);
    if (desk_stmt_step (stmt, error) == DESK_STEP_ERROR)
      return FALSE;
  }
  if (!desk_txn_log (txn, clinic->version ? "clinic.update" : "clinic.create", DESK_KIND_CLINIC, 1, clinic->name,
                     error)
      || !desk_txn_commit (txn, error))
    return FALSE;
  clinic->version = version;
  return TRUE;
}

/* The clinic's own zone, whatever the computer's is. Free with g_time_zone_unref (). */
GTimeZone *
desk_clinic_zone (DeskDb *db, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT zone FROM clinic WHERE id = 1", "");
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "the clinic has no record yet");
  if (step != DESK_STEP_ROW)
    return NULL;
  GTimeZone *zone = g_time_zone_new_identifier (desk_stmt_text (stmt, 0));
  if (!zone)
    g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "unknown time zone %s", desk_stmt_text (stmt, 0));
  return zone;
}

/* DeskStaff in order of name; free with g_ptr_array_unref (). */
GPtrArray *
desk_staff_list (DeskDb *db, gboolean active_only, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (
      db, error, "SELECT id, name, name_ja, role, active FROM staff WHERE active >= $1 ORDER BY name, id", "d",
      active_only ? 1 : 0);
  g_autoptr (GPtrArray) staff = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_staff_free);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      DeskStaff *person = g_new0 (DeskStaff, 1);

      person->id = desk_stmt_int64 (stmt, 0);
      person->name = desk_stmt_dup_text (stmt, 1);
      person->name_ja = desk_stmt_dup_text (stmt, 2);
      person->role = desk_stmt_dup_text (stmt, 3);
      person->active = desk_stmt_int (stmt, 4);
      g_ptr_array_add (staff, person);
    }
  return step == DESK_STEP_DONE ? g_steal_pointer (&staff) : NULL;
}

/* Adds a member of the staff and fills in the id. */
gboolean
desk_staff_add (DeskDb *db, DeskStaff *staff, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gint64 id;

  if (!txn
      || !desk_db_value (db, &id, error, "INSERT INTO staff (name, name_ja, role, active) VALUES ($1, $2, $3, $4) RETURNING id", "tttd",
                         staff->name, staff->name_ja ? staff->name_ja : "", staff->role, staff->active)
      || !desk_txn_log (txn, "staff.add", DESK_KIND_CLINIC, id, staff->name, error) || !desk_txn_commit (txn, error))
    return FALSE;
  staff->id = id;
  return TRUE;
}

/* Closes the clinic for a day; a day closed already gets the new reason. */
gboolean
desk_closed_day_add (DeskDb *db, DeskDay day, const char *reason, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autofree char *iso = desk_day_format (day);
  g_autofree char *detail = g_strconcat (iso, ": ", reason, NULL);

  return txn
         && desk_db_run (db, error,
                         "INSERT INTO closed_day (day, reason) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET"
                         " reason = excluded.reason",
                         "tt", iso, reason)
         && desk_txn_log (txn, "closed-day.add", DESK_KIND_CLINIC, 1, detail, error) && desk_txn_commit (txn, error);
}

/* Why the clinic is closed that day: *reason is the caller's to free, NULL on a day that is not in the list. */
gboolean
desk_closed_day_reason (DeskDb *db, DeskDay day, char **reason, GError **error)
{
  g_autofree char *iso = desk_day_format (day);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT reason FROM closed_day WHERE day = $1", "t", iso);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *reason = step == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 0) : NULL;
  return step != DESK_STEP_ERROR;
}

/* Takes the next number of a series, from 1 on, inside the open transaction: rolled back with it, and never
 * given twice once that is committed. */
gboolean
desk_counter_next (DeskDb *db, const char *name, gint64 *number, GError **error)
{
  return desk_db_value (db, number, error,
                        "INSERT INTO counter (name, next) VALUES ($1, 2)"
                        " ON CONFLICT (name) DO UPDATE SET next = counter.next + 1 RETURNING next - 1",
                        "t", name);
}
