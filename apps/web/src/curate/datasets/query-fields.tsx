import type { FeedbackSource, FeedbackStatus } from '@attune/contracts';
import { Field } from '../../shell/parts/field.tsx';
import { useText } from '../../text/use-text.ts';
import { methods } from '../pairs/pair-search.ts';
import { text as pairText } from '../pairs/text.ts';
import { type PairsTaken, pairsTaken, type QueryDraft } from './query-draft.ts';
import { text } from './text.ts';

const statuses = ['approved', 'pending', 'flagged', 'rejected'] as const satisfies FeedbackStatus[];
const sources = ['user', 'expert', 'model', 'import'] as const satisfies FeedbackSource[];

interface QueryFieldsProps {
  draft: QueryDraft;
  onDraft: (draft: QueryDraft) => void;
}

/** Which feedback and which pairs to take. Everything that is filled in must hold. */
export function QueryFields({ draft, onDraft }: QueryFieldsProps) {
  const t = useText(text);
  const names = useText(pairText).methods;
  const change = (part: Partial<QueryDraft>) => onDraft({ ...draft, ...part });
  const typed = (name: TypedName) => (value: string) => change({ [name]: value });
  return (
    <>
      <fieldset className="grid gap-4">
        <legend className="eyebrow mb-2">{t.create.feedback}</legend>
        <Boxes
          legend={t.create.statuses}
          {...(draft.statuses.length === 0 && { hint: t.create.noStatus })}
          options={statuses.map((value) => ({ value, label: t.feedbackStatuses[value] }))}
          chosen={draft.statuses}
          onChosen={(chosen) => change({ statuses: chosen })}
        />
        <Boxes
          legend={t.create.sources}
          {...(draft.sources.length === 0 && { hint: t.create.anySource })}
          options={sources.map((value) => ({ value, label: t.sources[value] }))}
          chosen={draft.sources}
          onChosen={(chosen) => change({ sources: chosen })}
        />
        <Typed label={t.create.tags} hint={t.create.tagsHint} value={draft.tags} onText={typed('tags')} />
        <div className="grid grid-cols-3 gap-3">
          <Typed
            label={t.create.lastDays}
            kind="number"
            value={draft.last_days}
            onText={typed('last_days')}
          />
          <Typed
            label={t.create.minRating}
            kind="number"
            value={draft.min_rating}
            onText={typed('min_rating')}
          />
          <Typed
            label={t.create.maxRating}
            kind="number"
            value={draft.max_rating}
            onText={typed('max_rating')}
          />
        </div>
        <div className="grid grid-cols-2 gap-3">
          <Typed label={t.create.after} kind="date" value={draft.after} onText={typed('after')} />
          <Typed label={t.create.before} kind="date" value={draft.before} onText={typed('before')} />
        </div>
        <Typed
          label={t.create.minAlpha}
          hint={t.create.minAlphaHint}
          kind="number"
          value={draft.min_alpha}
          onText={typed('min_alpha')}
        />
        <Typed label={t.create.annotator} value={draft.annotator} onText={typed('annotator')} />
        <Box
          label={t.create.includeUsed}
          on={draft.include_used}
          onSwitch={(include_used) => change({ include_used })}
        />
      </fieldset>
      <fieldset className="grid gap-3">
        <legend className="eyebrow mb-2">{t.columns.pairs}</legend>
        <PairsChoice taken={draft.pairs} onTaken={(pairs) => change({ pairs })} />
        {draft.pairs !== 'none' && (
          <>
            <Boxes
              legend={t.create.pairMethods}
              {...(draft.pair_methods.length === 0 && { hint: t.create.anyMethod })}
              options={methods.map((value) => ({ value, label: names[value] }))}
              chosen={draft.pair_methods}
              onChosen={(chosen) => change({ pair_methods: chosen })}
            />
            <Typed
              label={t.create.minStrength}
              kind="number"
              value={draft.min_strength}
              onText={typed('min_strength')}
            />
          </>
        )}
      </fieldset>
    </>
  );
}

function PairsChoice({ taken, onTaken }: { taken: PairsTaken; onTaken: (taken: PairsTaken) => void }) {
  const t = useText(text).create;
  return (
    <fieldset>
      <legend className="font-medium text-sm">{t.pairs}</legend>
      {pairsTaken.map((value) => (
        <label key={value} className="flex min-h-8 items-center gap-2 text-sm">
          <input type="radio" name="pairs" checked={taken === value} onChange={() => onTaken(value)} />
          {t.pairsTaken[value]}
        </label>
      ))}
    </fieldset>
  );
}

type TypedName = {
  [Name in keyof QueryDraft]: QueryDraft[Name] extends string ? Name : never;
}[keyof QueryDraft];

interface TypedProps {
  label: string;
  hint?: string;
  kind?: 'text' | 'number' | 'date';
  value: string;
  onText: (text: string) => void;
}

function Typed({ label, hint, kind = 'text', value, onText }: TypedProps) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(input) => (
        <input
          {...input}
          type={kind === 'date' ? 'date' : 'text'}
          {...(kind === 'number' && { inputMode: 'decimal' })}
          className="text-field min-h-9 py-1 text-sm"
          maxLength={500}
          value={value}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  );
}

interface BoxesProps<Value extends string> {
  legend: string;
  hint?: string;
  options: readonly { value: Value; label: string }[];
  chosen: readonly Value[];
  onChosen: (chosen: Value[]) => void;
}

function Boxes<Value extends string>({ legend, hint, options, chosen, onChosen }: BoxesProps<Value>) {
  return (
    <fieldset>
      <legend className="font-medium text-sm">{legend}</legend>
      <div className="flex flex-wrap gap-x-4">
        {options.map(({ value, label }) => (
          <Box
            key={value}
            label={label}
            on={chosen.includes(value)}
            onSwitch={(on) => onChosen(on ? [...chosen, value] : chosen.filter((one) => one !== value))}
          />
        ))}
      </div>
      {hint !== undefined && <p className="text-faint text-xs">{hint}</p>}
    </fieldset>
  );
}

function Box({ label, on, onSwitch }: { label: string; on: boolean; onSwitch: (on: boolean) => void }) {
  return (
    <label className="flex min-h-8 items-center gap-2 text-sm">
      <input type="checkbox" checked={on} onChange={(event) => onSwitch(event.target.checked)} />
      {label}
    </label>
  );
}
