/** What is scanned on which scanner in a visit. */
import type { Scanner } from "./scanners.ts";
import { scanners } from "./scanners.ts";
import { makeBoldMosaic } from "./scans/bold-mosaic.ts";
import { makeCtChest, makeCtScout } from "./scans/ct-chest.ts";
import { makeDixon } from "./scans/dixon.ts";
import { makeDwi, makeDwiAdc, makeDwiTrace, makeEnhancedDwi } from "./scans/dwi.ts";
import { makeEnhancedFieldMap, makeFieldMap } from "./scans/field-map.ts";
import { makeEnhancedLocalizer, makeLocalizer } from "./scans/localizer.ts";
import { MR_IMAGE_STORAGE } from "./scans/mr-image.ts";
import { makeMultiEchoGre } from "./scans/multi-echo-gre.ts";
import { makePetDynamic } from "./scans/pet-dynamic.ts";
import { makePetStatic } from "./scans/pet-static.ts";
import { makePetWholeBody } from "./scans/pet-whole-body.ts";
import { makePresentationState } from "./scans/presentation-state.ts";
import { makeStructuredReport } from "./scans/structured-report.ts";
import { makeT1Mprage } from "./scans/t1-mprage.ts";
import type { Instance, SeriesContext } from "./session.ts";

export interface Protocol {
  readonly description: string;
  readonly series: readonly ProtocolSeries[];
}

export interface ProtocolSeries {
  /** Short name, part of the folder's. */
  readonly name: string;
  readonly scanner: Scanner;
  /** `former`: series of the same visit made before this one, by name. */
  readonly make: (context: SeriesContext, former: ReadonlyMap<string, SeriesContext>) => Instance[];
}

const { siemensMr, siemensXaMr, philipsMr, geMr, siemensCt, siemensPet, workstation } = scanners;

const brain: Protocol = {
  description: "Brain",
  series: [
    { name: "localizer", scanner: siemensMr, make: makeLocalizer },
    { name: "t1-mprage", scanner: siemensMr, make: makeT1Mprage },
    { name: "multi-echo-gre", scanner: siemensMr, make: makeMultiEchoGre },
    { name: "dwi", scanner: siemensMr, make: makeDwi },
    { name: "dwi-trace", scanner: siemensMr, make: makeDwiTrace },
    { name: "dwi-adc", scanner: siemensMr, make: makeDwiAdc },
    { name: "bold-mosaic", scanner: siemensMr, make: makeBoldMosaic },
    { name: "structured-report", scanner: workstation, make: makeStructuredReport },
    {
      name: "presentation-state",
      scanner: workstation,
      make: (context, former) =>
        makePresentationState(context, {
          series: former.get("t1-mprage") as SeriesContext,
          sopClassUid: MR_IMAGE_STORAGE,
        }),
    },
  ],
};

/** Classic objects and their enhanced twins. */
const brainTwins: Protocol = {
  description: "Brain, follow-up",
  series: [
    { name: "localizer", scanner: siemensXaMr, make: makeLocalizer },
    { name: "localizer-enhanced", scanner: siemensXaMr, make: makeEnhancedLocalizer },
    { name: "t1-mprage", scanner: siemensXaMr, make: makeT1Mprage },
    { name: "dwi", scanner: siemensXaMr, make: makeDwi },
    { name: "dwi-enhanced", scanner: siemensXaMr, make: makeEnhancedDwi },
  ],
};

const brainFieldMap: Protocol = {
  description: "Brain",
  series: [
    { name: "field-map", scanner: philipsMr, make: makeFieldMap },
    { name: "field-map-enhanced", scanner: philipsMr, make: makeEnhancedFieldMap },
  ],
};

const abdomen: Protocol = {
  description: "Abdomen",
  series: [{ name: "dixon", scanner: geMr, make: makeDixon }],
};

const chest: Protocol = {
  description: "Chest",
  series: [
    { name: "ct-scout", scanner: siemensCt, make: makeCtScout },
    { name: "ct-chest", scanner: siemensCt, make: makeCtChest },
  ],
};

const pet: Protocol = {
  description: "PET",
  series: [
    { name: "pet-dynamic", scanner: siemensPet, make: makePetDynamic },
    { name: "pet-static", scanner: siemensPet, make: makePetStatic },
    { name: "pet-whole-body", scanner: siemensPet, make: makePetWholeBody },
  ],
};

/** Visits of a subject; after these the list begins again with the next subject. */
export const protocolsBySubject: readonly (readonly Protocol[])[] = [
  [brain, brainTwins],
  [brainFieldMap, abdomen, chest],
  [pet, chest],
  [abdomen, brain],
];
