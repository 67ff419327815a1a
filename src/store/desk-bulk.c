#include "desk-bulk-private.h"

#include "desk-companions.h"
#include "desk-fold.h"
#include "desk-passports.h"
#include "desk-trips.h"
#include "desk-code-check.h"
#include "desk-word-batch.h"

typedef enum
{
  TABLE_STAFF, TABLE_RESOURCE, TABLE_PATIENT, TABLE_DOCUMENT, TABLE_CONTAINER, TABLE_COLLECTION, TABLE_LOT,
  TABLE_RESULT, TABLE_UNIT, TABLE_PLACEMENT, TABLE_HOLD, TABLE_COURSE, TABLE_VISIT, TABLE_RESERVATION, TABLE_INFUSION,
  N_TABLES
} Table;

struct _DeskBulk
{
  DeskDb *db;
  DeskTxn *txn;
  GError *error;         /* the first one */
  GPtrArray *indexes;    /* of char *: how the ones left out are made again at the end */
  DeskWordBatch *words;
  gint64 last[N_TABLES]; /* id given last */
};

/* Runs a statement unless something failed before; says whether all is still well. */
static gboolean
run (DeskBulk *bulk, const char *sql, const char *types, ...)
{
  va_list args;

  if (bulk->error)
    return FALSE;
  va_start (args, types);
  gboolean ok = desk_db_run_valist (bulk->db, &bulk->error, sql, types, args);
  va_end (args);
  return ok;
}

/* The same for the other files of the bulk. */
gboolean
desk_bulk_run (DeskBulk *bulk, const char *sql, const char *types, ...)
{
  va_list args;

  if (bulk->error)
    return FALSE;
  va_start (args, types);
  gboolean ok = desk_db_run_valist (bulk->db, &bulk->error, sql, types, args);
  va_end (args);
  return ok;
}

static gint64
next_id (DeskBulk *bulk, Table table)
{
  return ++bulk->last[table];
}

/* Leaves out the indexes that would cost most, row by row; the keys stay. Their texts are the schema's own. */
static gboolean
drop_indexes (DeskBulk *bulk, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (bulk->db, error,
                                             "SELECT sql FROM sqlite_master WHERE name IN ('patient_word_of',"
                                             " 'patient_by_name', 'patient_by_birth') ORDER BY name",
                                             "");
  DeskStep step;

  if (!stmt)
    return FALSE;
  while ((step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (bulk->indexes, desk_stmt_dup_text (stmt, 0));
  g_clear_pointer (&stmt, desk_stmt_release);
  return step == DESK_STEP_DONE
         && desk_db_exec (bulk->db, "DROP INDEX patient_word_of; DROP INDEX patient_by_name; DROP INDEX patient_by_birth", error);
}

static gboolean
make_indexes (DeskBulk *bulk, GError **error)
{
  for (guint i = 0; i < bulk->indexes->len; i++)
    if (!desk_db_exec (bulk->db, g_ptr_array_index (bulk->indexes, i), error))
      return FALSE;
  return TRUE;
}

/* Begins in a file that desk_store_create () has just made. Until the end a crash may leave it unusable:
 * whoever fills a file does so under a temporary name. */
DeskBulk *
desk_bulk_begin (DeskDb *db, GError **error)
{
  /* A rollback journal of a new file stays tiny, where the write-ahead log would hold the whole file twice. */
  if (!desk_db_exec (db, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072;"
                         /* A million patients' words are sorted on disk, not in memory. */
                         "PRAGMA temp_store = FILE",
                     error))
    return NULL;

  DeskTxn *txn = desk_txn_begin (db, error);
  if (!txn)
    return NULL;
  DeskBulk *bulk = g_new0 (DeskBulk, 1);
  bulk->db = db;
  bulk->txn = txn;
  bulk->words = desk_word_batch_new ();
  bulk->indexes = g_ptr_array_new_with_free_func (g_free);
  if (!drop_indexes (bulk, error))
    g_clear_pointer (&bulk, desk_bulk_end);
  return bulk;
}

gboolean
desk_bulk_ok (const DeskBulk *bulk)
{
  return !bulk->error;
}

/* Writes the audit row, commits, and brings the file back to how clinic files are kept. */
gboolean
desk_bulk_finish (DeskBulk *bulk, const char *action, const char *detail, GError **error)
{
  if (!bulk->error && desk_word_batch_write (bulk->words, bulk->db, &bulk->error) && make_indexes (bulk, &bulk->error)
      && desk_txn_log (bulk->txn, action, DESK_KIND_CLINIC, 1, detail, &bulk->error))
    {
      if (desk_txn_commit (bulk->txn, &bulk->error)
          && desk_db_exec (bulk->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"
                           "PRAGMA temp_store = MEMORY",
                           &bulk->error))
        return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&bulk->error));
  return FALSE;
}

/* Frees it; what was not finished is rolled back. */
void
desk_bulk_end (DeskBulk *bulk)
{
  desk_txn_end (bulk->txn);
  g_clear_error (&bulk->error);
  desk_word_batch_free (bulk->words);
  g_ptr_array_unref (bulk->indexes);
  g_free (bulk);
}

void
desk_bulk_clinic (DeskBulk *bulk, const DeskClinic *clinic)
{
  run (bulk,
       "INSERT INTO clinic (id, uuid, name, name_ja, address, address_ja, phone, fax, email, director, director_ja,"
       " approval, plan_number, facility, zone, opens, closes, closed_weekdays, is_sample, contact, contact_ja, department, department_ja,"
       " bank, bank_ja)"
       " VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)",
       "ttttttttttttttddtdtttttt", clinic->uuid, clinic->name, clinic->name_ja, clinic->address, clinic->address_ja,
       clinic->phone, clinic->fax, clinic->email, clinic->director, clinic->director_ja, clinic->approval,
       clinic->plan_number, clinic->facility, clinic->zone, clinic->opens, clinic->closes, clinic->closed_weekdays,
       clinic->is_sample, clinic->contact, clinic->contact_ja, clinic->department, clinic->department_ja, clinic->bank, clinic->bank_ja);
}

/* Sets the next number to be given; it must be above the present one. */
void
desk_bulk_counter (DeskBulk *bulk, const char *name, gint64 next)
{
  run (bulk, "UPDATE counter SET next = $2 WHERE name = $1 AND next < $2", "ti", name, next);
}

void
desk_bulk_closed_day (DeskBulk *bulk, DeskDay day, const char *reason)
{
  g_autofree char *iso = desk_day_format (day);

  run (bulk, "INSERT INTO closed_day (day, reason) VALUES ($1, $2)", "tt", iso, reason);
}

void
desk_bulk_open_day (DeskBulk *bulk, DeskDay day, const char *reason)
{
  g_autofree char *iso = desk_day_format (day);

  run (bulk, "INSERT INTO open_day (day, reason) VALUES ($1, $2)", "tt", iso, reason);
}

gint64
desk_bulk_staff (DeskBulk *bulk, const DeskStaff *staff)
{
  gint64 id = next_id (bulk, TABLE_STAFF);

  return run (bulk, "INSERT INTO staff (id, name, name_ja, role, active) VALUES ($1, $2, $3, $4, $5)", "itttd", id,
              staff->name, staff->name_ja, staff->role, staff->active)
             ? id
             : 0;
}

gint64
desk_bulk_resource (DeskBulk *bulk, const DeskResource *resource)
{
  gint64 id = next_id (bulk, TABLE_RESOURCE);

  return run (bulk,
              "INSERT INTO resource (id, kind, name, name_ja, staff_id, position)"
              " VALUES ($1, $2, $3, $4, nullif ($5, 0), $1)",
              "ittti", id, resource->kind, resource->name, resource->name_ja, resource->staff_id)
             ? id
             : 0;
}

/* Inserts the patient as created at that instant, with the words it is found by. */
gint64
desk_bulk_patient (DeskBulk *bulk, const DeskPatient *p, gint64 at)
{
  gint64 id = next_id (bulk, TABLE_PATIENT);
  g_autofree char *name = desk_patient_name (p);
  g_autofree char *sort = desk_fold (name);

  return run (bulk,
              "INSERT INTO patient (id, chart, family, given, family_native, given_native, kana, preferred, sex, birth,"
              " nationality, passport, passport_until, languages, interpreter, phone, email, address, zone, emergency,"
              " referrer, agency, allergies, medication, purpose, icd10, diagnosis, stage, diagnosed_on, note, sort_name,"
              " created_at, updated_at, occupation)"
              " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,"
              " $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $32, $33)",
              "itttttttttttttdttttttttttttttttit", id, p->chart, p->family, p->given, p->family_native,
              p->given_native, p->kana, p->preferred, p->sex, p->birth, p->nationality, p->passport, p->passport_until,
              p->languages, p->interpreter, p->phone, p->email, p->address, p->zone, p->emergency, p->referrer,
              p->agency, p->allergies, p->medication, p->purpose, p->icd10, p->diagnosis, p->stage, p->diagnosed_on,
              p->note, sort, at, p->occupation ? p->occupation : "")
                 && desk_word_batch_add (bulk->words, bulk->db, p, id, &bulk->error)
             ? id
             : 0;
}

gint64
desk_bulk_document (DeskBulk *bulk, const DeskDocument *d)
{
  gint64 id = next_id (bulk, TABLE_DOCUMENT);

  return run (bulk,
              "INSERT INTO document (id, patient_id, kind, state, title, examined_on, language, received_at, media_type,"
              " digest, bytes, note, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
              "iitttttittitt", id, d->patient_id, d->kind, d->state, d->title, d->examined_on, d->language,
              d->received_at, d->media_type, d->digest, d->bytes, d->note, d->due_on ? d->due_on : "")
             ? id
             : 0;
}

/* A physician took the case on. */
void
desk_bulk_acceptance (DeskBulk *bulk, gint64 patient_id, gint64 physician, gint64 at)
{
  run (bulk, "INSERT INTO acceptance (patient_id, accepted, at, by_id) VALUES ($1, 1, $2, $3)", "iii", patient_id, at,
       physician);
}

/* Gets its id. */
void
desk_bulk_companion (DeskBulk *bulk, DeskCompanion *companion)
{
  if (!bulk->error && !desk_companion_insert (bulk->db, companion, &bulk->error))
    companion->id = 0;
}

void
desk_bulk_passport (DeskBulk *bulk, DeskPassportReading *reading)
{
  if (!bulk->error && !desk_passport_insert (bulk->db, reading, &bulk->error))
    reading->id = 0;
}

/* Gets its id; the companions on it are there already. */
void
desk_bulk_trip (DeskBulk *bulk, DeskTrip *trip)
{
  if (!bulk->error && !desk_trip_insert (bulk->db, trip, &bulk->error))
    trip->id = 0;
}

gint64
desk_bulk_container (DeskBulk *bulk, const DeskContainer *c)
{
  gint64 id = next_id (bulk, TABLE_CONTAINER);

  return run (bulk,
              "INSERT INTO container (id, parent_id, kind, name, layout, rows, cols, row, col)"
              " VALUES ($1, nullif ($2, 0), $3, $4, CASE WHEN $5 * $6 > 0 THEN 'grid' ELSE 'none' END, $5, $6, $7, $8)",
              "iittdddd", id, c->parent_id, c->kind, c->name, c->rows, c->cols, c->row, c->col)
             ? id
             : 0;
}

gint64
desk_bulk_collection (DeskBulk *bulk, gint64 patient_id, gint64 course_id, const char *number, const char *method, int volume_ml,
                      DeskBulkActor by)
{
  gint64 id = next_id (bulk, TABLE_COLLECTION);
  g_autofree char *bare = desk_code_without_check (number);
  g_autofree char *chain = g_strconcat (DESK_LOCAL_COI, bare + 1, NULL);
  g_autofree char *coi = desk_code_with_check (chain);

  return run (bulk, "INSERT INTO coi (id, number, course_id, opened_at, opened_by) VALUES ($1, $2, nullif ($3, 0), $4, $5)", "itiii",
              id, coi, course_id, by.at, by.performer)
                 && run (bulk,
                         "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $1)",
                         "iittidi", id, patient_id, number, method, by.at, volume_ml, by.performer)
             ? id
             : 0;
}

gint64
desk_bulk_lot (DeskBulk *bulk, const DeskLot *lot)
{
  gint64 id = next_id (bulk, TABLE_LOT);

  return run (bulk,
              "INSERT INTO lot (id, patient_id, collection_id, number, facility, plan_number, status, started_on,"
              " expected_on, harvested_on, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
              "iiitttttttt", id, lot->patient_id, lot->collection_id, lot->number, lot->facility, lot->plan_number,
              lot->status, lot->started_on, lot->expected_on, lot->harvested_on, lot->note)
             ? id
             : 0;
}

gint64
desk_bulk_result (DeskBulk *bulk, const DeskResult *r, gint64 at)
{
  gint64 id = next_id (bulk, TABLE_RESULT);

  return run (bulk,
              "INSERT INTO result (id, lot_id, test, value, unit, limit_text, passed, stage, reported_on, entered_at,"
              " entered_by, supersedes, sampled_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, nullif ($12, 0), $13)",
              "iittttdttiiit", id, r->lot_id, r->test, r->value, r->unit, r->limit_text, r->passed, r->stage,
              r->reported_on, at, r->entered_by, r->supersedes, r->sampled_on ? r->sampled_on : "")
             ? id
             : 0;
}

/* Somebody else read the result. */
void
desk_bulk_result_check (DeskBulk *bulk, gint64 result_id, DeskBulkActor by)
{
  run (bulk, "INSERT INTO result_check (result_id, checked_at, checked_by) VALUES ($1, $2, $3)", "iii", result_id, by.at, by.performer);
}

/* What a release under conditions rests on, before desk_bulk_quality (): the witness is the physician. */
void
desk_bulk_condition (DeskBulk *bulk, gint64 unit_id, gint64 visit_id, const char *pending, const char *reason, const char *due_on,
                     DeskBulkActor by)
{
  run (bulk,
       "INSERT INTO release_condition (unit_id, visit_id, pending, physician_id, reason, told_at, due_on, at, by_id)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $6, $8)",
       "iitititi", unit_id, visit_id, pending, by.witness, reason, by.at, due_on, by.performer);
}

gint64
desk_bulk_unit (DeskBulk *bulk, const DeskUnit *unit, gint64 at)
{
  gint64 id = next_id (bulk, TABLE_UNIT);

  return run (bulk,
              "INSERT INTO unit (id, lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
              " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
              "iiittditi", id, unit->lot_id, unit->patient_id, unit->kind, unit->number, unit->volume_ml, unit->cells,
              unit->use_until, at)
             ? id
             : 0;
}

/* One step of the unit's life, continuing where it stands. */
void
desk_bulk_life (DeskBulk *bulk, gint64 unit_id, const char *to_state, DeskBulkActor by, const char *reason)
{
  run (bulk,
       "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, reason)"
       " SELECT id, 'life', life_seq + 1, nullif (life_seq, 0), life, $2, $3, $4, nullif ($5, 0), $6"
       " FROM unit WHERE id = $1",
       "itiiit", unit_id, to_state, by.at, by.performer, by.witness, reason ? reason : "");
}

/* How a unit was thrown away; its last event follows. */
void
desk_bulk_discard (DeskBulk *bulk, gint64 unit_id, const char *code, const char *note, gint64 approver, DeskBulkActor by)
{
  run (bulk,
       "INSERT INTO discard (unit_id, code, method, approved_by, note, at) VALUES ($1, $2, 'autoclave', nullif ($3, 0), $4, $5)",
       "ititi", unit_id, code, approver, note, by.at);
}

void
desk_bulk_quality (DeskBulk *bulk, gint64 unit_id, const char *to_state, DeskBulkActor by, const char *reason)
{
  run (bulk,
       "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id, reason)"
       " SELECT id, 'quality', quality_seq + 1, nullif (quality_seq, 0), quality, $2, $3, $4, nullif ($5, 0), $6"
       " FROM unit WHERE id = $1",
       "itiiit", unit_id, to_state, by.at, by.performer, by.witness, reason ? reason : "");
}

void
desk_bulk_label (DeskBulk *bulk, gint64 unit_id, const char *to_state, DeskBulkActor by)
{
  run (bulk,
       "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id)"
       " SELECT id, 'label', label_seq + 1, nullif (label_seq, 0), label, $2, $3, $4, nullif ($5, 0)"
       " FROM unit WHERE id = $1",
       "itiii", unit_id, to_state, by.at, by.performer, by.witness);
}

void
desk_bulk_place (DeskBulk *bulk, gint64 unit_id, gint64 container_id, int row, int col, DeskBulkActor by)
{
  run (bulk,
       "INSERT INTO placement (id, unit_id, container_id, row, col, since, performer_id, witness_id)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, nullif ($8, 0))",
       "iiiddiii", next_id (bulk, TABLE_PLACEMENT), unit_id, container_id, row, col, by.at, by.performer, by.witness);
}

void
desk_bulk_take_out (DeskBulk *bulk, gint64 unit_id, DeskBulkActor by)
{
  run (bulk, "UPDATE placement SET until = $2, ended_by = $3 WHERE unit_id = $1 AND until IS NULL", "iii", unit_id, by.at,
       by.performer);
}

/* On the unit or, with unit_id 0, on its whole lot. */
gint64
desk_bulk_hold (DeskBulk *bulk, gint64 unit_id, gint64 lot_id, const char *reason, DeskBulkActor by)
{
  gint64 id = next_id (bulk, TABLE_HOLD);

  return run (bulk,
              "INSERT INTO hold (id, unit_id, lot_id, reason, opened_at, opened_by)"
              " VALUES ($1, nullif ($2, 0), nullif ($3, 0), $4, $5, $6)",
              "iiitii", id, unit_id, lot_id, reason, by.at, by.performer)
             ? id
             : 0;
}

gint64
desk_bulk_course (DeskBulk *bulk, gint64 patient_id, const char *template_code, const char *started_on)
{
  gint64 id = next_id (bulk, TABLE_COURSE);

  return run (bulk, "INSERT INTO course (id, patient_id, template, started_on) VALUES ($1, $2, $3, $4)", "iitt", id,
              patient_id, template_code, started_on)
             ? id
             : 0;
}

/* Books the visit on its resources in the status it carries; day is the clinic's day of its start. */
gint64
desk_bulk_visit (DeskBulk *bulk, const DeskVisit *v, DeskDay day, gint64 at)
{
  gint64 id = next_id (bulk, TABLE_VISIT);

  run (bulk,
       "INSERT INTO visit (id, patient_id, type, status, starts_at, ends_at, busy_from, busy_until, course_id,"
       " course_step, note, created_at, held_until)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif ($9, 0), $10, $11, $12, nullif ($13, 0))",
       "iittiiiiidtii", id, v->patient_id, v->type, v->status, v->starts_at, v->ends_at, v->busy_from, v->busy_until,
       v->course_id, v->course_step, v->note ? v->note : "", at, v->held_until);
  for (guint i = 0; v->resources && i < v->resources->len; i++)
    run (bulk, "INSERT INTO visit_resource (visit_id, resource_id) VALUES ($1, $2)", "ii", id,
         g_array_index (v->resources, gint64, i));
  return run (bulk, "UPDATE patient SET last_seen = $2 WHERE id = $1 AND last_seen < $2", "id", v->patient_id, day) ? id
                                                                                                                    : 0;
}

/* One stamped step of the visit's status, continuing where it stands. */
void
desk_bulk_visit_step (DeskBulk *bulk, gint64 visit_id, const char *to_status, DeskBulkActor by)
{
  run (bulk,
       "INSERT INTO visit_stamp (visit_id, seq, from_status, to_status, at, by_id)"
       " SELECT id, 1 + (SELECT count (*) FROM visit_stamp s WHERE s.visit_id = $1), status, $2, $3, nullif ($4, 0)"
       " FROM visit WHERE id = $1",
       "itii", visit_id, to_status, by.at, by.performer);
  run (bulk, "UPDATE visit SET status = $2 WHERE id = $1", "it", visit_id, to_status);
}

void
desk_bulk_reserve (DeskBulk *bulk, const DeskUnit *unit, gint64 visit_id, DeskBulkActor by)
{
  run (bulk,
       "INSERT INTO reservation (id, unit_id, visit_id, patient_id, opened_at, opened_by)"
       " VALUES ($1, $2, $3, $4, $5, $6)",
       "iiiiii", next_id (bulk, TABLE_RESERVATION), unit->id, visit_id, unit->patient_id, by.at, by.performer);
}

void
desk_bulk_unreserve (DeskBulk *bulk, gint64 unit_id, DeskBulkActor by)
{
  run (bulk, "UPDATE reservation SET closed_at = $2 WHERE unit_id = $1 AND closed_at IS NULL", "ii", unit_id, by.at);
}

void
desk_bulk_infuse (DeskBulk *bulk, const DeskUnit *unit, gint64 visit_id, DeskBulkActor by)
{
  run (bulk,
       "INSERT INTO infusion (id, unit_id, visit_id, patient_id, started_at, performer_id, witness_id)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7)",
       "iiiiiii", next_id (bulk, TABLE_INFUSION), unit->id, visit_id, unit->patient_id, by.at, by.performer, by.witness);
}
