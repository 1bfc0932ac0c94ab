"""Answers written with a cache, in batches, from given draws; and read again in other company."""

import pytest
import torch
from story_rows import STORY_MODEL
from transformers import PreTrainedModel

from attune_trainer.answering import Answering
from attune_trainer.data.completions import PromptFormat
from attune_trainer.generation import Sampling, Written, next_tokens, write_answers
from attune_trainer.policy import load_policy, load_tokenizer
from attune_trainer.rollouts import read_through, stacked

TEXTS = ["Once upon a time", "Lily", "One day, a big red dog and a little cat went", "Tom was sad. He"]
SAMPLING = Sampling(max_new_tokens=12, temperature=1.3)


@pytest.fixture(scope="module")
def model() -> PreTrainedModel:
    return load_policy(str(STORY_MODEL)).eval()


@pytest.fixture(scope="module")
def prompts() -> list[list[int]]:
    tokenizer = load_tokenizer(str(STORY_MODEL))
    return [tokenizer(text)["input_ids"] for text in TEXTS]


@pytest.fixture(scope="module")
def draws() -> torch.Tensor:
    return torch.rand(len(TEXTS), SAMPLING.max_new_tokens, generator=torch.Generator().manual_seed(4))


@pytest.fixture(scope="module")
def stops(model: PreTrainedModel, prompts: list[list[int]], draws: torch.Tensor) -> list[int]:
    """Tokens taken as ends, at which some of the answers stop midway, but never the second."""
    first, second, third, _ = (
        set(answer.tokens[2:]) for answer in write_answers(model, prompts, [], SAMPLING, draws, 4)
    )
    return [min(first - second), min(third - second)]


@pytest.fixture(scope="module")
def written(model: PreTrainedModel, prompts: list[list[int]], stops: list[int], draws: torch.Tensor) -> list[Written]:
    return write_answers(model, prompts, stops, SAMPLING, draws, 4)


def test_with_a_cache_as_without(
    model: PreTrainedModel, prompts: list[list[int]], stops: list[int], draws: torch.Tensor, written: list[Written]
) -> None:
    """Each answer again, token by token, alone, without cache or padding."""
    for prompt, draw, answer in zip(prompts, draws, written, strict=True):
        tokens = list(prompt)
        for step in range(SAMPLING.max_new_tokens):
            with torch.no_grad():
                logits = model(input_ids=torch.tensor([tokens]), use_cache=False).logits[:, -1]
            tokens.append(int(next_tokens(logits, draw[step : step + 1], SAMPLING)[0]))
            if tokens[-1] in stops:
                break
        assert tokens[len(prompt) :] == answer.tokens
        assert answer.finished == (tokens[-1] in stops)


def test_answers_end_with_the_token_that_ended_them(written: list[Written], stops: list[int]) -> None:
    assert {answer.finished for answer in written} == {True, False}
    for answer in written:
        assert not set(answer.tokens[:-1]) & set(stops)
        assert answer.finished or len(answer.tokens) == SAMPLING.max_new_tokens


def test_batches_change_nothing(
    model: PreTrainedModel, prompts: list[list[int]], stops: list[int], draws: torch.Tensor, written: list[Written]
) -> None:
    order = [2, 0, 3, 1]
    again = write_answers(model, [prompts[index] for index in order], stops, SAMPLING, draws[order], 3)
    assert [answer.tokens for answer in again] == [written[index].tokens for index in order]


def test_logprobs_are_those_of_reading_the_answer(
    model: PreTrainedModel, prompts: list[list[int]], written: list[Written]
) -> None:
    """Written in a batch padded on the left, read again padded on both sides, and alone without any padding."""
    together = stacked(prompts, written)
    with torch.no_grad():
        read = read_through(model, together).logprobs(together, SAMPLING.temperature)
        for row, (prompt, answer) in enumerate(zip(prompts, written, strict=True)):
            single = stacked([prompt], [answer])
            alone = read_through(model, single).logprobs(single, SAMPLING.temperature)[0]
            given = torch.tensor(answer.logprobs)
            torch.testing.assert_close(alone, given, atol=2e-5, rtol=0)
            torch.testing.assert_close(read[row, : len(given)], given, atol=2e-5, rtol=0)
            assert not read[row, len(given) :].any()


def test_a_long_prompt_keeps_its_end_and_the_token_that_begins_it() -> None:
    asked = PromptFormat(load_tokenizer(str(STORY_MODEL)))
    whole = asked.prompt("Once upon a time there was a little boy", "Context.")
    for length in (5, len(whole) - 1):
        answering = Answering(asked, SAMPLING, max_prompt_length=length, batch_size=4, precision="fp32")
        kept = answering.prompt(("Once upon a time there was a little boy", "Context."))
        assert len(kept) == length
        assert kept == [whole[0], *whole[len(whole) - length + 1 :]]


def test_draws_hit_tokens_by_their_probability() -> None:
    logits = torch.tensor([[0.5, 0.3, 0.2]]).log().expand(4, 3)
    tokens, logprobs = next_tokens(logits, torch.tensor([0.0, 0.49, 0.51, 0.999]), Sampling(1))
    assert tokens.tolist() == [0, 0, 1, 2]
    torch.testing.assert_close(logprobs.exp(), torch.tensor([0.5, 0.5, 0.3, 0.2]))


@pytest.mark.parametrize(
    ("sampling", "possible"),
    [
        (Sampling(1, top_k=2), {1, 3}),
        (Sampling(1, top_p=0.6), {1, 3}),
        (Sampling(1, top_p=0.1), {3}),
        (Sampling(1, top_k=3, top_p=0.95), {0, 1, 3}),
    ],
)
def test_top_k_and_top_p_leave_the_most_probable(sampling: Sampling, possible: set[int]) -> None:
    """Probabilities .15, .3, .05, .5."""
    logits = torch.tensor([[0.15, 0.3, 0.05, 0.5]]).log().expand(200, 4)
    tokens, logprobs = next_tokens(logits, torch.arange(200) / 200, sampling)
    assert set(tokens.tolist()) == possible
    # Over the whole vocabulary all the same.
    torch.testing.assert_close(logprobs[tokens == 3].exp().mean(), torch.tensor(0.5))
