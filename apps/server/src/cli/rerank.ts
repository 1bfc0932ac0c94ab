import type { AttuneClient } from '@attune/sdk';
import { z } from 'zod';
import { UsageError } from './failure.ts';
import { readRows } from './read-rows.ts';

const Row = z.looseObject({ query: z.string(), candidates: z.array(z.string()).min(1) });

export interface Reranked {
  query: string;
  /** Best first. */
  ranking: { index: number; score: number; text: string }[];
  model: string;
}

/** Ranks the candidates of each row of a JSONL file and hands over one result after the other. */
export async function rerankFile(
  client: AttuneClient,
  file: string,
  model: string | undefined,
  emit: (result: Reranked) => void,
): Promise<void> {
  for await (const row of readRows(file)) {
    const parsed = 'data' in row ? Row.safeParse(row.data) : null;
    if (parsed?.success !== true) {
      throw new UsageError(
        `${file}, line ${row.line}: not {query, candidates: [text, …]}.`,
        'Correct the row.',
      );
    }
    const { query, candidates } = parsed.data;
    const body = { query, documents: candidates, ...(model === undefined ? {} : { model }) };
    const ranked = await client.rerank({ body });
    const ranking = ranked.results.map(({ index, relevance_score }) => {
      return { index, score: relevance_score, text: candidates[index] ?? '' };
    });
    emit({ query, ranking, model: ranked.model });
  }
}
