import type { Candidate } from '@attune/contracts';
import { Check } from 'lucide-react';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { ClippedText } from './clipped-text.tsx';
import { ScoreBar } from './score-bar.tsx';

/** A candidate: its score, how it was made, and its text unless that is the answer above. */
export function CandidateView({ candidate, delivered }: { candidate: Candidate; delivered: boolean }) {
  const t = useText(text).context;
  return (
    <li className={`rounded-xl border p-3 ${delivered ? 'border-accent bg-accent-wash/50' : 'border-line'}`}>
      <div className="mb-1 flex flex-wrap items-center gap-2">
        <ScoreBar score={candidate.reward_score} />
        <span className="chip">{candidate.generation_method.replaceAll('_', ' ')}</span>
        {delivered && (
          <span className="chip bg-accent font-medium text-on-accent">
            <Check aria-hidden className="size-3" strokeWidth={3} /> {t.delivered}
          </span>
        )}
        {candidate.failed_checks.map((check) => (
          <span key={check} className="chip bg-warn-wash text-warn">
            {check.replaceAll('_', ' ')}
          </span>
        ))}
      </div>
      {!delivered && <ClippedText longer={360}>{candidate.text}</ClippedText>}
    </li>
  );
}
