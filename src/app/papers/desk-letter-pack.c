#include "desk-letter-pack.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-letter-kinds.h"
#include "desk-letter-paper.h"
#include "desk-letter-templates.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskLetterPack
{
  AdwWindow parent_instance;

  DeskPage *page;    /* held */
  GtkWidget *widget; /* that asked; held */
  gint64 patient_id;
  GPtrArray *rows;   /* of Row */

  GtkListBox *list;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (DeskLetterPack, desk_letter_pack, ADW_TYPE_WINDOW)

typedef struct
{
  char *name, *language;
  const DeskLetterKind *kind;
  GtkCheckButton *check;
  gboolean ready;
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->name);
  g_free (row->language);
  g_free (row);
}

/* ── what can go out ── */

/* Whether it can be issued now; words say in which language, or what stands against it. */
static gboolean
look_at (DeskLetterPack *self, const Row *row, char **words)
{
  DeskDb *db = desk_page_get_reader (self->page);
  DeskDay today = desk_page_get_today (self->page);
  const DeskLetterWanted wanted = { .name = row->name, .language = row->language, .patient_id = self->patient_id };
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskLetter) letter = desk_letter_compose (db, &wanted, today, NULL);
  guint missing = letter ? g_strv_length ((char **) desk_letter_missing (letter)) : 0;

  if (!letter || !desk_letter_check (db, &wanted, today, problems, NULL))
    *words = g_strdup (_("It cannot be read."));
  else if (missing)
    *words = g_strdup_printf (g_dngettext (NULL, "%u value is missing", "%u values are missing", missing), missing);
  else if (desk_problems_block (problems))
    *words = g_strdup (_("A rule speaks against it: open it to see which."));
  else
    {
      *words = g_strdup (desk_words ("language", row->language));
      return TRUE;
    }
  return FALSE;
}

static void
on_toggled (DeskLetterPack *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += gtk_check_button_get_active (((Row *) self->rows->pdata[i])->check);
  g_autofree char *words = g_strdup_printf (g_dngettext (NULL, "%u letter", "%u letters", n), n);
  gtk_label_set_label (self->count, words);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pack.print", n > 0);
}

static void
add_letter (DeskLetterPack *self, const char *name)
{
  g_autofree char *words = NULL;
  gboolean own;
  Row *row = g_new0 (Row, 1);
  GtkWidget *line = adw_action_row_new ();

  row->name = g_strdup (name);
  row->kind = desk_letter_kind (name);
  row->language = desk_letter_language_for (desk_page_get_reader (self->page), name, self->patient_id, &own, NULL);
  row->ready = row->language && look_at (self, row, &words);
  row->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), desk_words ("letter", name));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), words ? words : "");
  adw_action_row_add_prefix (ADW_ACTION_ROW (line), GTK_WIDGET (row->check));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), GTK_WIDGET (row->check));
  gtk_widget_set_sensitive (line, row->ready);
  g_signal_connect_swapped (row->check, "toggled", G_CALLBACK (on_toggled), self);
  gtk_list_box_append (self->list, line);
  g_ptr_array_add (self->rows, row);
}

/* What is of this patient and about what comes next; what is about one quote or payment goes out alone. */
static void
fill (DeskLetterPack *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = desk_letter_template_names (desk_page_get_reader (self->page), &error);

  if (!names)
    desk_toast_error (self->widget, error);
  for (int group = 0; names && group < DESK_N_LETTER_GROUPS; group++)
    for (guint i = 0; i < names->len; i++)
      {
        const DeskLetterKind *kind = desk_letter_kind (names->pdata[i]);

        if ((int) kind->group == group && !kind->nobody && !kind->needed)
          add_letter (self, names->pdata[i]);
      }
  on_toggled (self);
}

/* ── what can be done ── */

static void
action_choose (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskLetterPack *self = DESK_LETTER_PACK (widget);
  const char *pack = g_variant_get_string (target, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];

      gtk_check_button_set_active (row->check, row->ready && strstr (row->kind->packs, pack));
    }
}

static void
action_print (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskLetterPack *self = DESK_LETTER_PACK (widget);
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (DeskLetterWanted));

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];
      DeskLetterWanted one = { .name = row->name, .language = row->language, .patient_id = self->patient_id };

      if (gtk_check_button_get_active (row->check))
        g_array_append_val (wanted, one);
    }
  if (wanted->len
      && desk_letter_paper_issue (self->widget, self->page, (const DeskLetterWanted *) (gpointer) wanted->data, wanted->len))
    gtk_window_close (GTK_WINDOW (self));
}

static void
desk_letter_pack_dispose (GObject *object)
{
  DeskLetterPack *self = DESK_LETTER_PACK (object);

  g_clear_object (&self->page);
  g_clear_object (&self->widget);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_letter_pack_parent_class)->dispose (object);
}

static void
desk_letter_pack_class_init (DeskLetterPackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_letter_pack_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-letter-pack.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskLetterPack, list);
  gtk_widget_class_bind_template_child (widget_class, DeskLetterPack, count);
  gtk_widget_class_install_action (widget_class, "pack.choose", "s", action_choose);
  gtk_widget_class_install_action (widget_class, "pack.print", NULL, action_print);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "pack.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1, GDK_ALT_MASK, "pack.choose", "s", "visa");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_2, GDK_ALT_MASK, "pack.choose", "s", "arrival");
}

static void
desk_letter_pack_init (DeskLetterPack *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new_with_free_func (row_free);
}

/* Opens the choice for that patient; lends it. */
DeskLetterPack *
desk_letter_pack_show (GtkWidget *widget, DeskPage *page, gint64 patient_id)
{
  DeskLetterPack *self = g_object_new (DESK_TYPE_LETTER_PACK, "transient-for", gtk_widget_get_root (widget), NULL);

  self->page = g_object_ref (page);
  self->widget = g_object_ref (widget);
  self->patient_id = patient_id;
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
