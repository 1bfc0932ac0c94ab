import { useKeys } from '../../shell/keys/use-keys.ts';
import { useText } from '../../text/use-text.ts';
import { ChoiceButton } from './choice-button.tsx';
import { digitOf } from './digit-of.ts';
import type { QuestionProps } from './of-kind.ts';
import { text } from './text.ts';

/** Labels for the item as a whole, one or several. */
export function LabelsQuestion({ question, answer, onAnswer, active }: QuestionProps<'labels'>) {
  const t = useText(text);
  const chosen = answer?.labels ?? [];
  const toggle = (key: string) => {
    const others = question.multiple ? chosen.filter((label) => label !== key) : [];
    const labels = chosen.includes(key) ? others : [...others, key];
    onAnswer(labels.length === 0 ? null : { kind: 'labels', labels });
  };
  useKeys(
    Object.fromEntries(
      question.options.flatMap(({ key, title }, index) => {
        const digit = digitOf(index);
        return digit === null ? [] : [[digit, { says: title, does: () => toggle(key) }]];
      }),
    ),
    { help: question.title, when: active },
  );
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap gap-2">
        {question.options.map(({ key, title, description }, index) => {
          const digit = digitOf(index);
          return (
            <ChoiceButton
              key={key}
              label={title}
              title={description}
              chosen={chosen.includes(key)}
              onChoose={() => toggle(key)}
              {...(active && digit !== null && { keyName: digit })}
            />
          );
        })}
      </div>
      {question.multiple && <p className="text-faint text-xs">{t.several}</p>}
    </div>
  );
}
