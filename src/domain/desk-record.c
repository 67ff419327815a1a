#include "desk-record.h"

#include "desk-text.h"

/* The place of the text in the struct. */
char **
desk_record_member (gconstpointer record, const DeskRecordField *field)
{
  return (char **) ((char *) record + field->offset);
}

/* Lends the text; "" for one that is not set. */
const char *
desk_record_get (gconstpointer record, const DeskRecordField *field)
{
  const char *value = *desk_record_member (record, field);

  return value ? value : "";
}

/* Copies value; NULL sets "". */
void
desk_record_set (gpointer record, const DeskRecordField *field, const char *value)
{
  char **place = desk_record_member (record, field);
  char *old = *place;

  *place = g_strdup (value ? value : "");
  g_free (old);
}

/* Lends the field of that name, or NULL. */
const DeskRecordField *
desk_record_find (const DeskRecordField *fields, guint n_fields, const char *name)
{
  for (guint i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].name, name))
      return &fields[i];
  return NULL;
}

/* What can be put right without asking: NFC and spaces. Afterwards no text is NULL. */
void
desk_record_tidy (gpointer record, const DeskRecordField *fields, guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *tidy = desk_text_tidy (*desk_record_member (record, &fields[i]), fields[i].lines);

      desk_record_set (record, &fields[i], tidy);
    }
}

/* Adds "control-character" and "too-long". */
void
desk_record_check (gconstpointer record, const DeskRecordField *fields, guint n_fields, DeskProblems *problems)
{
  for (guint i = 0; i < n_fields; i++)
    desk_text_check (desk_record_get (record, &fields[i]), fields[i].name, fields[i].max, fields[i].lines, problems);
}

/* "field: before → after", one line for each text that differs; "" when none does. The caller frees it. */
char *
desk_record_differences (gconstpointer before, gconstpointer after, const DeskRecordField *fields, guint n_fields)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_fields; i++)
    {
      const char *old = desk_record_get (before, &fields[i]), *new = desk_record_get (after, &fields[i]);

      if (!g_str_equal (old, new))
        g_string_append_printf (text, "%s%s: %s → %s", text->len ? "\n" : "", fields[i].name, old, new);
    }
  return g_string_free (text, FALSE);
}
