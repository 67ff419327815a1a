/* Consents from the text to the register: given out on paper, or signed on the screen. */
#pragma once

#include "desk-consents.h"
#include "desk-contents.h"
#include "desk-letter.h"

G_BEGIN_DECLS

/* What is given out or signed. Texts are lent; signers and items only of what is signed. */
typedef struct
{
  const char *name;     /* of the letter */
  const char *language;
  gint64 patient_id;
  const char *until_on; /* ISO; of a consent to storing, else NULL */
  DeskDay today;
  gint64 by;
  gint64 open_id;       /* the consent given out before, whose paper this one takes the place of; or 0 */
  const GPtrArray *signers, *items;

  gint64 consent_id, issued_id; /* out */
  gint64 document_id;           /* out: the signed paper among the patient's; 0 where the contents are closed */
} DeskConsentPaper;

gboolean desk_consent_give_out (DeskDb *db, DeskConsentPaper *paper, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_consent_sign_on_screen (DeskDb *db, DeskContents *contents, DeskConsentPaper *paper, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_consent_keep_signed (DeskDb *db, DeskContents *contents, gint64 consent_id, DeskDay today, gint64 by, gint64 *document_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *desk_consent_texts (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *desk_consent_boxes (DeskDb *db, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *desk_consent_language_for (DeskDb *db, const char *name, const char *languages, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskLetter *desk_consent_preview (DeskDb *db, const DeskConsentPaper *paper, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_consent_item_needed (const char *code);
char *desk_consent_box_words (const DeskLetter *letter, const char *code);

G_END_DECLS
