import { expect, test } from "vitest";
import { isPlaceholderPatientId } from "./placeholder-patient-ids.ts";

test.each([
  "0",
  "000000",
  "X",
  "xxxx",
  "ANON",
  "anonymous",
  "Anonymized",
  "ANONYMISED",
  "UNKNOWN",
  "n/a",
  "Patient ID",
  "no_name",
  "---",
  "123456",
])("%s names nobody", (id) => {
  expect(isPlaceholderPatientId(id)).toBe(true);
});

test.each(["ANON0042", "X1", "0001", "sub-01", "PATIENT7", "10000", "UNKNOWN2", "ANNA", "1234561"])(
  "%s may be somebody",
  (id) => {
    expect(isPlaceholderPatientId(id)).toBe(false);
  },
);
