import { expect, test } from "vitest";
import { seriesGroup, seriesInstanceUid, studyInstanceUid } from "./column-plan.ts";

test("a series tuple depends on the UIDs of study and series, so that equal values do not merge two series", () => {
  for (const plan of [studyInstanceUid, seriesInstanceUid]) {
    const paths = [...plan.classic, ...plan.framed].flatMap((candidate) => candidate.pathIds);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => seriesGroup.paths[path] !== 1)).toEqual([]);
  }
});
