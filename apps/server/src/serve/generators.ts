import { AttuneError } from '@attune/contracts';
import type { OpenAiUpstream } from './adapters/openai-upstream.ts';
import type { Generator } from './generator.ts';

/** A generator and the name under which it knows the model. */
export interface ChosenGenerator {
  readonly generator: Generator;
  /** Null for its default model. */
  readonly model: string | null;
  /** Whether it can look at images and other content than text. */
  readonly multimodal: boolean;
}

export interface Generators {
  /** @throws AttuneError `model_not_found` */
  named(model: string): ChosenGenerator;
  /** Names that are there without an upstream. */
  readonly ownNames: readonly string[];
  /** Every name that a request can use. */
  names(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface GeneratorParts {
  readonly upstream: OpenAiUpstream | null;
  readonly recorded: Generator;
  readonly documents: Generator;
}

/** What can answer, by the names of requests: `attune` is the best there is without saying more. */
export function createGenerators({ upstream, recorded, documents }: GeneratorParts): Generators {
  const text = (generator: Generator): ChosenGenerator => ({ generator, model: null, multimodal: false });
  const own: Record<string, ChosenGenerator> = {
    attune: upstream === null ? text(firstWithAnswers([recorded, documents])) : toUpstream(upstream, null),
    recorded: text(recorded),
    documents: text(documents),
  };
  const ownNames = Object.keys(own);
  return {
    ownNames,
    named(model) {
      const known = Object.hasOwn(own, model) ? own[model] : undefined;
      if (known !== undefined) return known;
      if (upstream?.mayAsk(model)) return toUpstream(upstream, model);
      throw new AttuneError('model_not_found', {
        param: 'model',
        message: `There is no model "${model}" here.`,
      });
    },
    async names() {
      const others = upstream === null ? [] : await upstream.models();
      return [...new Set([...ownNames, ...others])];
    },
    close: async () => upstream?.close(),
  };
}

function toUpstream(upstream: OpenAiUpstream, model: string | null): ChosenGenerator {
  return { generator: upstream, model, multimodal: true };
}

/** Asks generators in order until one has something to say. */
function firstWithAnswers(generators: readonly Generator[]): Generator {
  return {
    async draft(ask, signal) {
      for (const generator of generators) {
        const drafts = await generator.draft(ask, signal);
        if (drafts.drafts.length > 0) return drafts;
      }
      return { policy: 'documents', drafts: [], samples: false };
    },
  };
}
