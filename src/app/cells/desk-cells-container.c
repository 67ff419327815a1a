#include "desk-cells-container.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-words.h"
#include "desk-toast.h"
#include "desk-words.h"

/* The lists of the form: what stands in the file, and what is called so. */
static const char *const layouts[] = { "none", "grid", "list", "sector", "single", NULL };
static const char *const schemes[] = { "upper", "lower", "number", "roman", NULL };
static const char *const orders[] = { "htl", "htr", "hbl", "hbr", "vtl", "vtr", "vbl", "vbr", NULL };
static const char *const colds[] = { "", "room", "cool", "minus80", "vapour", "liquid", NULL };
static const char *const allowed[] = { "", "dose_frozen", "dose_frozen,dose_fresh", "dose_fresh", "source,intermediate", "retained,qc", "none", NULL };

typedef struct
{
  DeskContainer *container;
  DeskPlace place;
  char *reason;
  gint64 by;
  enum { SAVE, RETIRE, BLOCK, UNBLOCK } what;
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  desk_container_free (form->container);
  g_free (form->reason);
  g_free (form);
}

static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  Form *form = data;

  switch (form->what)
    {
    case SAVE:
      return form->container->id ? desk_container_save (db, form->container, error) : desk_container_add (db, form->container, error);
    case RETIRE:
      return desk_container_retire (db, form->container->id, form->container->version, form->reason, error);
    case BLOCK:
      return desk_place_block (db, &form->place, form->reason, form->by, error);
    default:
      return desk_place_unblock (db, &form->place, form->by, error);
    }
}

/* ── the form ────────────────────────────────────────────────────────────────────────────────── */

static guint
index_of (const char *const *codes, const char *code)
{
  guint i = 0;

  while (codes[i] && g_strcmp0 (codes[i], code ? code : "") != 0)
    i++;
  return codes[i] ? i : 0;
}

static void
add_codes (DeskCellsDialog *dialog, const char *key, const char *title, const char *group, const char *const *codes, const char *chosen)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 i = 0; codes[i]; i++)
    {
      g_strv_builder_add (words, desk_words (group, *codes[i] ? codes[i] : "any"));
      g_array_append_val (ids, i);
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, key, title, (const char *const *) lines, (gint64 *) ids->data, index_of (codes, chosen));
}

static void
add_number (DeskCellsDialog *dialog, const char *key, const char *title, int number)
{
  g_autofree char *text = number > 0 ? g_strdup_printf ("%d", number) : g_strdup ("");

  desk_cells_dialog_add_text (dialog, key, title, text);
}

static void
add_yes (DeskCellsDialog *dialog, const char *key, const char *title, gboolean yes)
{
  const char *words[] = { _("No"), _("Yes"), NULL };
  const gint64 ids[] = { 0, 1 };

  desk_cells_dialog_add_choice (dialog, key, title, words, ids, yes);
}

/* Only what the layout has is asked. */
static void
ask_by_layout (DeskCellsDialog *dialog)
{
  const char *layout = layouts[desk_cells_dialog_get_choice (dialog, "layout")];
  gboolean grid = strcmp (layout, "grid") == 0, list = strcmp (layout, "list") == 0, sector = strcmp (layout, "sector") == 0;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (desk_cells_dialog_get_row (dialog, "rows")), sector ? _("Sectors") : _("Rows"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (desk_cells_dialog_get_row (dialog, "cols")),
                                 sector ? _("Racks in a sector") : list ? _("Places") : _("Columns"));
  desk_cells_dialog_set_asked (dialog, "rows", grid || sector);
  desk_cells_dialog_set_asked (dialog, "cols", grid || list || sector);
  desk_cells_dialog_set_asked (dialog, "levels", sector);
  desk_cells_dialog_set_asked (dialog, "row_scheme", grid);
  desk_cells_dialog_set_asked (dialog, "col_scheme", grid || list);
  desk_cells_dialog_set_asked (dialog, "fill_order", grid || list || sector);
}

static void
fill_form (DeskCellsDialog *dialog, const DeskContainer *c)
{
  gboolean sector = strcmp (desk_container_layout (c), "sector") == 0;

  add_codes (dialog, "kind", _("Kind"), "container", desk_container_kinds (), c->kind);
  desk_cells_dialog_add_text (dialog, "name", _("Name"), c->name);
  desk_cells_dialog_add_text (dialog, "barcode", _("Code on it, as scanned"), c->barcode);
  add_codes (dialog, "layout", _("Places"), "layout", layouts, desk_container_layout (c));
  add_number (dialog, "rows", _("Rows"), c->rows);
  add_number (dialog, "cols", _("Columns"), sector ? c->cols / MAX (1, c->levels) : c->cols);
  add_number (dialog, "levels", _("Levels of a rack"), c->levels);
  add_codes (dialog, "row_scheme", _("Rows are called"), "scheme", schemes, c->row_scheme);
  add_codes (dialog, "col_scheme", _("Columns are called"), "scheme", schemes, c->col_scheme ? c->col_scheme : "number");
  add_codes (dialog, "fill_order", _("Filled"), "fill", orders, c->fill_order);
  add_codes (dialog, "cold_class", _("Cold"), "cold", colds, c->cold_class);
  add_codes (dialog, "allowed_kinds", _("Kept here"), "allowed", allowed, c->allowed_kinds);
  add_yes (dialog, "quarantine_only", _("Only what is not released"), c->quarantine_only);
  add_yes (dialog, "biohazard_only", _("Only with a biohazard mark"), c->biohazard_only);
  add_yes (dialog, "in_service", _("In service"), c->in_service);
  ask_by_layout (dialog);
  desk_cells_dialog_on_choice (dialog, "layout", ask_by_layout);
}

static int
number_in (DeskCellsDialog *dialog, const char *key)
{
  const char *text = desk_cells_dialog_get_text (dialog, key);
  g_autofree char *half = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  guint64 number = 0;

  return half && g_ascii_string_to_unsigned (g_strstrip (half), 10, 0, 9999, &number, NULL) ? (int) number : *text ? -1 : 0;
}

static void
set_code (char **member, const char *code)
{
  g_free (*member);
  *member = g_strdup (code);
}

static void
collect_size (DeskCellsDialog *dialog, DeskContainer *c)
{
  const char *layout = layouts[desk_cells_dialog_get_choice (dialog, "layout")];
  gboolean sector = strcmp (layout, "sector") == 0, none = strcmp (layout, "none") == 0, single = strcmp (layout, "single") == 0;

  set_code (&c->layout, layout);
  c->levels = sector ? MAX (1, number_in (dialog, "levels")) : 1;
  c->rows = none ? 0 : single || strcmp (layout, "list") == 0 ? 1 : number_in (dialog, "rows");
  c->cols = none ? 0 : single ? 1 : number_in (dialog, "cols");
  if (sector && c->cols > 0)
    c->cols *= c->levels;
}

static DeskContainer *
collect (DeskCellsDialog *dialog, const DeskContainer *before)
{
  DeskContainer *c = desk_container_copy (before);

  set_code (&c->kind, desk_container_kinds ()[desk_cells_dialog_get_choice (dialog, "kind")]);
  set_code (&c->name, desk_cells_dialog_get_text (dialog, "name"));
  set_code (&c->barcode, desk_cells_dialog_get_text (dialog, "barcode"));
  g_strstrip (c->name);
  g_strstrip (c->barcode);
  collect_size (dialog, c);
  set_code (&c->row_scheme, schemes[desk_cells_dialog_get_choice (dialog, "row_scheme")]);
  set_code (&c->col_scheme, schemes[desk_cells_dialog_get_choice (dialog, "col_scheme")]);
  set_code (&c->fill_order, orders[desk_cells_dialog_get_choice (dialog, "fill_order")]);
  set_code (&c->cold_class, colds[desk_cells_dialog_get_choice (dialog, "cold_class")]);
  set_code (&c->allowed_kinds, allowed[desk_cells_dialog_get_choice (dialog, "allowed_kinds")]);
  c->quarantine_only = desk_cells_dialog_get_choice (dialog, "quarantine_only");
  c->biohazard_only = desk_cells_dialog_get_choice (dialog, "biohazard_only");
  c->in_service = desk_cells_dialog_get_choice (dialog, "in_service");
  return c;
}

/* The first thing that is wrong is said at its row; what a parent's place would be is the store's to find. */
static gboolean
check (DeskCellsDialog *dialog, const DeskContainer *container)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskDb *reader = desk_page_get_reader (desk_cells_dialog_get_page (dialog));
  g_autoptr (DeskContainer) parent = container->parent_id ? desk_container_load (reader, container->parent_id, NULL) : NULL;

  desk_container_check (container, parent, problems);
  for (guint i = 0; i < problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (problems, i);

      if (strcmp (problem->field, "place") != 0 || container->id)
        return desk_cells_dialog_refuse (dialog, problem->field, desk_words ("problem", problem->code));
    }
  return TRUE;
}

static void
on_saved (DeskCellsDialog *dialog, gpointer data)
{
  Form *form = data;
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autofree char *text = g_strdup_printf (_("%s saved"), form->container->name);

  desk_toast (GTK_WIDGET (page), text);
  if (DESK_PAGE_GET_CLASS (page)->show)
    DESK_PAGE_GET_CLASS (page)->show (page, DESK_KIND_CONTAINER, form->container->id);
}

static void
on_submit (DeskCellsDialog *dialog, gpointer user_data)
{
  const DeskContainer *before = g_object_get_data (G_OBJECT (dialog), "container");
  g_autoptr (DeskContainer) container = collect (dialog, before);

  if (!check (dialog, container))
    return;
  Form *form = g_new0 (Form, 1);
  form->what = SAVE;
  form->container = g_steal_pointer (&container);
  desk_cells_dialog_run (dialog, work, form, form_free, on_saved);
}

static void
open_form (DeskPage *page, const char *title, const char *submit, const char *path, DeskContainer *container)
{
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, title, submit);

  desk_cells_dialog_set_identity (dialog, path, NULL);
  g_object_set_data_full (G_OBJECT (dialog), "container", container, (GDestroyNotify) desk_container_free);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_submit), NULL);
  fill_form (dialog, container);
  desk_cells_dialog_open (dialog);
}

/* The next name after the last brother: "Box 4" after "Box 3". */
static char *
next_name (DeskDb *db, gint64 parent_id, const char *kind)
{
  g_autoptr (GPtrArray) brothers = desk_container_children (db, parent_id, NULL);
  guint64 last = 0;

  for (guint i = 0; brothers && i < brothers->len; i++)
    {
      const DeskContainer *brother = brothers->pdata[i];
      const char *digits = brother->name + strlen (brother->name);
      guint64 number;

      while (digits > brother->name && g_ascii_isdigit (digits[-1]))
        digits--;
      if (strcmp (brother->kind, kind) == 0 && g_ascii_string_to_unsigned (digits, 10, 1, 99999, &number, NULL))
        last = MAX (last, number);
    }
  return g_strdup_printf ("%s %d", desk_words ("container", kind), (int) last + 1);
}

/* Asks for a new container in that one; 0 for an outermost one. */
void
desk_cells_container_new (DeskPage *page, gint64 parent_id)
{
  DeskDb *reader = desk_page_get_reader (page);
  g_autoptr (DeskContainer) parent = parent_id ? desk_container_load (reader, parent_id, NULL) : NULL;
  g_autofree char *path = desk_cells_path (reader, parent_id);
  DeskContainer *container = g_new0 (DeskContainer, 1);
  const char *kind = !parent ? "tank" : desk_container_kind_inside (parent->kind, "rack") ? "rack"
                     : desk_container_kind_inside (parent->kind, "box") ? "box" : "cassette";
  gboolean box = strcmp (kind, "box") == 0;

  container->parent_id = parent_id;
  container->kind = g_strdup (kind);
  container->name = next_name (reader, parent_id, kind);
  container->layout = g_strdup (box ? "grid" : strcmp (kind, "cassette") == 0 ? "single" : "none");
  container->rows = container->cols = box ? 9 : strcmp (kind, "cassette") == 0 ? 1 : 0;
  container->in_service = TRUE;
  open_form (page, _("New Container"), _("Add"), path, container);
}

/* Asks what is to be another at a container. */
void
desk_cells_container_edit (DeskPage *page, gint64 id)
{
  g_autoptr (GError) error = NULL;
  DeskContainer *container = desk_container_load (desk_page_get_reader (page), id, &error);
  g_autofree char *path = desk_cells_path (desk_page_get_reader (page), id);

  if (container)
    open_form (page, _("Change Container"), _("Save"), path, container);
  else
    desk_toast_error (GTK_WIDGET (page), error);
}

/* ── retiring, blocking ──────────────────────────────────────────────────────────────────────── */

static void
on_done (DeskCellsDialog *dialog, gpointer data)
{
  static const char *const words[] = { [RETIRE] = N_("Retired"), [BLOCK] = N_("Place blocked"), [UNBLOCK] = N_("Place free again") };

  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), _(words[((Form *) data)->what]));
}

static void
on_reason (DeskCellsDialog *dialog, gpointer user_data)
{
  const Form *asked = g_object_get_data (G_OBJECT (dialog), "form");
  Form *form = g_new0 (Form, 1);

  *form = *asked;
  form->container = asked->container ? desk_container_copy (asked->container) : NULL;
  form->reason = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, "reason")));
  form->by = desk_session_get_actor (desk_page_get_session (desk_cells_dialog_get_page (dialog)));
  if (form->what != UNBLOCK && *form->reason == '\0')
    {
      form_free (form);
      desk_cells_dialog_refuse (dialog, "reason", desk_words ("refused", "reason-needed"));
      return;
    }
  desk_cells_dialog_run (dialog, work, form, form_free, on_done);
}

static void
ask_reason (DeskPage *page, const char *title, const char *submit, const char *what, const char *note, Form *form)
{
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, title, submit);

  desk_cells_dialog_set_identity (dialog, what, NULL);
  desk_cells_dialog_set_note (dialog, note);
  if (form->what == RETIRE)
    desk_cells_dialog_set_grave (dialog);
  if (form->what != UNBLOCK)
    desk_cells_dialog_add_text (dialog, "reason", _("Reason"), NULL);
  g_object_set_data_full (G_OBJECT (dialog), "form", form, form_free);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_reason), NULL);
  desk_cells_dialog_open (dialog);
}

/* Asks why a container is taken out for good. */
void
desk_cells_container_retire (DeskPage *page, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = desk_cells_path (desk_page_get_reader (page), id);
  Form *form = g_new0 (Form, 1);

  form->what = RETIRE;
  form->container = desk_container_load (desk_page_get_reader (page), id, &error);
  if (form->container)
    ask_reason (page, _("Retire Container"), _("Retire"), path,
                _("It must be empty. It is not used again; its history stays."), form);
  else
    {
      desk_toast_error (GTK_WIDGET (page), error);
      form_free (form);
    }
}

static void
ask_block (DeskPage *page, gint64 container_id, int row, int col, gboolean block)
{
  g_autofree char *place = desk_cells_place (desk_page_get_reader (page), container_id, row, col);
  Form *form = g_new0 (Form, 1);

  form->what = block ? BLOCK : UNBLOCK;
  form->place = (DeskPlace) { container_id, row, col };
  ask_reason (page, block ? _("Block Place") : _("Use Place Again"), block ? _("Block") : _("Use Again"), place,
              block ? _("Nothing is put there until it is used again.") : NULL, form);
}

/* Asks why nothing is to be put at a place. */
void
desk_cells_place_block (DeskPage *page, gint64 container_id, int row, int col)
{
  ask_block (page, container_id, row, col, TRUE);
}

/* Asks whether a blocked place is used again. */
void
desk_cells_place_unblock (DeskPage *page, gint64 container_id, int row, int col)
{
  ask_block (page, container_id, row, col, FALSE);
}
