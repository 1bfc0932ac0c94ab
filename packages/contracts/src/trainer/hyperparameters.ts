import { z } from 'zod';

const positive = z.number().positive();
const count = z.number().int().min(1);
const share = z.number().min(0).max(1);

/** A low-rank adapter beside frozen weights (Hu et al. 2021, arXiv:2106.09685); null trains all weights. */
export const LoraSettings = z
  .strictObject({
    rank: count.max(1024).default(16),
    alpha: positive.default(32),
    dropout: share.default(0),
    /** Names of the linear layers that get an adapter; all of them where none is named. */
    targets: z.array(z.string().min(1)).default([]),
  })
  .nullable()
  .default(null);

/** What every recipe optimises with: AdamW, clipped gradients, linear warm-up, then cosine. */
const optimisation = {
  seed: z.number().int().min(0).max(2_147_483_647).default(1),
  batch_size: count.max(4096).default(16),
  /** Batches whose gradients are added up before a step; a step sees batch_size × this many rows. */
  accumulation: count.max(1024).default(1),
  weight_decay: z.number().min(0).default(0.01),
  /** Steps of linear warm-up; at most `warmup_cap` of the run. */
  warmup_steps: z.number().int().min(0).default(500),
  warmup_cap: share.default(0.1),
  max_grad_norm: positive.default(1),
  precision: z.enum(['fp32', 'bf16']).default('fp32'),
  lora: LoraSettings,
  /** Optimiser steps between checkpoints. */
  checkpoint_every: count.default(200),
  /** Threads of the CPU; 0 leaves it to torch. */
  threads: z.number().int().min(0).max(256).default(0),
};

const learningRate = (otherwise: number) => positive.max(1).default(otherwise);
const epochs = (otherwise: number) => z.number().positive().max(100).default(otherwise);
const tokens = (otherwise: number) => z.number().int().min(8).max(131_072).default(otherwise);

/** Reward model: `α · MSE on ratings + β · −log σ(difference − margin)` on pairs. */
export const RewardSettings = z
  .strictObject({
    ...optimisation,
    architecture: z.enum(['cross_encoder', 'decoder']).default('cross_encoder'),
    learning_rate: learningRate(2e-5),
    /** Learning rate of the head; null gives it the encoder's. */
    head_learning_rate: positive.nullable().default(null),
    /** Factor from each layer to the one below it (1 treats all alike). */
    layer_decay: positive.max(1).default(1),
    epochs: epochs(5),
    max_length: tokens(256),
    pooling: z.enum(['first', 'mean', 'interaction']).default('first'),
    dropout: share.default(0.1),
    /** Weight of the squared error on ratings (α). */
    mse_weight: z.number().min(0).default(1),
    /** Weight of the ranking loss on pairs (β). */
    ranking_weight: z.number().min(0).default(1),
    /** Margin of a pair of full strength, in logits; scaled by the pair's strength. */
    margin: z.number().min(0).default(0),
    /** Penalty on the squared sum of a pair's rewards, which centres them (Eisenstein et al. 2023, arXiv:2312.09244). */
    centring: z.number().min(0).default(0),
    /** One head more for each rated dimension. */
    dimensions: z.boolean().default(false),
    /** Joins similarities and overlaps of question and answer at the head; cross-encoders only. */
    features: z.boolean().default(false),
    /** Starts the head from a ridge regression on the frozen encoder (Kumar et al. 2022, arXiv:2202.10054). */
    fit_head_first: z.boolean().default(false),
    /** Lowest layers that are left as they are, with the embeddings; 0 trains all. */
    frozen_layers: z.number().int().min(0).max(1000).default(0),
    /** Evaluations without a better pair accuracy after which training stops; 0 never stops early. */
    patience: z.number().int().min(0).default(2),
    /** Evaluations in each epoch. */
    evaluations: count.max(100).default(1),
    /** The model's answers in ONNX: 8-bit weights only where pair accuracy falls by at most half a point. */
    onnx: z.enum(['none', 'fp32', 'int8_if_as_good']).default('int8_if_as_good'),
  })
  .refine(({ mse_weight, ranking_weight }) => mse_weight > 0 || ranking_weight > 0, {
    path: ['mse_weight'],
    error: 'may be 0 only where ranking_weight is not: else nothing is learnt',
  });

/** Supervised fine-tuning on approved answers. */
export const SftSettings = z.strictObject({
  ...optimisation,
  learning_rate: learningRate(2e-5),
  epochs: epochs(3),
  max_length: tokens(1024),
  /** Stars from which on a rated answer is learnt from. */
  min_rating: z.number().min(1).max(5).default(4),
  patience: z.number().int().min(0).default(2),
});

/** Direct preference optimisation (Rafailov et al. 2023, arXiv:2305.18290) and its relatives. */
export const DpoSettings = z
  .strictObject({
    ...optimisation,
    learning_rate: learningRate(5e-7),
    epochs: epochs(1),
    max_length: tokens(1024),
    loss: z.enum(['sigmoid', 'ipo', 'kto']).default('sigmoid'),
    /** Strength of the pull towards the reference (β; τ of IPO). */
    beta: positive.default(0.1),
    /** Share of pairs taken to be labelled the wrong way round: cDPO (Mitchell 2023). */
    label_smoothing: z.number().min(0).lt(0.5).default(0),
    /** Log-probabilities by token instead of by answer. */
    length_normalised: z.boolean().default(false),
    /** Weights of good and bad answers; KTO only. */
    desirable_weight: positive.default(1),
    undesirable_weight: positive.default(1),
    patience: z.number().int().min(0).default(0),
  })
  .refine(({ loss, label_smoothing }) => loss === 'sigmoid' || label_smoothing === 0, {
    path: ['label_smoothing'],
    error: "only the loss 'sigmoid' smooths labels",
  });

/**
 * A variable of the environment whose value goes as a key to the address beside it. Whoever may start runs chooses both,
 * so that it can only be one that an operator named as meant for runs.
 */
const KeyVariable = z.string().regex(/^ATTUNE_RUN_KEY_[A-Z0-9_]+$/, {
  error:
    'A run can only be given a variable whose name begins with ATTUNE_RUN_KEY_, in capitals, digits and _.',
});

/** Where rewards come from while a policy learns. */
export const RewardSource = z.discriminatedUnion('kind', [
  /** A reward model that the trainer made, in a folder; or a hub id of a sequence classifier. */
  z.strictObject({ kind: z.literal('local'), model: z.string().min(1) }),
  /** `POST /v1/score` of an Attune server; the key is read from the environment. */
  z.strictObject({
    kind: z.literal('http'),
    url: z.url(),
    key_variable: KeyVariable.default('ATTUNE_RUN_KEY_ATTUNE'),
    /** Name of the reward model; null takes the one that is live, which may change while a policy learns. */
    reward_model: z.string().min(1).nullable().default(null),
  }),
]);
export type RewardSource = z.infer<typeof RewardSource>;

/** Proximal policy optimisation (Schulman et al. 2017, arXiv:1707.06347) of a language model; GRPO as a switch. */
export const PpoSettings = z
  .strictObject({
    ...optimisation,
    /** Answers written and scored at once. */
    batch_size: count.max(4096).default(64),
    /** Parts that a minibatch is computed in, for less memory; their gradients add up to the minibatch's. */
    accumulation: count.max(1024).default(1),
    /** Rounds between checkpoints. */
    checkpoint_every: count.default(10),
    learning_rate: learningRate(1e-6),
    /** Learning rate of an own critic; null gives it the actor's. */
    critic_learning_rate: positive.nullable().default(null),
    max_prompt_length: tokens(512),
    max_new_tokens: tokens(128),
    temperature: positive.max(10).default(1),
    top_k: z.number().int().min(0).default(0),
    top_p: positive.max(1).default(1),
    /** Rounds of writing, scoring and learning. */
    rounds: count.max(1_000_000).default(100),
    /** Answers written in each round. */
    rollouts: count.max(65_536).default(64),
    minibatch_size: count.default(16),
    /** Passes over each round's answers. */
    inner_epochs: count.max(100).default(4),
    advantages: z.enum(['gae', 'group']).default('gae'),
    /** Answers to one prompt with group-relative advantages (GRPO; Shao et al. 2024, arXiv:2402.03300). */
    group_size: count.min(2).default(8),
    critic: z.enum(['own', 'shared']).default('own'),
    /** Discount (γ) and mixing (λ) of generalised advantage estimation (Schulman et al. 2015, arXiv:1506.02438). */
    gamma: share.default(1),
    lambda: share.default(0.95),
    clip_ratio: positive.default(0.2),
    clip_value: positive.default(0.2),
    /** c1, c2 and c3 of L = L_policy + c1·L_value − c2·entropy + c3·L_KL. */
    value_weight: z.number().min(0).default(0.5),
    entropy_weight: z.number().min(0).default(0),
    /** null: 0.04 with group-relative advantages, as GRPO's paper has it, else 0. */
    kl_loss_weight: z.number().min(0).nullable().default(null),
    /** KL penalty in each token's reward; with group-relative advantages there is none, as the loss has it. */
    kl_reward_weight: z.number().min(0).default(0.05),
    /**
     * How the weight of the KL penalty (with groups in the loss, else in rewards) moves: not, towards `kl_target` (Ziegler
     * et al. 2019), or in a line to zero at the last round.
     */
    kl_controller: z.enum(['fixed', 'adaptive', 'linear']).default('adaptive'),
    /** KL per answer, in nats, that the adaptive controller aims at. */
    kl_target: positive.default(6),
    /** Answers within which the adaptive controller corrects an error. */
    kl_horizon: positive.default(10_000),
    whiten_advantages: z.boolean().default(true),
    /** Rewards less the first round's mean, divided by their running standard deviation. */
    normalise_rewards: z.boolean().default(true),
    /** Added to the reward, after its scaling, of an answer that did not end by itself. */
    unfinished_penalty: z.number().max(0).default(-1),
    /** A round whose KL per answer exceeds this many nats ends the run. */
    kl_limit: positive.default(50),
    /** Rounds between measurements on held-out prompts. */
    evaluate_every: count.default(10),
    /** Rounds between samples for people to judge. */
    sample_every: count.default(25),
    reward: RewardSource,
    /** Judges held-out answers and is not trained against; null leaves the alarm to length and repetition. */
    held_out_reward: RewardSource.nullable().default(null),
    /** Ends the run when the alarm for reward hacking sounds. */
    stop_on_alarm: z.boolean().default(true),
  })
  .refine(({ advantages, rollouts, group_size }) => advantages !== 'group' || rollouts % group_size === 0, {
    path: ['rollouts'],
    error: 'must be a multiple of group_size',
  });

/** Critique, revision and AI preferences by written principles (Bai et al. 2022, arXiv:2212.08073). */
export const ConstitutionalSettings = z.strictObject({
  seed: optimisation.seed,
  /** YAML text: a list of principles, each with a `name` and `critique`, `revision` and `judge` requests; null takes Attune's own. */
  principles: z.string().min(1).max(200_000).nullable().default(null),
  /** Base address of an OpenAI-compatible endpoint, with its `/v1`; the key is read from the environment. */
  url: z.url(),
  model: z.string().min(1),
  key_variable: KeyVariable.default('ATTUNE_RUN_KEY_OPENAI'),
  revisions: count.max(8).default(1),
  /** Answers written for each prompt and compared. */
  candidates: count.min(2).max(8).default(2),
  temperature: positive.max(2).default(0.7),
  concurrency: count.max(64).default(4),
});
