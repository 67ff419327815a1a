/* Inside the xml layer: the elements of a template as blocks. */
#pragma once

#include <libxml/tree.h>

#include "desk-letter.h"

G_BEGIN_DECLS

void desk_letter_blocks_read (const xmlNode *root, DeskLetterTemplate *template_, DeskLetterProblems *problems);

G_END_DECLS
