/**
 * Storage SOP classes (PS3.4 §B.5, PS3.6 §A): what kind of object each is, and the modality that it must or
 * nearly always has. Private and retired classes are in the list where archives hold them.
 */

export interface SopClass {
  readonly uid: string;
  readonly name: string;
  /** Modality where the class leaves no choice, else null. Secondary captures without one count as OT. */
  readonly modality: string | null;
  readonly kind: "image" | "spectroscopy" | "non-image";
  /** Whether values lie at the top level, in functional groups, or in those that a conversion made of classic objects. */
  readonly form: "classic" | "enhanced" | "legacy-converted";
}

type Form = SopClass["form"];

const storage = "1.2.840.10008.5.1.4.1.1.";

const image = (
  suffix: string,
  name: string,
  modality: string | null,
  form: Form = "classic",
): SopClass => ({ uid: storage + suffix, name, modality, kind: "image", form });

const other = (suffix: string, name: string, modality: string | null): SopClass => ({
  uid: storage + suffix,
  name,
  modality,
  kind: "non-image",
  form: "classic",
});

/** A class of a maker, by its full UID. */
const ofMaker = (uid: string, name: string): SopClass => ({
  uid,
  name,
  modality: null,
  kind: "non-image",
  form: "classic",
});

export const sopClasses: readonly SopClass[] = [
  image("4", "MR Image", "MR"),
  image("4.1", "Enhanced MR Image", "MR", "enhanced"),
  { ...image("4.2", "MR Spectroscopy", "MR", "enhanced"), kind: "spectroscopy" },
  image("4.3", "Enhanced MR Color Image", "MR", "enhanced"),
  image("4.4", "Legacy Converted Enhanced MR Image", "MR", "legacy-converted"),
  image("2", "CT Image", "CT"),
  image("2.1", "Enhanced CT Image", "CT", "enhanced"),
  image("2.2", "Legacy Converted Enhanced CT Image", "CT", "legacy-converted"),
  image("128", "Positron Emission Tomography Image", "PT"),
  image("128.1", "Legacy Converted Enhanced PET Image", "PT", "legacy-converted"),
  image("130", "Enhanced PET Image", "PT", "enhanced"),
  image("20", "Nuclear Medicine Image", "NM"),
  image("5", "Nuclear Medicine Image (retired)", "NM"),
  image("7", "Secondary Capture Image", "OT"),
  image("7.1", "Multi-frame Single Bit Secondary Capture Image", "OT"),
  image("7.2", "Multi-frame Grayscale Byte Secondary Capture Image", "OT"),
  image("7.3", "Multi-frame Grayscale Word Secondary Capture Image", "OT"),
  image("7.4", "Multi-frame True Color Secondary Capture Image", "OT"),
  image("1", "Computed Radiography Image", "CR"),
  image("1.1", "Digital X-Ray Image, for presentation", "DX"),
  image("1.1.1", "Digital X-Ray Image, for processing", "DX"),
  image("1.2", "Digital Mammography X-Ray Image, for presentation", "MG"),
  image("1.2.1", "Digital Mammography X-Ray Image, for processing", "MG"),
  image("1.3", "Digital Intra-Oral X-Ray Image, for presentation", "IO"),
  image("1.3.1", "Digital Intra-Oral X-Ray Image, for processing", "IO"),
  image("12.1", "X-Ray Angiographic Image", "XA"),
  image("12.1.1", "Enhanced XA Image", "XA", "enhanced"),
  image("12.2", "X-Ray Radiofluoroscopic Image", "RF"),
  image("12.2.1", "Enhanced XRF Image", "RF", "enhanced"),
  image("12.3", "X-Ray Angiographic Bi-Plane Image (retired)", "XA"),
  image("13.1.1", "X-Ray 3D Angiographic Image", "XA", "enhanced"),
  image("13.1.2", "X-Ray 3D Craniofacial Image", "DX", "enhanced"),
  image("13.1.3", "Breast Tomosynthesis Image", "MG", "enhanced"),
  image("13.1.4", "Breast Projection X-Ray Image, for presentation", "MG", "enhanced"),
  image("13.1.5", "Breast Projection X-Ray Image, for processing", "MG", "enhanced"),
  image("14.1", "Intravascular OCT Image, for presentation", "IVOCT", "enhanced"),
  image("14.2", "Intravascular OCT Image, for processing", "IVOCT", "enhanced"),
  image("3", "Ultrasound Multi-frame Image (retired)", "US"),
  image("3.1", "Ultrasound Multi-frame Image", "US"),
  image("6", "Ultrasound Image (retired)", "US"),
  image("6.1", "Ultrasound Image", "US"),
  image("6.2", "Enhanced US Volume", "US", "enhanced"),
  image("6.3", "Photoacoustic Image", "PA", "enhanced"),
  image("30", "Parametric Map", null, "enhanced"),
  image("66.4", "Segmentation", "SEG", "enhanced"),
  image("77.1.1", "VL Endoscopic Image", "ES"),
  image("77.1.1.1", "Video Endoscopic Image", "ES"),
  image("77.1.2", "VL Microscopic Image", "GM"),
  image("77.1.2.1", "Video Microscopic Image", "GM"),
  image("77.1.3", "VL Slide-Coordinates Microscopic Image", "SM"),
  image("77.1.4", "VL Photographic Image", "XC"),
  image("77.1.4.1", "Video Photographic Image", "XC"),
  image("77.1.5.1", "Ophthalmic Photography 8 Bit Image", "OP"),
  image("77.1.5.2", "Ophthalmic Photography 16 Bit Image", "OP"),
  image("77.1.5.4", "Ophthalmic Tomography Image", "OPT", "enhanced"),
  image("77.1.5.5", "Wide Field Ophthalmic Photography Stereographic Projection Image", "OP"),
  image("77.1.5.6", "Wide Field Ophthalmic Photography 3D Coordinates Image", "OP"),
  image("77.1.5.7", "Ophthalmic OCT En Face Image", "OPTENF"),
  image("77.1.6", "VL Whole Slide Microscopy Image", "SM", "enhanced"),
  image("81.1", "Ophthalmic Thickness Map", "OPM"),
  image("82.1", "Corneal Topography Map", "OPM"),
  image("481.1", "RT Image", "RTIMAGE"),
  image("481.2", "RT Dose", "RTDOSE"),
  image("481.23", "Enhanced RT Image", "RTIMAGE", "enhanced"),
  image("481.24", "Enhanced Continuous RT Image", "RTIMAGE", "enhanced"),
  other("11.1", "Grayscale Softcopy Presentation State", "PR"),
  other("11.2", "Color Softcopy Presentation State", "PR"),
  other("11.3", "Pseudo-Color Softcopy Presentation State", "PR"),
  other("11.4", "Blending Softcopy Presentation State", "PR"),
  other("11.5", "XA/XRF Grayscale Softcopy Presentation State", "PR"),
  other("11.6", "Grayscale Planar MPR Volumetric Presentation State", "PR"),
  other("11.7", "Compositing Planar MPR Volumetric Presentation State", "PR"),
  other("11.8", "Advanced Blending Presentation State", "PR"),
  other("11.9", "Volume Rendering Volumetric Presentation State", "PR"),
  other("11.10", "Segmented Volume Rendering Volumetric Presentation State", "PR"),
  other("11.11", "Multiple Volume Rendering Volumetric Presentation State", "PR"),
  other("11.12", "Variable Modality LUT Softcopy Presentation State", "PR"),
  other("131", "Basic Structured Display", "PR"),
  other("66", "Raw Data", null),
  other("66.1", "Spatial Registration", "REG"),
  other("66.2", "Spatial Fiducials", "FID"),
  other("66.3", "Deformable Spatial Registration", "REG"),
  other("66.5", "Surface Segmentation", "SEG"),
  other("66.6", "Tractography Results", null),
  other("67", "Real World Value Mapping", "RWV"),
  other("68.1", "Surface Scan Mesh", null),
  other("68.2", "Surface Scan Point Cloud", null),
  other("88.11", "Basic Text SR", "SR"),
  other("88.22", "Enhanced SR", "SR"),
  other("88.33", "Comprehensive SR", "SR"),
  other("88.34", "Comprehensive 3D SR", "SR"),
  other("88.35", "Extensible SR", "SR"),
  other("88.40", "Procedure Log", "SR"),
  other("88.50", "Mammography CAD SR", "SR"),
  other("88.59", "Key Object Selection Document", "KO"),
  other("88.65", "Chest CAD SR", "SR"),
  other("88.67", "X-Ray Radiation Dose SR", "SR"),
  other("88.68", "Radiopharmaceutical Radiation Dose SR", "SR"),
  other("88.69", "Colon CAD SR", "SR"),
  other("88.70", "Implantation Plan SR", "SR"),
  other("88.71", "Acquisition Context SR", "SR"),
  other("88.72", "Simplified Adult Echo SR", "SR"),
  other("88.73", "Patient Radiation Dose SR", "SR"),
  other("88.74", "Planned Imaging Agent Administration SR", "SR"),
  other("88.75", "Performed Imaging Agent Administration SR", "SR"),
  other("9.1.1", "12-lead ECG Waveform", "ECG"),
  other("9.1.2", "General ECG Waveform", "ECG"),
  other("9.1.3", "Ambulatory ECG Waveform", "ECG"),
  other("9.2.1", "Hemodynamic Waveform", "HD"),
  other("9.3.1", "Cardiac Electrophysiology Waveform", "EPS"),
  other("9.4.1", "Basic Voice Audio Waveform", "AU"),
  other("9.5.1", "Arterial Pulse Waveform", null),
  other("9.6.1", "Respiratory Waveform", "RESP"),
  other("104.1", "Encapsulated PDF", "DOC"),
  other("104.2", "Encapsulated CDA", "DOC"),
  other("104.3", "Encapsulated STL", "M3D"),
  other("104.4", "Encapsulated OBJ", "M3D"),
  other("104.5", "Encapsulated MTL", "M3D"),
  other("200.1", "CT Defined Procedure Protocol", "CTPROTOCOL"),
  other("200.2", "CT Performed Procedure Protocol", "CTPROTOCOL"),
  other("201.1", "Inventory", null),
  other("481.3", "RT Structure Set", "RTSTRUCT"),
  other("481.4", "RT Beams Treatment Record", "RTRECORD"),
  other("481.5", "RT Plan", "RTPLAN"),
  other("481.6", "RT Brachy Treatment Record", "RTRECORD"),
  other("481.7", "RT Treatment Summary Record", "RTRECORD"),
  other("481.8", "RT Ion Plan", "RTPLAN"),
  other("481.9", "RT Ion Beams Treatment Record", "RTRECORD"),
  ofMaker("1.3.12.2.1107.5.9.1", "Siemens CSA Non-Image"),
  ofMaker("1.3.46.670589.11.0.0.12.1", "Philips MR Spectrum"),
  ofMaker("1.3.46.670589.11.0.0.12.2", "Philips MR Series Data"),
  ofMaker("1.3.46.670589.11.0.0.12.4", "Philips MR Examination Card"),
];

const byUid: ReadonlyMap<string, SopClass> = new Map(
  sopClasses.map((sopClass) => [sopClass.uid, sopClass]),
);

/** The class of that UID, undefined if the list has none. */
export function findSopClass(uid: string): SopClass | undefined {
  return byUid.get(uid);
}
