import { TriangleAlert } from 'lucide-react';
import { useText } from '../text/use-text.ts';
import { degradedTexts, methodText } from './answer-words.ts';
import { RewardMeter } from './reward-meter.tsx';
import { text } from './text.ts';
import type { AnswerAccount } from './turn.ts';

/** What is known of an answer: its score, what chose it, how it was made, and what is wrong with it. */
export function AnswerFacts({ account }: { account: AnswerAccount }) {
  const t = useText(text);
  const cautions = [
    ...(account.warned ? [t.account.warned] : []),
    ...degradedTexts(account.degraded, t.account.degraded),
  ];
  return (
    <div className="space-y-2.5">
      {cautions.length > 0 && <Cautions texts={cautions} />}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-faint text-sm">
        {account.rewardScore !== null && <RewardMeter score={account.rewardScore} />}
        <span>
          {account.rewardModel === null ? t.account.noModel : t.account.chosenBy(account.rewardModel)}
        </span>
        {account.method !== null && (
          <>
            <span aria-hidden className="hidden sm:inline">
              ·
            </span>
            <span>{methodText(account.method, t.account.methods)}</span>
          </>
        )}
      </div>
    </div>
  );
}

function Cautions({ texts }: { texts: string[] }) {
  return (
    <div className="flex gap-2.5 rounded-xl bg-warn-wash px-3.5 py-2.5 text-sm">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div>
        {texts.map((caution) => (
          <p key={caution}>{caution}</p>
        ))}
      </div>
    </div>
  );
}
