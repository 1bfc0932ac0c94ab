import type { JudgingEstimate } from '@attune/contracts';
import { useFormats, useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';

interface EstimateProps {
  /** Null where the statistic makes no sense. */
  estimate: JudgingEstimate | null;
  /** A share, written in percent. */
  share?: boolean;
}

/** A statistic with its interval and what it rests on; or that there is too little to say. */
export function Estimate({ estimate, share = false }: EstimateProps) {
  const t = useText(text).agreement;
  const { percent, decimal } = useFormats();
  if (estimate === null) return <span className="text-faint">–</span>;
  const { value, ci, n, enough } = estimate;
  if (!enough || value === null) {
    return (
      <span className="whitespace-nowrap text-faint text-xs">
        {t.notEnough}
        <span className="block">{t.n(n)}</span>
      </span>
    );
  }
  const say = (figure: number | null) =>
    figure === null ? '?' : share ? percent(figure) : decimal(figure, 2);
  return (
    <span className="whitespace-nowrap tabular-nums">
      <span className="font-medium">{say(value)}</span>
      <span className="block text-faint text-xs">
        {say(ci[0])} – {say(ci[1])}
      </span>
      <span className="block text-faint text-xs">{t.n(n)}</span>
    </span>
  );
}
