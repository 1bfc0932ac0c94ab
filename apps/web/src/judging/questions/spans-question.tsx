import { X } from 'lucide-react';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useSay } from '../../shell/messages.tsx';
import { useText } from '../../text/use-text.ts';
import { ChoiceButton } from './choice-button.tsx';
import { digitOf } from './digit-of.ts';
import { markLook } from './mark-looks.ts';
import type { QuestionProps } from './of-kind.ts';
import { firstWord, type Passage, stretched, wordBeside } from './spans.ts';
import { text } from './text.ts';

interface SpansQuestionProps extends QuestionProps<'spans'> {
  /** What is selected in a response now. */
  readonly passage: Passage | null;
  readonly onPassage: (passage: Passage | null) => void;
}

/** Marked passages of the responses: select by pointer or by words, then choose a label. */
export function SpansQuestion(props: SpansQuestionProps) {
  const { question, responses, answer, onAnswer, active, passage, onPassage } = props;
  const t = useText(text);
  const { say } = useSay();
  const spans = answer?.spans ?? [];
  const tell = (next: typeof spans) => onAnswer(next.length === 0 ? null : { kind: 'spans', spans: next });
  const mark = (label: string) => {
    if (passage === null) {
      say(t.selectFirst);
      return;
    }
    tell([...spans, { ...passage, label }]);
    onPassage(null);
    window.getSelection()?.removeAllRanges();
  };
  const quoteOf = ({ response, start, end }: Passage) =>
    responses.find(({ key }) => key === response)?.text.slice(start, end) ?? '';
  useKeys(
    {
      ...passageKeys(props, t),
      ...Object.fromEntries(
        question.options.flatMap(({ key, title }, index) => {
          const digit = digitOf(index);
          return digit === null ? [] : [[digit, { says: title, does: () => mark(key) }]];
        }),
      ),
      Backspace: { says: t.unmark, does: () => tell(spans.slice(0, -1)) },
    },
    { help: question.title, when: active },
  );
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        {question.options.map(({ key, title, description }, index) => {
          const digit = digitOf(index);
          return (
            <ChoiceButton
              key={key}
              label={title}
              title={description}
              chosen={false}
              onChoose={() => mark(key)}
              {...(active && digit !== null && { keyName: digit })}
            >
              <span className={markLook(index)}>{title}</span>
            </ChoiceButton>
          );
        })}
      </div>
      {spans.length === 0 ? (
        <p className="text-faint text-xs">{t.nothingMarked}</p>
      ) : (
        <ul className="flex flex-wrap gap-1.5">
          {spans.map((span) => {
            const index = question.options.findIndex(({ key }) => key === span.label);
            const title = question.options[index]?.title ?? span.label;
            return (
              <li
                key={`${span.response}${span.start}-${span.end}${span.label}`}
                className="chip max-w-full gap-1.5"
              >
                <span className="truncate">
                  {span.response} · {t.marked(title, quoteOf(span))}
                </span>
                <button
                  type="button"
                  aria-label={t.remove(quoteOf(span))}
                  className="shrink-0 rounded-full hover:text-bad"
                  onClick={() => tell(spans.filter((other) => other !== span))}
                >
                  <X aria-hidden className="size-3.5" />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <p className="text-faint text-xs">{t.markHint}</p>
    </div>
  );
}

function passageKeys(
  { responses, passage, onPassage }: SpansQuestionProps,
  t: Record<'nextResponse' | 'previousResponse' | 'nextWord' | 'previousWord' | 'longer' | 'shorter', string>,
) {
  const at = responses.findIndex(({ key }) => key === passage?.response);
  const within = responses[at];
  const enter = (index: number) => {
    const response = responses[Math.min(Math.max(0, index), responses.length - 1)];
    if (response !== undefined) onPassage(firstWord(response.key, response.text));
  };
  const change = (changed: (passage: Passage, text: string) => Passage) => () => {
    if (passage === null || within === undefined) enter(0);
    else onPassage(changed(passage, within.text));
  };
  return {
    ']': { says: t.nextResponse, does: () => enter(at + 1) },
    '[': { says: t.previousResponse, does: () => enter(at - 1) },
    ArrowRight: { says: t.nextWord, does: change((now, text) => wordBeside(now, text, 1)), repeats: true },
    ArrowLeft: {
      says: t.previousWord,
      does: change((now, text) => wordBeside(now, text, -1)),
      repeats: true,
    },
    '.': { says: t.longer, does: change((now, text) => stretched(now, text, 1)), repeats: true },
    ',': { says: t.shorter, does: change((now, text) => stretched(now, text, -1)), repeats: true },
  };
}
