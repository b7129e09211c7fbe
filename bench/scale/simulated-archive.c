/*
 * An archive that exists only in the answers of the C library: preloaded (LD_PRELOAD), this answers every call
 * that Node makes about paths below one folder, and passes all others on. Names, facts and bytes of a file are
 * computed from its number, so that 10^7 files need neither disk nor memory.
 *
 *   ROOT/subject-000000/series-00000000/im-000000.dcm       10 series a subject, numbers from 0
 *
 * NILS_SIMULATED_ARCHIVE names the description that write-description.ts makes; without it nothing is simulated.
 * Calls that libuv of Node 26 makes for fs.opendir, lstat, stat, fstat, open, read with a position, close,
 * realpath, readlink and access are answered; others below ROOT are not. Linux with glibc on 64 bits.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { SERIES_PER_SUBJECT = 10, MOST_STAMPS = 32, MOST_BYTES = 16384, MOST_DESCRIPTORS = 4096 };

/* A number that is written over a template: start + (step * n) % turn, where n is the file's or folder's. */
struct stamp {
  int offset, width; /* bytes */
  char form;         /* d: digits after zeros; t: tenths as a decimal; c: clock, microseconds as HHMMSS.ffffff */
  char of;           /* f: file in its folder; s: series; p: subject (patient) */
  int64_t start, step, turn;
};

struct template {
  int size; /* bytes */
  int stamps;
  struct stamp stamp[MOST_STAMPS];
  char bytes[MOST_BYTES];
};

static char root[PATH_MAX];
static size_t root_length; /* 0: nothing is simulated */
static int64_t all_files, files_per_series, all_series, all_subjects;
static struct template templates[SERIES_PER_SUBJECT];

/* Number of the file that a descriptor stands for, and 1; 0 for all other descriptors. */
static _Atomic int64_t file_of[MOST_DESCRIPTORS];

#define REAL(name) ((__typeof__(&name))real_##name)
static void *real_open, *real_openat, *real_close, *real_pread, *real_opendir, *real_readdir, *real_closedir;
static void *real_statx, *real_realpath, *real_readlink, *real_access, *real_syscall;

static void fail(const char *what) {
  fprintf(stderr, "simulated-archive: %s\n", what);
  _exit(70);
}

static void read_template(FILE *description, struct template *to) {
  char path[PATH_MAX];
  if (fscanf(description, " template %4095s %d", path, &to->stamps) != 2) fail("no template");
  if (to->stamps > MOST_STAMPS) fail("too many stamps");
  for (int i = 0; i < to->stamps; i++) {
    struct stamp *each = &to->stamp[i];
    if (fscanf(description, " %d %d %c %c %ld %ld %ld", &each->offset, &each->width, &each->form, &each->of,
               &each->start, &each->step, &each->turn) != 7)
      fail("a stamp that cannot be read");
  }
  FILE *file = fopen(path, "re");
  if (file == NULL) fail("no file of a template");
  to->size = (int)fread(to->bytes, 1, MOST_BYTES, file);
  if (to->size == MOST_BYTES) fail("a template that is too large");
  fclose(file);
}

__attribute__((constructor)) static void begin(void) {
  real_open = dlsym(RTLD_NEXT, "open");
  real_openat = dlsym(RTLD_NEXT, "openat");
  real_close = dlsym(RTLD_NEXT, "close");
  real_pread = dlsym(RTLD_NEXT, "pread");
  real_opendir = dlsym(RTLD_NEXT, "opendir");
  real_readdir = dlsym(RTLD_NEXT, "readdir");
  real_closedir = dlsym(RTLD_NEXT, "closedir");
  real_statx = dlsym(RTLD_NEXT, "statx");
  real_realpath = dlsym(RTLD_NEXT, "realpath");
  real_readlink = dlsym(RTLD_NEXT, "readlink");
  real_access = dlsym(RTLD_NEXT, "access");
  real_syscall = dlsym(RTLD_NEXT, "syscall");
  const char *path = getenv("NILS_SIMULATED_ARCHIVE");
  if (path == NULL) return;
  FILE *description = fopen(path, "re");
  if (description == NULL) fail("no description");
  if (fscanf(description, " root %4095s files %ld per-series %ld", root, &all_files, &files_per_series) != 3)
    fail("a description that cannot be read");
  for (int i = 0; i < SERIES_PER_SUBJECT; i++) read_template(description, &templates[i]);
  fclose(description);
  all_series = (all_files + files_per_series - 1) / files_per_series;
  all_subjects = (all_series + SERIES_PER_SUBJECT - 1) / SERIES_PER_SUBJECT;
  root_length = strlen(root);
}

/* What a path below the root names. `number` counts subjects, series or files of the whole archive from 0. */
enum kind { OUTSIDE, NOWHERE, ROOT, SUBJECT, SERIES, ONE_FILE };
struct entry {
  enum kind kind;
  int64_t number;
};

static int64_t files_in(int64_t series) {
  int64_t left = all_files - series * files_per_series;
  return left < files_per_series ? left : files_per_series;
}

static int64_t series_in(int64_t subject) {
  int64_t left = all_series - subject * SERIES_PER_SUBJECT;
  return left < SERIES_PER_SUBJECT ? left : SERIES_PER_SUBJECT;
}

/* Reads `before` and digits and moves the path behind them; -1 when it holds something else. */
static int64_t take_number(const char **path, const char *before) {
  size_t length = strlen(before);
  if (strncmp(*path, before, length) != 0) return -1;
  const char *at = *path + length;
  int64_t number = 0;
  if (*at < '0' || *at > '9') return -1;
  for (; *at >= '0' && *at <= '9'; at++) number = number * 10 + (*at - '0');
  *path = at;
  return number;
}

static struct entry find_entry(const char *path) {
  const struct entry outside = {OUTSIDE, 0}, nowhere = {NOWHERE, 0};
  if (root_length == 0 || path == NULL || strncmp(path, root, root_length) != 0) return outside;
  path += root_length;
  if (*path == 0) return (struct entry){ROOT, 0};
  if (*path != '/') return outside;
  int64_t subject = take_number(&path, "/subject-");
  if (subject < 0 || subject >= all_subjects) return nowhere;
  if (*path == 0) return (struct entry){SUBJECT, subject};
  int64_t series = take_number(&path, "/series-");
  if (series < 0 || series >= all_series || series / SERIES_PER_SUBJECT != subject) return nowhere;
  if (*path == 0) return (struct entry){SERIES, series};
  int64_t index = take_number(&path, "/im-");
  if (index < 0 || index >= files_in(series) || strcmp(path, ".dcm") != 0) return nowhere;
  return (struct entry){ONE_FILE, series * files_per_series + index};
}

static int refuse(int error) {
  errno = error;
  return -1;
}

/* Facts. */

static int fill_facts(struct entry entry, struct statx *facts) {
  if (entry.kind == NOWHERE) return refuse(ENOENT);
  const int is_file = entry.kind == ONE_FILE;
  const int64_t series = is_file ? entry.number / files_per_series : 0;
  memset(facts, 0, sizeof *facts);
  facts->stx_mask = STATX_BASIC_STATS;
  facts->stx_blksize = 4096;
  facts->stx_nlink = is_file ? 1 : 2;
  facts->stx_uid = getuid();
  facts->stx_gid = getgid();
  facts->stx_mode = is_file ? S_IFREG | 0644 : S_IFDIR | 0755;
  facts->stx_size = is_file ? templates[series % SERIES_PER_SUBJECT].size : 4096;
  facts->stx_blocks = 8;
  facts->stx_ino = ((uint64_t)entry.kind << 48) + entry.number + 1;
  facts->stx_dev_major = 0;
  facts->stx_dev_minor = 4242;
  const struct statx_timestamp time = {.tv_sec = 1600000000 + entry.number % 10000000, .tv_nsec = 250000000};
  facts->stx_atime = facts->stx_mtime = facts->stx_ctime = facts->stx_btime = time;
  return 0;
}

static int64_t file_behind(int descriptor) {
  if (descriptor < 0 || descriptor >= MOST_DESCRIPTORS) return -1;
  return atomic_load_explicit(&file_of[descriptor], memory_order_acquire) - 1;
}

/* A descriptor that was opened or is being closed stands for nothing simulated. Returns it. */
static int forget_descriptor(int descriptor) {
  if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS)
    atomic_store_explicit(&file_of[descriptor], 0, memory_order_release);
  return descriptor;
}

/* 1: answered, with the answer in `result`. */
static int answer_statx(int folder, const char *path, int flags, struct statx *facts, int *result) {
  if (path != NULL && path[0] == 0 && (flags & AT_EMPTY_PATH) != 0) {
    const int64_t file = file_behind(folder);
    if (file < 0) return 0;
    *result = fill_facts((struct entry){ONE_FILE, file}, facts);
    return 1;
  }
  const struct entry entry = find_entry(path);
  if (entry.kind == OUTSIDE) return 0;
  *result = fill_facts(entry, facts);
  return 1;
}

int statx(int folder, const char *path, int flags, unsigned int mask, struct statx *facts) {
  int result;
  if (answer_statx(folder, path, flags, facts, &result)) return result;
  return REAL(statx)(folder, path, flags, mask, facts);
}

/* libuv asks the kernel for statx and close without the C library's functions. */
long syscall(long number, ...) {
  va_list list;
  long given[6];
  va_start(list, number);
  for (int i = 0; i < 6; i++) given[i] = va_arg(list, long);
  va_end(list);
  int result;
  if (number == SYS_statx &&
      answer_statx((int)given[0], (const char *)given[1], (int)given[2], (struct statx *)given[4], &result))
    return result;
  if (number == SYS_close) forget_descriptor((int)given[0]);
  return REAL(syscall)(number, given[0], given[1], given[2], given[3], given[4], given[5]);
}

char *realpath(const char *path, char *resolved) {
  const struct entry entry = find_entry(path);
  if (entry.kind == OUTSIDE) return REAL(realpath)(path, resolved);
  if (entry.kind == NOWHERE) {
    errno = ENOENT;
    return NULL;
  }
  return resolved == NULL ? strdup(path) : strcpy(resolved, path);
}

ssize_t readlink(const char *path, char *target, size_t size) {
  const struct entry entry = find_entry(path);
  if (entry.kind == OUTSIDE) return REAL(readlink)(path, target, size);
  return refuse(entry.kind == NOWHERE ? ENOENT : EINVAL);
}

int access(const char *path, int mode) {
  const struct entry entry = find_entry(path);
  if (entry.kind == OUTSIDE) return REAL(access)(path, mode);
  if (entry.kind == NOWHERE) return refuse(ENOENT);
  return (mode & W_OK) != 0 ? refuse(EROFS) : 0;
}

/* Folders. */

/* Cannot be the first bytes of the C library's DIR, which are a descriptor and a lock. */
static const uint64_t MARK = 0x4e494c532d444952;

struct listing {
  uint64_t mark;
  struct entry folder;
  int64_t next, count, stride;
  struct dirent entry;
};

DIR *opendir(const char *path) {
  const struct entry entry = find_entry(path);
  if (entry.kind == OUTSIDE) return REAL(opendir)(path);
  if (entry.kind == NOWHERE || entry.kind == ONE_FILE) {
    errno = entry.kind == NOWHERE ? ENOENT : ENOTDIR;
    return NULL;
  }
  struct listing *listing = calloc(1, sizeof *listing);
  if (listing == NULL) return NULL;
  listing->mark = MARK;
  listing->folder = entry;
  if (entry.kind == ROOT) listing->count = all_subjects;
  else if (entry.kind == SUBJECT) listing->count = series_in(entry.number);
  else listing->count = files_in(entry.number);
  /* As on a disk, the order is not that of the names: a prime stride meets each entry once. */
  listing->stride = listing->count % 7919 == 0 ? 1 : 7919;
  return (DIR *)listing;
}

struct dirent *readdir(DIR *directory) {
  struct listing *listing = (struct listing *)directory;
  if (listing->mark != MARK) return REAL(readdir)(directory);
  if (listing->next == listing->count) return NULL;
  const int64_t index = listing->next++ * listing->stride % listing->count;
  struct dirent *entry = &listing->entry;
  const struct entry folder = listing->folder;
  entry->d_ino = index + 1;
  entry->d_reclen = sizeof *entry;
  entry->d_type = folder.kind == SERIES ? DT_REG : DT_DIR;
  if (folder.kind == ROOT) sprintf(entry->d_name, "subject-%06ld", index);
  else if (folder.kind == SUBJECT)
    sprintf(entry->d_name, "series-%08ld", folder.number * SERIES_PER_SUBJECT + index);
  else sprintf(entry->d_name, "im-%06ld.dcm", index);
  return entry;
}

struct dirent64 *readdir64(DIR *directory) { return (struct dirent64 *)readdir(directory); }

int closedir(DIR *directory) {
  struct listing *listing = (struct listing *)directory;
  if (listing->mark != MARK) return REAL(closedir)(directory);
  free(listing);
  return 0;
}

/* Files. */

static int open_simulated(struct entry entry, int flags) {
  if (entry.kind == NOWHERE) return refuse(ENOENT);
  if (entry.kind != ONE_FILE) return refuse(EISDIR);
  if ((flags & O_ACCMODE) != O_RDONLY) return refuse(EROFS);
  const int descriptor = REAL(open)("/dev/null", O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return descriptor;
  if (descriptor >= MOST_DESCRIPTORS) fail("too many open files");
  atomic_store_explicit(&file_of[descriptor], entry.number + 1, memory_order_release);
  return descriptor;
}

static int open_anything(const char *path, int flags, mode_t mode) {
  const struct entry entry = find_entry(path);
  return entry.kind == OUTSIDE ? forget_descriptor(REAL(open)(path, flags, mode))
                               : open_simulated(entry, flags);
}

static int open_anything_at(int folder, const char *path, int flags, mode_t mode) {
  const struct entry entry = find_entry(path);
  return entry.kind == OUTSIDE ? forget_descriptor(REAL(openat)(folder, path, flags, mode))
                               : open_simulated(entry, flags);
}

#define MODE_AFTER(flags)                                   \
  mode_t mode = 0;                                          \
  if (((flags) & (O_CREAT | O_TMPFILE)) != 0) {             \
    va_list list;                                           \
    va_start(list, flags);                                  \
    mode = va_arg(list, mode_t);                            \
    va_end(list);                                           \
  }

int open(const char *path, int flags, ...) {
  MODE_AFTER(flags)
  return open_anything(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_AFTER(flags)
  return open_anything(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  MODE_AFTER(flags)
  return open_anything_at(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
  MODE_AFTER(flags)
  return open_anything_at(folder, path, flags, mode);
}

int close(int descriptor) { return REAL(close)(forget_descriptor(descriptor)); }

/* `text` at the begin of the field, spaces to its end. */
static void put_text(char *field, int width, const char *text) {
  const int length = (int)strlen(text);
  if (length > width) fail("a value wider than its field");
  memcpy(field, text, length);
  memset(field + length, ' ', width - length);
}

static void put_digits(char *field, int width, int64_t number) {
  for (int at = width - 1; at >= 0; at--, number /= 10) field[at] = (char)('0' + number % 10);
  if (number != 0) fail("a number wider than its field");
}

static void put_stamp(char *bytes, const struct stamp *stamp, int64_t series, int64_t index) {
  const int64_t n = stamp->of == 'f' ? index : stamp->of == 's' ? series : series / SERIES_PER_SUBJECT;
  const int64_t value = stamp->start + stamp->step * n % stamp->turn;
  char *field = bytes + stamp->offset;
  if (stamp->form == 'd') put_digits(field, stamp->width, value);
  else if (stamp->form == 't') {
    char text[32];
    const int64_t size = value < 0 ? -value : value;
    snprintf(text, sizeof text, "%s%ld.%ld", value < 0 ? "-" : "", size / 10, size % 10);
    put_text(field, stamp->width, text);
  } else {
    const int64_t seconds = value / 1000000;
    put_digits(field, 2, seconds / 3600 % 24);
    put_digits(field + 2, 2, seconds / 60 % 60);
    put_digits(field + 4, 2, seconds % 60);
    field[6] = '.';
    put_digits(field + 7, 6, value % 1000000);
  }
}

ssize_t pread(int descriptor, void *target, size_t length, off_t position) {
  const int64_t file = file_behind(descriptor);
  if (file < 0) return REAL(pread)(descriptor, target, length, position);
  const int64_t series = file / files_per_series;
  const struct template *from = &templates[series % SERIES_PER_SUBJECT];
  if (position >= from->size) return 0;
  const size_t left = from->size - position;
  const size_t given = length < left ? length : left;
  char bytes[MOST_BYTES];
  memcpy(bytes, from->bytes, from->size);
  for (int i = 0; i < from->stamps; i++) put_stamp(bytes, &from->stamp[i], series, file % files_per_series);
  memcpy(target, bytes + position, given);
  return (ssize_t)given;
}

ssize_t pread64(int descriptor, void *target, size_t length, off_t position) {
  return pread(descriptor, target, length, position);
}
