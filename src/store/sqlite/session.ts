/** One connection with its statements and the transactions that jobs write in. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { JobKey } from "#store/job.ts";
import { JobOvertakenError } from "#store/job-errors.ts";
import { translateError } from "./database-errors.ts";

export class Session {
  readonly db: DatabaseSync;
  readonly path: string;
  readonly #statements = new Map<string, StatementSync>();
  /** Called when a transaction is rolled back: caches of ids may hold what is gone. */
  readonly #onRollback: (() => void)[] = [];

  constructor(db: DatabaseSync, path: string) {
    this.db = db;
    this.path = path;
  }

  /** The prepared statement of `sql`, made once. */
  prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  onRollback(forget: () => void): void {
    this.#onRollback.push(forget);
  }

  rolledBack(): void {
    for (const forget of this.#onRollback) forget();
  }

  /** Runs `work` in one transaction; rolled back as a whole when it throws. */
  transaction<T>(work: () => T): T {
    try {
      this.db.exec("BEGIN IMMEDIATE");
    } catch (error) {
      throw translateError(error, this.path);
    }
    try {
      const result = work();
      this.db.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.db.isTransaction) this.db.exec("ROLLBACK");
      this.rolledBack();
      throw translateError(error, this.path);
    }
  }

  /** A transaction of a job: refused when another job has taken the cohort meanwhile. */
  jobTransaction<T>(job: JobKey, work: () => T): T {
    return this.transaction(() => {
      const row = this.prepare("SELECT epoch FROM cohort WHERE cohort_id = ?").get(job.cohortId);
      if (row === undefined || row["epoch"] !== job.epoch) throw new JobOvertakenError(job.jobId);
      return work();
    });
  }

  close(): void {
    this.#statements.clear();
    this.db.close();
  }
}
