import type { JudgingQuestion } from '@attune/contracts';
import { questionKey } from '@attune/core';
import type { Trainable, TrainableFeedback, TrainableStatus } from '../../trainable.ts';
import type { NewItem } from './new-item.ts';

/** Most responses that an item has. */
const MOST = 10;

/** Feedback looked at, at most: grouping by question holds it in memory. */
const MOST_FEEDBACK = 20_000;

/**
 * One item for each question, and what was said before it, that people gave feedback on, with its different answers and corrections. Where two
 * responses are compared, the first two that differ; people's ratings are not shown to judges.
 */
export async function itemsFromFeedback(
  trainable: Trainable,
  organization: string,
  questions: readonly JudgingQuestion[],
  { statuses, limit }: { readonly statuses: readonly TrainableStatus[]; readonly limit: number },
): Promise<NewItem[]> {
  const most = questions.some(({ kind }) => kind === 'pairwise') ? 2 : MOST;
  const groups = new Map<string, TrainableFeedback[]>();
  let read = 0;
  for await (const page of trainable.unused(organization, { statuses, includeUsed: true })) {
    for (const feedback of page) {
      const key = questionKey(feedback);
      const group = groups.get(key) ?? [];
      group.push(feedback);
      groups.set(key, group);
    }
    read += page.length;
    if (read >= MOST_FEEDBACK) break;
  }
  return [...groups.values()].slice(0, limit).flatMap((group) => toItem(group, most));
}

function toItem(group: readonly TrainableFeedback[], most: number): NewItem[] {
  const [first] = group;
  if (first === undefined) return [];
  const texts = new Set(group.flatMap(({ response, correction }) => [response, correction ?? response]));
  const responses = [...texts].slice(0, most).map((text) => ({ text, model: null, score: null }));
  const source = { kind: 'feedback' as const, id: first.id };
  return [
    { kind: 'item', query: first.query, context: first.context || null, responses, known: null, source },
  ];
}
