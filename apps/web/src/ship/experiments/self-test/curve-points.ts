/** The smallest p-value that is drawn; what is smaller stands at the foot. */
const LEAST = 1e-4;

/** Where p-values stand in a box: evenly from left to right, 1 at the top, by powers of ten. */
export function curvePoints(
  pValues: readonly number[],
  { width, height }: { readonly width: number; readonly height: number },
): { x: number; y: number }[] {
  const step = pValues.length > 1 ? width / (pValues.length - 1) : 0;
  return pValues.map((p, index) => ({
    x: index * step,
    y: (Math.log10(1 / Math.min(1, Math.max(LEAST, p))) / Math.log10(1 / LEAST)) * height,
  }));
}
