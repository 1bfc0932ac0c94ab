import type { pairsFromFeedback, ResponseOf } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Sparkles } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { Choice } from '../../shell/parts/choice.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { useText } from '../../text/use-text.ts';
import { LeftOutList } from './left-out-list.tsx';
import { text } from './text.ts';

const madeFrom = ['direct', 'correction', 'comparison', 'absolute', 'multi_aspect'] as const;
const chosenStatuses = ['approved', 'pending'] as const;
const spans = ['', '7', '30', '90', '365'] as const;
const SHOWN = 5;

interface Plan {
  readonly methods: readonly (typeof madeFrom)[number][];
  readonly statuses: readonly (typeof chosenStatuses)[number][];
  readonly days: (typeof spans)[number];
}

const usual: Plan = {
  methods: ['direct', 'correction', 'comparison'],
  statuses: ['approved', 'pending'],
  days: '',
};

/** Makes pairs of the feedback that is there; one sees them before they are stored. */
export function PairsFromFeedback() {
  const t = useText(text);
  const [open, setOpen] = useState(false);
  return (
    <PopupDialog
      title={t.bulk.title}
      about={t.bulk.about}
      open={open}
      onOpen={setOpen}
      trigger={
        <button type="button" className="line-button">
          <Sparkles aria-hidden className="size-4" /> {t.fromFeedback}
        </button>
      }
    >
      <BulkForm onDone={() => setOpen(false)} />
    </PopupDialog>
  );
}

function ask({ methods, statuses, days }: Plan, dry_run: boolean) {
  const query = { statuses: [...statuses], ...(days !== '' && { last_days: Number(days) }) };
  return api.pairsFromFeedback({ body: { query, methods: [...methods], dry_run } });
}

function toggled<Value>(values: readonly Value[], value: Value): Value[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

function BulkForm({ onDone }: { onDone: () => void }) {
  const t = useText(text);
  const { say } = useSay();
  const queries = useQueryClient();
  const [plan, setPlan] = useState(usual);
  const preview = useMutation({ mutationFn: () => ask(plan, true) });
  const create = useMutation({
    mutationFn: () => ask(plan, false),
    onSuccess: async ({ created }) => {
      await queries.invalidateQueries({ queryKey: ['pairs'] });
      say(t.bulk.created(created));
      onDone();
    },
  });
  /** Another plan makes other pairs: what was previewed no longer holds. */
  const change = (part: Partial<Plan>) => {
    setPlan({ ...plan, ...part });
    preview.reset();
    create.reset();
  };
  const askable = plan.methods.length > 0 && plan.statuses.length > 0;
  const makes = preview.data?.makes ?? 0;
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (makes > 0) create.mutate();
        else preview.mutate();
      }}
    >
      <Boxes
        legend={t.bulk.methods}
        options={madeFrom.map((value) => ({ value, label: t.methods[value] }))}
        chosen={plan.methods}
        onToggle={(method) => change({ methods: toggled(plan.methods, method) })}
      />
      <Boxes
        legend={t.bulk.statuses}
        options={chosenStatuses.map((value) => ({ value, label: t.bulk[value] }))}
        chosen={plan.statuses}
        onToggle={(status) => change({ statuses: toggled(plan.statuses, status) })}
      />
      <p className="flex items-center gap-3 font-medium text-sm">
        {t.bulk.days}
        <Choice
          label={t.bulk.days}
          options={spans.map((value) => ({
            value,
            label: value === '' ? t.bulk.anyDays : t.bulk.dayCount(Number(value)),
          }))}
          value={plan.days}
          onValue={(days) => change({ days })}
        />
      </p>
      {(preview.isError || create.isError) && <ErrorNotice error={preview.error ?? create.error} />}
      {preview.isPending && <Loading what={t.bulk.looking} lines={2} />}
      {preview.isSuccess && <Made made={preview.data} />}
      <button
        type="submit"
        className="main-button justify-self-end"
        disabled={!askable || preview.isPending || create.isPending}
      >
        {makes > 0 ? t.bulk.create(makes) : t.bulk.preview}
      </button>
    </form>
  );
}

interface BoxesProps<Value extends string> {
  legend: string;
  options: readonly { value: Value; label: string }[];
  chosen: readonly Value[];
  onToggle: (value: Value) => void;
}

function Boxes<Value extends string>({ legend, options, chosen, onToggle }: BoxesProps<Value>) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{legend}</legend>
      <div className="flex flex-wrap gap-x-5">
        {options.map(({ value, label }) => (
          <label key={value} className="flex min-h-8 items-center gap-2 text-sm">
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Made({ made }: { made: ResponseOf<typeof pairsFromFeedback> }) {
  const t = useText(text);
  return (
    <div className="grid gap-3 text-sm">
      <p aria-live="polite" className="font-medium">
        {t.bulk.considered(made.considered)} · {made.makes === 0 ? t.bulk.none : t.bulk.makes(made.makes)}
      </p>
      {made.pairs.length > 0 && (
        <section>
          <h3 className="eyebrow">{t.bulk.first}</h3>
          <ul className="mt-1 divide-y divide-line">
            {made.pairs.slice(0, SHOWN).map((pair) => (
              <li key={pair.id} className="py-2">
                <p className="line-clamp-1 font-medium">{pair.query}</p>
                <p className="line-clamp-1 text-soft">
                  <span className="text-good">{t.chosen}:</span> {pair.chosen_response}
                </p>
                <p className="line-clamp-1 text-soft">
                  <span className="text-bad">{t.rejected}:</span> {pair.rejected_response}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <LeftOutList title={t.bulk.leftOut} rows={made.left_out} />
    </div>
  );
}
