import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { chooseTheme, chosenTheme, type Theme } from './theme.ts';

const themes: readonly { name: Theme; label: string }[] = [
  { name: 'system', label: 'As the system' },
  { name: 'light', label: 'Light' },
  { name: 'dark', label: 'Dark' },
];

/** The theme, as a group of menu items. */
export function ThemeChoice() {
  const [theme, setTheme] = useState(chosenTheme);
  const choose = (chosen: Theme) => {
    chooseTheme(chosen);
    setTheme(chosen);
  };
  return (
    <Menu.RadioGroup value={theme} onValueChange={choose} aria-label="Theme">
      {themes.map(({ name, label }) => (
        <Menu.RadioItem
          key={name}
          value={name}
          closeOnClick={false}
          className="flex min-h-9 items-center gap-2 rounded-lg px-2.5 text-sm outline-none data-highlighted:bg-sunken"
        >
          <span className="size-4">
            <Menu.RadioItemIndicator>
              <Check aria-hidden className="size-4 text-accent" />
            </Menu.RadioItemIndicator>
          </span>
          {label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
