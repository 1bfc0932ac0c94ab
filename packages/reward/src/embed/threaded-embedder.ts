import type { Embedder } from './embedder.ts';
import { type ReaderSetting, ReadingThread } from './reading-thread.ts';

/**
 * An embedder whose texts are read by several threads, each text by one of them and alone, so that its values are
 * those of a single thread. More texts at once than threads wait for their turn.
 * @throws RewardError `model_damaged`
 */
export async function threadedEmbedder(setting: ReaderSetting, threads: number): Promise<Embedder> {
  const readers = Array.from({ length: threads }, () => new ReadingThread(setting));
  const close = async () => {
    await Promise.all(readers.map((reader) => reader.close()));
  };
  try {
    const [first] = await Promise.all(readers.map((reader) => reader.ready()));
    if (first === undefined) throw new RangeError('at least one thread is needed');
    const byOne = takingTurns(readers);
    return {
      id: first.id,
      dimensions: first.dimensions,
      embed: (texts) => Promise.all(texts.map((text) => byOne((reader) => reader.embed(text)))),
      encode: (texts) => Promise.all(texts.map((text) => byOne((reader) => reader.encode(text)))),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Gives each piece of work a reader that is free, in the order in which it was asked for. */
function takingTurns(readers: readonly ReadingThread[]) {
  const free = [...readers];
  const waiting: ((reader: ReadingThread) => void)[] = [];
  return async <Result>(work: (reader: ReadingThread) => Promise<Result>): Promise<Result> => {
    const reader = free.pop() ?? (await new Promise<ReadingThread>((resolve) => waiting.push(resolve)));
    try {
      return await work(reader);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free.push(reader);
      else next(reader);
    }
  };
}
