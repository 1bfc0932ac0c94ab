import { join } from 'node:path';
import { loadMiniLmEmbedder, loadStaticEmbedder, serialiseModel, trainPlain } from '@attune/reward';
import { modelsFolder } from '../../folders.ts';
import type { Blobs } from '../../platform/blobs/blobs.ts';
import type { LiveModel } from '../live-models.ts';

const topics = [
  'colds',
  'flu',
  'fever',
  'coughs',
  'headaches',
  'allergies',
  'burns',
  'cuts',
  'stress',
  'insomnia',
];
const good = (topic: string, n: number) =>
  `Rest, drink plenty of water and see a doctor if ${topic} last longer than ${n} days.`;
const bad = (topic: string, n: number) =>
  `I cannot say anything about ${topic}, sorry. Ask me ${n} other things.`;

const folder = modelsFolder({ ATTUNE_MODELS: undefined });
const embedders = {
  static: () => loadStaticEmbedder(join(folder, 'minilm-static-256')),
  minilm: () => loadMiniLmEmbedder(join(folder, 'all-MiniLM-L6-v2')),
} as const;
type EmbedderName = keyof typeof embedders;

const trained = new Map<EmbedderName, Promise<Uint8Array>>();

async function train(name: EmbedderName): Promise<Uint8Array> {
  const embedder = await embedders[name]();
  const ratings = topics.flatMap((topic) =>
    [2, 3, 4, 5].flatMap((n) => [
      { query: `What helps against ${topic}?`, response: good(topic, n), rating: 5 },
      { query: `What helps against ${topic}?`, response: bad(topic, n), rating: 1 },
    ]),
  );
  const model = await trainPlain(ratings, embedder, { seed: 1, resamples: 10 });
  await embedder.close();
  return serialiseModel(model);
}

/** A small reward model, really trained, that likes advice and dislikes refusals; stored and ready to be live. */
export async function storeTestModel(
  blobs: Blobs,
  modelId = 'model-1',
  embedder: EmbedderName = 'static',
): Promise<LiveModel> {
  const file = trained.get(embedder) ?? train(embedder);
  trained.set(embedder, file);
  return { modelId, artifactSha256: await blobs.put(await file) };
}

/** An answer that the model likes. */
export const GOOD =
  'Rest well, drink plenty of water, and see a doctor if it does not get better within three days.';
/** An answer that it does not like. */
export const BAD = 'I cannot say anything about that, sorry. Please ask me something else.';
/** Another of each, different enough not to be merged. */
export const FINE =
  'Drink water or tea, stay in bed, and see a doctor when the fever lasts longer than four days.';
export const POOR = 'Sorry, this is a question that I cannot answer. Is there any other thing I can say?';
