import { Field } from '../../shell/parts/field.tsx';
import { TextField } from '../../shell/parts/text-field.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { BaseModelField } from './base-model-field.tsx';
import type { RecipeDraft } from './job-draft.ts';
import { SettingField } from './setting-field.tsx';
import { type RunRecipe, settingsOf } from './setting-shape.ts';
import { sentenceFor, settingText } from './setting-text.ts';

interface RecipeFieldsProps {
  draft: RecipeDraft;
  onChange: (change: Partial<RecipeDraft>) => void;
}

/** Which recipe trains; another one has settings of its own. */
export function RecipeField({
  recipes,
  draft: { recipe },
  onChange,
}: RecipeFieldsProps & { recipes: readonly RunRecipe[] }) {
  const t = useText(text);
  return (
    <Field label={t.recipe} hint={t.recipeHints[recipe]}>
      {(input) => (
        <select
          {...input}
          className="text-field"
          value={recipe}
          onChange={({ target }) =>
            onChange({ recipe: recipes.find((one) => one === target.value) ?? recipe, settings: {} })
          }
        >
          {recipes.map((one) => (
            <option key={one} value={one}>
              {t.recipes[one]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** What it begins with, where the recipe needs that, and what it makes. */
export function ModelFields({ draft, onChange }: RecipeFieldsProps) {
  const t = useText(text);
  return (
    <>
      {draft.recipe !== 'attune' && (
        <BaseModelField
          recipe={draft.recipe}
          value={draft.baseModel}
          onValue={(baseModel) => onChange({ baseModel })}
        />
      )}
      <TextField
        label={t.modelName}
        hint={t.modelNameHint}
        maxLength={200}
        value={draft.modelName}
        onValue={(modelName) => onChange({ modelName })}
      />
    </>
  );
}

/** Every setting of the recipe. */
export function SettingFields({ draft, onChange }: RecipeFieldsProps) {
  const t = useText(text);
  const words = useText(settingText);
  return (
    <fieldset className="card grid gap-4 p-5 sm:grid-cols-2 lg:grid-cols-3">
      <legend className="sr-only">{t.tabs.settings}</legend>
      {settingsOf(draft.recipe).map((setting) => (
        <SettingField
          key={`${draft.recipe}/${setting.name}`}
          setting={setting}
          about={sentenceFor(words, draft.recipe, setting.name)}
          value={draft.settings[setting.name] ?? ''}
          onValue={(value) => onChange({ settings: { ...draft.settings, [setting.name]: value } })}
        />
      ))}
    </fieldset>
  );
}
