import { expect, test } from "vitest";
import type { NamedJobEvent } from "#store/job.ts";
import { countChanges, listChanges } from "./summarize-changes.ts";

function event(code: string, seriesId: number, count: number): NamedJobEvent {
  return {
    code,
    seriesId,
    count,
    detail: null,
    subjectCode: seriesId < 10 ? "a" : "b",
    seriesInstanceUid: `1.2.${seriesId}`,
    modality: "MR",
    seriesDescription: "t1",
  };
}

const kindsOf = (...events: NamedJobEvent[]): (readonly [string, number])[] =>
  listChanges(events).map(({ kind, count }) => [kind, count] as const);

test("a series that came and grew within one job is new", () => {
  expect(kindsOf(event("series-new", 1, 5), event("series-grown", 1, 3))).toEqual([["new", 8]]);
});

test("a series that came and went within one job is no change", () => {
  expect(kindsOf(event("series-new", 1, 5), event("series-gone", 1, 5))).toEqual([]);
});

test("what grew and shrank again by as much was changed", () => {
  const events = [event("series-grown", 1, 5), event("series-shrunk", 1, 5)];
  expect(kindsOf(...events)).toEqual([["changed", 0]]);
});

test("a series that went counts its instances", () => {
  expect(kindsOf(event("series-gone", 1, 7))).toEqual([["gone", 7]]);
});

test("other stacks are told beside what happened to the content, but not of a new series", () => {
  expect(kindsOf(event("series-grown", 1, 2), event("series-rekeyed", 1, 3))).toEqual([
    ["grown", 2],
    ["rekeyed", 3],
  ]);
  expect(kindsOf(event("series-rekeyed", 1, 3))).toEqual([["rekeyed", 3]]);
  expect(kindsOf(event("series-new", 1, 2), event("series-rekeyed", 1, 3))).toEqual([["new", 2]]);
});

test("events about no series are left out", () => {
  expect(listChanges([{ ...event("series-new", 1, 1), seriesId: null }])).toEqual([]);
});

test("series and subjects of each kind are counted", () => {
  const changes = listChanges([
    event("series-new", 1, 5),
    event("series-new", 2, 5),
    event("series-new", 11, 1),
    event("series-gone", 12, 4),
  ]);
  expect(countChanges(changes)).toEqual({
    new: { series: 3, subjects: 2, count: 11 },
    gone: { series: 1, subjects: 1, count: 4 },
  });
});
