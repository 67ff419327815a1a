#include "desk-settings.h"

#define GROUP "desk"

static char *
settings_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "uketsuke", "desk.ini", NULL);
}

static GKeyFile *
load (void)
{
  g_autofree char *path = settings_path ();
  GKeyFile *file = g_key_file_new ();

  /* No file yet, or a broken one: everything at its default. */
  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  return file;
}

static void
save (GKeyFile *file)
{
  g_autofree char *path = settings_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (file, path, &error))
    g_info ("settings not kept: %s", error->message);
}

/* The value, or NULL; the caller frees it. */
char *
desk_settings_get (const char *key)
{
  g_autoptr (GKeyFile) file = load ();

  return g_key_file_get_string (file, GROUP, key, NULL);
}

/* Keeps a setting of this desk; one that cannot be written is logged and lost. */
void
desk_settings_set (const char *key, const char *value)
{
  g_autoptr (GKeyFile) file = load ();
  g_autofree char *old = g_key_file_get_string (file, GROUP, key, NULL);

  /* Saving waits for the disk. */
  if (g_strcmp0 (old, value) == 0)
    return;
  g_key_file_set_string (file, GROUP, key, value);
  save (file);
}

/* fallback for a key that is not there or is no number. */
int
desk_settings_get_int (const char *key, int fallback)
{
  g_autoptr (GKeyFile) file = load ();
  g_autoptr (GError) error = NULL;
  int value = g_key_file_get_integer (file, GROUP, key, &error);

  return error ? fallback : value;
}

/* As desk_settings_set (). */
void
desk_settings_set_int (const char *key, int value)
{
  g_autofree char *text = g_strdup_printf ("%d", value);

  desk_settings_set (key, text);
}
