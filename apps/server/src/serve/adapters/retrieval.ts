import { AttuneError } from '@attune/contracts';
import type { FoundPassage } from '../documents/passage-index.ts';
import type { Generator } from '../generator.ts';
import { ScoringTimeout } from '../scorer.ts';
import { readyAnswer } from './recorded.ts';

/** Finds the passages nearest to a question, best first. */
export type FindPassages = (organization: string, question: string, limit: number) => Promise<FoundPassage[]>;

/** A generator that answers with passages of ingested documents: the nearest ones are the candidates. */
export function createRetrievalGenerator(find: FindPassages): Generator {
  return {
    async draft({ organization, query, candidates }) {
      const passages = await find(organization, query, candidates).catch(unavailable);
      const drafts = passages.map(({ text }) => ({
        method: 'retrieval',
        generate: async () => readyAnswer(text),
      }));
      return { policy: 'documents', drafts, samples: false };
    },
  };
}

function unavailable(error: unknown): never {
  if (!(error instanceof ScoringTimeout)) throw error;
  const message = 'The search in documents did not finish in time.';
  throw new AttuneError('scoring_unavailable', { message }, { cause: error });
}
