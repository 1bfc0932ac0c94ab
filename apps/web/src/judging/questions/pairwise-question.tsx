import { useKeys } from '../../shell/keys/use-keys.ts';
import { useText } from '../../text/use-text.ts';
import { ChoiceButton } from './choice-button.tsx';
import type { AnswerOf, QuestionProps } from './of-kind.ts';
import { strengthWord } from './strength-word.ts';
import { text } from './text.ts';

const SIDE_KEYS: readonly (readonly string[])[] = [
  ['a', 'ArrowLeft'],
  ['b', 'ArrowRight'],
];

/** Which of two responses is better, and how clearly. */
export function PairwiseQuestion(props: QuestionProps<'pairwise'>) {
  const { question, responses, answer, onAnswer, active } = props;
  const t = useText(text);
  const choose = (choice: string) => onAnswer({ kind: 'pairwise', choice, ...keptStrength(answer, choice) });
  const sides = responses.slice(0, 2);
  useKeys(
    {
      ...Object.fromEntries(
        sides.flatMap(({ key }, side) =>
          (SIDE_KEYS[side] ?? []).map((name) => [name, { says: t.better(key), does: () => choose(key) }]),
        ),
      ),
      ...(question.allow_tie && { t: { says: t.tie, does: () => choose('tie') } }),
      ...(question.allow_both_bad && { x: { says: t.bothBad, does: () => choose('both_bad') } }),
    },
    { help: question.title, when: active },
  );
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <div className="flex flex-wrap gap-2 max-sm:grid max-sm:w-full max-sm:grid-cols-2">
        {sides.map(({ key }, side) => (
          <ChoiceButton
            key={key}
            label={t.better(key)}
            chosen={answer?.choice === key}
            onChoose={() => choose(key)}
            keyName={SIDE_KEYS[side]?.[0] ?? ''}
          />
        ))}
        {question.allow_tie && (
          <ChoiceButton
            label={t.tie}
            chosen={answer?.choice === 'tie'}
            onChoose={() => choose('tie')}
            keyName="t"
          />
        )}
        {question.allow_both_bad && (
          <ChoiceButton
            label={t.bothBad}
            chosen={answer?.choice === 'both_bad'}
            onChoose={() => choose('both_bad')}
            keyName="x"
          />
        )}
      </div>
      {question.strength_levels > 1 && <Strength {...props} />}
    </div>
  );
}

function Strength({ question, answer, onAnswer, active }: QuestionProps<'pairwise'>) {
  const t = useText(text);
  const sided = answer !== null && isSide(answer.choice);
  const levels = Array.from({ length: question.strength_levels }, (_, index) => index + 1);
  const choose = (strength: number) => {
    if (answer !== null && sided) onAnswer({ ...answer, strength });
  };
  useKeys(
    Object.fromEntries(
      levels.map((level) => [String(level), { says: t.level(level), does: () => choose(level) }]),
    ),
    { help: question.title, when: active && sided },
  );
  return (
    <fieldset
      disabled={!sided}
      className={`flex flex-wrap items-center gap-2 transition-opacity max-sm:w-full ${sided ? '' : 'opacity-50'}`}
    >
      <legend className="float-left mr-1 text-soft text-sm max-sm:w-full">{t.strength}</legend>
      {levels.map((level) => (
        <ChoiceButton
          key={level}
          label={t.level(level)}
          title={strengthWord(question, level, t.strengths)}
          chosen={sided && answer.strength === level}
          onChoose={() => choose(level)}
          keyName={String(level)}
        >
          {strengthWord(question, level, t.strengths) ?? t.level(level)}
        </ChoiceButton>
      ))}
    </fieldset>
  );
}

function isSide(choice: string): boolean {
  return choice !== 'tie' && choice !== 'both_bad';
}

/** How clearly stays said when one changes the side. */
function keptStrength(answer: AnswerOf<'pairwise'> | null, choice: string): { strength?: number } {
  return answer?.strength !== undefined && isSide(choice) ? { strength: answer.strength } : {};
}
