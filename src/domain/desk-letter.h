/* Letters: a template read from data/letters, values by name, and the letter that comes of both.
 *
 * Template and letter are trees of the same blocks. In a template a run of text may be a field and a block may
 * hang on a condition or a loop; in a filled letter there is only text, and what was missing is marked. Filling
 * is one pass: a value is never read as template. Every text may stand in several languages under one version. */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_RUN_TEXT,    /* stands in the template */
  DESK_RUN_FIELD,   /* template only: text is the field's name */
  DESK_RUN_VALUE,   /* letter only: what the field was filled with */
  DESK_RUN_MISSING, /* letter only: text is the name of the field that has no value */
} DeskRunKind;

typedef struct
{
  DeskRunKind kind;
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
  DESK_N_BLOCKS
} DeskBlockKind;

typedef enum
{
  DESK_STYLE_PLAIN, DESK_STYLE_SMALL, DESK_STYLE_CENTER, DESK_STYLE_RIGHT, DESK_STYLE_NOTE
} DeskStyle;

typedef struct _DeskBlock DeskBlock;
struct _DeskBlock
{
  DeskBlockKind kind;
  char *condition;   /* template: shown only if this field has a value; "!name": only if it has none */
  char *loop, *as;   /* template: once for each item of the list, its fields named "as.…" */
  DeskStyle style;
  int level;         /* heading 1 to 3; space in points; cell: share of the width; check: ticked */
  char *tick;        /* check: the field whose value ticks the box, or NULL to tick by hand */
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
  DeskDay issued;
  GPtrArray *blocks;
  GPtrArray *missing;     /* of char *: each field once */
} DeskLetter;

typedef struct _DeskFields DeskFields;

DeskRun *desk_run_new (DeskRunKind kind, const char *text, gboolean bold);
DeskText *desk_text_new (const char *language);
DeskBlock *desk_block_new (DeskBlockKind kind);
void desk_block_free (DeskBlock *block);
gboolean desk_text_append (DeskText *text, const char *source, gboolean bold, GError **error) G_GNUC_WARN_UNUSED_RESULT;

DeskLetterTemplate *desk_letter_template_new (void);
void desk_letter_template_free (DeskLetterTemplate *template_);
void desk_letter_template_check (const DeskLetterTemplate *template_, DeskProblems *problems);
gboolean desk_letter_field_known (const char *name);
gboolean desk_letter_list_known (const char *name);
const char *const *desk_letter_field_names (void);

DeskFields *desk_fields_new (void);
void desk_fields_free (DeskFields *fields);
void desk_fields_set (DeskFields *fields, const char *name, const char *value);
void desk_fields_set_in (DeskFields *fields, const char *name, const char *language, const char *value);
void desk_fields_set_forms (DeskFields *fields, const char *name, const char *forms, const char *value);
DeskFields *desk_fields_add (DeskFields *fields, const char *list);
const char *desk_fields_get (const DeskFields *fields, const char *name, const char *language);
const char *desk_fields_get_forms (const DeskFields *fields, const char *name, const char *language);
const GPtrArray *desk_fields_get_list (const DeskFields *fields, const char *name);
GPtrArray *desk_fields_asked (const DeskFields *fields);

DeskLetter *desk_letter_fill (const DeskLetterTemplate *template_, const DeskFields *fields, const char *language, DeskDay issued, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *const *desk_letter_missing (const DeskLetter *letter);
gboolean desk_letter_complete (const DeskLetter *letter, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_letter_free (DeskLetter *letter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskBlock, desk_block_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLetterTemplate, desk_letter_template_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskFields, desk_fields_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLetter, desk_letter_free)

G_END_DECLS
