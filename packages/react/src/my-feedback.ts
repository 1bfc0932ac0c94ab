import type { Feedback, FeedbackInput } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import { type Problem, problemOf } from './problem.ts';

/** The calls of the API that feedback needs. A client with a `feedback_token` for its key may make all of them. */
export type FeedbackClient = Pick<
  AttuneClient,
  | 'giveFeedback'
  | 'listMyFeedback'
  | 'takeBackFeedback'
  | 'giveVoiceFeedback'
  | 'playFeedbackAudio'
  | 'transcribeFeedbackAudio'
>;

export type Sayable = Omit<FeedbackInput, 'response_id'>;

/** Something that was said and that the server has not answered yet. */
export type Wish = { readonly say: Sayable } | { readonly takeBack: true };

export interface MyFeedbackState {
  readonly loading: 'waiting' | 'done' | 'failed';
  /** What the server keeps, by what it is about: `answer`, `step:<index>`, `note:<id>`, `comparison:…`, `voice:<id>`. */
  readonly kept: ReadonlyMap<string, Feedback>;
  /** What is on its way, by the same names, in the order in which it was said. */
  readonly wishes: ReadonlyMap<string, readonly Wish[]>;
  /** The last thing that went wrong; null once something was taken or the problem was put away. */
  readonly problem: Problem | null;
}

/**
 * What one person says about one answer: shown at once, and rolled back with the reason when the server refuses. Knows
 * nothing of React; the hooks and the custom element stand on it. Methods that say something tell whether it was taken.
 */
export interface MyFeedback {
  readonly responseId: string;
  state(): MyFeedbackState;
  /** Calls back after every change; returns what stops it. */
  subscribe(changed: () => void): () => void;
  /** Reads what this person said before; while that is under way, asking again waits for the same. */
  load(): Promise<void>;
  say(target: string, what: Sayable): Promise<boolean>;
  sayAloud(recording: Blob, durationMs: number): Promise<boolean>;
  takeBack(target: string): Promise<boolean>;
  /** Asks once more for the text of a recording that could not be transcribed. */
  transcribeAgain(id: string): Promise<boolean>;
  /** The recording of a spoken feedback; null, with the problem, where it cannot be had. */
  recording(id: string): Promise<Uint8Array | null>;
  putProblemAway(): void;
}

const silence: MyFeedbackState = { loading: 'waiting', kept: new Map(), wishes: new Map(), problem: null };

/**
 * Opens a person's feedback on an answer; nothing is asked of the server before `load`.
 * @param known all that this person said before, where the page has read it already: then nothing is to be loaded
 */
export function openMyFeedback(
  client: FeedbackClient,
  responseId: string,
  known?: readonly Feedback[],
): MyFeedback {
  let state: MyFeedbackState =
    known === undefined ? silence : { ...silence, loading: 'done', kept: byTarget(known) };
  const watchers = new Set<() => void>();
  const turns = new Map<string, Promise<unknown>>();
  let reading: Promise<void> | null = null;

  function become(change: Partial<MyFeedbackState>): void {
    state = { ...state, ...change };
    for (const changed of watchers) changed();
  }

  /** One after the other for each target, so that the last word is the one that stays. */
  function inTurn<T>(target: string, work: () => Promise<T>): Promise<T> {
    const before = turns.get(target) ?? Promise.resolve();
    const turn = before.then(work);
    turns.set(
      target,
      turn.catch(() => undefined),
    );
    return turn;
  }

  async function read(): Promise<void> {
    try {
      const before = await everyPage(client, responseId);
      become({ loading: 'done', kept: newestOf(before, state.kept) });
    } catch (error) {
      become({ loading: 'failed', problem: problemOf(error) });
    }
  }

  async function wish(target: string, wished: Wish, work: () => Promise<Feedback | null>): Promise<boolean> {
    become({ wishes: withWish(state.wishes, target, wished), problem: null });
    try {
      const kept = await inTurn(target, work);
      become({
        kept: withKept(state.kept, target, kept),
        wishes: withoutWish(state.wishes, target, wished),
      });
      return true;
    } catch (error) {
      become({ wishes: withoutWish(state.wishes, target, wished), problem: problemOf(error) });
      return false;
    }
  }

  /** What the server answers is shown once it has answered: there is nothing to show before. */
  async function keep(work: () => Promise<Feedback>): Promise<boolean> {
    try {
      const kept = await work();
      become({ kept: withKept(state.kept, kept.target, kept), problem: null });
      return true;
    } catch (error) {
      become({ problem: problemOf(error) });
      return false;
    }
  }

  return {
    responseId,
    state: () => state,
    subscribe(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    load() {
      reading ??= read().finally(() => {
        reading = null;
      });
      return reading;
    },
    say: (target, what) =>
      wish(target, { say: what }, () => client.giveFeedback({ body: { response_id: responseId, ...what } })),
    sayAloud: (recording, durationMs) => {
      const query = { response_id: responseId, duration_ms: Math.max(1, Math.round(durationMs)) };
      const body = new File([recording], 'voice', { type: recording.type });
      return keep(() => client.giveVoiceFeedback({ query, body }));
    },
    transcribeAgain: (id) => keep(() => client.transcribeFeedbackAudio({ params: { id } })),
    takeBack: (target) =>
      wish(target, { takeBack: true }, async () => {
        const kept = state.kept.get(target);
        if (kept !== undefined) await client.takeBackFeedback({ params: { id: kept.id } });
        return null;
      }),
    async recording(id) {
      try {
        return await client.playFeedbackAudio({ params: { id } });
      } catch (error) {
        become({ problem: problemOf(error) });
        return null;
      }
    },
    putProblemAway: () => become({ problem: null }),
  };
}

async function everyPage(client: FeedbackClient, responseId: string): Promise<Map<string, Feedback>> {
  const found: Feedback[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const query = { response_id: responseId, limit: 200, ...(cursor !== undefined && { cursor }) };
    const page = await client.listMyFeedback({ query });
    found.push(...page.items);
    cursor = page.next_cursor;
  }
  return byTarget(found);
}

function byTarget(feedback: readonly Feedback[]): Map<string, Feedback> {
  return new Map(feedback.map((one) => [one.target, one]));
}

/** Of each target what was changed last: what is said while one reads must not be lost, nor what the server added. */
function newestOf(read: MyFeedbackState['kept'], kept: MyFeedbackState['kept']): Map<string, Feedback> {
  const all = new Map(read);
  for (const [target, one] of kept) {
    const other = all.get(target);
    if (other === undefined || other.updated_at < one.updated_at) all.set(target, one);
  }
  return all;
}

function withKept(
  all: MyFeedbackState['kept'],
  target: string,
  kept: Feedback | null,
): MyFeedbackState['kept'] {
  const after = new Map(all);
  if (kept === null) after.delete(target);
  else after.set(target, kept);
  return after;
}

function withWish(all: MyFeedbackState['wishes'], target: string, wish: Wish): MyFeedbackState['wishes'] {
  return new Map(all).set(target, [...(all.get(target) ?? []), wish]);
}

function withoutWish(all: MyFeedbackState['wishes'], target: string, wish: Wish): MyFeedbackState['wishes'] {
  const rest = (all.get(target) ?? []).filter((other) => other !== wish);
  const after = new Map(all);
  if (rest.length === 0) after.delete(target);
  else after.set(target, rest);
  return after;
}
