#include "desk-letter-paper.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "desk-error.h"
#include "desk-letter-dates.h"
#include "desk-letter-issue.h"
#include "desk-letter-page.h"
#include "desk-patients.h"
#include "desk-publish.h"
#include "desk-toast.h"
#include "desk-words.h"

/* One letter of a pack, or the only one. */
typedef struct
{
  /* Of the register; 0 while it has no number. */
  gint64 id;
  guint copy_no;       /* more than the paper's: it went out more often than the others */
  gboolean in_force;   /* neither withdrawn nor replaced when it was read */
  /* Of one that has no number yet. */
  DeskLetterWanted wanted;
  char *name, *language, *subject;
  DeskLetter *letter;

  GHashTable *layouts; /* copy number → DeskLetterLayout; of the main thread */
  guint n_pages;       /* 0 until it was laid out */
} Part;

typedef struct
{
  DeskSession *session;
  DeskDay today;
  GPtrArray *parts; /* of Part */
} Letters;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->name);
  g_free (part->language);
  g_free (part->subject);
  g_clear_pointer (&part->letter, desk_letter_free);
  g_hash_table_unref (part->layouts);
  g_free (part);
}

static void
free_layout (gpointer layout)
{
  desk_letter_layout_free (layout);
}

static Part *
part_new (gint64 id)
{
  Part *part = g_new0 (Part, 1);

  part->id = id;
  part->layouts = g_hash_table_new_full (NULL, NULL, NULL, free_layout);
  return part;
}

static Letters *
letters_new (DeskSession *session, DeskDay today)
{
  Letters *letters = g_new0 (Letters, 1);

  letters->session = g_object_ref (session);
  letters->today = today;
  letters->parts = g_ptr_array_new_with_free_func (part_free);
  return letters;
}

static void
letters_free (gpointer data)
{
  Letters *letters = data;

  g_object_unref (letters->session);
  g_ptr_array_unref (letters->parts);
  g_free (letters);
}

/* ── drawing ── */

/* As it is drawn for that copy; NULL when it cannot be read any more. Lent. */
static DeskLetterLayout *
layout_of (Letters *letters, Part *part, guint copy)
{
  guint no = copy + part->copy_no;
  DeskLetterLayout *layout = g_hash_table_lookup (part->layouts, GUINT_TO_POINTER (no));
  g_autoptr (GError) error = NULL;

  if (layout)
    return layout;
  if (part->id)
    layout = desk_issued_layout (desk_session_reader (letters->session), part->id, no, letters->today, &error);
  else
    {
      g_autofree char *mark = no ? desk_letter_copy_mark (part->language, letters->today, no) : NULL;
      const DeskLetterOptions options = { .copy_mark = mark };

      layout = desk_letter_layout_new (part->letter, &options);
    }
  if (!layout)
    {
      g_warning ("a letter cannot be drawn: %s", error->message);
      return NULL;
    }
  g_hash_table_insert (part->layouts, GUINT_TO_POINTER (no), layout);
  return layout;
}

static guint
pages_of (Letters *letters, Part *part)
{
  if (part->n_pages == 0)
    {
      DeskLetterLayout *layout = layout_of (letters, part, 0);

      part->n_pages = layout ? desk_letter_layout_n_pages (layout) : 0;
    }
  return part->n_pages;
}

static guint
n_pages (gpointer data)
{
  Letters *letters = data;
  guint n = 0;

  for (guint i = 0; i < letters->parts->len; i++)
    n += pages_of (letters, letters->parts->pdata[i]);
  return n;
}

/* The part that a page of the whole belongs to; *page becomes its own. */
static Part *
part_at (Letters *letters, guint *page)
{
  for (guint i = 0; i < letters->parts->len; i++)
    {
      Part *part = letters->parts->pdata[i];
      guint n = pages_of (letters, part);

      if (*page < n)
        return part;
      *page -= n;
    }
  return NULL;
}

static void
draw (gpointer data, cairo_t *cr, guint page, guint copy)
{
  Part *part = part_at (data, &page);
  DeskLetterLayout *layout = part ? layout_of (data, part, copy) : NULL;

  if (layout && page < desk_letter_layout_n_pages (layout))
    desk_letter_layout_draw (layout, cr, page);
}

static char *
part_words (gpointer data, guint page)
{
  Letters *letters = data;
  Part *part = letters->parts->len > 1 ? part_at (letters, &page) : NULL;
  DeskLetterLayout *layout = part ? layout_of (letters, part, 0) : NULL;

  return layout ? g_strdup (desk_letter_layout_title (layout)) : NULL;
}

static gboolean
write_bytes (GBytes *bytes, int fd, GError **error)
{
  gsize left;
  const char *data = g_bytes_get_data (bytes, &left);

  while (left > 0)
    {
      gssize n = write (fd, data, left);

      if (n < 0 && errno != EINTR)
        return desk_publish_errno (error, "the PDF", errno);
      data += MAX (n, 0);
      left -= (gsize) MAX (n, 0);
    }
  return TRUE;
}

/* One letter: the very bytes that the register knows. A pack: all as one, with an outline. */
static gboolean
write_pdf (gpointer data, int fd, GError **error)
{
  Letters *letters = data;
  g_autoptr (GPtrArray) layouts = g_ptr_array_new ();

  for (guint i = 0; i < letters->parts->len; i++)
    {
      DeskLetterLayout *layout = layout_of (letters, letters->parts->pdata[i], 0);

      if (!layout)
        {
          g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CORRUPT, "a letter that cannot be read any more");
          return FALSE;
        }
      g_ptr_array_add (layouts, layout);
    }
  if (layouts->len == 1)
    return desk_letter_write_pdf (layouts->pdata[0], fd, error);
  g_autoptr (GBytes) bytes = desk_letter_pack_bytes (layouts, desk_letter_layout_title (layouts->pdata[0]), NULL, error);
  return bytes && write_bytes (bytes, fd, error);
}

/* ── the register ── */

/* Which of its own pages go out, "2-3", "" for all; NULL for none. The caller frees it. */
static char *
own_pages (const Part *part, const GArray *wanted, guint before)
{
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < wanted->len; i++)
    {
      guint page = g_array_index (wanted, guint, i);

      if (page >= before && page < before + part->n_pages)
        {
          page -= before;
          g_array_append_val (own, page);
        }
    }
  return own->len ? desk_print_range_format (own, part->n_pages) : NULL;
}

/* In the worker: the pages were counted before, where the paper was shown; what was drawn must still be right. */
static gboolean
begin (DeskDb *db, gpointer data, const DeskPrintOut *out, GArray *tokens, GError **error)
{
  Letters *letters = data;
  guint all = 0, before = 0, number;
  const char *problem;

  for (guint i = 0; i < letters->parts->len; i++)
    all += ((Part *) letters->parts->pdata[i])->n_pages;
  g_autoptr (GArray) wanted = desk_print_range_read (out->pages, all, &problem, &number);
  if (!wanted || wanted->len == 0)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "the paper has no pages %s", out->pages);
      return FALSE;
    }
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  for (guint i = 0; txn && i < letters->parts->len; i++)
    {
      const Part *part = letters->parts->pdata[i];
      g_autofree char *own = own_pages (part, wanted, before);
      gint64 token = 0;

      before += part->n_pages;
      if (!own)
        continue;
      if (!desk_issued_print_fits (db, part->id, out->copy_no + part->copy_no, part->in_force, error)
          || !desk_issued_print_begin (db, part->id, out->how, out->target, own, (guint) out->copies, &token, error))
        return FALSE;
      g_array_append_val (tokens, token);
    }
  return txn && desk_txn_commit (txn, error);
}

static gboolean
end (DeskDb *db, const GArray *tokens, const char *state, const char *reason, GError **error)
{
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  for (guint i = 0; txn && i < tokens->len; i++)
    if (!desk_issued_print_end (db, g_array_index (tokens, gint64, i), state, reason, error))
      return FALSE;
  return txn && desk_txn_commit (txn, error);
}

static const DeskPrintPages issued_pages = { .n_pages = n_pages, .draw = draw, .write = write_pdf, .part = part_words, .begin = begin, .end = end,
                                             .free = letters_free };

/* Which copy the letter is next. */
static gboolean
read_copy_no (DeskDb *db, gint64 id, guint *copy_no, GError **error)
{
  g_autoptr (GPtrArray) prints = desk_issued_prints (db, id, error);
  g_autoptr (GArray) past = g_array_new (FALSE, FALSE, sizeof (DeskPrintPast));

  for (guint i = 0; prints && i < prints->len; i++)
    {
      const DeskIssuedPrint *print = prints->pdata[i];
      DeskPrintPast one = { print->how, print->state, print->reason, print->copies };

      g_array_append_val (past, one);
    }
  *copy_no = desk_print_copy_no ((const DeskPrintPast *) (gpointer) past->data, past->len);
  return prints != NULL;
}

static char *
file_name (const char *number, const char *letter)
{
  g_autofree char *name = g_strdup_printf ("%s-%s.pdf", number, letter);

  return g_strdelimit (g_steal_pointer (&name), "/:\\", '-');
}

/* What is to be known before it is printed once more; NULL for nothing. */
static char *
note_of (DeskDb *db, const DeskIssued *issued)
{
  gboolean same = TRUE;

  if (issued->void_at)
    return g_strdup (_("This paper is void. It is printed with that mark."));
  if (issued->replaced_by)
    return g_strdup (_("This paper was replaced by a newer one. It is printed with that mark."));
  if (*issued->differs)
    return g_strdup (_("This paper no longer says what the record says. Correct it if it is to go out again."));
  if (!desk_issued_same (db, issued->id, &same, NULL) || same)
    return NULL;
  return g_strdup (_("The fonts of this computer are others than when it was issued: the words are the same, but lines may end elsewhere."));
}

/* In any thread: what is in the register as one paper; pages are laid out where it is shown. */
static DeskPrintPaper *
paper_of (DeskDb *db, DeskSession *session, const gint64 *ids, guint n, DeskDay today, GError **error)
{
  Letters *letters = letters_new (session, today);
  DeskPrintPaper *paper = NULL;
  guint least = G_MAXUINT;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DeskIssued) issued = desk_issued_load (db, ids[i], error);
      Part *part = part_new (ids[i]);

      g_ptr_array_add (letters->parts, part);
      if (!issued || !read_copy_no (db, ids[i], &part->copy_no, error))
        {
          if (paper)
            desk_print_paper_unref (paper);
          else
            letters_free (letters);
          return NULL;
        }
      part->in_force = issued->void_at == 0 && issued->replaced_by == 0;
      least = MIN (least, part->copy_no);
      if (paper)
        continue;
      g_autofree char *file = file_name (issued->number, issued->name);
      g_autofree char *title = g_strdup_printf ("%s %s", desk_words ("letter", issued->name), issued->number);
      paper = desk_print_paper_new (title, issued->name, file, &issued_pages, letters);
      paper->note = note_of (db, issued);
    }
  for (guint i = 0; i < n; i++)
    ((Part *) letters->parts->pdata[i])->copy_no -= least;
  paper->copy_no = least;
  paper->marked = TRUE;
  return paper;
}

/* ── without a number yet ── */

/* In the worker. */
static DeskPrintPaper *
issue (DeskDb *db, gpointer data, GError **error)
{
  Letters *letters = data;
  guint n = letters->parts->len;
  g_autofree DeskLetterWanted *wanted = g_new (DeskLetterWanted, n);
  g_autofree gint64 *ids = g_new0 (gint64, n);

  for (guint i = 0; i < n; i++)
    wanted[i] = ((Part *) letters->parts->pdata[i])->wanted;
  return desk_letter_issue_pack (db, wanted, n, letters->today, ids, error) ? paper_of (db, letters->session, ids, n, letters->today, error) : NULL;
}

static const DeskPrintPages wanted_pages = { .n_pages = n_pages, .draw = draw, .part = part_words, .issue = issue, .free = letters_free };

static DeskPrintPaper *
paper_wanted (DeskPage *page, const DeskLetterWanted *wanted, guint n, GError **error)
{
  DeskDay today = desk_page_get_today (page);
  Letters *letters = letters_new (desk_page_get_session (page), today);

  for (guint i = 0; i < n; i++)
    {
      Part *part = part_new (0);

      g_ptr_array_add (letters->parts, part);
      part->wanted = wanted[i];
      part->wanted.name = part->name = g_strdup (wanted[i].name);
      part->wanted.language = part->language = g_strdup (wanted[i].language);
      part->wanted.subject = part->subject = g_strdup (wanted[i].subject);
      part->letter = desk_letter_compose (desk_page_get_reader (page), &part->wanted, today, error);
      if (!part->letter || !desk_letter_complete (part->letter, error))
        {
          letters_free (letters);
          return NULL;
        }
    }
  g_autoptr (DeskPatient) patient = wanted[0].patient_id ? desk_patient_load (desk_page_get_reader (page), wanted[0].patient_id, NULL) : NULL;
  g_autofree char *file = file_name (patient ? patient->chart : "", wanted[0].name);
  DeskPrintPaper *paper = desk_print_paper_new (desk_words ("letter", wanted[0].name), wanted[0].name, file, &wanted_pages, letters);
  paper->marked = TRUE;
  paper->note = g_strdup (_("It gets its number, and stands in the register, when it is printed or saved."));
  return paper;
}

static DeskPrintDialog *
show (GtkWidget *widget, DeskPage *page, DeskPrintPaper *paper, const GError *error)
{
  if (paper)
    return desk_print_dialog_show (widget, desk_page_get_session (page), paper);
  desk_toast_error (widget, error);
  return NULL;
}

/* Opens the print dialog for letters of the register; what cannot be read is told, and NULL. */
DeskPrintDialog *
desk_letter_paper_print (GtkWidget *widget, DeskPage *page, const gint64 *issued_ids, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPrintPaper) paper = paper_of (desk_page_get_reader (page), desk_page_get_session (page), issued_ids, n, desk_page_get_today (page), &error);

  return show (widget, page, paper, error);
}

/* Opens the print dialog for letters that get their numbers when they go out: several are a pack, all or none. One that
 * cannot be composed, or lacks values, is told, and NULL. */
DeskPrintDialog *
desk_letter_paper_issue (GtkWidget *widget, DeskPage *page, const DeskLetterWanted *wanted, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPrintPaper) paper = paper_wanted (page, wanted, n, &error);

  return show (widget, page, paper, error);
}
