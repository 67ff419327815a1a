/* Letters as a list of the window sorts them, and what each is about. */
#pragma once

#include "desk-letters.h"
#include "desk-page.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_LETTERS_PATIENT,
  DESK_LETTERS_OFFICIAL,
  DESK_LETTERS_MONEY,
  DESK_LETTERS_CLINIC,
  DESK_LETTERS_OWN, /* the clinic wrote them */
  DESK_N_LETTER_GROUPS
} DeskLetterGroup;

typedef struct
{
  const char *name;
  DeskLetterGroup group;
  const char *subject; /* as in DeskLetterWanted, "" for none */
  gboolean needed;     /* without one there is no such letter; else it is about what comes next */
  gboolean nobody;     /* of no patient */
  const char *packs;   /* it belongs to: "visa arrival" */
} DeskLetterKind;

const DeskLetterKind *desk_letter_kind (const char *name);
const char *desk_letter_group_words (DeskLetterGroup group);

/* One thing that a letter can be about. */
typedef struct
{
  gint64 id;   /* 0: what comes next */
  char *words;
} DeskLetterSubject;

GPtrArray *desk_letter_subjects (DeskPage *page, const DeskLetterKind *kind, gint64 patient_id, GError **error);

G_END_DECLS
