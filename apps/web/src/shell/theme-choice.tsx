import { useState } from 'react';
import { useText } from '../text/use-text.ts';
import { MenuChoice } from './parts/menu-choice.tsx';
import { text } from './text.ts';
import { chooseTheme, chosenTheme, type Theme, themes } from './theme.ts';

/** The theme, as a group of menu items. */
export function ThemeChoice() {
  const t = useText(text);
  const [theme, setTheme] = useState(chosenTheme);
  const choose = (chosen: Theme) => {
    chooseTheme(chosen);
    setTheme(chosen);
  };
  const options = themes.map((value) => ({ value, label: t.themes[value] }));
  return <MenuChoice label={t.theme} options={options} value={theme} onValue={choose} />;
}
