import type { SelfTestVerdict } from '@attune/contracts';

/** What people are told when equal arms differ. */
export function selfTestNotice(verdict: SelfTestVerdict, pValue: number | null, sampleRatio: number) {
  const isSplit = verdict === 'sample_ratio_mismatch';
  const value = isSplit ? sampleRatio : pValue;
  const what = isSplit
    ? 'users do not fill two equal arms evenly'
    : 'two arms that get the same differ in what people get or say';
  return {
    kind: 'self_test' as const,
    model: 'experiments',
    message: `The standing self-test of experiments: ${what} (p = ${value?.toPrecision(2)}). Do not trust results of experiments before somebody knows why.`,
    value,
    threshold: isSplit ? 0.001 : 0.01,
  };
}
