import type { Experiment } from '@attune/contracts';
import { Square } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../shell/api.ts';
import { Confirm } from '../../../shell/parts/confirm.tsx';
import { useText } from '../../../text/use-text.ts';
import { text } from './text.ts';
import { useExperimentChange } from './use-experiment-change.ts';

const winners = ['recommended', 'treatment', 'control', 'inconclusive'] as const;
type Winner = (typeof winners)[number];

/** Ends an experiment with a winner; a draft is discarded. */
export function EndExperiment({ experiment: { id, status } }: { experiment: Experiment }) {
  const t = useText(text).actions;
  const change = useExperimentChange();
  const [winner, setWinner] = useState<Winner>('recommended');
  const [reason, setReason] = useState('');
  const isDraft = status === 'draft';
  const body = {
    ...(winner !== 'recommended' && { winner }),
    ...(reason.trim() !== '' && { reason: reason.trim() }),
  };
  return (
    <Confirm
      trigger={
        <button type="button" className="line-button">
          <Square aria-hidden className="size-4" /> {isDraft ? t.discard : t.end}
        </button>
      }
      title={isDraft ? t.discardTitle : t.endTitle}
      about={isDraft ? t.discardAbout : t.endAbout}
      action={isDraft ? t.discard : t.end}
      onConfirm={() => change(() => api.endExperiment({ params: { id }, body }), t.ended)}
    >
      {!isDraft && <WinnerField winner={winner} onWinner={setWinner} />}
      <label className="mt-4 block text-sm">
        {t.reason}
        <input
          className="text-field mt-1"
          maxLength={1000}
          placeholder={t.reasonHint}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
    </Confirm>
  );
}

function WinnerField({ winner, onWinner }: { winner: Winner; onWinner: (winner: Winner) => void }) {
  const t = useText(text).actions;
  return (
    <label className="mt-4 block text-sm">
      {t.winner}
      <select
        className="text-field mt-1"
        value={winner}
        onChange={({ target }) => onWinner(winners.find((one) => one === target.value) ?? winner)}
      >
        {winners.map((one) => (
          <option key={one} value={one}>
            {t.winners[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
