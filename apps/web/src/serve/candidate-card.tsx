import type { Candidate } from '@attune/contracts';
import { Check, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { durationText, percentText } from '../shell/number-text.ts';
import { flawText } from './flaw-text.ts';
import { methodText } from './method-text.ts';
import { ModelText } from './model-text.tsx';
import type { RankedCandidate } from './ranked-candidates.ts';
import { RewardMeter } from './reward-meter.tsx';

/** One candidate: its score, how it was made, what speaks against it, and its text unless that is the answer. */
export function CandidateCard({ ranked, answer }: { ranked: RankedCandidate; answer: string | null }) {
  const { candidate, delivered } = ranked;
  return (
    <li
      className={`rounded-xl border p-4 ${delivered ? 'border-accent bg-accent-wash/50' : 'border-line bg-surface'}`}
      aria-label={delivered ? 'Delivered candidate' : 'Candidate'}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {candidate.reward_score === null ? (
          <span className="text-faint text-sm">not scored</span>
        ) : (
          <RewardMeter score={candidate.reward_score} />
        )}
        <span className="chip">{methodText(candidate.generation_method)}</span>
        <Standing ranked={ranked} />
        <Flaws candidate={candidate} />
      </div>
      <Body candidate={candidate} isAnswer={delivered && candidate.text === answer} />
      <p className="mt-2 text-faint text-xs tabular-nums">{factsOf(candidate).join(' · ')}</p>
    </li>
  );
}

function Body({ candidate: { text, error }, isAnswer }: { candidate: Candidate; isAnswer: boolean }) {
  if (error !== undefined) return <p className="mt-2 text-bad text-sm">{error.replaceAll('_', ' ')}</p>;
  if (isAnswer) return <p className="mt-2 text-soft text-sm">The answer above.</p>;
  return <ClippedText text={text} />;
}

function Standing({ ranked: { delivered, late, mergedAway } }: { ranked: RankedCandidate }) {
  if (delivered) {
    return (
      <span className="chip bg-accent font-medium text-on-accent">
        <Check aria-hidden className="size-3" strokeWidth={3} /> delivered
      </span>
    );
  }
  if (mergedAway) return <span className="chip">near-duplicate, merged</span>;
  return late ? <span className="chip">came too late</span> : null;
}

function Flaws({ candidate }: { candidate: Candidate }) {
  return candidate.failed_checks.map((check) => (
    <span key={check} className="chip bg-warn-wash text-warn">
      <TriangleAlert aria-hidden className="size-3" /> {flawText(check)}
    </span>
  ));
}

function factsOf({ latency_ms, tokens, propensity, merged, dimension_scores }: Candidate): string[] {
  const dimensions = Object.entries(dimension_scores ?? {}).map(
    ([name, score]) => `${name} ${score.toFixed(2)}`,
  );
  return [
    durationText(latency_ms),
    ...(tokens === null ? [] : [`${tokens} tokens`]),
    ...(propensity === null || propensity === 0 || propensity === 1
      ? []
      : [`chosen with ${percentText(propensity)}`]),
    ...(merged.length === 0
      ? []
      : [`stands for ${merged.length} near-duplicate${merged.length === 1 ? '' : 's'}`]),
    ...dimensions,
  ];
}

const LONG = 420;

/** Long texts are clipped until somebody wants to read them. */
function ClippedText({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  const long = text.length > LONG || text.split('\n').length > 8;
  return (
    <div className="mt-2.5">
      <div className={`text-sm [&_.prose-answer]:text-[0.9375rem] ${long && !open ? 'clipped' : ''}`}>
        <ModelText text={text} />
      </div>
      {long && (
        <button
          type="button"
          className="quiet-button -ml-2.5 mt-1"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Show less' : 'Show all'}
        </button>
      )}
    </div>
  );
}
