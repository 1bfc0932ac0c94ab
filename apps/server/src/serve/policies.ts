import { AttuneError } from '@attune/contracts';
import { LRUCache } from 'lru-cache';
import { type OpenAiUpstream, openUpstream } from './adapters/openai-upstream.ts';
import type { Draft, Drafts, Generation, GenerationPart, Generator } from './generator.ts';
import type { ChosenGenerator } from './generators.ts';
import type { LivePolicy, PolicyChoice } from './live-models.ts';

/** Endpoints that a replica keeps connections to. */
const MOST_ENDPOINTS = 32;

/** How the policy that a visitor was to get fared. */
export interface PolicyRun {
  /** The registered policy; '' where none is registered. */
  readonly assigned: string;
  /** What answered in its place; null while it did not fail. */
  stoodIn: string | null;
}

/** A generator for one question, and how the policy behind it fares. */
export interface AssignedGenerator extends ChosenGenerator {
  readonly run: PolicyRun;
}

/** Registered policies, each asked at an endpoint of its own. */
export class Policies {
  readonly #timeoutMs: number;
  readonly #endpoints = new LRUCache<string, OpenAiUpstream>({
    max: MOST_ENDPOINTS,
    dispose: (endpoint) => void endpoint.close(),
  });

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /**
   * What answers a visitor: the policy that was chosen, and the one before it, or `standard`, where that fails or has
   * not begun within `patienceMs`.
   */
  generatorFor(
    { policy, incumbent }: PolicyChoice,
    standard: ChosenGenerator,
    patienceMs: number,
  ): AssignedGenerator {
    const run: PolicyRun = { assigned: policy?.modelId ?? '', stoodIn: null };
    if (policy === null) return { ...standard, run };
    const isIncumbent = incumbent === null || incumbent.modelId === policy.modelId;
    const second = isIncumbent ? standard : this.#chosen(incumbent);
    const generator = orElse(this.#generatorOf(policy), second, run, patienceMs);
    return { generator, model: policy.model, multimodal: true, run };
  }

  /** Has a policy say something. @throws AttuneError when it does not */
  async tryOut(policy: LivePolicy): Promise<void> {
    const messages = [{ role: 'user' as const, content: 'Say OK.' }];
    const request = { model: policy.model, messages, max_tokens: 16 };
    const ask = { organization: '', query: 'Say OK.', messages, request, model: policy.model, candidates: 1 };
    const signal = AbortSignal.timeout(this.#timeoutMs);
    const { drafts } = await this.#generatorOf(policy).draft(ask, signal);
    const said = await drafts[0]?.generate(signal);
    if (said === undefined || said.text.trim() === '') {
      throw new AttuneError('upstream_unavailable', { message: 'It said nothing.' });
    }
  }

  close(): void {
    this.#endpoints.clear();
  }

  #chosen(policy: LivePolicy): ChosenGenerator {
    return { generator: this.#generatorOf(policy), model: policy.model, multimodal: true };
  }

  /** Answers are logged under the registry's name, not the endpoint's. */
  #generatorOf({ modelId, url, model, apiKey }: LivePolicy): Generator {
    const endpoint = this.#endpoint(url, apiKey);
    return {
      draft: async (ask, signal) => ({
        ...(await endpoint.draft({ ...ask, model }, signal)),
        policy: modelId,
      }),
    };
  }

  #endpoint(url: string, apiKey: string | null): OpenAiUpstream {
    const key = JSON.stringify([url, apiKey]);
    let endpoint = this.#endpoints.get(key);
    if (endpoint === undefined) {
      // A second try would take the time that the one that stands in needs.
      const settings = {
        url,
        apiKey: apiKey ?? undefined,
        models: [],
        timeoutMs: this.#timeoutMs,
        retries: 0,
      };
      endpoint = openUpstream(settings);
      this.#endpoints.set(key, endpoint);
    }
    return endpoint;
  }
}

function orElse(first: Generator, second: ChosenGenerator, run: PolicyRun, patienceMs: number): Generator {
  return {
    async draft(ask, signal) {
      let asked: Promise<Drafts> | undefined;
      const instead = async (index: number): Promise<Draft | undefined> => {
        asked ??= second.generator.draft({ ...ask, model: second.model }, signal);
        const { policy, drafts } = await asked;
        run.stoodIn = policy;
        return drafts[index];
      };
      const { drafts, ...rest } = await first.draft(ask, signal);
      return {
        ...rest,
        drafts: drafts.map((draft, index) => guarded(draft, () => instead(index), patienceMs)),
      };
    },
  };
}

/** A draft that another stands in for when it fails, or has not begun in time. */
function guarded(draft: Draft, instead: () => Promise<Draft | undefined>, patienceMs: number): Draft {
  const attempt = async <Value>(
    signal: AbortSignal,
    first: (limited: AbortSignal) => Promise<Value>,
    second: (other: Draft) => Promise<Value>,
  ): Promise<Value> => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new AttuneError('upstream_timeout')), patienceMs);
    try {
      return await first(AbortSignal.any([signal, late.signal]));
    } catch (error) {
      if (signal.aborted) throw error;
      const other = await instead();
      if (other === undefined) throw error;
      return await second(other);
    } finally {
      clearTimeout(timer);
    }
  };
  const { stream } = draft;
  return {
    method: draft.method,
    generate: (signal) =>
      attempt(
        signal,
        (limited) => draft.generate(limited),
        (other) => other.generate(signal),
      ),
    ...(stream !== undefined && {
      stream: (signal: AbortSignal) =>
        attempt(
          signal,
          (limited) => stream(limited),
          async (other) => (await other.stream?.(signal)) ?? wholeAsStream(await other.generate(signal)),
        ),
    }),
  };
}

/** An answer that came whole, as a stream of one part. */
async function* wholeAsStream({
  text,
  finishReason,
  usage,
  callsTools,
}: Generation): AsyncGenerator<GenerationPart> {
  const choice = {
    index: 0,
    delta: { role: 'assistant', content: text },
    finish_reason: finishReason ?? 'stop',
  };
  yield {
    chunk: { object: 'chat.completion.chunk', choices: [choice] },
    text,
    reasoning: '',
    toolCalls: [],
    finishReason: finishReason ?? 'stop',
    usage,
    callsTools,
  };
}
