/* Filing what came in to a patient: one transaction for the paper, what it replaces, what it was asked for as, and the
 * row of the inbox; and the way back. */
#include "desk-inbox.h"

#include <string.h>

#include "desk-document-state.h"
#include "desk-documents-private.h"
#include "desk-file-name.h"

/* One paper that filing made or changed. */
typedef struct
{
  gint64 id, version;
  DeskDocument *before; /* as it was; NULL for one that was made */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  desk_document_free (change->before);
  g_free (change);
}

/* Takes what the form says; add the items, then desk_inbox_file (). */
DeskInboxFiling *
desk_inbox_filing_new (DeskDocument *document)
{
  DeskInboxFiling *filing = g_new0 (DeskInboxFiling, 1);

  filing->document = document;
  filing->parts = g_array_new (FALSE, FALSE, sizeof (DeskInboxPart));
  filing->documents = g_array_new (FALSE, FALSE, sizeof (gint64));
  filing->done = g_ptr_array_new_with_free_func (change_free);
  return filing;
}

/* part is a static text: "", page, translation or certificate. */
void
desk_inbox_filing_add (DeskInboxFiling *filing, gint64 item_id, const char *part)
{
  DeskInboxPart one = { item_id, part };

  g_array_append_val (filing->parts, one);
}

void
desk_inbox_filing_free (DeskInboxFiling *filing)
{
  if (!filing)
    return;
  desk_document_free (filing->document);
  g_array_unref (filing->parts);
  g_array_unref (filing->documents);
  g_ptr_array_unref (filing->done);
  g_free (filing);
}

static void
set_text (char **text, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*text);
  *text = copy;
}

static gboolean
is_empty (const char *text)
{
  return !text || !*text;
}

/* A paper may be changed twice in one filing (an original that gets its translation at once): the first state is the
 * one to go back to. Takes before. */
static void
remember (DeskInboxFiling *filing, const DeskDocument *document, DeskDocument *before)
{
  for (guint i = 0; i < filing->done->len; i++)
    {
      Change *change = filing->done->pdata[i];

      if (change->id != document->id)
        continue;
      change->version = document->version;
      desk_document_free (before);
      return;
    }

  Change *change = g_new0 (Change, 1);
  *change = (Change){ document->id, document->version, before };
  g_ptr_array_add (filing->done, change);
}

static gboolean
refuse (const char *code, GError **error)
{
  if (code)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, code);
  return code == NULL;
}

/* Takes a paper that is there to another state. */
static gboolean
move_on (DeskDb *db, DeskInboxFiling *filing, gint64 id, const char *state, GError **error)
{
  g_autoptr (DeskDocument) document = desk_document_load (db, id, error);

  if (!document)
    return FALSE;
  if (g_str_equal (document->state, state))
    return TRUE;
  DeskDocument *before = desk_document_copy (document);
  gboolean ok = refuse (desk_document_step_problem (document->state, state, document->reason), error);
  set_text (&document->state, state);
  ok = ok && desk_document_write (db, document, error);
  if (ok)
    remember (filing, document, g_steal_pointer (&before));
  desk_document_free (before);
  return ok;
}

/* The older paper is replaced, and with it what was translated from it: a new original makes its translation stale. */
static gboolean
supersede (DeskDb *db, DeskInboxFiling *filing, const DeskDocument *newer, GError **error)
{
  g_autoptr (DeskDocument) older = desk_document_load (db, newer->supersedes, error);

  if (!older)
    return FALSE;
  if (older->patient_id != newer->patient_id || strcmp (older->kind, newer->kind) != 0 || older->id == newer->id)
    return refuse ("replaces-another", error);
  if (!move_on (db, filing, older->id, "superseded", error))
    return FALSE;

  g_autoptr (GPtrArray) all = desk_document_list (db, older->patient_id, error);
  for (guint i = 0; all && i < all->len; i++)
    {
      const DeskDocument *part = all->pdata[i];

      if (part->part_of == older->id && !desk_document_step_problem (part->state, "superseded", part->reason)
          && !move_on (db, filing, part->id, "superseded", error))
        return FALSE;
    }
  return all != NULL;
}

/* A paper of that kind that was asked for and has not come: it comes now. The one that was due first; 0 for none. */
static gboolean
find_requested (DeskDb *db, const DeskDocument *document, gint64 *id, GError **error)
{
  static const char sql[] = "SELECT id FROM document WHERE patient_id = $1 AND kind = $2 AND state = 'requested'"
                            " AND digest = '' AND (part_of IS NULL OR part_of = $3) ORDER BY due_on = '', due_on, id";
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, sql, "iti", document->patient_id, document->kind, document->part_of);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  *id = step == DESK_STEP_ROW ? desk_stmt_int64 (stmt, 0) : 0;
  return step != DESK_STEP_ERROR;
}

/* The paper takes the place of the row with which it was asked for, whose words stay where the form is silent. */
static gboolean
fulfil (DeskDb *db, DeskDocument *document, DeskDocument **before, GError **error)
{
  gint64 id;

  if (!find_requested (db, document, &id, error))
    return FALSE;
  if (id == 0)
    return TRUE;
  if (!(*before = desk_document_load (db, id, error)))
    return FALSE;

  DeskDocument *asked = *before;
  char **const members[][2] = { { &document->title, &asked->title }, { &document->note, &asked->note },
                                { &document->source, &asked->source }, { &document->due_on, &asked->due_on } };
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (is_empty (*members[i][0]))
      set_text (members[i][0], *members[i][1]);
  document->id = asked->id;
  document->version = asked->version;
  return refuse (desk_document_step_problem ("requested", document->state, document->reason), error);
}

static gboolean
copy_file (DeskDb *db, gint64 document_id, gint64 position, const char *name, const char *digest, gint64 bytes,
           const char *media_type, GError **error)
{
  return desk_db_run (db, error,
                      "INSERT INTO document_file (document_id, position, name, digest, bytes, media_type)"
                      " VALUES ($1, $2, $3, $4, $5, $6)",
                      "iittit", document_id, position, name, digest, bytes, media_type);
}

/* The files of an item that is many go over as they are. */
static gboolean
copy_study (DeskDb *db, const DeskInboxItem *item, gint64 document_id, gint64 after, GError **error)
{
  return desk_db_run (db, error,
                      "INSERT INTO document_file (document_id, position, name, digest, bytes, media_type)"
                      " SELECT $1, position + $3, name, digest, bytes, media_type FROM inbox_file WHERE inbox_id = $2",
                      "iii", document_id, item->id, after);
}

/* Several items are one paper of several files; one is the paper itself, but a study. */
static gboolean
write_files (DeskDb *db, const GPtrArray *items, gint64 document_id, GError **error)
{
  gint64 position = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const DeskInboxItem *item = items->pdata[i];
      gboolean ok = TRUE;

      if (item->n_files > 0)
        ok = copy_study (db, item, document_id, position, error);
      else if (items->len > 1)
        ok = copy_file (db, document_id, position + 1, item->name, item->digest, item->bytes, item->media_type, error);
      if (!ok)
        return FALSE;
      position += MAX (item->n_files, 1);
    }
  return TRUE;
}

static gboolean
take_from_inbox (DeskDb *db, const GPtrArray *items, gint64 document_id, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      const DeskInboxItem *item = items->pdata[i];
      g_autoptr (DeskStmt) stmt
          = desk_db_query (db, error,
                           "UPDATE inbox SET document_id = $1, version = version + 1 WHERE id = $2"
                           " AND document_id IS NULL AND put_aside_at IS NULL RETURNING id",
                           "ii", document_id, item->id);
      DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

      if (step == DESK_STEP_DONE)
        g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the item was filed or put aside meanwhile");
      if (step != DESK_STEP_ROW)
        return FALSE;
    }
  return TRUE;
}

/* What the items contain: of one its digest, of several the digest of the list. */
static void
describe (DeskDocument *document, const GPtrArray *items)
{
  const DeskInboxItem *first = items->pdata[0];

  set_text (&document->media_type, first->media_type);
  set_text (&document->digest, first->digest);
  set_text (&document->link, first->link);
  document->bytes = first->bytes;
  document->received_at = first->received_at;
  if (is_empty (document->title))
    {
      g_autofree char *title = desk_file_name_title (first->name);
      set_text (&document->title, title);
    }
  if (items->len == 1)
    return;

  g_autoptr (GChecksum) list = g_checksum_new (G_CHECKSUM_SHA256);
  document->bytes = 0;
  for (guint i = 0; i < items->len; i++)
    {
      const DeskInboxItem *item = items->pdata[i];

      g_checksum_update (list, (const guchar *) item->digest, -1);
      g_checksum_update (list, (const guchar *) "\n", 1);
      document->bytes += item->bytes;
    }
  set_text (&document->digest, g_checksum_get_string (list));
}

static gboolean
complete (DeskDb *db, DeskInboxFiling *filing, DeskTxn *txn, const DeskDocument *document, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%s, %s, examined %s, %s", document->kind, document->state,
                                             document->examined_on, document->digest);

  if (document->supersedes && !supersede (db, filing, document, error))
    return FALSE;
  if (document->part_of && g_str_equal (document->part, "translation"))
    {
      g_autoptr (DeskDocument) original = desk_document_load (db, document->part_of, error);

      if (!original
          || !move_on (db, filing, original->id, desk_document_state_after_translation (original->state), error))
        return FALSE;
    }
  return desk_txn_log (txn, "document.file", DESK_KIND_DOCUMENT, document->id, detail, error);
}

/* One paper out of items; document is filled and becomes it. */
static gboolean
file_paper (DeskDb *db, DeskInboxFiling *filing, DeskTxn *txn, DeskDocument *document, const GPtrArray *items, GError **error)
{
  g_autoptr (DeskDocument) before = NULL;

  describe (document, items);
  if (is_empty (document->state))
    set_text (&document->state, desk_document_state_on_filing (document->kind, document->language));
  if (g_str_equal (document->state, "requested") || g_str_equal (document->state, "superseded"))
    return refuse ("step-not-legal", error);
  if (!fulfil (db, document, &before, error) || !desk_document_make_sound (document, error)
      || !desk_document_write (db, document, error))
    return FALSE;
  remember (filing, document, g_steal_pointer (&before));
  g_array_append_val (filing->documents, document->id);
  return write_files (db, items, document->id, error) && take_from_inbox (db, items, document->id, error)
         && complete (db, filing, txn, document, error);
}

static GPtrArray *
load_items (DeskDb *db, const DeskInboxFiling *filing, const char *const *parts, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_inbox_item_free);

  for (guint i = 0; i < filing->parts->len; i++)
    {
      const DeskInboxPart *part = &g_array_index (filing->parts, DeskInboxPart, i);

      if (!g_strv_contains (parts, part->part))
        continue;
      DeskInboxItem *item = desk_inbox_load (db, part->id, error);
      if (!item)
        return NULL;
      g_ptr_array_add (items, item);
    }
  return g_steal_pointer (&items);
}

/* The translation or the certificate that came with the original. It is as old as the examination. */
static DeskDocument *
document_of_part (const DeskDocument *original, const char *part)
{
  DeskDocument *document = g_new0 (DeskDocument, 1);

  document->patient_id = original->patient_id;
  document->kind = g_strdup ("translation");
  document->part = g_strdup (part);
  document->part_of = original->id;
  document->examined_on = g_strdup (original->examined_on);
  document->translator = g_strdup (original->translator);
  return document;
}

static gboolean
file_together (DeskDb *db, DeskInboxFiling *filing, DeskTxn *txn, GError **error)
{
  static const char *const own[] = { "", "page", NULL };
  static const char *const with[][2] = { { "translation", NULL }, { "certificate", NULL } };
  g_autoptr (GPtrArray) items = load_items (db, filing, own, error);
  g_autoptr (DeskDocument) document = desk_document_copy (filing->document);

  if (!items)
    return FALSE;
  if (items->len == 0)
    return refuse ("original-needed", error);
  if (!file_paper (db, filing, txn, document, items, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (with); i++)
    {
      g_autoptr (GPtrArray) files = load_items (db, filing, with[i], error);
      g_autoptr (DeskDocument) part = document_of_part (document, with[i][0]);

      if (!files || (files->len > 0 && !file_paper (db, filing, txn, part, files, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
file_apart (DeskDb *db, DeskInboxFiling *filing, DeskTxn *txn, GError **error)
{
  for (guint i = 0; i < filing->parts->len; i++)
    {
      g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_inbox_item_free);
      g_autoptr (DeskDocument) document = desk_document_copy (filing->document);
      DeskInboxItem *item = desk_inbox_load (db, g_array_index (filing->parts, DeskInboxPart, i).id, error);

      if (!item)
        return FALSE;
      g_ptr_array_add (items, item);
      if (i > 0)
        document->supersedes = 0; /* one paper replaces one paper */
      if (!file_paper (db, filing, txn, document, items, error))
        return FALSE;
    }
  return TRUE;
}

static void
forget (DeskInboxFiling *filing)
{
  g_array_set_size (filing->documents, 0);
  g_ptr_array_set_size (filing->done, 0);
}

/* Files the items to the patient: as one paper with its pages, its translation and certificate, or each as a paper of
 * its own. A paper of that kind that was asked for becomes this one; one that is replaced is marked so, with its
 * translation. All or nothing. DESK_ERROR_TAKEN when the patient has the same content already, DESK_ERROR_CONFLICT when
 * an item was filed meanwhile, DESK_ERROR_INVALID for the form's own problems. */
gboolean
desk_inbox_file (DeskDb *db, DeskInboxFiling *filing, GError **error)
{
  forget (filing);
  if (filing->parts->len == 0)
    return refuse ("original-needed", error);

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  gboolean ok = txn
                && (filing->together ? file_together (db, filing, txn, error) : file_apart (db, filing, txn, error));
  if (ok)
    {
      desk_txn_changed (txn, DESK_KIND_PATIENT, filing->document->patient_id);
      desk_txn_changed (txn, DESK_KIND_INBOX, g_array_index (filing->parts, DeskInboxPart, 0).id);
      ok = desk_txn_commit (txn, error);
    }
  if (!ok)
    forget (filing);
  return ok;
}

static gboolean
delete_paper (DeskDb *db, const Change *change, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error, "DELETE FROM document WHERE id = $1 AND version = $2 RETURNING id", "ii", change->id, change->version);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_DONE)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "the document was changed meanwhile");
  return step == DESK_STEP_ROW;
}

static gboolean
take_back (DeskDb *db, DeskTxn *txn, Change *change, GError **error)
{
  if (!desk_db_run (db, error, "UPDATE inbox SET document_id = NULL, version = version + 1 WHERE document_id = $1", "i", change->id))
    return FALSE;
  if (!change->before || is_empty (change->before->digest))
    if (!desk_db_run (db, error, "DELETE FROM document_file WHERE document_id = $1", "i", change->id))
      return FALSE;
  if (!change->before)
    return delete_paper (db, change, error) && desk_txn_log (txn, "document.unfile", DESK_KIND_DOCUMENT, change->id, "", error);

  g_autoptr (DeskDocument) before = desk_document_copy (change->before);
  before->version = change->version;
  return desk_document_write (db, before, error)
         && desk_txn_log (txn, "document.unfile", DESK_KIND_DOCUMENT, change->id, before->state, error);
}

/* Takes a filing back: its items wait again and every paper is as it was. DESK_ERROR_CONFLICT, and nothing is done, when
 * somebody changed one of them since; DESK_ERROR_REFUSED when something else belongs to it by now. */
gboolean
desk_inbox_unfile (DeskDb *db, DeskInboxFiling *filing, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn)
    return FALSE;
  for (guint i = filing->done->len; i-- > 0;)
    if (!take_back (db, txn, filing->done->pdata[i], error))
      return FALSE;
  desk_txn_changed (txn, DESK_KIND_PATIENT, filing->document->patient_id);
  desk_txn_changed (txn, DESK_KIND_INBOX, g_array_index (filing->parts, DeskInboxPart, 0).id);
  if (!desk_txn_commit (txn, error))
    return FALSE;
  forget (filing);
  return TRUE;
}
