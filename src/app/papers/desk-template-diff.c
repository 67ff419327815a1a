#include "desk-template-diff.h"

#include <glib/gi18n.h>

#include "desk-line-diff.h"
#include "desk-template-text.h"

/* A text that is only read. */
typedef struct
{
  GtkWidget *view;
  GtkTextBuffer *buffer; /* the view's */
  GtkTextTag *line[DESK_DIFF_CHANGED + 1], *word;
} Pane;

struct _DeskTemplateDiff
{
  AdwBin parent_instance;

  GPtrArray *rows; /* of DeskDiffRow */
  GArray *changes; /* int: the line of the shown text, from 0, where each stretch of changes begins */
  guint change;    /* the next to be shown */
  GtkWidget *stack;
  Pane left, right, unified;
};

G_DEFINE_FINAL_TYPE (DeskTemplateDiff, desk_template_diff, ADW_TYPE_BIN)

static const char *const signs[] = { "  ", "− ", "+ ", "≠ " };

static GtkWidget *
make_pane (Pane *pane, const char *label)
{
  static const char *const colours[] = { NULL, "rgba(213,94,0,0.16)", "rgba(0,114,178,0.16)", "rgba(230,159,0,0.12)" };
  g_autoptr (GtkSourceBuffer) buffer = desk_template_source_buffer (FALSE);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  pane->view = gtk_source_view_new_with_buffer (buffer);
  pane->buffer = GTK_TEXT_BUFFER (buffer);
  for (guint i = DESK_DIFF_REMOVED; i <= DESK_DIFF_CHANGED; i++)
    pane->line[i] = gtk_text_buffer_create_tag (pane->buffer, NULL, "paragraph-background", colours[i], NULL);
  pane->word = gtk_text_buffer_create_tag (pane->buffer, NULL, "background", "rgba(230,159,0,0.45)", "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (pane->view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (pane->view), TRUE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (pane->view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (pane->view), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pane->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), pane->view);
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

/* One line, with its sign; NULL for a place that only the other text fills. */
static void
add_line (Pane *pane, DeskDiffKind kind, const char *text, const GArray *spans)
{
  GtkTextIter at, from, to;
  gboolean first = gtk_text_buffer_get_char_count (pane->buffer) == 0;
  const char *sign = text ? signs[kind] : "";

  gtk_text_buffer_get_end_iter (pane->buffer, &at);
  if (!first)
    gtk_text_buffer_insert (pane->buffer, &at, "\n", 1);
  int line = gtk_text_iter_get_line (&at);
  gtk_text_buffer_insert (pane->buffer, &at, sign, -1);
  gtk_text_buffer_insert (pane->buffer, &at, text ? text : " ", -1);
  gtk_text_buffer_get_iter_at_line (pane->buffer, &from, line);
  if (kind != DESK_DIFF_SAME)
    gtk_text_buffer_apply_tag (pane->buffer, pane->line[kind], &from, &at);
  for (guint i = 0; text && spans && i < spans->len; i++)
    {
      const DeskDiffSpan *span = &g_array_index (spans, DeskDiffSpan, i);
      int offset = (int) g_utf8_strlen (sign, -1);

      gtk_text_buffer_get_iter_at_line_offset (pane->buffer, &from, line, offset + (int) g_utf8_strlen (text, span->from));
      gtk_text_buffer_get_iter_at_line_offset (pane->buffer, &to, line, offset + (int) g_utf8_strlen (text, span->to));
      gtk_text_buffer_apply_tag (pane->buffer, pane->word, &from, &to);
    }
}

static gboolean
shows_both (DeskTemplateDiff *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "both") == 0;
}

static void
fill (DeskTemplateDiff *self)
{
  int line = 0;
  gboolean inside = FALSE, both = shows_both (self);
  Pane *panes[] = { &self->left, &self->right, &self->unified };

  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    gtk_text_buffer_set_text (panes[i]->buffer, "", 0);
  g_array_set_size (self->changes, 0);
  self->change = 0;
  for (guint i = 0; self->rows && i < self->rows->len; i++)
    {
      const DeskDiffRow *row = self->rows->pdata[i];

      if (row->kind != DESK_DIFF_SAME && !inside)
        g_array_append_val (self->changes, line);
      inside = row->kind != DESK_DIFF_SAME;
      line += !both && row->kind == DESK_DIFF_CHANGED ? 2 : 1;
      if (both)
        {
          add_line (&self->left, row->kind, row->before, row->before_spans);
          add_line (&self->right, row->kind, row->after, row->after_spans);
          continue;
        }
      if (row->before)
        add_line (&self->unified, row->kind == DESK_DIFF_CHANGED ? DESK_DIFF_REMOVED : row->kind, row->before, row->before_spans);
      if (row->after && row->kind != DESK_DIFF_SAME)
        add_line (&self->unified, row->kind == DESK_DIFF_CHANGED ? DESK_DIFF_ADDED : row->kind, row->after, row->after_spans);
    }
}

/* Shows the next stretch of changes, from the last again the first. */
void
desk_template_diff_next (DeskTemplateDiff *self)
{
  Pane *pane = shows_both (self) ? &self->right : &self->unified;
  GtkTextIter at;

  if (!self->changes->len)
    return;
  gtk_text_buffer_get_iter_at_line (pane->buffer, &at, g_array_index (self->changes, int, self->change));
  gtk_text_buffer_place_cursor (pane->buffer, &at);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (pane->view), gtk_text_buffer_get_insert (pane->buffer), 0.1, TRUE, 0, 0.3);
  self->change = (self->change + 1) % self->changes->len;
}

/* Compares two texts. */
void
desk_template_diff_set (DeskTemplateDiff *self, const char *before, const char *after)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = desk_line_diff (before, after);
  fill (self);
  desk_template_diff_next (self);
}

/* Beside each other, or one after the other. */
void
desk_template_diff_set_side_by_side (DeskTemplateDiff *self, gboolean side_by_side)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), side_by_side ? "both" : "unified");
  fill (self);
  desk_template_diff_next (self);
}

/* "2 lines changed, 1 added, 0 removed"; the caller frees it. */
char *
desk_template_diff_describe (DeskTemplateDiff *self)
{
  guint n[DESK_DIFF_CHANGED + 1] = { 0 };

  for (guint i = 0; self->rows && i < self->rows->len; i++)
    n[((const DeskDiffRow *) self->rows->pdata[i])->kind]++;
  if (n[DESK_DIFF_CHANGED] + n[DESK_DIFF_ADDED] + n[DESK_DIFF_REMOVED] == 0)
    return g_strdup (_("The same text"));
  return g_strdup_printf (_("Lines: %u changed, %u added, %u removed"), n[DESK_DIFF_CHANGED], n[DESK_DIFF_ADDED], n[DESK_DIFF_REMOVED]);
}

/* What is shown, with its signs, the old text first where both stand beside each other; the caller frees it. */
char *
desk_template_diff_get_text (DeskTemplateDiff *self)
{
  GtkTextIter start, end;
  GtkTextBuffer *first = shows_both (self) ? self->left.buffer : self->unified.buffer;

  gtk_text_buffer_get_bounds (first, &start, &end);
  g_autofree char *left = gtk_text_buffer_get_text (first, &start, &end, TRUE);
  gtk_text_buffer_get_bounds (self->right.buffer, &start, &end);
  g_autofree char *right = gtk_text_buffer_get_text (self->right.buffer, &start, &end, TRUE);
  return shows_both (self) ? g_strconcat (left, "\n", right, NULL) : g_steal_pointer (&left);
}

static void
desk_template_diff_finalize (GObject *object)
{
  DeskTemplateDiff *self = DESK_TEMPLATE_DIFF (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_array_unref (self->changes);
  G_OBJECT_CLASS (desk_template_diff_parent_class)->finalize (object);
}

static void
desk_template_diff_class_init (DeskTemplateDiffClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_template_diff_finalize;
}

static void
desk_template_diff_init (DeskTemplateDiff *self)
{
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *left = make_pane (&self->left, _("Before"));
  GtkWidget *right = make_pane (&self->right, _("After"));

  self->changes = g_array_new (FALSE, FALSE, sizeof (int));
  self->stack = gtk_stack_new ();
  /* The lines stay beside each other: one place for both. */
  gtk_scrolled_window_set_vadjustment (GTK_SCROLLED_WINDOW (left), gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (right)));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (left), GTK_POLICY_AUTOMATIC, GTK_POLICY_EXTERNAL);
  gtk_box_append (GTK_BOX (both), left);
  gtk_box_append (GTK_BOX (both), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (both), right);
  gtk_stack_add_named (GTK_STACK (self->stack), both, "both");
  gtk_stack_add_named (GTK_STACK (self->stack), make_pane (&self->unified, _("Changes")), "unified");
  adw_bin_set_child (ADW_BIN (self), self->stack);
}
