"""GRPO's loss is TRL's on the same batch: clipped ratios by group, and the KL estimate k3 beside them.

TRL 1.16: https://github.com/huggingface/trl (GRPOTrainer, loss_type "bnpo": a mean over the batch's tokens).
"""

from pathlib import Path
from typing import Any

import pytest
import torch
from conftest import write_run
from datasets import Dataset
from score_server import score_server
from story_rows import STORY_MODEL, asked, pairs
from trl import GRPOConfig, GRPOTrainer

from attune_trainer.answering import Answering
from attune_trainer.data.completions import PromptFormat
from attune_trainer.generation import Sampling
from attune_trainer.policy import load_policy, load_tokenizer
from attune_trainer.ppo.experience import Experience
from attune_trainer.ppo.learner import Learner
from attune_trainer.ppo.models import Models
from attune_trainer.protocol import read_spec
from attune_trainer.reference import Reference
from attune_trainer.rewards.source import reward_scorer
from attune_trainer.settings import PpoSettings, read_settings

GROUP: dict[str, Any] = {
    "advantages": "group",
    "group_size": 4,
    "rollouts": 8,
    "minibatch_size": 8,
    "max_new_tokens": 12,
    "temperature": 0.8,
    "kl_controller": "fixed",
    "normalise_rewards": False,
}


def settings_of(folder: Path, url: str, **changes: Any) -> PpoSettings:
    write_run(folder, "ppo", STORY_MODEL, pairs(4, 2), {**GROUP, "reward": {"kind": "http", "url": url}, **changes})
    return read_settings(PpoSettings, read_spec(folder / "spec.json")["hyperparameters"])


def learner_of(settings: PpoSettings) -> Learner:
    policy = load_policy(str(STORY_MODEL)).eval()
    sampling = Sampling(settings.max_new_tokens, settings.temperature, settings.top_k, settings.top_p)
    form = PromptFormat(load_tokenizer(str(STORY_MODEL)), policy.generation_config)
    answering = Answering(form, sampling, settings.max_prompt_length, settings.batch_size, "fp32", lambda: None)
    return Learner(settings, answering, Models(policy, Reference(policy), None), reward_scorer(settings.reward))


def moved(model: torch.nn.Module) -> None:
    """Weights a little elsewhere, as after some steps, so that ratios are clipped and the KL is not 0."""
    generator = torch.Generator().manual_seed(4)
    with torch.no_grad():
        for weight in model.parameters():
            weight += 0.05 * weight.std(correction=0) * torch.randn(weight.shape, generator=generator)


def trl_loss(learner: Learner, experience: Experience, beta: float, folder: Path) -> tuple[float, torch.Tensor]:
    """TRL's loss of the experience under the learner's policy, and the gradient of its embeddings."""
    trainer = GRPOTrainer(
        model=str(STORY_MODEL),
        reward_funcs=lambda completions, **_: [0.0] * len(completions),
        args=GRPOConfig(
            output_dir=str(folder),
            per_device_train_batch_size=8,
            num_generations=4,
            max_completion_length=learner.settings.max_new_tokens,
            temperature=learner.settings.temperature,
            beta=beta,
            epsilon=learner.settings.clip_ratio,
            loss_type="bnpo",
            # Of DeepSeek-V3.2; the paper of GRPO does without.
            use_bias_correction_kl=False,
            bf16=False,
            gradient_checkpointing=False,
            use_cpu=True,
            report_to="none",
        ),
        train_dataset=Dataset.from_list([{"prompt": text} for text in asked()[:8]]),
        processing_class=learner.answering.format.tokenizer,
    )
    model = trainer.model
    model.load_state_dict(learner.models.policy.state_dict())
    rollouts = experience.rollouts
    loss = trainer._compute_loss(
        model.eval(),
        {
            "prompt_ids": rollouts.prompts,
            "prompt_mask": rollouts.prompt_mask,
            "completion_ids": rollouts.answers,
            "completion_mask": rollouts.mask.long(),
            "advantages": experience.advantages[:, 0],
            "old_per_token_logps": experience.logprobs,
            "ref_per_token_logps": experience.ref_logprobs,
        },
    )
    loss.backward()
    return loss.item(), model.get_input_embeddings().weight.grad


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("changes", "beta"), [({}, 0.04), ({"kl_loss_weight": 0.5}, 0.5), ({"kl_loss_weight": 0}, 0)])
def test_the_loss_and_its_gradient_are_trls(tmp_path: Path, changes: dict[str, Any], beta: float) -> None:
    with score_server(lambda query, text: len(text) / 100) as server:
        learner = learner_of(settings_of(tmp_path / "run", server.url, **changes))
        experience = learner.begun([(query, "") for query in asked()[:4]]).experience
    moved(learner.models.policy)
    rows = torch.arange(8)
    loss, measured = learner.loss(experience, rows, experience.rollouts.mask.sum())
    loss.backward()
    theirs, gradient = trl_loss(learner, experience, beta, tmp_path / "trl")
    assert measured["clip_fraction"] > 0
    assert loss.item() == pytest.approx(theirs, abs=1e-4)
    torch.testing.assert_close(learner.models.policy.get_input_embeddings().weight.grad, gradient, atol=1e-4, rtol=1e-4)


def test_how_far_an_answer_moved_does_not_enter_its_groups_rewards(tmp_path: Path) -> None:
    """Shao et al. 2024, §4.1.2: advantages are of the reward model's scores alone, which here are all equal."""
    with score_server(lambda query, text: 0.5) as server:
        learner = learner_of(settings_of(tmp_path / "run", server.url, kl_reward_weight=5.0))
        moved(learner.models.policy)
        experience = learner.begun([(query, "") for query in asked()[:4]]).experience
    assert (experience.logprobs - experience.ref_logprobs).abs().sum() > 1
    assert experience.advantages.abs().max() == 0
