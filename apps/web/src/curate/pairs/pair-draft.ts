import type { Pair, SentBy, updatePair } from '@attune/contracts';

/** A document as it is typed; what is left empty is not sent. */
export interface DraftDocument {
  readonly title: string;
  readonly text: string;
  readonly url: string;
}

/** A pair as it is typed. */
export interface PairDraft {
  readonly query: string;
  /** What was said before the question; empty where it was the first. */
  readonly query_context: string;
  readonly chosen_response: string;
  readonly rejected_response: string;
  readonly preference_strength: number;
  readonly context_documents: readonly DraftDocument[];
  readonly annotation_notes: string;
}

export const emptyDraft: PairDraft = {
  query: '',
  query_context: '',
  chosen_response: '',
  rejected_response: '',
  preference_strength: 1,
  context_documents: [],
  annotation_notes: '',
};

export function draftOf(pair: Pair): PairDraft {
  return {
    query: pair.query,
    query_context: pair.query_context,
    chosen_response: pair.chosen_response,
    rejected_response: pair.rejected_response,
    preference_strength: pair.preference_strength,
    context_documents: pair.context_documents.map(({ title = '', text, url = '' }) => ({ title, text, url })),
    annotation_notes: pair.annotation_notes ?? '',
  };
}

/** The better answer becomes the worse one. */
export function swapped(draft: PairDraft): PairDraft {
  return { ...draft, chosen_response: draft.rejected_response, rejected_response: draft.chosen_response };
}

/** Why a draft cannot be saved; null when it can. */
export function obstacleOf(draft: PairDraft): 'empty' | 'same' | null {
  const texts = [draft.query, draft.chosen_response, draft.rejected_response];
  if (texts.some((text) => text.trim() === '')) return 'empty';
  return draft.chosen_response === draft.rejected_response ? 'same' : null;
}

function documentsOf({ context_documents }: PairDraft) {
  return context_documents
    .filter(({ text }) => text.trim() !== '')
    .map(({ title, text, url }) => ({ text, ...(title !== '' && { title }), ...(url !== '' && { url }) }));
}

/** A draft as the server takes a whole new pair. */
export function newPairOf(draft: PairDraft) {
  const { annotation_notes, context_documents, ...rest } = draft;
  const notes = annotation_notes.trim();
  return { ...rest, context_documents: documentsOf(draft), ...(notes !== '' && { annotation_notes: notes }) };
}

type Changes = Omit<SentBy<typeof updatePair>['body'], 'version'>;

/** What a draft changes of a pair; empty when nothing. */
export function changesOf(before: PairDraft, draft: PairDraft): Changes {
  const documents = documentsOf(draft);
  const otherDocuments = JSON.stringify(documents) !== JSON.stringify(documentsOf(before));
  const notes = draft.annotation_notes.trim();
  return {
    ...(draft.query !== before.query && { query: draft.query }),
    ...(draft.query_context !== before.query_context && { query_context: draft.query_context }),
    ...(draft.chosen_response !== before.chosen_response && { chosen_response: draft.chosen_response }),
    ...(draft.rejected_response !== before.rejected_response && {
      rejected_response: draft.rejected_response,
    }),
    ...(draft.preference_strength !== before.preference_strength && {
      preference_strength: draft.preference_strength,
    }),
    ...(otherDocuments && { context_documents: documents }),
    ...(notes !== before.annotation_notes.trim() && { annotation_notes: notes === '' ? null : notes }),
  };
}

export function isChanged(before: PairDraft, draft: PairDraft): boolean {
  return Object.keys(changesOf(before, draft)).length > 0;
}
