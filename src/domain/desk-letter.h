/* Letters: a template read from data/letters, values by name, and the letter that comes of both.
 *
 * Template and letter are trees of the same blocks. In a template a run of text may be a field and a block may
 * hang on a condition or a loop; in a filled letter there is only text, and what was missing is marked. Filling
 * is one pass: a value is never read as template. Every text may stand in several languages under one version. */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

#define DESK_LETTER_MOST_BLOCKS 20000    /* that loops of loops may make */
#define DESK_LETTER_MOST_BYTES (1 << 20) /* of text in a letter: more than its pages hold */
#define DESK_LETTER_MOST_TEXT 100000     /* bytes of one text: pango counts its width in 31 bits */
#define DESK_LETTER_MOST_PAGES 200
#define DESK_LETTER_MOST_DEPTH 32        /* blocks within blocks */

/* The box a pen writes in is so much wider than high; the strokes are "x,y x,y;x,y…" in thousandths of its sides. */
#define DESK_INK_ASPECT 3.0

typedef enum
{
  DESK_RUN_TEXT,    /* stands in the template */
  DESK_RUN_FIELD,   /* template only: text is the field's name */
  DESK_RUN_VALUE,   /* letter only: what the field was filled with */
  DESK_RUN_MISSING, /* letter only: text is the name of the field that has no value */
} DeskRunKind;

/* How a field is written, where that is not the usual way: {{patient.birth|era}}. */
typedef enum
{
  DESK_FILTER_NONE,
  DESK_FILTER_ERA,     /* a day: 令和8年2月1日 */
  DESK_FILTER_WEEKDAY, /* a day with its weekday */
  DESK_FILTER_ISO,     /* a day as 2026-02-01 */
  DESK_FILTER_UPPER,   /* in capitals, as a passport has it */
} DeskFilter;

typedef struct
{
  DeskRunKind kind;
  int line;          /* of the template, from 1; 0 where there is none */
  DeskFilter filter; /* FIELD */
  char *text;
  char *language;    /* whose letter forms a value wants (a Chinese name in a Japanese letter), or NULL */
  gboolean bold;
  gboolean optional; /* FIELD: may be empty */
} DeskRun;

typedef struct
{
  char *language; /* ISO 639-1; NULL in a template for a text that is the same in every language */
  GPtrArray *runs;
} DeskText;

typedef enum
{
  DESK_BLOCK_GROUP,     /* children, kept on one page */
  DESK_BLOCK_HEADING,   /* level 1 to 3 */
  DESK_BLOCK_PARAGRAPH,
  DESK_BLOCK_PAIR,      /* the letter's language and the other, side by side */
  DESK_BLOCK_FIELDS,    /* children are rows of a label and a value */
  DESK_BLOCK_TABLE,     /* children are rows; the first is the heading */
  DESK_BLOCK_ROW,       /* children are cells */
  DESK_BLOCK_CELL,
  DESK_BLOCK_CHECK,     /* a box to tick and a text */
  DESK_BLOCK_SIGNATURE, /* children: cells, one per line to write on; the first is the role */
  DESK_BLOCK_SEAL,      /* in a signature: the frame for a seal */
  DESK_BLOCK_SPACE,
  DESK_BLOCK_BREAK,
  DESK_BLOCK_RULE,
  DESK_BLOCK_LIST,      /* children are items, and lists within */
  DESK_BLOCK_ITEM,
  DESK_BLOCK_BARCODE,
  DESK_BLOCK_IMAGE,
  DESK_N_BLOCKS
} DeskBlockKind;

typedef enum
{
  DESK_STYLE_PLAIN, DESK_STYLE_SMALL, DESK_STYLE_CENTER, DESK_STYLE_RIGHT, DESK_STYLE_NOTE,
  DESK_STYLE_TOTAL,  /* a row of a table: bold, under a thick line */
  DESK_STYLE_NUMBER, /* a list: 1. 2. 3. */
} DeskStyle;

typedef enum
{
  DESK_BARCODE_QR, DESK_BARCODE_DATAMATRIX, DESK_BARCODE_CODE128
} DeskBarcode;

typedef struct _DeskBlock DeskBlock;
struct _DeskBlock
{
  DeskBlockKind kind;
  int line;          /* of the template, from 1; 0 where there is none */
  char *condition;   /* template: shown only if this field has a value; "!name": only if it has none */
  char *loop, *as;   /* template: once for each item of the list, its fields named "as.…" */
  DeskStyle style;   /* a cell's is its place: CENTER or RIGHT (of money) */
  int level;         /* heading 1 to 3; space, barcode, image: height in points; cell: share of the width; check: ticked;
                        signature: the line with the ink, 0 for the first */
  char *tick;        /* check: the field whose value ticks the box, or NULL to tick by hand */
  char *code;        /* check: what is agreed to; NULL where the box asks nothing */
  DeskBarcode barcode;
  char *source;      /* template: the field that is drawn: barcode, image, ink of a signature */
  char *value;       /* letter: the value of that field, or NULL */
  GPtrArray *texts;  /* of DeskText */
  GPtrArray *children;
};

typedef struct
{
  char *name, *version;
  GPtrArray *languages; /* of char * */
  DeskBlock *title;     /* a cell: its text in each language */
  DeskBlock *foot;      /* a cell: begins the running foot */
  DeskBlock *mark;      /* a cell at the head of every page, or NULL */
  GPtrArray *blocks;
} DeskLetterTemplate;

typedef struct
{
  char *name, *version, *language;
  char *title;
  DeskBlock *foot, *mark; /* mark may be NULL */
  char *number;           /* of the paper, or NULL while it has none: the field "issued.number" */
  DeskDay issued;
  GPtrArray *blocks;
  GPtrArray *missing;     /* of char *: each field once */
} DeskLetter;

typedef struct _DeskFields DeskFields;

/* What a value is. A day is written in the language of the text around it. */
typedef enum
{
  DESK_FIELD_TEXT,
  DESK_FIELD_DAY,   /* set with desk_fields_set_day () */
  DESK_FIELD_MONEY,
  DESK_FIELD_YES,   /* for conditions and boxes: there or not */
  DESK_FIELD_CODE,  /* for a barcode */
  DESK_FIELD_INK,   /* strokes of a pen */
  DESK_FIELD_IMAGE, /* PNG in base64, written by ourselves */
  DESK_FIELD_LIST,  /* what each="…" names; its fields stand behind its name */
} DeskFieldKind;

typedef struct
{
  const char *name;   /* "patient.birth"; of a list's items "visits.date"; of a list in a list "trips.visits.date" */
  DeskFieldKind kind;
  const char *about;  /* key of a short description: "birth" */
} DeskFieldInfo;

/* One value as it is kept: all that is needed to set it again. */
typedef struct
{
  const char *name;
  const char *language; /* holds in this language only, or NULL */
  const char *forms;    /* whose letter forms it wants, or NULL */
  gboolean day;         /* text is a day, "2026-02-01", "2026-02" or "2026" */
  const char *text;     /* may be "" in a language: there it has no value */
} DeskFieldValue;

typedef void (*DeskFieldFunc) (const DeskFieldValue *value, gpointer user_data);

/* What is wrong with a template, and where. */
typedef struct
{
  int line;         /* from 1; 0: the whole of it */
  const char *code; /* static: "unknown-field", see desk_letter_problem_words () */
  char *detail;     /* owned: the name or the words the code speaks of, or NULL */
  gboolean warning; /* it can be used all the same */
} DeskLetterProblem;

typedef GArray DeskLetterProblems; /* of DeskLetterProblem, by line */

DeskRun *desk_run_new (DeskRunKind kind, const char *text, gboolean bold);
DeskText *desk_text_new (const char *language);
DeskBlock *desk_block_new (DeskBlockKind kind);
void desk_block_free (DeskBlock *block);
void desk_text_append (DeskText *text, const char *source, gboolean bold, int line, DeskLetterProblems *problems);

DeskLetterTemplate *desk_letter_template_new (void);
void desk_letter_template_free (DeskLetterTemplate *template_);
void desk_letter_template_check (const DeskLetterTemplate *template_, DeskLetterProblems *problems);
char *desk_letter_box_field (const char *code);
GPtrArray *desk_letter_template_codes (const DeskLetterTemplate *template_);

DeskLetterProblems *desk_letter_problems_new (void);
void desk_letter_problems_free (DeskLetterProblems *problems);
void desk_letter_problems_add (DeskLetterProblems *problems, int line, const char *code, const char *detail);
void desk_letter_problems_sort (DeskLetterProblems *problems);
const DeskLetterProblem *desk_letter_problems_get (const DeskLetterProblems *problems, guint index);
gboolean desk_letter_problems_block (const DeskLetterProblems *problems);
char *desk_letter_problem_words (const DeskLetterProblem *problem);
const char *desk_letter_problem_code (const char *code);

const DeskFieldInfo *desk_letter_field_infos (guint *n);
const DeskFieldInfo *desk_letter_field_info (const char *name);
const DeskFieldInfo *desk_letter_field_list (const DeskFieldInfo *info);

DeskFields *desk_fields_new (void);
void desk_fields_free (DeskFields *fields);
void desk_fields_set (DeskFields *fields, const char *name, const char *value);
void desk_fields_set_in (DeskFields *fields, const char *name, const char *language, const char *value);
void desk_fields_set_forms (DeskFields *fields, const char *name, const char *forms, const char *value);
void desk_fields_set_day (DeskFields *fields, const char *name, const char *iso);
void desk_fields_put (DeskFields *fields, const DeskFieldValue *value);
DeskFields *desk_fields_add (DeskFields *fields, const char *list);
const char *desk_fields_get (const DeskFields *fields, const char *name, const char *language);
gboolean desk_fields_find (const DeskFields *fields, const char *name, const char *language, DeskFieldValue *value);
const GPtrArray *desk_fields_get_list (const DeskFields *fields, const char *name);
void desk_fields_foreach (const DeskFields *fields, DeskFieldFunc func, gpointer user_data);
GPtrArray *desk_fields_lists (const DeskFields *fields);
GPtrArray *desk_fields_asked (const DeskFields *fields);

DeskLetter *desk_letter_fill (const DeskLetterTemplate *template_, const DeskFields *fields, const char *language, DeskDay issued, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *const *desk_letter_missing (const DeskLetter *letter);
gboolean desk_letter_complete (const DeskLetter *letter, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_letter_free (DeskLetter *letter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskBlock, desk_block_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLetterTemplate, desk_letter_template_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFields, desk_fields_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLetterProblems, desk_letter_problems_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLetter, desk_letter_free)

G_END_DECLS
