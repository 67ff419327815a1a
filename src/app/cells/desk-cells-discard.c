#include "desk-cells-discard.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-documents.h"
#include "desk-words.h"

static const char *const codes[] = { "expired", "consent_ended", "consent_withdrawn", "patient_died", "failed_test", "damaged", "warmed",
                                     "thawed_unused", "rest_of_infusion", "transport", "other", NULL };
static const char *const methods[] = { "autoclave", "incineration", "chemical", "contractor", NULL };
static const char *const told[] = { "told", "not-told", NULL };

static gboolean
is_released (const DeskUnit *unit)
{
  return strcmp (unit->quality, "released") == 0 || strcmp (unit->quality, "conditional") == 0;
}

/* Whether the reason rests on somebody's will or death, which a paper shows. */
static gboolean
needs_document (const char *code)
{
  return g_str_has_prefix (code, "consent_") || strcmp (code, "patient_died") == 0;
}

static void
add_documents (DeskCellsDialog *dialog, const DeskUnit *unit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = desk_document_list (desk_page_get_reader (desk_cells_dialog_get_page (dialog)), unit->patient_id, &error);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  g_strv_builder_add (words, _("None"));
  g_array_set_size (ids, 1);
  if (!documents)
    g_warning ("cannot read the papers: %s", error->message);
  for (guint i = 0; documents && i < documents->len; i++)
    {
      const DeskDocument *document = documents->pdata[i];
      const char *facts[] = { desk_words ("document-kind", document->kind), document->title, document->examined_on };
      g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));

      g_strv_builder_add (words, line);
      g_array_append_val (ids, document->id);
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "document", _("Request or consent it rests on"), (const char *const *) lines, (gint64 *) ids->data, 0);
}

/* Fills the dialog; the reason in words and the second person follow as in every step. */
void
desk_cells_discard_ask (DeskCellsDialog *dialog, const DeskUnit *unit)
{
  desk_cells_dialog_add_code (dialog, "code", _("Why"), "discard-code", codes);
  desk_cells_dialog_add_code (dialog, "method", _("How"), "discard-method", methods);
  add_documents (dialog, unit);
  desk_cells_dialog_add_code (dialog, "told", _("Patient"), "discard-told", told);
  if (is_released (unit))
    desk_cells_dialog_add_person (dialog, "approver", _("Approved by"), _("Choose…"), "quality,manager,physician");
  desk_cells_dialog_add_text (dialog, "reason", _("In words"), NULL);
}

/* Reads the dialog; FALSE after saying at the row what is missing. discard lends static texts. */
gboolean
desk_cells_discard_collect (DeskCellsDialog *dialog, const DeskUnit *unit, DeskDiscard *discard)
{
  gint64 code = desk_cells_dialog_get_choice (dialog, "code"), method = desk_cells_dialog_get_choice (dialog, "method");
  gint64 knows = desk_cells_dialog_get_choice (dialog, "told");

  if (code == 0)
    return desk_cells_dialog_refuse (dialog, "code", _("Please say why it is thrown away."));
  if (method == 0)
    return desk_cells_dialog_refuse (dialog, "method", _("Please say how it is thrown away."));
  *discard = (DeskDiscard) { .code = codes[code - 1], .method = methods[method - 1], .document_id = desk_cells_dialog_get_choice (dialog, "document"),
                             .patient_told = knows == 1 };
  if (needs_document (discard->code) && discard->document_id == 0)
    return desk_cells_dialog_refuse (dialog, "document", _("This reason rests on a paper: choose the one that says so."));
  if (knows == 0)
    return desk_cells_dialog_refuse (dialog, "told", _("Please say whether the patient was told."));
  if (is_released (unit))
    {
      discard->approved_by = desk_cells_dialog_get_choice (dialog, "approver");
      if (discard->approved_by == 0)
        return desk_cells_dialog_refuse (dialog, "approver", _("It was released: quality has to agree before it is thrown away."));
    }
  return TRUE;
}
