import type { Registry, TrainedModel } from '../needs.ts';

/** A registry that keeps in memory what it is given. */
export class CollectedModels {
  readonly registered: (TrainedModel & { modelId: string; artifactSha256: string })[] = [];

  registry(): Registry {
    return {
      register: async (model) => {
        const known = this.registered.find(({ jobId }) => jobId !== null && jobId === model.jobId);
        if (known !== undefined) return { modelId: known.modelId };
        const modelId = `${model.name}@1.${this.registered.length}.0`;
        this.registered.push({ ...model, modelId, artifactSha256: model.artifact?.sha256 ?? '' });
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
