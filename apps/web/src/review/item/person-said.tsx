import { dimensions, type Feedback } from '@attune/contracts';
import { saidIn } from '@attune/react/headless';
import { ChangedText } from '../../collect/changed-text.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { type PartSaid, partSaid } from './part-said.ts';
import { SpokenItem } from './spoken-item.tsx';
import { Verdict } from './verdict.tsx';

/** Everything that a person said in one feedback. */
export function PersonSaid({ feedback }: { feedback: Feedback }) {
  const t = useText(text).said;
  const { dimensions: rated, reasons, comment, correction } = saidIn(feedback);
  const part = partSaid(feedback);
  const spoken = feedback.feedback_type === 'voice';
  const chips = [
    ...dimensions.flatMap((name) =>
      rated[name] === undefined ? [] : [`${t.dimensions[name]} ${rated[name]}/5`],
    ),
    ...reasons,
  ];
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-center gap-2">
        <Verdict feedback={feedback} />
        {chips.map((chip) => (
          <span key={chip} className="chip tabular-nums">
            {chip}
          </span>
        ))}
      </div>
      {spoken && <SpokenItem feedback={feedback} />}
      {part !== null && !spoken && <AboutPart part={part} />}
      {comment !== '' && !spoken && (
        <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">“{comment}”</p>
      )}
      {correction !== null && (
        <div className="border-accent border-l-2 pl-4">
          <p className="eyebrow mb-1">{t.correction}</p>
          <ChangedText before={feedback.response} after={correction} />
        </div>
      )}
    </div>
  );
}

function AboutPart({ part }: { part: PartSaid }) {
  const t = useText(text).said;
  const words = [
    part.mark === null ? null : t.marks[part.mark],
    part.label,
    part.severity === null ? null : t.severities[part.severity],
    part.verdict === null ? null : t.verdicts[part.verdict],
  ].filter((word) => word !== null);
  const title = titleOf(part, t);
  return (
    <div className="border-line border-l-2 pl-4 text-sm">
      {title !== null && <p className="eyebrow mb-1">{title}</p>}
      {part.quote !== null && <blockquote className="text-soft">“{part.quote}”</blockquote>}
      {words.length > 0 && <p>{words.join(' · ')}</p>}
      {part.comment !== null && <p className="whitespace-pre-wrap">“{part.comment}”</p>}
    </div>
  );
}

type SaidWords = (typeof text)['en']['said'];

function titleOf({ stepIndex, quote, verdict }: PartSaid, t: SaidWords): string | null {
  if (stepIndex !== null) return t.step(stepIndex);
  if (quote !== null) return t.note;
  return verdict === null ? t.voice : t.comparison;
}
