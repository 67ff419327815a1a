#include "desk-merge-dialog.h"

#include <glib/gi18n.h>

#include "desk-cells-dialog.h"
#include "desk-merge-things.h"
#include "desk-patient-form.h"
#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

/* One dialog: the two records, and for each field in which they differ a choice. */
typedef struct
{
  DeskPage *page;
  DeskPatient *people[2]; /* left and right */
  GtkCheckButton *keep;   /* the left record stays */
  GPtrArray *choices;     /* of GtkCheckButton: the left value; data "field" */
  GtkWidget *preview;     /* what moves, filled anew when the other record is to stay */
  gboolean both_cells, forbidden;
} Sides;

typedef struct
{
  DeskPatient *winner;
  gint64 loser, loser_version, second, merge;
} Request;

static void
sides_free (gpointer data)
{
  Sides *sides = data;

  desk_patient_free (sides->people[0]);
  desk_patient_free (sides->people[1]);
  g_ptr_array_unref (sides->choices);
  g_free (sides);
}

static void
request_free (gpointer data)
{
  desk_patient_free (((Request *) data)->winner);
  g_free (data);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* A pair of radio buttons in a row of the grid; lends the left one. */
static GtkCheckButton *
add_pair (GtkGrid *grid, int row, const char *title, const char *left, const char *right, gboolean left_chosen)
{
  GtkWidget *buttons[2];
  const char *words[] = { left, right };

  gtk_grid_attach (grid, make_label (title, "dim-label"), 0, row, 1, 1);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = make_label (*words[i] ? words[i] : _("(nothing)"), NULL);

      buttons[i] = gtk_check_button_new ();
      gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
      gtk_check_button_set_group (GTK_CHECK_BUTTON (buttons[i]), i ? GTK_CHECK_BUTTON (buttons[0]) : NULL);
      gtk_widget_set_hexpand (buttons[i], TRUE);
      gtk_check_button_set_child (GTK_CHECK_BUTTON (buttons[i]), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (buttons[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words[i], -1);
      gtk_grid_attach (grid, buttons[i], i + 1, row, 1, 1);
    }
  gtk_check_button_set_active (GTK_CHECK_BUTTON (buttons[left_chosen ? 0 : 1]), TRUE);
  return GTK_CHECK_BUTTON (buttons[0]);
}

/* The record that stays begins with its own values; where it has none, with the other's. */
static void
add_fields (Sides *sides, GtkGrid *grid)
{
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);
  int row = 2;

  for (guint i = 0; i < n; i++)
    {
      const char *left = desk_patient_get (sides->people[0], &fields[i]), *right = desk_patient_get (sides->people[1], &fields[i]);

      if (g_str_equal (fields[i].name, "chart") || g_strcmp0 (left, right) == 0)
        continue;
      GtkCheckButton *choice = add_pair (grid, row++, desk_patient_form_title (fields[i].name), left ? left : "", right ? right : "",
                                         left && *left);
      g_object_set_data (G_OBJECT (choice), "field", (gpointer) &fields[i]);
      g_ptr_array_add (sides->choices, choice);
    }
}

static char *
clash_words (DeskPage *page, const DeskMergeClash *clash)
{
  g_autofree char *when = desk_words_when (clash->starts_at, desk_page_get_zone (page));
  g_autofree char *one = g_strdup (desk_page_visit_type (page, clash->loser_type));

  return g_strdup_printf (_("Both have a visit at one time: %s, %s and %s. Please move one first."), when, one,
                          desk_page_visit_type (page, clash->winner_type));
}

static void
add_obstacles (Sides *sides, const DeskMergePreview *preview)
{
  if (preview->refusal)
    {
      g_autoptr (GError) refusal = g_error_new_literal (DESK_ERROR, DESK_ERROR_REFUSED, preview->refusal);
      g_autofree char *words = desk_words_error (refusal);
      gtk_box_append (GTK_BOX (sides->preview), make_label (words, "error"));
    }
  for (guint i = 0; i < preview->clashes->len; i++)
    {
      g_autofree char *words = clash_words (sides->page, preview->clashes->pdata[i]);
      gtk_box_append (GTK_BOX (sides->preview), make_label (words, "error"));
    }
  sides->forbidden = preview->refusal || preview->clashes->len;
}

static void
show_preview (Sides *sides)
{
  gboolean left_stays = gtk_check_button_get_active (sides->keep);
  const DeskPatient *winner = sides->people[left_stays ? 0 : 1], *loser = sides->people[left_stays ? 1 : 0];
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskMergePreview) preview
      = desk_merge_preview (desk_page_get_reader (sides->page), loser->id, winner->id, &error);
  g_autofree char *title = g_strdup_printf (_("What moves from %s to %s"), loser->chart, winner->chart);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (sides->preview)))
    gtk_box_remove (GTK_BOX (sides->preview), child);
  if (!preview)
    {
      desk_toast_error (GTK_WIDGET (sides->page), error);
      return;
    }
  gtk_box_append (GTK_BOX (sides->preview), make_label (title, "heading"));
  add_obstacles (sides, preview);
  gtk_box_append (GTK_BOX (sides->preview), desk_merge_things_new (sides->page, preview->things));
  for (guint i = 0; i < preview->things->len; i++)
    if (g_str_equal (((DeskMergeThing *) preview->things->pdata[i])->what, "unit"))
      {
        gtk_box_append (GTK_BOX (sides->preview),
                        make_label (_("The labels of these units name the other chart: each is held until it has a new label."), "warning"));
        break;
      }
  sides->both_cells = preview->both_cells;
}

static gboolean
merge_work (DeskDb *db, gpointer data, GError **error)
{
  Request *request = data;
  DeskMerge merge = { request->loser, request->loser_version, request->winner, request->second };

  return desk_merge (db, &merge, &request->merge, error);
}

typedef struct
{
  DeskPage *page;
  gint64 merge;
} Undo;

static void
undo_free (gpointer data)
{
  g_object_unref (((Undo *) data)->page);
  g_free (data);
}

static gboolean
undo_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_unmerge (db, *(gint64 *) data, 0, NULL, error);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPage) page = user_data;
  g_autoptr (GError) error = NULL;

  if (desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast (GTK_WIDGET (page), _("The records are two again"));
  else
    desk_toast_error (GTK_WIDGET (page), error);
}

/* At once where one person is enough and there is nothing to ask. */
static void
on_undo (gpointer user_data)
{
  Undo *undo = user_data;
  g_autoptr (DeskUnmergePreview) preview = desk_unmerge_preview (desk_page_get_reader (undo->page), undo->merge, NULL);
  gint64 *merge = g_new (gint64, 1);

  *merge = undo->merge;
  if (preview && !preview->refusal && !preview->second_needed)
    desk_session_run_async (desk_page_get_session (undo->page), undo_work, merge, g_free, NULL, on_undone, g_object_ref (undo->page));
  else
    {
      g_free (merge);
      desk_unmerge_dialog_open (undo->page, undo->merge);
    }
}

static void
on_merged (DeskCellsDialog *dialog, gpointer data)
{
  Request *request = data;
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  Undo *undo = g_new (Undo, 1);

  *undo = (Undo){ g_object_ref (page), request->merge };
  desk_window_show (desk_window_of (GTK_WIDGET (page)), DESK_KIND_PATIENT, request->winner->id);
  desk_toast_undo (GTK_WIDGET (page), _("The two records are one"), G_CALLBACK (on_undo), undo, undo_free);
}

static void
on_submit (DeskCellsDialog *dialog, Sides *sides)
{
  gboolean left_stays = gtk_check_button_get_active (sides->keep);
  const DeskPatient *winner = sides->people[left_stays ? 0 : 1], *loser = sides->people[left_stays ? 1 : 0];
  gint64 second = sides->both_cells ? desk_cells_dialog_get_choice (dialog, "witness") : 0;

  if (sides->forbidden)
    {
      desk_cells_dialog_refuse (dialog, NULL, _("Please see above what stands against it."));
      return;
    }
  if (sides->both_cells && !second)
    {
      desk_cells_dialog_refuse (dialog, "witness", _("Both records have cells: please choose the second person who approves."));
      return;
    }
  Request *request = g_new0 (Request, 1);
  *request = (Request){ desk_patient_copy (winner), loser->id, loser->version, second, 0 };
  for (guint i = 0; i < sides->choices->len; i++)
    {
      GtkCheckButton *left = sides->choices->pdata[i];
      const DeskPatientField *field = g_object_get_data (G_OBJECT (left), "field");

      desk_patient_set (request->winner, field, desk_patient_get (sides->people[gtk_check_button_get_active (left) ? 0 : 1], field));
    }
  desk_cells_dialog_run (dialog, merge_work, request, request_free, on_merged);
}

static GtkWidget *
make_sides (Sides *sides)
{
  GtkWidget *scroll = gtk_scrolled_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  sides->keep = add_pair (GTK_GRID (grid), 0, _("Chart that stays"), sides->people[0]->chart, sides->people[1]->chart, TRUE);
  gtk_grid_attach (GTK_GRID (grid), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, 1, 3, 1);
  add_fields (sides, GTK_GRID (grid));
  sides->preview = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), grid);
  gtk_box_append (GTK_BOX (box), sides->preview);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scroll), FALSE);
  gtk_widget_set_size_request (scroll, -1, 400);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), box);
  return scroll;
}

/* Opens the comparison of two records over the window of the page; the older chart is the one that stays, unless
 * somebody says otherwise. */
void
desk_merge_dialog_open (DeskPage *page, gint64 one, gint64 other)
{
  g_autoptr (GError) error = NULL;
  DeskDb *db = desk_page_get_reader (page);
  g_autoptr (DeskPatient) left = desk_patient_load (db, MIN (one, other), &error);
  g_autoptr (DeskPatient) right = left ? desk_patient_load (db, MAX (one, other), &error) : NULL;

  if (!right)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return;
    }
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, _("Merge Two Records"), _("Merge"));
  Sides *sides = g_new0 (Sides, 1);
  sides->page = page;
  sides->people[0] = g_steal_pointer (&left);
  sides->people[1] = g_steal_pointer (&right);
  sides->choices = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (dialog), "sides", sides, sides_free);
  g_object_set (dialog, "default-width", 900, NULL);
  desk_cells_dialog_set_note (dialog, _("Choose what is right for each line. The other record stays on file, marked, and can be separated again."));
  desk_cells_dialog_add_widget (dialog, make_sides (sides));
  show_preview (sides);
  g_signal_connect_swapped (sides->keep, "toggled", G_CALLBACK (show_preview), sides);
  if (sides->both_cells)
    desk_cells_dialog_add_second_person (dialog, TRUE);
  desk_cells_dialog_set_grave (dialog);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_submit), sides);
  desk_cells_dialog_open (dialog);
}

/* ── and back ────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  gint64 merge, second, loser;
  GPtrArray *restore; /* of char *, ending in NULL */
} Back;

static void
back_free (gpointer data)
{
  g_ptr_array_unref (((Back *) data)->restore);
  g_free (data);
}

static gboolean
unmerge_work (DeskDb *db, gpointer data, GError **error)
{
  Back *back = data;

  return desk_unmerge (db, back->merge, back->second, (const char *const *) back->restore->pdata, error);
}

static void
on_separated (DeskCellsDialog *dialog, gpointer data)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);

  desk_window_show (desk_window_of (GTK_WIDGET (page)), DESK_KIND_PATIENT, ((Back *) data)->loser);
  desk_toast (GTK_WIDGET (page), _("The records are two again"));
}

static void
on_separate (DeskCellsDialog *dialog, DeskUnmergePreview *preview)
{
  GPtrArray *checks = g_object_get_data (G_OBJECT (dialog), "checks");
  gint64 second = preview->second_needed ? desk_cells_dialog_get_choice (dialog, "witness") : 0;

  if (preview->refusal)
    {
      g_autoptr (GError) refusal = g_error_new_literal (DESK_ERROR, DESK_ERROR_REFUSED, preview->refusal);
      g_autofree char *words = desk_words_error (refusal);
      desk_cells_dialog_refuse (dialog, NULL, words);
      return;
    }
  if (preview->second_needed && !second)
    {
      desk_cells_dialog_refuse (dialog, "witness", _("Both records have cells: please choose the second person who approves."));
      return;
    }
  Back *back = g_new0 (Back, 1);
  *back = (Back){ preview->merge->id, second, preview->merge->loser_id, g_ptr_array_new_with_free_func (g_free) };
  for (guint i = 0; i < checks->len; i++)
    if (gtk_check_button_get_active (checks->pdata[i]))
      g_ptr_array_add (back->restore, g_strdup (g_object_get_data (checks->pdata[i], "field")));
  g_ptr_array_add (back->restore, NULL);
  desk_cells_dialog_run (dialog, unmerge_work, back, back_free, on_separated);
}

/* What was written since into what the merge had filled: it stays, unless it is ticked. */
static GtkWidget *
make_back (DeskPage *page, const DeskUnmergePreview *preview, GPtrArray *checks)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  if (preview->refusal)
    {
      g_autoptr (GError) refusal = g_error_new_literal (DESK_ERROR, DESK_ERROR_REFUSED, preview->refusal);
      g_autofree char *words = desk_words_error (refusal);
      gtk_box_append (GTK_BOX (box), make_label (words, "error"));
    }
  gtk_box_append (GTK_BOX (box), make_label (_("What goes back"), "heading"));
  gtk_box_append (GTK_BOX (box), desk_merge_things_new (page, preview->things));
  for (guint i = 0; i < preview->fields->len; i++)
    {
      const DeskMergeField *field = preview->fields->pdata[i];

      if (g_str_equal (field->now, field->after))
        continue;
      g_autofree char *words = g_strdup_printf (_("%s was changed since to “%s”: put back “%s”"), desk_patient_form_title (field->field),
                                                field->now, field->before);
      GtkWidget *check = gtk_check_button_new_with_label (words);
      g_object_set_data_full (G_OBJECT (check), "field", g_strdup (field->field), g_free);
      g_ptr_array_add (checks, check);
      gtk_box_append (GTK_BOX (box), check);
    }
  return box;
}

static void
preview_free (gpointer preview)
{
  desk_unmerge_preview_free (preview);
}

/* Opens the way back of a merge: what goes back, what was changed since, and who approves. */
void
desk_unmerge_dialog_open (DeskPage *page, gint64 merge_id)
{
  g_autoptr (GError) error = NULL;
  DeskUnmergePreview *preview = desk_unmerge_preview (desk_page_get_reader (page), merge_id, &error);

  if (!preview)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return;
    }
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, _("Separate Two Records"), _("Separate"));
  GPtrArray *checks = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (dialog), "preview", preview, preview_free);
  g_object_set_data_full (G_OBJECT (dialog), "checks", checks, (GDestroyNotify) g_ptr_array_unref);
  desk_cells_dialog_add_widget (dialog, make_back (page, preview, checks));
  if (preview->second_needed)
    desk_cells_dialog_add_second_person (dialog, TRUE);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_separate), preview);
  desk_cells_dialog_open (dialog);
}
