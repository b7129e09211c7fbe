/**
 * Files that processes and threads are started with. Found from this one, since the built program is other files: its
 * entries are where they are here, and what they share lies in pieces in `dist/base` (rolldown.config.ts).
 */

/** `path` below `src` without its ending, such as `cli/job-process`. */
export function entryUrl(path: string): URL {
  const here = import.meta.url;
  return new URL(`../${path}${here.slice(here.lastIndexOf("."))}`, here);
}
