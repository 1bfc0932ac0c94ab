import type { Feedback } from '@attune/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useLanguage, useText } from '../text/use-text.ts';
import { useFeedbackLabels } from './feedback-labels.ts';
import { wordIn } from './kept-words.ts';
import { type ReadRemark, remarkIn } from './read-remark.ts';
import { recordingOf } from './recording-of.ts';
import { text } from './text.ts';
import { VoiceNote } from './voice-note.tsx';

/** Feedback on a part of an answer: a step, a passage, two candidates, or a recording. */
export function Remark({ feedback }: { feedback: Feedback }) {
  const remark = remarkIn(feedback);
  if (feedback.feedback_type === 'voice') return <Spoken feedback={feedback} />;
  return (
    <>
      {remark?.kind === 'step' && <MarkedStep remark={remark} />}
      {remark?.kind === 'note' && <NotedPassage remark={remark} />}
      {remark?.kind === 'comparison' && <Compared remark={remark} />}
      {feedback.text_feedback !== null && (
        <p className="whitespace-pre-wrap text-soft text-sm [overflow-wrap:anywhere]">
          “{feedback.text_feedback}”
        </p>
      )}
    </>
  );
}

function Spoken({ feedback }: { feedback: Feedback }) {
  const queries = useQueryClient();
  return (
    <VoiceNote
      note={feedback}
      recording={recordingOf}
      onAsked={() => queries.invalidateQueries({ queryKey: ['feedback'] })}
    />
  );
}

function MarkedStep({ remark }: { remark: Extract<ReadRemark, { kind: 'step' }> }) {
  const t = useText(text);
  return (
    <p className="text-sm">
      <span className="font-medium">{remark.title ?? t.step(remark.index + 1)}</span>{' '}
      <span className="chip">{t.marks[remark.mark]}</span>
    </p>
  );
}

function NotedPassage({ remark }: { remark: Extract<ReadRemark, { kind: 'note' }> }) {
  const labels = useFeedbackLabels();
  const language = useLanguage();
  return (
    <div className="text-sm">
      <blockquote className="border-accent border-l-2 pl-3 text-soft">{remark.quote}</blockquote>
      <p className="mt-1.5">
        <span className="font-medium">{wordIn(language, remark.label)}</span>{' '}
        <span className="chip">{labels.severities[remark.severity]}</span>
      </p>
    </div>
  );
}

function Compared({ remark }: { remark: Extract<ReadRemark, { kind: 'comparison' }> }) {
  const t = useText(text);
  const labels = useFeedbackLabels();
  const { verdict } = remark;
  const names = { left: t.compared.left, right: t.compared.right };
  return (
    <>
      {(verdict === 'tie' || verdict === 'both_bad') && (
        <p className="text-sm">{verdict === 'tie' ? labels.tie : labels.bothBad}</p>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        {(['left', 'right'] as const).map((side) => (
          <div key={side} className="rounded-xl border border-line p-3 text-sm">
            <p className="eyebrow mb-1">
              {names[side]}
              {verdict === side && ` · ${t.compared.chosen}`}
            </p>
            <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{remark[side]}</p>
          </div>
        ))}
      </div>
    </>
  );
}
