import { type AlertRule, AlertSeverity } from '@attune/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../shell/api.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Field } from '../../shell/parts/field.tsx';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { channelsQuery } from './alert-queries.ts';
import { ChoiceField } from './choice-field.tsx';

const figures = ['threshold', 'window', 'minimum_n', 'hysteresis'] as const;
type Figures = Record<(typeof figures)[number], string>;

/** Changes the figures of a rule, how bad it is and whom it tells, or makes it what it is by default. */
export function EditRule({ rule }: { rule: AlertRule }) {
  const t = useText(text);
  const [open, setOpen] = useState(false);
  return (
    <PopupDialog
      title={t.alerts.kinds[rule.kind]}
      about={t.rules.about(rule)}
      open={open}
      onOpen={setOpen}
      trigger={
        <button type="button" className="line-button">
          {t.rules.edit}
        </button>
      }
    >
      <RuleForm rule={rule} onDone={() => setOpen(false)} />
    </PopupDialog>
  );
}

function RuleForm({ rule, onDone }: { rule: AlertRule; onDone: () => void }) {
  const t = useText(text).rules;
  const severities = useText(text).alerts.severities;
  const queries = useQueryClient();
  const [severity, setSeverity] = useState(rule.severity);
  const [channels, setChannels] = useState(rule.channels);
  const [typed, setTyped] = useState<Figures>(() => ({
    threshold: asText(rule.threshold),
    window: asText(rule.window),
    minimum_n: asText(rule.minimum_n),
    hysteresis: asText(rule.hysteresis),
  }));
  const done = async () => {
    await queries.invalidateQueries({ queryKey: ['alert-rules'] });
    onDone();
  };
  const { kind } = rule;
  const save = useMutation({
    mutationFn: () => {
      const told = figures.filter((name) => rule[name] !== null).map((name) => [name, Number(typed[name])]);
      const body = { severity, channels, ...Object.fromEntries(told) };
      return api.updateAlertRule({ params: { kind }, body });
    },
    onSuccess: done,
  });
  const reset = useMutation({
    mutationFn: () => api.resetAlertRule({ params: { kind } }),
    onSuccess: done,
  });
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {save.isError && <ErrorNotice error={save.error} />}
      {figures
        .filter((name) => rule[name] !== null)
        .map((name) => (
          <Field key={name} label={t.figures[name]} hint={t.figureHint(rule, name)}>
            {(input) => (
              <input
                {...input}
                className="text-field"
                required
                inputMode="decimal"
                value={typed[name]}
                onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
              />
            )}
          </Field>
        ))}
      <ChoiceField
        label={t.severity}
        options={AlertSeverity.options.map((value) => ({ value, label: severities[value] }))}
        value={severity}
        onValue={setSeverity}
      />
      <ChannelsField channels={channels} onChannels={setChannels} />
      <div className="flex justify-end gap-2">
        {rule.changed && (
          <button type="button" className="quiet-button" onClick={() => reset.mutate()}>
            {t.reset}
          </button>
        )}
        <button type="submit" className="main-button" disabled={save.isPending}>
          {t.save}
        </button>
      </div>
    </form>
  );
}

interface ChannelsFieldProps {
  channels: readonly string[] | null;
  onChannels: (channels: string[] | null) => void;
}

/** All channels, or some of them. */
function ChannelsField({ channels, onChannels }: ChannelsFieldProps) {
  const t = useText(text).rules;
  const known = useQuery(channelsQuery).data?.items ?? [];
  if (known.length === 0) return null;
  const chosen = channels ?? known.map(({ id }) => id);
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{t.channels}</legend>
      {known.map(({ id, name }) => (
        <label key={id} className="flex min-h-8 items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ target }) => {
              const next = target.checked ? [...chosen, id] : chosen.filter((one) => one !== id);
              onChannels(next.length === known.length ? null : next);
            }}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

function asText(value: number | null): string {
  return value === null ? '' : String(value);
}
