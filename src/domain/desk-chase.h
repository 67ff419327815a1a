/* Asking a patient for all that is missing: one text, in the patient's language (data/chase.tsv). */
#pragma once

#include "desk-gate.h"

G_BEGIN_DECLS

typedef struct _DeskChaseTexts DeskChaseTexts;

/* One paper to ask for. */
typedef struct
{
  const char *rule, *kind; /* static: of the rule, and of the paper */
  const char *why;         /* static: missing, old, language, certificate, unreadable */
  int months;
} DeskChaseItem;

DeskChaseTexts *desk_chase_texts_new (const char *table);
void desk_chase_texts_free (DeskChaseTexts *texts);
const char *desk_chase_text (const DeskChaseTexts *texts, const char *language, const char *key);
const char *const *desk_chase_languages (const DeskChaseTexts *texts);
const char *desk_chase_language_for (const DeskChaseTexts *texts, const char *languages, const char *nationality);

GArray *desk_chase_items (const DeskCase *case_, DeskDay today);
char *desk_chase_codes (const GArray *items);
char *desk_chase_words (const DeskChaseTexts *texts, const char *language, const char *key, const DeskCase *case_, DeskDay due, int months);
char *desk_chase_body (const DeskChaseTexts *texts, const char *language, const DeskCase *case_, const GArray *items, DeskDay due, const char *clinic);
DeskDay desk_chase_due (const DeskCase *case_, DeskDay today);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskChaseTexts, desk_chase_texts_free)

G_END_DECLS
