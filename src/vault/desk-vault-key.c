#include "desk-vault-key.h"

#include <sodium.h>
#include <string.h>

#include "desk-vault-private.h"

#define KEY crypto_kdf_KEYBYTES
#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SALT crypto_pwhash_SALTBYTES
#define CONTEXT "contents" /* of crypto_kdf: eight letters */
#define MAX_MEMORY ((gint64) 1 << 30)
#define MAX_OPS 16

G_STATIC_ASSERT (KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (KEY == crypto_secretstream_xchacha20poly1305_KEYBYTES);

/* In pages of their own, which libsodium locks and wipes. */
typedef struct
{
  guint8 main[KEY];
  guint8 stream[KEY]; /* encrypts contents */
  guint8 names[KEY];  /* hides what a file is called */
} Secret;

struct _DeskVaultKey
{
  gatomicrefcount references;
  Secret *secret;
};

/* To be called before anything else of libsodium; any thread. */
void
desk_vault_start (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      if (sodium_init () < 0)
        g_error ("libsodium does not start");
      g_once_init_leave (&once, 1);
    }
}

static void *
secret_memory (gsize length)
{
  void *memory = sodium_malloc (length);

  if (!memory)
    g_error ("no memory for a key");
  return memory;
}

static DeskVaultKey *
key_alloc (void)
{
  DeskVaultKey *key;

  desk_vault_start ();
  key = g_new0 (DeskVaultKey, 1);
  g_atomic_ref_count_init (&key->references);
  key->secret = secret_memory (sizeof (Secret));
  return key;
}

/* The main key is there: its parts follow, and nobody writes it again. */
static void
key_seal (DeskVaultKey *key)
{
  Secret *secret = key->secret;

  crypto_kdf_derive_from_key (secret->stream, KEY, 1, CONTEXT, secret->main);
  crypto_kdf_derive_from_key (secret->names, KEY, 2, CONTEXT, secret->main);
  sodium_mprotect_readonly (secret);
}

/* A new random key. */
DeskVaultKey *
desk_vault_key_new (void)
{
  DeskVaultKey *key = key_alloc ();

  crypto_kdf_keygen (key->secret->main);
  key_seal (key);
  return key;
}

DeskVaultKey *
desk_vault_key_ref (DeskVaultKey *key)
{
  g_atomic_ref_count_inc (&key->references);
  return key;
}

/* NULL is fine. */
void
desk_vault_key_unref (DeskVaultKey *key)
{
  if (!key || !g_atomic_ref_count_dec (&key->references))
    return;
  sodium_free (key->secret);
  g_free (key);
}

/* Overwrites a passphrase; NULL is fine. */
void
desk_vault_wipe (char *passphrase)
{
  if (passphrase)
    sodium_memzero (passphrase, strlen (passphrase));
}

const guint8 *
desk_vault_key_stream (DeskVaultKey *key)
{
  return key->secret->stream;
}

/* What the file of a content is called: without the key nobody can tell whether a known file is among the contents.
 * The caller frees it. */
char *
desk_vault_key_name (DeskVaultKey *key, const char *digest)
{
  guint8 hash[32];
  char hex[2 * sizeof hash + 1];

  crypto_generichash (hash, sizeof hash, (const guint8 *) digest, strlen (digest), key->secret->names, KEY);
  return g_strdup (sodium_bin2hex (hex, sizeof hex, hash, sizeof hash));
}

static gboolean
fail (GError **error, DeskError code, const char *message)
{
  g_set_error_literal (error, DESK_ERROR, code, message);
  return FALSE;
}

/* The same words typed on another keyboard are the same passphrase. */
static gboolean
derive (const DeskVaultLock *lock, const char *passphrase, const guint8 *salt, guint8 *out, GError **error)
{
  char *normal = passphrase && g_utf8_validate (passphrase, -1, NULL)
                     ? g_utf8_normalize (passphrase, -1, G_NORMALIZE_NFKC)
                     : NULL;

  if (!normal || !*normal)
    {
      g_free (normal);
      return fail (error, DESK_ERROR_REFUSED, "wrong-passphrase");
    }
  int status
      = crypto_pwhash (out, KEY, normal, strlen (normal), salt, lock->ops, lock->memory, crypto_pwhash_ALG_ARGON2ID13);
  desk_vault_wipe (normal);
  g_free (normal);
  return status == 0 || fail (error, DESK_ERROR_FAILED, "not enough memory for the passphrase");
}

/* What the seal also covers: nobody makes the passphrase cheaper to guess by editing the row. */
static char *
sealed_words (const DeskVaultLock *lock)
{
  return g_strdup_printf ("uketsuke vault 1\n%s\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%s\n", lock->kdf,
                          lock->ops, lock->memory, lock->salt);
}

/* Wraps the key with a passphrase; the lock's version stays. About a second and 256 MB; any thread. */
gboolean
desk_vault_key_wrap (DeskVaultKey *key, const char *passphrase, DeskVaultLock *lock, GError **error)
{
  guint8 salt[SALT], box[NONCE + KEY + TAG];
  guint8 *derived = secret_memory (KEY);
  g_auto (DeskVaultLock) made = { .kdf = g_strdup ("argon2id"), .ops = crypto_pwhash_OPSLIMIT_MODERATE,
                                  .memory = crypto_pwhash_MEMLIMIT_MODERATE, .version = lock->version };

  randombytes_buf (salt, SALT);
  made.salt = g_base64_encode (salt, SALT);
  if (!derive (&made, passphrase, salt, derived, error))
    {
      sodium_free (derived);
      return FALSE;
    }
  g_autofree char *words = sealed_words (&made);
  randombytes_buf (box, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (box + NONCE, NULL, key->secret->main, KEY, (const guint8 *) words,
                                              strlen (words), NULL, box, derived);
  sodium_free (derived);
  made.wrapped = g_base64_encode (box, sizeof box);
  desk_vault_lock_clear (lock);
  *lock = made;
  made = (DeskVaultLock){ 0 };
  return TRUE;
}

/* Lays the key open: whoever has the file has it. Only for the sample clinic. */
void
desk_vault_key_lay_open (DeskVaultKey *key, DeskVaultLock *lock)
{
  gint64 version = lock->version;

  desk_vault_lock_clear (lock);
  *lock = (DeskVaultLock){ .kdf = g_strdup ("open"),
                           .salt = g_strdup (""),
                           .wrapped = g_base64_encode (key->secret->main, KEY),
                           .version = version };
}

static guint8 *
decode (const char *text, gsize length)
{
  gsize got = 0;
  guint8 *bytes = text ? g_base64_decode (text, &got) : NULL;

  if (bytes && got == length)
    return bytes;
  g_free (bytes);
  return NULL;
}

static DeskVaultKey *
take_open (const DeskVaultLock *lock, GError **error)
{
  g_autofree guint8 *bytes = decode (lock->wrapped, KEY);

  if (!bytes)
    {
      fail (error, DESK_ERROR_CORRUPT, "the key to the contents is damaged");
      return NULL;
    }
  DeskVaultKey *key = key_alloc ();
  memcpy (key->secret->main, bytes, KEY);
  key_seal (key);
  return key;
}

static gboolean
unseal (const DeskVaultLock *lock, const guint8 *derived, const guint8 *box, guint8 *out)
{
  g_autofree char *words = sealed_words (lock);

  return crypto_aead_xchacha20poly1305_ietf_decrypt (out, NULL, NULL, box + NONCE, KEY + TAG, (const guint8 *) words,
                                                     strlen (words), box, derived)
         == 0;
}

/* Opens the lock; passphrase may be NULL where none is needed. Errors: REFUSED "wrong-passphrase", CORRUPT for a lock
 * that no passphrase opens (its bounds are checked before memory is taken). About a second; any thread. */
DeskVaultKey *
desk_vault_key_unwrap (const DeskVaultLock *lock, const char *passphrase, GError **error)
{
  g_autofree guint8 *salt = NULL;
  g_autofree guint8 *box = NULL;

  desk_vault_start ();
  if (desk_vault_lock_is_open (lock))
    return take_open (lock, error);
  salt = decode (lock->salt, SALT);
  box = decode (lock->wrapped, NONCE + KEY + TAG);
  if (g_strcmp0 (lock->kdf, "argon2id") != 0 || !salt || !box || lock->ops < 1 || lock->ops > MAX_OPS
      || lock->memory < (gint64) crypto_pwhash_MEMLIMIT_MIN || lock->memory > MAX_MEMORY)
    {
      fail (error, DESK_ERROR_CORRUPT, "the key to the contents is damaged");
      return NULL;
    }
  guint8 *derived = secret_memory (KEY);
  g_autoptr (DeskVaultKey) key = key_alloc ();
  gboolean ok = derive (lock, passphrase, salt, derived, error);
  if (ok && !unseal (lock, derived, box, key->secret->main))
    ok = fail (error, DESK_ERROR_REFUSED, "wrong-passphrase");
  sodium_free (derived);
  if (!ok)
    return NULL;
  key_seal (key);
  return g_steal_pointer (&key);
}
