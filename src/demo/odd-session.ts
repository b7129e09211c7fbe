import { makePerson } from "./canaries.ts";
import type { Scanner } from "./scanners.ts";
import type { SeriesContext } from "./session.ts";

/** Far from the subjects of the archive, whose number is an option; this person's name is plain ASCII. */
const ODD_SUBJECT = 9990;

/** A series that is alone in its study; `name` tells the studies apart. All are of one subject. */
export function makeOddContext(seed: number, name: string, scanner: Scanner): SeriesContext {
  return {
    session: {
      seed,
      subjectIndex: ODD_SUBJECT,
      visitIndex: 0,
      person: makePerson(ODD_SUBJECT),
      date: "20200229",
      startSeconds: 36_000,
      description: "Odd files",
      scale: 1,
    },
    studyName: name,
    scanner,
    seriesNumber: 1,
    name,
    startSeconds: 36_000,
  };
}
