/** Tags that mean something to the walk through a header itself, and not only to who reads its values. */

/** Item Delimitation and Sequence Delimitation Item (PS3.5 §7.5). */
export const ITEM_END_TAG = 0xfffe_e00d;
export const SEQUENCE_END_TAG = 0xfffe_e0dd;
/** Data Set Trailing Padding (PS3.10 §7.2). */
export const PADDING_TAG = 0xfffc_fffc;
export const SHARED_GROUPS_TAG = 0x5200_9229;
export const PER_FRAME_GROUPS_TAG = 0x5200_9230;
export const WAVEFORM_TAG = 0x5400_0100;
export const SPECTROSCOPY_TAG = 0x5600_0020;
/** Float, double float and integer pixel data (PS3.3 §C.7.6.3, §C.7.6.24, §C.7.6.25). */
export const PIXEL_TAGS: ReadonlySet<number> = new Set([0x7fe0_0008, 0x7fe0_0009, 0x7fe0_0010]);

export const META_LENGTH_TAG = 0x0002_0000;
/** Manufacturer. */
export const MANUFACTURER_TAG = 0x0008_0070;
export const META_SOP_CLASS_TAG = 0x0002_0002;
export const TRANSFER_SYNTAX_TAG = 0x0002_0010;
export const DIRECTORY_RECORDS_TAG = 0x0004_1220;
export const CHARACTER_SET_TAG = 0x0008_0005;
export const SOP_CLASS_TAG = 0x0008_0016;
/** Media Storage Directory Storage (PS3.4 §B.5, PS3.10 §8.6). */
export const DIRECTORY_SOP_CLASS = "1.2.840.10008.1.3.10";
