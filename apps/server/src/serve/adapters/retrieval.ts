import { AttuneError, type Source } from '@attune/contracts';
import type { FoundPassage } from '../documents/passage-index.ts';
import type { Draft, Generator } from '../generator.ts';
import { ScoringTimeout } from '../scorer.ts';
import { readyAnswer } from './recorded.ts';

/** Finds the passages nearest to a question, best first. */
export type FindPassages = (organization: string, question: string, limit: number) => Promise<FoundPassage[]>;

/** Title and address of documents, by id. */
export type FindSources = (organization: string, ids: readonly string[]) => Promise<Map<string, Source>>;

/** A generator that answers with passages of ingested documents: the nearest ones are the candidates. */
export function createRetrievalGenerator(find: FindPassages, sources: FindSources): Generator {
  return {
    async draft({ organization, query, candidates }) {
      const passages = await find(organization, query, candidates).catch(unavailable);
      const ids = passages.map(({ documentId }) => documentId);
      const known = await sources(organization, ids);
      const drafts = passages.map(({ documentId, text }) => draftOf(query, text, known.get(documentId)));
      return { policy: 'documents', drafts, samples: false };
    },
  };
}

function draftOf(query: string, text: string, source: Source | undefined): Draft {
  const found = source === undefined ? '' : [source.title, source.url].filter(Boolean).join(' — ');
  const steps = [
    { index: 0, kind: 'tool' as const, title: 'search_documents', text: `${query}\n→ ${found}` },
  ];
  const sources = source === undefined ? [] : [source];
  return { method: 'retrieval', generate: async () => ({ ...readyAnswer(text), steps, sources }) };
}

function unavailable(error: unknown): never {
  if (!(error instanceof ScoringTimeout)) throw error;
  const message = 'The search in documents did not finish in time.';
  throw new AttuneError('scoring_unavailable', { message }, { cause: error });
}
