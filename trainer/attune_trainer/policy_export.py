"""What a finished policy leaves behind: weights, a report, and answers to look at."""

from collections.abc import Sequence
from typing import Any

from peft import PeftModel
from transformers import PreTrainedTokenizerBase

from attune_trainer.data.completions import PromptFormat, end_of_prompt
from attune_trainer.policy import Policy, adapter_off, load_policy, save_policy
from attune_trainer.run import Run
from attune_trainer.samples import PROMPTS, greedy_answers, prompt_of


def tell_samples(
    run: Run,
    model: Policy,
    asked: PromptFormat,
    questions: Sequence[tuple[str, str]],
    max_length: int,
    step: int,
) -> None:
    """Answers the first few questions (query, context) with the trained policy and with its base model."""
    run.progress("answering samples", 0, 1, 0.93)
    first = list(dict.fromkeys(questions))[:PROMPTS]
    # Half of max_length is left for the answer.
    begins = asked.tokenizer.bos_token_id
    prompts = [end_of_prompt(asked.prompt(query, context), max_length // 2, begins) for query, context in first]
    answers = greedy_answers(model, asked, prompts, max_length)
    if isinstance(model, PeftModel):
        with adapter_off(model):
            references = greedy_answers(model, asked, prompts, max_length)
    else:
        base = load_policy(run.spec["base_model"], run.spec["revision"])
        references = greedy_answers(base, asked, prompts, max_length)
    for question, answer, reference in zip(first, answers, references, strict=True):
        told = {"response": answer, "reward": None, "reference": reference}
        run.events.say("sample", step=step, **prompt_of(question), **told)


def export_policy(run: Run, model: Policy, tokenizer: PreTrainedTokenizerBase, report: dict[str, Any]) -> None:
    """Writes merged weights, the adapter where there is one, and report.json, and names them as artifacts."""
    run.progress("exporting", 0, 1, 0.96)
    run.write_report(report)
    for kind, folder in save_policy(model, tokenizer, run.artifacts).items():
        run.artifact(folder, kind)
    run.progress("exporting", 1, 1, 1.0)
