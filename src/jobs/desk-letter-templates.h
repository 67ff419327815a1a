/* The letters there are: those inside the program, and the clinic's own, which come before them. A name is the same
 * letter wherever its text comes from. */
#pragma once

#include "desk-letter.h"
#include "desk-letter-texts.h"

G_BEGIN_DECLS

typedef struct
{
  DeskLetterTemplate *template_;
  char *xml;
  gboolean own; /* the clinic's; else built in */
  gint64 seq;   /* of the newest version the clinic saved, 0 for none: what saving and ending want */
} DeskLetterSource;

GPtrArray *desk_letter_template_names (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *const *desk_letter_template_builtins (void);
gboolean desk_letter_template_builtin (const char *name);
char *desk_letter_template_builtin_version (const char *name);
char *desk_letter_template_text (DeskDb *db, const DeskLetterVersion *version, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskLetterSource *desk_letter_template_load (DeskDb *db, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char **desk_letter_template_languages (DeskDb *db, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_letter_template_save (DeskDb *db, const char *name, const char *xml, gint64 *seq, const char *comment, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_letter_source_free (DeskLetterSource *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLetterSource, desk_letter_source_free)

G_END_DECLS
