/* Papers that come in. Which of them must be there, and how fresh, before which step: desk-gate.h. */
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

DeskDocument *desk_document_copy (const DeskDocument *document);
void desk_document_free (DeskDocument *document);
/* Codes: unknown, too-long, control-character, not-a-date, in-future, not-a-language. */
void desk_document_check (const DeskDocument *document, DeskDay today, DeskProblems *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskDocument, desk_document_free)

G_END_DECLS
