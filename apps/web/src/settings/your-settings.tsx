import { useState } from 'react';
import { singleKeysOn, switchSingleKeys } from '../shell/keys/single-keys.ts';
import { Choice } from '../shell/parts/choice.tsx';
import { ToggleSwitch } from '../shell/parts/toggle-switch.tsx';
import { useMe } from '../shell/session.ts';
import { text as shellText } from '../shell/text.ts';
import { chooseTheme, chosenTheme, type Theme, themes } from '../shell/theme.ts';
import { chooseLanguage } from '../text/chosen-language.ts';
import { languageNames, languages } from '../text/language.ts';
import { useLanguage, useText } from '../text/use-text.ts';
import { text } from './text.ts';

/** Who one is here, and how the page looks in this browser. */
export function YourSettings() {
  const t = useText(text).you;
  const { roles } = useText(shellText);
  const me = useMe();
  const facts = [
    [t.signedInAs, me.email ?? me.name],
    [t.role, roles[me.role]],
    [t.organization, me.organization],
  ] as const;
  return (
    <div className="grid max-w-xl gap-6">
      <dl className="card grid gap-2 p-5 text-sm">
        {facts.map(([label, value]) => (
          <div key={label} className="flex justify-between gap-6">
            <dt className="text-soft">{label}</dt>
            <dd className="font-medium [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
      <Looks />
    </div>
  );
}

function Looks() {
  const t = useText(text).you;
  const { themes: names } = useText(shellText);
  const language = useLanguage();
  const [theme, setTheme] = useState(chosenTheme);
  const [single, setSingle] = useState(singleKeysOn);
  const changeTheme = (chosen: Theme) => {
    chooseTheme(chosen);
    setTheme(chosen);
  };
  const changeSingle = (on: boolean) => {
    switchSingleKeys(on);
    setSingle(on);
  };
  return (
    <section className="card grid gap-3 p-5 text-sm">
      <div className="flex items-center justify-between gap-4">
        {t.language}
        <Choice
          label={t.language}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
          value={language}
          onValue={chooseLanguage}
        />
      </div>
      <div className="flex items-center justify-between gap-4">
        {t.theme}
        <Choice
          label={t.theme}
          options={themes.map((value) => ({ value, label: names[value] }))}
          value={theme}
          onValue={changeTheme}
        />
      </div>
      <ToggleSwitch label={t.single} on={single} onSwitch={changeSingle} />
      <p className="text-faint text-xs">{t.onlyHere}</p>
    </section>
  );
}
