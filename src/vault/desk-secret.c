#include "desk-secret.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "desk-vault-private.h"

#define MIN_DIGITS 6
#define MIN_LETTERS 8
#define MAX_LENGTH 256

/* What a hash from a damaged or foreign row may ask of this machine: more than ours, far less than all of it. */
#define MAX_KIB (512 * 1024)
#define MAX_PASSES 8

/* The same digits typed with a Japanese keyboard are the same PIN. NULL for what is no text. */
static char *
normal (const char *secret)
{
  return secret && g_utf8_validate (secret, -1, NULL) && strlen (secret) <= MAX_LENGTH
             ? g_utf8_normalize (secret, -1, G_NORMALIZE_NFKC)
             : NULL;
}

static void
forget (char *text)
{
  desk_vault_wipe (text);
  g_free (text);
}

/* 123456, 987654, 890123: each digit one on from the one before. */
static gboolean
is_run (const char *digits, int by)
{
  for (const char *p = digits; p[1]; p++)
    if ((p[0] - '0' + by + 10) % 10 != p[1] - '0')
      return FALSE;
  return TRUE;
}

/* 000000, 121212, 123123: one part over and over. */
static gboolean
is_repeated (const char *text)
{
  gsize length = strlen (text);

  for (gsize part = 1; part <= length / 2; part++)
    if (length % part == 0 && memcmp (text, text + part, length - part) == 0)
      return TRUE;
  return FALSE;
}

/* 19600214, 600214, 02141960, 140260: a day of somebody's life, as PINs mostly are. */
static gboolean
is_day (const char *digits)
{
  gsize length = strlen (digits);
  int n[8];

  if (length != 6 && length != 8)
    return FALSE;
  for (gsize i = 0; i < length; i += 2)
    n[i / 2] = (digits[i] - '0') * 10 + digits[i + 1] - '0';
  if (length == 6)
    return (n[1] >= 1 && n[1] <= 12 && n[2] >= 1 && n[2] <= 31)     /* YYMMDD */
           || (n[0] >= 1 && n[0] <= 31 && n[1] >= 1 && n[1] <= 12)  /* DDMMYY */
           || (n[0] >= 1 && n[0] <= 12 && n[1] >= 1 && n[1] <= 31)  /* MMDDYY */
           || ((n[0] == 19 || n[0] == 20) && n[2] >= 1 && n[2] <= 12); /* YYYYMM */
  return ((n[0] == 19 || n[0] == 20) && n[2] >= 1 && n[2] <= 12 && n[3] >= 1 && n[3] <= 31)
         || ((n[2] == 19 || n[2] == 20) && n[0] >= 1 && n[0] <= 31 && n[1] >= 1 && n[1] <= 31);
}

static gboolean
only_digits (const char *text)
{
  return *text && strspn (text, "0123456789") == strlen (text);
}

static const char *
problem_of (const char *text)
{
  if (!text)
    return "secret-unreadable";
  if (!*text)
    return "missing";
  if (!only_digits (text))
    return g_utf8_strlen (text, -1) < MIN_LETTERS ? "secret-short" : is_repeated (text) ? "secret-easy" : NULL;
  if (strlen (text) < MIN_DIGITS)
    return "secret-short";
  return is_run (text, 1) || is_run (text, -1) || is_repeated (text) || is_day (text) ? "secret-easy" : NULL;
}

/* Why the secret cannot be taken: "missing", "secret-unreadable", "secret-short", "secret-easy"; NULL when it can. */
const char *
desk_secret_problem (const char *secret)
{
  char *text = normal (secret);
  const char *problem = problem_of (text);

  forget (text);
  return problem;
}

/* The hash to keep, with its salt and cost in it; a weak secret is REFUSED with its problem. A tenth of a second and
 * 64 MB; any thread, but not the one that draws. */
char *
desk_secret_hash (const char *secret, GError **error)
{
  const char *problem = desk_secret_problem (secret);
  char hash[crypto_pwhash_STRBYTES];

  if (problem)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, problem);
      return NULL;
    }
  desk_vault_start ();
  char *text = normal (secret);
  int status = crypto_pwhash_str_alg (hash, text, strlen (text), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                      crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
  forget (text);
  if (status != 0)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_FAILED, "not enough memory for the PIN");
      return NULL;
    }
  return g_strdup (hash);
}

/* Of our kind, and at a cost that this machine bears. */
static gboolean
is_ours (const char *hash)
{
  unsigned version, kib, passes, lanes;

  return hash && strlen (hash) < crypto_pwhash_STRBYTES
         && sscanf (hash, "$argon2id$v=%u$m=%u,t=%u,p=%u$", &version, &kib, &passes, &lanes) == 4 && kib <= MAX_KIB
         && passes <= MAX_PASSES;
}

/* Somebody's hash, for who has none: that a person has no PIN shall not be told by the time it takes. */
static const char *
nobodys_hash (void)
{
  static char hash[crypto_pwhash_STRBYTES];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      char noise[32];

      randombytes_buf (noise, sizeof noise);
      if (crypto_pwhash_str_alg (hash, noise, sizeof noise, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                 crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13)
          != 0)
        hash[0] = '\0';
      g_once_init_leave (&once, 1);
    }
  return hash;
}

/* Whether it is the secret of that hash. hash may be NULL or damaged: then it is not, after the same work. */
gboolean
desk_secret_verify (const char *hash, const char *secret)
{
  char *text = normal (secret);
  gboolean ours;

  desk_vault_start ();
  ours = is_ours (hash);
  int status = crypto_pwhash_str_verify (ours ? hash : nobodys_hash (), text ? text : "", text ? strlen (text) : 0);
  gboolean readable = text && *text;
  forget (text);
  return status == 0 && ours && readable;
}
