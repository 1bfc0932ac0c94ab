import type { Model } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft, GitCompareArrows } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { BlendPanel } from '../blend/blend-panel.tsx';
import { DeployLink } from '../ramp/deploy-link.tsx';
import { ExamplesPanel } from './examples-panel.tsx';
import { FinalEvaluationPanel } from './final-evaluation-panel.tsx';
import { GatesPanel } from './gates-panel.tsx';
import { modelQuery } from './model-queries.ts';
import { NotesPanel } from './notes-panel.tsx';
import { OffPolicyPanel } from './off-policy/off-policy-panel.tsx';
import { EndpointPanel } from './policy/endpoint-panel.tsx';
import { ShadowPanel } from './shadow/shadow-panel.tsx';
import { text } from './text.ts';

/** One model: its gates, what people noted, and answers for a look by hand. */
export function ModelPage() {
  const t = useText(text);
  const { id } = useParams({ from: '/frame/models/$id' });
  const model = useQuery(modelQuery(id));
  return (
    <PageBody>
      <Link to="/models" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.back}
      </Link>
      {model.isError && <ErrorNotice error={model.error} onRetry={() => model.refetch()} />}
      {model.isPending && <Loading what={t.theModel} />}
      {model.data && <Panel model={model.data} />}
    </PageBody>
  );
}

function Panel({ model }: { model: Model }) {
  const t = useText(text);
  const { role } = useMe();
  return (
    <>
      <PageHead title={model.model_id} about={t.about(model.base_model)}>
        <DeployLink model={model} />
      </PageHead>
      {model.tags.length > 0 && (
        <ul className="mb-4 flex flex-wrap gap-2" aria-label={t.notes.tags}>
          {model.tags.map((tag) => (
            <li key={tag} className="chip">
              {tag}
            </li>
          ))}
        </ul>
      )}
      <div className="space-y-8">
        <EndpointPanel model={model} />
        <GatesPanel model={model} />
        <FinalEvaluationPanel model={model} />
        <ShadowPanel model={model} />
        <OffPolicyPanel model={model} />
        {mayAct(role, 'curator') && <ExamplesPanel id={model.id} />}
        {mayAct(role, 'curator') && <Compare model={model} />}
        <BlendPanel model={model} />
        <NotesPanel key={model.tags.join()} model={model} />
      </div>
    </>
  );
}

/** To the difference from another model. */
function Compare({ model }: { model: Model }) {
  const t = useText(text).diff;
  const navigate = useNavigate();
  const [other, setOther] = useState('');
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (other.trim() === '') return;
    void navigate({ to: '/models/$id/diff/$other', params: { id: model.id, other: other.trim() } });
  };
  return (
    <section aria-labelledby="compare" className="space-y-3">
      <h2 id="compare" className="font-medium font-serif text-xl">
        {t.heading}
      </h2>
      <form onSubmit={go} className="flex flex-wrap items-end gap-3">
        <label className="block text-sm">
          {t.other}
          <input
            className="text-field mt-1"
            placeholder="reward@1.0.0"
            value={other}
            onChange={(event) => setOther(event.target.value)}
          />
        </label>
        <button type="submit" className="line-button" disabled={other.trim() === ''}>
          <GitCompareArrows aria-hidden className="size-4" /> {t.action}
        </button>
      </form>
    </section>
  );
}
