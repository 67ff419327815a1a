/* What differs between two texts, line by line, and within lines word by word: the shortest edit (Myers 1986, in linear
 * space). For comparing versions of a letter. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DESK_DIFF_SAME,
  DESK_DIFF_REMOVED, /* only in the old text */
  DESK_DIFF_ADDED,   /* only in the new one */
  DESK_DIFF_CHANGED, /* a line in place of another */
} DeskDiffKind;

/* Bytes [from, to) of a line. */
typedef struct
{
  guint from, to;
} DeskDiffSpan;

typedef struct
{
  DeskDiffKind kind;
  char *before, *after;             /* the line without its end; NULL where there is none */
  guint before_line, after_line;    /* from 1; 0 where there is none */
  GArray *before_spans, *after_spans; /* CHANGED: of DeskDiffSpan, what is other words; else NULL */
} DeskDiffRow;

GPtrArray *desk_line_diff (const char *before, const char *after);
char *desk_line_diff_apply (const GPtrArray *rows, const char *before);

G_END_DECLS
