import type { AttuneAnswer } from '@attune/contracts';
import { TriangleAlert } from 'lucide-react';
import { degradedTexts } from './flaw-text.ts';
import { methodText } from './method-text.ts';
import { RewardMeter } from './reward-meter.tsx';

/** What is known of an answer: its score, what chose it, how it was made, and what is wrong with it. */
export function AnswerFacts({ attune }: { attune: AttuneAnswer }) {
  const cautions = [...(attune.warning === null ? [] : [attune.warning]), ...degradedTexts(attune.degraded)];
  return (
    <div className="space-y-2.5">
      {cautions.length > 0 && <Cautions texts={cautions} />}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-faint text-sm">
        {attune.reward_score !== null && <RewardMeter score={attune.reward_score} />}
        <span>
          {attune.reward_model === null ? (
            'No reward model yet'
          ) : (
            <>
              chosen by <span className="text-soft">{attune.reward_model}</span>
            </>
          )}
        </span>
        <span aria-hidden className="hidden sm:inline">
          ·
        </span>
        <span>{methodText(attune.generation_method)}</span>
      </div>
    </div>
  );
}

function Cautions({ texts }: { texts: string[] }) {
  return (
    <div className="flex gap-2.5 rounded-xl bg-warn-wash px-3.5 py-2.5 text-sm">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div>
        {texts.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
    </div>
  );
}
