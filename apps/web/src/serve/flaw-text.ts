const flaws: Record<string, string> = {
  below_threshold: 'below the threshold',
  not_scored: 'not scored',
  too_short: 'too short',
  too_long: 'too long',
  repetitive: 'repeats itself',
  truncated: 'breaks off',
  language_mismatch: 'another language than the question',
};

/** Why a candidate falls short, in words. The server says `check:reason` or just a reason. */
export function flawText(failedCheck: string): string {
  const reason = failedCheck.slice(failedCheck.indexOf(':') + 1);
  return flaws[reason] ?? failedCheck.replaceAll('_', ' ').replace(':', ': ');
}

const losses: Record<string, string> = {
  scoring_unavailable: 'The reward model could not score, so the first sound candidate was delivered.',
  scoring_timeout: 'Scoring took too long, so the first sound candidate was delivered.',
  candidates_failed: 'Some candidates could not be written.',
  candidates_late: 'Some candidates came too late to be considered.',
};

/** Why an answer is less than it could be, a sentence per reason. The server joins its codes by commas. */
export function degradedTexts(degraded: string | null): string[] {
  const codes = (degraded ?? '').split(',').map((code) => code.trim());
  return codes.filter((code) => code !== '').map((code) => losses[code] ?? `${code.replaceAll('_', ' ')}.`);
}
