import type { Tissue } from "./tissue.ts";

/** Settings that the signal depends on: ms, degrees, s/mm². */
export interface MrContrast {
  readonly echoTime: number;
  readonly repetitionTime: number;
  readonly inversionTime?: number;
  readonly flipAngle: number;
  /** Do echoes refocus, so that T2 and not T2* decays? */
  readonly isSpinEcho?: boolean;
  readonly bValue?: number;
}

/** Signal of a tissue, 0 to 1 (spoiled gradient echo or spin echo, inversion and diffusion where given). */
export function findMrSignal(tissue: Tissue, contrast: MrContrast): number {
  const angle = (contrast.flipAngle * Math.PI) / 180;
  const recovery = Math.exp(-contrast.repetitionTime / tissue.t1);
  const steady =
    contrast.isSpinEcho || contrast.inversionTime !== undefined
      ? 1 - recovery
      : (Math.sin(angle) * (1 - recovery)) / (1 - Math.cos(angle) * recovery);
  const inversion =
    contrast.inversionTime === undefined
      ? 1
      : Math.abs(1 - 2 * Math.exp(-contrast.inversionTime / tissue.t1) + recovery);
  const decay = Math.exp(-contrast.echoTime / (contrast.isSpinEcho ? tissue.t2 : tissue.t2Star));
  const diffusion = Math.exp((-(contrast.bValue ?? 0) * tissue.diffusion) / 1000);
  return tissue.density * steady * inversion * decay * diffusion;
}
