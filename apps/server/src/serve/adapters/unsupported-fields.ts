import type { SamplingStrategy } from '../sampling.ts';
import { UpstreamFailure } from './upstream-failure.ts';

type Fields = SamplingStrategy['fields'];

/**
 * Sampling fields that a model was found not to accept: OpenAI's own API knows no top_k, its reasoning models no
 * temperature. They are learnt from the first refusal and left out from then on.
 */
export class UnsupportedFields {
  readonly #byModel = new Map<string, Set<string>>();

  /** Sends with the fields that the model accepts as far as known, and again without those that it refuses. */
  async adapt<T>(model: string, fields: Fields, send: (accepted: Fields) => Promise<T>): Promise<T> {
    const accepted = this.#accepted(model, fields);
    try {
      return await send(accepted);
    } catch (error) {
      const refused = refusedAmong(Object.keys(accepted), error);
      if (refused.length === 0) throw error;
      this.#remember(model, refused);
      return this.adapt(model, fields, send);
    }
  }

  #accepted(model: string, fields: Fields): Fields {
    const known = this.#byModel.get(model);
    if (known === undefined) return fields;
    return Object.fromEntries(Object.entries(fields).filter(([field]) => !known.has(field)));
  }

  #remember(model: string, refused: readonly string[]): void {
    const known = this.#byModel.get(model) ?? new Set();
    for (const field of refused) known.add(field);
    this.#byModel.set(model, known);
  }
}

/** The sent fields that a failure complains about: by `param`, or by name in the upstream's words. */
function refusedAmong(sent: readonly string[], failure: unknown): string[] {
  if (!(failure instanceof UpstreamFailure) || failure.code !== 'upstream_rejected') return [];
  const words = failure.details.upstream ?? '';
  return sent.filter((field) => failure.refusedField === field || words.includes(field));
}
