/** A library that moves the clock of a process, once a file is there. Needs gcc on Linux. */
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const code = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static long shift(void) {
  static long seconds = 0;
  const char *file = getenv("CLOCK_JUMPS_WITH");
  if (seconds == 0 && file != NULL && access(file, F_OK) == 0) seconds = atol(getenv("CLOCK_JUMPS_BY"));
  return seconds;
}
int clock_gettime(clockid_t clock, struct timespec *now) {
  static int (*real)(clockid_t, struct timespec *) = NULL;
  if (real == NULL) real = dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(clock, now);
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) now->tv_sec += shift();
  return result;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  static int (*real)(struct timeval *, void *) = NULL;
  if (real == NULL) real = dlsym(RTLD_NEXT, "gettimeofday");
  int result = real(now, zone);
  now->tv_sec += shift();
  return result;
}
time_t time(time_t *kept) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (kept != NULL) *kept = now.tv_sec;
  return now.tv_sec;
}
`;

export const hasCompiler =
  process.platform === "linux" && spawnSync("gcc", ["--version"]).status === 0;

/** The environment of a process whose clock jumps by `seconds` as soon as the file `trigger` is there. */
export function makeClockShim(
  folder: string,
  trigger: string,
  seconds: number,
): Record<string, string> {
  const source = join(folder, "clock.c");
  const library = join(folder, "clock.so");
  writeFileSync(source, code);
  execFileSync("gcc", ["-shared", "-fPIC", "-o", library, source, "-ldl"]);
  return { LD_PRELOAD: library, CLOCK_JUMPS_WITH: trigger, CLOCK_JUMPS_BY: String(seconds) };
}
