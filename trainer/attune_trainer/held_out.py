"""Held-out questions: how a policy does on questions that it does not learn from, always with the same draws."""

from collections.abc import Sequence

import torch

from attune_trainer.answering import Answering
from attune_trainer.draws import named_generator
from attune_trainer.generation import Written
from attune_trainer.kl import k1
from attune_trainer.monitors.history import Estimate, Measurement
from attune_trainer.monitors.texts import distinct_n, own_distinct_n, perplexity
from attune_trainer.policy import Policy
from attune_trainer.questions import Question
from attune_trainer.reference import Reference
from attune_trainer.reward_model import RewardScorer
from attune_trainer.rollouts import Rollouts, stacked

SAMPLES = 4


class HeldOut:
    """Asks a policy the same questions at every evaluation; from the first again where they are fewer."""

    def __init__(
        self,
        questions: Sequence[Question],
        answers: int,
        seed: int,
        answering: Answering,
        proxy: RewardScorer,
        judge: RewardScorer | None,
    ):
        self._questions = [questions[index % len(questions)] for index in range(answers)]
        self._answering = answering
        self._proxy = proxy
        self._judge = judge
        generator = named_generator(seed, "held out")
        self._draws = torch.rand(answers, answering.sampling.max_new_tokens, generator=generator)

    def measure(self, step: int, policy: Policy, reference: Reference) -> Measurement:
        """Answers all questions and measures the answers. Raises RunFailure `reward_unavailable`."""
        prompts, written = self._answering.write(policy, self._questions, self._draws)
        texts = self._answering.texts(prompts, written)
        rows = self._answering.triples(self._questions, texts)
        rollouts = stacked(prompts, written)
        with reference.asked() as model:
            ref_logprobs = self._answering.logprobs(model, rollouts)
        kl = k1(_as_written(written, rollouts), ref_logprobs).sum(-1)
        return Measurement(
            step=step,
            proxy=Estimate.of(self._proxy.score(rows).tolist()),
            judge=None if self._judge is None else Estimate.of(self._judge.score(rows).tolist()),
            length=Estimate.of(rollouts.lengths().tolist()),
            variety=Estimate.of([own_distinct_n(text, 2) for text in texts]),
            distinct_2=distinct_n(texts, 2),
            finished=rollouts.finished.float().mean().item(),
            perplexity=perplexity(ref_logprobs, rollouts.mask),
            kl=kl.mean().item(),
        )

    def sample_texts(self, policy: Policy) -> list[str]:
        """Answers to the first few questions."""
        draws = self._draws[: len(self._questions[:SAMPLES])]
        return self._answering.texts(*self._answering.write(policy, self._questions[:SAMPLES], draws))

    def samples(self, policy: Policy) -> list[tuple[Question, str, float]]:
        """The first few questions with an answer each and its training reward."""
        questions, texts = self._questions[:SAMPLES], self.sample_texts(policy)
        rewards = self._proxy.score(self._answering.triples(questions, texts)).tolist()
        return list(zip(questions, texts, rewards, strict=True))


def _as_written(written: Sequence[Written], rollouts: Rollouts) -> torch.Tensor:
    """log p of the answers' tokens when they were drawn. (answers, longest)"""
    logprobs = torch.zeros_like(rollouts.mask)
    for row, answer in enumerate(written):
        logprobs[row, : len(answer.logprobs)] = torch.tensor(answer.logprobs)
    return logprobs
