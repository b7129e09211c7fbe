/** Runs many cases of damaged databases in a few processes, and sums up what came of them. */
import { fork } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { makeDamageBase } from "./damage-base.ts";
import type { DamageCase } from "./damage-case.ts";
import type { LaneMessage, LaneOrder } from "./damage-lane.ts";

export interface DamageOptions {
  readonly seed: number;
  /** Number of the first case. */
  readonly from: number;
  readonly cases: number;
  /** Processes at a time. */
  readonly lanes: number;
  readonly onCase?: (done: number) => void;
}

export interface DamageReport {
  cases: number;
  /** Cases in which a command did what it may not do. */
  readonly failed: {
    readonly number: number;
    readonly how: string;
    readonly faults: readonly string[];
  }[];
  /** The doctor said that something is wrong. */
  seen: number;
  /** What was committed is all there, and the doctor finds nothing wrong. */
  whole: number;
  /** A value is another one, and nothing that SQLite checks says so. */
  unseen: number;
  /** How often commands ended with an error, by its code. */
  readonly codes: Map<string, number>;
}

/** A case that says nothing for so long hangs, ms. */
const silenceMs = 120_000;

export async function damageDatabases(options: DamageOptions): Promise<DamageReport> {
  const report: DamageReport = {
    cases: 0,
    failed: [],
    seen: 0,
    whole: 0,
    unseen: 0,
    codes: new Map(),
  };
  const base = await makeDamageBase();
  try {
    const { seed, from, cases, lanes } = options;
    await Promise.all(
      Array.from({ length: lanes }, (_, lane) => {
        const all = Array.from({ length: cases }, (_, at) => from + at);
        const numbers = all.filter((number) => number % lanes === lane);
        return runLane({ base, seed, numbers }, (result) => {
          note(report, result);
          options.onCase?.(report.cases);
        });
      }),
    );
  } finally {
    rmSync(base.folder, { recursive: true, force: true });
  }
  return report;
}

function note(report: DamageReport, result: DamageCase): void {
  const { number, how, faults } = result;
  report.cases += 1;
  if (faults.length > 0) report.failed.push({ number, how, faults });
  if (result.isSeen) report.seen += 1;
  else if (result.isWhole) report.whole += 1;
  else report.unseen += 1;
  for (const code of result.codes) report.codes.set(code, (report.codes.get(code) ?? 0) + 1);
}

/** Runs cases in a process of its own; one that dies or hangs is noted, and another process goes on after it. */
async function runLane(order: LaneOrder, take: (result: DamageCase) => void): Promise<void> {
  let numbers = order.numbers;
  while (numbers.length > 0) {
    const died = await runProcess({ ...order, numbers }, take);
    if (died === null) return;
    take({
      number: died.number,
      how: "",
      faults: [died.fault],
      isSeen: false,
      isWhole: false,
      codes: [],
    });
    numbers = numbers.slice(numbers.indexOf(died.number) + 1);
  }
}

/** Null when all cases came to their end. */
function runProcess(
  order: LaneOrder,
  take: (result: DamageCase) => void,
): Promise<{ number: number; fault: string } | null> {
  const child = fork(fileURLToPath(new URL("./damage-lane.ts", import.meta.url)), {
    serialization: "advanced",
  });
  let current = order.numbers[0] ?? 0;
  let isDone = false;
  let hangs = false;
  let timer: NodeJS.Timeout | undefined;
  const watch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      hangs = true;
      child.kill("SIGKILL");
    }, silenceMs);
  };
  watch();
  child.on("message", (message: LaneMessage) => {
    watch();
    if (message.kind === "begins") current = message.number;
    else {
      isDone = message.result.number === order.numbers.at(-1);
      take(message.result);
    }
  });
  child.send(order);
  return new Promise((resolve) => {
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const fault = hangs ? "hangs" : `the process of the case ended (${signal ?? code})`;
      resolve(isDone ? null : { number: current, fault });
    });
  });
}
