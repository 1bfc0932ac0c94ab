/** One person's mark on one step of an answer. */
export interface StepJudgement {
  /** From 0. */
  index: number;
  mark: 'good' | 'neutral' | 'bad';
  text: string;
  comment: string | null;
}

/** A step and whether it is right. */
export interface LabelledStep {
  text: string;
  label: boolean;
  comment?: string;
}

/**
 * The steps of an answer that people agree about, from the first up to where nobody judged, or as many for as against:
 * process supervision needs a label for each step, and a step is only right after the ones before it. Neutral marks count
 * for neither. Of several comments on a step that is wrong, the first stays.
 */
export function labelledSteps(judgements: readonly StepJudgement[]): LabelledStep[] {
  const byStep = Map.groupBy(judgements, ({ index }) => index);
  const steps: LabelledStep[] = [];
  for (let index = 0; ; index++) {
    const marks = byStep.get(index) ?? [];
    const lead = marks.reduce((sum, { mark }) => sum + (mark === 'good' ? 1 : mark === 'bad' ? -1 : 0), 0);
    const [first] = marks;
    if (first === undefined || lead === 0) return steps;
    const comment = lead < 0 ? marks.find((mark) => mark.mark === 'bad' && mark.comment)?.comment : null;
    steps.push({ text: first.text, label: lead > 0, ...(comment ? { comment } : {}) });
  }
}
