#include "desk-letter-templates.h"

#include "desk-error.h"
#include "desk-letter-edit.h"
#include "desk-letter-reader.h"

/* Lends the names of the letters inside the program, NULL-terminated. */
const char *const *
desk_letter_template_builtins (void)
{
  return desk_letter_builtin_names ();
}

/* Whether the program has a letter of that name. */
gboolean
desk_letter_template_builtin (const char *name)
{
  return desk_letter_builtin_text (name) != NULL;
}

/* The names of all letters, of char *: the built-in ones in their order, then the clinic's that are not put away. */
GPtrArray *
desk_letter_template_names (DeskDb *db, GError **error)
{
  g_autoptr (GPtrArray) versions = desk_letter_text_list (db, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *const *builtin = desk_letter_builtin_names ();

  if (!versions)
    return NULL;
  for (guint i = 0; builtin[i]; i++)
    g_ptr_array_add (names, g_strdup (builtin[i]));
  for (guint i = 0; i < versions->len; i++)
    {
      const DeskLetterVersion *version = g_ptr_array_index (versions, i);

      if (version->digest && !desk_letter_template_builtin (version->name))
        g_ptr_array_add (names, g_strdup (version->name));
    }
  return g_steal_pointer (&names);
}

/* The number of the built-in letter, which the caller frees; NULL where there is none. */
char *
desk_letter_template_builtin_version (const char *name)
{
  const char *xml = desk_letter_builtin_text (name);

  return xml ? desk_letter_edit_get (xml, "version") : NULL;
}

/* The text of a version as it is, or of the built-in letter where the version has none; NOT_FOUND where there is no such
 * letter either. The caller frees it. */
char *
desk_letter_template_text (DeskDb *db, const DeskLetterVersion *version, GError **error)
{
  const char *builtin = desk_letter_builtin_text (version->name);

  if (version->digest)
    return desk_letter_text_by_digest (db, version->digest, error);
  if (!builtin)
    g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "there is no letter «%s»", version->name);
  return g_strdup (builtin);
}

static DeskLetterSource *
read_source (DeskDb *db, const DeskLetterVersion *newest, GError **error)
{
  g_autoptr (DeskLetterSource) source = g_new0 (DeskLetterSource, 1);

  source->own = newest->digest != NULL;
  source->seq = newest->seq;
  source->xml = desk_letter_template_text (db, newest, error);
  if (source->xml)
    source->template_ = desk_letter_read (source->xml, -1, error);
  return source->template_ ? g_steal_pointer (&source) : NULL;
}

/* A letter with its text: the clinic's newest version, else the built-in one. NOT_FOUND for no such letter, or one that
 * was put away; INVALID where the clinic's text names what this program does not know. */
DeskLetterSource *
desk_letter_template_load (DeskDb *db, const char *name, GError **error)
{
  g_autoptr (DeskLetterVersion) newest = desk_letter_text_newest (db, name, error);

  return newest ? read_source (db, newest, error) : NULL;
}

/* The languages a letter is written in; the caller frees them. */
char **
desk_letter_template_languages (DeskDb *db, const char *name, GError **error)
{
  g_autoptr (DeskLetterSource) source = desk_letter_template_load (db, name, error);
  g_autoptr (GStrvBuilder) languages = g_strv_builder_new ();

  if (!source)
    return NULL;
  for (guint i = 0; i < source->template_->languages->len; i++)
    g_strv_builder_add (languages, g_ptr_array_index (source->template_->languages, i));
  return g_strv_builder_end (languages);
}

/* Saves a text as the clinic's newest version of the letter, once it is one: INVALID with "line N: what" and the field
 * that nobody fills; INVALID too where it calls itself by another name. The number is the text's own. seq as in
 * DeskLetterSource. The errors of desk_letter_text_save () besides. */
gboolean
desk_letter_template_save (DeskDb *db, const char *name, const char *xml, gint64 *seq, const char *comment, GError **error)
{
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_read (xml, -1, error);
  g_autofree char *builtin = desk_letter_template_builtin_version (name);

  if (!template_)
    return FALSE;
  if (!g_str_equal (template_->name, name))
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "the letter calls itself «%s», not «%s»", template_->name, name);
      return FALSE;
    }
  DeskLetterSave save = {
    .name = name, .xml = xml, .version = template_->version, .comment = comment, .above = builtin, .seq = *seq,
  };
  if (!desk_letter_text_save (db, &save, error))
    return FALSE;
  *seq = save.seq;
  return TRUE;
}

void
desk_letter_source_free (DeskLetterSource *source)
{
  g_clear_pointer (&source->template_, desk_letter_template_free);
  g_free (source->xml);
  g_free (source);
}
