/** Three-component vectors in patient coordinates (PS3.3 §C.7.6.2.1.1: x to the left, y to the back, z to the head). */
export type Vector = readonly [x: number, y: number, z: number];

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** The vector at length 1, null for the zero vector. */
export function normalise(a: Vector): Vector | null {
  const length = Math.sqrt(dot(a, a));
  return length > 0 ? [a[0] / length, a[1] / length, a[2] / length] : null;
}

/** `a` + `b` · `scale` */
export const addScaled = (a: Vector, b: Vector, scale: number): Vector => [
  a[0] + b[0] * scale,
  a[1] + b[1] * scale,
  a[2] + b[2] * scale,
];
