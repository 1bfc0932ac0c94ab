/** What an embedder makes of one text. The three token columns have one entry per token that was read, in order. */
export interface Encoding {
  /** Of what was read. Length 1, or all zeros for a text without tokens. */
  vector: Float32Array;
  /**
   * Each of length 1 (or 0 where a token carries nothing); may be narrower than `vector`. Repeated tokens may be one
   * and the same object. Views into larger memory: read only.
   */
  tokens: readonly Float32Array[];
  /** How much each token counted in `vector`, above 0; rarer words weigh more in a static embedder. */
  weights: readonly number[];
  /** Vocabulary ids, to find exact matches quickly. */
  ids: readonly number[];
}

/**
 * Turns texts into vectors. A text's values depend on the text and on nothing else: not on the texts embedded with
 * it, nor on load. Work per text is bounded, however long the text.
 */
export interface Embedder {
  /** Name and first 12 hex digits of the SHA-256 of the weights, as in `minilm-static-256@0123456789ab`. */
  readonly id: string;
  /** Length of every vector. */
  readonly dimensions: number;
  /** One vector per text, in order, over as much of it as the model was made for. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  /** Vectors with the tokens behind them, one per text, in order. May read less of a long text than `embed`. */
  encode(texts: readonly string[]): Promise<Encoding[]>;
  /** Frees native memory; the embedder must not be used afterwards. */
  close(): Promise<void>;
}
