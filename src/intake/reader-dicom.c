/* Mode "dicom-scan": what is DICOM in the folder of the call. */
#include <fcntl.h>

#include "desk-dicom-scan.h"
#include "desk-reader-wire.h"
#include "reader.h"

static void
write_out (const char *text, gsize length, gpointer user_data)
{
  reader_write (text, length);
}

void
reader_dicom_scan (char **args)
{
  int folder = open (DESK_READER_FOLDER, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (folder < 0)
    reader_die ("unreadable");
  desk_dicom_scan (folder, write_out, NULL);
}
