/* Between the files of the machine-readable zone. */
#pragma once

#include "desk-mrz.h"

#define DESK_MRZ_SIGNS 90 /* of the longest: TD1 */

/* Where a field stands in all lines put together; length 0: not there. */
typedef struct
{
  guint at, length;
} DeskMrzSpan;

typedef struct
{
  const char *type;
  gboolean visa;
  guint n_lines, length; /* of each */
  DeskMrzSpan name, number, nationality, birth, expiry, optional, more; /* more: TD1's second optional field */
  guint number_digit, birth_digit, sex, expiry_digit;
  guint optional_digit, composite; /* 0: none */
  DeskMrzSpan sum[4];              /* what the composite digit runs over */
} DeskMrzLayout;

/* What was done to make lines of a text. */
typedef enum
{
  DESK_MRZ_SMALL = 1 << 0,   /* small letters */
  DESK_MRZ_WIDE = 1 << 1,    /* full-width letters or digits */
  DESK_MRZ_FILLER = 1 << 2,  /* other signs stood for < */
  DESK_MRZ_LENGTH = 1 << 3,  /* fillers at the end of the name were too few or too many */
  DESK_MRZ_AROUND = 1 << 4,  /* there was other text */
} DeskMrzMended;

const DeskMrzLayout *desk_mrz_lines (const char *text, char signs[DESK_MRZ_SIGNS + 1], DeskMrzMended *mended);
char *desk_mrz_day (const char *six, gboolean birth, DeskDay today, DeskProblems *problems);
char *desk_mrz_as_digits (const char *text, gsize length);
char *desk_mrz_as_letters (const char *text);
