/* What stands on a label, and what must stand there before it may be printed (facts/cells.md 4.3, 5.1, 5.2). */
#pragma once

#include "desk-problem.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_LABEL_UNIT,      /* identity: put on at filling, says QUARANTINE */
  DESK_LABEL_RELEASE,   /* tag of what is released, and only of that */
  DESK_LABEL_TUBE,      /* of a collection */
  DESK_LABEL_WRISTBAND,
  DESK_LABEL_CARD,
  DESK_LABEL_CONTAINER,
  DESK_LABEL_DEVICE,
  DESK_LABEL_APPOINTMENT, /* the patient's next visits, to carry along */
  DESK_LABEL_ADDRESS,     /* for an envelope */
  DESK_N_LABELS
} DeskLabelKind;

/* Texts are never NULL; empty where there is nothing to say. */
typedef struct
{
  DeskLabelKind kind;
  gint64 id;         /* of the thing */
  char *code;        /* in the DataMatrix, QR or Code 128: what a scan gives back */
  char *number;      /* for the eye */
  char *unit_kind;   /* of a unit: dose_frozen … */
  char *patient, *patient_native, *birth, *chart;
  char *coi, *lot, *division, *product;
  char *made_on;     /* filled or collected, ISO */
  char *expiry;      /* ISO day, with the time where that counts */
  char *content;     /* "20 mL · 1.0 × 10⁹" */
  char *quality;     /* of a unit: quarantine, released, conditional … */
  char *conditions;  /* of a conditional release: what is pending, for whom */
  char *biohazard;   /* agents, comma separated codes; "" for no mark */
  gboolean tested;   /* every infection that the clinic tests for has a result */
  char *storage;     /* cold class */
  char *clinic, *facility, *plan;
  gboolean copy;     /* not to be put on anything: printed without a record of it */
  char *title, *where; /* of a container or device */
  char *visits;      /* the next ones, one a line */
  char *phone;       /* of the clinic */
  char *address;     /* as the country writes it, in lines, with the name in its place */
} DeskLabelData;

/* The papers that printers hold; lengths in mm. */
typedef struct
{
  const char *name;  /* "25x13" */
  double width, height;
  guint kinds;       /* bits of DeskLabelKind */
} DeskLabelStock;

DeskLabelData *desk_label_data_new (DeskLabelKind kind);
void desk_label_data_free (DeskLabelData *data);
void desk_label_data_check (const DeskLabelData *data, DeskProblems *problems);

const char *desk_label_kind_name (DeskLabelKind kind);
const DeskLabelStock *desk_label_stocks (guint *n);
const DeskLabelStock *desk_label_stock (const char *name);
const DeskLabelStock *desk_label_stock_for (DeskLabelKind kind);
gboolean desk_label_stock_takes (const DeskLabelStock *stock, DeskLabelKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLabelData, desk_label_data_free)

G_END_DECLS
