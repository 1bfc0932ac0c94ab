import type { JudgingAnswers, JudgingStanding, JudgingTask } from '@attune/contracts';

/** What was said of an item that is not voted on yet. */
export interface Draft {
  readonly answers: JudgingAnswers;
  readonly comment: string;
}

/** An item on the desk, with what was said of it so far. */
export interface OpenTask extends Draft {
  readonly task: JudgingTask;
  /** When it was first seen, in milliseconds since 1970. */
  readonly since: number;
}

/** How a training item was to be answered. */
export interface Explained {
  readonly task: JudgingTask;
  readonly given: JudgingAnswers;
  readonly correct: boolean;
  readonly answers: JudgingAnswers;
  readonly explanation: string;
}

/** What lies on a judge's desk. */
export interface DeskState {
  /** The first is in front. */
  readonly tasks: readonly OpenTask[];
  readonly standing: JudgingStanding | null;
  /** Shown until the judge goes on. */
  readonly explained: Explained | null;
  readonly supply: 'filling' | 'settled' | 'failed';
  /** Why items could not be read. */
  readonly problem: unknown;
  /** A training answer is on its way. */
  readonly busy: boolean;
}

/** Before anything was read. */
export const clearDesk: DeskState = {
  tasks: [],
  standing: null,
  explained: null,
  supply: 'filling',
  problem: null,
  busy: false,
};

/** The desk with newly read items, and what was said of them before, behind those that lie there. */
export function withTasks(
  state: DeskState,
  read: readonly JudgingTask[],
  draftOf: (task: string) => Draft | null,
  now: number,
): DeskState {
  const there = new Set(state.tasks.map(({ task }) => task.id));
  const fresh = read.filter(({ id }) => !there.has(id));
  const opened = fresh.map((task) => ({
    task,
    ...(draftOf(task.id) ?? { answers: {}, comment: '' }),
    since: now,
  }));
  return { ...state, tasks: [...state.tasks, ...opened] };
}
