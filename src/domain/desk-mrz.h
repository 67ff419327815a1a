/* The machine-readable zone of passports, cards and visas (ICAO 9303, parts 3 to 7).
 *
 * What is read is filled in whether or not its check digits agree; every doubt is a problem or a warning at its
 * field. Nothing is put right silently: a likely reading of a misread sign is the detail of the problem. A right check
 * digit proves little: 0 and A and K and U count alike. */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

/* Texts are never NULL; empty where the document says nothing or what it says cannot be read. */
typedef struct
{
  const char *type;   /* static: TD1, TD2, TD3, MRVA or MRVB */
  char *document;     /* code as printed: "P", "PP", "I", "AC", "V" … */
  const char *kind;   /* static: what the code means (ordinary, diplomatic …), "" where it says nothing */
  char *issuer;       /* three letters; Germany as DEU */
  char *family, *given; /* words apart by one space */
  char *number;
  char *nationality;
  char *birth;        /* YYYY, YYYY-MM or YYYY-MM-DD */
  char *sex;          /* F, M or X */
  char *expiry;       /* as birth */
  char *optional;     /* what else the document carries, fillers as spaces */
  DeskProblems *problems;
} DeskMrz;

/* Problems (field, code): number, birth, expiry, optional, composite: check-digit; birth, expiry: not-a-date; issuer,
 * nationality, family, given: not-letters; sex, document: unknown; family: missing. Warnings are in desk-mrz.c. */
DeskMrz *desk_mrz_parse (const char *text, DeskDay today);
void desk_mrz_free (DeskMrz *mrz);
gboolean desk_mrz_agrees (const DeskMrz *mrz);
int desk_mrz_check_digit (const char *text, gsize length);
gboolean desk_mrz_name_matches (const char *viz, const char *mrz);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskMrz, desk_mrz_free)

G_END_DECLS
