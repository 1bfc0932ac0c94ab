import type { Experiment } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { api } from '../../../shell/api.ts';
import { useSay } from '../../../shell/messages.tsx';
import { Choice } from '../../../shell/parts/choice.tsx';
import { useText } from '../../../text/use-text.ts';
import { text as experimentText } from '../text.ts';
import { text } from './text.ts';

type Arm = Experiment['forced'][string];

/** Users and sessions that get an arm by hand. */
export function ForcedVariants({ experiment: { id, forced } }: { experiment: Experiment }) {
  const t = useText(text);
  const { arms } = useText(experimentText);
  const queries = useQueryClient();
  const { sayError } = useSay();
  const force = useMutation({
    mutationFn: (now: Experiment['forced']) => api.forceVariants({ params: { id }, body: { forced: now } }),
    onSuccess: (now) => queries.setQueryData(['experiments', id], now),
    onError: sayError,
  });
  const without = (who: string) => Object.fromEntries(Object.entries(forced).filter(([one]) => one !== who));
  return (
    <section>
      <h2 className="font-medium">{t.forced}</h2>
      <p className="mb-2 text-faint text-sm">{t.forcedAbout}</p>
      <div className="card p-5">
        {Object.keys(forced).length === 0 && <p className="mb-3 text-soft text-sm">{t.forcedNone}</p>}
        <ul className="mb-3 space-y-1 text-sm">
          {Object.entries(forced).map(([who, arm]) => (
            <li key={who} className="flex items-center gap-3">
              <span className="[overflow-wrap:anywhere]">{who}</span>
              <span className="chip">{arms[arm]}</span>
              <button
                type="button"
                aria-label={t.unforce(who)}
                className="quiet-button"
                disabled={force.isPending}
                onClick={() => force.mutate(without(who))}
              >
                <X aria-hidden className="size-4" />
              </button>
            </li>
          ))}
        </ul>
        <ForceForm busy={force.isPending} onForce={(who, arm) => force.mutate({ ...forced, [who]: arm })} />
      </div>
    </section>
  );
}

function ForceForm({ busy, onForce }: { busy: boolean; onForce: (who: string, arm: Arm) => void }) {
  const t = useText(text);
  const { arms } = useText(experimentText);
  const [who, setWho] = useState('');
  const [arm, setArm] = useState<Arm>('treatment');
  const send = (event: FormEvent) => {
    event.preventDefault();
    onForce(who.trim(), arm);
    setWho('');
  };
  return (
    <form className="flex flex-wrap gap-2" onSubmit={send}>
      <input
        aria-label={t.forcedWho}
        placeholder={t.forcedWho}
        className="text-field w-64"
        required
        pattern=".*\S.*"
        maxLength={200}
        value={who}
        onChange={({ target }) => setWho(target.value)}
      />
      <Choice
        label={t.forcedArm}
        options={[
          { value: 'treatment', label: arms.treatment },
          { value: 'control', label: arms.control },
        ]}
        value={arm}
        onValue={setArm}
      />
      <button type="submit" className="line-button" disabled={busy}>
        {t.force}
      </button>
    </form>
  );
}
