/* What the long readers of money select, in the order that the indexes have. */
#include "desk-report-sql.h"

#define OF(kind) [DESK_REPORT_##kind - DESK_REPORT_FEE_SCHEDULE]
#define LINE_COLUMNS \
  COLUMNS (INT ("seq"), CODE ("code"), INT ("count"), INT ("price"), INT ("tax"), INT ("sessions"), CODE ("visit_type"), TEXT ("words"), TEXT ("words_ja"))
#define LINE "l.seq, l.code, l.count, l.price, l.tax, NULLIF (l.sessions, 0), l.visit_type, l.words, l.words_ja"
#define INVOICE_COLUMNS \
  COLUMNS (INT ("id"), CODE ("number"), CODE ("kind"), CODE ("quote_number"), CODE ("credits_number"), CODE ("issued_on"), CODE ("due_on"), \
           CODE ("tax_number"), FLAG ("with_tax"), CODE ("tax_round"), CODE ("rate_currency"), INT ("rate"), INT ("net"), INT ("tax"), INT ("total"), \
           INSTANT ("at"), INT ("by_id"), TEXT ("recipient"), TEXT ("reason"))
#define INVOICE \
  "i.id, i.number, i.kind, q.number, o.number, i.issued_on, i.due_on, i.tax_number, i.with_tax, i.tax_round, e.currency, e.rate, i.net, i.tax," \
  " i.total, i.at, i.by_id, i.recipient, i.reason FROM invoice i LEFT JOIN quote q ON q.id = i.quote_id LEFT JOIN invoice o ON o.id = i.credits" \
  " LEFT JOIN exchange_rate e ON e.id = i.rate_id "

const DeskReportSource desk_report_money_sources[DESK_REPORT_LETTER_TEXT - DESK_REPORT_FEE_SCHEDULE] = {
  OF (FEE_SCHEDULE)
  = { "fee_schedule", FALSE,
      COLUMNS (INT ("id"), CODE ("from_on"), FLAG ("with_tax"), INSTANT ("closed_at"), INSTANT ("at"), INT ("by_id"), INT ("version"), TEXT ("note")),
      "SELECT 0, id, from_on, with_tax, closed_at, at, by_id, version, note FROM fee_schedule ORDER BY id" },
  OF (FEE)
  = { "fee", FALSE,
      COLUMNS (CODE ("code"), INT ("position"), INT ("price"), INT ("tax"), INT ("sessions"), CODE ("visit_type"), FLAG ("active"), TEXT ("name"),
               TEXT ("name_ja")),
      "SELECT schedule_id, code, position, price, tax, NULLIF (sessions, 0), visit_type, active, name, name_ja FROM fee ORDER BY schedule_id, code" },
  OF (RATE)
  = { "exchange_rate", FALSE,
      COLUMNS (INT ("id"), CODE ("currency"), INT ("rate"), CODE ("on_day"), CODE ("until_on"), INSTANT ("at"), INT ("by_id"), TEXT ("source")),
      "SELECT 0, id, currency, rate, on_day, until_on, at, by_id, source FROM exchange_rate ORDER BY id" },
  OF (TERMS)
  = { "cancel_terms", FALSE, COLUMNS (INT ("id"), INSTANT ("at"), INT ("by_id"), TEXT ("words"), TEXT ("words_ja")),
      "SELECT 0, id, at, by_id, words, words_ja FROM cancel_terms ORDER BY id" },
  OF (DAY_CLOSE)
  = { "day_close", FALSE,
      COLUMNS (INT ("id"), CODE ("day"), INSTANT ("at"), INT ("by_id"), INT ("witness_id"), TEXT ("note")),
      "SELECT 0, id, day, at, by_id, witness_id, note FROM day_close ORDER BY id" },
  OF (DAY_CLOSE_LINE)
  = { "drawer", FALSE, COLUMNS (CODE ("currency"), CODE ("method"), INT ("expected"), INT ("counted"), TEXT ("reason")),
      "SELECT close_id, currency, method, expected, counted, reason FROM day_close_line ORDER BY close_id, currency, method" },
  OF (SERIES_GAP)
  = { "number_gap", FALSE,
      COLUMNS (INT ("id"), CODE ("series"), INT ("after"), INT ("goes_on"), CODE ("generation"), CODE ("why"), INSTANT ("at"), INT ("by_id")),
      "SELECT 0, id, name, after, goes_on, generation, why, at, by_id FROM series_gap ORDER BY id" },
  OF (ACCOUNT)
  = { "account", TRUE, COLUMNS (INT ("id"), CODE ("chart"), TEXT ("family"), TEXT ("given")),
      "SELECT 0, p.id, p.chart, p.family, p.given FROM patient p WHERE p.id BETWEEN $1 AND $2 AND ($1 = $2"
      " OR EXISTS (SELECT 1 FROM quote q WHERE q.patient_id = p.id) OR EXISTS (SELECT 1 FROM invoice i WHERE i.patient_id = p.id)"
      " OR EXISTS (SELECT 1 FROM payment y WHERE y.patient_id = p.id)) ORDER BY p.id" },
  OF (QUOTE)
  = { "quote", TRUE,
      COLUMNS (INT ("id"), CODE ("number"), INT ("seq"), CODE ("status"), CODE ("made_on"), CODE ("valid_until"), FLAG ("with_tax"), CODE ("tax_round"),
               CODE ("rate_currency"), INT ("rate"), INT ("plan_id"), INT ("deposit"), INT ("net"), INT ("tax"), INT ("total"), CODE ("accepted_on"),
               INSTANT ("at"), INT ("by_id"), INT ("version"), TEXT ("note"), TEXT ("terms")),
      "SELECT q.patient_id, q.id, q.number, q.seq, q.status, q.made_on, q.valid_until, q.with_tax, q.tax_round, e.currency, e.rate, q.plan_id,"
      " NULLIF (q.deposit, 0), q.net, q.tax, q.total, q.accepted_on, q.at, q.by_id, q.version, q.note, t.words FROM quote q"
      " LEFT JOIN exchange_rate e ON e.id = q.rate_id LEFT JOIN cancel_terms t ON t.id = q.terms_id"
      " WHERE q.patient_id BETWEEN $1 AND $2 ORDER BY q.patient_id, q.made_on, q.id" },
  OF (QUOTE_LINE)
  = { "line", TRUE, LINE_COLUMNS,
      "SELECT q.id, " LINE " FROM quote q JOIN quote_line l ON l.quote_id = q.id WHERE q.patient_id BETWEEN $1 AND $2"
      " ORDER BY q.patient_id, q.made_on, q.id, l.seq" },
  OF (INVOICE)
  = { "invoice", TRUE, INVOICE_COLUMNS,
      "SELECT i.patient_id, " INVOICE "WHERE i.patient_id BETWEEN $1 AND $2 ORDER BY i.patient_id, i.issued_on, i.id" },
  OF (INVOICE_LINE)
  = { "line", TRUE, LINE_COLUMNS,
      "SELECT i.id, " LINE " FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id WHERE i.patient_id BETWEEN $1 AND $2"
      " ORDER BY i.patient_id, i.issued_on, i.id, l.seq" },
  OF (INVOICE_TAX)
  = { "tax", TRUE, COLUMNS (INT ("rate"), INT ("net"), INT ("tax")),
      "SELECT i.id, t.rate, t.net, t.tax FROM invoice i JOIN invoice_tax t ON t.invoice_id = i.id WHERE i.patient_id BETWEEN $1 AND $2"
      " ORDER BY i.patient_id, i.issued_on, i.id, t.rate" },
  OF (PAYMENT)
  = { "payment", TRUE,
      COLUMNS (INT ("id"), CODE ("number"), CODE ("quote_number"), INT ("amount"), CODE ("method"), CODE ("currency"), INT ("foreign_amount"),
               INT ("rate"), CODE ("received_on"), INSTANT ("at"), INT ("by_id"), TEXT ("payer"), TEXT ("note")),
      "SELECT p.patient_id, p.id, p.number, q.number, p.amount, p.method, p.currency, NULLIF (p.foreign_amount, 0), e.rate, p.received_on, p.at,"
      " p.by_id, p.payer, p.note FROM payment p LEFT JOIN quote q ON q.id = p.quote_id LEFT JOIN exchange_rate e ON e.id = p.rate_id"
      " WHERE p.patient_id BETWEEN $1 AND $2 ORDER BY p.patient_id, p.received_on, p.id" },
  OF (PAYMENT_PART)
  = { "part", TRUE, COLUMNS (INT ("id"), CODE ("invoice_number"), INT ("amount"), INSTANT ("at"), INT ("by_id")),
      "SELECT p.id, x.id, i.number, x.amount, x.at, x.by_id FROM payment p"
      " JOIN payment_part x ON x.payment_id = p.id AND x.patient_id = +p.patient_id JOIN invoice i ON i.id = x.invoice_id WHERE p.patient_id BETWEEN $1 AND $2"
      " ORDER BY p.patient_id, p.received_on, p.id, x.id" },
  OF (REFUND)
  = { "refund", TRUE,
      COLUMNS (INT ("id"), CODE ("number"), CODE ("payment_number"), INT ("amount"), CODE ("method"), CODE ("currency"), INT ("foreign_amount"),
               INT ("rate"), CODE ("paid_on"), INSTANT ("at"), INT ("by_id"), TEXT ("reason")),
      "SELECT r.patient_id, r.id, r.number, p.number, r.amount, r.method, r.currency, NULLIF (r.foreign_amount, 0), e.rate, r.paid_on, r.at, r.by_id,"
      " r.reason FROM refund r JOIN payment p ON p.id = r.payment_id LEFT JOIN exchange_rate e ON e.id = r.rate_id"
      " WHERE r.patient_id BETWEEN $1 AND $2 ORDER BY r.patient_id, r.paid_on, r.id" },
  OF (PACKAGE)
  = { "package", TRUE,
      COLUMNS (INT ("id"), CODE ("invoice_number"), CODE ("code"), CODE ("visit_type"), INT ("sessions"), INSTANT ("at"), TEXT ("words"), TEXT ("words_ja")),
      "SELECT k.patient_id, k.id, i.number, k.code, k.visit_type, k.sessions, k.at, k.words, k.words_ja FROM package k"
      " JOIN invoice i ON i.id = k.invoice_id WHERE k.patient_id BETWEEN $1 AND $2 ORDER BY k.patient_id, k.id" },
  OF (PACKAGE_USE)
  = { "session", TRUE,
      COLUMNS (INT ("id"), CODE ("state"), INT ("visit_id"), INSTANT ("at"), INSTANT ("ended_at"), INT ("by_id"), TEXT ("reason")),
      "SELECT k.id, u.id, u.state, u.visit_id, u.at, u.ended_at, u.by_id, u.reason FROM package k"
      " JOIN package_use u ON u.package_id = k.id AND u.patient_id = +k.patient_id WHERE k.patient_id BETWEEN $1 AND $2 ORDER BY k.patient_id, k.id, u.id" },
  OF (BILL)
  = { "invoice", TRUE, INVOICE_COLUMNS, "SELECT 0, " INVOICE "WHERE i.id BETWEEN $1 AND $2 ORDER BY i.id" },
  OF (BILL_LINE)
  = { "line", TRUE, LINE_COLUMNS, "SELECT l.invoice_id, " LINE " FROM invoice_line l WHERE l.invoice_id BETWEEN $1 AND $2 ORDER BY l.invoice_id, l.seq" },
  OF (BILL_TAX)
  = { "tax", TRUE, COLUMNS (INT ("rate"), INT ("net"), INT ("tax")),
      "SELECT invoice_id, rate, net, tax FROM invoice_tax WHERE invoice_id BETWEEN $1 AND $2 ORDER BY invoice_id, rate" },
};
