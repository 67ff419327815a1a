#include "desk-sample.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "desk-book.h"
#include "desk-clinic-contents.h"
#include "desk-exemption.h"
#include "desk-sample-parts.h"
#include "desk-store.h"

/* The instant of that minute of that day at the clinic. */
gint64
desk_sample_at (DeskSample *sample, DeskDay day, int minute)
{
  return desk_instant_at (day, minute, sample->zone);
}

/* The day itself if the clinic is open then, or the next open one in the direction of step. */
DeskDay
desk_sample_open_day (DeskSample *sample, DeskDay day, int step)
{
  while (sample->clinic.closed_weekdays[0] == '0' + desk_day_weekday (day))
    day += step;
  return day;
}

#define FIRST_TIME 12 /* places of two records of one person: the second time a desk was in a hurry */
#define SECOND_TIME 41

static void
replace (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

/* The same person with a new passport: name and birth date agree, the rest is as somebody typed it anew. */
static void
make_twin (DeskPatient *patient, const DeskPatient *of)
{
  replace (&patient->family, of->family);
  replace (&patient->given, of->given);
  replace (&patient->family_native, "");
  replace (&patient->given_native, "");
  replace (&patient->kana, of->kana);
  replace (&patient->sex, of->sex);
  replace (&patient->birth, of->birth);
  replace (&patient->nationality, of->nationality);
  replace (&patient->languages, of->languages);
  replace (&patient->phone, of->phone);
  replace (&patient->zone, of->zone);
  replace (&patient->address, of->address);
  replace (&patient->emergency, of->emergency);
}

static gboolean
make_patients (DeskSample *sample, DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < sample->patients && desk_bulk_ok (sample->bulk); i++)
    {
      g_autoptr (DeskPatient) patient = desk_sample_patient (sample, i);

      if (i == SECOND_TIME)
        make_twin (patient, sample->twin);
      patient->id = desk_bulk_patient (sample->bulk, patient, desk_sample_at (sample, sample->today - 400 + (int) (i % 300), 600));
      if (i < DESK_SAMPLE_WHOLE && (!desk_sample_papers (sample, patient, i, error) || !desk_sample_newer_papers (sample, patient, i, error)))
        return FALSE;
      g_array_set_size (sample->visited, 0);
      desk_sample_story (sample, patient, i);
      if (i < DESK_SAMPLE_WHOLE)
        desk_sample_stays (sample, patient, i);
      if (i == FIRST_TIME)
        sample->twin = g_steal_pointer (&patient);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (progress && i % MAX (sample->patients / 100, 1) == 0)
        progress ((double) i / sample->patients, user_data);
    }
  return TRUE;
}

static gboolean
fill (DeskSample *sample, DeskDb *db, DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (DeskBulk) bulk = desk_bulk_begin (db, error);

  if (!bulk)
    return FALSE;
  sample->types = desk_visit_type_list (db, error);
  if (!sample->types)
    return FALSE;
  sample->bulk = bulk;
  desk_sample_clinic (sample);
  if (!make_patients (sample, progress, user_data, cancellable, error))
    return FALSE;
  desk_sample_tanks (sample);
  desk_sample_lookback (sample);
  desk_sample_day (sample);
  desk_sample_free_time (sample);
  desk_bulk_counter (bulk, "chart", sample->patients + 1);
  desk_bulk_counter (bulk, "collection", sample->lots + 1);
  desk_bulk_counter (bulk, "lot", sample->lots + 1);
  return desk_bulk_finish (bulk, "clinic.sample", NULL, error);
}

static void
sample_clear (DeskSample *sample)
{
  g_time_zone_unref (sample->zone);
  g_clear_pointer (&sample->types, g_ptr_array_unref);
  g_array_unref (sample->boxes[0]);
  g_array_unref (sample->boxes[1]);
  g_hash_table_unref (sample->taken);
  g_hash_table_unref (sample->benches);
  g_array_unref (sample->visited);
  desk_patient_free (sample->twin);
  g_ptr_array_unref (sample->exemptions);
  g_clear_object (&sample->contents);
}

static gboolean
write_file (const char *path, DeskSample *sample, DeskProgressFunc progress, gpointer user_data,
            GCancellable *cancellable, GError **error)
{
  g_autoptr (DeskDb) db = desk_store_create (path, error);

  if (!db || !desk_clinic_contents_make (db, NULL, error))
    return FALSE;
  sample->contents = desk_clinic_contents_open (db, path, NULL, error);
  return sample->contents && fill (sample, db, progress, user_data, cancellable, error)
         && desk_sample_labs (sample, db, error) && desk_sample_hours (sample, db, error)
         && desk_sample_windows (sample, db, error) && desk_sample_plans (sample, db, error)
         && desk_sample_lists (sample, db, error) && desk_sample_translations (sample, db, error) && desk_sample_inbox (sample, db, error)
         && desk_sample_consents (sample, db, error) && desk_sample_money (sample, db, error)
         && desk_sample_letters (sample, db, error);
}

/* Takes away a file that was not finished, and what lies beside it. */
static void
discard (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };
  g_autofree char *folder = desk_store_files_folder (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);
      g_unlink (file);
    }
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);
      g_unlink (file);
    }
  g_rmdir (folder);
}

static gboolean
sync_path (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;
  int number = errno;

  if (fd >= 0)
    close (fd);
  return ok || desk_error_set_errno (error, path, number);
}

/* Gives the finished file its name; link() refuses where something is there already. */
static gboolean
put_in_place (const char *part, const char *path, GError **error)
{
  g_autofree char *part_files = desk_store_files_folder (part);
  g_autofree char *files = desk_store_files_folder (path);
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean with_files = g_file_test (part_files, G_FILE_TEST_IS_DIR);

  if (!sync_path (part, error))
    return FALSE;
  if (with_files && g_rename (part_files, files) < 0)
    return desk_error_set_errno (error, files, errno);
  if (link (part, path) < 0)
    {
      int number = errno;

      if (with_files && g_rename (files, part_files) < 0)
        g_warning ("%s: %s", files, g_strerror (errno));
      return desk_error_set_errno (error, path, number);
    }
  g_unlink (part);
  return sync_path (folder, error);
}

static gboolean
check_free (const char *path, GError **error)
{
  g_autofree char *files = desk_store_files_folder (path);
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat info;

  if (g_lstat (path, &info) == 0)
    return desk_error_set_errno (error, path, EEXIST);
  if (g_lstat (files, &info) == 0)
    return desk_error_set_errno (error, files, EEXIST);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return desk_error_set_errno (error, folder, ENOENT);
  return TRUE;
}

/* Writes a sample clinic around the day "today" to a new file; may take a minute for a million patients.
 * On failure or cancel nothing is left; an existing file is DESK_ERROR_EXISTS. */
gboolean
desk_sample_create (const char *path, guint patients, guint64 seed, DeskDay today, DeskProgressFunc progress,
                    gpointer user_data, GCancellable *cancellable, GError **error)
{
  DeskSample sample = { .today = today, .patients = patients, .zone = g_time_zone_new_identifier ("Asia/Tokyo"),
                        .boxes = { g_array_new (FALSE, FALSE, sizeof (gint64)), g_array_new (FALSE, FALSE, sizeof (gint64)) },
                        .visited = g_array_new (FALSE, FALSE, sizeof (DeskDay)), .exemptions = desk_exemption_shipped (),
                        .taken = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
                        .benches = g_hash_table_new (NULL, NULL) };

  g_autofree char *part = g_strdup_printf ("%s.%08x.part", path, g_random_int ());

  g_return_val_if_fail (patients >= 1 && patients <= DESK_SAMPLE_MAX_PATIENTS, FALSE);
  desk_random_init (&sample.random, seed);
  gboolean ok = check_free (path, error) && write_file (part, &sample, progress, user_data, cancellable, error) && put_in_place (part, path, error);
  if (!ok)
    discard (part);
  sample_clear (&sample);
  return ok;
}
