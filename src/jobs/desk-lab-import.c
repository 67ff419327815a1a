#include "desk-lab-import.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desk-error.h"
#include "desk-fold.h"
#include "desk-lines.h"
#include "desk-reader.h"

#define MAX_ANSWER (32 << 20)
#define MAX_VALUES 20000
#define PATIENCE 30 /* seconds */

static void
name_free (gpointer data)
{
  DeskLabName *name = data;

  g_free (name->code);
  g_free (name->family);
  g_free (name->given);
  g_free (name);
}

static void
message_free (gpointer data)
{
  DeskLabMessage *message = data;

  g_free (message->patient);
  g_ptr_array_unref (message->names);
  g_free (message->birth);
  g_free (message->sex);
  g_free (message->sender);
  g_ptr_array_unref (message->reports);
  g_free (message);
}

static void
problem_free (gpointer data)
{
  DeskLabProblem *problem = data;

  g_free (problem->code);
  g_free (problem->detail);
  g_free (problem);
}

void
desk_lab_import_free (DeskLabImport *import)
{
  if (!import)
    return;
  g_free (import->name);
  g_ptr_array_unref (import->messages);
  g_ptr_array_unref (import->problems);
  g_free (import);
}

static void
add_problem (DeskLabImport *import, guint line, const char *segment, const char *code, const char *detail)
{
  DeskLabProblem *problem = g_new0 (DeskLabProblem, 1);

  *problem = (DeskLabProblem) { .line = line, .code = g_strdup (code), .detail = g_strdup (detail) };
  g_strlcpy (problem->segment, segment, sizeof problem->segment);
  g_ptr_array_add (import->problems, problem);
}

/* Where the lines have come to. */
typedef struct
{
  DeskLabImport *import;
  const char *source; /* of the file */
  char *id, *sender;  /* of the message */
  DeskLabMessage *message;
  DeskLabReport *report;
  DeskLabValue *value;
  guint n_values;
  guint line; /* of the value */
} Builder;

static void
take (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static DeskLabMessage *
message_of (Builder *b)
{
  if (b->message)
    return b->message;
  b->message = g_new0 (DeskLabMessage, 1);
  b->message->patient = g_strdup ("");
  b->message->birth = g_strdup ("");
  b->message->sex = g_strdup ("");
  b->message->sender = g_strdup (b->sender ? b->sender : "");
  b->message->names = g_ptr_array_new_with_free_func (name_free);
  b->message->reports = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lab_report_free);
  g_ptr_array_add (b->import->messages, b->message);
  return b->message;
}

static DeskLabReport *
report_of (Builder *b)
{
  if (b->report)
    return b->report;
  b->report = desk_lab_report_new ();
  b->report->came_by = g_strdup (b->import->hl7 ? "hl7" : "csv");
  b->report->number = g_strdup ("");
  b->report->collected_on = g_strdup ("");
  b->report->laboratory = g_strdup (b->sender ? b->sender : "");
  b->report->source_id = b->id && *b->id ? g_strdup_printf ("hl7:%s:%s", b->sender ? b->sender : "", b->id) : g_strdup (b->source);
  g_ptr_array_add (message_of (b)->reports, b->report);
  return b->report;
}

static void
on_message (Builder *b, const char *value)
{
  take (&b->id, value);
  b->message = NULL;
  b->report = NULL;
  b->value = NULL;
}

static void
on_sender (Builder *b, const char *value)
{
  take (&b->sender, value);
}

static void
on_patient (Builder *b, const char *value)
{
  b->message = NULL;
  b->report = NULL;
  b->value = NULL;
  take (&message_of (b)->patient, value);
}

static void
on_name_code (Builder *b, const char *value)
{
  DeskLabName *name = g_new0 (DeskLabName, 1);

  *name = (DeskLabName) { g_strdup (value), g_strdup (""), g_strdup ("") };
  g_ptr_array_add (message_of (b)->names, name);
}

static DeskLabName *
last_name (Builder *b)
{
  if (message_of (b)->names->len == 0)
    on_name_code (b, "");
  return b->message->names->pdata[b->message->names->len - 1];
}

static void
on_family (Builder *b, const char *value)
{
  take (&last_name (b)->family, value);
}

static void
on_given (Builder *b, const char *value)
{
  take (&last_name (b)->given, value);
}

static void
on_birth (Builder *b, const char *value)
{
  take (&message_of (b)->birth, value);
}

static void
on_sex (Builder *b, const char *value)
{
  take (&message_of (b)->sex, value);
}

static void
on_report (Builder *b, const char *value)
{
  b->report = NULL;
  b->value = NULL;
  take (&report_of (b)->number, value);
}

static void
on_laboratory (Builder *b, const char *value)
{
  if (*value)
    take (&report_of (b)->laboratory, value);
}

static void
on_collected (Builder *b, const char *value)
{
  DeskDay day;

  if (desk_day_parse (value, &day))
    take (&report_of (b)->collected_on, value);
}

static void
on_value (Builder *b, const char *value)
{
  b->value = b->n_values++ < MAX_VALUES ? desk_lab_report_add (report_of (b)) : NULL;
  b->line = (guint) MIN (strtoul (value, NULL, 10), G_MAXUINT);
  if (b->n_values == MAX_VALUES + 1)
    add_problem (b->import, b->line, "", "too-many-values", "");
}

static void
on_problem (Builder *b, const char *value)
{
  char *end;
  gulong line = strtoul (value, &end, 10);
  char segment[4] = "";

  if (*end == ':')
    for (end++; *end && *end != ' '; end++)
      if (strlen (segment) < 3 && g_ascii_isalnum (*end))
        segment[strlen (segment)] = *end;
  g_auto (GStrv) words = g_strsplit (g_strchug (end), " ", 2);
  if (words[0])
    add_problem (b->import, (guint) MIN (line, G_MAXUINT), segment, words[0], words[1] ? words[1] : "");
}

/* The day of one value, where its report has none. */
static void
on_day (Builder *b, const char *value)
{
  if (!*report_of (b)->collected_on)
    on_collected (b, value);
}

static void
on_loinc (Builder *b, const char *value)
{
  if (!b->value)
    return;
  if (*value && !desk_loinc_valid (value))
    add_problem (b->import, b->line, b->import->hl7 ? "OBX" : "", "bad-loinc", value);
  take (&b->value->loinc, value);
}

static const struct
{
  const char *key;
  void (*take) (Builder *b, const char *value);
  gsize text; /* of the value, instead */
} keys[] = {
  { "message", on_message }, { "sender", on_sender }, { "patient", on_patient }, { "name-code", on_name_code }, { "family", on_family },
  { "given", on_given }, { "birth", on_birth }, { "sex", on_sex }, { "report", on_report }, { "laboratory", on_laboratory },
  { "collected", on_collected }, { "on", on_day }, { "value", on_value }, { "problem", on_problem }, { "loinc", on_loinc },
  { "code", NULL, G_STRUCT_OFFSET (DeskLabValue, local_code) }, { "name", NULL, G_STRUCT_OFFSET (DeskLabValue, name) },
  { "result", NULL, G_STRUCT_OFFSET (DeskLabValue, value) }, { "unit", NULL, G_STRUCT_OFFSET (DeskLabValue, unit) },
  { "range", NULL, G_STRUCT_OFFSET (DeskLabValue, range_text) }, { "flag", NULL, G_STRUCT_OFFSET (DeskLabValue, flag) },
  { "status", NULL, G_STRUCT_OFFSET (DeskLabValue, status) }, { "note", NULL, G_STRUCT_OFFSET (DeskLabValue, note) },
};

static void
take_line (Builder *b, const char *key, const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (keys[i].key, key) == 0)
      {
        if (keys[i].take)
          keys[i].take (b, value);
        else if (b->value)
          take (G_STRUCT_MEMBER_P (b->value, keys[i].text), value);
        return;
      }
}

static gboolean
status_known (const char *status)
{
  return !*status || (strchr ("PFCXD", *status) && status[1] == '\0');
}

/* What is empty is left out; every value is completed as it will be saved. */
static void
settle (DeskLabImport *import)
{
  for (guint i = 0; i < import->messages->len; i++)
    {
      DeskLabMessage *message = import->messages->pdata[i];

      for (guint j = message->reports->len; j > 0; j--)
        {
          DeskLabReport *report = message->reports->pdata[j - 1];

          for (guint k = 0; k < report->values->len; k++)
            {
              DeskLabValue *value = report->values->pdata[k];

              if (value->status && !status_known (value->status))
                take (&value->status, "P");
              desk_lab_value_settle (value);
            }
          if (report->values->len == 0)
            g_ptr_array_remove_index (message->reports, j - 1);
          else if (!*report->collected_on)
            add_problem (import, 0, "", "no-date", report->number);
        }
    }
  for (guint i = import->messages->len; i > 0; i--)
    if (((DeskLabMessage *) import->messages->pdata[i - 1])->reports->len == 0)
      g_ptr_array_remove_index (import->messages, i - 1);
}

/* Builds an import from the helper's lines, which nobody trusts: CORRUPT when they are none. source names the file where a
 * message has no number of its own. */
DeskLabImport *
desk_lab_import_parse (const char *text, gsize length, const char *source, gboolean hl7, GError **error)
{
  g_autoptr (DeskLabImport) import = g_new0 (DeskLabImport, 1);
  g_auto (DeskLines) lines;
  Builder b = { .import = import, .source = source };

  import->hl7 = hl7;
  import->messages = g_ptr_array_new_with_free_func (message_free);
  import->problems = g_ptr_array_new_with_free_func (problem_free);
  desk_lines_init (&lines, text, length);
  while (desk_lines_next (&lines))
    take_line (&b, lines.key, lines.value);
  g_free (b.id);
  g_free (b.sender);
  if (lines.broken)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CORRUPT, "the file cannot be read");
      return NULL;
    }
  settle (import);
  return g_steal_pointer (&import);
}

/* A message says so in its first segment; the rest is a table. */
static gboolean
looks_like_hl7 (const char *data, gsize length)
{
  gsize i = 0;

  while (i < length && i < 16 && !g_ascii_isalpha (data[i]))
    i++;
  return length - i >= 3 && (memcmp (data + i, "MSH", 3) == 0 || memcmp (data + i, "FHS", 3) == 0 || memcmp (data + i, "BHS", 3) == 0);
}

static GBytes *
load (const char *path, GError **error)
{
  int fd = desk_reader_open (path, error); /* refuses what is no file, or too large */
  char *data;
  gsize length;

  if (fd < 0)
    return NULL;
  close (fd);
  return g_file_get_contents (path, &data, &length, error) ? g_bytes_new_take (data, length) : NULL;
}

static DeskLabImport *
read_file (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = load (path, error);
  gsize length;

  if (!bytes)
    return NULL;
  const char *data = g_bytes_get_data (bytes, &length);
  gboolean hl7 = looks_like_hl7 (data ? data : "", length);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *source = g_strconcat ("file:", digest, NULL);
  DeskReaderCall call = { .mode = hl7 ? "hl7" : "lab-csv", .seconds = PATIENCE, .max_answer = MAX_ANSWER };
  int input = desk_reader_memory (bytes, error);
  g_autoptr (GBytes) answer = input < 0 ? NULL : desk_reader_call (&call, input, cancellable, error);

  if (!answer)
    return NULL;
  const char *text = g_bytes_get_data (answer, &length);
  DeskLabImport *import = desk_lab_import_parse (text ? text : "", length, source, hl7, error);
  if (import)
    import->name = g_path_get_basename (path);
  return import;
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  DeskLabImport *import = read_file (data, cancellable, &error);

  if (import)
    g_task_return_pointer (task, import, (GDestroyNotify) desk_lab_import_free);
  else
    g_task_return_error (task, error);
}

/* Reads a file of messages or a table, in a thread. REFUSED "no-sandbox" where none can be made. */
void
desk_lab_import_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, work);
}

/* What was read; free with desk_lab_import_free (). */
DeskLabImport *
desk_lab_import_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
all_in (char **words, char **among)
{
  guint n = 0;

  for (guint i = 0; words[i]; i++)
    if (*words[i] && !g_strv_contains ((const char *const *) among, words[i]))
      return FALSE;
    else if (*words[i])
      n++;
  return n > 0;
}

static char *
without_spaces (const char *folded)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  return g_strjoinv ("", words);
}

/* The same words in any order, where a middle name may be missing on one side; or the same without spaces, as names in
 * Han are written. */
static gboolean
same_name (const char *told_family, const char *told_given, const char *family, const char *given)
{
  g_autofree char *told = g_strjoin (" ", told_family, told_given, NULL), *own = g_strjoin (" ", family, given, NULL);
  g_autofree char *a = desk_fold (told), *b = desk_fold (own);
  g_autofree char *a_whole = without_spaces (a), *b_whole = without_spaces (b);
  g_auto (GStrv) a_words = g_strsplit (a, " ", -1), b_words = g_strsplit (b, " ", -1);

  return (*a_whole && strcmp (a_whole, b_whole) == 0) || all_in (a_words, b_words) || (g_strv_length (b_words) > 1 && all_in (b_words, a_words));
}

static gboolean
name_known (const DeskLabName *name, const DeskPatient *patient)
{
  return same_name (name->family, name->given, patient->family, patient->given)
         || same_name (name->family, name->given, patient->family_native, patient->given_native)
         || same_name (name->family, name->given, patient->kana, "");
}

/* The name as the message has it, in its first group; free it. */
char *
desk_lab_message_name (const DeskLabMessage *message)
{
  const DeskLabName *name = message->names->len > 0 ? message->names->pdata[0] : NULL;

  return name ? g_strstrip (g_strjoin (" ", name->family, name->given, NULL)) : g_strdup ("");
}

/* Whether a message speaks of this patient. What differs is told (name, birth, sex; code differs, detail what the message
 * says); a name is the same when one of its groups is one of the chart's. */
DeskLabIdentity
desk_lab_message_compare (const DeskLabMessage *message, const DeskPatient *patient, DeskProblems *problems)
{
  gboolean known = FALSE, told = message->names->len > 0 || *message->birth;
  g_autofree char *name = desk_lab_message_name (message);

  for (guint i = 0; i < message->names->len; i++)
    known = known || name_known (message->names->pdata[i], patient);
  if (message->names->len > 0 && !known)
    desk_problems_add (problems, "name", "differs", name);
  if (*message->birth && *patient->birth && strcmp (message->birth, patient->birth) != 0)
    desk_problems_add (problems, "birth", "differs", message->birth);
  if (*message->sex && strchr ("FM", g_ascii_toupper (*message->sex)) && strchr ("FM", *patient->sex)
      && g_ascii_toupper (*message->sex) != *patient->sex)
    desk_problems_add (problems, "sex", "differs", message->sex);
  if (problems->len > 0)
    return DESK_LAB_DIFFERS;
  return told ? DESK_LAB_SAME_PERSON : DESK_LAB_NOT_TOLD;
}
