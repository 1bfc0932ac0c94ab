/** A turn as far as its place in the conversation goes. */
export interface Placed {
  readonly response_id: string;
  readonly selected_response: string | null;
  /** What the client said it goes on from. */
  readonly parent_response_id: string | null;
  /** What the assistant said last, as the client sent it along with the question; null when it had said nothing. */
  readonly last_said: string | null;
}

/**
 * The turn that each one goes on from, by id; null for first questions. It is the one that the client named; where it
 * named none, the latest earlier one with the text that the client sent along, else the turn before, unless the
 * assistant had said nothing yet.
 * @param turns of one conversation, oldest first; named turns that are not among them may be older still
 */
export function parentsOf(turns: readonly Placed[]): Map<string, string | null> {
  const parents = new Map<string, string | null>();
  const latestWith = new Map<string, string>();
  let before: string | null = null;
  for (const turn of turns) {
    parents.set(turn.response_id, turn.parent_response_id ?? inferred(turn, latestWith, before));
    if (turn.selected_response !== null) latestWith.set(turn.selected_response, turn.response_id);
    before = turn.response_id;
  }
  return parents;
}

function inferred(
  { last_said }: Placed,
  latestWith: ReadonlyMap<string, string>,
  before: string | null,
): string | null {
  return last_said === null ? null : (latestWith.get(last_said) ?? before);
}
