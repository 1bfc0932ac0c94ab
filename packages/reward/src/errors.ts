/** Why something in this package was refused; callers map these to their own catalogue. */
export type RewardErrorCode =
  /** A file with weights is missing, cut short or not what its format says. */
  | 'model_damaged'
  /** A model was saved by a version of the format that is not read here. */
  | 'model_version_unknown'
  /** A model was trained on another embedder than the one at hand. */
  | 'embedder_mismatch'
  /** Fewer rated samples or pairs than training needs. */
  | 'too_few_samples'
  /** Every label is the same, so that there is nothing to learn. */
  | 'one_class_only'
  /** A rating, weight or dimension outside its range. */
  | 'bad_sample';

/** An error of this package, recognised by its `code`; the message says what to do about it. */
export class RewardError extends Error {
  readonly code: RewardErrorCode;

  constructor(code: RewardErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'RewardError';
    this.code = code;
  }
}
