/* What a scanner read or somebody typed: which kind of code it is, whether it came whole, and what happened to it on
 * the way. Nothing is looked up here: desk_code_find () of the store does that. */
#pragma once

#include "desk-code-check.h"
#include "desk-code-command.h"
#include "desk-code-isbt.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_CODE_UNKNOWN, /* may still be an old or foreign number that the file knows */
  DESK_CODE_UNIT,
  DESK_CODE_LOT,
  DESK_CODE_COLLECTION,
  DESK_CODE_COI,
  DESK_CODE_CONTAINER,
  DESK_CODE_PLACE,
  DESK_CODE_PATIENT,
  DESK_CODE_DEVICE,
  DESK_CODE_STAFF,
  DESK_CODE_SHIPMENT,
  DESK_CODE_PAPER,   /* a letter that was issued */
  DESK_CODE_QUOTE,
  DESK_CODE_INVOICE, /* also a credit note */
  DESK_CODE_PAYMENT, /* by its receipt */
  DESK_CODE_REFUND,
  DESK_CODE_COMMAND,
  DESK_CODE_ISBT,
  DESK_N_CODE_KINDS
} DeskCodeKind;

/* What the way from the label into the program did to the code. */
typedef enum
{
  DESK_DAMAGE_NONE,
  DESK_DAMAGE_JIS,        /* a scanner set to US keys, a computer set to Japanese keys */
  DESK_DAMAGE_US,         /* the reverse */
  DESK_DAMAGE_FULL_WIDTH, /* the input method was on; undone, for nothing is lost by it */
  DESK_DAMAGE_CASE,       /* Caps Lock was on, or small letters typed; undone */
  DESK_DAMAGE_KANA,       /* the input method was on and made kana of it */
  DESK_DAMAGE_CONTROL,    /* control characters inside */
  DESK_N_DAMAGES
} DeskDamage;

/* Texts are never NULL. */
typedef struct
{
  DeskCodeKind kind;
  char *read;        /* as it came */
  char *number;      /* what to look for: put right, without spaces and identifiers of the scanner */
  gboolean checked;  /* carries a check character that is right, or the whole of a data structure */
  DeskDamage damage;
  const char *problem; /* static code, NULL when the code can be used; see desk_code_read () */
  DeskCodeCommand command; /* of DESK_CODE_COMMAND */
  char *container;   /* of DESK_CODE_PLACE: the container's number, and the place in it */
  int row, col;
  GPtrArray *parts;  /* of DeskIsbtPart, or NULL */
} DeskCode;

DeskCode *desk_code_read (const char *text);
void desk_code_free (DeskCode *code);
const char *desk_code_kind_name (DeskCodeKind kind);
const char *desk_code_din (const DeskCode *code);
gboolean desk_code_same (const char *label, const char *scanned);
char *desk_code_layout_swap (const char *text, DeskDamage damage, gboolean *unsure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskCode, desk_code_free)

G_END_DECLS
