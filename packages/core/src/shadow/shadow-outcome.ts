/** What a person said of an answer: whether it is good, or which of two candidates is better. */
export type ShadowLabel =
  | { readonly positive: boolean }
  | {
      /** Ids of candidates. */
      readonly chosen: string;
      readonly rejected: string;
    };

/** A delivered answer with what both models say of it, and what people do. */
export interface LabelledAnswer {
  readonly agrees: boolean;
  readonly candidates: readonly {
    readonly id: string;
    readonly shadow: number;
    /** What the model in traffic gave it; null where it gave nothing. */
    readonly live: number | null;
  }[];
  readonly labels: readonly ShadowLabel[];
}

/**
 * Whether the shadow would have won on an answer (1), lost (−1), or made no difference (0); null where nobody said
 * anything that could tell. Where people compared two candidates, a model wins that orders them as people do while the
 * other does not. Where they rated what was delivered, the shadow wins by choosing something else in place of a bad
 * answer, and loses by giving up a good one. What several people say of one answer is one vote, theirs by majority.
 */
export function shadowOutcome(answer: LabelledAnswer): -1 | 0 | 1 | null {
  const points = answer.labels.flatMap((label) => pointsOf(label, answer) ?? []);
  if (points.length === 0) return null;
  const sum = points.reduce((total, point) => total + point, 0);
  return sum > 0 ? 1 : sum < 0 ? -1 : 0;
}

/** Whether people found what was delivered good, by majority; null where they did not say, or as many said each. */
export function wasLiked(labels: readonly ShadowLabel[]): boolean | null {
  const sum = labels.reduce(
    (total, label) => total + ('positive' in label ? (label.positive ? 1 : -1) : 0),
    0,
  );
  return sum === 0 ? null : sum > 0;
}

function pointsOf(label: ShadowLabel, { agrees, candidates }: LabelledAnswer): number | null {
  if ('positive' in label) return agrees ? 0 : label.positive ? -1 : 1;
  const chosen = candidates.find(({ id }) => id === label.chosen);
  const rejected = candidates.find(({ id }) => id === label.rejected);
  if (chosen === undefined || rejected === undefined) return null;
  if (chosen.live === null || rejected.live === null) return null;
  return Number(chosen.shadow > rejected.shadow) - Number(chosen.live > rejected.live);
}
