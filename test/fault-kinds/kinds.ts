/** The 56 kinds of faults that an archive, a disk, a machine or a person can bring, and what becomes of each. */
import type { FaultGroup, FaultKind, FaultOutcome, ProvingTest } from "./fault-kind.ts";

const files = {
  boundaries: "test/kill-at-boundaries.test.ts",
  damage: "test/damaged-database.test.ts",
  held: "src/store/sqlite/held-jobs.test.ts",
  hostile: "test/hostile-rows.test.ts",
  kill: "scripts/kill.test.ts",
  faults: "scripts/faults/faults.test.ts",
  fullDisk: "scripts/faults/full-disk.test.ts",
  launch: "src/jobs/launch-job.test.ts",
  mounts: "test/fault-kinds-mounts.test.ts",
  names: "test/fault-kinds-names.test.ts",
  paths: "test/pipeline-paths.test.ts",
  permissions: "test/fault-kinds-permissions.test.ts",
  pipeline: "test/pipeline.test.ts",
  process: "src/cli/commands/extract-process.test.ts",
  processes: "test/fault-kinds-processes.test.ts",
  races: "test/fault-kinds-races.test.ts",
  reading: "src/pipeline/parse/read-file.test.ts",
  session: "src/store/sqlite/session.test.ts",
  store: "test/store-files.test.ts",
  stuck: "scripts/faults/stuck-source.test.ts",
  types: "test/fault-kinds-types.test.ts",
} as const;

const by = (file: keyof typeof files, title: string): ProvingTest => ({ file: files[file], title });

/** A row of the ledger, after a job that ends with this status. */
const row = (state: string, exitStatus: number, message: string | null = null): FaultOutcome => ({
  row: state,
  message,
  exitStatus,
});

/** Nothing about a file: a command that ends with this status and sentence. */
const said = (exitStatus: number, message: string | null): FaultOutcome => ({
  row: null,
  message,
  exitStatus,
});

type Entry = readonly [
  number: number,
  name: string,
  outcomes: readonly FaultOutcome[],
  tests: readonly ProvingTest[],
];

const group = (name: FaultGroup, entries: readonly Entry[]): FaultKind[] =>
  entries.map(([number, kind, outcomes, tests]) => ({
    number,
    group: name,
    name: kind,
    outcomes,
    tests,
    whyNot: null,
  }));

const unmet = (number: number, inGroup: FaultGroup, name: string, whyNot: string): FaultKind => ({
  number,
  group: inGroup,
  name,
  outcomes: [],
  tests: [],
  whyNot,
});

const isStored = row("stored", 0);
const cannotBeMade = "cannot be made; check that you may write in its folder";

const namesAndPaths = group("names and paths", [
  [
    1,
    "bytes that are not UTF-8",
    [isStored],
    [by("paths", "names are bytes: not UTF-8, with a newline, with a percent sign")],
  ],
  [
    2,
    "one name composed and decomposed",
    [isStored],
    [by("names", "one name composed and decomposed is two files")],
  ],
  [
    3,
    "names that differ in case alone",
    [isStored],
    [by("names", "names that differ in case alone are two files")],
  ],
  [4, "a name of 255 bytes", [isStored], [by("names", "a name of 255 bytes is read")]],
  [
    5,
    "a path of more than 4,096 bytes",
    [row("stored", 3, "folder-unreadable")],
    [
      by(
        "names",
        "a path longer than the system takes is told with its folder, and the rest is read",
      ),
    ],
  ],
  [
    6,
    "newline, escape, right-to-left mark or formula in a name",
    [isStored],
    [by("names", "what a name holds drives no terminal, breaks no line and is no formula")],
  ],
  [
    7,
    "names that Windows refuses",
    [isStored],
    [by("names", "names that Windows refuses are read")],
  ],
  [
    8,
    "a leading dash or dot",
    [isStored],
    [by("names", "a leading dash is no option, and a leading dot hides nothing")],
  ],
  [
    9,
    "a name that is a UID",
    [isStored, row("skipped filtered", 1)],
    [by("names", "a name that is a UID has no suffix to be known by, and is read")],
  ],
  [10, "a backslash in a name", [isStored], [by("names", "a name with backslashes is one name")]],
]);

const types = group("types", [
  [
    11,
    "a link to a file",
    [row("skipped symlink", 0), row("duplicate same-file", 0)],
    [
      by("paths", "links are noted and never followed"),
      by(
        "paths",
        "with followLinks a link says where it leads, and never competes with its target",
      ),
    ],
  ],
  [
    12,
    "a link to a folder that holds it",
    [row("skipped symlink", 0), row("skipped symlink-loop", 0)],
    [
      by(
        "paths",
        "with followLinks a link says where it leads, and never competes with its target",
      ),
    ],
  ],
  [
    13,
    "a link to nothing",
    [row("skipped symlink", 0)],
    [by("paths", "links are noted and never followed")],
  ],
  [
    14,
    "a link out of the source",
    [row("skipped symlink", 0), row("skipped symlink-outside-root", 0)],
    [
      by(
        "paths",
        "with followLinks a link says where it leads, and never competes with its target",
      ),
    ],
  ],
  [
    15,
    "a second name of a file",
    [row("duplicate duplicate-bytes", 0)],
    [by("types", "a second name of one file is a copy")],
  ],
  [
    16,
    "a pipe",
    [row("skipped special-file", 0)],
    [
      by("paths", "a pipe is noted and never opened"),
      by("paths", "a file that a pipe takes the place of does not stop the job"),
    ],
  ],
  [
    17,
    "a socket",
    [row("skipped special-file", 0)],
    [by("types", "a socket is noted and never opened")],
  ],
  [
    18,
    "a device",
    [row("skipped special-file", 0)],
    [by("types", "a device is noted and never opened (needs root on Linux)")],
  ],
  [
    19,
    "a file of a terabyte with nothing in it",
    [isStored, row("not-dicom no-dicom-signature", 0)],
    [by("types", "a file of a terabyte with nothing in it costs no more than its header")],
  ],
  [
    20,
    "a file without bytes",
    [row("not-dicom empty-file", 0)],
    [by("types", "a file without bytes, and files about as long as the mark of DICOM")],
  ],
  [
    21,
    "a file of 127, 131 or 132 bytes",
    [row("not-dicom no-dicom-signature", 0), row("invalid study-instance-uid-missing", 3)],
    [by("types", "a file without bytes, and files about as long as the mark of DICOM")],
  ],
  [
    22,
    "zip, tar, the directory of a medium",
    [row("not-dicom archive-file", 0), row("unsupported dicomdir", 0)],
    [by("types", "archives are not unpacked, and the directory of a medium is no instance")],
  ],
]);

const permissions = group("permissions", [
  [
    23,
    "a file that may not be read",
    [row("unreadable permission-denied", 3)],
    [by("paths", "a file that may not be read is tried again by each job, and stored once it may")],
  ],
  [
    24,
    "a folder that may not be listed",
    [row("stored", 3)],
    [
      by("paths", "a folder that may not be listed keeps what was known below it"),
      by(
        "permissions",
        "each folder that could not be listed is named with the system's word, as the advice says",
      ),
    ],
  ],
  [
    25,
    "a folder that may be listed and not entered",
    [row("unreadable permission-denied", 3)],
    [
      by(
        "permissions",
        "a folder that may be listed and not entered has a row for each of its files",
      ),
    ],
  ],
  [
    26,
    "a read-only disk",
    [
      isStored,
      said(1, "cannot be opened; check that its folder exists and that you may write there."),
      said(2, cannotBeMade),
    ],
    [
      by(
        "permissions",
        "a source on a read-only disk is read, a database there is refused (needs unshare on Linux)",
      ),
    ],
  ],
  [
    27,
    "a folder for the output that may not be written",
    [
      said(2, cannotBeMade),
      said(1, "cannot be written: you may not write there"),
      said(1, "cannot be written; check its permissions"),
    ],
    [
      by(
        "permissions",
        "a folder that may not be written takes no database, no export, no dump and no backup",
      ),
      by(
        "permissions",
        "a database in a folder that may not be written is refused, and left as it is",
      ),
    ],
  ],
  [
    28,
    "a database of another user",
    [
      said(1, "cannot be opened; check that its folder exists and that you may write there."),
      said(1, "cannot be written; check its permissions"),
    ],
    [by("permissions", "a database of another user is refused with its name (needs root)")],
  ],
  [
    29,
    "umask 000",
    [said(0, null)],
    [
      by("permissions", "all that the program writes is the owner's alone under umask 000"),
      by(
        "store",
        "all files are the owner's alone whatever the umask, a folder that had to be made too",
      ),
    ],
  ],
]);

const races = group("races", [
  [
    30,
    "a file that grows",
    [isStored, row("changed changed-during-read", 3)],
    [
      by("races", "a file that grew after it was found is read as it is now"),
      by("reading", "a file that grows while it is read stores nothing half-read"),
    ],
  ],
  [
    31,
    "a file that is cut while it is read",
    [row("changed changed-during-read", 3)],
    [
      by(
        "races",
        "a file that is cut while it is read stores nothing half-read, and is read again",
      ),
    ],
  ],
  [
    32,
    "a file that something takes the place of",
    [isStored, row("changed changed-during-read", 3)],
    [
      by("races", "a file that another takes the place of after it was found is read as that one"),
      by("races", "%s that takes the place of a file is not read as one"),
    ],
  ],
  [
    33,
    "a file that is deleted",
    [row("changed file-vanished", 3), row("missing file-gone", 0)],
    [
      by(
        "races",
        "a file that is gone when it is to be opened is told, and missing in the next job",
      ),
      by(
        "races",
        "a stored file that is gone when it is to be read again stays stored until the next job",
      ),
    ],
  ],
  [
    34,
    "a folder that is renamed",
    [row("changed file-vanished", 3), row("stored", 3)],
    [
      by("races", "a folder that is renamed after it was listed loses no file beyond the next job"),
      by(
        "races",
        "a folder that is renamed before the walk comes to it could not be listed, and keeps what it had",
      ),
      by("races", "a folder that is renamed while it is walked is told with the system's word"),
    ],
  ],
  [
    35,
    "a folder of a million entries",
    [row("not-dicom empty-file", 0)],
    [
      by("pipeline", "a folder of more entries than one look brings loses none of them"),
      by("races", "a folder of a million entries is listed whole (long form, NILS_LONG_TESTS)"),
    ],
  ],
  [
    36,
    "times in the future, of 1970, or of this moment",
    [isStored],
    [
      by(
        "races",
        "times in the future and of 1970 are kept, and what is of the future is read by each job",
      ),
      by("paths", "times beyond what numbers hold are kept as the furthest, and read back"),
      by(
        "pipeline",
        "files that were just written are read again by the next job, since a later change might not show",
      ),
    ],
  ],
  [
    37,
    "content that changed with size and time kept",
    [isStored],
    [
      by(
        "races",
        "content that changed with size and time kept is seen by its change time, and not without",
      ),
    ],
  ],
  [
    38,
    "a clock that jumps a day, summer time",
    [said(0, null)],
    [
      by(
        "processes",
        "a clock that jumps a day %s during a job changes nothing (needs gcc on Linux)",
      ),
      by("processes", "the zone of the clock, and its summer time, change nothing"),
    ],
  ],
]);

const failingCall = by("faults", "a call that fails loses nothing, and is told of");

const inputAndOutput: readonly FaultKind[] = [
  ...group("input and output", [
    [39, "a disk that fails", [row("unreadable io-error", 3)], [by("hostile", "$row: $about")]],
  ]),
  ...group("input and output", [
    [40, "a handle of NFS that has gone stale", [row("unreadable io-error", 3)], [failingCall]],
    [41, "a read that times out or is interrupted", [row("unreadable io-error", 3)], [failingCall]],
    [42, "no descriptors left", [row("unreadable io-error", 3)], [failingCall]],
    [
      43,
      "a full disk at the database, its log, an export",
      [said(1, null)],
      [
        failingCall,
        by("fullDisk", "a full disk ends a job and an export with a sentence, and room mends it"),
      ],
    ],
    [
      44,
      "storage that takes its time over every call",
      [row("stored", 0)],
      [by("stuck", "slow storage is waited for")],
    ],
  ]),
  ...group("input and output", [
    [
      45,
      "a read that never returns",
      [row("unreadable reader-timeout", 3, "reader-timeout, 2 files")],
      [
        by(
          "process",
          "a file that hangs costs itself and neither the job nor its end (needs gcc on Linux)",
        ),
        by(
          "process",
          "a stop waits for no file that hangs, nor does a job whose parent has gone (needs gcc on Linux)",
        ),
      ],
    ],
  ]),
];

const goneFiles = "files that were there are gone";

const mounts = group("mounts", [
  [
    46,
    "a disk that goes while it is read",
    [row("changed file-vanished", 3)],
    [
      by(
        "mounts",
        "a disk that goes while a job reads costs its files for that job, and no stored one (needs root on Linux)",
      ),
      by("pipeline", "a source that is no folder any more changes nothing"),
    ],
  ],
  [
    47,
    "a disk that is not mounted",
    [row("stored", 1, goneFiles)],
    [
      by("mounts", "a disk that is not mounted empties no database (needs root on Linux)"),
      by(
        "pipeline",
        "a source that is empty of a sudden marks nothing missing, and says how to insist",
      ),
    ],
  ],
  [
    48,
    "another disk in the place of the source",
    [row("stored", 1, goneFiles)],
    [
      by(
        "mounts",
        "another disk in the place of the source takes nothing away (needs root on Linux)",
      ),
    ],
  ],
]);

const noPostgres = "This version writes SQLite files only.";

const processesAndDatabase: readonly FaultKind[] = [
  ...group("processes and database", [
    [
      49,
      "a process that is killed",
      [said(1, "The job's process ended without a word (SIGKILL)")],
      [
        by("process", "a job whose process is killed is a failure, and the next one continues it"),
        by("kill", "extractions killed at random moments end like one that never was"),
        by(
          "boundaries",
          "a job killed at any of its commits is finished by the next one, with the same result",
        ),
      ],
    ],
    [
      50,
      "a process that is stopped for long",
      [
        said(4, "is being extracted by job 1"),
        said(1, "it has written nothing since and ends here."),
      ],
      [
        by(
          "processes",
          "a job that was stopped for long is overtaken, and writes nothing when it wakes up",
        ),
        by("held", "a process that was stopped loses its cohort once it has been silent for long"),
      ],
    ],
    [
      51,
      "no memory left",
      [said(1, "ran out of memory")],
      [
        by("launch", "want of memory is known by what Node says of it"),
        by("launch", "a death is told with its signal, and what to do"),
      ],
    ],
  ]),
  unmet(52, "processes and database", "a PostgreSQL server that is restarted", noPostgres),
  unmet(53, "processes and database", "a connection to PostgreSQL that is cut", noPostgres),
  ...group("processes and database", [
    [
      54,
      "a lock that somebody else holds",
      [said(0, null), said(1, "is being written by another program")],
      [
        by("store", "who comes while another program writes waits, and goes on when it is done"),
        by("session", "a job waits for a lock for longer than a command does"),
        by("damage", "a lock that is held for longer than a command waits is told"),
      ],
    ],
    [
      55,
      "a database that is damaged, of a newer schema, or without its log",
      [
        said(1, "is damaged; restore a backup with nils restore"),
        said(2, "was written by a newer version of this program"),
      ],
      [
        by("damage", "%s is told by every command"),
        by("damage", "a database of a newer schema is refused by every command and left as it is"),
        by("damage", "a database without its log is the one before"),
      ],
    ],
    [
      56,
      "two jobs at once, on one source or on two that overlap",
      [said(4, "is being extracted by job 1"), said(0, null)],
      [
        by("process", "a second job of the same cohort is refused, and the first goes on"),
        by(
          "processes",
          "two cohorts whose sources lie in each other, extracted at once, count each file once",
        ),
      ],
    ],
  ]),
];

export const faultKinds: readonly FaultKind[] = [
  ...namesAndPaths,
  ...types,
  ...permissions,
  ...races,
  ...inputAndOutput,
  ...mounts,
  ...processesAndDatabase,
];
