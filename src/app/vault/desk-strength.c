#include "desk-strength.h"

#include <glib/gi18n.h>
#include <pwquality.h>

#define GOOD 60 /* of the library's hundred */

/* By length and by libpwquality, which knows repetitions, sequences and a dictionary where one is installed. */
DeskStrength
desk_strength (const char *passphrase)
{
  pwquality_settings_t *settings;
  void *detail = NULL;

  if (g_utf8_strlen (passphrase, -1) < DESK_PASSPHRASE_MIN)
    return DESK_STRENGTH_SHORT;
  settings = pwquality_default_settings ();
  /* Four words in small letters are good: no class of characters is asked for. */
  pwquality_set_int_value (settings, PWQ_SETTING_MIN_LENGTH, 6);
  pwquality_set_int_value (settings, PWQ_SETTING_DICT_CHECK,
                           g_file_test ("/var/cache/cracklib/cracklib_dict.pwd", G_FILE_TEST_EXISTS));
  int score = pwquality_check (settings, passphrase, NULL, NULL, &detail);
  pwquality_free_settings (settings);
  if (score < 0)
    return DESK_STRENGTH_EASY;
  return score < GOOD ? DESK_STRENGTH_FAIR : DESK_STRENGTH_GOOD;
}

/* In the user's language; static. */
const char *
desk_strength_words (DeskStrength strength)
{
  switch (strength)
    {
    case DESK_STRENGTH_SHORT:
      return _("Too short: at least 10 characters; four words are easy to remember.");
    case DESK_STRENGTH_EASY:
      return _("Too easy to guess.");
    case DESK_STRENGTH_FAIR:
      return _("Acceptable. Another word makes it stronger.");
    case DESK_STRENGTH_GOOD:
      return _("Strong.");
    }
  return "";
}
