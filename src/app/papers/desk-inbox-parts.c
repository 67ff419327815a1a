#include "desk-inbox-parts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-words.h"

#define MAX_NAMED 12 /* more are pages of one paper, or papers of their own */

static const char *const parts[] = { "", "page", "translation", "certificate" };
static const char *const codes[] = { "original", "page", "translation", "certificate" };

struct _DeskInboxParts
{
  AdwBin parent_instance;

  GArray *ids;
  GPtrArray *choices; /* of GtkDropDown, while the items are few enough to be named */
  GtkBox *box, *rows;
  GtkLabel *count;
  GtkCheckButton *together, *apart;
};

G_DEFINE_FINAL_TYPE (DeskInboxParts, desk_inbox_parts, ADW_TYPE_BIN)

static gboolean
name_says (const char *name, const char *const *words)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (; *words; words++)
    if (strstr (folded, *words))
      return TRUE;
  return FALSE;
}

/* A guess, shown and to be changed: the first is the paper, the others are its pages. */
static guint
guess (const DeskInboxItem *item, guint index)
{
  static const char *const translations[] = { "transl", "翻訳", "訳文", "perevod", NULL };
  static const char *const certificates[] = { "certif", "証明", NULL };

  if (name_says (item->name, certificates))
    return 3;
  if (name_says (item->name, translations))
    return 2;
  return index == 0 ? 0 : 1;
}

static void
add_row (DeskInboxParts *self, const DeskInboxItem *item, guint index)
{
  g_autoptr (GListModel) words = desk_words_list ("document-part", codes, G_N_ELEMENTS (codes));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *name = gtk_label_new (item->name);
  GtkWidget *choice = gtk_drop_down_new (g_object_ref (words), NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), guess (item, index));
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, item->name, -1);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), choice);
  gtk_box_append (self->rows, row);
  g_ptr_array_add (self->choices, choice);
}

/* Shows DeskInboxItem in their order; fewer than two hide it. */
void
desk_inbox_parts_show (DeskInboxParts *self, const GPtrArray *items)
{
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%u paper chosen", "%u papers chosen", items->len), items->len);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))))
    gtk_box_remove (self->rows, row);
  g_ptr_array_set_size (self->choices, 0);
  g_array_set_size (self->ids, 0);
  gtk_label_set_label (self->count, count);
  for (guint i = 0; i < items->len; i++)
    {
      const DeskInboxItem *item = items->pdata[i];

      g_array_append_val (self->ids, item->id);
      if (items->len > 1 && items->len <= MAX_NAMED)
        add_row (self, item, i);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), items->len > 1);
}

/* As one paper, or each as its own. */
void
desk_inbox_parts_set_together (DeskInboxParts *self, gboolean together)
{
  gtk_check_button_set_active (together ? self->together : self->apart, TRUE);
}

/* part is one of "", page, translation, certificate. */
void
desk_inbox_parts_set_part (DeskInboxParts *self, guint index, const char *part)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (index < self->choices->len && g_str_equal (parts[i], part))
      gtk_drop_down_set_selected (self->choices->pdata[index], i);
}

/* Adds the items to a filing as they are chosen here. */
void
desk_inbox_parts_collect (DeskInboxParts *self, DeskInboxFiling *filing)
{
  filing->together = self->ids->len > 1 && gtk_check_button_get_active (self->together);
  for (guint i = 0; i < self->ids->len; i++)
    {
      guint part = i < self->choices->len ? gtk_drop_down_get_selected (self->choices->pdata[i]) : i > 0;

      desk_inbox_filing_add (filing, g_array_index (self->ids, gint64, i),
                             filing->together ? parts[MIN (part, G_N_ELEMENTS (parts) - 1)] : "");
    }
}

static void
on_together (GtkCheckButton *button, GParamSpec *pspec, DeskInboxParts *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->rows), gtk_check_button_get_active (self->together));
}

static void
desk_inbox_parts_finalize (GObject *object)
{
  g_array_unref (DESK_INBOX_PARTS (object)->ids);
  g_ptr_array_unref (DESK_INBOX_PARTS (object)->choices);
  G_OBJECT_CLASS (desk_inbox_parts_parent_class)->finalize (object);
}

static void
desk_inbox_parts_class_init (DeskInboxPartsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_inbox_parts_finalize;
}

static void
desk_inbox_parts_init (DeskInboxParts *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->choices = g_ptr_array_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  self->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  self->count = GTK_LABEL (gtk_label_new (NULL));
  self->together = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (_("As one _paper:")));
  self->apart = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (_("Each as a paper of its o_wn")));
  gtk_check_button_set_group (self->apart, self->together);
  gtk_check_button_set_active (self->together, TRUE);
  g_signal_connect (self->together, "notify::active", G_CALLBACK (on_together), self);
  gtk_label_set_xalign (self->count, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "heading");
  gtk_widget_set_margin_start (GTK_WIDGET (self->rows), 12);
  gtk_box_append (self->box, GTK_WIDGET (self->count));
  gtk_box_append (self->box, GTK_WIDGET (self->together));
  gtk_box_append (self->box, GTK_WIDGET (self->rows));
  gtk_box_append (self->box, GTK_WIDGET (self->apart));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}
