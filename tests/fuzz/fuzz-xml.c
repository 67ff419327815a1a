/* Documents that claim to be ours. */
#include <sys/mman.h>
#include <unistd.h>

#include "desk-xml-check.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  int fd = memfd_create ("fuzz", MFD_CLOEXEC);

  g_assert_cmpint (write (fd, data, length), ==, length);
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  gboolean good = desk_xml_check_fd (fd, 0, NULL, NULL, &error);
  g_assert_true (good == (error == NULL));
  close (fd);
  return 0;
}
