import type { SnapshotRows } from '../datasets/snapshot.ts';

const id = (n: number) => `01940000-0000-7000-8000-00000000000${n}`;

/** A small data set with what is hard to write: quotes, line breaks, emoji, missing fields, undecided answers. */
export const exampleRows: SnapshotRows = {
  ratings: [
    {
      type: 'rating',
      split: 'train',
      query: 'What is a "vaccine"?',
      response: 'It trains the\nimmune system. 💉',
      rating: 4.5,
      rating_dimensions: { accuracy: 5, clarity: 4 },
      comment: 'clear',
      category: 'medicine',
      user_group: 'expert',
      feedback_id: id(1),
    },
    {
      type: 'rating',
      split: 'train',
      query: 'What is a "vaccine"?',
      response: 'No idea.',
      rating: 2,
      feedback_id: id(2),
    },
    {
      type: 'rating',
      split: 'train',
      query: 'What is a "vaccine"?',
      response: 'No idea.',
      rating: 1,
      feedback_id: id(3),
    },
    {
      type: 'rating',
      split: 'validation',
      query: 'How long?',
      response: 'A while.',
      rating: 5,
      feedback_id: id(4),
    },
    {
      type: 'rating',
      split: 'validation',
      query: 'How long?',
      response: 'A while.',
      rating: 2,
      feedback_id: id(5),
    },
  ],
  pairs: [
    {
      type: 'pair',
      split: 'train',
      query: 'What is a "vaccine"?',
      chosen: 'It trains the\nimmune system. 💉',
      rejected: 'No idea.',
      strength: 0.5,
      method: 'direct',
      feedback_ids: [id(1), id(2), id(3)],
    },
    {
      type: 'pair',
      split: 'validation',
      query: 'How long?',
      chosen: 'Ten days.',
      rejected: 'A while.',
      strength: 0.75,
      method: 'correction',
      feedback_ids: [id(5)],
    },
  ],
  steps: [
    {
      type: 'steps',
      split: 'train',
      query: 'What is 2 + 3 · 4?',
      unit: 'step',
      steps: [
        { text: 'Multiply first: 3 · 4 = 12.', label: true },
        { text: 'Then 2 + 12 = 15.', label: false, comment: 'It is 14.' },
      ],
      feedback_ids: [id(6), id(7)],
    },
  ],
};
