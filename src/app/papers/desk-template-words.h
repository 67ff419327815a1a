/* Words for what the editor of letters shows: problems, fields, blocks. */
#pragma once

#include "desk-letter.h"
#include "desk-letter-texts.h"

G_BEGIN_DECLS

char *desk_template_problem_words (const DeskLetterProblem *problem);
const char *desk_template_field_words (const DeskFieldInfo *info);
const char *desk_template_subject_words (const char *field);
const char *desk_template_name_words (const char *name);
char *desk_template_version_words (const DeskLetterVersion *version, GTimeZone *zone);

typedef struct
{
  const char *title; /* N_() */
  const char *xml;   /* "%|" is where the cursor stands afterwards */
} DeskTemplateBlock;

const DeskTemplateBlock *desk_template_blocks (guint *n_blocks);

G_END_DECLS
