/** Which calls fail with which errors on which kind of path: those that a Linux system can answer with. */
import type { Errno, FaultCall } from "./fault.ts";

export const pathKinds = ["database", "wal", "shm", "source", "export"] as const;
export type PathKind = (typeof pathKinds)[number];

/** One call failing with one error at one kind of path: a run for each of its calls. */
export interface FaultSeries {
  readonly kind: PathKind;
  readonly call: FaultCall;
  readonly errno: Errno;
  readonly isSticky: boolean;
}

type ErrnosByCall = Readonly<Partial<Record<FaultCall, readonly Errno[]>>>;

const written: ErrnosByCall = {
  open: ["EIO", "ENOSPC", "EDQUOT", "EROFS"],
  read: ["EIO"],
  write: ["ENOSPC", "EIO", "EDQUOT", "EROFS"],
  sync: ["EIO", "ENOSPC", "EDQUOT"],
  truncate: ["EIO", "EROFS"],
  stat: ["EIO"],
  unlink: ["EIO", "EROFS"],
  close: ["EIO"],
};

const errnos: Readonly<Record<PathKind, ErrnosByCall>> = {
  database: written,
  wal: written,
  shm: written,
  export: { ...written, rename: ["EIO", "ENOSPC", "EDQUOT", "EROFS"] },
  source: {
    open: ["EIO", "ESTALE", "EACCES", "EINTR", "EMFILE", "ENFILE", "ETIMEDOUT", "ENOENT"],
    read: ["EIO", "ESTALE", "EINTR", "ETIMEDOUT"],
    list: ["EIO", "ESTALE", "EINTR", "ETIMEDOUT", "ENOENT"],
    stat: ["EIO", "ESTALE", "EACCES", "ETIMEDOUT", "ENOENT"],
    close: ["EIO"],
  },
};

/** All series of the kinds and calls named; no call named is all of them. */
export function listFaultSeries(
  kinds: readonly PathKind[],
  calls: readonly string[],
): FaultSeries[] {
  return kinds.flatMap((kind) =>
    Object.entries(errnos[kind]).flatMap(([call, each]) =>
      calls.length > 0 && !calls.includes(call)
        ? []
        : each.flatMap((errno) => seriesOf(kind, call as FaultCall, errno)),
    ),
  );
}

/** An interrupted call is made again, so one that is always interrupted never ends; no system does that. */
function seriesOf(kind: PathKind, call: FaultCall, errno: Errno): FaultSeries[] {
  const once = { kind, call, errno, isSticky: false };
  return errno === "EINTR" ? [once] : [once, { ...once, isSticky: true }];
}
