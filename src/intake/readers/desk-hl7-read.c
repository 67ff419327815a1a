#include "desk-hl7-read.h"

#include <string.h>

#include "desk-hl7-segment.h"
#include "desk-lines.h"
#include "desk-text-decode.h"

typedef struct
{
  GString *out;
  guint n_problems;
  DeskHl7Signs signs;
  gboolean in_message, in_report, in_value;
  char *note;     /* of the report, for the value that comes next */
  char *notes;    /* of the value */
  char *specimen; /* day of SPM, for the OBR that follows */
  char segment[4]; /* the name of the one that is read; "" for none */
} Reader;

static void
problem (Reader *r, guint line, const char *code, const char *detail)
{
  g_autofree char *text
      = g_strdup_printf ("%u%s%s %s %s", line, *r->segment ? ":" : "", r->segment, code, detail ? detail : "");

  if (r->n_problems++ < DESK_HL7_MAX_PROBLEMS)
    desk_lines_add (r->out, "problem", g_strchomp (text));
}

/* A value's notes may come in many segments: they are written when the next value begins. */
static void
end_value (Reader *r)
{
  if (r->in_value && r->notes)
    desk_lines_add (r->out, "note", r->notes);
  g_clear_pointer (&r->notes, g_free);
  r->in_value = FALSE;
}

static void
end_report (Reader *r)
{
  end_value (r);
  g_clear_pointer (&r->note, g_free);
  r->in_report = FALSE;
}

/* Writes the n-th component of a field, resolved, unless it is empty. */
static gboolean
add_component (Reader *r, const char *key, const char *field, guint n)
{
  g_autofree char *raw = desk_hl7_component (field, &r->signs, n);
  g_autofree char *text = desk_hl7_text (raw, &r->signs, NULL);

  if (*text)
    desk_lines_add (r->out, key, text);
  return *text != '\0';
}

static void
read_msh (Reader *r, char **fields, guint line)
{
  g_autofree char *sender = g_strdup_printf ("%s %s", desk_hl7_field (fields, 3), desk_hl7_field (fields, 4));
  g_autofree char *sender_text = desk_hl7_text (sender, &r->signs, NULL);
  g_autofree char *type = g_strdup (desk_hl7_field (fields, 9));
  g_autofree char *sent = desk_hl7_day (desk_hl7_field (fields, 7));
  g_autofree char *id = desk_hl7_text (desk_hl7_field (fields, 10), &r->signs, NULL);

  end_report (r);
  g_clear_pointer (&r->specimen, g_free);
  desk_lines_add (r->out, "message", id);
  desk_lines_add (r->out, "type", type);
  desk_lines_add (r->out, "sender", sender_text);
  desk_lines_add (r->out, "sent", sent);
  r->in_message = TRUE;
  type[strcspn (type, "^")] = '\0';
  if (strcmp (type, "ORU") != 0 && strcmp (type, "OUL") != 0)
    problem (r, line, "not-results", type);
}

static void
read_names (Reader *r, const char *field)
{
  g_auto (GStrv) names = desk_hl7_repetitions (field, &r->signs);

  for (guint i = 0; names[i]; i++)
    {
      g_autofree char *code = desk_hl7_component (names[i], &r->signs, 8);
      g_autofree char *family = desk_hl7_component (names[i], &r->signs, 1), *given = desk_hl7_component (names[i], &r->signs, 2);
      g_autofree char *middle = desk_hl7_component (names[i], &r->signs, 3);
      g_autofree char *both = g_strdup_printf ("%s %s", given, middle);
      /* The family name may have parts of its own; the first is the whole. */
      family[strcspn (family, (char[]) { r->signs.part, '\0' })] = '\0';
      g_autofree char *family_text = desk_hl7_text (family, &r->signs, NULL), *given_text = desk_hl7_text (both, &r->signs, NULL);

      if (!*family_text && !*given_text)
        continue;
      desk_lines_add (r->out, "name-code", code);
      desk_lines_add (r->out, "family", family_text);
      desk_lines_add (r->out, "given", given_text);
    }
}

static void
read_pid (Reader *r, char **fields, guint line)
{
  g_autofree char *id = desk_hl7_component (desk_hl7_field (fields, 3), &r->signs, 1);
  g_autofree char *id_text = desk_hl7_text (id, &r->signs, NULL), *birth = desk_hl7_day (desk_hl7_field (fields, 7));
  g_autofree char *sex = desk_hl7_text (desk_hl7_field (fields, 8), &r->signs, NULL);

  end_report (r);
  desk_lines_add (r->out, "patient", id_text);
  read_names (r, desk_hl7_field (fields, 5));
  desk_lines_add (r->out, "birth", birth);
  desk_lines_add (r->out, "sex", sex);
  if (!*desk_hl7_field (fields, 5) && !*birth)
    problem (r, line, "no-identity", NULL);
}

static void
read_obr (Reader *r, char **fields, guint line)
{
  static const guint days[] = { 7, 14, 22 }; /* observed, specimen received, reported */
  static const char *const keys[] = { "collected", "received", "reported" };
  g_autofree char *number = desk_hl7_component (desk_hl7_field (fields, *desk_hl7_field (fields, 3) ? 3 : 2), &r->signs, 1);
  g_autofree char *number_text = desk_hl7_text (number, &r->signs, NULL);

  end_report (r);
  desk_lines_add (r->out, "report", number_text);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *day = desk_hl7_day (desk_hl7_field (fields, days[i]));

      if (*day || (i == 0 && r->specimen))
        desk_lines_add (r->out, keys[i], *day ? day : r->specimen);
    }
  if (!add_component (r, "service", desk_hl7_field (fields, 4), 2))
    add_component (r, "service", desk_hl7_field (fields, 4), 1);
  r->in_report = TRUE;
}

/* SPM of OUL^R22 comes before its OBR; where it comes after (ORU), the report's own day stands. */
static void
read_spm (Reader *r, char **fields, guint line)
{
  g_free (r->specimen);
  g_autofree char *first = desk_hl7_component (desk_hl7_field (fields, 17), &r->signs, 1);
  first[strcspn (first, (char[]) { r->signs.part, '\0' })] = '\0';
  r->specimen = desk_hl7_day (first);
}

static gboolean
is_loinc (const char *system)
{
  return strcmp (system, "LN") == 0 || g_ascii_strcasecmp (system, "LOINC") == 0;
}

static void
read_code (Reader *r, const char *field)
{
  g_autofree char *system = desk_hl7_component (field, &r->signs, 3), *other = desk_hl7_component (field, &r->signs, 6);
  gboolean first = is_loinc (system), second = is_loinc (other);

  if (first)
    add_component (r, "loinc", field, 1);
  else
    add_component (r, "code", field, 1);
  if (second && !first)
    add_component (r, "loinc", field, 4);
  else if (!second && first)
    add_component (r, "code", field, 4);
  if (!add_component (r, "name", field, 2))
    add_component (r, "name", field, 5);
}

/* SN: comparator, number, separator, number. */
static char *
structured (Reader *r, const char *field)
{
  g_autofree char *a = desk_hl7_component (field, &r->signs, 1), *b = desk_hl7_component (field, &r->signs, 2);
  g_autofree char *c = desk_hl7_component (field, &r->signs, 3), *d = desk_hl7_component (field, &r->signs, 4);
  g_autofree char *all = g_strconcat (strcmp (a, "=") == 0 ? "" : a, b, c, d, NULL);

  return desk_hl7_text (all, &r->signs, NULL);
}

static char *
plain (Reader *r, const char *field)
{
  return desk_hl7_text (field, &r->signs, NULL);
}

/* The text of a coded answer, or its code where it has none. */
static char *
coded (Reader *r, const char *field)
{
  g_autofree char *text = desk_hl7_component (field, &r->signs, 2), *code = desk_hl7_component (field, &r->signs, 1);

  return desk_hl7_text (*text ? text : code, &r->signs, NULL);
}

static char *
result_of (Reader *r, const char *type, const char *field, gboolean *known)
{
  static const struct
  {
    const char *type;
    char *(*read) (Reader *r, const char *field);
  } types[] = {
    { "NM", plain }, { "ST", plain }, { "TX", plain }, { "FT", plain }, { "SN", structured }, { "CE", coded }, { "CWE", coded },
    { "CNE", coded }, { "IS", plain }, { "ID", plain }, { "DT", plain }, { "TM", plain }, { "TS", plain }, { "DTM", plain }, { "", plain },
  };
  g_auto (GStrv) parts = desk_hl7_repetitions (field, &r->signs);
  GString *all = g_string_new (NULL);

  *known = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    for (guint j = 0; strcmp (types[i].type, type) == 0 && parts[j]; j++)
      {
        g_autofree char *one = types[i].read (r, parts[j]);

        g_string_append_printf (all, "%s%s", j ? "; " : "", one);
      }
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    *known = *known || strcmp (types[i].type, type) == 0;
  return g_string_free (all, FALSE);
}

/* HL7 table 0085 into P F C X D; NULL for what is no result yet. */
static const char *
status_of (const char *sent, gboolean *known)
{
  static const struct
  {
    const char *sent, *status;
  } states[] = {
    { "", "F" },  { "F", "F" }, { "C", "C" }, { "P", "P" }, { "X", "X" },  { "D", "D" },  { "U", "F" },
    { "R", "P" }, { "S", "P" }, { "B", "P" }, { "W", "D" }, { "I", NULL }, { "N", NULL }, { "O", NULL },
  };

  *known = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (strcmp (states[i].sent, sent) == 0)
      return states[i].status;
  *known = FALSE;
  return "P";
}

/* "10^3/uL" is one unit, though its sign should have been escaped. */
static void
add_unit (Reader *r, const char *field)
{
  g_autofree char *first = desk_hl7_component (field, &r->signs, 1), *second = desk_hl7_component (field, &r->signs, 2);

  if (g_str_has_suffix (first, "10") && g_ascii_isdigit (*second))
    {
      g_autofree char *raw = g_strdup_printf ("%s^%s", first, second);
      g_autofree char *unit = desk_hl7_text (raw, &r->signs, NULL);

      desk_lines_add (r->out, "unit", unit);
    }
  else if (!add_component (r, "unit", field, 1))
    add_component (r, "unit", field, 2);
}

static void
write_value (Reader *r, char **fields, guint line, const char *result, const char *status)
{
  g_autofree char *number = g_strdup_printf ("%u", line), *range = desk_hl7_text (desk_hl7_field (fields, 7), &r->signs, NULL);
  g_auto (GStrv) flags = desk_hl7_repetitions (desk_hl7_field (fields, 8), &r->signs);
  g_autofree char *on = desk_hl7_day (desk_hl7_field (fields, 14));

  desk_lines_add (r->out, "value", number);
  read_code (r, desk_hl7_field (fields, 3));
  desk_lines_add (r->out, "result", result);
  add_unit (r, desk_hl7_field (fields, 6));
  desk_lines_add (r->out, "range", range);
  if (flags[0])
    add_component (r, "flag", flags[0], 1);
  desk_lines_add (r->out, "status", status);
  if (*on)
    desk_lines_add (r->out, "on", on);
  r->in_value = TRUE;
  r->notes = g_steal_pointer (&r->note);
}

static void
read_obx (Reader *r, char **fields, guint line)
{
  const char *type = desk_hl7_field (fields, 2);
  gboolean known_type, known_status;
  g_autofree char *result = result_of (r, type, desk_hl7_field (fields, 5), &known_type);
  const char *status = status_of (desk_hl7_field (fields, 11), &known_status);

  end_value (r);
  if (!r->in_report)
    problem (r, line, "no-order", NULL);
  if (!known_type)
    problem (r, line, "type-refused", type);
  else if (!status)
    problem (r, line, "no-result-yet", desk_hl7_field (fields, 11));
  else if (!*desk_hl7_field (fields, 3))
    problem (r, line, "no-test", NULL);
  else if (!*result && strcmp (status, "X") != 0 && strcmp (status, "D") != 0)
    problem (r, line, "no-value", desk_hl7_field (fields, 3));
  else if (strlen (result) > DESK_HL7_MAX_TEXT)
    problem (r, line, "value-too-long", desk_hl7_field (fields, 3));
  else
    {
      if (!known_status)
        problem (r, line, "status-unknown", desk_hl7_field (fields, 11));
      write_value (r, fields, line, result, status);
    }
}

static void
append_note (char **notes, const char *text)
{
  g_autofree char *before = g_steal_pointer (notes);

  if (before && strlen (before) + strlen (text) > DESK_HL7_MAX_TEXT)
    *notes = g_steal_pointer (&before);
  else
    *notes = before ? g_strdup_printf ("%s\n%s", before, text) : g_strdup (text);
}

static void
read_nte (Reader *r, char **fields, guint line)
{
  gboolean lost = FALSE;
  g_autofree char *text = desk_hl7_text (desk_hl7_field (fields, 3), &r->signs, &lost);

  if (!*text)
    return;
  if (strlen (text) > DESK_HL7_MAX_TEXT)
    problem (r, line, "note-too-long", NULL);
  else if (r->in_value)
    append_note (&r->notes, text);
  else if (r->in_report)
    append_note (&r->note, text);
  else
    problem (r, line, "note-without-value", text);
}

static const struct
{
  const char *name;
  void (*read) (Reader *r, char **fields, guint line);
} segments_read[] = {
  { "MSH", read_msh }, { "PID", read_pid }, { "OBR", read_obr }, { "SPM", read_spm }, { "OBX", read_obx }, { "NTE", read_nte },
};

/* Problems tell where they are: by line, and by the three letters the laboratory's staff know it by. */
static void
name_segment (Reader *r, const char *name)
{
  gboolean plain_name = name && strlen (name) == 3;

  for (guint i = 0; plain_name && i < 3; i++)
    plain_name = g_ascii_isupper (name[i]) || g_ascii_isdigit (name[i]);
  g_strlcpy (r->segment, plain_name ? name : "", sizeof r->segment);
}

static void
read_segment (Reader *r, const DeskHl7Raw *raw, const char *encoding)
{
  gsize length;
  guint n_bad = 0;
  g_autofree char *text = desk_text_decode (raw->begin, (gsize) (raw->end - raw->begin), encoding, &length, &n_bad);

  if (!text)
    return;
  g_auto (GStrv) fields = desk_hl7_fields (text, &r->signs);
  name_segment (r, fields[0]);
  if (n_bad > 0)
    problem (r, raw->line, "bad-bytes", NULL);
  if (!fields[0] || strlen (fields[0]) != 3)
    problem (r, raw->line, "not-a-segment", NULL);
  for (guint i = 0; fields[0] && i < G_N_ELEMENTS (segments_read); i++)
    if (strcmp (segments_read[i].name, fields[0]) == 0)
      segments_read[i].read (r, fields, raw->line);
  name_segment (r, NULL);
}

static void
read_message (Reader *r, const DeskHl7Raw *segments, guint n_segments)
{
  g_autofree char *wrong = NULL;

  if (!desk_hl7_signs (&segments[0], &r->signs))
    {
      problem (r, segments[0].line, "bad-header", NULL);
      return;
    }
  const char *encoding = desk_hl7_encoding (segments, n_segments, &r->signs, &wrong);
  if (wrong)
    {
      g_autofree char *detail = g_strdup_printf ("%s %s", encoding, g_utf8_validate (wrong, -1, NULL) ? wrong : "?");

      problem (r, segments[0].line, "wrong-charset", detail);
    }
  for (guint i = 0; i < n_segments; i++)
    read_segment (r, &segments[i], encoding);
  end_report (r);
}

/* The segments that hold anything; line ends of any kind, and the framing bytes of a wire (MLLP), part them. */
static GArray *
split (const char *bytes, gsize length, gboolean *too_many)
{
  GArray *segments = g_array_new (FALSE, FALSE, sizeof (DeskHl7Raw));
  const char *end = bytes + length;
  guint line = 0;

  *too_many = FALSE;
  while (bytes < end)
    {
      const char *stop = bytes;

      while (stop < end && *stop != '\r' && *stop != '\n')
        stop++;
      DeskHl7Raw raw = { bytes, stop, ++line };
      while (raw.begin < raw.end && (*raw.begin == 0x0b || *raw.begin == 0x1c || *raw.begin == ' '))
        raw.begin++;
      while (raw.end > raw.begin && (raw.end[-1] == 0x0b || raw.end[-1] == 0x1c))
        raw.end--;
      if (raw.begin < raw.end)
        g_array_append_val (segments, raw);
      bytes = stop < end && *stop == '\r' && stop + 1 < end && stop[1] == '\n' ? stop + 2 : stop + 1;
      if (segments->len >= DESK_HL7_MAX_SEGMENTS && bytes < end)
        {
          *too_many = TRUE;
          break;
        }
    }
  return segments;
}

static gboolean
begins (const DeskHl7Raw *raw, const char *name)
{
  return raw->end - raw->begin > 3 && memcmp (raw->begin, name, 3) == 0;
}

static gboolean
is_envelope (const DeskHl7Raw *raw)
{
  return begins (raw, "FHS") || begins (raw, "BHS") || begins (raw, "BTS") || begins (raw, "FTS");
}

/* Reads all messages of a file, also a batch, and appends their lines. Nothing of a file that is no HL7 is read: one
 * problem says so. */
void
desk_hl7_read (const char *bytes, gsize length, GString *out)
{
  Reader r = { .out = out };
  gboolean too_many;
  gsize mark = 0, n;
  guint n_bad, n_messages = 0;
  g_autofree char *narrow = NULL;
  const char *guess = desk_text_guess (bytes, length, &mark);

  if (g_str_has_prefix (guess, "UTF-16") && (narrow = desk_text_decode (bytes + mark, length - mark, guess, &n, &n_bad)))
    {
      bytes = narrow;
      length = n;
      mark = 0;
    }
  g_autoptr (GArray) segments = split (bytes + mark, length - mark, &too_many);
  for (guint i = 0; i < segments->len;)
    {
      const DeskHl7Raw *raw = &g_array_index (segments, DeskHl7Raw, i);
      guint next = i + 1;

      if (begins (raw, "MSH"))
        {
          while (next < segments->len && !begins (&raw[next - i], "MSH") && !is_envelope (&raw[next - i]))
            next++;
          read_message (&r, raw, next - i);
          n_messages++;
        }
      else if (!is_envelope (raw))
        problem (&r, raw->line, "before-header", NULL);
      i = next;
    }
  if (n_messages == 0)
    problem (&r, 1, "not-hl7", NULL);
  if (too_many)
    problem (&r, DESK_HL7_MAX_SEGMENTS, "too-many-segments", NULL);
  g_free (r.specimen);
  end_report (&r);
}
