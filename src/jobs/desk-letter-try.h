/* The text of a letter while somebody writes it: what is wrong with it, and how it would look. */
#pragma once

#include <cairo.h>

#include "desk-db.h"
#include "desk-letter.h"

G_BEGIN_DECLS

typedef struct
{
  /* What is wanted. */
  char *xml;
  char *language;    /* NULL, or one that it is not written in: its first */
  gint64 patient_id; /* 0: sample values */
  DeskDay today;
  int width;         /* of a page, in pixels */
  /* What came of it. */
  DeskLetterProblems *problems;
  char **languages;  /* NULL where the text is no letter */
  guint shown;       /* which of the languages the pages are in */
  GPtrArray *pages;  /* of cairo_surface_t, or NULL */
  guint n_pages;     /* also those beyond what is drawn */
  guint n_missing;   /* values that the patient's record does not have */
} DeskLetterTry;

DeskLetterTry *desk_letter_try_new (const char *xml);
void desk_letter_try_free (DeskLetterTry *try_);
DeskLetterProblems *desk_letter_try_check (const char *xml);
gboolean desk_letter_try_draw (DeskDb *db, DeskLetterTry *try_, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLetterTry, desk_letter_try_free)

G_END_DECLS
