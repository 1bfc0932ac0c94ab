import type { Ramp } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../shell/api.ts';
import { Confirm } from '../shell/confirm.tsx';
import { useSay } from '../shell/messages.tsx';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';

/** Sends all traffic back to the model before, for those who may. */
export function RollBack({ ramp }: { ramp: Ramp }) {
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
      say(`Rolled back ${ramp.model_id}`);
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['models'] }),
        queries.invalidateQueries({ queryKey: ['ramps'] }),
      ]);
    },
    onError: sayError,
  });
  if (!mayAct(role, 'trainer')) return null;
  const target = ramp.previous_model_id ?? 'no reward model';
  return (
    <Confirm
      trigger={
        <button type="button" className="line-button">
          <Undo2 aria-hidden className="size-4" /> Roll back
        </button>
      }
      title={`Roll back ${ramp.model_id}?`}
      about={`All traffic goes back to ${target}, on every replica within 5 seconds.`}
      action="Roll back"
      onConfirm={() =>
        rollBack.mutateAsync().then(
          () => true,
          () => false,
        )
      }
    >
      <label className="mt-4 block text-sm">
        Reason
        <input
          className="text-field mt-1"
          maxLength={1000}
          placeholder="Kept in the audit log"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
    </Confirm>
  );
}
