import type { LoggedAnswer } from '@attune/contracts';
import { useFormats, useText } from '../text/use-text.ts';
import { text } from './text.ts';

/** Who wrote the candidates, what chose among them, and how long each took. */
export function HowChosen({ answer }: { answer: LoggedAnswer }) {
  const t = useText(text).did;
  const { duration } = useFormats();
  const { reward_model, selection, policy, timings } = answer;
  const spans = (['generate', 'score', 'total'] as const).flatMap((name) => {
    const milliseconds = timings[`${name}_ms`];
    return milliseconds === undefined ? [] : [`${t.timing[name]} ${duration(milliseconds)}`];
  });
  return (
    <section aria-label={t.choice} className="text-soft text-sm">
      <p>
        {t.policy(policy)} {reward_model === null ? t.unscored : t.scoredBy(reward_model, selection)}
      </p>
      {spans.length > 0 && (
        <p className="text-faint text-xs tabular-nums">
          {t.timings}: {spans.join(' · ')}
        </p>
      )}
    </section>
  );
}
