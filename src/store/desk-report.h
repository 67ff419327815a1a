/* Long readers for exports: rows in a fixed order from one consistent view of the clinic, in constant memory
 * whatever the size. A child's rows come in the order of its parent's, so that a caller can merge them.
 *
 * Column 0 of every row is the id of the row it belongs to (0 for the clinic), column 1 its own id or code;
 * the columns to write begin at 1 and are named by the reader. */
#pragma once

#include "desk-day.h"
#include "desk-db.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_REPORT_SETTINGS,
  DESK_REPORT_STAFF,
  DESK_REPORT_RESOURCE,
  DESK_REPORT_VISIT_TYPE,
  DESK_REPORT_CLOSED_DAY,
  DESK_REPORT_OPENING,     /* hours of weekdays */
  DESK_REPORT_OPEN_DAY,
  DESK_REPORT_TIME_BLOCK,  /* time that is not for visits */
  DESK_REPORT_DAY_NOTE,
  DESK_REPORT_TEMPLATE,    /* of courses */
  DESK_REPORT_STEP,        /* of all templates, each with the code of its own */
  DESK_REPORT_CONTAINER,
  DESK_REPORT_PERSON,      /* the range of all from here to ATTEMPT: patient ids */
  DESK_REPORT_COMPANION,
  DESK_REPORT_TRIP,
  DESK_REPORT_TRAVELLER,   /* a companion on a trip */
  DESK_REPORT_DOCUMENT,
  DESK_REPORT_LAB_REPORT,  /* also those taken back */
  DESK_REPORT_LAB_VALUE,   /* of a report, also the superseded */
  DESK_REPORT_BIOHAZARD,
  DESK_REPORT_COLLECTION,
  DESK_REPORT_LOT,
  DESK_REPORT_RESULT,      /* of a lot, also the superseded */
  DESK_REPORT_LOT_HOLD,
  DESK_REPORT_UNIT,
  DESK_REPORT_EVENT,       /* of a unit */
  DESK_REPORT_PLACEMENT,   /* of a unit */
  DESK_REPORT_UNIT_HOLD,
  DESK_REPORT_COURSE,
  DESK_REPORT_VISIT,
  DESK_REPORT_BOOKED,      /* a resource of a visit */
  DESK_REPORT_STAMP,       /* of a visit */
  DESK_REPORT_RESERVATION,
  DESK_REPORT_INFUSION,
  DESK_REPORT_WINDOW,      /* days a patient can come, or cannot */
  DESK_REPORT_PLAN,
  DESK_REPORT_PLAN_TRIP,   /* of a plan */
  DESK_REPORT_PLAN_VISIT,
  DESK_REPORT_PLAN_HANG,
  DESK_REPORT_WAITING,
  DESK_REPORT_RECALL,
  DESK_REPORT_ATTEMPT,     /* of a recall */
  DESK_REPORT_STOCK,       /* units that the clinic has, wherever they stand */
  DESK_REPORT_APPOINTMENT, /* the range of this and the next two: instants of the start, both inclusive */
  DESK_REPORT_APPOINTMENT_RESOURCE,
  DESK_REPORT_DOSE,        /* reserved for an appointment, or infused at it */
  DESK_REPORT_BLOCK,      /* what cannot be used now; the first of the readers of the bank */
  DESK_REPORT_HELD,       /* open holds of every scope */
  DESK_REPORT_CULTURE,    /* the range of this and all to CONDITION: lot ids */
  DESK_REPORT_SOURCE,
  DESK_REPORT_INPUT,
  DESK_REPORT_REAGENT,
  DESK_REPORT_USED,
  DESK_REPORT_FINDING,
  DESK_REPORT_CULTURE_HOLD,
  DESK_REPORT_MADE,
  DESK_REPORT_JUDGED,
  DESK_REPORT_CONDITION,
  DESK_REPORT_KEPT,       /* the range of this and the next two: unit ids */
  DESK_REPORT_CUSTODY,
  DESK_REPORT_KEPT_EVENT,
  DESK_REPORT_LOOKBACK,   /* the range of this and all to LOOKBACK_HOLD: look-back ids */
  DESK_REPORT_LOOKBACK_ITEM,
  DESK_REPORT_LOOKBACK_ROAD,
  DESK_REPORT_LOOKBACK_CONTACT,
  DESK_REPORT_LOOKBACK_CLOCK,
  DESK_REPORT_LOOKBACK_HOLD,
  DESK_REPORT_COUNT,      /* the range of this and all to COUNT_DIFFERENCE: stocktake ids */
  DESK_REPORT_COUNT_BOX,
  DESK_REPORT_COUNT_SCAN,
  DESK_REPORT_COUNT_DIFFERENCE,
  DESK_REPORT_FEE_SCHEDULE, /* the first of the readers of money */
  DESK_REPORT_FEE,        /* of a schedule */
  DESK_REPORT_RATE,
  DESK_REPORT_TERMS,
  DESK_REPORT_DAY_CLOSE,
  DESK_REPORT_DAY_CLOSE_LINE,
  DESK_REPORT_SERIES_GAP, /* numbers that were passed over */
  DESK_REPORT_ACCOUNT,    /* the range of all from here to PACKAGE_USE: patient ids */
  DESK_REPORT_QUOTE,
  DESK_REPORT_QUOTE_LINE,
  DESK_REPORT_INVOICE,    /* also credit notes */
  DESK_REPORT_INVOICE_LINE,
  DESK_REPORT_INVOICE_TAX,
  DESK_REPORT_PAYMENT,
  DESK_REPORT_PAYMENT_PART,
  DESK_REPORT_REFUND,
  DESK_REPORT_PACKAGE,
  DESK_REPORT_PACKAGE_USE,
  DESK_REPORT_BILL,       /* the range of this and the rest: invoice ids */
  DESK_REPORT_BILL_LINE,
  DESK_REPORT_BILL_TAX,
  DESK_REPORT_LETTER_TEXT, /* of issued letters, by digest; the first of the readers of paper */
  DESK_REPORT_ISSUED,     /* the range of this and the next: patient ids */
  DESK_REPORT_ISSUED_PRINT,
  DESK_REPORT_OTHER_ISSUED, /* of nobody */
  DESK_REPORT_OTHER_PRINT,
  DESK_REPORT_REGISTER,   /* all */
  DESK_REPORT_REGISTER_PRINT,
  DESK_N_REPORTS
} DeskReportKind;

typedef enum
{
  DESK_COLUMN_CODE,    /* short text: a code, a number on a label, a day; empty for none */
  DESK_COLUMN_TEXT,    /* what people wrote; empty for none */
  DESK_COLUMN_INT,     /* NULL for none */
  DESK_COLUMN_FLAG,
  DESK_COLUMN_INSTANT, /* UTC seconds; NULL for none */
} DeskColumnType;

typedef struct
{
  const char *name; /* NULL after the last */
  DeskColumnType type;
} DeskReportColumn;

typedef struct _DeskReport DeskReport;

/* Begins the view; DESK_ERROR_BUSY inside a transaction. Nothing written from then on, on whatever desk, is
 * seen until desk_report_end (). */
DeskReport *desk_report_begin (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_report_end (DeskReport *report);

/* What one record is called, and its columns from 1 on; static. */
const char *desk_report_name (DeskReportKind kind);
const DeskReportColumn *desk_report_columns (DeskReportKind kind);

/* The rows of a kind, of the range first … last where it has one. Release it before the report ends. */
DeskStmt *desk_report_rows (DeskReport *report, DeskReportKind kind, gint64 first, gint64 last, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The row of what a range is about – of CULTURE, KEPT, LOOKBACK, COUNT or BILL – by its number. */
gboolean desk_report_find (DeskDb *db, DeskReportKind kind, const char *number, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_report_count_patients (DeskReport *report, gint64 *n, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The first and last second of a day of the clinic. */
gboolean desk_report_day (DeskReport *report, DeskDay day, gint64 *first, gint64 *last, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskReport, desk_report_end)

G_END_DECLS
