import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

/** More stops than any page has between two controls. */
const MOST_STOPS = 150;

/** What has the focus, in words. */
const STOP = `(() => {
  const { activeElement: at } = document;
  if (at === null || at === document.body) return { name: 'nothing', shown: true };
  const says = at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent ?? '';
  const name = at.tagName.toLowerCase() + ' “' + says.trim().replace(/\\s+/g, ' ').slice(0, 40) + '”';
  const isDrawn = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && outlineWidth !== '0px';
  };
  // What is itself unseen, as a file input is, shows the focus on what stands around it; a date's parts on themselves.
  return { name, shown: at.matches('[type=date]') || [at, at.parentElement].some(isDrawn) };
})()`;

/** The dialog around a control. Corner messages are dialogs too, but take no focus: F6 leads to them. */
const ITS_DIALOG =
  'xpath=ancestor::*[@role="dialog" or @role="alertdialog"][not(ancestor::*[@role="region"])][1]';

interface Stop {
  readonly name: string;
  /** Whether one sees where the focus is. */
  readonly shown: boolean;
}

/** A page that is used without a mouse. */
export interface Keyboard {
  /** Presses keys one after the other. */
  press(...keys: string[]): Promise<void>;
  type(text: string): Promise<void>;
  /**
   * Goes on with Tab until the focus stands there; fails with what it met, where the focus is unseen, and where a
   * dialog that opened does not take it.
   */
  tabTo(target: Locator): Promise<void>;
  /** The same backwards, with Shift+Tab. */
  tabBackTo(target: Locator): Promise<void>;
  /** Goes to a control and presses Enter. */
  enter(target: Locator): Promise<void>;
  /** Goes to a box, a radio button or a switch and presses Space. */
  toggle(target: Locator): Promise<void>;
  /** Goes to a field and writes over what is in it. */
  write(field: Locator, text: string): Promise<void>;
  /** Goes to a list of choices and chooses by the first letters. */
  choose(list: Locator, letters: string): Promise<void>;
  /** Fails when the focus is lost, as when what had it is gone and nothing took it over. */
  keepsFocus(): Promise<void>;
}

/** The keys of a page, for going through it as somebody does who has no mouse. */
export function keyboardOf(page: Page): Keyboard {
  const hasFocus = async (target: Locator) => (await target.and(page.locator(':focus')).count()) === 1;
  const stop = (): Promise<Stop> => page.evaluate(STOP);
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const until = async (holds: () => Promise<boolean>, otherwise: string) => {
    for (let looks = 0; looks < 100; looks += 1) {
      if (await holds()) return;
      await sleep(50);
    }
    assert.fail(otherwise);
  };
  const isLedIn = async (target: Locator) => {
    const dialog = target.locator(ITS_DIALOG);
    if ((await dialog.count()) === 0) return true;
    return (await dialog.locator(':focus').count()) === 1 || hasFocus(dialog);
  };
  const walk = async (key: 'Tab' | 'Shift+Tab', target: Locator) => {
    await target.waitFor();
    await until(() => isLedIn(target), `The focus does not come into the dialog with ${target}`);
    const met: string[] = [];
    while (met.length < MOST_STOPS) {
      if (await hasFocus(target)) return;
      await press(key);
      const { name, shown } = await stop();
      assert.ok(shown, `One does not see that the focus is on ${name}`);
      met.push(name);
    }
    assert.fail(`${key} does not lead to ${target}, but to: ${met.join(', ')}`);
  };
  const tabTo = (target: Locator) => walk('Tab', target);
  const type = (text: string) => page.keyboard.type(text);
  return {
    press,
    type,
    tabTo,
    tabBackTo: (target) => walk('Shift+Tab', target),
    enter: async (target) => {
      await tabTo(target);
      await press('Enter');
    },
    toggle: async (target) => {
      await tabTo(target);
      await press('Space');
    },
    write: async (field, text) => {
      await tabTo(field);
      await press('Control+a');
      await type(text);
    },
    choose: async (list, letters) => {
      await tabTo(list);
      await type(letters);
    },
    keepsFocus: async () => {
      await until(async () => (await stop()).name !== 'nothing', 'The focus is lost.');
      const { name, shown } = await stop();
      assert.ok(shown, `One does not see that the focus is on ${name}`);
    },
  };
}
