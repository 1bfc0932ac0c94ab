/** A passage that was found, with its cosine to the question. */
export interface FoundPassage {
  readonly documentId: string;
  readonly text: string;
  readonly similarity: number;
}

/** Finds passages near a vector, exactly, within one organisation. */
export interface PassageIndex {
  /** The nearest passages, best first; at most `limit`. */
  search(organization: string, vector: Float32Array, limit: number): Promise<FoundPassage[]>;
}
