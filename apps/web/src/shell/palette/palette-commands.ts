import { useNavigate } from '@tanstack/react-router';
import { Languages, SunMoon } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { chooseLanguage } from '../../text/chosen-language.ts';
import { languageNames, languages } from '../../text/language.ts';
import { useText } from '../../text/use-text.ts';
import { pages } from '../pages.ts';
import { mayAct } from '../role-rank.ts';
import { useMe } from '../session.ts';
import { text } from '../text.ts';
import { chooseTheme, themes } from '../theme.ts';
import { type Command, pageCommands } from './commands.ts';

export interface CommandGroup {
  readonly value: string;
  readonly items: readonly Command[];
}

/** Everything the palette offers now: what the page can do, where one can go, theme and language. */
export function usePaletteCommands(): CommandGroup[] {
  const t = useText(text);
  const onScreen = useSyncExternalStore(pageCommands.watch, pageCommands.all);
  const under = (heading: string | null) =>
    onScreen.filter((one) => one.heading === heading).flatMap(({ commands }) => commands);
  const headings = new Set(onScreen.flatMap(({ heading }) => heading ?? []));
  const groups = [
    { value: t.palette.actions, items: under(null) },
    { value: t.palette.pages, items: usePageCommands() },
    ...[...headings].map((heading) => ({ value: heading, items: under(heading) })),
    { value: t.palette.preferences, items: usePreferenceCommands() },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

function usePageCommands(): Command[] {
  const t = useText(text);
  const { role } = useMe();
  const navigate = useNavigate();
  return pages
    .filter((page) => mayAct(role, page.role))
    .map(({ to, name, icon }) => ({
      id: `page:${to}`,
      label: t.pages[name],
      icon,
      run: () => void navigate({ to }),
    }));
}

function usePreferenceCommands(): Command[] {
  const t = useText(text);
  return [
    ...themes.map((theme) => ({
      id: `theme:${theme}`,
      label: t.palette.theme(t.themes[theme]),
      icon: SunMoon,
      run: () => chooseTheme(theme),
    })),
    ...languages.map((language) => ({
      id: `language:${language}`,
      label: t.palette.language(languageNames[language]),
      icon: Languages,
      run: () => chooseLanguage(language),
    })),
  ];
}
