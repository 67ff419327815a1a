#include "desk-disc.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk-day.h"
#include "desk-file-name.h"
#include "desk-fold.h"
#include "desk-lines.h"
#include "desk-reader.h"

#define MAX_ANSWER (96u << 20)
#define PATIENCE 600 /* seconds: an old drive and a full disc */
#define MAX_PATIENTS 1000
#define MAX_VALUE 8192

/* The fields of a record of the answer that are used. */
typedef enum
{
  BYTES, PIXELS, UID, SYNTAX, FILE_UID, FILE_SYNTAX, DATE, TIME, ACCESSION, MODALITY, HOSPITAL, REFERRER, STUDY_TEXT,
  SERIES_TEXT, NAME, PATIENT_ID, ISSUER, BIRTH, SEX, OTHER_NAMES, BODY_PART, STUDY_UID, SERIES_UID, STUDY_ID, SERIES_NUMBER,
  N_FIELDS
} Field;

static const char *const keys[N_FIELDS] = {
  [BYTES] = "bytes", [PIXELS] = "pixels", [UID] = "uid", [SYNTAX] = "syntax", [FILE_UID] = "file-uid", [FILE_SYNTAX] = "file-syntax",
  [DATE] = "study-date", [TIME] = "study-time", [ACCESSION] = "accession", [MODALITY] = "modality", [HOSPITAL] = "hospital",
  [REFERRER] = "referrer", [STUDY_TEXT] = "study-description", [SERIES_TEXT] = "series-description", [NAME] = "name",
  [PATIENT_ID] = "patient-id", [ISSUER] = "issuer", [BIRTH] = "birth", [SEX] = "sex", [OTHER_NAMES] = "other-names",
  [BODY_PART] = "body-part", [STUDY_UID] = "study-uid", [SERIES_UID] = "series-uid", [STUDY_ID] = "study-id",
  [SERIES_NUMBER] = "series-number",
};

typedef enum
{
  NO_RECORD,
  PRESENT,
  MISSING,
  OTHER,
} RecordKind;

typedef struct
{
  DeskDisc *disc;
  GHashTable *studies, *series; /* "patient/uid" → DeskDiscStudy, "study/uid" → DeskDiscSeries */
  GHashTable *instances;        /* SOP instances seen */
  GHashTable *by_key;           /* keys → Field + 1 */
  RecordKind kind;
  char *path;                   /* raw */
  char *shown;
  char *values[N_FIELDS];
  gboolean ended;
} Build;

static void
free_file (gpointer data)
{
  DeskDiscFile *file = data;

  g_free (file->path);
  g_free (file->name);
  g_free (file->uid);
  g_free (file->syntax);
  g_free (file);
}

static void
free_series (gpointer data)
{
  DeskDiscSeries *series = data;
  char *texts[] = { series->uid, series->modality, series->number, series->body_part, series->description, series->hospital, series->syntax };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_ptr_array_unref (series->files);
  g_free (series);
}

static void
free_study (gpointer data)
{
  DeskDiscStudy *study = data;
  char *texts[] = { study->uid, study->date, study->time, study->accession, study->id, study->description, study->hospital, study->referrer };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_ptr_array_unref (study->modalities);
  g_ptr_array_unref (study->series);
  g_free (study);
}

static void
free_patient (gpointer data)
{
  DeskDiscPatient *patient = data;
  char *texts[] = { patient->id, patient->issuer, patient->name, patient->other_names, patient->birth, patient->sex };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_ptr_array_unref (patient->studies);
  g_free (patient);
}

static void
free_problem (gpointer data)
{
  DeskDiscProblem *problem = data;

  g_free (problem->code);
  g_free (problem->name);
  g_free (problem);
}

static void
clear_disc (gpointer data)
{
  DeskDisc *disc = data;

  g_free (disc->folder);
  g_ptr_array_unref (disc->patients);
  g_ptr_array_unref (disc->problems);
}

DeskDisc *
desk_disc_ref (DeskDisc *disc)
{
  return g_atomic_rc_box_acquire (disc);
}

void
desk_disc_unref (DeskDisc *disc)
{
  if (disc)
    g_atomic_rc_box_release_full (disc, clear_disc);
}

/* A path as it can be shown: each part made harmless by itself. */
static char *
show_path (const char *path)
{
  g_auto (GStrv) parts = g_strsplit_set (path, "/\\", -1);

  for (guint i = 0; parts[i]; i++)
    {
      char *safe = desk_file_name_safe (parts[i]);

      g_free (parts[i]);
      parts[i] = safe;
    }
  return g_strjoinv ("/", parts);
}

/* The raw path of an answer; NULL for one that leads out of the folder. */
static char *
read_path (const char *escaped)
{
  g_autoptr (GBytes) bytes = g_uri_unescape_bytes (escaped, -1, NULL, NULL);
  gsize length = 0;
  const char *data = bytes ? g_bytes_get_data (bytes, &length) : NULL;

  if (!data || length == 0 || length > 4096 || memchr (data, '\0', length))
    return NULL;
  g_autofree char *path = g_strndup (data, length);
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  for (guint i = 0; parts[i]; i++)
    if (!*parts[i] || strcmp (parts[i], ".") == 0 || strcmp (parts[i], "..") == 0)
      return NULL;
  return g_steal_pointer (&path);
}

static const char *
value (const Build *build, Field field)
{
  return build->values[field] ? build->values[field] : "";
}

/* What one file leaves empty another may say. */
static void
fill (char **into, const char *text)
{
  if (*into && **into)
    return;
  g_free (*into);
  *into = g_strdup (text);
}

static gboolean
same_or_unknown (const char *a, const char *b)
{
  return !*a || !*b || strcmp (a, b) == 0;
}

static gboolean
same_name (const char *a, const char *b)
{
  g_autofree char *first = g_strndup (a, strcspn (a, "=")), *second = g_strndup (b, strcspn (b, "="));
  g_autofree char *folded_first = desk_fold (first), *folded_second = desk_fold (second);

  return same_or_unknown (folded_first, folded_second);
}

static gboolean
is_same_patient (const Build *build, const DeskDiscPatient *patient)
{
  return strcmp (patient->id, value (build, PATIENT_ID)) == 0 && strcmp (patient->issuer, value (build, ISSUER)) == 0
         && same_or_unknown (patient->birth, value (build, BIRTH))
         && (strcmp (patient->name, value (build, NAME)) == 0 || same_name (patient->name, value (build, NAME)));
}

static DeskDiscPatient *
find_patient (Build *build)
{
  GPtrArray *patients = build->disc->patients;
  DeskDiscPatient *patient = NULL;

  for (guint i = patients->len; i > 0 && !patient; i--)
    if (is_same_patient (build, g_ptr_array_index (patients, i - 1)))
      patient = g_ptr_array_index (patients, i - 1);
  if (!patient && patients->len >= MAX_PATIENTS)
    return NULL;
  if (!patient)
    {
      patient = g_new0 (DeskDiscPatient, 1);
      patient->id = g_strdup (value (build, PATIENT_ID));
      patient->issuer = g_strdup (value (build, ISSUER));
      patient->studies = g_ptr_array_new_with_free_func (free_study);
      g_ptr_array_add (patients, patient);
    }
  /* The name with the most groups says most. */
  if (!patient->name || strlen (value (build, NAME)) > strlen (patient->name))
    {
      g_free (patient->name);
      patient->name = g_strdup (value (build, NAME));
    }
  fill (&patient->other_names, value (build, OTHER_NAMES));
  fill (&patient->birth, value (build, BIRTH));
  fill (&patient->sex, strspn (value (build, SEX), "MFO") == 1 && !value (build, SEX)[1] ? value (build, SEX) : "");
  return patient;
}

static void
add_modality (DeskDiscStudy *study, const char *modality)
{
  for (guint i = 0; i < study->modalities->len; i++)
    if (strcmp (g_ptr_array_index (study->modalities, i), modality) == 0)
      return;
  if (*modality)
    g_ptr_array_add (study->modalities, g_strdup (modality));
}

static DeskDiscStudy *
find_study (Build *build, DeskDiscPatient *patient)
{
  g_autofree char *key = g_strdup_printf ("%p/%s", (gpointer) patient, value (build, STUDY_UID));
  DeskDiscStudy *study = g_hash_table_lookup (build->studies, key);

  if (!study)
    {
      study = g_new0 (DeskDiscStudy, 1);
      study->uid = g_strdup (value (build, STUDY_UID));
      study->modalities = g_ptr_array_new_with_free_func (g_free);
      study->series = g_ptr_array_new_with_free_func (free_series);
      g_ptr_array_add (patient->studies, study);
      g_hash_table_insert (build->studies, g_steal_pointer (&key), study);
    }
  fill (&study->date, value (build, DATE));
  fill (&study->time, value (build, TIME));
  fill (&study->accession, value (build, ACCESSION));
  fill (&study->id, value (build, STUDY_ID));
  fill (&study->description, value (build, STUDY_TEXT));
  fill (&study->hospital, value (build, HOSPITAL));
  fill (&study->referrer, value (build, REFERRER));
  add_modality (study, value (build, MODALITY));
  return study;
}

static DeskDiscSeries *
find_series (Build *build, DeskDiscStudy *study)
{
  g_autofree char *key = g_strdup_printf ("%p/%s", (gpointer) study, value (build, SERIES_UID));
  DeskDiscSeries *series = g_hash_table_lookup (build->series, key);

  if (!series)
    {
      series = g_new0 (DeskDiscSeries, 1);
      series->uid = g_strdup (value (build, SERIES_UID));
      series->files = g_ptr_array_new_with_free_func (free_file);
      g_ptr_array_add (study->series, series);
      g_hash_table_insert (build->series, g_steal_pointer (&key), series);
    }
  fill (&series->modality, value (build, MODALITY));
  fill (&series->number, value (build, SERIES_NUMBER));
  fill (&series->body_part, value (build, BODY_PART));
  fill (&series->description, value (build, SERIES_TEXT));
  fill (&series->hospital, value (build, HOSPITAL));
  fill (&series->syntax, *value (build, SYNTAX) ? value (build, SYNTAX) : value (build, FILE_SYNTAX));
  return series;
}

static void
add_problem (Build *build, const char *code, const char *name)
{
  DeskDiscProblem *problem = g_new0 (DeskDiscProblem, 1);

  problem->code = g_strdup (code);
  problem->name = g_strdup (name);
  g_ptr_array_add (build->disc->problems, problem);
}

static void
place_file (Build *build, DeskDiscStudy *study, DeskDiscSeries *series)
{
  DeskDiscFile *file = g_new0 (DeskDiscFile, 1);

  file->path = g_strdup (build->path);
  file->name = g_strdup (build->shown);
  file->uid = g_strdup (*value (build, UID) ? value (build, UID) : value (build, FILE_UID));
  file->syntax = g_strdup (value (build, SYNTAX));
  file->bytes = g_ascii_strtoll (value (build, BYTES), NULL, 10);
  file->pixels = build->values[PIXELS] != NULL;
  g_ptr_array_add (series->files, file);
  series->images += file->pixels;
  study->images += file->pixels;
  if (file->path)
    study->files++;
  else
    study->missing++;
}

/* Puts the record just read into its place. */
static void
place (Build *build)
{
  if (build->kind != PRESENT && build->kind != MISSING)
    return;
  const char *uid = value (build, UID);
  build->disc->files += build->kind == PRESENT;
  if (build->kind == PRESENT && *uid && !g_hash_table_add (build->instances, g_strdup (uid)))
    {
      add_problem (build, "twice", build->shown);
      return;
    }
  DeskDiscPatient *patient = find_patient (build);
  if (!patient)
    {
      add_problem (build, "too-many-patients", build->shown);
      return;
    }
  DeskDiscStudy *study = find_study (build, patient);
  place_file (build, study, find_series (build, study));
}

static void
forget (Build *build)
{
  for (guint i = 0; i < N_FIELDS; i++)
    g_clear_pointer (&build->values[i], g_free);
  g_clear_pointer (&build->path, g_free);
  g_clear_pointer (&build->shown, g_free);
  build->kind = NO_RECORD;
}

/* A line that begins a record; FALSE for any other. */
static gboolean
begin (Build *build, const char *key, const char *text)
{
  static const struct
  {
    const char *key;
    RecordKind kind;
  } kinds[] = { { "path", PRESENT }, { "missing", MISSING }, { "other", OTHER }, { "dicomdir", OTHER }, { "end", NO_RECORD } };
  guint i = 0;

  while (i < G_N_ELEMENTS (kinds) && strcmp (kinds[i].key, key) != 0)
    i++;
  if (i == G_N_ELEMENTS (kinds))
    return FALSE;
  place (build);
  forget (build);
  build->ended = strcmp (key, "end") == 0;
  build->disc->directory = build->disc->directory || strcmp (key, "dicomdir") == 0;
  g_autofree char *path = read_path (text);
  build->shown = show_path (path ? path : text);
  if (path || kinds[i].kind != PRESENT)
    build->kind = kinds[i].kind;
  if (build->kind == PRESENT)
    build->path = g_steal_pointer (&path);
  return TRUE;
}

/* Days and codes have a form; a helper that answers otherwise is not heard. */
static gboolean
is_sound (guint field, const char *key, const char *text)
{
  if (field == DATE + 1 || field == BIRTH + 1)
    return desk_partial_date_valid (text);
  if (field == TIME + 1)
    return strspn (text, "0123456789:") == strlen (text);
  return strcmp (key, "problem") != 0 || (*text && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text));
}

static void
take_line (Build *build, const char *key, const char *text)
{
  guint field = GPOINTER_TO_UINT (g_hash_table_lookup (build->by_key, key));

  if (begin (build, key, text) || build->kind == NO_RECORD || strlen (text) > MAX_VALUE
      || !is_sound (field, key, text))
    return;
  if (field > 0 && !build->values[field - 1])
    build->values[field - 1] = g_strdup (text);
  else if (strcmp (key, "problem") == 0)
    add_problem (build, text, build->shown);
}

static int
compare_studies (gconstpointer a, gconstpointer b)
{
  const DeskDiscStudy *first = *(const DeskDiscStudy *const *) a, *second = *(const DeskDiscStudy *const *) b;
  int order = strcmp (first->date, second->date);

  if (order == 0)
    order = strcmp (first->time, second->time);
  return order != 0 ? order : strcmp (first->uid, second->uid);
}

static int
compare_series (gconstpointer a, gconstpointer b)
{
  const DeskDiscSeries *first = *(const DeskDiscSeries *const *) a, *second = *(const DeskDiscSeries *const *) b;
  gint64 one = g_ascii_strtoll (first->number, NULL, 10), two = g_ascii_strtoll (second->number, NULL, 10);

  return one != two ? (one > two) - (one < two) : strcmp (first->uid, second->uid);
}

static void
sort (DeskDisc *disc)
{
  for (guint i = 0; i < disc->patients->len; i++)
    {
      DeskDiscPatient *patient = g_ptr_array_index (disc->patients, i);

      g_ptr_array_sort (patient->studies, compare_studies);
      for (guint j = 0; j < patient->studies->len; j++)
        g_ptr_array_sort (((DeskDiscStudy *) g_ptr_array_index (patient->studies, j))->series, compare_series);
    }
}

/* The disc from the lines of the helper; DESK_ERROR_CORRUPT when they are none or not all there. */
DeskDisc *
desk_disc_parse (const char *answer, gsize length, GError **error)
{
  g_autoptr (DeskDisc) disc = g_atomic_rc_box_new0 (DeskDisc);
  g_autoptr (GHashTable) studies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) series = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) instances = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (DeskLines) lines;
  Build build = { .disc = disc, .studies = studies, .series = series, .instances = instances, .by_key = by_key };

  for (guint i = 0; i < N_FIELDS; i++)
    g_hash_table_insert (by_key, (char *) keys[i], GUINT_TO_POINTER (i + 1));
  disc->folder = g_strdup ("");
  disc->patients = g_ptr_array_new_with_free_func (free_patient);
  disc->problems = g_ptr_array_new_with_free_func (free_problem);
  desk_lines_init (&lines, answer, length);
  while (!build.ended && desk_lines_next (&lines))
    take_line (&build, lines.key, lines.value);
  forget (&build);
  if (!build.ended)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CORRUPT, "the reader answers nonsense");
      return NULL;
    }
  sort (disc);
  return g_steal_pointer (&disc);
}

/* How far the helper says it has come. */
typedef struct
{
  DeskProgressFunc progress;
  gpointer user_data;
  double files;
} Heard;

static void
hear (const guint8 *data, gsize length, gpointer user_data)
{
  Heard *heard = user_data;
  g_autofree char *text = g_strndup ((const char *) data, length);
  const char *all = heard->files == 0 ? strstr (text, "files\t") : NULL, *done = g_strrstr (text, "\ndone\t");

  if (all)
    heard->files = g_ascii_strtod (all + strlen ("files\t"), NULL);
  if (done && heard->files > 0)
    heard->progress (CLAMP (g_ascii_strtod (done + strlen ("\ndone\t"), NULL) / heard->files, 0, 1), heard->user_data);
}

/* Looks at every file of the folder. progress may be NULL. The errors are those of desk_reader_call (), and
 * DESK_ERROR_NOT_FOUND when there is no such folder. Blocks; any thread. */
DeskDisc *
desk_disc_scan (const char *folder, DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error)
{
  Heard heard = { progress, user_data, 0 };
  g_autofree char *full = g_canonicalize_filename (folder, NULL);
  DeskReaderCall call = { .mode = "dicom-scan", .folder = full, .max_answer = MAX_ANSWER, .seconds = PATIENCE,
                          .heard = progress ? hear : NULL, .heard_data = &heard };

  if (!g_file_test (full, G_FILE_TEST_IS_DIR))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "no such folder");
      return NULL;
    }
  g_autoptr (GBytes) answer = desk_reader_call (&call, -1, cancellable, error);
  if (!answer)
    return NULL;
  gsize length;
  const char *text = g_bytes_get_data (answer, &length);
  DeskDisc *disc = desk_disc_parse (text, length, error);
  if (disc)
    {
      g_free (disc->folder);
      disc->folder = g_steal_pointer (&full);
    }
  return disc;
}

/* A file of the disc, opened for reading without following a link anywhere below the folder; -1 on failure. */
int
desk_disc_open (const char *folder, const DeskDiscFile *file, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (file->path ? file->path : "", "/", -1);
  int fd = file->path ? open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

  for (guint i = 0; fd >= 0 && parts[i]; i++)
    {
      int next = openat (fd, parts[i], O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | (parts[i + 1] ? O_DIRECTORY : 0));
      int number = errno;

      close (fd);
      errno = number;
      fd = next;
    }
  struct stat info;
  if (fd >= 0 && fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    return fd;
  desk_error_set_errno (error, file->name, fd < 0 && file->path ? errno : ENOENT);
  if (fd >= 0)
    close (fd);
  return -1;
}
