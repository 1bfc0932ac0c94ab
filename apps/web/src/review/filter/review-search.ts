import type {
  FeedbackSource,
  FeedbackStatus,
  FeedbackType,
  ReviewFilter,
  ReviewOrder,
} from '@attune/contracts';

export const statuses = ['pending', 'flagged', 'approved', 'rejected'] as const satisfies FeedbackStatus[];
export const sources = ['user', 'expert', 'model', 'import'] as const satisfies FeedbackSource[];
export const types = [
  'thumbs_up',
  'thumbs_down',
  'rating',
  'correction',
  'detailed',
  'step',
  'inline',
  'comparison',
  'voice',
] as const satisfies FeedbackType[];
export const orders = ['teaching', 'newest', 'oldest', 'random'] as const satisfies ReviewOrder[];

/** What narrows the queue; what is left out does not. */
export type QueueFilter = { readonly [Name in keyof ReviewFilter]?: ReviewFilter[Name] | undefined };

/** What the address of the review page says. */
export interface ReviewSearch extends QueueFilter {
  readonly order?: ReviewOrder | undefined;
  /** The list instead of one item at a time. */
  readonly view?: 'table' | undefined;
  /** An item to begin with. */
  readonly item?: string | undefined;
}

function oneOf<Value extends string>(value: unknown, options: readonly Value[]): Value | undefined {
  return options.find((option) => option === value);
}

/** Words; the router reads digits as a number. */
function words(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim();
  return text === '' ? undefined : text;
}

function numberWithin(value: unknown, least: number, most: number): number | undefined {
  const number = typeof value === 'number' ? value : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function moment(value: unknown): string | undefined {
  const time = Date.parse(words(value) ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function id(value: unknown): string | undefined {
  const text = words(value);
  return text !== undefined && UUID.test(text) ? text : undefined;
}

/** Reads the address; what it does not know or what cannot be is left out. */
export function reviewSearch(search: Record<string, unknown>): ReviewSearch {
  const read: ReviewSearch = {
    status: oneOf(search.status, statuses),
    source: oneOf(search.source, sources),
    feedback_type: oneOf(search.feedback_type, types),
    response_id: id(search.response_id),
    session_id: words(search.session_id),
    user_id: words(search.user_id),
    reward_model: words(search.reward_model),
    min_rating: numberWithin(search.min_rating, 1, 5),
    max_rating: numberWithin(search.max_rating, 1, 5),
    tag: words(search.tag),
    after: moment(search.after),
    before: moment(search.before),
    q: words(search.q),
    semantic: words(search.semantic),
    assigned_to: oneOf(search.assigned_to, ['me', 'nobody']) ?? id(search.assigned_to),
    mine: flag(search.mine),
    has_comment: flag(search.has_comment),
    has_correction: flag(search.has_correction),
    min_disagreement: numberWithin(search.min_disagreement, 0, 1),
    order: oneOf(search.order, orders),
    view: oneOf(search.view, ['table']),
    item: id(search.item),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** Only what narrows the queue. */
export function filterOf({ order, view, item, ...filter }: ReviewSearch): QueueFilter {
  return filter;
}

/** What narrows the queue beside its status. */
export function narrowings(filter: QueueFilter): (keyof QueueFilter)[] {
  const { status, ...rest } = filter;
  return (Object.keys(rest) as (keyof typeof rest)[]).filter((name) => rest[name] !== undefined);
}
