import type { Series } from '@attune/contracts';
import { useFormats, useText } from '../../text/use-text.ts';
import { lineColour } from './line-colours.ts';
import { text } from './text.ts';
import { intervalWords, valueWords } from './value-words.ts';

const marks = ['━', '╍', '┅', '┉'];

/** What each line is, with its value over the whole period; nothing for one line. */
export function Legend({ series: { lines, unit, left_out } }: { series: Series }) {
  const t = useText(text);
  const formats = useFormats();
  if (lines.length < 2) return null;
  return (
    <ul className="mb-2 flex flex-wrap gap-x-4 text-xs tabular-nums">
      {lines.map(({ segment, whole }, index) => (
        <li key={segment} className="min-w-0 break-words">
          <span aria-hidden style={{ color: lineColour(index) }}>
            {marks[index % marks.length]}{' '}
          </span>
          {segment ?? t.noSegment}{' '}
          <span className="text-faint">
            {whole.value === null
              ? t.notEnough
              : `${valueWords(unit, whole.value, formats)} ${intervalWords(unit, whole, formats)}`}
          </span>
        </li>
      ))}
      {left_out > 0 && <li className="text-faint">{t.leftOut(left_out)}</li>}
    </ul>
  );
}
