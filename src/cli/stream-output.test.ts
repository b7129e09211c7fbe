import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { ClosedPipeError } from "./closed-pipe-error.ts";
import { StreamOutput } from "./stream-output.ts";

/** A pipe of 4 bytes, whose reader takes what waits only when `take` is called. */
function openPipe() {
  const waiting: ((error?: Error) => void)[] = [];
  const stream = new Writable({
    highWaterMark: 4,
    write: (_chunk, _encoding, done) => waiting.push(done),
  });
  const take = (error?: Error) => waiting.shift()?.(error);
  return { output: new StreamOutput(stream, {}), take };
}

function failWith(code: string): Error {
  return Object.assign(new Error(code), { code });
}

test("waits while the reader is slow", async () => {
  const { output, take } = openPipe();
  output.write("long text");
  let isDrained = false;
  const drained = output.drain().then(() => {
    isDrained = true;
  });
  await new Promise(setImmediate);
  expect(isDrained).toBe(false);
  take();
  await drained;
});

test("ends a command that waits when its reader goes", async () => {
  const { output, take } = openPipe();
  output.write("long text");
  const drained = output.drain();
  take(failWith("EPIPE"));
  await expect(drained).rejects.toBeInstanceOf(ClosedPipeError);
  output.write("to nobody");
  expect(await output.finish()).toBeUndefined();
});

test("keeps why writing failed", async () => {
  const { output, take } = openPipe();
  output.write("long text");
  const drained = output.drain();
  take(failWith("ENOSPC"));
  await expect(drained).rejects.toThrow("ENOSPC");
  expect(await output.finish()).toMatchObject({ code: "ENOSPC" });
});

test.each([
  [{}, true],
  [{ NO_COLOR: "1" }, false],
  [{ NO_COLOR: "" }, true],
  [{ TERM: "dumb" }, false],
])("with %j colours are wanted on a terminal: %s", (env, wanted) => {
  const terminal = Object.assign(new Writable(), { isTTY: true, columns: 120 });
  expect(new StreamOutput(terminal, env)).toMatchObject({ color: wanted, columns: 120 });
  expect(new StreamOutput(new Writable(), env)).toMatchObject({ color: false, columns: 80 });
});
