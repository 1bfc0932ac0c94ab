import type { Ramp } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../shell/api.ts';
import { useSay } from '../shell/messages.tsx';
import { Confirm } from '../shell/parts/confirm.tsx';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

/** Sends all traffic back to the model before, for those who may. */
export function RollBack({ ramp }: { ramp: Ramp }) {
  const t = useText(text).rollBack;
  const { role } = useMe();
  const [reason, setReason] = useState('');
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  const rollBack = useMutation({
    mutationFn: () => {
      const body = reason.trim() === '' ? {} : { reason: reason.trim() };
      return api.rollbackModel({ params: { id: ramp.model_id }, body });
    },
    onSuccess: async () => {
      say(t.done(ramp.model_id));
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['models'] }),
        queries.invalidateQueries({ queryKey: ['ramps'] }),
      ]);
    },
    onError: sayError,
  });
  if (!mayAct(role, 'trainer')) return null;
  const target = ramp.previous_model_id;
  return (
    <Confirm
      trigger={
        <button type="button" className="line-button">
          <Undo2 aria-hidden className="size-4" /> {t.action}
        </button>
      }
      title={t.title(ramp.model_id)}
      about={target === null ? t.aboutNone : t.about(target)}
      action={t.action}
      onConfirm={() =>
        rollBack.mutateAsync().then(
          () => true,
          () => false,
        )
      }
    >
      <label className="mt-4 block text-sm">
        {t.reason}
        <input
          className="text-field mt-1"
          maxLength={1000}
          placeholder={t.reasonHint}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
    </Confirm>
  );
}
