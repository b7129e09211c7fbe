import { bareLoopRow } from "./bare-loop-row.ts";
import { csaHeadersRow } from "./csa-headers-row.ts";
import { databaseBytesRow } from "./database-bytes-row.ts";
import { frameRows } from "./frame-rows.ts";
import { growthRows } from "./growth-rows.ts";
import { peakMemoryRow } from "./peak-memory-row.ts";
import { peerRows } from "./peer-rows.ts";
import type { Row } from "./row.ts";
import { secondJobRow } from "./second-job-row.ts";
import { stackRows } from "./stack-rows.ts";
import { startRows } from "./start-rows.ts";

/** All rows that can be measured, in the order of the table. */
export const rows: readonly Row[] = [
  bareLoopRow,
  ...peerRows,
  csaHeadersRow,
  ...frameRows,
  secondJobRow,
  ...growthRows,
  peakMemoryRow,
  databaseBytesRow,
  ...stackRows,
  ...startRows,
];
