/* Export of a clinic of 10,000 patients against bare xmlTextWriter writing the same bytes from memory.
 *   bench-export [PATIENTS] */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desk-export-write.h"
#include "desk-store.h"
#include "desk-xml-check.h"

#define ROUNDS 5

/* $1 patients; every row by the schema's own rules. A number per patient from the table of ticks. */
#define PEOPLE "(SELECT a.n * 288 + b.n + 1 AS id FROM tick a, tick b WHERE a.n * 288 + b.n < $1)"
#define UNIT_EVENT "INSERT INTO unit_event (unit_id, axis, seq, prev_seq, from_state, to_state, at, performer_id, witness_id) SELECT id, "

static const char *const fill[] = {
  "INSERT INTO patient (id, chart, family, given, family_native, given_native, birth, nationality, passport, passport_until,"
  " languages, phone, email, address, zone, emergency, diagnosis, icd10, stage, note, created_at, updated_at)"
  " SELECT id, 'K' || id, 'FAMILY' || id, 'Given & Middle', '山田', '花子', '1961-04-12', 'TWN', 'X' || (id + 1000000), '2031-01-31',"
  " 'zh,en', '+886 912 345 ' || id, 'person' || id || '@example.org', 'No. 1, Section 2, Some Road, Taipei', 'Asia/Taipei',"
  " 'Spouse, +886 987 654 321', 'Adenocarcinoma of the lung', 'C34.1', 'IIIB', 'Arrives with her daughter.', 1770000000, 1770000000"
  " FROM " PEOPLE,
  "INSERT INTO document (patient_id, kind, state, examined_on, language, received_at, media_type, digest, bytes, title)"
  " SELECT p.id, CASE k.n WHEN 0 THEN 'viral' WHEN 1 THEN 'imaging' ELSE 'bloodwork' END, 'accepted', '2026-03-01', 'en', 1772000000,"
  " 'application/pdf', '0123456789abcdef0123456789abcdef0123456789abcdef0123' || (k.n + 10) || (p.id + 1000000), 123456, 'Report of the hospital'"
  " FROM " PEOPLE " p, tick k WHERE k.n < 3",
  "INSERT INTO coi (id, number, opened_at, opened_by) SELECT id, 'I26-' || id, 1773000000, 1 FROM " PEOPLE,
  "INSERT INTO collection (id, patient_id, number, method, collected_at, volume_ml, operator_id, coi_id)"
  " SELECT id, id, 'C26-' || id, 'blood_draw', 1773000000, 40, 1, id FROM " PEOPLE,
  "INSERT INTO lot (id, patient_id, collection_id, number, status, started_on, harvested_on)"
  " SELECT id, id, id, 'L26-' || id, 'harvested', '2026-03-09', '2026-03-27' FROM " PEOPLE,
  "INSERT INTO unit (lot_id, patient_id, kind, number, volume_ml, cells, use_until, created_at)"
  " SELECT p.id, p.id, 'dose_frozen', 'D26-' || p.id || '-' || (k.n + 1), 20, 1000000000, '2028-03-01', 1774200000"
  " FROM " PEOPLE " p, tick k WHERE k.n < 6",
  UNIT_EVENT "'life', 1, NULL, 'new', 'planned', 1774200000, 2, NULL FROM unit WHERE patient_id <= $1",
  UNIT_EVENT "'life', 2, 1, 'planned', 'filled', 1774200000, 2, 3 FROM unit WHERE patient_id <= $1",
  UNIT_EVENT "'quality', 1, NULL, 'new', 'quarantine', 1774200000, 2, NULL FROM unit WHERE patient_id <= $1",
  UNIT_EVENT "'label', 1, NULL, 'new', 'none', 1774200000, 2, NULL FROM unit WHERE patient_id <= $1",
  "INSERT INTO visit (patient_id, type, starts_at, ends_at, busy_from, busy_until, created_at, note)"
  " SELECT p.id, 'infusion', t, t + 1800, t, t + 1800, 1774000000, CASE WHEN k.n = 0 THEN 'First infusion: explain slowly.' ELSE '' END"
  " FROM (SELECT p.id, k.n, 1775001600 + 86400 * k.n AS t FROM " PEOPLE " p, tick k WHERE k.n < 10) p, tick k WHERE k.n = p.n",
};

static void
fill_clinic (DeskDb *db, gint64 patients)
{
  g_autoptr (GError) error = NULL;

  if (!desk_db_exec (db,
                     "PRAGMA synchronous = OFF; BEGIN;"
                     "INSERT INTO clinic (id, uuid, name, name_ja) VALUES (1, 'bench', 'Bench', '試験');"
                     "INSERT INTO staff (id, name, role) VALUES (1, 'A', 'nurse'), (2, 'B', 'culture'), (3, 'C', 'quality')",
                     &error))
    g_error ("%s", error->message);
  for (guint i = 0; i < G_N_ELEMENTS (fill); i++)
    if (!desk_db_run (db, &error, fill[i], "i", patients))
      g_error ("%s\n%s", error->message, fill[i]);
  if (!desk_db_exec (db, "COMMIT", &error))
    g_error ("%s", error->message);
}

/* ── the same bytes from memory ─────────────────────────────────────────────────────────────────── */

typedef enum
{
  START,
  ATTRIBUTE,
  TEXT,
  END,
} EventKind;

typedef struct
{
  EventKind kind;
  const xmlChar *name, *value;
} Event;

static GArray *
read_events (const char *path, GStringChunk *texts)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (Event));
  xmlTextReaderPtr reader = xmlReaderForFile (path, NULL, XML_PARSE_NONET);

#define KEEP(text) ((const xmlChar *) g_string_chunk_insert_const (texts, (const char *) (text)))
  while (xmlTextReaderRead (reader) == 1)
    switch (xmlTextReaderNodeType (reader))
      {
      case XML_READER_TYPE_ELEMENT:
        {
          Event start = { START, KEEP (xmlTextReaderConstName (reader)), NULL };
          gboolean empty = xmlTextReaderIsEmptyElement (reader);

          g_array_append_val (events, start);
          while (xmlTextReaderMoveToNextAttribute (reader) == 1)
            {
              Event attribute = { ATTRIBUTE, KEEP (xmlTextReaderConstName (reader)), KEEP (xmlTextReaderConstValue (reader)) };
              g_array_append_val (events, attribute);
            }
          if (empty)
            {
              Event end = { END, NULL, NULL };
              g_array_append_val (events, end);
            }
          break;
        }
      case XML_READER_TYPE_TEXT:
        {
          Event text = { TEXT, NULL, KEEP (xmlTextReaderConstValue (reader)) };
          g_array_append_val (events, text);
          break;
        }
      case XML_READER_TYPE_END_ELEMENT:
        {
          Event end = { END, NULL, NULL };
          g_array_append_val (events, end);
          break;
        }
      default:
        break;
      }
  xmlFreeTextReader (reader);
  return events;
}

static void
write_bare (const char *path, const GArray *events)
{
  xmlTextWriterPtr writer = xmlNewTextWriterFilename (path, 0);

  xmlTextWriterSetIndent (writer, 1);
  xmlTextWriterStartDocument (writer, NULL, "UTF-8", NULL);
  for (guint i = 0; i < events->len; i++)
    {
      const Event *event = &g_array_index (events, Event, i);

      switch (event->kind)
        {
        case START:
          xmlTextWriterStartElement (writer, event->name);
          break;
        case ATTRIBUTE:
          xmlTextWriterWriteAttribute (writer, event->name, event->value);
          break;
        case TEXT:
          xmlTextWriterWriteString (writer, event->value);
          break;
        case END:
          xmlTextWriterEndElement (writer);
          break;
        }
    }
  xmlTextWriterEndDocument (writer);
  xmlFreeTextWriter (writer);
}

/* ── the measured ───────────────────────────────────────────────────────────────────────────────── */

/* Every value of every row of a whole clinic, and nothing done with it. */
static void
read_only (DeskDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskReport) report = desk_report_begin (db, &error);
  volatile gsize seen = 0;

  for (int kind = DESK_REPORT_PERSON; kind <= DESK_REPORT_INFUSION; kind++)
    {
      g_autoptr (DeskStmt) rows = desk_report_rows (report, kind, 1, G_MAXINT64, &error);
      const DeskReportColumn *columns = desk_report_columns (kind);

      while (desk_stmt_step (rows, &error) == DESK_STEP_ROW)
        for (int i = 0; columns[i].name; i++)
          if (columns[i].type == DESK_COLUMN_CODE || columns[i].type == DESK_COLUMN_TEXT)
            seen += desk_stmt_text (rows, i + 1)[0];
          else
            seen += desk_stmt_int64 (rows, i + 1);
    }
  if (error)
    g_error ("%s", error->message);
}

static void
write_ours (DeskDb *db, const char *path)
{
  g_autoptr (GError) error = NULL;
  DeskExportOrder order = { .what = DESK_EXPORT_CLINIC, .generated_at = 1775000000 };
  int fd = open (path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  g_autoptr (DeskXmlWriter) writer = desk_xml_writer_new (fd);

  if (!desk_export_write (db, &order, writer, &error) || !desk_xml_writer_finish (writer, &error))
    g_error ("%s", error ? error->message : "write");
  close (fd);
}

static double
resident_peak_mb (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = strstr (status, "VmHWM:");
  return line ? atof (line + 6) / 1024 : 0;
}

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1e6;
}

#define MEASURE(best, work) \
  do \
    { \
      gint64 start_ = g_get_monotonic_time (); \
      work; \
      best = MIN (best, seconds_since (start_)); \
    } \
  while (0)

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  gint64 patients = argc > 1 ? atoll (argv[1]) : 10000;
  g_autofree char *folder = g_dir_make_tmp ("uketsuke-bench-XXXXXX", NULL);
  g_autofree char *clinic = g_build_filename (folder, "clinic", NULL);
  g_autofree char *ours = g_build_filename (folder, "ours.xml", NULL);
  g_autofree char *bare = g_build_filename (folder, "bare.xml", NULL);
  g_autofree char *whole = g_build_filename (folder, "whole.xml", NULL);
  double read = 1e9, write = 1e9, check = 1e9, total = 1e9, replay = 1e9;
  g_autoptr (DeskDb) db = desk_store_create (clinic, &error);
  g_autoptr (GStringChunk) texts = g_string_chunk_new (1 << 20);
  g_autofree char *a = NULL, *b = NULL;
  gsize a_size, b_size;

  if (!db)
    g_error ("%s", error->message);
  fill_clinic (db, patients);
  read_only (db);

  double before = resident_peak_mb ();
  write_ours (db, ours);
  if (!desk_xml_check (ours, 0, &error))
    g_error ("%s", error->message);
  double after = resident_peak_mb ();

  g_autoptr (GArray) events = read_events (ours, texts);
  for (int round = 0; round < ROUNDS; round++)
    {
      MEASURE (read, read_only (db));
      MEASURE (write, write_ours (db, ours));
      MEASURE (replay, write_bare (bare, events));
      MEASURE (check, if (!desk_xml_check (ours, 0, &error)) g_error ("%s", error->message));
      MEASURE (total, if (!desk_export (db, DESK_EXPORT_CLINIC, 0, 0, whole, TRUE, NULL, NULL, NULL, &error)) g_error ("%s", error->message));
    }

  if (!g_file_get_contents (ours, &a, &a_size, NULL) || !g_file_get_contents (bare, &b, &b_size, NULL) || a_size != b_size
      || memcmp (a, b, a_size) != 0)
    g_error ("the bytes differ: look at %s", folder);
  g_print ("export: %" G_GINT64_FORMAT " patients, %.1f MB, %u events\n", patients, a_size / 1e6, events->len);
  g_print ("  bare xmlTextWriter, same bytes   %7.3f s  1.00\n", replay);
  g_print ("  bare database read               %7.3f s  %.2f\n", read, read / replay);
  g_print ("  export: read and write           %7.3f s  %.2f  (goal 1.3)\n", write, write / replay);
  g_print ("  check against the schema         %7.3f s  %.2f\n", check, check / replay);
  g_print ("  export, fsync, read back, rename %7.3f s  %.2f\n", total, total / replay);
  g_print ("  peak memory grew by %.1f MB while %.1f MB were written and checked\n", after - before, a_size / 1e6);

  g_clear_pointer (&db, desk_db_close);
  const char *const files[] = { clinic, ours, bare, whole };
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_unlink (files[i]);
  g_rmdir (folder);
  return 0;
}
