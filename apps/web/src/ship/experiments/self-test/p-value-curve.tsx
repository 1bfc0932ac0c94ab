import type { SelfTestLook } from '@attune/contracts';
import { useText } from '../../../text/use-text.ts';
import { curvePoints } from './curve-points.ts';
import { text } from './text.ts';

const [WIDTH, HEIGHT] = [600, 80];
/** Below this p-value equal arms are said to differ. */
const ALARM = 0.01;

/** The p-value at each look, on a scale of powers of ten, with the line below which it is told. */
export function PValueCurve({ looks }: { looks: readonly SelfTestLook[] }) {
  const t = useText(text);
  const box = { width: WIDTH, height: HEIGHT };
  const [alarm] = curvePoints([ALARM], box);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t.curve}
      className="mt-3 h-20 w-full"
    >
      <line
        x1={0}
        x2={WIDTH}
        y1={alarm?.y}
        y2={alarm?.y}
        className="stroke-bad"
        strokeDasharray="4 4"
        vectorEffect="non-scaling-stroke"
      />
      <polyline
        points={curvePoints(
          looks.map(({ p_value }) => p_value ?? 1),
          box,
        )
          .map(({ x, y }) => `${x},${y}`)
          .join(' ')}
        className="fill-none stroke-accent"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
