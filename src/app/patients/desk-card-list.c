#include "desk-card-list.h"

struct _DeskCardList
{
  AdwBin parent_instance;

  GtkBox *cards;
  GtkLabel *empty;
  GtkWidget *add;
  char *focus; /* name of the button that had it when the cards were taken away, or NULL */
};

G_DEFINE_FINAL_TYPE (DeskCardList, desk_card_list, ADW_TYPE_BIN)

static GtkWidget *
label_new (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css)
    gtk_widget_add_css_class (label, css);
  return label;
}

/* An empty list; all words are the caller's, translated. action is that of the button that adds one. */
DeskCardList *
desk_card_list_new (const char *title, const char *add, const char *action, const char *empty)
{
  DeskCardList *self = g_object_new (DESK_TYPE_CARD_LIST, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *heading = label_new (title, "title-4");

  self->add = gtk_button_new_with_mnemonic (add);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), action);
  gtk_widget_set_hexpand (heading, TRUE);
  gtk_box_append (GTK_BOX (head), heading);
  gtk_box_append (GTK_BOX (head), self->add);
  self->empty = GTK_LABEL (label_new (empty, "dim-label"));
  self->cards = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->empty));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->cards));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_bin_set_child (ADW_BIN (self), scrolled);
  return self;
}

/* Takes all cards away, and remembers where the focus was. */
void
desk_card_list_begin (DeskCardList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL, *child;

  g_clear_pointer (&self->focus, g_free);
  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->cards)))
    self->focus = g_strdup (gtk_widget_get_name (focus));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))))
    gtk_box_remove (self->cards, child);
}

/* A card with its first lines; lends it for more. Empty texts are left out. */
GtkBox *
desk_card_list_add (DeskCardList *self, const char *title, const char *large, const char *facts)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkBox *lines = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "stay-card");
  desk_card_list_line (lines, title, "heading");
  desk_card_list_line (lines, large, "title-2");
  desk_card_list_line (lines, facts, NULL);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (lines));
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (card), buttons);
  g_object_set_data (G_OBJECT (card), "lines", lines);
  g_object_set_data (G_OBJECT (card), "buttons", buttons);
  gtk_box_append (self->cards, card);
  return GTK_BOX (card);
}

/* One more line of a card; css may be NULL. Nothing for an empty text. */
void
desk_card_list_line (GtkBox *card, const char *text, const char *css)
{
  GtkBox *lines = g_object_get_data (G_OBJECT (card), "lines");

  if (text && *text)
    gtk_box_append (lines ? lines : card, label_new (text, css));
}

static void
set_action (GtkWidget *button, const char *action, gint64 id)
{
  g_autofree char *name = g_strdup_printf ("%s-%" G_GINT64_FORMAT, action, id);

  gtk_widget_set_name (button, name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
}

/* A line one can go to: the action gets the id. */
void
desk_card_list_link (GtkBox *card, const char *text, const char *css, const char *action, gint64 id)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), label_new (text, css));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "stay-link");
  set_action (button, action, id);
  gtk_box_append (g_object_get_data (G_OBJECT (card), "lines"), button);
}

/* A button for what the card is about: the action gets the id. */
void
desk_card_list_button (GtkBox *card, const char *label, const char *action, gint64 id)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  set_action (button, action, id);
  gtk_box_append (g_object_get_data (G_OBJECT (card), "buttons"), button);
}

static GtkWidget *
find_named (GtkWidget *widget, const char *name)
{
  if (g_str_equal (gtk_widget_get_name (widget), name))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, name);

      if (found)
        return found;
    }
  return NULL;
}

/* All cards are there: the focus goes back where it was, or to "add" when its card is gone. */
void
desk_card_list_end (DeskCardList *self)
{
  GtkWidget *again = self->focus ? find_named (GTK_WIDGET (self->cards), self->focus) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->empty), !gtk_widget_get_first_child (GTK_WIDGET (self->cards)));
  if (self->focus)
    gtk_widget_grab_focus (again ? again : self->add);
}

static void
desk_card_list_finalize (GObject *object)
{
  g_free (DESK_CARD_LIST (object)->focus);
  G_OBJECT_CLASS (desk_card_list_parent_class)->finalize (object);
}

static void
desk_card_list_class_init (DeskCardListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_card_list_finalize;
}

static void
desk_card_list_init (DeskCardList *self)
{
}
