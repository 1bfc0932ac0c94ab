import type { Overview } from '@attune/contracts';
import { useText } from '../../../text/use-text.ts';
import { type ExperimentDraft, neededReactions } from './experiment-draft.ts';
import { NumberField } from './number-field.tsx';
import { text } from './text.ts';

interface SizeFieldsProps {
  draft: ExperimentDraft;
  overview: Overview | null;
  onChange: (change: Partial<ExperimentDraft>) => void;
}

/** What the experiment is to be able to see, and how many reactions and days that takes. */
export function SizeFields({ draft, overview, onChange }: SizeFieldsProps) {
  const t = useText(text);
  return (
    <fieldset className="card grid gap-5 p-5 sm:grid-cols-2">
      <legend className="sr-only">{t.size}</legend>
      <NumberField
        label={t.baseline}
        hint={t.baselineHint}
        least={1}
        most={99}
        value={draft.baseline}
        onValue={(baseline) => onChange({ baseline })}
      />
      <NumberField
        label={t.effect}
        hint={t.effectHint}
        least={-90}
        most={900}
        value={draft.effect}
        onValue={(effect) => onChange({ effect })}
      />
      <p role="status" className="text-sm sm:col-span-2">
        <SizeWords draft={draft} overview={overview} />
      </p>
    </fieldset>
  );
}

function SizeWords({ draft, overview }: Omit<SizeFieldsProps, 'onChange'>) {
  const t = useText(text);
  const reactions = neededReactions(draft);
  if (reactions === null) return t.notTold;
  const perDay = reactionsPerDay(overview) * (Number(draft.traffic) / 100);
  const pace = perDay >= 1 ? t.pace(Math.round(perDay), Math.ceil(reactions / perDay)) : '';
  return `${t.needed(draft.effect, rounded(reactions))} ${pace}`;
}

function reactionsPerDay(overview: Overview | null): number {
  const days = overview?.days ?? [];
  return days.reduce((sum, { reactions }) => sum + reactions, 0) / Math.max(1, days.length);
}

/** Two figures are as much as a plan can promise. */
function rounded(reactions: number): number {
  return Number(reactions.toPrecision(2));
}
