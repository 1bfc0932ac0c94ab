/** A figure that was aimed at, beside the one that was measured. */
export interface Aim {
  readonly what: string;
  readonly unit: string;
  /** At most this much, or at least, where more is better. */
  readonly most?: number;
  readonly least?: number;
  /** Undefined where this run did not measure it. */
  readonly measured: number | undefined;
}

/** Each aim as a line that says whether it was met. */
export function aimsText(aims: readonly Aim[]): string {
  return ['Aims, met or not in this run:', '', ...aims.map((aim) => `- ${lineOf(aim)}`)].join('\n');
}

function lineOf({ what, unit, most, least, measured }: Aim): string {
  const wanted = most === undefined ? `at least ${least}` : `at most ${most}`;
  const aim = `${what}, ${wanted} ${unit}`;
  if (measured === undefined) return `${aim}: not measured.`;
  const met = measured <= (most ?? Number.POSITIVE_INFINITY) && measured >= (least ?? 0);
  return `${aim}: ${measured}, **${met ? 'met' : 'missed'}**.`;
}
