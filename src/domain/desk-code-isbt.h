/* ISBT 128 data structures (ST-001 v6.2.2, facts/cells.md 5.1): one, several joined, or a compound message. */
#pragma once

#include "desk-day.h"

G_BEGIN_DECLS

/* One data structure as read; texts are never NULL. */
typedef struct
{
  int structure;   /* its number in ST-001: 1 the donation, 3 the product … */
  char *text;      /* with its identifier */
  char *value;     /* the data alone; of 001 the 13 characters without flags, of 025 the patient number alone */
  char *flags;     /* 001: the two flag characters; else "" */
  DeskDay day;     /* of a date; DESK_DAY_NONE where it has none */
  int minute;      /* of the day; -1 where the structure has no time */
} DeskIsbtPart;

#define DESK_ISBT_DIN 1
#define DESK_ISBT_PRODUCT 3
#define DESK_ISBT_EXPIRY_DAY 4
#define DESK_ISBT_EXPIRY 5
#define DESK_ISBT_COMPOUND 23
#define DESK_ISBT_PATIENT 25
#define DESK_ISBT_DIVISION 32
#define DESK_ISBT_COI 40

/* What is wrong is a static code: "isbt-unknown" no structure is called so, "isbt-short", "isbt-shape" signs that may not
 * stand there, "isbt-date", "isbt-flags" a checksum flag that disagrees, "isbt-count" a compound message with more or
 * fewer structures than it says, "isbt-order", "isbt-division" a product divided further than its code can say, without
 * structure 032. NULL: nothing. */
GPtrArray *desk_isbt_read (const char *text, const char **problem);
gboolean desk_isbt_begins (const char *text);
const DeskIsbtPart *desk_isbt_part (const GPtrArray *parts, int structure);

gboolean desk_isbt_facility_valid (const char *facility);
gboolean desk_isbt_din_valid (const char *din);
gboolean desk_isbt_product_valid (const char *product);
char *desk_isbt_din_words (const char *din);
char *desk_isbt_din (const char *facility, int year, int n);
char *desk_isbt_coi (const char *facility, int year, const char *number);
char *desk_isbt_expiry (DeskDay day, int minute);
char *desk_isbt_unit (const char *din, const char *product, const char *division, const char *expiry);

G_END_DECLS
