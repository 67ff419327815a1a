/* What came in and is not filed yet: added, looked at, filed to a patient, taken back, put aside. */
#pragma once

#include "desk-db.h"
#include "desk-document.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *name;       /* as it was called outside, made harmless; never a path */
  char *came_by;    /* file, drop, paste, disc, link */
  char *media_type;
  char *digest;     /* of the content; empty for a link */
  gint64 bytes;
  char *link;
  gint64 received_at;
  char *note;
  char *warning;    /* codes, comma separated: extension-differs */
  char *detail;     /* of a study: what the disc says */
  gint64 document_id;
  gint64 put_aside_at;
  gint64 version;
  gint64 n_files;           /* of a study; 0 for one file */
  gint64 known_document_id; /* the same content, or link, is filed already; 0 when not */
  gint64 known_patient_id;
} DeskInboxItem;

/* One file of an item that is many; texts are lent. */
typedef struct
{
  const char *name, *digest, *media_type;
  gint64 bytes;
} DeskInboxFile;

typedef enum
{
  DESK_INBOX_NEW,     /* waits now */
  DESK_INBOX_WAITING, /* the same content waits already; id is of that */
  DESK_INBOX_BACK,    /* it had been put aside and waits again */
} DeskInboxAdded;

void desk_inbox_item_free (DeskInboxItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskInboxItem, desk_inbox_item_free)

gboolean desk_inbox_add (DeskDb *db, DeskInboxItem *item, const DeskInboxFile *files, guint n_files, DeskInboxAdded *added, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GArray *desk_inbox_ids (DeskDb *db, gboolean aside, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_inbox_rows (DeskDb *db, const gint64 *ids, guint n_ids, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskInboxItem *desk_inbox_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_inbox_count (DeskDb *db, gint64 *waiting, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_inbox_digests (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_document_digests (DeskDb *db, gint64 document_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_inbox_put_aside (DeskDb *db, const gint64 *ids, guint n_ids, gboolean aside, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_inbox_forget (DeskDb *db, DeskTxn *txn, gint64 before, gint64 *n, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_inbox_suggest (DeskDb *db, const char *name, gint64 *patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ── filing ── */

/* One item and what it is of the paper: "" the paper itself, page another page of it, translation or certificate. */
typedef struct
{
  gint64 id;
  const char *part; /* static */
} DeskInboxPart;

/* What to file as what; desk_inbox_file () fills done, and desk_inbox_unfile () takes it back. */
typedef struct
{
  DeskDocument *document; /* what the form says: patient, kind, state (NULL: by kind and language), dates … */
  GArray *parts;          /* of DeskInboxPart, in order */
  gboolean together;      /* as one paper; else each as a paper of its own */
  GArray *documents;      /* gint64: the papers made or fulfilled */
  GPtrArray *done;        /* how to take it back */
} DeskInboxFiling;

DeskInboxFiling *desk_inbox_filing_new (DeskDocument *document);
void desk_inbox_filing_add (DeskInboxFiling *filing, gint64 item_id, const char *part);
void desk_inbox_filing_free (DeskInboxFiling *filing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskInboxFiling, desk_inbox_filing_free)

gboolean desk_inbox_file (DeskDb *db, DeskInboxFiling *filing, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_inbox_unfile (DeskDb *db, DeskInboxFiling *filing, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
