import type { LearnPlatform } from '../learn.ts';
import type { Registry, TrainedModel } from '../needs.ts';

/** A registry that keeps in memory what it is given; the files lie in the platform's blobs, as with the real one. */
export class CollectedModels {
  readonly registered: (TrainedModel & { modelId: string; artifactSha256: string })[] = [];

  on({ blobs }: Pick<LearnPlatform, 'blobs'>): Registry {
    return {
      register: async (model) => {
        const known = this.registered.find(({ jobId }) => jobId === model.jobId);
        if (known !== undefined) return { modelId: known.modelId };
        const artifactSha256 = await blobs.put(model.artifact);
        const modelId = `${model.name}@1.${this.registered.length}.0`;
        this.registered.push({ ...model, modelId, artifactSha256 });
        return { modelId };
      },
      find: async (organization, nameOrId) => {
        const own = this.registered.filter((model) => model.organization === organization);
        return own.findLast(({ modelId, name }) => modelId === nameOrId || name === nameOrId) ?? null;
      },
    };
  }

  of(organization: string) {
    return this.registered.filter((model) => model.organization === organization);
  }
}
