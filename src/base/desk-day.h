/* Calendar days and instants.
 *
 * A day is a count of days since 1970-01-01 in the proleptic Gregorian calendar, without zone. An instant
 * is UTC seconds. They meet only with a zone named: a visit is on a day of the clinic, not of the computer. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gint32 DeskDay;

#define DESK_DAY_NONE G_MININT32 /* no date known */

DeskDay desk_day_from_ymd (int year, int month, int day) G_GNUC_CONST;
void desk_day_to_ymd (DeskDay day, int *year, int *month, int *mday);
gboolean desk_ymd_valid (int year, int month, int day) G_GNUC_CONST;
int desk_day_weekday (DeskDay day) G_GNUC_CONST;
DeskDay desk_day_add_months (DeskDay day, int months) G_GNUC_CONST;
gboolean desk_day_parse (const char *iso, DeskDay *out);
char *desk_day_format (DeskDay day);

gboolean desk_partial_date_valid (const char *text);
int desk_partial_date_age (const char *birth, DeskDay today);

DeskDay desk_instant_day (gint64 instant, GTimeZone *zone);
int desk_instant_minute (gint64 instant, GTimeZone *zone);
gint64 desk_instant_at (DeskDay day, int minute, GTimeZone *zone);
char *desk_instant_format (gint64 instant);

G_END_DECLS
