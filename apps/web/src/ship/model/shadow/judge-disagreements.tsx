import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../shell/api.ts';
import { useSay } from '../../../shell/messages.tsx';
import { Confirm } from '../../../shell/parts/confirm.tsx';
import { useText } from '../../../text/use-text.ts';
import { text } from './text.ts';

/** Brings the clearest disagreements before blind judges. */
export function JudgeDisagreements({ id }: { id: string }) {
  const t = useText(text);
  const [pairs, setPairs] = useState('50');
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  const judge = useMutation({
    mutationFn: () => api.judgeShadow({ params: { id }, body: { pairs: Number(pairs) } }),
    onSuccess: async (given) => {
      await queries.invalidateQueries({ queryKey: ['models'] });
      say(t.given(given.pairs));
    },
    onError: sayError,
  });
  return (
    <Confirm
      trigger={
        <button type="button" className="line-button">
          <Scale aria-hidden className="size-4" /> {t.judge}
        </button>
      }
      title={t.judge}
      about={t.judgeAbout}
      action={t.judge}
      onConfirm={() =>
        judge.mutateAsync().then(
          () => true,
          () => false,
        )
      }
    >
      <label className="mt-4 block text-sm">
        {t.pairs}
        <input
          type="number"
          className="text-field mt-1"
          min={1}
          max={500}
          value={pairs}
          onChange={(event) => setPairs(event.target.value)}
        />
      </label>
    </Confirm>
  );
}
