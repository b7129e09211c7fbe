/** Exit statuses of every command, in the order in which help and docs/reference/cli.md show them. */
export const exitStatuses = [
  { status: 0, name: "done", about: "Done." },
  { status: 1, name: "failed", about: "Failed, or cancelled from elsewhere." },
  { status: 2, name: "wrong-use", about: "Wrong use or settings; nothing was started." },
  {
    status: 3,
    name: "done-with-problems",
    about:
      "Done, but the database holds files or folders that are unreadable, invalid, changed or in conflict.",
  },
  { status: 4, name: "busy", about: "Busy: another job holds the cohort." },
  { status: 130, name: "interrupted", about: "Stopped by an interrupt (Ctrl-C)." },
  { status: 143, name: "terminated", about: "Stopped by a request to terminate (SIGTERM)." },
] as const;

export type ExitStatus = (typeof exitStatuses)[number]["status"];

export function isExitStatus(status: number): status is ExitStatus {
  return exitStatuses.some((known) => known.status === status);
}

/** Exit status of a program that was stopped by a signal: 128 and its number, as shells count. */
export const statusOfSignal = { SIGINT: 130, SIGTERM: 143 } as const satisfies Record<
  string,
  ExitStatus
>;
