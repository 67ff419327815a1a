/* The dialog for a stay, and the short ones in which an entry or a departure is recorded. */
#pragma once

#include "desk-page.h"
#include "desk-trip.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_TRIP_ALL,
  DESK_TRIP_ENTRY,     /* the day and the stamp */
  DESK_TRIP_DEPARTURE, /* the day and the guarantor's report */
} DeskTripPart;

GtkWindow *desk_trip_dialog_show (DeskPage *page, const DeskTrip *trip, DeskTripPart part);

G_END_DECLS
