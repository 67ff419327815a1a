#include "desk-paper-form-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-day-words.h"
#include "desk-document-state.h"
#include "desk-documents.h"
#include "desk-toast.h"
#include "desk-words.h"

enum
{
  SUBMITTED,
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskPaperForm, desk_paper_form, ADW_TYPE_BIN)
/* The code of the kind chosen; NULL while none is. */
const char *
desk_paper_form_get_kind (DeskPaperForm *self)
{
  guint n;
  const char *const *kinds = desk_document_kinds (&n);

  for (guint i = 0; i < self->n_kinds; i++)
    if (gtk_toggle_button_get_active (self->kinds[i]))
      return kinds[i];
  return NULL;
}
static void
tell (GtkLabel *label, const DeskProblem *problem)
{
  g_autofree char *words = problem ? desk_words_problem (problem) : NULL;

  gtk_label_set_label (label, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (label), problem != NULL);
}

static void
clear_problems (DeskPaperForm *self)
{
  tell (self->kind_problem, NULL);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      tell (self->problems[i], NULL);
      gtk_widget_remove_css_class (self->inputs[i], "error");
    }
}

static void
set_kind (DeskPaperForm *self, const char *kind)
{
  guint n;
  const char *const *kinds = desk_document_kinds (&n);

  for (guint i = 0; i < self->n_kinds; i++)
    gtk_toggle_button_set_active (self->kinds[i], g_strcmp0 (kind, kinds[i]) == 0);
}

static void
set_text (DeskPaperForm *self, int field, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->inputs[field]), text ? text : "");
}

static void
write_inputs (DeskPaperForm *self, const DeskDocument *d)
{
  const char *const texts[N_FIELDS]
      = { [EXAMINED_ON] = d->examined_on, [LANGUAGE] = d->language, [SOURCE] = d->source, [TITLE] = d->title,
          [TRANSLATOR] = d->translator,   [REASON] = d->reason,     [DUE_ON] = d->due_on, [NOTE] = d->note };

  self->filling = TRUE;
  set_kind (self, d->kind);
  for (guint i = 0; i < N_FIELDS; i++)
    if (!desk_paper_fields[i].choice)
      set_text (self, i, texts[i]);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->inputs[PART]), g_strcmp0 (d->part, "certificate") == 0 ? 1 : 0);
  self->filling = FALSE;
}

/* Shows a paper, or an empty form of a new one (id 0; texts may be NULL). */
void
desk_paper_form_fill (DeskPaperForm *self, const DeskDocument *document)
{
  DeskDocument *copy = desk_document_copy (document);

  desk_document_free (self->document);
  self->document = copy;
  write_inputs (self, copy);
  desk_paper_form_offer_states (self);
  desk_paper_form_set_patient (self, copy->patient_id);
  clear_problems (self);
}

/* Puts back what was collected before for the same paper; it is not saved by that. */
void
desk_paper_form_restore (DeskPaperForm *self, const DeskDocument *draft)
{
  write_inputs (self, draft);
  for (guint i = 0; i < self->states->len; i++)
    if (g_strcmp0 (self->states->pdata[i], draft->state) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->inputs[STATE]), i);
  desk_paper_form_set_patient (self, draft->patient_id);
}

/* Whose papers are offered as originals and to be replaced; 0 for nobody's. */
void
desk_paper_form_set_patient (DeskPaperForm *self, gint64 patient_id)
{
  g_autoptr (GError) error = NULL;

  self->patient_id = patient_id;
  g_clear_pointer (&self->papers, g_ptr_array_unref);
  if (patient_id)
    {
      self->papers = desk_document_list (desk_page_get_reader (self->page), patient_id, &error);
      if (!self->papers)
        desk_toast_error (GTK_WIDGET (self), error);
    }
  desk_paper_form_offer_papers (self);
  desk_paper_form_show_wanted (self);
}

static const int facts[] = { EXAMINED_ON, LANGUAGE, SOURCE };

static const char *
fact_of (const DeskDocument *from, int field)
{
  const char *text = field == EXAMINED_ON ? from->examined_on : field == LANGUAGE ? from->language : from->source;

  return text ? text : "";
}

static gboolean
takes_fact (DeskPaperForm *self, const DeskDocument *from, int field)
{
  return *fact_of (from, field) && !*gtk_editable_get_text (GTK_EDITABLE (self->inputs[field]));
}

/* Whether another paper knows the day, the language or the source where this one is still silent. */
gboolean
desk_paper_form_takes_facts (DeskPaperForm *self, const DeskDocument *from)
{
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (takes_fact (self, from, facts[i]))
      return TRUE;
  return FALSE;
}

/* Takes them over; what was typed stays. */
void
desk_paper_form_take_facts (DeskPaperForm *self, const DeskDocument *from)
{
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (takes_fact (self, from, facts[i]))
      set_text (self, facts[i], fact_of (from, facts[i]));
}

static void
take_text (DeskPaperForm *self, int field, char **text)
{
  g_free (*text);
  *text = desk_paper_form_wants (self, desk_paper_fields[field].when) || field == REASON
              ? g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->inputs[field]))))
              : g_strdup ("");
}

/* The day as it is stored; as it was typed where it is none, and the check says so. */
static void
take_day (DeskPaperForm *self, int field, char **text, gboolean *ambiguous)
{
  take_text (self, field, text);
  if (**text == '\0')
    return;

  gboolean either = FALSE;
  char *iso = desk_day_read (*text, DESK_DAY_ORDER_NONE, &either);
  if (ambiguous && either)
    *ambiguous = TRUE;
  if (iso && !either)
    {
      g_free (*text);
      *text = g_steal_pointer (&iso);
    }
  g_free (iso);
}

static DeskDocument *
collect (DeskPaperForm *self, gboolean *ambiguous)
{
  DeskDocument *document = desk_document_copy (self->document);
  const char *state = desk_paper_form_state (self);
  struct
  {
    int field;
    char **text;
  } texts[] = { { LANGUAGE, &document->language }, { SOURCE, &document->source },         { TITLE, &document->title },
                { NOTE, &document->note },         { TRANSLATOR, &document->translator }, { REASON, &document->reason } };

  document->patient_id = self->patient_id;
  g_free (document->kind);
  document->kind = g_strdup (desk_paper_form_get_kind (self));
  g_free (document->state);
  document->state = g_strdup (state);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    take_text (self, texts[i].field, texts[i].text);
  take_day (self, EXAMINED_ON, &document->examined_on, ambiguous);
  if (desk_paper_form_wants (self, WHEN_REQUESTED))
    take_day (self, DUE_ON, &document->due_on, NULL);
  if (document->id == 0)
    {
      document->supersedes = desk_paper_form_wants (self, OF_ONE_REPLACED) ? desk_paper_form_id (self, SUPERSEDES, self->older) : 0;
      document->part_of = desk_paper_form_wants (self, OF_A_TRANSLATION) ? desk_paper_form_id (self, PART_OF, self->originals) : 0;
    }
  g_free (document->part);
  document->part = g_strdup (document->part_of ? desk_paper_form_part (self) : "");
  return document;
}

/* What stands in the form; kind is NULL while none is chosen, state is NULL for "by kind and language". Free with
 * desk_document_free (). */
DeskDocument *
desk_paper_form_collect (DeskPaperForm *self)
{
  return collect (self, NULL);
}

static DeskProblems *
find_problems (DeskPaperForm *self)
{
  DeskProblems *problems = desk_problems_new ();
  gboolean ambiguous = FALSE;
  g_autoptr (DeskDocument) document = collect (self, &ambiguous);
  gboolean kindless = !document->kind;

  if (ambiguous)
    desk_problems_add (problems, "examined_on", "ambiguous-date", NULL);
  if (kindless)
    {
      desk_problems_add (problems, "kind", "choose-kind", NULL);
      document->kind = g_strdup ("other");
    }
  if (!document->state)
    document->state = g_strdup ("received");
  if (ambiguous)
    document->examined_on = (g_free (document->examined_on), g_strdup (""));
  desk_document_check (document, desk_page_get_today (self->page), problems);
  return problems;
}

/* Shows every problem at its field and puts the focus on the first; FALSE when one stops the filing. */
gboolean
desk_paper_form_check (DeskPaperForm *self)
{
  g_autoptr (DeskProblems) problems = find_problems (self);
  GtkWidget *first = NULL;

  clear_problems (self);
  tell (self->kind_problem, desk_problems_find (problems, "kind"));
  if (desk_problems_find (problems, "kind"))
    first = GTK_WIDGET (self->kinds[0]);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      const DeskProblem *problem = desk_problems_find (problems, desk_paper_fields[i].name);

      tell (self->problems[i], problem);
      if (!problem)
        continue;
      gtk_widget_add_css_class (self->inputs[i], "error");
      first = first ? first : self->inputs[i];
    }
  if (first)
    gtk_widget_grab_focus (first);
  return !desk_problems_block (problems);
}

/* Whether anything was typed or chosen that is not saved. */
gboolean
desk_paper_form_is_dirty (DeskPaperForm *self)
{
  if (!self->document)
    return FALSE;

  g_autoptr (DeskDocument) now = desk_paper_form_collect (self);
  const DeskDocument *was = self->document;
  const char *const pairs[][2] = { { now->kind, was->kind },         { now->state, was->state },
                                   { now->title, was->title },       { now->examined_on, was->examined_on },
                                   { now->language, was->language }, { now->note, was->note },
                                   { now->reason, was->reason },     { now->source, was->source },
                                   { now->due_on, was->due_on },     { now->translator, was->translator },
                                   { now->part, was->part } };
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_strcmp0 (pairs[i][0] ? pairs[i][0] : "", pairs[i][1] ? pairs[i][1] : "") != 0)
      return TRUE;
  return FALSE;
}

/* By its place in the row of kinds, from 0. */
void
desk_paper_form_choose_kind (DeskPaperForm *self, guint index)
{
  if (index < self->n_kinds)
    gtk_toggle_button_set_active (self->kinds[index], TRUE);
}

/* Lends the widget of a field; NULL for another name. */
GtkWidget *
desk_paper_form_get_input (DeskPaperForm *self, const char *field)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (g_str_equal (desk_paper_fields[i].name, field))
      return self->inputs[i];
  return NULL;
}
static void
on_kind (GtkToggleButton *button, DeskPaperForm *self)
{
  if (self->filling || !gtk_toggle_button_get_active (button))
    return;
  tell (self->kind_problem, NULL);
  desk_paper_form_offer_papers (self);
  desk_paper_form_show_wanted (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Gives the form the page it is in. */
void
desk_paper_form_load (DeskPaperForm *self, DeskPage *page)
{
  self->page = page;
}

static void
desk_paper_form_finalize (GObject *object)
{
  DeskPaperForm *self = DESK_PAPER_FORM (object);

  g_clear_pointer (&self->document, desk_document_free);
  g_clear_pointer (&self->papers, g_ptr_array_unref);
  g_array_unref (self->originals);
  g_array_unref (self->older);
  g_ptr_array_unref (self->states);
  G_OBJECT_CLASS (desk_paper_form_parent_class)->finalize (object);
}

static void
desk_paper_form_class_init (DeskPaperFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_paper_form_finalize;

  /* submitted (): Enter in a field. changed (): another kind was chosen. */
  signals[SUBMITTED] = g_signal_new ("submitted", DESK_TYPE_PAPER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", DESK_TYPE_PAPER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_paper_form_init (DeskPaperForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *kinds = desk_paper_form_make_kinds (self, G_CALLBACK (on_kind));

  self->originals = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->older = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->states = g_ptr_array_new_with_free_func (g_free);
  self->kind_problem = desk_paper_form_make_problem (kinds);
  gtk_box_append (GTK_BOX (box), kinds);
  for (guint i = 0; i < N_FIELDS; i++)
    gtk_box_append (GTK_BOX (box), desk_paper_form_make_field (self, i));
  adw_bin_set_child (ADW_BIN (self), box);
}
