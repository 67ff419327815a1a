/* The register of what went out: every letter that was issued, frozen with its text and its data; each time it was
 * printed and how that ended; what replaced it. What a letter says, and how it is drawn again, is in
 * jobs/desk-letter-issue.h. Changes are told as DESK_KIND_LETTER. */
#pragma once

#include "desk-day.h"
#include "desk-db.h"

G_BEGIN_DECLS

/* Texts are never NULL. The data and the text of the letter are read apart: desk_issued_frozen (). */
typedef struct
{
  gint64 id;
  char *number;
  char *name, *version, *language; /* of the letter */
  char *text_digest, *pdf_digest;
  gint64 patient_id;               /* 0: of nobody */
  char *subject;                   /* "" for none */
  gint64 subject_id;
  DeskDay issued_on;               /* on the paper */
  guint pages;
  gint64 pack;                     /* the first of those made as one, 0 for none */
  gint64 at, by_id;
  gint64 replaces, replaced_by;    /* 0 for none */
  gint64 void_at, void_by;         /* 0 while it is good */
  char *void_why;
  gboolean touched;                /* to be compared with the book */
  char *differs, *kept;            /* fields that no longer match, separated by spaces; those of them that were looked at */
  /* filled by lists */
  char *patient_name, *patient_chart, *by, *by_ja;
  guint prints;                    /* times it went to a printer or a file */
  char *print_state;               /* how the last of them ended; "" for none */
} DeskIssued;

typedef struct
{
  gint64 id, issued_id;
  guint seq;                       /* 1 is the original */
  char *how, *target, *pages;      /* "printer", "pdf", "screen"; name of the printer; "2-3", or "" for all */
  guint copies;
  char *state, *reason;            /* "begun", "done", "failed", "unknown" */
  gint64 at, ended_at, by_id;
  char *by, *by_ja;
  char *desk;                      /* where */
  char *number, *name;             /* of the letter */
  gint64 patient_id;
  char *patient_name;
} DeskIssuedPrint;

typedef enum
{
  DESK_ISSUED_ALL,
  DESK_ISSUED_DIFFERS, /* no longer says what the book says, and nobody looked at it since */
  DESK_ISSUED_TROUBLE, /* the last print failed, or nobody knows how it ended */
  DESK_ISSUED_VOID,    /* withdrawn, or replaced */
} DeskIssuedFilter;

/* What a row is made of; texts are lent. */
typedef struct
{
  const char *number, *name, *version, *language, *text_digest, *data, *pdf_digest;
  gint64 patient_id;
  const char *subject;
  gint64 subject_id;
  DeskDay issued_on;
  guint pages;
  gint64 pack, replaces;
} DeskIssuedNew;

gboolean desk_issued_add (DeskTxn *txn, const DeskIssuedNew *issued, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_issued_void (DeskDb *db, gint64 id, const char *why, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_issued_keep (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_issued_compared (DeskTxn *txn, gint64 id, const char *differs, GError **error) G_GNUC_WARN_UNUSED_RESULT;

DeskIssued *desk_issued_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskIssued *desk_issued_by_number (DeskDb *db, const char *number, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_issued_frozen (DeskDb *db, gint64 id, char **text, char **data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_issued_of_patient (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_issued_of_subject (DeskDb *db, const char *subject, gint64 subject_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_issued_chain (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_issued_before (DeskDb *db, gint64 at, gint64 id, guint most, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GArray *desk_issued_ids (DeskDb *db, DeskIssuedFilter filter, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GArray *desk_issued_stale_of (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GArray *desk_issued_search (DeskDb *db, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_issued_rows (DeskDb *db, const gint64 *ids, guint n, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GArray *desk_issued_touched (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_issued_subject_of (DeskDb *db, const char *subject, gint64 patient_id, const char *number, gint64 *id, char **called, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_issued_free (DeskIssued *issued);

gboolean desk_issued_print_begin (DeskDb *db, gint64 issued_id, const char *how, const char *target, const char *pages, guint copies, gint64 *print_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_issued_print_end (DeskDb *db, gint64 print_id, const char *state, const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_issued_copy_no (DeskDb *db, gint64 issued_id, guint *copy_no, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_issued_print_fits (DeskDb *db, gint64 issued_id, guint copy_no, gboolean in_force, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_issued_prints_lost (DeskDb *db, guint *n, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_issued_prints (DeskDb *db, gint64 issued_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_issued_prints_open (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_issued_prints_before_register (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_issued_print_free (DeskIssuedPrint *print);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskIssued, desk_issued_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskIssuedPrint, desk_issued_print_free)

G_END_DECLS
