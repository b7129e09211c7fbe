/**
 * `npm run bench:stacks`: from what is stored of a series to its settled stacks, without database and files.
 * Prints time per frame and peak memory of one series of 100,000 frames, of the same with all values distinct, and
 * of 1,000,000 frames in ordinary series. Figures of one machine.
 */
import { distinctSeries, largeSeries, ordinarySeries } from "./rows/measuring/series-shapes.ts";
import { type Settled, settleOrdinary, settleShape } from "./rows/measuring/settle-shape.ts";

function report(name: string, { frames, stacks, seconds }: Settled): void {
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${name}: ${frames} frames, ${stacks} stacks, ${(seconds * 1000).toFixed(0)} ms, ${((seconds * 1e6) / frames).toFixed(2)} µs per frame; peak memory of the process so far ${peak.toFixed(0)} MiB`,
  );
}

function fastest(turns: readonly Settled[]): Settled {
  return turns.reduce((best, turn) => (turn.seconds < best.seconds ? turn : best));
}

report("ordinary series", settleOrdinary(1_000_000));
for (const shape of ordinarySeries) {
  report("  one of them, best of 20", fastest(settleShape(shape, 20)));
}
report("one series, best of 3", fastest(settleShape(largeSeries(100_000), 3)));
report("all values distinct, best of 2", fastest(settleShape(distinctSeries(100_000), 2)));
