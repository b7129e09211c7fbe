/* Opens, reads 8 KiB and closes each file of a list (one path a line) in two threads: about the least that reading
   headers can cost. Prints the number of files and the seconds of the loop; reading the list is not timed. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 2, READ_BYTES = 8192, FILES_AT_A_TIME = 64 };

static char **paths;
static long path_count;
static atomic_long next_path;
static atomic_long failures;

static void read_paths(FILE *list) {
  size_t room = 0;
  char *line = NULL;
  size_t line_room = 0;
  ssize_t length;
  while ((length = getline(&line, &line_room, list)) > 0) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    if ((size_t)path_count == room) {
      room = room == 0 ? 1 << 16 : room * 2;
      paths = realloc(paths, room * sizeof *paths);
      if (paths == NULL) exit(1);
    }
    paths[path_count++] = strdup(line);
  }
  free(line);
}

static void read_file(const char *path) {
  char bytes[READ_BYTES];
  int file = open(path, O_RDONLY);
  if (file < 0 || pread(file, bytes, sizeof bytes, 0) <= 0) failures++;
  if (file >= 0) close(file);
}

static void *read_files(void *unused) {
  for (;;) {
    long first = atomic_fetch_add(&next_path, FILES_AT_A_TIME);
    if (first >= path_count) return unused;
    for (long i = first; i < first + FILES_AT_A_TIME && i < path_count; i++) read_file(paths[i]);
  }
}

static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int count, char **words) {
  FILE *list = count > 1 ? fopen(words[1], "r") : stdin;
  if (list == NULL) return perror(words[1]), 1;
  read_paths(list);
  pthread_t threads[THREADS];
  double began = seconds_now();
  for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, read_files, NULL);
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  printf("%ld %.6f\n", path_count, seconds_now() - began);
  if (failures > 0) return fprintf(stderr, "%ld files could not be read\n", failures), 1;
  return 0;
}
