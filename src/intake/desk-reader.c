#include "desk-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk-error.h"
#include "desk-reader-wire.h"

#define PATIENCE 20 /* seconds */
#define TICK 100 /* milliseconds between looks at the cancel button */

/* The words of uketsuke-reader. */
static const struct
{
  const char *word;
  DeskError code;
  const char *message;
} answers[] = {
  { "foreign", DESK_ERROR_FOREIGN, "not a kind of file that can be read" },
  { "no-filter", DESK_ERROR_REFUSED, "no-sandbox" },
  { "damaged", DESK_ERROR_CORRUPT, "the file is damaged or cut off" },
  { "encrypted", DESK_ERROR_REFUSED, "encrypted" },
  { "too-large", DESK_ERROR_INVALID, "the file or picture is too large" },
};

static gboolean
fail_errno (GError **error, const char *path, int number)
{
  g_set_error (error, DESK_ERROR, number == ENOENT ? DESK_ERROR_NOT_FOUND : DESK_ERROR_IO, "%s: %s", path, g_strerror (number));
  return FALSE;
}

static int
open_input (const char *path, GError **error)
{
  struct stat info;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    {
      fail_errno (error, path, errno);
      return -1;
    }
  gboolean regular = fstat (fd, &info) == 0 && S_ISREG (info.st_mode);
  if (regular && info.st_size <= DESK_READER_MAX_BYTES)
    return fd;
  close (fd);
  g_set_error (error, DESK_ERROR, regular ? DESK_ERROR_INVALID : DESK_ERROR_FOREIGN, "%s: %s", path, regular ? "too large" : "not a file");
  return -1;
}

/* The helper: where a test says, where it is installed, or beside the program in the build folder. */
static char *
find_helper (GError **error)
{
  const char *told = g_getenv ("UKETSUKE_READER");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self ? self : "/");
  g_autofree char *beside = g_build_filename (folder, "..", "intake", "uketsuke-reader", NULL);
  const char *const places[] = { told, DESK_LIBEXECDIR "/uketsuke-reader", beside };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i] && g_file_test (places[i], G_FILE_TEST_IS_EXECUTABLE))
      return g_strdup (places[i]);
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "uketsuke-reader is not installed");
  return NULL;
}

static gboolean
fail_no_sandbox (GError **error)
{
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "no-sandbox");
  return FALSE;
}

static void
add_words (GPtrArray *argv, const char *const *words)
{
  for (guint i = 0; words && words[i]; i++)
    g_ptr_array_add (argv, g_strdup (words[i]));
}

/* Programs and fonts may be read; there is no home, no network, no other process. */
static GPtrArray *
command (const char *bwrap, const char *helper, const DeskReaderCall *call)
{
  static const char *const walls[] = {
    "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
    "--setenv", "LC_ALL", "C.UTF-8",
    "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
    "--ro-bind-try", "/etc/fonts", "/etc/fonts", "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache",
    "--ro-bind-try", "/var/cache/fontconfig", "/var/cache/fontconfig",
    "--proc", "/proc", "--dev", "/dev", NULL
  };
  const char *const start[] = { bwrap, NULL };
  const char *const folder[] = { "--ro-bind", call->folder, DESK_READER_FOLDER, NULL };
  /* The helper limits itself, and the program of others that it starts. */
  const char *const reader[] = { "--ro-bind", helper, "/reader", "--chdir", "/", "/reader", call->program ? "run" : call->mode,
                                 call->program, NULL };
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

  add_words (argv, start);
  add_words (argv, walls);
  if (call->folder)
    add_words (argv, folder);
  add_words (argv, reader);
  add_words (argv, call->args);
  g_ptr_array_add (argv, NULL);
  return argv;
}

/* Takes the input. */
static GSubprocess *
spawn (const DeskReaderCall *call, int input, GError **error)
{
  g_autofree char *bwrap = g_find_program_in_path ("bwrap");
  g_autofree char *helper = find_helper (error);

  if (!helper || !bwrap)
    {
      if (input >= 0)
        close (input);
      if (helper)
        fail_no_sandbox (error);
      return NULL;
    }
  g_autoptr (GPtrArray) argv = command (bwrap, helper, call);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  if (input >= 0)
    g_subprocess_launcher_take_stdin_fd (launcher, input);
  return g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, error);
}

/* How long and how far we listen to it. */
typedef struct
{
  gint64 deadline;
  gsize limit;
  GCancellable *cancellable;
  DeskReaderHeard heard;
  gpointer heard_data;
} Patience;

static GByteArray *
read_stream (GInputStream *stream, const Patience *patience, GError **error)
{
  int fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream));
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (65536);

  for (;;)
    {
      struct pollfd wait = { fd, POLLIN, 0 };

      if (g_cancellable_set_error_if_cancelled (patience->cancellable, error))
        return NULL;
      if (g_get_monotonic_time () > patience->deadline)
        {
          g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CORRUPT, "reading the file takes too long");
          return NULL;
        }
      if (poll (&wait, 1, TICK) <= 0)
        continue;
      ssize_t n = read (fd, chunk, 65536);
      if (n == 0)
        return g_steal_pointer (&out);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 || out->len + (gsize) n > patience->limit)
        {
          g_set_error_literal (error, DESK_ERROR, DESK_ERROR_FAILED, "the reader answers nonsense");
          return NULL;
        }
      g_byte_array_append (out, chunk, (guint) n);
      if (patience->heard)
        patience->heard (chunk, (gsize) n, patience->heard_data);
    }
}

static gboolean
fail_answer (const GByteArray *said, GError **error)
{
  g_autofree char *words = g_strndup ((const char *) said->data, said->len);

  if (g_str_has_prefix (words, "bwrap:"))
    return fail_no_sandbox (error);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_has_suffix (words, answers[i].word))
      {
        g_set_error_literal (error, DESK_ERROR, answers[i].code, answers[i].message);
        return FALSE;
      }
  /* It fell over: what makes a reader fall over is no sound document. */
  g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CORRUPT, "the file cannot be read");
  return FALSE;
}

static GBytes *
listen_to (GSubprocess *process, const Patience *patience, GError **error)
{
  Patience short_words = { patience->deadline, 65536, patience->cancellable };
  g_autoptr (GByteArray) data = read_stream (g_subprocess_get_stdout_pipe (process), patience, error);
  g_autoptr (GByteArray) said = data ? read_stream (g_subprocess_get_stderr_pipe (process), &short_words, error) : NULL;

  if (!said || !g_subprocess_wait (process, patience->cancellable, error))
    return NULL;
  if (g_subprocess_get_successful (process))
    return g_byte_array_free_to_bytes (g_steal_pointer (&data));
  fail_answer (said, error);
  return NULL;
}

/* What the helper answers in that mode. The errors are those of the words it knows, NOT_FOUND without the helper,
 * REFUSED "no-sandbox" where no sandbox can be made. Blocks for at most call->seconds; any thread. */
GBytes *
desk_reader_call (const DeskReaderCall *call, int input, GCancellable *cancellable, GError **error)
{
  Patience patience = { g_get_monotonic_time () + call->seconds * G_USEC_PER_SEC, call->max_answer, cancellable,
                        call->heard, call->heard_data };
  g_autoptr (GSubprocess) process = spawn (call, input, error);
  GBytes *answer = process ? listen_to (process, &patience, error) : NULL;

  if (process && !answer)
    g_subprocess_force_exit (process);
  return answer;
}

/* A file as the input of a call, or -1: an ordinary file of at most DESK_READER_MAX_BYTES. */
int
desk_reader_open (const char *path, GError **error)
{
  return open_input (path, error);
}

/* Bytes as the input of a call, or -1; nothing of them reaches a disk. */
int
desk_reader_memory (GBytes *bytes, GError **error)
{
  gsize length, done = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  int fd = memfd_create ("input", MFD_CLOEXEC);

  while (fd >= 0 && done < length)
    {
      ssize_t n = write (fd, data + done, length - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      done += n;
    }
  if (fd >= 0 && done == length && lseek (fd, 0, SEEK_SET) == 0)
    return fd;
  g_set_error (error, DESK_ERROR, DESK_ERROR_IO, "no memory for the file: %s", g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

static DeskPreview *
parse (GBytes *answer, int max_width, int max_height)
{
  DeskReaderHeader header;
  gsize length;
  const guint8 *data = g_bytes_get_data (answer, &length);

  if (length < sizeof header)
    return NULL;
  memcpy (&header, data, sizeof header);
  if (header.magic != DESK_READER_MAGIC || header.width < 1 || header.height < 1 || header.width > max_width
      || header.height > max_height || header.pages < 1 || length != sizeof header + (gsize) header.width * header.height * 4)
    return NULL;
  DeskPreview *preview = g_new0 (DeskPreview, 1);
  preview->width = header.width;
  preview->height = header.height;
  preview->stride = header.width * 4;
  preview->pages = header.pages;
  preview->pixels = g_bytes_new_from_bytes (answer, sizeof header, length - sizeof header);
  return preview;
}

/* A page (from 0) of an opened input, which is taken, within so many pixels, or an error: FOREIGN (no kind of file
 * that is known), CORRUPT, INVALID (too large), REFUSED ("no-sandbox", "encrypted"), NOT_FOUND. Blocks for at most
 * 20 seconds; any thread. */
DeskPreview *
desk_reader_picture (int input, int page, int max_width, int max_height, GCancellable *cancellable, GError **error)
{
  max_width = CLAMP (max_width, 1, DESK_READER_MAX_SIDE);
  max_height = CLAMP (max_height, 1, DESK_READER_MAX_SIDE);

  g_autofree char *width = g_strdup_printf ("%d", max_width), *height = g_strdup_printf ("%d", max_height);
  g_autofree char *number = g_strdup_printf ("%d", MAX (page, 0));
  const char *const args[] = { width, height, number, NULL };
  DeskReaderCall call = { .mode = "picture", .args = args, .seconds = PATIENCE,
                          .max_answer = sizeof (DeskReaderHeader) + (gsize) max_width * max_height * 4 };
  g_autoptr (GBytes) answer = desk_reader_call (&call, input, cancellable, error);
  DeskPreview *preview = answer ? parse (answer, max_width, max_height) : NULL;

  if (answer && !preview)
    g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CORRUPT, "the file cannot be read");
  return preview;
}

/* desk_reader_picture () of a file. */
DeskPreview *
desk_reader_run (const char *path, int max_width, int max_height, GCancellable *cancellable, GError **error)
{
  int input = open_input (path, error);

  return input < 0 ? NULL : desk_reader_picture (input, 0, max_width, max_height, cancellable, error);
}
