/* The clinic's own letters: their texts, each version kept, the newest counts. The store takes a text as it is; whether
 * it is a letter is checked before (jobs/desk-letter-templates.h). Changes are told as DESK_KIND_LETTER. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;
  gint64 id, seq;       /* 0 where no version was saved */
  char *version;        /* "" when it went back to the built-in letter, or was put away */
  char *digest;         /* of its text, or NULL then */
  char *comment;
  gint64 at, by_id;     /* UTC seconds; staff, 0 when it is not known */
  char *by, *by_ja;     /* the name; empty for none */
} DeskLetterVersion;

typedef struct
{
  const char *name;
  const char *xml;     /* its own number is the version's */
  const char *version;
  const char *comment;
  const char *above;   /* the number of the built-in letter of that name, or NULL */
  gint64 seq;          /* of the version it was begun from, 0 for none; becomes the new one's */
} DeskLetterSave;

typedef struct
{
  char *name, *xml;
  gint64 seq; /* of the version it was begun from */
  gint64 at;
} DeskLetterDraft;

GPtrArray *desk_letter_text_list (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskLetterVersion *desk_letter_text_newest (DeskDb *db, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_letter_text_history (DeskDb *db, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *desk_letter_text_by_digest (DeskDb *db, const char *digest, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_text_signed (DeskDb *db, const char *name, gint64 *patients, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_text_keep (DeskTxn *txn, DeskDb *db, const char *xml, char **digest, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_letter_text_save (DeskDb *db, DeskLetterSave *save, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_text_end (DeskDb *db, const char *name, gint64 *seq, const char *comment, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *desk_letter_draft_list (DeskDb *db, gint64 by_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_draft_load (DeskDb *db, const char *name, gint64 by_id, DeskLetterDraft **draft, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_draft_keep (DeskDb *db, const DeskLetterDraft *draft, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_draft_drop (DeskDb *db, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void desk_letter_version_free (DeskLetterVersion *version);
void desk_letter_draft_free (DeskLetterDraft *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLetterVersion, desk_letter_version_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLetterDraft, desk_letter_draft_free)

G_END_DECLS
