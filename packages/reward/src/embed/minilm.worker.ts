import { parentPort, workerData } from 'node:worker_threads';
import { RewardError } from '../errors.ts';
import { loadMiniLmEmbedder } from './minilm-embedder.ts';
import type { FromReader, ReaderSetting, ToReader } from './reading-thread.ts';

const port = parentPort;
if (port === null) throw new Error('this program runs in a worker thread');
const { directory, encodedTokens }: ReaderSetting = workerData;
const send = (message: FromReader, memory: ArrayBuffer[] = []) => port.postMessage(message, memory);

try {
  const embedder = await loadMiniLmEmbedder(directory, { encodedTokens });
  port.on('message', async (message: ToReader) => {
    try {
      if (message.kind === 'close') {
        await embedder.close();
        port.close();
        return;
      }
      if (message.kind === 'embed') {
        for (const vector of await embedder.embed([message.text])) send({ type: 'vector', vector });
        return;
      }
      for (const encoding of await embedder.encode([message.text])) {
        // A text's token vectors lie in one piece of memory, which is handed over instead of copied.
        const memory = encoding.tokens[0]?.buffer;
        send({ type: 'encoding', encoding }, memory instanceof ArrayBuffer ? [memory] : []);
      }
    } catch (error) {
      send({ type: 'failed', code: null, message: String(error) });
    }
  });
  send({ type: 'ready', id: embedder.id, dimensions: embedder.dimensions });
} catch (error) {
  const code = error instanceof RewardError ? error.code : null;
  send({ type: 'failed', code, message: error instanceof Error ? error.message : String(error) });
}
