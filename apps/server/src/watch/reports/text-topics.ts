import type { ReportTopic, ReportTopics } from '@attune/contracts';
import { averageLinkage, centred, cosines, distinctiveWords, maskPii, wilson } from '@attune/core';
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
/**
 * Mean cosine of two groups from which they are one topic. Of many texts it is that of their vectors less the mean of
 * all: what all have in common, such as that they talk of an answer, is no topic (Mu and Viswanath 2018,
 * "All-but-the-top"). The mean of few texts would be their topic.
 */
const ALIKE = { centred: 0.3, plain: 0.6 };
const FEWEST_TO_CENTRE = 30;
const [WORDS, EXAMPLES, EXAMPLE_CHARACTERS] = [3, 3, 200];

/** Groups texts that are alike in meaning, the largest group first; what is like nothing else is left out. */
export async function topicsOf(
  texts: readonly TopicText[],
  embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>,
): Promise<ReportTopics> {
  const looked_at = texts.length;
  if (looked_at < FEWEST_TEXTS) return { looked_at, topics: [] };
  const groups = groupsOf(await embed(texts.map(({ text }) => text)));
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

function groupsOf(vectors: readonly Float32Array[]): number[][] {
  const isMany = vectors.length >= FEWEST_TO_CENTRE;
  const compared = isMany ? centred(vectors) : vectors;
  const groups = averageLinkage(cosines(compared), isMany ? ALIKE.centred : ALIKE.plain);
  return groups.filter(({ length }) => length >= FEWEST_TEXTS);
}

function topicOf(group: readonly TopicText[], others: readonly TopicText[]): ReportTopic {
  const decided = group.filter(({ positive }) => positive !== null);
  const masked = (texts: readonly TopicText[]) => texts.map(({ text }) => maskPii(text).text);
  return {
    words: distinctiveWords(masked(group), masked(others), WORDS),
    texts: group.length,
    negative: shown(wilson(decided.filter(({ positive }) => positive === false).length, decided.length)),
    examples: differing(group)
      .slice(0, EXAMPLES)
      .map(({ id, text }) => ({ feedback_id: id, text: shortened(text) })),
  };
}

/** Each text once. */
function differing(group: readonly TopicText[]): TopicText[] {
  return [...new Map(group.toReversed().map((one) => [one.text, one])).values()].reverse();
}

/** Masked first: half of an address would not be known for one. */
function shortened(text: string): string {
  const line = maskPii(text).text.replace(/\s+/g, ' ').trim();
  return line.length <= EXAMPLE_CHARACTERS ? line : `${line.slice(0, EXAMPLE_CHARACTERS - 1)}…`;
}
