/** Jobs: who holds a cohort, how far it is, what it was asked to do. */
import { hostname } from "node:os";
import {
  type BeginJob,
  type Job,
  type JobEvent,
  type JobKey,
  type JobOutcome,
  type JobProgress,
  type JobRequest,
  type NamedJobEvent,
  noCounts,
} from "#store/job.ts";
import { CohortBusyError, CohortChangedError, JobOvertakenError } from "#store/job-errors.ts";
import { parseStored } from "#store/stored-value.ts";
import { processStart, processState } from "./process-alive.ts";
import type { Session } from "./session.ts";

/** A job whose process cannot be seen running is lost when it has not reported for this long, s. */
const lostAfterSeconds = 30;

const select = `SELECT job.*, cohort.name AS cohort_name FROM job JOIN cohort USING (cohort_id)`;

function jobOf(row: Record<string, unknown>): Job {
  return {
    jobId: row["job_id"] as number,
    cohortId: row["cohort_id"] as number,
    epoch: row["epoch"] as number,
    state: isLost(row) ? "lost" : (row["state"] as Job["state"]),
    phase: row["phase"] as Job["phase"],
    counts: { ...noCounts, ...parseStored<Partial<Job["counts"]>>(row["counts"]) },
    settings: parseStored(row["settings"]),
    versions: parseStored<Job["versions"]>(row["versions"]),
    host: row["host"] as string,
    pid: row["pid"] as number,
    startedAt: row["started_at"] as string,
    heartbeatAt: row["heartbeat_at"] as string,
    endedAt: row["ended_at"] as string | null,
    exitStatus: row["exit_status"] as number | null,
    message: row["message"] as string | null,
    continues: row["continues"] as number | null,
  };
}

const runningStates: ReadonlySet<unknown> = new Set(["running", "pausing", "cancelling"]);

export function beginJob(session: Session, job: BeginJob): Job {
  return session.transaction(() => {
    requireIdleCohort(session, job.cohortId);
    requireEpoch(session, job);
    let continues: number | null = null;
    for (const row of session.prepare(selectRunning).all(job.cohortId)) {
      session
        .prepare("UPDATE job SET state = 'lost', ended_at = heartbeat_at WHERE job_id = ?")
        .run(row["job_id"] as number);
      session.prepare("DELETE FROM missing_note WHERE job_id = ?").run(row["job_id"] as number);
      continues ??= row["job_id"] as number;
    }
    session
      .prepare("UPDATE cohort SET epoch = epoch + 1, state = 'extracting' WHERE cohort_id = ?")
      .run(job.cohortId);
    const now = new Date().toISOString();
    const made = session
      .prepare(
        `INSERT INTO job (cohort_id, epoch, state, phase, counts, settings, versions, host, pid, process_start, started_at, heartbeat_at, continues)
         VALUES (?, (SELECT epoch FROM cohort WHERE cohort_id = ?), 'running', 'discover', '{}', ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        job.cohortId,
        job.cohortId,
        JSON.stringify(job.settings),
        JSON.stringify(job.versions),
        hostname(),
        process.pid,
        processStart(process.pid),
        now,
        now,
        continues,
      );
    return findJob(session, Number(made.lastInsertRowid)) as Job;
  });
}

/** A job that was made from settings and codes that no longer hold would write what no longer holds. */
function requireEpoch(session: Session, { cohortId, cohortEpoch }: BeginJob): void {
  if (cohortEpoch === undefined) return;
  const row = session.prepare("SELECT name, epoch FROM cohort WHERE cohort_id = ?").get(cohortId);
  if (row !== undefined && row["epoch"] !== cohortEpoch) {
    throw new CohortChangedError(row["name"] as string);
  }
}

const selectRunning = `${select} WHERE cohort_id = ? AND job.state IN ('running', 'pausing', 'cancelling') ORDER BY job_id DESC`;

/** Throws CohortBusyError while a job that lives holds the cohort. */
export function requireIdleCohort(session: Session, cohortId: number): void {
  const row = session.prepare(selectRunning).all(cohortId).find(isHeld);
  if (row === undefined) return;
  throw new CohortBusyError(
    row["cohort_name"] as string,
    row["job_id"] as number,
    row["host"] as string,
    row["pid"] as number,
  );
}

export function isCohortHeld(session: Session, cohortId: number): boolean {
  return session.prepare(selectRunning).all(cohortId).some(isHeld);
}

/** Its row says that it goes on, and its heartbeat or its process that it does not. */
function isLost(row: Record<string, unknown>): boolean {
  return runningStates.has(row["state"]) && !isHeld(row);
}

/**
 * On this host the process itself is looked at: one that runs holds its cohort however old its heartbeat,
 * since a slow disk or a long transaction delays it. Of another host, and of a process that was stopped,
 * only the heartbeat tells.
 */
function isHeld(row: Record<string, unknown>): boolean {
  const sinceHeartbeat = Date.now() - Date.parse(row["heartbeat_at"] as string);
  const isRecent = Math.abs(sinceHeartbeat) < lostAfterSeconds * 1000;
  if (row["host"] !== hostname()) return isRecent;
  const state = processState(row["pid"] as number, row["process_start"] as string);
  return state === "running" || (state !== "gone" && isRecent);
}

export function reportJob(session: Session, job: JobKey, progress: JobProgress): JobRequest {
  return session.jobTransaction(job, () => {
    const changed = session
      .prepare(
        "UPDATE job SET phase = ?, counts = ?, heartbeat_at = ? WHERE job_id = ? AND ended_at IS NULL",
      )
      .run(progress.phase, JSON.stringify(progress.counts), new Date().toISOString(), job.jobId);
    if (Number(changed.changes) === 0) throw new JobOvertakenError(job.jobId);
    const row = session.prepare("SELECT request FROM job WHERE job_id = ?").get(job.jobId);
    return row?.["request"] as JobRequest;
  });
}

export function endJob(session: Session, job: JobKey, outcome: JobOutcome): void {
  session.jobTransaction(job, () => {
    const now = new Date().toISOString();
    session
      .prepare(
        "UPDATE job SET state = ?, exit_status = ?, message = ?, counts = ?, ended_at = ?, heartbeat_at = ? WHERE job_id = ?",
      )
      .run(
        outcome.state,
        outcome.exitStatus,
        outcome.message,
        JSON.stringify(outcome.counts),
        now,
        now,
        job.jobId,
      );
    session
      .prepare("UPDATE cohort SET state = ? WHERE cohort_id = ?")
      .run(outcome.state === "completed" ? "ready" : "needs-attention", job.cohortId);
    session.prepare("DELETE FROM missing_note WHERE job_id = ?").run(job.jobId);
  });
}

/** Asks a running job to stop; false when it does not run. */
export function requestJob(session: Session, jobId: number, request: JobRequest): boolean {
  return session.transaction(() => {
    if (!runningStates.has(findJob(session, jobId)?.state)) return false;
    const state = request === "cancel" ? "cancelling" : request === "pause" ? "pausing" : "running";
    const changed = session
      .prepare(
        "UPDATE job SET request = ?, state = ? WHERE job_id = ? AND state IN ('running', 'pausing', 'cancelling')",
      )
      .run(request, state, jobId);
    return Number(changed.changes) > 0;
  });
}

export function listJobs(session: Session, query: { cohortId?: number; limit: number }): Job[] {
  const where = query.cohortId === undefined ? "" : " WHERE job.cohort_id = :cohort";
  const values = query.cohortId === undefined ? {} : { cohort: query.cohortId };
  return session
    .prepare(`${select}${where} ORDER BY job_id DESC LIMIT :limit`)
    .all({ ...values, limit: query.limit })
    .map(jobOf);
}

export function findJob(session: Session, jobId: number): Job | null {
  const row = session.prepare(`${select} WHERE job_id = ?`).get(jobId);
  return row === undefined ? null : jobOf(row);
}

/**
 * Inside the transaction of what happened. A series that is new to the job and settled again because more of
 * it came stays new, with what came.
 */
export function insertJobEvents(session: Session, job: JobKey, events: readonly JobEvent[]): void {
  const grow = session.prepare(
    "UPDATE job_event SET count = count + ? WHERE job_id = ? AND series_id = ? AND code = 'series-new'",
  );
  const insert = session.prepare(
    "INSERT INTO job_event (job_id, code, series_id, count, detail) VALUES (?, ?, ?, ?, ?)",
  );
  for (const { code, seriesId, count, detail } of events) {
    const more = code === "series-grown" ? count : code === "series-changed" ? 0 : null;
    const isStillNew = more !== null && Number(grow.run(more, job.jobId, seriesId).changes) > 0;
    if (!isStillNew) insert.run(job.jobId, code, seriesId, count, detail);
  }
}

/** Events with the names of the series they are about, in the order in which they happened. */
export function jobEvents(session: Session, jobId: number): NamedJobEvent[] {
  return session
    .prepare(
      `SELECT code, series_id, count, detail, subject_code, series_instance_uid, series.modality, series_description
       FROM job_event LEFT JOIN series USING (series_id) LEFT JOIN study USING (study_id) LEFT JOIN subject USING (subject_id)
       WHERE job_id = ? ORDER BY job_event_id`,
    )
    .all(jobId)
    .map((row) => ({
      code: row["code"] as string,
      seriesId: row["series_id"] as number | null,
      count: row["count"] as number | null,
      detail: row["detail"] as string | null,
      subjectCode: row["subject_code"] as string | null,
      seriesInstanceUid: row["series_instance_uid"] as string | null,
      modality: row["modality"] as string | null,
      seriesDescription: row["series_description"] as string | null,
    }));
}
