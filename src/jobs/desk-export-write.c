#include "desk-export-write.h"

#define NAMESPACE "https://uketsuke.org/ns/1"
#define PROGRESS_STEPS 200

/* The rows of one kind, one of them looked at. */
typedef struct
{
  DeskStmt *rows; /* NULL until first asked for */
  DeskStep step;
} Cursor;

typedef struct
{
  const DeskExportOrder *order;
  DeskReport *report;
  DeskXmlWriter *writer;
  gint64 first, last; /* the range of the readers */
  Cursor cursors[DESK_N_REPORTS];
  gint64 expected, done; /* patients */
} Walk;

#define KINDS(...) ((const DeskReportKind[]){ __VA_ARGS__, DESK_N_REPORTS })

/* Prices and what hangs on days rather than on patients. */
#define MONEY \
  DESK_REPORT_FEE_SCHEDULE, DESK_REPORT_RATE, DESK_REPORT_TERMS, DESK_REPORT_DAY_CLOSE, DESK_REPORT_SERIES_GAP

/* What lies inside a record of each kind, in the order of the schema. */
static const DeskReportKind *const children[DESK_N_REPORTS] = {
  [DESK_REPORT_PERSON] = KINDS (DESK_REPORT_COMPANION, DESK_REPORT_TRIP, DESK_REPORT_DOCUMENT, DESK_REPORT_LAB_REPORT,
                                DESK_REPORT_BIOHAZARD, DESK_REPORT_COLLECTION, DESK_REPORT_LOT, DESK_REPORT_UNIT,
                                DESK_REPORT_COURSE, DESK_REPORT_VISIT, DESK_REPORT_RESERVATION, DESK_REPORT_INFUSION,
                                DESK_REPORT_WINDOW, DESK_REPORT_PLAN, DESK_REPORT_WAITING, DESK_REPORT_RECALL, DESK_REPORT_QUOTE,
                                DESK_REPORT_INVOICE, DESK_REPORT_PAYMENT, DESK_REPORT_REFUND, DESK_REPORT_PACKAGE,
                                DESK_REPORT_ISSUED),
  [DESK_REPORT_ISSUED] = KINDS (DESK_REPORT_ISSUED_PRINT),
  [DESK_REPORT_OTHER_ISSUED] = KINDS (DESK_REPORT_OTHER_PRINT),
  [DESK_REPORT_REGISTER] = KINDS (DESK_REPORT_REGISTER_PRINT),
  [DESK_REPORT_PLAN] = KINDS (DESK_REPORT_PLAN_TRIP, DESK_REPORT_PLAN_VISIT, DESK_REPORT_PLAN_HANG),
  [DESK_REPORT_RECALL] = KINDS (DESK_REPORT_ATTEMPT),
  [DESK_REPORT_TRIP] = KINDS (DESK_REPORT_TRAVELLER),
  [DESK_REPORT_LAB_REPORT] = KINDS (DESK_REPORT_LAB_VALUE),
  [DESK_REPORT_LOT] = KINDS (DESK_REPORT_RESULT, DESK_REPORT_LOT_HOLD),
  [DESK_REPORT_UNIT] = KINDS (DESK_REPORT_EVENT, DESK_REPORT_PLACEMENT, DESK_REPORT_UNIT_HOLD),
  [DESK_REPORT_VISIT] = KINDS (DESK_REPORT_BOOKED, DESK_REPORT_STAMP),
  [DESK_REPORT_CULTURE] = KINDS (DESK_REPORT_SOURCE, DESK_REPORT_INPUT, DESK_REPORT_REAGENT, DESK_REPORT_USED, DESK_REPORT_FINDING,
                                 DESK_REPORT_CULTURE_HOLD, DESK_REPORT_MADE),
  [DESK_REPORT_MADE] = KINDS (DESK_REPORT_JUDGED, DESK_REPORT_CONDITION),
  [DESK_REPORT_KEPT] = KINDS (DESK_REPORT_CUSTODY, DESK_REPORT_KEPT_EVENT),
  [DESK_REPORT_LOOKBACK] = KINDS (DESK_REPORT_LOOKBACK_ITEM, DESK_REPORT_LOOKBACK_CLOCK, DESK_REPORT_LOOKBACK_HOLD),
  [DESK_REPORT_LOOKBACK_ITEM] = KINDS (DESK_REPORT_LOOKBACK_ROAD, DESK_REPORT_LOOKBACK_CONTACT),
  [DESK_REPORT_COUNT] = KINDS (DESK_REPORT_COUNT_BOX, DESK_REPORT_COUNT_SCAN, DESK_REPORT_COUNT_DIFFERENCE),
  [DESK_REPORT_FEE_SCHEDULE] = KINDS (DESK_REPORT_FEE),
  [DESK_REPORT_DAY_CLOSE] = KINDS (DESK_REPORT_DAY_CLOSE_LINE),
  [DESK_REPORT_ACCOUNT] = KINDS (DESK_REPORT_QUOTE, DESK_REPORT_INVOICE, DESK_REPORT_PAYMENT, DESK_REPORT_REFUND, DESK_REPORT_PACKAGE),
  [DESK_REPORT_QUOTE] = KINDS (DESK_REPORT_QUOTE_LINE),
  [DESK_REPORT_INVOICE] = KINDS (DESK_REPORT_INVOICE_LINE, DESK_REPORT_INVOICE_TAX),
  [DESK_REPORT_PAYMENT] = KINDS (DESK_REPORT_PAYMENT_PART),
  [DESK_REPORT_PACKAGE] = KINDS (DESK_REPORT_PACKAGE_USE),
  [DESK_REPORT_BILL] = KINDS (DESK_REPORT_BILL_LINE, DESK_REPORT_BILL_TAX),
  [DESK_REPORT_APPOINTMENT] = KINDS (DESK_REPORT_APPOINTMENT_RESOURCE, DESK_REPORT_DOSE),
};

static const struct
{
  const char *root;
  const DeskReportKind *parts;
  const char *one; /* what it is about the one of; NULL where it is about all or none */
} documents[] = {
  [DESK_EXPORT_PATIENT] = { "patient", KINDS (DESK_REPORT_SETTINGS, DESK_REPORT_STAFF, DESK_REPORT_PERSON), "patient" },
  [DESK_EXPORT_INVENTORY] = { "inventory", KINDS (DESK_REPORT_SETTINGS, DESK_REPORT_STAFF, DESK_REPORT_CONTAINER, DESK_REPORT_BLOCK,
                                                  DESK_REPORT_HELD, DESK_REPORT_STOCK) },
  [DESK_EXPORT_LOT] = { "lot-record", KINDS (DESK_REPORT_SETTINGS, DESK_REPORT_STAFF, DESK_REPORT_CULTURE), "lot" },
  [DESK_EXPORT_CUSTODY] = { "custody-record", KINDS (DESK_REPORT_SETTINGS, DESK_REPORT_STAFF, DESK_REPORT_CONTAINER, DESK_REPORT_KEPT), "unit" },
  [DESK_EXPORT_LOOKBACK] = { "look-back", KINDS (DESK_REPORT_SETTINGS, DESK_REPORT_STAFF, DESK_REPORT_LOOKBACK), "look-back" },
  [DESK_EXPORT_STOCKTAKE] = { "stocktake", KINDS (DESK_REPORT_SETTINGS, DESK_REPORT_STAFF, DESK_REPORT_CONTAINER, DESK_REPORT_COUNT), "stocktake" },
  [DESK_EXPORT_DAYSHEET] = { "day-sheet", KINDS (DESK_REPORT_SETTINGS, DESK_REPORT_STAFF, DESK_REPORT_RESOURCE,
                                                 DESK_REPORT_CONTAINER, DESK_REPORT_APPOINTMENT) },
  [DESK_EXPORT_CLINIC] = { "clinic", KINDS (DESK_REPORT_SETTINGS, DESK_REPORT_STAFF, DESK_REPORT_RESOURCE, DESK_REPORT_VISIT_TYPE,
                                            DESK_REPORT_CLOSED_DAY, DESK_REPORT_OPENING, DESK_REPORT_OPEN_DAY,
                                            DESK_REPORT_TIME_BLOCK, DESK_REPORT_DAY_NOTE, DESK_REPORT_TEMPLATE, DESK_REPORT_STEP,
                                            DESK_REPORT_CONTAINER, MONEY, DESK_REPORT_LETTER_TEXT,
                                            DESK_REPORT_OTHER_ISSUED, DESK_REPORT_PERSON) },
  [DESK_EXPORT_MONEY] = { "money", KINDS (DESK_REPORT_SETTINGS, DESK_REPORT_STAFF, MONEY, DESK_REPORT_ACCOUNT) },
  [DESK_EXPORT_INVOICE] = { "invoice-record", KINDS (DESK_REPORT_SETTINGS, DESK_REPORT_STAFF, DESK_REPORT_BILL), "invoice" },
  [DESK_EXPORT_REGISTER] = { "register", KINDS (DESK_REPORT_SETTINGS, DESK_REPORT_STAFF, DESK_REPORT_LETTER_TEXT, DESK_REPORT_REGISTER) },
};

static void
put_int (Walk *walk, const char *name, gint64 value)
{
  char text[24], *p = text + sizeof text;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  *--p = '\0';
  do
    *--p = '0' + rest % 10;
  while (rest /= 10);
  if (value < 0)
    *--p = '-';
  desk_xml_writer_attribute (walk->writer, name, p);
}

static void
put_two_digits (char *at, int value)
{
  at[0] = '0' + value / 10;
  at[1] = '0' + value % 10;
}

/* As desk_instant_format () writes it, without its allocation: a clinic has millions. */
static void
put_instant (Walk *walk, const char *name, gint64 instant)
{
  char text[] = "0000-00-00T00:00:00Z";
  gint64 days = instant / 86400 - (instant % 86400 < 0);
  int second = (int) (instant - days * 86400), year, month, day;

  desk_day_to_ymd ((DeskDay) days, &year, &month, &day);
  put_two_digits (text, year / 100);
  put_two_digits (text + 2, year % 100);
  put_two_digits (text + 5, month);
  put_two_digits (text + 8, day);
  put_two_digits (text + 11, second / 3600);
  put_two_digits (text + 14, second / 60 % 60);
  put_two_digits (text + 17, second % 60);
  desk_xml_writer_attribute (walk->writer, name, text);
}

static void
put_column (Walk *walk, DeskStmt *row, int column, const DeskReportColumn *info)
{
  const char *text;

  switch (info->type)
    {
    case DESK_COLUMN_CODE:
      text = desk_stmt_text (row, column);
      if (text && *text)
        desk_xml_writer_attribute (walk->writer, info->name, text);
      break;
    case DESK_COLUMN_TEXT:
      text = desk_stmt_text (row, column);
      if (text && *text)
        desk_xml_writer_element (walk->writer, info->name, text);
      break;
    case DESK_COLUMN_INT:
      if (!desk_stmt_is_null (row, column))
        put_int (walk, info->name, desk_stmt_int64 (row, column));
      break;
    case DESK_COLUMN_FLAG:
      desk_xml_writer_attribute (walk->writer, info->name, desk_stmt_int (row, column) ? "true" : "false");
      break;
    case DESK_COLUMN_INSTANT:
      if (!desk_stmt_is_null (row, column))
        put_instant (walk, info->name, desk_stmt_int64 (row, column));
      break;
    }
}

static gboolean
advance (Walk *walk, DeskReportKind kind, GError **error)
{
  Cursor *cursor = &walk->cursors[kind];

  cursor->step = desk_stmt_step (cursor->rows, error);
  return cursor->step != DESK_STEP_ERROR;
}

static gboolean
open_cursor (Walk *walk, DeskReportKind kind, GError **error)
{
  Cursor *cursor = &walk->cursors[kind];

  if (cursor->rows)
    return TRUE;
  cursor->rows = desk_report_rows (walk->report, kind, walk->first, walk->last, error);
  return cursor->rows && advance (walk, kind, error);
}

/* What a document is about; all else only says where and by whom. */
static gboolean
is_main (DeskReportKind kind)
{
  return kind == DESK_REPORT_PERSON || kind == DESK_REPORT_CULTURE || kind == DESK_REPORT_KEPT || kind == DESK_REPORT_LOOKBACK
         || kind == DESK_REPORT_COUNT || kind == DESK_REPORT_ACCOUNT || kind == DESK_REPORT_BILL;
}

/* After each patient: says how far it is, and whether to go on. */
static gboolean
pause_for_others (Walk *walk, GError **error)
{
  const DeskExportOrder *order = walk->order;
  gint64 every = MAX (walk->expected / PROGRESS_STEPS, 1);

  walk->done++;
  if (order->progress && walk->expected > 0 && walk->done % every == 0)
    order->progress (0.5 * MIN (walk->done, walk->expected) / walk->expected, order->user_data);
  return !g_cancellable_set_error_if_cancelled (order->cancellable, error);
}

static gboolean put_rows (Walk *walk, DeskReportKind kind, gint64 owner, GError **error);

static gboolean
put_row (Walk *walk, DeskReportKind kind, GError **error)
{
  DeskStmt *row = walk->cursors[kind].rows;
  const DeskReportColumn *columns = desk_report_columns (kind);

  desk_xml_writer_start (walk->writer, desk_report_name (kind));
  for (int i = 0; columns[i].name; i++)
    put_column (walk, row, i + 1, &columns[i]);
  if (children[kind])
    {
      gint64 id = desk_stmt_int64 (row, 1);

      for (const DeskReportKind *child = children[kind]; *child < DESK_N_REPORTS; child++)
        if (!put_rows (walk, *child, id, error))
          return FALSE;
    }
  desk_xml_writer_end (walk->writer);
  /* The writer keeps its error for the end, but nobody should wait for that. */
  return !desk_xml_writer_failed (walk->writer);
}

/* The rows that belong to owner: they come next, since all readers keep one order. */
static gboolean
put_rows (Walk *walk, DeskReportKind kind, gint64 owner, GError **error)
{
  Cursor *cursor = &walk->cursors[kind];

  if (!open_cursor (walk, kind, error))
    return FALSE;
  while (cursor->step == DESK_STEP_ROW && desk_stmt_int64 (cursor->rows, 0) == owner)
    {
      if (!put_row (walk, kind, error) || !advance (walk, kind, error))
        return FALSE;
      if (is_main (kind) && !pause_for_others (walk, error))
        return FALSE;
    }
  return TRUE;
}

/* A row that found no parent would be lost without a word. */
static gboolean
all_written (Walk *walk, GError **error)
{
  for (int kind = 0; kind < DESK_N_REPORTS; kind++)
    if (walk->cursors[kind].rows && walk->cursors[kind].step != DESK_STEP_DONE)
      {
        g_set_error (error, DESK_ERROR, DESK_ERROR_CORRUPT, "a record of kind %s belongs to nothing", desk_report_name (kind));
        return FALSE;
      }
  return TRUE;
}

static gboolean
set_range (Walk *walk, GError **error)
{
  const DeskExportOrder *order = walk->order;

  if (documents[order->what].one || (order->what == DESK_EXPORT_MONEY && order->id > 0))
    {
      walk->first = walk->last = order->id;
      return TRUE;
    }
  if (order->what == DESK_EXPORT_DAYSHEET)
    return desk_report_day (walk->report, order->day, &walk->first, &walk->last, error);
  walk->first = 1;
  walk->last = G_MAXINT64;
  return desk_report_count_patients (walk->report, &walk->expected, error);
}

static gboolean
put_document (Walk *walk, GError **error)
{
  const DeskExportOrder *order = walk->order;
  g_autofree char *generated = desk_instant_format (order->generated_at);

  desk_xml_writer_start (walk->writer, documents[order->what].root);
  desk_xml_writer_attribute (walk->writer, "xmlns", NAMESPACE);
  desk_xml_writer_attribute (walk->writer, "format", "1");
  desk_xml_writer_attribute (walk->writer, "generated_at", generated);
  if (order->what == DESK_EXPORT_DAYSHEET)
    {
      g_autofree char *day = desk_day_format (order->day);
      desk_xml_writer_attribute (walk->writer, "day", day);
    }
  for (const DeskReportKind *part = documents[order->what].parts; *part < DESK_N_REPORTS; part++)
    if (!put_rows (walk, *part, 0, error))
      return FALSE;
  desk_xml_writer_end (walk->writer);
  if (documents[order->what].one && walk->done == 0)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such %s", documents[order->what].one);
      return FALSE;
    }
  return all_written (walk, error);
}

/* Writes the whole document. FALSE without an error set when the writer failed: it knows why. */
gboolean
desk_export_write (DeskDb *db, const DeskExportOrder *order, DeskXmlWriter *writer, GError **error)
{
  g_autoptr (DeskReport) report = desk_report_begin (db, error);
  Walk walk = { .order = order, .report = report, .writer = writer };

  if (!report)
    return FALSE;
  gboolean ok = set_range (&walk, error) && put_document (&walk, error);
  for (int kind = 0; kind < DESK_N_REPORTS; kind++)
    g_clear_pointer (&walk.cursors[kind].rows, desk_stmt_release);
  return ok;
}
