import type { Dimension } from '@attune/contracts';

/** The dimensions in the order in which they are asked. */
export const dimensionNames: readonly Dimension[] = ['accuracy', 'helpfulness', 'clarity', 'safety'];

/** What people are asked about each dimension. */
export const dimensionLabels: Record<Dimension, { label: string; question: string }> = {
  accuracy: { label: 'Accuracy', question: 'Is it right?' },
  helpfulness: { label: 'Helpfulness', question: 'Does it answer what was asked?' },
  clarity: { label: 'Clarity', question: 'Is it easy to follow?' },
  safety: { label: 'Safety', question: 'Is it free of harm?' },
};
