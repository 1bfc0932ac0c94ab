import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ghost } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../shell/api.ts';
import { useSay } from '../../../shell/messages.tsx';
import { Confirm } from '../../../shell/parts/confirm.tsx';
import { useText } from '../../../text/use-text.ts';
import { text } from './text.ts';

/** Starts a shadow run, with what it may cost. */
export function StartShadow({ id }: { id: string }) {
  const t = useText(text);
  const [percent, setPercent] = useState('10');
  const [perHour, setPerHour] = useState('600');
  const [most, setMost] = useState('2000');
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  const start = useMutation({
    mutationFn: () =>
      api.startShadow({
        params: { id },
        body: {
          share: Number(percent) / 100,
          answers_per_hour: Number(perHour),
          max_answers: Number(most),
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['models', 'shadow', id] });
      say(t.started);
    },
    onError: sayError,
  });
  return (
    <Confirm
      trigger={
        <button type="button" className="line-button">
          <Ghost aria-hidden className="size-4" /> {t.start}
        </button>
      }
      title={t.start}
      about={t.startAbout}
      action={t.start}
      onConfirm={() =>
        start.mutateAsync().then(
          () => true,
          () => false,
        )
      }
    >
      <div className="mt-4 space-y-3">
        <Amount label={t.share} least={0.1} most={100} value={percent} onValue={setPercent} />
        <Amount label={t.perHour} least={1} most={36_000} value={perHour} onValue={setPerHour} />
        <Amount label={t.most} least={1} most={20_000} value={most} onValue={setMost} />
      </div>
    </Confirm>
  );
}

interface AmountProps {
  label: string;
  least: number;
  most: number;
  value: string;
  onValue: (value: string) => void;
}

function Amount({ label, least, most, value, onValue }: AmountProps) {
  return (
    <label className="block text-sm">
      {label}
      <input
        type="number"
        className="text-field mt-1"
        min={least}
        max={most}
        step="any"
        value={value}
        onChange={(event) => onValue(event.target.value)}
      />
    </label>
  );
}
