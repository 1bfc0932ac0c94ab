import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';

interface MenuChoiceProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string; lang?: string }[];
  value: Value;
  onValue: (value: Value) => void;
}

/** One of a few values, as a group of menu items with its name above. */
export function MenuChoice<Value extends string>({ label, options, value, onValue }: MenuChoiceProps<Value>) {
  return (
    <Menu.Group>
      <Menu.GroupLabel className="eyebrow px-2.5 pt-1 pb-1.5">{label}</Menu.GroupLabel>
      <Menu.RadioGroup value={value} onValueChange={onValue}>
        {options.map((option) => (
          <Menu.RadioItem
            key={option.value}
            value={option.value}
            closeOnClick={false}
            lang={option.lang}
            className="menu-item"
          >
            <span className="size-4">
              <Menu.RadioItemIndicator>
                <Check aria-hidden className="size-4 text-accent" />
              </Menu.RadioItemIndicator>
            </span>
            {option.label}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}
