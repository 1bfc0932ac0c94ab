import type { SnapshotRows } from '../datasets/snapshot.ts';
import { type JudgedAnswer, judgedAnswers } from './judged-answers.ts';

/** What a model should learn to say: corrections, and answers with a mean rating above 3.5. */
export function targetAnswers(rows: SnapshotRows): JudgedAnswer[] {
  return judgedAnswers(rows).filter(({ label }) => label);
}
