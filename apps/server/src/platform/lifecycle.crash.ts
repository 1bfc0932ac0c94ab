import { Lifecycle } from './lifecycle.ts';
import { silentLog } from './log.ts';

// Run by a test as a process of its own: says what it closes, and hangs in one part where it is told to.
const lifecycle = new Lifecycle({
  log: silentLog,
  deadlineMs: process.argv[2] === 'hangs-briefly' ? 50 : 60_000,
});
const hangs = process.argv[2]?.startsWith('hangs') === true;
const say = (text: string) => void process.stdout.write(`${text} `);
lifecycle.onClose('database', () => say('database'));
lifecycle.onClose('queue', () => (hangs ? new Promise(() => say('queue')) : say('queue')));
lifecycle.onClose('http', async () => say('http'));
lifecycle.closeOnSignals();
setInterval(() => undefined, 1000);
say('ready');
