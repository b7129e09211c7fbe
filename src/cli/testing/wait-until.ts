import { setTimeout as sleep } from "node:timers/promises";

/** Asks again and again until there is an answer; fails when there is none for long. */
export async function waitUntil<Answer>(
  ask: () => Answer | null | undefined | false | Promise<Answer | null | undefined | false>,
  longestMs = 60_000,
): Promise<Answer> {
  const end = Date.now() + longestMs;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer) return answer;
    await sleep(20);
  }
  throw new Error(`nothing came within ${longestMs} ms`);
}
