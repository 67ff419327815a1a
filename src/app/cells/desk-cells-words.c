#include "desk-cells-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-words.h"
#include "desk-code-check.h"

/* Okabe–Ito colours, as everywhere; the last row stands for every state on the way to or from a place. */
static const DeskCellSign signs[] = {
  { "available", "✓", { 0.00, 0.62, 0.45, 1 }, FALSE },
  { "reserved", "R", { 0.00, 0.45, 0.70, 1 }, FALSE },
  { "quarantine", "Q", { 0.90, 0.62, 0.00, 1 }, TRUE },
  { "held", "H", { 0.84, 0.37, 0.00, 1 }, FALSE },
  { "expired", "!", { 0.60, 0.20, 0.20, 1 }, FALSE },
  { "consent-ended", "N", { 0.60, 0.20, 0.20, 1 }, FALSE },
  { "unlabelled", "L", { 0.34, 0.71, 0.91, 1 }, TRUE },
  { "filled", "F", { 0.94, 0.89, 0.26, 1 }, TRUE },
  { "stored", "S", { 0.45, 0.45, 0.45, 1 }, FALSE },
  { "rejected", "X", { 0.45, 0.33, 0.62, 1 }, FALSE },
  { "recalled", "C", { 0.45, 0.33, 0.62, 1 }, FALSE },
  { "missing", "?", { 0.80, 0.47, 0.65, 1 }, TRUE },
  { NULL, "…", { 0.45, 0.45, 0.45, 1 }, FALSE },
};

/* The sign of a headline code; static. */
const DeskCellSign *
desk_cells_sign (const char *headline)
{
  guint i = 0;

  while (signs[i].headline && g_strcmp0 (signs[i].headline, headline) != 0)
    i++;
  return &signs[i];
}

/* The words of a headline code: its own, or those of the state of life it repeats. */
const char *
desk_cells_headline (const char *code)
{
  const char *words = desk_words ("headline", code);

  return words == code ? desk_words ("life", code) : words;
}

/* Sign and word stay on one line: no break at a space, nor between two letters, where Japanese may break. */
static char *
unbroken (const char *words)
{
  GString *joined = g_string_new (NULL);

  for (const char *p = words; *p; p = g_utf8_next_char (p))
    {
      if (p > words)
        g_string_append (joined, "\u2060");
      g_string_append_unichar (joined, *p == ' ' ? 0xa0 : g_utf8_get_char (p));
    }
  return g_string_free (joined, FALSE);
}

/* The legend of the map as markup; the caller frees it. */
char *
desk_cells_legend (void)
{
  GString *legend = g_string_new (NULL);

  for (guint i = 0; signs[i].headline; i++)
    {
      const DeskCellSign *sign = &signs[i];
      g_autofree char *joined = unbroken (desk_cells_headline (sign->headline));
      g_autofree char *text = g_markup_escape_text (joined, -1);

      g_string_append_printf (legend,
                              "%s<span background=\"#%02x%02x%02x\" color=\"%s\"><b>\u00a0%s\u00a0</b></span>\u00a0%s",
                              i ? "   " : "", (int)(sign->color.red * 255), (int)(sign->color.green * 255),
                              (int)(sign->color.blue * 255), sign->dark_letter ? "#000" : "#fff", sign->letter, text);
    }
  g_autofree char *blocked = unbroken (_("blocked"));
  g_autofree char *words = g_markup_escape_text (blocked, -1);
  g_string_append_printf (legend, "   <b>✕</b>\u00a0%s", words);
  return g_string_free (legend, FALSE);
}

/* First letters of the first two words of a name: "SMITH John" gives "SJ". The caller frees it. */
char *
desk_cells_initials (const char *name)
{
  GString *initials = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit_set (name ? name : "", " \t-,", -1);

  for (guint i = 0, n = 0; words[i] && n < 2; i++)
    if (*words[i])
      {
        g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (words[i])));
        n++;
      }
  return g_string_free (initials, FALSE);
}

/* The end of a unit's number, after its lot and without the check character: "02" of "L26-0003-02" and of
 * "L26-0003-02-G". Lends it. */
const char *
desk_cells_tail (const char *number)
{
  g_autofree char *bare = desk_code_without_check (number ? number : "");
  const char *dash = strrchr (bare, '-');

  return g_intern_string (dash ? dash + 1 : bare);
}

/* "L26-0003-02 · SMITH John · 000123": a dose is never named without its patient, and marked material never without its
 * mark. The caller frees it. */
char *
desk_cells_unit_line (const DeskUnit *unit)
{
  const char *mark = unit->biohazard && *unit->biohazard ? "☣ " : "";

  return g_strdup_printf ("%s%s · %s · %s", mark, unit->number, unit->patient_name ? unit->patient_name : "",
                          unit->patient_chart ? unit->patient_chart : "");
}

/* The containers from the tank down to this one, as "Tank A, Rack 2, Box 3"; empty when it cannot be read. */
char *
desk_cells_path (DeskDb *db, gint64 container_id)
{
  g_autoptr (GError) error = NULL;
  GString *path = g_string_new (NULL);
  g_autoptr (GPtrArray) containers = container_id ? desk_container_path (db, container_id, &error) : NULL;

  if (error)
    g_warning ("cannot read the path of container %" G_GINT64_FORMAT ": %s", container_id, error->message);
  for (guint i = 0; containers && i < containers->len; i++)
    {
      const DeskContainer *container = containers->pdata[i];

      /* Everybody knows which house they are in; the way begins at the tank. */
      if (i + 1 < containers->len && (strcmp (container->kind, "site") == 0 || strcmp (container->kind, "room") == 0))
        continue;
      g_string_append_printf (path, "%s%s", path->len ? ", " : "", container->name);
    }
  return g_string_free (path, FALSE);
}

/* "Tank A, Rack 2, Box 3, B4"; the caller frees it. */
char *
desk_cells_place (DeskDb *db, gint64 container_id, int row, int col)
{
  g_autofree char *path = desk_cells_path (db, container_id);
  g_autoptr (DeskContainer) container = desk_container_load (db, container_id, NULL);
  g_autofree char *place = container ? desk_place_name_in (container, row, col) : desk_place_name (row, col);

  return g_strdup_printf ("%s, %s", path, place);
}

/* "Whole lot L26-0003: sterility growth": what is held, and why. The caller frees it. */
char *
desk_cells_hold (const DeskHold *hold)
{
  const char *scope = desk_words ("hold-scope", desk_hold_scope_name (hold->scope));

  if (hold->scope == DESK_HOLD_UNIT)
    return g_strdup_printf ("%s: %s", scope, desk_words ("hold", hold->reason));
  return g_strdup_printf ("%s %s: %s", scope, hold->name, desk_words ("hold", hold->reason));
}

/* "Sato, at 10:32: picked": who came first, when the error says so; NULL for any other. The caller frees it. */
char *
desk_cells_conflict (const GError *error, GTimeZone *zone)
{
  DeskUnitConflict conflict;

  if (!g_error_matches (error, DESK_ERROR, DESK_ERROR_CONFLICT) || !desk_unit_conflict_read (error->message, &conflict))
    return NULL;
  g_autofree char *when = desk_words_when (conflict.at, zone);
  g_autofree char *what = strcmp (conflict.axis, "reservation") == 0 ? g_strdup (_("reserved it"))
                          : strcmp (conflict.axis, "place") == 0 ? g_strdup_printf (_("moved it to %s"), conflict.to_state)
                                                                 : g_strdup (desk_words (conflict.axis, conflict.to_state));
  char *words = g_strdup_printf (_("%s was first, %s: %s. Nothing was changed; please look again."), conflict.name, when, what);
  desk_unit_conflict_clear (&conflict);
  return words;
}

/* What is at a place, for the eye and for the screen reader; unit NULL when it is empty. The caller frees it. */
char *
desk_cells_sentence (const char *path, const char *place, const DeskUnit *unit, DeskDay today)
{
  if (!unit)
    return g_strdup_printf (_("%s, %s: empty"), path, place);

  g_autofree char *line = desk_cells_unit_line (unit);
  return g_strdup_printf ("%s, %s: %s, %s, %s", path, place, desk_words ("unit-kind", unit->kind), line,
                          desk_cells_headline (desk_unit_headline (unit, today)));
}

/* "Tank A, S1-R2: Rack 3: 65 of 81 places used, 16 free", with what stands against using it; place NULL where it has
 * none. The caller frees it. */
char *
desk_cells_container_sentence (const char *path, const char *place, const DeskContainer *container)
{
  static const char *const rooms[] = { [DESK_ROOM_ENOUGH] = "", [DESK_ROOM_80] = N_("filled to over 80 %"),
                                       [DESK_ROOM_90] = N_("filled to over 90 %"), [DESK_ROOM_FULL] = N_("full") };
  DeskRoom room = desk_container_room (container->used, container->capacity);
  GString *text = g_string_new (path);

  if (place)
    g_string_append_printf (text, ", %s", place);
  g_string_append_printf (text, ": %s: ", container->name);
  g_string_append_printf (text, _("%d of %d places used, %d free"), container->used, container->capacity,
                          MAX (0, container->capacity - container->used));
  if (room != DESK_ROOM_ENOUGH)
    g_string_append_printf (text, ", %s", _(rooms[room]));
  if (!container->usable)
    g_string_append_printf (text, ", %s", _("out of service"));
  return g_string_free (text, FALSE);
}
