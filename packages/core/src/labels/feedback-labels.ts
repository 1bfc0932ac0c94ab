/** Begins a tag that says which group of users its author belongs to, as `group:students`. */
const GROUP = 'group:';

/** What a model's errors on a piece of feedback are told by. */
export interface FeedbackLabels {
  /** Its first tag that names no group; null without one. */
  readonly category: string | null;
  /** The group that a tag names, else the kind of its author: user, expert, import, model. */
  readonly userGroup: string;
}

/** Under which category and which group of users feedback is counted. */
export function feedbackLabels({
  tags,
  source,
}: {
  tags: readonly string[];
  source: string;
}): FeedbackLabels {
  const group = tags.find((tag) => tag.startsWith(GROUP) && tag.length > GROUP.length);
  return {
    category: tags.find((tag) => tag !== '' && !tag.startsWith(GROUP)) ?? null,
    userGroup: group === undefined ? source : group.slice(GROUP.length),
  };
}
