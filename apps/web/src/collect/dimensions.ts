import type { Dimension } from '@attune/contracts';

/** The dimensions in the order in which they are asked. */
export const dimensions: readonly Dimension[] = ['accuracy', 'helpfulness', 'clarity', 'safety'];
