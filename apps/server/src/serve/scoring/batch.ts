import { AttuneError } from '@attune/contracts';
import type { GroupResult, WorkGroup } from './messages.ts';
import type { ModelFile, Task, TaskResult } from './work-queue.ts';

/** A batch as a thread gets it, and which tasks each group answers. */
export interface Batch {
  readonly groups: readonly WorkGroup[];
  readonly tasksOf: readonly (readonly Task[])[];
  /** Models that the groups need, by SHA-256. */
  readonly models: ReadonlyMap<string, ModelFile>;
}

/** Groups tasks of one model and question, so that the question is read once. */
export function batchOf(tasks: readonly Task[]): Batch {
  const byKey = Map.groupBy(tasks, ({ work }) =>
    work.kind === 'embed' ? 'embed' : `${work.model.sha256} ${JSON.stringify([work.query, work.context])}`,
  );
  const tasksOf = [...byKey.values()];
  const models = new Map<string, ModelFile>();
  for (const { work } of tasks) if (work.kind === 'score') models.set(work.model.sha256, work.model);
  return { groups: tasksOf.map(groupOf), tasksOf, models };
}

function groupOf(tasks: readonly Task[]): WorkGroup {
  const first = tasks[0]?.work;
  if (first?.kind !== 'score') {
    return { kind: 'embed', texts: tasks.flatMap(({ work }) => (work.kind === 'embed' ? [work.text] : [])) };
  }
  const responses = tasks.flatMap(({ work }) => (work.kind === 'score' ? [work.response] : []));
  const { model, query, context } = first;
  return { kind: 'score', model: model.sha256, query, context, responses };
}

/** Hands each task its result. */
export function settle({ tasksOf }: Batch, results: readonly GroupResult[]): void {
  tasksOf.forEach((tasks, group) => {
    const result = results[group];
    tasks.forEach((task, index) => {
      settleOne(task, result, index);
    });
  });
}

function settleOne(task: Task, result: GroupResult | undefined, index: number): void {
  const own = resultAt(result, index);
  if (own !== undefined) {
    task.done(own);
    return;
  }
  const cause = result?.kind === 'failed' ? result.message : 'the thread gave no result';
  task.failed(new AttuneError('scoring_unavailable', {}, { cause }));
}

function resultAt(result: GroupResult | undefined, index: number): TaskResult | undefined {
  if (result?.kind === 'scores') {
    const score = result.scores[index];
    return score && { kind: 'score', score };
  }
  if (result?.kind !== 'vectors') return undefined;
  const vector = result.vectors[index];
  return vector && { kind: 'vector', vector, embedder: result.embedder };
}
