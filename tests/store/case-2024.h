/* The case of facts/cells.md section 0, finding 1, rebuilt: two healthy people, autologous NK cells by way of frozen
 * intermediates, whose cultures shared an incubator and a lot of albumin, were frozen on one day, thawed four months
 * later in one bath, grown on, and given on 30 September 2024. A third patient's culture met neither.
 *
 * Whoever links it has its clock: g_get_real_time () is what the fixture says. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

enum
{
  CASE_CULTURE = 1, CASE_SECOND, CASE_QUALITY, CASE_NURSE, CASE_PHYSICIAN
};

typedef struct
{
  gint64 patient[3];
  gint64 first[3];       /* lots of the intermediates; the third patient's is another way */
  gint64 second[2];      /* lots grown on from them */
  gint64 intermediate[2]; /* still frozen, of the first lots */
  gint64 dose[2][3];     /* of the second lots: the first was given, the second is promised to the next visit */
  gint64 sample[2];      /* retained, of the second lots */
  gint64 lone;           /* a released dose of the third patient */
  gint64 given[2], next[2]; /* visits */
} Case2024;

void case_2024_set_clock (const char *day, int hour); /* of Tokyo */
gint64 case_2024_at (const char *day, int hour);
void case_2024_set_up (DeskDb *db, Case2024 *made);   /* the clock stands at 3 October 2024, 9:00 */
/* The sterility sample from before the shipment is positive, reported on 3 October: entered as any result is. */
gboolean case_2024_positive (DeskDb *db, const Case2024 *made, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
