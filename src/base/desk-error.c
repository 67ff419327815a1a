#include "desk-error.h"

#include <errno.h>

G_DEFINE_QUARK (desk-error-quark, desk_error)

static const struct
{
  int number;
  DeskError code;
} codes[] = {
  { ENOENT, DESK_ERROR_NOT_FOUND }, { EEXIST, DESK_ERROR_EXISTS },    { ENOSPC, DESK_ERROR_FULL },
  { EDQUOT, DESK_ERROR_FULL },      { EROFS, DESK_ERROR_READ_ONLY },  { EACCES, DESK_ERROR_READ_ONLY },
  { EPERM, DESK_ERROR_READ_ONLY },
};

/* Sets the error for an errno value met at path. Returns FALSE, to be returned. */
gboolean
desk_error_set_errno (GError **error, const char *path, int number)
{
  DeskError code = DESK_ERROR_IO;

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].number == number)
      code = codes[i].code;
  g_set_error (error, DESK_ERROR, code, "%s: %s", path, g_strerror (number));
  return FALSE;
}
