/** What people wait for. */
import { aimsText } from '../aims.ts';
import type { Bundle, Bundles } from '../bundles.ts';
import type { chat } from '../chat.ts';
import type { feedback } from '../feedback.ts';
import type { Interactions } from '../interactions.ts';
import type { review } from '../review.ts';
import { latencyTable, table } from './table.ts';

export function reviewText({ rows, embedded, results }: Awaited<ReturnType<typeof review>>): string {
  return `The review queue over ${rows.toLocaleString('en')} rows, milliseconds: pages of fifty with their count, then
what a reviewer waits for. Searched by meaning are ${embedded.toLocaleString('en')} of the rows.

${latencyTable('requests', results)}`;
}

export function chatText(latencies: Awaited<ReturnType<typeof chat>>): string {
  return `Milliseconds in Chromium, without a window, from the arrival of an answer's first words to their paint, in a
conversation that grows to ${latencies.n} questions.

${latencyTable('answers', [{ what: 'first words', ...latencies }])}

${aimsText([{ what: 'First words painted, p95', unit: 'ms', most: 100, measured: latencies.p95_ms }])}`;
}

export function feedbackText({ rows, results }: Awaited<ReturnType<typeof feedback>>): string {
  return `\`GET /api/feedback\` over ${rows.toLocaleString('en')} rows, page after page, milliseconds.

${latencyTable(
  'pages',
  results.map(({ filter, ...latencies }) => ({ what: filter, ...latencies })),
)}`;
}

export function interactionsText({ rows, database, results }: Interactions): string {
  const aims = results
    .filter(({ what }) => what.includes('decision to'))
    .map(({ what, p95_ms }) => ({ what: `${what}, p95`, unit: 'ms', most: 150, measured: p95_ms }));
  return `Milliseconds in Chromium, without a window, server and page on the same cores; a queue of ${rows.toLocaleString('en')} items on
${database}. From the time at which the browser got the key or the click (or began to load) to the task after the first
frame that shows the reaction. Decisions and votes without a pause come as soon as the last was painted.

${latencyTable('times', results)}

${aimsText(aims)}`;
}

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);

function weights(heading: string, bundles: readonly Bundle[]): string {
  return table(
    [heading, 'kB gzipped'],
    bundles.map(({ name, gzip_bytes }) => [name, kilobytes(gzip_bytes)]),
  );
}

function total(bundles: readonly Bundle[]): number {
  return bundles.reduce((sum, { gzip_bytes }) => sum + gzip_bytes, 0);
}

export function bundlesText({ first_load, pages, on_demand, react }: Bundles): string {
  const basic = react.find(({ name }) => name.includes('message-feedback'));
  return `The first visit loads ${kilobytes(total(first_load))} kB, gzipped, without fonts; browsers that take Brotli load less. With it one
can sign in and write a question; what draws answers (\`turns\`) follows meanwhile. What other pages add, when they are
opened first and nothing of theirs is there yet; pages that are not named add nothing:

${weights('first visit', first_load)}

${weights('page', pages)}

${weights('when something calls for it', on_demand)}

Entries of \`@attune/react\` with all that they import, without React:

${weights('entry', react)}

${aimsText([
  {
    what: 'The first visit',
    unit: 'kB',
    most: 200,
    measured: Number(kilobytes(total(first_load))),
  },
  {
    what: 'The basic widget',
    unit: 'kB',
    most: 15,
    measured: basic && Number(kilobytes(basic.gzip_bytes)),
  },
])}`;
}
