#include "desk-import-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-patient-form.h"
#include "desk-words.h"

struct _DeskImportRow
{
  AdwBin parent_instance;

  DeskImportFinding *finding; /* of the look that is shown; not owned */
  GtkLabel *line;
  GtkLabel *name;
  GtkLabel *words;
  GtkCheckButton *take;
};

G_DEFINE_FINAL_TYPE (DeskImportRow, desk_import_row, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* What a target of the import is called; lent. */
const char *
desk_import_title (const char *target)
{
  if (g_str_equal (target, "name"))
    return _("Whole name");
  return g_str_equal (target, "chart") ? _("Chart number") : desk_patient_form_title (target);
}

static char *
problem_words (const DeskImportFinding *finding)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < finding->problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (finding->problems, i);
      g_autofree char *words = desk_words_problem (problem);

      g_string_append_printf (text, "%s%s: %s", i ? "\n" : "", desk_import_title (problem->field), words);
      if (problem->detail && !strstr (words, problem->detail))
        g_string_append_printf (text, " (%.80s)", problem->detail);
    }
  return g_string_free (text, FALSE);
}

static char *
duplicate_words (const DeskImportFinding *finding)
{
  const char *level = finding->duplicate.level == DESK_DUPLICATE_CERTAIN ? _("The same passport as") : _("Likely the same person as");

  if (finding->other_line)
    return g_strdup_printf (_("%s line %u, %s"), level, finding->other_line, finding->other_name);
  return g_strdup_printf (_("%s %s, who is in the clinic already"), level, finding->other_name);
}

/* Shows a finding, which is lent as long as it is shown, or nothing for NULL. */
void
desk_import_row_set (DeskImportRow *self, const DeskImportFinding *finding)
{
  g_autofree char *line = finding ? g_strdup_printf ("%u", finding->line) : NULL;
  g_autofree char *words = NULL;

  self->finding = NULL;
  if (!finding)
    return;
  const char *facts[] = { *finding->name ? finding->name : _("No name"), finding->birth };
  g_autofree char *name = desk_words_facts (facts, G_N_ELEMENTS (facts));
  words = finding->state == DESK_IMPORT_DUPLICATE ? duplicate_words (finding) : problem_words (finding);
  gtk_label_set_text (self->line, line);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->words, words);
  gtk_widget_set_visible (GTK_WIDGET (self->take), finding->state == DESK_IMPORT_DUPLICATE);
  gtk_check_button_set_active (self->take, finding->take);
  self->finding = (DeskImportFinding *) finding;
}

static void
on_take_toggled (DeskImportRow *self)
{
  if (!self->finding)
    return;
  self->finding->take = gtk_check_button_get_active (self->take);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
desk_import_row_class_init (DeskImportRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-import-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskImportRow, line);
  gtk_widget_class_bind_template_child (widget_class, DeskImportRow, name);
  gtk_widget_class_bind_template_child (widget_class, DeskImportRow, words);
  gtk_widget_class_bind_template_child (widget_class, DeskImportRow, take);
  gtk_widget_class_bind_template_callback (widget_class, on_take_toggled);
  /* Another choice was made about a duplicate. */
  signals[CHOSEN] = g_signal_new ("chosen", DESK_TYPE_IMPORT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_import_row_init (DeskImportRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
