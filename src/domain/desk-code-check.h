/* Check characters and the numbers this program gives: ISO 7064 mod 37-2, as ISBT 128 uses it (ST-001 appendix A).
 *
 * A right check character is no proof: many numbers share one. It finds what fingers do wrong. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The values of 0–9, A–Z and *: 0 to 36. */
#define DESK_CHECK_SIGNS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"

int desk_check_sum (const char *data, gsize length);
char desk_check_sign (const char *data, gsize length);

/* First letters of the numbers that the program gives. */
#define DESK_LOCAL_COLLECTION "C"
#define DESK_LOCAL_LOT "L" /* a unit is its lot's number with one group more */
#define DESK_LOCAL_COI "H"
#define DESK_LOCAL_CONTAINER "B"
#define DESK_LOCAL_PATIENT "P"
#define DESK_LOCAL_DEVICE "D"
#define DESK_LOCAL_STAFF "S"
#define DESK_LOCAL_SHIPMENT "T"
/* Of papers: year, in a copy of the file its generation, six digits. */
#define DESK_LOCAL_LETTER "Y"
#define DESK_LOCAL_QUOTE "Q"
#define DESK_LOCAL_INVOICE "N"
#define DESK_LOCAL_RECEIPT "R"
#define DESK_LOCAL_REFUND "F"
#define DESK_LOCAL_CREDIT "K"

char *desk_code_local (const char *prefix, int year, gint64 n);
char *desk_code_local_paper (const char *prefix, int year, const char *generation, gint64 n);
char *desk_code_local_unit (const char *lot, int n);
char *desk_code_local_place (const char *container, int row, int col);
char *desk_code_with_check (const char *number);
char *desk_code_without_check (const char *number);

G_END_DECLS
