/* Shipments of units: what was sent, with whom and how cold it has to stay, and what was seen when it came. */
#pragma once

#include "desk-cells.h"

G_BEGIN_DECLS

/* Texts may be NULL for nothing. */
typedef struct
{
  gboolean out;                    /* to somebody else; otherwise into this clinic */
  const char *other_party;         /* who sends, or receives */
  const char *courier, *box, *seal, *logger, *note;
  gboolean limits;                 /* whether how cold it has to stay is said */
  int allowed_min, allowed_max;    /* tenths of °C */
  const gint64 *units;
  guint n_units;
  gint64 at;                       /* 0 for now */
  gint64 by, witness;
} DeskShipmentNew;

typedef struct
{
  gint64 shipment_id;
  gboolean measured;               /* whether the logger was read */
  int min_seen, max_seen;          /* tenths of °C */
  gboolean seal_whole, in_order;
  const char *note;                /* or NULL: what was sent with it stays */
  gint64 at;                       /* 0 for now */
  gint64 by, with;                 /* two people */
} DeskShipmentSeen;

/* Texts are never NULL. */
typedef struct
{
  gint64 id;
  char *number;
  gboolean out;
  char *other_party, *courier, *box, *seal, *logger, *note;
  gboolean limits;
  int allowed_min, allowed_max;    /* tenths of °C */
  gint64 left_at;
  char *left_by;                   /* name */
  int n_units;                     /* still on it */
} DeskShipment;

void desk_shipment_free (DeskShipment *shipment);

gboolean desk_shipment_send (DeskDb *db, const DeskShipmentNew *shipment, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_shipment_receive (DeskDb *db, const DeskShipmentSeen *seen, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *desk_shipment_under_way (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskShipment *desk_shipment_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 desk_shipment_of_unit (DeskDb *db, gint64 unit_id, GError **error);
GArray *desk_shipment_units (DeskDb *db, gint64 shipment_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskShipment, desk_shipment_free)

G_END_DECLS
