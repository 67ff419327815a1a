#include "desk-infusions.h"

#include "desk-error.h"

/* The texts of the struct in the order of the columns that begin the query. */
static const gsize texts[] = {
  G_STRUCT_OFFSET (DeskInfusion, number),          G_STRUCT_OFFSET (DeskInfusion, kind),
  G_STRUCT_OFFSET (DeskInfusion, lot),             G_STRUCT_OFFSET (DeskInfusion, coi),
  G_STRUCT_OFFSET (DeskInfusion, product_number),  G_STRUCT_OFFSET (DeskInfusion, physician),
  G_STRUCT_OFFSET (DeskInfusion, order_note),      G_STRUCT_OFFSET (DeskInfusion, bath),
  G_STRUCT_OFFSET (DeskInfusion, scanned_unit),    G_STRUCT_OFFSET (DeskInfusion, scanned_patient),
  G_STRUCT_OFFSET (DeskInfusion, checked_by),      G_STRUCT_OFFSET (DeskInfusion, check_witness),
  G_STRUCT_OFFSET (DeskInfusion, started_by),      G_STRUCT_OFFSET (DeskInfusion, start_witness),
  G_STRUCT_OFFSET (DeskInfusion, reaction),        G_STRUCT_OFFSET (DeskInfusion, reason),
  G_STRUCT_OFFSET (DeskInfusion, rest),            G_STRUCT_OFFSET (DeskInfusion, released_by),
  G_STRUCT_OFFSET (DeskInfusion, release_witness),
};

void
desk_infusion_free (DeskInfusion *infusion)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, infusion, texts[i]));
  g_free (infusion);
}

/* The release that counts is the last one. */
static const char list_sql[]
    = "SELECT u.number, u.kind, l.number, COALESCE (o.number, ''), u.barcode, COALESCE (ph.name, ''), COALESCE (x.note, ''),"
      " COALESCE (d.name, ''), COALESCE (c.scanned_unit, ''), COALESCE (c.scanned_patient, ''), COALESCE (cb.name, ''),"
      " COALESCE (cw.name, ''), sb.name, sw.name, COALESCE (e.reaction, ''), COALESCE (e.reason, ''), COALESCE (e.rest, ''),"
      " COALESCE (rp.name, ''), COALESCE (rw.name, ''),"
      " u.id, i.visit_id, l.id, u.volume_ml, u.cells, y.cells, COALESCE (x.at, 0), COALESCE (x.cells_min, 0), COALESCE (x.cells_max, 0),"
      " COALESCE (x.weight_g, 0), COALESCE (t.started_at, 0), COALESCE (t.ended_at, 0), COALESCE (t.use_until, 0),"
      " COALESCE (t.bag_whole, -1), COALESCE (s.temperature, 0), COALESCE (c.at, 0), i.started_at, COALESCE (e.ended_at, 0),"
      " COALESCE (e.volume_ml, 0), COALESCE (e.cells, 0), COALESCE (e.grade, 0), COALESCE (r.at, 0)"
      " FROM infusion i JOIN unit u ON u.id = i.unit_id JOIN lot l ON l.id = u.lot_id JOIN unit_viable y ON y.unit_id = u.id"
      " JOIN collection k ON k.id = l.collection_id LEFT JOIN coi o ON o.id = k.coi_id"
      " JOIN staff sb ON sb.id = i.performer_id JOIN staff sw ON sw.id = i.witness_id"
      " LEFT JOIN infusion_order x ON x.visit_id = i.visit_id AND x.withdrawn_at IS NULL LEFT JOIN staff ph ON ph.id = x.physician_id"
      " LEFT JOIN thaw t ON t.unit_id = u.id LEFT JOIN thaw_session s ON s.id = t.session_id LEFT JOIN device d ON d.id = s.device_id"
      " LEFT JOIN bedside_check c ON c.unit_id = u.id LEFT JOIN staff cb ON cb.id = c.performer_id LEFT JOIN staff cw ON cw.id = c.witness_id"
      " LEFT JOIN infusion_end e ON e.unit_id = u.id"
      " LEFT JOIN unit_event r ON r.unit_id = u.id AND r.axis = 'quality' AND r.seq = (SELECT max (seq) FROM unit_event"
      "  WHERE unit_id = u.id AND axis = 'quality' AND to_state IN ('released', 'conditional'))"
      " LEFT JOIN staff rp ON rp.id = r.performer_id LEFT JOIN staff rw ON rw.id = r.witness_id"
      " WHERE i.patient_id = $1 AND ($2 = 0 OR i.visit_id = $2) ORDER BY i.started_at, i.id";

static DeskInfusion *
read_row (DeskStmt *stmt)
{
  DeskInfusion *row = g_new0 (DeskInfusion, 1);
  const int n = G_N_ELEMENTS (texts);

  for (int i = 0; i < n; i++)
    G_STRUCT_MEMBER (char *, row, texts[i]) = desk_stmt_dup_text (stmt, i);
  row->unit_id = desk_stmt_int64 (stmt, n);
  row->visit_id = desk_stmt_int64 (stmt, n + 1);
  row->lot_id = desk_stmt_int64 (stmt, n + 2);
  row->volume_ml = desk_stmt_int (stmt, n + 3);
  row->cells = desk_stmt_int64 (stmt, n + 4);
  gint64 viable = desk_stmt_int64 (stmt, n + 5);
  row->viability = row->cells > 0 && viable < row->cells ? (int) ((viable * 100 + row->cells - 1) / row->cells) : 0;
  row->order_at = desk_stmt_int64 (stmt, n + 6);
  row->cells_min = desk_stmt_int64 (stmt, n + 7);
  row->cells_max = desk_stmt_int64 (stmt, n + 8);
  row->weight_g = desk_stmt_int (stmt, n + 9);
  row->thaw_started = desk_stmt_int64 (stmt, n + 10);
  row->thaw_ended = desk_stmt_int64 (stmt, n + 11);
  row->use_until = desk_stmt_int64 (stmt, n + 12);
  row->bag_whole = desk_stmt_int (stmt, n + 13);
  row->bath_temperature = desk_stmt_int (stmt, n + 14);
  row->checked_at = desk_stmt_int64 (stmt, n + 15);
  row->started_at = desk_stmt_int64 (stmt, n + 16);
  row->ended_at = desk_stmt_int64 (stmt, n + 17);
  row->given_ml = desk_stmt_int (stmt, n + 18);
  row->delivered = desk_stmt_int64 (stmt, n + 19);
  row->grade = desk_stmt_int (stmt, n + 20);
  row->released_at = desk_stmt_int64 (stmt, n + 21);
  return row;
}

/* What a patient was given, oldest first, of DeskInfusion; visit_id 0 for all visits. */
GPtrArray *
desk_infusion_list (DeskDb *db, gint64 patient_id, gint64 visit_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_infusion_free);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, list_sql, "ii", patient_id, visit_id);
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    g_ptr_array_add (list, read_row (stmt));
  return step == DESK_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/* The visit at which something was given last; 0 for none, or with error set. */
gint64
desk_infusion_last_visit (DeskDb *db, gint64 patient_id, GError **error)
{
  gint64 id = 0;

  if (!desk_db_value (db, &id, error,
                      "SELECT COALESCE ((SELECT visit_id FROM infusion WHERE patient_id = $1 ORDER BY started_at DESC, id DESC LIMIT 1), 0)",
                      "i", patient_id))
    return 0;
  return id;
}
