/* The bytes of a DICOM file as elements; what the readers of files and of directories share. */
#pragma once

#include "desk-dicom-read.h"

G_BEGIN_DECLS

#define DESK_DICOM_UNDEFINED 0xffffffffu
#define DESK_DICOM_ITEM 0xfffee000u
#define DESK_DICOM_ITEM_END 0xfffee00du
#define DESK_DICOM_SEQUENCE_END 0xfffee0ddu
#define DESK_DICOM_PEEK_MAX 16384 /* bytes that can be looked at at once */

typedef struct
{
  const DeskDicomSource *source;
  guint64 pos, end;
  gboolean implicit, big; /* how an element's head is written */
  guint budget;           /* elements that may still be read */
  guint64 window_at;
  gsize window_length;
  guint8 window[DESK_DICOM_PEEK_MAX];
} DeskDicomBytes;

typedef struct
{
  guint32 tag;
  char vr[2];
  guint32 length;
  guint64 offset, value; /* where the head and the value begin */
} DeskDicomElement;

void desk_dicom_bytes_init (DeskDicomBytes *bytes, const DeskDicomSource *source);
const guint8 *desk_dicom_bytes_peek (DeskDicomBytes *bytes, guint64 offset, gsize length);
guint16 desk_dicom_bytes_u16 (const DeskDicomBytes *bytes, const guint8 *p);
guint32 desk_dicom_bytes_u32 (const DeskDicomBytes *bytes, const guint8 *p);
const char *desk_dicom_bytes_next (DeskDicomBytes *bytes, DeskDicomElement *element);
const char *desk_dicom_bytes_skip (DeskDicomBytes *bytes, const DeskDicomElement *element);

G_END_DECLS
