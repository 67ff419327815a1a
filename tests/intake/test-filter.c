/* What the helper can no longer do once the filter is up, each tried in a process of its own. No sandbox is needed. */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "reader-filter.h"

enum
{
  WORKS,
  FAILS,
  DIES
};

static gboolean
try_socket (void)
{
  return socket (AF_INET, SOCK_STREAM, 0) >= 0;
}

static gboolean
try_unix_socket (void)
{
  return socket (AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static gboolean
try_exec (void)
{
  char *const args[] = { (char *) "/bin/true", NULL };

  execv ("/bin/true", args);
  return FALSE;
}

static gboolean
try_fork (void)
{
  pid_t child = (pid_t) syscall (SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

  if (child == 0)
    _exit (0);
  return child > 0;
}

static gboolean
try_ptrace (void)
{
  return ptrace (PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static gboolean
try_write (void)
{
  return open ("/dev/null", O_WRONLY) >= 0;
}

static gboolean
try_create (void)
{
  return open ("/tmp/uketsuke-must-not-be", O_RDONLY | O_CREAT, 0600) >= 0;
}

static gboolean
try_remove (void)
{
  return unlink ("/tmp/uketsuke-not-there") == 0 || errno == ENOENT;
}

static gboolean
try_memfd (void)
{
  return memfd_create ("x", 0) >= 0;
}

static gboolean
try_limits (void)
{
  struct rlimit limit = { 0, 0 };

  return setrlimit (RLIMIT_CORE, &limit) == 0;
}

static gboolean
try_kill (void)
{
  return kill (getppid (), 0) == 0;
}

static gboolean
try_read (void)
{
  char byte;
  int fd = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC);

  return fd >= 0 && read (fd, &byte, 1) == 1;
}

static gboolean
try_memory (void)
{
  char *bytes = malloc (64 << 20);

  if (!bytes)
    return FALSE;
  memset (bytes, 1, 64 << 20);
  free (bytes);
  return TRUE;
}

static gboolean
try_answer (void)
{
  return write (STDERR_FILENO, "", 0) == 0;
}

static void *
nothing (void *data)
{
  return data;
}

static gboolean
try_thread (void)
{
  pthread_t thread;

  return pthread_create (&thread, NULL, nothing, NULL) == 0 && pthread_join (thread, NULL) == 0;
}

static const struct
{
  const char *name;
  gboolean (*try) (void);
  int expected[3]; /* by room */
} attempts[] = {
  { "socket", try_socket, { DIES, DIES, DIES } },
  { "unix-socket", try_unix_socket, { DIES, DIES, DIES } },
  { "exec", try_exec, { DIES, DIES, WORKS } },
  { "fork", try_fork, { FAILS, FAILS, FAILS } },
  { "ptrace", try_ptrace, { DIES, DIES, DIES } },
  { "open-for-writing", try_write, { FAILS, FAILS, FAILS } },
  { "create", try_create, { FAILS, FAILS, FAILS } },
  { "remove", try_remove, { FAILS, FAILS, FAILS } },
  { "memfd", try_memfd, { FAILS, FAILS, FAILS } },
  { "limits", try_limits, { FAILS, FAILS, FAILS } },
  { "kill", try_kill, { FAILS, FAILS, FAILS } },
  { "read", try_read, { WORKS, WORKS, WORKS } },
  { "memory", try_memory, { WORKS, WORKS, WORKS } },
  { "answer", try_answer, { WORKS, WORKS, WORKS } },
  { "thread", try_thread, { FAILS, WORKS, FAILS } },
};

static int
outcome (gboolean (*try) (void), ReaderRoom room, gboolean filtered)
{
  int status;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      if (filtered && !reader_filter (room))
        _exit (3);
      _exit (try () ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFSIGNALED (status))
    {
      g_assert_cmpint (WTERMSIG (status), ==, SIGSYS);
      return DIES;
    }
  g_assert_cmpint (WEXITSTATUS (status), <=, 1);
  return WEXITSTATUS (status) == 0 ? WORKS : FAILS;
}

static void
test_attempt (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  for (guint room = 0; room < 3; room++)
    g_assert_cmpint (outcome (attempts[i].try, room, TRUE), ==, attempts[i].expected[room]);
}

/* The attempts themselves are sound: without the filter they work. */
static void
test_without (void)
{
  g_assert_cmpint (outcome (try_unix_socket, 0, FALSE), ==, WORKS);
  g_assert_cmpint (outcome (try_exec, 0, FALSE), ==, WORKS);
  g_assert_cmpint (outcome (try_fork, 0, FALSE), ==, WORKS);
  g_assert_cmpint (outcome (try_write, 0, FALSE), ==, WORKS);
  g_assert_cmpint (outcome (try_memfd, 0, FALSE), ==, WORKS);
  g_assert_cmpint (outcome (try_limits, 0, FALSE), ==, WORKS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/without", test_without);
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autofree char *path = g_strconcat ("/filter/", attempts[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_attempt);
    }
  return g_test_run ();
}
