/* The words of a look-back as tables, and what must be so before something on it is called done. The schema says the
 * same of decisions (store/schema/003/5-lookback.sql, lookback_decision). */
#include "desk-lookback.h"

#include <string.h>

static const char *const cause_codes[DESK_N_LOOKBACK_CAUSES] = {
  [DESK_LOOKBACK_RESULT] = "result",       [DESK_LOOKBACK_REAGENT] = "reagent",   [DESK_LOOKBACK_DEVICE] = "device",
  [DESK_LOOKBACK_LOT] = "lot",             [DESK_LOOKBACK_UNIT] = "unit",         [DESK_LOOKBACK_CONTAINER] = "container",
  [DESK_LOOKBACK_SHIPMENT] = "shipment",   [DESK_LOOKBACK_PERSON] = "person",     [DESK_LOOKBACK_DAY] = "day",
};

static const char *const kind_codes[DESK_N_ITEM_KINDS] = {
  [DESK_ITEM_LOT] = "lot",     [DESK_ITEM_UNIT] = "unit",     [DESK_ITEM_PATIENT] = "patient",
  [DESK_ITEM_VISIT] = "visit", [DESK_ITEM_SAMPLE] = "sample",
};

static const char *const road_codes[DESK_N_ROADS] = {
  [DESK_ROAD_CAUSE] = "cause",           [DESK_ROAD_LOT] = "lot",             [DESK_ROAD_INPUT] = "input",
  [DESK_ROAD_GROWN_FROM] = "grown-from", [DESK_ROAD_COLLECTION] = "collection", [DESK_ROAD_REAGENT] = "reagent",
  [DESK_ROAD_INCUBATOR] = "incubator",   [DESK_ROAD_BENCH] = "bench",         [DESK_ROAD_CENTRIFUGE] = "centrifuge",
  [DESK_ROAD_FREEZING] = "freezing",     [DESK_ROAD_BATH] = "bath",           [DESK_ROAD_DEVICE] = "device",
  [DESK_ROAD_SHIPMENT] = "shipment",     [DESK_ROAD_CONTAINER] = "container", [DESK_ROAD_PERSON] = "person",
  [DESK_ROAD_DAY] = "day",               [DESK_ROAD_INFUSED] = "infused",     [DESK_ROAD_RESERVED] = "reserved",
  [DESK_ROAD_NEXT_VISIT] = "next-visit",
};

/* What can be decided of each kind, the first the usual one. */
static const struct
{
  DeskItemKind kind;
  const char *decision;
  gboolean words;
} decisions[] = {
  { DESK_ITEM_LOT, "keep", FALSE },         { DESK_ITEM_LOT, "reject", TRUE },        { DESK_ITEM_LOT, "cleared", TRUE },
  { DESK_ITEM_UNIT, "keep", FALSE },        { DESK_ITEM_UNIT, "discard", FALSE },     { DESK_ITEM_UNIT, "test", FALSE },
  { DESK_ITEM_UNIT, "receiver-told", TRUE }, { DESK_ITEM_UNIT, "cleared", TRUE },
  { DESK_ITEM_PATIENT, "told", FALSE },     { DESK_ITEM_PATIENT, "companion-told", TRUE },
  { DESK_ITEM_PATIENT, "not-reached", TRUE }, { DESK_ITEM_PATIENT, "not-needed", TRUE },
  { DESK_ITEM_VISIT, "stays", FALSE },      { DESK_ITEM_VISIT, "other-dose", FALSE }, { DESK_ITEM_VISIT, "moved", FALSE },
  { DESK_ITEM_VISIT, "cancelled", FALSE },
  { DESK_ITEM_SAMPLE, "keep", FALSE },      { DESK_ITEM_SAMPLE, "test", FALSE },      { DESK_ITEM_SAMPLE, "tested", TRUE },
};

static const struct
{
  const char *kind;
  DeskRoad road;
} devices[] = {
  { "incubator", DESK_ROAD_INCUBATOR }, { "bench", DESK_ROAD_BENCH }, { "centrifuge", DESK_ROAD_CENTRIFUGE },
  { "freezer_program", DESK_ROAD_FREEZING }, { "bath", DESK_ROAD_BATH },
};

static gboolean
find (const char *const *codes, int n, const char *code, int *index)
{
  for (int i = 0; i < n; i++)
    if (g_strcmp0 (codes[i], code) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

void
desk_lookback_road_free (DeskLookbackRoad *road)
{
  g_free (road->ref);
  g_free (road->via);
  g_free (road);
}

void
desk_lookback_item_free (DeskLookbackItem *item)
{
  char **texts[] = { &item->label, &item->patient, &item->chart, &item->phone, &item->email, &item->companion,
                     &item->companion_phone, &item->companion_email, &item->languages, &item->state, &item->place,
                     &item->reviewed_by, &item->decision, &item->note };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_clear_pointer (&item->roads, g_ptr_array_unref);
  g_free (item);
}

void
desk_lookback_free (DeskLookback *lookback)
{
  g_free (lookback->number);
  g_free (lookback->words);
  g_free (lookback->about);
  g_free (lookback->test);
  g_free (lookback->opened_by);
  g_free (lookback->closed_by);
  g_free (lookback->conclusion);
  g_clear_pointer (&lookback->items, g_ptr_array_unref);
  g_clear_pointer (&lookback->clocks, g_ptr_array_unref);
  g_free (lookback);
}

const char *
desk_lookback_cause_code (DeskLookbackCause cause)
{
  return cause_codes[cause];
}

gboolean
desk_lookback_cause_parse (const char *code, DeskLookbackCause *cause)
{
  int index;

  if (!find (cause_codes, DESK_N_LOOKBACK_CAUSES, code, &index))
    return FALSE;
  *cause = index;
  return TRUE;
}

const char *
desk_item_kind_code (DeskItemKind kind)
{
  return kind_codes[kind];
}

gboolean
desk_item_kind_parse (const char *code, DeskItemKind *kind)
{
  int index;

  if (!find (kind_codes, DESK_N_ITEM_KINDS, code, &index))
    return FALSE;
  *kind = index;
  return TRUE;
}

const char *
desk_road_code (DeskRoad road)
{
  return road_codes[road];
}

gboolean
desk_road_parse (const char *code, DeskRoad *road)
{
  int index;

  if (!find (road_codes, DESK_N_ROADS, code, &index))
    return FALSE;
  *road = index;
  return TRUE;
}

/* The road between two cultures that met in or on a device of that kind. */
DeskRoad
desk_road_of_device (const char *device_kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    if (g_strcmp0 (devices[i].kind, device_kind) == 0)
      return devices[i].road;
  return DESK_ROAD_DEVICE;
}

/* Two met in an incubator or a freezing run only while both were in it; on a bench, in a bath, in a centrifuge what
 * one left in the morning the other may meet in the evening: the same day is enough. */
gboolean
desk_road_same_run (DeskRoad road)
{
  return road == DESK_ROAD_INCUBATOR || road == DESK_ROAD_FREEZING;
}

/* Whether what it is about is itself unsafe, so that its released doses are called back; what only met it is held. */
gboolean
desk_lookback_cause_recalls (DeskLookbackCause cause)
{
  return cause == DESK_LOOKBACK_RESULT || cause == DESK_LOOKBACK_LOT || cause == DESK_LOOKBACK_UNIT;
}

/* The decisions that can be taken on an item of the kind, NULL-terminated, the usual one first. */
const char *const *
desk_item_decisions (DeskItemKind kind)
{
  static const char *lists[DESK_N_ITEM_KINDS][G_N_ELEMENTS (decisions) + 1];
  static gsize made;

  if (g_once_init_enter (&made))
    {
      int n[DESK_N_ITEM_KINDS] = { 0 };

      for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
        lists[decisions[i].kind][n[decisions[i].kind]++] = decisions[i].decision;
      g_once_init_leave (&made, 1);
    }
  return lists[kind];
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *copy = g_strdup (text ? text : "");

  return *g_strstrip (copy) == '\0';
}

/* A decision is one of its kind's, is taken once, and what lets cells go or leaves a patient untold is said in words. */
void
desk_lookback_review_check (const DeskLookbackItem *item, const char *decision, const char *note, DeskProblems *problems)
{
  if (item->reviewed_at)
    desk_problems_add (problems, "decision", "reviewed-already", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    if (decisions[i].kind == item->kind && g_strcmp0 (decisions[i].decision, decision) == 0)
      {
        if (decisions[i].words && is_blank (note))
          desk_problems_add (problems, "note", "reason-needed", NULL);
        return;
      }
  desk_problems_add (problems, "decision", "decision-needed", NULL);
}

/* A look-back is closed with every item looked at, every clock stopped, and a conclusion in words. */
void
desk_lookback_close_check (const DeskLookback *lookback, const char *conclusion, DeskProblems *problems)
{
  if (lookback->closed_at)
    desk_problems_add (problems, "conclusion", "lookback-closed", NULL);
  if (lookback->n_unreviewed)
    desk_problems_add (problems, "items", "items-unreviewed", NULL);
  if (lookback->n_clocks)
    desk_problems_add (problems, "clocks", "clock-open", NULL);
  if (is_blank (conclusion))
    desk_problems_add (problems, "conclusion", "reason-needed", NULL);
}

/* A clock stops once: reported, or not due and why. */
void
desk_clock_done_check (const DeskLegalClock *clock, const char *outcome, const char *note, DeskProblems *problems)
{
  if (clock->done_at)
    desk_problems_add (problems, "outcome", "clock-done", NULL);
  if (g_strcmp0 (outcome, "reported") != 0 && g_strcmp0 (outcome, "not-due") != 0)
    desk_problems_add (problems, "outcome", "decision-needed", NULL);
  if (g_strcmp0 (outcome, "not-due") == 0 && is_blank (note))
    desk_problems_add (problems, "note", "reason-needed", NULL);
}
