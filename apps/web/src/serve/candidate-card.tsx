import type { Candidate } from '@attune/contracts';
import { Check, TriangleAlert } from 'lucide-react';
import { useFormats, useText } from '../text/use-text.ts';
import { flawText, methodText } from './answer-words.ts';
import { ClippedText } from './model-text/clipped-text.tsx';
import type { RankedCandidate } from './ranked-candidates.ts';
import { RewardMeter } from './reward-meter.tsx';
import { text } from './text.ts';

/** One candidate: its score, how it was made, what speaks against it, and its text unless that is the answer. */
export function CandidateCard({ ranked, answer }: { ranked: RankedCandidate; answer: string | null }) {
  const t = useText(text);
  const { candidate, delivered } = ranked;
  return (
    <li
      className={`rounded-xl border p-4 ${delivered ? 'border-accent bg-accent-wash/50' : 'border-line bg-surface'}`}
      aria-label={delivered ? t.did.deliveredCandidate : t.did.candidate}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {candidate.reward_score === null ? (
          <span className="text-faint text-sm">{t.did.notScored}</span>
        ) : (
          <RewardMeter score={candidate.reward_score} />
        )}
        <span className="chip">{methodText(candidate.generation_method, t.account.methods)}</span>
        <Standing ranked={ranked} />
        <Flaws candidate={candidate} />
      </div>
      <Body candidate={candidate} isAnswer={delivered && candidate.text === answer} />
      <Facts candidate={candidate} />
    </li>
  );
}

function Body({ candidate, isAnswer }: { candidate: Candidate; isAnswer: boolean }) {
  const t = useText(text).did;
  if (candidate.error !== undefined) {
    return <p className="mt-2 text-bad text-sm">{candidate.error.replaceAll('_', ' ')}</p>;
  }
  if (isAnswer) return <p className="mt-2 text-soft text-sm">{t.answerAbove}</p>;
  return (
    <div className="mt-2.5">
      <ClippedText>{candidate.text}</ClippedText>
    </div>
  );
}

function Standing({ ranked: { delivered, late, mergedAway } }: { ranked: RankedCandidate }) {
  const t = useText(text).did;
  if (delivered) {
    return (
      <span className="chip bg-accent font-medium text-on-accent">
        <Check aria-hidden className="size-3" strokeWidth={3} /> {t.delivered}
      </span>
    );
  }
  if (mergedAway) return <span className="chip">{t.merged}</span>;
  return late ? <span className="chip">{t.late}</span> : null;
}

function Flaws({ candidate }: { candidate: Candidate }) {
  const { flaws } = useText(text).did;
  return candidate.failed_checks.map((check) => (
    <span key={check} className="chip bg-warn-wash text-warn">
      <TriangleAlert aria-hidden className="size-3" /> {flawText(check, flaws)}
    </span>
  ));
}

function Facts({ candidate }: { candidate: Candidate }) {
  const t = useText(text).did;
  const { duration, decimal } = useFormats();
  const { latency_ms, tokens, propensity, merged, dimension_scores } = candidate;
  const drawn = propensity !== null && propensity > 0 && propensity < 1;
  const facts = [
    duration(latency_ms),
    ...(tokens === null ? [] : [t.tokens(tokens)]),
    ...(drawn ? [t.chance(propensity)] : []),
    ...(merged.length === 0 ? [] : [t.standsFor(merged.length)]),
    ...Object.entries(dimension_scores ?? {}).map(([name, score]) => `${name} ${decimal(score, 2)}`),
  ];
  return <p className="mt-2 text-faint text-xs tabular-nums">{facts.join(' · ')}</p>;
}
