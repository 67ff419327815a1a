/* DICOM files and directories as they may lie on any disc. */
#include "desk-dicom-dir.h"
#include "desk-dicom-read.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

static void
look (const DeskDicom *dicom)
{
  for (guint i = 0; i < DESK_DICOM_N_FIELDS; i++)
    g_assert_true (!dicom->values[i] || g_utf8_validate (dicom->values[i], -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  DeskDicomSource source = { .fd = -1, .data = data, .length = length };
  g_autoptr (DeskDicom) dicom = desk_dicom_read (&source);
  g_autoptr (DeskDicomDir) dir = desk_dicom_dir_read (&source);

  if (dicom)
    look (dicom);
  for (guint i = 0; i < dir->entries->len; i++)
    {
      const DeskDicomEntry *entry = g_ptr_array_index (dir->entries, i);

      look (&entry->dicom);
      g_assert_true (*entry->key && *entry->key != '/' && !g_str_has_prefix (entry->key, "../"));
    }
  return 0;
}
