import { type Experiment, ExperimentMetric } from '@attune/contracts';
import { useText } from '../../../text/use-text.ts';
import { text as experimentText } from '../text.ts';
import { text } from './text.ts';

const HARMFUL = 'harmful: ';

/** Why an experiment ended: what the server says of itself in the reader's words, what people wrote as it is. */
export function EndReason({ experiment: { reason } }: { experiment: Experiment }) {
  const t = useText(text).reasons;
  const { metrics } = useText(experimentText);
  if (reason === null) return null;
  const words = () => {
    if (reason === 'by hand') return t.byHand;
    if (reason === 'promoted') return t.promoted;
    if (reason === 'its time is over') return t.over;
    const harmed = ExperimentMetric.safeParse(reason.replace(HARMFUL, ''));
    return reason.startsWith(HARMFUL) && harmed.success ? t.harmful(metrics[harmed.data]) : reason;
  };
  return <p className="mt-1 [overflow-wrap:anywhere]">{words()}</p>;
}
