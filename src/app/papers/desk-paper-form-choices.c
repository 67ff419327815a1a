/* What may be chosen in a paper's form: states by the table of steps, papers of the same patient; which fields that makes. */
#include "desk-paper-form-private.h"

#include <glib/gi18n.h>

#include "desk-document-state.h"
#include "desk-words.h"

/* The code of the state chosen; NULL for "by kind and language". */
const char *
desk_paper_form_state (DeskPaperForm *self)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->inputs[STATE]));

  return index < self->states->len ? g_ptr_array_index (self->states, index) : NULL;
}

/* The paper chosen in a field; 0 for none. */
gint64
desk_paper_form_id (DeskPaperForm *self, int field, GArray *ids)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->inputs[field]));

  return index < ids->len ? g_array_index (ids, gint64, index) : 0;
}

/* Whether a field of that sort is there now. */
gboolean
desk_paper_form_wants (DeskPaperForm *self, DeskPaperWhen when)
{
  const char *state = desk_paper_form_state (self);

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

/* Shows the fields that are wanted, and no others. */
void
desk_paper_form_show_wanted (DeskPaperForm *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    gtk_widget_set_visible (self->boxes[i], desk_paper_form_wants (self, desk_paper_fields[i].when));
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

/* Offers the patient's papers as originals and to be replaced. */
void
desk_paper_form_offer_papers (DeskPaperForm *self)
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
void
desk_paper_form_offer_states (DeskPaperForm *self)
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
