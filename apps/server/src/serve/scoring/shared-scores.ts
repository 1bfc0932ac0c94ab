import { Score } from '@attune/contracts';
import type { Cache } from '../../platform/cache/cache.ts';
import { version } from '../../version.ts';

const KEPT_SECONDS = 86_400;
/** Longest that a text waits to hear whether another replica scored it: about what MiniLM takes for it. */
const PATIENCE_MS = 10;

/** Scores by the hash of model, question and response, which replicas share. Neither call fails. */
export interface SharedScores {
  /** Those that are known; none when the store is away or slow. */
  find(keys: readonly string[]): Promise<Map<string, Score>>;
  keep(scores: ReadonlyMap<string, Score>): void;
}

/** Shares scores through a cache among replicas of one version, as another may see other features in a text. */
export function scoresIn(cache: Pick<Cache, 'get' | 'set'>): SharedScores {
  const name = (key: string) => `score:${version}:${key}`;
  return {
    async find(keys) {
      const texts = await inPatience(Promise.all(keys.map((key) => cache.get(name(key)))));
      return new Map(
        keys.flatMap((key, index) => {
          const score = scoreOf(texts[index]);
          return score === null ? [] : [[key, score]];
        }),
      );
    },
    keep(scores) {
      for (const [key, score] of scores) void cache.set(name(key), JSON.stringify(score), KEPT_SECONDS);
    },
  };
}

/** What was put there by another program is no score. */
function scoreOf(text: string | undefined): Score | null {
  if (text === undefined) return null;
  try {
    return Score.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** What comes in time, else nothing. */
async function inPatience<T>(coming: Promise<T[]>): Promise<T[]> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<T[]>((resolve) => {
    timer = setTimeout(() => resolve([]), PATIENCE_MS);
  });
  try {
    return await Promise.race([coming, over]);
  } finally {
    clearTimeout(timer);
  }
}
