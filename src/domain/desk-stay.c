#include "desk-stay.h"

#include <string.h>

/* The last day of a stay of so many days: the day of landing is day 1. On that count no plan is ever a day too long.
 * A stamp may read one day later, because periods counted in days leave out their first day (Civil Code, art. 140);
 * once the stamp is recorded, it is what counts. DESK_DAY_NONE without an entry or a number of days. */
DeskDay
desk_stay_last_day (DeskDay entry, int days)
{
  return entry == DESK_DAY_NONE || days <= 0 ? DESK_DAY_NONE : entry + days - 1;
}

/* What the road into Japan promises, before there is a stamp. */
static int
promised_days (const DeskTrip *trip)
{
  const struct
  {
    const char *route;
    int days;
  } promises[] = {
    { "exempt", trip->exempt_days },
    { "short_visa", trip->visa_days },
    { "medical_visa", trip->visa_days },
    { "coe", trip->visa_days },
  };

  for (guint i = 0; i < G_N_ELEMENTS (promises); i++)
    if (g_str_equal (promises[i].route, trip->route))
      return promises[i].days;
  return 0;
}

static void
count_permission (const DeskTrip *trip, DeskStay *stay)
{
  DeskDay until = desk_trip_day (trip->permitted_until);

  if (g_str_equal (trip->route, "resident"))
    return;
  stay->stamped = until != DESK_DAY_NONE || trip->permitted_days > 0;
  stay->allowed = stay->stamped ? trip->permitted_days : promised_days (trip);
  stay->last = until != DESK_DAY_NONE ? until : desk_stay_last_day (stay->entry, stay->allowed);
  if (stay->allowed == 0 && until != DESK_DAY_NONE && stay->entry != DESK_DAY_NONE)
    stay->allowed = until - stay->entry + 1;
}

/* Counts a stay as it is known today. */
void
desk_stay_count (const DeskTrip *trip, DeskDay today, DeskStay *stay)
{
  DeskDay entered = desk_trip_day (trip->entered_on), departed = desk_trip_day (trip->departed_on);

  *stay = (DeskStay) { .last = DESK_DAY_NONE, .entered = entered != DESK_DAY_NONE, .departed = departed != DESK_DAY_NONE };
  stay->entry = stay->entered ? entered : desk_trip_day (trip->planned_entry);
  stay->departure = stay->departed ? departed : desk_trip_day (trip->planned_departure);
  count_permission (trip, stay);
  if (stay->entry == DESK_DAY_NONE)
    return;
  if (stay->departure != DESK_DAY_NONE && stay->departure >= stay->entry)
    stay->total = stay->departure - stay->entry + 1;
  if (stay->entered && today >= entered && (!stay->departed || today <= departed))
    stay->day = today - entered + 1;
}

/* Still to come or going on; one that was planned, never begun and is over counts for nothing. */
static gboolean
is_open (const DeskStay *stay, DeskDay today)
{
  return !stay->departed && (stay->entered || stay->departure == DESK_DAY_NONE || stay->departure >= today);
}

/* Whether a visit on a day fits the stays of a patient. A patient of whom no stay is planned lives here or has not
 * said: nothing is wrong. limit is the last day permitted, the day of departure or the passport's last day. */
DeskStayFit
desk_stay_fit (const GPtrArray *trips, const char *passport_until, DeskDay day, DeskDay today, DeskDay *limit)
{
  DeskDay valid = desk_trip_day (passport_until);
  DeskStayFit fit = DESK_STAY_FITS;

  *limit = DESK_DAY_NONE;
  for (guint i = 0; trips && i < trips->len; i++)
    {
      const DeskTrip *trip = trips->pdata[i];
      DeskStay stay;

      if (trip->cancelled_at)
        continue;
      desk_stay_count (trip, today, &stay);
      if (g_str_equal (trip->route, "resident") && !stay.departed)
        return DESK_STAY_FITS;
      if (stay.entry == DESK_DAY_NONE)
        continue;
      if (day >= stay.entry && (stay.departure == DESK_DAY_NONE || day <= stay.departure))
        {
          fit = stay.last != DESK_DAY_NONE && day > stay.last ? DESK_STAY_OVER : DESK_STAY_FITS;
          *limit = fit == DESK_STAY_OVER ? stay.last : DESK_DAY_NONE;
          break;
        }
      if (is_open (&stay, today) && fit == DESK_STAY_FITS)
        {
          fit = DESK_STAY_OUTSIDE;
          *limit = day < stay.entry ? stay.entry : stay.departure;
        }
    }
  if (fit == DESK_STAY_FITS && valid != DESK_DAY_NONE && day > valid)
    {
      *limit = valid;
      return DESK_STAY_PASSPORT;
    }
  return fit;
}

/* The fit's code, static: the window puts it in words. */
const char *
desk_stay_fit_code (DeskStayFit fit)
{
  static const char *const codes[] = { "fits", "outside", "over", "passport" };

  return codes[fit];
}

/* The stay one means when one says "the stay": the one going on, else the next, else the last. Lent; NULL for none. */
const DeskTrip *
desk_stay_current (const GPtrArray *trips, DeskDay today)
{
  const DeskTrip *next = NULL, *last = NULL;
  DeskDay next_entry = G_MAXINT32, last_entry = DESK_DAY_NONE;

  for (guint i = 0; i < trips->len; i++)
    {
      const DeskTrip *trip = trips->pdata[i];
      DeskStay stay;

      if (trip->cancelled_at)
        continue;
      desk_stay_count (trip, today, &stay);
      if (stay.entered && !stay.departed)
        return trip;
      if (is_open (&stay, today) && (!next || stay.entry < next_entry))
        {
          next = trip;
          next_entry = stay.entry;
        }
      if (!last || stay.entry > last_entry)
        {
          last = trip;
          last_entry = stay.entry;
        }
    }
  return next ? next : last;
}

/* The stay a visa is asked for: the first, not cancelled, whose entry is still to come; NULL for none. */
const DeskTrip *
desk_stay_to_come (const GPtrArray *trips, DeskDay today)
{
  const DeskTrip *next = NULL;
  DeskDay first = G_MAXINT32;

  for (guint i = 0; i < trips->len; i++)
    {
      const DeskTrip *trip = trips->pdata[i];
      DeskStay stay;

      desk_stay_count (trip, today, &stay);
      if (trip->cancelled_at || stay.entered || stay.entry == DESK_DAY_NONE || stay.entry < today || stay.entry >= first)
        continue;
      next = trip;
      first = stay.entry;
    }
  return next;
}
