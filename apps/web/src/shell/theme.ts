import { forget, remember } from './remembered.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const KEY = 'attune-theme';

/** The theme that was chosen, `system` unless one was. */
export function chosenTheme(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Shows a theme now and at the next visit; `public/theme.js` reads it before the first paint. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
    forget(KEY);
  } else {
    document.documentElement.dataset.theme = theme;
    remember(KEY, theme);
  }
}
