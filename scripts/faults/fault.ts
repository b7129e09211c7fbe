/** Faults as data, and as the environment that fault-shim.c reads. */
import { readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";

/** Calls as fault-shim.c names them. */
export type FaultCall =
  | "open"
  | "read"
  | "write"
  | "sync"
  | "truncate"
  | "list"
  | "stat"
  | "rename"
  | "unlink"
  | "close"
  | "any"
  /** The C library takes many entries of a folder at a time from the system. */
  | "any-but-list";

/** What happens to the call: an error, a rest of so many ms before it, or no end. */
export type FaultEffect =
  | { readonly kind: "error"; readonly errno: Errno }
  | { readonly kind: "sleep"; readonly ms: number }
  | { readonly kind: "hang" };

export type Errno = keyof typeof constants.errno;

export interface Fault {
  readonly call: FaultCall;
  /** The file, or the folder and all below it. */
  readonly path: string;
  /** Number of the first call it happens to, from 1. */
  readonly nth: number;
  /** It happens to all later ones too. */
  readonly isSticky: boolean;
  readonly effect: FaultEffect;
}

/** Calls counted and made to fail, as the file at `path` says after the process has ended. */
export function readFaultState(path: string): { calls: number; fired: number } {
  const bytes = readFileSync(path);
  return { calls: bytes.readUInt32LE(0), fired: bytes.readUInt32LE(4) };
}

/** The environment of a process that meets `fault`; `state` is made anew. */
export function makeFaultEnvironment(
  fault: Fault,
  library: string,
  state: string,
): Record<string, string> {
  writeFileSync(state, Buffer.alloc(8));
  return {
    LD_PRELOAD: library,
    NILS_FAULT_STATE: state,
    NILS_FAULT_PATH: fault.path,
    NILS_FAULT_CALL: fault.call,
    NILS_FAULT_NTH: String(fault.nth),
    NILS_FAULT_STICKY: fault.isSticky ? "1" : "0",
    ...effectVariables(fault.effect),
  };
}

function effectVariables(effect: FaultEffect): Record<string, string> {
  switch (effect.kind) {
    case "error":
      return { NILS_FAULT_ERRNO: String(constants.errno[effect.errno]) };
    case "sleep":
      return { NILS_FAULT_SLEEP: String(effect.ms) };
    case "hang":
      return { NILS_FAULT_HANG: "1" };
  }
}
