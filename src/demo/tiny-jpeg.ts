/** A picture of 16 by 16 pixels, a disc: a JPEG that is no DICOM. */
export function tinyJpeg(): Uint8Array {
  return Buffer.from(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP" +
      "/L2u71////m8H////6/+b9//j/wAALCAAQABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAcEAABBAMBAAAAAAAAA" +
      "AAAAAABAgMEEQATITH/2gAIAQEAAD8AmDBQ63tdsgnib9xOgoab2tWAD1N+YgzkNN6nbAB4qvMTpyHW9TVkE9VXuf/Z",
    "base64",
  );
}
