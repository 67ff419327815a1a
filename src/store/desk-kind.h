/* The kinds of thing that change, as the audit trail and the "changed" signal name them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DESK_KIND_ANY, /* something changed on another desk: look at everything again */
  DESK_KIND_CLINIC,
  DESK_KIND_PATIENT,
  DESK_KIND_DOCUMENT,
  DESK_KIND_CONTAINER,
  DESK_KIND_LOT,
  DESK_KIND_UNIT,
  DESK_KIND_COURSE,
  DESK_KIND_VISIT,
  DESK_KIND_LETTER,   /* the clinic's letters, and what was issued */
  DESK_KIND_TRIP,   /* stays and companions */
  DESK_KIND_INBOX,  /* what came in and is not filed yet */
  DESK_KIND_LAB,    /* laboratory reports */
  DESK_KIND_IMPORT, /* whole imports of patients */
  DESK_KIND_TANK,     /* checks of tanks, tanks that are down */
  DESK_KIND_COUNT,    /* stocktakes */
  DESK_KIND_LOOKBACK,
  DESK_KIND_SHIPMENT,
  DESK_KIND_DEVICE,   /* benches, incubators, baths */
  DESK_KIND_BOOK,     /* hours, blocks, views, notes of days, the pinboard, what conflicts do, templates of courses */
  DESK_KIND_PLAN,     /* plans of trips, and the days a patient can come */
  DESK_KIND_WAIT,     /* waiting list, recalls, freed slots */
  DESK_KIND_CONSENT,
  DESK_KIND_MONEY,    /* fees, rates, quotes, invoices, payments, packages, closed days */
  DESK_N_KINDS
} DeskKind;

const char *desk_kind_name (DeskKind kind);

G_END_DECLS
