/* Letters from a few lines of a template, and what a reader of PDF finds in them. */
#pragma once

#include "desk-letter-page.h"

DeskLetter *letter_from (const char *languages, const char *blocks, const DeskFields *fields, const char *language);
char *letter_pdf (const DeskLetterLayout *layout);
char *letter_tool (const char *tool, const char *path);
char *letter_text (const DeskLetterLayout *layout);
