import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Field } from '../../shell/parts/field.tsx';
import { useText } from '../../text/use-text.ts';
import { madeModelsQuery } from '../job-queries.ts';
import { text } from '../text.ts';
import { ownModelsFor } from './own-models.ts';
import type { RunRecipe } from './setting-shape.ts';

/** What a run begins with: a model of the hub, a folder, or one of one's own, which are offered. */
export function BaseModelField({
  recipe,
  value,
  onValue,
}: {
  recipe: RunRecipe;
  value: string;
  onValue: (value: string) => void;
}) {
  const t = useText(text);
  const made = useQuery(madeModelsQuery());
  const offered = useId();
  return (
    <Field label={t.baseModel} hint={t.baseModelHint}>
      {(input) => (
        <>
          <input
            {...input}
            className="text-field"
            required
            maxLength={500}
            list={offered}
            value={value}
            onChange={({ target }) => onValue(target.value)}
          />
          <datalist id={offered}>
            {ownModelsFor(recipe, made.data?.items ?? []).map((model) => (
              <option key={model} value={model} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
