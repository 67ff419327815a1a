/* Containers of the bank: layouts, how their places are called and filled, what may stand in them. facts/cells.md 4.6;
 * the database enforces what concerns safety again (schema/003/1-bank.sql). A position is (container, row, column),
 * both from 1, and no row of a table: what can be moved is a container, what cannot is a position. */
#pragma once

#include "desk-problem.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id, parent_id;
  char *kind; /* site, room, tank, freezer, refrigerator, incubator, shelf, rack, canister, cane, box, cassette, shipper, transport, waste */
  char *name;
  int rows, cols; /* of its own grid; 0 when it holds containers only */
  int row, col;   /* its place in the parent; in a parent without places what it is drawn by */
  gboolean in_service;
  int used;       /* units in it, and in what it contains */
  int capacity;   /* places for units in it, and in what it contains; blocked ones and those a container takes are none */
  char *layout;   /* none, single, list, grid, sector; NULL: by rows and columns */
  int levels;     /* of a sector's racks; 0 is 1 */
  char *row_scheme, *col_scheme; /* upper, lower, number, roman; NULL: upper and number */
  char *fill_order;              /* htl, htr, hbl, hbr, vtl, vtr, vbl, vbr; NULL: htl */
  char *cold_class;              /* room, cool, minus80, vapour, liquid; empty: its parent's */
  char *allowed_kinds;           /* of units, comma separated; empty: all; "none": containers only */
  char *barcode;                 /* empty until it has one */
  gboolean quarantine_only, biohazard_only, retired;
  gboolean usable; /* in service, with all that it stands in */
  gint64 version;
} DeskContainer;

/* A unit as the rules of a place look at it; its texts are lent. */
typedef struct
{
  const char *kind, *life, *quality;
  gboolean marked; /* its patient's material carries a biohazard mark */
} DeskPlaceItem;

/* What a container and all it stands in ask of a unit. */
typedef struct
{
  gboolean retired, out_of_service, quarantine_only, biohazard_only, holds_units;
  char cold_class[8]; /* the nearest that says one; empty when none does */
  guint kinds;        /* bits of the kinds allowed by all of them */
} DeskPlaceRules;

/* How full, by the thresholds people are told at: facts/cells-examples.md 14. */
typedef enum
{
  DESK_ROOM_ENOUGH, DESK_ROOM_80, DESK_ROOM_90, DESK_ROOM_FULL,
} DeskRoom;

DeskContainer *desk_container_copy (const DeskContainer *container);
void desk_container_free (DeskContainer *container);
void desk_container_check (const DeskContainer *container, const DeskContainer *parent, DeskProblems *problems);
gboolean desk_container_kind_inside (const char *parent_kind, const char *kind);
const char *const *desk_container_kinds (void);
const char *desk_container_layout (const DeskContainer *container);
gboolean desk_container_has_places (const DeskContainer *container);
DeskRoom desk_container_room (int used, int capacity);

void desk_place_rules_of (const GPtrArray *path, DeskPlaceRules *rules);
void desk_place_rules_within (const DeskPlaceRules *above, const DeskContainer *container, DeskPlaceRules *rules);
const char *desk_place_refuses (const DeskPlaceRules *rules, const DeskPlaceItem *item);
gboolean desk_place_needs_witness (gint64 patient_id, const gint64 *others, guint n_others);
gboolean desk_bank_in_one_tank (const gint64 *tanks, guint n_doses);

gboolean desk_fill_nth (const char *order, int rows, int cols, int n, int *row, int *col);
int desk_fill_rank (const char *order, int rows, int cols, int row, int col);

char *desk_scheme_name (const char *scheme, int number);
int desk_scheme_read (const char *scheme, const char **text);
char *desk_place_name (int row, int col);
gboolean desk_place_parse (const char *text, int *row, int *col);
char *desk_place_name_in (const DeskContainer *container, int row, int col);
gboolean desk_place_parse_in (const DeskContainer *container, const char *text, int *row, int *col);
char *desk_place_row_name (const DeskContainer *container, int row);
char *desk_place_col_name (const DeskContainer *container, int col);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskContainer, desk_container_free)

G_END_DECLS
