import type { RetrainingRule } from '@attune/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Field } from '../../shell/parts/field.tsx';
import { TextField } from '../../shell/parts/text-field.tsx';
import { useText } from '../../text/use-text.ts';
import { ModelFields, RecipeField, SettingFields } from '../new-job/recipe-fields.tsx';
import { type RuleDraft, ruleBody, ruleRecipes } from './rule-draft.ts';
import { text } from './text.ts';

interface RuleFormProps {
  start: RuleDraft;
  /** The rule that is changed; null for a new one. */
  rule: RetrainingRule | null;
}

/** When a rule starts, what it trains, and its limits. */
export function RuleForm({ start, rule }: RuleFormProps) {
  const t = useText(text);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { say } = useSay();
  const [draft, setDraft] = useState(start);
  const set = (change: Partial<RuleDraft>) => setDraft((now) => ({ ...now, ...change }));
  const save = useMutation({
    mutationFn: async () => {
      const body = ruleBody(draft, rule);
      if (rule === null) return await api.createRetrainingRule({ body });
      return await api.updateRetrainingRule({
        params: { id: rule.id },
        body: { ...body, paused: rule.paused },
      });
    },
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['retraining'] });
      say(t.saved);
      void navigate({ to: '/training/rules/$id', params: { id } });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="grid gap-6" onSubmit={send}>
      <TriggerFields draft={draft} onChange={set} />
      <div className="card grid gap-5 p-5 sm:grid-cols-2">
        <RecipeField recipes={ruleRecipes} draft={draft} onChange={set} />
        <ModelFields draft={draft} onChange={set} />
        <Optional
          label={t.minimum}
          hint={t.minimumHint}
          value={draft.minimum}
          onValue={(minimum) => set({ minimum })}
        />
        <EvaluationSetField value={draft.evaluationSet} onValue={(evaluationSet) => set({ evaluationSet })} />
        <Optional
          label={t.shadowShare}
          hint={t.shadowShareHint}
          value={draft.shadowShare}
          onValue={(shadowShare) => set({ shadowShare })}
        />
        <TextField label={t.hours} maxLength={10} value={draft.hours} onValue={(hours) => set({ hours })} />
        <Optional
          label={t.monthlyCost}
          hint={t.monthlyCostHint}
          value={draft.monthlyCost}
          onValue={(monthlyCost) => set({ monthlyCost })}
        />
      </div>
      <SettingFields draft={draft} onChange={set} />
      {save.isError && <ErrorNotice error={save.error} />}
      <div>
        <button type="submit" className="main-button" disabled={save.isPending}>
          {t.save}
        </button>
      </div>
    </form>
  );
}

function TriggerFields({
  draft,
  onChange,
}: {
  draft: RuleDraft;
  onChange: (change: Partial<RuleDraft>) => void;
}) {
  const t = useText(text);
  return (
    <div className="card grid gap-5 p-5 sm:grid-cols-2">
      <TextField
        label={t.name}
        hint={t.nameHint}
        maxLength={100}
        value={draft.name}
        onValue={(name) => onChange({ name })}
      />
      <Optional
        label={t.afterRatings}
        hint={t.afterRatingsHint}
        value={draft.ratings}
        onValue={(ratings) => onChange({ ratings })}
      />
      <Optional
        label={t.belowAccuracy}
        hint={t.belowAccuracyHint}
        value={draft.accuracy}
        onValue={(accuracy) => onChange({ accuracy })}
      />
      {draft.accuracy !== '' && (
        <TextField
          label={t.labels}
          hint={t.labelsHint}
          maxLength={10}
          value={draft.labels}
          onValue={(labels) => onChange({ labels })}
        />
      )}
      <Optional label={t.cron} hint={t.cronHint} value={draft.cron} onValue={(cron) => onChange({ cron })} />
      <TextField
        label={t.timeZone}
        maxLength={100}
        value={draft.timeZone}
        onValue={(timeZone) => onChange({ timeZone })}
      />
    </div>
  );
}

interface OptionalProps {
  label: string;
  hint: string;
  value: string;
  onValue: (value: string) => void;
}

/** A line that may stay empty. */
function Optional({ label, hint, value, onValue }: OptionalProps) {
  return (
    <Field label={label} hint={hint}>
      {(input) => (
        <input
          {...input}
          className="text-field"
          maxLength={100}
          value={value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </Field>
  );
}

/** Only what is frozen can measure. */
function EvaluationSetField({ value, onValue }: { value: string; onValue: (name: string) => void }) {
  const t = useText(text);
  const datasets = useQuery({
    queryKey: ['datasets', 'frozen'],
    queryFn: ({ signal }) => api.listDatasets({ query: { limit: 200, archived: 'false' } }, { signal }),
  });
  const frozen = (datasets.data?.items ?? []).filter(({ content_hash }) => content_hash !== null);
  const isListed = value === '' || frozen.some(({ id }) => id === value);
  return (
    <Field label={t.evaluationSet} hint={t.evaluationSetHint}>
      {(input) => (
        <select
          {...input}
          className="text-field"
          value={value}
          onChange={({ target }) => onValue(target.value)}
        >
          <option value="">{t.ownHeldOut}</option>
          {!isListed && <option value={value}>{value}</option>}
          {frozen.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
