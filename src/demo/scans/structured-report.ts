import { formatTime } from "#demo/clock.ts";
import { makeCode } from "#demo/code-item.ts";
import { describeSeries } from "#demo/describe-series.ts";
import { attribute, type DataSet, emptyAttribute, orderElements, sequence } from "#demo/element.ts";
import { type Instance, instanceFileName, type SeriesContext } from "#demo/session.ts";

const BASIC_TEXT_SR_STORAGE = "1.2.840.10008.5.1.4.1.1.88.11";

/** A report in words (PS3.3 §A.35.1): an instance without pixels. */
export function makeStructuredReport(context: SeriesContext): Instance[] {
  const { date } = context.session;
  return [
    {
      fileName: instanceFileName(1),
      makeDataSet: () =>
        orderElements(
          describeSeries(context, {
            sopClassUid: BASIC_TEXT_SR_STORAGE,
            modality: "SR",
            description: "Report",
            instanceNumber: 1,
          }),
          [
            attribute("ContentDate", date),
            attribute("ContentTime", formatTime(context.startSeconds)),
            emptyAttribute("ReferencedPerformedProcedureStepSequence"),
            emptyAttribute("PerformedProcedureCodeSequence"),
            attribute("ValueType", "CONTAINER"),
            sequence(
              "ConceptNameCodeSequence",
              makeCode("18748-4", "LN", "Diagnostic imaging study"),
            ),
            attribute("ContinuityOfContent", "SEPARATE"),
            attribute("CompletionFlag", "COMPLETE"),
            attribute("VerificationFlag", "UNVERIFIED"),
            sequence(
              "ContentSequence",
              makeText(
                "121070",
                "Findings",
                "Ellipsoids of the expected kind in the expected places.",
              ),
              makeText("121076", "Conclusions", "A phantom."),
            ),
          ],
        ),
    },
  ];
}

function makeText(code: string, meaning: string, text: string): DataSet {
  return [
    attribute("RelationshipType", "CONTAINS"),
    attribute("ValueType", "TEXT"),
    sequence("ConceptNameCodeSequence", makeCode(code, "DCM", meaning)),
    attribute("TextValue", text),
  ];
}
