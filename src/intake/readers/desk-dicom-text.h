/* Texts of DICOM as UTF-8 (PS3.3 C.12.1.1.2, PS3.5 6.1 and annexes H–K). Own decoder: the converters of the system
 * know neither the half-width kana of IR 13 beside kanji nor where a name may be split. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DeskDicomText DeskDicomText;

typedef enum
{
  DESK_DICOM_TEXT_PLAIN,
  DESK_DICOM_TEXT_NAME, /* ^ = and \ part it */
} DeskDicomTextKind;

DeskDicomText *desk_dicom_text_new (void);
void desk_dicom_text_free (DeskDicomText *self);
gboolean desk_dicom_text_declare (DeskDicomText *self, const guint8 *value, gsize length);
char *desk_dicom_text_decode (DeskDicomText *self, const guint8 *value, gsize length, DeskDicomTextKind kind, gboolean *wrong);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskDicomText, desk_dicom_text_free)

G_END_DECLS
