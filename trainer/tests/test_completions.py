"""Completions: what is learnt, where text is cut, and that padding, cuts and end tokens change no log-probability."""

import pytest
import torch
from story_rows import STORY_MODEL
from transformers import GraniteConfig, GraniteForCausalLM, PreTrainedTokenizerBase

from attune_trainer import answer_logprobs as answer_logprobs_module
from attune_trainer.answer_logprobs import answer_logprobs
from attune_trainer.data.completions import Completion, PromptFormat, collate, fitted
from attune_trainer.data.turns import alternating_texts
from attune_trainer.policy import Policy, adapter_off, load_policy, load_tokenizer
from attune_trainer.settings import Lora

CHATML = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}</s>\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


@pytest.fixture(scope="module")
def model() -> Policy:
    return load_policy(str(STORY_MODEL)).eval()


@pytest.fixture
def tokenizer() -> PreTrainedTokenizerBase:
    return load_tokenizer(str(STORY_MODEL))


@pytest.fixture
def plain(tokenizer: PreTrainedTokenizerBase, model: Policy) -> PromptFormat:
    return PromptFormat(tokenizer, model.generation_config)


def test_an_answer_follows_its_prompt_and_ends_as_the_model_ends(plain: PromptFormat) -> None:
    prompt, answer = plain.prompt("Once upon a time"), plain.answer("Once upon a time", ", there was a cat.")
    assert prompt[0] == plain.tokenizer.bos_token_id
    # The story model stops at <s>, as its generation_config.json says.
    assert answer[-1] == plain.end == 1
    assert plain.text(answer, prompt) == ", there was a cat."
    assert prompt + answer[:-1] == plain.tokenizer("Once upon a time, there was a cat.")["input_ids"]


def test_a_prompt_keeps_its_tokens_where_one_would_reach_over_the_border(plain: PromptFormat) -> None:
    # Read together they begin with one token "Once".
    prompt, answer = plain.prompt("Onc"), plain.answer("Onc", "e upon")
    together = plain.tokenizer("Once upon")["input_ids"]
    assert together[: len(prompt)] != prompt
    assert answer == [*plain.tokenizer("e upon", add_special_tokens=False)["input_ids"], plain.end]


def test_context_stands_before_the_question(plain: PromptFormat) -> None:
    assert plain.prompt("Who?", context="A cat.") == plain.prompt("A cat.\n\nWho?")


def test_the_server_is_asked_with_the_tokens_of_training(
    tokenizer: PreTrainedTokenizerBase, plain: PromptFormat
) -> None:
    said = [("user", "Who was there?"), ("assistant", "A cat.\nuser: no"), ("user", "And then?")]
    messages = [{"role": role, "content": text} for role, text in said]
    context = "user: Who was there?\nassistant: A cat.\n user: no"
    assert plain.prompt("And then?", context) == plain.chat(messages)
    assert plain.text(plain.prompt("And then?", context)) == f"{context}\n\nAnd then?"
    tokenizer.chat_template = CHATML
    templated = PromptFormat(tokenizer)
    assert templated.prompt("And then?", context) == templated.chat(messages)
    assert "<|assistant|>A cat.\nuser: no</s>" in tokenizer.decode(templated.prompt("And then?", context))
    told = templated.prompt("Who?", "A story about a cat.")
    assert told == templated.chat([{"role": "user", "content": "A story about a cat.\n\nWho?"}])


def test_what_no_conversation_begins_with_is_left_out() -> None:
    assert alternating_texts("", "Why?") == ["Why?"]
    assert alternating_texts("user: a\nuser: b\nassistant: c\n user: d", "Why?") == ["a\n\nb", "c\nuser: d", "Why?"]
    assert alternating_texts("assistant: …rest\nassistant: more", "Why?") == ["Why?"]
    assert alternating_texts("assistant: …rest\nuser: and", "Why?") == ["and\n\nWhy?"]
    assert alternating_texts("Some text about the shop.", "Why?") is None


def test_a_chat_template_decides_how_a_turn_ends(tokenizer: PreTrainedTokenizerBase) -> None:
    tokenizer.chat_template = CHATML
    chat = PromptFormat(tokenizer)
    prompt = chat.prompt("Hi")
    assert tokenizer.decode(prompt).endswith("<|assistant|>")
    assert chat.answer("Hi", "Yes.")[-1] == tokenizer.eos_token_id == 2
    assert chat.stops == [2]


def test_a_long_prompt_loses_its_beginning_and_a_long_answer_its_end() -> None:
    prompt, answer = [1, *range(100, 120)], list(range(200, 230))
    (short,) = fitted(prompt, [[7, 2]], 16, first=1)
    assert short == Completion([1, *range(107, 120)], [7, 2])
    (cut,) = fitted(prompt, [answer], 16, first=1)
    assert cut == Completion([1, *range(113, 120)], answer[:8], cut=True)
    one, other = fitted(prompt, [[7, 2], answer], 16, first=1)
    assert one.prompt == other.prompt == cut.prompt
    assert fitted([1, 5], [answer], 100, first=1) == [Completion([1, 5], answer)]


def logprobs_of(model: Policy, completions: list[Completion], side: str = "right") -> list[torch.Tensor]:
    with torch.no_grad():
        found = answer_logprobs(model, collate(completions, 2, side))
    return [found.tokens[row][found.mask[row].bool()] for row in range(len(completions))]


def test_padding_cuts_and_end_tokens_change_no_logprob(model: Policy, plain: PromptFormat) -> None:
    texts = [
        ("Once upon a time", ", there was a cat. It was happy."),
        ("Tom", " ran."),
        ("A big red ball was in the park. Lily", " saw it and said hello. Then she went home to her mom."),
    ]
    completions = [Completion(plain.prompt(query), plain.answer(query, answer)) for query, answer in texts]
    alone = [logprobs_of(model, [completion])[0] for completion in completions]
    for side in ("left", "right"):
        for one, padded in zip(alone, logprobs_of(model, completions, side), strict=True):
            torch.testing.assert_close(padded, one, atol=1e-5, rtol=0)
    for completion, whole in zip(completions, alone, strict=True):
        without_end = Completion(completion.prompt, completion.answer[:-1])
        torch.testing.assert_close(logprobs_of(model, [without_end])[0], whole[:-1], atol=1e-5, rtol=0)
        cut = Completion(completion.prompt, completion.answer[:2])
        torch.testing.assert_close(logprobs_of(model, [cut])[0], whole[:2], atol=1e-5, rtol=0)


def test_with_its_adapter_off_a_policy_is_its_own_frozen_reference(model: Policy, plain: PromptFormat) -> None:
    adapted = load_policy(str(STORY_MODEL), lora=Lora(rank=4, alpha=8, dropout=0.0, targets=[]))
    torch.manual_seed(0)
    for name, parameter in adapted.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter)
    completion = Completion(plain.prompt("Lily"), plain.answer("Lily", " was happy."))
    reference = logprobs_of(model, [completion])[0]
    with adapter_off(adapted):
        torch.testing.assert_close(logprobs_of(adapted, [completion])[0], reference, atol=1e-6, rtol=0)
    assert (logprobs_of(adapted, [completion])[0] - reference).abs().max() > 0.1


def test_logits_made_in_parts_give_the_same_logprobs_and_gradients(
    model: Policy, plain: PromptFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    completions = [Completion(plain.prompt(name), plain.answer(name, " was happy.")) for name in ("Lily", "Tom")]

    def found() -> tuple[torch.Tensor, torch.Tensor]:
        model.zero_grad()
        logprobs = answer_logprobs(model, collate(completions, 2)).sums()
        logprobs.sum().backward()
        return logprobs.detach(), model.get_input_embeddings().weight.grad.clone()

    whole = found()
    monkeypatch.setattr(answer_logprobs_module, "LOGITS_AT_ONCE", 3 * 512)
    torch.testing.assert_close(found(), whole, atol=1e-5, rtol=1e-4)


def test_a_model_that_scales_its_logits_is_asked_for_them() -> None:
    shape = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    torch.manual_seed(0)
    scaling = GraniteForCausalLM(
        GraniteConfig(vocab_size=32, num_key_value_heads=2, logits_scaling=0.1, **shape)
    ).eval()
    (logprobs,) = logprobs_of(scaling, [Completion([3, 4], [5, 6, 7])])
    table = torch.log_softmax(scaling(input_ids=torch.tensor([[3, 4, 5, 6, 7]])).logits[0], -1)
    torch.testing.assert_close(logprobs, table[[1, 2, 3], [5, 6, 7]].detach(), atol=1e-5, rtol=1e-4)


def test_logprobs_are_those_of_the_whole_distribution(model: Policy, plain: PromptFormat) -> None:
    completion = Completion(plain.prompt("Lily"), plain.answer("Lily", " was happy."))
    tokens = torch.tensor([completion.tokens])
    with torch.no_grad():
        table = torch.log_softmax(model(input_ids=tokens).logits[0].double(), -1)
    by_hand = [
        table[place - 1, token].item()
        for place, token in enumerate(completion.tokens)
        if place >= len(completion.prompt)
    ]
    assert logprobs_of(model, [completion])[0].tolist() == pytest.approx(by_hand, abs=1e-4)
