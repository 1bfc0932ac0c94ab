import type { Model } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import { Rocket } from 'lucide-react';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** To the form that gives a model traffic, for those who may, where it has none. */
export function DeployLink({ model: { model_id, kind, status, endpoint } }: { model: Model }) {
  const t = useText(text);
  const { role } = useMe();
  const canAnswer = kind === 'policy' && endpoint !== null;
  if (
    (kind !== 'reward' && !canAnswer) ||
    status === 'archived' ||
    status === 'deployed' ||
    !mayAct(role, 'trainer')
  )
    return null;
  return (
    <Link
      to="/deploy/$model"
      params={{ model: model_id }}
      className="line-button order-last"
      aria-label={t.form.title(model_id)}
    >
      <Rocket aria-hidden className="size-4" /> {t.deploy}
    </Link>
  );
}
