import { z } from 'zod';
import type { Generation, GenerationPart, ToolCallPart, Usage } from '../generator.ts';
import { answerSteps } from '../steps.ts';
import { failureInData, notACompletion } from './upstream-failure.ts';

const UsageShape = z.looseObject({
  prompt_tokens: z.number().default(0),
  completion_tokens: z.number().default(0),
  total_tokens: z.number().default(0),
});

const Message = z.looseObject({
  content: z.string().nullish(),
  refusal: z.string().nullish(),
  tool_calls: z.array(z.unknown()).nullish(),
  function_call: z.unknown().optional(),
  reasoning_content: z.unknown().optional(),
  reasoning: z.unknown().optional(),
});

const Called = z.looseObject({ name: z.string().nullish(), arguments: z.string().nullish() });
const ToolCallShape = z.looseObject({ index: z.number().int().min(0).optional(), function: Called });

const Completion = z.looseObject({
  choices: z.array(z.looseObject({ message: Message, finish_reason: z.string().nullish() })).min(1),
  usage: UsageShape.nullish(),
});

const Chunk = z.looseObject({
  choices: z.array(z.looseObject({ delta: Message.nullish(), finish_reason: z.string().nullish() })),
  usage: UsageShape.nullish(),
});

/** Reads a chat completion. @throws UpstreamFailure when it is none */
export function readCompletion(text: string): Generation {
  const data = parse(text);
  const completion = Completion.safeParse(data);
  if (!completion.success) throw failureInData(data) ?? notACompletion(completion.error);
  const [choice] = completion.data.choices;
  return {
    text: textOf(choice?.message),
    finishReason: choice?.finish_reason ?? null,
    usage: usageOf(completion.data.usage),
    completion: completion.data,
    callsTools: callsTools(choice?.message),
    steps: answerSteps(reasoningOf(choice?.message), toolCallsOf(choice?.message)),
  };
}

/** Reads a chunk of a streamed chat completion. @throws UpstreamFailure when it is none, or an error */
export function readChunk(text: string): GenerationPart {
  const data = parse(text);
  const chunk = Chunk.safeParse(data);
  if (!chunk.success) throw failureInData(data) ?? notACompletion(chunk.error);
  const choice = chunk.data.choices[0];
  return {
    chunk: chunk.data,
    text: textOf(choice?.delta),
    reasoning: reasoningOf(choice?.delta),
    toolCalls: toolCallsOf(choice?.delta),
    finishReason: choice?.finish_reason ?? null,
    usage: usageOf(chunk.data.usage),
    callsTools: callsTools(choice?.delta),
  };
}

type MessageShape = z.infer<typeof Message> | null | undefined;

function textOf(message: MessageShape): string {
  return message?.content ?? message?.refusal ?? '';
}

/** Reasoning as DeepSeek and vLLM send it, or as OpenRouter does. */
function reasoningOf(message: MessageShape): string {
  const said = message?.reasoning_content ?? message?.reasoning;
  return typeof said === 'string' ? said : '';
}

function toolCallsOf(message: MessageShape): ToolCallPart[] {
  const calls = (message?.tool_calls ?? []).flatMap((given, position) => {
    const { success, data } = ToolCallShape.safeParse(given);
    return success ? [toolCall(data.index ?? position, data.function)] : [];
  });
  const old = Called.safeParse(message?.function_call);
  return old.success ? [...calls, toolCall(calls.length, old.data)] : calls;
}

function toolCall(index: number, called: z.infer<typeof Called>): ToolCallPart {
  return { index, name: called.name ?? '', arguments: called.arguments ?? '' };
}

function callsTools(message: MessageShape): boolean {
  return (message?.tool_calls?.length ?? 0) > 0 || (message?.function_call ?? null) !== null;
}

function usageOf(usage: z.infer<typeof UsageShape> | null | undefined): Usage | null {
  return usage ?? null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notACompletion(error);
  }
}
