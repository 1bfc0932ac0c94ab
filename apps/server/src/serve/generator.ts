import type { AnswerStep, ChatMessage, ChatRequest, Source } from '@attune/contracts';

/** Tokens that an answer cost, in OpenAI's words. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** What a generator is asked. */
export interface GenerationAsk {
  readonly organization: string;
  /** The last question, as text. */
  readonly query: string;
  readonly messages: readonly ChatMessage[];
  /** The client's whole request, for generators that pass fields on. */
  readonly request: ChatRequest;
  /** Model name as the generator knows it; null for its default. */
  readonly model: string | null;
  /** How many candidates are wanted. */
  readonly candidates: number;
}

/** One finished candidate. */
export interface Generation {
  readonly text: string;
  /** Why it ended, in OpenAI's words. */
  readonly finishReason: string | null;
  readonly usage: Usage | null;
  /** The upstream's whole answer where there was one, so that fields Attune does not know survive. */
  readonly completion?: Readonly<Record<string, unknown>>;
  /** Whether it asks the client to call tools; such an answer is delivered as it is. */
  readonly callsTools: boolean;
  /** What was done on the way to it; left out where nothing is known. */
  readonly steps?: readonly AnswerStep[];
  /** What it rests on. */
  readonly sources?: readonly Source[];
}

/** A part of a tool call that is still being written. */
export interface ToolCallPart {
  /** Which of the answer's calls it belongs to. */
  readonly index: number;
  readonly name: string;
  readonly arguments: string;
}

/** A part of an answer that is still being written. */
export interface GenerationPart {
  /** The upstream's chunk, as an object. */
  readonly chunk: Readonly<Record<string, unknown>>;
  /** New text in it. */
  readonly text: string;
  /** New reasoning in it. */
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCallPart[];
  readonly finishReason: string | null;
  readonly usage: Usage | null;
  readonly callsTools: boolean;
}

/** A candidate that can be asked for. Nothing is sent before `generate` or `stream` is called. */
export interface Draft {
  /** Name of the sampling strategy or source, as it is logged. */
  readonly method: string;
  generate(signal: AbortSignal): Promise<Generation>;
  /**
   * The same as it is written. Resolves when the answer begins: failures before that are thrown here and were
   * retried, failures after it are thrown by the iteration.
   */
  stream?(signal: AbortSignal): Promise<AsyncIterable<GenerationPart>>;
}

/** What a generator can offer for a question; no drafts when it has no answer. */
export interface Drafts {
  /** Name of the policy that answers, for the log. */
  readonly policy: string;
  readonly drafts: readonly Draft[];
  /** Whether asking again gives other answers. */
  readonly samples: boolean;
}

/** Something that answers questions. Failures are AttuneErrors of the catalogue. */
export interface Generator {
  draft(ask: GenerationAsk, signal: AbortSignal): Promise<Drafts>;
}
