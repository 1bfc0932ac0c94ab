import type { SnapshotRows } from '../datasets/snapshot.ts';
import { judgedAnswers } from './judged-answers.ts';

/** A question and an answer worth imitating. */
export interface TargetAnswer {
  readonly prompt: string;
  readonly completion: string;
}

/** What a model should learn to say: corrections, and answers with a mean rating above 3.5. */
export function targetAnswers(rows: SnapshotRows): TargetAnswer[] {
  return judgedAnswers(rows)
    .filter(({ label }) => label)
    .map(({ prompt, completion }) => ({ prompt, completion }));
}
