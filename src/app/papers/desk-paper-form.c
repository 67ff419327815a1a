#include "desk-paper-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-day-words.h"
#include "desk-document-state.h"
#include "desk-documents.h"
#include "desk-toast.h"
#include "desk-words.h"

/* When a field is there at all. */
typedef enum
{
  ALWAYS,
  OF_A_TRANSLATION,
  OF_ONE_REPLACED, /* there is an older one to replace */
  WITH_REASON,
  WHEN_REQUESTED,
} When;

typedef struct
{
  const char *name;  /* of the problem's field, too */
  const char *title; /* N_() */
  const char *hint;  /* N_() or NULL */
  gboolean choice;
  When when;
} Field;

enum
{
  EXAMINED_ON,
  LANGUAGE,
  SOURCE,
  TITLE,
  PART,
  PART_OF,
  TRANSLATOR,
  SUPERSEDES,
  STATE,
  REASON,
  DUE_ON,
  NOTE,
  N_FIELDS
};

static const Field fields[N_FIELDS] = {
  [EXAMINED_ON] = { "examined_on", N_("_Examination date"), N_("2026-01-31, 31 Jan 2026, R8.1.31"), FALSE, ALWAYS },
  [LANGUAGE] = { "language", N_("Lan_guage of the paper"), N_("en, ja, zh …"), FALSE, ALWAYS },
  [SOURCE] = { "source", N_("_Hospital or laboratory"), NULL, FALSE, ALWAYS },
  [TITLE] = { "title", N_("_Title"), NULL, FALSE, ALWAYS },
  [PART] = { "part", N_("What it is of it"), NULL, TRUE, OF_A_TRANSLATION },
  [PART_OF] = { "part_of", N_("Translation _of"), NULL, TRUE, OF_A_TRANSLATION },
  [TRANSLATOR] = { "translator", N_("Translator"), NULL, FALSE, OF_A_TRANSLATION },
  [SUPERSEDES] = { "supersedes", N_("_Replaces"), NULL, TRUE, OF_ONE_REPLACED },
  [STATE] = { "state", N_("_State"), NULL, TRUE, ALWAYS },
  [REASON] = { "reason", N_("Rea_son"), N_("Why it cannot be used"), FALSE, WITH_REASON },
  [DUE_ON] = { "due_on", N_("Expected by"), N_("2026-01-31"), FALSE, WHEN_REQUESTED },
  [NOTE] = { "note", N_("Note"), NULL, FALSE, ALWAYS },
};

static const char *const parts[] = { "translation", "certificate" };

struct _DeskPaperForm
{
  AdwBin parent_instance;

  DeskPage *page; /* not owned */
  DeskDocument *document; /* as filled */
  gint64 patient_id;
  GPtrArray *papers; /* of the patient */
  GArray *originals, *older; /* ids behind the choices, the first is 0 */
  GPtrArray *states;         /* codes behind the choices; the first of a new paper is NULL */
  gboolean filling;

  GtkToggleButton *kinds[16];
  guint n_kinds;
  GtkWidget *boxes[N_FIELDS], *inputs[N_FIELDS];
  GtkLabel *problems[N_FIELDS];
  GtkLabel *kind_problem;
};

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

static const char *
chosen_state (DeskPaperForm *self)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->inputs[STATE]));

  return index < self->states->len ? g_ptr_array_index (self->states, index) : NULL;
}

static gint64
chosen_id (DeskPaperForm *self, int field, GArray *ids)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->inputs[field]));

  return index < ids->len ? g_array_index (ids, gint64, index) : 0;
}

static gboolean
is_wanted (DeskPaperForm *self, When when)
{
  const char *state = chosen_state (self);

  switch (when)
    {
    case OF_A_TRANSLATION:
      return g_strcmp0 (desk_paper_form_get_kind (self), "translation") == 0;
    case OF_ONE_REPLACED:
      return self->older->len > 1;
    case WITH_REASON:
      return g_strcmp0 (state, "rejected") == 0 || g_strcmp0 (state, "unreadable") == 0;
    case WHEN_REQUESTED:
      return g_strcmp0 (state, "requested") == 0;
    default:
      return TRUE;
    }
}

static void
show_wanted (DeskPaperForm *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    gtk_widget_set_visible (self->boxes[i], is_wanted (self, fields[i].when));
}

static char *
describe (const DeskDocument *paper)
{
  g_autofree char *day = desk_words_iso_day (paper->examined_on);
  const char *facts[] = { desk_words ("document-kind", paper->kind), day, paper->title };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

/* Offers papers of the patient: the originals, or those of one kind that a newer may replace. */
static void
offer_papers (DeskPaperForm *self, int field, GArray *ids, const char *nothing, const char *kind, gint64 chosen)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  gint64 none = 0;
  guint selected = 0;

  g_array_set_size (ids, 0);
  g_array_append_val (ids, none);
  gtk_string_list_append (list, nothing);
  for (guint i = 0; self->papers && i < self->papers->len; i++)
    {
      const DeskDocument *paper = g_ptr_array_index (self->papers, i);
      g_autofree char *words = describe (paper);
      gboolean wanted = kind ? g_str_equal (paper->kind, kind) && !paper->part_of
                                   && !desk_document_step_problem (paper->state, "superseded", paper->reason)
                             : !paper->part_of && !g_str_equal (paper->kind, "translation");

      if (paper->id != chosen && (!wanted || (self->document && paper->id == self->document->id)))
        continue;
      if (paper->id == chosen)
        selected = ids->len;
      g_array_append_val (ids, paper->id);
      gtk_string_list_append (list, words);
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->inputs[field]), G_LIST_MODEL (list));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->inputs[field]), selected);
}

static void
offer_all_papers (DeskPaperForm *self)
{
  const char *kind = desk_paper_form_get_kind (self);
  gint64 part_of = self->document ? self->document->part_of : 0;
  gint64 older = self->document ? self->document->supersedes : 0;

  offer_papers (self, PART_OF, self->originals, _("No paper that is here"), NULL, part_of);
  offer_papers (self, SUPERSEDES, self->older, _("No older paper"), kind ? kind : "", older);
  gtk_widget_set_sensitive (self->inputs[SUPERSEDES], !self->document || self->document->id == 0);
  gtk_widget_set_sensitive (self->inputs[PART_OF], !self->document || self->document->id == 0);
}

/* A new paper begins by its kind and language, or as somebody says; one that is there goes on by the table of steps. */
static void
offer_states (DeskPaperForm *self)
{
  static const char *const first[] = { "received", "needs_translation", "in_translation", "under_review", "accepted",
                                       "rejected", "unreadable", NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  gboolean is_new = !self->document || self->document->id == 0;
  const char *const *next = is_new ? first : desk_document_steps (self->document->state);

  g_ptr_array_set_size (self->states, 0);
  g_ptr_array_add (self->states, is_new ? NULL : g_strdup (self->document->state));
  gtk_string_list_append (list, is_new ? _("By kind and language") : desk_words ("document-state", self->document->state));
  for (; *next; next++)
    {
      /* A paper that was asked for comes in by being filed. */
      if (!is_new && g_str_equal (self->document->state, "requested") && !*self->document->digest && !*self->document->link)
        break;
      g_ptr_array_add (self->states, g_strdup (*next));
      gtk_string_list_append (list, desk_words ("document-state", *next));
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->inputs[STATE]), G_LIST_MODEL (list));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->inputs[STATE]), 0);
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
    if (!fields[i].choice)
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
  offer_states (self);
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
  offer_all_papers (self);
  show_wanted (self);
}

static void
take_text (DeskPaperForm *self, int field, char **text)
{
  g_free (*text);
  *text = is_wanted (self, fields[field].when) || field == REASON
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
  const char *state = chosen_state (self);
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
  if (is_wanted (self, WHEN_REQUESTED))
    take_day (self, DUE_ON, &document->due_on, NULL);
  if (document->id == 0)
    {
      document->supersedes = is_wanted (self, OF_ONE_REPLACED) ? chosen_id (self, SUPERSEDES, self->older) : 0;
      document->part_of = is_wanted (self, OF_A_TRANSLATION) ? chosen_id (self, PART_OF, self->originals) : 0;
    }
  g_free (document->part);
  document->part = g_strdup (document->part_of ? parts[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->inputs[PART])) == 1] : "");
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
      const DeskProblem *problem = desk_problems_find (problems, fields[i].name);

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
    if (g_str_equal (fields[i].name, field))
      return self->inputs[i];
  return NULL;
}

static void
on_kind (GtkToggleButton *button, DeskPaperForm *self)
{
  if (self->filling || !gtk_toggle_button_get_active (button))
    return;
  tell (self->kind_problem, NULL);
  offer_all_papers (self);
  show_wanted (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_state (GtkDropDown *state, GParamSpec *pspec, DeskPaperForm *self)
{
  if (!self->filling && self->document)
    show_wanted (self);
}

static void
on_activate (GtkEntry *entry, DeskPaperForm *self)
{
  g_signal_emit (self, signals[SUBMITTED], 0);
}

/* A date in another form is shown as it is stored, so that a wrong reading is seen. */
static void
on_day_left (GtkEventControllerFocus *focus, DeskPaperForm *self)
{
  g_autoptr (DeskDocument) document = self->document ? desk_paper_form_collect (self) : NULL;

  if (document && strcmp (document->examined_on, gtk_editable_get_text (GTK_EDITABLE (self->inputs[EXAMINED_ON]))) != 0)
    set_text (self, EXAMINED_ON, document->examined_on);
}

static GtkWidget *
make_kinds (DeskPaperForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *grid = gtk_grid_new ();
  const char *const *kinds = desk_document_kinds (&self->n_kinds);

  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 3);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Kind"), -1);
  self->n_kinds = MIN (self->n_kinds, G_N_ELEMENTS (self->kinds));
  for (guint i = 0; i < self->n_kinds; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();
      GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      g_autofree char *key = g_strdup_printf ("%u", (i + 1) % 10);
      g_autofree char *tip = g_strdup_printf (_("Key %s in the list, Ctrl+%s anywhere"), key, key);
      GtkWidget *number = gtk_label_new (key), *words = gtk_label_new (desk_words ("document-kind", kinds[i]));

      gtk_widget_add_css_class (number, "dim-label");
      gtk_widget_add_css_class (number, "numeric");
      gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (content), number);
      gtk_box_append (GTK_BOX (content), words);
      gtk_button_set_child (GTK_BUTTON (button), content);
      gtk_widget_set_tooltip_text (button, tip);
      gtk_widget_add_css_class (button, "paper-kind");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, desk_words ("document-kind", kinds[i]), -1);
      self->kinds[i] = GTK_TOGGLE_BUTTON (button);
      if (i > 0)
        gtk_toggle_button_set_group (self->kinds[i], self->kinds[0]);
      g_signal_connect (button, "toggled", G_CALLBACK (on_kind), self);
      gtk_grid_attach (GTK_GRID (grid), button, i % 2, i / 2, 1, 1);
    }
  gtk_box_append (GTK_BOX (box), grid);
  return box;
}

static GtkLabel *
make_problem (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_visible (label, FALSE);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
make_choice (DeskPaperForm *self, guint i)
{
  GtkWidget *input = gtk_drop_down_new (NULL, NULL);

  if (i == PART)
    {
      g_autoptr (GListModel) list = desk_words_list ("document-part", parts, G_N_ELEMENTS (parts));
      gtk_drop_down_set_model (GTK_DROP_DOWN (input), list);
    }
  if (i == STATE)
    g_signal_connect (input, "notify::selected", G_CALLBACK (on_state), self);
  return input;
}

static GtkWidget *
make_entry (DeskPaperForm *self, guint i)
{
  GtkWidget *input = gtk_entry_new ();

  if (fields[i].hint)
    gtk_entry_set_placeholder_text (GTK_ENTRY (input), _(fields[i].hint));
  g_signal_connect (input, "activate", G_CALLBACK (on_activate), self);
  if (i == EXAMINED_ON)
    {
      GtkEventController *focus = gtk_event_controller_focus_new ();

      g_signal_connect (focus, "leave", G_CALLBACK (on_day_left), self);
      gtk_widget_add_controller (input, focus);
    }
  return input;
}

static GtkWidget *
make_field (DeskPaperForm *self, guint i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new_with_mnemonic (_(fields[i].title));

  self->inputs[i] = fields[i].choice ? make_choice (self, i) : make_entry (self, i);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (title), self->inputs[i]);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->inputs[i]), GTK_ACCESSIBLE_RELATION_LABELLED_BY, title, NULL, -1);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->inputs[i]);
  self->problems[i] = make_problem (box);
  self->boxes[i] = box;
  return box;
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
  GtkWidget *kinds = make_kinds (self);

  self->originals = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->older = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->states = g_ptr_array_new_with_free_func (g_free);
  self->kind_problem = make_problem (kinds);
  gtk_box_append (GTK_BOX (box), kinds);
  for (guint i = 0; i < N_FIELDS; i++)
    gtk_box_append (GTK_BOX (box), make_field (self, i));
  adw_bin_set_child (ADW_BIN (self), box);
}
