/* What papers contain: papers. */
#include "desk-cli.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "desk-clinic-contents.h"

#define LINE 1024 /* bytes; longer than any passphrase */

/* The first line of the file, which may be a pipe or /dev/fd/N; the caller wipes and frees it. */
static char *
read_passphrase (const char *path, GError **error)
{
  FILE *file = fopen (path, "re");
  char line[LINE];

  if (!file)
    {
      desk_error_set_errno (error, path, errno);
      return NULL;
    }
  setvbuf (file, NULL, _IONBF, 0);
  gboolean got = fgets (line, sizeof line, file) != NULL;
  fclose (file);
  if (got)
    line[strcspn (line, "\r\n")] = '\0';
  char *passphrase = got ? g_strdup (line) : NULL;
  desk_vault_wipe (line);
  if (!passphrase)
    g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, _ ("%s: there is no passphrase in it"), path);
  return passphrase;
}

/* What the clinic's papers contain, opened with --passphrase-file where one is needed; free with g_object_unref (). */
DeskContents *
desk_cli_contents (DeskDb *db, const DeskCliArgs *args, GError **error)
{
  g_autofree char *passphrase = NULL;
  g_autoptr (GError) why = NULL;

  if (args->passphrase_file && !(passphrase = read_passphrase (args->passphrase_file, error)))
    return NULL;
  DeskContents *contents = desk_clinic_contents_open (db, args->clinic, passphrase, &why);
  desk_vault_wipe (passphrase);
  if (contents)
    return contents;
  if (!g_error_matches (why, DESK_ERROR, DESK_ERROR_REFUSED))
    g_propagate_error (error, g_steal_pointer (&why));
  else
    g_set_error (error, DESK_ERROR, DESK_ERROR_REFUSED,
                 args->passphrase_file ? _ ("%s: that is not the clinic’s passphrase")
                                       : _ ("%s: the papers are locked; give the passphrase with --passphrase-file"),
                 args->passphrase_file ? args->passphrase_file : args->clinic);
  return NULL;
}

/* --clinic FILE papers [--passphrase-file FILE] */
gboolean
desk_cli_papers (const DeskCliArgs *args, GError **error)
{
  g_autoptr (DeskDb) db = desk_cli_open (args, error);
  g_autoptr (DeskContents) contents = db ? desk_cli_contents (db, args, error) : NULL;
  guint n;

  if (!contents || !desk_clinic_contents_check (db, contents, &n, desk_cli_cancellable (), error))
    return FALSE;
  g_print (g_dngettext (NULL, "%s: %u content is whole\n", "%s: %u contents are whole\n", n), args->clinic, n);
  return TRUE;
}
