import type { Score } from '@attune/contracts';

/** Texts to score together: they share a model and a question. */
export interface ScoreGroup {
  readonly kind: 'score';
  /** SHA-256 of the model's file. */
  readonly model: string;
  readonly query: string;
  readonly context: string;
  readonly responses: readonly string[];
}

/** Texts to embed with the static embedder. */
export interface EmbedGroup {
  readonly kind: 'embed';
  readonly texts: readonly string[];
}

export type WorkGroup = ScoreGroup | EmbedGroup;

/** What the pool tells a worker. `models` holds the files it does not have yet, `forget` those to drop first. */
export interface WorkMessage {
  readonly models: readonly { readonly sha256: string; readonly file: Uint8Array }[];
  readonly forget: readonly string[];
  readonly groups: readonly WorkGroup[];
}

/** One per group, in order. A group fails alone: a damaged model does not take others' texts with it. */
export type GroupResult =
  | { readonly kind: 'scores'; readonly scores: readonly Score[] }
  | { readonly kind: 'vectors'; readonly vectors: readonly Float32Array[]; readonly embedder: string }
  | { readonly kind: 'failed'; readonly message: string };

/** What a worker answers: results for one work message. */
export interface WorkAnswer {
  readonly results: readonly GroupResult[];
}
