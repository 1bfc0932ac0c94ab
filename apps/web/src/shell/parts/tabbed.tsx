import { Tabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly panel: ReactNode;
}

interface TabbedProps<Value extends string> {
  label: string;
  tabs: readonly Tab<Value>[];
  value: Value;
  onValue: (value: Value) => void;
}

/** Several views in one place; arrow keys move between their tabs. Keep the value in the address. */
export function Tabbed<Value extends string>({ label, tabs, value, onValue }: TabbedProps<Value>) {
  return (
    <Tabs.Root value={value} onValueChange={onValue}>
      <Tabs.List
        aria-label={label}
        activateOnFocus
        className="relative mb-6 flex gap-1 overflow-x-auto border-line border-b"
      >
        {tabs.map((tab) => (
          <Tabs.Tab
            key={tab.value}
            value={tab.value}
            className="min-h-10 whitespace-nowrap rounded-t-lg px-3 font-medium text-soft text-sm hover:text-ink data-active:text-accent-strong"
          >
            {tab.label}
          </Tabs.Tab>
        ))}
        <Tabs.Indicator className="absolute bottom-0 left-(--active-tab-left) h-0.5 w-(--active-tab-width) bg-accent transition-[left,width] duration-150" />
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.value} value={tab.value} className="outline-offset-4">
          {tab.panel}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
