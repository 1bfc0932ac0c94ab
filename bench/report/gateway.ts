import { aimsText } from '../aims.ts';
import type { gateway } from '../gateway.ts';
import type { Latencies } from '../load/latencies.ts';
import { table, times } from './table.ts';

function middleAndTail({ p50_ms, p99_ms }: Latencies): string {
  return `${p50_ms} / ${p99_ms}`;
}

export function gatewayText({ results, left_out }: Awaited<ReturnType<typeof gateway>>): string {
  const bare = results.find(({ name }) => name.startsWith('bare'));
  const loops = results.map(({ name, at_1000_per_second: rate, closed_loop }) => [
    name,
    middleAndTail(rate),
    middleAndTail(rate.from_send),
    ...closed_loop.map(({ p50_ms, p99_ms, per_second }) => `${p50_ms} / ${p99_ms}, ${per_second}/s`),
    times(closed_loop.at(-1)?.per_second ?? 0, bare?.closed_loop.at(-1)?.per_second),
  ]);
  const streams = results.flatMap(({ name, streaming }) =>
    streaming === null ? [] : [[name, ...[streaming.first_byte, streaming.per_piece].map(middleAndTail)]],
  );
  const heading = [
    '',
    'at 1,000/s, from when it was due',
    'from when it was sent',
    '1 connection',
    '16 connections',
    '64 connections',
    'throughput to bare proxy',
  ];
  return `Milliseconds p50 / p99 (and answers a second), the upstream's own time included.

${table(heading, loops)}

Streaming, 20 pieces a stream, one stream after the other:

${table(['', 'first byte', 'a piece'], streams)}
${left_out.map((reason) => `\nLeft out: ${reason.replace(/\s+/g, ' ')}.`).join('\n')}

${gatewayAims(results)}`;
}

function gatewayAims(results: Awaited<ReturnType<typeof gateway>>['results']): string {
  const ours = results.find(({ name }) => name === 'attune on PostgreSQL');
  const rate = ours?.at_1000_per_second;
  const what = 'On PostgreSQL';
  return aimsText([
    { what: `${what} at 1,000/s, p50`, unit: 'ms', most: 0.8, measured: rate?.p50_ms },
    { what: `${what} at 1,000/s, p99`, unit: 'ms', most: 3.5, measured: rate?.p99_ms },
    {
      what: `${what} with 64 connections`,
      unit: 'answers a second',
      least: 5000,
      measured: ours?.closed_loop.at(-1)?.per_second,
    },
  ]);
}
