import type {
  DatasetQuery,
  FeedbackSource,
  FeedbackStatus,
  PairMethod,
  previewDataset,
  SentBy,
} from '@attune/contracts';

/** Free pairs that come along: none, those of the feedback that matches, or all. */
export const pairsTaken = ['matching', 'any', 'none'] as const;
export type PairsTaken = (typeof pairsTaken)[number];

/** A query as it is typed; empty fields do not narrow it. */
export interface QueryDraft {
  readonly statuses: readonly FeedbackStatus[];
  readonly sources: readonly FeedbackSource[];
  /** With commas between them. */
  readonly tags: string;
  readonly last_days: string;
  readonly after: string;
  readonly before: string;
  readonly min_rating: string;
  readonly max_rating: string;
  readonly min_alpha: string;
  readonly annotator: string;
  readonly include_used: boolean;
  readonly pairs: PairsTaken;
  readonly pair_methods: readonly PairMethod[];
  readonly min_strength: string;
}

export const usualQuery: QueryDraft = {
  statuses: ['approved', 'pending'],
  sources: [],
  tags: '',
  last_days: '',
  after: '',
  before: '',
  min_rating: '',
  max_rating: '',
  min_alpha: '',
  annotator: '',
  include_used: true,
  pairs: 'matching',
  pair_methods: [],
  min_strength: '',
};

type SentQuery = SentBy<typeof previewDataset>['body']['query'];

/** A typed number within bounds; null where nothing, or none, was typed. */
function numberIn(typed: string, least: number, most: number): number | null {
  const text = typed.trim().replace(',', '.');
  if (text === '') return null;
  const value = Number(text);
  return Number.isNaN(value) ? null : Math.min(Math.max(value, least), most);
}

/** Start of a day that a date field says, in the reader's time zone. */
function dayStart(date: string): string | null {
  const time = Date.parse(`${date}T00:00:00`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function given<Name extends string, Value>(name: Name, value: Value | null) {
  return value === null ? {} : { [name]: value };
}

/** What a typed query asks the server. */
export function queryOf(draft: QueryDraft): SentQuery {
  const tags = draft.tags
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  const days = numberIn(draft.last_days, 1, 3650);
  return {
    statuses: [...draft.statuses],
    sources: [...draft.sources],
    tags: tags.slice(0, 20),
    include_used: draft.include_used,
    ...given('last_days', days === null ? null : Math.round(days)),
    ...given('after', dayStart(draft.after)),
    ...given('before', dayStart(draft.before)),
    ...given('min_rating', numberIn(draft.min_rating, 1, 5)),
    ...given('max_rating', numberIn(draft.max_rating, 1, 5)),
    ...given('min_alpha', numberIn(draft.min_alpha, -1, 1)),
    ...given('annotator', draft.annotator.trim() === '' ? null : draft.annotator.trim()),
    pairs: pairsOf(draft),
  };
}

function pairsOf({ pairs, pair_methods, min_strength }: QueryDraft): SentQuery['pairs'] {
  if (pairs === 'none') return null;
  return { of: pairs, methods: [...pair_methods], min_strength: numberIn(min_strength, 0, 1) ?? 0 };
}

/** The parts of a stored query that narrow it, by name. */
export function narrowedBy(query: DatasetQuery): [name: string, values: string[]][] {
  const { pairs, include_used, ...conditions } = query;
  const named = Object.entries(conditions).map(([name, value]): [string, string[]] => [
    name,
    [value].flat().map((one) => String(one ?? '')),
  ]);
  return named.filter(([, values]) => values.some((value) => value !== ''));
}
