/** One connection with its statements and the transactions that jobs write in. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { JobKey } from "#store/job.ts";
import { JobOvertakenError } from "#store/job-errors.ts";
import { isBusy, translateError } from "./database-errors.ts";

const selectOwner = `SELECT 1 FROM job JOIN cohort USING (cohort_id)
  WHERE job_id = ? AND cohort_id = ? AND cohort.epoch = ? AND ended_at IS NULL`;

/** How long a job tries to begin a transaction while another program holds the lock, ms. */
const jobPatienceMs = 120_000;

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

  /**
   * Runs `work` in one transaction; rolled back as a whole when it throws. Waits for another program's lock
   * as long as the connection does, or for `patienceMs` where that is longer.
   */
  transaction<T>(work: () => T, { patienceMs = 0 } = {}): T {
    this.#begin(performance.now() + patienceMs);
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

  #begin(giveUpAt: number): void {
    for (;;) {
      try {
        this.db.exec("BEGIN IMMEDIATE");
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() >= giveUpAt) throw translateError(error, this.path);
      }
    }
  }

  /**
   * A transaction of a job: refused when it has ended, or another job has taken the cohort meanwhile. A job
   * of hours does not end because somebody holds the lock for a minute; a person at a command would rather
   * be told.
   */
  jobTransaction<T>(job: JobKey, work: () => T): T {
    return this.transaction(
      () => {
        const row = this.prepare(selectOwner).get(job.jobId, job.cohortId, job.epoch);
        if (row === undefined) throw new JobOvertakenError(job.jobId);
        return work();
      },
      { patienceMs: jobPatienceMs },
    );
  }

  close(): void {
    this.#statements.clear();
    this.db.close();
  }
}
