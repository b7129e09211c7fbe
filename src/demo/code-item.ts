import { attribute, type DataSet } from "./element.ts";

/** An item of a code sequence (PS3.3 §8). */
export function makeCode(value: string, scheme: string, meaning: string): DataSet {
  return [
    attribute("CodeValue", value),
    attribute("CodingSchemeDesignator", scheme),
    attribute("CodeMeaning", meaning),
  ];
}
