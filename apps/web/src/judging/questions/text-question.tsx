import { useId, useRef } from 'react';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useText } from '../../text/use-text.ts';
import type { QuestionProps } from './of-kind.ts';
import { text } from './text.ts';

/** An answer in one's own words. Escape leaves the field, Ctrl-Enter submits from within. */
export function TextQuestion({ question, answer, onAnswer, active }: QuestionProps<'text'>) {
  const t = useText(text);
  const field = useRef<HTMLTextAreaElement>(null);
  const used = useId();
  const written = answer?.text ?? '';
  useKeys(
    { w: { says: t.write, does: () => field.current?.focus() } },
    { help: question.title, when: active },
  );
  return (
    <div>
      <textarea
        ref={field}
        aria-label={question.title}
        aria-describedby={used}
        className="text-field min-h-20"
        maxLength={question.max_characters}
        value={written}
        onChange={({ target: { value } }) => onAnswer(value === '' ? null : { kind: 'text', text: value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <p id={used} className="text-faint text-xs">
        {t.characters(written.length, question.max_characters)}
      </p>
    </div>
  );
}
