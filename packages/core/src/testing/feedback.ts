import type { TrainingFeedback } from '../training-feedback.ts';

let last = 0;

/** A feedback for tests: a rated answer by a person of its own, with what the test cares about. */
export function feedback(change: Partial<TrainingFeedback> = {}): TrainingFeedback {
  const id = `f${++last}`;
  return {
    id,
    query: 'How do vaccines work?',
    context: '',
    response: 'They train the immune system.',
    rating: 4,
    dimensions: {},
    correction: null,
    comment: null,
    person: `person of ${id}`,
    source: 'user',
    createdAt: new Date(Date.UTC(2026, 0, 1) + last * 3_600_000),
    ...change,
  };
}
