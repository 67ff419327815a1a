#include "desk-clinic-contents.h"

#include "desk-clinics.h"
#include "desk-store.h"
#include "desk-vaults.h"

/* What is asked of the worker. The passphrases are wiped with it. */
typedef struct
{
  char *old, *passphrase;
  DeskVaultKey *key; /* the answer */
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  desk_vault_wipe (ask->old);
  desk_vault_wipe (ask->passphrase);
  desk_vault_key_unref (ask->key);
  g_free (ask->old);
  g_free (ask->passphrase);
  g_free (ask);
}

static Ask *
ask_new (const char *old, const char *passphrase)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->old = g_strdup (old);
  ask->passphrase = g_strdup (passphrase);
  return ask;
}

/* Makes the key of a clinic that has none: wrapped by the passphrase, or open (NULL). */
gboolean
desk_clinic_contents_make (DeskDb *db, const char *passphrase, GError **error)
{
  g_autoptr (DeskVaultKey) key = desk_vault_key_new ();
  g_auto (DeskVaultLock) lock = { 0 };

  if (!passphrase)
    desk_vault_key_lay_open (key, &lock);
  else if (!desk_vault_key_wrap (key, passphrase, &lock, error))
    return FALSE;
  return desk_vault_save (db, &lock, error);
}

static gboolean
make_open (DeskDb *db, gpointer data, GError **error)
{
  return desk_clinic_contents_make (db, NULL, error);
}

/* The key of a clinic that needs no passphrase; NULL for every other. */
static DeskVaultKey *
key_without_passphrase (DeskDb *db, GError **error)
{
  g_auto (DeskVaultLock) lock = { 0 };

  if (!desk_vault_load (db, &lock, error) || !desk_vault_lock_is_open (&lock))
    return NULL;
  return desk_vault_key_unwrap (&lock, NULL, error);
}

static gboolean
is_sample (DeskDb *db)
{
  g_autoptr (DeskClinic) clinic = desk_clinic_load (db, NULL);

  return clinic && clinic->is_sample;
}

/* Lent; closed as long as the passphrase was not given. Main thread. A sample clinic of an older version gets its open
 * key here. */
DeskContents *
desk_clinic_contents (DeskSession *session)
{
  DeskContents *contents = g_object_get_data (G_OBJECT (session), "contents");
  DeskDb *db = desk_session_reader (session);
  g_autoptr (GError) error = NULL;

  if (contents)
    return contents;
  if (desk_clinic_contents_protection (session) == DESK_PROTECTION_NONE && !desk_session_get_read_only (session)
      && is_sample (db) && !desk_session_run (session, make_open, NULL, &error))
    {
      g_warning ("the sample clinic gets no key: %s", error->message);
      g_clear_error (&error);
    }
  g_autoptr (DeskVaultKey) key = key_without_passphrase (db, &error);
  g_autofree char *folder = desk_store_files_folder (desk_session_get_path (session));

  if (error && !g_error_matches (error, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    g_warning ("the key to the contents cannot be read: %s", error->message);
  contents = desk_contents_open (folder, key);
  if (!desk_session_get_read_only (session))
    desk_contents_remove_leftovers (contents, g_get_real_time () / G_USEC_PER_SEC - 60 * 60);
  g_object_set_data_full (G_OBJECT (session), "contents", contents, g_object_unref);
  return contents;
}

/* How the contents are protected now. Main thread. */
DeskProtection
desk_clinic_contents_protection (DeskSession *session)
{
  g_auto (DeskVaultLock) lock = { 0 };
  g_autoptr (GError) error = NULL;

  if (desk_vault_load (desk_session_reader (session), &lock, &error))
    return desk_vault_lock_is_open (&lock) ? DESK_PROTECTION_OPEN : DESK_PROTECTION_PASSPHRASE;
  /* A key that cannot be read is no reason to make another. */
  return g_error_matches (error, DESK_ERROR, DESK_ERROR_NOT_FOUND) ? DESK_PROTECTION_NONE : DESK_PROTECTION_PASSPHRASE;
}

static gboolean
unlock (DeskDb *db, gpointer data, GError **error)
{
  Ask *ask = data;
  g_auto (DeskVaultLock) lock = { 0 };

  ask->key = desk_vault_load (db, &lock, error) ? desk_vault_key_unwrap (&lock, ask->passphrase, error) : NULL;
  return ask->key != NULL;
}

/* The lock that the old passphrase opens is made anew; a clinic without one gets its first. */
static gboolean
set_passphrase (DeskDb *db, gpointer data, GError **error)
{
  Ask *ask = data;
  g_auto (DeskVaultLock) lock = { 0 };
  g_autoptr (GError) none = NULL;
  gboolean loaded = desk_vault_load (db, &lock, &none);

  if (!loaded && !g_error_matches (none, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&none));
      return FALSE;
    }
  ask->key = loaded ? desk_vault_key_unwrap (&lock, ask->old, error) : desk_vault_key_new ();
  return ask->key && desk_vault_key_wrap (ask->key, ask->passphrase, &lock, error)
         && desk_vault_save (db, &lock, error);
}

/* Opens the contents with the passphrase: about a second in the worker. Wrong is REFUSED "wrong-passphrase". */
void
desk_clinic_contents_unlock_async (DeskSession *session, const char *passphrase, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  desk_session_run_async (session, unlock, ask_new (NULL, passphrase), ask_free, NULL, callback, user_data);
}

/* Sets the clinic's first passphrase (old NULL), or another in its place; contents are not touched. */
void
desk_clinic_contents_passphrase_async (DeskSession *session, const char *old, const char *passphrase,
                                       GAsyncReadyCallback callback, gpointer user_data)
{
  desk_session_run_async (session, set_passphrase, ask_new (old, passphrase), ask_free, NULL, callback, user_data);
}

/* Of both; from then on the contents of the session are open. */
gboolean
desk_clinic_contents_finish (DeskSession *session, GAsyncResult *result, GError **error)
{
  Ask *ask = desk_session_run_finish (session, result, error);

  if (!ask)
    return FALSE;
  desk_contents_unlock (desk_clinic_contents (session), ask->key);
  return TRUE;
}

typedef struct
{
  DeskContents *contents;
  DeskProgressFunc progress;
  gpointer progress_data;
} Protecting;

static void
protecting_free (gpointer data)
{
  Protecting *protecting = data;

  g_object_unref (protecting->contents);
  g_free (protecting);
}

static void
protect (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Protecting *protecting = data;
  GError *error = NULL;

  if (desk_contents_protect (protecting->contents, protecting->progress, protecting->progress_data, cancellable,
                             &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* desk_contents_protect () in a thread of its own, which also calls progress. */
void
desk_clinic_contents_protect_async (DeskContents *contents, DeskProgressFunc progress, gpointer progress_data,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Protecting *protecting = g_new (Protecting, 1);

  *protecting = (Protecting){ g_object_ref (contents), progress, progress_data };
  g_task_set_task_data (task, protecting, protecting_free);
  g_task_run_in_thread (task, protect);
}

gboolean
desk_clinic_contents_protect_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The contents of the clinic file at path, open: for the command line. Errors: REFUSED "wrong-passphrase" (also where
 * one is needed and none was given), CORRUPT. In a clinic without a key the contents are closed. */
DeskContents *
desk_clinic_contents_open (DeskDb *db, const char *path, const char *passphrase, GError **error)
{
  g_auto (DeskVaultLock) lock = { 0 };
  g_autoptr (GError) none = NULL;
  g_autoptr (DeskVaultKey) key = NULL;
  g_autofree char *folder = desk_store_files_folder (path);

  if (desk_vault_load (db, &lock, &none))
    {
      key = desk_vault_key_unwrap (&lock, passphrase, error);
      if (!key)
        return NULL;
    }
  else if (!g_error_matches (none, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&none));
      return NULL;
    }
  return desk_contents_open (folder, key);
}

/* Reads every content that a record names; n is how many there are. The first that is missing or damaged is the
 * error, with its digest. */
gboolean
desk_clinic_contents_check (DeskDb *db, DeskContents *contents, guint *n, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) digests = desk_vault_digests (db, error);

  if (!digests)
    return FALSE;
  *n = digests->len;
  for (guint i = 0; i < digests->len; i++)
    {
      g_autoptr (GBytes) bytes = desk_contents_get (contents, g_ptr_array_index (digests, i), cancellable, error);

      if (!bytes)
        {
          g_prefix_error (error, "%s: ", (const char *) g_ptr_array_index (digests, i));
          return FALSE;
        }
    }
  return TRUE;
}
