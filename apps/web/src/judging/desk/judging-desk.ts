import type {
  JudgingAnswer,
  JudgingAnswers,
  JudgingStanding,
  JudgingTask,
  SkipReason,
} from '@attune/contracts';
import { clearDesk, type DeskState, type Explained, type OpenTask, withTasks } from './desk-state.ts';
import type { KeptDrafts } from './kept-drafts.ts';

/** Why an item is passed over. */
export interface Skip {
  readonly reason: SkipReason;
  readonly comment?: string;
}

/** What is said about an item: answers, or why it is passed over. */
export interface Vote {
  readonly answers: JudgingAnswers;
  readonly skip?: Skip;
  readonly comment?: string;
  readonly time_spent_ms: number;
}

/** An item that is one's own again, with what was said. */
export type Undone = JudgingTask & {
  readonly answers: JudgingAnswers;
  readonly comment: string | null;
};

/** What the desk of one project asks the server. */
export interface JudgingServer {
  next(count: number): Promise<{ tasks: JudgingTask[]; standing: JudgingStanding }>;
  judge(
    id: string,
    vote: Vote,
  ): Promise<{ standing: JudgingStanding; training: Omit<Explained, 'task' | 'given'> | null }>;
  /** Takes back the last judgement; null where there is none. */
  undo(): Promise<Undone | null>;
  release(): void;
}

export interface DeskNews {
  onError(error: unknown): void;
  onNothingToUndo(): void;
}

/** Items kept beside the one in front, so that the next is there at once. */
const AHEAD = 3;
const MOST_AT_ONCE = 5;
const LONGEST_MS = 86_400_000;

/** The items that lie before one judge, and what the judge says of them. */
export class JudgingDesk {
  #state = clearDesk;
  #left = false;
  #fetching = false;
  /** Something changed while a list was read. */
  #again = false;
  /** What was voted on here: a list that was read meanwhile must not bring it back. */
  readonly #voted = new Set<string>();
  readonly #watchers = new Set<() => void>();
  readonly #server: JudgingServer;
  readonly #news: DeskNews;
  readonly #drafts: KeptDrafts;
  /** Writes reach the server in the order in which they were made. */
  #writes: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(server: JudgingServer, news: DeskNews, drafts: KeptDrafts) {
    this.#server = server;
    this.#news = news;
    this.#drafts = drafts;
  }

  readonly state = (): DeskState => this.#state;

  /** Calls back whenever the state changes; returns what stops it. */
  readonly watch = (changed: () => void): (() => void) => {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  };

  /** Fetches what is missing and renews what is kept. */
  async refill(): Promise<void> {
    if (this.#left) return;
    if (this.#fetching) {
      this.#again = true;
      return;
    }
    this.#fetching = true;
    this.#set({ ...this.#state, supply: 'filling' });
    try {
      const { tasks, standing } = await this.#server.next(Math.min(MOST_AT_ONCE, AHEAD + this.#waiting));
      const fresh = tasks.filter(({ id }) => !this.#voted.has(id));
      const tabled = withTasks(this.#state, fresh, this.#drafts.read, Date.now());
      this.#set({ ...tabled, standing, supply: 'settled' });
    } catch (error) {
      this.#set({ ...this.#state, supply: 'failed', problem: error });
    } finally {
      this.#fetching = false;
    }
    if (!this.#again) return;
    this.#again = false;
    await this.refill();
  }

  /** Says something of the item in front; null takes it back. */
  answer(question: string, answer: JudgingAnswer | null): void {
    this.#changeFront((front) => {
      const { [question]: _, ...others } = front.answers;
      return { ...front, answers: answer === null ? others : { ...others, [question]: answer } };
    });
  }

  comment(comment: string): void {
    this.#changeFront((front) => ({ ...front, comment }));
  }

  /** Votes on the item in front. The next one is there at once; a vote that is refused comes back with its answers. */
  async vote(said: Pick<Vote, 'answers' | 'skip'>): Promise<void> {
    const [front] = this.#state.tasks;
    if (front === undefined || this.#state.busy || this.#state.explained !== null) return;
    const vote: Vote = {
      ...said,
      ...(front.comment.trim() !== '' && { comment: front.comment.trim() }),
      time_spent_ms: Math.min(LONGEST_MS, Math.max(0, Date.now() - front.since)),
    };
    // Training answers are explained before anything else comes.
    if (front.task.training) this.#set({ ...this.#state, busy: true });
    else {
      this.#takeAway(front);
      this.#set({ ...this.#state, supply: 'filling' });
    }
    await this.#write(() => this.#send(front, vote));
    await this.refill();
  }

  /** Leaves the explanation of a training item. */
  goOn(): void {
    this.#set({ ...this.#state, explained: null });
  }

  /** Brings the last judgement back, with what was said. */
  async undo(): Promise<void> {
    await this.#write(async () => {
      try {
        this.#bringBack(await this.#server.undo());
      } catch (error) {
        this.#news.onError(error);
      }
    });
  }

  /** Gives everything back that is kept. */
  leave(): void {
    this.#left = true;
    this.#server.release();
  }

  /** Comes back to a page that was left. */
  async comeBack(): Promise<void> {
    this.#left = false;
    await this.refill();
  }

  async #send(front: OpenTask, vote: Vote): Promise<void> {
    const { id, training } = front.task;
    try {
      const { standing, training: explanation } = await this.#server.judge(id, vote);
      this.#drafts.forget(id);
      this.#takeAway(front);
      this.#set({
        ...this.#state,
        standing,
        busy: false,
        explained: explanation && { ...explanation, task: front.task, given: vote.answers },
      });
    } catch (error) {
      this.#refused(front, error, training);
    }
  }

  #refused(front: OpenTask, error: unknown, training: boolean): void {
    this.#news.onError(error);
    const lost = codeOf(error) === 'judging_reservation_lost' || codeOf(error) === 'judgement_not_found';
    if (lost) {
      this.#drafts.forget(front.task.id);
      this.#takeAway(front);
    } else if (!training) {
      this.#voted.delete(front.task.id);
      this.#set({ ...this.#state, tasks: [front, ...this.#state.tasks] });
    }
    this.#set({ ...this.#state, busy: false });
  }

  #bringBack(undone: Undone | null): void {
    if (undone === null) {
      this.#news.onNothingToUndo();
      return;
    }
    const { answers, comment, ...task } = undone;
    this.#voted.delete(task.id);
    const others = this.#state.tasks.filter((open) => open.task.id !== task.id);
    const open = { task, answers, comment: comment ?? '', since: Date.now() };
    this.#set({ ...this.#state, tasks: [open, ...others], explained: null });
  }

  #takeAway({ task: { id } }: OpenTask): void {
    this.#voted.add(id);
    const [front, ...rest] = this.#state.tasks;
    if (front?.task.id !== id) return;
    const [next, ...others] = rest;
    // Its time begins when it is seen.
    const tasks = next === undefined ? [] : [{ ...next, since: Date.now() }, ...others];
    this.#set({ ...this.#state, tasks });
  }

  #changeFront(change: (front: OpenTask) => OpenTask): void {
    const [front, ...others] = this.#state.tasks;
    if (front === undefined || this.#state.busy) return;
    const changed = change(front);
    const { answers, comment } = changed;
    this.#drafts.keep(front.task.id, { answers, comment });
    this.#set({ ...this.#state, tasks: [changed, ...others] });
  }

  async #write(work: () => Promise<void>): Promise<void> {
    this.#waiting += 1;
    const done = this.#writes.then(work);
    this.#writes = done;
    await done;
    this.#waiting -= 1;
  }

  #set(state: DeskState): void {
    this.#state = state;
    for (const changed of this.#watchers) changed();
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
