import { earlierTurns } from '../conversation/earlier-turns.ts';
import { isRecord, unpacked } from './source-value.ts';

const questions = [
  'question',
  'query',
  'prompt',
  'input',
  'text',
  'user_prompt',
  'instruction',
  'content',
  'human_input',
];
const answers = ['answer', 'output', 'response', 'completion', 'text', 'content', 'result', 'generated_text'];
const userRoles = new Set(['user', 'human']);
const answerRoles = new Set(['assistant', 'ai', 'model']);

/** The question in what a traced call was given: a text, a field that is called so, or its last user message. */
export function questionIn(input: unknown): string | null {
  return textIn(input, questions, userRoles);
}

/** The answer in what a traced call gave back. */
export function answerIn(output: unknown): string | null {
  return textIn(output, answers, answerRoles);
}

/** What was said before the last question of a list of turns; null where it is no list or the question was the first. */
export function contextIn(input: unknown): string | null {
  const value = unpacked(input);
  const messages = isRecord(value) ? value.messages : value;
  if (!Array.isArray(messages)) return null;
  const turns = messages.flat().filter(isRecord).map(turnOf);
  return earlierTurns(turns) || null;
}

function turnOf(message: Readonly<Record<string, unknown>>): { role: string; content: string | null } {
  const role = roleOf(message);
  const named = userRoles.has(role) ? 'user' : answerRoles.has(role) ? 'assistant' : role;
  return { role: named, content: contentOf(message) };
}

function textIn(given: unknown, names: readonly string[], roles: ReadonlySet<string>): string | null {
  const value = unpacked(given);
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (Array.isArray(value)) return inMessages(value.flat(), roles);
  if (!isRecord(value)) return null;
  const { messages, generations, choices } = value;
  if (Array.isArray(messages)) return inMessages(messages.flat(), roles);
  if (Array.isArray(generations)) return textIn(generations.flat()[0], names, roles);
  if (Array.isArray(choices) && isRecord(choices[0])) return textIn(choices[0].message, names, roles);
  const name = names.find((one) => value[one] !== undefined && value[one] !== null);
  return name === undefined ? onlyText(Object.values(value)) : textIn(value[name], names, roles);
}

/** The text of an object that holds nothing else. */
function onlyText(values: readonly unknown[]): string | null {
  const [only, ...more] = values.filter((value) => typeof value === 'string');
  return only === undefined || more.length > 0 ? null : only;
}

function inMessages(messages: readonly unknown[], roles: ReadonlySet<string>): string | null {
  const last = messages.filter(isRecord).findLast((message) => roles.has(roleOf(message)));
  return last === undefined ? null : contentOf(last);
}

/** `role` as OpenAI names it, `type` as LangChain does, or the class in a serialised message. */
function roleOf(message: Readonly<Record<string, unknown>>): string {
  const { role, type, id } = message;
  const named = role ?? (Array.isArray(id) ? id.at(-1) : type);
  return String(named ?? '')
    .replace(/Message(?:Chunk)?$/, '')
    .toLowerCase();
}

function contentOf(message: Readonly<Record<string, unknown>>): string | null {
  const content = message.content ?? (isRecord(message.kwargs) ? message.kwargs.content : undefined);
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  const texts = content.filter(isRecord).map(({ text }) => text);
  return texts.filter((text) => typeof text === 'string').join('\n') || null;
}
