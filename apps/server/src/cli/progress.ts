/** Says how far long work is: one line that rewrites itself on a terminal, silence elsewhere. */
export interface Progress {
  update(done: number, total: number | null, note?: string): void;
  /** Ends the line with what came of it. */
  finish(summary: string): void;
}

const WIDTH = 24;

function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
}

/** @param quiet say nothing at all, as with --json. */
export function startProgress(label: string, quiet = false): Progress {
  const terminal = process.stderr.isTTY === true && !quiet;
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  let lastShown = 0;
  return {
    update(done, total, note = '') {
      if (!terminal || performance.now() - lastShown < 80) return;
      lastShown = performance.now();
      const amount = total === null ? String(done) : `${bar(done / Math.max(1, total))} ${done}/${total}`;
      process.stderr.write(`\r\x1b[K  ${label.padEnd(22)} ${amount} ${note}`);
    },
    finish(summary) {
      if (quiet) return;
      const start = terminal ? '\r\x1b[K' : '';
      process.stderr.write(`${start}  ${label.padEnd(22)} ${summary} (${seconds()})\n`);
    },
  };
}
