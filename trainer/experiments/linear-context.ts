/**
 * Whether a linear reward model (static embedder) should read what was said before the question: pair accuracy on later
 * turns of hh-rlhf (harmless) and oasst-100, five folds by conversation, of models that read the question alone and of
 * models that read the turns before it too. `node trainer/experiments/linear-context.ts [SEED ...]`; decision 10 has
 * what came out. The files lie in $ATTUNE_CORPORA; they are not shipped.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { bootstrap, earlierTurns, mean, withContext } from '../../packages/core/src/index.ts';
import { loadEmbedder } from '../../packages/reward/src/index.ts';
import { scoreRaw } from '../../packages/reward/src/model/attune-score.ts';
import { fitAttune } from '../../packages/reward/src/train/attune.ts';
import { foldsByGroup } from '../../packages/reward/src/train/folds.ts';
import { gatherItems } from '../../packages/reward/src/train/items.ts';
import { prepare, subset } from '../../packages/reward/src/train/prepared.ts';

interface Turn {
  role: string;
  content: string;
}

/** Two answers to the last turn of a conversation. `topic` is what folds are dealt by. */
interface Judged {
  topic: string;
  messages: Turn[];
  chosen: string;
  rejected: string;
}

const FOLDS = 5;
const corpora = process.env.ATTUNE_CORPORA ?? 'corpora';
const embedder = await loadEmbedder('static', join(import.meta.dirname, '../../models'));
const seeds = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 2, 3];

for (const [name, all] of [
  ['oasst-100', oasst()],
  ['hh-rlhf', harmless()],
] as const) {
  const later = all.filter(({ messages }) => messages.length > 1);
  const alone = await hits(later, ({ messages }) => messages.at(-1)?.content ?? '');
  const whole = await hits(later, ({ messages }) =>
    withContext(earlierTurns(messages), messages.at(-1)?.content ?? ''),
  );
  const groups = [...Map.groupBy(later.keys(), (row) => later[row]?.topic).values()];
  const estimate = (of: (row: number) => number) => {
    const { value, ci } = bootstrap(groups, (rows) => mean(rows.map(of)), { seed: 1 });
    return `${value.toFixed(4)} [${ci.map((end) => end.toFixed(4)).join(', ')}]`;
  };
  console.log(`${name}: ${later.length} pairs, ${groups.length} conversations`);
  console.log(`  question alone ${estimate((row) => alone[row] ?? 0)}`);
  console.log(`  turns before too ${estimate((row) => whole[row] ?? 0)}`);
  console.log(`  difference ${estimate((row) => (whole[row] ?? 0) - (alone[row] ?? 0))}`);
}

/** The share of seeds in which each pair's better answer won, by a model that saw nothing of its conversation. */
async function hits(judged: readonly Judged[], textOf: (one: Judged) => string): Promise<number[]> {
  // One group for each conversation, whatever its questions read.
  const set = gatherItems({
    pairs: judged.map(({ messages, chosen, rejected }) => ({
      query: JSON.stringify(messages),
      chosen,
      rejected,
    })),
  });
  const byQuery = new Map(judged.map((one) => [JSON.stringify(one.messages), one]));
  const conversations = set.items.map(({ query }) => byQuery.get(query));
  set.items.forEach((item, row) => {
    const one = conversations[row];
    item.query = one === undefined ? '' : textOf(one);
  });
  const topics = [...new Set(judged.map(({ topic }) => topic))];
  const groups = conversations.map((one) => topics.indexOf(one?.topic ?? ''));
  const prepared = await prepare(set, embedder);
  const won = judged.map(() => 0);
  for (const seed of seeds) {
    const folds = foldsByGroup(groups, FOLDS, seed);
    const logits: number[] = [];
    for (let fold = 0; fold < FOLDS; fold++) {
      const { parameters } = fitAttune(
        subset(prepared, (row) => folds[row] !== fold),
        embedder,
        { seed, resamples: 1 },
      );
      if (parameters.recipe !== 'attune') throw new TypeError('fitAttune fits the attune recipe');
      const held = folds.flatMap((own, row) => (own === fold ? [row] : []));
      const scores = scoreRaw(parameters, subset(prepared, (row) => folds[row] === fold).raw);
      held.forEach((row, at) => {
        logits[row] = scores[at]?.logit ?? Number.NaN;
      });
    }
    set.comparisons.forEach(({ better, worse }, pair) => {
      const lead = (logits[better] ?? Number.NaN) - (logits[worse] ?? Number.NaN);
      won[pair] = (won[pair] ?? 0) + (0.5 + 0.5 * Math.sign(lead)) / seeds.length;
    });
  }
  return won;
}

function harmless(): Judged[] {
  const file = gunzipSync(readFileSync(join(corpora, 'hh-rlhf/harmless-base_test.jsonl.gz')));
  return file
    .toString('utf8')
    .trim()
    .split('\n')
    .flatMap((line): Judged[] => {
      const row: { chosen: string; rejected: string } = JSON.parse(line);
      const [chosen, rejected] = [parted(row.chosen), parted(row.rejected)];
      if (chosen.before !== rejected.before || chosen.answer === rejected.answer) return [];
      if (chosen.answer === '' || rejected.answer === '') return [];
      const messages = turnsOf(chosen.before);
      const topic = JSON.stringify(messages);
      return [{ topic, messages, chosen: chosen.answer, rejected: rejected.answer }];
    });
}

function parted(dialogue: string): { before: string; answer: string } {
  const marker = '\n\nAssistant:';
  const at = dialogue.lastIndexOf(marker);
  return { before: dialogue.slice(0, at), answer: dialogue.slice(at + marker.length).trim() };
}

function turnsOf(dialogue: string): Turn[] {
  return dialogue
    .split(/\n\n(?=Human: |Assistant: )/)
    .filter((turn) => turn !== '')
    .map((turn) =>
      turn.startsWith('Human: ')
        ? { role: 'user', content: turn.slice(7) }
        : { role: 'assistant', content: turn.slice(11) },
    );
}

interface TreeMessage {
  text: string;
  role: 'prompter' | 'assistant';
  rank?: number;
  synthetic: boolean;
  replies: TreeMessage[];
}

function oasst(): Judged[] {
  const file = readFileSync(join(corpora, 'oasst-100/en_100_tree.jsonl'), 'utf8');
  return file
    .trim()
    .split('\n')
    .flatMap((line) => {
      const { prompt }: { prompt: TreeMessage } = JSON.parse(line);
      return rankedIn(prompt, [], prompt.text);
    });
}

/** Every two ranked replies to each prompt of a tree. */
function rankedIn(node: TreeMessage, before: readonly Turn[], topic: string): Judged[] {
  const role = node.role === 'prompter' ? 'user' : 'assistant';
  const messages = [...before, { role, content: node.text }];
  const ranked = node.replies
    .filter((reply) => reply.role === 'assistant' && reply.rank !== undefined && !reply.synthetic)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const pairs = ranked.flatMap((one, at) =>
    ranked
      .slice(at + 1)
      .filter((other) => other.text !== one.text)
      .map((other) => ({ topic, messages, chosen: one.text, rejected: other.text })),
  );
  return [...pairs, ...node.replies.flatMap((reply) => rankedIn(reply, messages, topic))];
}
