import type { AlertEvidence, AlertKind } from '@attune/contracts';
import type { AlertChange, Estimate } from '@attune/core';

/** What a look at one subject of a rule says. */
export interface Finding {
  readonly kind: AlertKind;
  readonly subject: string;
  readonly rewardModel: string | null;
  readonly change: AlertChange;
  readonly value: number;
  readonly threshold: number;
  readonly n: number;
  readonly evidence: readonly AlertEvidence[];
  readonly message: string;
}

/** An estimate as alerts show it; what is not bounded is null. */
export function evidenceOf(name: string, { value, ci: [low, high], n }: Estimate): AlertEvidence {
  const finite = (number: number) => (Number.isFinite(number) ? number : null);
  return { name, value: finite(value), ci: [finite(low), finite(high)], n };
}

/** `12.5 %` */
export function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
