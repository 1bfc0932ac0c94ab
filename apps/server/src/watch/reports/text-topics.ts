import type { ReportTopic, ReportTopics } from '@attune/contracts';
import { averageLinkage, cosines, distinctiveWords, maskPii, wilson } from '@attune/core';
import { shown } from '../shown-estimate.ts';

/** A text that somebody wrote, by the feedback that it stands in. */
export interface TopicText {
  readonly id: string;
  readonly text: string;
  readonly positive: boolean | null;
}

/** Clustering takes time with the square of the number, on the event loop. */
export const MOST_TEXTS = 300;
const MOST_TOPICS = 6;
/** A topic of fewer texts is no pattern. */
const FEWEST_TEXTS = 3;
/** Mean cosine of two groups of the static embedder's vectors from which they are one topic. */
const ALIKE = 0.45;
const [WORDS, EXAMPLES, EXAMPLE_CHARACTERS] = [3, 3, 200];

/** Groups texts that are alike in meaning, the largest group first; what is like nothing else is left out. */
export async function topicsOf(
  texts: readonly TopicText[],
  embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>,
): Promise<ReportTopics> {
  const looked_at = texts.length;
  if (looked_at < FEWEST_TEXTS) return { looked_at, topics: [] };
  const vectors = await embed(texts.map(({ text }) => text));
  const groups = averageLinkage(cosines(vectors), ALIKE).filter(({ length }) => length >= FEWEST_TEXTS);
  const topics = groups.slice(0, MOST_TOPICS).map((group) => {
    const inside = new Set(group);
    const others = texts.filter((_, index) => !inside.has(index));
    return topicOf(
      group.flatMap((index) => texts[index] ?? []),
      others,
    );
  });
  return { looked_at, topics };
}

function topicOf(group: readonly TopicText[], others: readonly TopicText[]): ReportTopic {
  const decided = group.filter(({ positive }) => positive !== null);
  const masked = (texts: readonly TopicText[]) => texts.map(({ text }) => maskPii(text).text);
  return {
    words: distinctiveWords(masked(group), masked(others), WORDS),
    texts: group.length,
    negative: shown(wilson(decided.filter(({ positive }) => positive === false).length, decided.length)),
    examples: group.slice(0, EXAMPLES).map(({ id, text }) => ({ feedback_id: id, text: shortened(text) })),
  };
}

/** Masked first: half of an address would not be known for one. */
function shortened(text: string): string {
  const line = maskPii(text).text.replace(/\s+/g, ' ').trim();
  return line.length <= EXAMPLE_CHARACTERS ? line : `${line.slice(0, EXAMPLE_CHARACTERS - 1)}…`;
}
