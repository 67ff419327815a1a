/* uketsuke-reader MODE [ARGUMENT…]: reads a file from outside on standard input, or a folder of them, and writes what
 * is in it to standard output. A short life in a sandbox: what the file does to this program, it does to nothing else.
 * Failure is one word on standard error and exit code 1. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "desk-reader-wire.h"
#include "reader-filter.h"
#include "reader.h"

_Noreturn void
reader_die (const char *word)
{
  ssize_t ignored = write (STDERR_FILENO, word, strlen (word));

  (void) ignored;
  _exit (1);
}

/* Of memory as much as the mode needs for a file of DESK_READER_MAX_BYTES; nothing is written anywhere. */
static void
set_limits (rlim_t megabytes)
{
  const struct
  {
    int what;
    rlim_t limit;
  } limits[] = {
    { RLIMIT_AS, megabytes << 20 }, { RLIMIT_CPU, 15 }, { RLIMIT_FSIZE, 0 }, { RLIMIT_CORE, 0 }, { RLIMIT_NOFILE, 64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      struct rlimit limit = { limits[i].limit, limits[i].limit };
      if (setrlimit (limits[i].what, &limit) < 0)
        reader_die ("no-limits");
    }
}

/* All of standard input. */
GBytes *
reader_input (void)
{
  GByteArray *data = g_byte_array_new ();
  guint8 chunk[65536];

  for (;;)
    {
      ssize_t n = read (STDIN_FILENO, chunk, sizeof chunk);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        reader_die ("unreadable");
      if (n == 0)
        return g_byte_array_free_to_bytes (data);
      if (data->len + n > DESK_READER_MAX_BYTES)
        reader_die ("too-large");
      g_byte_array_append (data, chunk, (guint) n);
    }
}

void
reader_write (const void *data, gsize length)
{
  const char *p = data;

  while (length > 0)
    {
      ssize_t n = write (STDOUT_FILENO, p, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        reader_die ("unwritable");
      p += n;
      length -= (gsize) n;
    }
}

/* Both walls stand before the first byte of a file is read. */
static void
close_doors (rlim_t megabytes, ReaderRoom room)
{
  set_limits (megabytes);
  if (!reader_filter (room))
    reader_die ("no-filter");
}

/* run PROGRAM ARGUMENT…: a program of others, in the same walls. */
_Noreturn static void
run_program (char **args)
{
  static const char *const programs[] = { "dcmj2pnm", "dcml2pnm" };

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    if (strcmp (args[0], programs[i]) == 0)
      {
        char path[64] = "/usr/bin/";

        close_doors (1024, READER_ROOM_PROGRAM);
        execv (strcat (path, programs[i]), args);
        reader_die ("unreadable");
      }
  reader_die ("usage");
}

static const struct
{
  const char *name;
  int n_args;
  void (*run) (char **args);
  ReaderRoom room;   /* READER_ROOM_PARSER where nothing is said */
  rlim_t megabytes;  /* of memory; 1024 where nothing is said */
} modes[] = {
  { "codes", 0, reader_codes, READER_ROOM_LIBRARY, 2048 },
  { "csv", 2, reader_csv },
  { "dicom-scan", 0, reader_dicom_scan },
  { "hl7", 0, reader_hl7 },
  { "lab-csv", 0, reader_lab_csv },
  { "letter", 0, reader_letter, READER_ROOM_PARSER, 256 },
  { "plan", 0, reader_plan, READER_ROOM_PARSER, 256 },
  { "picture", 3, reader_picture, READER_ROOM_LIBRARY, 2048 },
};

int
main (int argc, char **argv)
{
  if (argc >= 3 && strcmp (argv[1], "run") == 0)
    run_program (argv + 2);
  for (guint i = 0; argc >= 2 && i < G_N_ELEMENTS (modes); i++)
    if (strcmp (argv[1], modes[i].name) == 0 && argc == 2 + modes[i].n_args)
      {
        close_doors (modes[i].megabytes ? modes[i].megabytes : 1024, modes[i].room);
        modes[i].run (argv + 2);
        /* Not return: what libraries do at the end is of no use to anybody. */
        _exit (0);
      }
  reader_die ("usage");
}
