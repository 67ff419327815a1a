#include "desk-dicom-bytes.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#define MAX_VALUE 4096           /* bytes of a value that are looked at */
#define MAX_INFLATED (8u << 20)  /* of a deflated data set */
#define PREAMBLE 128
#define PIXELS 0x7fe00010u

typedef enum
{
  CODE,   /* letters of ASCII */
  UID,
  DAY,
  TIME,
  TEXT,
  NAME,
  FILE_ID,
  NUMBER,
} Kind;

/* Sorted by tag. */
static const struct
{
  guint32 tag;
  Kind kind;
  const char *name;
} fields[DESK_DICOM_N_FIELDS] = {
  [DESK_DICOM_MEDIA_CLASS] = { 0x00020002, UID, "media-class" },
  [DESK_DICOM_SYNTAX] = { 0x00020010, UID, "syntax" },
  [DESK_DICOM_RECORD] = { 0x00041430, CODE, "record" },
  [DESK_DICOM_FILE_ID] = { 0x00041500, FILE_ID, "file-id" },
  [DESK_DICOM_FILE_CLASS] = { 0x00041510, UID, "file-class" },
  [DESK_DICOM_FILE_UID] = { 0x00041511, UID, "file-uid" },
  [DESK_DICOM_FILE_SYNTAX] = { 0x00041512, UID, "file-syntax" },
  [DESK_DICOM_CLASS] = { 0x00080016, UID, "class" },
  [DESK_DICOM_UID] = { 0x00080018, UID, "uid" },
  [DESK_DICOM_STUDY_DATE] = { 0x00080020, DAY, "study-date" },
  [DESK_DICOM_STUDY_TIME] = { 0x00080030, TIME, "study-time" },
  [DESK_DICOM_ACCESSION] = { 0x00080050, TEXT, "accession" },
  [DESK_DICOM_MODALITY] = { 0x00080060, CODE, "modality" },
  [DESK_DICOM_MANUFACTURER] = { 0x00080070, TEXT, "manufacturer" },
  [DESK_DICOM_HOSPITAL] = { 0x00080080, TEXT, "hospital" },
  [DESK_DICOM_REFERRER] = { 0x00080090, NAME, "referrer" },
  [DESK_DICOM_STUDY_TEXT] = { 0x00081030, TEXT, "study-description" },
  [DESK_DICOM_SERIES_TEXT] = { 0x0008103e, TEXT, "series-description" },
  [DESK_DICOM_NAME] = { 0x00100010, NAME, "name" },
  [DESK_DICOM_PATIENT_ID] = { 0x00100020, TEXT, "patient-id" },
  [DESK_DICOM_ISSUER] = { 0x00100021, TEXT, "issuer" },
  [DESK_DICOM_BIRTH] = { 0x00100030, DAY, "birth" },
  [DESK_DICOM_SEX] = { 0x00100040, CODE, "sex" },
  [DESK_DICOM_OTHER_NAMES] = { 0x00101001, NAME, "other-names" },
  [DESK_DICOM_BODY_PART] = { 0x00180015, CODE, "body-part" },
  [DESK_DICOM_STUDY_UID] = { 0x0020000d, UID, "study-uid" },
  [DESK_DICOM_SERIES_UID] = { 0x0020000e, UID, "series-uid" },
  [DESK_DICOM_STUDY_ID] = { 0x00200010, TEXT, "study-id" },
  [DESK_DICOM_SERIES_NUMBER] = { 0x00200011, NUMBER, "series-number" },
  [DESK_DICOM_NUMBER] = { 0x00200013, NUMBER, "number" },
  [DESK_DICOM_FRAMES] = { 0x00280008, NUMBER, "frames" },
};

/* Transfer syntaxes that are not explicit little endian (PS3.5 annex A). */
static const struct
{
  const char *uid;
  gboolean implicit, big, deflated;
} syntaxes[] = {
  { "1.2.840.10008.1.2", TRUE, FALSE, FALSE },
  { "1.2.840.113619.5.2", TRUE, FALSE, FALSE }, /* of one maker: only the pixels are big endian */
  { "1.2.840.10008.1.2.2", FALSE, TRUE, FALSE },
  { "1.2.840.10008.1.2.1.99", FALSE, FALSE, TRUE },
};

/* What starts a program when a disc is trusted too far. */
static const struct
{
  const char *bytes;
  gsize length;
} programs[] = { { "MZ", 2 }, { "\x7f" "ELF", 4 }, { "#!", 2 }, { "\xcf\xfa\xed\xfe", 4 }, { "\xca\xfe\xba\xbe", 4 } };

/* The name of the field in the helper's answer. */
const char *
desk_dicom_field_name (DeskDicomField field)
{
  return fields[field].name;
}

/* Frees what is in it, not the struct. */
void
desk_dicom_clear (DeskDicom *dicom)
{
  for (guint i = 0; i < DESK_DICOM_N_FIELDS; i++)
    g_clear_pointer (&dicom->values[i], g_free);
  g_clear_pointer (&dicom->problems, g_ptr_array_unref);
}

void
desk_dicom_free (DeskDicom *dicom)
{
  if (!dicom)
    return;
  desk_dicom_clear (dicom);
  g_free (dicom);
}

/* Notes a problem, a static code, once. */
void
desk_dicom_problem (DeskDicom *dicom, const char *code)
{
  if (!dicom->problems)
    dicom->problems = g_ptr_array_new ();
  for (guint i = 0; i < dicom->problems->len; i++)
    if (strcmp (g_ptr_array_index (dicom->problems, i), code) == 0)
      return;
  g_ptr_array_add (dicom->problems, (char *) code);
}

static gboolean
is_day (int year, int month, int day)
{
  return g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

/* YYYYMMDD, the old YYYY.MM.DD, or less of it as far as it is known; NULL when it is none. */
static char *
read_day (const char *text)
{
  char digits[9] = "";
  gsize n = 0;

  for (const char *p = text; *p; p++)
    {
      if (g_ascii_isdigit (*p) && n < 8)
        digits[n++] = *p;
      else if (g_ascii_isdigit (*p) || !strchr (".-/ ", *p))
        return NULL;
    }
  int year = 0, month = 0, day = 0;
  if ((n != 8 && n != 6 && n != 4) || sscanf (digits, "%4d%2d%2d", &year, &month, &day) < 1 || year < 1)
    return NULL;
  if (month == 0 && day == 0)
    return g_strdup_printf ("%04d", year);
  if (day == 0 && month <= 12)
    return g_strdup_printf ("%04d-%02d", year, month);
  return is_day (year, month, day) ? g_strdup_printf ("%04d-%02d-%02d", year, month, day) : NULL;
}

/* HHMMSS.ffffff, the old HH:MM:SS, or less of it, as HH:MM or HH:MM:SS; NULL when it is none. */
static char *
read_time (const char *text)
{
  char digits[7] = "";
  gsize n = 0;

  for (const char *p = text; *p && *p != '.'; p++)
    {
      if (g_ascii_isdigit (*p) && n < 6)
        digits[n++] = *p;
      else if (*p != ':')
        return NULL;
    }
  int hour = 0, minute = 0, second = 0;
  if ((n != 2 && n != 4 && n != 6) || sscanf (digits, "%2d%2d%2d", &hour, &minute, &second) < 1)
    return NULL;
  if (hour > 23 || minute > 59 || second > 60)
    return NULL;
  return n == 6 ? g_strdup_printf ("%02d:%02d:%02d", hour, minute, second) : g_strdup_printf ("%02d:%02d", hour, minute);
}

/* A DICOM file being read: the bytes, the sets of its texts, what was found. */
typedef struct
{
  DeskDicomBytes bytes;
  DeskDicomText *text;
  DeskDicom *dicom;
} Reading;

/* A plain value put into the form of its kind; takes text. */
static char *
shape (Reading *reading, Kind kind, char *text)
{
  g_autofree char *raw = text;

  if (!*raw)
    return NULL;
  if (kind == UID)
    {
      if (strlen (raw) > 64 || strspn (raw, "0123456789.") != strlen (raw))
        desk_dicom_problem (reading->dicom, "bad-uid");
      return g_steal_pointer (&raw);
    }
  if (kind != DAY && kind != TIME)
    return g_steal_pointer (&raw);
  char *shaped = kind == DAY ? read_day (raw) : read_time (raw);
  if (!shaped)
    desk_dicom_problem (reading->dicom, kind == DAY ? "bad-date" : "bad-time");
  return shaped;
}

static char *
file_id (const guint8 *value, gsize length)
{
  while (length > 0 && (value[length - 1] == ' ' || value[length - 1] == '\0'))
    length--;
  return g_utf8_make_valid ((const char *) value, (gssize) length);
}

static void
take_field (Reading *reading, DeskDicomField field, const guint8 *value, gsize length)
{
  DeskDicom *dicom = reading->dicom;
  Kind kind = fields[field].kind;
  gboolean wrong = FALSE;
  char *text;

  if (dicom->values[field])
    return;
  if (kind == FILE_ID)
    text = file_id (value, length);
  else
    text = desk_dicom_text_decode (reading->text, value, length, kind == NAME ? DESK_DICOM_TEXT_NAME : DESK_DICOM_TEXT_PLAIN, &wrong);
  if (wrong)
    desk_dicom_problem (dicom, "bad-text");
  dicom->values[field] = shape (reading, kind, text);
}

static guint
find_field (guint32 tag)
{
  guint low = 0, high = DESK_DICOM_N_FIELDS;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (fields[middle].tag == tag)
        return middle;
      if (fields[middle].tag < tag)
        low = middle + 1;
      else
        high = middle;
    }
  return DESK_DICOM_N_FIELDS;
}

/* Takes the value of an element that is asked for. */
static void
take_element (Reading *reading, const DeskDicomElement *element)
{
  guint field = find_field (element->tag);

  if (field == DESK_DICOM_N_FIELDS && element->tag != 0x00080005)
    return;
  const guint8 *value = desk_dicom_bytes_peek (&reading->bytes, element->value, MIN (element->length, MAX_VALUE));
  if (!value)
    return;
  if (element->length > MAX_VALUE)
    desk_dicom_problem (reading->dicom, "too-long");
  if (element->tag != 0x00080005)
    take_field (reading, (DeskDicomField) field, value, MIN (element->length, MAX_VALUE));
  else if (!desk_dicom_text_declare (reading->text, value, MIN (element->length, MAX_VALUE)))
    desk_dicom_problem (reading->dicom, "unknown-charset");
}

static gboolean
looks_explicit (const guint8 *p)
{
  return g_ascii_isupper (p[4]) && g_ascii_isupper (p[5]);
}

/* How the data set at pos is written, from its first head. FALSE when it is none. */
static gboolean
guess (DeskDicomBytes *bytes)
{
  const guint8 *p = desk_dicom_bytes_peek (bytes, bytes->pos, 8);

  if (!p || (p[0] == 0 && p[1] == 0 && p[2] == 0 && p[3] == 0 && !looks_explicit (p) && p[4] != 4))
    return FALSE;
  bytes->big = p[0] == 0 && p[1] != 0;
  bytes->implicit = !looks_explicit (p);
  guint16 group = desk_dicom_bytes_u16 (bytes, p);
  return group <= 0x0008 && (!bytes->implicit || desk_dicom_bytes_u32 (bytes, p + 4) <= bytes->end - bytes->pos - 8);
}

static void
look_at_preamble (Reading *reading, const guint8 *preamble)
{
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    if (memcmp (preamble, programs[i].bytes, programs[i].length) == 0)
      desk_dicom_problem (reading->dicom, "executable-preamble");
}

/* To the first element; FALSE when the file is no DICOM. */
static gboolean
find_start (Reading *reading)
{
  DeskDicomBytes *bytes = &reading->bytes;
  const guint8 *p = desk_dicom_bytes_peek (bytes, 0, PREAMBLE + 4);

  if (p && memcmp (p + PREAMBLE, "DICM", 4) == 0)
    {
      look_at_preamble (reading, p);
      bytes->pos = PREAMBLE + 4;
      return TRUE;
    }
  p = desk_dicom_bytes_peek (bytes, 0, 8);
  if (!p || (!(p[0] == 2 && p[1] == 0 && looks_explicit (p)) && !guess (bytes)))
    return FALSE;
  desk_dicom_problem (reading->dicom, "no-preamble");
  return TRUE;
}

/* Group 2, always explicit little endian. */
static const char *
read_meta (Reading *reading)
{
  DeskDicomBytes *bytes = &reading->bytes;
  const char *problem = NULL;
  const guint8 *p;

  bytes->implicit = bytes->big = FALSE;
  while (!problem && (p = desk_dicom_bytes_peek (bytes, bytes->pos, 8)) && p[0] == 2 && p[1] == 0)
    {
      DeskDicomElement element;

      problem = desk_dicom_bytes_next (bytes, &element);
      if (!problem)
        take_element (reading, &element);
      if (!problem)
        problem = desk_dicom_bytes_skip (bytes, &element);
    }
  return problem;
}

/* Sets how the data set is written: as it is, whatever group 2 says. TRUE when it is deflated. */
static gboolean
set_syntax (Reading *reading)
{
  DeskDicomBytes *bytes = &reading->bytes;
  const char *uid = reading->dicom->values[DESK_DICOM_SYNTAX];
  gboolean implicit = FALSE, big = FALSE;

  for (guint i = 0; uid && i < G_N_ELEMENTS (syntaxes); i++)
    if (strcmp (syntaxes[i].uid, uid) == 0)
      {
        if (syntaxes[i].deflated)
          return TRUE;
        implicit = syntaxes[i].implicit;
        big = syntaxes[i].big;
      }
  if (!uid)
    desk_dicom_problem (reading->dicom, "no-syntax");
  if (!guess (bytes))
    {
      bytes->implicit = implicit;
      bytes->big = big;
    }
  else if (uid && (bytes->implicit != implicit || bytes->big != big))
    desk_dicom_problem (reading->dicom, "syntax-differs");
  return FALSE;
}

/* The deflated rest of the file, as far as MAX_INFLATED. */
static GByteArray *
inflate (Reading *reading)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);
  DeskDicomBytes *bytes = &reading->bytes;
  GByteArray *out = g_byte_array_new ();
  g_autofree guint8 *room = g_malloc (65536);
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result == G_CONVERTER_CONVERTED && out->len < MAX_INFLATED && bytes->pos < bytes->end)
    {
      gsize left = MIN (bytes->end - bytes->pos, DESK_DICOM_PEEK_MAX), read = 0, written = 0;
      const guint8 *p = desk_dicom_bytes_peek (bytes, bytes->pos, left);

      if (!p)
        break;
      result = g_converter_convert (G_CONVERTER (zlib), p, left, room, 65536,
                                    left == bytes->end - bytes->pos ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS,
                                    &read, &written, NULL);
      if (result == G_CONVERTER_ERROR)
        break;
      bytes->pos += read;
      g_byte_array_append (out, room, (guint) written);
    }
  if (result == G_CONVERTER_ERROR)
    desk_dicom_problem (reading->dicom, "damaged");
  return out;
}

/* What is done with an element besides taking its value; TRUE when it went past the value itself. */
typedef gboolean (*Visit) (Reading *reading, const DeskDicomElement *element, gpointer user_data);

static void
read_elements (Reading *reading, Visit visit, gpointer user_data)
{
  DeskDicomBytes *bytes = &reading->bytes;
  const char *problem = NULL;

  while (!problem && bytes->pos < bytes->end)
    {
      DeskDicomElement element;

      problem = desk_dicom_bytes_next (bytes, &element);
      if (problem)
        break;
      if (element.tag == PIXELS || element.tag == 0x7fe00008 || element.tag == 0x7fe00009)
        {
          reading->dicom->pixels = TRUE;
          if (element.length != DESK_DICOM_UNDEFINED && element.length > bytes->end - bytes->pos)
            problem = "truncated";
          break;
        }
      if (element.tag >> 16 == 0xfffe)
        problem = "damaged";
      if (problem || (visit && visit (reading, &element, user_data)))
        continue;
      if (element.length != DESK_DICOM_UNDEFINED && (element.length & 1))
        desk_dicom_problem (reading->dicom, "odd-length");
      if (element.length != DESK_DICOM_UNDEFINED && element.length <= bytes->end - bytes->pos)
        take_element (reading, &element);
      problem = desk_dicom_bytes_skip (bytes, &element);
    }
  if (problem)
    desk_dicom_problem (reading->dicom, problem);
}

static void
read_inflated (Reading *reading, Visit visit, gpointer user_data)
{
  g_autoptr (GByteArray) data = inflate (reading);
  DeskDicomSource source = { .fd = -1, .data = data->data, .length = data->len };

  desk_dicom_problem (reading->dicom, "deflated");
  desk_dicom_bytes_init (&reading->bytes, &source);
  read_elements (reading, visit, user_data);
}

/* Whether what was read without a preamble says enough to be a picture's file, and is no other kind of file. */
static gboolean
is_dicom (const DeskDicom *dicom)
{
  static const DeskDicomField telling[] = { DESK_DICOM_CLASS, DESK_DICOM_UID, DESK_DICOM_STUDY_UID, DESK_DICOM_SERIES_UID, DESK_DICOM_SYNTAX };

  for (guint i = 0; i < G_N_ELEMENTS (telling); i++)
    if (dicom->values[telling[i]] && g_str_has_prefix (dicom->values[telling[i]], "1."))
      return TRUE;
  return dicom->values[DESK_DICOM_MODALITY] && dicom->values[DESK_DICOM_NAME];
}

static DeskDicom *
read_file (const DeskDicomSource *source, Visit visit, gpointer user_data)
{
  g_autofree Reading *reading = g_new (Reading, 1);
  g_autoptr (DeskDicomText) text = desk_dicom_text_new ();
  g_autoptr (DeskDicom) dicom = g_new0 (DeskDicom, 1);

  reading->text = text;
  reading->dicom = dicom;
  desk_dicom_bytes_init (&reading->bytes, source);
  if (!find_start (reading))
    return NULL;
  gboolean sure = reading->bytes.pos > 0;
  const char *problem = read_meta (reading);
  if (problem)
    desk_dicom_problem (dicom, problem);
  else if (set_syntax (reading))
    read_inflated (reading, visit, user_data);
  else
    read_elements (reading, visit, user_data);
  return sure || is_dicom (dicom) ? g_steal_pointer (&dicom) : NULL;
}

/* What is in the file, to be freed with desk_dicom_free (); NULL when it is no DICOM file at all. */
DeskDicom *
desk_dicom_read (const DeskDicomSource *source)
{
  return read_file (source, NULL, NULL);
}

/* The records of a DICOMDIR while they are gathered. */
typedef struct
{
  GPtrArray *records;
  guint32 *first;
} Gather;

static void
take_link (Reading *reading, const DeskDicomElement *element, DeskDicomRecord *record)
{
  const guint8 *p = desk_dicom_bytes_peek (&reading->bytes, element->value, MIN (element->length, 4));

  if (!p || element->length < 2)
    return;
  if (element->tag == 0x00041410)
    record->in_use = desk_dicom_bytes_u16 (&reading->bytes, p);
  if (element->length < 4)
    return;
  if (element->tag == 0x00041400)
    record->next = desk_dicom_bytes_u32 (&reading->bytes, p);
  if (element->tag == 0x00041420)
    record->lower = desk_dicom_bytes_u32 (&reading->bytes, p);
}

/* One item of the sequence, whose head was read. */
static const char *
read_record (Reading *reading, const DeskDicomElement *item, DeskDicomRecord *record)
{
  DeskDicomBytes *bytes = &reading->bytes;
  DeskDicom *outer = reading->dicom;
  guint64 end = bytes->end;
  const char *problem = NULL;

  if (item->length != DESK_DICOM_UNDEFINED && item->length <= end - bytes->pos)
    end = bytes->pos + item->length;
  reading->dicom = &record->dicom;
  while (!problem && bytes->pos < end)
    {
      DeskDicomElement element;

      problem = desk_dicom_bytes_next (bytes, &element);
      if (problem || element.tag == DESK_DICOM_ITEM_END)
        break;
      take_link (reading, &element, record);
      take_element (reading, &element);
      problem = desk_dicom_bytes_skip (bytes, &element);
    }
  reading->dicom = outer;
  return problem;
}

static void
free_record (gpointer data)
{
  DeskDicomRecord *record = data;

  desk_dicom_clear (&record->dicom);
  g_free (record);
}

static gboolean
gather (Reading *reading, const DeskDicomElement *element, gpointer user_data)
{
  DeskDicomBytes *bytes = &reading->bytes;
  Gather *into = user_data;
  guint64 end = bytes->end;
  const char *problem = NULL;

  if (element->tag == 0x00041200)
    {
      const guint8 *p = element->length == 4 ? desk_dicom_bytes_peek (bytes, element->value, 4) : NULL;
      *into->first = p ? desk_dicom_bytes_u32 (bytes, p) : 0;
    }
  if (element->tag != 0x00041220)
    return FALSE;
  if (element->length != DESK_DICOM_UNDEFINED && element->length <= end - bytes->pos)
    end = bytes->pos + element->length;
  while (!problem && bytes->pos < end)
    {
      DeskDicomElement item;

      problem = desk_dicom_bytes_next (bytes, &item);
      if (problem || item.tag == DESK_DICOM_SEQUENCE_END)
        break;
      if (item.tag != DESK_DICOM_ITEM)
        {
          problem = "damaged";
          break;
        }
      DeskDicomRecord *record = g_new0 (DeskDicomRecord, 1);
      record->offset = item.offset;
      record->in_use = 0xffff;
      g_ptr_array_add (into->records, record);
      problem = read_record (reading, &item, record);
    }
  if (problem)
    desk_dicom_problem (reading->dicom, problem);
  bytes->pos = bytes->end;
  return TRUE;
}

/* The records of a DICOMDIR in the order of the file, appended to records, which is told how to free them, and the
 * offset of the first one of the root. NULL when the file is no DICOM file. */
DeskDicom *
desk_dicom_read_records (const DeskDicomSource *source, GPtrArray *records, guint32 *first)
{
  Gather into = { records, first };

  *first = 0;
  g_ptr_array_set_free_func (records, free_record);
  return read_file (source, gather, &into);
}
