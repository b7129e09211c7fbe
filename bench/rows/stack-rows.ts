/** From stored values to settled stacks, in this thread, without database and files. */
import { writeNumber } from "./measuring/number-text.ts";
import { distinctSeries, largeSeries, type Shape } from "./measuring/series-shapes.ts";
import { type Settled, settleOrdinary, settleShape } from "./measuring/settle-shape.ts";
import { type Bench, measureInTurns, type Outcome, type Row } from "./row.ts";

const ORDINARY_FRAMES = 1_000_000;
const FRAMES_OF_ONE_SERIES = 100_000;

export const stackRows: readonly Row[] = [
  {
    id: "stacks",
    measure: (bench) =>
      timeStacks(
        bench,
        () => settleOrdinary(ORDINARY_FRAMES * bench.scale),
        ({ seconds, frames }) => (seconds * 1e6) / frames,
      ),
  },
  { id: "stacks-series", measure: (bench) => timeSeries(bench, largeSeries) },
  { id: "stacks-distinct", measure: (bench) => timeSeries(bench, distinctSeries) },
];

function timeSeries(bench: Bench, shapeOf: (frames: number) => Shape): Promise<Outcome> {
  const shape = shapeOf(Math.round(FRAMES_OF_ONE_SERIES * bench.scale));
  return timeStacks(
    bench,
    () => settleShape(shape, 1)[0] as Settled,
    ({ seconds }) => seconds,
  );
}

/** The first turn, in which code is still being compiled, is not counted: jobs settle many series. */
async function timeStacks(
  bench: Bench,
  settle: () => Settled,
  figureOf: (settled: Settled) => number,
): Promise<Outcome> {
  const first = settle();
  const { results, canary } = await measureInTurns(bench, bench.archive("small10k"), {
    settle: async () => settle(),
  });
  return {
    samples: results.settle.map(figureOf),
    notes: [
      `${first.frames} frames, ${first.stacks} stacks`,
      `not counted, the first turn ${writeNumber(figureOf(first))}`,
      canary,
    ],
  };
}
