/* The register of letters for exports. A letter of a person goes with the person, one of nobody (a day sheet) stands by
 * itself; the export of the register has all of them in their order. */
#include "desk-report-sql.h"

#define PAPER_COLUMNS \
  COLUMNS (INT ("id"), CODE ("number"), CODE ("name"), CODE ("letter_version"), CODE ("language"), CODE ("text_digest"), \
           INT ("patient_id"), CODE ("subject"), INT ("subject_id"), CODE ("issued_on"), CODE ("pdf_digest"), INT ("pages"), INT ("pack"), \
           INSTANT ("at"), INT ("by_id"), INT ("replaces"), INSTANT ("void_at"), INT ("void_by"), CODE ("differs"), TEXT ("void_why"), \
           TEXT ("data"))

#define PAPER(parent) \
  "SELECT " parent ", id, number, name, version, language, text_digest, patient_id, subject, NULLIF (subject_id, 0), issued_on, pdf_digest," \
  " pages, pack, at, by_id, replaces, void_at, void_by, differs, void_why, data FROM issued "

#define PRINT_COLUMNS \
  COLUMNS (INT ("seq"), CODE ("how"), CODE ("pages"), INT ("copies"), CODE ("state"), INSTANT ("at"), INSTANT ("ended_at"), \
           INT ("by_id"), TEXT ("target"), TEXT ("reason"), TEXT ("desk"))

#define PRINT \
  "SELECT i.id, t.seq, t.how, t.pages, t.copies, t.state, t.at, t.ended_at, t.by_id, t.target, t.reason, t.desk" \
  " FROM issued i JOIN issued_print t ON t.issued_id = i.id "

const DeskReportSource desk_report_paper_sources[DESK_N_REPORTS - DESK_REPORT_LETTER_TEXT] = {
  [DESK_REPORT_LETTER_TEXT - DESK_REPORT_LETTER_TEXT]
  = { "letter_text", FALSE, COLUMNS (CODE ("digest"), TEXT ("xml")), "SELECT 0, digest, xml FROM letter_text ORDER BY digest" },
  [DESK_REPORT_ISSUED - DESK_REPORT_LETTER_TEXT]
  = { "issued", TRUE, PAPER_COLUMNS, PAPER ("patient_id") "WHERE patient_id BETWEEN $1 AND $2 ORDER BY patient_id, at, id" },
  [DESK_REPORT_ISSUED_PRINT - DESK_REPORT_LETTER_TEXT]
  = { "issued_print", TRUE, PRINT_COLUMNS, PRINT "WHERE i.patient_id BETWEEN $1 AND $2 ORDER BY i.patient_id, i.at, i.id, t.seq" },
  [DESK_REPORT_OTHER_ISSUED - DESK_REPORT_LETTER_TEXT]
  = { "issued", FALSE, PAPER_COLUMNS, PAPER ("0") "WHERE patient_id IS NULL ORDER BY at, id" },
  [DESK_REPORT_OTHER_PRINT - DESK_REPORT_LETTER_TEXT]
  = { "issued_print", FALSE, PRINT_COLUMNS, PRINT "WHERE i.patient_id IS NULL ORDER BY i.at, i.id, t.seq" },
  [DESK_REPORT_REGISTER - DESK_REPORT_LETTER_TEXT] = { "issued", FALSE, PAPER_COLUMNS, PAPER ("0") "ORDER BY id" },
  [DESK_REPORT_REGISTER_PRINT - DESK_REPORT_LETTER_TEXT] = { "issued_print", FALSE, PRINT_COLUMNS, PRINT "ORDER BY i.id, t.seq" },
};
