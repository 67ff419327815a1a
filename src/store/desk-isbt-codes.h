/* ISBT 128 for a clinic that has its own facility code from ICCBBA: what it entered, and the donation numbers and product
 * codes that collections and units get from then on. Without a facility code nothing of it is written. */
#pragma once

#include "desk-code-isbt.h"
#include "desk-db.h"

G_BEGIN_DECLS

/* The kinds of units that can have a product code, in the order they are listed. */
#define DESK_N_ISBT_KINDS 6
extern const char *const desk_isbt_kinds[DESK_N_ISBT_KINDS];

/* Texts are never NULL: empty where the clinic entered nothing. */
typedef struct
{
  char *facility;
  struct
  {
    char *code;  /* eight characters, not divided: it ends with 00 */
    char *words; /* what stands on the label for the eye */
  } products[DESK_N_ISBT_KINDS];
} DeskIsbtCodes;

DeskIsbtCodes *desk_isbt_codes_load (DeskDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_isbt_codes_free (DeskIsbtCodes *codes);
gboolean desk_isbt_facility_save (DeskDb *db, const char *facility, gint64 by, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_isbt_product_save (DeskDb *db, const char *kind, const char *code, const char *words, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_isbt_give_collection (DeskDb *db, gint64 collection_id, int year, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_isbt_give_unit (DeskDb *db, gint64 unit_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskIsbtCodes, desk_isbt_codes_free)

G_END_DECLS
