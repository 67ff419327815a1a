#include "desk-label-data.h"

#include <string.h>

static const char *const kind_names[DESK_N_LABELS] = { "unit", "release", "tube", "wristband", "card", "container", "device", "appointment", "address" };

#define BIT(kind) (1u << (kind))

static const DeskLabelStock stocks[] = {
  { "25x13", 25, 13, BIT (DESK_LABEL_UNIT) | BIT (DESK_LABEL_TUBE) },
  { "50x25", 50, 25,
    BIT (DESK_LABEL_UNIT) | BIT (DESK_LABEL_TUBE) | BIT (DESK_LABEL_RELEASE) | BIT (DESK_LABEL_CONTAINER) | BIT (DESK_LABEL_DEVICE) },
  { "wristband", 130, 25, BIT (DESK_LABEL_WRISTBAND) },
  { "address", 89, 36, BIT (DESK_LABEL_ADDRESS) },
  { "card", 85.6, 54, BIT (DESK_LABEL_CARD) | BIT (DESK_LABEL_APPOINTMENT) },
};

/* The texts of the struct, so that none is forgotten. */
static const gsize texts[] = {
  G_STRUCT_OFFSET (DeskLabelData, code),      G_STRUCT_OFFSET (DeskLabelData, number),   G_STRUCT_OFFSET (DeskLabelData, unit_kind),
  G_STRUCT_OFFSET (DeskLabelData, patient),   G_STRUCT_OFFSET (DeskLabelData, patient_native), G_STRUCT_OFFSET (DeskLabelData, birth),
  G_STRUCT_OFFSET (DeskLabelData, chart),     G_STRUCT_OFFSET (DeskLabelData, coi),      G_STRUCT_OFFSET (DeskLabelData, lot),
  G_STRUCT_OFFSET (DeskLabelData, division),  G_STRUCT_OFFSET (DeskLabelData, product),  G_STRUCT_OFFSET (DeskLabelData, made_on),
  G_STRUCT_OFFSET (DeskLabelData, expiry),    G_STRUCT_OFFSET (DeskLabelData, content),  G_STRUCT_OFFSET (DeskLabelData, quality),
  G_STRUCT_OFFSET (DeskLabelData, conditions), G_STRUCT_OFFSET (DeskLabelData, biohazard), G_STRUCT_OFFSET (DeskLabelData, storage),
  G_STRUCT_OFFSET (DeskLabelData, clinic),    G_STRUCT_OFFSET (DeskLabelData, facility), G_STRUCT_OFFSET (DeskLabelData, plan),
  G_STRUCT_OFFSET (DeskLabelData, title),     G_STRUCT_OFFSET (DeskLabelData, where),    G_STRUCT_OFFSET (DeskLabelData, visits),
  G_STRUCT_OFFSET (DeskLabelData, phone),     G_STRUCT_OFFSET (DeskLabelData, address),
};

DeskLabelData *
desk_label_data_new (DeskLabelKind kind)
{
  DeskLabelData *data = g_new0 (DeskLabelData, 1);

  data->kind = kind;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    G_STRUCT_MEMBER (char *, data, texts[i]) = g_strdup ("");
  return data;
}

void
desk_label_data_free (DeskLabelData *data)
{
  if (!data)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, data, texts[i]));
  g_free (data);
}

/* What each kind of label cannot do without. */
static const struct
{
  const char *field;
  gsize offset;
  guint kinds;
} needed[] = {
#define CELLS (BIT (DESK_LABEL_UNIT) | BIT (DESK_LABEL_RELEASE) | BIT (DESK_LABEL_TUBE))
#define OUT (BIT (DESK_LABEL_APPOINTMENT) | BIT (DESK_LABEL_ADDRESS))
#define PEOPLE (CELLS | BIT (DESK_LABEL_WRISTBAND) | BIT (DESK_LABEL_CARD))
  { "label-code", G_STRUCT_OFFSET (DeskLabelData, code), BIT (DESK_N_LABELS) - 1 },
  { "label-patient", G_STRUCT_OFFSET (DeskLabelData, patient), PEOPLE | OUT },
  { "label-birth", G_STRUCT_OFFSET (DeskLabelData, birth), PEOPLE },
  { "label-chart", G_STRUCT_OFFSET (DeskLabelData, chart), PEOPLE | OUT },
  { "label-number", G_STRUCT_OFFSET (DeskLabelData, number), CELLS },
  { "label-coi", G_STRUCT_OFFSET (DeskLabelData, coi), CELLS },
  { "label-expiry", G_STRUCT_OFFSET (DeskLabelData, expiry), BIT (DESK_LABEL_UNIT) | BIT (DESK_LABEL_RELEASE) },
  { "label-visits", G_STRUCT_OFFSET (DeskLabelData, visits), BIT (DESK_LABEL_APPOINTMENT) },
  { "label-address", G_STRUCT_OFFSET (DeskLabelData, address), BIT (DESK_LABEL_ADDRESS) },
};

/* Problems at "label-…": "missing"; "quality": "not-released" for a release tag (4.4, rule 21). A chain of identity is
 * wanting only in files older than it: a warning. */
void
desk_label_data_check (const DeskLabelData *data, DeskProblems *problems)
{
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      gboolean wants = (needed[i].kinds & BIT (data->kind)) && *G_STRUCT_MEMBER (char *, data, needed[i].offset) == '\0';

      if (wants && g_str_equal (needed[i].field, "label-coi"))
        desk_problems_warn (problems, needed[i].field, "missing", NULL);
      else if (wants)
        desk_problems_add (problems, needed[i].field, "missing", NULL);
    }
  if (data->kind == DESK_LABEL_RELEASE && strcmp (data->quality, "released") != 0 && strcmp (data->quality, "conditional") != 0)
    desk_problems_add (problems, "quality", "not-released", NULL);
}

const char *
desk_label_kind_name (DeskLabelKind kind)
{
  return kind_names[kind];
}

const DeskLabelStock *
desk_label_stocks (guint *n)
{
  *n = G_N_ELEMENTS (stocks);
  return stocks;
}

/* The paper of that name, or NULL. */
const DeskLabelStock *
desk_label_stock (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (stocks); i++)
    if (g_str_equal (stocks[i].name, name))
      return &stocks[i];
  return NULL;
}

/* The paper a label of that kind is usually printed on: the largest of those that take it. */
const DeskLabelStock *
desk_label_stock_for (DeskLabelKind kind)
{
  const DeskLabelStock *best = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (stocks); i++)
    if (desk_label_stock_takes (&stocks[i], kind))
      best = &stocks[i];
  return best;
}

gboolean
desk_label_stock_takes (const DeskLabelStock *stock, DeskLabelKind kind)
{
  return (stock->kinds & BIT (kind)) != 0;
}
