import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react';
import { useState } from 'react';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useText } from '../../text/use-text.ts';
import { ChoiceButton } from './choice-button.tsx';
import { digitOf } from './digit-of.ts';
import type { QuestionProps } from './of-kind.ts';
import { movedBy, movedTo, placedNext, tiedAtEnd, withoutLast } from './ranking.ts';
import { text } from './text.ts';

/** Responses in order, the best first: by dragging, by the arrows beside them, or by pressing their numbers. */
export function RankingQuestion({ question, responses, answer, onAnswer, active }: QuestionProps<'ranking'>) {
  const t = useText(text);
  const [dragged, setDragged] = useState<string | null>(null);
  const places = answer?.places ?? [];
  const say = (next: string[][]) => onAnswer(next.length === 0 ? null : { kind: 'ranking', places: next });
  const placed = new Set(places.flat());
  const left = responses.filter(({ key }) => !placed.has(key));
  const drop = (index: number) => {
    if (dragged !== null) say(movedTo(places, dragged, index));
    setDragged(null);
  };
  useKeys(
    {
      ...Object.fromEntries(
        responses.flatMap(({ key }, index) => {
          const digit = digitOf(index);
          return digit === null
            ? []
            : [[digit, { says: t.placeNext(key), does: () => say(placedNext(places, key)) }]];
        }),
      ),
      ...(question.allow_ties && { e: { says: t.tieNext, does: () => say(tiedAtEnd(places)) } }),
      Backspace: { says: t.takeBack, does: () => say(withoutLast(places)), repeats: true },
    },
    { help: question.title, when: active },
  );
  return (
    <div className="grid gap-2">
      <ol className="flex flex-wrap items-stretch gap-2">
        {places.map((place, index) => (
          <li
            key={place.join('')}
            aria-label={t.place(index + 1)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={() => drop(index)}
            className="flex items-center gap-1 rounded-xl border border-line bg-sunken p-1"
          >
            <span className="px-1.5 text-faint text-xs tabular-nums">{index + 1}</span>
            {place.map((key) => (
              <Placed
                key={key}
                name={key}
                onDrag={() => setDragged(key)}
                onMove={(by) => say(movedBy(places, key, by))}
              />
            ))}
          </li>
        ))}
        {left.length > 0 && (
          <li
            aria-label={t.unranked}
            onDragOver={(event) => event.preventDefault()}
            onDrop={() => drop(places.length)}
            className="flex min-h-11 flex-wrap items-center gap-2 rounded-xl border border-edge border-dashed p-1 px-2"
          >
            <span className="text-faint text-xs">{t.unranked}</span>
            {left.map(({ key }) => {
              const digit = digitOf(responses.findIndex((response) => response.key === key));
              return (
                // biome-ignore lint/a11y/noStaticElementInteractions: dragging is one way of several; the button within is another.
                <span
                  key={key}
                  draggable
                  onDragStart={() => setDragged(key)}
                  data-response={key}
                  className="cursor-grab"
                >
                  <ChoiceButton
                    label={t.placeNext(key)}
                    chosen={false}
                    onChoose={() => say(placedNext(places, key))}
                    {...(active && digit !== null && { keyName: digit })}
                  >
                    {key}
                  </ChoiceButton>
                </span>
              );
            })}
          </li>
        )}
      </ol>
      <p className="text-faint text-xs">{t.ranked}</p>
    </div>
  );
}

interface PlacedProps {
  name: string;
  onDrag: () => void;
  onMove: (by: 1 | -1) => void;
}

function Placed({ name, onDrag, onMove }: PlacedProps) {
  const t = useText(text);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is one way of several; the buttons within are another.
    <span
      draggable
      onDragStart={onDrag}
      data-response={name}
      className="flex cursor-grab items-center rounded-lg border border-line bg-surface pl-1 font-semibold text-sm"
    >
      <GripVertical aria-hidden className="size-4 text-faint" />
      <span className="px-1">{name}</span>
      <button
        type="button"
        aria-label={t.up(name)}
        className="quiet-button px-1"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onMove(-1)}
      >
        <ArrowUp aria-hidden className="size-3.5" />
      </button>
      <button
        type="button"
        aria-label={t.down(name)}
        className="quiet-button px-1"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onMove(1)}
      >
        <ArrowDown aria-hidden className="size-3.5" />
      </button>
    </span>
  );
}
