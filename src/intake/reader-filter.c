#include "reader-filter.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>

/* Harmless in a sandbox that sees /usr and the folder of the call, all of it read-only. */
static const int allowed[] = {
  SCMP_SYS (read), SCMP_SYS (readv), SCMP_SYS (pread64), SCMP_SYS (lseek), SCMP_SYS (close), SCMP_SYS (dup), SCMP_SYS (fcntl),
  SCMP_SYS (fadvise64), SCMP_SYS (stat), SCMP_SYS (fstat), SCMP_SYS (lstat), SCMP_SYS (newfstatat), SCMP_SYS (statx),
  SCMP_SYS (statfs), SCMP_SYS (fstatfs), SCMP_SYS (access), SCMP_SYS (faccessat), SCMP_SYS (faccessat2), SCMP_SYS (readlink),
  SCMP_SYS (readlinkat), SCMP_SYS (getcwd), SCMP_SYS (getdents), SCMP_SYS (getdents64), SCMP_SYS (mmap), SCMP_SYS (mprotect),
  SCMP_SYS (munmap), SCMP_SYS (mremap), SCMP_SYS (madvise), SCMP_SYS (brk), SCMP_SYS (futex), SCMP_SYS (rt_sigaction),
  SCMP_SYS (rt_sigprocmask), SCMP_SYS (rt_sigreturn), SCMP_SYS (sigaltstack), SCMP_SYS (exit), SCMP_SYS (exit_group),
  SCMP_SYS (tgkill), SCMP_SYS (getpid), SCMP_SYS (gettid), SCMP_SYS (getuid), SCMP_SYS (geteuid), SCMP_SYS (getgid),
  SCMP_SYS (getegid), SCMP_SYS (clock_gettime), SCMP_SYS (clock_getres), SCMP_SYS (clock_nanosleep), SCMP_SYS (nanosleep),
  SCMP_SYS (gettimeofday), SCMP_SYS (time), SCMP_SYS (getrandom), SCMP_SYS (sched_yield), SCMP_SYS (sched_getaffinity),
  SCMP_SYS (sysinfo), SCMP_SYS (uname), SCMP_SYS (getrlimit), SCMP_SYS (getrusage), SCMP_SYS (set_robust_list),
  SCMP_SYS (rseq), SCMP_SYS (set_tid_address), SCMP_SYS (arch_prctl), SCMP_SYS (poll), SCMP_SYS (ppoll), SCMP_SYS (select),
  SCMP_SYS (pselect6), SCMP_SYS (eventfd2), SCMP_SYS (restart_syscall), SCMP_SYS (membarrier), SCMP_SYS (umask),
};

/* No reader of a document ever does these: whoever tries is ended at once. Everything else that is not allowed just
 * fails. */
static const int deadly[] = {
  SCMP_SYS (socket), SCMP_SYS (connect), SCMP_SYS (bind), SCMP_SYS (ptrace), SCMP_SYS (process_vm_readv),
  SCMP_SYS (process_vm_writev), SCMP_SYS (mount), SCMP_SYS (umount2), SCMP_SYS (unshare), SCMP_SYS (setns), SCMP_SYS (bpf),
  SCMP_SYS (userfaultfd), SCMP_SYS (perf_event_open), SCMP_SYS (io_uring_setup), SCMP_SYS (keyctl), SCMP_SYS (add_key),
  SCMP_SYS (open_by_handle_at), SCMP_SYS (init_module), SCMP_SYS (kexec_load), SCMP_SYS (fork), SCMP_SYS (vfork),
};

#define WRITES (O_ACCMODE | O_CREAT | O_TRUNC)

static gboolean
add_calls (scmp_filter_ctx filter)
{
  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    if (seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed[i], 0) < 0)
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (deadly); i++)
    if (seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0) < 0)
      return FALSE;
  return TRUE;
}

/* Calls that are harmless with some arguments only. */
static gboolean
add_arguments (scmp_filter_ctx filter)
{
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (open), 1, SCMP_A1 (SCMP_CMP_MASKED_EQ, WRITES, O_RDONLY)) >= 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (openat), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, WRITES, O_RDONLY)) >= 0
         && seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (openat2), 0) >= 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (write), 1, SCMP_A0 (SCMP_CMP_LE, 2)) >= 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (writev), 1, SCMP_A0 (SCMP_CMP_LE, 2)) >= 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (prlimit64), 1, SCMP_A2 (SCMP_CMP_EQ, 0)) >= 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (prctl), 1, SCMP_A0 (SCMP_CMP_EQ, PR_SET_NAME)) >= 0
         /* The C library then tries clone (), whose arguments can be seen. */
         && seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0) >= 0;
}

static gboolean
add_room (scmp_filter_ctx filter, ReaderRoom room)
{
  gboolean ok = TRUE;

  if (room == READER_ROOM_LIBRARY)
    ok = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (clone), 1, SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) >= 0;
  if (room != READER_ROOM_PROGRAM)
    return ok && seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS (execve), 0) >= 0
           && seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS (execveat), 0) >= 0;
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (execve), 0) >= 0;
}

/* From here on, and for good. FALSE where the kernel cannot do it: then nothing is to be read. */
gboolean
reader_filter (ReaderRoom room)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean ok = filter && add_calls (filter) && add_arguments (filter) && add_room (filter, room) && seccomp_load (filter) == 0;

  if (filter)
    seccomp_release (filter);
  return ok;
}
