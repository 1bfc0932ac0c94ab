import type { Candidate } from '@attune/contracts';
import { Check } from 'lucide-react';
import { flawText, methodText } from '../../serve/answer-words.ts';
import { ClippedText } from '../../serve/model-text/clipped-text.tsx';
import { text as serveText } from '../../serve/text.ts';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { ScoreBar } from './score-bar.tsx';

/** A candidate: its score, how it was made, and its text unless that is the answer above. */
export function CandidateView({ candidate, delivered }: { candidate: Candidate; delivered: boolean }) {
  const t = useText(text).context;
  const serve = useText(serveText);
  return (
    <li className={`rounded-xl border p-3 ${delivered ? 'border-accent bg-accent-wash/50' : 'border-line'}`}>
      <div className="mb-1 flex flex-wrap items-center gap-2">
        <ScoreBar score={candidate.reward_score} />
        <span className="chip">{methodText(candidate.generation_method, serve.account.methods)}</span>
        {delivered && (
          <span className="chip bg-accent font-medium text-on-accent">
            <Check aria-hidden className="size-3" strokeWidth={3} /> {t.delivered}
          </span>
        )}
        {candidate.failed_checks.map((check) => (
          <span key={check} className="chip bg-warn-wash text-warn">
            {flawText(check, serve.did.flaws)}
          </span>
        ))}
      </div>
      {!delivered && <ClippedText longer={360}>{candidate.text}</ClippedText>}
    </li>
  );
}
