import { Star } from 'lucide-react';
import { useState } from 'react';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useText } from '../../text/use-text.ts';
import type { QuestionProps } from './of-kind.ts';
import { cellsOf, starsOfDigit, withStars } from './stars.ts';
import { text } from './text.ts';

const digits = Array.from({ length: 10 }, (_, digit) => digit);

/** Stars for each response on each dimension. A digit rates where one stands and goes on to the next. */
export function StarsQuestion(props: QuestionProps<'stars'>) {
  const { question, responses, answer, onAnswer, active } = props;
  const t = useText(text);
  const cells = cellsOf(question, responses);
  const [at, setAt] = useState(0);
  const across = question.dimensions.length;
  const go = (by: number) => setAt((from) => Math.min(Math.max(0, from + by), cells.length - 1));
  const rate = (index: number, stars: number) => {
    const cell = cells[index];
    if (cell === undefined) return;
    onAnswer(withStars(answer, cell, stars));
    setAt(Math.min(index + 1, cells.length - 1));
  };
  useKeys(
    {
      ArrowLeft: { says: t.move, does: () => go(-1), repeats: true },
      ArrowRight: { says: t.move, does: () => go(1), repeats: true },
      ArrowUp: { says: t.move, does: () => go(-across), repeats: true },
      ArrowDown: { says: t.move, does: () => go(across), repeats: true },
      ...Object.fromEntries(
        digits.flatMap((digit) => {
          const stars = starsOfDigit(digit, question.scale);
          if (stars === null) return [];
          return [
            [String(digit), { says: t.stars(stars, question.scale), does: () => rate(at, stars) }] as const,
          ];
        }),
      ),
    },
    { help: question.title, when: active },
  );
  return (
    <div className="grid gap-1.5">
      <div className="overflow-x-auto">
        <table className="text-sm">
          <thead>
            <tr>
              <td />
              {question.dimensions.map(({ key, title, description }) => (
                <th
                  key={key}
                  scope="col"
                  title={description}
                  className="px-3 pb-1 text-left font-medium text-soft"
                >
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {responses.map(({ key }, row) => (
              <tr key={key}>
                <th scope="row" className="pr-2 font-semibold">
                  {key}
                </th>
                {question.dimensions.map((dimension, column) => {
                  const index = row * across + column;
                  return (
                    <td key={dimension.key} className="px-1">
                      <StarRow
                        label={t.starsOf(key, dimension.title)}
                        scale={question.scale}
                        value={answer?.stars[key]?.[dimension.key] ?? 0}
                        here={active && at === index}
                        onRate={(stars) => rate(index, stars)}
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="text-faint text-xs">{t.starHint}</p>
    </div>
  );
}

interface StarRowProps {
  label: string;
  scale: number;
  value: number;
  /** The keys rate this one. */
  here: boolean;
  onRate: (stars: number) => void;
}

function StarRow({ label, scale, value, here, onRate }: StarRowProps) {
  const t = useText(text);
  return (
    <fieldset
      aria-label={label}
      data-here={here || undefined}
      className="flex w-fit rounded-lg border border-transparent px-1 data-here:border-accent data-here:bg-accent-wash"
    >
      {Array.from({ length: scale }, (_, index) => index + 1).map((stars) => (
        <button
          key={stars}
          type="button"
          aria-label={t.stars(stars, scale)}
          aria-pressed={stars === value}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onRate(stars)}
          className="grid size-8 place-items-center rounded-md hover:bg-sunken"
        >
          <Star
            aria-hidden
            strokeWidth={1.6}
            className={`size-4.5 ${stars <= value ? 'fill-star text-star' : 'text-edge'}`}
          />
        </button>
      ))}
    </fieldset>
  );
}
