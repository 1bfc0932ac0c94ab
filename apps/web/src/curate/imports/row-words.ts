import type { ImportField, ImportTarget, RowError } from '@attune/contracts';
import type { text } from './text.ts';

type Texts = (typeof text)['en'];

/** What is wrong with a line, as people read it. */
export interface RowWords {
  readonly line: number;
  /** The field at fault; empty for the line as a whole. */
  readonly field: string;
  readonly words: string;
}

/** Attune's fields by the names that the rows of a target have for them. */
const fieldOf: Record<ImportTarget, Readonly<Record<string, ImportField>>> = {
  ratings: {
    user_prompt: 'query',
    context: 'context',
    ai_response: 'response',
    rating: 'rating',
    feedback_comment: 'comment',
    user_id: 'user_id',
    created_at: 'created_at',
  },
  pairs: {
    prompt: 'query',
    context: 'context',
    chosen: 'chosen',
    rejected: 'rejected',
    strength: 'strength',
    annotator_email: 'user_id',
  },
  conversations: { messages: 'messages', rating: 'rating', user_id: 'user_id', session_id: 'session_id' },
  corrections: { prompt: 'query', context: 'context', chosen: 'correction', rejected: 'response' },
};

/** Puts what the server found in a row into words; what it has no reason for is kept as the server says it. */
export function rowWords(t: Texts, target: ImportTarget, error: RowError): RowWords {
  const { line, param, message, reason, limit } = error;
  const field = fieldOf[target][param.split('.')[0] ?? ''];
  const words = reason === 'other' ? message : t.reasons[reason](limit ?? 0);
  return { line, field: field === undefined ? param : t.fields[field], words };
}
