#include "desk-container.h"

#include <string.h>

/* Each kind with how far out it is: a container stands only in one that is further out. */
static const struct
{
  const char *kind;
  int rank;
} kinds[] = { { "site", 0 },      { "room", 1 },      { "tank", 2 }, { "freezer", 2 }, { "refrigerator", 2 },
              { "incubator", 2 }, { "shipper", 2 },   { "transport", 2 }, { "waste", 2 }, { "shelf", 3 },
              { "rack", 4 },      { "canister", 5 },  { "cane", 6 }, { "box", 6 },     { "cassette", 7 } };

static const char *const unit_kinds[] = { "source", "intermediate", "dose_fresh", "dose_frozen", "retained", "qc" };

#define ALL_KINDS ((1u << G_N_ELEMENTS (unit_kinds)) - 1)

DeskContainer *
desk_container_copy (const DeskContainer *container)
{
  DeskContainer *copy = g_new0 (DeskContainer, 1);

  *copy = *container;
  copy->kind = g_strdup (container->kind);
  copy->name = g_strdup (container->name);
  copy->layout = g_strdup (container->layout);
  copy->row_scheme = g_strdup (container->row_scheme);
  copy->col_scheme = g_strdup (container->col_scheme);
  copy->fill_order = g_strdup (container->fill_order);
  copy->cold_class = g_strdup (container->cold_class);
  copy->allowed_kinds = g_strdup (container->allowed_kinds);
  copy->barcode = g_strdup (container->barcode);
  return copy;
}

void
desk_container_free (DeskContainer *container)
{
  if (!container)
    return;
  g_free (container->kind);
  g_free (container->name);
  g_free (container->layout);
  g_free (container->row_scheme);
  g_free (container->col_scheme);
  g_free (container->fill_order);
  g_free (container->cold_class);
  g_free (container->allowed_kinds);
  g_free (container->barcode);
  g_free (container);
}

/* All kinds of container, outermost first, NULL behind the last. */
const char *const *
desk_container_kinds (void)
{
  static const char *const names[] = { "site", "room", "tank", "freezer", "refrigerator", "incubator", "shelf", "rack", "canister",
                                       "cane", "box", "cassette", "shipper", "transport", "waste", NULL };

  return names;
}

static int
rank_of (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i].kind) == 0)
      return kinds[i].rank;
  return -1;
}

/* Whether a container of that kind can stand in one of the other: a tank in a room, never in a box. */
gboolean
desk_container_kind_inside (const char *parent_kind, const char *kind)
{
  return rank_of (parent_kind) < rank_of (kind);
}

/* The layout, also of a container that was given rows and columns alone. Static or the container's own. */
const char *
desk_container_layout (const DeskContainer *container)
{
  gboolean places = container->rows > 0 && container->cols > 0;

  if (container->layout && *container->layout && !(places && strcmp (container->layout, "none") == 0))
    return container->layout;
  return places ? "grid" : "none";
}

/* Whether it has numbered places at all. */
gboolean
desk_container_has_places (const DeskContainer *container)
{
  return strcmp (desk_container_layout (container), "none") != 0 && container->rows > 0 && container->cols > 0;
}

/* How full it is: from 80, 90 and 100 percent on. Without places there is nothing to fill. */
DeskRoom
desk_container_room (int used, int capacity)
{
  if (capacity <= 0)
    return DESK_ROOM_ENOUGH;
  if (used >= capacity)
    return DESK_ROOM_FULL;
  if ((gint64) used * 10 >= (gint64) capacity * 9)
    return DESK_ROOM_90;
  return (gint64) used * 10 >= (gint64) capacity * 8 ? DESK_ROOM_80 : DESK_ROOM_ENOUGH;
}

static gboolean
is_one_of (const char *word, const char *const *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (word, list[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The bits of a comma-separated list of kinds of units; all for an empty one. FALSE for a word that is no kind. */
static gboolean
read_kinds (const char *list, guint *bits)
{
  *bits = ALL_KINDS;
  if (!list || *list == '\0')
    return TRUE;
  *bits = 0;
  g_auto (GStrv) words = g_strsplit (list, ",", -1);
  for (guint w = 0; words[w]; w++)
    {
      guint k = 0;

      while (k < G_N_ELEMENTS (unit_kinds) && strcmp (words[w], unit_kinds[k]) != 0)
        k++;
      if (k == G_N_ELEMENTS (unit_kinds))
        return FALSE;
      *bits |= 1u << k;
    }
  return TRUE;
}

static void
check_words (const DeskContainer *container, DeskProblems *problems)
{
  static const char *const layouts[] = { "none", "single", "list", "grid", "sector" };
  static const char *const schemes[] = { "upper", "lower", "number", "roman" };
  static const char *const orders[] = { "htl", "htr", "hbl", "hbr", "vtl", "vtr", "vbl", "vbr" };
  static const char *const colds[] = { "", "room", "cool", "minus80", "vapour", "liquid" };
  guint bits;
  const struct
  {
    const char *field, *word;
    const char *const *list;
    guint n;
  } table[] = {
    { "layout", desk_container_layout (container), layouts, G_N_ELEMENTS (layouts) },
    { "row_scheme", container->row_scheme, schemes, G_N_ELEMENTS (schemes) },
    { "col_scheme", container->col_scheme, schemes, G_N_ELEMENTS (schemes) },
    { "fill_order", container->fill_order, orders, G_N_ELEMENTS (orders) },
    { "cold_class", container->cold_class, colds, G_N_ELEMENTS (colds) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].word && !is_one_of (table[i].word, table[i].list, table[i].n))
      desk_problems_add (problems, table[i].field, "not-one-of-these", NULL);
  if (g_strcmp0 (container->allowed_kinds, "none") != 0 && !read_kinds (container->allowed_kinds, &bits))
    desk_problems_add (problems, "allowed_kinds", "not-one-of-these", NULL);
}

static void
check_size (const DeskContainer *container, DeskProblems *problems)
{
  const char *layout = desk_container_layout (container);
  int rows = container->rows, cols = container->cols, levels = MAX (container->levels, 1);
  gboolean none = strcmp (layout, "none") == 0;
  gboolean one_row = strcmp (layout, "list") == 0 || strcmp (layout, "single") == 0;

  if (none ? rows != 0 : one_row ? rows != 1 : rows < 1 || rows > 702)
    desk_problems_add (problems, "rows", "out-of-range", NULL);
  if (none ? cols != 0 : strcmp (layout, "single") == 0 ? cols != 1 : cols < 1 || cols > 999)
    desk_problems_add (problems, "cols", "out-of-range", NULL);
  if (levels > 99 || (levels > 1 && strcmp (layout, "sector") != 0)
      || (strcmp (layout, "sector") == 0 && cols % levels != 0))
    desk_problems_add (problems, "levels", "out-of-range", NULL);
}

/* Whether a container can be as the form says, in that parent (NULL for an outermost one): adds problems at the
 * names of its members. What it holds already is looked at by the store. */
void
desk_container_check (const DeskContainer *container, const DeskContainer *parent, DeskProblems *problems)
{
  g_autofree char *name = g_strstrip (g_strdup (container->name ? container->name : ""));

  if (*name == '\0')
    desk_problems_add (problems, "name", "missing", NULL);
  else if (g_utf8_strlen (name, -1) > 60)
    desk_problems_add (problems, "name", "too-long", NULL);
  if (rank_of (container->kind) < 0)
    desk_problems_add (problems, "kind", "not-one-of-these", NULL);
  else if (parent && !desk_container_kind_inside (parent->kind, container->kind))
    desk_problems_add (problems, "kind", "kind-not-inside", NULL);
  check_words (container, problems);
  check_size (container, problems);
  if (parent && parent->retired)
    desk_problems_add (problems, "parent", "container-retired", NULL);
  if (parent && desk_container_has_places (parent)
      && (container->row < 1 || container->col < 1 || container->row > parent->rows || container->col > parent->cols))
    desk_problems_add (problems, "place", "no-such-place", NULL);
}

/* What a container within others adds to what they ask; above NULL for an outermost one. */
void
desk_place_rules_within (const DeskPlaceRules *above, const DeskContainer *container, DeskPlaceRules *rules)
{
  gboolean containers_only = g_strcmp0 (container->allowed_kinds, "none") == 0;
  guint bits = ALL_KINDS;

  *rules = above ? *above : (DeskPlaceRules){ .kinds = ALL_KINDS };
  rules->retired |= container->retired;
  rules->out_of_service |= !container->in_service;
  rules->quarantine_only |= container->quarantine_only;
  rules->biohazard_only |= container->biohazard_only;
  rules->holds_units = !containers_only && desk_container_has_places (container);
  if (container->cold_class && *container->cold_class)
    g_strlcpy (rules->cold_class, container->cold_class, sizeof rules->cold_class);
  if (!containers_only && read_kinds (container->allowed_kinds, &bits))
    rules->kinds &= bits;
}

/* What the last container of a path (DeskContainer, outermost first) asks, with all it stands in. */
void
desk_place_rules_of (const GPtrArray *path, DeskPlaceRules *rules)
{
  DeskPlaceRules above = { .kinds = ALL_KINDS };

  *rules = above;
  for (guint i = 0; i < path->len; i++)
    {
      desk_place_rules_within (&above, path->pdata[i], rules);
      above = *rules;
    }
}

static gboolean
is_allowed (const char *kind, guint bits)
{
  for (guint k = 0; k < G_N_ELEMENTS (unit_kinds); k++)
    if (g_strcmp0 (kind, unit_kinds[k]) == 0)
      return bits & (1u << k);
  return FALSE;
}

/* What is frozen stands in the frozen cold, what is to be given fresh never does. A class nobody said is passed. */
static gboolean
is_wrong_cold (const char *cold_class, const DeskPlaceItem *item)
{
  static const char *const frozen[] = { "minus80", "vapour", "liquid" };
  static const char *const kept_frozen[] = { "frozen", "picked", "missing" };
  gboolean is_frozen = is_one_of (cold_class, frozen, G_N_ELEMENTS (frozen));

  if (*cold_class == '\0')
    return FALSE;
  if (g_strcmp0 (item->kind, "dose_fresh") == 0)
    return is_frozen;
  return !is_frozen && is_one_of (item->life, kept_frozen, G_N_ELEMENTS (kept_frozen));
}

/* Why a unit may not be put there: the schema's code, or NULL when it may. Whether the place itself is empty is the
 * store's to say. What was released has no business in quarantine; what is rejected or recalled has. */
const char *
desk_place_refuses (const DeskPlaceRules *rules, const DeskPlaceItem *item)
{
  const struct
  {
    gboolean wrong;
    const char *code;
  } table[] = {
    { !rules->holds_units, "no-such-place" },
    { rules->retired, "container-retired" },
    { rules->out_of_service, "out-of-service" },
    { !is_allowed (item->kind, rules->kinds), "kind-not-allowed" },
    { rules->quarantine_only && (g_strcmp0 (item->quality, "released") == 0 || g_strcmp0 (item->quality, "conditional") == 0),
      "quarantine-only" },
    { rules->biohazard_only && !item->marked, "biohazard-only" },
    { is_wrong_cold (rules->cold_class, item), "wrong-cold" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].wrong)
      return table[i].code;
  return NULL;
}

/* Whether a second person must look on: the container holds units of somebody else (facts/cells.md 4.3). */
gboolean
desk_place_needs_witness (gint64 patient_id, const gint64 *others, guint n_others)
{
  for (guint i = 0; i < n_others; i++)
    if (others[i] != patient_id)
      return TRUE;
  return FALSE;
}

/* Whether all doses of a patient would be lost with one tank: more than one dose, and one outermost cold container
 * (its id for each dose, 0 for a dose in no place) for all. Something to say, nothing to refuse. */
gboolean
desk_bank_in_one_tank (const gint64 *tanks, guint n_doses)
{
  for (guint i = 0; i < n_doses; i++)
    if (tanks[i] == 0 || tanks[i] != tanks[0])
      return FALSE;
  return n_doses > 1;
}
