#include "desk-letters.h"

#include "desk-letter-gather.h"
#include "desk-letter-reader.h"
#include "desk-letter-templates.h"
#include "desk-patients.h"

/* The letters there are, NULL-terminated. */
const char *const *
desk_letter_names (void)
{
  return desk_letter_builtin_names ();
}

static GHashTable *
read_languages (void)
{
  GHashTable *all = g_hash_table_new (g_str_hash, g_str_equal);

  for (const char *const *name = desk_letter_builtin_names (); *name; name++)
    {
      g_autoptr (DeskLetterTemplate) template_ = desk_letter_builtin (*name, NULL);
      GStrvBuilder *languages = g_strv_builder_new ();

      for (guint i = 0; template_ && i < template_->languages->len; i++)
        g_strv_builder_add (languages, template_->languages->pdata[i]);
      g_hash_table_insert (all, (gpointer) *name, g_strv_builder_end (languages));
      g_strv_builder_unref (languages);
    }
  return all;
}

/* The languages a letter of the program is written in, as its template says, NULL-terminated and static; English for one
 * that it does not have. What the clinic made of it: desk_letter_template_languages (). */
const char *const *
desk_letter_languages (const char *name)
{
  static const char *const english[] = { "en", NULL };
  static gsize all;

  if (g_once_init_enter (&all))
    g_once_init_leave (&all, (gsize) read_languages ());
  const char *const *languages = g_hash_table_lookup ((GHashTable *) all, name);
  return languages ? languages : english;
}

/* Taiwan, Hong Kong and Macau read the long characters. */
static const char *
written_as (const char *language, const char *nationality)
{
  static const char *const longer[] = { "TWN", "HKG", "MAC", NULL };

  return g_str_equal (language, "zh") && nationality && g_strv_contains (longer, nationality) ? "zh-TW" : language;
}

/* The language to offer a letter in for a patient; the caller frees it. own says whether it is one the patient speaks, or
 * nobody expects that, as of an official paper in English and Japanese: else it is English, and somebody should be told. */
char *
desk_letter_language_for (DeskDb *db, const char *name, gint64 patient_id, gboolean *own, GError **error)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (db, patient_id, error);
  g_auto (GStrv) languages = patient ? desk_letter_template_languages (db, name, error) : NULL;

  if (!languages)
    return NULL;
  g_auto (GStrv) spoken = g_strsplit (patient->languages ? patient->languages : "", ",", -1);
  gboolean official = TRUE;
  for (char **language = languages; *language; language++)
    official = official && (g_str_equal (*language, "en") || g_str_equal (*language, "ja"));
  *own = TRUE;
  for (char **language = spoken; *language; language++)
    {
      const char *written = written_as (g_strstrip (*language), patient->nationality);

      if (g_strv_contains ((const char *const *) languages, written))
        return g_strdup (written);
      if (g_strv_contains ((const char *const *) languages, *language))
        return g_strdup (*language);
      if (official)
        break;
    }
  *own = official;
  return g_strdup (g_strv_contains ((const char *const *) languages, "en") ? "en" : languages[0]);
}

/* The letter as it reads today; it may lack values (desk_letter_missing ()) and is then only for the preview. */
DeskLetter *
desk_letter_compose (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (DeskLetterSource) source = desk_letter_template_load (db, wanted->name, error);
  g_autoptr (DeskFields) fields = source ? desk_letter_gather (db, source->template_, wanted, today, error) : NULL;

  return fields ? desk_letter_fill (source->template_, fields, wanted->language, today, error) : NULL;
}
