/* Papers that come in, and which of them must be there, and how fresh, before which step. */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  gint64 patient_id;
  char *kind;        /* medical_report, pathology, imaging, bloodwork, viral, passport, referral, consent, translation, other */
  char *state;       /* received, accepted …: see schema/001.sql */
  char *title;
  char *examined_on; /* the day of the examination, never of the scan; may be empty */
  char *language;    /* ISO 639-1 */
  gint64 received_at;
  char *media_type;
  char *digest;      /* SHA-256 of the content, hex; empty while only requested */
  gint64 bytes;
  char *note;
  gint64 version;
  gint64 part_of;    /* the original that this belongs to, or 0 */
  char *part;        /* what it is of the original: translation, certificate, page; empty for an original */
  gint64 supersedes; /* the older paper of the same kind that this one replaces, or 0 */
  char *reason;      /* why rejected or unreadable */
  char *source;      /* hospital or laboratory it comes from */
  char *due_on;      /* when a requested one is expected; may be empty */
  char *translator;
  gint64 pages;      /* 0 while nobody counted them */
  char *link;        /* where it lies when it is only a link; never followed */
} DeskDocument;

/* A rule: this kind is needed for the draw, not older than so many months on that day. */
typedef struct
{
  const char *kind;
  int max_age_months; /* calendar months, counted from the examination; 0 for no limit */
  gboolean needed_for_treatment, needed_for_prevention;
  gboolean any_language; /* readable whatever the language is */
} DeskDocumentRule;

typedef enum
{
  DESK_PAPER_GOOD,
  DESK_PAPER_WILL_EXPIRE, /* good today, too old on the day of the draw */
  DESK_PAPER_TOO_OLD,
  DESK_PAPER_UNDATED,     /* there, but without the examination's date */
  DESK_PAPER_LANGUAGE,    /* there, but neither English nor Japanese and no translation */
  DESK_PAPER_MISSING,
} DeskPaperState;

typedef struct
{
  const DeskDocumentRule *rule;
  DeskPaperState state;
  gint64 document_id;  /* the best one there is, or 0 */
  DeskDay good_until;  /* last day it is fresh enough, or DESK_DAY_NONE */
} DeskPaperNeed;

DeskDocument *desk_document_copy (const DeskDocument *document);
void desk_document_free (DeskDocument *document);
/* Codes: unknown, too-long, control-character, not-a-date, in-future, not-a-language. */
void desk_document_check (const DeskDocument *document, DeskDay today, DeskProblems *problems);
const DeskDocumentRule *desk_document_rules (guint *n_rules);
GArray *desk_document_needs (const GPtrArray *documents, const char *purpose, DeskDay today, DeskDay draw_day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskDocument, desk_document_free)

G_END_DECLS
