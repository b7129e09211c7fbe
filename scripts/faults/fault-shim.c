/*
 * Preloaded into a process (LD_PRELOAD), makes calls of the C library fail, wait or hang as the system does when a
 * disk is full, failing or gone. Which ones is said by the environment:
 *
 *   NILS_FAULT_PATH    the file, or the folder and all below it, that the calls are about
 *   NILS_FAULT_CALL    open, read, write, sync, truncate, list, stat, rename, unlink, close, or any
 *   NILS_FAULT_NTH     number of the first such call that fails, from 1
 *   NILS_FAULT_STICKY  1: all later ones fail too
 *   NILS_FAULT_ERRNO   the error's number; or
 *   NILS_FAULT_SLEEP   each chosen call waits so many milliseconds first; or
 *   NILS_FAULT_HANG    1: the chosen call never returns
 *   NILS_FAULT_STATE   a file of 8 bytes: calls counted, calls that were made to fail (two numbers of 32 bits)
 *
 * The counts are shared by a process and its children, so that a job's parent and the job are one sequence.
 * Descriptors are followed from open to close. `open` is also the opening of a folder.
 *
 * Node's library of system calls (libuv) and SQLite call the C library by the names below; `strace` shows no call on
 * a file that comes by another way but mmap, fcntl, access and chmod, which are left alone. Node is built against an
 * old C library, whose stat is called __xstat, and libuv calls statx and close by number.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define MOST_DESCRIPTORS 65536
#define MOST_WORDS 6

struct counts {
  _Atomic unsigned calls;
  _Atomic unsigned fired;
};

static struct counts *counts;
static const char *path;
static size_t path_length;
static const char *call;
static unsigned nth;
static int is_sticky;
static int error_number;
static long sleep_us;
static int hangs;
static _Atomic char is_followed[MOST_DESCRIPTORS];
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* The C library's own function of that name. */
#define REAL(name) ((__typeof__(&name))find_real(#name))

static void *find_real(const char *name) { return dlsym(RTLD_NEXT, name); }

static long number_of(const char *name) {
  const char *text = getenv(name);
  return text == NULL ? 0 : atol(text);
}

/* Calls none of the functions below: they wait for it to have been done. */
static void read_environment(void) {
  const char *state = getenv("NILS_FAULT_STATE");
  path = getenv("NILS_FAULT_PATH");
  call = getenv("NILS_FAULT_CALL");
  if (state == NULL || path == NULL || call == NULL) return;
  path_length = strlen(path);
  nth = (unsigned)number_of("NILS_FAULT_NTH");
  is_sticky = (int)number_of("NILS_FAULT_STICKY");
  error_number = (int)number_of("NILS_FAULT_ERRNO");
  const char *sleep = getenv("NILS_FAULT_SLEEP");
  sleep_us = sleep == NULL ? 0 : (long)(1000 * atof(sleep));
  hangs = (int)number_of("NILS_FAULT_HANG");
  int descriptor = REAL(open)(state, O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return;
  void *mapped = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (mapped != MAP_FAILED) counts = mapped;
  REAL(close)(descriptor);
}

static int is_about(const char *name) {
  pthread_once(&once, read_environment);
  if (counts == NULL || name == NULL || strncmp(name, path, path_length) != 0) return 0;
  return name[path_length] == '\0' || name[path_length] == '/';
}

static int is_about_descriptor(int descriptor) {
  pthread_once(&once, read_environment);
  return counts != NULL && descriptor >= 0 && descriptor < MOST_DESCRIPTORS &&
         atomic_load(&is_followed[descriptor]);
}

static void follow(int descriptor, int follows) {
  if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS) atomic_store(&is_followed[descriptor], follows);
}

static void wait_us(long microseconds) {
  struct timespec rest = {microseconds / 1000000, microseconds % 1000000 * 1000};
  while (nanosleep(&rest, &rest) != 0) {}
}

/* Is this call, which is about the path, to fail? Sets errno; waits or hangs where that is asked for instead. */
static int fails(const char *name) {
  int is_listing = strcmp(name, "list") == 0;
  if (is_listing && strcmp(call, "any-but-list") == 0) return 0;
  if (strncmp(call, "any", 3) != 0 && strcmp(call, name) != 0) return 0;
  unsigned number = atomic_fetch_add(&counts->calls, 1) + 1;
  if (is_sticky ? number < nth : number != nth) return 0;
  atomic_fetch_add(&counts->fired, 1);
  if (sleep_us > 0) wait_us(sleep_us);
  while (hangs) wait_us(1000000000);
  if (error_number == 0) return 0;
  errno = error_number;
  return 1;
}

/* --- open ---------------------------------------------------------------------------------------------------- */

static mode_t mode_of(int flags, va_list rest) {
  return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

#define OPEN(name)                                   \
  int name(const char *file, int flags, ...) {       \
    va_list rest;                                    \
    va_start(rest, flags);                           \
    mode_t mode = mode_of(flags, rest);              \
    va_end(rest);                                    \
    int about = is_about(file);                      \
    if (about && fails("open")) return -1;           \
    int descriptor = REAL(name)(file, flags, mode);  \
    follow(descriptor, about);                       \
    return descriptor;                               \
  }

#define OPEN_AT(name)                                       \
  int name(int folder, const char *file, int flags, ...) {  \
    va_list rest;                                           \
    va_start(rest, flags);                                  \
    mode_t mode = mode_of(flags, rest);                     \
    va_end(rest);                                           \
    int about = is_about(file);                             \
    if (about && fails("open")) return -1;                  \
    int descriptor = REAL(name)(folder, file, flags, mode); \
    follow(descriptor, about);                              \
    return descriptor;                                      \
  }

OPEN(open)
OPEN(open64)
OPEN_AT(openat)
OPEN_AT(openat64)

DIR *opendir(const char *file) {
  int about = is_about(file);
  if (about && fails("open")) return NULL;
  DIR *folder = REAL(opendir)(file);
  if (folder != NULL) follow(dirfd(folder), about);
  return folder;
}

/* --- read and write ------------------------------------------------------------------------------------------ */

#define ON_DESCRIPTOR(result, name, kind, parameters, arguments)   \
  result name parameters {                                         \
    if (is_about_descriptor(descriptor) && fails(kind)) return -1; \
    return REAL(name) arguments;                                   \
  }

ON_DESCRIPTOR(ssize_t, read, "read", (int descriptor, void *to, size_t size), (descriptor, to, size))
ON_DESCRIPTOR(ssize_t, pread, "read", (int descriptor, void *to, size_t size, off_t at), (descriptor, to, size, at))
ON_DESCRIPTOR(ssize_t, pread64, "read", (int descriptor, void *to, size_t size, off64_t at), (descriptor, to, size, at))
ON_DESCRIPTOR(ssize_t, readv, "read", (int descriptor, const struct iovec *to, int count), (descriptor, to, count))
ON_DESCRIPTOR(ssize_t, preadv, "read", (int descriptor, const struct iovec *to, int count, off_t at), (descriptor, to, count, at))
ON_DESCRIPTOR(ssize_t, preadv64, "read", (int descriptor, const struct iovec *to, int count, off64_t at), (descriptor, to, count, at))
ON_DESCRIPTOR(ssize_t, write, "write", (int descriptor, const void *from, size_t size), (descriptor, from, size))
ON_DESCRIPTOR(ssize_t, pwrite, "write", (int descriptor, const void *from, size_t size, off_t at), (descriptor, from, size, at))
ON_DESCRIPTOR(ssize_t, pwrite64, "write", (int descriptor, const void *from, size_t size, off64_t at), (descriptor, from, size, at))
ON_DESCRIPTOR(ssize_t, writev, "write", (int descriptor, const struct iovec *from, int count), (descriptor, from, count))
ON_DESCRIPTOR(ssize_t, pwritev, "write", (int descriptor, const struct iovec *from, int count, off_t at), (descriptor, from, count, at))
ON_DESCRIPTOR(ssize_t, pwritev64, "write", (int descriptor, const struct iovec *from, int count, off64_t at), (descriptor, from, count, at))
ON_DESCRIPTOR(int, fsync, "sync", (int descriptor), (descriptor))
ON_DESCRIPTOR(int, fdatasync, "sync", (int descriptor), (descriptor))
ON_DESCRIPTOR(int, ftruncate, "truncate", (int descriptor, off_t size), (descriptor, size))
ON_DESCRIPTOR(int, ftruncate64, "truncate", (int descriptor, off64_t size), (descriptor, size))

/* --- folders -------------------------------------------------------------------------------------------------- */

struct dirent *readdir(DIR *folder) {
  if (is_about_descriptor(dirfd(folder)) && fails("list")) return NULL;
  return REAL(readdir)(folder);
}

struct dirent64 *readdir64(DIR *folder) {
  if (is_about_descriptor(dirfd(folder)) && fails("list")) return NULL;
  return REAL(readdir64)(folder);
}

int scandir64(const char *file, struct dirent64 ***names, int (*filter)(const struct dirent64 *),
              int (*compare)(const struct dirent64 **, const struct dirent64 **)) {
  if (is_about(file) && fails("list")) return -1;
  return REAL(scandir64)(file, names, filter, compare);
}

/* --- stat ----------------------------------------------------------------------------------------------------- */

#define ON_PATH(name, kind, parameters, arguments)   \
  int name parameters {                              \
    if (is_about(file) && fails(kind)) return -1;    \
    return REAL(name) arguments;                     \
  }

int __xstat(int, const char *, struct stat *);
int __xstat64(int, const char *, struct stat64 *);
int __lxstat(int, const char *, struct stat *);
int __lxstat64(int, const char *, struct stat64 *);
int __fxstat(int, int, struct stat *);
int __fxstat64(int, int, struct stat64 *);
int __fxstatat64(int, int, const char *, struct stat64 *, int);

ON_PATH(__xstat, "stat", (int version, const char *file, struct stat *to), (version, file, to))
ON_PATH(__xstat64, "stat", (int version, const char *file, struct stat64 *to), (version, file, to))
ON_PATH(__lxstat, "stat", (int version, const char *file, struct stat *to), (version, file, to))
ON_PATH(__lxstat64, "stat", (int version, const char *file, struct stat64 *to), (version, file, to))
ON_PATH(__fxstatat64, "stat", (int version, int folder, const char *file, struct stat64 *to, int flags), (version, folder, file, to, flags))
ON_DESCRIPTOR(int, __fxstat, "stat", (int version, int descriptor, struct stat *to), (version, descriptor, to))
ON_DESCRIPTOR(int, __fxstat64, "stat", (int version, int descriptor, struct stat64 *to), (version, descriptor, to))
ON_PATH(stat, "stat", (const char *file, struct stat *to), (file, to))
ON_PATH(stat64, "stat", (const char *file, struct stat64 *to), (file, to))
ON_PATH(lstat, "stat", (const char *file, struct stat *to), (file, to))
ON_PATH(lstat64, "stat", (const char *file, struct stat64 *to), (file, to))
ON_DESCRIPTOR(int, fstat, "stat", (int descriptor, struct stat *to), (descriptor, to))
ON_DESCRIPTOR(int, fstat64, "stat", (int descriptor, struct stat64 *to), (descriptor, to))

static int statx_fails(int folder, const char *file) {
  int is_descriptor = file == NULL || file[0] == '\0';
  return (is_descriptor ? is_about_descriptor(folder) : is_about(file)) && fails("stat");
}

int statx(int folder, const char *restrict file, int flags, unsigned mask, struct statx *restrict to) {
  if (statx_fails(folder, file)) return -1;
  return REAL(statx)(folder, file, flags, mask, to);
}

long syscall(long number, ...) {
  long words[MOST_WORDS];
  va_list rest;
  va_start(rest, number);
  for (int word = 0; word < MOST_WORDS; word++) words[word] = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_statx && statx_fails((int)words[0], (const char *)words[1])) return -1;
  if (number == SYS_close) return close((int)words[0]);
  static __typeof__(&syscall) real;
  if (real == NULL) real = REAL(syscall);
  return real(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}

/* --- names and ends -------------------------------------------------------------------------------------------- */

ON_PATH(unlink, "unlink", (const char *file), (file))
ON_PATH(unlinkat, "unlink", (int folder, const char *file, int flags), (folder, file, flags))

int rename(const char *from, const char *to) {
  if ((is_about(from) || is_about(to)) && fails("rename")) return -1;
  return REAL(rename)(from, to);
}

/* The descriptor is closed even where an error is told, as Linux does it. */
int close(int descriptor) {
  int about = is_about_descriptor(descriptor);
  follow(descriptor, 0);
  int result = REAL(close)(descriptor);
  if (about && fails("close")) return -1;
  return result;
}

int closedir(DIR *folder) {
  int about = is_about_descriptor(dirfd(folder));
  follow(dirfd(folder), 0);
  int result = REAL(closedir)(folder);
  if (about && fails("close")) return -1;
  return result;
}
