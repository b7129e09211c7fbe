import { formatTime } from "#demo/clock.ts";
import { describeSeries } from "#demo/describe-series.ts";
import { attribute, type DataSet, orderElements, sequence } from "#demo/element.ts";
import {
  type Instance,
  instanceFileName,
  instanceUid,
  type SeriesContext,
  seriesUid,
} from "#demo/session.ts";

const GRAYSCALE_SOFTCOPY_PRESENTATION_STATE_STORAGE = "1.2.840.10008.5.1.4.1.1.11.1";

/** How to show the first image of another series (PS3.3 §A.33.1): an instance without pixels. */
export function makePresentationState(
  context: SeriesContext,
  shown: { readonly series: SeriesContext; readonly sopClassUid: string },
): Instance[] {
  const { date } = context.session;
  const image: DataSet = [
    attribute("ReferencedSOPClassUID", shown.sopClassUid),
    attribute("ReferencedSOPInstanceUID", instanceUid(shown.series, 1)),
  ];
  return [
    {
      fileName: instanceFileName(1),
      makeDataSet: () =>
        orderElements(
          describeSeries(context, {
            sopClassUid: GRAYSCALE_SOFTCOPY_PRESENTATION_STATE_STORAGE,
            modality: "PR",
            description: "Presentation state",
            instanceNumber: 1,
          }),
          [
            attribute("ContentLabel", "DEMO"),
            attribute("ContentDescription", "Window of the first image"),
            attribute("ContentCreatorName", ""),
            attribute("PresentationCreationDate", date),
            attribute("PresentationCreationTime", formatTime(context.startSeconds)),
            sequence("ReferencedSeriesSequence", [
              sequence("ReferencedImageSequence", image),
              attribute("SeriesInstanceUID", seriesUid(shown.series)),
            ]),
            sequence("DisplayedAreaSelectionSequence", [
              sequence("ReferencedImageSequence", image),
              attribute("DisplayedAreaTopLeftHandCorner", [1, 1]),
              attribute("DisplayedAreaBottomRightHandCorner", [64, 64]),
              attribute("PresentationSizeMode", "SCALE TO FIT"),
              attribute("PresentationPixelAspectRatio", [1, 1]),
            ]),
            sequence("SoftcopyVOILUTSequence", [
              attribute("WindowCenter", 900),
              attribute("WindowWidth", 1800),
            ]),
            attribute("PresentationLUTShape", "IDENTITY"),
          ],
        ),
    },
  ];
}
