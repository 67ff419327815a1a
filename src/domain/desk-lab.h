/* Laboratory values: which test it is, what was written, what it means. The text of a number is kept as the laboratory
 * wrote it; a range is that of the laboratory that ran the test; units are changed only where that is exact. The
 * table of tests is data/lab-tests.tsv. */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id; /* "wbc" */
  const char *name, *name_ja;
  const char *also;         /* other names, between bars */
  const char *group;        /* cbc, chemistry, viral, marker */
  const char *loinc;        /* may be empty */
  const char *loinc_code;   /* how sure that code is: verified, consistent, not verified */
  const char *alternatives; /* LOINC codes, between spaces */
  const char *jlac10;       /* of the analyte, five characters, or empty */
  const char *unit;         /* that is usual in Japan */
  const char *m_low, *m_high, *f_low, *f_high; /* fallback range in that unit; may be empty */
  const char *range_source;
  gboolean qualitative, marker;
  gboolean biohazard; /* a reactive result marks the patient's material */
} DeskLabTest;

/* One value of a report. Texts are never NULL when read from the store. */
typedef struct
{
  gint64 id, report_id, patient_id;
  char *test; /* DeskLabTest.id, or empty */
  char *loinc, *local_code;
  char *name; /* as the laboratory calls it */
  char *comparator, *value, *unit;
  char *range_text; /* of the laboratory */
  char *flag;       /* HL7 table 0078 as sent */
  char *status;     /* HL7 table 0085: P F C X D */
  char *outcome;    /* of a qualitative test: nonreactive, reactive, indeterminate, or empty */
  char *note;
  gint64 supersedes; /* 0 for none */
} DeskLabValue;

typedef struct
{
  gint64 id, patient_id, document_id;
  char *laboratory, *number;
  char *collected_on; /* the day of the specimen */
  char *came_by;      /* hand, hl7, csv */
  char *source_id;    /* of the message or file: the same twice is noticed */
  gint64 entered_at, entered_by, withdrawn_at, version;
  char *accepted;    /* of a new one: how the file's identity differs from the chart, which somebody accepted; for the log only */
  GPtrArray *values; /* of DeskLabValue */
} DeskLabReport;

/* A viral test before a draw: what it says now. */
typedef struct
{
  const char *agent;   /* static: hiv, hbsag, antihbc, hcvab, htlv, syphilis */
  const char *outcome; /* static: nonreactive, reactive, indeterminate; "" when it cannot be told or is not there */
  char *collected_on;  /* "" when there is no result; of syphilis the older one of RPR and TPHA */
  gint64 report_id;    /* 0 when there is no result */
  gboolean final;      /* no preliminary value among them */
} DeskLabViral;

/* A value with where it comes from, and where it belongs in a chart. */
typedef struct
{
  DeskLabValue *value;
  char *collected_on, *laboratory;
  gint64 entered_at;
  /* Filled by desk_lab_series_align (): */
  char *shown;     /* the number in the unit of the series; NULL when it cannot stand in the chart */
  double number;
  gboolean breaks; /* another laboratory, code, kit or range than the point before: no line comes here */
} DeskLabPoint;

typedef struct
{
  gboolean has_low, has_high;
  gboolean low_open, high_open; /* the limit itself lies outside */
  double low, high;
} DeskLabRange;

void desk_lab_value_free (DeskLabValue *value);
void desk_lab_report_free (DeskLabReport *report);
DeskLabReport *desk_lab_report_new (void);
DeskLabValue *desk_lab_report_add (DeskLabReport *report);
void desk_lab_report_check (const DeskLabReport *report, DeskDay today, DeskProblems *problems);

void desk_lab_viral_free (DeskLabViral *viral);
void desk_lab_point_free (DeskLabPoint *point);
GPtrArray *desk_lab_viral_of (const GPtrArray *points);
char *desk_lab_series_align (const GPtrArray *points);

const DeskLabTest *desk_lab_tests (guint *n_tests);
const DeskLabTest *desk_lab_find (const char *id);
const DeskLabTest *desk_lab_find_loinc (const char *code);
const DeskLabTest *desk_lab_find_name (const char *name);
const DeskLabTest *desk_lab_find_jlac10 (const char *code);
const char *desk_lab_name (const DeskLabTest *test, const char *language);
char *desk_lab_fallback_range (const DeskLabTest *test, const char *sex);
gboolean desk_loinc_valid (const char *code);

void desk_lab_split (const char *sent, const char **comparator, char **value);
gboolean desk_lab_number (const char *value, double *number);
gboolean desk_lab_range_parse (const char *text, DeskLabRange *range);
const char *desk_lab_flag (const char *comparator, const char *value, const char *range_text);
const char *desk_lab_outcome (const DeskLabTest *test, const char *comparator, const char *value, const char *range_text, const char *flag);
void desk_lab_value_settle (DeskLabValue *value);

char *desk_lab_unit (const char *unit);
char *desk_lab_convert (const char *test, const char *value, const char *from, const char *to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLabValue, desk_lab_value_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLabReport, desk_lab_report_free)

G_END_DECLS
