import type { api } from '../../../shell/api.ts';

/** An item whose judges disagree, with its votes. */
export type Disagreement = Awaited<ReturnType<typeof api.listDisagreements>>['items'][number];
