import type { Language } from './language.ts';

/** Words for a number of things; `#` stands for the number. Forms a language lacks are not asked for. */
export interface Plural {
  readonly one?: string;
  readonly other: string;
}

/** How one language writes numbers, times and plurals. */
export interface Formats {
  /** A count: `1,234`, from 100,000 on `123.5K`. */
  count(count: number): string;
  /** A number of things: `1 rating`, `1,234 ratings`. */
  plural(count: number, words: Plural): string;
  /** A number with a fixed number of decimals. */
  decimal(value: number, digits: number): string;
  /** A measurement of any size with four significant digits: `0.3175`, `2.000E-5`, `1,234`. */
  figure(value: number): string;
  /** A share of 0–1 in percent; small ones never read as nothing, large ones never as all. */
  percent(share: number): string;
  /** A signed difference with two decimals: `+0.25`, `−0.10`, `±0`. */
  difference(difference: number): string;
  /** A duration in milliseconds: `87 ms`, `1.3 s`. */
  duration(milliseconds: number): string;
  /** How long ago something was: in words, a date after a week. What is less than 45 s away is now. */
  ago(timestamp: string, now: Date): string;
  /** Date and time of day, in the reader's time zone. */
  moment(timestamp: string): string;
  /** A date, in the reader's time zone. */
  day(timestamp: string): string;
  /** `a, b and c`. */
  list(items: readonly string[]): string;
}

interface Habits {
  readonly locale: string;
  readonly justNow: string;
}

function formatsOf({ locale, justNow }: Habits): Formats {
  const whole = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const rules = new Intl.PluralRules(locale);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const conjunction = new Intl.ListFormat(locale, { type: 'conjunction' });

  const count = (value: number) => (value < 100_000 ? whole : compact).format(value);
  const decimal = (value: number, digits: number) =>
    value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const significant = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  const tiny = new Intl.NumberFormat(locale, { notation: 'scientific', maximumSignificantDigits: 4 });
  return {
    count,
    decimal,
    figure: (value) => (value !== 0 && Math.abs(value) < 1e-3 ? tiny : significant).format(value),
    plural: (value, words) => {
      const form = rules.select(value) === 'one' ? (words.one ?? words.other) : words.other;
      return form.replaceAll('#', () => count(value));
    },
    percent: (share) => {
      if (share > 0 && share < 0.01) return '<1 %';
      if (share > 0.99 && share < 1) return '>99 %';
      return `${Math.round(share * 100)} %`;
    },
    difference: (difference) => {
      if (Math.abs(difference) < 0.005) return '±0';
      return `${difference > 0 ? '+' : '−'}${decimal(Math.abs(difference), 2)}`;
    },
    duration: (milliseconds) => {
      if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
      return `${decimal(milliseconds / 1000, milliseconds < 10_000 ? 1 : 0)} s`;
    },
    ago: (timestamp, now) => {
      const seconds = (new Date(timestamp).getTime() - now.getTime()) / 1000;
      const age = Math.abs(seconds);
      if (age < 45) return justNow;
      if (age < 3600) return relative.format(Math.round(seconds / 60), 'minute');
      if (age < 86_400) return relative.format(Math.round(seconds / 3600), 'hour');
      if (age < 7 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day');
      return date.format(new Date(timestamp));
    },
    moment: (timestamp) => full.format(new Date(timestamp)),
    day: (timestamp) => date.format(new Date(timestamp)),
    list: (items) => conjunction.format(items),
  };
}

export const english = formatsOf({ locale: 'en', justNow: 'just now' });
export const vietnamese = formatsOf({ locale: 'vi', justNow: 'vừa xong' });
export const formats: Readonly<Record<Language, Formats>> = { en: english, vi: vietnamese };
