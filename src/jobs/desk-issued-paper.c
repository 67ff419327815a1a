/* What was issued is drawn again. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "desk-error.h"
#include "desk-issued-private.h"
#include "desk-letter-data.h"
#include "desk-letter-page.h"
#include "desk-letter-reader.h"
#include "desk-publish.h"

/* A letter of a frozen text and frozen data. */
DeskLetter *
desk_issued_fill (const char *text, const char *data, const char *language, DeskDay day, GError **error)
{
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_read (text, -1, error);
  g_autoptr (DeskFields) fields = template_ ? desk_letter_data_read (data, error) : NULL;

  return fields ? desk_letter_fill (template_, fields, language, day, error) : NULL;
}

/* The digest (SHA-256) of the PDF, which is the same whenever the letter is, with the same fonts. DESK_ERROR_REFUSED where
 * something cannot be shown (desk_letter_layout_check ()). */
char *
desk_issued_digest (const DeskLetter *letter, guint *pages, GError **error)
{
  g_autoptr (DeskLetterLayout) layout = desk_letter_layout_new (letter, NULL);
  char *digest = NULL;
  g_autoptr (GBytes) bytes = desk_letter_pdf_bytes (layout, &digest, error);

  *pages = desk_letter_layout_n_pages (layout);
  return bytes ? digest : NULL;
}

static DeskLetter *
letter_of (DeskDb *db, const DeskIssued *issued, GError **error)
{
  g_autofree char *text = NULL, *data = NULL;

  return desk_issued_frozen (db, issued->id, &text, &data, error) ? desk_issued_fill (text, data, issued->language, issued->issued_on, error)
                                                                  : NULL;
}

/* An issued letter as it was. */
DeskLetter *
desk_issued_letter (DeskDb *db, gint64 issued_id, GError **error)
{
  g_autoptr (DeskIssued) issued = desk_issued_load (db, issued_id, error);

  return issued ? letter_of (db, issued, error) : NULL;
}

/* An issued letter laid out again, with a mark over every page where it is a copy (1 for the first; 0 is the original),
 * withdrawn, or replaced. */
DeskLetterLayout *
desk_issued_layout (DeskDb *db, gint64 issued_id, guint copy_no, DeskDay today, GError **error)
{
  g_autoptr (DeskIssued) issued = desk_issued_load (db, issued_id, error);
  g_autoptr (DeskIssued) later = issued && issued->replaced_by ? desk_issued_load (db, issued->replaced_by, error) : NULL;

  if (!issued || (issued->replaced_by && !later))
    return NULL;
  g_autoptr (DeskLetter) letter = letter_of (db, issued, error);
  g_autofree char *mark = desk_issued_mark (issued, later ? later->number : NULL, copy_no, today);
  const DeskLetterOptions options = { .copy_mark = mark };
  return letter ? desk_letter_layout_new (letter, &options) : NULL;
}

/* Whether this computer draws the letter, without any mark, to the very bytes that were issued. Where it does not, its
 * fonts are others than those it was issued with: the words are the same, but lines may end elsewhere. */
gboolean
desk_issued_same (DeskDb *db, gint64 issued_id, gboolean *same, GError **error)
{
  g_autoptr (DeskIssued) issued = desk_issued_load (db, issued_id, error);
  g_autoptr (DeskLetter) letter = issued ? letter_of (db, issued, error) : NULL;
  guint pages;
  g_autofree char *digest = letter ? desk_issued_digest (letter, &pages, error) : NULL;

  *same = digest && g_str_equal (digest, issued->pdf_digest);
  return digest != NULL;
}

/* ── a PDF of several ── */

static gboolean
fill_pack (int fd, gpointer bytes, GError **error)
{
  gsize left;
  const char *data = g_bytes_get_data (bytes, &left);

  while (left > 0)
    {
      ssize_t n = write (fd, data, left);

      if (n < 0 && errno != EINTR)
        return desk_publish_errno (error, "the PDF", errno);
      data += MAX (n, 0);
      left -= MAX (n, 0);
    }
  return TRUE;
}

static void
free_layout (gpointer layout)
{
  desk_letter_layout_free (layout);
}

/* How one letter is drawn. */
typedef struct
{
  guint copy_no;
  gboolean in_force;
} Drawn;

/* The letters laid out, each as the copy it is now. */
static GPtrArray *
lay_out_all (DeskDb *db, const gint64 *ids, guint n, DeskDay today, Drawn *drawn, GError **error)
{
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (free_layout);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DeskIssued) issued = desk_issued_load (db, ids[i], error);

      if (!issued || !desk_issued_copy_no (db, ids[i], &drawn[i].copy_no, error))
        return NULL;
      drawn[i].in_force = issued->void_at == 0 && issued->replaced_by == 0;
      DeskLetterLayout *layout = desk_issued_layout (db, ids[i], drawn[i].copy_no, today, error);
      if (!layout)
        return NULL;
      g_ptr_array_add (layouts, layout);
    }
  return g_steal_pointer (&layouts);
}

/* Writes down that the prints begin, as one; TRUE without any where the file cannot be written. */
static gboolean
begin_all (DeskDb *db, const gint64 *ids, const Drawn *drawn, guint n, GArray *prints, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, &inner);

  for (guint i = 0; txn && !inner && i < n; i++)
    {
      gint64 print_id = 0;

      if (desk_issued_print_fits (db, ids[i], drawn[i].copy_no, drawn[i].in_force, &inner)
          && desk_issued_print_begin (db, ids[i], "pdf", NULL, NULL, 1, &print_id, &inner))
        g_array_append_val (prints, print_id);
    }
  if (txn && !inner && desk_txn_commit (txn, &inner))
    return TRUE;
  g_array_set_size (prints, 0);
  /* A read-only file may let a transaction begin and refuse only the row. */
  if (g_error_matches (inner, DESK_ERROR, DESK_ERROR_READ_ONLY))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

static gboolean
end_all (DeskDb *db, const GArray *prints, const GError *failure, GError **error)
{
  if (prints->len == 0)
    return TRUE;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  for (guint i = 0; txn && i < prints->len; i++)
    if (!desk_issued_print_end (db, g_array_index (prints, gint64, i), failure ? "failed" : "done", failure ? failure->message : NULL, error))
      return FALSE;
  return txn && desk_txn_commit (txn, error);
}

/* Writes issued letters into one PDF, or to standard output for "-": the original of those that were on no paper yet,
 * else copies. Each print stands in the register before there is a file; one that comes to nothing is there as failed,
 * with the reason, and a file whose end could not be written down is taken away again. Without overwrite an existing file
 * is left alone (DESK_ERROR_EXISTS). Of a clinic file that can only be read, what was issued is written without a row. Not
 * within a transaction: it could still be rolled back when the paper is out. */
gboolean
desk_issued_write_pdf (DeskDb *db, const gint64 *ids, guint n, DeskDay today, const char *path, gboolean overwrite, GError **error)
{
  g_autoptr (GArray) prints = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree Drawn *drawn = g_new0 (Drawn, MAX (n, 1));
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (!desk_db_is_writing (db), FALSE);
  g_autoptr (GPtrArray) layouts = desk_publish_possible (path, overwrite, error) ? lay_out_all (db, ids, n, today, drawn, error) : NULL;
  g_autoptr (GBytes) bytes
      = layouts ? desk_letter_pack_bytes (layouts, desk_letter_layout_title (layouts->pdata[0]), NULL, error) : NULL;
  if (!bytes || !begin_all (db, ids, drawn, n, prints, error))
    return FALSE;
  gboolean written = desk_publish (path, overwrite, fill_pack, bytes, &failure);
  gboolean ended = end_all (db, prints, failure, written ? error : NULL);
  if (!written)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (!ended && strcmp (path, "-") != 0)
    unlink (path);
  return written && ended;
}

/* Issues letters that belong together and writes them into one PDF. Where the file cannot be written after all, they are
 * issued all the same, as issued_ids (room for n) and the register tell. */
gboolean
desk_letter_issue_pdf (DeskDb *db, const DeskLetterWanted *wanted, guint n, DeskDay today, const char *path, gboolean overwrite,
                       gint64 *issued_ids, GError **error)
{
  return desk_publish_possible (path, overwrite, error) && desk_letter_issue_pack (db, wanted, n, today, issued_ids, error)
         && desk_issued_write_pdf (db, issued_ids, n, today, path, overwrite, error);
}
